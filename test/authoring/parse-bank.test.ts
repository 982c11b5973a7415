import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ItemSource } from '../../src/authoring/bank-source.ts'
import { parseBank } from '../../src/authoring/parse-bank.ts'
import { bankMd, compileItems, firstItem, rulesOf, SINGLE } from '../support/bank-fixture.ts'

const parse = (items: string, header = {}) => parseBank({ path: 'office.ja.md', content: bankMd(items, header) })
const itemOf = (item: unknown) => item as ItemSource
const pillsOf = (line: string) =>
  itemOf(parse(`\n## office-001 題名\n\n${line}\n\nどれですか。\n\n- [x] a\n- [ ] b\n- [ ] c\n`).bank?.items[0]).pills

describe('pills', () => {
  it.each([
    [
      '`単一` `2点` `30秒` `難易度2` `v3` `下書き` `能力:bc-1` `知識` `期限:2027-03-31` `敵:office-007` `言語:ja-stimulus` `固定順`',
      '`single` `2pt` `30s` `difficulty 2` `v3` `draft` `skill:bc-1` `knowledge` `review-by:2027-03-31` `enemy:office-007` `lang:ja-stimulus` `fixed`',
    ],
    ['`単一` `2点` `2分` `公開` `適用`', '`single` `2points` `2m` `live` `application`'],
    ['`単一` `試験導入` `判断`', '`single` `pilot` `judgement`'],
    ['`単一` `廃止` `90秒`', '`single` `retired` `90s`'],
  ])('reads %s like its English', (ja, en) => {
    expect(pillsOf(en)).toEqual(pillsOf(ja))
  })

  it('reads full-width digits and several lines of pills', () => {
    expect(pillsOf('`単一` `２点`\n`難易度３`')).toMatchObject({ points: 2, difficulty: 3 })
  })

  it('names an unknown pill with its place', () => {
    const { diagnostics } = parse(SINGLE.replace('`難易度2`', '`難易度9`'))
    expect(diagnostics).toEqual([
      expect.objectContaining({ rule: 'pill/unknown', line: 12, column: 7, severity: 'error' }),
    ])
  })

  it.each(['`0点`', '`期限:2027-02-30`', '`v0`'])('refuses the value of %s', (pill) => {
    expect(rulesOf(parse(SINGLE.replace('`難易度2`', pill)).diagnostics)).toEqual(['pill/unknown'])
  })

  it('takes defaults from the frontmatter', () => {
    const item = firstItem(SINGLE)
    expect(item).toMatchObject({ points: 1, seconds: 60, status: 'live', version: 1, difficulty: 2, topic: 'office' })
  })
})

describe('the example bank', () => {
  const { bank, diagnostics } = parseBank({
    path: 'office.ja.md',
    content: readFileSync('test/authoring/office.ja.md'),
  })

  it('reads every type', () => {
    expect(bank?.items.map((item) => (item.kind === 'item' ? item.pills.type : 'raw'))).toEqual([
      'single',
      'multiple',
      'true-false',
      'numeric',
      'short',
      'cloze',
      'order',
      'match',
      'essay',
    ])
    expect(diagnostics).toEqual([])
  })
})

