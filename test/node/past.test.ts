import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createVerifier } from '@kentei/verify'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import type { Bank } from '../../src/item/bank.ts'
import { joinedFetch, joinServices, openWire } from '../../src/join-pair.ts'
import { type Instant, instant } from '../../src/kernel/instant.ts'
import { makePast } from '../../src/make-past.ts'
import { compileFiles } from '../../src/node/compile-files.ts'
import { placesIn } from '../../src/node/demo-places.ts'
import { examsIn } from '../../src/node/exam-folders.ts'
import { openPlugin } from '../../src/node/open-plugin.ts'
import { createSandbox } from '../../src/sandbox/app.ts'
import { seedSandbox } from '../../src/sandbox/flows/seed-sandbox.ts'
import { findNewcomers } from '../../src/sandbox/flows/show-story.ts'
import { openSandboxWorld } from '../../src/sandbox/open-sandbox.ts'
import { categories } from '../../src/sandbox/people/worker.ts'
import { ownWebhookKey } from '../../src/sandbox/trust/plugin-trust.ts'
import about from '../../src/texts/ja/account.json' with { type: 'json' }
import bankWords from '../../src/texts/ja/bank.json' with { type: 'json' }
import caseWords from '../../src/texts/ja/case.json' with { type: 'json' }
import credentialWords from '../../src/texts/ja/credentials.json' with { type: 'json' }
import detectorWords from '../../src/texts/ja/detector.json' with { type: 'json' }
import jobWords from '../../src/texts/ja/job.json' with { type: 'json' }
import marketWords from '../../src/texts/ja/market.json' with { type: 'json' }
import operatorWords from '../../src/texts/ja/operator.json' with { type: 'json' }
import recordWords from '../../src/texts/ja/records.json' with { type: 'json' }
import staffWords from '../../src/texts/ja/staff.json' with { type: 'json' }
import type { Database } from '../../src/world/database.ts'
import type { BankCompiler } from '../../src/world/world.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { shippedExam } from '../support/shipped-bank.ts'

const ports = { plugin: 8_787, sandbox: 8_788 }
/** Not the day on which the invented people were written, so that all days have to follow. */
const OPENS = instant(Date.parse('2028-04-11T03:17:00Z'))
const root = process.cwd()
const compile: BankCompiler = async (files, wish) => compileFiles(files, wish)

/** Opens both services over what a folder holds, as the demonstration does, at a time. */
async function reopen(folder: string, banks: readonly Bank[], now: Instant) {
  const places = await placesIn(folder, { root, ports })
  const wire = openWire(places.plugin.origin, places.market.origin)
  const fetch = joinedFetch(wire)
  const migrations = join(root, 'migrations/sandbox')
  const market = await openSandboxWorld({ ...places.market, migrations, now: () => now, fetch, waitsIn: 'process' })
  await seedSandbox(market)
  const webhookKeys = [ownWebhookKey(market.settings.keys.webhook), ...places.plugin.webhookKeys]
  const { world, close } = await openPlugin({ ...places.plugin, webhookKeys, now: () => now, waitsIn: 'process' })
  const pair = joinServices(wire, {
    market,
    world: { ...world, fetch },
    banks,
    doors: { plugin: createApp, market: createSandbox },
  })
  const closeBoth = async () => void (await Promise.all([close(), market.close()]))
  return { ...pair, world, fetch, origin: places.plugin.origin, close: closeBoth }
}

const counted = async (db: Database, of: string): Promise<Readonly<Record<string, number>>> => {
  const rows = await db.all<{ what: string; n: number }>(sql.raw(of))
  return Object.fromEntries(rows.map(({ what, n }) => [what, n]))
}

const TABLES = "SELECT name AS what, 0 AS n FROM sqlite_master WHERE type = 'table'"
async function sizes(db: Database): Promise<Readonly<Record<string, number>>> {
  const sized: Record<string, number> = {}
  for (const name of Object.keys(await counted(db, TABLES)))
    sized[name] = (await counted(db, `SELECT 'n' AS what, count(*) AS n FROM "${name}"`)).n ?? 0
  return sized
}

let folder: string
let banks: readonly Bank[]
let demo: Awaited<ReturnType<typeof reopen>>

