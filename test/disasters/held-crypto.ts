import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  KeyObject,
  sign as signBytes,
  timingSafeEqual,
  verify as verifyBytes,
} from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'

// WebCrypto and compression work in native threads, and what it gives comes back whenever they are done. Here the same is worked out on the
// spot, when the simulation says so.

type Bytes = ArrayBuffer | ArrayBufferView
type Named = string | { readonly name: string; readonly hash?: Named; readonly iv?: Bytes }

const view = (bytes: Bytes): Uint8Array =>
  ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes)
const buffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer
const nameOf = (of: Named): string => (typeof of === 'string' ? of : of.name)
const hashOf = (of: Named | undefined): string =>
  nameOf(of ?? 'SHA-256')
    .replace('-', '')
    .toLowerCase()

const secret = (key: CryptoKey, bytes: Uint8Array) =>
  createHmac(hashOf((key.algorithm as HmacKeyAlgorithm).hash), KeyObject.from(key))
    .update(bytes)
    .digest()
const TAG_BYTES = 16

/** How one of WebCrypto's keys signs in the words of Node. */
const wayOf = (algorithm: Named, key: CryptoKey) => {
  const own = KeyObject.from(key)
  switch (nameOf(algorithm)) {
    case 'ECDSA':
      return {
        hash: hashOf((algorithm as { hash?: Named }).hash),
        key: { key: own, dsaEncoding: 'ieee-p1363' as const },
      }
    case 'RSASSA-PKCS1-v1_5':
      return {
        hash: hashOf((key.algorithm as RsaHashedKeyAlgorithm).hash),
        key: { key: own, padding: constants.RSA_PKCS1_PADDING },
      }
    default:
      return { hash: null, key: { key: own } }
  }
}

const instead = {
  digest: (algorithm: Named, bytes: Bytes) => buffer(createHash(hashOf(algorithm)).update(view(bytes)).digest()),
  sign: (algorithm: Named, key: CryptoKey, bytes: Bytes) => {
    if (nameOf(algorithm) === 'HMAC') return buffer(secret(key, view(bytes)))
    const way = wayOf(algorithm, key)
    return buffer(signBytes(way.hash, view(bytes), way.key))
  },
  verify: (algorithm: Named, key: CryptoKey, signature: Bytes, bytes: Bytes) => {
    if (nameOf(algorithm) !== 'HMAC') {
      const way = wayOf(algorithm, key)
      return verifyBytes(way.hash, view(bytes), way.key, view(signature))
    }
    const own = secret(key, view(bytes))
    return own.length === view(signature).length && timingSafeEqual(own, view(signature))
  },
  encrypt: ({ iv }: { iv: Bytes }, key: CryptoKey, bytes: Bytes) => {
    const cipher = createCipheriv('aes-256-gcm', KeyObject.from(key), view(iv))
    return buffer(Buffer.concat([cipher.update(view(bytes)), cipher.final(), cipher.getAuthTag()]))
  },
  decrypt: ({ iv }: { iv: Bytes }, key: CryptoKey, bytes: Bytes) => {
    const whole = view(bytes)
    const cipher = createDecipheriv('aes-256-gcm', KeyObject.from(key), view(iv))
    cipher.setAuthTag(whole.subarray(-TAG_BYTES))
    return buffer(Buffer.concat([cipher.update(whole.subarray(0, -TAG_BYTES)), cipher.final()]))
  },
}
/** What is rare enough to be left to the threads; it is waited for all the same. */
const ASIDE = ['importKey', 'exportKey', 'generateKey'] as const

/** Told of each call: what to wait for in its place. */
type Hold = <T>(act: () => T | Promise<T>) => Promise<T>
let hold: Hold | undefined

type Call = (...given: unknown[]) => unknown

/** A stream that gives all at once, at the end, what something makes of all. */
const atOnce = (make: (all: Buffer) => Uint8Array) =>
  class extends TransformStream<Uint8Array, Uint8Array> {
    constructor() {
      const chunks: Uint8Array[] = []
      super({
        transform: (chunk) => void chunks.push(chunk),
        flush: (controller) => controller.enqueue(new Uint8Array(make(Buffer.concat(chunks)))),
      })
    }
  }

/** From now on what WebCrypto gives comes when the simulation says so; for the whole process, in which nothing else may go on. */
export function holdCrypto(by: Hold | undefined): void {
  hold = by
  const subtle = crypto.subtle as unknown as Record<string, Call>
  if (Object.hasOwn(subtle, 'digest')) return
  Object.assign(globalThis, { CompressionStream: atOnce(gzipSync), DecompressionStream: atOnce(gunzipSync) })
  for (const [name, act] of Object.entries(instead)) {
    const native = (subtle[name] as Call).bind(subtle)
    subtle[name] = (...given) => (hold ? hold(() => (act as Call)(...given)) : native(...given))
  }
  for (const name of ASIDE) {
    const native = (subtle[name] as Call).bind(subtle)
    subtle[name] = (...given) => (hold ? hold(() => native(...given)) : native(...given))
  }
}
