import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { phraseBreaks } from '../../src/authoring/break-phrases.ts'
import { canonicalJson } from '../../src/item/canonical-json.ts'

const model = JSON.parse(
  readFileSync(new URL('../../src/authoring/phrase-model/budoux-ja.json', import.meta.url), 'utf8'),
) as Record<string, Record<string, number>>

/** Every text of the shipped exams as the package `budoux` 0.9.2 broke it: `|` before each phrase but the first, `⏎` for a line's end. */
const recorded = readFileSync(new URL('budoux-breaks.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.replaceAll('⏎', '\n'))

/** Where the windows of BudouX's features begin and end, from the boundary; as its own parser looks them up. */
const windows = {
  ...{ UW1: [-3, -2], UW2: [-2, -1], UW3: [-1, 0], UW4: [0, 1], UW5: [1, 2], UW6: [2, 3] },
  ...{ BW1: [-2, 0], BW2: [-1, 1], BW3: [0, 2] },
  ...{ TW1: [-3, 0], TW2: [-2, 1], TW3: [-1, 2], TW4: [0, 3] },
} as const satisfies Record<string, readonly [number, number]>

const weightsOf = Object.entries(model).map(([name, weights]) => ({
  window: windows[name as keyof typeof windows],
  weights: new Map(Object.entries(weights)),
}))
const base = -0.5 * weightsOf.flatMap(({ weights }) => [...weights.values()]).reduce((sum, weight) => sum + weight, 0)

/** BudouX as its authors wrote it: the sum of all weights around a boundary decides. */
const budoux = (text: string): number[] =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => i + 1).filter(
    (i) =>
      weightsOf.reduce(
        (score, { window: [from, to], weights }) => score + (weights.get(text.substring(i + from, i + to)) ?? 0),
        base,
      ) > 0,
  )

const word = /[0-9A-Za-z_]/
const space = /[ \u3000\n]/
const allowed = (text: string) => (i: number) =>
  !(word.test(text[i - 1] as string) && word.test(text[i] as string)) &&
  !space.test(text[i - 1] as string) &&
  !space.test(text[i] as string) &&
  !/[\udc00-\udfff]/.test(text[i] as string)

function marked(text: string): string {
  const breaks = phraseBreaks(text)
  return [0, ...breaks].map((from, i) => text.slice(from, breaks[i])).join('|')
}

describe('phrase breaks', () => {
  it('of every text of the shipped exams are those that the package found', () => {
    expect(recorded.length).toBeGreaterThan(4_000)
    expect(recorded.filter((line) => marked(line.replaceAll('|', '')) !== line)).toEqual([])
  })

  it('come from the weights of BudouX 0.9.2, none added, changed or lost', () => {
    expect(createHash('sha256').update(canonicalJson(model)).digest('hex')).toBe(
      'c69ba30444a10b8f731b18385fea200051420dc734d2ff688845080bbdc7c1a8',
    )
  })

  it('are those of BudouX, but for Latin words and spaces', () => {
    const piece = fc.constantFrom(
      '取引先へ',
      '見積書を',
      '送る',
      'メールの',
      '件名として',
      '、',
      '。',
      'VLOOKUP',
      '12,000円',
      ' ',
      '最も',
      '適切な',
      'ものは',
      'どれですか',
      '「',
      '」',
      '😀',
      'カタカナ',
      '\u3000',
    )
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        if (!/[\u3041-\u30ff\u3400-\u9fff]/.test(text)) return
        expect(phraseBreaks(text)).toEqual(budoux(text).filter(allowed(text)))
      }),
    )
  })

  it('leaves text without Japanese alone', () => {
    expect(phraseBreaks('Which of these is right?')).toEqual([])
  })
})
