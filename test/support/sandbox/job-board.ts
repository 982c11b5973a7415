import { createSandbox } from '../../../src/sandbox/app.ts'
import type { Assessment } from '../../../src/sandbox/detector/judge/detector.ts'
import { type Kind, kinds } from '../../../src/sandbox/detector/judge/kinds.ts'
import type { SandboxWorld } from '../../../src/sandbox/sandbox-world.ts'
import { MARKET } from './fake-plugin.ts'
import { openMarket } from './open-market.ts'

/** An assessment with one suspicion. */
export function assessed(any: number, kind: Kind = 'off-platform-contact'): Assessment {
  const probability = Object.fromEntries(kinds.map((one) => [one, one === kind ? any : 0])) as Record<Kind, number>
  const band = any >= 0.9 ? 'hold' : any >= 0.6 ? 'queue' : 'publish'
  return {
    probability,
    any,
    band,
    reasons: band === 'publish' ? [] : [{ kind, probability: any, words: [] }],
    modelVersion: 'test',
  }
}

/** A market whose detector suspects what the text itself says: `[0.75]`. */
export async function openJobBoard() {
  const market = await openMarket()
  const world: SandboxWorld = {
    ...market.world,
    detect: ({ body }) => assessed(Number(/\[(0\.\d+)\]/.exec(body)?.[1] ?? 0)),
  }
  const app = createSandbox(() => world)
  const sessions = new Map<string, string>()

  const raw = async (
    method: string,
    path: string,
    options: { headers?: Record<string, string>; body?: unknown } = {},
  ) => {
    const response = await app.request(`${MARKET}${path}`, {
      method,
      headers: options.headers ?? {},
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    })
    const text = await response.text()
    // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
    const json: any = response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : undefined
    return { status: response.status, headers: response.headers, text, json }
  }
  /** Calls as somebody who is signed in, or as nobody. */
  const as = async (user: string | undefined, method: string, path: string, body?: unknown, key?: string) => {
    const headers: Record<string, string> = key === undefined ? {} : { 'Idempotency-Key': `"${key}"` }
    if (user !== undefined) {
      if (!sessions.has(user)) sessions.set(user, (await raw('POST', '/demo/session', { body: { user } })).json.session)
      headers.Authorization = `Bearer ${sessions.get(user)}`
    }
    return raw(method, path, { headers, body })
  }
  /** Posts a job, whatever its writer is told of it first. */
  const post = (client: string, change: Record<string, unknown> = {}, key?: string) =>
    as(client, 'POST', '/v1/jobs', { ...draft, sendAnyway: true, ...change }, key)
  return { ...market, world, app, as, post }
}

export const draft = {
  title: '議事録の清書をお願いします',
  body: '週に一度、45分の会議の録音から議事録を作ってください。決まったことと宿題を分けて書きます。',
  category: 'business-admin',
  pay: { type: 'hourly', amount: 1_400 },
}

export type JobBoard = Awaited<ReturnType<typeof openJobBoard>>
