import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readFamilySource } from '../../src/authoring/tasks/family-source.ts'
import { bankMd, compileItems, firstItem, rulesOf, SINGLE } from '../support/bank-fixture.ts'

const errorsOf = (items: string) => compileItems(items).diagnostics.filter(({ severity }) => severity === 'error')

describe('option marks that Markdown does not read', () => {
  it.each([
    '- [x]　【',
    '- [ｘ] 【',
    '- [x]【',
    '- ［x］ 【',
    '- ［ｘ］【',
    '-[x] 【',
    '- [X ] 【',
    '－ [x] 【',
    '・[x] 【',
    '- [✓] 【',
    '  - [x] 【',
    '1. [x] 【',
    '- [] 【',
    '- [x]\t【',
  ])('refuses "%s"', (mark) => {
    const found = errorsOf(SINGLE.replace('- [x] 【', mark))
    expect(found.map(({ rule, line }) => `${rule} ${line}`)).toContain('option/checkbox 17')
  })

  it.each([
    ['in the stem', SINGLE.replace('どれですか。', 'どれですか。[x] がある。')],
    ['in code', SINGLE.replace('どれですか。', 'どれですか。\n\n```\n- [x] a\n```')],
    ['in a quote', SINGLE.replace('どれですか。', 'どれですか。\n\n> - [x] a')],
    ['in an option', SINGLE.replace('オフィス用品', 'オフィス用品 [x]')],
    ['twice in one option', SINGLE.replace('- [x] 【', '- [x] [x] 【')],
    ['in a numeric item', '\n## office-001\n\n`数値`\n\n何円ですか。\n\n- [x] a\n\n### 正解\n\n1 円\n'],
    ['in an order row', '\n## office-001\n\n`並べ替え`\n\n並べてください。\n\n1. [x] a\n2. b\n'],
    ['behind an escape', SINGLE.replace('- [x] 【', '- [\\x] 【')],
    ['in emphasis', SINGLE.replace('どれですか。', 'どれですか。[**x**]')],
    ['of entities', SINGLE.replace('どれですか。', 'どれですか。&#91;x&#93;')],
    [
      'in a table',
      '\n## office-001\n\n`組合せ`\n\n組にしてください。\n\n| a | b |\n| --- | --- |\n| [x] | 1 |\n| c | 2 |\n',
    ],
  ])('refuses a mark %s', (_, items) => {
    expect(rulesOf(errorsOf(items))).toContain('option/checkbox')
  })
})

describe('the wall between public and secret', () => {
  it.each([
    '###解説',
    '＃＃＃ 解説',
    '###　解説',
    '#### 解説',
    '### 解答',
    '# 解説',
    ' ### 解説です',
    '##解説',
    '### ',
  ])('is never passed by a heading written "%s"', (heading) => {
    const { items, diagnostics, bank } = compileItems(SINGLE.replace('### 解説', heading))
    expect(bank).toBeUndefined()
    expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true)
    expect(JSON.stringify(items.map(({ item }) => item?.wordings.ja?.stem))).not.toContain('二つ目')
  })

  it.each(['**解説**', '解説：', '正解', '解説'])('a paragraph "%s" is taken for a heading gone wrong', (line) => {
    const cloze = `\n## office-001\n\n\`短答\`\n\n何ですか。\n\n${line}\n\n絶対参照です。\n\n### 正解\n\n- 絶対参照\n`
    expect(rulesOf(errorsOf(cloze))).toContain('section/unmarked')
  })

  it.each([
    ...[
      '#解説',
      '\u00a0### 解説',
      '\\### 解説',
      '【解説】',
      '■解説',
      '・解説',
      '- 解説',
      '1. 解説',
      '（解説）',
      '〔解説〕',
    ],
    ...[
      '`解説`',
      '> 解説',
      '解 説',
      '&#35;&#35; 解説',
      '― 模範解答 ―',
      '正解：13,200円',
      '**答え**: 13,200円',
      '解答：13,200円',
    ],
    ...['Answer: 13,200', '【解説】掛けます。', 'Solution'],
  ])('is not passed by a line "%s" of an item whose key is secret', (line) => {
    const item = (body: string) =>
      `\n## office-001\n\n\`数値\`\n\n合計は何円ですか。\n\n${body}\n\n### 正解\n\n13,200 円\n`
    expect(errorsOf(item(line))).not.toEqual([])
    expect(errorsOf(item('出典：架空の調査\n\n```\n正解：1\n```\n\n解説の要る点を答えなさい。'))).toEqual([])
    expect(JSON.stringify(compileItems(item(line)).items)).not.toContain(JSON.stringify(line).slice(1, -1))
  })

  it.each(['###メモ', ' ### メモ', '#### メモ', '＃＃＃ メモ', '【メモ】', '**メモ**', '\\### メモ'])(
    'is not passed by a line "%s" of a practical task',
    (line) => {
      const written = readFileSync('test/support/member-list.ja.md', 'utf8')
      const found: string[] = []
      const slip = written.replace(/^### /m, `${line}\n\n- 秘密\n\n### `)
      readFamilySource(slip, 'ja', (_, { rule }) => found.push(rule))
      expect(found).toEqual(['task/section'])
    },
  )

  it('text after the options is refused', () => {
    expect(rulesOf(errorsOf(SINGLE.replace('### 解説\n', '解説です\n')))).toContain('option/text-after')
  })

  it('an open code fence cannot swallow a heading', () => {
    const { bank, items, diagnostics } = compileItems(
      SINGLE.replace('どれですか。', 'どれですか。\n\n```\n=SUM(A1)') + SINGLE.replaceAll('001', '002'),
    )
    expect(rulesOf(diagnostics)).toContain('fence/open')
    expect(bank).toBeUndefined()
    expect(JSON.stringify(items)).toContain('office-002')
  })

  it('a fence that reaches over a section heading is refused', () => {
    expect(
      rulesOf(
        errorsOf(
          SINGLE.replace('どれですか。', 'どれですか。\n\n```\na').replace('二つ目です。', '```\n\n二つ目です。'),
        ),
      ),
    ).toContain('fence/holds-section')
  })
})

