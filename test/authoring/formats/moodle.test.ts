import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ItemSource } from '../../../src/authoring/bank-source.ts'
import { elementsOf, findElement, textOf } from '../../../src/authoring/formats/markup-tree.ts'
import { readMoodle } from '../../../src/authoring/formats/moodle/read-moodle.ts'
import { writeMoodle } from '../../../src/authoring/formats/moodle/write-moodle.ts'
import { parseXml } from '../../../src/authoring/formats/parse-xml.ts'
import { differences, writeExchange } from '../../../src/authoring/formats/write-exchange.ts'
import { parseBank } from '../../../src/authoring/parse-bank.ts'
import { sentenceOf } from '../../../src/authoring/said.ts'
import { bankMd } from '../../support/bank-fixture.ts'
import { itemsArbitrary } from '../arbitrary-items.ts'
import { bytes, imported, placed, REAL_BANKS, realBank } from './bring-back.ts'

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function questions(items: readonly ItemSource[], locale: 'ja' | 'en' = 'ja') {
  const { content, reports } = writeMoodle(items, { locale, assets: [{ path: 'assets/a.png', content: PNG }] })
  const parsed = parseXml(content as string)
  if (!parsed.ok) throw new Error(sentenceOf(parsed.problem.message, 'en'))
  return {
    reports,
    questions: elementsOf(parsed.value, 'question').filter(({ attributes }) => attributes.type !== 'category'),
  }
}

const itemsOf = (markdown: string) =>
  (parseBank({ path: 'office.ja.md', content: bankMd(markdown) }).bank?.items ?? []).filter(
    (item) => item.kind === 'item',
  )

const text = (question: Parameters<typeof findElement>[0], name: string) =>
  textOf(findElement(question, name) ?? '').trim()

describe('Moodle XML', () => {
  it('is well-formed and holds every item, with what it lost named', () => {
    fc.assert(
      fc.property(itemsArbitrary, (items) => {
        const written = questions(items)
        expect(written.questions.map(({ children }) => text(children, 'idnumber'))).toEqual(items.map(({ id }) => id))
        expect(written.questions.map(({ children }) => text(children, 'questiontext')).join()).not.toContain('[[')
        for (const [i, { references, notes }] of items.entries())
          if (references.length > 0 || notes !== '') expect(written.reports[i]?.losses[0]?.code).toBe('metadata')
      }),
      { numRuns: 100 },
    )
  })

  it.each(REAL_BANKS)('holds every item of %s, and gives it back but for what the report names', (path) => {
    const { items, locale, topic } = realBank(path)
    const { content, reports } = writeExchange(items, 'moodle', { examId: 'demo', locale, assets: [] })
    const back = new Map(
      placed(readMoodle(bytes(content as string), { locale }), { locale, topic }).items.map((item) => [item.id, item]),
    )
    expect(reports.map(({ id }) => id)).toEqual(items.map(({ id }) => id))
    for (const [i, item] of items.entries()) {
      const losses = reports[i]?.losses ?? []
      const named = losses.flatMap(({ fields = [] }) => fields)
      expect(losses.map(({ code }) => code)).not.toContain('read-back')
      expect(differences(item, back.get(item.id) as ItemSource).filter((field) => !named.includes(field))).toEqual([])
    }
  })

  it('writes gaps of both kinds, pictures, fractions and the truth of a sentence', () => {
    const items = itemsOf(`
## office-001 甲

\`穴埋め\`

左は[[1: =左端 | 右端]]、名は[[2]]です。

### 正解

1. 右端
2. \`a*b\` / c~d

## office-002 乙

\`複数\` \`部分点\`

![犬](assets/a.png)

- [x] 一
- [ ] 二
- [x] 三

## office-003 丙

\`正誤\`

丸いです。

- [ ] 正しい
- [x] 誤り

## office-004 丁

\`数値\`

いくらですか。

### 正解

1,200 ± 5 円
`)
    const [cloze, multiple, truth, numeric] = questions(items).questions.map(({ children }) => children)
    expect(text(cloze ?? [], 'questiontext')).toBe(
      '左は{1:MULTICHOICE:%0%=左端~=右端}、名は{1:SHORTANSWER:=a\\*b~=c\\~d}です。',
    )
    expect(text(multiple ?? [], 'text')).toBe('乙')
    expect(findElement(multiple ?? [], 'file')?.attributes).toEqual({ name: 'a.png', path: '/', encoding: 'base64' })
    expect(
      (multiple ?? []).flatMap((child) =>
        typeof child !== 'string' && child.name === 'answer' ? [child.attributes.fraction] : [],
      ),
    ).toEqual(['50', '-50', '50'])
    expect(
      (truth ?? []).flatMap((child) =>
        typeof child !== 'string' && child.name === 'answer' ? [child.attributes.fraction, textOf(child).trim()] : [],
      ),
    ).toEqual(['0', 'true', '100', 'false'])
    expect([text(numeric ?? [], 'answer'), text(numeric ?? [], 'unit_name')]).toEqual(['12005', '円'])
  })
})

