import { join, resolve } from 'node:path'
import { decodeJwt } from 'jose'
import * as z from 'zod'
import { readJsonAnswer } from '../../platform/http/read-bounded.ts'
import type { StoredKey } from '../../world/settings.ts'
import { readKeys } from '../keys/key-store.ts'
import type { MarketCaller, Reply } from './call-market.ts'

const session = z.object({ session: z.string() })
const launched = z.object({ token: z.string() })
const webhookKeys = z.object({ keys: z.array(z.string()) })
const clock = z.object({ now: z.iso.datetime({ offset: true }) })

/** What the sandbox offers beyond the contract, so that a check can play both sides. Its calls are no part of the contract, so they are written by hand. */
export interface DemoMarket {
  /** Keys that sign its webhooks. */
  readonly webhookKeys: readonly string[]
  /** How far its clock is ahead of the real one, in milliseconds. */
  readonly clockAhead: number
  /** Calls as a signed-in person. */
  as(
    person: string,
    call: { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown },
  ): Promise<Reply>
  /** Decides a standing, which is announced. */
  changeStanding(worker: string, status: 'good' | 'restricted' | 'suspended'): Promise<Reply>
  /** Moves its clock and all that goes by it, for good. `advance`: an ISO 8601 duration. */
  moveClock(advance: string): Promise<Reply>
  /** A fresh launch token, or what came instead. */
  launch(person: string, exam: string, role?: 'worker' | 'operator'): Promise<string | Reply>
}

/** Finds out whether a marketplace is the sandbox. @returns undefined when it is another. */
export async function findDemo({ call }: Pick<MarketCaller, 'call'>): Promise<DemoMarket | undefined> {
  const shown = clock.safeParse((await call({ method: 'GET', path: '/demo/clock' })).json)
  if (!shown.success) return undefined
  const keys = webhookKeys.safeParse((await call({ method: 'GET', path: '/.well-known/webhook-keys.json' })).json)
  const sessions = new Map<string, string>()
  const sessionOf = async (person: string): Promise<string> => {
    const known = sessions.get(person)
    if (known) return known
    const opened = session.safeParse(
      (await call({ method: 'POST', path: '/demo/session', body: { user: person } })).json,
    )
    const token = opened.data?.session ?? ''
    sessions.set(person, token)
    return token
  }
  return {
    webhookKeys: keys.data?.keys ?? [],
    clockAhead: Date.parse(shown.data.now) - Date.now(),
    as: async (person, request) => call({ ...request, bearer: await sessionOf(person) }),
    changeStanding: (worker, status) =>
      call({ method: 'POST', path: `/demo/workers/${encodeURIComponent(worker)}/standing`, body: { status } }),
    moveClock: async (advance) => {
      const reply = await call({ method: 'POST', path: '/demo/clock', body: { advance } })
      // who was signed in is not any more
      sessions.clear()
      return reply
    },
    launch: async (worker, exam, role = 'worker') => {
      const reply = await call({ method: 'POST', path: '/demo/launch', body: { worker, exam, role } })
      return launched.safeParse(reply.json).data?.token ?? reply
    },
  }
}

const MAX_KEY_SET_BYTES = 65_536

const jwks = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) })
type PublishedKey = z.infer<typeof jwks>['keys'][number]

/** The origin of the plugin that a sandbox sends people to; undefined when it sends this worker nowhere. */
export async function originOfPlugin(
  demo: DemoMarket,
  of: { readonly worker: string; readonly exam: string },
): Promise<string | undefined> {
  const token = await demo.launch(of.worker, of.exam)
  const aud = typeof token === 'string' ? decodeJwt(token).aud : undefined
  return typeof aud === 'string' && URL.canParse(aud) ? new URL(aud).origin : undefined
}

/** The keys that a plugin publishes; none where they cannot be read. */
export async function publishedKeys(origin: string): Promise<readonly PublishedKey[]> {
  const reply = await fetch(`${origin}/.well-known/jwks.json`, { signal: AbortSignal.timeout(5_000) }).catch(
    () => undefined,
  )
  const read = jwks.safeParse(reply && (await readJsonAnswer(reply, MAX_KEY_SET_BYTES).catch(() => undefined)))
  return read.data?.keys ?? []
}

/** A plugin that a sandbox trusts and whose keys lie on this machine. */
interface PluginAtHand {
  readonly origin: string
  readonly folder: string
  readonly keys: readonly StoredKey[]
}

/** Looks whether the keys in this data folder are those of the plugin that the sandbox sends people to. */
export async function findPluginAtHand(
  demo: DemoMarket,
  of: { readonly folder: string; readonly cwd: string; readonly worker: string; readonly exam: string },
): Promise<PluginAtHand | undefined> {
  const keys = await readKeys(join(resolve(of.cwd, of.folder), 'keys.json')).catch(() => [])
  const service = keys.find(({ use, state }) => use === 'service' && state === 'active')?.jwk.kid
  const origin = service === undefined ? undefined : await originOfPlugin(demo, of)
  return origin !== undefined &&
    service !== undefined &&
    (await publishedKeys(origin)).some(({ kid }) => kid === service)
    ? { origin, folder: of.folder, keys }
    : undefined
}
