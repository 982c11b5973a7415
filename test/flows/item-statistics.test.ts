import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gradedPapers, practicalPapers } from '../../src/attempt/graded-papers/store.ts'
import { eraseWorker } from '../../src/flows/erase-worker.ts'
import { measureExam } from '../../src/flows/measure-exam.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { LATEST_PAPERS, measureItems, readItemStatistics } from '../../src/flows/read-item-statistics.ts'
import { sweep } from '../../src/flows/sweep.ts'
import type { Item } from '../../src/item/item.ts'
import { hours, minutes } from '../../src/kernel/instant.ts'
import { keptStatistics } from '../../src/measurement/store.ts'
import { countdown } from '../../src/world/world.ts'
import { answerAll, flunk, operator, pass, rows, save, sit, submit } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, must, NOON } from '../support/fixed-world.ts'
import { modelSaves } from '../support/model-answer.ts'
import { tinyBank } from '../support/tiny-bank.ts'

// every paper holds every item
const bank = tinyBank({ pool: 4, exam: { retake: { wait: { years: 0, months: 0, days: 0 }, perYear: 9 } } })
const typed = (type: string) => bank.items.find((item) => item.type === type) as Item

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld({ bank })
})
afterEach(() => w.close())

const measured = () => measureItems(w.world, 'tiny')
const single = async () => (await measured()).items.find(({ item }) => item === typed('single').id)

/** Hands in a paper on which the first `right` items are right and the others wrong. */
async function handIn(worker: string, right: number) {
  const sitting = await sit(w, worker)
  await save(
    w,
    sitting,
    modelSaves(bank, sitting.sections, (_, index) => index >= right),
  )
  return submit(w, sitting)
}

