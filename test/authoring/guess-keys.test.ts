import { describe, expect, it } from 'vitest'
import { guessKeys } from '../../src/authoring/guess-keys.ts'
import { type Subject, subjectOf } from '../../src/authoring/lint/subject.ts'
import { carriesMaterial, measureBank } from '../../src/authoring/measure-bank.ts'
import { compileItems } from '../support/bank-fixture.ts'

const single = (n: number, options: readonly string[], right: number, stem = '正しいものを1つ選びなさい。') =>
  `\n## office-${String(n).padStart(3, '0')}\n\n\`単一\`\n\n${stem}\n\n${options.map((option, i) => `- [${i === right ? 'x' : ' '}] ${option}`).join('\n')}\n\n### 解説\n\nです。\n`

const subjects = (source: string): Subject[] =>
  compileItems(source).items.flatMap(({ item, variants }) =>
    item ? variants.flatMap((variant) => subjectOf(item, variant, () => {}) ?? []) : [],
  )

describe('guessing', () => {
  it('by length succeeds where keys are the longest', () => {
    const report = guessKeys(
      subjects([0, 1, 2].map((n) => single(n + 1, ['短い', 'とても長くて詳しい説明', '少し長い', '短め'], 1)).join('')),
    )
    expect(report).toMatchObject({ items: 3, chance: 0.25, longestKeys: 1, scores: { longest: 1, shortest: 0 } })
    expect(report.positions).toEqual([{ options: 4, seen: [0, 3, 0, 0], chiSquare: 9, limit: 11.34 }])
  })

  it('breaks ties by lot', () => {
    expect(guessKeys(subjects(single(1, ['赤色', '青色', '緑色', '白色'], 2))).scores.longest).toBe(0.25)
  })

  it('takes the middle of numbers', () => {
    expect(guessKeys(subjects(single(1, ['100円', '1,200円', '300円'], 2))).scores.middle).toBe(1)
    expect(guessKeys(subjects(single(1, ['100円', '1,200円', '300円'], 1))).scores.middle).toBe(0)
  })

  it('hears the stem in an option', () => {
    const stem = '見積書の件名として正しいものはどれですか。'
    expect(
      guessKeys(subjects(single(1, ['見積書の送付', 'こんにちは', 'お元気で', 'さようなら'], 0, stem))).scores.echo,
    ).toBe(1)
    expect(
      guessKeys(subjects(single(1, ['見積書の送付', 'こんにちは', 'お元気で', 'さようなら'], 1, stem))).scores.echo,
    ).toBe(0)
  })

  it('says nothing of a bank without choices', () => {
    expect(guessKeys([])).toMatchObject({ items: 0, chance: 0, longestKeys: 0, positions: [] })
  })
})

describe('a stem carries a table, a picture or data', () => {
  const carries = (stem: string) => {
    const [item] = compileItems(single(1, ['赤', '青', '緑', '白'], 0, `${stem}\n\n正しいものを1つ選びなさい。`)).items
    return carriesMaterial(item?.item?.wordings.ja?.stem.html ?? '')
  }

  it.each([
    ['a table of two rows', '| 品 | 数 |\n| --- | --- |\n| 紙 | 2 |\n| 箱 | 3 |'],
    ['a code block of two lines', '```\n品,数\n紙,2\n```'],
    ['a quote with three figures', '> - 価格は980円\n> - 送料は500円\n> - 解約は4回から'],
    ['a list with three figures', '- 紙は2箱\n- 封筒は3箱\n- 箱は{{count}}個'.replace('{{count}}', '5')],
    ['three lines of a quoted log', '> 9:00 入稿\\\n> 9:40 差戻し\\\n> 10:05 公開'],
  ])('with %s', (_, stem) => {
    expect(carries(stem)).toBe(true)
  })

  it.each([
    ['a table of one row', '| 品 | 数 |\n| --- | --- |\n| 紙 | 2 |'],
    ['a quoted sentence', '> 2026年12月4日（金）の14時に、3人で打ち合わせます。'],
    ['two figures', '> - 価格は980円\n> - 送料は500円\n> - 色は白'],
    ['lines that are only numbered', '> - 文1：紙を買う\n> - 文2：箱を買う\n> - 文3：筆を買う'],
    ['figures in the running text', '紙は2箱、封筒は3箱、箱は5個、筆は7本あります。'],
    ['one line of code', '`=SUM(A1:A3)`'],
  ])('and not with %s', (_, stem) => {
    expect(carries(stem)).toBe(false)
  })
})

it('measures a bank by what is live in it', () => {
  const source =
    single(1, ['赤', '青', '緑'], 0) + single(2, ['赤い', '青い', '緑の'], 1).replace('`単一`', '`単一` `下書き`')
  const [measured] = measureBank(compileItems(source))
  expect(measured).toMatchObject({
    locale: 'ja',
    items: 1,
    parametric: 0,
    types: { single: 1 },
    ofFour: 0,
    withMaterial: 0,
    withReferences: 0,
    guessing: { items: 1 },
  })
  expect(measured?.readability.meanLength).toBe('正しいものを1つ選びなさい'.length)
})
