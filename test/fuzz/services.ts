import { scopes } from '../../src/contract/tokens.ts'
import { seconds } from '../../src/kernel/instant.ts'
import { pass, sit } from '../support/exam-hall.ts'
import { MARKET, PLUGIN } from '../support/fake-market.ts'
import { fixedWorld } from '../support/fixed-world.ts'
import { openMarket } from '../support/sandbox/open-market.ts'
import type { Known, Route } from './compose.ts'

type App = Awaited<ReturnType<typeof fixedWorld>>['app']

/** A service that is asked: its app, and what is known of it now. */
export interface Service {
  readonly name: string
  readonly origin: string
  readonly app: App
  /** Routes that are not asked, for what they do is to fail. */
  readonly leftOut: RegExp
  /** Failures of ours that it wrote down since the last time. */
  failures(): readonly string[]
  /** Signs everybody in anew and gives them something to act on. */
  renew(nth: number): Promise<Known>
  close(): Promise<void>
}

const FIELDS =
  'token locale agree section lease why sure minutes worker timeMultiplier exam item kind note bundle against hash email go user next title amount category form once act body payType payAmount headcount closesAt message reason reasons outcome grounds ground facts rule duration days kinds action to from part-1 part-1-amount part-2 milestone method text comment advance lang q before after status page rateMin rateMax payMin payMax certified cursor limit outcome done flags notice q1 q2 rev.q1 __proto__ a[] step releaseToWorker refundToClient session flag'.split(
    ' ',
  )

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** The plugin over a database of its own, with a marketplace in memory. */
export async function openPluginService(): Promise<Service> {
  const w = await fixedWorld()
  const certify = async (worker: string) => {
    const passed = await pass(w, worker)
    return { worker, ...passed, jwt: (await w.call('GET', `/credentials/${passed.credential}.jwt`)).text }
  }
  let holder = await certify('w-passed')
  return {
    name: 'plugin',
    origin: PLUGIN,
    app: w.app,
    leftOut: /^$/,
    failures: () => w.failures.splice(0).map((failure) => JSON.stringify(failure)),
    async renew(nth) {
      w.clock.advance(seconds(61))
      const { id, lease, token, items } = await sit(w, `w-${nth}`)
      // one of the requests may have erased the holder
      const erased = (await w.call('GET', `/credentials/${holder.credential}`)).status === 410
      if (erased) holder = await certify(`w-passed-${nth}`)
      const sessions = await Promise.all([
        w.launch(holder.worker),
        w.launch(`aut-${nth}`, { role: 'author' }),
        w.launch(`opr-${nth}`, { role: 'operator' }),
      ])
      const launch = await w.market.launchToken({ sub: `w-l${nth}` })
      const tokens = [token, ...sessions.map((session) => session.token)]
      return {
        origin: PLUGIN,
        fields: FIELDS,
        values: {
          '*': ['ja', 'en', 'x', 'a', 'tiny'],
          id: [id, holder.id, holder.credential],
          exam: ['tiny'],
          worker: [`w-${nth}`, holder.worker],
          credential: [holder.credential, holder.jwt],
          credentials: [holder.jwt],
          list: ['1'],
          lease: [lease],
          item: items.map(({ ref }) => ref),
          items: items.map(({ ref }) => ref),
          token: [launch],
          hash: [w.bank.hash],
          against: [w.bank.hash, ''],
          status: ['active', 'suspended', 'revoked'],
          part: ['knowledge'],
          lang: ['ja', 'en'],
          email: ['a@example.com'],
        },
        callers: [
          async () => ({}),
          ...tokens.map((session) => async () => bearer(session)),
          ...tokens.map((session) => async () => ({ cookie: `__Host-kentei=${session}` })),
          async () => bearer(await w.market.serviceToken(scopes.join(' '))),
          async (route: Route) => {
            const { headers } = await w.market.webhook({
              id: `evt-${nth}-${route.path.length}`,
              type: 'worker.deleted',
              data: { worker: `w-${nth}`, version: 1 },
            })
            return headers
          },
        ],
      }
    },
    close: () => w.close(),
  }
}

/** The marketplace over a database of its own, with a plugin in memory. */
export async function openMarketService(): Promise<Service> {
  const market = await openMarket()
  const failed: string[] = []
  console.error = (error: unknown) =>
    failed.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  const signIn = async (user: string): Promise<string> =>
    (await market.call('POST', '/demo/session', { body: { user } })).json.session
  const asClient = async (path: string, body: unknown) => {
    const response = await market.app.request(`${MARKET}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(await signIn('cli_01')) },
      body: JSON.stringify(body),
    })
    return ((await response.json()) as { id?: string }).id ?? 'x'
  }
  return {
    name: 'marketplace',
    origin: MARKET,
    app: market.app as unknown as App,
    // faults answer what they were told to
    leftOut: /^\/demo\/faults$/,
    failures: () => failed.splice(0),
    async renew(nth) {
      market.advance(61_000)
      const worker = `wrk_0${10 + (nth % 80)}`
      const users = [worker, 'wrk_001', 'cli_01', 'cli_02', 'opr_demo', 'opr_second']
      const tokens = await Promise.all(users.map(signIn))
      const contract = await asClient('/v1/contracts', {
        worker,
        title: '議事録の清書',
        category: 'business-admin',
        amount: 5_000,
      })
      const job = await asClient('/v1/jobs', {
        title: '議事録の清書',
        body: '会議の録音を聞いて、議事録にまとめる仕事です。',
        category: 'business-admin',
        pay: { type: 'fixed', amount: 5_000 },
      })
      return {
        origin: MARKET,
        fields: FIELDS,
        values: {
          '*': ['ja', 'en', 'x', 'a', 'business-admin', 'good'],
          id: [contract, job, worker, 'cli_01', 'wrk_001'],
          worker: [worker, 'wrk_001'],
          contract: [contract],
          job: [job],
          category: ['business-admin', 'ai-basics'],
          exam: ['business-admin'],
          credential: [await market.plugin.badge('crd_1'), 'crd_1'],
          user: users,
          advance: ['PT1M'],
          body: ['会議の録音を聞いて、議事録にまとめる仕事です。'],
          title: ['議事録の清書'],
          lang: ['ja', 'en'],
          status: ['good', 'active'],
        },
        callers: [
          async () => ({}),
          ...tokens.map((session) => async () => bearer(session)),
          ...tokens.map((session) => async () => ({ cookie: `__Host-market=${session}` })),
          async () => bearer(await market.plugin.serviceToken({ claims: { scope: scopes.join(' ') } })),
        ],
      }
    },
    close: () => market.close(),
  }
}
