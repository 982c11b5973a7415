import * as fc from 'fast-check'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { ItemSource } from '../../../src/authoring/bank-source.ts'
import { elementsOf } from '../../../src/authoring/formats/markup-tree.ts'
import { parseXml } from '../../../src/authoring/formats/parse-xml.ts'
import { readQti } from '../../../src/authoring/formats/qti/read-package.ts'
import { writeExchange } from '../../../src/authoring/formats/write-exchange.ts'
import { parseBank } from '../../../src/authoring/parse-bank.ts'
import { sentenceOf } from '../../../src/authoring/said.ts'
import { bankMd } from '../../support/bank-fixture.ts'
import { cases } from '../../support/cases.ts'
import { processorMs } from '../../support/processor-time.ts'
import { itemsArbitrary } from '../arbitrary-items.ts'
import { imported, placed, REAL_BANKS, realBank } from './bring-back.ts'

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const assets = [{ path: 'assets/a.png', content: PNG }]
const write = (items: readonly ItemSource[], locale: 'ja' | 'en' = 'ja') =>
  writeExchange(items, 'qti', { examId: 'demo', locale, assets })
const read = (bytes: Uint8Array, locale: 'ja' | 'en' = 'en') => readQti(bytes, { locale })

const manifest = (...hrefs: readonly string[]) =>
  `<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"><resources>${hrefs.map((href, i) => `<resource identifier="r${i}" type="imsqti_item_xmlv3p0" href="${href}"/>`).join('')}</resources></manifest>`
const pack = (files: Readonly<Record<string, string | Uint8Array>>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([path, content]) => [path, typeof content === 'string' ? strToU8(content) : content]),
    ),
  )

const item = (body: string, declarations = '', more = '') =>
  `<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i1" title="T" adaptive="false" time-dependent="false">${declarations}<qti-item-body>${body}</qti-item-body>${more}</qti-assessment-item>`
const declare = (attributes: string, values: readonly string[], mapping = '') =>
  `<qti-response-declaration identifier="RESPONSE" ${attributes}>${values.length > 0 ? `<qti-correct-response>${values.map((value) => `<qti-value>${value}</qti-value>`).join('')}</qti-correct-response>` : ''}${mapping}</qti-response-declaration>`
const choices = (max = '1') =>
  `<qti-choice-interaction response-identifier="RESPONSE" max-choices="${max}"><qti-prompt>Which?</qti-prompt><qti-simple-choice identifier="A">one</qti-simple-choice><qti-simple-choice identifier="B">two</qti-simple-choice><qti-simple-choice identifier="C">three</qti-simple-choice></qti-choice-interaction>`

/** The only entry of a single item file. */
function one(xml: string, locale: 'ja' | 'en' = 'en') {
  const [entry] = imported(read(strToU8(xml), locale)).entries
  if (!entry) throw new Error('nothing read')
  return { ...entry, codes: entry.losses.map(({ code }) => code) }
}

