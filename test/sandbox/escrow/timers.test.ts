import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../src/kernel/instant.ts'
import { lastPaymentAt } from '../../../src/sandbox/escrow/next-timer.ts'
import { fireContractTimers } from '../../../src/sandbox/flows/fire-contract-timers.ts'
import { takeContractStep } from '../../../src/sandbox/flows/take-contract-step.ts'
import type { SandboxWorld } from '../../../src/sandbox/sandbox-world.ts'
import { type ContractRoom, DAY, MINUTE, openContractRoom } from '../../support/sandbox/contract-room.ts'

let room: ContractRoom
beforeAll(async () => {
  room = await openContractRoom()
})
afterAll(() => room.close())

/** The end of the 60th day in Japan, a delivery's own day being the first. */
const lastPayment = (delivered: string) => {
  const day = new Date(Date.parse(delivered) + 9 * 3_600_000).toISOString().slice(0, 10)
  return new Date(Date.parse(`${day}T00:00:00+09:00`) + 60 * DAY - 1).toISOString()
}
const fire = () => fireContractTimers(room.market.world)
const delivered = async (change: Record<string, unknown> = {}) => {
  const { id } = await room.funded(change)
  return (await room.step('wrk_001', id, 'deliver')).json
}

describe('a timer fires at its time to the millisecond', () => {
  it.each([
    ['payment', 15 * MINUTE, async () => (await room.propose()).json, 'expired'],
    ['auto-accept', 7 * DAY, () => delivered(), 'released'],
    ['auto-cancel', 75 * DAY, () => room.funded(), 'cancelled'],
    [
      'dispute',
      60 * DAY,
      async () => {
        const { id } = await room.funded()
        await room.step('wrk_001', id, 'start')
        return (await room.step('cli_01', id, 'dispute', { note: '連絡がつかない' })).json
      },
      'decided',
    ],
  ] as const)('%s', async (kind, after, make, end) => {
    const contract = await make()
    const due = new Date(room.market.world.now() + after).toISOString()
    expect(contract.timer).toEqual({ kind, at: due })
    room.market.advance(after - 1)
    expect(await fire()).toBe(0)
    expect((await room.read(contract.id)).status).toBe(contract.status)
    room.market.advance(1)
    expect(await fire()).toBe(1)
    expect(await fire()).toBe(0)
    expect(await room.read(contract.id)).toMatchObject({ status: end, held: 0, settledAt: due })
  })

  it('pay-by, at the end of the 60th day in Japan, the day of the delivery being the first', async () => {
    for (const [delivery, last] of [
      ['2030-03-31T14:59:59.999Z', '2030-05-29T14:59:59.999Z'],
      ['2030-04-01T03:00:00.000Z', '2030-05-30T14:59:59.999Z'],
      ['2030-04-01T14:59:59.999Z', '2030-05-30T14:59:59.999Z'],
      ['2030-04-01T15:00:00.000Z', '2030-05-31T14:59:59.999Z'],
    ] as const)
      expect(lastPaymentAt(instant(Date.parse(delivery)))).toBe(Date.parse(last))
    const { id } = await delivered()
    const contract = (await room.step('cli_01', id, 'request-changes', { note: 'x' })).json
    const due = lastPayment(contract.firstDeliveredAt)
    expect(contract.timer).toEqual({ kind: 'pay-by', at: due })
    room.market.advance(Date.parse(due) - room.market.world.now() - 1)
    expect(await fire()).toBe(0)
    room.market.advance(1)
    expect(await fire()).toBe(1)
    expect(await room.read(id)).toMatchObject({ status: 'released', held: 0, settledAt: due })
  })

  it('at its own time also when nobody looks until much later', async () => {
    const contract = await delivered()
    room.market.advance(300 * DAY)
    await fire()
    expect((await room.read(contract.id)).settledAt).toBe(contract.timer.at)
  })

  it('before a command that comes at its time or later, though no timer was run', async () => {
    const { json } = await room.propose()
    room.market.advance(15 * MINUTE)
    expect((await room.step('cli_01', json.id, 'fund')).json).toMatchObject({ code: 'wrong-state', state: 'expired' })
    const contract = await delivered()
    room.market.advance(7 * DAY - 1)
    expect((await room.step('cli_01', contract.id, 'request-changes', { note: 'ぎりぎり' })).status).toBe(200)
    const other = await delivered()
    room.market.advance(7 * DAY)
    expect((await room.step('cli_01', other.id, 'request-changes', { note: '遅い' })).json.state).toBe('released')
  })

  it('before a command during which it falls due', async () => {
    const { id } = await delivered()
    room.market.advance(7 * DAY - 1)
    let asked = 0
    // time passes between the first look at what is due and the judgement
    const world: SandboxWorld = {
      ...room.market.world,
      now: () => instant(room.market.world.now() + (asked++ === 0 ? 0 : 1)),
    }
    const late = await takeContractStep(world, {
      contract: id,
      person: { id: 'cli_01', role: 'client', name: '' },
      act: { type: 'request-changes', note: '遅い' },
    })
    expect(late).toMatchObject({ ok: false, problem: { code: 'wrong-state', state: 'released' } })
  })

  it('when the test clock is moved by its door', async () => {
    const { json } = await room.propose()
    const { fired } = await room.wait(15 * MINUTE)
    expect(fired).toBeGreaterThan(0)
    expect((await room.read(json.id)).status).toBe('expired')
  })
})

