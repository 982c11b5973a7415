import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { presentItem } from '../../src/form/present-form.ts'
import { resolveResponse } from '../../src/form/read-response.ts'
import type { Item } from '../../src/item/item.ts'
import {
  analyseItems,
  type GradedPaper,
  type ItemStatistics,
  isAnswered,
  optionsOf,
  picksOf,
  rateDiscrimination,
  rateFacility,
} from '../../src/measurement/item-analysis.ts'
import { fisherInterval, wilsonInterval } from '../../src/measurement/item-flags.ts'
import { OPTIONS, papersOf, picked } from '../support/graded-papers.ts'
import { modelAnswer } from '../support/model-answer.ts'
import { tinyBank } from '../support/tiny-bank.ts'

/** The Law School Admission Test, section 6: answers of 1,000 people to five items (Bock & Lieberman 1970, table 1), pattern × people. */
const LSAT6 = {
  '00000': 3, '00001': 6, '00010': 2, '00011': 11, '00100': 1, '00101': 1, '00110': 3, '00111': 4, '01000': 1, '01001': 8,
  '01011': 16, '01101': 3, '01110': 2, '01111': 15, '10000': 10, '10001': 29, '10010': 14, '10011': 81, '10100': 3, '10101': 28,
  '10110': 15, '10111': 80, '11000': 16, '11001': 56, '11010': 21, '11011': 173, '11100': 11, '11101': 61, '11110': 28, '11111': 298,
} // biome-ignore format: a table

const one = (papers: readonly GradedPaper[], item: string): ItemStatistics =>
  [...analyseItems(papers)].find((found) => found.item === item) as ItemStatistics

/** `count` papers of two items: the first as given, the second right for those before `better`. */
const pairs = (count: number, better: number, choice: (i: number) => number | null): GradedPaper[] =>
  Array.from({ length: count }, (_, i) => [picked('item-1', choice(i)), picked('item-2', i < better ? 0 : 1)])

describe('facility and discrimination', () => {
  it('of the LSAT are the published ones', () => {
    const papers = papersOf(Object.entries(LSAT6).flatMap(([pattern, people]) => Array<string>(people).fill(pattern)))
    const found = [...analyseItems(papers)]
    expect(found.map(({ n }) => n)).toEqual([1_000, 1_000, 1_000, 1_000, 1_000])
    expect(found.map(({ facility }) => facility.value)).toEqual([0.924, 0.709, 0.553, 0.763, 0.87])
    // point-biserial correlation with the total score, the item excluded: descript(LSAT) of the R package ltm (Rizopoulos 2006),
    // which divides the scores' spread by n − 1 and the items' by n
    const asPrinted = Math.sqrt(999 / 1_000)
    expect(found.map(({ discrimination }) => ((discrimination?.value ?? 0) * asPrinted).toFixed(4))).toEqual([
      '0.1128',
      '0.1531',
      '0.1727',
      '0.1444',
      '0.1215',
    ])
  })

  it('count parts of a point', () => {
    const papers = [0.25, 0.5, 1, 0].map((credit) => [picked('item-1', 0, { credit })])
    expect(one(papers, 'item-1').facility.value).toBe(0.4375)
  })

  it('weigh the rest of the paper by its points', () => {
    // the rest is 3/4 for the upper half and 1/4 for the lower one, or the other way round when the points are taken as equal
    const papers = Array.from({ length: 40 }, (_, i) => [
      picked('item-1', i < 20 ? 0 : 1),
      picked('item-2', i < 20 ? 0 : 1, { points: 3 }),
      picked('item-3', i < 20 ? 1 : 0, { points: 1 }),
    ])
    expect(one(papers, 'item-1').discrimination?.value).toBeCloseTo(1, 9)
  })

  it('leave the discrimination out below thirty papers', () => {
    const half = (count: number) => pairs(count, count / 2, (i) => (i < count / 2 ? 0 : 1))
    expect(one(half(28), 'item-1').discrimination).toBeUndefined()
    expect(one(half(30), 'item-1').discrimination?.value).toBeCloseTo(1, 9)
  })

  it('leave it out for an item that everybody gets right, and where all papers are equal beside it', () => {
    expect(
      one(
        pairs(40, 20, () => 0),
        'item-1',
      ).discrimination,
    ).toBeUndefined()
    expect(
      one(
        pairs(40, 40, (i) => i % 2),
        'item-1',
      ).discrimination,
    ).toBeUndefined()
    expect(one(papersOf(Array<string>(40).fill('1')), 'item-1').discrimination).toBeUndefined()
  })

  it('keep versions of an item apart', () => {
    const old = { ...picked('item-1', 1), version: { ...picked('item-1', 1).version, version: 2, hash: 'another' } }
    expect(
      [...analyseItems([[picked('item-1', 0)], [old]])].map(({ version, n, facility }) => [version, n, facility.value]),
    ).toEqual([
      [1, 1, 1],
      [2, 1, 0],
    ])
  })
})