describe('exporting a QTI 3.0 package and importing it again', () => {
  it('gives equal items of every type, with nothing lost', () => {
    fc.assert(
      fc.property(itemsArbitrary, (items) => {
        const { content, reports } = write(items)
        expect(reports.flatMap(({ losses }) => losses)).toEqual([])
        expect(placed(read(content as Uint8Array, 'ja')).items).toEqual(items)
        expect(imported(read(content as Uint8Array, 'ja')).losses).toEqual([])
      }),
      { numRuns: cases(150) },
    )
  })

  it.each(REAL_BANKS)('keeps %s but for its variables', (path) => {
    const { items, locale } = realBank(path)
    const { reports } = write(items, locale)
    expect(
      reports.flatMap(({ losses }) => losses.map(({ code }) => code)).filter((code) => code !== 'parametric'),
    ).toEqual([])
    expect(reports.every(({ outcome }) => outcome !== 'left-out')).toBe(true)
  })

  it('is a package as the standard has it, the same bytes for the same items', () => {
    const { items } = realBank(REAL_BANKS[0] as string)
    const content = write(items).content as Uint8Array
    expect(write(items).content).toEqual(content)
    const files = unzipSync(content)
    const parsed = parseXml(strFromU8(files['imsmanifest.xml'] as Uint8Array))
    expect(parsed).toMatchObject({ ok: true, value: { name: 'manifest' } })
    for (const [path, xml] of Object.entries(files).filter(([path]) => path.startsWith('items/'))) {
      const root = parseXml(strFromU8(xml))
      if (!root.ok) throw new Error(`${path}: ${sentenceOf(root.problem.message, 'en')}`)
      expect(root.value.name).toBe('qti-assessment-item')
      expect(elementsOf(root.value).map(({ name }) => name)).toContain('qti-item-body')
      expect(strFromU8(xml)).toContain('xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"')
    }
  })

  it('uses the standard templates, and tells no order by its file or its identifiers', () => {
    const bank = parseBank({
      path: 'office.ja.md',
      content: bankMd(
        '\n## office-001\n\n`並べ替え`\n\n並べなさい。\n\n1. う\n2. あ\n3. い\n\n## office-002\n\n`数値`\n\n![犬](assets/a.png)\n\nいくつですか。\n\n### 正解\n\n1,200 ± 5 円\n',
      ),
    }).bank
    const items = (bank?.items ?? []).filter((one) => one.kind === 'item')
    const files = unzipSync(write(items).content as Uint8Array)
    const order = strFromU8(files['items/office-001.xml'] as Uint8Array)
    expect(order).toContain('template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"')
    expect(order.indexOf('identifier="C1">あ')).toBeGreaterThan(0)
    expect(order).toContain('<qti-value>C3</qti-value><qti-value>C1</qti-value><qti-value>C2</qti-value>')
    expect(strFromU8(files['items/office-002.xml'] as Uint8Array)).toMatch(/tolerance="5 5".*|円<\/p>/s)
    expect(files['items/assets/a.png']).toEqual(PNG)
    expect(imported(read(write(items).content as Uint8Array, 'ja')).assets).toEqual(assets)
  })
})