/** A question as Moodle's question bank exports it. */
const exported = (type: string, text: string, more: string, name = 'Q') => `
  <question type="${type}">
    <name><text>${name}</text></name>
    <questiontext format="html"><text><![CDATA[${text}]]></text></questiontext>
    <generalfeedback format="html"><text></text></generalfeedback>
    <defaultgrade>1.0000000</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden><idnumber></idnumber>
    ${more}
  </question>`
const quiz = (...parts: readonly string[]) =>
  bytes(`<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n<!-- question: 0  -->${parts.join('')}\n</quiz>`)
const answer = (fraction: string, text: string, more = '') =>
  `<answer fraction="${fraction}" format="html"><text><![CDATA[${text}]]></text><feedback format="html"><text></text></feedback>${more}</answer>`

function readOne(question: string) {
  const [entry] = imported(readMoodle(quiz(question), { locale: 'en' })).entries
  return { entry, codes: entry?.losses.map(({ code }) => code) }
}
/** The key and the stem of a question that is taken. */
function takenOf(question: string) {
  const { entry, codes } = readOne(question)
  if (entry?.kind !== 'item') throw new Error(JSON.stringify(entry))
  const { draft } = entry
  return { type: draft.pills.type, status: draft.pills.status, stem: draft.stem, answer: draft.answer, codes }
}

