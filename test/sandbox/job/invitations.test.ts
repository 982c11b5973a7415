import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toRfc3339 } from '../../../src/kernel/instant.ts'
import { insertContract, updateContract } from '../../../src/sandbox/escrow/store.ts'
import { changeStanding, eraseWorker } from '../../../src/sandbox/flows/change-standing.ts'
import { runTimers } from '../../../src/sandbox/flows/run-timers.ts'
import { markHired } from '../../../src/sandbox/job/application/store.ts'
import { countInvitations } from '../../../src/sandbox/job/invitation/store.ts'
import { newContract } from '../../support/sandbox/contract-row.ts'
import { type JobBoard, openJobBoard } from '../../support/sandbox/job-board.ts'

const DAY = 86_400_000

let board: JobBoard
beforeAll(async () => {
  board = await openJobBoard()
})
afterAll(() => board.close())

let posts = 0
/** A job of a client who has not posted too often today. */
const posted = async (change: Record<string, unknown> = {}, client = 'cli_01'): Promise<string> => {
  posts += 1
  return (await board.post(client, { title: `議事録の清書 ${posts}`, ...change })).json.id
}
const invite = (job: string, worker: string, client = 'cli_01', key?: string) =>
  board.as(client, 'POST', `/v1/jobs/${job}/invitations`, { worker }, key)
const ofWorker = async (worker: string) => (await board.as(worker, 'GET', '/v1/invitations')).json.invitations
const stateOf = async (worker: string, job: string): Promise<string> =>
  (await ofWorker(worker)).find((one: { job: string }) => one.job === job)?.state
const decline = (worker: string, id: string) => board.as(worker, 'POST', `/v1/invitations/${id}/decline`, {})
/** A contract of somebody that is paid in. */
const keepBusy = (worker: string) => {
  const proposed = newContract({ id: `ctr_busy_${worker}`, client: 'cli_20', worker, at: board.clock.now })
  return board.world.db.batch([
    insertContract(board.world.db, proposed, null),
    updateContract(board.world.db, {
      ...proposed,
      status: 'in-progress',
      fundedAt: board.clock.now,
      takenOnAt: board.clock.now,
    }),
  ])
}

