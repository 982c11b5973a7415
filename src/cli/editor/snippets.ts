import { itemSkeleton } from '../../authoring/item-skeleton.ts'
import { SECTION_WORDS } from '../../authoring/keywords.ts'
import { TYPE_WORDS } from '../../authoring/type-words.ts'
import type { ItemType, Locale } from '../../item/item.ts'

interface Snippet {
  readonly scope: 'markdown'
  readonly prefix: readonly string[]
  readonly description: string
  readonly body: readonly string[]
}

/** `office` of `office.ja.md`, and the name of the exam's folder, as VS Code fills them in. */
const TOPIC = '${TM_FILENAME_BASE/\\.(ja|en)$//}'
const EXAM = '${TM_DIRECTORY/^.*[\\\\\\/]//}'
const LANGUAGE = { ja: '日本語', en: 'English' } as const

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

const snippet = (prefix: readonly string[], description: string, body: readonly string[]): Snippet => ({ scope: 'markdown', prefix, description, body })

function itemSnippet(type: ItemType, locale: Locale): [string, Snippet] {
  const word = TYPE_WORDS[type][locale]
  const lines = itemSkeleton('topic-001', type, locale).split('\n')
  return [`kentei ${type} ${locale}`, snippet([...new Set([word, type])], `${word} (${LANGUAGE[locale]})`, [...withStops(lines), '$0'])]
}

const variables = (locale: Locale): [string, Snippet] => {
  const word = SECTION_WORDS.variables[locale]
  const step = locale === 'ja' ? '刻み' : 'step'
  return [
    `kentei variables ${locale}`,
    snippet([...new Set([word, 'variables'])], `### ${word} (${LANGUAGE[locale]})`, [`### ${word}`, '', `- \${1:price}: \${2:1,000}〜\${3:2,000} ${step} \${4:100}`, '$0']),
  ]
}

/** The frontmatter of both kinds of files; what may stand in a field is offered where it is a choice. */
const frontmatter: readonly [string, Snippet][] = [
  [
    'kentei exam.md',
    snippet(['exam', '検定'], 'exam.md', [
      '---',
      `id: ${EXAM}`,
      'title: { ja: ${1:名前}, en: ${2:Name} }',
      'level: ${3|3,2,1|}',
      'version: 1',
      'locales: ${4|[ja],[en],[ja\\, en]|}',
      'time: ${5:45m}',
      'pass: ${6:70}%',
      'valid_for: ${7:2y}',
      'retake: { wait: ${8:14d}, per_year: ${9:4} }',
      'blueprint:',
      '  ${10:basics}: { title: { ja: ${11:基本}, en: ${12:Basics} }, draw: ${13:10} }',
      '---',
      '',
      '$0',
    ]),
  ],
  [
    'kentei bank',
    snippet(['bank', '分野'], 'topic.ja.md, topic.en.md', [
      '---',
      `exam: ${EXAM}`,
      `topic: ${TOPIC}`,
      'locale: ${TM_FILENAME_BASE/.*\\.//}',
      'defaults: { points: ${1:1}, difficulty: ${2|3,1,2,4,5|}, status: ${3|live,draft,pilot,dormant|}, v: 1 }',
      '---',
      '',
      '# ${4:Title}',
      '',
      '$0',
    ]),
  ],
]

/** Every type of item in both languages, and what stands at the top of a file, as snippets of VS Code. */
export function printSnippets(): string {
  const types = Object.keys(TYPE_WORDS) as ItemType[]
  const locales: readonly Locale[] = ['ja', 'en']
  const items = types.flatMap((type) => locales.map((locale) => itemSnippet(type, locale)))
  return `${JSON.stringify(Object.fromEntries([...items, ...locales.map(variables), ...frontmatter]), null, 2)}\n`
}
