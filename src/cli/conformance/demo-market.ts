import * as z from 'zod'
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
  /** A fresh launch token, or what came instead. */
  launch(worker: string, exam: string): Promise<string | Reply>
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
    launch: async (worker, exam) => {
      const reply = await call({ method: 'POST', path: '/demo/launch', body: { worker, exam } })
      return launched.safeParse(reply.json).data?.token ?? reply
    },
  }
}
