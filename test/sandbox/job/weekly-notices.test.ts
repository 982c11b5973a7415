import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertContract, updateContract } from '../../../src/sandbox/escrow/store.ts'
import { insertSettingChange } from '../../../src/sandbox/evidence/belief/store.ts'
import { changeStanding, eraseWorker } from '../../../src/sandbox/flows/change-standing.ts'
import { runTimers } from '../../../src/sandbox/flows/run-timers.ts'
import { sendWeeklyNotices } from '../../../src/sandbox/flows/send-weekly-notices.ts'
import { insertAccounts } from '../../../src/sandbox/people/payout/store.ts'
import { insertWorkers } from '../../../src/sandbox/people/store.ts'
import { newContract } from '../../support/sandbox/contract-row.ts'
import { type JobBoard, openJobBoard } from '../../support/sandbox/job-board.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY
const NEW = 'wrk_new_1'

let board: JobBoard
let job: string
beforeEach(async () => {
  board = await openJobBoard()
  // the people of the seed came long ago
  await board.world.db.run(sql`DELETE FROM weekly_notices`)
  await board.world.db.run(sql`UPDATE jobs SET state = 'closed'`)
  await paysWell('cli_01')
  job = (await board.post('cli_01', { title: 'はじめての仕事', welcomesNewcomers: true })).json.id
})
afterEach(() => board.close())

/** A client who has paid for so many contracts. */
const paysWell = (client: string, paid = 3) =>
  board.world.db.run(sql`INSERT INTO client_histories (client, marks, counted, concluded, paid, paid_workers, accepted, acceptance_days, requests, request_sum, score)
    VALUES (${client}, 1, 1, ${paid}, ${paid}, ${paid}, 0, 0, 0, 0, 0) ON CONFLICT (client) DO UPDATE SET paid_workers = ${paid}`)

async function join(id = NEW): Promise<void> {
  const [account] = insertAccounts(board.world.db, [
    { worker: id, account: `account of ${id}`, ending: '567', registeredAt: board.clock.now },
  ])
  const [first] = insertWorkers(board.world.db, [
    {
      id,
      name: '新しい人',
      reading: 'Atarashii Hito',
      categories: ['business-admin'],
      skillsJa: '入力',
      skillsEn: 'Data entry',
      hourlyRate: 1_200,
      joinedAt: board.clock.now,
      lastSeenAt: board.clock.now,
      standing: 'good',
      standingVersion: 1,
      erasedAt: null,
    },
  ])
  if (first && account) await board.world.db.batch([first, account])
}

const told = async (worker = NEW): Promise<string[][]> => {
  const rows = await board.world.db.all<{ jobs: string }>(
    sql`SELECT json_extract(notice, '$.jobs') AS jobs FROM notifications WHERE person = ${worker} AND json_extract(notice, '$.kind') = 'starter-jobs' ORDER BY at`,
  )
  return rows.map(({ jobs }) => JSON.parse(jobs))
}
/** Lets days go by, each with its sweep, and the worker looks in. */
async function live(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    board.advance(DAY)
    await board.world.db.run(sql`UPDATE workers SET last_seen_at = ${board.clock.now} WHERE id = ${NEW}`)
    await sendWeeklyNotices(board.world)
  }
}