describe('item statistics', () => {
  it('count each option by what it is, in whatever order the papers showed it', async () => {
    for (let i = 0; i < 6; i++) await handIn(`w-${i}`, i < 4 ? 8 : 0)
    const { papers, items, newest, isTruncated } = await measured()
    expect([papers, items.length, newest, isTruncated]).toEqual([6, bank.items.length, NOON, false])
    // the model's wrong answer is the option after the key, which is the second
    expect((await single())?.options.map(({ picks }) => picks)).toEqual([0, 4, 2, 0])
    expect(items.map(({ n, facility }) => [n, facility.value])).toEqual(bank.items.map(() => [6, 4 / 6]))
    const shown = (await rows(w, 'select form from attempts')).map(({ form }) =>
      JSON.stringify(
        JSON.parse(form).sections[0].items.find(({ itemId }: { itemId: string }) => itemId === typed('single').id)
          .choices,
      ),
    )
    expect(new Set(shown).size).toBeGreaterThan(1)
  })

  it('tell what was left empty from what was wrong', async () => {
    await flunk(w, 'w-1')
    await handIn('w-2', 0)
    expect(await single()).toMatchObject({ n: 2, unanswered: 0.5, facility: { value: 0 } })
  })

  it('know the median time to the first answer', async () => {
    const sitting = await sit(w, 'w-1')
    w.clock.advance(80_000 as never)
    await answerAll(w, sitting)
    await submit(w, sitting)
    // eight answers that came together share the time
    expect(await single()).toMatchObject({ medianSeconds: 10 })
  })

  it('leave out what was withdrawn, voided, under suspicion or erased, and what still runs', async () => {
    const call = (method: string, path: string, token: string, body: object) => w.call(method, path, { token, body })
    const staff = await operator(w)
    await pass(w, 'w-good')
    const withdrawn = await sit(w, 'w-withdrawn')
    await call('POST', `/api/attempts/${withdrawn.id}/withdraw`, withdrawn.token, {})
    const voided = await sit(w, 'w-voided')
    await call('POST', `/api/staff/attempts/${voided.id}/void`, staff, { why: 'somebody else sat there' })
    const { credential } = await pass(w, 'w-suspect')
    await call('POST', `/api/staff/credentials/${credential}/case`, staff, { policy: 'outside-help', note: 'seen' })
    const caught = await pass(w, 'w-caught')
    await call('POST', `/api/staff/credentials/${caught.credential}/status`, staff, {
      status: 'revoked',
      why: 'decided',
    })
    await pass(w, 'w-erased')
    await w.call('DELETE', '/api/workers/w-erased', { token: await w.market.serviceToken('workers:erase') })
    await sit(w, 'w-open')
    expect((await rows(w, "select count(*) n from attempts where status = 'graded'"))[0].n).toBe(5)
    expect((await measured()).papers).toBe(1)
  })

  it('of a changed item begin anew', async () => {
    await handIn('w-1', 8)
    await publishExam({ ...w.world, now: () => (NOON + 1) as never }, tinyBank({ pool: 4, words: 'new ' }))
    const sitting = await sit(w, 'w-2')
    await submit(w, sitting)
    const found = (await measured()).items.filter(({ item }) => item === typed('single').id)
    expect(found.map(({ n, facility }) => [n, facility.value]).sort()).toEqual([
      [1, 0],
      [1, 1],
    ])
  })

  it('are of the newest papers only, each counted once, where there are more than fit', async () => {
    await handIn('w-1', 8)
    const copies = 2_050
    // every few were graded in the same millisecond
    await rows(
      w,
      `insert into attempts select 'att_copy' || value, 'copy' || value, exam, bank_hash, locale, form, status, reason, started_at, deadline, time_multiplier, lease, closed_at, graded_at + value / 7, report, null, version, part, archived
       from attempts a, json_each(?) where a.id like 'att_%'`,
      [JSON.stringify(Array.from({ length: copies }, (_, i) => i + 1))],
    )
    await rows(
      w,
      "insert into scored_responses select a.id, s.item, s.item_hash, s.credit, s.response_ms from attempts a, scored_responses s where a.id like 'att_copy%'",
    )
    const { papers, isTruncated, items, newest, oldest } = await measured()
    expect([papers, isTruncated, items[0]?.n, newest]).toEqual([
      LATEST_PAPERS,
      true,
      LATEST_PAPERS,
      NOON + Math.floor(copies / 7),
    ])
    expect(oldest).toBe(NOON + Math.floor((copies - LATEST_PAPERS + 1) / 7))
  })

  it('of an exam that nobody took are none', async () => {
    expect(await measureItems(w.world, 'other')).toEqual({ exam: 'other', papers: 0, isTruncated: false, items: [] })
  })

  it('with texts and keys are for authors and operators', async () => {
    await handIn('w-1', 8)
    await measureExam(w.world)
    const read = { exam: 'tiny', item: typed('single') }
    for (const role of ['author', 'operator'] as const) {
      const { session } = await w.launch(`${role}-1`, { role })
      expect(must(await readItemStatistics(w.world, session, read))?.items[0]?.texts[1]).toMatchObject({
        id: '2',
        isKey: true,
        text: expect.stringContaining('choice 1'),
      })
    }
    expect(await readItemStatistics(w.world, (await w.launch('w-2')).session, read)).toEqual({
      ok: false,
      problem: { code: 'forbidden' },
    })
  })

  it.each([
    ['all papers', gradedPapers, 'attempts_unarchived'],
    ['practical papers', practicalPapers, 'attempts_practical'],
  ] as const)('find %s by an index of their own order', async (_, read, index) => {
    const client = createClient({ url: pathToFileURL(join(w.folder, 'kentei.db')).href })
    const statements: { sql: string; args: never[] }[] = []
    const db = drizzle(client, { logger: { logQuery: (sql, args) => statements.push({ sql, args: args as never[] }) } })
    await read(db as unknown as FixedWorld['db'], { exam: 'tiny', limit: 1 })
    const plan = await rows(w, `explain query plan ${statements[0]?.sql}`, statements[0]?.args)
    client.close()
    const [first] = plan.map(({ detail }) => detail)
    expect(first).toContain(`USING INDEX ${index} `)
    expect(plan.map(({ detail }) => detail).join()).not.toContain('ORDER BY')
  })
})