describe('acceptance', () => {
  it('is counted from the last delivery', async () => {
    const contract = await delivered()
    room.market.advance(6 * DAY)
    const again = (await room.step('wrk_001', contract.id, 'deliver')).json
    expect(again.timer).toEqual({ kind: 'auto-accept', at: room.at(contract.timer.at, 6 * DAY) })
  })

  it('is by no chain of changes and deliveries put off beyond 60 days from the first delivery', async () => {
    const contract = await delivered()
    const last = lastPayment(contract.firstDeliveredAt)
    for (let n = 0; n < 9; n++) {
      room.market.advance(6 * DAY)
      expect((await room.step('cli_01', contract.id, 'request-changes', { note: `${n}` })).status).toBe(200)
      expect((await room.step('wrk_001', contract.id, 'deliver')).status).toBe(200)
    }
    const late = await room.read(contract.id)
    expect(late.timer).toEqual({ kind: 'pay-by', at: last })
    room.market.advance(30 * DAY)
    await fire()
    expect(await room.read(contract.id)).toMatchObject({ status: 'released', settledAt: last })
  })

  it('of each milestone has its own days', async () => {
    const contract = await room.funded({
      milestones: [
        { title: 'a', amount: 4_000 },
        { title: 'b', amount: 6_000 },
      ],
    })
    const [a, b] = contract.milestones.map((milestone: { id: string }) => milestone.id)
    await room.step('wrk_001', contract.id, 'deliver', { milestone: a })
    room.market.advance(3 * DAY)
    await room.step('wrk_001', contract.id, 'deliver', { milestone: b })
    room.market.advance(4 * DAY)
    expect(await fire()).toBe(1)
    expect(await room.read(contract.id)).toMatchObject({ status: 'delivered', released: 3_600 })
    room.market.advance(3 * DAY)
    expect(await fire()).toBe(1)
    expect((await room.read(contract.id)).status).toBe('released')
  })
})

describe('milestones that are due at the same time', () => {
  it('are paid by one timer, and charged what their sum is', async () => {
    const contract = await room.funded({
      amount: 670,
      milestones: [
        { title: 'a', amount: 335 },
        { title: 'b', amount: 335 },
      ],
    })
    for (const { id } of contract.milestones) await room.step('wrk_001', contract.id, 'deliver', { milestone: id })
    room.market.advance(7 * DAY)
    expect(await fire()).toBe(1)
    expect(await room.read(contract.id)).toMatchObject({ status: 'released', released: 603, fee: 67 })
  })
})

describe('a delivery', () => {
  it('puts off the end for want of one, and what was delivered is paid before it', async () => {
    const contract = await room.funded({
      milestones: [
        { title: 'a', amount: 4_000 },
        { title: 'b', amount: 6_000 },
      ],
    })
    room.market.advance(74 * DAY)
    const after = (await room.step('wrk_001', contract.id, 'deliver', { milestone: contract.milestones[0].id })).json
    room.market.advance(8 * DAY)
    await fire()
    expect(await room.read(contract.id)).toMatchObject({
      status: 'in-progress',
      released: 3_600,
      refunded: 0,
      timer: { kind: 'auto-cancel', at: room.at(after.lastDeliveredAt, 75 * DAY) },
    })
  })
})

describe('a dispute', () => {
  it('about delivered work ends with the day of payment, in favour of the work', async () => {
    const contract = await delivered({ milestones: [{ title: 'a', amount: 10_000 }] })
    room.market.advance(5 * DAY)
    const disputed = (await room.step('cli_01', contract.id, 'dispute', { note: 'x' })).json
    expect(disputed.timer).toEqual({ kind: 'pay-by', at: lastPayment(contract.firstDeliveredAt) })
    room.market.advance(100 * DAY)
    await fire()
    expect(await room.read(contract.id)).toMatchObject({
      status: 'decided',
      released: 9_000,
      refunded: 0,
      settledAt: disputed.timer.at,
    })
  })

  it('decided by rule pays what was delivered and gives the rest back', async () => {
    const contract = await room.funded({
      milestones: [
        { title: 'a', amount: 4_000 },
        { title: 'b', amount: 6_000 },
      ],
    })
    await room.step('wrk_001', contract.id, 'deliver', { milestone: contract.milestones[1].id })
    await room.step('wrk_001', contract.id, 'dispute', { note: 'x' })
    room.market.advance(60 * DAY)
    await fire()
    const decided = await room.read(contract.id)
    expect(decided).toMatchObject({ status: 'decided', released: 5_400, fee: 600, refunded: 4_000 })
    expect(decided.milestones.map((milestone: { status: string }) => milestone.status)).toEqual([
      'refunded',
      'released',
    ])
  })
})

