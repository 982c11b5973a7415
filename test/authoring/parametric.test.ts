import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { parseBank } from '../../src/authoring/parse-bank.ts'
import { printBank } from '../../src/authoring/print-bank.ts'
import { placeItem } from '../../src/form/assemble-form.ts'
import type { Form, PlacedItem } from '../../src/form/form.ts'
import { presentForm, presentItem } from '../../src/form/present-form.ts'
import { recogniseValues, settleStem } from '../../src/item/draw-values.ts'
import type { Item, Wording } from '../../src/item/item.ts'
import { randomFrom } from '../../src/kernel/random.ts'
import { scoreForm } from '../../src/scoring/raw-score.ts'
import { bankMd, compileItems, examMd, filesOf, firstItem, NOW, rulesOf } from '../support/bank-fixture.ts'

const numeric = (
  variables: string,
  key: string,
  stem = '税抜 {{price}} 円の品を {{count}} 個買います。税率10%のとき、税込の合計は何円ですか。',
) =>
  `\n## office-001 税込\n\n\`数値\`\n\n${stem}\n\n### 正解\n\n${key}\n\n### 変数\n\n${variables}\n\n### 解説\n\n掛けます。\n`

const WHOLE = numeric('- price: 1,000〜9,000 刻み 500\n- count: 2 / 3 / 5', '{{ floor(price * count * 1.1) }} ± 0 円')

const CHOICE = `
## office-001 割引

\`単一\` \`固定順\`

定価 {{price}} 円の品が {{rate}}% 引きです。売価は何円ですか。

- [ ] {{ price * rate / 100 }}円
- [x] {{ price - price * rate / 100 }}円
- [ ] {{ price + price * rate / 100 }}円

### 変数

- price: 1,000〜3,000 刻み 1,000
- rate: 10 / 20

### 解説

定価から引きます。
`

const place = (item: Item, seed: string): PlacedItem =>
  placeItem('q1', item, item.wordings.ja as Wording, randomFrom(seed))
const seeds = fc
  .array(fc.integer({ min: 0, max: 15 }), { minLength: 32, maxLength: 32 })
  .map((digits) => digits.map((digit) => digit.toString(16)).join(''))
const shown = (item: Item, placed: PlacedItem) => presentItem(placed, (item.wordings.ja as Wording).stem, item.points)
const plain = (html: string) => html.replace(/<[^>]*>/g, '')

