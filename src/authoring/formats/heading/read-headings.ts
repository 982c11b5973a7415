import type { Locale } from '../../../item/item.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import type { OptionSource } from '../../read-options.ts'
import { readHref } from '../../render-markdown.ts'
import { decodeText } from '../decode-text.ts'
import { escapeMarkdown } from '../escape-markdown.ts'
import { type Imported, type ImportedItem, type ImportProblem, type LeftOut, type Loss, loss, problem } from '../exchange.ts'
import { foreignPills } from '../pill-words.ts'
import { noImages, safeMarkdown } from '../safe-markdown.ts'
import { readTrueFalse } from '../stand-ins.ts'
import { type Question, splitQuestions } from './split-questions.ts'

/** Reads Markdown of the common kind: a heading for each question, a task list below it, then perhaps an explanation. */
export function readHeadings(bytes: Uint8Array, { locale }: { readonly locale: Locale }): Result<Imported, ImportProblem> {
  const decoded = decodeText(bytes)
  if (!decoded.ok) return decoded
  const { text, losses } = decoded.value
  const frontmatter = /^---\n([\s\S]*?)\n---\n/.exec(text)
  if (frontmatter && /^exam:/m.test(frontmatter[1] as string) && /^topic:/m.test(frontmatter[1] as string))
    return fail(problem('not-this-format', 'これは既に問題ファイルです。試験のフォルダーにそのまま置いてください', 'this is a bank file already: put it into the exam folder as it is'))
  const body = frontmatter ? text.slice(frontmatter[0].length) : text
  const before = frontmatter ? (frontmatter[0].match(/\n/g) as RegExpMatchArray).length : 0
  const questions = splitQuestions(body.split('\n'))
  if (!questions.some(({ options }) => options.length > 0)) return fail(problem('not-this-format', '見出しの下に「- [ ] 」の選択肢がありません', 'there is no task list ("- [ ] ") below a heading'))
  let category: string | undefined
  const entries = questions.flatMap((question): (ImportedItem | LeftOut)[] => {
    if (question.options.length > 0) return [readQuestion({ ...question, line: question.line + before }, category, locale)]
    category = question.heading === '' ? category : question.heading
    return question.body.length === 0 ? [] : [proseOnly({ ...question, line: question.line + before }, locale)]
  })
  const lost = frontmatter ? [loss('metadata', '先頭の設定（---）は引き継がれません', 'the frontmatter (---) is not kept')] : []
  return ok({ entries, losses: [...losses, ...lost], assets: [] })
}

const nameOf = ({ line, heading, body }: Question, locale: Locale): string => `${locale === 'ja' ? `${line}行目` : `line ${line}`} “${(heading || (body[0] ?? '')).slice(0, 60)}”`

const proseOnly = (question: Question, locale: Locale): LeftOut => ({
  kind: 'left-out',
  source: nameOf(question, locale),
  losses: [loss('unsupported', '選択肢のない文章なので、問題になりません', 'text without options is no question')],
})

/** `Q12.`, `12)`, `問3`, `Question 4:` before the question itself. */
const NUMBERING = /^(?:(?:Q(?:uestion)?|問題?|設問)\s*[.:]?\s*)?\d{1,4}\s*[.:)）．：、]\s*|^(?:問題?|設問|Q(?:uestion)?)\s*\d{1,4}\s+/i

function readQuestion(question: Question, category: string | undefined, locale: Locale): ImportedItem | LeftOut {
  const losses: Loss[] = []
  const source = nameOf(question, locale)
  const conversion = noImages((one) => losses.push(one))
  const heading = question.heading.replace(NUMBERING, '').trim()
  const options = question.options.map(({ isRight, lines }): OptionSource => ({ text: safeMarkdown(lines.join('\n'), conversion), correct: isRight }))
  const right = options.filter(({ correct }) => correct).length
  if (right === 0) losses.push(loss('key', '正解の印「[x]」がありません', 'no option is marked "[x]"'))
  if (options.some(({ text }) => text === '')) losses.push(loss('syntax', '空の選択肢があります', 'an option is empty'))
  if (question.isInterrupted)
    losses.push(loss('syntax', '選択肢の間に別の文章があります。問題ごとに見出しを付けてください', 'other text stands between the options: give each question a heading of its own'))
  if (losses.some(({ code }) => code === 'key' || code === 'syntax')) return { kind: 'left-out', source, losses }
  const { explanation, references } = readAfter(question.after)
  const isTruth = readTrueFalse(options, locale) !== undefined
  const type = right > 1 ? 'multiple' : isTruth ? 'true-false' : 'single'
  return {
    kind: 'item',
    source,
    ...(category === undefined ? {} : { category }),
    draft: {
      title: '',
      pills: foreignPills(type, isTruth ? { fixed: true } : {}),
      stem: safeMarkdown([heading, question.body.join('\n')].filter((text) => text.trim() !== '').join('\n\n'), conversion),
      answer: { form: 'options', options },
      variables: [],
      rationale: safeMarkdown(explanation, conversion),
      references,
      notes: '',
    },
    losses,
  }
}

const LINK_LINE = /^\s*(?:(?:[-*+]|\d{1,2}[.)])\s+)?(?:\[([^\]]*)\]\(\s*<?(\S+?)>?(?:\s+"[^"]*")?\s*\)|<?(https?:\/\/\S+?)>?)[.。]?\s*$/
const LABEL = /^\s*(?:>\s*)?(?:\*\*|__)?\s*(?:explanation|rationale|answer explanation|解説|説明)\s*[:：]?\s*(?:\*\*|__)?\s*[:：]?[ \t]*/i

/** What follows the options: lines that are nothing but a link are references, the rest explains. */
function readAfter(lines: readonly string[]): { readonly explanation: string; readonly references: readonly string[] } {
  const references: string[] = []
  const rest = lines.filter((line) => {
    const link = LINK_LINE.exec(line)
    if (!link) return true
    const [, label = '', target = '', bare = ''] = link
    const address = target || bare
    const words = label.trim().replace(/\s+/g, ' ')
    // a link that we would not show stays as text
    references.push(readHref(address) && words !== '' ? `[${words}](${address})` : escapeMarkdown([words, address].filter((text) => text !== '').join(' ')))
    return false
  })
  const quoted = rest.filter((line) => line.trim() !== '')
  const unquoted = quoted.length > 0 && quoted.every((line) => /^\s*>/.test(line)) ? rest.map((line) => line.replace(/^\s*> ?/, '')) : rest
  return { explanation: unquoted.join('\n').trim().replace(LABEL, '').trim(), references }
}
