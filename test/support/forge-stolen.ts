import { generateKeyPair } from 'jose'

const stranger = await generateKeyPair('ES256')
const b64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url')

/** What somebody without our key makes of a genuine token: other words under its signature, and its words under a stranger's. */
export async function forgeries(token: string): Promise<readonly [string, string]> {
  const [head, body, signature] = token.split('.') as [string, string, string]
  const changed = b64(
    Buffer.from(body, 'base64url').toString().replace('"90-100"', '"0-10"').replace('"70-80"', '"90-100"'),
  )
  const signed = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    stranger.privateKey,
    new TextEncoder().encode(`${head}.${body}`),
  )
  return [`${head}.${changed}.${signature}`, `${head}.${body}.${b64(new Uint8Array(signed))}`]
}
