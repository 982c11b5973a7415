import { afterAll, beforeAll, expect, it } from 'vitest'
import { runTimers } from '../../../src/sandbox/flows/run-timers.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { clientReview, DAY, type ReviewRoom, reviewRoom, workerReview } from '../../support/sandbox/review-room.ts'

let market: Market
let room: ReviewRoom
beforeAll(async () => {
  market = await openMarket()
  room = reviewRoom(market)
})
afterAll(() => market.close())

const act = async (user: string, contract: string, step: string, body: unknown = {}) => {
  const answer = await room.as(user, 'POST', `/v1/contracts/${contract}/${step}`, body)
  expect(`${step} ${answer.status} ${answer.text}`).toContain(`${step} 200`)
}
const paid = async (client: string, worker: string): Promise<string> => {
  const proposal = await room.as(client, 'POST', '/v1/contracts', {
    worker,
    title: '請求書の入力',
    category: 'business-admin',
    amount: 10_000,
  })
  expect(proposal.status).toBe(201)
  const id = proposal.json.id ?? proposal.json.contract
  await act(client, id, 'fund', { paymentMethod: 'card' })
  await act(worker, id, 'start')
  await act(worker, id, 'deliver')
  expect((await room.review(client, id, clientReview())).json.code).toBe('wrong-state')
  await act(client, id, 'accept')
  return id
}
const known = async (worker: string) => (await room.aggregates(`?worker=${worker}`)).json

it('a newcomer’s first contract ends in reviews that count, until its money is given back', async () => {
  const contract = await paid('cli_01', 'wrk_003')
  expect((await room.review('cli_01', contract, clientReview({ rest: 5 }))).status).toBe(201)
  expect((await room.review('wrk_003', contract, workerReview())).status).toBe(201)
  expect(await known('wrk_003')).toMatchObject({ revealed: { count: 1, clients: 1, axes: { skill: 5 } }, version: 1 })
  await act('opr_demo', contract, 'correct', { to: 'client', amount: 100, reason: 'fee returned' })
  expect(await known('wrk_003')).toMatchObject({ revealed: { count: 0 }, version: 2 })
})

it('five clients later the hidden answers leave as one', async () => {
  for (const client of ['cli_01', 'cli_02', 'cli_03', 'cli_04', 'cli_05'])
    await room.review(client, await paid(client, 'wrk_005'), clientReview({ again: 9 }))
  expect((await known('wrk_005')).hidden).toBeNull()
  market.advance(30 * DAY)
  room.forgetSessions()
  await runTimers(market.world)
  expect(await known('wrk_005')).toMatchObject({ hidden: { n: 5, againMean: 9, batches: 1 } })
})
