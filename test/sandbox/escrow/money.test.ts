import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBalances } from '../../../src/sandbox/escrow/store.ts'
import { type ContractRoom, DAY, MINUTE, openContractRoom } from '../../support/sandbox/contract-room.ts'

let room: ContractRoom
beforeAll(async () => {
  room = await openContractRoom()
})
afterAll(() => room.close())

const balances = async () =>
  Object.fromEntries((await readBalances(room.market.world.db)).map(({ account, balance }) => [account, balance]))
const accepted = async (payment: Record<string, unknown> = {}) => {
  const { json } = await room.propose()
  const { payment: paid } = (await room.step('cli_01', json.id, 'fund', payment)).json
  if (paid.state === 'pending') await room.resolve(paid.transfer, 'succeeded')
  await room.step('wrk_001', json.id, 'deliver')
  return (await room.step('cli_01', json.id, 'accept')).json
}

describe('the books', () => {
  it('follow the money from the client to the worker', async () => {
    const { id } = await accepted()
    const { entries } = await room.ledger(id)
    expect(
      entries.map(({ kind, account, debit, credit }: Record<string, unknown>) => [kind, account, debit, credit]),
    ).toEqual([
      ['payment', 'payment-provider', 10_000, 0],
      ['payment', 'client:cli_01', 0, 10_000],
      ['hold', 'client:cli_01', 10_000, 0],
      ['hold', `escrow:${id}`, 0, 10_000],
      ['release', `escrow:${id}`, 10_000, 0],
      ['release', 'worker:wrk_001', 0, 9_000],
      ['release', 'fee', 0, 1_000],
      ['payout', 'worker:wrk_001', 9_000, 0],
      ['payout', 'payment-provider', 0, 9_000],
    ])
    expect(await balances()).toMatchObject({
      'payment-provider': 1_000,
      fee: -1_000,
      'worker:wrk_001': 0,
      'client:cli_01': 0,
      [`escrow:${id}`]: 0,
    })
  })

  it('cannot be changed, nor what happened, nor a transfer that was resolved', async () => {
    await accepted()
    const { db } = room.market.world
    for (const statement of [
      sql`update ledger_entries set debit = debit + 1 where debit > 0`,
      sql`delete from ledger_entries`,
      sql`update contract_events set actor = 'x'`,
      sql`delete from contract_events`,
      sql`update transfers set state = 'failed' where state = 'succeeded'`,
      sql`update transfers set state = 'pending'`,
      sql`delete from transfers`,
      sql`insert into transfers (id, contract, kind, party, amount, method, state, attempt, created_at) select 'trf_x', contract, kind, party, amount, method, 'succeeded', 1, 1 from transfers limit 1`,
      sql`insert into ledger_entries (id, txn, contract, kind, account, debit, credit, at) select 'ent_x', 'txn_x', contract, kind, account, 1, 1, 1 from ledger_entries limit 1`,
    ])
      await expect(db.run(statement)).rejects.toThrow()
  })
})

