import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { RULE_PAGES, rulePage } from '../../src/authoring/rule-pages.ts'
import { type Example, examplesOf, isTold } from '../../src/authoring/rules/rule-page.ts'
import { sentenceOf } from '../../src/authoring/said.ts'
import type { SourceFile } from '../../src/authoring/source-file.ts'
import { readExamFolder } from '../../src/cli/read-exam-folder.ts'
import { bankMd, examMd, filesOf, NOW, rulesOf, SINGLE } from '../support/bank-fixture.ts'
import { manuscript } from '../support/manuscript.ts'

const NAME = /'([a-z]+\/[a-z-]+)'/g
const isMediaType = (name: string) => name.startsWith('image/')
const reporting = [
  'src/authoring/*.ts',
  'src/authoring/lint/*.ts',
  'src/authoring/types/*.ts',
  'src/authoring/tasks/*.ts',
  'src/cli/read-exam-folder.ts',
].flatMap((pattern) => globSync(pattern))
const reported = [
  ...new Set(
    reporting.flatMap((path) =>
      [
        ...readFileSync(path, 'utf8')
          .replaceAll(/^import .*$/gm, '')
          .matchAll(NAME),
      ].map((match) => match[1] as string),
    ),
  ),
]
  .filter((name) => !isMediaType(name))
  .sort()

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0)
const picture = ['answer', 'figure-1', 'table'].map(
  (name): SourceFile => ({ path: `assets/${name}.png`, content: PNG }),
)

/** The example's files over those of a small sound exam. */
function filesFor(example: Exclude<Example, { told: unknown }>, locale: 'ja' | 'en' = 'ja'): SourceFile[] {
  const bank = `office.${locale}.md`
  const written: Readonly<Record<string, string>> =
    typeof example === 'string' ? { [bank]: bankMd(`\n${example}\n`, { locale }) } : example
  const all = { 'exam.md': examMd({ locales: `[${locale}]` }), [bank]: bankMd(SINGLE, { locale }), ...written }
  return [...Object.entries(all).map(([path, content]) => ({ path, content })), ...picture]
}

const compiled = (files: readonly SourceFile[]) => compileExam(files, { now: NOW }).diagnostics
const item = (n: number, options: string) =>
  `\n## office-${String(n).padStart(3, '0')}\n\n\`単一\`\n\n${n}番の棚について適切なものはどれですか。\n\n${options}\n\n### 解説\n\nです。\n`
const inBank = (text: string) => rulesOf(compiled(filesOf(text)))

const many = (n: number, make: (k: number) => string) => Array.from({ length: n }, (_, k) => make(k)).join('')

async function inFolder(prepare: (folder: string) => void): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kentei-rules-'))
  prepare(folder)
  const { diagnostics } = await readExamFolder(folder)
  rmSync(folder, { recursive: true })
  return rulesOf(diagnostics)
}

type Change = readonly [from: string, to: string]

/** The rules that are reported of an exam with this task. */
function ofText(task: string, exam: readonly Change[] = [], more: readonly SourceFile[] = []): string[] {
  const [definition, bank] = filesOf(SINGLE) as [SourceFile, SourceFile]
  const files = [
    { path: 'exam.md', content: changed(definition.content as string, exam) },
    bank,
    { path: `tasks/${/^task: (.+)$/m.exec(task)?.[1]}.ja.md`, content: task.replace(/^exam: .*$/m, 'exam: demo') },
    ...more,
  ]
  return rulesOf(compileExam(files, { now: NOW, seeds: 20 }).diagnostics)
}
const changed = (text: string, changes: readonly Change[]): string =>
  changes.reduce((so, [from, to]) => so.replaceAll(from, to), text)
/** The same of one of the sample tasks, changed so. */
const ofTask = (
  id: string,
  changes: readonly Change[],
  exam: readonly Change[] = [],
  more: readonly SourceFile[] = [],
) => ofText(changed(readFileSync(`test/support/${id}.ja.md`, 'utf8'), changes), exam, more)
const list = (...changes: readonly Change[]) => ofTask('member-list', changes)
const inParts = (kind: string, minutes: number): Change => [
  'time: 45m',
  `parts:\n  knowledge: { time: 20m, weight: 30%, floor: 50%, keep: 6mo }\n  practical: { time: ${minutes}m, weight: 70%, floor: 60%, keep: 6mo, tasks: [{ kind: ${kind}, points: 30 }] }`,
]

