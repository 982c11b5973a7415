import { rm } from 'node:fs/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { itemSkeleton } from '../../src/authoring/print-bank.ts'
import type { ItemType } from '../../src/item/item.ts'
import { bankMd, examMd, NOW, SINGLE } from '../support/bank-fixture.ts'
import { terminalOfEachTest } from '../support/fake-terminal.ts'

const { path, read, write, kentei, out, err } = terminalOfEachTest()
const text = (name: string) => read(`exams/demo/${name}`)
const EN = `
## office-001 Subject

\`single\` \`difficulty 2\`

Which subject line is best?

- [ ] With kind regards
- [x] Quotation for July
- [ ] Please find it attached
- [ ] Re: Re: the other day

### Rationale

The second.
`
const second = (item: string) => item.replace('office-001', 'office-002').replaceAll('件名', '表題')
const compiled = async () => {
  const paths = ['exam.md', 'exam.en.md', 'office.ja.md', 'office.en.md']
  return compileExam(await Promise.all(paths.map(async (path) => ({ path, content: await text(path) }))), {
    now: NOW,
    language: 'en',
  })
}

beforeEach(async () => {
  await write('exams/demo/exam.md', examMd({ locales: '[ja, en]' }))
  await write('exams/demo/exam.en.md', 'Read this.\n')
  await write('exams/demo/office.ja.md', bankMd(SINGLE))
  await write('exams/demo/office.en.md', bankMd(EN, { locale: 'en' }))
})

describe('kentei locales', () => {
  it('ends with 0 where the languages agree', async () => {
    expect(await kentei('locales', '--lang', 'en')).toBe(0)
    expect([out, err]).toEqual([[], ['demo: all locales agree']])
  })

  it.each([
    ['a version that is missing', (en: string) => en.replace('office-001', 'office-003'), 'missing', 'office.ja.md:10'],
    ['a newer version', (en: string) => en.replace('`single`', '`single` `v2`'), 'stale', 'office.ja.md:10'],
    [
      'another key',
      (en: string) => en.replace('[ ] With', '[x] With').replace('[x] Quot', '[ ] Quot'),
      'key',
      'office.en.md:10',
    ],
    ['other points', (en: string) => en.replace('`single`', '`single` `2pt`'), 'points', 'office.en.md:10'],
    ['another type', (en: string) => en.replace('`single`', '`multiple`'), 'type', 'office.en.md:10'],
    ['another status', (en: string) => en.replace('`single`', '`single` `dormant`'), 'status', 'office.en.md:10'],
    ['a draft', (en: string) => en.replace('`single`', '`single` `draft`'), 'begun', 'office.en.md:10'],
    [
      'an item that cannot be read',
      (en: string) => en.replace('`single`', '`singel`'),
      'unreadable',
      'office.en.md:10',
    ],
  ])('tells of %s, with both places', async (_, change, what, place) => {
    await write('exams/demo/office.en.md', bankMd(change(EN), { locale: 'en' }))
    expect(await kentei('locales', '--lang', 'en')).toBe(1)
    const row = out.find((line) => new RegExp(`^office-001 +${what} `).test(line))
    expect(row).toContain(place)
    await kentei('locales', '--json')
    const [{ open }] = JSON.parse(out.join('\n'))
    expect(open).toContainEqual(expect.objectContaining({ item: 'office-001', what }))
  })

  it('says of a stale version which one is behind', async () => {
    await write('exams/demo/office.ja.md', bankMd(SINGLE.replace('`単一`', '`単一` `v3`')))
    await kentei('locales', '--json')
    expect(JSON.parse(out.join('\n'))[0]).toMatchObject({
      summary: [{ topic: 'office', locale: 'en', stale: 1 }],
      open: [{ locale: 'en', what: 'stale' }],
    })
    await write('exams/demo/office.en.md', bankMd(EN.replace('`single`', '`single` `v4`'), { locale: 'en' }))
    await kentei('locales', '--json')
    expect(JSON.parse(out.join('\n'))[0].open).toMatchObject([{ locale: 'ja', what: 'stale' }])
  })
})

describe('kentei locales --start', () => {
  it('adds what is missing as a draft of the same key, and loses nothing', async () => {
    const before = `${bankMd(EN, { locale: 'en', defaults: '{ points: 2, status: dormant }' }).replaceAll('\n', '\r\n')}`
    await write('exams/demo/office.en.md', before.replace('`single`', '`single` `1pt` `live` `v1`'))
    await write('exams/demo/office.ja.md', bankMd(`${SINGLE}${second(SINGLE)}`))
    const was = await text('office.en.md')
    expect(await kentei('locales', '--start', 'en')).toBe(0)
    expect(out).toEqual(['exams/demo/office.en.md: office-002'])
    const now = await text('office.en.md')
    expect(now.startsWith(was.trimEnd())).toBe(true)
    expect(now).toMatch(/## office-002 \(untranslated\) 表題\r\n\r\n`single` `1pt` `difficulty 2` `60s` `draft`/)
    const { diagnostics, items, bank } = await compiled()
    expect(diagnostics.filter(({ file }) => file === 'office.en.md').map(({ rule }) => rule)).toEqual([
      'locale/missing',
    ])
    // the draft is on no paper, and the Japanese item is as live as it was
    expect(items[1]?.item).toMatchObject({ status: 'live', points: 1 })
    expect(bank?.items.map(({ wordings }) => Object.keys(wordings))).toEqual([['ja', 'en'], ['ja']])
    // once more, nothing is missing
    expect(await kentei('locales', '--start', 'en')).toBe(0)
    expect(await text('office.en.md')).toBe(now)
  })

  it('begins a file that is not there, of every type of item', async () => {
    const types: ItemType[] = ['single', 'multiple', 'true-false', 'numeric', 'short', 'cloze', 'order', 'match']
    await write(
      'exams/demo/office.ja.md',
      bankMd(
        `\n${types.map((type, i) => itemSkeleton(`office-00${i + 1}`, type, 'ja').replace(' `下書き`', '')).join('\n\n')}\n`,
      ),
    )
    await rm(path('exams/demo/office.en.md'))
    expect(await kentei('locales', '--start', 'en')).toBe(0)
    const { diagnostics, items } = await compiled()
    // drafts alone fill no paper; nothing else is wrong with them
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual([
      'pool/too-small',
    ])
    expect(items.map(({ variants }) => variants.length)).toEqual(types.map(() => 2))
    expect(await kentei('fmt', '--check')).toBe(0)
  })

  it('does not write over an item that is there but cannot be read', async () => {
    const broken = bankMd(EN.replace('`single`', '`singel`'), { locale: 'en' })
    await write('exams/demo/office.en.md', broken)
    expect(await kentei('locales', '--start', 'en')).toBe(0)
    expect(await text('office.en.md')).toBe(broken)
    await write('exams/demo/office.en.md', broken.replace('exam: demo', 'exam: [demo'))
    expect(await kentei('locales', '--start', 'en')).toBe(2)
    expect(await kentei('locales', '--start', 'fr')).toBe(2)
  })
})
