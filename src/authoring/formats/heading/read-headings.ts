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

/** One option of a task list. */
interface TaskOption {
  readonly isRight: boolean
  readonly lines: readonly string[]
}

/** A heading with what stands below it up to the next heading. */
interface Question {
  /** From 1. */
  readonly line: number
  readonly level: number
  readonly heading: string
  readonly body: readonly string[]
  readonly options: readonly TaskOption[]
  readonly after: readonly string[]
  /** Whether other text stands between its options: then they are those of two questions, or twice those of one. */
  readonly isInterrupted: boolean
}

const HEADING = /^ {0,3}(#{1,6})[ \t\u3000]+(.*?)(?:[ \t]+#+)?[ \t]*$/
const OPTION = /^ {0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+\[([ xX✓✔])\](?:[ \t]+(.*))?$/
const FENCE = /^ {0,6}(`{3,}|~{3,})/

/** Cuts a text at its headings, code aside. Lines before the first heading are of a heading without words. */
function splitQuestions(lines: readonly string[]): Question[] {
  const starts: number[] = []
  forEachOutsideCode(lines, (line, i) => {
    if (HEADING.test(line)) starts.push(i)
  })
  const first = { line: 1, level: 1, heading: '', ...splitBody(lines.slice(0, starts[0] ?? lines.length)) }
  const questions = starts.map((start, k): Question => {
    const [, marks = '', heading = ''] = HEADING.exec(lines[start] as string) ?? []
    return {
      line: start + 1,
      level: marks.length,
      heading: heading.trim(),
      ...splitBody(lines.slice(start + 1, starts[k + 1] ?? lines.length)),
    }
  })
  return first.body.length + first.options.length > 0 ? [first, ...questions] : questions
}

/** Calls back for each line that is not in a fence; an open fence holds all that follows. */
function forEachOutsideCode(lines: readonly string[], visit: (line: string, index: number) => void): void {
  let fence = ''
  lines.forEach((line, i) => {
    const marker = FENCE.exec(line)?.[1]
    if (marker && fence === '') fence = marker
    else if (marker?.startsWith(fence) && fence !== '') fence = ''
    else if (fence === '') visit(line, i)
  })
}

function splitBody(lines: readonly string[]): Pick<Question, 'body' | 'options' | 'after' | 'isInterrupted'> {
  const starts: number[] = []
  forEachOutsideCode(lines, (line, i) => {
    if (OPTION.test(line)) starts.push(i)
  })
  if (starts.length === 0) return { body: trimmed(lines), options: [], after: [], isInterrupted: false }
  const last = starts.at(-1) as number
  const holdsCode = starts
    .slice(0, -1)
    .some((start, k) => lines.slice(start, starts[k + 1]).some((line) => FENCE.test(line)))
  const end = endOfOption(lines, { start: last, until: lines.length, holdsCode })
  const isInterrupted = starts.slice(0, -1).some((start, k) => {
    const until = starts[k + 1] as number
    return lines.slice(endOfOption(lines, { start, until, holdsCode }), until).some((line) => line.trim() !== '')
  })
  const options = starts.map((start, k): TaskOption => {
    const [, mark = ' ', written = ''] = OPTION.exec(lines[start] as string) ?? []
    // a blank of Braille keeps lists of code apart where a space would not show
    const text = written.replace(/^\u2800\s*$/, '')
    return { isRight: mark !== ' ', lines: trimmed([text, ...outdented(lines.slice(start + 1, starts[k + 1] ?? end))]) }
  })
  return { body: trimmed(lines.slice(0, starts[0])), options, after: trimmed(lines.slice(end)), isInterrupted }
}

/**
 * Where an option ends: its own indented or wrapped lines belong to it, and code that follows when other options
 * are made of code too. What comes after an empty line is about the question.
 */
function endOfOption(
  lines: readonly string[],
  { start, until, holdsCode }: { readonly start: number; readonly until: number; readonly holdsCode: boolean },
): number {
  const isBare = (OPTION.exec(lines[start] as string)?.[2] ?? '').trim().length <= 1
  let end = start + 1
  let blank = false
  let fence = ''
  for (let i = start + 1; i < until; i++) {
    const line = lines[i] as string
    const marker = FENCE.exec(line)?.[1]
    const isIndented = /^ {2,}\S/.test(line)
    if (fence !== '') {
      if (marker?.startsWith(fence)) fence = ''
    } else if (line.trim() === '') {
      blank = true
      continue
    } else if (marker && (isIndented || holdsCode || isBare || !blank)) fence = marker
    else if (blank && !isIndented) break
    end = i + 1
  }
  return end
}

/** Without the indentation that all lines share. */
function outdented(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))
  const shared = Math.min(...indents, 6)
  return lines.map((line) => line.slice(Math.min(shared, line.length)))
}

function trimmed(lines: readonly string[]): string[] {
  const from = lines.findIndex((line) => line.trim() !== '')
  return from < 0 ? [] : lines.slice(from, lines.findLastIndex((line) => line.trim() !== '') + 1)
}
