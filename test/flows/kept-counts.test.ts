import fc from 'fast-check'
import { expect, it } from 'vitest'
import { itemUse } from '../../src/attempt/exposure/store.ts'
import { closeOverdueAttempts } from '../../src/flows/close-overdue-attempts.ts'
import { eraseWorker } from '../../src/flows/erase-worker.ts'
import { extendDeadline, voidAttempt } from '../../src/flows/extend-deadline.ts'
import { replayDeadLetters } from '../../src/flows/read-deliveries.ts'
import { reconcile } from '../../src/flows/reconcile.ts'
import { days, hours, minutes } from '../../src/kernel/instant.ts'
import { countMessages } from '../../src/platform/outbox/history/store.ts'
import { waitingDestinations } from '../../src/platform/outbox/store.ts'
import { answerAll, flunk, pass, rows, sit, submit } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { migrationStatements } from '../support/migration-statements.ts'

/** What somebody or something does in the life of a service. */
const acts: Readonly<Record<string, (w: FixedWorld, worker: string) => Promise<unknown>>> = {
  pass: (w, worker) => pass(w, worker),
  fail: (w, worker) => flunk(w, worker),
  abandon: (w, worker) => sit(w, worker),
  sweep: async (w) => {
    w.clock.advance(hours(2))
    return closeOverdueAttempts(w.world)
  },
  deliver: (w) => w.drain(),
  refuse: (w) => {
    w.market.spoil = () => new Response(null, { status: 410 })
    return w.drain()
  },
  lose: async (w) => {
    w.market.spoil = () => 'lost'
    await w.drain()
    w.market.spoil = () => undefined
  },
  replay: async (w) => {
    w.market.spoil = () => undefined
    return replayDeadLetters(w.world, (await w.launch('op-1', { role: 'operator' })).session)
  },
  reconcile: async (w) => {
    w.clock.advance(days(2))
    return reconcile(w.world)
  },
  'give time': async (w, worker) => {
    const [open] = await rows(w, "select id from attempts where worker = ? and status = 'open'", [worker])
    const { session } = await w.launch('op-1', { role: 'operator' })
    return extendDeadline(w.world, { session, id: open.id, by: minutes(5), why: 'fire drill' })
  },
  void: async (w, worker) => {
    const [open] = await rows(w, "select id from attempts where worker = ? and status = 'open'", [worker])
    const { session } = await w.launch('op-1', { role: 'operator' })
    return voidAttempt(w.world, { session, id: open.id, why: 'fire drill' })
  },
  // the papers of an erased person are gone, and were handed out all the same
  erase: async (w, worker) => {
    await rows(w, 'insert into gone select exam, form, status, credential from attempts where worker = ?', [worker])
    return eraseWorker(w.world, worker)
  },
}

/** A world that remembers the papers of those who are erased. */
async function openWorld(): Promise<FixedWorld> {
  const w = await fixedWorld()
  await rows(w, 'create table gone (exam text, form text, status text, credential text)')
  return w
}

const grouped = async (w: FixedWorld, query: string) =>
  Object.fromEntries((await rows(w, query)).map(({ key, n }) => [key, Number(n)]))

/** The day in Japan on which an attempt began. */
const DAY = "cast(julianday(started_at / 1000, 'unixepoch', '+9 hours') - 2440587.5 as integer)"

