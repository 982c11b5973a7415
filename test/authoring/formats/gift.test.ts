import * as fc from 'fast-check'
import { parse as parseElsewhere } from 'gift-pegjs'
import { describe, expect, it } from 'vitest'
import type { ItemSource } from '../../../src/authoring/bank-source.ts'
import { readGift } from '../../../src/authoring/formats/gift/read-gift.ts'
import { differences, writeExchange } from '../../../src/authoring/formats/write-exchange.ts'
import { parseBank } from '../../../src/authoring/parse-bank.ts'
import { bankMd } from '../../support/bank-fixture.ts'
import { cases } from '../../support/cases.ts'
import { processorMs } from '../../support/processor-time.ts'
import { itemsArbitrary } from '../arbitrary-items.ts'
import { bytes, draftsOf, imported, placed, REAL_BANKS, realBank } from './bring-back.ts'

const read = (text: string, locale: 'ja' | 'en' = 'en') => readGift(bytes(text), { locale })
const write = (items: readonly ItemSource[], locale: 'ja' | 'en' = 'ja') =>
  writeExchange(items, 'gift', { examId: 'demo', locale, assets: [] })

/** The first item of a text, which must have one. */
function one(text: string, locale: 'ja' | 'en' = 'en') {
  const [first] = imported(read(text, locale)).entries
  if (first?.kind !== 'item') throw new Error(JSON.stringify(first))
  return { ...first.draft, id: first.id, losses: first.losses.map(({ code }) => code) }
}

describe('exporting to GIFT and importing again', () => {
  it('gives equal items, but for what the report names', () => {
    fc.assert(
      fc.property(itemsArbitrary, (items) => {
        const { content, reports } = write(items)
        const { items: back } = placed(read(content as string, 'ja'))
        for (const item of items) {
          const report = reports.find(({ id }) => id === item.id)
          const again = back.find(({ id }) => id === item.id)
          if (report?.outcome === 'left-out') expect(again).toBeUndefined()
          else {
            const named = report?.losses.flatMap(({ fields = [] }) => fields)
            const without = (one: object | undefined) =>
              Object.fromEntries(Object.entries(one ?? {}).filter(([field]) => !named?.includes(field as never)))
            expect(without(again)).toEqual(without(item))
          }
        }
      }),
      { numRuns: cases(200) },
    )
  })

  it('loses nothing but references, notes and rubrics', () => {
    fc.assert(
      fc.property(itemsArbitrary, (items) => {
        for (const { losses } of write(items).reports)
          for (const { code, fields = [] } of losses)
            expect([code, ...fields].join(' ')).toMatch(/^(metadata|rubric answer|type|scoring)/)
      }),
      { numRuns: cases(100) },
    )
  })

  it.each(REAL_BANKS)('keeps %s, but for what the report names', (path) => {
    const { items, locale, topic } = realBank(path)
    const { content, reports } = write(items, locale)
    const back = new Map(
      placed(read(content as string, locale), { locale, topic }).items.map((item) => [item.id, item]),
    )
    for (const { id, outcome, losses } of reports) {
      if (outcome === 'left-out') continue
      const named = losses.flatMap(({ fields = [] }) => fields)
      expect(losses.map(({ code }) => code)).not.toContain('read-back')
      expect(
        differences(items.find((item) => item.id === id) as ItemSource, back.get(id as string) as ItemSource).filter(
          (field) => !named.includes(field),
        ),
      ).toEqual([])
    }
    expect(reports.filter(({ outcome }) => outcome === 'left-out')).toEqual([])
  })

  it.each(REAL_BANKS)('gives a file that another parser reads, question by question: %s', (path) => {
    const { items, locale } = realBank(path)
    const content = write(items, locale).content as string
    // an empty line ends a question in Moodle, even within braces
    const blocks = content.trim().split('\n\n')
    const questions = parseElsewhere(content)
    expect(questions).toHaveLength(blocks.length)
    const gaps = (item: ItemSource) => (item.answer.form === 'blanks' ? item.answer.blanks.length : 1)
    expect(questions.filter(({ type }) => type !== 'Category')).toHaveLength(
      items.reduce((sum, item) => sum + gaps(item), 0),
    )
    const choices = questions.flatMap((question) => (question.type === 'MC' ? [question.choices] : []))
    for (const options of choices)
      expect(options.some(({ isCorrect, weight }) => isCorrect || (weight ?? 0) > 0)).toBe(true)
  })

  it('writes a cloze of several gaps as a question for each, and joins them again', () => {
    const cloze =
      '\n## office-001 空欄\n\n`穴埋め` `2点`\n\n左は[[1: 左端 | 右端]]、名は[[2]]です。\n\n### 正解\n\n1. 右端\n2. 甲 / 乙\n'
    const items = (parseBank({ path: 'office.ja.md', content: bankMd(cloze) }).bank?.items ?? []).filter(
      (item) => item.kind === 'item',
    )
    const { content, reports } = write(items)
    expect(reports).toMatchObject([{ id: 'office-001', outcome: 'changed', losses: [{ code: 'type' }] }])
    const text = content as string
    expect(text).toContain('::空欄 (1/2)::[markdown]左は{\n\t~左端\n\t=右端\n}、名は[[2]]です。')
    expect(text).toContain('::空欄 (2/2)::[markdown]左は[[1]]、名は{\n\t=甲\n\t=乙\n}です。')
    expect(placed(read(text, 'ja')).items).toEqual(items)
    const [category, first] = text.split('\n\n')
    expect(imported(read(`${category}\n\n${first}`, 'ja')).entries).toMatchObject([
      { kind: 'left-out', losses: [{ code: 'syntax' }] },
    ])
  })
})