beforeAll(async () => {
  folder = await mkdtemp(join(quickFolder, 'kentei-past-'))
  const exams = await examsIn(join(root, 'exams'), async (_, name) => ({ bank: await shippedExam(name), errors: [] }))
  banks = exams.map(({ bank }) => bank)
  const source = exams[0]?.files ?? []
  await makePast({ ...(await placesIn(folder, { root, ports })), banks, source, opens: OPENS, compile })
  demo = await reopen(folder, banks, OPENS)
})
afterAll(async () => {
  await demo.close()
  await rm(folder, { recursive: true, force: true })
})

describe('certificates of the past', () => {
  const issued = () =>
    demo.world.db.all<{ jwt: string; status: string; worker: string; report: string; responses: number }>(
      sql.raw(
        `SELECT c.jwt, c.status, c.worker, a.status AS report,
           (SELECT count(*) FROM scored_responses s WHERE s.attempt_id = a.id)
             + (SELECT count(*) FROM task_grades g WHERE g.attempt_id = a.id) AS responses
         FROM credentials c JOIN attempts a ON a.id = c.attempt_id`,
      ),
    )

  it('are some twenty, one of them expired, others revoked or suspended', async () => {
    const byState = Object.groupBy(await issued(), ({ status }) => status)
    expect(byState.active?.length).toBeGreaterThanOrEqual(20)
    expect(byState.expired).toHaveLength(1)
    expect(byState.revoked?.length).toBeGreaterThanOrEqual(1)
    expect(byState.suspended?.length).toBeGreaterThanOrEqual(2)
  })

  it('are what a stranger finds them to be, by their signatures and status lists alone', async () => {
    const verifier = createVerifier({
      issuers: [demo.origin],
      asksIssuers: true,
      fetch: demo.fetch as never,
      now: () => OPENS,
    })
    const rows = await issued()
    const verdicts = await verifier.verifyAll(rows.map(({ jwt }) => jwt))
    const expected = { active: 'valid', expired: 'expired', revoked: 'revoked', suspended: 'suspended' }
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(
      rows.map(({ status }) => expected[status as keyof typeof expected]),
    )
  })

  it('were earned in both languages', async () => {
    const passed = 'SELECT a.locale AS what, count(*) AS n FROM credentials c JOIN attempts a ON a.id = c.attempt_id'
    expect(await counted(demo.world.db, `${passed} GROUP BY a.locale`)).toEqual({
      en: expect.toSatisfy((n: number) => n >= 4),
      ja: expect.toSatisfy((n: number) => n >= 18),
    })
  })

  it('were earned in attempts with answers and grades', async () => {
    for (const { report, responses } of await issued()) expect([report, responses > 0]).toEqual(['graded', true])
  })

  it('stand on the profiles of the marketplace with the same states', async () => {
    const states = (db: Database, from: string) =>
      counted(db, `SELECT status AS what, count(*) AS n FROM ${from} GROUP BY status`)
    expect(await states(demo.market.db, 'badges')).toEqual(await states(demo.world.db, 'credentials'))
  })
})

