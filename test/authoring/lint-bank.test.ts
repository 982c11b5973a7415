import { describe, expect, it } from 'vitest'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import type { Diagnostic } from '../../src/authoring/diagnostic.ts'
import { printLock, updateLock } from '../../src/authoring/item-lock.ts'
import type { Item } from '../../src/item/item.ts'
import { instant } from '../../src/kernel/instant.ts'
import { bankMd, compileItems, examMd, filesOf, NOW, rulesOf, SINGLE } from '../support/bank-fixture.ts'

interface Written {
  readonly pills?: string
  readonly stem?: string
  readonly options?: readonly string[]
  readonly right?: number
  readonly rest?: string
}

const item = (
  {
    pills = '`単一`',
    stem = '最も適切なものはどれですか。',
    options = ['赤いペン', '青いペン', '黒いペン', '白いペン'],
    right = 0,
    rest = '### 解説\n\n理由です。',
  }: Written = {},
  n = 1,
): string =>
  `\n## office-${String(n).padStart(3, '0')}\n\n${pills}\n\n${stem}\n\n${options.map((option, i) => `- [${i === right ? 'x' : ' '}] ${option}`).join('\n')}\n\n${rest}\n`

const lint = (written: Written): Diagnostic[] => [...compileItems(item(written)).diagnostics]
const ofRule = (rule: string, written: Written) => lint(written).filter((found) => found.rule === rule)

it('finds nothing in a sound item', () => {
  expect(lint({})).toEqual([])
})

describe('rules for options', () => {
  it.each<[string, Written]>([
    ['option/count', { options: ['赤いペン', '青いペン'] }],
    ['option/count', { options: ['赤', '青', '黒', '白', '緑', '紫'].map((colour) => `${colour}のペン`) }],
    ['option/all-of-the-above', { options: ['赤いペン', '青いペン', '上記のすべて'] }],
    ['option/all-of-the-above', { options: ['red', 'blue', 'All of the above'] }],
    ['option/none-of-the-above', { options: ['赤いペン', '青いペン', '上記のいずれでもない'] }],
    ['option/none-of-the-above', { options: ['赤いペン', '青いペン', '該当なし'] }],
    ['option/absolute-word', { options: ['赤いペンを使う', '必ず青いペンを使う', '黒いペンを使う', '白いペンを使う'] }],
    ['option/grammar-cue', { options: ['赤いペンです。', '青いペン', '黒いペン', '白いペン'] }],
    ['option/grammar-cue', { stem: 'Choose the right word. This is an', options: ['apple', 'pear', 'plum', 'quince'] }],
    ['option/heterogeneous', { options: ['10', '20', '30', '分からない'], right: 1 }],
    ['option/heterogeneous', { options: ['赤いペンです。', '青いペンです。', '黒いペン', '白いペン'] }],
    ['option/overlap', { options: ['0〜10', '10〜20', '21〜30'] }],
    ['option/duplicate', { options: ['Red pen', 'red pen', 'blue', 'green'] }],
    ['option/duplicate', { options: ['ペン12本', 'ペン１２本', '青いペン', '白いペン'] }],
    ['key/asked-count', { stem: '適切なものを2つ選びなさい。' }],
    ['key/asked-count', { stem: 'Choose three of these pens.' }],
    ['stem/weekday', { stem: '2026年12月11日（木）に使うものはどれですか。' }],
    ['stem/weekday', { stem: 'Which of these is used on Thursday, 11 December 2026?' }],
    ['stem/weekday', { stem: '2月30日（月）、2027/2/29(月)に使うものはどれですか。' }],
    ['option/unordered-numbers', { options: ['30円', '10円', '20円'] }],
    ['option/unordered-numbers', { options: ['10円', '20円', '30円'] }],
    [
      'option/clang',
      {
        stem: '請求書番号を確かめるものはどれですか。',
        options: ['請求書番号の台帳', '納品の台帳', '発注の台帳', '連絡の台帳'],
      },
    ],
    [
      'key/longest',
      { options: ['いつ誰が何をどこでどのように届けるかを書いた案内', '赤いペン', '青いペン', '黒いペン'] },
    ],
  ])('%s speaks up', (rule, written) => {
    expect(ofRule(rule, written)).toEqual([expect.objectContaining({ severity: 'warning', file: 'office.ja.md' })])
  })

  it.each<[string, Written]>([
    ['option/unordered-numbers', { pills: '`単一` `固定順`', options: ['10円', '20円', '30円'] }],
    [
      'option/absolute-word',
      { options: ['必ず赤いペンを使う', '必ず青いペンを使う', '黒いペンを使う', '白いペンを使う'] },
    ],
    ['option/overlap', { options: ['0〜9', '10〜20', '21〜30'] }],
    ['key/longest', { options: ['青いペンと紙', '赤いペンと紙と机', '青いペンと紙と箱', '黒いペンと紙と棚'] }],
  ])('%s is silent where there is nothing to say', (rule, written) => {
    expect(ofRule(rule, written)).toEqual([])
  })

  it('lets options differ in width alone where the item is about width', () => {
    const options = ['ペン12本', 'ペン１２本', '青いペン', '白いペン']
    expect(ofRule('option/duplicate', { stem: '数字を半角にしたものはどれですか。', options })).toEqual([])
  })

  it('points at the option it means', () => {
    expect(ofRule('option/none-of-the-above', { options: ['赤いペン', '青いペン', '該当なし'] })[0]).toMatchObject({
      line: 18,
      column: 7,
    })
  })
})

