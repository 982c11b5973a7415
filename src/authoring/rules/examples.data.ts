export const RATIONALE = '### 解説\n\nなぜ正しいか、なぜ誤りかを書きます。'
export const QUESTION = '最も適切なものはどれですか。'
export const PENS = ['[x] 赤いペン', '[ ] 青いペン', '[ ] 黒いペン', '[ ] 白いペン'] as const

/** An item whose parts stand below each other with a blank line between them. */
export const itemOf = (pills: string, ...parts: readonly string[]): string =>
  ['## office-001 見本', pills, ...parts].join('\n\n')

/** A single-choice item; options are written from their mark on. */
export const single = (stem: string, options: readonly string[] = PENS, rest = RATIONALE): string =>
  itemOf('`単一`', stem, options.map((option) => `- ${option}`).join('\n'), rest)

/** The frontmatter and heading of a bank file, with the items below. */
export const bankOf = (items: string, header = 'exam: demo\ntopic: office\nlocale: ja'): string =>
  `---\n${header}\n---\n\n# 事務\n\n${items}\n`

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
