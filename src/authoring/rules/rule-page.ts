import { type Said, say } from '../diagnostic.ts'

/**
 * What to show: the items of a bank file as they are written, several files by name, or words where the fault is not one
 * of text that can be shown (a link in the folder, a file of a hundred megabytes).
 */
export type Example = string | Readonly<Record<string, string>> | { readonly told: Said }

/** The page that explains one rule to an author. */
export interface RulePage {
  readonly rule: string
  readonly title: Said
  readonly why: Said
  readonly bad: Example
  readonly good: Example
}

export const isTold = (example: Example): example is { readonly told: Said } => typeof example !== 'string' && typeof example.told === 'object'

export const told = (ja: string, en: string): Example => ({ told: say(ja, en) })

/** A page in the order in which it is read: title, reason, then what to avoid and what to write. */
export const page = (rule: string, title: Said, why: Said, bad: Example, good: Example): RulePage => ({ rule, title, why, bad, good })

export const RATIONALE = '### 解説\n\nなぜ正しいか、なぜ誤りかを書きます。'
export const QUESTION = '最も適切なものはどれですか。'
export const PENS = ['[x] 赤いペン', '[ ] 青いペン', '[ ] 黒いペン', '[ ] 白いペン'] as const

/** An item whose parts stand below each other with a blank line between them. */
export const itemOf = (pills: string, ...parts: readonly string[]): string => ['## office-001 見本', pills, ...parts].join('\n\n')

/** A single-choice item; options are written from their mark on. */
export const single = (stem: string, options: readonly string[] = PENS, rest = RATIONALE): string => itemOf('`単一`', stem, options.map((option) => `- ${option}`).join('\n'), rest)

/** The frontmatter and heading of a bank file, with the items below. */
export const bankOf = (items: string, header = 'exam: demo\ntopic: office\nlocale: ja'): string => `---\n${header}\n---\n\n# 事務\n\n${items}\n`

/** An `exam.md`, with some of its settings written otherwise. */
export function examOf(changes: Readonly<Record<string, string>> = {}): string {
  const settings = {
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
  const lines = Object.entries(settings).map(([key, value]) => `${key}: ${value}`)
  return `---\n${lines.join('\n')}\n---\n\nよく読んでください。\n`
}