describe('a weekly notice', () => {
  it('are not sent while the kind of work is in the cautious setting', async () => {
    const set = (setting: 'bold' | 'cautious', version: number) =>
      insertSettingChange(board.world.db, {
        ...{ exam: 'business-admin', setting, version },
        ...{ operator: 'opr_demo', note: 'why', at: board.clock.now },
      })
    await join()
    await set('cautious', 1)
    await live(8)
    expect(await told()).toEqual([])
    await set('bold', 2)
    await live(1)
    expect(await told()).toEqual([[job]])
  })

  it('tells who joined of jobs to start with, four times in four weeks and never after', async () => {
    await join()
    await sendWeeklyNotices(board.world)
    expect(await told()).toEqual([[job]])
    await live(6)
    expect(await told()).toHaveLength(1)
    await live(1)
    expect(await told()).toHaveLength(2)
    await live(60)
    expect(await told()).toHaveLength(4)
    const [notice] = (await board.as(NEW, 'GET', '/v1/notifications')).json.notifications
    expect(notice).toMatchObject({ kind: 'starter-jobs', jobs: [job], readAt: null })
    expect(notice.text.en).toContain('A job to start with')
  })

  it('begins anew with a pass', async () => {
    await join()
    await live(40)
    expect(await told()).toHaveLength(4)
    await board.certify(NEW)
    await live(40)
    expect(await told()).toHaveLength(8)
    // another badge of the same exam is no new pass
    board.advance(DAY)
    await board.certify(NEW, 'crd_again')
    await live(10)
    expect(await told()).toHaveLength(8)
  })

  it('comes no sooner for a pass in the same week', async () => {
    await join()
    await live(2)
    expect(await told()).toHaveLength(1)
    await board.certify(NEW)
    await live(5)
    expect(await told()).toHaveLength(1)
    await live(1)
    expect(await told()).toHaveLength(2)
  })

  it('is told once, however many sweep at once', async () => {
    await join()
    await Promise.all(Array.from({ length: 5 }, () => sendWeeklyNotices(board.world)))
    expect(await told()).toHaveLength(1)
  })

  it('is told once of all weeks over which the clock steps, and not again when it steps back', async () => {
    await join()
    board.advance(2 * WEEK)
    await board.world.db.run(sql`UPDATE workers SET last_seen_at = ${board.clock.now} WHERE id = ${NEW}`)
    await sendWeeklyNotices(board.world)
    await sendWeeklyNotices(board.world)
    expect(await told()).toHaveLength(1)
    board.advance(-WEEK)
    await sendWeeklyNotices(board.world)
    await board.world.db.run(sql`UPDATE weekly_notices SET due_at = ${board.clock.now}`)
    board.advance(WEEK)
    await sendWeeklyNotices(board.world)
    expect(await told()).toHaveLength(1)
  })

  it('names at most three jobs, and none for which the worker has applied', async () => {
    for (let nth = 0; nth < 5; nth += 1)
      await board.post('cli_01', { title: `はじめての仕事 ${nth}`, welcomesNewcomers: true })
    await join()
    await board.as(NEW, 'POST', `/v1/jobs/${job}/applications`, { message: 'ぜひ' })
    await sendWeeklyNotices(board.world)
    const [jobs = []] = await told()
    expect([jobs.length, new Set(jobs).size]).toEqual([3, 3])
    expect(jobs).not.toContain(job)
  })

  const afterPosting = async (change: Record<string, unknown>) => {
    await board.as('cli_01', 'POST', `/v1/jobs/${job}/close`, {})
    await board.post('cli_01', { title: 'ほかの仕事です', ...change })
    await join()
    await sendWeeklyNotices(board.world)
    return told()
  }

  it('names a job with a small fixed pay, welcome or not', async () => {
    expect(await afterPosting({ pay: { type: 'fixed', amount: 30_000 } })).toHaveLength(1)
  })

  it.each([
    ['with a larger fixed pay and no welcome', { pay: { type: 'fixed', amount: 30_001 } }],
    ['paid by the hour, without a welcome', { pay: { type: 'hourly', amount: 1_000 } }],
    ['of another category', { welcomesNewcomers: true, category: 'web-writer' }],
    [
      'that a person has still to look at',
      { welcomesNewcomers: true, body: '議事録をまとめてください。疑わしい [0.75]' },
    ],
  ])('names no job %s', async (_, change) => {
    expect(await afterPosting(change)).toEqual([])
  })

  it('leaves out jobs of clients who have paid for fewer than three contracts, and jobs for which three have applied', async () => {
    await paysWell('cli_01', 2)
    await join()
    await sendWeeklyNotices(board.world)
    expect(await told()).toEqual([])
    await paysWell('cli_01')
    for (const worker of ['wrk_001', 'wrk_002', 'wrk_003'])
      await board.as(worker, 'POST', `/v1/jobs/${job}/applications`, { message: 'ぜひ' })
    await live(1)
    expect(await told()).toEqual([])
  })

  it('waits for a job to come, and is sent the day after', async () => {
    await board.as('cli_01', 'POST', `/v1/jobs/${job}/close`, {})
    await join()
    await sendWeeklyNotices(board.world)
    await board.post('cli_01', { title: 'あとから来た仕事', welcomesNewcomers: true })
    await live(1)
    expect(await told()).toHaveLength(1)
  })

  it('is not for who is suspended, under contract, reviewed or erased', async () => {
    for (const id of ['wrk_new_s', 'wrk_new_c', 'wrk_new_r', 'wrk_new_e']) await join(id)
    await changeStanding(board.world, 'wrk_new_s', 'suspended')
    const proposed = newContract({ id: 'ctr_busy', client: 'cli_20', worker: 'wrk_new_c', at: board.clock.now })
    await board.world.db.batch([
      insertContract(board.world.db, proposed, null),
      updateContract(board.world.db, {
        ...proposed,
        status: 'in-progress',
        fundedAt: board.clock.now,
        takenOnAt: board.clock.now,
      }),
    ])
    await board.world.db.run(
      sql`INSERT INTO review_totals (worker, count, clients, skill, quality, schedule, communication, partnership) VALUES ('wrk_new_r', 1, 1, 4, 4, 4, 4, 4)`,
    )
    await eraseWorker(board.world, 'wrk_new_e')
    await sendWeeklyNotices(board.world)
    for (const id of ['wrk_new_s', 'wrk_new_c', 'wrk_new_r', 'wrk_new_e']) expect(await told(id)).toEqual([])
    expect(
      await board.world.db.all(sql`SELECT worker FROM weekly_notices WHERE worker IN ('wrk_new_e', 'wrk_new_r')`),
    ).toEqual([])
  })

  it('is part of the marketplace’s tending', async () => {
    await join()
    await runTimers(board.world)
    expect(await told()).toHaveLength(1)
  })
})
