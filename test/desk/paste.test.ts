import { describe, expect, it } from 'vitest'
import { takePaste } from '../../src/desk/take-paste.ts'

const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style></head><body lang=JA>
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->
<p class=MsoNormal><b><span lang=EN-US>見積書</span></b><span>の送り方です。<o:p></o:p></span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span>・ </span>件名を書く</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span>・ </span>宛先を確かめる</p>
<table class=MsoTableGrid><tr><th>品</th><th>額</th></tr><tr><td><p class=MsoNormal>机</p></td><td><p class=MsoNormal>8,000円</p></td></tr></table>
<p class=MsoNormal><img width=10 src="file:///C:/x.png"></p><script>alert(1)</script></body></html>`

describe('a paste', () => {
  it('of a document keeps paragraphs, lists, tables and emphasis, and says what it dropped', () => {
    const taken = takePaste({ html: word, text: '見積書の送り方です。' }, 'ja')
    expect(taken?.markdown).toContain('**見積書**の送り方です。')
    expect(taken?.markdown).toContain('- 件名を書く\n- 宛先を確かめる')
    expect(taken?.markdown).toContain('| 品 | 額 |\n| --- | --- |\n| 机 | 8,000円 |')
    expect(taken?.markdown).not.toMatch(/[<>]|Mso|alert/)
    expect(taken?.lost.length).toBeGreaterThan(0)
    expect(taken?.isCut).toBe(false)
  })

  it('of a numbered list keeps its numbers, beside bullets and another list', () => {
    const entry = (mark: string, text: string) =>
      `<p class=MsoListParagraph><span style='mso-list:Ignore'>${mark}<span>&nbsp; </span></span>${text}</p>`
    const html = [
      ['3.', '件名'],
      ['4.', '宛先'],
      ['・', '写し'],
      ['1)', '封'],
      ['2)', '印'],
      ['1)', '控え'],
    ]
      .map(([mark = '', text = '']) => entry(mark, text))
      .join('\n')
    expect(takePaste({ html, text: '' }, 'ja')?.markdown).toBe('3. 件名\n4. 宛先\n\n- 写し\n\n1. 封\n2. 印\n\n1) 控え')
  })

  it('of lists in lists keeps the levels at which a word processor writes them', () => {
    const entry = ([level, mark, text]: readonly [number, string, string]) =>
      `<p class=MsoListParagraph style='margin-left:${level}em;mso-list:l0 level${level} lfo1'><span>${mark}<span>&nbsp; </span></span>${text}</p>`
    const html = (
      [
        [1, '1.', '準備'],
        [2, '・', '件名'],
        [3, '-', '短く'],
        [2, '・', '宛先'],
        [1, '2.', '送信'],
        [2, '1)', '確認'],
        [1, '3.', '控え'],
      ] as const
    )
      .map(entry)
      .join('\n')
    expect(takePaste({ html, text: '' }, 'ja')?.markdown).toBe(
      '1. 準備\n   - 件名\n     - 短く\n   - 宛先\n2. 送信\n   1. 確認\n3. 控え',
    )
    const lists = '<ul><li>準備<ul><li>件名</li></ul></li><li>送信</li></ul>'
    expect(takePaste({ html: lists, text: '' }, 'ja')?.markdown).toBe('- 準備\n  - 件名\n- 送信')
  })

  it('of a table that names no head takes its first row for it, and says nothing of what a word processor puts around', () => {
    const row = (...cells: string[]) =>
      `<tr>${cells.map((cell) => `<td><p class=MsoNormal>${cell}<o:p></o:p></p></td>`).join('')}</tr>`
    const html = `<html><head></head><body><p>前の文です。</p><table><tbody>${row('品', '額')}${row('机', '8,000円')}</tbody></table></body></html>`
    expect(takePaste({ html, text: '前の文です。' }, 'ja')).toEqual({
      markdown: '前の文です。\n\n| 品 | 額 |\n| --- | --- |\n| 机 | 8,000円 |',
      lost: [],
      isCut: false,
    })
  })

  it('of a spreadsheet is a table', () => {
    const text = '品\t額\n机\t8,000\n椅子\t3,000|4,000\n'
    const html =
      '<html><body><table><tr><td>品</td><td>額</td></tr><tr><td>机</td><td>8,000</td></tr></table></body></html>'
    const table = '| 品 | 額 |\n| --- | --- |\n| 机 | 8,000 |\n| 椅子 | 3,000\\|4,000 |'
    expect(takePaste({ html, text }, 'ja')?.markdown).toBe(table)
    expect(takePaste({ html: '', text }, 'ja')?.markdown).toBe(table)
    const online = `<meta charset="utf-8"><google-sheets-html-origin><style>td {}</style>${html.replace(/<\/?(html|body)>/g, '')}</google-sheets-html-origin>`
    expect(takePaste({ html: online, text }, 'ja')?.markdown).toBe(table)
  })

  it('of text that says as much stays text', () => {
    expect(takePaste({ html: '<p>ふつうの文です。</p>', text: 'ふつうの文です。' }, 'ja')).toBeUndefined()
    expect(takePaste({ html: '', text: 'a\tb' }, 'ja')).toBeUndefined()
  })

  it('of a whole book is cut, and said to be', () => {
    const html = `<p>${'とても長い文です。'.repeat(20)}</p>\n`.repeat(600)
    const taken = takePaste({ html, text: '' }, 'ja')
    expect(taken?.isCut).toBe(true)
    expect(taken?.markdown.length).toBeLessThanOrEqual(40_000)
  })
})
