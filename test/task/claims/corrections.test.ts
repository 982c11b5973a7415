import { describe, expect, it } from 'vitest'
import { corrects, saysSame } from '../../../src/task/claims/corrections.ts'

/** What stood there, what is right, then answers that correct it and answers that do not. */
const CASES: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
  [
    '75店',
    ['51店'],
    [
      '51店',
      '５１店',
      ' 51 ',
      '51店です',
      '51店舗',
      '約51店',
      '75店→51店',
      '75店ではなく51店',
      '51店（75店は誤り）',
      '51店です。75店ではありません',
      '「51店」',
    ],
    [
      '75店',
      '51店ではない',
      '51店ではなく75店',
      '75店（51店は誤り）',
      '151店',
      '51.5店',
      '5店',
      '51店か75店',
      '51店、38店、49店',
      '51人と数えました',
      '',
    ],
  ],
  [
    '12％',
    ['12ポイント'],
    ['12ポイント', '１２ﾎﾟｲﾝﾄ', '12%ポイント', '12 パーセントポイント'],
    ['12', '12%', '12パーセント'],
  ],
  [
    '実人数で',
    ['延べで'],
    [
      '延べで',
      '延べ',
      '延べ人数',
      '延べ4,200人',
      '実人数ではなく延べ',
      '延べ（実人数ではない）',
      '延べで、実人数は誤り',
    ],
    ['実人数', '延べではない', '延べか実人数で', '実人数で、延べではない', '延べでも実人数でもない', '実人数ではない'],
  ],
  ['5時', ['6時'], ['6時', '6', '午前6時', '6:00', '６：００', '6時から'], ['6時半', '16時', '5時', '5']],
  ['6時まで', ['6時から'], ['6時から'], ['6時', '6', '6時まで']],
  [
    '12,000人',
    ['1万2,500人'],
    ['12500', '12,500人', '1万2500人', '1.25万人', '１２，５００人'],
    ['12000', '2500', '1万人'],
  ],
  ['4月12日', ['4月5日'], ['4月5日', '4/5', '４月５日（日）'], ['4月12日', '4月15日', '14月5日']],
  [
    'すべての店で使える',
    ['使えない店もある', '一部の店で使える'],
    ['使えない店もある', '一部の店で使える'],
    ['使える', 'すべての店で使える'],
  ],
  ['人数', ['延べ人数'], ['延べ人数'], ['人数', '人']],
]

describe('corrections', () => {
  it.each(CASES)('of %s by %j are read by value and by listed wordings', (shown, wordings, right, wrong) => {
    for (const answer of right) expect(corrects(answer, wordings, shown), `“${answer}” is right`).toBe(true)
    for (const answer of wrong) expect(corrects(answer, wordings, shown), `“${answer}” is wrong`).toBe(false)
  })

  it('two texts say the same whatever their widths and signs', () => {
    expect(saysSame('１万２，０００人', '12000人')).toBe(true)
    expect(saysSame('21％', '21%')).toBe(true)
    expect(saysSame('21%', '21ポイント')).toBe(false)
  })
})
