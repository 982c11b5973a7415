import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figuresFor, homoglyphs, romanised, variantKanji } from './look-alikes.data.ts'
import {
  COLUMN,
  dilute,
  type TransformationName,
  transformationNames,
  transformations,
  transformPost,
} from './transformations.ts'

const SEED = '00112233445566778899aabbccddeeff'
const JAPANESE =
  '契約の前に、LINE（ライン）で連絡を。\n登録料9,800円を口座へ振込。\nカードの写真は二枚、だいたい夕方まで。'
const ENGLISH = 'Write to me on LINE (id below).\nPay 39 dollars first.'
const texts = [JAPANESE, ENGLISH]

const without = (pattern: RegExp) => (text: string) => text.replace(pattern, '')
const sameWidths = (text: string) => text.normalize('NFKC')
const hiragana = (text: string) => text.replace(/[ァ-ヶ]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0x60))
const letters = without(/\s/g)
const backBy = (table: Readonly<Record<string, string>>) => (text: string) =>
  Object.entries(table).reduce(
    (now, [letter, others]) => Array.from(others).reduce((then, other) => then.replaceAll(other, letter), now),
    text,
  )
/** A figure stands for several letters: both are read as the figure. */
const asFigures = (text: string) => Array.from(text, (one) => figuresFor[one] ?? one).join('')
const once = (text: string) => text.replace(/(\p{L})\1+/gu, '$1')

const brackets: Readonly<Record<string, string>> = { '(': ')', ')': '(', '（': '）', '）': '（' }
/** As the bidirectional algorithm shows an overridden run: from last to first, brackets mirrored. */
const shown = (text: string) =>
  text.replace(/\u202e(.*?)\u202c/g, (_, run: string) =>
    Array.from(run)
      .reverse()
      .map((one) => brackets[one] ?? one)
      .join(''),
  )

const downColumns = (text: string) => {
  const rows = text.split('\n').map((row) => Array.from(row).filter((_, at) => at % 2 === 0))
  const width = rows[0]?.length ?? 0
  return Array.from({ length: width }, (_, at) => rows.map((row) => row[width - 1 - at]).join('')).join('')
}

/** What a reader makes of a transformed text; `sees` is done to the plain one as well. */
interface Reading {
  readonly sees?: (text: string) => string
  readonly reads: (text: string) => string
}

const readings: Readonly<Record<TransformationName, Reading>> = {
  'right-to-left override': { reads: shown },
  'bidirectional isolates': { reads: without(/[\u2066\u2069]/g) },
  'zero-width characters': { reads: without(/\u200b|\u200c|\u2060|\ufeff/g) },
  'soft hyphens': { reads: without(/\u00ad/g) },
  'variation selectors': { reads: without(/[\ufe00\ufe0e]|[\u{e0100}\u{e0101}]/gu) },
  'tag characters': { reads: without(/[\u{e0000}-\u{e007f}]/gu) },
  'combining marks': { reads: without(/[\u0336\u0332\u0305\u20e3]/g) },
  'emoji after every third letter': { reads: without(/\p{Extended_Pictographic}/gu) },
  'spaces between': { sees: letters, reads: letters },
  'middle dots between': { reads: without(/[・·•･]/g) },
  'punctuation between': {
    sees: without(/[.*/|~+_-]/g),
    reads: without(/[.*/|~+_-]/g),
  },
  'brackets around': { reads: without(/[【】]/g) },
  'other widths': { sees: sameWidths, reads: sameWidths },
  'circled letters': { sees: sameWidths, reads: sameWidths },
  'mathematical letters': { sees: sameWidths, reads: sameWidths },
  homoglyphs: { sees: backBy(homoglyphs), reads: backBy(homoglyphs) },
  'variant kanji': { sees: backBy(variantKanji), reads: backBy(variantKanji) },
  'the other kana': { sees: hiragana, reads: hiragana },
  'line breaks': { sees: letters, reads: letters },
  columns: { sees: letters, reads: (text) => letters(downColumns(text)) },
  'character references': {
    reads: (text) => text.replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point))),
  },
  'percent-encoding': { reads: decodeURIComponent },
  'figures for letters': { sees: asFigures, reads: asFigures },
  'repeated letters': { sees: once, reads: once },
  'romanised words': {
    sees: without(/\s/g),
    reads: (text) =>
      letters(
        romanised.reduce(
          (now, [word, latin]) => (JAPANESE.includes(word) ? now.replaceAll(` ${latin} `, word) : now),
          text,
        ),
      ),
  },
  'capitals in turn': { sees: (text) => text.toLowerCase(), reads: (text) => text.toLowerCase() },
}

describe('a transformation', () => {
  it('there are at least twenty transformations', () => {
    expect(transformationNames.length).toBeGreaterThanOrEqual(20)
  })

  it.each(transformationNames)('a reader of a text with %s reads the letters of the plain one', (name) => {
    const { reads, sees = (text: string) => text } = readings[name]
    for (const text of texts) expect(reads(transformations[name](text, SEED))).toBe(sees(text))
  })

  it.each(transformationNames)('%s changes a Japanese text, an English one or both', (name) => {
    expect(texts.some((text) => transformations[name](text, SEED) !== text)).toBe(true)
  })

  it.each(transformationNames)('%s takes any text, gives the same for the same seed and is bounded', (name) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const once = transformations[name](text, SEED)
        expect(transformations[name](text, SEED)).toBe(once)
        expect(once.length).toBeLessThanOrEqual(text.length * 12 + COLUMN * 4)
      }),
      { numRuns: 50 },
    )
  })

  it('a transformed post keeps everything but its title and its body', () => {
    const post = { title: 'LINE', body: ENGLISH, pay: null }
    expect(transformPost(post, 'soft hyphens', SEED)).toEqual({
      title: 'L\u00adI\u00adN\u00adE',
      body: transformations['soft hyphens'](ENGLISH, SEED),
      pay: null,
    })
  })
})

describe('a diluted text', () => {
  const from = ['春の便りを書く仕事です。', 'Rename the photos of a club.']

  it.each(['before', 'after', 'around'] as const)(
    'a text diluted %s holds the whole text and so many letters more',
    (where) => {
      for (const count of [1, 400, 2_000]) {
        const diluted = dilute(JAPANESE, { letters: count, from, where, seed: SEED })
        const at = diluted.indexOf(JAPANESE)
        expect(at).toBeGreaterThanOrEqual(0)
        const before = at > 0 ? at - 1 : 0
        const after = Math.max(0, diluted.length - at - JAPANESE.length - 1)
        expect(before + after).toBe(count)
        expect(before).toBe({ before: count, after: 0, around: count >> 1 }[where])
      }
    },
  )

  it('a text diluted with nothing is itself', () => {
    expect(dilute(JAPANESE, { letters: 0, from, where: 'around', seed: SEED })).toBe(JAPANESE)
  })

  it('a text is diluted otherwise with another seed', () => {
    const many = Array.from({ length: 20 }, (_, at) => `Text ${at}.`)
    const one = { letters: 100, from: many, where: 'after' } as const
    expect(dilute('x', { ...one, seed: SEED })).not.toBe(dilute('x', { ...one, seed: 'ff'.repeat(16) }))
  })
})
