import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findContract, listContracts } from '../../../src/sandbox/escrow/store.ts'
import { changeStanding } from '../../../src/sandbox/flows/change-standing.ts'
import { proposeContract } from '../../../src/sandbox/flows/propose-contract.ts'
import { takeContractStep } from '../../../src/sandbox/flows/take-contract-step.ts'
import { markHired, withdrawal } from '../../../src/sandbox/job/application/store.ts'
import { allowances } from '../../../src/sandbox/people/allowance.ts'
import { interrupted } from '../../support/sandbox/interrupted.ts'
import { type JobBoard, openJobBoard } from '../../support/sandbox/job-board.ts'

let board: JobBoard
beforeAll(async () => {
  board = await openJobBoard()
})
afterAll(() => board.close())

const apply = (
  worker: string | undefined,
  job: string,
  body: unknown = { message: 'ぜひお願いします', amount: 1_500 },
) => board.as(worker, 'POST', `/v1/jobs/${job}/applications`, body)
const posted = async (change: Record<string, unknown> = {}): Promise<string> =>
  (await board.post('cli_01', change)).json.id

describe('an application', () => {
  it('reaches the poster, and the worker finds it among their own', async () => {
    const job = await posted()
    const { status, json } = await apply('wrk_001', job)
    expect(status).toBe(201)
    expect(json).toMatchObject({ job, worker: 'wrk_001', message: 'ぜひお願いします', amount: 1_500, state: 'open' })
    const listed = { ...json, invited: false, reasons: expect.any(Array) }
    for (const reader of ['cli_01', 'opr_demo'])
      expect((await board.as(reader, 'GET', `/v1/jobs/${job}/applications`)).json.applications).toEqual([listed])
    expect((await board.as('wrk_001', 'GET', '/v1/applications')).json.applications[0]).toMatchObject({
      id: json.id,
      jobIsOpen: true,
    })
    expect((await board.as(undefined, 'GET', `/v1/jobs/${job}`)).json.applicants).toBe(1)
  })

  it('stands among the others in the order of the search, whoever came first, and says who was invited', async () => {
    const job = await posted()
    const order: { id: string }[] = (await board.as('cli_01', 'GET', '/api/workers?category=business-admin&limit=9'))
      .json.workers
    const ids = [2, 0, 1].map((place) => order[place]?.id as string)
    await board.as('cli_01', 'POST', `/v1/jobs/${job}/invitations`, { worker: ids[0] })
    for (const worker of ids) {
      board.advance(1)
      await apply(worker, job)
    }
    const { applications } = (await board.as('cli_01', 'GET', `/v1/jobs/${job}/applications`)).json
    expect(applications.map(({ worker }: { worker: string }) => worker)).toEqual(order.slice(0, 3).map(({ id }) => id))
    expect(applications.map(({ invited }: { invited: boolean }) => invited)).toEqual([false, false, true])
    expect(applications[2].reasons[0].code).toBe('invited')
  })

  it('is nobody else’s business', async () => {
    const job = await posted()
    const { id } = (await apply('wrk_001', job)).json
    for (const [user, status] of [
      ['cli_02', 404],
      ['wrk_001', 403],
      [undefined, 401],
    ] as const)
      expect((await board.as(user, 'GET', `/v1/jobs/${job}/applications`)).status).toBe(status)
    expect((await board.as('wrk_002', 'POST', `/v1/applications/${id}/withdraw`, {})).status).toBe(404)
    expect((await board.as('cli_01', 'POST', `/v1/applications/${id}/withdraw`, {})).status).toBe(403)
    expect((await apply('cli_02', job)).status).toBe(403)
  })

  it('is made once per job, whoever is quick', async () => {
    const job = await posted()
    const answers = await Promise.all(Array.from({ length: 8 }, () => apply('wrk_003', job)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    for (const { status, json } of answers) if (status !== 201) expect(json.code).toBe('already-done')
  })

  it('is withdrawn by the worker, again without effect, and not made anew', async () => {
    const job = await posted()
    const { id } = (await apply('wrk_004', job)).json
    for (let times = 0; times < 2; times += 1)
      expect((await board.as('wrk_004', 'POST', `/v1/applications/${id}/withdraw`, {})).json.state).toBe('withdrawn')
    expect((await apply('wrk_004', job)).json.code).toBe('already-done')
    expect((await board.as(undefined, 'GET', `/v1/jobs/${job}`)).json.applicants).toBe(0)
  })

  it('is open to restricted workers, not to suspended ones', async () => {
    const job = await posted()
    await changeStanding(board.world, 'wrk_005', 'restricted')
    await changeStanding(board.world, 'wrk_006', 'suspended')
    expect((await apply('wrk_005', job)).status).toBe(201)
    expect(await apply('wrk_006', job)).toMatchObject({ status: 403, json: { code: 'standing' } })
  })

  it.each([
    [{ message: '' }],
    [{ message: 'あ'.repeat(2_001) }],
    [{ message: 'はい', amount: 0 }],
    [{ message: 'はい', job: 'job_x' }],
    [{}],
  ])('is refused as %j', async (body) => {
    expect((await apply('wrk_007', await posted(), body)).status).toBe(422)
  })

  it('needs a job that is there and open', async () => {
    expect((await apply('wrk_008', 'job_nowhere')).status).toBe(404)
    const job = await posted()
    await board.as('cli_01', 'POST', `/v1/jobs/${job}/close`, {})
    expect(await apply('wrk_008', job)).toMatchObject({ status: 409, json: { code: 'wrong-state', state: 'closed' } })
  })

  it('is one of at most 50 in 24 hours, however many are made at once', async () => {
    const jobs: string[] = []
    for (let n = 0; n < allowances.apply.known.day + 5; n += 1)
      jobs.push((await board.post(`cli_${String(2 + (n % 20)).padStart(2, '0')}`)).json.id)
    const answers = await Promise.all(jobs.map((job) => apply('wrk_020', job)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(allowances.apply.known.day)
    for (const { status, json, headers } of answers.filter((answer) => answer.status !== 201)) {
      expect([status, json.code, headers.get('Retry-After')]).toEqual([
        429,
        'rate-limited',
        String(json.retryAfterSeconds),
      ])
    }
    expect((await apply('wrk_021', jobs[0] as string)).status).toBe(201)
    const left = jobs.find((_, n) => answers[n]?.status === 429) as string
    board.advance(86_400_000 - 1)
    expect((await apply('wrk_020', left)).status).toBe(429)
    board.advance(1)
    expect((await apply('wrk_020', left)).status).toBe(201)
  })

  it('pages through the own applications', async () => {
    for (let n = 0; n < 3; n += 1) {
      await apply('wrk_009', await posted())
      board.advance(1)
    }
    const seen: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page: { applications: { id: string }[]; next: string | null } = (
        await board.as('wrk_009', 'GET', `/v1/applications?limit=1&after=${next}`)
      ).json
      seen.push(...page.applications.map(({ id }) => id))
      next = page.next
    }
    expect(new Set(seen).size).toBe(3)
    expect((await board.as('wrk_009', 'GET', '/v1/applications?after=%25')).status).toBe(422)
  })
})

describe('a contract that is proposed to somebody who applied', () => {
  const terms = (job: string, worker: string, change: object = {}) => ({
    ...{ job, worker, title: '清書', category: 'business-admin', amount: 5_000 },
    ...change,
  })
  const takenOn = async (id: string) => (await findContract(board.world.db, id))?.takenOnAt !== null

  it.each([
    [{}, true],
    [{ amount: 4_999 }, false],
    [{ category: 'web-writer' }, false],
    [{ amount: 5_001 }, true],
  ])('with %j is taken on by having applied: %s', async (change, expected) => {
    const [worker, client] = ['wrk_013', 'cli_11']
    const job = (await board.post(client)).json.id
    expect((await apply(worker, job, { message: 'やります', amount: 5_000 })).status).toBe(201)
    const { json } = await board.as(client, 'POST', '/v1/contracts', terms(job, worker, change))
    expect(await takenOn(json.id), JSON.stringify(json)).toBe(expected)
  })

  it('is taken on by it once: what is proposed after they were hired, they take on themselves', async () => {
    const [worker, client] = ['wrk_015', 'cli_13']
    const job = (await board.post(client, { headcount: 2 })).json.id
    await apply(worker, job)
    const propose = async () => (await board.as(client, 'POST', '/v1/contracts', terms(job, worker))).json.id
    const first = await propose()
    expect((await board.as(client, 'POST', `/v1/contracts/${first}/fund`, {})).status).toBe(200)
    expect([await takenOn(first), await takenOn(await propose())]).toEqual([true, false])
  })

  it('is taken on by it once, also while the first one waits for its money, and again when that one has ended', async () => {
    const [worker, client] = ['wrk_017', 'cli_15']
    const job = (await board.post(client, { headcount: 2 })).json.id
    await apply(worker, job)
    const propose = async () => (await board.as(client, 'POST', '/v1/contracts', terms(job, worker))).json.id
    const [first, second] = [await propose(), await propose()]
    expect([await takenOn(first), await takenOn(second)]).toEqual([true, false])
    expect((await board.as(client, 'POST', `/v1/contracts/${first}/cancel`, {})).status).toBe(200)
    expect(await takenOn(await propose())).toBe(true)
  })

  it('is taken on by it once, however close two proposals are', async () => {
    const [worker, client] = ['wrk_018', 'cli_16']
    const job = (await board.post(client, { headcount: 2 })).json.id
    await apply(worker, job)
    let first = ''
    const late = interrupted(board.world.db, async () => {
      first = (await board.as(client, 'POST', '/v1/contracts', terms(job, worker))).json.id
    })
    const by = { person: { id: client, role: 'client', name: '' } } as const
    const proposed = await proposeContract({ ...board.world, db: late }, by, terms(job, worker) as never)
    expect(proposed).toMatchObject({ ok: false, problem: { code: 'conflict' } })
    expect(await takenOn(first)).toBe(true)
  })

  it('ends when they withdraw, before or while it is proposed', async () => {
    const [worker, client] = ['wrk_014', 'cli_12']
    const job = (await board.post(client)).json.id
    const { id } = (await apply(worker, job)).json
    const { json } = await board.as(client, 'POST', '/v1/contracts', terms(job, worker))
    await board.as(worker, 'POST', `/v1/applications/${id}/withdraw`, {})
    expect((await board.as(client, 'GET', `/v1/contracts/${json.id}`)).json.status).toBe('cancelled')
    expect((await board.as(client, 'POST', `/v1/contracts/${json.id}/fund`, {})).json.code).toBe('wrong-state')

    const other = (await board.post(client)).json.id
    const second = (await apply(worker, other)).json.id
    const late = interrupted(board.world.db, () => board.as(worker, 'POST', `/v1/applications/${second}/withdraw`, {}))
    const by = { person: { id: client, role: 'client', name: '' } } as const
    const proposed = await proposeContract({ ...board.world, db: late }, by, terms(other, worker) as never)
    expect(proposed).toMatchObject({ ok: false, problem: { code: 'conflict' } })
    expect(await listContracts(board.world.db, { job: other, limit: 5 })).toEqual([])
  })
})

describe('money for a contract that a worker had taken on by applying', () => {
  it('does not come in once they have withdrawn, however close that is', async () => {
    const [worker, client] = ['wrk_016', 'cli_14']
    const job = (await board.post(client)).json.id
    const { id } = (await apply(worker, job)).json
    const terms = { job, worker, title: '清書', category: 'business-admin', amount: 5_000 }
    const contract = (await board.as(client, 'POST', '/v1/contracts', terms)).json.id
    const late = interrupted(board.world.db, () => withdrawal(board.world.db, id).execute())
    const paid = await takeContractStep(
      { ...board.world, db: late },
      {
        contract,
        person: { id: client, role: 'client', name: '' },
        act: { type: 'fund', transfer: 'trf_late', method: 'card' },
      },
    )
    expect(paid).toMatchObject({ ok: false, problem: { code: 'conflict' } })
    expect(await findContract(board.world.db, contract)).toMatchObject({ status: 'proposed', funded: 0 })
    await board.as(worker, 'POST', `/v1/applications/${id}/withdraw`, {})
    expect((await findContract(board.world.db, contract))?.status).toBe('cancelled')
  })
})

describe('hiring', () => {
  it('fills a job with the last one looked for', async () => {
    const job = await posted({ headcount: 2 })
    await apply('wrk_010', job)
    await board.world.db.batch(markHired(board.world.db, { job, worker: 'wrk_010', now: board.clock.now }))
    expect((await board.as(undefined, 'GET', `/v1/jobs/${job}`)).json).toMatchObject({ hired: 1, state: 'published' })
    await board.world.db.batch(markHired(board.world.db, { job, worker: 'wrk_011', now: board.clock.now }))
    expect((await board.as(undefined, 'GET', `/v1/jobs/${job}`)).json).toMatchObject({ hired: 2, state: 'filled' })
    const [{ id, state }] = (await board.as('wrk_010', 'GET', '/v1/applications')).json.applications
    expect(state).toBe('hired')
    expect((await board.as('wrk_010', 'POST', `/v1/applications/${id}/withdraw`, {})).json.code).toBe('wrong-state')
    expect((await apply('wrk_012', job)).json).toMatchObject({ code: 'wrong-state', state: 'filled' })
  })
})