describe('rules for stems and references', () => {
  it.each<[string, Written]>([
    ['stem/negative-unmarked', { stem: '適切でないものはどれですか。' }],
    ['stem/no-question', { stem: '次の文具、すなわち筆記具' }],
    ['stem/verbose', { stem: `${'長い説明です。'.repeat(110)}どれですか。` }],
    ['ja/readability', { stem: `${'とても長く'.repeat(30)}続くものはどれですか。` }],
    ['ja/tilde-range', { stem: '10~20本で足りるものはどれですか。' }],
    ['leak/answer-in-stem', { stem: '事務では「赤いペン」を使います。どれですか。' }],
    ['rationale/missing', { rest: '' }],
    ['refs/missing-law', { stem: '著作権法で守られるものはどれですか。' }],
    ['refs/stale-law', { rest: '### 解説\n\n理由です。\n\n### 出典\n\n- 薬事法 第66条' }],
    ['refs/stale-law', { rest: '### 解説\n\n理由です。\n\n### 出典\n\n- 消費税法 2019年確認' }],
    ['key/conflict', { rest: '### 解説\n\n正解は C です。' }],
    ['item/review-due', { pills: '`単一` `期限:2026-11-24`' }],
    ['item/enemy', { pills: '`単一` `敵:office-999`' }],
  ])('%s speaks up', (rule, written) => {
    expect(ofRule(rule, written)).toEqual([expect.objectContaining({ severity: 'warning' })])
  })

  it('takes the day of review from its argument', () => {
    const files = filesOf(item({ pills: '`単一` `期限:2027-03-31`' }))
    expect(compileExam(files, { now: NOW }).diagnostics).toEqual([])
    expect(rulesOf(compileExam(files, { now: instant(Date.parse('2027-04-01T00:00:00Z')) }).diagnostics)).toEqual([
      'item/review-due',
    ])
  })

  it('accepts a negative in bold', () => {
    expect(ofRule('stem/negative-unmarked', { stem: '**適切でない**ものはどれですか。' })).toEqual([])
  })

  it('finds the answer of a short item in its stem', () => {
    const { diagnostics } = compileItems(
      '\n## office-001\n\n`短答`\n\n絶対参照のことを何と呼びますか。\n\n### 正解\n\n- 絶対参照\n\n### 解説\n\nです。\n',
    )
    expect(rulesOf(diagnostics)).toEqual(['leak/answer-in-stem'])
  })

  it('refuses an image whose name tells the answer, and embeds others', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0)
    const with_ = (name: string) =>
      compileExam(
        [...filesOf(item({ stem: `![表](assets/${name})\n\nどれですか。` })), { path: `assets/${name}`, content: png }],
        { now: NOW },
      )
    expect(rulesOf(with_('answer-1.png').diagnostics)).toEqual(['leak/asset-name'])
    expect(with_('table.png').bank?.items[0]?.wordings.ja?.stem.html).toContain(
      '<img src="data:image/png;base64,iVBORw0KGgoA" alt="表">',
    )
    expect(compileItems(item({ stem: '![](assets/x.png)\n\nどれですか。' })).bank).toBeUndefined()
  })
})

