import { sql } from 'drizzle-orm'
import { type Instant, instant } from '../../src/kernel/instant.ts'
import { cases } from '../support/cases.ts'
import { modelSaves } from '../support/model-answer.ts'
import { publishBank } from '../support/publish-bank.ts'
import type { Driver } from './driver.ts'
import { burst, enrol, raceBank, type Tally } from './race-rounds.ts'

const LEAVERS = cases(12)

/** Every row of every table, as text. */
async function readAll({ db }: Driver): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = await db.all<{ name: string }>(
    sql`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '_cf_%'`,
  )
  const rows = new Map<string, readonly string[]>()
  for (const { name } of tables)
    rows.set(
      name,
      (await db.all(sql.raw(`select * from "${name}"`))).map((row) => JSON.stringify(row)),
    )
  return rows
}

/**
 * People are erased while they save, submit and pass, and while what is about them is delivered: whatever came first, nothing
 * of them is left. Each answer is theirs alone, so that a save that came after shows.
 */
export async function raceErasures(driver: Driver, tally: Tally, now: Instant): Promise<void> {
  await driver.db.run(
    sql`create table if not exists test_sends (position integer primary key autoincrement, message text)`,
  )
  const bank = raceBank({ exam: { id: 'leaving' } })
  await publishBank(driver.db, bank, now)
  const people = Array.from({ length: LEAVERS }, (_, i) => `leaver-${i}-${crypto.randomUUID()}`)
  const racers = await enrol(driver, people, now)
  const begun = await burst(
    driver,
    tally,
    racers.map(({ token }) => ({
      method: 'POST',
      path: `/api/exams/${bank.exam.id}/attempts`,
      now,
      token,
      body: { locale: 'ja' },
    })),
  )
  driver.jitter?.(true)
  const acts = racers.flatMap(({ worker, token }, i) => {
    const { id, lease, sections } = begun[i]?.json ?? {}
    const saves = modelSaves(bank, sections)
    const own = saves.find(({ response }) => response !== null && 'text' in response)?.item as string
    const call = (method: string, path: string, body?: unknown) => ({
      method,
      path: `/api/attempts/${id}${path}`,
      now,
      token,
      body,
    })
    const last = { lease, saves: [{ item: own, revision: 9, response: { text: `answer of ${worker}` } }] }
    // the erasure comes first, in the middle and last
    const erase = { method: 'POST', path: `/test/erase?worker=${worker}`, now }
    const drain = { method: 'POST', path: '/test/drain', now: instant(now + 60_000) }
    const sitting = [
      call('PUT', '/responses', { lease, saves }),
      call('PUT', '/responses', last),
      call('POST', '/submit', { lease }),
      drain,
    ]
    return [
      sitting,
      [drain, erase],
      [
        call('PUT', '/responses', last),
        call('GET', ''),
        call('POST', '/submit', { lease }),
        call('POST', '/withdraw', {}),
      ],
    ]
  })
  await burst(driver, tally, acts)
  driver.jitter?.(false)
  await burst(driver, tally, [
    { method: 'POST', path: '/test/sweep', now: instant(now + 86_400_000) },
    { method: 'POST', path: '/test/drain', now: instant(now + 86_400_000) },
  ])
  const rows = await readAll(driver)
  const tablesWith = (text: string) =>
    [...rows].filter(([, written]) => written.some((row) => row.includes(text))).map(([table]) => table)
  for (const person of people) tally.expect(tablesWith(person).length === 0, `${person} is in ${tablesWith(person)}`)
  for (const [i, { json }] of begun.entries()) {
    const left = tablesWith(json.id).filter((table) => table !== 'attempt_events')
    tally.expect(left.length === 0, `the attempt of ${people[i]} is in ${left}`)
  }
}
