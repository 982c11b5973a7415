import { gunzipSync } from 'node:zlib'
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'

/**
 * Reads a credential's bit from a signed status list, by the letter of Bitstring Status List and with nothing of the
 * product's own code: bit 0 is the most significant bit of the first byte of the inflated list.
 */
export async function readStatusListBit({
  list,
  credential,
  jwks,
}: {
  list: string
  credential: string
  jwks: JSONWebKeySet
}): Promise<0 | 1> {
  const keys = createLocalJWKSet(jwks)
  const { payload } = await jwtVerify(
    list,
    (header) => keys({ ...header, kid: header.kid?.split('#').at(-1) } as typeof header),
    { typ: 'vc+jwt' },
  )
  const { encodedList } = payload.credentialSubject as { encodedList: string }
  const { statusListIndex } = [decodeJwt(credential).credentialStatus].flat()[0] as { statusListIndex: string }
  const bits = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'))
  const index = Number(statusListIndex)
  return (((bits[index >> 3] as number) >> (7 - (index & 7))) & 1) as 0 | 1
}
