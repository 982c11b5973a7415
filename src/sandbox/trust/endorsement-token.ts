import { importJWK, SignJWT } from 'jose'
import { days, instant, plus, toRfc3339 } from '../../kernel/instant.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { didWebOf } from './badge-token.ts'

/** How long the marketplace stands by an endorsement before it has to say so again. */
const LASTS = days(365)

/** Signs an Open Badges EndorsementCredential about one achievement, as `vc+jwt`. */
export async function signEndorsement(world: SandboxWorld, { achievement, name, comment }: { readonly achievement: string; readonly name: string; readonly comment: string }): Promise<string> {
  const { origin, keys } = world.settings
  const did = didWebOf(origin)
  const from = instant(Math.floor(world.trustNow() / 1_000) * 1_000)
  const until = plus(from, LASTS)
  const id = `urn:uuid:${crypto.randomUUID()}`
  const credential = {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: `${name}: ${new URL(achievement).pathname.split('/').at(-1)}`,
    issuer: { id: did, type: ['Profile'], name, url: origin },
    validFrom: toRfc3339(from),
    validUntil: toRfc3339(until),
    credentialSubject: { id: achievement, type: ['EndorsementSubject'], endorsementComment: comment },
    iss: did,
    jti: id,
    sub: achievement,
    nbf: from / 1_000,
    exp: until / 1_000,
  }
  return new SignJWT(credential).setProtectedHeader({ alg: 'ES256', kid: `${did}#${keys.service.kid}`, typ: 'vc+jwt' }).sign(await importJWK(keys.service, 'ES256'))
}
