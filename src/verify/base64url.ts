/** Strict base64url (RFC 4648 §5 without padding): every byte string has exactly one text. */

/** Encodes bytes. */
export function encodeBase64url(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 8_192) binary += String.fromCharCode(...bytes.subarray(i, i + 8_192))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/**
 * Decodes a text that encodes back to itself; undefined for padding, white space, the other alphabet, and set trailing
 * bits. Lenient decoders accept all of these, so that one signed token would have many texts.
 */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!isBase64url(text)) return undefined
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** What lenient decoders skip or take for something else. */
const letPass: readonly string[] = ['=', '+', '/', '\n', '\r', '\t', '\f', ' ']

const isBase64url = (text: string): boolean => /^[A-Za-z0-9_-]*$/.test(text) && isOnlyText(text)

/**
 * Whether no other text decodes to the same bytes, for a text that some decoder takes at all: the same as encoding again
 * and comparing, without doing it. Only the last character can carry bits that are dropped.
 */
export function isOnlyText(text: string): boolean {
  for (const character of letPass) if (text.includes(character)) return false
  const rest = text.length % 4
  if (rest === 0) return true
  const dropped = rest === 2 ? 0b1111 : rest === 3 ? 0b11 : undefined
  return dropped !== undefined && (alphabet.indexOf(text.at(-1) as string) & dropped) === 0
}
