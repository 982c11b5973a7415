import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from '../../../src/authoring/formats/csv/read-csv.ts'
import { writeCsv } from '../../../src/authoring/formats/csv/write-csv.ts'
import { sentenceOf } from '../../../src/authoring/said.ts'
import { guardCell, unguardCell } from '../../../src/platform/words/guard-cell.ts'
import { cases } from '../../support/cases.ts'
import { processorMs } from '../../support/processor-time.ts'
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
      { numRuns: cases(300) },
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
      fc.property(
        itemsArbitrary,
        fc.constantFrom(
          '=1+1',
          '+SUM(A1)',
          '-2',
          '@cmd',
          '＝1',
          "'=1",
          '\t=1',
          '=HYPERLINK("https://x.example","y")',
          '|calc',
        ),
        ([item], attack) => {
          const text = write([
            {
              ...(item as typeof item & object),
              title: attack,
              stem: attack,
              rationale: attack,
              notes: attack,
              references: [attack],
            },
          ])
          expect(text.startsWith('\ufeff')).toBe(true)
          expect(text.replaceAll('\r\n', '').includes('\r')).toBe(false)
          for (const cell of text.slice(1).split(/,|\r\n/))
            expect(cell.replace(/^"/, '')).not.toMatch(/^[=+@＝＋＠\t|]|^-(?!\d+chars)/)
        },
      ),
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
      read(
        'Question,Option A,Option B,Option C,Correct Answer\nCapital of Japan?,Osaka,Tokyo,Kyoto,B\nTwo and two?,3,4,5,4\nLargest?,Sun,Moon,Mars,1\nPrimes?,2,4,5,"A, C"\n',
        'en',
      ),
    )
    const right = drafts.map(
      ({ draft: { answer } }) =>
        answer.form === 'options' && answer.options.flatMap(({ text, correct }) => (correct ? [text] : [])),
    )
    expect(right).toEqual([['Tokyo'], ['4'], ['Sun'], ['2', '5']])
    expect(drafts.map(({ draft }) => [draft.pills.type, draft.pills.status])).toEqual([
      ['single', 'draft'],
      ['single', 'draft'],
      ['single', 'draft'],
      ['multiple', 'draft'],
    ])
  })

  it.each(['live', '出題', 'practice'])(
    'comes in as a draft whatever its status column says, and says so: %s',
    (status) => {
      const [item] = draftsOf(read(`question,option_a,option_b,correct,status\nQ?,x,y,A,${status}\n`, 'en'))
      expect(item?.draft.pills.status).toBe('draft')
      expect(item?.losses.map(({ message }) => sentenceOf(message, 'en'))).toEqual([expect.stringContaining(status)])
      const [draft] = draftsOf(read('question,option_a,option_b,correct,status\nQ?,x,y,A,draft\n', 'en'))
      expect(draft?.losses).toEqual([])
    },
  )

  it('reads Japanese headings, semicolons and what has no type', () => {
    const drafts = draftsOf(
      read(
        '問題文;正解;解説\n地球は丸い。;○;見れば分かります。\n税込みはいくらですか。;1,100円;\n首都はどこですか。;東京;\n',
      ),
    )
    expect(drafts.map(({ draft }) => draft.pills.type)).toEqual(['true-false', 'numeric', 'short'])
    expect(drafts[0]?.draft.rationale).toBe('見れば分かります。')
  })

  it.each([
    ['question,option_a,option_b,correct_option\nQ?,x,y,option_b\n', ['y']],
    ['Question,OptionA,OptionB,CorrectAnswer\nQ?,x,y,B)\n', ['y']],
    [
      'Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,Correct answer(s) - choose at least one\nQ?,x,y,"1,2"\n',
      ['x', 'y'],
    ],
    ['問題文,選択肢ア,選択肢イ,正解\nQ?,x,y,イ\n', ['y']],
    ['question,option 1,option 2,correct\nQ?,<b>,<i>,<i>\n', ['\\<i>']],
  ])('finds the right option of %s', (text, expected) => {
    const [answer] = draftsOf(read(text, 'en')).map(({ draft }) => draft.answer)
    expect(
      answer?.form === 'options' && answer.options.flatMap(({ text: option, correct }) => (correct ? [option] : [])),
    ).toEqual(expected)
  })

  it.each([
    [
      'from 0 where a key is 0',
      'question,option 1,option 2,option 3,correct_index\nA?,r,x,y,0\nB?,x,y,r,2\n',
      ['r', 'r'],
      [],
    ],
    [
      'from 1 where a key is no text of an option',
      'question,option 1,option 2,option 3,correct\nA?,2,3,4,1\nB?,x,y,z,2\n',
      ['2', 'y'],
      [],
    ],
    [
      'as texts where all of them are',
      'question,option 1,option 2,option 3,correct\nA?,0,1,2,0\nB?,3,2,1,1\n',
      ['0', '1'],
      ['key'],
    ],
  ])('reads keys that are numbers %s', (_, text, expected, codes) => {
    const drafts = draftsOf(read(text, 'en'))
    expect(
      drafts.flatMap(({ draft: { answer } }) =>
        answer.form === 'options'
          ? answer.options.flatMap(({ text: option, correct }) => (correct ? [option] : []))
          : [],
      ),
    ).toEqual(expected)
    expect(drafts.flatMap(({ losses }) => losses.map(({ code }) => code))).toEqual(codes)
  })

  it('makes Markdown of HTML, and text of a lone tag', () => {
    const [html, lone] = draftsOf(
      read(
        'question,option 1,option 2,correct\n<p>Is it <b>bold</b>?</p><script>x</script>,<i>yes</i>,no,A\nWhich tag is <b> short for?,bold,x < y,A\n',
        'en',
      ),
    )
    expect(html).toMatchObject({
      draft: { stem: 'Is it **bold**?', answer: { options: [{ text: '*yes*' }, { text: 'no' }] } },
      losses: [{ code: 'markup' }],
    })
    expect(lone).toMatchObject({
      draft: { stem: 'Which tag is \\<b> short for?', answer: { options: [{ text: 'bold' }, { text: 'x < y' }] } },
      losses: [],
    })
  })

  it('names what it does not take, and leaves out only with a reason', () => {
    const { entries } = imported(
      read('question,option 1,option 2,correct,picture\nA?,x,y,1,cat.png\nB?,x,y,9,\n,x,y,1,\n', 'en'),
    )
    expect(entries.map(({ kind, losses }) => [kind, losses.map(({ code }) => code)])).toEqual([
      ['item', ['metadata']],
      ['left-out', ['syntax']],
      ['left-out', ['syntax']],
    ])
  })
})