describe('measuring', () => {
  /** What staff are shown of an item. */
  const shown = async () => {
    const { session } = await w.launch('op-1', { role: 'operator' })
    const report = must(await readItemStatistics(w.world, session, { exam: 'tiny', item: typed('single') }))
    return report && { at: report.at, papers: report.papers, n: report.items.map(({ n }) => n) }
  }
  const copies = (count: number) =>
    rows(
      w,
      `insert into attempts select 'att_copy' || value, 'copy' || value, exam, bank_hash, locale, form, status, reason, started_at, deadline, time_multiplier, lease, closed_at, graded_at, report, null, version, part, archived
       from attempts a, json_each(?) where a.id = (select min(id) from attempts)`,
      [JSON.stringify(Array.from({ length: count }, (_, i) => i + 1))],
    )

  it('is part of a sweep, and what it finds is what the papers say', async () => {
    await handIn('w-1', 8)
    await handIn('w-2', 0)
    await sweep(w.world, () => {})
    expect(await shown()).toEqual({ at: NOON, papers: 2, n: [2] })
    const kept = await Promise.all(w.bank.items.map((item) => keptStatistics(w.db, 'tiny', item.id)))
    expect(kept.flatMap((one) => one?.items ?? [])).toEqual((await measured()).items)
  })

  it('waits for a graded paper', async () => {
    await sit(w, 'w-1')
    expect([await measureExam(w.world), await shown()]).toEqual([undefined, undefined])
  })

  it('of a few papers is done anew a minute later, where another was graded', async () => {
    await handIn('w-1', 8)
    expect(await measureExam(w.world)).toBe('tiny')
    w.clock.advance(1_000 as never)
    await handIn('w-2', 8)
    expect([await measureExam(w.world), (await shown())?.n]).toEqual([undefined, [1]])
    w.clock.advance(minutes(1))
    expect([await measureExam(w.world), (await shown())?.n]).toEqual(['tiny', [2]])
    w.clock.advance(minutes(5))
    expect(await measureExam(w.world)).toBeUndefined()
  })

  it('of many papers is done anew after an hour', async () => {
    await handIn('w-1', 8)
    await copies(150)
    expect(await measureExam(w.world)).toBe('tiny')
    w.clock.advance(minutes(59))
    await handIn('w-2', 8)
    expect([await measureExam(w.world), (await shown())?.papers]).toEqual([undefined, 151])
    w.clock.advance(minutes(1))
    expect([await measureExam(w.world), (await shown())?.papers]).toEqual(['tiny', 152])
  })

  it('is done anew after a day whatever was graded: of an erased person nothing is left', async () => {
    await handIn('w-1', 8)
    await measureExam(w.world)
    await eraseWorker(w.world, 'w-1')
    w.clock.advance(hours(23))
    expect(await measureExam(w.world)).toBeUndefined()
    w.clock.advance(hours(1))
    expect(await measureExam(w.world)).toBe('tiny')
    expect([await shown(), await rows(w, 'select * from item_statistics')]).toEqual([
      { at: NOON + 86_400_000, papers: 0, n: [] },
      [],
    ])
    w.clock.advance(hours(48))
    expect(await measureExam(w.world)).toBeUndefined()
  })

  it('waits for the next sweep where too few statements are left', async () => {
    await handIn('w-1', 8)
    expect([await measureExam(w.world, countdown(79)), await shown()]).toEqual([undefined, undefined])
    expect(await measureExam(w.world, countdown(80))).toBe('tiny')
  })

  it('ends where every certificate of a long row is in doubt', async () => {
    await handIn('w-1', 8)
    await copies(3_000)
    await rows(w, 'update attempts set credential = (select id from credentials)')
    await rows(w, "update credentials set status = 'revoked', status_cause = 'operator'")
    expect(await measured()).toMatchObject({ papers: 0, isTruncated: true })
  })
})
