/**
 * The name under which a client is known to the plugin: the same for the same client for ever, and of no use to find out
 * who it is without `secret`. HMAC-SHA-256, the first 128 bits.
 */
export async function clientAlias(secret: string, client: string): Promise<string> {
  const encode = (text: string) => new TextEncoder().encode(text)
  const key = await crypto.subtle.importKey(
    'raw',
    encode(`kentei/client-alias/${secret}`),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encode(client)))
  return `clp_${[...mac.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
