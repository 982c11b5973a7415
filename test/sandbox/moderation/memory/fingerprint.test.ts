import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare } from '../../../../src/sandbox/moderation/memory/compare.ts'
import {
  keysOf,
  MOST_KEPT_KEYS,
  MOST_KEYS,
  parseFingerprint,
  printFingerprint,
  readText,
} from '../../../../src/sandbox/moderation/memory/fingerprint.ts'

const sharedKeys = (one: string, other: string): number => {
  const sought = new Set(keysOf(readText(other).hashes, MOST_KEPT_KEYS))
  return keysOf(readText(one).hashes, MOST_KEYS).filter((key) => sought.has(key)).length
}
const text = '商品の写真を切り抜いてください。登録料を先にお振り込みいただきます。'

describe('a fingerprint', () => {
  it.each([
    ['spaces', [...text].join(' ')],
    ['full width', text.replace('。', '.')],
    ['katakana', text.replace('ください', 'クダサイ')],
    ['zero-width signs', [...text].join('\u200d')],
    ['emoji', text.replaceAll('を', 'を🎀')],
  ])('is the same whatever stands between the letters and however they are written: %s', (_, dressed) => {
    expect(readText(dressed).hashes).toEqual(readText(text).hashes)
  })

  it('returns from the database as it was stored', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (any) => {
        const { hashes } = readText(any)
        expect(parseFingerprint(printFingerprint(hashes))).toEqual(hashes)
      }),
    )
  })

  it('of nothing but signs, or of nothing, is empty and has no keys', () => {
    for (const nothing of ['', '。、!?', '\ud800', '🎀🎀', '\u0301'.repeat(100)])
      expect([readText(nothing).hashes.length, keysOf(readText(nothing).hashes, MOST_KEYS)]).toEqual([0, []])
  })

  it('of any text is found by its own keys and is the most similar to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (any) => {
        const read = readText(any)
        fc.pre(read.hashes.length > 0)
        expect(sharedKeys(any, any)).toBeGreaterThan(0)
        expect(compare(read, read.hashes).similar).toBe(1)
      }),
    )
  })

  it('has a bounded number of keys, and shares some with a part of it and with a longer text that holds it', () => {
    const long = Array.from({ length: 1_000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7_919) % 9_000))).join('')
    expect(keysOf(readText(long).hashes, MOST_KEPT_KEYS)).toHaveLength(MOST_KEPT_KEYS)
    expect(sharedKeys(text, long + text)).toBeGreaterThan(10)
    expect(sharedKeys(long + text, text)).toBeGreaterThan(3)
    expect(sharedKeys(text, long)).toBe(0)
  })
})

describe('two texts', () => {
  it('are compared by the stretch that is most like the other, and by the longest part that both have', () => {
    const around = '毎週火曜の午後に議事録を清書していただける方を探しています。'.repeat(3)
    const diluted = around + text + around
    const found = compare(readText(diluted), readText(text).hashes)
    expect(found.similar).toBeGreaterThan(0.6)
    expect(diluted.slice(found.copy.start, found.copy.end)).toBe(text.slice(0, -1))
    const part = compare(readText(`${around}登録料を先にお振り込みいただきます。${around}`), readText(text).hashes)
    expect(part.copied).toBeGreaterThan(12)
  })

  it('that share one phrase over and over share no more than the phrase', () => {
    const phrase = '先にお振り込み'
    expect(compare(readText(phrase.repeat(50)), readText(text).hashes).copied).toBeLessThan(8)
  })

  it.each([
    ['one character', 'あ'.repeat(65_536)],
    ['marks', '\u0301'.repeat(65_536)],
    ['unpaired surrogates', '\ud83d'.repeat(65_536)],
    [
      'different characters',
      Array.from({ length: 65_536 }, (_, n) => String.fromCodePoint(0x4e00 + (n % 20_000))).join(''),
    ],
  ])('are compared in a time that grows with their lengths only: 64 Ki of %s', (_, long) => {
    const read = readText(long)
    expect(read.hashes.length).toBeLessThanOrEqual(65_536)
    expect(keysOf(read.hashes, MOST_KEYS).length).toBeLessThanOrEqual(MOST_KEYS)
    expect(compare(read, read.hashes).similar).toBe(read.hashes.length > 0 ? 1 : 0)
  })
})
