import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { readStanding } from '../../contract/marketplace.ts'
import { launchClaims, MAX_TOKEN_SECONDS } from '../../contract/tokens.ts'
import type { Bench } from './bench.ts'
import { inShort, ofContract, succeeded } from './call-market.ts'
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

/** Somebody else of the sandbox. */
const OTHERS = ['wrk_007', 'wrk_008'] as const

/** Whoever reads such a name knows who it is of, wherever they meet it. */
const tellsWho = (sub: string, name: unknown): boolean => {
  const bare = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')
  return sub.includes('@') || (typeof name === 'string' && bare(sub) === bare(name))
}

/** Whether somebody else is sent over under the same name; undefined where nobody else can be. */
async function judgeOther({ demo, worker, exam }: Bench, sub: string): Promise<Finding | undefined> {
  const token = await demo?.launch(OTHERS.find((one) => one !== worker) as string, exam)
  return typeof token === 'string' && decodeJwt(token).sub === sub
    ? fails((t) => t('conformance.came.sharedName', { name: sub }))
    : undefined
}

/** Whether calls of the Kentei find the person whom a launch names; undefined where nobody may ask. */
async function judgeKnown({ call, trusted }: Bench, sub: string): Promise<Finding | undefined> {
  const reply = trusted ? await call(ofContract(readStanding, { path: { worker: sub } })) : undefined
  return reply && !succeeded(reply)
    ? fails((t) => t('conformance.came.change', { change: sub, reply: inShort(reply)(t) }))
    : undefined
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
  {
    id: 'launch.pairwise',
    level: 'required',
    run: (bench) =>
      withToken(bench, (first) =>
        withToken(
          bench,
          async (second) => {
            const { sub = '', name } = decodeJwt<{ readonly name?: unknown }>(first)
            const { sub: again = '' } = decodeJwt(second)
            if (again !== sub) return fails((t) => t('conformance.came.firstThen', { first: sub, next: again }))
            if (tellsWho(sub, name)) return fails((t) => t('conformance.came.tellsWho', { name: sub }))
            return (await judgeOther(bench, sub)) ?? (await judgeKnown(bench, sub)) ?? holds(() => sub)
          },
          1,
        ),
      ),
  },
])