describe('dates without a year', () => {
  const on = (days: readonly string[]) =>
    compileItems(
      days.map((day, i) => item({ stem: `${day}に使うものはどれですか。` }, i + 1)).join(''),
    ).diagnostics.filter(({ rule }) => rule === 'stem/weekday')
  const december = ['12月7日（月）', '12月8日（火）', '12月9日（水）', '12月10日（木）', '12月14日（月）']

  it('lie in the year in which most dates of the bank fall on their weekdays, or in the next', () => {
    expect(on([...december, '1月8日（金）'])).toEqual([])
    expect(on([...december, '12月11日（木）'])).toMatchObject([{ line: 10 + 5 * 15 + 4 }])
  })

  it('may be wrong where the item names the right weekday too', () => {
    expect(on([...december, '2026年12月11日は金曜日です。12月11日（木）'])).toEqual([])
  })
})

describe('rules for the whole bank', () => {
  it('name each item whose skill the exam has not', () => {
    const found = compileItems(item({ pills: '`単一` `能力:a-9`' }), {
      skills: '[{ id: a-1, name: { ja: 力 } }]',
    }).diagnostics.filter(({ rule }) => rule === 'item/skill')
    expect(found).toMatchObject([{ file: 'office.ja.md', line: 10 }])
  })

  it('say where the end of a range is never drawn', () => {
    const drawn = (range: string) =>
      compileItems(
        `\n## office-001\n\n\`数値\`\n\n{{price}}円の2倍は何円ですか。\n\n### 正解\n\n{{ price * 2 }} ± 0 円\n\n### 変数\n\n- price: ${range}\n\n### 解説\n\n2を掛けます。\n`,
      ).diagnostics.filter(({ rule }) => rule === 'variables/end')
    expect(drawn('100〜200 刻み 30')).toHaveLength(1)
    for (const whole of ['100〜200 刻み 25', '0.1〜0.7 刻み 0.2', '1〜9']) expect(drawn(whole)).toEqual([])
  })

  const many = (n: number, make: (i: number) => Written) =>
    Array.from({ length: n }, (_, i) => item(make(i), i + 1)).join('')
  const words = [
    '机',
    '椅子',
    '棚',
    '箱',
    '窓',
    '扉',
    '壁',
    '床',
    '柱',
    '灯',
    '鍵',
    '紐',
    '布',
    '紙',
    '筆',
    '皿',
    '鍋',
    '杯',
    '瓶',
    '匙',
    '傘',
    '靴',
    '鞄',
    '帽子',
    '手袋',
    '時計',
    '鏡',
    '櫛',
    '枕',
    '毛布',
  ]
  const options = (i: number) => ['色', '形', '数', '名'].map((what) => `${words[i]}の${what}`)

  it('compares keys that are the longest option with chance', () => {
    const { diagnostics } = compileItems(
      many(30, (i) => ({
        stem: `${words[i]}について適切なものはどれですか。`,
        options: options(i).map((text, k) => (k === i % 4 ? `${text}と大きさ` : text)),
        right: i % 4,
      })),
    )
    expect(diagnostics.filter(({ rule }) => rule === 'key/longest').at(0)).toMatchObject({
      line: 1,
      message: expect.stringContaining('30問（100%）'),
    })
  })

  it('tests the positions of keys with χ²', () => {
    const biased = compileItems(
      many(30, (i) => ({ stem: `${words[i]}について適切なものはどれですか。`, options: options(i), right: 1 })),
    )
    expect(biased.diagnostics.filter(({ rule }) => rule === 'key/position-bias')).toHaveLength(1)
    const even = compileItems(
      many(30, (i) => ({ stem: `${words[i]}について適切なものはどれですか。`, options: options(i), right: i % 4 })),
    )
    expect(rulesOf(even.diagnostics)).not.toContain('key/position-bias')
  })

  const long =
    '取引先の担当者から、納品した見積書の金額と注文書の金額が合わないという連絡が電話で届きました。手元の控えを見ると、片方だけ税込みで書かれています。'

  it('tells equal, contradicting and similar items apart', () => {
    const twins = (second: Written) =>
      rulesOf(compileItems(item({ stem: `${long}初めにすることはどれですか。` }) + item(second, 2)).diagnostics)
    expect(twins({ stem: `${long}初めにすることはどれですか。` })).toEqual(['item/duplicate'])
    expect(twins({ stem: `${long}初めにすることはどれですか。`, right: 2 })).toEqual(['key/conflict'])
    expect(twins({ stem: `${long}次にすることはどれですか。` })).toEqual(['item/near-duplicate'])
    expect(twins({ pills: '`単一` `敵:office-001`', stem: `${long}次にすることはどれですか。` })).toEqual([])
  })

  it('refuses a pool that cannot fill the blueprint, and warns of a thin one', () => {
    const found = (blueprint: string, n = 3) =>
      compileItems(
        many(n, (i) => ({ stem: `${words[i]}について適切なものはどれですか。`, options: options(i) })),
        { blueprint },
      ).diagnostics.map(({ rule, severity }) => `${severity} ${rule}`)
    expect(found('{ office: { draw: 3 } }')).toEqual([])
    expect(found('{ office: { draw: 2, min_pool: 2x } }')).toEqual(['warning pool/too-small'])
    expect(found('{ office: { draw: 4 } }')).toEqual(['error pool/too-small'])
    expect(found('{ office: { draw: 2, difficulty: { 1-2: 1, 3: 1 } } }')).toEqual(['error pool/too-small'])
    expect(found('{ office: { draw: 3, difficulty: { 1-2: 1, 3: 1 } } }')).toContain('error blueprint/invalid')
  })

  it('draws papers on trial: enemies and critical skills count', () => {
    const enemies = compileItems(
      item({ pills: '`単一` `敵:office-002`', stem: '机について適切なものはどれですか。' }) +
        item({ stem: '椅子について適切なものはどれですか。', options: options(2) }, 2),
      { blueprint: '{ office: { draw: 2 } }' },
    )
    expect(rulesOf(enemies.diagnostics)).toEqual(['pool/too-small'])
    const critical = compileItems(item({ pills: '`単一` `能力:a-1`' }), {
      critical: '{ min: 1, skills: [a-2] }',
      skills: '[{ id: a-1, name: { ja: い } }, { id: a-2, name: { ja: ろ } }]',
    })
    expect(rulesOf(critical.diagnostics).sort()).toEqual(['blueprint/unbalanced', 'pool/too-small'])
  })

  it('draws only live items', () => {
    expect(rulesOf(compileItems(item({ pills: '`単一` `下書き`' })).diagnostics)).toEqual(['pool/too-small'])
  })
})

