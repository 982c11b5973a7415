import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ContractOutcome, countEvidence } from '../../src/ranking/count-evidence.ts'

const done: ContractOutcome = { client: 'a', released: true, refunded: false, reviewed: true }
const outcome = fc.record({
  client: fc.constantFrom(null, 'a', 'b', 'c'),
  released: fc.boolean(),
  refunded: fc.boolean(),
  reviewed: fc.boolean(),
})

describe('evidence', () => {
  it.each([
    ['nothing', [], { contracts: 0, clients: 0 }],
    ['paid out and reviewed', [done], { contracts: 1, clients: 1 }],
    ['not paid out', [{ ...done, released: false }], { contracts: 0, clients: 0 }],
    ['not reviewed', [{ ...done, reviewed: false }], { contracts: 0, clients: 0 }],
    ['paid back', [{ ...done, refunded: true }], { contracts: 0, clients: 0 }],
    ['by an unknown client', [{ ...done, client: null }], { contracts: 0, clients: 0 }],
    ['twice by one client', [done, done], { contracts: 2, clients: 1 }],
    ['by two clients', [done, { ...done, client: 'b' }], { contracts: 2, clients: 2 }],
    ['twice by one client, once paid back', [done, { ...done, refunded: true }], { contracts: 1, clients: 1 }],
  ] as const)('of work %s', (_, outcomes, evidence) => {
    expect(countEvidence(outcomes)).toEqual(evidence)
  })

  it('is the same in any order, grows by a contract by one at most, and never by a refund', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 12 }), outcome, (outcomes, more) => {
        const counted = countEvidence(outcomes)
        expect(countEvidence([...outcomes].reverse())).toEqual(counted)
        expect(counted.clients).toBeLessThanOrEqual(counted.contracts)
        const after = countEvidence([...outcomes, more])
        expect([0, 1]).toContain(after.contracts - counted.contracts)
        expect([0, 1]).toContain(after.clients - counted.clients)
        expect(countEvidence([...outcomes, { ...more, refunded: true }])).toEqual(counted)
      }),
    )
  })
})
