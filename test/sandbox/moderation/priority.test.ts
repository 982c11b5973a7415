import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kinds } from '../../../src/sandbox/detector/judge/kinds.ts'
import {
  accuracyOf,
  detectorPoints,
  isMuted,
  priorityOf,
  reportPoints,
  reportReasons,
} from '../../../src/sandbox/moderation/report/priority.ts'

const reason = fc.constantFrom(...reportReasons)
const record = fc.record({ upheld: fc.nat(500), rejected: fc.nat(500) })
const report = fc.tuple(reason, record)
const probability = fc.dictionary(fc.constantFrom(...kinds), fc.double({ min: 0, max: 1, noNaN: true }))

const sum = (reports: readonly (readonly [(typeof reportReasons)[number], { upheld: number; rejected: number }])[]) =>
  reports.reduce((total, [why, who]) => total + reportPoints(why, who), 0)

describe('the priority of a subject', () => {
  it('is a whole number from 0 to 99, whatever was reported by how many', () => {
    fc.assert(
      fc.property(fc.array(report, { maxLength: 300 }), probability, (reports, detected) => {
        const priority = priorityOf(sum(reports) + detectorPoints(detected))
        expect(Number.isInteger(priority) && priority >= 0 && priority <= 99).toBe(true)
      }),
    )
  })

  it('never falls with one more report', () => {
    fc.assert(
      fc.property(fc.array(report), report, (reports, more) => {
        expect(priorityOf(sum([...reports, more]))).toBeGreaterThanOrEqual(priorityOf(sum(reports)))
      }),
    )
  })

  it('rises less with every further report of the same weight', () => {
    expect([500, 1_000, 1_500, 5_000].map(priorityOf)).toEqual([33, 50, 60, 83])
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (before, more) => {
        expect(priorityOf(before + more) - priorityOf(before)).toBeLessThanOrEqual(priorityOf(more) + 1)
      }),
    )
  })

  it('never falls when a reporter was right once more, never rises when one was wrong once more', () => {
    fc.assert(
      fc.property(reason, record, (why, who) => {
        expect(reportPoints(why, { ...who, upheld: who.upheld + 1 })).toBeGreaterThanOrEqual(reportPoints(why, who))
        expect(reportPoints(why, { ...who, rejected: who.rejected + 1 })).toBeLessThanOrEqual(reportPoints(why, who))
      }),
    )
  })

  it('never falls with a higher probability of any kind', () => {
    fc.assert(
      fc.property(
        probability,
        fc.constantFrom(...kinds),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (detected, kind, more) => {
          expect(detectorPoints({ ...detected, [kind]: Math.max(more, detected[kind] ?? 0) })).toBeGreaterThanOrEqual(
            detectorPoints(detected),
          )
        },
      ),
    )
  })

  it('does not depend on the order of the reports', () => {
    fc.assert(
      fc.property(fc.array(report), (reports) => {
        expect(sum(reports)).toBe(sum([...reports].reverse()))
      }),
    )
  })

  it('puts a held post before a single report of somebody unknown', () => {
    const held = priorityOf(detectorPoints({ 'off-platform-contact': 0.97 }))
    expect(held).toBeGreaterThan(priorityOf(reportPoints('identity-lending', { upheld: 0, rejected: 0 })))
  })
})

describe('a reporter', () => {
  it('who is unknown is right as often as wrong', () => {
    expect(accuracyOf({ upheld: 0, rejected: 0 })).toBe(0.5)
  })

  it.each([
    [0, 4, false],
    [0, 5, true],
    [1, 4, false],
    [1, 8, true],
    [50, 0, false],
  ])('with %i upheld and %i rejected reports: muted %s', (upheld, rejected, muted) => {
    expect(isMuted({ upheld, rejected, muting: 'by-record' })).toBe(muted)
    expect(isMuted({ upheld, rejected, muting: 'heard' })).toBe(false)
    expect(isMuted({ upheld, rejected, muting: 'muted' })).toBe(true)
  })
})
