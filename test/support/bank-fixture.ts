import { type CompiledExam, compileExam } from '../../src/authoring/compile-exam.ts'
import type { Diagnostic } from '../../src/authoring/diagnostic.ts'
import type { SourceFile } from '../../src/authoring/source-file.ts'
import type { Item } from '../../src/item/item.ts'
import { instant } from '../../src/kernel/instant.ts'

export const NOW = instant(Date.parse('2026-11-24T00:00:00Z'))

export const examMd = (changes: Readonly<Record<string, string>> = {}): string => {
  const fields: Record<string, string> = {
    id: 'demo',
    title: '{ ja: 見本検定, en: Demo }',
    level: '3',
    version: '1',
    locales: '[ja]',
    time: '45m',
    pass: '70%',
    valid_for: '2y',
    retake: '{ wait: 14d, per_year: 4 }',
    blueprint: '{ office: { draw: 1 } }',
    ...changes,
  }
  return `---\n${Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n')}\n---\n\n# 見本検定\n\nよく読んでください。\n`
}

/** Lines before the first item: the item's heading stands on line 10. */
export const bankMd = (items: string, header: { topic?: string; locale?: string; defaults?: string } = {}): string =>
  `---\nexam: demo\ntopic: ${header.topic ?? 'office'}\nlocale: ${header.locale ?? 'ja'}\ndefaults: ${header.defaults ?? '{ points: 1, time: 60s, status: live, v: 1 }'}\n---\n\n# 事務\n${items}`

export const filesOf = (items: string, exam: Readonly<Record<string, string>> = {}): SourceFile[] => [
  { path: 'exam.md', content: examMd(exam) },
  { path: 'office.ja.md', content: bankMd(items) },
]

export const compileItems = (items: string, exam: Readonly<Record<string, string>> = {}): CompiledExam =>
  compileExam(filesOf(items, exam), { now: NOW })

/** The first item of a bank that must compile. */
export function firstItem(items: string): Item {
  const { items: compiled, diagnostics } = compileItems(items)
  const item = compiled[0]?.item
  if (!item) throw new Error(JSON.stringify(diagnostics))
  return item
}

export const rulesOf = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ rule }) => rule)

export const SINGLE = `
## office-001 件名

\`単一\` \`難易度2\`

件名として最も適切なものはどれですか。

- [ ] いつもお世話になっております
- [x] 【見積書送付】7月分オフィス用品
- [ ] 見積書をお送りいたしますのでご確認ください
- [ ] Re: Re: 先日の打ち合わせの件について

### 解説

二つ目です。
`
