import { describe, expect, it } from 'vitest'
import { readCsv } from '../../../src/authoring/formats/csv/read-csv.ts'
import type { Imported } from '../../../src/authoring/formats/exchange.ts'
import { pictureShelf } from '../../../src/authoring/formats/picture-shelf.ts'
import { planImport, targetIn } from '../../../src/authoring/formats/plan-import.ts'
import { sentenceOf } from '../../../src/authoring/said.ts'
import { bytes, imported } from './bring-back.ts'

const png = (last: number) =>
  new Uint8Array([
    ...Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
    last,
  ])
const csv = (text: string) => imported(readCsv(bytes(text), { locale: 'ja' }))
const bank = '---\nexam: e\ntopic: office\nlocale: ja\n---\n\n# Office\n'
const exam = `---\nid: e\ntitle: { ja: 検定, en: Exam }\nlevel: 3\nversion: 1\nlocales: [ja]\ntime: 45m\npass: 70%\nvalid_for: 2y\nretake: { wait: 14d, per_year: 4 }\nskills:\n  - { id: a-1, name: { ja: 能力, en: Skill } }\nblueprint:\n  office: { draw: 1 }\n---\n\n# 検定\n\nよく読んでください。\n`

function plan(read: Imported, assets: readonly { path: string; content: Uint8Array }[] = []) {
  const target = targetIn([{ path: 'exam.md', content: exam }, { path: 'office.ja.md', content: bank }, ...assets], 'e')
  if ('unreadable' in target) throw new Error(target.unreadable)
  return planImport(read, { target, locale: 'ja', topic: 'office', otherTopic: 'office' })
}

describe('what an import writes', () => {
  const withPicture = (content: Uint8Array): Imported => ({
    ...csv('question,option_a,option_b,correct\n図はどれですか。,ア,イ,A\n'),
    assets: [{ path: 'assets/graph.png', content }],
  })
  const showing = (read: Imported): Imported => ({
    ...read,
    entries: read.entries.map((entry) =>
      entry.kind === 'item'
        ? { ...entry, draft: { ...entry.draft, stem: '図はどれですか。\n\n![図](assets/graph.png)' } }
        : entry,
    ),
  })

  it('leaves a picture of the exam as it is, and shows another of the same name under a name of its own', () => {
    const { writes, reports } = plan(showing(withPicture(png(1))), [{ path: 'assets/graph.png', content: png(2) }])
    expect(reports.map(({ outcome }) => outcome)).toEqual(['whole'])
    const [text, picture] = writes
    expect(picture?.path).toMatch(/^assets\/[0-9a-f]{12}\.png$/)
    expect(picture?.content).toEqual(png(1))
    expect(text?.content).toContain(`(${picture?.path})`)
    expect(text?.content).not.toContain('graph.png')
  })

  it('keeps the name of a picture that the exam has in the same bytes', () => {
    const { writes } = plan(showing(withPicture(png(2))), [{ path: 'assets/graph.png', content: png(2) }])
    expect(writes.map(({ path }) => path)).toEqual(['office.ja.md', 'assets/graph.png'])
  })

  it('names a competency that the exam does not have', () => {
    const { reports } = plan(csv('question,option_a,option_b,correct,skill\n一つ目,ア,イ,A,a-1\n二つ目,ア,イ,A,z-9\n'))
    expect(reports.map(({ losses }) => losses.map(({ message }) => sentenceOf(message, 'en')))).toEqual([
      [],
      [expect.stringContaining('z-9')],
    ])
  })
})

describe('the pictures of a file', () => {
  it('that share a name and differ are both kept', () => {
    const shelf = pictureShelf()
    const places = [png(1), png(2), png(1)].map((content) => shelf.take('graph.png', content, 'assets/graph.png'))
    expect(places[0]).toBe('assets/graph.png')
    expect(places[1]).toMatch(/^assets\/[0-9a-f]{12}\.png$/)
    expect(places[2]).toBe('assets/graph.png')
    expect(shelf.taken().map(({ content }) => content)).toEqual([png(1), png(2)])
  })
})
