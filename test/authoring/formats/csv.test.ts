import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from '../../../src/authoring/formats/csv/read-csv.ts'
import { guardCell, unguardCell } from '../../../src/authoring/formats/csv/safe-cell.ts'
import { writeCsv } from '../../../src/authoring/formats/csv/write-csv.ts'
import { itemsArbitrary } from '../arbitrary-items.ts'
import { bytes, draftsOf, imported, placed, REAL_BANKS, realBank } from './bring-back.ts'

const read = (text: string, locale: 'ja' | 'en' = 'ja') => readCsv(bytes(text), { locale })
const write = (items: Parameters<typeof writeCsv>[0]) => writeCsv(items).content as string

describe('our own CSV', () => {
  it('brings back any items of every type, equal in everything', () => {
    fc.assert(
      fc.property(itemsArbitrary, (items) => {
        const { items: back, reports } = placed(read(write(items)))
        expect(reports.flatMap(({ losses }) => losses)).toEqual([])
        expect(back).toEqual(items)
      }),
      { numRuns: 300 },
    )
  })

  it.each(REAL_BANKS)('brings back every item of %s', (path) => {
    const { items, locale, topic } = realBank(path)
    const { items: back, reports } = placed(read(write(items), locale), { locale, topic })
    expect(reports.filter(({ outcome }) => outcome !== 'whole')).toEqual([])
    expect(back).toEqual(items)
  })

  it('opens with a byte order mark, ends lines with CRLF and holds no cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(itemsArbitrary, fc.constantFrom('=1+1', '+SUM(A1)', '-2', '@cmd', '＝1', "'=1", '\t=1', '=HYPERLINK("https://x.example","y")', '|calc'), ([item], attack) => {
        const text = write([{ ...(item as typeof item & object), title: attack, stem: attack, rationale: attack, notes: attack, references: [attack] }])
        expect(text.startsWith('\ufeff')).toBe(true)
        expect(text.replaceAll('\r\n', '').includes('\r')).toBe(false)
        for (const cell of text.slice(1).split(/,|\r\n/)) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+@＝＋＠\t|]|^-(?!\d+chars)/)
      }),
    )
  })

  it('unmarks exactly what it marked', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '=', '+', '-', 'a', '＝', '\t') }), (text) => {
        expect(unguardCell(guardCell(text))).toBe(text)
      }),
    )
  })
})

describe('tables of other hands', () => {
  it('reads a question, its options and the right one by letter, number or text', () => {
    const drafts = draftsOf(
      read('Question,Option A,Option B,Option C,Correct Answer\nCapital of Japan?,Osaka,Tokyo,Kyoto,B\nTwo and two?,3,4,5,4\nLargest?,Sun,Moon,Mars,1\nPrimes?,2,4,5,"A, C"\n', 'en'),
    )
    const right = drafts.map(({ draft: { answer } }) => answer.form === 'options' && answer.options.flatMap(({ text, correct }) => (correct ? [text] : [])))
    expect(right).toEqual([['Tokyo'], ['4'], ['Sun'], ['2', '5']])
    expect(drafts.map(({ draft }) => [draft.pills.type, draft.pills.status])).toEqual([
      ['single', 'draft'],
      ['single', 'draft'],
      ['single', 'draft'],
      ['multiple', 'draft'],
    ])
  })

  it('reads Japanese headings, semicolons and what has no type', () => {
    const drafts = draftsOf(read('問題文;正解;解説\n地球は丸い。;○;見れば分かります。\n税込みはいくらですか。;1,100円;\n首都はどこですか。;東京;\n'))
    expect(drafts.map(({ draft }) => draft.pills.type)).toEqual(['true-false', 'numeric', 'short'])
    expect(drafts[0]?.draft.rationale).toBe('見れば分かります。')
  })

  it('makes Markdown of HTML, and text of a lone tag', () => {
    const [html, lone] = draftsOf(read('question,option 1,option 2,correct\n<p>Is it <b>bold</b>?</p><script>x</script>,<i>yes</i>,no,A\nWhich tag is <b> short for?,bold,x < y,A\n', 'en'))
    expect(html).toMatchObject({ draft: { stem: 'Is it **bold**?', answer: { options: [{ text: '*yes*' }, { text: 'no' }] } }, losses: [{ code: 'markup' }] })
    expect(lone).toMatchObject({ draft: { stem: 'Which tag is \\<b> short for?', answer: { options: [{ text: 'bold' }, { text: 'x < y' }] } }, losses: [] })
  })

  it('names what it does not take, and leaves out only with a reason', () => {
    const { entries } = imported(read('question,option 1,option 2,correct,picture\nA?,x,y,1,cat.png\nB?,x,y,9,\n,x,y,1,\n', 'en'))
    expect(entries.map(({ kind, losses }) => [kind, losses.map(({ code }) => code)])).toEqual([
      ['item', ['metadata']],
      ['left-out', ['syntax']],
      ['left-out', ['syntax']],
    ])
  })
})

describe('broken and hostile tables', () => {
  it('say how to save as UTF-8 when they are Shift_JIS, EUC-JP or UTF-16', () => {
    const shiftJis = Uint8Array.from([0x96, 0xe2, 0x91, 0xe8, 0x95, 0xb6, 0x2c, 0x90, 0xb3, 0x89, 0xf0, 0x0a])
    const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from('問題文,正解\n', 'utf16le')])
    for (const [content, name] of [
      [shiftJis, 'Shift_JIS'],
      [utf16, 'UTF-16'],
      [new Uint8Array(Buffer.from('question,correct\n', 'utf16le')), 'UTF-16'],
    ] as const) {
      const result = readCsv(content, { locale: 'ja' })
      expect(result).toMatchObject({ ok: false, problem: { code: 'encoding' } })
      expect(!result.ok && result.problem.message.ja).toContain(name)
      expect(!result.ok && result.problem.message.ja).toContain('CSV UTF-8')
    }
  })

  it.each([
    ['an open quote', 'question,a\n"open,b\n'.repeat(3), 'broken'],
    ['no column for the question', 'foo,bar\n1,2\n', 'not-this-format'],
    ['nothing at all', '', 'not-this-format'],
    ['a row of a million characters', `question,a\n"${'x'.repeat(1_000_000)}"\n`, 'too-large'],
  ])('%s is a refusal, not a throw', (_, text, code) => {
    expect(read(text)).toMatchObject({ ok: false, problem: { code } })
  })

  it('10,000 rows are read in seconds', () => {
    const started = performance.now()
    const { items } = placed(read(`question,option 1,option 2,correct\n${Array.from({ length: 10_000 }, (_, i) => `Number ${i}?,x${i},y${i},A\n`).join('')}`))
    expect(items).toHaveLength(10_000)
    expect(performance.now() - started).toBeLessThan(45_000)
  })
})
