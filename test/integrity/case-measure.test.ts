import { describe, expect, it } from 'vitest'
import { type CaseState, caseMeasure } from '../../src/integrity/case-measure.ts'
import { instant } from '../../src/kernel/instant.ts'

const decidedAt = instant(1_000)
const later = instant(2_000)
const state = (action: string | null, outcome: string | null, final: boolean, automated?: boolean): CaseState => ({
  decision: action === null ? null : { action, decidedAt, ...(automated === undefined ? {} : { automated }) },
  appeal: outcome === null ? null : { outcome, decidedAt: later },
  final,
})

describe('a case', () => {
  it.each([
    ['holds while nobody has decided', state(null, null, false), { measure: 'held' }],
    ['holds while a suspension stands', state('suspend-credential', null, false), { measure: 'held' }],
    ['holds while a suspension stands finally', state('suspend-credential', 'uphold', true), { measure: 'held' }],
    ['holds while a revocation may be appealed', state('revoke-credential', null, false), { measure: 'held' }],
    ['revokes when nobody appealed in time', state('revoke-credential', null, true), { measure: 'revoked' }],
    ['revokes when the appeal was dismissed', state('revoke-credential', 'uphold', true), { measure: 'revoked' }],
    [
      'never revokes on a decision that no person took',
      state('revoke-credential', null, true, true),
      { measure: 'held' },
    ],
    [
      'holds when the appeal made a suspension of a revocation',
      state('suspend-credential', 'modify', true),
      { measure: 'held' },
    ],
    ['lets go when nothing was found', state('no-action', null, false), { measure: 'free', since: decidedAt }],
    [
      'lets go when the decision is about the worker',
      state('suspend', null, false),
      { measure: 'free', since: decidedAt },
    ],
    [
      'lets go when the appeal succeeded, from when it should have',
      state('revoke-credential', 'reverse', true),
      { measure: 'free', since: decidedAt },
    ],
  ] as const)('%s', (_, given, measure) => {
    expect(caseMeasure(given)).toEqual(measure)
  })
})
