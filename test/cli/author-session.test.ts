import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { itemSkeleton } from '../../src/authoring/print-bank.ts'
import { checkFolder } from '../../src/cli/check-folder.ts'
import { assembleForm, NO_EXPOSURE } from '../../src/form/assemble-form.ts'
import { presentForm } from '../../src/form/present-form.ts'
import type { ItemType } from '../../src/item/item.ts'
import { bankMd, examMd, NOW } from '../support/bank-fixture.ts'
import { terminalOfEachTest } from '../support/fake-terminal.ts'

const { path, read, write, kentei, out, err } = terminalOfEachTest()
const text = (name: string) => read(`exams/office-work/${name}`)
const change = async (name: string, from: string, to: string) =>
  write(`exams/office-work/${name}`, (await text(name)).replaceAll(from, to))

describe('an author', () => {
  it('goes from nothing to a published item that a paper shows', async () => {
    expect(await kentei('new', 'exam', 'office-work')).toBe(0)
    expect(await kentei('check')).toBe(1)
    // drafts alone cannot fill a paper
    expect(out.join('\n')).toContain('pool/too-small')

    expect(await kentei('new', 'item', 'basics', '--type', '数値')).toBe(0)
    expect(out).toEqual(['exams/office-work/basics.ja.md: basics-002'])
    await change(
      'basics.ja.md',
      '単位と端数の扱いを添えて、問いの文をここに書きなさい。答えは何円ですか。',
      '1通 {{price}} 円の封書を {{count}} 通送ります。費用は何円ですか。',
    )
    await change(
      'basics.ja.md',
      '1,200 ± 0 円',
      '{{ price * cuont }} ± 0 円\n\n### 変数\n\n- price: 84 / 94\n- count: 2〜9',
    )
    expect(await kentei('check', '--lang', 'en')).toBe(1)
    expect(out.join('\n')).toMatch(/basics\.ja\.md:\d+:\d+ error variables\/unknown .*cuont/)

    await change('basics.ja.md', 'cuont', 'count')
    await change('basics.ja.md', '`数値` `下書き`', '`数値` `難易度2`')
    await change('basics.ja.md', 'なぜ正しいか、誤答がそれぞれなぜ誤りかを書く。', '1通の料金に通数を掛けます。')
    expect(await kentei('check')).toBe(0)
    expect(await kentei('fmt', '--check')).toBe(0)
    expect(await kentei('lock')).toBe(0)
    expect(await text('items.lock.json')).toContain('basics-002')

    const { compiled } = await checkFolder(path('exams/office-work'), { now: NOW, language: 'ja' })
    if (!compiled.bank) throw new Error('no bank')
    const form = assembleForm(compiled.bank, { locale: 'ja', seed: '0f'.repeat(16), exposure: NO_EXPOSURE })
    expect(presentForm(form, compiled.bank)[0]?.items[0]?.stemHtml.replace(/<[^>]*>/g, '')).toMatch(
      /^1通 (84|94) 円の封書を \d 通送ります。費用は何円ですか。$/,
    )

    // later, the scored part changes: the check asks for a new version
    await change('basics.ja.md', 'count: 2〜9', 'count: 2〜8')
    expect(await kentei('check')).toBe(1)
    expect(out.join('\n')).toContain('item/version')
    await change('basics.ja.md', '`数値` `難易度2`', '`数値` `難易度2` `v2`')
    expect(await kentei('check')).toBe(0)
  })

  it('starts items and topics in every language of the exam, under a number that is free in all', async () => {
    await kentei('new', 'exam', 'office-work')
    await write(
      'exams/office-work/exam.md',
      examMd({ id: 'office-work', locales: '[ja, en]', blueprint: '{ basics: { draw: 1 } }' }),
    )
    await write(
      'exams/office-work/basics.en.md',
      `${bankMd('', { topic: 'basics', locale: 'en' }).replace('exam: demo', 'exam: office-work')}\n${itemSkeleton('basics-007', 'single', 'en')}\n`,
    )
    expect(await kentei('new', 'item', 'basics')).toBe(0)
    expect(out).toEqual(['exams/office-work/basics.ja.md: basics-008', 'exams/office-work/basics.en.md: basics-008'])
    expect(await kentei('new', 'topic', 'mail', '--lang', 'en')).toBe(0)
    expect(out).toEqual(['exams/office-work/mail.ja.md', 'exams/office-work/mail.en.md'])
    expect(err.join('\n')).toContain('blueprint')
  })

  it('overwrites nothing, and is told what is wrong', async () => {
    await kentei('new', 'exam', 'office-work')
    const before = await text('basics.ja.md')
    for (const [args, message] of [
      [['exam', 'office-work'], 'is there already'],
      [['topic', 'basics'], 'is there already'],
      [['item', 'nowhere'], 'no topic nowhere'],
      [['item', 'basics', '--type', '論述'], 'no type of item'],
      [['item'], 'kentei new item <topic>'],
      [['exam', 'Büro'], 'a slug is'],
      [['exam', '../x'], 'a slug is'],
      [['thing', 'x'], 'item, topic or exam'],
      [['item', 'basics', 'more'], 'too many arguments'],
    ] as const) {
      expect(await kentei('new', '--lang=en', ...args), message).toBe(2)
      expect(err.join('\n')).toContain(message)
    }
    expect(await text('basics.ja.md')).toBe(before)
  })
})

it.each([
  ['exam', 'exams/business-admin/exam.md', ['id', 'blueprint', 'retake']],
  ['bank', 'exams/business-admin/messages.ja.md', ['exam', 'topic', 'locale']],
] as const)(
  'an editor is told the frontmatter of %s: every field that ours use, and which are needed',
  async (of, path, needed) => {
    expect(await kentei('schema', of)).toBe(0)
    const schema = JSON.parse(out.join('\n'))
    const [, yaml = ''] = /^---\n([\s\S]*?)\n---\n/.exec(await readFile(path, 'utf8')) ?? []
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(parse(yaml))))
    expect(schema.required).toEqual(expect.arrayContaining([...needed]))
    expect(schema.additionalProperties).toBe(false)
    expect(await kentei('schema')).toBe(2)
  },
)

it.each(['ja', 'en'] as const)('every skeleton compiles without a finding: %s', (locale) => {
  const types: ItemType[] = ['single', 'multiple', 'true-false', 'numeric', 'short', 'cloze', 'order', 'match', 'essay']
  const items = types
    .map((type, i) => itemSkeleton(`office-${String(i + 1).padStart(3, '0')}`, type, locale))
    .join('\n\n')
  const { diagnostics, items: compiled } = compileExam(
    [
      { path: 'exam.md', content: examMd({ locales: `[${locale}]` }) },
      { path: `office.${locale}.md`, content: bankMd(`\n${items}`, { locale }) },
    ],
    { now: NOW },
  )
  expect(diagnostics.filter(({ file }) => file !== 'exam.md')).toEqual([])
  expect(compiled.map(({ item }) => item?.type)).toEqual(types)
})
