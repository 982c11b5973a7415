import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IMPORT_FORMATS, readExchange } from '../../../src/authoring/formats/read-exchange.ts'
import { parseBank } from '../../../src/authoring/parse-bank.ts'
import { printBank } from '../../../src/authoring/print-bank.ts'
import { bankMd } from '../../support/bank-fixture.ts'
import { bytes, placed } from './bring-back.ts'

/** Bits that mean something to one of the formats, or to Markdown. */
const bits = fc.constantFrom(
  ...'{ } ~ = # :: -> \\ \\n %50% [html] [markdown] // $CATEGORY: T {1:SA:= {:MC: '.split(' '),
  ...[
    '\n',
    '\n\n',
    '- [x] ',
    '- [ ] ',
    '## ',
    '### 解説\n',
    '```\n',
    '> ',
    '**',
    '`',
    '[[1]]',
    '[[1: a | b]]',
    '{{x}}',
    '![a](b)',
    '[a](https://a.example)',
    '<b>',
    '</b>',
    '<script>',
    '<!--',
    '-->',
    '&amp;',
    '|',
    '"',
    ',',
    'question',
    '正解',
    '「語」',
    'a',
    '1',
    ' ',
    '\t',
  ],
)
const texts = fc.array(bits, { maxLength: 40 }).map((parts) => parts.join(''))

/** A frame in which such a text is read for what the format is about. */
const FRAMES: Readonly<Record<(typeof IMPORT_FORMATS)[number], (text: string) => string>> = {
  csv: (text) =>
    `question,option 1,option 2,correct,explanation\n"${text.replaceAll('"', '""')}","a ${text.replaceAll('"', '""')}",b,B,"${text.replaceAll('"', '""')}"\n`,
  gift: (text) => `::n::${text} {=a ~b ${text}}\n\n${text}\n\n[html]${text}{T}`,
  markdown: (text) => `## q ${text}\n\n${text}\n\n- [x] a${text}\n- [ ] b\n\n${text}\n`,
  moodle: (text) => {
    const safe = text.replace(/[<&]/g, (c) => (c === '<' ? '&lt;' : '&amp;'))
    const asked = (type: string, rest: string) =>
      `<question type="${type}"><name><text>n ${safe}</text></name><questiontext format="html"><text>${safe}</text></questiontext>${rest}</question>`
    const option = (fraction: number, rest: string) =>
      `<answer fraction="${fraction}" format="markdown"><text>${rest}</text><feedback><text>${safe}</text></feedback></answer>`
    return `<quiz>${asked('multichoice', option(100, `a ${safe}`) + option(0, 'b'))}${asked('cloze', '')}${asked('shortanswer', option(100, safe))}</quiz>`
  },
  qti: (text) => {
    const safe = text.replace(/[<&]/g, (c) => (c === '<' ? '&lt;' : '&amp;'))
    return `<qti-assessment-item identifier="x" title="x"><qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>A</qti-value></qti-correct-response></qti-response-declaration><qti-item-body><p>${safe}</p><pre>${safe}</pre><blockquote><em>${safe}</em>${safe}</blockquote><qti-choice-interaction response-identifier="RESPONSE"><qti-simple-choice identifier="A"><b>${safe}</b>x</qti-simple-choice><qti-simple-choice identifier="B">y</qti-simple-choice></qti-choice-interaction></qti-item-body></qti-assessment-item>`
  },
}

describe.each(IMPORT_FORMATS)('importing %s', (format) => {
  it('never throws, and whatever it takes reads back from a printed bank as it is', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const read = readExchange(bytes(FRAMES[format](text)), format, 'ja')
        if (!read.ok) return
        const { items, reports } = placed(read)
        expect(reports).toHaveLength(read.value.entries.length)
        for (const { outcome, losses } of reports) expect(outcome === 'whole' || losses.length > 0).toBe(true)
        const bank = parseBank({ path: 'office.ja.md', content: bankMd('') }).bank
        if (!bank) throw new Error('no bank')
        const again = parseBank({ path: 'office.ja.md', content: printBank({ ...bank, items }) })
        expect(again.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(again.bank?.items).toEqual(items)
      }),
      { numRuns: 320 },
    )
  })

  it('answers any bytes with a refusal or a reading', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (any) => {
        expect(typeof readExchange(any, format, 'en').ok).toBe('boolean')
      }),
      { numRuns: 240 },
    )
  })
})
