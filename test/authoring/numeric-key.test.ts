import { describe, expect, it } from 'vitest'
import { readCsv } from '../../src/authoring/formats/csv/read-csv.ts'
import { readNumericKey } from '../../src/authoring/read-answer.ts'
import { compileItems, rulesOf } from '../support/bank-fixture.ts'

describe('a numeric key', () => {
  it.each([
    ...[
      '1万3,200円',
      '1万3,200 ± 0 円',
      '5〜7',
      '5 ～ 7',
      '5 または 6',
      '5または6',
      '5、6',
      '5以上',
      '5円以上',
      '5 から 7',
    ],
    ...['1時間30分', '12時30分', '3割5分', '10^3', '2×3', '1/2', '1 / 2', '1.5e3', '5 ± 10%', '100 ± 5% 円', '5 or 6'],
    ...['2026年4月1日', '5 (6 も可)', '13,200円（税込）'],
  ])('"%s" is not read as its first number', (written) => {
    expect(readNumericKey(written)).toBeUndefined()
  })

  it.each([
    ['13,200 ± 0 円', 13200, 0, '円'],
    ['−5 ± 0.5 ℃', -5, 0.5, '℃'],
    ['３ 人・日', 3, 0, '人・日'],
    ['9.8 m/s²', 9.8, 0, 'm/s²'],
    ['12 m2', 12, 0, 'm2'],
    ['1,200 万円', 1200, 0, '万円'],
    ['6 pages per hour', 6, 0, 'pages per hour'],
    ['12 ± 1 サーバー', 12, 1, 'サーバー'],
    ['50% ± 5%', 50, 5, '%'],
    ['50 ± 0 %', 50, 0, '%'],
    ['¥', undefined, 0, ''],
  ])('"%s" is read whole', (written, value, tolerance, unit) => {
    expect(readNumericKey(written)).toEqual(value === undefined ? undefined : { value, tolerance, unit })
  })

  it('that is none is refused where it stands', () => {
    const item = '\n## office-001\n\n`数値`\n\n合計は。\n\n### 正解\n\n1万3,200円\n'
    expect(rulesOf(compileItems(item).diagnostics)).toContain('answer/numeric')
  })
})

it('a cell of a table is taken for a number only where it is one', () => {
  const keys = ['2026年4月1日', '3D', '2nd', '13,200', '13,200円', '50%', '5 kg', '-3.5', '1/2']
  const csv = `question,answer\n${keys.map((key) => `"What is ${key}?","${key}"`).join('\n')}\n`
  const read = readCsv(new TextEncoder().encode(csv), { locale: 'ja' })
  const types = read.ok ? read.value.entries.map((entry) => 'draft' in entry && entry.draft.pills.type) : []
  expect(types).toEqual([
    ...['short', 'short', 'short', 'numeric', 'numeric', 'numeric', 'numeric', 'numeric', 'short'],
  ])
})
