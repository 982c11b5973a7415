export interface Snippet {
  readonly scope: 'markdown'
  readonly prefix: readonly string[]
  readonly description: string
  readonly body: readonly string[]
}

export const snippet = (prefix: readonly string[], description: string, body: readonly string[]): Snippet => ({
  scope: 'markdown',
  prefix,
  description,
  body,
})

/** `office` of `office.ja.md`, and the name of the exam's folder, as VS Code fills them in. */
export const TOPIC = '${TM_FILENAME_BASE/\\.(ja|en)$//}'
const EXAM = '${TM_DIRECTORY/^.*[\\\\\\/]//}'

/** The frontmatter of both kinds of files; what may stand in a field is offered where it is a choice. */
export const FRONTMATTER: readonly [string, Snippet][] = [
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
      'defaults: { points: ${1:1}, difficulty: ${2|3,1,2,4,5|}, status: ${3|live,draft,pilot,dormant,practice|}, v: 1 }',
      '---',
      '',
      '# ${4:Title}',
      '',
      '$0',
    ]),
  ],
]
