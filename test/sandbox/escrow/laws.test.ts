import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Duration, days, type Instant, instant, plus } from '../../../src/kernel/instant.ts'
import { type Contract, contractStatuses, heldOf, restOf } from '../../../src/sandbox/escrow/contract.ts'
import { feeOn, shareOf } from '../../../src/sandbox/escrow/contract-event.ts'
import { decide } from '../../../src/sandbox/escrow/decide.ts'
import { evolve, rebuild, type StoredEvent, toStored } from '../../../src/sandbox/escrow/evolve.ts'
import { escrowAccount, FEE, PROVIDER, postingsOf } from '../../../src/sandbox/escrow/ledger.ts'
import { nextTimer } from '../../../src/sandbox/escrow/next-timer.ts'
import { type Act, type ActorRole, actorRoles, type Command, steps } from '../../../src/sandbox/escrow/steps.ts'

const START = instant(Date.parse('2026-11-25T03:00:00Z'))
const LAST = days(60)

/** A contract and its books, moved on by decided events only. */
class Model {
  contract: Contract | undefined
  readonly stored: StoredEvent[] = []
  readonly balances = new Map<string, number>()
  now = START
  correctedToClient = 0
  corrected = 0

  apply(command: Command, at: Instant): boolean {
    const before = this.contract
    const events = decide(before, command, this.now)
    if (!events.ok) return false
    for (const event of events.value) {
      const seq = (this.contract?.version ?? 0) + 1
      const previous = this.contract
      this.contract = evolve(this.contract, event, { seq, at })
      this.stored.push(toStored(event, { contract: this.contract.id, seq, actor: command.by, at }, {}))
      if (event.type === 'corrected') this.corrected += event.amount
      if (event.type === 'corrected' && event.to === 'client') this.correctedToClient += event.amount
      for (const posting of postingsOf(this.contract, event)) {
        expect(posting.lines.reduce((sum, line) => sum + line.debit - line.credit, 0)).toBe(0)
        for (const line of posting.lines)
          this.balances.set(line.account, (this.balances.get(line.account) ?? 0) + line.debit - line.credit)
      }
      if (previous?.status === 'disputed' && event.type !== 'decided')
        expect(this.contract.released).toBe(previous.released)
      // only people take back what was delivered; the clock pays for it
      if (event.type === 'cancelled' && command.by === 'system')
        expect(
          previous?.milestones.every((milestone) => milestone.firstDeliveredAt === null || restOf(milestone) === 0),
        ).toBe(true)
      if (event.type === 'released') {
        const first = previous?.milestones.find(({ id }) => id === event.milestone)?.firstDeliveredAt
        if (first) expect(at).toBeLessThanOrEqual(plus(first, LAST))
      }
    }
    if (before && command.type !== 'create')
      expect(steps[before.status][command.type]?.to).toContain(this.contract?.status)
    return true
  }

  /** Lets time pass, with all timers. */
  pass(by: Duration): void {
    this.now = plus(this.now, by)
    while (this.contract?.timerAt && this.contract.timerAt <= this.now)
      expect(this.apply({ type: 'run-timer', by: 'system' }, this.contract.timerAt)).toBe(true)
  }

  holdsItsLaws(): void {
    const contract = this.contract as Contract
    const held = heldOf(contract)
    for (const yen of [contract.funded, contract.released, contract.fee, contract.refunded, held])
      expect(yen).toBeGreaterThanOrEqual(0)
    expect([...this.balances.values()].reduce((sum, balance) => sum + balance, 0)).toBe(0)
    for (const [account, balance] of this.balances)
      expect(account === PROVIDER ? balance : 0 - balance, account).toBeGreaterThanOrEqual(0)
    expect(0 - (this.balances.get(escrowAccount(contract.id)) ?? 0)).toBe(held)
    expect(0 - (this.balances.get(FEE) ?? 0)).toBe(contract.fee)
    expect(contract.version).toBe(this.stored.length)
    expect(rebuild(JSON.parse(JSON.stringify(this.stored)))).toEqual(contract)
    const gross = contract.milestones.reduce((sum, milestone) => sum + milestone.released, 0)
    expect(gross).toBe(contract.released + contract.fee + this.correctedToClient)
    expect(contract.fee + this.corrected).toBe(feeOn(gross, contract.feeBasisPoints))
    expect(contract.milestones.every((milestone) => restOf(milestone) >= 0)).toBe(true)
    if (contract.funded > 0 && !['cancelled', 'expired'].includes(contract.status))
      expect(contract.milestones.reduce((sum, milestone) => sum + restOf(milestone), 0)).toBe(held)
    expect({ timer: contract.timer, timerAt: contract.timerAt }).toEqual({
      timer: nextTimer(contract)?.timer ?? null,
      timerAt: nextTimer(contract)?.at ?? null,
    })
    // whatever was delivered 60 days ago is paid or was given back
    for (const milestone of contract.milestones)
      if (milestone.firstDeliveredAt && plus(milestone.firstDeliveredAt, LAST) <= this.now)
        expect(restOf(milestone)).toBe(0)
    if (['released', 'cancelled', 'expired', 'decided'].includes(contract.status)) expect(held, contract.status).toBe(0)
    expect(contract.settledAt !== null).toBe(['released', 'cancelled', 'expired', 'decided'].includes(contract.status))
  }
}

