import type { Locale } from '../../../item/item.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import type { OptionSource } from '../../bank-source.ts'
import { readHref } from '../../render-markdown.ts'
import { say, sentenceOf } from '../../said.ts'
import { readTrueFalse } from '../../types/true-false.ts'
import { decodeText } from '../decode-text.ts'
import { escapeMarkdown } from '../escape-markdown.ts'
import {
  type Imported,
  type ImportedItem,
  type ImportProblem,
  type LeftOut,
  type Loss,
  loss,
  problem,
} from '../exchange.ts'
import { foreignPills } from '../pill-words.ts'
import { noImages, safeMarkdown } from '../safe-markdown.ts'
import { type Question, splitQuestions } from './split-questions.ts'
import { LABEL, NUMBERING } from './words.data.ts'

/** Reads Markdown of the common kind: a heading for each question, a task list below it, then perhaps an explanation. */
export function readHeadings(
  bytes: Uint8Array,
  { locale }: { readonly locale: Locale },
): Result<Imported, ImportProblem> {
  const decoded = decodeText(bytes)
  if (!decoded.ok) return decoded
  const { text, losses } = decoded.value
  const frontmatter = /^---\n([\s\S]*?)\n---\n/.exec(text)
  if (frontmatter && /^exam:/m.test(frontmatter[1] as string) && /^topic:/m.test(frontmatter[1] as string))
    return fail(problem('not-this-format', say('exchange.alreadyABankFile')))
  const body = frontmatter ? text.slice(frontmatter[0].length) : text
  const before = frontmatter ? (frontmatter[0].match(/\n/g) as RegExpMatchArray).length : 0
  const questions = splitQuestions(body.split('\n'))
  if (!questions.some(({ options }) => options.length > 0))
    return fail(problem('not-this-format', say('exchange.noTaskList')))
  let category: string | undefined
  const entries = questions.flatMap((question): (ImportedItem | LeftOut)[] => {
    if (question.options.length > 0)
      return [readQuestion({ ...question, line: question.line + before }, category, locale)]
    category = question.heading === '' ? category : question.heading
    return question.body.length === 0 ? [] : [proseOnly({ ...question, line: question.line + before }, locale)]
  })
  const lost = frontmatter ? [loss('metadata', say('exchange.frontmatterLost'))] : []
  return ok({ entries, losses: [...losses, ...lost], assets: [] })
}

const nameOf = ({ line, heading, body }: Question, locale: Locale): string =>
  `${sentenceOf(say('exchange.line', { line }), locale)} “${(heading || (body[0] ?? '')).slice(0, 60)}”`

const proseOnly = (question: Question, locale: Locale): LeftOut => ({
  kind: 'left-out',
  source: nameOf(question, locale),
  losses: [loss('unsupported', say('exchange.textWithoutOptions'))],
})

function readQuestion(question: Question, category: string | undefined, locale: Locale): ImportedItem | LeftOut {
  const losses: Loss[] = []
  const source = nameOf(question, locale)
  const conversion = noImages((one) => losses.push(one))
  const heading = question.heading.replace(NUMBERING, '').trim()
  const options = question.options.map(
    ({ isRight, lines }): OptionSource => ({ text: safeMarkdown(lines.join('\n'), conversion), correct: isRight }),
  )
  const right = options.filter(({ correct }) => correct).length
  if (right === 0) losses.push(loss('key', say('exchange.noOptionMarked')))
  if (options.some(({ text }) => text === '')) losses.push(loss('syntax', say('exchange.optionEmpty')))
  if (question.isInterrupted) losses.push(loss('syntax', say('exchange.textBetweenOptions')))
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
      stem: safeMarkdown(
        [heading, question.body.join('\n')].filter((text) => text.trim() !== '').join('\n\n'),
        conversion,
      ),
      answer: { form: 'options', options },
      variables: [],
      rationale: safeMarkdown(explanation, conversion),
      references,
      notes: '',
    },
    losses,
  }
}

const LINK_LINE =
  /^\s*(?:(?:[-*+]|\d{1,2}[.)])\s+)?(?:\[([^\]]*)\]\(\s*<?(\S+?)>?(?:\s+"[^"]*")?\s*\)|<?(https?:\/\/\S+?)>?)[.。]?\s*$/

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
    references.push(
      readHref(address) && words !== ''
        ? `[${words}](${address})`
        : escapeMarkdown([words, address].filter((text) => text !== '').join(' ')),
    )
    return false
  })
  const quoted = rest.filter((line) => line.trim() !== '')
  const unquoted =
    quoted.length > 0 && quoted.every((line) => /^\s*>/.test(line))
      ? rest.map((line) => line.replace(/^\s*> ?/, ''))
      : rest
  return { explanation: unquoted.join('\n').trim().replace(LABEL, '').trim(), references }
}
