import { type CryptoKey, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import * as z from 'zod'
import { digest, type Entry } from './entry.ts'

/** A link of the chain over the log: it names the entries since the seal before, each with its hash. */
export interface Seal {
  /** 1, 2, 3 … */
  readonly number: number
  /** Milliseconds since 1970. */
  readonly at: number
  /** Hash of the seal before; empty for the first. */
  readonly previous: string
  /** `seq` of the last entry that it covers. */
  readonly last: number
  /** JSON of `[seq, hash]` of each entry, in order. */
  readonly entries: string
  readonly hash: string
}

/** Most entries of one seal; what is left comes into the next. */
export const MOST_PER_SEAL = 500

/** The hash of an entry: of every stored column of it, in order. */
export const entryDigest = ({ seq, id, at, act, actor, subject, details }: Entry): Promise<string> =>
  digest(JSON.stringify(['kentei-audit-entry/1', seq, id, at, act, actor, subject, details]))

/** The hash of a seal: of everything in it, and so of the seals before. */
export const sealDigest = ({ number, at, previous, last, entries }: Omit<Seal, 'hash'>): Promise<string> =>
  digest(JSON.stringify(['kentei-audit-seal/1', number, at, previous, last, entries]))

/** Seals entries that follow those of the seal before. @param entries in order, at least one. */
export async function sealEntries(
  before: Pick<Seal, 'number' | 'hash'> | undefined,
  entries: readonly Entry[],
  at: number,
): Promise<Seal> {
  const named = await Promise.all(entries.map(async (entry) => [entry.seq, await entryDigest(entry)] as const))
  const seal = {
    number: (before?.number ?? 0) + 1,
    at,
    previous: before?.hash ?? '',
    last: entries.at(-1)?.seq ?? 0,
    entries: JSON.stringify(named),
  }
  return { ...seal, hash: await sealDigest(seal) }
}

/** What a signed seal says: which seal of which service, and its hash. */
export interface SignedSeal {
  readonly issuer: string
  readonly seal: number
  readonly hash: string
  readonly last: number
}

/** `typ` of a signed seal, which keeps it from being taken for a token, and a token for it. */
const SEAL_TYPE = 'audit-seal+jwt'

/** A key that signs or signed, under its thumbprint. */
interface SealKey<Key> {
  readonly thumbprint: string
  readonly alg: string
  readonly key: Key
}

/**
 * Signs a seal with the service key: the one with which the service speaks for itself, and whose public half every
 * marketplace has from the JWKS already. The token does not end.
 */
export const signSeal = (
  { number, hash, last, at }: Seal,
  { thumbprint, alg, key }: SealKey<CryptoKey>,
  issuer: string,
): Promise<string> =>
  new SignJWT({ seal: number, hash, last })
    .setProtectedHeader({ alg, kid: thumbprint, typ: SEAL_TYPE })
    .setIssuer(issuer)
    .setIssuedAt(Math.floor(at / 1_000))
    .sign(key)

const claims = z.object({ iss: z.string(), seal: z.int().min(1), hash: z.string(), last: z.int() })

/** The thumbprint that a token names, if it is one. */
export function sealKid(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid
  } catch {
    return undefined
  }
}

/** Reads a signed seal; undefined where the signature is not of this key, or the token something else. */
export async function readSignedSeal(token: string, key: CryptoKey): Promise<SignedSeal | undefined> {
  try {
    // signed once and kept: what is asked is whether the chain still holds it, not how old it is
    const { payload } = await jwtVerify(token, key, { typ: SEAL_TYPE, algorithms: ['ES256'] })
    const { iss, ...signed } = claims.parse(payload)
    return { issuer: iss, ...signed }
  } catch {
    return undefined
  }
}