describe('locales', () => {
  const en = (change: (text: string) => string = (text) => text) =>
    change(
      '\n## office-001 Subject\n\n`single` `difficulty 2`\n\nWhich subject line is best?\n\n- [ ] Thank you\n- [x] Quotation for July\n- [ ] Please find attached\n- [ ] Re: Re: The other day\n\n### Rationale\n\nThe second.\n',
    )
  const compile = (english: string | undefined) =>
    compileExam(
      [
        { path: 'exam.md', content: examMd({ locales: '[ja, en]' }) },
        { path: 'exam.en.md', content: 'Read this.\n' },
        { path: 'office.ja.md', content: bankMd(SINGLE) },
        ...(english === undefined ? [] : [{ path: 'office.en.md', content: bankMd(english, { locale: 'en' }) }]),
      ],
      { now: NOW },
    )

  it('joins both wordings in one item', () => {
    const { bank, diagnostics } = compile(en())
    expect(diagnostics).toEqual([])
    expect(Object.keys(bank?.items[0]?.wordings ?? {})).toEqual(['ja', 'en'])
    expect(bank?.exam.rulesHtml.en).toBe('<p>Read this.</p>')
    expect(bank?.exam.sections[0]?.title).toEqual({ ja: '事務', en: '事務' })
  })

  it.each([
    ['locale/key-mismatch', (text: string) => text.replace('[x]', '[ ]').replace('[ ] Thank', '[x] Thank'), 'error'],
    ['locale/mismatch', (text: string) => text.replace('`single`', '`single` `2pt`'), 'error'],
    ['locale/stale', (text: string) => text.replace('`single`', '`single` `v2`'), 'warning'],
  ])('%s', (rule, change, severity) => {
    expect(compile(en(change)).diagnostics).toContainEqual(
      expect.objectContaining({ rule, severity, file: 'office.en.md', line: 10 }),
    )
  })

  it('says once that a whole file is missing', () => {
    expect(compile(undefined).diagnostics.filter(({ rule }) => rule === 'locale/missing')).toHaveLength(1)
  })

  it('knows a file whose name and header disagree', () => {
    const { diagnostics } = compileExam(
      [
        { path: 'exam.md', content: examMd() },
        { path: 'mail.ja.md', content: bankMd('') },
      ],
      { now: NOW },
    )
    expect(rulesOf(diagnostics)).toContain('file/name')
  })
})

