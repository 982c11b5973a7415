import type { Instant } from '../../src/kernel/instant.ts'
import { cases } from '../support/cases.ts'
import { giveSession } from '../support/give-session.ts'
import { publishBank } from '../support/publish-bank.ts'
import { readLog } from '../support/read-log.ts'
import type { Driver } from './driver.ts'
import { burst, enrol, raceBank, type Tally } from './race-rounds.ts'

const AT_ONCE = cases(100, 10)

/**
 * The same act of staff many times at once: as many entries as acts that took effect, and an entry about each of them.
 * An attempt can be voided once; it can be extended, and a multiplier set, again and again.
 */
export async function raceActs(driver: Driver, tally: Tally, now: Instant): Promise<void> {
  const bank = raceBank({ exam: { id: 'acts' } })
  await publishBank(driver.db, bank, now)
  const racers = await enrol(driver, ['acts-void', 'acts-extend', 'acts-times'], now)
  const starts = racers.map(({ token }) => ({
    method: 'POST',
    path: `/api/exams/${bank.exam.id}/attempts`,
    now,
    token,
    body: { locale: 'ja' },
  }))
  const [voided, extended] = (await burst(driver, tally, starts)).map(({ json }) => json?.id as string)
  const { token } = await giveSession(
    { db: driver.db, secret: driver.environment.KENTEI_SESSION_SECRET, now },
    { worker: 'op-1', role: 'operator', name: 'Sato' },
  )
  const acts = [
    {
      act: 'attempt.voided',
      subject: 'acts-void',
      method: 'POST',
      path: `/api/staff/attempts/${voided}/void`,
      body: { why: 'race' },
    },
    {
      act: 'attempt.extended',
      subject: 'acts-extend',
      method: 'POST',
      path: `/api/staff/attempts/${extended}/deadline`,
      body: { minutes: 5, why: 'race' },
    },
    {
      act: 'accommodation.set',
      subject: 'acts-times',
      method: 'PUT',
      path: '/api/staff/workers/acts-times/accommodation',
      body: { timeMultiplier: 1.5, why: 'race' },
    },
  ]
  for (const { act, subject, method, path, body } of acts) {
    const replies = await burst(
      driver,
      tally,
      Array.from({ length: AT_ONCE }, () => ({ method, path, now, token, body })),
    )
    const done = replies.filter(({ status }) => status === 200).length
    const entries = (await readLog(driver.db, [act])).filter((entry) => entry.subject === subject)
    tally.expect(done > 0, `${act} never succeeded`)
    // whoever voids second is told when it was closed, and did nothing
    tally.expect(
      entries.length === (act === 'attempt.voided' ? 1 : done),
      `${act} took effect ${done} times and has ${entries.length} entries`,
    )
    tally.expect(
      entries.every(({ actor, why }) => actor === 'op-1' && why === 'race'),
      `${act} has an entry without its person or reason`,
    )
  }
}
