import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { closeOverdueAttempts } from '../../src/flows/close-overdue-attempts.ts'
import { giveBackTime } from '../../src/flows/give-back-time.ts'
import { milliseconds, minutes } from '../../src/kernel/instant.ts'
import { moveDatabase } from '../../src/world/move-database.ts'
import { rows } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const deadlineOf = async (id: string): Promise<number> =>
  (await rows(w, 'select deadline from attempts where id = ?', [id]))[0].deadline

it('who was in an attempt when writes began to wait has all of that time, also where their own ended meanwhile', async () => {
  const { token } = await w.launch('w-1')
  const { id } = (await w.call('POST', '/api/exams/tiny/attempts', { token, body: { locale: 'ja' } })).json
  const before = await deadlineOf(id)
  w.clock.advance(milliseconds(before - w.clock.now - 10_000))
  const since = w.world.now()
  w.clock.advance(minutes(5))
  const now = { since, until: w.world.now() }
  expect(await giveBackTime(w.world.db, now)).toBe(1)
  expect(await deadlineOf(id)).toBe(before + minutes(5))
  // a start that was killed before it had noted that does it again
  expect(await giveBackTime(w.world.db, now)).toBe(0)
  expect(await deadlineOf(id)).toBe(before + minutes(5))
  expect(
    await rows(
      w,
      "select json_extract(data, '$.deadline') as deadline from attempt_events where type = 'deadline-extended'",
    ),
  ).toEqual([{ deadline: before + minutes(5) }])
  await closeOverdueAttempts(w.world)
  expect(await rows(w, "select id from attempts where status = 'open'")).toHaveLength(1)
  // opened sooner than was thought: nothing is taken
  await giveBackTime(w.world.db, { since: now.until, until: since })
  expect(await deadlineOf(id)).toBe(before + minutes(5))
})

it('whoever saves while writes wait for a move comes again, and nobody is woken for it; once it has ended somebody is', async () => {
  const { token } = await w.launch('w-1')
  const { id } = (await w.call('POST', '/api/exams/tiny/attempts', { token, body: { locale: 'ja' } })).json
  const save = async () => {
    const { status, json, headers } = await w.call('POST', `/api/attempts/${id}/lease`, { token })
    const { level, event } = w.failures.at(-1) as { level: string; event: string }
    return { status, code: json.code, comesAgain: Number(headers.get('retry-after')) > 0, level, event }
  }
  const put = { status: 503, code: 'busy', comesAgain: true }
  await moveDatabase({
    from: join(w.folder, 'kentei.db'),
    to: join(w.folder, 'elsewhere.db'),
    now: Date.now,
    patience: 10_000,
    prepare: async () => expect(await save()).toEqual({ ...put, level: 'warn', event: 'database-moving' }),
    settle: async () => {},
    givenUp: async () => [],
    signal: new AbortController().signal,
  })
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 })
  try {
    expect(await save()).toEqual({ ...put, level: 'error', event: 'database-moved-away' })
  } finally {
    vi.useRealTimers()
  }
})