describe('trade of the past', () => {
  it('has some sixty contracts under way, in every state that one can be in', async () => {
    const states = await counted(demo.market.db, 'SELECT status AS what, count(*) AS n FROM contracts GROUP BY status')
    const { released = 0, cancelled = 0, decided = 0, expired = 0, ...running } = states
    const under = Object.values(running).reduce((sum, n) => sum + n, 0)
    expect([under >= 55, under <= 75]).toEqual([true, true])
    for (const state of ['proposed', 'funded', 'in-progress', 'delivered', 'changes-requested', 'disputed'])
      expect([state, running[state] ?? 0]).toEqual([state, expect.toSatisfy((n: number) => n >= 2)])
    expect([released >= 35, cancelled + expired >= 2, decided >= 1]).toEqual([true, true, true])
  })

  it('leaves books that balance, in all and for every contract', async () => {
    const [all] = await demo.market.db.all<{ debits: number; credits: number }>(
      sql`SELECT sum(debit) AS debits, sum(credit) AS credits FROM ledger_entries`,
    )
    expect(all?.debits).toBeGreaterThan(1_000_000)
    expect(all?.debits).toBe(all?.credits)
    const off = await demo.market.db.all(
      sql`SELECT c.id FROM contracts c JOIN ledger_entries e ON e.account = 'escrow:' || c.id
          GROUP BY c.id HAVING sum(e.credit) - sum(e.debit) <> c.funded - c.released - c.fee - c.refunded`,
    )
    expect(off).toEqual([])
  })

  it('has reviews of both sides, each of a contract that was paid or decided', async () => {
    const loose = await demo.market.db.all(
      sql`SELECT r.id FROM reviews r LEFT JOIN contracts c ON c.id = r.contract
          WHERE c.id IS NULL OR c.status NOT IN ('released', 'decided')`,
    )
    expect(loose).toEqual([])
    const [pairs] = await demo.market.db.all<{ both: number; one: number }>(
      sql`SELECT sum(n = 2) AS both, sum(n = 1) AS one FROM (SELECT count(*) AS n FROM reviews GROUP BY contract)`,
    )
    expect([(pairs?.both ?? 0) >= 25, (pairs?.one ?? 0) >= 3]).toEqual([true, true])
  })

  it('has told the other service everything, after an outage too, but of who looked at an exam while it was away just now', async () => {
    const waiting = "SELECT status AS what, count(*) AS n FROM outbox WHERE status <> 'delivered' GROUP BY status"
    expect([await counted(demo.world.db, waiting), await counted(demo.market.db, waiting)]).toEqual([
      {},
      { pending: 1 },
    ])
    const kinds = "SELECT kind AS what, count(*) AS n FROM outbox WHERE status <> 'delivered' GROUP BY kind"
    expect(await counted(demo.market.db, kinds)).toEqual({ 'exam.opened': 1 })
  })

  it('lets posts close on many different days, all of them ahead', async () => {
    const rows = await demo.market.db.all<{ day: number }>(
      sql`SELECT DISTINCT CAST((closes_at - ${OPENS}) / 86400000.0 AS INTEGER) AS day FROM jobs WHERE state IN ('published', 'queued')`,
    )
    expect(rows.length).toBeGreaterThanOrEqual(12)
    for (const { day } of rows) expect(day).toBeGreaterThanOrEqual(1)
  })
})

it.each(categories)(
  'newcomers of %s without reviews and certificates are far down, for whoever plays them',
  async (category) => {
    const found = await findNewcomers(demo.market, category, 12)
    expect(found).toHaveLength(12)
    for (const { id, position } of found) {
      expect(position).toBeGreaterThan(60)
      const { n } = await counted(
        demo.market.db,
        `SELECT 'n' AS what, count(*) AS n FROM badges WHERE worker = '${id}'`,
      )
      expect(n).toBe(0)
    }
  },
)

it('whoever tries calls by hand finds the first twenty people without certificates and contracts', async () => {
  const touched = sql`SELECT id FROM workers WHERE id <= 'wrk_020' AND id >= 'wrk_001'
    AND (id IN (SELECT worker FROM badges) OR id IN (SELECT worker FROM contracts))`
  expect(await demo.market.db.all(touched)).toEqual([])
})

it('a restart keeps everything and adds nothing', async () => {
  const before = [await sizes(demo.market.db), await sizes(demo.world.db)]
  await demo.close()
  demo = await reopen(folder, banks, OPENS)
  expect([await sizes(demo.market.db), await sizes(demo.world.db)]).toEqual(before)
})

/** Sentences that stand where nothing is. */
const EMPTY: readonly string[] = [
  about['account.noContracts'],
  about['account.noJobs'],
  bankWords['bank.none'],
  caseWords['case.empty'],
  caseWords['case.noAppeals'],
  caseWords['case.noneJudged'],
  credentialWords['credentials.none'],
  detectorWords['detector.noDecisions'],
  jobWords['job.nobody'],
  jobWords['job.history.none'],
  jobWords['job.applicantsPage.none'],
  marketWords['market.search.nobody'],
  operatorWords['operator.worklist.empty'],
  operatorWords['operator.audit.empty'],
  operatorWords['operator.blocks.none'],
  operatorWords['operator.blocks.noneDecided'],
  operatorWords['operator.accounts.none'],
  operatorWords['operator.money.empty'],
  operatorWords['operator.samples.none'],
  operatorWords['operator.deliveries.empty.delivered'],
  operatorWords['operator.deliveries.empty.waiting'],
  operatorWords['operator.deliveries.empty.dead'],
  recordWords['record.noneTitle'],
  staffWords['staff.none'],
]

