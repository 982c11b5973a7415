import { readdirSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderBlocks, renderPhrase } from '../../../src/authoring/render-markdown.ts'
import { choicesOf } from '../../../src/item/definition-of.ts'
import {
  fillHtml,
  markQuestion,
  readCompiledHtml,
  splitAtGaps,
  UNSAFE_SIGNS,
} from '../../../src/item/markup/compiled-html.ts'
import { readableHtml, textOfHtml } from '../../../src/item/markup/html-text.ts'
import { compiled } from '../../support/compiled.ts'
import { shippedExam } from '../../support/shipped-bank.ts'

const options = { refuse: () => {}, image: () => ({ src: 'data:image/png;base64,iVBORw0KGgo=' }) }

/** Pieces of Markdown in any order: what authors write, and what nobody should. */
const markdown = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '**',
        '*',
        '`',
        '[a](https://kentei.example/?a=1&b=2)',
        '<mailto:a@kentei.example>',
        '![図](assets/a.png)',
        '\n\n',
        '\n',
        '> ',
        '- ',
        '1. ',
        '3. ',
      ),
      fc.constantFrom(
        '| a | b |\n| --- | :-: |\n| 1 | *2* |\n',
        '```\nx < y\n```\n',
        '    code\n',
        '\\*',
        '&amp;',
        '&lt;b&gt;',
        '<b>',
        '# ',
        '---\n',
        "'",
        '"',
        '  \n',
        '~~a~~',
      ),
      fc.constantFrom('見積書を送る', 'を確認する。', 'Excel', 'a', ' '),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join('').replace(UNSAFE_SIGNS, ''))

describe('compiled HTML', () => {
  it('is what the compiler writes of any Markdown, and its text is what the compiler says', () => {
    fc.assert(
      fc.property(markdown, fc.boolean(), (source, prose) => {
        for (const { html, text } of [renderBlocks(source, { ...options, prose }), renderPhrase(source, options)]) {
          expect(readCompiledHtml(html), html).toBe(html)
          expect(textOfHtml(html), html).toBe(text)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it.each(readdirSync('exams', { withFileTypes: true }).filter((entry) => entry.isDirectory()))(
    'says each option of $name as the compiler does',
    async ({ name }) => {
      const { items } = await shippedExam(name)
      const all = items.flatMap((item) => Object.values(item.wordings).flatMap((wording) => choicesOf(wording.stem)))
      expect(all.length).toBeGreaterThan(1_000)
      for (const { html, text } of all) expect(textOfHtml(html)).toBe(text)
    },
  )

  it.each([
    '<p>a</p><form action="/x">',
    '<p><p>a</p></p>',
    '<li>a</li>',
    '<p><ul><li>a</li></ul></p>',
    '<ul>a</ul>',
    '<table><tr><td>a</td></tr></table>',
    '<a href="https://a.example/" rel="noopener noreferrer">a<a href="https://b.example/" rel="noopener noreferrer">b</a></a>',
    '<a href="https://a:b@c.example/" rel="noopener noreferrer">a</a>',
    '<a href="https://A.example/" rel="noopener noreferrer">a</a>',
    '<a href="https://a.example/&quot;" rel="noopener noreferrer">a</a>',
    'a & b',
    'a > b',
    '&nbsp;',
    '<p>a</p',
    '<br/>',
  ])('is not %s', (html) => {
    expect(readCompiledHtml(html)).toBeUndefined()
  })

  it('shows what is filled into it, whatever that is', () => {
    expect(fillHtml(compiled('<p>a\ue100</p>'), /\ue100/g, () => '</p><form action="/staff">')).toBe(
      '<p>a&lt;/p&gt;&lt;form action=&quot;/staff&quot;&gt;</p>',
    )
  })

  it('reads with the addresses of links, the size of pictures, emphasis, rows and gaps', () => {
    const html = compiled(
      '<p>a<wbr><strong>b</strong> <a href="https://a.example/" rel="noopener noreferrer">c</a></p><table><thead><tr><th scope="col">d</th><th scope="col">e</th></tr></thead><tbody></tbody></table><ol><li>f<br>\ng</li></ol><p><img src="data:image/png;base64,iVBORw0KGgo=" alt="図"><span class="blank" data-blank="1"></span></p>',
    )
    expect(readableHtml(html)).toBe('a**b** <https://a.example/>c\nd | e\n- f\n  g\n[図: image/png, 8 B][[1]]')
  })
})

describe('the paragraph of a stem that asks', () => {
  it.each([
    [
      'ja',
      '<p>次の表を見なさい。</p><blockquote><p>選びなさい。</p></blockquote><p>注：読みは別です。</p>',
      '次の表を見なさい。',
    ],
    ['ja', '<p>何行<wbr>ですか。整数で答えます。</p><p>見積もり</p>', '何行<wbr>ですか。整数で答えます。'],
    ['ja', '<p>場面です。</p><ul><li><p>どれですか。</p></li></ul><p>この説明は正しい。</p>', 'この説明は正しい。'],
    [
      'ja',
      '<p>空欄を埋めなさい。</p><p>残り<span class="blank" data-blank="1"></span>件ですか。</p>',
      '空欄を埋めなさい。',
    ],
    ['en', '<p>Choose one.</p><p>A note about readings.</p>', 'Choose one.'],
    ['en', '<p>You check a draft.</p><p>Which one is right?</p>', 'Which one is right?'],
  ] as const)('in %s is the last that asks, or the last without gaps: %s', (language, html, asking) => {
    const marked = markQuestion(compiled(html), language)
    expect(marked).toContain(`<p class="ask">${asking}</p>`)
    expect(marked.replace(' class="ask"', '')).toBe(html)
  })

  it('is none where nothing but gaps and lists stands', () => {
    for (const html of ['', '<ul><li>a</li></ul>', '<p><span class="blank" data-blank="1"></span></p>'])
      expect(markQuestion(compiled(html), 'ja')).toBe(html)
  })
})

it('compiled HTML with gaps is parted so that each keeps a few plain letters behind it', () => {
  const gap = (n: number) => `<span class="blank" data-blank="${n}"></span>`
  const pieces = splitAtGaps(compiled(`<p>残りは${gap(1)}件です。次は${gap(2)}<wbr>日、${gap(3)}&amp;b</p>`))
  expect(pieces).toEqual([
    { html: '<p>残りは' },
    { gap: '1', unit: '件です' },
    { html: '。次は' },
    { gap: '2', unit: '' },
    { html: '<wbr>日、' },
    { gap: '3', unit: '' },
    { html: '&amp;b</p>' },
  ])
})