describe('the lock', () => {
  const lockOf = (text: string) => ({
    path: 'items.lock.json',
    content: printLock(updateLock({}, [compileItems(text).items[0]?.item as Item], '2026-11-24')),
  })
  const check = (text: string, locked: string) =>
    rulesOf(compileExam([...filesOf(text), lockOf(locked)], { now: NOW }).diagnostics)

  it('holds a live item to the content of its version', () => {
    const changed = SINGLE.replace('いつも', 'いつでも')
    expect(check(SINGLE, SINGLE)).toEqual([])
    expect(check(changed, SINGLE)).toEqual(['item/version'])
    expect(check(changed.replace('`単一`', '`単一` `v2`'), SINGLE)).toEqual([])
    expect(check(SINGLE, SINGLE.replace('`単一`', '`単一` `v2`'))).toEqual(['item/version'])
    expect(check(SINGLE.replace('- [x]', '- [ ]').replace('- [ ] いつも', '- [x] いつも'), SINGLE)).toEqual([
      'item/version',
    ])
  })

  it('does not mind new rationales, titles and other secrets', () => {
    expect(check(SINGLE.replace('二つ目です。', '別の解説です。').replace('件名\n', '別の題\n'), SINGLE)).toEqual([])
  })

  it('refuses a broken lock', () => {
    const { diagnostics } = compileExam(
      [...filesOf(SINGLE), { path: 'items.lock.json', content: '{"lock":1,"items":{"office-001":1}}' }],
      { now: NOW },
    )
    expect(rulesOf(diagnostics)).toContain('lock/invalid')
  })
})