const milestone = fc.option(fc.constantFrom('m0', 'm1', 'm2', 'm9'), { nil: undefined, freq: 4 })
const share = fc.double({ min: 0, max: 1, noNaN: true })

const asked = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constant((_c: Contract, transfer: string): Act => ({ type: 'fund', transfer, method: 'card' })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('bank-transfer' as const, 'declined' as const).map(
      (method) =>
        (_c: Contract, transfer: string): Act => ({ type: 'fund', transfer, method }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('succeeded' as const, 'failed' as const).map(
      (outcome) =>
        (c: Contract): Act => ({ type: 'settle-payment', transfer: c.payment?.transfer ?? 'none', outcome }),
    ),
  },
  { weight: 1, arbitrary: fc.constant((): Act => ({ type: 'start' })) },
  { weight: 5, arbitrary: milestone.map((id) => (): Act => ({ type: 'deliver', milestone: id, note: '' })) },
  { weight: 4, arbitrary: milestone.map((id) => (): Act => ({ type: 'request-changes', milestone: id, note: 'x' })) },
  { weight: 2, arbitrary: milestone.map((id) => (): Act => ({ type: 'accept', milestone: id })) },
  {
    weight: 2,
    arbitrary: fc.record({ id: milestone, part: share }).map(
      ({ id, part }) =>
        (c: Contract): Act => ({ type: 'release', milestone: id, amount: Math.round(part * c.amount * 0.4) }),
    ),
  },
  { weight: 1, arbitrary: fc.constant((): Act => ({ type: 'cancel' })) },
  { weight: 1, arbitrary: fc.constant((): Act => ({ type: 'dispute', note: 'x' })) },
  {
    weight: 1,
    arbitrary: share.map(
      (part) =>
        (c: Contract): Act => ({
          type: 'decide',
          releaseToWorker: Math.round(heldOf(c) * part),
          refundToClient: heldOf(c) - Math.round(heldOf(c) * part),
        }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ part: share, to: fc.constantFrom('worker' as const, 'client' as const) }).map(
      ({ part, to }) =>
        (c: Contract): Act => ({ type: 'correct', to, amount: Math.ceil(c.fee * part) }),
    ),
  },
  { weight: 1, arbitrary: fc.constant((): Act => ({ type: 'run-timer' })) },
)

const pauses = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 120_000 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 6 * 86_400_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 90 * 86_400_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(15 * 60_000, 7 * 86_400_000, 60 * 86_400_000, 75 * 86_400_000) },
)

const run = fc.record({
  basisPoints: fc.constantFrom(0, 1, 1_000, 1_650, 9_999, 10_000),
  amounts: fc.array(fc.integer({ min: 100, max: 50_000 }), { minLength: 1, maxLength: 3 }),
  moves: fc.array(
    fc.record({
      act: asked,
      by: fc.constantFrom<ActorRole>('client', 'worker', 'worker', 'client', 'operator', 'system'),
      pause: pauses,
    }),
    { minLength: 1, maxLength: 40 },
  ),
})

const create = (amounts: readonly number[], feeBasisPoints: number): Act => ({
  type: 'create',
  id: 'ctr_1',
  job: null,
  jobTitle: null,
  applied: false,
  client: 'cli_01',
  worker: 'wrk_001',
  category: 'business-admin',
  title: 't',
  feeBasisPoints,
  milestones: amounts.map((amount, nth) => ({ id: `m${nth}`, title: 't', amount })),
})

