import { describe, expect, it } from 'vitest'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { openMemory } from '../../src/authoring/compile-memory.ts'
import { bankHash } from '../../src/authoring/content-hash.ts'
import type { SourceFile } from '../../src/authoring/source-file.ts'
import { readExamFolder } from '../../src/cli/read-exam-folder.ts'
import { derivedIssues } from '../../src/item/publishing/check-derived.ts'
import { compareBanks } from '../../src/item/publishing/compare-banks.ts'
import { bankSchema } from '../../src/web/bank-schema.ts'
import { bankMd, examMd, NOW, SINGLE } from '../support/bank-fixture.ts'
import { shippedExam } from '../support/shipped-bank.ts'

const SHEET = `# 事務

## w-1 件名の付け方

件名には用件を書きます。

### 例

「写真3枚の送付」は、用件が分かります。

### よくあるまちがい

- 件名が挨拶だけ：用件が分かりません。

### やってみる

会議の資料を送ります。件名を書いてください。

### 答え

「会議の資料の送付」です。

### 出典

- [社内の文書規程](https://kentei.example/rules)
`
const SKILLS = '[{ id: w-1, name: { ja: 書く } }]'
const filesWith = (sheet: string, skills = SKILLS, name = 'sheets/office.ja.md'): SourceFile[] => [
  { path: 'exam.md', content: examMd({ skills }) },
  { path: 'office.ja.md', content: bankMd(SINGLE) },
  { path: name, content: sheet },
]
const compile = (sheet: string, ...rest: [skills?: string, name?: string]) =>
  compileExam(filesWith(sheet, ...rest), { now: NOW, language: 'en' })
/** Of the sheet alone: the rest of the small exam has findings of its own. */
const found = (...args: Parameters<typeof compile>) =>
  compile(...args).diagnostics.flatMap(({ file, line, rule, suggestion }) =>
    file.startsWith('sheets/') || rule.startsWith('study/') ? [{ line, rule, mends: suggestion !== undefined }] : [],
  )
const digest = async (text: string) =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('hex')