describe('GIFT of other hands', () => {
  it.each([
    ['Sky is {~red =blue}.', 'cloze', 'Sky is [[1: red | blue]].'],
    ['Two and two is {=four =4} here.', 'cloze', 'Two and two is [[1]] here.'],
    [
      'Water is {=1 =one} atom of {~iron =oxygen} and {=2} of hydrogen.',
      'cloze',
      'Water is [[1]] atom of [[2: iron | oxygen]] and [[3]] of hydrogen.',
    ],
    ['Who?{~A =B ~C}', 'single', 'Who?'],
    ['Which?{~%50%A ~%50%B ~%-100%C}', 'multiple', 'Which?'],
    ['True?{T}', 'true-false', 'True?'],
    ['True?{FALSE#wrong#right}', 'true-false', 'True?'],
    ['How many? {#3:0.5}.', 'numeric', 'How many?'],
    ['Pairs {=a -> b =c -> d}', 'match', 'Pairs'],
    ['Write. {}', 'essay', 'Write.'],
    ['Name it {=x}', 'short', 'Name it'],
    ['[html]<p>A <b>bold</b> one</p>{T}', 'true-false', 'A **bold** one'],
    ['[markdown]A *weak* one{T}', 'true-false', 'A *weak* one'],
    ['[plain]A *star* {T}', 'true-false', 'A \\*star\\*'],
    ['a \\{b\\} \\= c \\~ \\# \\: {T}', 'true-false', 'a {b} = c ~ # :'],
    ['first\\nsecond\\n\\nthird {T}', 'true-false', 'first\\\nsecond\n\nthird'],
    ['a\nwrapped line {T}', 'true-false', 'a\nwrapped line'],
    ['x &lt; y <i>or</i> not {T}', 'true-false', 'x < y *or* not'],
  ])('reads %s as %s', (text, type, stem) => {
    expect(one(text)).toMatchObject({ pills: { type, status: 'draft' }, stem })
  })

  it.each([
    ['{#3}', 3, 0],
    ['{#3:0.5}', 3, 0.5],
    ['{#1..5}', 3, 2],
    ['{#2.145..2.146}', 2.1455, 0.0005],
    ['{#=1822:0 =%50%1822:2}', 1822, 0],
    ['{# = -2.5:.5 #fine\n ~#no}', -2.5, 0.5],
  ])('reads the number %s', (braces, value, tolerance) => {
    expect(one(`How many? ${braces}`).answer).toEqual({ form: 'numeric', value, tolerance, unit: '' })
  })

  it('keeps names, ids, comments on answers and general feedback, and names what it does not keep', () => {
    const item = one(
      '// a comment [id:geo-7] [tag:difficulty 2] [tag:easy]\n::Capital::Capital of Japan?{\n\t~Osaka#A port.\n\t~%50%Kyoto\n\t=Tokyo#Yes!\n\t####Since 1868.\n}',
    )
    expect(item).toMatchObject({
      id: 'geo-7',
      title: 'Capital',
      pills: { difficulty: 2 },
      rationale: 'Since 1868.\n\n- A: A port.\n- C: Yes!',
      losses: ['metadata', 'feedback', 'weight'].sort(
        (a, b) => item.losses.indexOf(a as never) - item.losses.indexOf(b as never),
      ),
    })
  })

  it('takes a question for ours by an id of ours and its type, not by a tag alone', () => {
    const pillsOf = (marks: string) => draftsOf(readGift(bytes(`// ${marks}\nWhich?{=a ~b}`), { locale: 'en' }))[0]
    expect(pillsOf('[tag:single] [tag:live]')).toMatchObject({ isOwn: false, draft: { pills: { status: 'draft' } } })
    expect(pillsOf('[id:Geo 7] [tag:single]')).toMatchObject({ isOwn: false, draft: { pills: { status: 'draft' } } })
    expect(pillsOf('[id:geo-7] [tag:single] [tag:live]')).toMatchObject({
      isOwn: true,
      draft: { pills: { status: 'live' } },
    })
  })

  it('leaves out a number that is none, and keeps what follows the pairs', () => {
    expect(imported(read('How much? {#=0.5 =1/2}')).entries).toMatchObject([
      { kind: 'left-out', losses: [{ code: 'key' }] },
    ])
    expect(one('Pairs {=a -> b =c -> d} of letters').stem).toBe('Pairs \\_\\_\\_\\_\\_ of letters')
  })

  it('tells a star from the wildcard of Moodle, both ways', () => {
    expect(one('Formula?{=\\=A1\\\\*2}')).toMatchObject({ answer: { accepted: ['=A1*2'] }, losses: [] })
    expect(one('Any?{=a*}').losses).toEqual(['scoring'])
    const [item] = draftsOf(read('x {=\\=A1\\\\*2}'))
    expect(
      write([{ kind: 'item', id: 'office-001', ...(item?.draft as Omit<ItemSource, 'id' | 'kind'>) }]).content,
    ).toContain('=\\=A1\\\\*2')
  })

  it('reads categories, empty lines within braces, and goes on after a question that is broken', () => {
    const { entries } = imported(
      read(
        '$CATEGORY: tom/biology\n\nA?{\n\n=x\n\n~y\n\n}\n\nNo partner {=x\n\n::B::B?{T}\n\nJust a description.\n\nC } stray\n\nD?{}',
      ),
    )
    expect(
      entries.map((entry) => [entry.kind, entry.kind === 'item' ? entry.draft.pills.type : entry.losses[0]?.code]),
    ).toEqual([
      ['item', 'single'],
      ['left-out', 'syntax'],
      ['item', 'true-false'],
      ['left-out', 'unsupported'],
      ['left-out', 'syntax'],
      ['item', 'essay'],
    ])
    expect(entries[0]).toMatchObject({ category: 'tom/biology' })
  })

  it('finds the answers behind TeX', () => {
    expect(one('What is $\\frac{1}{2}$ of 4? {=2 =two}')).toMatchObject({
      pills: { type: 'short' },
      stem: 'What is $\\frac{1}{2}$ of 4?',
    })
  })

  it('makes gaps with choices of pairs that share a right-hand side', () => {
    expect(one('Plays {=Demetrius -> Dream =Lysander -> Dream =Capulet -> Romeo}')).toMatchObject({
      pills: { type: 'cloze' },
      answer: { form: 'blanks' },
      losses: ['type'],
    })
  })

  it.each([
    ['{~%50%a ~%50%b ~%-50%c}', []],
    ['{~%50%a ~%50%b ~c}', ['weight']],
    ['{~%50%a ~%50%b ~%-100%c}', ['weight']],
    ['{=a ~b ~%-25%c}', ['weight']],
  ])('names weights that are not ours: %s', (braces, codes) => {
    expect(one(`Which? ${braces}`).losses).toEqual(codes)
  })

  it('turns several "=" into a question with several right answers, and says so', () => {
    expect(one('Primes?{=2 =3 ~4}')).toMatchObject({ pills: { type: 'multiple' }, losses: ['scoring', 'weight'] })
  })

  it('takes out scripts and foreign pictures, and says so', () => {
    const item = one('[html]<p>Look<script>alert(1)</script> <img src\\="x.png" alt\\="a cat"></p>{T}')
    expect(item.stem).toBe('Look a cat')
    expect(item.losses).toEqual(['markup', 'image'])
  })
})

