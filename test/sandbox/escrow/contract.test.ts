import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../src/kernel/instant.ts'
import {
  countClientWork,
  countPaid,
  firstAgreements,
  firstContractOf,
  hiringsSince,
} from '../../../src/sandbox/escrow/work/store.ts'
import { allowanceOf } from '../../../src/sandbox/flows/limit-acts.ts'
import { postJob } from '../../../src/sandbox/flows/post-job.ts'
import { runTimers } from '../../../src/sandbox/flows/run-timers.ts'
import { showWorkRecord } from '../../../src/sandbox/flows/show-worker.ts'
import { findJob, takeDownJob } from '../../../src/sandbox/job/store.ts'
import { jobs } from '../../../src/sandbox/job/tables.ts'
import { allowances } from '../../../src/sandbox/people/allowance.ts'
import type { Client } from '../../../src/sandbox/people/person.ts'
import { findClient } from '../../../src/sandbox/people/store.ts'
import { type ContractRoom, DAY, MINUTE, openContractRoom } from '../../support/sandbox/contract-room.ts'

let room: ContractRoom
beforeAll(async () => {
  room = await openContractRoom()
})
afterAll(() => room.close())

const concluded = async () => (await countClientWork(room.market.world.db, 'cli_01')).concluded

describe('a contract', () => {
  it('is proposed, paid, worked on, delivered, changed, delivered again, accepted and released', async () => {
    const proposed = await room.propose()
    expect(proposed.status).toBe(201)
    const id = proposed.json.id as string
    expect(proposed.json).toMatchObject({
      status: 'proposed',
      version: 1,
      amount: 10_000,
      held: 0,
      timer: { kind: 'payment' },
      steps: ['fund', 'cancel'],
    })
    expect((await room.step('cli_01', id, 'fund')).json).toMatchObject({
      status: 'funded',
      version: 3,
      funded: 10_000,
      held: 10_000,
      timer: { kind: 'auto-cancel' },
    })
    expect((await room.step('wrk_001', id, 'start')).json).toMatchObject({ status: 'in-progress' })
    expect((await room.step('wrk_001', id, 'deliver', { note: '一回目' })).json).toMatchObject({
      status: 'delivered',
      timer: { kind: 'auto-accept' },
    })
    expect((await room.step('cli_01', id, 'request-changes', { note: '見出しを' })).json).toMatchObject({
      status: 'changes-requested',
      timer: { kind: 'pay-by' },
    })
    expect((await room.step('wrk_001', id, 'deliver')).json).toMatchObject({ status: 'delivered' })
    const accepted = await room.step('cli_01', id, 'accept')
    expect(accepted.json).toMatchObject({
      status: 'released',
      version: 9,
      released: 9_000,
      fee: 1_000,
      refunded: 0,
      held: 0,
      timer: null,
      milestones: [{ status: 'released', released: 10_000 }],
    })
    expect(accepted.json.settledAt).toBe(accepted.json.moneyMovedAt)
    const { events } = (await room.as('wrk_001', 'GET', `/v1/contracts/${id}/events`)).json
    const types = events.map((event: { type: string }) => event.type)
    expect(types).toEqual([
      'created',
      'payment-started',
      'funded',
      'started',
      'delivered',
      'changes-requested',
      'delivered',
      'accepted',
      'released',
    ])
    expect(events.map((event: { seq: number }) => event.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('may be delivered without a word about its start', async () => {
    const { id } = await room.funded()
    expect((await room.step('wrk_001', id, 'deliver')).json).toMatchObject({ status: 'delivered', version: 5 })
  })

  it('of several milestones is paid one by one', async () => {
    const milestones = [3_333, 3_333, 3_334].map((amount, nth) => ({ title: `その${nth + 1}`, amount }))
    const contract = await room.funded({ milestones })
    const [a, b, c] = contract.milestones.map((milestone: { id: string }) => milestone.id)
    const unnamed = await room.step('wrk_001', contract.id, 'deliver')
    expect(unnamed.json).toMatchObject({ status: 422, code: 'malformed', issues: [{ path: 'milestone' }] })
    await room.step('wrk_001', contract.id, 'deliver', { milestone: a })
    await room.step('wrk_001', contract.id, 'deliver', { milestone: b })
    expect((await room.step('cli_01', contract.id, 'accept', { milestone: a })).json).toMatchObject({
      status: 'delivered',
      released: 3_000,
      fee: 333,
      held: 6_667,
      settledAt: null,
    })
    expect(
      (await room.step('cli_01', contract.id, 'request-changes', { milestone: b, note: '表を' })).json.status,
    ).toBe('changes-requested')
    // the milestone that is meant is plain now: the client accepts what was delivered
    expect((await room.step('cli_01', contract.id, 'accept')).json).toMatchObject({
      status: 'in-progress',
      released: 6_000,
      fee: 666,
    })
    expect((await room.step('wrk_001', contract.id, 'deliver', { milestone: a })).json).toMatchObject({
      code: 'wrong-state',
      state: 'released',
    })
    await room.step('wrk_001', contract.id, 'deliver', { milestone: c })
    expect((await room.step('cli_01', contract.id, 'accept')).json).toMatchObject({
      status: 'released',
      released: 9_000,
      fee: 1_000,
      held: 0,
    })
  })

  it('releases a part of a milestone and keeps the rest', async () => {
    const { id } = await room.funded()
    expect((await room.step('cli_01', id, 'release', { amount: 1 })).json.code).toBe('wrong-state')
    await room.step('wrk_001', id, 'start')
    expect((await room.step('cli_01', id, 'release', { amount: 4_005 })).json).toMatchObject({
      status: 'in-progress',
      released: 3_605,
      fee: 400,
      held: 5_995,
    })
    expect((await room.step('cli_01', id, 'release', { amount: 5_996 })).json.issues[0].path).toBe('amount')
    expect((await room.step('opr_demo', id, 'release', { amount: 5 })).json.issues[0].path).toBe('reason')
    expect(
      (await room.step('opr_demo', id, 'release', { amount: 5, reason: '依頼者の求めにより' })).json,
    ).toMatchObject({ released: 3_609, fee: 401 })
    await room.step('wrk_001', id, 'deliver')
    expect((await room.step('cli_01', id, 'accept')).json).toMatchObject({
      status: 'released',
      released: 9_000,
      fee: 1_000,
    })
  })

  it('ends before the work begins when either side cancels, and all money goes back', async () => {
    for (const user of ['cli_01', 'wrk_001']) {
      const { id } = await room.funded()
      expect((await room.step(user, id, 'cancel')).json).toMatchObject({
        status: 'cancelled',
        refunded: 10_000,
        held: 0,
        released: 0,
      })
    }
    const { json } = await room.propose()
    expect((await room.step('wrk_001', json.id, 'cancel')).json).toMatchObject({
      status: 'cancelled',
      refunded: 0,
      moneyMovedAt: null,
    })
  })

  it('once begun is ended by its client only with the worker’s agreement', async () => {
    const { id } = await room.funded()
    await room.step('wrk_001', id, 'start')
    expect((await room.step('cli_01', id, 'cancel')).json).toMatchObject({
      status: 'in-progress',
      cancelProposedBy: 'client',
    })
    expect((await room.step('cli_01', id, 'cancel')).json.code).toBe('already-done')
    const before = await concluded()
    expect((await room.step('wrk_001', id, 'cancel')).json).toMatchObject({ status: 'cancelled', refunded: 10_000 })
    // the client asked for it, whoever agreed
    expect(await concluded()).toBe(before + 1)
  })

  it('once delivered is ended by its worker only with the client’s agreement, and a delivery voids the question', async () => {
    const { id } = await room.funded()
    await room.step('wrk_001', id, 'deliver')
    expect((await room.step('wrk_001', id, 'cancel')).json).toMatchObject({
      status: 'delivered',
      cancelProposedBy: 'worker',
    })
    expect((await room.step('wrk_001', id, 'deliver')).json.cancelProposedBy).toBeNull()
    await room.step('wrk_001', id, 'cancel')
    const before = await concluded()
    expect((await room.step('cli_01', id, 'cancel')).json).toMatchObject({ status: 'cancelled', refunded: 10_000 })
    const other = await room.funded()
    await room.step('wrk_001', other.id, 'start')
    expect((await room.step('wrk_001', other.id, 'cancel')).json.status).toBe('cancelled')
    // the worker asked for the one and left the other: neither is the client's doing
    expect(await concluded()).toBe(before)
  })

  it('in dispute moves no money until an operator decides on all that is held', async () => {
    const { id } = await room.funded()
    await room.step('wrk_001', id, 'deliver')
    expect((await room.step('wrk_001', id, 'dispute', { note: '返事がない' })).json).toMatchObject({
      status: 'disputed',
      timer: { kind: 'pay-by' },
      steps: [],
    })
    for (const [user, step, body] of [
      ['cli_01', 'accept', {}],
      ['cli_01', 'release', { amount: 1 }],
      ['opr_demo', 'release', { amount: 1, reason: 'x' }],
      ['cli_01', 'cancel', {}],
      ['opr_demo', 'correct', { to: 'worker', amount: 1, reason: 'x' }],
    ] as const)
      expect((await room.step(user, id, step, body)).json, step).toMatchObject({
        code: 'wrong-state',
        state: 'disputed',
      })
    expect(
      (await room.step('cli_01', id, 'decide', { releaseToWorker: 0, refundToClient: 10_000, reason: 'x' })).status,
    ).toBe(403)
    for (const refundToClient of [10_000, 9_998])
      expect(
        (await room.step('opr_demo', id, 'decide', { releaseToWorker: 1, refundToClient, reason: 'x' })).json.issues[0]
          .path,
      ).toBe('refundToClient')
    expect(
      (await room.step('opr_demo', id, 'decide', { releaseToWorker: 0, refundToClient: 10_000 })).json.issues[0].path,
    ).toBe('reason')
    const decided = await room.step('opr_demo', id, 'decide', {
      releaseToWorker: 6_000,
      refundToClient: 4_000,
      reason: '半分は使える',
    })
    expect(decided.json).toMatchObject({ status: 'decided', released: 5_400, fee: 600, refunded: 4_000, held: 0 })
    const { events } = (await room.as('cli_01', 'GET', `/v1/contracts/${id}/events`)).json
    expect(events.at(-1)).toMatchObject({
      type: 'decided',
      actor: 'operator',
      reason: '半分は使える',
      data: { byRule: false },
    })
    expect((await room.as('opr_second', 'GET', `/v1/contracts/${id}/events`)).json.events.at(-1).actor).toBe('opr_demo')
  })

  it('is corrected out of the fee by new entries', async () => {
    const { id } = await room.funded()
    await room.step('wrk_001', id, 'deliver')
    await room.step('cli_01', id, 'accept')
    const before = (await room.ledger(id)).entries
    expect((await room.step('cli_01', id, 'correct', { to: 'client', amount: 1, reason: 'x' })).status).toBe(403)
    expect(
      (await room.step('opr_demo', id, 'correct', { to: 'client', amount: 1_001, reason: 'x' })).json.issues[0].path,
    ).toBe('amount')
    expect(
      (await room.step('opr_demo', id, 'correct', { to: 'worker', amount: 300, reason: '手数料の誤り' })).json,
    ).toMatchObject({ status: 'released', released: 9_300, fee: 700, refunded: 0 })
    expect(
      (await room.step('opr_demo', id, 'correct', { to: 'client', amount: 700, reason: 'おわび' })).json,
    ).toMatchObject({ released: 9_300, fee: 0, refunded: 700, held: 0 })
    const books = await room.ledger(id)
    expect(books.entries.slice(0, before.length)).toEqual(before)
    expect(books.debits).toBe(books.credits)
  })
})

describe('who may', () => {
  it('read a contract: its parties and operators, and to others there is none', async () => {
    const { id } = await room.funded()
    for (const user of ['cli_01', 'wrk_001', 'opr_demo', 'opr_second'])
      expect((await room.as(user, 'GET', `/v1/contracts/${id}`)).status).toBe(200)
    for (const user of ['cli_02', 'wrk_002'])
      for (const path of ['', '/events', '/ledger'])
        expect((await room.as(user, 'GET', `/v1/contracts/${id}${path}`)).json).toMatchObject({
          status: 404,
          code: 'not-found',
        })
    expect(
      (await room.market.call('GET', `/v1/contracts/${id}`, { token: 'sbx_nobodynobodynobodynobody' })).status,
    ).toBe(401)
    expect((await room.step('wrk_002', id, 'start')).status).toBe(404)
    expect((await room.as('opr_demo', 'GET', '/v1/contracts/ctr_none')).status).toBe(404)
  })

  it('take a step: the one whose it is, or an operator who says why', async () => {
    const { id } = await room.funded()
    expect((await room.step('cli_01', id, 'start')).json.code).toBe('forbidden')
    expect((await room.step('cli_01', id, 'deliver')).json.code).toBe('forbidden')
    expect((await room.step('opr_demo', id, 'start')).json.issues[0].path).toBe('reason')
    expect((await room.step('opr_demo', id, 'start', { reason: '代行' })).json.status).toBe('in-progress')
    await room.step('opr_demo', id, 'deliver', { reason: '代行' })
    expect((await room.step('wrk_001', id, 'accept')).json.code).toBe('forbidden')
    expect((await room.step('wrk_001', id, 'request-changes', { note: 'x' })).json.code).toBe('forbidden')
    expect((await room.step('opr_demo', id, 'accept', { reason: '代行' })).json.status).toBe('released')
  })

  it('propose: a client in good standing, to a worker who is not suspended', async () => {
    expect((await room.as('wrk_001', 'POST', '/v1/contracts', { body: {} })).json.code).toBe('forbidden')
    expect((await room.as('opr_demo', 'POST', '/v1/contracts', { body: {} })).json.code).toBe('forbidden')
    expect((await room.propose({ worker: 'wrk_suspended' })).json).toMatchObject({
      status: 403,
      code: 'standing',
      standing: 'suspended',
    })
    expect((await room.propose({ worker: 'wrk_nobody' })).status).toBe(404)
    expect((await room.propose({ worker: 'cli_01' })).status).toBe(404)
    await room.market.world.db.run(sql`update clients set standing = 'suspended' where id = 'cli_09'`)
    expect((await room.propose({}, { client: 'cli_09' })).json.code).toBe('standing')
  })

  it('not pay for a worker who was suspended meanwhile', async () => {
    const { json } = await room.propose({ worker: 'wrk_007' })
    await room.market.call('POST', '/demo/workers/wrk_007/standing', { body: { status: 'suspended' } })
    expect((await room.step('cli_01', json.id, 'fund')).json.code).toBe('standing')
  })

  it('not pay for a worker who was erased meanwhile', async () => {
    const { json } = await room.propose({ worker: 'wrk_020' })
    await room.market.call('POST', '/demo/workers/wrk_020/erase')
    expect((await room.step('cli_01', json.id, 'fund')).json).toMatchObject({ status: 410, code: 'worker-erased' })
    expect((await room.ledger(json.id)).funded).toBe(0)
  })

  it.each([
    [{ amount: 99 }, 'amount'],
    [{ amount: 10_000_001 }, 'amount'],
    [{ amount: 100.5 }, 'amount'],
    [{ category: 'plumbing' }, 'category'],
    [{ title: ' ' }, 'title'],
    [{ milestones: [{ title: 'a', amount: 9_999 }] }, 'milestones'],
    [{ milestones: [] }, 'milestones'],
    [{ milestones: Array.from({ length: 21 }, () => ({ title: 'a', amount: 500 })) }, 'milestones'],
    [
      {
        milestones: [
          { title: 'a', amount: 0 },
          { title: 'b', amount: 10_000 },
        ],
      },
      'milestones.0.amount',
    ],
  ])('not propose %j', async (change, path) => {
    const answer = await room.propose(change)
    expect(answer.status).toBe(422)
    expect(answer.json.issues.map((issue: { path: string }) => issue.path)).toContain(path)
  })
})

describe('proposals', () => {
  it('of one client stop at 20 in an hour, however many are made at once, and go on when it is over', async () => {
    const answers = await Promise.all(
      Array.from({ length: 120 }, () => room.propose({ title: '登録料のご案内' }, { client: 'cli_11' })),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(allowances.propose.known.hour)
    for (const { json, headers } of answers.filter(({ status }) => status !== 201)) {
      expect(json.code).toBe('rate-limited')
      expect(headers.get('Retry-After')).toBe(String(json.retryAfterSeconds))
      expect(json.retryAfterSeconds).toBeLessThanOrEqual(3_600)
    }
    expect((await room.propose({}, { client: 'cli_10' })).status).toBe(201)
    room.market.advance(3_600_000)
    expect((await room.propose({}, { client: 'cli_11' })).status).toBe(201)
  })
})

describe('the footing that contracts give', () => {
  it('is of money that reached a worker: what was cancelled, or never paid in, shows nothing', async () => {
    const { world } = room.market
    const [client, worker] = ['cli_13', 'wrk_041']
    for (let nth = 0; nth < 3; nth += 1) {
      const { json } = await room.propose({ worker }, { client })
      if (nth < 2) await room.step(client, json.id, 'fund')
      if (nth < 2) await room.step(client, json.id, 'cancel')
    }
    room.market.advance(DAY)
    await runTimers(world)
    const known = (await findClient(world.db, client)) as Client
    expect([await allowanceOf(world, known, 'propose'), await countPaid(world.db, worker)]).toEqual([
      allowances.propose.known,
      0,
    ])
  })
})

describe('a worker’s first contract', () => {
  it('is the one that was whole first, whichever was paid in before', async () => {
    const { world } = room.market
    const worker = 'wrk_043'
    const [paidFirst, takenFirst] = await Promise.all(
      ['cli_15', 'cli_16'].map(async (client) => (await room.propose({ worker }, { client })).json.id as string),
    )
    await room.step('cli_15', paidFirst ?? '', 'fund')
    room.market.advance(MINUTE)
    await room.step('cli_16', takenFirst ?? '', 'fund')
    const agreed = world.now()
    await room.step(worker, takenFirst ?? '', 'start')
    room.market.advance(MINUTE)
    await room.step(worker, paidFirst ?? '', 'start')
    expect(await world.db.all(firstContractOf(worker))).toMatchObject([{ id: takenFirst, agreed_at: agreed }])
    expect(await firstAgreements(world.db, [worker])).toEqual(new Map([[worker, agreed]]))
    const hirings = await hiringsSince(world.db, { category: 'business-admin', after: instant(0), limit: 100 })
    expect(hirings.filter(({ client }) => ['cli_15', 'cli_16'].includes(client)).map((one) => one.agreedAt)).toEqual(
      expect.arrayContaining([agreed, agreed + MINUTE]),
    )
  })

  it('is told to them once its money is in', async () => {
    const worker = 'wrk_044'
    const { json } = await room.propose({ worker }, { client: 'cli_17' })
    const notices = async () => (await room.as(worker, 'GET', '/v1/notifications')).json.notifications
    expect(await notices()).toEqual([])
    await room.step('cli_17', json.id, 'fund')
    expect(await notices()).toMatchObject([{ kind: 'contract-funded', contract: json.id, readAt: null }])
  })
})

describe('a contract for a job', () => {
  const post = async (client: string) => {
    const draft = {
      title: '名簿の入力',
      body: '住所録を表計算に写すお仕事です。一件ずつ確かめながら進めてください。',
      category: 'business-admin',
      pay: { type: 'fixed', amount: 10_000 },
      headcount: 1,
      welcomesNewcomers: false,
      closesAt: null,
    } as const
    const job = await postJob(room.market.world, { client, draft, anyway: true })
    if (!job.ok) throw new Error(job.problem.code)
    return job.value.id
  }
  it('stands on the profile of its worker under the title that the job had, whatever its client calls it later', async () => {
    const job = await post('cli_14')
    const { json } = await room.propose({ worker: 'wrk_042', job }, { client: 'cli_14' })
    await room.step('cli_14', json.id, 'fund')
    await room.step('wrk_042', json.id, 'start')
    await room.step('cli_14', json.id, 'release', {})
    await room.market.world.db.update(jobs).set({ title: 'この人には頼まないで' }).where(eq(jobs.id, job))
    const { concluded: shown } = await showWorkRecord(room.market.world, 'wrk_042')
    expect(shown.map(({ title }) => title)).toEqual(['名簿の入力'])
  })

  const stateOf = async (id: string) => (await findJob(room.market.world.db, id))?.state

  it('fills it once the money is in', async () => {
    const job = await post('cli_05')
    const { json } = await room.propose({ job }, { client: 'cli_05' })
    expect(json.job).toBe(job)
    expect(await stateOf(job)).not.toBe('filled')
    await room.step('cli_05', json.id, 'fund')
    expect(await stateOf(job)).toBe('filled')
    expect(
      (await room.as('cli_05', 'GET', `/v1/contracts?job=${job}`)).json.contracts.map(({ id }: { id: string }) => id),
    ).toEqual([json.id])
  })

  it('is the client’s own, and one that was not taken down', async () => {
    const job = await post('cli_05')
    for (const [client, id] of [
      ['cli_06', job],
      ['cli_05', 'job_none'],
    ] as const)
      expect((await room.propose({ job: id }, { client })).json).toMatchObject({
        status: 422,
        issues: [{ path: 'job' }],
      })
    await takeDownJob(room.market.world.db, job, null)
    expect((await room.propose({ job }, { client: 'cli_05' })).json).toMatchObject({
      code: 'wrong-state',
      state: 'taken-down',
    })
  })
})

describe('a list of contracts', () => {
  it('shows own ones, the newest first, page by page; an operator sees all', async () => {
    const ids: string[] = []
    for (let n = 0; n < 5; n++)
      ids.unshift((await room.propose({ worker: 'wrk_050', title: `第${n}` }, { client: 'cli_20' })).json.id)
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const page: { contracts: { id: string }[]; next: string | null } = (
        await room.as('wrk_050', 'GET', `/v1/contracts?limit=2${next ? `&after=${next}` : ''}`)
      ).json
      seen.push(...page.contracts.map((contract) => contract.id))
      next = page.next
    }
    expect(seen).toEqual(ids)
    expect((await room.as('cli_20', 'GET', '/v1/contracts?status=proposed')).json.contracts).toHaveLength(5)
    expect((await room.as('cli_21', 'GET', '/v1/contracts')).json).toEqual({ contracts: [], next: null })
    expect((await room.as('opr_demo', 'GET', '/v1/contracts?limit=100')).json.contracts.length).toBeGreaterThan(5)
    expect((await room.as('cli_20', 'GET', '/v1/contracts?after=***')).status).toBe(422)
    expect((await room.as('cli_20', 'GET', '/v1/contracts?after=YWJj')).json.issues[0].path).toBe('after')
  })
})

describe('the same request again', () => {
  /** Loses the kept answer, as a crash between the batch and the answer does. */
  const forgetAnswers = () => room.market.world.db.run(sql`delete from idempotency_keys`)

  it('makes no second contract, also when its answer was lost, and another payload is refused', async () => {
    const first = await room.propose({ title: '一度だけ' }, { key: 'k1', client: 'cli_03' })
    expect((await room.propose({ title: '一度だけ' }, { key: 'k1', client: 'cli_03' })).json).toEqual(first.json)
    expect((await room.propose({ title: '別のもの' }, { key: 'k1', client: 'cli_03' })).status).toBe(422)
    await forgetAnswers()
    await room.step('cli_03', first.json.id, 'fund')
    await room.market.call('POST', '/demo/workers/wrk_001/standing', { body: { status: 'suspended' } })
    const again = await room.propose({ title: '一度だけ' }, { key: 'k1', client: 'cli_03' })
    expect(again.status).toBe(201)
    expect(again.json).toEqual(first.json)
    await room.market.call('POST', '/demo/workers/wrk_001/standing', { body: { status: 'good' } })
    await forgetAnswers()
    expect((await room.propose({ title: '別のもの' }, { key: 'k1', client: 'cli_03' })).json.code).toBe(
      'idempotency-mismatch',
    )
    expect((await room.as('cli_03', 'GET', '/v1/contracts')).json.contracts).toHaveLength(1)
    // a key is a person's own
    expect((await room.propose({ title: '一度だけ' }, { key: 'k1', client: 'cli_04' })).json.id).not.toBe(first.json.id)
  })

  it('takes a step once, whenever it comes, and answers as the first time', async () => {
    const { id } = await room.funded()
    const first = await room.step('wrk_001', id, 'deliver', { note: 'a' }, 'd1')
    expect(first.status).toBe(200)
    for (let n = 0; n < 2; n++) {
      expect((await room.step('wrk_001', id, 'deliver', { note: 'a' }, 'd1')).json).toEqual(first.json)
      expect((await room.step('wrk_001', id, 'deliver', { note: 'b' }, 'd1')).json.code).toBe('idempotency-mismatch')
      await forgetAnswers()
    }
    const accepted = await room.step('cli_01', id, 'accept', {}, 'a1')
    await forgetAnswers()
    expect((await room.step('cli_01', id, 'accept', {}, 'a1')).json).toEqual(accepted.json)
    expect((await room.step('wrk_001', id, 'deliver', { note: 'a' }, 'd1')).json).toEqual(first.json)
    room.market.advance(3 * DAY)
    expect((await room.step('cli_01', id, 'accept', {}, 'a1')).json).toEqual(accepted.json)
    expect((await room.read(id)).version).toBe(accepted.json.version)
  })

  it('is taken once when it comes several times at once', async () => {
    const { id } = await room.funded()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => room.step('wrk_001', id, 'deliver', {}, 'together')),
    )
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
    expect(
      answers.filter(({ status }) => status !== 200).every(({ json }) => json.code === 'idempotency-in-flight'),
    ).toBe(true)
    expect((await room.read(id)).version).toBe(5)
  })
})
