import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { days, hours, type Instant, minus } from '../../../src/kernel/instant.ts'
import type { Contract } from '../../../src/sandbox/escrow/contract.ts'
import { contracts } from '../../../src/sandbox/escrow/tables.ts'
import { insertJobs } from '../../../src/sandbox/job/store.ts'
import { applications, invitations } from '../../../src/sandbox/job/tables.ts'
import type { StatementOfReasons } from '../../../src/sandbox/moderation/decision/statement.ts'
import { appeals, moderationDecisions, moderationSubjects } from '../../../src/sandbox/moderation/tables.ts'
import { reviewPairs, reviews } from '../../../src/sandbox/review/tables.ts'
import { jobRow } from '../../support/sandbox/market-rows.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { type Visitor, visitor } from '../../support/sandbox/visitor.ts'

const MANY = 45
const [CLIENT, WORKER] = ['cli_24', 'wrk_299']
const numbers = Array.from({ length: MANY }, (_, i) => i + 1)
const two = (n: number): string => String(n).padStart(2, '0')

let market: Market
beforeAll(async () => {
  market = await openMarket()
  const { db } = market.world
  for (const n of numbers) await db.batch(rowsOf(n, minus(market.clock.now, hours(MANY - n))))
})
afterAll(() => market.close())

/** A settled contract with a worker's review, the first one of them still waiting for the worker to deliver. */
function contractRow(n: number, at: Instant): typeof contracts.$inferInsert {
  const amount = 1_000
  const settled = {
    status: 'released',
    released: 900,
    fee: 100,
    timer: null,
    timerAt: null,
    settledAt: minus(at, days(60)),
    moneyMovedAt: minus(at, days(60)),
  } as const
  const underWay = { status: 'funded', released: 0, fee: 0, timer: null, timerAt: null, settledAt: null } as const
  return {
    id: `ctr_desk${two(n)}`,
    job: null,
    client: CLIENT,
    worker: WORKER,
    category: 'business-admin',
    title: `契約その${n}の話`,
    version: 3,
    amount,
    feeBasisPoints: 1_000,
    funded: amount,
    refunded: 0,
    milestones: [] satisfies Contract['milestones'],
    payment: null,
    cancelProposedBy: null,
    createdAt: at,
    fundedAt: at,
    ...(n === 1 ? underWay : settled),
  }
}

function rowsOf(n: number, at: Instant) {
  const { db } = market.world
  const [job, contract] = [`job_desk${two(n)}`, `ctr_desk${two(n)}`]
  const subject = { id: `sub_desk${two(n)}`, openKey: null, kind: 'client', ref: CLIENT, person: CLIENT } as const
  const judged = n % 2 === 0 ? { outcome: 'uphold' as const, reasons: 'r', decidedBy: 'op', decidedAt: at } : {}
  return [
    insertJobs(db, [jobRow({ id: job, title: `募集その${n}の話`, client: CLIENT, postNumber: 1_000 + n, now: at })]),
    db.insert(applications).values({
      ...{ id: `app_desk${two(n)}`, job, worker: WORKER, message: 'できます', amount: null },
      ...({ state: 'open', createdAt: at } as const),
    }),
    db
      .insert(invitations)
      .values({ id: `inv_desk${two(n)}`, job, client: CLIENT, worker: WORKER, state: 'declined', createdAt: at }),
    db.insert(contracts).values(contractRow(n, at)),
    db.insert(reviewPairs).values({
      ...({ contract, worker: WORKER, client: CLIENT, category: 'business-admin' } as const),
      ...({ closesAt: at, revealedAt: at } as const),
    }),
    db.insert(reviews).values({
      ...{ id: `rev_desk${two(n)}`, contract, side: 'worker', author: WORKER, subject: CLIENT },
      ...({ request: 5, quality: 5, schedule: 5, communication: 5, partnership: 5 } as const),
      ...{ comment: `評価その${n}の話`, writtenAt: at },
    }),
    db.insert(moderationSubjects).values({
      ...subject,
      ...({
        status: 'closed',
        version: 1,
        openedBy: 'report',
        openedAt: at,
        updatedAt: at,
        points: 1,
        reports: 0,
      } as const),
      ...({ alleged: false, automated: false, final: false } as const),
    }),
    db.insert(moderationDecisions).values({
      ...{
        id: `dec_desk${two(n)}`,
        subject: subject.id,
        person: CLIENT,
        action: 'no-action',
        kinds: [],
        operator: 'op',
      },
      ...{ decidedAt: at, statement: {} as StatementOfReasons },
    }),
    db.insert(appeals).values({
      ...{ id: `apc_desk${two(n)}`, decision: `dec_desk${two(n)}`, subject: subject.id, person: CLIENT },
      ...{ text: `申立てその${n}の話`, at, ...judged },
    }),
  ] as const
}

