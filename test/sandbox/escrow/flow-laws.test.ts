import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { heldOf } from '../../../src/sandbox/escrow/contract.ts'
import { rebuild } from '../../../src/sandbox/escrow/evolve.ts'
import { entriesOf, eventsOf, findContract, readBalances, transfersOf } from '../../../src/sandbox/escrow/store.ts'
import { fireContractTimers } from '../../../src/sandbox/flows/fire-contract-timers.ts'
import { cases } from '../../support/cases.ts'
import { type ContractRoom, DAY, openContractRoom } from '../../support/sandbox/contract-room.ts'

let room: ContractRoom
beforeAll(async () => {
  room = await openContractRoom()
})
afterAll(() => room.close())

const LAST = 60 * DAY

const move = fc.record({
  user: fc.constantFrom('cli_01', 'cli_01', 'wrk_001', 'wrk_001', 'opr_demo', 'cli_02'),
  step: fc.constantFrom(
    'fund',
    'start',
    'deliver',
    'deliver',
    'deliver',
    'request-changes',
    'request-changes',
    'accept',
    'release',
    'cancel',
    'dispute',
    'decide',
    'correct',
    'resolve',
  ),
  milestone: fc.option(fc.nat({ max: 2 }), { nil: undefined, freq: 3 }),
  part: fc.double({ min: 0, max: 1, noNaN: true }),
  method: fc.constantFrom('card', 'card', 'card', 'bank-transfer', 'declined'),
  outcome: fc.constantFrom('succeeded', 'succeeded', 'failed'),
  pause: fc.oneof(
    fc.integer({ min: 0, max: 120_000 }),
    fc.integer({ min: 0, max: 120_000 }),
    fc.integer({ min: 0, max: 8 * DAY }),
    fc.integer({ min: 0, max: 70 * DAY }),
  ),
  again: fc.constantFrom('no', 'no', 'same', 'other', 'answer-lost'),
  timers: fc.boolean(),
})
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never

const story = fc.record({
  amounts: fc.array(fc.integer({ min: 100, max: 40_000 }), { minLength: 1, maxLength: 3 }),
  moves: fc.array(move, { minLength: 3, maxLength: 14 }),
})

let keys = 0

function bodyOf(
  { step, milestone, part, method }: Move,
  contract: { milestones: { id: string }[]; held: number; fee: number; amount: number },
) {
  const named = milestone === undefined ? {} : { milestone: contract.milestones[milestone]?.id }
  const toWorker = Math.round(contract.held * part)
  const more: Record<string, object> = {
    fund: { paymentMethod: method },
    release: { ...named, amount: Math.max(1, Math.round(contract.amount * part * 0.4)) },
    deliver: named,
    accept: named,
    'request-changes': { ...named, note: 'x' },
    dispute: { note: 'x' },
    decide: { releaseToWorker: toWorker, refundToClient: contract.held - toWorker },
    correct: { to: part < 0.5 ? 'worker' : 'client', amount: Math.max(1, Math.round(contract.fee * part)) },
  }
  return { ...more[step], reason: 'r' }
}

/** Does a step, and then the same or another request under the same key. */
async function takeStep(id: string, move: Move): Promise<void> {
  const contract = await room.read(id)
  const body = bodyOf(move, contract)
  keys += 1
  const key = `key-${keys}`
  const first = await room.step(move.user, id, move.step, body, key)
  expect(first.status, first.text).toBeLessThan(500)
  if (first.status !== 200 || move.again === 'no') return
  const { version } = await room.read(id)
  expect(first.json.version).toBe(version)
  if (move.again === 'answer-lost') await room.market.world.db.run(sql`delete from idempotency_keys`)
  const again = await room.step(
    move.user,
    id,
    move.step,
    move.again === 'other' ? { ...body, reason: 'another' } : body,
    key,
  )
  if (move.again === 'other') expect(again.json).toMatchObject({ status: 422, code: 'idempotency-mismatch' })
  else expect(again.json).toEqual(first.json)
  expect((await room.read(id)).version).toBe(version)
}

