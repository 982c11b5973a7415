import { applyEdits, type JSONPath, modify, type ParseError, parse } from 'jsonc-parser'
import { SECTION_WORDS, STEP_WORD } from '../../authoring/keywords.data.ts'
import { itemSkeleton } from '../../authoring/print-bank.ts'
import type { Language } from '../../authoring/said.ts'
import { TYPE_WORDS } from '../../authoring/written-types.ts'
import type { ItemType, Locale } from '../../item/item.ts'
import { printSchema } from '../schema-command.ts'
import { textsOf } from '../texts.ts'
import { FRONTMATTER, type Snippet, snippet, TOPIC } from './snippets.data.ts'

const escaped = (text: string): string => text.replace(/[\\$}]/g, '\\$&')

/** Every text to write over becomes a place that the Tab key goes to. */
function withStops(lines: readonly string[]): string[] {
  let stop = 0
  const place = (text: string) => `\${${++stop}:${escaped(text)}}`
  return lines.map((line) => {
    const heading = /^## \S+-(\d+) (.+)$/.exec(line)
    if (heading) return `## ${TOPIC}-${place(heading[1] as string)} ${place(heading[2] as string)}`
    if (line === '' || /^[#|`]/.test(line)) return escaped(line)
    const [, mark = '', text = ''] = /^((?:- (?:\[[x ]\] )?|\d+\. )?)(.*)$/.exec(line) ?? []
    return `${escaped(mark)}${place(text)}`
  })
}

function itemSnippet(type: ItemType, locale: Locale): [string, Snippet] {
  const word = TYPE_WORDS[type][locale]
  const lines = itemSkeleton('topic-001', type, locale).split('\n')
  return [
    `kentei ${type} ${locale}`,
    snippet([...new Set([word, type])], `${word} (${textsOf(locale)('cli.language')})`, [...withStops(lines), '$0']),
  ]
}

const variables = (locale: Locale): [string, Snippet] => {
  const word = SECTION_WORDS.variables[locale]
  return [
    `kentei variables ${locale}`,
    snippet([...new Set([word, 'variables'])], `### ${word} (${textsOf(locale)('cli.language')})`, [
      `### ${word}`,
      '',
      `- \${1:price}: \${2:1,000}〜\${3:2,000} ${STEP_WORD[locale]} \${4:100}`,
      '$0',
    ]),
  ]
}

/** Every type of item in both languages, and what stands at the top of a file, as snippets of VS Code. */
function printSnippets(): string {
  const types = Object.keys(TYPE_WORDS) as ItemType[]
  const locales: readonly Locale[] = ['ja', 'en']
  const items = types.flatMap((type) => locales.map((locale) => itemSnippet(type, locale)))
  return `${JSON.stringify(Object.fromEntries([...items, ...locales.map(variables), ...FRONTMATTER]), null, 2)}\n`
}

/** Files of `.vscode/` that are ours alone: they are written anew each time. */
export const OWN_FILES: Readonly<Record<string, () => string>> = {
  'kentei.code-snippets': printSnippets,
  'kentei-exam.schema.json': () => `${printSchema('exam')}\n`,
  'kentei-bank.schema.json': () => `${printSchema('bank')}\n`,
}

/** One finding a line, and the lines around a run of `kentei check --watch`. */
const PROBLEM_MATCHER = {
  owner: 'kentei',
  source: 'kentei',
  fileLocation: ['relative', '${workspaceFolder}'],
  pattern: {
    regexp: '^(\\S.*?):(\\d+):(\\d+) (error|warning) ([a-z]+/[a-z-]+) (.*)$',
    file: 1,
    line: 2,
    column: 3,
    severity: 4,
    code: 5,
    message: 6,
  },
  background: { activeOnStart: true, beginsPattern: '^--- ', endsPattern: '^=== ' },
}

const background = {
  type: 'shell',
  isBackground: true,
  presentation: { reveal: 'silent', panel: 'dedicated' },
} as const

/** @param kentei how the tool is called in this folder, `npm run -s kentei --` */
const tasksFor = (kentei: string, language: Language) => [
  {
    label: 'kentei: check',
    ...background,
    command: `${kentei} check --watch --lang ${language}`,
    problemMatcher: PROBLEM_MATCHER,
    runOptions: { runOn: 'folderOpen' },
  },
  { label: 'kentei: preview', ...background, command: `${kentei} preview --lang ${language}`, problemMatcher: [] },
]

/** Snippets are offered while one types; an extension that sees frontmatter inside Markdown finds our schemas. */
const SETTINGS: readonly (readonly [JSONPath, unknown])[] = [
  [['[markdown]', 'editor.quickSuggestions'], { other: 'on', comments: 'off', strings: 'off' }],
  [['[markdown]', 'editor.wordBasedSuggestions'], 'off'],
  [['[markdown]', 'editor.wordWrap'], 'on'],
  [
    ['yaml.schemas', '.vscode/kentei-exam.schema.json'],
    ['exams/*/exam.md', 'exam.md'],
  ],
  [
    ['yaml.schemas', '.vscode/kentei-bank.schema.json'],
    ['exams/*/*.ja.md', 'exams/*/*.en.md'],
  ],
]

const formattingOptions = { insertSpaces: true, tabSize: 2 }
const set = (text: string, path: JSONPath, value: unknown): string =>
  applyEdits(text, modify(text, path, value, { formattingOptions }))
const valueAt = (value: unknown, path: JSONPath): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], value)

/** The file with comments, or nothing where it is no such file. */
function read(text: string): unknown {
  const errors: ParseError[] = []
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  return errors.length === 0 && typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
}

/** `tasks.json` with our tasks as they are now, and everybody else's as they were. Undefined when it cannot be read. */
export function mergeTasks(text: string, kentei: string, language: Language): string | undefined {
  const value = read(text)
  if (value === undefined) return undefined
  const { version, tasks = [] } = value as { version?: unknown; tasks?: readonly { readonly label?: unknown }[] }
  if (!Array.isArray(tasks)) return undefined
  let merged = version === undefined ? set(text, ['version'], '2.0.0') : text
  let count = tasks.length
  for (const task of tasksFor(kentei, language)) {
    const at = tasks.findIndex(({ label }) => label === task.label)
    merged = set(merged, ['tasks', at < 0 ? count++ : at], task)
  }
  return merged
}

/** `settings.json` with what is missing of ours; what somebody has set stays. Undefined when it cannot be read. */
export function mergeSettings(text: string): string | undefined {
  const value = read(text)
  if (value === undefined) return undefined
  return SETTINGS.reduce(
    (merged, [path, wanted]) => (valueAt(value, path) === undefined ? set(merged, path, wanted) : merged),
    text,
  )
}