describe('study sheets', () => {
  it('are published with the bank, each part as HTML, in the order of the exam’s skills', () => {
    const { bank, diagnostics } = compile(SHEET)
    expect(diagnostics.filter(({ file }) => file.startsWith('sheets/'))).toEqual([])
    // where lines may break is the compiler's business
    expect(JSON.parse(JSON.stringify(bank?.studySheets).replaceAll('<wbr>', ''))).toEqual([
      {
        skill: 'w-1',
        topic: 'office',
        wordings: {
          ja: {
            title: '件名の付け方',
            html: {
              teaching: '<p>件名には用件を書きます。</p>',
              example: '<p>「写真3枚の送付」は、用件が分かります。</p>',
              mistakes: '<ul><li>件名が挨拶だけ：用件が分かりません。</li></ul>',
              question: '<p>会議の資料を送ります。件名を書いてください。</p>',
              answer: '<p>「会議の資料の送付」です。</p>',
              sources:
                '<ul><li><a href="https://kentei.example/rules" rel="noopener noreferrer">社内の文書規程</a></li></ul>',
            },
          },
        },
      },
    ])
  })

  it('are part of what the hash is of, and a bank without any keeps the hash that it had', async () => {
    const [withSheet, changed] = [compile(SHEET).bank, compile(SHEET.replace('3枚', '4枚')).bank]
    const { bank: without } = compileExam(filesWith(SHEET).slice(0, 2), { now: NOW })
    if (!withSheet || !changed || !without) throw new Error('does not compile')
    expect(new Set([withSheet.hash, changed.hash, without.hash]).size).toBe(3)
    expect(bankHash({ exam: without.exam, items: without.items })).toBe(without.hash)
    expect('studySheets' in without).toBe(false)
    for (const bank of [withSheet, without]) {
      expect(bankSchema.safeParse(bank).success).toBe(true)
      expect(await derivedIssues(bank, digest)).toEqual([])
    }
    expect((await derivedIssues({ ...changed, hash: withSheet.hash }, digest)).map(({ path }) => path)).toEqual([
      'bank.hash',
    ])
  })

  it('are shown to who approves text by text', () => {
    const [before, after] = [compile(SHEET).bank, compile(SHEET.replace('用件を書きます', '用件と期限を書きます')).bank]
    if (!before || !after) throw new Error('does not compile')
    expect(compareBanks(before, after).sheets).toMatchObject([
      {
        name: 'w-1',
        step: 'changed',
        texts: [
          {
            field: 'teaching',
            locale: 'ja',
            before: '件名には用件を書きます。',
            after: '件名には用件と期限を書きます。',
          },
        ],
      },
    ])
    expect(compareBanks(before, before).sheets).toEqual([])
    const { studySheets: _, ...without } = after
    expect(compareBanks(before, without).sheets.map(({ step }) => step)).toEqual(['removed'])
    expect(compareBanks(undefined, after).sheets.map(({ step }) => step)).toEqual(['added'])
  })

  it.each<[string, (text: string) => string, { line: number; rule: string; mends?: boolean }]>([
    ['raw HTML', (text) => text.replace('用件を書き', '<b>用件</b>を書き'), { line: 5, rule: 'markup/html' }],
    ['a script', (text) => text.replace('「写真', '<script>x</script>「写真'), { line: 9, rule: 'markup/html' }],
    ['a comment', (text) => text.replace('「会議', '<!-- x -->「会議'), { line: 21, rule: 'markup/html' }],
    ['a link in the clear', (text) => text.replace('https:', 'http:'), { line: 25, rule: 'markup/link' }],
    ['a link that runs', (text) => text.replace('https://', 'javascript:'), { line: 25, rule: 'markup/link' }],
    [
      'an address to write to',
      (text) => text.replace('https://kentei.example/rules', 'mailto:a@b.example'),
      { line: 25, rule: 'markup/link' },
    ],
    [
      'a picture from elsewhere',
      (text) => text.replace('「写真', '![x](https://x.example/a.png)「写真'),
      { line: 9, rule: 'markup/image' },
    ],
    ['a sign that nobody sees', (text) => text.replace('用件を', '用件\u202eを'), { line: 5, rule: 'text/control' }],
    ['no question', (text) => text.replace(/### やってみる[^#]*/, ''), { line: 3, rule: 'study/part', mends: true }],
    ['an unknown part', (text) => text.replace('### 例', '### 例え'), { line: 7, rule: 'study/part', mends: true }],
    ['an unknown skill', (text) => text.replace('## w-1', '## w-7'), { line: 3, rule: 'study/skill', mends: true }],
    ['no id', (text) => text.replace('## w-1 ', '## '), { line: 3, rule: 'study/heading', mends: true }],
  ])('with %s are no bank, and the line is named', (_, change, expected) => {
    expect(found(change(SHEET))).toContainEqual({ mends: expect.anything(), ...expected })
    expect(compile(change(SHEET)).bank).toBeUndefined()
  })

  it('of a file by another name, or two of a skill, are no bank', () => {
    expect(found(SHEET, SKILLS, 'sheets/office.md')).toMatchObject([{ line: 1, rule: 'file/name' }])
    expect(found(SHEET, SKILLS, 'sheets/mail.ja.md')).toMatchObject([{ line: 3, rule: 'study/skill' }])
    expect(found(`${SHEET}\n${SHEET.split('\n').slice(2).join('\n')}`)).toMatchObject([
      { line: 27, rule: 'study/skill' },
    ])
  })

  it('warn of a skill that has none, in each language of the exam', () => {
    const { diagnostics, bank } = compileExam(
      filesWith(SHEET, '[{ id: w-1, name: { ja: 書く } }, { id: w-2, name: { ja: 読む } }]'),
      { now: NOW, language: 'en' },
    )
    expect(diagnostics.filter(({ rule }) => rule === 'study/missing')).toMatchObject([
      { file: 'exam.md', severity: 'warning', message: expect.stringContaining('w-2') },
    ])
    expect(bank?.studySheets).toHaveLength(1)
  })

  const told = (part: string) => SHEET.replace('件名には用件を書きます。', part)
  it.each([
    [
      'its question and its key',
      '件名として最も適切なものはどれですか。正しいのは「【見積書送付】7月分オフィス用品」で、用件と対象が分かります。',
    ],
    [
      'the same in other words',
      '見積書の件名として最も適切なものは、「【見積書送付】7月分オフィス用品」のような件名です。',
    ],
  ])('that tell a question of papers are refused: %s', (_, part) => {
    const memory = openMemory()
    const rules = (text: string) =>
      compileExam(filesWith(text), { now: NOW, memory }).diagnostics.flatMap(({ rule, line }) =>
        rule === 'study/near-live' ? [line] : [],
      )
    expect(rules(told(part))).toEqual([3])
    // a sheet that did not change is still compared
    expect(rules(told(part))).toEqual([3])
    expect(rules(SHEET)).toEqual([])
  })

  it('may be about what a question for practice asks', () => {
    const files = filesWith(told('件名として最も適切なものは、「【見積書送付】7月分オフィス用品」です。')).map(
      (file) =>
        file.path === 'office.ja.md'
          ? { ...file, content: bankMd(SINGLE.replace('`難易度2`', '`難易度2` `練習`')) }
          : file,
    )
    expect(compileExam(files, { now: NOW }).diagnostics.map(({ rule }) => rule)).not.toContain('study/near-live')
  })
})

describe.each(['business-admin', 'web-writer'] as const)('the study sheets of %s', (name) => {
  it('are one for each skill, in both languages, in its section', async () => {
    const { exam, studySheets = [] } = await shippedExam(name)
    expect(studySheets.map(({ skill }) => skill)).toEqual(exam.skills.map(({ id }) => id))
    expect(studySheets.flatMap(({ wordings }) => Object.keys(wordings))).toEqual(
      exam.skills.flatMap(() => ['ja', 'en']),
    )
  })

  it('tell no question of a paper, name who says what the law is, and are short', async () => {
    const { files } = await readExamFolder(`exams/${name}`)
    const { diagnostics } = compileExam(files, { now: NOW, language: 'en' })
    expect(diagnostics.filter(({ rule, file }) => rule.startsWith('study/') || file.startsWith('sheets/'))).toEqual([])
  })
})
