/** A quoted string as in RFC 8941, §3.3.3, but without escapes. */
const QUOTED = /^"([\x20\x21\x23-\x5B\x5D-\x7E]{1,255})"$/

/** The key that a header of `Idempotency-Key` names; undefined where it is no quoted string. */
export const keyInQuotes = (header: string): string | undefined => QUOTED.exec(header)?.[1]

/** Digest by which one request is told from another, in hex. */
export async function fingerprintOf(parts: readonly string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(parts.join('\n')))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
