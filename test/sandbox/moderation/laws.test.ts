import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../../../src/sandbox/api/calls.ts'
import { findJob } from '../../../src/sandbox/job/store.ts'
import { rebuild } from '../../../src/sandbox/moderation/case.ts'
import { measuresAgainst } from '../../../src/sandbox/moderation/decision/store.ts'
import { casesAbout, eventsOf, readQueue } from '../../../src/sandbox/moderation/store.ts'
import { moderationEvents } from '../../../src/sandbox/moderation/tables.ts'
import { findClient } from '../../../src/sandbox/people/store.ts'
import { cases } from '../../support/cases.ts'
import { DAY, type ModerationRoom, openModerationRoom } from '../../support/sandbox/moderation-room.ts'

let room: ModerationRoom
beforeAll(async () => {
  room = await openModerationRoom()
})
afterAll(() => room.close())

const operator = fc.constantFrom('opr_demo', 'opr_second')
const act = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('report' as const),
      who: fc.integer({ min: 100, max: 220 }),
      reason: fc.constantFrom('other', 'illegal', 'upfront-fee'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom('claim' as const, 'release' as const, 'escalate' as const, 'close' as const),
      operator,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('decide' as const),
      operator,
      action: fc.constantFrom('no-action', 'take-down', 'restrict', 'suspend', 'reinstate'),
      days: fc.constantFrom(1, 5, null),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('appeal' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('edit' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('judge' as const),
      operator,
      outcome: fc.constantFrom('uphold', 'reverse', 'modify'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('wait' as const), days: fc.constantFrom(1, 3, 200) }) },
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

const newest = async (job: string) => (await casesAbout(room.world.db, 'job', job))[0]

async function perform(job: string, client: string, step: Act): Promise<void> {
  const known = await newest(job)
  const id = known?.id ?? 'cas_none'
  const duration = (days: number | null) => (days === null ? null : `P${days}D`)
  switch (step.type) {
    case 'report':
      await room.report(`wrk_${step.who}`, job, step.reason)
      return
    case 'wait':
      room.advance(step.days * DAY)
      await room.timers()
      return
    case 'decide': {
      const lasts = !['no-action', 'reinstate'].includes(step.action)
      await room.decide(
        id,
        { action: step.action, ...(lasts ? { duration: duration(step.days), kinds: ['upfront-fee'] } : {}) },
        step.operator,
      )
      return
    }
    case 'appeal':
      await room.appeal(client, known?.decision ?? 'dec_none')
      return
    case 'edit':
      await room.as(client, 'POST', `/v1/jobs/${job}/edit`, { title: '名簿の整理（月末）' })
      return
    case 'judge':
      await room.judge(
        known?.appeal ?? 'apc_none',
        { outcome: step.outcome, ...(step.outcome === 'modify' ? { action: 'take-down', duration: 'P1D' } : {}) },
        step.operator,
      )
      return
    default:
      await room.as(step.operator, 'POST', `/v1/operators/subjects/${id}/${step.type}`, { note: '試し' })
  }
}

const worst = (effects: readonly string[]): string =>
  effects.includes('suspend') ? 'suspended' : effects.includes('restrict') ? 'restricted' : 'good'

describe('any history of acts, one after the other or all at once', () => {
  let runs = 0
  it('leaves every case as its events make it, and jobs and standings as the measures that stand make them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 12, maxLength: 30, size: 'max' }),
        fc.boolean(),
        async (acts, atOnce) => {
          runs += 1
          const client = `cli_${String((runs % 24) + 1).padStart(2, '0')}`
          const job = await room.job(runs % 3 === 0 ? 'held' : 'published', client)
          await room.report('wrk_090', job)
          if (atOnce) await Promise.all(acts.map((step) => perform(job, client, step)))
          else for (const step of acts) await perform(job, client, step)
          for (const known of await casesAbout(room.world.db, 'job', job)) {
            const events = await eventsOf(room.world.db, known.id)
            expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1))
            expect(rebuild(known.id, events)).toEqual(known)
          }
          const down = (await measuresAgainst(room.world.db, job)).length > 0
          expect((await findJob(room.world.db, job))?.state === 'taken-down').toBe(down)
          expect((await findClient(room.world.db, client))?.standing).toBe(
            worst((await measuresAgainst(room.world.db, client)).map(({ effect }) => effect)),
          )
        },
      ),
      { numRuns: cases(60) },
    )
  })

  it('keeps at most one case about a subject that further signals join', async () => {
    const all = await readQueue(room.world.db, {
      statuses: ['open', 'escalated'],
      kind: 'job',
      after: undefined,
      limit: 1_000,
    })
    const gathering = all.filter(({ decision }) => decision === null).map(({ ref }) => ref)
    expect(new Set(gathering).size).toBe(gathering.length)
  })
})