describe('QTI of other hands', () => {
  it.each([
    [
      'single',
      declare('cardinality="single" base-type="identifier"', ['B']),
      choices(),
      {
        pills: { type: 'single', status: 'draft' },
        stem: 'Which?',
        answer: { options: [{ correct: false }, { correct: true }, { correct: false }] },
      },
    ],
    [
      'multiple',
      declare('cardinality="multiple" base-type="identifier"', ['A', 'C']),
      choices('0'),
      { pills: { type: 'multiple', partial: false } },
    ],
    [
      'multiple by mapping alone',
      declare(
        'cardinality="multiple" base-type="identifier"',
        [],
        '<qti-mapping default-value="0"><qti-map-entry map-key="A" mapped-value="1"/><qti-map-entry map-key="B" mapped-value="1"/><qti-map-entry map-key="C" mapped-value="-1"/></qti-mapping>',
      ),
      choices('0'),
      {
        pills: { type: 'multiple', partial: true },
        answer: { options: [{ correct: true }, { correct: true }, { correct: false }] },
      },
    ],
    [
      'inline choice',
      declare('cardinality="single" base-type="identifier"', ['Y']),
      '<p>Sun of <qti-inline-choice-interaction response-identifier="RESPONSE"><qti-inline-choice identifier="L">Lancaster</qti-inline-choice><qti-inline-choice identifier="Y">York</qti-inline-choice></qti-inline-choice-interaction>;<br/>deep.</p>',
      {
        pills: { type: 'cloze' },
        stem: 'Sun of [[1: Lancaster | York]];\\\ndeep.',
        answer: { blanks: [{ ref: '1', accepted: ['York'] }] },
      },
    ],
    [
      'text entry in a sentence',
      declare(
        'cardinality="single" base-type="string"',
        ['York'],
        '<qti-mapping><qti-map-entry map-key="York" mapped-value="1"/><qti-map-entry map-key="york" mapped-value="1"/></qti-mapping>',
      ),
      '<p>Sun of <qti-text-entry-interaction response-identifier="RESPONSE"/>.</p>',
      { pills: { type: 'cloze' }, stem: 'Sun of [[1]].', answer: { blanks: [{ accepted: ['York', 'york'] }] } },
    ],
    [
      'text entry of its own',
      declare('cardinality="single" base-type="string"', ['York']),
      '<p>Who?</p><div><qti-text-entry-interaction response-identifier="RESPONSE"/></div>',
      { pills: { type: 'short' }, stem: 'Who?' },
    ],
    [
      'a number with its unit',
      declare('cardinality="single" base-type="float"', ['3.5']),
      '<p>How far?</p><p><qti-text-entry-interaction response-identifier="RESPONSE"/> km</p>',
      { pills: { type: 'numeric' }, answer: { value: 3.5, unit: 'km' } },
    ],
    [
      'order',
      declare('cardinality="ordered" base-type="identifier"', ['C', 'A', 'B']),
      choices().replaceAll('choice-interaction', 'order-interaction'),
      { pills: { type: 'order' }, answer: { rows: ['three', 'one', 'two'] } },
    ],
    [
      'essay',
      declare('cardinality="single" base-type="string"', []),
      '<qti-extended-text-interaction response-identifier="RESPONSE"><qti-prompt>Write.</qti-prompt></qti-extended-text-interaction>',
      { pills: { type: 'essay' }, stem: 'Write.' },
    ],
    [
      'words for gaps',
      declare('cardinality="multiple" base-type="directedPair"', ['W G1', 'S G2']),
      '<qti-gap-match-interaction response-identifier="RESPONSE"><qti-gap-text identifier="W">winter</qti-gap-text><qti-gap-text identifier="S">summer</qti-gap-text><p>Now is the <qti-gap identifier="G1"/>, then <qti-gap identifier="G2"/>.</p></qti-gap-match-interaction>',
      { pills: { type: 'cloze' }, stem: 'Now is the [[1: winter | summer]], then [[2: winter | summer]].' },
    ],
  ])('reads %s', (_, declarations, body, draft) => {
    expect(one(item(body, declarations))).toMatchObject({ kind: 'item', id: 'i1', draft })
  })

  it('makes a match of pairs, and gaps with choices where pairs share a side', () => {
    const match = (pairs: readonly string[]) =>
      item(
        '<qti-match-interaction response-identifier="RESPONSE"><qti-prompt>Plays</qti-prompt><qti-simple-match-set><qti-simple-associable-choice identifier="C">Capulet</qti-simple-associable-choice><qti-simple-associable-choice identifier="D">Demetrius</qti-simple-associable-choice></qti-simple-match-set><qti-simple-match-set><qti-simple-associable-choice identifier="M">Dream</qti-simple-associable-choice><qti-simple-associable-choice identifier="R">Romeo</qti-simple-associable-choice><qti-simple-associable-choice identifier="T">Tempest</qti-simple-associable-choice></qti-simple-match-set></qti-match-interaction>',
        declare('cardinality="multiple" base-type="directedPair"', pairs),
      )
    expect(one(match(['C R', 'D M']))).toMatchObject({
      draft: {
        pills: { type: 'match' },
        answer: {
          rows: [
            ['Capulet', 'Romeo'],
            ['Demetrius', 'Dream'],
            ['', 'Tempest'],
          ],
        },
      },
    })
    expect(one(match(['C M', 'D M']))).toMatchObject({
      draft: { pills: { type: 'cloze' }, stem: expect.stringContaining('- Capulet: [[1: Dream | Romeo | Tempest]]') },
      codes: ['type'],
    })
    expect(one(match(['C M', 'C R', 'D M']))).toMatchObject({ kind: 'left-out', codes: ['unsupported'] })
  })

  it('keeps instructions to candidates in the question, and moves those to scorers to the notes', () => {
    const rubric = (view: string, text: string) =>
      `<qti-rubric-block use="instructions" view="${view}"><qti-content-body><p>${text}</p></qti-content-body></qti-rubric-block>`
    expect(
      one(
        item(
          `${rubric('candidate', 'Read well.')}${rubric('scorer', 'Be kind.')}${choices()}`,
          declare('cardinality="single" base-type="identifier"', ['B']),
        ),
      ),
    ).toMatchObject({
      draft: { stem: 'Read well.\n\nWhich?', notes: 'Be kind.' },
      codes: ['rubric'],
    })
  })

  it('reads QTI 2.1 and 2.2 by their own names', () => {
    const old = `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="choice" title="Unattended Luggage" adaptive="false" timeDependent="false"><responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>B</value></correctResponse></responseDeclaration><outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/><itemBody><p>Look.</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1"><prompt>What does it say?</prompt><simpleChoice identifier="A">You must stay.</simpleChoice><simpleChoice identifier="B">Do not let it.</simpleChoice></choiceInteraction></itemBody><responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>`
    expect(one(old)).toMatchObject({
      kind: 'item',
      draft: { pills: { type: 'single' }, stem: 'Look.\n\nWhat does it say?', title: 'Unattended Luggage' },
      codes: [],
    })
  })

  it('shows no feedback in an option, for it gives the key away', () => {
    const inline = (id: string, text: string) =>
      `<qti-feedback-inline outcome-identifier="F" show-hide="show" identifier="${id}">${text}</qti-feedback-inline>`
    const body = `<qti-choice-interaction response-identifier="RESPONSE"><qti-prompt>True?</qti-prompt><qti-simple-choice identifier="A">Yes ${inline('A', 'right')}</qti-simple-choice><qti-simple-choice identifier="B">No ${inline('B', 'wrong')}</qti-simple-choice></qti-choice-interaction>`
    expect(one(item(body, declare('cardinality="single" base-type="identifier"', ['A'])))).toMatchObject({
      draft: { answer: { options: [{ text: 'Yes' }, { text: 'No' }] }, rationale: 'right\n\nwrong' },
      codes: ['feedback'],
    })
  })

  const mapped = (entries: Readonly<Record<string, number>>, attributes = '') =>
    `<qti-mapping ${attributes}>${Object.entries(entries)
      .map(([key, value]) => `<qti-map-entry map-key="${key}" mapped-value="${value}"/>`)
      .join('')}</qti-mapping>`
  const template = (name: string) =>
    `<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/${name}.xml"/>`
  const max = (points: string) =>
    `<qti-outcome-declaration identifier="MAXSCORE" cardinality="single" base-type="float"><qti-default-value><qti-value>${points}</qti-value></qti-default-value></qti-outcome-declaration>`

  it.each([
    ['even weights', mapped({ A: 1, C: 1, B: -1 }), template('map_response'), { points: 2, partial: true }, []],
    ['uneven weights', mapped({ A: 1, C: 2 }), template('map_response'), { points: 3, partial: true }, ['weight']],
    [
      'wrong picks that cost nothing',
      mapped({ A: 1, C: 1 }),
      template('map_response'),
      { points: 2, partial: true },
      ['weight'],
    ],
    [
      'wrong picks by default',
      mapped({ A: 1, C: 1 }, 'default-value="-1" upper-bound="1"'),
      template('map_response'),
      { partial: true },
      [],
    ],
    ['a mapping that nothing uses', mapped({ A: 5, C: 1 }), template('match_correct'), { partial: false }, []],
    ['points', '', `${max('10.0')}${template('match_correct')}`, { points: 10, partial: false }, []],
    ['half points', '', `${max('2.5')}${template('match_correct')}`, { partial: false }, ['weight']],
  ])('takes %s of several right choices', (_, mapping, more, pills, codes) => {
    const read = one(
      item(choices('0'), declare('cardinality="multiple" base-type="identifier"', ['A', 'C'], mapping), more),
    )
    expect(read).toMatchObject({ draft: { pills }, codes })
    expect(read.kind === 'item' && read.draft.pills.points).toBe('points' in pills ? pills.points : undefined)
  })

  it('keeps the order of options where the file says so', () => {
    const single = declare('cardinality="single" base-type="identifier"', ['B'])
    const fixed = (shuffle: string, last = '') =>
      one(
        item(
          choices().replace('max-choices="1"', shuffle).replace('identifier="C">', `identifier="C" ${last}>`),
          single,
        ),
      )
    expect(fixed('shuffle="false"')).toMatchObject({ draft: { pills: { fixed: true } }, codes: [] })
    expect(fixed('shuffle="true"')).toMatchObject({ draft: { pills: { fixed: false } }, codes: [] })
    expect(fixed('shuffle="true"', 'fixed="true"')).toMatchObject({
      draft: { pills: { fixed: true } },
      codes: ['metadata'],
    })
  })

  it('says where capitals counted, and asks for a number below its sentence', () => {
    const text = (base: string, value: string) =>
      one(
        item(
          '<p>5 - <qti-text-entry-interaction response-identifier="RESPONSE"/> = -2</p>',
          declare(`cardinality="single" base-type="${base}"`, [value]),
        ),
      )
    expect(text('string', 'York').codes).toEqual(['scoring'])
    expect(text('string', '七').codes).toEqual([])
    expect(text('float', '7')).toMatchObject({
      draft: { pills: { type: 'numeric' }, stem: '5 - \\_\\_\\_\\_\\_ = -2', answer: { value: 7 } },
      codes: [],
    })
  })

  it('names feedback, own scoring, formulas, foreign languages and what has no Markdown', () => {
    const xml = item(
      `<p>Is <math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math> <u>so</u>?</p><custom-x>y</custom-x>${choices()}<p><qti-feedback-inline outcome-identifier="F" show-hide="show" identifier="ok">Yes.</qti-feedback-inline></p>`,
      declare('cardinality="single" base-type="identifier"', ['B']),
      '<qti-response-processing><qti-set-outcome-value identifier="SCORE"/></qti-response-processing><qti-modal-feedback outcome-identifier="F" show-hide="show" identifier="no"><qti-content-body>No.</qti-content-body></qti-modal-feedback>',
    ).replace('title="T"', 'title="T" xml:lang="fr"')
    expect(one(xml)).toMatchObject({ draft: { rationale: 'Yes.\n\nNo.' } })
    expect(one(xml).codes.sort()).toEqual(['feedback', 'markup', 'markup', 'markup', 'metadata', 'scoring'])
  })

  it.each([
    [
      'several interactions',
      item(`${choices()}${choices()}`, declare('cardinality="single" base-type="identifier"', ['B'])),
      'unsupported',
    ],
    ['a hotspot', item('<qti-hotspot-interaction response-identifier="RESPONSE"/>', ''), 'unsupported'],
    ['no interaction', item('<p>x</p>'), 'unsupported'],
    ['no key', item(choices(), declare('cardinality="single" base-type="identifier"', [])), 'key'],
    ['a key that is no choice', item(choices(), declare('cardinality="single" base-type="identifier"', ['Z'])), 'key'],
    [
      'template variables',
      item(
        choices(),
        `${declare('cardinality="single" base-type="identifier"', ['B'])}<qti-template-declaration identifier="X" cardinality="single" base-type="integer"/>`,
      ),
      'parametric',
    ],
  ])('leaves out %s, with the reason', (_, xml, code) => {
    expect(one(xml)).toMatchObject({ kind: 'left-out', codes: [code] })
  })

  it('takes pictures and shared passages of a package, and names files that are missing', () => {
    const withPicture = item(
      `<p><img src="../img/a.png" alt="a dog"/><img src="gone.png" alt="a cat"/></p>${choices()}`,
      declare('cardinality="single" base-type="identifier"', ['B']),
    ).replace('<qti-item-body>', '<qti-assessment-stimulus-ref identifier="s" href="../text/s.xml"/><qti-item-body>')
    const bytes = pack({
      'imsmanifest.xml': manifest('items/a.xml', 'items/gone.xml', '../../etc/passwd'),
      'items/a.xml': withPicture,
      'img/a.png': PNG,
      'text/s.xml':
        '<qti-assessment-stimulus xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="s"><qti-stimulus-body><p>Read this.</p></qti-stimulus-body></qti-assessment-stimulus>',
    })
    const { items, reports } = placed(read(bytes))
    expect(items[0]?.stem).toMatch(/^Read this\.\n\n!\[a dog\]\(assets\/[0-9a-f]{12}\.png\)a cat\n\nWhich\?$/)
    expect(imported(read(bytes)).assets).toHaveLength(1)
    expect(reports.map(({ outcome, losses }) => [outcome, losses.map(({ code }) => code)])).toEqual([
      ['changed', ['image']],
      ['left-out', ['syntax']],
      ['left-out', ['syntax']],
    ])
  })

  it('takes nothing as live that another tool wrote, whatever its keywords say', () => {
    const keywords = '<metadata><keyword>live</keyword><keyword>essay</keyword></metadata></resource>'
    const files = {
      'imsmanifest.xml': manifest('a.xml').replace('/></resources>', `>${keywords}</resources>`),
      'a.xml': item(choices(), declare('cardinality="single" base-type="identifier"', ['B'])),
    }
    expect(imported(read(pack(files))).entries).toMatchObject([
      { isOwn: false, draft: { pills: { type: 'single', status: 'draft' } }, losses: [{ code: 'metadata' }] },
    ])
  })

  it('reads a package without a manifest or within a folder, one broken item not keeping the others out', () => {
    const good = item(choices(), declare('cardinality="single" base-type="identifier"', ['B']))
    expect(imported(read(pack({ 'a.xml': good, 'b.xml': '<broken' }))).entries.map(({ kind }) => kind)).toEqual([
      'item',
      'left-out',
    ])
    expect(
      imported(read(pack({ 'top/imsmanifest.xml': manifest('a.xml'), 'top/a.xml': good }))).entries.map(
        ({ kind }) => kind,
      ),
    ).toEqual(['item'])
  })
})