/** What the list below a heading says, page for page, as its links lead on. */
async function read(person: string, path: string, heading: string, said: RegExp): Promise<string[][]> {
  const one: Visitor = visitor(market)
  await one.signIn(person)
  const pages: string[][] = []
  for (let next: string | undefined = path; next !== undefined && pages.length < 9; ) {
    const part: string = partOf((await one.open(next)).html, heading)
    pages.push([...new Set([...part.matchAll(said)].map(([, text]) => text as string))])
    next = /href="([^"#]+)#\w+" rel="next"/.exec(part)?.[1]?.replaceAll('&amp;', '&')
  }
  return pages
}

const partOf = (html: string, heading: string): string =>
  new RegExp(`<section[^>]+aria-labelledby="${heading}".+?</section>`, 's').exec(html)?.[0] ?? ''

const [invited, worked, wrote, appealed] = ['募集', '契約', '評価', '申立て'].map(
  (what) => new RegExp(`(${what}その\\d+の話)`, 'g'),
) as [RegExp, RegExp, RegExp, RegExp]
const titled = (what: string) => numbers.toReversed().map((n) => `${what}その${n}の話`)

describe('a list with more than a page shows', () => {
  it.each([
    [CLIENT, '/hiring', 'jobs', invited, titled('募集')],
    [WORKER, '/work', 'applications', invited, titled('募集')],
    [WORKER, '/work', 'invitations', invited, titled('募集')],
    [WORKER, '/work', 'contracts', worked, titled('契約')],
    [CLIENT, '/hiring', 'contracts', worked, titled('契約')],
    [WORKER, `/clients/${CLIENT}`, 'reviews', wrote, titled('評価')],
    [CLIENT, '/me', 'decisions', /(dec_desk\d+)/g, numbers.toReversed().map((n) => `dec_desk${two(n)}`)],
  ])('%s at %s reads all %s, the newest first and each once', async (person, path, heading, said, whole) => {
    const pages = await read(person, path, heading, said)
    expect(pages.map(({ length }) => length)).toEqual([20, 20, 5])
    expect(pages.flat()).toEqual(whole)
  })

  it.each([
    ['waiting', [20, 3], numbers.filter((n) => n % 2 === 1)],
    ['judged', [10, 10, 2], numbers.toReversed().filter((n) => n % 2 === 0)],
  ])('appeals that are %s are read to the last', async (heading, sizes, whole) => {
    const pages = await read('opr_demo', '/operators/appeals', heading, appealed)
    expect(pages.map(({ length }) => length)).toEqual(sizes)
    expect(pages.flat()).toEqual(whole.map((n) => `申立てその${n}の話`))
  })
})

describe('a desk', () => {
  it('names what waits and sums all money, whichever page of the contracts is shown', async () => {
    const one = visitor(market)
    await one.signIn(WORKER)
    const { html } = await one.open('/work')
    expect(partOf(html, 'todo')).toContain('契約その1の話')
    expect(partOf(html, 'money')).toMatch(/1,000円.+39,600円/s)
  })
})
