import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ItemSource } from '../../../src/authoring/bank-source.ts'
import { elementsOf, findElement, textOf } from '../../../src/authoring/formats/markup-tree.ts'
import { writeMoodle } from '../../../src/authoring/formats/moodle/write-moodle.ts'
import { parseXml } from '../../../src/authoring/formats/parse-xml.ts'
import { parseBank } from '../../../src/authoring/parse-bank.ts'
import { sentenceOf } from '../../../src/authoring/said.ts'
import { bankMd } from '../../support/bank-fixture.ts'
import { itemsArbitrary } from '../arbitrary-items.ts'
import { REAL_BANKS, realBank } from './bring-back.ts'

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

  it.each(REAL_BANKS)('holds every item of %s', (path) => {
    const { items, locale } = realBank(path)
    expect(questions(items, locale).questions).toHaveLength(items.length)
  })

  it('writes gaps of both kinds, pictures, fractions and the truth of a sentence', () => {
    const items = itemsOf(`
## office-001 甲

\`穴埋め\`

左は[[1: 左端 | 右端]]、名は[[2]]です。

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
      '左は{1:MULTICHOICE:左端~=右端}、名は{1:SHORTANSWER:=a\\*b~=c\\~d}です。',
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
