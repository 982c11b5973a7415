import { expect, it } from 'vitest'
import { closeOverdueAttempts } from '../../src/flows/close-overdue-attempts.ts'
import { days, milliseconds } from '../../src/kernel/instant.ts'
import { rows, sit } from '../support/exam-hall.ts'
import { fixedWorld } from '../support/fixed-world.ts'

it('every attempt is closed by the sweeper after two days of outage, as of its deadline', async () => {
  const w = await fixedWorld()
  // given more attempts than fit on a page, at different times
  const sittings = []
  for (let n = 0; n < 120; n++) {
    sittings.push(await sit(w, `w-${n}`))
    w.clock.advance(milliseconds(11))
  }
  const open = new Map(sittings.map((sitting) => [sitting.id, sitting.deadline]))
  // when
  w.clock.advance(days(2))
  const swept = await closeOverdueAttempts(w.world)
  // then
  expect(swept).toEqual({ settled: 120, failed: [] })
  for (const row of await rows(w, 'select * from attempts'))
    expect(row).toMatchObject({ status: 'graded', reason: 'deadline', closed_at: open.get(row.id) })
  expect(await closeOverdueAttempts(w.world)).toEqual({ settled: 0, failed: [] })
  await w.close()
})