describe('a clock that jumps by months', () => {
  it('fires timers that follow from each other in one run, in their order', async () => {
    const contract = await room.funded({
      milestones: [
        { title: 'a', amount: 4_000 },
        { title: 'b', amount: 6_000 },
      ],
    })
    await room.step('wrk_001', contract.id, 'deliver', { milestone: contract.milestones[0].id })
    const start = room.market.world.now()
    room.market.advance(200 * DAY)
    expect(await fire()).toBe(2)
    const after = await room.read(contract.id)
    expect(after).toMatchObject({
      status: 'cancelled',
      released: 3_600,
      fee: 400,
      refunded: 6_000,
      settledAt: new Date(start + 75 * DAY).toISOString(),
    })
    const { events } = (await room.as('cli_01', 'GET', `/v1/contracts/${contract.id}/events`)).json
    expect(
      events.slice(-3).map(({ type, at, actor }: { type: string; at: string; actor: string }) => [type, at, actor]),
    ).toEqual([
      ['accepted', new Date(start + 7 * DAY).toISOString(), 'system'],
      ['released', new Date(start + 7 * DAY).toISOString(), 'system'],
      ['cancelled', new Date(start + 75 * DAY).toISOString(), 'system'],
    ])
  })

  it('fires every timer once when several run at once, in two processes as well', async () => {
    const ids: string[] = []
    for (let n = 0; n < 12; n++) ids.push((await delivered()).id)
    const other = await room.market.open()
    room.market.advance(7 * DAY)
    const fired = await Promise.all([fire(), fire(), fireContractTimers(other)])
    other.close()
    expect(fired.reduce((sum, n) => sum + n, 0)).toBe(12)
    for (const id of ids) {
      expect(await room.read(id)).toMatchObject({ status: 'released', version: 7 })
      expect((await room.ledger(id)).transfers).toHaveLength(2)
    }
  })

  it('fires timers of hundreds of contracts in one run', async () => {
    for (let n = 0; n < 230; n++) await room.propose({}, { client: `cli_${10 + (n % 14)}` })
    room.market.advance(DAY)
    expect(await fire()).toBe(230)
  })
})

describe('two steps at once', () => {
  it('are taken one after the other: a second acceptance finds nothing to accept', async () => {
    const contract = await delivered()
    const other = await room.market.open()
    const acceptIn = (world: SandboxWorld) =>
      takeContractStep(world, {
        contract: contract.id,
        person: { id: 'cli_01', role: 'client', name: '' },
        act: { type: 'accept' },
      })
    const answers = await Promise.all([room.market.world, other, room.market.world, other].map(acceptIn))
    other.close()
    expect(answers.map((answer) => answer.ok).sort()).toEqual([false, false, false, true])
    expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.problem.code]))).toEqual([
      'wrong-state',
      'wrong-state',
      'wrong-state',
    ])
    expect((await room.ledger(contract.id)).transfers).toHaveLength(2)
  })

  it('are all taken where each is possible after the other', async () => {
    const parts = Array.from({ length: 20 }, (_, nth) => ({ title: `第${nth + 1}部`, amount: 500 }))
    const contract = await room.funded({ milestones: parts })
    const all = (user: string, name: string) =>
      Promise.all(
        contract.milestones.map(({ id }: { id: string }) =>
          room.step(user, contract.id, name, { milestone: id, note: '' }),
        ),
      )
    expect((await all('wrk_001', 'deliver')).map(({ status }) => status)).toEqual(parts.map(() => 200))
    expect((await all('cli_01', 'accept')).map(({ status }) => status)).toEqual(parts.map(() => 200))
    expect(await room.read(contract.id)).toMatchObject({ status: 'released', released: 9_000, fee: 1_000 })
  })

  it('of the two sides are both judged on the state they find', async () => {
    const contract = await delivered()
    const [accept, dispute] = await Promise.all([
      room.step('cli_01', contract.id, 'accept'),
      room.step('wrk_001', contract.id, 'dispute', { note: 'x' }),
    ])
    expect([accept.status, dispute.status].sort()).toEqual([200, 409])
    const books = await room.ledger(contract.id)
    expect(books.debits).toBe(books.credits)
  })
})