describe('a parametric item', () => {
  const item = firstItem(WHOLE)

  it('shows each paper its own numbers, and only numbers', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const placed = place(item, seed)
        const { price = 0, count = 0 } = placed.values ?? {}
        expect(price % 500).toBe(0)
        expect([2, 3, 5]).toContain(count)
        const text = plain(shown(item, placed).stemHtml)
        expect(text).toContain(`税抜 ${price.toLocaleString('en')} 円の品を ${count} 個`)
        expect(text).not.toMatch(/[{}\ue000-\uf8ff?？]/)
      }),
    )
  })

  it('draws every value of its ranges', () => {
    const drawn = new Set(
      Array.from({ length: 400 }, (_, n) => place(item, n.toString(16).padStart(32, '5')).values?.price),
    )
    expect(drawn.size).toBe(17)
    expect([Math.min(...(drawn as Set<number>)), Math.max(...(drawn as Set<number>))]).toEqual([1_000, 9_000])
  })

  it('is the same again from the same seed', () => {
    expect(place(item, 'ab'.repeat(16))).toEqual(place(item, 'ab'.repeat(16)))
  })

  it('is scored by the values of its own paper', () => {
    const { bank } = compileItems(WHOLE)
    if (!bank) throw new Error('no bank')
    fc.assert(
      fc.property(seeds, (seed) => {
        const placed = place(item, seed)
        const form: Form = { bankHash: bank.hash, locale: 'ja', seed, sections: [{ topic: 'office', items: [placed] }] }
        const { price = 0, count = 0 } = placed.values ?? {}
        const right = Math.floor((price * count * 11) / 10)
        const creditOf = (text: string) => scoreForm(form, bank, { q1: { text } })[0]?.[0]?.credit
        expect([creditOf(`${right}`), creditOf(`${right + 1}`), creditOf(`${price}`)]).toEqual([1, 0, 0])
      }),
    )
  })

  it('never sends an expression to a candidate', () => {
    const { bank } = compileItems(CHOICE)
    if (!bank) throw new Error('no bank')
    const choice = bank.items[0] as Item
    const form: Form = {
      bankHash: bank.hash,
      locale: 'ja',
      seed: '',
      sections: [{ topic: 'office', items: [place(choice, '1f'.repeat(16))] }],
    }
    const sent = JSON.stringify(presentForm(form, bank))
    expect(sent).not.toMatch(/price|rate|slots|values|expression/)
    expect(Object.keys(presentForm(form, bank)[0]?.items[0] ?? {}).sort()).toEqual([
      'options',
      'points',
      'ref',
      'stemHtml',
      'type',
    ])
  })

  it('lays numbers out by size where the order is fixed', () => {
    const choice = firstItem(CHOICE)
    fc.assert(
      fc.property(seeds, (seed) => {
        const numbers = (shown(choice, place(choice, seed)).options ?? []).map(({ html }) =>
          Number(plain(html).replace(/[^\d]/g, '')),
        )
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
      }),
    )
  })

  it('does not change for candidates when its key does', () => {
    const other = firstItem(
      numeric('- price: 1,000〜9,000 刻み 500\n- count: 2 / 3 / 5', '{{ price + count }} ± 10 個'),
    )
    expect(other.hash).not.toBe(item.hash)
    for (const seed of ['12'.repeat(16), 'e7'.repeat(16)])
      expect(shown(other, place(other, seed))).toEqual(shown(item, place(item, seed)))
  })

  it('is known again from what a candidate sees', () => {
    const { stem } = item.wordings.ja as Wording
    fc.assert(
      fc.property(seeds, (seed) => {
        const placed = place(item, seed)
        expect(recogniseValues(stem, settleStem(stem, placed.values ?? {}).html)).toEqual(placed.values)
      }),
    )
    expect(recogniseValues(stem, '<p>ほかの問題</p>')).toBeUndefined()
  })

  it('may stand in code, and keep digits together', () => {
    const formula = firstItem(
      numeric(
        '- row: 2〜9',
        '{{ row * 1000 }}',
        '`=SUM(A{{row}}:A10)` を {{ row * 1000 : plain }} 行目に置きます。何行ですか。',
      ).replace('{{ row * 1000 }}', '{{ row * 1000 + 1 }}'),
    )
    const text = plain(shown(formula, place(formula, '77'.repeat(16))).stemHtml)
    expect(text).toMatch(/^=SUM\(A\d:A10\) を \d000 行目/)
  })

  it('accepts short answers made of its values', () => {
    const short = firstItem(
      '\n## office-001\n\n`短答`\n\n{{n}} 月の略し方は。何ですか。\n\n### 正解\n\n- {{ n + 1 }}月\n\n### 変数\n\n- n: 1〜3\n\n### 解説\n\n次です。\n',
    )
    const placed = place(short, '31'.repeat(16))
    const bank = compileItems('').bank
    expect(bank).toBeUndefined()
    expect((short.wordings.ja as Wording).secret).toMatchObject({
      key: { type: 'short' },
      slots: [{ expression: ['+', 'n', '1'] }],
    })
    expect(placed.values).toHaveProperty('n')
  })
})

describe('a parametric item that could go wrong is refused with the draw that shows it', () => {
  const problems = (source: string) => compileItems(source).diagnostics.filter(({ severity }) => severity === 'error')

  it.each([
    ['a negative result', numeric('- price: 1〜5\n- count: 1〜5', '{{ price - count }} 円'), 'variables/negative'],
    [
      'a result that does not come out even',
      numeric('- price: 1〜9\n- count: 3 / 7', '{{ price / count }} 円'),
      'variables/rounding',
    ],
    [
      'a division by zero',
      numeric('- price: 0〜2\n- count: 1 / 2', '{{ floor(count / price) }} 円'),
      'variables/undefined',
    ],
    ['an unknown variable', numeric('- price: 1〜2\n- count: 1 / 2', '{{ price * cuont }} 円'), 'variables/unknown'],
    [
      'an expression that cannot be read',
      numeric('- price: 1〜2\n- count: 1 / 2', '{{ price ** 2 }} 円'),
      'variables/expression',
    ],
    ['an empty range', numeric('- price: 5〜5\n- count: 1 / 2', '{{ price }} 円'), 'variables/list'],
    [
      'a step larger than the range',
      numeric('- price: 1〜5 刻み 50\n- count: 1 / 2', '{{ price * count }} 円'),
      'variables/list',
    ],
    [
      'the same variable twice',
      numeric('- price: 1〜5\n- price: 1〜6\n- count: 1 / 2', '{{ price * count }} 円'),
      'variables/list',
    ],
    ['no variable at all', numeric('', '{{ 1 + 1 }} 円', '1 + 1 は何ですか。'), 'variables/list'],
    [
      'an answer whose expression is shown',
      numeric(
        '- price: 1〜5\n- count: 1 / 2',
        '{{ price * count }} 円',
        '{{price}} 円が {{count}} 個で {{ price * count }} 円です。いくらですか。',
      ),
      'leak/answer-in-stem',
    ],
    ['options that meet', CHOICE.replace('- rate: 10 / 20', '- rate: 50 / 20'), 'variables/ambiguous'],
  ])('%s', (_, source, rule) => {
    expect(rulesOf(problems(source))).toContain(rule)
  })

  it.each(['1〜5', '1~5', '1–5', '1-5', '1 to 5'])('none where a range is written %s', (range) => {
    expect(rulesOf(problems(numeric(`- price: ${range}\n- count: 2 / 3`, '{{ price * count }} 円')))).not.toContain(
      'variables/list',
    )
  })

  it('says with which values', () => {
    expect(
      problems(numeric('- price: 1〜5\n- count: 4 / 5', '{{ price - count }} 円')).find(
        ({ rule }) => rule === 'variables/negative',
      )?.message,
    ).toContain('price=1, count=4')
  })

  it('braces without variables, outside code', () => {
    const lone = (stem: string) =>
      rulesOf(
        compileItems(`\n## office-001\n\n\`短答\`\n\n${stem}\n\n### 正解\n\n- あ\n\n### 解説\n\nい\n`).diagnostics,
      )
    expect(lone('{{price}} 円は何ですか。')).toContain('variables/missing')
    expect(lone('`{{price}}` は何ですか。')).not.toContain('variables/missing')
  })
})