/** Every other run begins with the money in, so that not all of them end after a quarter of an hour. */
function play(
  { basisPoints, amounts, moves }: typeof run extends fc.Arbitrary<infer Run> ? Run : never,
  each: (model: Model) => void,
): Model {
  const model = new Model()
  expect(model.apply({ ...create(amounts, basisPoints), by: 'client' }, model.now)).toBe(true)
  if (moves.length % 4 !== 0) model.apply({ type: 'fund', transfer: 'trf_0', method: 'card', by: 'client' }, model.now)
  for (const [nth, { act, by, pause }] of moves.entries()) {
    model.pass(pause as Duration)
    model.apply({ ...act(model.contract as Contract, `trf_${nth + 1}`), by, reason: 'r' }, model.now)
    each(model)
  }
  return model
}

describe('whatever anybody asks at any time', () => {
  it('the books balance, nothing is lost or negative, and delivered work is paid within 60 days', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(run, (story) => {
        const model = play(story, (now) => now.holdsItsLaws())
        model.pass(days(400))
        model.holdsItsLaws()
        const { status } = model.contract as Contract
        seen.set(status, (seen.get(status) ?? 0) + 1)
        expect(['released', 'cancelled', 'expired', 'decided']).toContain(status)
      }),
      { numRuns: 2_000 },
    )
    // the stories reach every end
    for (const status of ['released', 'cancelled', 'expired', 'decided'])
      expect(seen.get(status) ?? 0, status).toBeGreaterThan(10)
  })

  it('a refused command changes nothing and an overdue timer goes before any command', () => {
    fc.assert(
      fc.property(run, fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100 * 86_400_000 })), (story, late) => {
        const model = play(story, () => {})
        const contract = model.contract as Contract
        if (contract.timerAt === null) return
        const now = plus(contract.timerAt, late as Duration)
        for (const { act } of story.moves)
          for (const by of actorRoles) {
            const command = { ...act(contract, 'trf_x'), by, reason: 'r' }
            if (command.type !== 'run-timer') expect(decide(contract, command, now).ok).toBe(false)
          }
      }),
      { numRuns: 300 },
    )
  })

  it('catching up once after months does what catching up every hour does', () => {
    fc.assert(
      fc.property(run, (story) => {
        const once = play(story, () => {})
        const often = play(story, () => {})
        once.pass(days(200))
        for (let hour = 0; hour < 200 * 24; hour += 7) often.pass((7 * 3_600_000) as Duration)
        expect(once.contract).toEqual(often.contract)
        expect(once.stored).toEqual(often.stored)
      }),
      { numRuns: 100 },
    )
  })
})

describe('a payment that is pending', () => {
  it('is settled by its own transfer only', () => {
    const model = new Model()
    model.apply({ ...create([500], 1_000), by: 'client' }, model.now)
    model.apply({ type: 'fund', transfer: 'trf_old', method: 'declined', by: 'client' }, model.now)
    model.apply({ type: 'fund', transfer: 'trf_new', method: 'bank-transfer', by: 'client' }, model.now)
    expect(
      model.apply({ type: 'settle-payment', transfer: 'trf_old', outcome: 'succeeded', by: 'system' }, model.now),
    ).toBe(false)
    expect(
      model.apply({ type: 'settle-payment', transfer: 'trf_new', outcome: 'succeeded', by: 'system' }, model.now),
    ).toBe(true)
  })
})

describe('the fee', () => {
  it('is the same for the whole and for any parts of it, and never more than a part', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 30 }),
        (basisPoints, parts) => {
          let before = 0
          let fee = 0
          for (const part of parts) {
            const portion = shareOf(part, { before, basisPoints })
            expect(portion.fee + portion.net).toBe(part)
            expect(Math.min(portion.fee, portion.net)).toBeGreaterThanOrEqual(0)
            before += part
            fee += portion.fee
          }
          expect(fee).toBe(shareOf(before, { before: 0, basisPoints }).fee)
        },
      ),
    )
  })
})

describe('the table of steps', () => {
  it('gives every state that waits a step of the clock, and every party’s step to an operator as well', () => {
    for (const status of contractStatuses) {
      const here = steps[status]
      if (!['released', 'cancelled', 'expired', 'decided'].includes(status))
        expect(here['run-timer'], status).toBeDefined()
      for (const step of Object.values(here))
        if (step.by.some((role) => role === 'client' || role === 'worker')) expect(step.by).toContain('operator')
    }
  })
})