async function resolvePending(id: string, { outcome, part }: Move): Promise<void> {
  const pending = (await transfersOf(room.market.world.db, id)).filter(({ state }) => state === 'pending')
  const transfer = pending[Math.floor(part * pending.length)] ?? pending[0]
  if (!transfer) return
  expect((await room.resolve(transfer.id, outcome)).status).toBe(200)
  expect((await room.resolve(transfer.id, outcome === 'failed' ? 'succeeded' : 'failed')).status).toBe(409)
  expect((await transfersOf(room.market.world.db, id)).find((other) => other.id === transfer.id)?.state).toBe(outcome)
}

async function holdsItsLaws(id: string): Promise<void> {
  const { db } = room.market.world
  const contract = await findContract(db, id)
  if (!contract) throw new Error('the contract is gone')
  const events = await eventsOf(db, id)
  const entries = await entriesOf(db, id)
  expect(rebuild(events)).toEqual(contract)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, nth) => nth + 1))
  expect(contract.version).toBe(events.length)
  expect(entries.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0)
  for (const lines of Map.groupBy(entries, ({ transaction }) => transaction).values())
    expect(lines.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0)
  const credited = (account: string) =>
    entries.filter((entry) => entry.account === account).reduce((sum, { debit, credit }) => sum + credit - debit, 0)
  expect(credited(`escrow:${id}`)).toBe(heldOf(contract))
  expect(credited('fee')).toBe(contract.fee)
  // what is owed and not yet paid is what transfers are on their way with
  const onTheirWay = (await transfersOf(db, id)).filter(({ state }) => state === 'pending')
  for (const kind of ['payout', 'refund'] as const) {
    const owed = onTheirWay.filter((transfer) => transfer.kind === kind).reduce((sum, { amount }) => sum + amount, 0)
    expect(credited(kind === 'payout' ? `worker:${contract.worker}` : `client:${contract.client}`)).toBe(owed)
  }
  for (const milestone of contract.milestones) {
    const rest = milestone.amount - milestone.released - milestone.refunded
    if (milestone.firstDeliveredAt !== null && milestone.firstDeliveredAt + LAST <= room.market.world.now())
      expect(rest).toBe(0)
  }
  let disputed = false
  for (const { type, at } of events) {
    if (disputed) expect(['decided', 'corrected']).toContain(type)
    if (type === 'disputed') disputed = true
    if (type === 'decided') disputed = false
    const first = contract.firstDeliveredAt
    if (type === 'released' && first !== null && contract.milestones.length === 1)
      expect(at).toBeLessThanOrEqual(first + LAST)
  }
}

describe('the real flows on a real database', () => {
  it('keep the laws whatever people ask, again and again, at any time', async () => {
    const ends = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(story, async ({ amounts, moves }) => {
        const amount = amounts.reduce((sum, part) => sum + part, 0)
        const proposal = { amount, milestones: amounts.map((part) => ({ title: 'a', amount: part })) }
        const { json } = await room.propose(proposal)
        if (moves.length % 4 !== 0) await room.step('cli_01', json.id, 'fund')
        for (const each of moves) {
          room.market.advance(each.pause)
          if (each.timers) await fireContractTimers(room.market.world)
          if (each.step === 'resolve') await resolvePending(json.id, each)
          else await takeStep(json.id, each)
        }
        await fireContractTimers(room.market.world)
        await holdsItsLaws(json.id)
        const { status } = await room.read(json.id)
        ends.set(status, (ends.get(status) ?? 0) + 1)
      }),
      { numRuns: cases(60, 2) },
    )
    expect(ends.size).toBeGreaterThan(3)
    const balances = await readBalances(room.market.world.db)
    expect(balances.reduce((sum, { balance }) => sum + balance, 0)).toBe(0)
    for (const { account, balance } of balances)
      expect(account === 'payment-provider' ? balance : 0 - balance, account).toBeGreaterThanOrEqual(0)
  })
})