describe('hostile GIFT', () => {
  it.each([
    ['open braces', '{'.repeat(1_000_000)],
    ['a million answers', `Q{${'~a '.repeat(300_000)}=b}`],
    ['open braces on lines of their own', 'a {\n\n'.repeat(200_000)],
    ['colons', ':'.repeat(1_000_000)],
    ['backslashes', '\\'.repeat(1_000_000)],
    ['comments', '// [tag:[tag:\n'.repeat(100_000)],
    ['nested HTML', `[html]${'<div>'.repeat(100_000)}{T}`],
    ['an unclosed tag', `[html]${'<a '.repeat(100_000)}{T}`],
    ['stars', `${'*a '.repeat(100_000)}{T}`],
    ['weights', `Q{${'~%'.repeat(300_000)}}`],
  ])('%s take seconds at most, and nothing of it is sound', (_, text) => {
    const started = processorMs()
    const { items } = placed(read(text))
    expect(items).toEqual([])
    expect(processorMs() - started).toBeLessThan(45_000)
  })

  it('10,000 questions are read in seconds', () => {
    const started = processorMs()
    expect(
      draftsOf(read(Array.from({ length: 10_000 }, (_, i) => `::Q${i}:: Number ${i}? {~a =b ~c#no}\n\n`).join(''))),
    ).toHaveLength(10_000)
    expect(processorMs() - started).toBeLessThan(45_000)
  })

  it('a text that would open sections or items of a bank stays text or is left out', () => {
    const { items, reports } = placed(
      read(
        '::## office-9 x::A\\n### Answer\\n- x\\n## office-002 b\\n`single` {=x}\n\n[markdown]### Rationale\\n\\nsecret {T}\n\n[markdown]- [x] yes {T}',
      ),
    )
    for (const { stem } of items) expect(stem).not.toMatch(/^#/m)
    expect(items.length + reports.filter(({ outcome }) => outcome === 'left-out').length).toBe(3)
  })
})