describe('markup', () => {
  it.each([
    ['<b>太字</b>', 'markup/html'],
    ['<script>alert(1)</script>', 'markup/html'],
    ['<!-- 正解は B -->', 'markup/html'],
    ['<img src=x onerror=alert(1)>', 'markup/html'],
    ['<div\nclass=a>', 'markup/html'],
    ['[押す](javascript:alert(1))', 'markup/link'],
    ['[押す](JaVaScRiPt:alert(1))', 'markup/link'],
    ['[押す](java&#x73;cript:alert(1))', 'markup/link'],
    ['[押す](data:text/html,x)', 'markup/link'],
    ['[押す](vbscript:x)', 'markup/link'],
    ['[押す](http://example.com)', 'markup/link'],
    ['[押す](//example.com)', 'markup/link'],
    ['[押す](/path)', 'markup/link'],
    ['[押す](https://user:pw@example.com)', 'markup/link'],
    ['![図](https://example.com/a.png)', 'markup/image'],
    ['![図](assets/../../etc/passwd)', 'markup/image'],
    ['![図](assets/%2e%2e/x.png)', 'markup/image'],
    ['![図](data:image/png;base64,AA)', 'markup/image'],
    ['![図](assets/none.png)', 'markup/image'],
    ['見出し\n---', 'markup/unsupported'],
    ['10~20~30 円', 'ja/tilde-range'],
    ['**「重要」**です', 'ja/emphasis-flanking'],
    ['[a]: https://example.com', 'markup/unsupported'],
  ])('refuses %s', (written, rule) => {
    expect(rulesOf(errorsOf(SINGLE.replace('件名として最も', `${written}\n\n件名として最も`)))).toContain(rule)
  })

  it.each(['<b>x</b>', '<!-- x -->', '[a](javascript:x)', '![a](https://a.example/b.png)'])(
    'refuses %s in secret texts too',
    (written) => {
      for (const place of ['二つ目です。', '件名\n', '# 事務'] as const) {
        const items = SINGLE.replace(place, `${place.trim()} ${written}${place.endsWith('\n') ? '\n' : ''}`)
        if (items !== SINGLE) expect(rulesOf(errorsOf(items)).some((rule) => rule.startsWith('markup/'))).toBe(true)
      }
      expect(bankMd(SINGLE)).toContain('# 事務')
    },
  )

  it.each(['次の <pre>a', '次の <a href=x>a', '- 次の <code>', '[a]: https://example.com', '次の `a'])(
    'leaves nothing of %s open for what is read after it',
    (open) => {
      const ranged = SINGLE.replace(
        '件名として最も',
        '10~20本のうち、[名前][a]の https://example.com で **重要** な件名として最も',
      )
      const judged = () => compileItems(ranged).diagnostics.map(({ rule, line, column }) => [rule, line, column])
      const before = judged()
      compileItems(SINGLE.replace('件名として最も', `${open}\n\n件名として最も`))
      expect(judged()).toEqual(before)
      expect(before.map(([rule]) => rule)).toContain('ja/tilde-range')
    },
  )

  it('points at the very place', () => {
    const [found] = errorsOf(SINGLE.replace('件名として最も', '件名<b>として</b>最も'))
    expect(found).toMatchObject({ line: 14, column: 3, rule: 'markup/html' })
  })

  it('shows code, entities and brackets as text', () => {
    const { stem } = firstItem(
      SINGLE.replace('件名として最も', '`<b>` と &lt;i&gt; と 1 < 2 と "a" &amp; \'b\'、件名として最も'),
    ).wordings.ja as { stem: { html: string } }
    expect(stem.html).toContain('<code>&lt;b&gt;</code>')
    expect(stem.html.replaceAll('<wbr>', '')).toContain('&lt;i&gt; と 1 &lt; 2 と &quot;a&quot; &amp; &#39;b&#39;')
  })

  it('keeps the lines of a quote, joins Japanese lines, and leaves addresses as text', () => {
    const { stem } = firstItem(
      SINGLE.replace(
        '件名として最も',
        '> 宛先：御中\n> 添付：a.pdf\n> http://evil.example/\n\n一行目\n二行目。件名として最も',
      ),
    ).wordings.ja as { stem: { html: string } }
    const html = stem.html.replaceAll('<wbr>', '')
    expect(html).toContain('御中<br>\n添付：a.pdf<br>\nhttp://evil.example/')
    expect(html).toContain('一行目二行目。')
    expect(html).not.toContain('<a ')
  })

  it('allows https and mailto links, lists, tables and emphasis', () => {
    const { stem } = firstItem(
      SINGLE.replace(
        '件名として最も',
        '[a](https://example.com/?a=1&b=2) [b](mailto:a@example.com) **太** *斜*\n\n1. 一\n2. 二\n\n| a | b |\n| --- | --: |\n| 1 | 2 |\n\n件名として最も',
      ),
    ).wordings.ja as { stem: { html: string } }
    expect(stem.html).toContain('<a href="https://example.com/?a=1&amp;b=2" rel="noopener noreferrer">a</a>')
    expect(stem.html).toContain('<a href="mailto:a@example.com"')
    expect(stem.html).toContain('<ol><li>一</li><li>二</li></ol>')
    expect(stem.html).toContain('<td data-align="right">2</td>')
  })
})