describe('options', () => {
  it('are counted by themselves, among the best and among the worst', () => {
    // the lower half picks the third option, the upper one the first
    const { options, unanswered } = one(
      pairs(100, 50, (i) => (i < 50 ? 0 : i < 90 ? 2 : null)),
      'item-1',
    )
    expect(options.map(({ picks, share, upper, lower }) => [picks, share, upper, lower])).toEqual([
      [50, 0.5, 1, 0],
      [0, 0, 0, 0],
      [40, 0.4, 0, 0.8],
      [0, 0, 0, 0],
    ])
    expect(unanswered).toBe(0.1)
  })

  it('are counted in five groups from the weakest to the strongest, who ties in one of them', () => {
    // everybody's other items say how strong they are: twenty at each of five steps
    const strength = (i: number) => Math.floor(i / 20)
    const papers = Array.from({ length: 100 }, (_, i) => [
      picked('item-1', i % 20 < 4 * strength(i) ? 0 : 1),
      ...[1, 2, 3, 4].map((nth) => picked(`item-${nth + 1}`, strength(i) >= nth ? 0 : 1)),
    ])
    expect(one(papers, 'item-1').options[0]?.fifths).toEqual([0, 0.2, 0.4, 0.6, 0.8])
    expect(one(papers.slice(0, 40), 'item-1').options[0]?.fifths).toBeUndefined()
  })

  it('have no tails where everybody else’s paper is the same', () => {
    expect(
      one(
        pairs(100, 100, (i) => i % 4),
        'item-1',
      ).options[0],
    ).toEqual({ id: '1', picks: 25, share: 0.25 })
  })
})

describe('flags', () => {
  const flags = (papers: GradedPaper[]) => one(papers, 'item-1').flags
  const everyOption = (i: number) => i % OPTIONS

  it.each([
    ['too-easy', pairs(100, 50, (i) => (i === 0 ? 1 : i === 1 ? 2 : i === 99 ? 3 : 0))],
    ['too-hard', pairs(100, 50, (i) => (i % 10 === 0 ? 0 : 1 + (i % 3)))],
    ['low-discrimination', pairs(400, 200, everyOption)],
    ['negative-discrimination', pairs(100, 50, (i) => (i >= 50 ? 0 : 1 + (i % 3)))],
    ['unpicked-option', pairs(100, 50, (i) => (i < 40 ? 0 : 1 + (i % 2)))],
  ])('%s', (flag, papers) => {
    expect(flags(papers)).toContain(flag)
  })

  it('are not raised for a good item, and hardly any for a few papers', () => {
    expect(flags(pairs(100, 50, (i) => (i < 50 || i % 5 === 0 ? 0 : 1 + (i % 3))))).toEqual([])
    for (const choice of [0, 1, null]) expect(flags(pairs(8, 4, () => choice)), String(choice)).toEqual([])
  })

  it('call a negative discrimination that and not also a low one', () => {
    expect(flags(pairs(100, 50, (i) => (i >= 50 ? 0 : 1 + (i % 3))))).toEqual(['negative-discrimination'])
  })

  it('need a time to tell, in the middle of them', () => {
    const timed = [5_000, 1_000, 60_000, undefined].map((responseMs) => [
      picked('item-1', 0, responseMs === undefined ? {} : { responseMs }),
    ])
    expect(one(timed, 'item-1').medianSeconds).toBe(5)
    expect(one([[picked('item-1', 0)]], 'item-1').medianSeconds).toBeUndefined()
  })
})

