import { decodeJwt, type JWK } from 'jose'
import * as z from 'zod'
import { requestOf } from '../../contract/call.ts'
import { openSession } from '../../contract/kentei/launch.ts'
import { changeStatus, reissueCredential } from '../../contract/kentei/staff.ts'
import { createCaller, type MarketCaller, must, type Reply } from './call-market.ts'
import { type DemoMarket, publishedKeys } from './demo-market.ts'
import type { PluginIdentity } from './plugin-identity.ts'
import { TRACES } from './traces.data.ts'

/** The Kentei that a marketplace has already, steered by an operator whom the marketplace sends over. Its keys stay its own. */
export interface KenteiBeside {
  readonly origin: string
  /** Suspends a certificate, or gives it back. @throws a `CheckStopped` that says what came instead. */
  change(credential: string, status: 'active' | 'suspended'): Promise<Reply>
  /** Revokes a certificate and issues another in its place. @returns the id of the new one. */
  reissue(credential: string): Promise<string>
}

const session = z.looseObject({ session: z.string(), role: z.string() })
const issued = z.looseObject({ id: z.string() })

/** The service that a launch token is for. */
export function audienceOf(token: string): string | undefined {
  try {
    const { aud } = decodeJwt(token)
    return typeof aud === 'string' && URL.canParse(aud) ? new URL(aud).origin : undefined
  } catch {
    return undefined
  }
}

/** Signs an operator in at the Kentei that a launch token is for; undefined where it does not let them in. */
export async function openKenteiBeside(token: string, plugin: PluginIdentity): Promise<KenteiBeside | undefined> {
  const origin = audienceOf(token)
  // a run that stands in for it has no such doors
  if (origin === undefined || origin === plugin.origin) return undefined
  const { call } = createCaller({ market: origin, plugin, now: Date.now })
  const opened = session.safeParse((await call(requestOf(openSession, { path: {}, body: { token } }))).json).data
  if (opened?.role !== 'operator') return undefined
  const as = { bearer: opened.session }
  const why = TRACES.end
  return {
    origin,
    change: async (id, status) =>
      must(await call({ ...requestOf(changeStatus, { path: { id }, body: { status, why } }), ...as })),
    reissue: async (id) =>
      issued.parse(must(await call({ ...requestOf(reissueCredential, { path: { id }, body: { why } }), ...as })).json)
        .id,
  }
}

/** The name and the public key of another Kentei with a private key of the run; undefined where it publishes no such key. */
export async function forgeableAs(origin: string, plugin: PluginIdentity): Promise<PluginIdentity | undefined> {
  const key = (await publishedKeys(origin)).find(({ kty }) => kty === 'EC')
  return key && { ...plugin, origin, service: { ...plugin.service, kid: key.kid, publicJwk: key as JWK } }
}

const shownBadges = z.looseObject({
  id: z.string().optional(),
  badges: z.array(z.looseObject({ credential: z.string(), status: z.string(), url: z.string().optional() })),
})
const list = z.looseObject({ workers: z.array(shownBadges) })

/** A certificate of the Kentei beside that the marketplace shows as active: of the worker named, at the sandbox of anybody. */
export async function findHeld(
  { call }: MarketCaller,
  of: {
    readonly kentei: KenteiBeside
    readonly worker: string
    /** Of the worker's public JSON. */
    readonly path: string
    readonly demo: DemoMarket | undefined
    readonly exam: string
  },
): Promise<{ readonly worker: string; credential: string } | undefined> {
  const own = shownBadges.safeParse((await call({ method: 'GET', path: of.path })).json).data
  const search = `/api/workers?category=${encodeURIComponent(of.exam)}&certified=true&limit=100`
  const others = of.demo ? list.safeParse((await call({ method: 'GET', path: search })).json).data?.workers : []
  for (const { id = of.worker, badges } of [...(own ? [{ ...own, id: of.worker }] : []), ...(others ?? [])]) {
    const held = badges.find(({ status, url }) => status === 'active' && url?.startsWith(`${of.kentei.origin}/`))
    if (held) return { worker: id, credential: held.credential }
  }
  return undefined
}
