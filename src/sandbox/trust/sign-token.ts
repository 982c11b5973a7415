import { didOfOrigin } from '@kentei/verify/parts'
import { importJWK, type JWK, SignJWT } from 'jose'
import { type LaunchClaims, MAX_TOKEN_SECONDS, type Scope, type ServiceTokenClaims } from '../../contract/tokens.ts'
import { days, instant, plus, toRfc3339 } from '../../kernel/instant.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** How long the marketplace stands by an endorsement before it has to say so again. */
const ENDORSED_FOR = days(365)

const sign = async (
  { settings }: SandboxWorld,
  typ: string,
  claims: object,
  kid = settings.keys.service.kid as string,
): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'ES256', kid, typ })
    .sign(await importJWK(settings.keys.service, 'ES256'))

/** The claims of a token that the plugin takes once. */
function freshClaims(world: SandboxWorld) {
  const { origin, pluginOrigin } = world.settings
  const iat = Math.floor(world.trustNow() / 1_000)
  return { iss: origin, aud: pluginOrigin, iat, exp: iat + MAX_TOKEN_SECONDS, jti: world.newId('jti') }
}

/** Who is sent over, and for what. */
export type Launch = Pick<
  LaunchClaims,
  'sub' | 'role' | 'name' | 'locale' | 'exam' | 'timeMultiplier' | 'identity' | 'returnUrl'
>

/** Signs a `launch+jwt` for one person and one use. */
export const signLaunchToken = (world: SandboxWorld, launch: Launch): Promise<string> =>
  sign(world, 'launch+jwt', { ...freshClaims(world), ...launch } satisfies LaunchClaims)

/** Signs a `service+jwt` for one call of the plugin. */
export const signServiceToken = (world: SandboxWorld, scope: Scope): Promise<string> =>
  sign(world, 'service+jwt', { ...freshClaims(world), scope } satisfies ServiceTokenClaims)

/** The page of the plugin that a launched person arrives at. */
export const launchUrl = (world: SandboxWorld, token: string): string =>
  `${world.settings.pluginOrigin}/launch?token=${encodeURIComponent(token)}`

/** Signs an Open Badges EndorsementCredential about one achievement, as `JWT`. */
export function signEndorsement(
  world: SandboxWorld,
  { achievement, name, comment }: { readonly achievement: string; readonly name: string; readonly comment: string },
): Promise<string> {
  const { origin, keys } = world.settings
  const did = didOfOrigin(origin)
  const from = instant(Math.floor(world.trustNow() / 1_000) * 1_000)
  const until = plus(from, ENDORSED_FOR)
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
  return sign(world, 'JWT', credential, `${did}#${keys.service.kid}`)
}

/** The public half of a signing key, fit to be published. */
export function publicJwk({ kty, crv, x, y, kid }: JWK): JWK {
  return {
    kty,
    crv,
    x,
    ...(y === undefined ? {} : { y }),
    kid,
    use: 'sig',
    alg: kty === 'OKP' ? 'EdDSA' : 'ES256',
  } as JWK
}
