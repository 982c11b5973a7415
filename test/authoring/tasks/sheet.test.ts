import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileFamilies } from '../../../src/authoring/tasks/compile-families.ts'
import type { TaskFamily } from '../../../src/item/family.ts'
import type { SheetBody } from '../../../src/task/sheet/family.ts'
import { sheet } from '../../../src/task/sheet/sheet.ts'

const written = readFileSync(new URL('../../support/sales-sheet.ja.md', import.meta.url), 'utf8')

/** Compiles the sheet with one thing written in another way, and says what is reported. */
function compile(from = '', to = '', sibling?: string) {
  if (!written.includes(from)) throw new Error(`${from} is not there`)
  const said: string[] = []
  const files = [{ path: 'tasks/sales-sheet.ja.md', content: written.replace(from, to) }]
  if (sibling !== undefined) files.push({ path: 'tasks/sales-sheet.en.md', content: sibling })
  const [family] = compileFamilies(files, {
    language: 'en',
    image: () => ({ src: '' }),
    reportOf: () => (_, finding) => void said.push(finding.rule),
    exam: undefined,
    locales: ['ja'],
    skills: new Set(),
    seeds: 3,
  })
  return { family: family as TaskFamily<SheetBody>, said: [...new Set(said)] }
}

describe('a sheet in Markdown', () => {
  it('is read into columns, other cells, questions and changes', () => {
    const { family, said } = compile()
    expect(said).toEqual([])
    const { slots: _, ...body } = family.body
    expect(sheet.bodySchema().safeParse(body).error).toBeUndefined()
    expect(body.columns.find(({ letter }) => letter === 'C')).toEqual({
      letter: 'C',
      head: '担当',
      content: { of: 'choice', values: ['佐倉', '早瀬', '真鍋', '三好'] },
      blanks: { least: 1, most: 3 },
    })
    expect(body.cells).toEqual([
      { address: 'A2', text: '税率' },
      { address: 'B2', text: '10%' },
    ])
    expect(body.questions[4]).toEqual({
      range: 'P5',
      head: '{{店}}の数量',
      formula: '=SUMIF(B5:B28,"{{店}}",E5:E28)',
      skill: 'ss-3',
      points: 2,
    })
    expect(body.changes).toContainEqual({ change: 'boundary', column: 'G', value: '{{境界}}', step: '1' })
    expect(body.changes).toContainEqual({ change: 'value', address: 'B2', values: ['8%', '8.3%', '7.7%'] })
    expect(family.wordings.ja?.sentences?.P8).toContain('担当が')
  })

  it('times, turns, codes and what belongs to another column are read too', () => {
    const { family, said } = compile(
      '| L | 品番 | 固定',
      [
        '| R | 開始 | 時刻 8:30〜9:30 刻み 0:05 |',
        '| S | 当番 | 当番 佐倉 / 早瀬 |',
        '| T | 伝票 | 番号 S-1001 |',
        '| V | 日付 | 抜粋 A 12、文字 2026-12-01 1 |',
        '| W | 数 | 対応 E 差 0 / 0 / -5 |',
        '| L | 品番 | 固定',
      ].join('\n'),
    )
    expect(said).toEqual([])
    const contents = Object.fromEntries(family.body.columns.map(({ letter, content }) => [letter, content]))
    expect(contents).toMatchObject({
      R: { of: 'time', from: 510, to: 570, step: 5 },
      S: { of: 'turn', values: ['佐倉', '早瀬'] },
      T: { of: 'code', prefix: 'S-', from: 1001 },
      V: { of: 'extract', column: 'A', count: 12 },
      W: { of: 'matching', column: 'E', differences: [0, 0, -5] },
    })
  })

  it('a sibling has the questions in its own language', () => {
    const sibling = `${written
      .slice(0, written.indexOf('### くじ'))
      .replace(
        'locale: ja',
        'locale: en',
      )}### Questions\n\n| Cell | Question |\n| --- | --- |\n| P8 | Rows with a clerk |\n`
    const { family, said } = compile('', '', sibling)
    expect(said).toEqual([])
    expect(family.wordings.en?.sentences).toEqual({ P8: 'Rows with a clerk' })
  })

  it.each([
    ['整数 1〜40', '整数 たくさん', 'task/value'],
    ['空白 1〜3', '空欄 1〜3', 'task/value'],
    ['| 入れ替え |', '| 入替え |', 'task/value'],
    ['| P8 |', '| 8P |', 'task/value'],
    ['=COUNTA(C5:C28)', 'COUNTA(C5:C28)', 'task/value'],
    ['=COUNTA(C5:C28)', '=COUNTA(C5:C28', 'task/never-fails'],
    ['=COUNTA(C5:C28)', '=COUNTA(C5:D28)', 'task/never-fails'],
    ['=COUNTA(C5:C28)', '=1/0', 'task/never-fails'],
    ['| P8 |', '| E30 |', 'sheet/place'],
    ['| F5:F28 |', '| F6:F28 |', 'sheet/place'],
    ['| B2 | 10% |', '| B7 | 10% |', 'sheet/place'],
    ['| 空白 | C、E |', '| 空白 | X |', 'sheet/place'],
    ['| 値 | B2：8% / 8.3% / 7.7% |\n', '', 'sheet/insensitive'],
    ['G：{{境界}}、', '', 'sheet/insensitive'],
  ])('%s as %s is reported by %s', (from, to, rule) => {
    expect(compile(from, to).said[0]).toBe(rule)
  })
})
