import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { launchClaims, MAX_TOKEN_SECONDS } from '../../contract/tokens.ts'
import type { Bench } from './bench.ts'
import { inShort } from './call-market.ts'
import { checksOf, type Finding, fails, failsOf, holds, notTried } from './check.ts'

/** Tries something on a fresh launch token, or on the `nth` that was given. */
async function withToken(bench: Bench, act: (token: string) => Promise<Finding> | Finding, nth = 0): Promise<Finding> {
  const token = bench.demo ? await bench.demo.launch(bench.worker, bench.exam) : bench.launchTokens[nth]
  if (token === undefined)
    return notTried((t) => t(nth === 0 ? 'conformance.came.noLaunchToken' : 'conformance.came.oneToken'))
  if (typeof token !== 'string') return fails(inShort(token))
  try {
    return await act(token)
  } catch (problem) {
    return failsOf(problem)
  }
}

export const launchChecks = checksOf('trust', [
  {
    id: 'launch.signature',
    level: 'required',
    run: (bench) =>
      withToken(bench, async (token) => {
        const keys = (await bench.call({ method: 'GET', path: '/.well-known/jwks.json' })).json as JSONWebKeySet
        const { typ, kid } = decodeProtectedHeader(token)
        const { iat = 0 } = decodeJwt(token)
        // the time of the token is judged by another check
        await jwtVerify(token, createLocalJWKSet(keys), {
          algorithms: ['ES256', 'RS256', 'EdDSA', 'Ed25519'],
          currentDate: new Date(iat * 1_000),
        })
        return typ === 'launch+jwt' && kid
          ? holds(() => `kid ${kid}`)
          : fails(() => `typ ${String(typ)}, kid ${String(kid)}`)
      }),
  },
  {
    id: 'launch.claims',
    level: 'required',
    run: (bench) =>
      withToken(bench, (token) => {
        const read = launchClaims.safeParse(decodeJwt(token))
        if (!read.success)
          return fails(() => read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
        const { iss, aud, returnUrl } = read.data
        if (aud !== (bench.forgeable ?? bench.plugin).origin) return fails(() => `aud ${aud}`)
        if (iss !== bench.market) return fails(() => `iss ${iss}`)
        return returnUrl === undefined || new URL(returnUrl).origin === bench.market
          ? holds(() => `aud ${aud}`)
          : fails(() => `returnUrl ${returnUrl}`)
      }),
  },
  {
    id: 'launch.lifetime',
    level: 'required',
    run: (bench) =>
      withToken(bench, (token) => {
        const { iat = 0, exp = 0 } = decodeJwt(token)
        const now = bench.now() / 1_000
        return exp - iat > 0 && exp - iat <= MAX_TOKEN_SECONDS && exp > now && iat < now + 60
          ? holds((t) => t('conformance.came.seconds', { seconds: exp - iat }))
          : fails(() => `iat ${iat}, exp ${exp}, now ${Math.floor(now)}`)
      }),
  },
  {
    id: 'launch.single-use',
    level: 'required',
    run: (bench) =>
      withToken(bench, (first) =>
        withToken(
          bench,
          (second) =>
            decodeJwt(first).jti === decodeJwt(second).jti
              ? fails((t) => t('conformance.came.twice', { jti: String(decodeJwt(first).jti) }))
              : holds((t) => t('conformance.came.different')),
          1,
        ),
      ),
  },
])