describe('an invitation', () => {
  it('reaches the worker with the job’s words and nobody else’s, and the client sees it among theirs', async () => {
    const job = await posted({ title: '社史の校正を頼みたい' })
    const { status, json } = await invite(job, 'wrk_001')
    expect(status).toBe(201)
    expect(json).toEqual({
      id: json.id,
      job,
      client: 'cli_01',
      worker: 'wrk_001',
      state: 'open',
      createdAt: toRfc3339(board.clock.now),
      answeredAt: null,
    })
    const told = { ...json, title: '社史の校正を頼みたい', clientName: expect.any(String) }
    expect(await ofWorker('wrk_001')).toEqual([told])
    expect((await board.as('cli_01', 'GET', '/v1/invitations?limit=1')).json.invitations).toEqual([told])
    expect(await ofWorker('wrk_002')).toEqual([])
    expect((await board.as('cli_02', 'GET', '/v1/invitations')).json.invitations).toEqual([])
    const [notice] = (await board.as('wrk_001', 'GET', '/v1/notifications')).json.notifications
    expect(notice).toMatchObject({ kind: 'invited', invitation: json.id, job, readAt: null })
  })

  it('takes no words of the client', async () => {
    const job = await posted()
    expect(
      (await board.as('cli_01', 'POST', `/v1/jobs/${job}/invitations`, { worker: 'wrk_001', message: 'x' })).status,
    ).toBe(422)
  })

  it('is the poster’s to make, and needs a job and a worker that are there', async () => {
    const job = await posted()
    for (const [user, status] of [
      ['cli_02', 404],
      ['wrk_001', 403],
      ['opr_demo', 403],
      [undefined, 401],
    ] as const)
      expect((await board.as(user, 'POST', `/v1/jobs/${job}/invitations`, { worker: 'wrk_002' })).status).toBe(status)
    expect((await invite('job_nowhere', 'wrk_002')).status).toBe(404)
    expect((await invite(job, 'wrk_nowhere')).status).toBe(404)
  })

  it('is made once for a job and worker, however many are made at once, and told once', async () => {
    const job = await posted()
    const answers = await Promise.all(Array.from({ length: 6 }, () => invite(job, 'wrk_003')))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409])
    expect((await board.as('wrk_003', 'GET', '/v1/notifications')).json.notifications).toHaveLength(1)
  })

  it('of the same Idempotency-Key is the same', async () => {
    const job = await posted()
    const [first, again] = [await invite(job, 'wrk_030', 'cli_01', 'k'), await invite(job, 'wrk_030', 'cli_01', 'k')]
    expect([again.status, again.json]).toEqual([201, first.json])
  })

  it('is accepted by applying, also after it was declined', async () => {
    const job = await posted()
    const { id } = (await invite(job, 'wrk_004')).json
    expect((await decline('wrk_004', id)).json.state).toBe('declined')
    expect((await decline('wrk_004', id)).json.state).toBe('declined')
    await board.as('wrk_004', 'POST', `/v1/jobs/${job}/applications`, { message: 'やはり' })
    expect(await stateOf('wrk_004', job)).toBe('accepted')
    expect(await decline('wrk_004', id)).toMatchObject({
      status: 409,
      json: { code: 'wrong-state', state: 'accepted' },
    })
    expect((await decline('wrk_005', id)).status).toBe(404)
    expect((await invite(job, 'wrk_004')).json.code).toBe('already-done')
  })

  it('is accepted by a contract without an application too', async () => {
    const job = await posted({ headcount: 2 })
    await invite(job, 'wrk_031')
    await board.world.db.batch(markHired(board.world.db, { job, worker: 'wrk_031', now: board.clock.now }))
    expect(await stateOf('wrk_031', job)).toBe('accepted')
  })

  it('is refused of somebody who applied, is under contract, suspended or erased', async () => {
    const job = await posted()
    await board.as('wrk_006', 'POST', `/v1/jobs/${job}/applications`, { message: 'ぜひ' })
    expect(await invite(job, 'wrk_006')).toMatchObject({ status: 409, json: { code: 'already-done' } })
    await keepBusy('wrk_007')
    expect(await invite(job, 'wrk_007')).toMatchObject({ status: 409, json: { state: 'under-contract' } })
    await changeStanding(board.world, 'wrk_008', 'suspended')
    expect(await invite(job, 'wrk_008')).toMatchObject({ status: 409, json: { state: 'suspended' } })
    await eraseWorker(board.world, 'wrk_009')
    expect((await invite(job, 'wrk_009')).status).toBe(410)
  })

  it('is not made for a job that a person has still to look at, nor for one that is closed', async () => {
    const queued = await posted({ body: '会議の議事録をまとめてください。疑わしいことば [0.75]' })
    const held = await posted({ body: '会議の議事録をまとめてください。疑わしいことば [0.95]' })
    const closed = await posted()
    await board.as('cli_01', 'POST', `/v1/jobs/${closed}/close`, {})
    for (const [job, state] of [
      [queued, 'queued'],
      [held, 'held'],
      [closed, 'closed'],
    ] as const) {
      expect(await invite(job, 'wrk_010')).toMatchObject({ status: 409, json: { code: 'wrong-state', state } })
      expect((await board.as('cli_01', 'GET', `/v1/jobs/${job}/suggestions`)).json.state).toBe(state)
    }
  })

  it('closes with the job, and with its last day', async () => {
    const [closing, expiring] = [
      await posted(),
      await posted({ closesAt: toRfc3339((board.clock.now + DAY) as never) }),
    ]
    await invite(closing, 'wrk_011')
    const { id } = (await invite(expiring, 'wrk_011')).json
    await board.as('cli_01', 'POST', `/v1/jobs/${closing}/close`, {})
    expect([await stateOf('wrk_011', closing), await stateOf('wrk_011', expiring)]).toEqual(['closed', 'open'])
    board.advance(DAY)
    expect(await stateOf('wrk_011', expiring)).toBe('closed')
    expect((await decline('wrk_011', id)).status).toBe(409)
    await runTimers(board.world)
    expect(await stateOf('wrk_011', expiring)).toBe('closed')
  })

  it('is one of ten of a job, however many are made at once, and erased people count on', async () => {
    const job = await posted()
    const workers = Array.from({ length: 13 }, (_, nth) => `wrk_0${40 + nth}`)
    const answers = await Promise.all(workers.map((worker) => invite(job, worker)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
    const refused = answers.filter(({ status }) => status !== 201)
    for (const { status, json, headers } of refused)
      expect([status, json.code, headers.get('Retry-After')]).toEqual([429, 'rate-limited', '86400'])
    await eraseWorker(board.world, workers[answers.findIndex(({ status }) => status === 201)] as string)
    expect(await countInvitations(board.world.db, job)).toBe(10)
    expect(
      await board.world.db.all(`SELECT state FROM invitations WHERE job = '${job}' AND worker IS NULL` as never),
    ).toEqual([{ state: 'closed' }])
    expect((await invite(job, workers[answers.findIndex(({ status }) => status === 429)] as string)).status).toBe(429)
  })

  it('is one of three that a worker has to answer, however many are made at once', async () => {
    const clients = ['cli_02', 'cli_03', 'cli_04', 'cli_05', 'cli_06']
    const jobs = await Promise.all(clients.map((client) => posted({}, client)))
    const answers = await Promise.all(jobs.map((job, nth) => invite(job, 'wrk_012', clients[nth])))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3)
    const left = answers.findIndex(({ status }) => status === 429)
    const [open] = answers.filter(({ status }) => status === 201)
    await decline('wrk_012', open?.json.id)
    expect((await invite(jobs[left] as string, 'wrk_012', clients[left])).status).toBe(201)
  })

  it('hides the words of a job that was taken down, from its worker', async () => {
    const job = await posted({}, 'cli_07')
    await invite(job, 'wrk_013', 'cli_07')
    await board.world.db.run(`UPDATE clients SET standing = 'suspended' WHERE id = 'cli_07'` as never)
    expect((await ofWorker('wrk_013'))[0]).toMatchObject({ job, title: null, state: 'closed' })
    await board.world.db.run(`UPDATE clients SET standing = 'good' WHERE id = 'cli_07'` as never)
  })

  it('pages through, the newest first', async () => {
    const jobs = [await posted({}, 'cli_08'), await posted({}, 'cli_08'), await posted({}, 'cli_08')]
    for (const job of jobs) {
      board.advance(1)
      await invite(job, 'wrk_014', 'cli_08')
    }
    const seen: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page: { invitations: { job: string }[]; next: string | null } = (
        await board.as('wrk_014', 'GET', `/v1/invitations?limit=1&after=${next}`)
      ).json
      seen.push(...page.invitations.map(({ job }) => job))
      next = page.next
    }
    expect(seen).toEqual(jobs.toReversed())
    expect((await board.as('wrk_014', 'GET', '/v1/invitations?after=x')).status).toBe(422)
  })
})