describe('no page of the demonstration is empty', () => {
  const shown = async (answer: Promise<Response>): Promise<string> => {
    const response = await answer
    expect([response.status, response.headers.get('location')]).toEqual([200, null])
    return (await response.text()).replaceAll('&amp;', '&')
  }
  const sentencesIn = (page: string) =>
    EMPTY.filter((sentence) => page.includes(`>${sentence}<`) || page.includes(`>${sentence} `))

  const signIn = async (user: string) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ user }) }
    const { session } = (await (await demo.callMarket('/demo/session', init)).json()) as { session: string }
    return { authorization: `Bearer ${session}` }
  }
  const enter = async (worker: string, role: 'worker' | 'operator') => {
    const post = (body: object) => ({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const { token } = (await (await demo.callMarket('/demo/launch', post({ worker, role }))).json()) as {
      token: string
    }
    const { session } = (await (await demo.callPlugin('/api/session', post({ token }))).json()) as { session: string }
    return { authorization: `Bearer ${session}` }
  }
  const one = async (db: Database, of: string): Promise<string> =>
    (await db.all<{ id: string }>(sql.raw(`${of} LIMIT 1`)))[0]?.id ?? ''

  const BUSY = `SELECT c.worker AS id FROM contracts c JOIN badges b ON b.worker = c.worker AND b.status = 'active'
    WHERE c.status = 'in-progress'`

  it('of the marketplace, for strangers', async () => {
    const worker = await one(demo.market.db, BUSY)
    for (const path of ['/', '/workers', '/workers?certified=1', `/workers/${worker}`, '/jobs', '/ranking', '/docs'])
      expect([path, sentencesIn(await shown(demo.callMarket(path, {})))]).toEqual([path, []])
    for (const category of categories)
      for (const path of [`/workers?category=${category}`, `/jobs?category=${category}`])
        expect([path, sentencesIn(await shown(demo.callMarket(path, {})))]).toEqual([path, []])
  })

  it('of the marketplace, for every client and for workers with a contract', async () => {
    const clients = await demo.market.db.all<{ id: string }>(sql`SELECT id FROM clients ORDER BY id`)
    for (const { id } of clients) {
      const headers = await signIn(id)
      for (const path of [`/clients/${id}`, '/hiring'])
        expect([id, path, sentencesIn(await shown(demo.callMarket(path, { headers })))]).toEqual([id, path, []])
    }
    const worker = await one(demo.market.db, BUSY)
    const headers = await signIn(worker)
    for (const path of ['/work', '/me'])
      expect([path, sentencesIn(await shown(demo.callMarket(path, { headers })))]).toEqual([path, []])
  })

  it('of the marketplace, for operators', async () => {
    const headers = await signIn('opr_demo')
    const paths = ['queue', 'appeals', 'reviews', 'blocks', 'blocks?which=decided', 'contracts', 'detector']
    const more = ['noticed', 'accounts', 'samples', 'audit']
    const states = ['delivered', 'waiting'].map((state) => `deliveries?state=${state}`)
    const queues = ['job', 'client', 'worker', 'credential'].map((kind) => `queue?kind=${kind}`)
    for (const path of [...paths, ...more, ...states, ...queues].map((name) => `/operators/${name}`))
      expect([path, sentencesIn(await shown(demo.callMarket(path, { headers })))]).toEqual([path, []])
  })

  it('of the exam centre, for strangers, candidates and staff', async () => {
    const credential = await one(demo.world.db, "SELECT id FROM credentials WHERE status = 'active'")
    const worker = await one(demo.world.db, "SELECT worker AS id FROM credentials WHERE status = 'active'")
    const [anybody, candidate, staff] = [{}, await enter(worker, 'worker'), await enter('opr_demo', 'operator')]
    const exams = categories.map((exam) => `/exams/${exam}/evidence`)
    const pages = [
      ...[`/credentials/${credential}`, ...exams].map((path) => ({ path, headers: anybody })),
      ...['/', '/records', '/certificates'].map((path) => ({ path, headers: candidate })),
      ...[
        '/staff/deliveries',
        '/staff/credentials',
        '/staff/exams',
        '/staff/exams/business-admin',
        '/staff/exams/web-writer/versions',
        `/staff/attempts?worker=${worker}`,
        '/staff/log',
        '/staff/leaks',
        '/staff/sessions',
      ].map((path) => ({ path, headers: staff })),
    ]
    for (const { path, headers } of pages)
      expect([path, sentencesIn(await shown(demo.callPlugin(path, { headers })))]).toEqual([path, []])
  })
})
