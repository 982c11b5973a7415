import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

// Stands in for `node:crypto` in programs for browsers, whose own digests come later than they are asked for.

const bytesOf = (data: string | Uint8Array): Uint8Array => (typeof data === 'string' ? utf8ToBytes(data) : data)

/** @throws where another algorithm is asked for than SHA-256 */
export function createHash(algorithm: string) {
  if (algorithm !== 'sha256') throw new Error(`no ${algorithm} here`)
  const made = sha256.create()
  return {
    update(data: string | Uint8Array) {
      made.update(bytesOf(data))
      return this
    },
    digest: (_encoding: 'hex'): string => bytesToHex(made.digest()),
  }
}

export const hash = (algorithm: string, data: string | Uint8Array, _encoding: 'hex' = 'hex'): string =>
  createHash(algorithm).update(data).digest('hex')
