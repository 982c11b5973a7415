import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { calls } from '../../../src/sandbox/api/calls.ts'
import type { Contract } from '../../../src/sandbox/escrow/contract.ts'
import { drainSandbox } from '../../../src/sandbox/flows/drain-sandbox.ts'
import { runTimers } from '../../../src/sandbox/flows/run-timers.ts'
import { hiddenAnswers, hiddenReads, reviews } from '../../../src/sandbox/review/tables.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { clientReview, type ReviewRoom, reviewRoom, workerReview } from '../../support/sandbox/review-room.ts'

let market: Market
let room: ReviewRoom
beforeAll(async () => {
  market = await openMarket()
  room = reviewRoom(market)
})
afterAll(() => market.close())

const readsOf = async (): Promise<
  { id: string; operator: string; kind: string; contracts: string[]; reason: string; at: string }[]
> => (await room.as('opr_demo', 'GET', '/v1/audit/hidden-answers?limit=100')).json.reads
const ask = (user: string, contract: string, query = '?reason=safety%20check') =>
  room.as(user, 'GET', `/v1/contracts/${contract}/hidden-answers${query}`)

describe('hidden answers', () => {
  let contract: Contract
  beforeAll(async () => {
    contract = await room.settle()
    await room.reviewBoth(
      contract,
      clientReview({ again: 2, safe: 'unsure', note: 'call me' }),
      workerReview({ again: 7 }),
    )
  })

  it('are read by an operator with a reason, and the reading is written down', async () => {
    const answer = await ask('opr_demo', contract.id)
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    expect(answer.json).toMatchObject({
      contract: contract.id,
      answers: [
        { side: 'client', again: 2, safe: 'unsure', note: 'call me' },
        { side: 'worker', again: 7, safe: 'yes', note: '' },
      ],
    })
    expect((await readsOf())[0]).toEqual({
      id: answer.json.audit,
      operator: 'opr_demo',
      kind: 'answers',
      contracts: [contract.id],
      reason: 'safety check',
      at: new Date(market.clock.now).toISOString(),
    })
    await ask('opr_second', contract.id, '?reason=again')
    expect((await readsOf()).slice(0, 2).map(({ operator }) => operator)).toEqual(['opr_second', 'opr_demo'])
  })

  it.each(['', '?reason=', '?reason=%20%20', `?reason=${'a'.repeat(201)}`])(
    'are not read without a reason of 1 to 200 characters: %s',
    async (query) => {
      const before = (await readsOf()).length
      expect((await ask('opr_demo', contract.id, query)).json).toMatchObject({
        code: 'malformed',
        issues: [{ path: 'reason' }],
      })
      expect((await readsOf()).length).toBe(before)
    },
  )

  it('are nobody else’s, not even one’s own', async () => {
    const before = (await readsOf()).length
    for (const user of ['cli_01', 'wrk_001', 'cli_02', 'wrk_002']) {
      expect((await ask(user, contract.id)).status).toBe(403)
      expect((await room.as(user, 'GET', '/v1/audit/hidden-answers')).status).toBe(403)
      expect((await room.as(user, 'GET', '/v1/operators/review-worklist')).status).toBe(403)
      expect(
        (await room.as(user, 'POST', `/v1/operators/review-worklist/${contract.id}/done`, { note: 'x' })).status,
      ).toBe(403)
    }
    for (const scope of ['reviews:read', 'moderation:write', 'escrow:read'])
      for (const path of [
        `/v1/contracts/${contract.id}/hidden-answers?reason=x`,
        '/v1/audit/hidden-answers',
        '/v1/operators/review-worklist',
      ])
        expect(
          (await market.call('GET', path, { token: await market.plugin.serviceToken({ claims: { scope } }) })).status,
        ).toBe(401)
    expect((await ask('opr_demo', 'ctr_nowhere')).status).toBe(404)
    expect((await readsOf()).length).toBe(before)
  })

  it('are not given when the reading cannot be written down', async () => {
    await market.world.db.run(
      sql`CREATE TRIGGER no_audit BEFORE INSERT ON hidden_reads BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    )
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => {})
    const answer = await ask('opr_demo', contract.id)
    quiet.mockRestore()
    await market.world.db.run(sql`DROP TRIGGER no_audit`)
    expect(answer.status).toBe(500)
    expect(answer.text).not.toContain('call me')
  })

  it('and what was read of them cannot be changed', async () => {
    const { db } = market.world
    await expect(
      db.update(hiddenAnswers).set({ again: 10 }).where(eq(hiddenAnswers.contract, contract.id)),
    ).rejects.toThrow()
    await expect(db.update(reviews).set({ quality: 5 }).where(eq(reviews.contract, contract.id))).rejects.toThrow()
    await expect(db.update(hiddenReads).set({ operator: 'nobody' })).rejects.toThrow()
    await expect(db.delete(hiddenReads)).rejects.toThrow()
  })

  it('are read in pages of the log', async () => {
    for (let nth = 0; nth < 5; nth++) await ask('opr_demo', contract.id, `?reason=nth-${nth}`)
    const first = (await room.as('opr_demo', 'GET', '/v1/audit/hidden-answers?limit=3')).json
    const second = (await room.as('opr_demo', 'GET', `/v1/audit/hidden-answers?limit=3&after=${first.next}`)).json
    expect([...first.reads, ...second.reads].slice(0, 5).map(({ reason }) => reason)).toEqual([
      'nth-4',
      'nth-3',
      'nth-2',
      'nth-1',
      'nth-0',
    ])
  })
})

describe('the worklist', () => {
  const list = async (query = '') => (await room.as('opr_demo', 'GET', `/v1/operators/review-worklist${query}`)).json
  const done = (contract: string, body: unknown = { note: 'spoke with both' }, key?: string) =>
    room.as('opr_second', 'POST', `/v1/operators/review-worklist/${contract}/done`, body, key)

  it('shows where hidden answers contradict the stars and how, worst first, not what was answered; looking at it is written down', async () => {
    const [unsafe, never, fine] = [await room.settle(), await room.settle(), await room.settle()]
    await room.review('cli_01', never.id, clientReview({ rest: 5, again: 3, note: 'secret-note' }))
    await room.review('cli_01', unsafe.id, clientReview({ rest: 5, again: 9, safe: 'no', note: 'secret-note' }))
    await room.review('cli_01', fine.id, clientReview({ rest: 5, again: 9 }))
    const answer = await room.as('opr_demo', 'GET', '/v1/operators/review-worklist?reason=morning%20round')
    expect(
      answer.json.entries.map(({ contract, side, kind }: { contract: string; side: string; kind: string }) => [
        contract,
        side,
        kind,
      ]),
    ).toEqual([
      [unsafe.id, 'client', 'praised-but-unsafe'],
      [never.id, 'client', 'praised-but-never-again'],
    ])
    for (const secret of ['secret-note', '"again"', '"safe"', '"score"']) expect(answer.text).not.toContain(secret)
    expect((await readsOf())[0]).toMatchObject({
      operator: 'opr_demo',
      kind: 'worklist',
      contracts: [unsafe.id, never.id],
      reason: 'morning round',
    })
  })

  it('comes in pages', async () => {
    const whole = (await list()).entries
    const first = await list('?limit=1')
    const second = await list(`?limit=1&after=${first.next}`)
    expect([...first.entries, ...second.entries]).toEqual(whole)
    expect((await readsOf()).slice(0, 2).map(({ contracts }) => contracts)).toEqual([
      [second.entries[0].contract],
      [first.entries[0].contract],
    ])
  })

  it('is settled by an operator, once, with a note', async () => {
    const [entry] = (await list()).entries
    expect((await done(entry.contract, {})).json).toMatchObject({ code: 'malformed', issues: [{ path: 'note' }] })
    const first = await done(entry.contract, { note: 'spoke with both' }, 'done-1')
    expect(first.json).toEqual({ contract: entry.contract, settled: 1 })
    expect((await done(entry.contract, { note: 'spoke with both' }, 'done-1')).json).toEqual(first.json)
    expect((await done(entry.contract)).json.code).toBe('already-done')
    expect((await list()).entries.map(({ contract }: { contract: string }) => contract)).not.toContain(entry.contract)
    expect((await done('ctr_nowhere')).status).toBe(404)
  })

  it('opens again for the other side’s review', async () => {
    const contract = await room.settle()
    await room.review('cli_01', contract.id, clientReview({ rest: 1, again: 10 }))
    await done(contract.id)
    await room.review('wrk_001', contract.id, workerReview({ rest: 5, safe: 'no' }))
    expect((await list()).entries[0]).toMatchObject({
      contract: contract.id,
      side: 'worker',
      kind: 'praised-but-unsafe',
    })
  })

  it('is settled once when two operators are at it at once', async () => {
    const contract = await room.settle()
    await room.review('cli_01', contract.id, clientReview({ rest: 5, again: 0 }))
    const answers = await Promise.all([1, 2, 3].map(() => done(contract.id)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })
})

describe('the secret of a hidden note', () => {
  const MARKER = 'MARKER-秘密-7f3a'

  it('is in no answer, page, event or other table, whoever asks', async () => {
    const contract = await room.settle({ client: 'cli_11', worker: 'wrk_011' })
    const body = clientReview({ rest: 5, again: 1, safe: 'no', note: MARKER })
    const said: string[] = []
    const take = async (answer: Promise<{ text: string }>) => void said.push((await answer).text)
    await take(room.review('cli_11', contract.id, { ...body, hidden: { ...body.hidden, again: MARKER } }))
    await take(room.review('cli_11', contract.id, body, 'marker-1'))
    await take(room.review('cli_11', contract.id, body, 'marker-1'))
    await take(room.review('cli_11', contract.id, body))
    await take(room.review('wrk_011', contract.id, { ...workerReview({ rest: 5, safe: 'no', note: MARKER }) }))
    const review = (await room.as('cli_11', 'GET', `/v1/contracts/${contract.id}/reviews`)).json.reviews.client.review
      .id
    await take(room.as('wrk_011', 'POST', `/v1/reviews/${review}/reply`, { text: 'thanks' }))
    await runTimers(market.world)
    await drainSandbox(market.world)

    const fill = (path: string) => {
      const id = path.includes('/workers/') ? 'wrk_011' : path.includes('/reviews/{id}') ? review : contract.id
      return path.replace(/\{(\w+)\}/g, (_, name: string) =>
        name === 'worker' ? 'wrk_011' : name === 'id' || name === 'contract' ? id : 'x',
      )
    }
    const callers = [undefined, 'cli_11', 'wrk_011', 'cli_01', 'wrk_001', 'opr_demo']
    const queries = ['', '?worker=wrk_011', '?category=business-admin&limit=100', '?lang=en']
    const reads = calls.filter(({ method }) => method === 'get').map(({ path }) => path)
    let visited = 0
    for (const path of [
      ...reads,
      '/',
      '/workers',
      '/workers/wrk_011',
      '/ranking',
      '/openapi.json',
      '/jobs',
      `/contracts/${contract.id}`,
      '/operators',
    ])
      for (const user of callers)
        for (const query of queries) {
          if (user === 'opr_demo' && path.endsWith('/hidden-answers') && path.includes('contracts')) continue
          visited += 1
          await take(
            user === undefined
              ? market.call('GET', `${fill(path)}${query}`, { token: 'none' })
              : room.as(user, 'GET', `${fill(path)}${query}`),
          )
        }
    const scopes = 'standing:read escrow:read reviews:read moderation:write contracts:write'
    for (const path of reads)
      for (const query of queries)
        await take(
          market.call('GET', `${fill(path)}${query}`, {
            token: await market.plugin.serviceToken({ claims: { scope: scopes } }),
          }),
        )
    for (const { body: letter } of market.plugin.deliveries) said.push(letter)
    expect(visited).toBeGreaterThan(200)
    expect(said.filter((text) => text.includes(MARKER))).toEqual([])
    expect(said.some((text) => text.includes('thanks'))).toBe(true)
    expect((await ask('opr_demo', contract.id)).text).toContain(MARKER)

    const tables = await market.world.db.all<{ name: string }>(
      sql`SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`,
    )
    const holding = []
    for (const { name } of tables)
      if (JSON.stringify(await market.world.db.all(sql.raw(`SELECT * FROM "${name}"`))).includes(MARKER))
        holding.push(name)
    expect(holding).toEqual(['hidden_answers'])
  })
})