describe('a question of Moodle', () => {
  it('of several options is taken with the one that is right, its weights and its feedback', () => {
    const options = `<single>true</single><shuffleanswers>false</shuffleanswers><answernumbering>abc</answernumbering>
      <correctfeedback format="html"><text>Your answer is correct.</text></correctfeedback>
      ${answer('100', '<p>Bern</p>')}${answer('0', '<p>Zürich</p>').replace('<text></text></feedback>', '<text>The largest city.</text></feedback>')}`
    const { entry } = readOne(exported('multichoice', '<p>Which is the <b>capital</b>?</p>', options))
    if (entry?.kind !== 'item') throw new Error(JSON.stringify(entry))
    expect(entry.draft.stem).toBe('Which is the **capital**?')
    expect(entry.draft.pills).toMatchObject({ type: 'single', fixed: true, status: 'draft' })
    expect(entry.draft.answer).toEqual({
      form: 'options',
      options: [
        { text: 'Bern', correct: true },
        { text: 'Zürich', correct: false },
      ],
    })
    expect(entry.draft.rationale).toBe('- B: The largest city.')
    expect(entry.losses.map(({ code }) => code)).toEqual(['feedback'])
  })

  it('with several right options keeps them, and says of weights that ours do not have', () => {
    const several = `<single>false</single>${answer('50', 'a')}${answer('50', 'b')}${answer('-20', 'c')}`
    expect(takenOf(exported('multichoice', 'Which?', several))).toMatchObject({
      type: 'multiple',
      answer: { options: [{ correct: true }, { correct: true }, { correct: false }] },
      codes: ['weight'],
    })
  })

  it('of a number keeps its margin and its unit', () => {
    const number = `<answer fraction="100" format="moodle_auto_format"><text>3.14</text><tolerance>0.01</tolerance></answer>
      <units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit><unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units>`
    expect(takenOf(exported('numerical', 'How long?', number))).toMatchObject({
      answer: { form: 'numeric', value: 3.14, tolerance: 0.01, unit: 'm' },
      codes: ['unit'],
    })
  })

  it.each([
    [
      'a sentence that is true',
      exported('truefalse', 'It is round.', `${answer('0', 'true')}${answer('100', 'false')}`),
      { type: 'true-false', answer: { options: [{ correct: false }, { correct: true }] } },
    ],
    [
      'a word that is typed',
      exported('shortanswer', 'Who?', `<usecase>1</usecase>${answer('100', 'Ada')}${answer('50', 'Lovelace')}`),
      { answer: { form: 'accepted', accepted: ['Ada'] }, codes: ['scoring', 'weight'] },
    ],
    [
      'pairs, with an answer to spare',
      exported(
        'matching',
        'Match.',
        ['<p>one</p>|eins', '<p>two</p>|zwei', '|drei']
          .map((pair) => pair.split('|'))
          .map(
            ([left, right]) =>
              `<subquestion format="html"><text><![CDATA[${left}]]></text><answer><text>${right}</text></answer></subquestion>`,
          )
          .join(''),
      ),
      {
        answer: {
          form: 'table',
          rows: [
            ['one', 'eins'],
            ['two', 'zwei'],
            ['', 'drei'],
          ],
        },
      },
    ],
    [
      'steps in their order',
      exported('ordering', 'Order.', `${answer('2.0', 'second')}${answer('1.0', 'first')}`),
      { answer: { form: 'rows', rows: ['first', 'second'] } },
    ],
    [
      'a text with gaps in it',
      exported(
        'cloze',
        '<p>{1:MULTICHOICE:=Paris#Right~%0%Rome\\}} is in {1:SHORTANSWER:%100%France~=Gallia &amp; more}, {1:NM:=48.8:0.1} north.</p>',
        '',
      ),
      {
        stem: '[[1: Paris | Rome}]] is in [[2]], [[3]] north.',
        answer: {
          form: 'blanks',
          blanks: [
            { ref: '1', accepted: ['Paris'] },
            { ref: '2', accepted: ['France', 'Gallia & more'] },
            { ref: '3', accepted: ['48.8'] },
          ],
        },
      },
    ],
    [
      'words to choose in a text',
      exported(
        'gapselect',
        'The [[2]] sat on the [[3]].',
        ['dog 1', 'cat 1', 'mat 2', 'hat 2']
          .map((word) => word.split(' '))
          .map(([word, group]) => `<selectoption><text>${word}</text><group>${group}</group></selectoption>`)
          .join(''),
      ),
      { stem: 'The [[1: dog | cat]] sat on the [[2: mat | hat]].' },
    ],
  ])('%s is taken as one of ours', (_, question, expected) => {
    expect(takenOf(question)).toMatchObject(expected)
  })

  it.each([
    ['a calculated question', exported('calculatedmulti', '{a} + {b}?', ''), 'variables'],
    ['a place on a picture', exported('ddmarker', 'Where?', ''), 'ddmarker'],
    ['a description', exported('description', 'Read this.', ''), 'description'],
    ['a text without gaps', exported('cloze', 'Read this {1:MULTICHOICE}.', ''), 'answer'],
    ['a gap with several right choices', exported('cloze', 'Pick {1:MULTIRESPONSE:=a~=b~c}.', ''), 'gap cannot stand'],
    ['options of which none is right', exported('multichoice', 'Which?', answer('0', 'a') + answer('0', 'b')), 'right'],
  ])('%s is left out with a word', (_, question, word) => {
    const { entry } = readOne(question)
    expect(entry?.kind).toBe('left-out')
    expect(entry?.losses.map(({ message }) => sentenceOf(message, 'en')).join('; ')).toContain(word)
  })

  it('shows the pictures that come with it under a name that tells nothing, and says of those it cannot', () => {
    const png = Buffer.from(PNG).toString('base64')
    const picture = (alt: string) => `<img src="@@PLUGINFILE@@/the%20answer.png" alt="${alt}">`
    const question = exported('truefalse', `${picture('a dog')}${picture('')}`, answer('100', 'true')).replace(
      '</questiontext>',
      `<file name="the answer.png" path="/" encoding="base64">${png}</file></questiontext>`,
    )
    const read = imported(readMoodle(quiz(question), { locale: 'en' }))
    const [entry] = read.entries
    expect(read.assets.map(({ content }) => content)).toEqual([Buffer.from(PNG)])
    const path = read.assets[0]?.path ?? ''
    expect(path).toMatch(/^assets\/[0-9a-f]{12}\.png$/)
    expect(entry?.kind === 'item' && entry.draft.stem).toBe(`![a dog](${path})`)
    expect(entry?.losses.map(({ code }) => code)).toContain('image')
  })

  it.each(['single', '単一', 'essay'])('is of other hands though its tag is our word %s', (tag) => {
    const more = `<single>true</single><shuffleanswers>0</shuffleanswers><tags><tag><text>${tag}</text></tag></tags>
      <hint format="html"><text>It is an old town.</text></hint>${answer('100', 'Bern') + answer('0', 'Basel')}`
    const { entry, codes } = readOne(
      exported('multichoice', 'Which?', more).replace('<defaultgrade>1.0', '<defaultgrade>3.0'),
    )
    expect(entry).toMatchObject({
      isOwn: false,
      draft: { title: 'Q', pills: { type: 'single', status: 'draft', points: 3, fixed: true } },
    })
    expect(codes).toEqual(['feedback'])
  })

  it.each(['live', 'practice'])('is a draft though it is tagged %s, and says so', (tag) => {
    const tags = `<tags><tag><text>${tag}</text></tag><tag><text>true-false</text></tag></tags>`
    expect(takenOf(exported('truefalse', 'Is it?', answer('100', 'true') + tags))).toMatchObject({
      status: 'draft',
      codes: ['metadata'],
    })
  })

  it('goes to the topic of its category', () => {
    const category = exported('category', '', '<category><text>$course$/top/Default for X/office</text></category>')
    const [entry] = imported(readMoodle(quiz(category, exported('essay', 'Write.', '')), { locale: 'en' })).entries
    expect(entry).toMatchObject({ category: '$course$/top/Default for X/office', losses: [{ code: 'rubric' }] })
  })
})

describe('a file that is no sound Moodle XML', () => {
  const deep = `<quiz>${'<question>'.repeat(200)}`
  const bomb = `<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><quiz><question>&b;</question></quiz>`
  it.each([
    ['another document', '<rss><item/></rss>', 'not-this-format'],
    ['one without a question', '<quiz></quiz>', 'not-this-format'],
    ['entities that unfold', bomb, 'unsafe-xml'],
    ['nesting without end', deep, 'unsafe-xml'],
    ['more elements than a bank has', `<quiz>${'<a/>'.repeat(500_001)}</quiz>`, 'unsafe-xml'],
    ['more characters than a bank has', `<quiz>${'a'.repeat(20_000_001)}</quiz>`, 'too-large'],
    ['one that breaks off', '<quiz><question type="essay">', 'broken'],
  ])('%s is refused', (_, xml, code) => {
    const read = readMoodle(bytes(xml), { locale: 'ja' })
    expect(read.ok ? 'read' : read.problem.code).toBe(code)
  })

  it('a gap without an end, ten thousand times over, is read in a moment and holds nothing', () => {
    const { entry } = readOne(exported('cloze', '{1:SA:=a '.repeat(10_000), ''))
    expect(entry?.kind).toBe('left-out')
  })
})
