import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toRfc3339 } from '../../../src/kernel/instant.ts'
import { editJob } from '../../../src/sandbox/flows/edit-job.ts'
import { runTimers } from '../../../src/sandbox/flows/run-timers.ts'
import { isWithheld, jobStates } from '../../../src/sandbox/job/job.ts'
import { publicJobs, publishJob } from '../../../src/sandbox/job/store.ts'
import { jobs } from '../../../src/sandbox/job/tables.ts'
import { findGatheringCase } from '../../../src/sandbox/moderation/store.ts'
import { notificationsOf } from '../../../src/sandbox/notification/store.ts'
import { loadContract } from '../../../src/sandbox/pages/contracts/contract-page.tsx'
import { interrupted } from '../../support/sandbox/interrupted.ts'
import { draft, type JobBoard, openJobBoard } from '../../support/sandbox/job-board.ts'

let board: JobBoard
beforeAll(async () => {
  board = await openJobBoard()
})
afterAll(() => board.close())

const HELD = `${draft.body}[0.95]`
const see = async (user: string | undefined, job: string): Promise<number> =>
  (await board.as(user, 'GET', `/v1/jobs/${job}`)).status
const close = (client: string, job: string) => board.as(client, 'POST', `/v1/jobs/${job}/close`, {})

describe('a job that waits for a person', () => {
  it('is not shown by closing it', async () => {
    const { id } = (await board.post('cli_01', { title: '閉じれば読める募集', body: HELD })).json
    expect((await close('cli_01', id)).json.state).toBe('closed')
    for (const stranger of [undefined, 'cli_02', 'wrk_001']) expect(await see(stranger, id)).toBe(404)
    for (const insider of ['cli_01', 'opr_demo']) expect(await see(insider, id)).toBe(200)
    expect((await board.as('wrk_001', 'POST', `/v1/jobs/${id}/reports`, { reason: 'other', detail: '' })).status).toBe(
      404,
    )
    expect(
      (
        await board.as('cli_01', 'POST', '/v1/contracts', {
          job: id,
          worker: 'wrk_001',
          title: '清書',
          category: 'business-admin',
          amount: 500,
        })
      ).json.code,
    ).toBe('wrong-state')
  })

  it('stays unseen even if it was edited into something harmless before it was closed', async () => {
    const { id } = (await board.post('cli_01', { body: HELD })).json
    await board.as('cli_01', 'POST', `/v1/jobs/${id}/edit`, { body: draft.body })
    await close('cli_01', id)
    expect(await see('wrk_001', id)).toBe(404)
  })

  it('is as any other once a person has cleared it, closed by hand or by time', async () => {
    const closesAt = toRfc3339((board.clock.now + 60_000) as never)
    const [byHand, byTime] = [
      (await board.post('cli_01', { body: HELD })).json.id,
      (await board.post('cli_01', { body: HELD, closesAt })).json.id,
    ]
    for (const id of [byHand, byTime]) await publishJob(board.world.db, id, board.world.now())
    await close('cli_01', byHand)
    board.advance(60_000)
    await runTimers(board.world)
    for (const id of [byHand, byTime])
      expect((await board.as('wrk_001', 'GET', `/v1/jobs/${id}`)).json.state).toBe('closed')
  })

  it('shows its new words to nobody who applied before', async () => {
    const { id } = (await board.post('cli_01', { title: 'よくある募集です' })).json
    await board.as('wrk_002', 'POST', `/v1/jobs/${id}/applications`, { message: 'やります' })
    const terms = { job: id, worker: 'wrk_002', title: '清書', category: 'business-admin', amount: 500 }
    const contract = (await board.as('cli_01', 'POST', '/v1/contracts', terms)).json.id
    const seen = async (user: string, role: 'client' | 'worker') => {
      const read = await loadContract(board.world, { id: user, role, name: '' }, contract)
      return read.ok && read.value.job?.title
    }
    expect(await seen('wrk_002', 'worker')).toBe('よくある募集です')
    const own = async () => (await board.as('wrk_002', 'GET', '/v1/applications')).json.applications[0]
    expect(await own()).toMatchObject({ title: 'よくある募集です', jobIsOpen: true })
    await board.as('cli_01', 'POST', `/v1/jobs/${id}/edit`, {
      title: 'LINEで連絡ください',
      body: HELD,
      sendAnyway: true,
    })
    expect(await own()).toMatchObject({ title: null, jobIsOpen: false })
    expect(await seen('wrk_002', 'worker')).toBeUndefined()
    expect(await seen('cli_01', 'client')).toBe('LINEで連絡ください')
    await close('cli_01', id)
    expect(await own()).toMatchObject({ title: null })
  })
})

describe('a job in any state', () => {
  it('is named to everybody just where it is not withheld', async () => {
    const { db } = board.world
    const { id } = (await board.post('cli_02')).json
    const shown: string[] = []
    for (const state of jobStates)
      for (const restoredTo of jobStates)
        for (const clientStanding of ['good', 'restricted', 'suspended'] as const) {
          await db.update(jobs).set({ state, restoredTo, clientStanding }).where(eq(jobs.id, id))
          const isShown = (await publicJobs(db, [id])).has(id)
          expect([state, restoredTo, clientStanding, isShown]).toEqual([
            ...[state, restoredTo, clientStanding],
            !isWithheld({ state, restoredTo, clientStanding }),
          ])
          if (isShown) shown.push(state)
        }
    expect(new Set(shown)).toEqual(new Set(['published', 'queued', 'closed', 'filled']))
  })
})

describe('an edit that comes too late', () => {
  it('is refused with all that would follow from it', async () => {
    const { id } = (await board.post('cli_03', { title: '取り合いになる募集' })).json
    const { db } = board.world
    const late = interrupted(db, () => db.update(jobs).set({ headcount: 2, version: 2 }).where(eq(jobs.id, id)))
    const outcome = await editJob({ ...board.world, db: late }, { client: 'cli_03', job: id }, { body: HELD }, true)
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'conflict' } })
    expect((await board.as('wrk_001', 'GET', `/v1/jobs/${id}`)).json).toMatchObject({
      body: draft.body,
      headcount: 2,
      version: 2,
      state: 'published',
    })
    expect(await findGatheringCase(db, 'job', id)).toBeUndefined()
    expect(await notificationsOf(db, 'cli_03', { before: undefined, unread: false, limit: 50 })).toEqual([])
  })
})