/** How the attempts of each day ended, counted from the attempts themselves. */
const countedDays = (w: FixedWorld) =>
  rows(
    w,
    `select ${DAY} as day, a.exam, locale, coalesce(part, '') as part, count(*) as started,
      count(case reason when 'submitted' then 1 end) as submitted, count(case reason when 'deadline' then 1 end) as expired,
      count(case reason when 'withdrawn' then 1 end) as withdrawn, count(case reason when 'voided' then 1 end) as voided,
      count(case when json_extract(report, '$.passed') then 1 end) as passed,
      count(case when reason in ('submitted', 'deadline') and json_extract(report, '$.passed') = 0 then 1 end) as failed,
      count(c.given_at) as shown
      from attempts a left join credentials c on c.id = a.credential group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  )

/** Everything that is kept, beside what counting it says. */
async function keptAndCounted(w: FixedWorld) {
  const everPaper =
    '(select exam, form, status, credential from attempts union all select exam, form, status, credential from gone)'
  const placed = `from ${everPaper} a, json_each(a.form, '$.sections') s, json_each(s.value, '$.items') i where a.exam = 'tiny' group by 1`
  const { papers, items } = await itemUse(w.db, 'tiny')
  const uses = (of: 'papers' | 'graded' | 'passed') =>
    Object.fromEntries([...items].map(([item, use]) => [item, use[of]]))
  const kept = {
    papers,
    shown: uses('papers'),
    graded: uses('graded'),
    passed: uses('passed'),
    messages: Object.fromEntries(Object.entries(await countMessages(w.db)).filter(([, n]) => n !== 0)),
    waiting: Object.fromEntries(
      (await waitingDestinations(w.db)).flatMap(({ destination, messages }) =>
        messages > 0 ? [[destination, messages]] : [],
      ),
    ),
    used: (await rows(w, 'select used from status_lists where list = 1'))[0]?.used ?? 0,
    days: await rows(
      w,
      'select day, exam, locale, part, started, submitted, expired, withdrawn, voided, passed, failed, shown from exam_days where started <> 0 order by 1, 2, 3, 4',
    ),
    minutes: await rows(
      w,
      'select day, exam, locale, part, minutes, n from exam_minutes where n <> 0 order by 1, 2, 3, 4, 5',
    ),
  }
  const counted = {
    papers: (await rows(w, `select count(*) as n from ${everPaper} where exam = 'tiny'`))[0].n,
    shown: await grouped(w, `select i.value ->> 'itemId' as key, count(*) as n ${placed}`),
    graded: await grouped(w, `select i.value ->> 'itemId' as key, sum(a.status = 'graded') as n ${placed}`),
    passed: await grouped(w, `select i.value ->> 'itemId' as key, sum(a.credential is not null) as n ${placed}`),
    messages: await grouped(w, 'select status as key, count(*) as n from outbox group by 1'),
    waiting: await grouped(
      w,
      "select destination as key, count(*) as n from outbox where status = 'pending' group by 1",
    ),
    used: (await rows(w, 'select count(*) as n from credentials'))[0].n,
    days: await countedDays(w),
    minutes: await rows(
      w,
      `select ${DAY} as day, exam, locale, coalesce(part, '') as part, (closed_at - started_at) / 60000 as minutes, count(*) as n
        from attempts where reason in ('submitted', 'deadline') group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
    ),
  }
  return { kept, counted }
}

it('what is kept is what counting says, after whatever people, marketplace and sweeps do, erasures too', async () => {
  const act = fc.record({ name: fc.constantFrom(...Object.keys(acts)), worker: fc.constantFrom('w-1', 'w-2', 'w-3') })
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 12 }), async (history) => {
      const w = await openWorld()
      try {
        // what the state of things does not allow is refused, and changes nothing
        for (const { name, worker } of history) await acts[name]?.(w, worker).catch(() => {})
        const { kept, counted } = await keptAndCounted(w)
        expect(kept).toEqual(counted)
      } finally {
        await w.close()
      }
    }),
    { numRuns: 12 },
  )
})

it('attempts that many hand in, void and sweep at once are counted once each, and a count made anew says the same', async () => {
  const w = await openWorld()
  try {
    const people = Array.from({ length: 6 }, (_, n) => `w-${n}`)
    const sittings = await Promise.all(people.map((worker) => sit(w, worker)))
    await Promise.all(sittings.slice(0, 3).map((sitting) => answerAll(w, sitting)))
    const { session } = await w.launch('op-1', { role: 'operator' })
    await Promise.all(
      sittings.flatMap((sitting) => [
        submit(w, sitting),
        submit(w, sitting),
        voidAttempt(w.world, { session, id: sitting.id, why: 'fire drill' }),
      ]),
    )
    await Promise.all([w.drain(), w.drain(), eraseWorker(w.world, 'w-0')])
    await w.drain()
    const { kept, counted } = await keptAndCounted(w)
    expect(kept.days).toEqual(counted.days)
    expect(kept.minutes).toEqual(counted.minutes)
    expect(kept.days.map(({ started }) => started)).toEqual([5])
    await rows(w, 'delete from exam_days')
    await rows(w, 'delete from exam_minutes')
    for (const statement of await migrationStatements('migrations'))
      if (/^(--.*\n)?INSERT INTO `exam_(days|minutes)`/.test(statement)) await rows(w, statement)
    expect(await keptAndCounted(w)).toMatchObject({ kept: { days: counted.days, minutes: counted.minutes } })
  } finally {
    await w.close()
  }
})