describe('any papers', () => {
  const item = fc.record({
    choice: fc.option(fc.nat(OPTIONS - 1)),
    credit: fc.constantFrom(0, 1 / 3, 0.5, 1),
    points: fc.integer({ min: 1, max: 5 }),
  })
  const anyPapers = fc.array(
    fc
      .array(item, { minLength: 3, maxLength: 3 })
      .map((items) => items.map(({ choice, ...scored }, i) => picked(`item-${i + 1}`, choice, scored))),
    { minLength: 1, maxLength: 80 },
  )

  it('give the same bits in any order', () => {
    fc.assert(
      fc.property(
        anyPapers.chain((papers) =>
          fc.tuple(fc.constant(papers), fc.shuffledSubarray(papers, { minLength: papers.length })),
        ),
        ([papers, shuffled]) => {
          expect(analyseItems(shuffled)).toEqual(analyseItems(papers))
        },
      ),
    )
  })

  it('give ranges that hold', () => {
    fc.assert(
      fc.property(anyPapers, (papers) => {
        for (const { n, facility, discrimination, options, unanswered } of analyseItems(papers)) {
          expect(
            0 <= facility.low &&
              facility.low <= facility.value &&
              facility.value <= facility.high &&
              facility.high <= 1,
          ).toBe(true)
          if (discrimination)
            expect(
              -1 <= discrimination.low && discrimination.low <= discrimination.high && discrimination.high <= 1,
            ).toBe(true)
          expect(options.reduce((sum, { picks }) => sum + picks, 0)).toBeCloseTo(n * (1 - unanswered), 9)
        }
      }),
    )
  })
})

const bank = tinyBank()
const wordingOf = (item: Item) => item.wordings.ja as NonNullable<Item['wordings']['ja']>

/** The item laid out with everything in the order that `turn` makes of it. */
function placedAs(item: Item, turn: (length: number) => number[]) {
  const { stem } = wordingOf(item)
  return {
    ref: 'q1',
    itemId: item.id,
    itemHash: item.hash,
    ...('choices' in stem ? { choices: turn(stem.choices.length) } : {}),
    ...(stem.type === 'match' ? { choices: turn(stem.right.length), left: turn(stem.left.length) } : {}),
    ...(stem.type === 'cloze'
      ? {
          blanks: Object.fromEntries(
            stem.blanks.flatMap(({ ref, choices }) => (choices ? [[ref, turn(choices.length)]] : [])),
          ),
        }
      : {}),
  }
}

const order = (keys: readonly number[]) => (length: number) =>
  Array.from({ length }, (_, i) => i).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b)

describe('picks', () => {
  it.each(bank.items.slice(0, 8).map((item) => [item.type, item] as const))(
    'of a right answer to %s are its keys, wherever the paper shows them',
    (_, item) => {
      const { stem, secret } = wordingOf(item)
      const keys = optionsOf(stem, secret.key).filter(({ isKey }) => isKey)
      fc.assert(
        fc.property(fc.array(fc.nat(100), { minLength: 8, maxLength: 8 }), (weights) => {
          const placed = placedAs(item, order(weights))
          const response = resolveResponse(
            stem.type,
            placed,
            modelAnswer(bank, presentItem(placed, stem, 1), { right: true }),
          )
          expect(new Set(picksOf(stem.type, response))).toEqual(new Set(keys.map(({ id }) => id)))
          expect(isAnswered(stem.type, response)).toBe(true)
        }),
      )
    },
  )

  it('are named once each, with what they were picked for', () => {
    for (const item of bank.items.slice(0, 8)) {
      const { stem, secret } = wordingOf(item)
      const ids = optionsOf(stem, secret.key).map(({ id }) => id)
      expect(new Set(ids).size, item.type).toBe(ids.length)
    }
    const { stem, secret } = wordingOf(bank.items.find(({ type }) => type === 'match') as Item)
    expect(optionsOf(stem, secret.key)[3]).toMatchObject({
      id: '1.4',
      group: expect.stringContaining('left choice 0'),
      isKey: true,
    })
  })

  it('are none in what was left empty', () => {
    const left = [
      ['single', null],
      ['short', { text: ' ' }],
      ['multiple', { choices: [] }],
      ['cloze', { blanks: { '1': '' } }],
      ['match', { pairs: {} }],
    ] as const
    for (const [type, empty] of left) expect([picksOf(type, empty), isAnswered(type, empty)], type).toEqual([[], false])
  })
})

describe('words for statistics', () => {
  it.each([
    [0.95, 'very-easy'],
    [0.9, 'easy'],
    [0.62, 'middling'],
    [0.44, 'hard'],
    [0.29, 'very-hard'],
  ] as const)('a facility of %f is %s', (share, word) => {
    expect(rateFacility({ facility: wilsonInterval(share, 100) })).toBe(word)
  })

  it.each([
    [0.33, 32, 'unknown'],
    [0.33, 320, 'good'],
    [0.45, 320, 'strong'],
    [0.25, 320, 'fair'],
    [0.12, 3_200, 'weak'],
    [-0.3, 100, 'reversed'],
  ] as const)('a discrimination of %f over %i papers is %s', (r, n, word) => {
    expect(rateDiscrimination({ discrimination: fisherInterval(r, n) })).toBe(word)
  })

  it('say nothing of a discrimination that is not there', () => {
    expect(rateDiscrimination({})).toBe('unknown')
  })
})