describe('what is written down', () => {
  const run = (statement: ReturnType<typeof sql>) => room.world.db.run(statement)
  it.each([
    ['UPDATE moderation_events', () => run(sql`UPDATE moderation_events SET actor = 'nobody'`)],
    ['DELETE FROM moderation_events', () => run(sql`DELETE FROM moderation_events`)],
    ['UPDATE moderation_decisions', () => run(sql`UPDATE moderation_decisions SET operator = 'nobody'`)],
    ['DELETE FROM moderation_decisions', () => run(sql`DELETE FROM moderation_decisions`)],
    ['UPDATE labels', () => run(sql`UPDATE labels SET kinds = '[]'`)],
    ['DELETE FROM labels', () => run(sql`DELETE FROM labels`)],
  ])('stays as it is: %s is refused by the database', async (_, attempt) => {
    const job = await room.job()
    await room.report('wrk_001', job)
    await room.takeDown(await room.caseAbout(job))
    const before = await room.world.db.select().from(moderationEvents)
    const error = await attempt().then(
      () => undefined,
      (thrown: unknown) => thrown as Error,
    )
    expect(`${error?.message} ${(error?.cause as Error | undefined)?.message}`).toContain('immutable')
    expect(await room.world.db.select().from(moderationEvents)).toEqual(before)
  })
})

describe('who may do what', () => {
  const bodies: Readonly<Record<string, unknown>> = {
    escalate: { note: 'x' },
    close: { note: 'x' },
    mute: { note: 'x' },
    unmute: { note: 'x' },
    decide: { action: 'no-action', facts: 'x', outcome: 'uphold', reasons: 'x' },
    subjects: { subject: { type: 'client', id: 'cli_01' }, note: 'x' },
  }
  const forOperators = calls.filter(({ tag, path }) => tag === 'Operators' && !path.includes('review-worklist'))

  it('covers the calls of operators', () => expect(forOperators.length).toBeGreaterThanOrEqual(12))

  it.each(forOperators.map(({ method, path }) => [method, path] as const))(
    '%s %s is for operators only',
    async (method, path) => {
      const job = await room.job('held')
      const id = await room.caseAbout(job)
      const place = path.replace(
        '{id}',
        path.includes('reporters') ? 'wrk_001' : path.includes('appeals') ? 'apc_none' : id,
      )
      const body = method === 'post' ? (bodies[path.split('/').at(-1) ?? ''] ?? {}) : undefined
      for (const user of ['wrk_001', 'cli_01', 'cli_02'])
        expect((await room.as(user, method.toUpperCase(), place, body)).status).toBe(403)
      expect((await room.plugin_(method.toUpperCase(), place, body)).status).toBe(401)
      expect(
        (await room.call(method.toUpperCase(), place, { token: '', ...(body === undefined ? {} : { body }) })).status,
      ).toBe(401)
      expect([401, 403]).not.toContain((await room.as('opr_demo', method.toUpperCase(), place, body)).status)
      expect((await room.shown(id)).decisions.length).toBeLessThanOrEqual(1)
    },
  )

  it('shows a decision to the person concerned and to operators', async () => {
    const job = await room.job('published', 'cli_20')
    await room.report('wrk_001', job)
    const { decision } = (await room.takeDown(await room.caseAbout(job))).json
    const read = async (user: string) => (await room.as(user, 'GET', `/v1/decisions/${decision}`)).status
    expect(await Promise.all(['cli_20', 'opr_demo', 'cli_21', 'wrk_001'].map(read))).toEqual([200, 200, 404, 404])
  })
})

describe('an erased worker', () => {
  it('leaves no words behind, and the report that was made still counts', async () => {
    const job = await room.job('published', 'cli_22')
    await room.report('wrk_150', job)
    const id = await room.caseAbout(job)
    await room.call('POST', '/demo/workers/wrk_150/erase')
    const shown = await room.shown(id)
    expect(shown.reports).toMatchObject([{ detail: '' }])
    expect(shown.reportCount).toBe(1)
    expect((await room.takeDown(id)).status).toBe(201)
  })
})