describe('types', () => {
  const secrets = '\n### 解説\n\nです。\n'
  it('compiles a numeric key with separators, tolerance and unit', () => {
    const item = firstItem(
      `\n## office-001\n\n\`数値\`\n\n何円ですか。\n\n### 正解\n\n１３,２００ ± 0.5 円\n${secrets}`,
    )
    expect(item.wordings.ja?.secret.key).toEqual({ type: 'numeric', value: 13_200, tolerance: 0.5, unit: '円' })
  })

  it.each(['1,32,00 円', '約13200円', '1 ± 2 ± 3', '', '12円 ± 3個'])('refuses the numeric key "%s"', (key) => {
    expect(
      rulesOf(
        compileItems(`\n## office-001\n\n\`数値\`\n\n何円ですか。\n\n### 正解\n\n${key}\n${secrets}`).diagnostics,
      ),
    ).toContain('answer/numeric')
  })

  it('compiles a cloze with free and picked blanks, in code too', () => {
    const item = firstItem(
      `\n## office-001\n\n\`穴埋め\`\n\n\`=VLOOKUP(A1,B:C,2,[[1]])\` の値は [[2: 左端 | 右端]] です。\n\n### 正解\n\n1. FALSE / 0\n2. 右端\n${secrets}`,
    )
    const { stem, secret } = item.wordings.ja as NonNullable<typeof item.wordings.ja>
    expect(stem.html).toContain('<code>=VLOOKUP(A1,B:C,2,<span class="blank" data-blank="1"></span>)</code>')
    expect(stem.html).toContain('<span class="blank" data-blank="2"></span>')
    expect(secret.key).toEqual({ type: 'cloze', blanks: { 1: { accepted: ['FALSE', '0'] }, 2: { choice: 1 } } })
  })

  it.each([
    ['[[1: 左 | 右]]', '1. 中', 'cloze/answer'],
    ['[[1]] [[3]]', '1. a\n2. b', 'cloze/numbers'],
    ['[[1]]', '2. a', 'cloze/answer'],
    ['［［1］］', '1. a', 'cloze/marker'],
    ['[[1: 一つだけ]]', '1. 一つだけ', 'cloze/choices'],
    ['[[あ]]', '1. a', 'cloze/marker'],
  ])('refuses the blanks %s with the answers %s', (stem, answers, rule) => {
    expect(
      rulesOf(
        compileItems(`\n## office-001\n\n\`穴埋め\`\n\n空欄は ${stem} です。\n\n### 正解\n\n${answers}\n${secrets}`)
          .diagnostics,
      ),
    ).toContain(rule)
  })

  it('keeps the author’s order out of order and match stems', () => {
    const rows = ['見積書を受け取る', '発注書を送る', '検収する', '請求を受ける', '支払う']
    const order = firstItem(
      `\n## office-001\n\n\`並べ替え\`\n\n順に並べてください。\n\n${rows.map((row, i) => `${i + 1}. ${row}`).join('\n')}\n${secrets}`,
    )
    const { stem, secret } = order.wordings.ja as NonNullable<typeof order.wordings.ja>
    if (stem.type !== 'order' || secret.key.type !== 'order') throw new Error('no order')
    const { choices } = stem
    expect(secret.key.order.map((i) => choices[i]?.text)).toEqual(rows)
    expect(choices.map(({ text }) => text)).not.toEqual(rows)
    const match = firstItem(
      `\n## office-001\n\n\`組合せ\`\n\n組を作ってください。\n\n| 左 | 右 |\n| --- | --- |\n| a | 一 |\n| b | 二 |\n|  | 三 |\n${secrets}`,
    )
    const wording = match.wordings.ja as NonNullable<typeof match.wordings.ja>
    if (wording.stem.type !== 'match' || wording.secret.key.type !== 'match') throw new Error('no match')
    const { left, right } = wording.stem
    expect(wording.secret.key.pairs.map((r, l) => `${left[l]?.text}${right[r]?.text}`)).toEqual(['a一', 'b二'])
    expect(right.map(({ text }) => text).sort()).toEqual(['一', '三', '二'])
  })

  it.each([
    ['`単一`', '- [x] a\n- [x] b\n- [ ] c', 'key/conflict'],
    ['`単一`', '- [ ] a\n- [ ] b\n- [ ] c', 'key/missing'],
    ['`単一`', '- [x] a\n- [ ] a\n- [ ] c', 'option/duplicate'],
    ['`正誤`', '- [x] 正しい\n- [ ] 誤り\n- [ ] どちらでもない', 'option/count'],
  ])('refuses %s with %s', (type, options, rule) => {
    expect(rulesOf(compileItems(`\n## office-001\n\n${type}\n\nどれですか。\n\n${options}\n`).diagnostics)).toContain(
      rule,
    )
  })

  it('reports every problem of a bank in one run', () => {
    const broken =
      SINGLE.replace('- [x]', '- [ｘ]') +
      SINGLE.replaceAll('001', '002').replace('`単一`', '`択一`') +
      SINGLE.replaceAll('001', '003').replace('### 解説', '### 解答')
    expect(rulesOf(parse(broken).diagnostics).sort()).toEqual([
      'item/type',
      'option/checkbox',
      'pill/unknown',
      'section/unknown',
    ])
  })
})

describe('diagnostics', () => {
  it('are exact about line and column', () => {
    const { diagnostics } = parse(SINGLE.replace('- [x] 【', '- [ｘ] 【'))
    expect(diagnostics).toEqual([
      expect.objectContaining({
        file: 'office.ja.md',
        line: 17,
        column: 3,
        severity: 'error',
        rule: 'option/checkbox',
        message: '「[ｘ]」は選択肢の印ではありません',
        suggestion: expect.stringContaining('- [x] '),
      }),
    ])
  })
})