/** What is told in words on the page, made: the bad case of each rule that no short text shows. */
const MADE: Readonly<Record<string, () => string[] | Promise<string[]>>> = {
  'exam/missing': () => rulesOf(compiled(filesOf(SINGLE).slice(1))),
  'file/symlink': () => inFolder((folder) => symlinkSync('/etc/passwd', join(folder, 'office.ja.md'))),
  'file/kind': () => inFolder((folder) => execFileSync('sh', ['-c', 'mkfifo pipe'], { cwd: folder })),
  'text/encoding': () =>
    rulesOf(compiled([...filesOf(SINGLE), { path: 'mail.ja.md', content: Uint8Array.of(0x82, 0xa0) }])),
  'frontmatter/limits': () =>
    rulesOf(compiled([{ path: 'exam.md', content: examMd({ claim: `{ ja: ${'長'.repeat(33_000)} }` }) }])),
  'limits/file-size': () => rulesOf(compiled([{ path: 'exam.md', content: ' '.repeat(64_000_001) }])),
  'limits/files': () =>
    inFolder((folder) =>
      execFileSync('sh', ['-c', 'mkdir assets && cd assets && seq 2001 | xargs touch'], { cwd: folder }),
    ),
  'limits/item-size': () => inBank(SINGLE.replace('二つ目です。', '長い解説です。\n'.repeat(6_000))),
  'limits/diagnostics': () => inBank(many(1_300, (n) => item(n, '- [ｘ] あ\n- [ｘ] い\n- [ｘ] う\n- [ｘ] え'))),
  'markup/image-alt': () =>
    rulesOf(compiled([...filesOf(SINGLE.replace('件名として', '![](assets/table.png)\n\n件名として')), ...picture])),
  'task/word': () => list(['kind: 表', 'kind: ひょう']),
  'task/section': () => list(['## 規則', '## きそく']),
  'task/table': () => list(['| 列 | 数 | 能力 |', '| 列 | かず | 能力 |']),
  'task/value': () => list(['| 半角カナ |', '| 半角かな |']),
  'task/slot': () => list(['{{行数}}', '{{件数}}']),
  'task/never-fails': () => list(['rows: 48', 'rows: 24'], ['| 別の書式 | 申込日 | 4 |', '| 別の書式 | 申込日 | 20 |']),
  'task/not-nfc': () => list(['手帳', 'か\u3099帳']),
  'task/real-number': () => list(['手帳', '手帳（03-5555-1234）']),
  'task/skill': () =>
    ofTask('member-list', [], [['blueprint:', 'skills: [{ id: dr-0, name: { ja: 別の能力 } }]\nblueprint:']]),
  'task/pool': () => ofTask('member-list', [], [inParts('表', 50)]),
  'task/limits': () => list(['rows: 48', 'rows: 61']),
  'task/minutes': () => ofTask('member-list', [['status: 下書き', 'status: 公開']], [inParts('表', 18)]),
  'locale/task-mismatch': () => {
    const english = readFileSync('exams/business-admin/tasks/member-list.en.md', 'utf8')
    return ofTask(
      'member-list',
      [],
      [],
      [{ path: 'tasks/member-list.en.md', content: english.replace('v: 1', 'v: 2') }],
    )
  },
  'table/twin': () => list(['| 異体字 | 氏名 | 3 |', '| 異体字 | 氏名 | 1 |']),
  'sheet/place': () => ofTask('sales-sheet', [['| P8 |', '| E30 |']]),
  'sheet/insensitive': () => ofTask('sales-sheet', [['| 値 | B2：8% / 8.3% / 7.7% |\n', '']]),
  'draft/mark': () => ofTask('chair-draft', [['事|こと #nk-2', '事|こと nk-2']]),
  'draft/twin': () => ofText(manuscript('{{以外|意外 #nk-3}}、{{体制|体勢 #nk-3}}、{{図る|測る #nk-3}}。', 1)),
  'draft/pool': () => ofTask('chair-draft', []),
  'inbox/mail': () => ofTask('office-inbox', [['- 対応：対応しない', '- 対応：転送する']]),
  'inbox/pool': () => ofTask('office-inbox', [['mails: 8', 'mails: 3']]),
  'inbox/contradiction': () =>
    ofTask('office-inbox', [
      ['- 書くこと：添えたもの ＝ 会社案内', '- 書くこと：添えたもの ＝ 会社案内 / 案内\n- 書いてはいけない：案内'],
    ]),
  'claims/balance': () => ofTask('serum-redline', [['| 根拠を確かめる |', '| 直す |']]),
  'claims/model': () =>
    ofText(
      readFileSync('exams/web-writer/tasks/aojiru-redline.ja.md', 'utf8').replace(
        '| 毎日の食事に、食物繊維を補えます。 |',
        '| 脂肪が減ります。 |',
      ),
    ),
  'key/position-bias': () =>
    inBank(many(30, (n) => item(n + 1, `- [ ] 赤い${n}\n- [x] 青い${n}\n- [ ] 黒い${n}\n- [ ] 白い${n}`))),
}

