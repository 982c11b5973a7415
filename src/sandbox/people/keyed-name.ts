/**
 * A name that is the same for the same text for ever, and of no use to find out the text without `secret`. HMAC-SHA-256,
 * the first 128 bits, in hex. Another purpose gives another name.
 */
export async function keyedName(secret: string, purpose: string, text: string): Promise<string> {
  const encode = (part: string) => new TextEncoder().encode(part)
  const key = await crypto.subtle.importKey(
    'raw',
    encode(`kentei/${purpose}/${secret}`),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encode(text)))
  return [...mac.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
