import { describe, expect, it } from 'vitest'
import { numeric } from '../../src/item/types/numeric.ts'
import { accepts, readNumber } from '../../src/item/types/typed-text.ts'
import { compileItems, rulesOf } from '../support/bank-fixture.ts'

describe('a typed answer', () => {
  it.each([
    ["don't", 'don’t'],
    ['"A"', '“A”'],
    ['HU-2612-03', 'HU−2612−03'],
    ['HU-2612-03', 'HU‐2612‐03'],
    ['HU-2612-03', 'huー2612ー03'],
    ['13,200', '13200'],
    ['13200', '１３，２００'],
  ])('%s is given by %s', (right, typed) => {
    expect(accepts([right], typed)).toBe(true)
  })

  it('of other signs or digits is another answer', () => {
    expect(accepts(['サーバー'], 'サーバ-')).toBe(false)
    expect(accepts(['1,2,3'], '123')).toBe(false)
  })
})

describe('a typed number', () => {
  it.each([
    ...[
      ['¥13,200', 'yen'],
      ['￥13,200', 'yen'],
      ['13,200 JPY', 'yen'],
      ['13,200円。', '円'],
      ['13200 yen.', '円'],
    ],
    ...[
      ['13,200.', ''],
      ['13200。', '件'],
      ['13200 pcs', 'pcs.'],
    ],
  ])('%s in %s is read', (typed, unit) => {
    expect(readNumber(typed, unit)).toBe(13200)
  })

  it('may begin with its point, and is of no other unit', () => {
    expect([readNumber('.5', ''), readNumber('-.5', '')]).toEqual([0.5, -0.5])
    expect(['$5', '5 usd', '5..', '1.2.3', '.'].map((typed) => readNumber(typed, 'yen'))).toEqual(
      Array.from({ length: 5 }, () => undefined),
    )
  })

  it.each([
    [0.1, 0.3, '0.4'],
    [0.3, 0.1, '0.2'],
    [4.35, 0.05, '4.4'],
  ])('%d ± %d holds %s, whatever floats make of it', (value, tolerance, typed) => {
    expect(numeric.score({ type: 'numeric', value, tolerance, unit: '' }, typed)).toBe(1)
  })
})

describe('a list of accepted answers', () => {
  const short = (line: string) => `\n## office-001\n\n\`短答\`\n\n何という書類ですか。\n\n### 正解\n\n${line}\n`
  const cloze = (line: string) => `\n## office-001\n\n\`穴埋め\`\n\n金額は[[1]]です。\n\n### 正解\n\n1. ${line}\n`

  it.each([
    ...['税込／税込み', '税込/税込み', '税込、税込み', '税込（税込みも可）', '税込 / 税抜も可'].map(cloze),
    ...['- 「見積書」', '- 見積書。', '- 見積書、見積り'].map(short),
  ])('that would be one text is refused: %j', (item) => {
    expect(rulesOf(compileItems(item).diagnostics)).toContain('answer/list')
  })

  it.each([
    cloze('税込 / 税込み'),
    cloze('TCP/IP'),
    short('- `税込／税込み`'),
    short('- 12/8'),
    short('- 3、5'),
    short('- 済み。\n- 済み'),
  ])('that is none is taken: %j', (item) => {
    expect(rulesOf(compileItems(item).diagnostics)).not.toContain('answer/list')
  })
})