describe('hostile XML', () => {
  const billion = `<!DOCTYPE lolz [<!ENTITY a "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i} "${`&a${i === 0 ? '' : i - 1};`.repeat(10)}">`).join('')}]>`
  it.each([
    ['an entity bomb', `${billion}${item('<p>&a8;</p>')}`, 'unsafe-xml'],
    [
      'a file from outside',
      `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${item('<p>&f;</p>')}`,
      'unsafe-xml',
    ],
    [
      'a parameter entity from outside',
      `<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd" [<!ENTITY % a SYSTEM "http://127.0.0.1/y">%a;]>${item('<p>x</p>')}`,
      'unsafe-xml',
    ],
    [
      'an entity of a foreign document type',
      `<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">${item('<p>&f;</p>')}`,
      'broken',
    ],
    ['an unknown entity', item('<p>&nbsp;</p>'), 'broken'],
    ['a hundred thousand levels', '<a>'.repeat(100_000), 'unsafe-xml'],
    ['a million elements', `<a>${'<b/>'.repeat(1_000_000)}</a>`, 'unsafe-xml'],
    [
      'a million attributes',
      `<a ${Array.from({ length: 200_000 }, (_, i) => `a${i}=""`).join(' ')}/>`,
      'not-this-format',
    ],
    ['no XML', '<', 'broken'],
    ['an open element', '<qti-assessment-item>', 'broken'],
    ['an encoding that switches', '<?xml version="1.0" encoding="ISO-2022-JP"?><a/>', 'encoding'],
    ['Moodle XML', '<quiz/>', 'not-this-format'],
    ['QTI 1.2', '<questestinterop/>', 'not-this-format'],
  ])('%s is refused at once', (_, xml, code) => {
    const started = processorMs()
    expect(read(strToU8(xml))).toMatchObject({ ok: false, problem: { code } })
    expect(processorMs() - started).toBeLessThan(45_000)
  })

  it('passes over a document type that only has a name or an address, as other editors write it', () => {
    const good = item(choices(), declare('cardinality="single" base-type="identifier"', ['B']))
    for (const type of [
      '<!DOCTYPE qti-assessment-item>',
      '<!DOCTYPE x PUBLIC "-//W3C//DTD MathML 2.0//EN" "http://127.0.0.1/mathml.dtd">',
    ])
      expect(one(type + good)).toMatchObject({ kind: 'item', codes: [] })
  })

  it('reads the encoding that an XML file declares', () => {
    const good = item(
      choices().replace('two', '\u00e9t\u00e9'),
      declare('cardinality="single" base-type="identifier"', ['B']),
    )
    const latin1 = Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${good}`, 'latin1')
    expect(imported(read(latin1)).entries[0]).toMatchObject({
      draft: { answer: { options: [{ text: 'one' }, { text: 'été' }, { text: 'three' }] } },
    })
  })

  it('reads UTF-16 with its byte order mark, as XML must', () => {
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...Buffer.from(item(choices(), declare('cardinality="single" base-type="identifier"', ['B'])), 'utf16le'),
    ])
    expect(imported(read(utf16)).entries[0]?.kind).toBe('item')
  })
})

describe('packages as other tools write them', () => {
  const good = item(choices(), declare('cardinality="single" base-type="identifier"', ['B']))
  const kinds = (files: Readonly<Record<string, string | Uint8Array>>) =>
    imported(read(pack(files))).entries.map(({ kind }) => kind)
  /** A name as a zip holds it that does not say that its names are UTF-8. */
  const unmarked = (bytes: Uint8Array) => String.fromCharCode(...bytes)

  it.each([
    ['with backslashes in its hrefs and paths', { 'imsmanifest.xml': manifest('items\\a.xml'), 'items\\a.xml': good }],
    ['that spells a path in another case', { 'IMSmanifest.XML': manifest('Items/A.xml'), 'items/a.XML': good }],
    ['that composes letters otherwise', { 'imsmanifest.xml': manifest('がく.xml'), 'か\u3099く.xml': good }],
    ['that escapes its hrefs', { 'imsmanifest.xml': manifest('%E5%95%8F%201.xml'), '問 1.xml': good }],
  ])('a package %s is read', (_, files) => {
    expect(kinds(files)).toEqual(['item'])
  })

  it('names in UTF-8 or Shift_JIS are read where the zip says nothing of it', () => {
    // 問.xml in Shift_JIS
    for (const name of [Buffer.from('96e22e786d6c', 'hex'), Buffer.from('問.xml')]) {
      const zip = zipSync({ 'imsmanifest.xml': strToU8(manifest('問.xml')), [unmarked(name)]: strToU8(good) })
      // the library writes such letters as UTF-8 and says so: their bytes are put back, and the mark is taken out
      const [long, short] = [Buffer.from(unmarked(name)), name]
      let bytes = Buffer.from(zip)
      for (let at = bytes.indexOf(long); at >= 0; at = bytes.indexOf(long, at + 1)) {
        const isLocal = bytes.readUInt32LE(at - 30) === 0x04034b50
        const header = at - (isLocal ? 30 : 46)
        bytes.writeUInt16LE(0, header + (isLocal ? 6 : 8))
        bytes.writeUInt16LE(short.length, header + (isLocal ? 26 : 28))
        bytes = Buffer.concat([bytes.subarray(0, at), short, bytes.subarray(at + long.length)])
      }
      const end = bytes.length - 22
      const directory = bytes.indexOf(Buffer.from('504b0102', 'hex'))
      bytes.writeUInt32LE(end - directory, end + 12)
      bytes.writeUInt32LE(directory, end + 16)
      expect(imported(read(bytes)).entries.map(({ kind }) => kind)).toEqual(['item'])
    }
  })

  it('items that stand among the files of a test only are read, and a package without any says what it holds', () => {
    const test =
      '<resource identifier="t" type="imsqti_test_xmlv3p0" href="t.xml"><file href="t.xml"/><file href="a.xml"/></resource>'
    expect(kinds({ 'imsmanifest.xml': `<manifest><resources>${test}</resources></manifest>`, 'a.xml': good })).toEqual([
      'item',
    ])
    const other = read(
      pack({
        'imsmanifest.xml':
          '<manifest><resources><resource type="assessment/x-bb-qti-test" href="r.dat"/></resources></manifest>',
      }),
    )
    expect(other).toMatchObject({ ok: false, problem: { code: 'not-this-format' } })
    expect(!other.ok && sentenceOf(other.problem.message, 'en')).toContain('x-bb-qti-test')
  })
})

describe('hostile packages', () => {
  const good = item(choices(), declare('cardinality="single" base-type="identifier"', ['B']))
  const whole = pack({ 'imsmanifest.xml': manifest('a.xml'), 'a.xml': good })

  it.each([['../a.xml'], ['x/../../a.xml'], ['/etc/a.xml'], ['C:\\a.xml'], ['..\\a.xml'], ['a\u0000.xml']])(
    'the path %s refuses the package',
    (path) => {
      expect(read(pack({ 'imsmanifest.xml': manifest('a.xml'), [path]: good }))).toMatchObject({
        ok: false,
        problem: { code: 'unsafe-package' },
      })
    },
  )

  it('two files of one name refuse it, also by case', () => {
    expect(read(pack({ 'imsmanifest.xml': manifest('a.xml'), 'a.xml': good, 'A.XML': good }))).toMatchObject({
      ok: false,
      problem: { code: 'unsafe-package' },
    })
  })

  /** The same package, but its directory says that every file unfolds to so many bytes. */
  const declaring = (size: number, bytes: Uint8Array) => {
    const lying = Uint8Array.from(bytes)
    const view = new DataView(lying.buffer)
    for (let i = 0; i + 28 < lying.length; i++)
      if (view.getUint32(i, true) === 0x02014b50) view.setUint32(i + 24, size, true)
    return lying
  }

  it('a bomb is refused before it unfolds', () => {
    expect(read(declaring(30_000_000, whole))).toMatchObject({ ok: false, problem: { code: 'too-large' } })
    const many = pack({
      'imsmanifest.xml': manifest('a.xml'),
      ...Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`${i}.xml`, '<a/>'])),
    })
    expect(read(declaring(18_000_000, many))).toMatchObject({ ok: false, problem: { code: 'too-large' } })
  })

  it('declared sizes that lie in either direction do no harm', () => {
    for (const size of [0, 1, 10, 0xfffffffe]) {
      const started = processorMs()
      const result = read(declaring(size, whole))
      if (result.ok) expect(result.value.entries.every(({ kind }) => kind === 'left-out')).toBe(true)
      expect(processorMs() - started).toBeLessThan(45_000)
    }
  })

  it('files that share their bytes refuse it, whatever sizes are declared', () => {
    // one stretch of compressed zeros under many names, as in a bomb of overlapping files
    const single = pack({ 'a.xml': new Uint8Array(200_000) })
    const end = Buffer.from(single.slice(-22))
    const directory = end.readUInt32LE(16)
    const entries = [...'abcdefghijklmnopqrstuvwxyz0123456789'].map((letter) => {
      const entry = Buffer.from(single.slice(directory, -22))
      entry.write(letter, 46)
      return entry
    })
    end.writeUInt16LE(entries.length, 8)
    end.writeUInt16LE(entries.length, 10)
    end.writeUInt32LE(entries.length * (entries[0]?.length ?? 0), 12)
    const bomb = Buffer.concat([single.slice(0, directory), ...entries, end])
    expect(read(bomb)).toMatchObject({ ok: false, problem: { code: 'unsafe-package' } })
    expect(read(declaring(18_000_000, bomb))).toMatchObject({ ok: false, problem: { code: 'too-large' } })
    expect(read(declaring(10, bomb))).toMatchObject({ ok: false, problem: { code: 'too-large' } })
  })

  it('a file that unfolds to more than it declares is left at once', () => {
    const started = processorMs()
    expect(read(declaring(5_000, pack({ 'a.xml': new Uint8Array(20_000_000) })))).toMatchObject({
      ok: false,
      problem: { code: 'too-large' },
    })
    expect(processorMs() - started).toBeLessThan(45_000)
  })

  it('a symbolic link is text like any other, and nothing is read through it', () => {
    const linked = zipSync({
      'imsmanifest.xml': strToU8(manifest('a.xml')),
      'a.xml': [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }],
    })
    expect(imported(read(linked)).entries).toMatchObject([{ kind: 'left-out', losses: [{ code: 'syntax' }] }])
  })

  it('any cut or flipped byte is a refusal or a reading, never a throw', () => {
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }), fc.boolean(), (at, value, cuts) => {
        const bytes = cuts ? whole.slice(0, at) : Uint8Array.from(whole, (byte, i) => (i === at ? value : byte))
        expect(typeof read(bytes).ok).toBe('boolean')
      }),
      { numRuns: cases(300) },
    )
  })

  it('a package of many items is read in seconds', () => {
    const many = cases(3_000, 3)
    const hrefs = Array.from({ length: many }, (_, i) => `items/${i}.xml`)
    const bytes = pack({
      'imsmanifest.xml': manifest(...hrefs),
      ...Object.fromEntries(
        hrefs.map((href, i) => [href, good.replace('i1', `i${i}`).replace('Which?', `Which of ${i}?`)]),
      ),
    })
    const started = processorMs()
    expect(placed(read(bytes)).items).toHaveLength(many)
    expect(processorMs() - started).toBeLessThan(15 * many)
  })
})
