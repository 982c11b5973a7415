import { and, eq, inArray } from 'drizzle-orm'
import { attempts, responses, seenKeys } from '../../src/attempt/tables.ts'
import { type Instant, instant } from '../../src/kernel/instant.ts'
import { cases } from '../support/cases.ts'
import { giveSession } from '../support/give-session.ts'
import { publishBank } from '../support/publish-bank.ts'
import type { Driver } from './driver.ts'
import { burst, enrol, raceBank, type Tally } from './race-rounds.ts'

const PEOPLE = cases(40, 8)
const SAVES = 6

const people = (prefix: string) => Array.from({ length: PEOPLE }, (_, i) => `${prefix}-${i}`)
const startCall = (exam: string, token: string, now: Instant) => ({
  method: 'POST',
  path: `/api/exams/${exam}/attempts`,
  now,
  token,
  body: { locale: 'ja' },
})

/** Everybody saves while they are signed out: a save is acknowledged and stored, or refused, and none comes after the end. */
export async function raceSignOuts(
  driver: Driver,
  tally: Tally,
  now: Instant,
): Promise<{ accepted: number; refused: number }> {
  const bank = raceBank({ exam: { id: 'ends' } })
  await publishBank(driver.db, bank, now)
  const racers = await enrol(driver, people('ends'), now)
  const papers = (
    await burst(
      driver,
      tally,
      racers.map(({ token }) => startCall('ends', token, now)),
    )
  ).map(({ json }) => json)
  const later = instant(now + 1_000)
  const save = (i: number, revision: number) => ({
    method: 'PUT',
    path: `/api/attempts/${papers[i].id}/responses`,
    now: later,
    token: racers[i]?.token as string,
    body: { lease: papers[i].lease, saves: [{ item: 'q1', revision, response: { text: String(revision) } }] },
  })
  driver.jitter?.(true)
  const clients = racers.flatMap(({ token }, i) => [
    Array.from({ length: SAVES }, (_, n) => save(i, n + 1)),
    [save(i, 100), { method: 'DELETE', path: '/api/session', now: later, token }, save(i, 1_000)],
  ])
  const replies = await burst(driver, tally, clients)
  driver.jitter?.(false)
  const stored = new Map(
    (
      await driver.db
        .select()
        .from(responses)
        .where(
          inArray(
            responses.attempt,
            papers.map(({ id }) => id),
          ),
        )
    ).map(({ attempt, revision }) => [attempt, revision]),
  )
  const counts = { accepted: 0, refused: 0 }
  for (const [i, { id }] of papers.entries()) {
    const mine = replies.slice(i * (SAVES + 3), (i + 1) * (SAVES + 3))
    const revisions = [...Array.from({ length: SAVES }, (_, n) => n + 1), 100, 0, 1_000]
    const saved = revisions.filter((revision, n) => revision > 0 && mine[n]?.json?.results?.[0]?.status === 'saved')
    tally.expect(mine.at(-2)?.status === 200, `${id}: signing out was answered ${mine.at(-2)?.status}`)
    tally.expect(mine.at(-1)?.status === 401, `${id}: a save after the end was answered ${mine.at(-1)?.status}`)
    tally.expect(
      (stored.get(id) ?? 0) === Math.max(0, ...saved),
      `${id}: revision ${stored.get(id)} is stored, ${saved} were acknowledged`,
    )
    tally.expect(
      mine.slice(0, SAVES).every(({ status }) => status === 200 || status === 401),
      `${id}: saves were answered ${mine.map(({ status }) => status)}`,
    )
    counts.accepted += mine.slice(0, SAVES).filter(({ status }) => status === 200).length
    counts.refused += mine.slice(0, SAVES).filter(({ status }) => status === 401).length
  }
  return counts
}

/** Everybody starts an exam and looks at its keys at the same moment, as a worker and as an operator: one of the two comes first. */
export async function raceStartsAndLooks(driver: Driver, tally: Tally, now: Instant): Promise<void> {
  const bank = raceBank({ exam: { id: 'looks' } })
  await publishBank(driver.db, bank, now)
  const workers = people('looks')
  const racers = await enrol(driver, workers, now)
  const place = { db: driver.db, secret: driver.environment.KENTEI_SESSION_SECRET, now }
  const staff = await Promise.all(
    workers.map(async (worker) => (await giveSession(place, { worker, role: 'operator' })).token),
  )
  driver.jitter?.(true)
  const replies = await burst(
    driver,
    tally,
    racers.flatMap(({ token }, i) => [
      startCall('looks', token, now),
      { method: 'GET', path: '/staff/exams/looks', now, token: staff[i] as string },
    ]),
  )
  driver.jitter?.(false)
  const sat = new Set(
    (await driver.db.select({ worker: attempts.worker }).from(attempts).where(eq(attempts.exam, 'looks'))).map(
      ({ worker }) => worker,
    ),
  )
  const saw = new Set(
    (
      await driver.db
        .select({ worker: seenKeys.worker })
        .from(seenKeys)
        .where(and(eq(seenKeys.exam, 'looks')))
    ).map(({ worker }) => worker),
  )
  for (const [i, worker] of workers.entries()) {
    const [start, look] = [replies[i * 2]?.status, replies[i * 2 + 1]?.status]
    tally.expect(
      sat.has(worker) !== saw.has(worker),
      `${worker} ${sat.has(worker) ? 'sits and saw keys' : 'neither sits nor saw keys'}`,
    )
    tally.expect(
      start === (sat.has(worker) ? 201 : 409) && look === (saw.has(worker) ? 200 : 409),
      `${worker}: start ${start}, look ${look}`,
    )
  }
}