describe('a parametric item whose stem does not tell what was drawn is warned of', () => {
  const hidden = (source: string) =>
    compileItems(source)
      .diagnostics.filter(({ rule }) => rule === 'variables/hidden')
      .map(({ message }) => message)
  const sum = (stem: string) => numeric('- price: 1〜5\n- count: 4 / 5', '{{ price * count }} 円', stem)

  it('where it shows only what an expression makes of the numbers, and by name', () => {
    const [message, ...more] = hidden(sum('{{ price + 1 }} 円の品を、1円引きで {{count}} 個買います。何円ですか。'))
    expect(message).toContain('price')
    expect(message).not.toContain('count')
    expect(more).toEqual([])
  })

  it('where only its options show them', () => {
    expect(hidden(CHOICE.replace('{{price}} 円の品が', '品が'))).toHaveLength(1)
  })

  it('where two numbers run into one', () => {
    expect(hidden(sum('{{price}}{{count}} 円で、{{price}} を {{count}} 個です。何円ですか。'))).toEqual([])
    expect(
      hidden(
        numeric('- price: 1 / 12\n- count: 2 / 21', '{{ price * count }} 円', '{{price}}{{count}}です。何円ですか。'),
      ),
    ).toHaveLength(1)
  })

  it('and not where every number stands by itself once, or an unused one is warned of already', () => {
    expect(hidden(WHOLE)).toEqual([])
    expect(hidden(CHOICE)).toEqual([])
    expect(hidden(numeric('- price: 1〜5\n- count: 4 / 5\n- left: 1 / 2', '{{ price * count }} 円'))).toEqual([])
  })
})

describe('both languages of a parametric item', () => {
  const en = (key: string, variables: string) => ({
    path: 'office.en.md',
    content: bankMd(
      `\n## office-001 Gross\n\n\`numeric\`\n\nYou buy {{count}} items of {{price}} yen net at 10% tax. What do you pay in yen?\n\n### Answer\n\n${key}\n\n### Variables\n\n${variables}\n\n### Rationale\n\nMultiply.\n`,
      { locale: 'en' },
    ),
  })
  const compile = (key: string, variables: string) =>
    compileExam(
      [
        ...filesOf(WHOLE, {}).filter(({ path }) => path !== 'exam.md'),
        { path: 'exam.md', content: examMd({ locales: '[ja, en]' }) },
        en(key, variables),
      ],
      { now: NOW },
    )

  it('may write the same arithmetic in their own words', () => {
    const { bank, diagnostics } = compile(
      '{{ 切捨て(price × count × 1.1) }} ± 0 yen',
      '- price: 1,000〜9,000 step 500\n- count: 2, 3, 5',
    )
    expect(rulesOf(diagnostics)).not.toContain('locale/key-mismatch')
    expect(bank?.items[0]?.wordings.en?.variables).toEqual(bank?.items[0]?.wordings.ja?.variables)
  })

  it.each([
    ['another formula', '{{ price * count }} ± 0 yen', '- price: 1,000〜9,000 step 500\n- count: 2, 3, 5'],
    ['another range', '{{ floor(price * count * 1.1) }} ± 0 yen', '- price: 1,000〜8,000 step 500\n- count: 2, 3, 5'],
  ])('are refused with %s', (_, key, variables) => {
    expect(rulesOf(compile(key, variables).diagnostics)).toContain('locale/key-mismatch')
  })
})

it('reads, prints and reads parametric items as the same', () => {
  for (const source of [WHOLE, CHOICE]) {
    const parsed = parseBank({ path: 'office.ja.md', content: bankMd(source) }).bank
    if (!parsed) throw new Error('no bank')
    const printed = printBank(parsed)
    const again = parseBank({ path: 'office.ja.md', content: printed }).bank
    expect(again).toEqual(parsed)
    expect(again && printBank(again)).toBe(printed)
  }
})