describe('broken and hostile tables', () => {
  it('are read as Shift_JIS, EUC-JP or UTF-16 where that is certain, and it is said', () => {
    // 問題文,正解⏎それは,何⏎
    const shiftJis = Buffer.from('96e291e895b62c90b389f00a82bb82ea82cd2c89bd0a', 'hex')
    const eucJp = Buffer.from('cce4c2eacab82cc0b5b2f20aa4bda4eca4cf2cb2bf0a', 'hex')
    const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from('問題文\t正解\nそれは\t何\n', 'utf16le')])
    for (const [content, name] of [
      [shiftJis, 'Shift_JIS'],
      [eucJp, 'EUC-JP'],
      [utf16, 'UTF-16'],
    ] as const) {
      const { entries, losses } = imported(readCsv(content, { locale: 'ja' }))
      expect(entries).toMatchObject([{ kind: 'item', draft: { stem: 'それは', answer: { accepted: ['何'] } } }])
      expect(losses.map(({ code, message }) => [code, sentenceOf(message, 'ja')])).toEqual([
        ['characters', expect.stringContaining(name)],
      ])
    }
  })

  it('say how to save as UTF-8 where no encoding is certain', () => {
    const shiftJis = Uint8Array.from([0x96, 0xe2, 0x91, 0xe8, 0x95, 0xb6, 0x2c, 0x90, 0xb3, 0x89, 0xf0, 0x0a])
    for (const [content, name] of [
      [shiftJis, 'Shift_JIS'],
      [Buffer.from('question,correct\nL\u00e9 caf\u00e9?,oui\n', 'latin1'), 'UTF-8'],
      [new Uint8Array(Buffer.from('question,correct\n', 'utf16le')), 'UTF-16'],
    ] as const) {
      const result = readCsv(content, { locale: 'ja' })
      expect(result).toMatchObject({ ok: false, problem: { code: 'encoding' } })
      expect(!result.ok && sentenceOf(result.problem.message, 'ja')).toContain(name)
      expect(!result.ok && sentenceOf(result.problem.message, 'ja')).toContain('CSV UTF-8')
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
    const started = processorMs()
    const { items } = placed(
      read(
        `question,option 1,option 2,correct\n${Array.from({ length: 10_000 }, (_, i) => `Number ${i}?,x${i},y${i},A\n`).join('')}`,
      ),
    )
    expect(items).toHaveLength(10_000)
    expect(processorMs() - started).toBeLessThan(45_000)
  })
})