describe('suggestions', () => {
  const suggested = async (job: string, client = 'cli_10') =>
    (await board.as(client, 'GET', `/v1/jobs/${job}/suggestions`)).json

  it('name the first two of the order who are free, and two newcomers by lot with their propensities', async () => {
    const job = await posted({}, 'cli_10')
    const order = (await board.as('cli_10', 'GET', '/api/workers?category=business-admin&limit=5')).json.workers
    await keepBusy(order[0].id)
    const { suggestions, left } = await suggested(job)
    expect(suggestions.slice(0, 2).map(({ id }: { id: string }) => id)).toEqual([order[1].id, order[2].id])
    expect(suggestions).toHaveLength(4)
    for (const { draw, invitation, reasons } of suggestions.slice(2)) {
      expect(draw).toEqual({
        group: 'other',
        propensity: expect.any(Number),
        poolSize: expect.any(Number),
        ratio: expect.any(Number),
      })
      expect(draw.propensity).toBeGreaterThan(0)
      expect([invitation, reasons[0].code]).toEqual([null, 'row-newcomer'])
    }
    expect(new Set(suggestions.map(({ id }: { id: string }) => id)).size).toBe(4)
    expect(left).toBe(10)
  })

  it('are the same all day for a job and another lot for another job', async () => {
    const jobs = await Promise.all(Array.from({ length: 4 }, () => posted({}, 'cli_11')))
    const lots = await Promise.all(jobs.map(async (job) => (await suggested(job, 'cli_11')).suggestions.slice(2)))
    const ids = lots.map((lot) => lot.map(({ id }: { id: string }) => id).join())
    expect(new Set(ids).size).toBeGreaterThan(1)
    expect((await suggested(jobs[0] as string, 'cli_11')).suggestions.slice(2)).toEqual(lots[0])
  })

  it('give way to the next of the order once somebody was invited or has applied; who was drawn stays, as invited', async () => {
    const job = await posted({}, 'cli_12')
    const before = (await suggested(job, 'cli_12')).suggestions
    await invite(job, before[0].id, 'cli_12')
    await invite(job, before[2].id, 'cli_12')
    await board.as(before[3].id, 'POST', `/v1/jobs/${job}/applications`, { message: 'ぜひ' })
    const { suggestions, left } = await suggested(job, 'cli_12')
    expect(suggestions[0].id).toBe(before[1].id)
    expect(suggestions.map(({ id }: { id: string }) => id)).not.toContain(before[0].id)
    expect(suggestions.map(({ id }: { id: string }) => id)).not.toContain(before[3].id)
    const drawn = suggestions.find(({ id }: { id: string }) => id === before[2].id)
    expect([drawn.invitation, drawn.reasons[0].code, left]).toEqual(['open', 'invited', 8])
  })

  it('are a draw that invitations are joined to, as outcomes of whom it showed', async () => {
    const job = await posted({}, 'cli_13')
    const { suggestions, drawId } = await suggested(job, 'cli_13')
    await invite(job, suggestions[2].id, 'cli_13')
    await invite(job, 'wrk_299', 'cli_13')
    const outcomes = await board.world.db.all(
      `SELECT draw, kind, worker, propensity, drawn FROM search_outcomes WHERE draw = '${drawId}'` as never,
    )
    expect(outcomes).toEqual([
      {
        draw: drawId,
        kind: 'invited',
        worker: suggestions[2].id,
        propensity: suggestions[2].draw.propensity,
        drawn: 1,
      },
    ])
  })

  it('are the poster’s alone', async () => {
    const job = await posted({}, 'cli_14')
    for (const [user, status] of [
      ['cli_02', 404],
      ['wrk_001', 403],
      [undefined, 401],
    ] as const)
      expect((await board.as(user, 'GET', `/v1/jobs/${job}/suggestions`)).status).toBe(status)
  })
})
