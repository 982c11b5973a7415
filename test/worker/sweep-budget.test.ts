import type { Miniflare } from 'miniflare'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSession } from '../../src/flows/open-session.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { startAttempt } from '../../src/flows/start-attempt.ts'
import { submitAttempt } from '../../src/flows/submit-attempt.ts'
import { sweep } from '../../src/flows/sweep.ts'
import { openEdgeDatabase } from '../../src/world/open-edge.ts'
import { countdown, type World } from '../../src/world/world.ts'
import { cases } from '../support/cases.ts'
import { openDeployedWorker } from '../support/deployed-worker.ts'
import { type FixedWorld, fixedWorld, must } from '../support/fixed-world.ts'
import { testEnvironment } from '../support/test-settings.ts'

const ABANDONED = cases(400, 3)
/** Where each statement is a call from one process to another. */
const FEWER = cases(40, 2)
const LITTLE = 200

let miniflare: Miniflare
let d1: D1Database
let w: FixedWorld
/** The service on Node over the Worker's own database. */
let world: World
let budget = countdown(0)
/** Statements that D1 was asked, counted apart from the budget. */
let asked = 0

const counting = (of: D1Database): D1Database =>
  new Proxy(of, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function') return member
      return (...call: unknown[]) => {
        if (name === 'prepare') asked += 1
        return member.apply(target, call)
      }
    },
  })

beforeAll(async () => {
  const opened = await openDeployedWorker(await testEnvironment(), () => new Response(null, { status: 503 }))
  miniflare = opened.miniflare
  d1 = opened.d1
  w = await fixedWorld()
  world = { ...w.world, db: await openEdgeDatabase({ d1: counting(d1) }, () => budget.spend(1)) }
  await publishExam(world, w.bank)
})
afterAll(async () => {
  await w?.close()
  await miniflare?.dispose()
})

/** So many people begin and never come back; all papers but the first are copies of one. */
async function abandon(round: string, people: number): Promise<void> {
  const { session } = must(await openSession(world, await w.market.launchToken({ sub: `first-${round}` })))
  const { attempt } = must(await startAttempt(world, { session, exam: 'tiny' }))
  await d1
    .prepare(
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
       insert into attempts select 'att_' || ? || i, ? || i, exam, bank_hash, locale, form, status, reason, started_at, deadline + i, time_multiplier, lease, closed_at, graded_at, report, credential, version, part, archived
       from attempts, n where id = ?`,
    )
    .bind(people - 1, round, round, attempt.id)
    .run()
}

const count = async (where: string): Promise<number> =>
  Number((await d1.prepare(`select count(*) as n from attempts where ${where}`).first<{ n: number }>())?.n)

it('a sweep stays below a thousand statements however much there is to do, and the next one goes on: each part has its turn', async () => {
  await abandon('a', FEWER)
  const { session } = must(await openSession(world, await w.market.launchToken({ sub: 'busy' })))
  must(await startAttempt(world, { session, exam: 'tiny' }))
  await d1
    .prepare(
      "insert into outbox (id, destination, stream, chain, kind, request, status, attempts, next_at, not_before, lease_until, created_at) values ('msg_1', 'subscriber:gone', 's', 'msg_1', 'event', '{}', 'pending', 0, 0, 0, 0, 0)",
    )
    .run()
  w.clock.now = (w.clock.now + 86_400_000) as typeof w.clock.now
  const graded: number[] = []
  for (let tick = 0; tick < 12 && (graded.at(-1) ?? 0) < FEWER + 1; tick++) {
    budget = countdown(LITTLE)
    asked = 0
    await sweep(world, (failure) => expect(failure).toBeUndefined(), budget)
    expect(asked, `statements of tick ${tick}`).toBeLessThanOrEqual(LITTLE)
    expect(LITTLE - budget.left(), 'what was counted is what was asked').toBe(asked)
    graded.push(await count("status = 'graded'"))
    // the message waits for nobody's papers
    if (tick === 0)
      expect(
        (await d1.prepare("select status from outbox where id = 'msg_1'").first<{ status: string }>())?.status,
      ).not.toBe('pending')
  }
  expect(graded.at(-1)).toBe(FEWER + 1)
  expect(graded.length).toBeGreaterThan(1)
  expect([...graded]).toEqual([...new Set(graded)].sort((a, b) => a - b))
})

it(`the cron trigger of the Worker closes ${ABANDONED} abandoned attempts in a few ticks`, async () => {
  budget = countdown(Number.POSITIVE_INFINITY)
  const before = await count("status = 'graded'")
  await abandon('b', ABANDONED)
  const worker = (await miniflare.getWorker()) as unknown as {
    scheduled(options: { scheduledTime: Date; cron: string }): Promise<{ outcome: string }>
  }
  const at = Math.max(Date.now(), w.clock.now) + 2 * 86_400_000
  let ticks = 0
  while ((await count("status = 'graded'")) < before + ABANDONED && ticks < 10) {
    expect((await worker.scheduled({ scheduledTime: new Date(at + ticks * 60_000), cron: '* * * * *' })).outcome).toBe(
      'ok',
    )
    ticks += 1
  }
  expect([(await count("status = 'graded'")) - before, ticks > 1]).toEqual([ABANDONED, true])
})

it('a request that starts and submits has room for its messages in what its invocation may ask', async () => {
  const { session } = must(await openSession(world, await w.market.launchToken({ sub: 'one' })))
  asked = 0
  const { attempt } = must(await startAttempt(world, { session, exam: 'tiny' }))
  await submitAttempt(world, { session, id: attempt.id, lease: attempt.lease as string })
  expect(asked).toBeLessThan(300)
})
