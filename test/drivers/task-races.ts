import { eq } from 'drizzle-orm'
import { attempts, responses, taskGrades } from '../../src/attempt/tables.ts'
import { bankHash } from '../../src/authoring/content-hash.ts'
import { drawnTasks } from '../../src/flows/read-sat-tasks.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { AttemptId } from '../../src/kernel/id.ts'
import type { Instant } from '../../src/kernel/instant.ts'
import { randomFrom } from '../../src/kernel/random.ts'
import { gradeTask } from '../../src/task/grade-task.ts'
import type { Entries } from '../../src/task/present.ts'
import { modelSaves } from '../support/model-answer.ts'
import { twoPartBank } from '../support/two-part-bank.ts'
import type { Driver } from './driver.ts'
import { burst, enrol, type Racer, type Tally } from './race-rounds.ts'

/** The exam in two parts under a name of its own. */
export function practicalBank(id: string): Bank {
  const { hash: _, ...bank } = twoPartBank()
  const content = { ...bank, exam: { ...bank.exam, id } }
  return { ...content, hash: bankHash(content) }
}

export interface Practice {
  readonly racer: Racer
  readonly id: AttemptId
  readonly lease: string
}

/** Passes the knowledge part and starts the practical one. */
export async function openPractice(
  driver: Driver,
  tally: Tally,
  bank: Bank,
  racer: Racer,
  now: Instant,
): Promise<Practice> {
  const call = async (method: string, path: string, body: unknown) =>
    (await burst(driver, tally, [{ method, path, now, token: racer.token, body }]))[0]?.json
  const sit = (part: string) => call('POST', `/api/exams/${bank.exam.id}/attempts`, { locale: 'ja', part })
  const { id, lease, sections } = await sit('knowledge')
  await call('PUT', `/api/attempts/${id}/responses`, { lease, saves: modelSaves(bank, sections) })
  await call('POST', `/api/attempts/${id}/submit`, { lease })
  return { racer, ...(await sit('practical')) }
}

const REVISIONS = 6
const COLUMNS = ['氏名', 'フリガナ', '電話番号', 'メール', '確認']

/** Different work at every revision, so that what is graded tells which one it was. */
const entriesAt = (ref: string, revision: number): Entries =>
  Object.fromEntries(
    COLUMNS.slice(0, 1 + (revision % COLUMNS.length)).map((column) => [`1003.${column}`, `${ref}の${revision}回目`]),
  )

/**
 * Everybody saves both tasks again and again, from several tabs and twice over, while another tab hands in. What was
 * acknowledged stands there or something newer does, and the grade is that of what stands there, for whoever asks.
 */
export async function raceTasks(driver: Driver, tally: Tally, people: number, now: Instant): Promise<void> {
  const bank = practicalBank('practised')
  const random = randomFrom('5eed'.repeat(8))
  const racers = await enrol(
    driver,
    Array.from({ length: people }, (_, i) => `practised-${i}`),
    now,
  )
  for (const racer of racers) {
    const { id, lease } = await openPractice(driver, tally, bank, racer, now)
    const put = (revision: number) => ({
      method: 'PUT',
      path: `/api/attempts/${id}/responses`,
      now,
      token: racer.token,
      body: {
        lease,
        saves: ['t1', 't2'].map((item) => ({ item, revision, response: { entries: entriesAt(item, revision) } })),
      },
    })
    const submit = { method: 'POST', path: `/api/attempts/${id}/submit`, now, token: racer.token, body: { lease } }
    const early = Array.from({ length: REVISIONS }, (_, i) => put(i + 1))
    const late = [put(REVISIONS + 1), put(REVISIONS + 1), put(REVISIONS + 2)]
    const requests = random.shuffle([...early, ...early.slice(0, 2)])
    const replies = [
      ...(await burst(driver, tally, requests)),
      ...(await burst(driver, tally, [...late, submit, submit])),
    ]
    const acknowledged = [...requests, ...late].flatMap(({ body }, i) => {
      const { status, json } = replies[i] ?? { status: 0, json: undefined }
      return status === 200 && json.results.every((one: { status: string }) => one.status === 'saved')
        ? [body.saves[0]?.revision ?? 0]
        : []
    })
    tally.expect(acknowledged.length > 0, `${id}: no save was acknowledged`)
    const handedIn = replies.slice(-2).map(({ text }) => text)
    tally.expect(handedIn[0] === handedIn[1], `${id}: two results of one hand-in`)
    const [attempt] = await driver.db.select().from(attempts).where(eq(attempts.id, id))
    tally.expect(attempt?.status === 'graded', `${id}: ${attempt?.status}`)
    const stored = await driver.db.select().from(responses).where(eq(responses.attempt, id))
    const grades = await driver.db.select().from(taskGrades).where(eq(taskGrades.attempt, id))
    tally.expect(grades.length === 2, `${id}: ${grades.length} grades of two tasks`)
    for (const [ref, instance] of await drawnTasks(driver.db, id)) {
      const row = stored.find(({ item }) => item === ref)
      const revision = row?.revision ?? 0
      tally.expect(revision >= Math.max(...acknowledged), `${id} ${ref}: revision ${revision} of ${acknowledged}`)
      const { entries } = JSON.parse(row?.response ?? '{}') as { entries: Entries }
      tally.expect(
        JSON.stringify(Object.entries(entries).sort()) ===
          JSON.stringify(Object.entries(entriesAt(ref, revision)).sort()),
        `${id} ${ref}: other work than that of revision ${revision}`,
      )
      const grade = grades.find((one) => one.ref === ref)?.grade
      tally.expect(grade === JSON.stringify(gradeTask(instance, entries)), `${id} ${ref}: graded other work`)
    }
  }
}
