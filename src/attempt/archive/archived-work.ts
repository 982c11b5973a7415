import { type CryptoKey, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import * as z from 'zod'
import type { TaskGrade } from '../../task/task.ts'
import type { StoredResponse } from '../responses/store.ts'
import type { PaperTask } from '../tasks/store.ts'

/** What a candidate did in an attempt, and what the graders of its tasks said. */
export interface AttemptWork {
  readonly responses: readonly StoredResponse[]
  readonly tasks: readonly PaperTask[]
  /** By ref. */
  readonly grades: Readonly<Record<string, TaskGrade>>
}

/** A key that signs or signed, under its thumbprint. */
export interface ArchiveKey<Key> {
  readonly thumbprint: string
  readonly alg: string
  readonly key: Key
}

/** `typ` of the signature, which keeps it from being taken for another token of ours, and another for it. */
const TYPE = 'archived-attempt+jwt'
const FORMAT = 'kentei-archived-attempt-1'
const NEWLINE = 10

const head = z.object({ format: z.literal(FORMAT), token: z.string() })
const claims = z.object({ sub: z.string(), sha256: z.string() })

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream) {
  const writer = stream.writable.getWriter()
  const [read] = await Promise.all([
    new Response(stream.readable).arrayBuffer(),
    writer.write(bytes).then(() => writer.close()),
  ])
  return new Uint8Array(read)
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export interface Packed {
  readonly file: Uint8Array<ArrayBuffer>
  /** Of what is signed, hexadecimal. */
  readonly sha256: string
}

/**
 * Packs the work of an attempt into a file: a line with the signature, which names attempt and content, and what it signs as
 * gzip of JSON behind it.
 */
export async function packWork(
  attempt: string,
  work: AttemptWork,
  { thumbprint, alg, key }: ArchiveKey<CryptoKey>,
): Promise<Packed> {
  const text = new TextEncoder().encode(JSON.stringify({ attempt, ...work }))
  const body = await through(text, new CompressionStream('gzip'))
  const sha256 = await sha256Of(body)
  const token = await new SignJWT({ sha256 })
    .setProtectedHeader({ alg, kid: thumbprint, typ: TYPE })
    .setSubject(attempt)
    .sign(key)
  const first = new TextEncoder().encode(`${JSON.stringify({ format: FORMAT, token })}\n`)
  const file = new Uint8Array(first.length + body.length)
  file.set(first)
  file.set(body, first.length)
  return { file, sha256 }
}

/** Why a file is not what was put into the archive. */
export type Spoilt = 'unreadable' | 'changed'

/** What the signature of a file says to whoever has no database; `unknown`: its key is kept no longer. */
export type SignatureStanding = 'good' | 'wrong' | 'unknown' | 'blocked'

/** What keys of a thumbprint are known as. */
export type ArchiveKeyOf = (thumbprint: string) => CryptoKey | 'unknown' | 'blocked'

async function signatureOf(
  first: Uint8Array<ArrayBuffer>,
  expected: { readonly attempt: string; readonly sha256: string },
  keyOf: ArchiveKeyOf,
): Promise<SignatureStanding> {
  try {
    const { token } = head.parse(JSON.parse(new TextDecoder().decode(first)))
    const key = keyOf(decodeProtectedHeader(token).kid ?? '')
    if (typeof key === 'string') return key
    // signed once and kept: what is asked is what it is, not how old
    const { payload } = await jwtVerify(token, key, { typ: TYPE })
    const signed = claims.parse(payload)
    return signed.sub === expected.attempt && signed.sha256 === expected.sha256 ? 'good' : 'wrong'
  } catch {
    return 'wrong'
  }
}

/**
 * Reads such a file. @param expected what the database knows of it: a file is the attempt's only with this digest, and is so
 * whatever became of the key that signed it. @param keyOf retired ones too
 * @returns the work with what its signature says, or why the file is refused
 */
export async function unpackWork(
  file: Uint8Array<ArrayBuffer>,
  expected: { readonly attempt: string; readonly sha256: string },
  keyOf: ArchiveKeyOf,
): Promise<{ readonly work: AttemptWork; readonly signature: SignatureStanding } | Spoilt> {
  const at = file.indexOf(NEWLINE)
  if (at < 0) return 'unreadable'
  const body = file.slice(at + 1)
  if ((await sha256Of(body)) !== expected.sha256) return 'changed'
  const text = new TextDecoder().decode(await through(body, new DecompressionStream('gzip')))
  return { work: JSON.parse(text) as AttemptWork, signature: await signatureOf(file.slice(0, at), expected, keyOf) }
}
