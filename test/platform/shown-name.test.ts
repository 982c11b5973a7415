import { describe, expect, it } from 'vitest'
import { isShownName } from '../../src/platform/words/shown-name.ts'

describe('a name that can be shown', () => {
  it.each([
    ['Japanese', '山田 太郎'],
    ['Japanese in half-width letters', 'ﾔﾏﾀﾞ'],
    ['a rare plane of Han', '𠮷野家'],
    ['Arabic', 'محمد الأمين'],
    ['Persian with a joiner that keeps letters apart', 'نرگس‌زاده'],
    ['Hebrew with a mark of direction', 'דוד\u200f (Dudu)'],
    ['Devanagari with joiners', 'क्\u200dष'],
    ['an emoji of several', '👩‍👩‍👧'],
    ['a flag made of tags', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['combining marks', 'Nguye\u0302\u0303n'],
    ['a variation of a character', '葛\u{e0100}城'],
    ['one letter', 'Ł'],
    ['Korean', '김철수'],
  ])('is in %s', (_, name) => expect(isShownName(name)).toBe(true))

  it.each([
    ['a NUL', 'a\u0000b'],
    ['a line end', 'a\nb'],
    ['a tab', 'a\tb'],
    ['a terminal’s escape', 'a\u001b[31m'],
    ['a C1 control', 'a\u0085b'],
    ['a line separator', 'a\u2028b'],
    ['an override', 'invoice\u202efdp.exe'],
    ['an embedding', '\u202bname\u202c'],
    ['an isolate', '\u2067name\u2069'],
    ['the end of an isolate, which would end the one around it', 'name\u2069'],
    ['half a surrogate pair', 'a\ud800'],
    ['a deprecated control', 'a\u206ab'],
    ['nothing', ''],
    ['spaces', ' \u3000\u00a0'],
    ['zero width', '\u200b\u200b'],
    ['joiners', '\u200d\u200c\u2060\ufeff'],
    ['Hangul fillers', '\u3164\uffa0\u115f'],
    ['a soft hyphen', '\u00ad'],
    ['braille without a dot', '\u2800'],
    ['tags', '\u{e0041}\u{e0042}'],
    ['combining marks that combine with nothing', '\u0301\u0302'],
    ['marks of direction', '\u200e\u200f\u061c'],
  ])('is not with %s', (_, name) => expect(isShownName(name)).toBe(false))
})