describe('the pages of the rules', () => {
  it('are one for every rule that is reported, and for no other', () => {
    expect(reported.length).toBeGreaterThan(80)
    expect(RULE_PAGES.map(({ rule }) => rule)).toEqual(reported)
  })

  it('speak both languages', () => {
    for (const { title, why } of RULE_PAGES)
      for (const said of [title, why]) expect(sentenceOf(said, 'ja')).not.toBe(sentenceOf(said, 'en'))
  })

  it.each(RULE_PAGES.map((page) => [page.rule, page.bad] as const))(
    '%s: the bad example breaks it',
    async (rule, bad) => {
      const found = isTold(bad) ? await MADE[rule]?.() : rulesOf(compiled(filesFor(bad)))
      expect(found).toContain(rule)
    },
  )

  it.each(RULE_PAGES.flatMap(({ rule, good }) => (isTold(good) ? [] : [[rule, good] as const])))(
    '%s: the good example keeps it, and has no error',
    (rule, good) => {
      const diagnostics = compiled(filesFor(good))
      expect(rulesOf(diagnostics)).not.toContain(rule)
      // a draft alone cannot fill a paper
      expect(diagnostics.filter((found) => found.severity === 'error' && found.rule !== 'pool/too-small')).toEqual([])
    },
  )

  const english = RULE_PAGES.map((page) => [page.rule, examplesOf(page, 'en')] as const)

  it('have English examples for readers of English, but where the rule is about Japanese or about two languages', () => {
    const japanese = english.filter(([, { bad, good }]) =>
      /[\u3040-\u30ff\u4e00-\u9fff]/.test(JSON.stringify([bad, good].filter((example) => !isTold(example)))),
    )
    expect(japanese.map(([rule]) => rule).filter((rule) => !/^(ja|locale)\//.test(rule))).toEqual([
      'option/clang',
      'option/grammar-cue',
      'refs/missing-law',
      'refs/stale-law',
    ])
  })

  const isInEnglish = (example: Example): example is Exclude<Example, { told: unknown }> =>
    !isTold(example) && !/[\u3040-\u30ff\u4e00-\u9fff]/.test(JSON.stringify(example))

  it.each(english.flatMap(([rule, { bad }]) => (isInEnglish(bad) ? [[rule, bad] as const] : [])))(
    '%s: the bad example in English breaks it',
    (rule, bad) => {
      expect(rulesOf(compiled(filesFor(bad, 'en')))).toContain(rule)
    },
  )

  it.each(english.flatMap(([rule, { good }]) => (isInEnglish(good) ? [[rule, good] as const] : [])))(
    '%s: the good example in English keeps it, and has no error',
    (rule, good) => {
      const diagnostics = compiled(filesFor(good, 'en'))
      expect(rulesOf(diagnostics)).not.toContain(rule)
      expect(diagnostics.filter((found) => found.severity === 'error' && found.rule !== 'pool/too-small')).toEqual([])
    },
  )

  it('are found by name', () => {
    const page = rulePage('option/checkbox')
    expect(page && sentenceOf(page.title, 'ja')).toBe('選択肢の印')
    expect(rulePage('option/chekbox')).toBeUndefined()
  })
})