describe('a payment', () => {
  const pending = async () => {
    const { json } = await room.propose()
    return (await room.step('cli_01', json.id, 'fund', { paymentMethod: 'bank-transfer' })).json
  }

  it('that is declined leaves the contract proposed, and another may be tried', async () => {
    const { json } = await room.propose()
    expect((await room.step('cli_01', json.id, 'fund', { paymentMethod: 'declined' })).json).toMatchObject({
      status: 'proposed',
      version: 3,
      funded: 0,
      payment: { state: 'failed' },
    })
    expect((await room.ledger(json.id)).entries).toEqual([])
    expect((await room.step('cli_01', json.id, 'fund')).json).toMatchObject({ status: 'funded', version: 5 })
    expect((await room.ledger(json.id)).transfers.map(({ state }: { state: string }) => state)).toEqual([
      'failed',
      'succeeded',
    ])
  })

  it('by bank is pending until it is resolved, once', async () => {
    const contract = await pending()
    expect(contract).toMatchObject({
      status: 'proposed',
      held: 0,
      payment: { state: 'pending', method: 'bank-transfer' },
    })
    expect((await room.step('cli_01', contract.id, 'fund')).json.code).toBe('wrong-state')
    const { transfer } = contract.payment
    const [first, second] = await Promise.all([
      room.resolve(transfer, 'succeeded'),
      room.resolve(transfer, 'succeeded'),
    ])
    expect([first.json.state, second.json.state]).toEqual(['succeeded', 'succeeded'])
    expect((await room.resolve(transfer, 'failed')).json).toMatchObject({ status: 409, code: 'already-done' })
    expect(await room.read(contract.id)).toMatchObject({
      status: 'funded',
      version: 3,
      funded: 10_000,
      payment: { state: 'succeeded' },
    })
    expect((await room.ledger(contract.id)).entries).toHaveLength(4)
    expect((await room.resolve('trf_none', 'failed')).status).toBe(404)
    expect((await room.resolve(transfer, 'maybe')).status).toBe(422)
  })

  it('that two processes are told of at once is taken once', async () => {
    const contract = await pending()
    const answers = await Promise.all(
      ['succeeded', 'failed', 'succeeded', 'failed'].map((outcome) => room.resolve(contract.payment.transfer, outcome)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409])
    expect((await room.read(contract.id)).version).toBe(3)
  })

  it('that fails leaves the contract proposed', async () => {
    const contract = await pending()
    await room.resolve(contract.payment.transfer, 'failed')
    expect(await room.read(contract.id)).toMatchObject({ status: 'proposed', payment: { state: 'failed' } })
  })

  it.each([
    ['the deadline', async () => room.market.advance(15 * MINUTE), 'expired'],
    ['a cancellation', async (id: string) => void (await room.step('cli_01', id, 'cancel')), 'cancelled'],
  ] as const)('that comes after %s goes back by new entries', async (_name, end, status) => {
    const contract = await pending()
    await end(contract.id)
    await room.resolve(contract.payment.transfer, 'succeeded')
    expect(await room.read(contract.id)).toMatchObject({
      status,
      funded: 10_000,
      refunded: 10_000,
      held: 0,
      fundedAt: null,
    })
    const { transfers } = await room.ledger(contract.id)
    expect(transfers).toMatchObject([
      { kind: 'payment', state: 'succeeded' },
      { kind: 'refund', party: 'cli_01', amount: 10_000, state: 'pending' },
    ])
    const before = (await balances())['client:cli_01'] as number
    await room.resolve(transfers[1].id, 'succeeded')
    expect((await balances())['client:cli_01']).toBe(before + 10_000)
    expect((await room.resolve(contract.payment.transfer, 'succeeded')).json.state).toBe('succeeded')
  })

  it('that comes one millisecond before the deadline is in time', async () => {
    const contract = await pending()
    room.market.advance(15 * MINUTE - 1)
    await room.resolve(contract.payment.transfer, 'succeeded')
    expect((await room.read(contract.id)).status).toBe('funded')
  })
})

describe('a payout', () => {
  it('that fails is tried again as another transfer, and the worker’s money stays booked', async () => {
    const contract = await accepted({ paymentMethod: 'bank-transfer' })
    const owed = async () => 0 - ((await balances())['worker:wrk_001'] as number)
    const before = await owed()
    expect(contract.status).toBe('released')
    const last = async () => (await room.ledger(contract.id)).transfers.at(-1)
    const first = await last()
    expect(first).toMatchObject({ kind: 'payout', amount: 9_000, state: 'pending', attempt: 1 })
    const answers = await Promise.all([room.resolve(first.id, 'failed'), room.resolve(first.id, 'failed')])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const second = await last()
    expect(second).toMatchObject({ state: 'pending', attempt: 2, retryOf: first.id, amount: 9_000 })
    expect(await owed()).toBe(before)
    await room.resolve(second.id, 'succeeded')
    expect(await owed()).toBe(before - 9_000)
    expect((await room.ledger(contract.id)).transfers).toHaveLength(3)
    expect((await room.resolve(first.id, 'succeeded')).status).toBe(409)
  })

  it('is none where the fee takes all of it', async () => {
    const { id } = await room.funded({ amount: 100 })
    await room.step('wrk_001', id, 'start')
    for (let n = 0; n < 10; n++) await room.step('cli_01', id, 'release', { amount: 1 })
    const books = await room.ledger(id)
    expect(books).toMatchObject({ released: 9, fee: 1, held: 90 })
    expect(books.transfers.filter(({ kind }: { kind: string }) => kind === 'payout')).toHaveLength(9)
  })
})

describe('all books together', () => {
  it('balance, with nothing negative', async () => {
    room.market.advance(100 * DAY)
    await room.wait(1_000)
    const all = await balances()
    const sheet = (await room.as('opr_demo', 'GET', '/v1/escrow/balances')).json
    expect(sheet.debits).toBe(sheet.credits)
    expect(sheet.accounts.map(({ kind }: { kind: string }) => kind)).toEqual([
      'client',
      'escrow',
      'fee',
      'payment-provider',
      'worker',
    ])
    expect(sheet.accounts.reduce((sum: number, { balance }: { balance: number }) => sum + balance, 0)).toBe(0)
    expect((await room.as('cli_01', 'GET', '/v1/escrow/balances')).json.code).toBe('forbidden')
    expect(Object.values(all).reduce((sum, balance) => sum + balance, 0)).toBe(0)
    for (const [account, balance] of Object.entries(all))
      expect(account === 'payment-provider' ? balance : 0 - balance, account).toBeGreaterThanOrEqual(0)
  })
})
