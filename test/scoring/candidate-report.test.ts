import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candidateReport, type MarkedItem, type MarkedSection, scoreBand } from '../../src/scoring/candidate-report.ts'
import { toOneDecimal } from '../../src/scoring/decide-parts.ts'
import { rawScore } from '../../src/scoring/raw-score.ts'

const right: MarkedItem = { points: 1, credit: 1, answered: true }
const wrong: MarkedItem = { points: 1, credit: 0, answered: true }
const open: MarkedItem = { points: 1, credit: 0, answered: false }

const items = (counts: { right?: number; wrong?: number; open?: number }): MarkedItem[] => [
  ...Array<MarkedItem>(counts.right ?? 0).fill(right),
  ...Array<MarkedItem>(counts.wrong ?? 0).fill(wrong),
  ...Array<MarkedItem>(counts.open ?? 0).fill(open),
]
const section = (topic: string, of: MarkedItem[], passScore?: number): MarkedSection => ({
  topic,
  items: of,
  ...(passScore === undefined ? {} : { passScore }),
})

const reportOf = (sections: readonly MarkedSection[], passScore = 70) =>
  candidateReport(
    { passed: false, passScore, score: toOneDecimal(rawScore(sections.flatMap((one) => one.items))) },
    sections,
  )
const standings = (sections: readonly MarkedSection[], passScore = 70) =>
  reportOf(sections, passScore)?.sections.map(({ standing }) => standing)

describe('the standing of a section', () => {
  it('is above from 15 points over the mark, at from the mark, below under it', () => {
    const of = (count: number) => section('a', items({ right: count, wrong: 20 - count }))
    expect(standings([of(17)])).toEqual(['above'])
    expect(standings([of(16)])).toEqual(['at'])
    expect(standings([of(14)])).toEqual(['at'])
    expect(standings([of(13)])).toEqual(['below'])
  })

  it("goes by the section's own mark where it has one", () => {
    expect(
      standings([section('a', items({ right: 5, wrong: 5 }), 50), section('b', items({ right: 5, wrong: 5 }))]),
    ).toEqual(['at', 'below'])
  })

  it('is told where three quarters of the items were answered, and not one item fewer', () => {
    const whole = section('rest', items({ right: 20 }))
    expect(standings([section('a', items({ right: 6, open: 2 })), whole])).toEqual(['at', 'above'])
    expect(standings([section('a', items({ right: 5, open: 3 })), whole])).toEqual([undefined, 'above'])
  })
})

describe('small sections', () => {
  const counts = (of: readonly number[]) =>
    reportOf(of.map((count, i) => section(`s${i}`, items({ right: count }))))?.sections.map(({ topics, itemCount }) => [
      topics.join('+'),
      itemCount,
    ])

  it('share an entry with their neighbour, the last ones with the entry before', () => {
    expect(counts([4, 5, 6, 5, 3, 3, 4])).toEqual([
      ['s0+s1', 9],
      ['s2', 6],
      ['s3', 5],
      ['s4+s5+s6', 10],
    ])
  })

  it('that make up a whole paper are one entry', () => {
    expect(counts([2, 1])).toEqual([['s0+s1', 3]])
  })

  it('are held together to what their own marks ask for', () => {
    // 3 items at 40 and 2 at 70: 2.6 of 5 points
    const pair = (count: number) => [
      section('a', items({ right: count, wrong: 3 - count }), 40),
      section('b', items({ wrong: 2 })),
    ]
    expect(standings(pair(3))).toEqual(['at'])
    expect(standings(pair(2))).toEqual(['below'])
  })
})

describe('a paper', () => {
  it('with fewer than half of its items answered has no report, whatever was answered', () => {
    expect(reportOf([section('a', items({ right: 14, open: 16 }))])).toBeUndefined()
    expect(reportOf([section('a', items({ right: 15, open: 15 }))])).toMatchObject({ score: 50 })
  })

  it('is told in whole points, cut downwards', () => {
    expect(reportOf([section('a', items({ right: 29, wrong: 1 }))])?.score).toBe(96)
    expect(
      reportOf([section('a', [...items({ right: 2, wrong: 3 }), { points: 1, credit: 0.5, answered: true }])])?.score,
    ).toBe(41)
  })
})

const item = fc
  .record({ points: fc.constantFrom(1, 2), credit: fc.constantFrom(0, 1 / 3, 1 / 2, 3 / 4, 1), answered: fc.boolean() })
  .map((one): MarkedItem => (one.answered ? one : { ...one, credit: 0 }))
const paper = fc
  .array(
    fc.record({
      size: fc.integer({ min: 1, max: 7 }),
      passScore: fc.option(fc.constantFrom(40, 60), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .chain((shapes) =>
    fc.tuple(
      ...shapes.map(({ size, passScore }) =>
        fc.array(item, { minLength: size, maxLength: size }).map((of) => ({ of, passScore })),
      ),
    ),
  )
  .map((sections) => sections.map(({ of, passScore }, i) => section(`s${i}`, of, passScore)))

describe('laws of the report', () => {
  it('another answer to one item changes no entry but its own', () => {
    fc.assert(
      fc.property(paper, item, fc.nat(), fc.nat(), (sections, other, s, i) => {
        const at = s % sections.length
        const changed = sections.map((one, index) =>
          index === at
            ? {
                ...one,
                items: one.items.map((old, j) => (j === i % one.items.length ? { ...other, points: old.points } : old)),
              }
            : one,
        )
        const [before, after] = [reportOf(sections), reportOf(changed)]
        if (!before || !after) return
        const topic = sections[at]?.topic as string
        const others = (report: typeof before) => report.sections.filter(({ topics }) => !topics.includes(topic))
        expect(others(after)).toEqual(others(before))
      }),
    )
  })

  it('two papers differ only if their whole points, the standing of an entry or what was answered differ', () => {
    fc.assert(
      fc.property(paper, (sections) => {
        // which items were right within an entry, and how the credit is spread over them, cannot be seen
        const turned = sections.map((one) => ({
          ...one,
          items: one.items.every(({ points }) => points === 1)
            ? [...one.items.slice(1), ...one.items.slice(0, 1)]
            : one.items,
        }))
        expect(reportOf(turned)).toEqual(reportOf(sections))
      }),
    )
  })

  it('holds a score, a band and words, and nothing finer', () => {
    fc.assert(
      fc.property(paper, (sections) => {
        const report = reportOf(sections)
        if (!report) return
        expect(Number.isInteger(report.score)).toBe(true)
        expect(report.band).toEqual(scoreBand(report.score, sections.flatMap((one) => one.items).length))
        for (const entry of report.sections) {
          expect(Object.keys(entry).filter((name) => !['topics', 'itemCount', 'standing'].includes(name))).toEqual([])
          expect(entry.itemCount >= 5 || report.sections.length === 1).toBe(true)
        }
        expect(report.sections.flatMap(({ topics }) => topics)).toEqual(sections.map(({ topic }) => topic))
      }),
    )
  })
})

describe('the band', () => {
  it('holds the score, stays within 0..100 and is narrower for longer papers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 2, max: 40 }), (score, n) => {
        const band = scoreBand(score, n)
        expect(band.low).toBeGreaterThanOrEqual(0)
        expect(band.high).toBeLessThanOrEqual(100)
        expect(band.low).toBeLessThanOrEqual(score)
        expect(band.high).toBeGreaterThanOrEqual(score)
        const twice = scoreBand(score, n * 2)
        expect(twice.high - twice.low).toBeLessThanOrEqual(band.high - band.low + 1)
      }),
    )
  })
})
