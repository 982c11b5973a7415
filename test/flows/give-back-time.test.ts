import { afterEach, beforeEach, expect, it } from 'vitest'
import { closeOverdueAttempts } from '../../src/flows/close-overdue-attempts.ts'
import { giveBackTime } from '../../src/flows/give-back-time.ts'
import { milliseconds, minutes } from '../../src/kernel/instant.ts'
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
