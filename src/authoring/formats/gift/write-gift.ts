import type { Locale } from '../../../item/item.ts'
import type { AnswerSource, ItemSource } from '../../bank-source.ts'
import { drawItem } from '../draw-item.ts'
import { type Exported, type ItemReport, type Loss, loss, reportOf } from '../exchange.ts'
import { marksOfMultiple } from '../moodle/answer-marks.ts'
import { exactAnswer } from '../moodle/exact-answer.ts'
import { lossesElsewhere, notePlain } from '../moodle/losses-elsewhere.ts'
import { pillWords } from '../pill-words.ts'
import { readTrueFalse } from '../stand-ins.ts'
import { escapeGift } from './gift-text.ts'

/** Writes GIFT that Moodle imports: texts are Markdown, ids and pills stand as `[id:…]` and `[tag:…]` in comments. */
export function writeGift(items: readonly ItemSource[], { locale }: { readonly locale: Locale }): Exported {
  const parts: string[] = []
  let topic = ''
  const reports = items.map((original): ItemReport => {
    const { item, losses: drawn } = drawItem(original)
    const losses: Loss[] = [...drawn, ...lossesElsewhere(item, { images: false })]
    const questions = questionsOf(item, locale, losses)
    const own = item.id.slice(0, item.id.lastIndexOf('-'))
    if (own !== topic) parts.push(`$CATEGORY: ${own}`)
    topic = own
    parts.push(...questions.map((question) => printQuestion(item, question)))
    return reportOf(item.id, losses)
  })
  return { content: `${parts.join('\n\n')}\n`, reports, losses: [] }
}

const tag = (name: string, value: string): string => `[${name}:${value.replaceAll('\\', '\\\\').replaceAll(']', '\\]')}]`

function printQuestion(item: ItemSource, { before, inner, after, gap }: Braces): string {
  const comment = [tag('id', item.id), ...(gap ? [tag('gap', `${gap.ref} of ${gap.count}`)] : []), ...pillWords(item).map((word) => tag('tag', word))].join(' ')
  const title = item.title === '' ? '' : `::${escapeGift(item.title)}${gap ? ` (${gap.place}/${gap.count})` : ''}::`
  return `// ${comment}\n${title}[markdown]${escapeGift(before)}{${inner}${rationaleOf(item, inner)}}${escapeGift(after)}`
}

/** An empty line, even within braces, ends a question in Moodle: none may come before it. */
const rationaleOf = ({ rationale }: ItemSource, inner: string): string => (rationale === '' ? '' : `${inner === '' || inner.endsWith('\n') ? '' : '\n'}\t####${escapeText(rationale)}\n`)

/** A bracket at the start would be taken for the name of a format. */
const escapeText = (text: string): string => `${text.startsWith('[') ? '[markdown]' : ''}${escapeGift(text)}`

interface Braces {
  readonly before: string
  readonly inner: string
  readonly after: string
  /** Which gap of a cloze with several it asks for. */
  readonly gap?: { readonly ref: string; readonly place: number; readonly count: number }
}

const listed = (lines: readonly string[]): string => `\n${lines.map((line) => `\t${line}\n`).join('')}`

/** The questions that an item becomes: one, but for a cloze of several gaps. */
const questionsOf = (item: ItemSource, locale: Locale, losses: Loss[]): readonly Braces[] =>
  item.answer.form === 'blanks' ? gapQuestions(item, item.answer, losses) : [bracesOf(item, item.answer, locale, losses)]

function bracesOf(item: ItemSource, answer: Exclude<AnswerSource, { readonly form: 'blanks' }>, locale: Locale, losses: Loss[]): Braces {
  const whole = (inner: string): Braces => ({ before: item.stem, inner, after: '' })
  switch (answer.form) {
    case 'options': {
      const truth = item.pills.type === 'true-false' ? readTrueFalse(answer.options, locale) : undefined
      if (truth !== undefined) return whole(truth ? 'T' : 'F')
      if (item.pills.type !== 'multiple') return whole(listed(answer.options.map(({ text, correct }) => `${correct ? '=' : '~'}${escapeText(text)}`)))
      const marks = marksOfMultiple(answer.options, item.pills.partial, losses)
      return whole(listed(answer.options.map(({ text }, i) => `~%${marks[i]}%${escapeText(text)}`)))
    }
    case 'rows':
      notePlain(answer.rows, losses)
      losses.push(loss('type', 'GIFT に並べ替えはないので、順番と項目の組合せになります', 'GIFT has no ordering: it becomes a matching of places and entries'))
      return whole(listed(answer.rows.map((row, i) => `=${i + 1} -> ${escapeGift(row)}`)))
    case 'table':
      notePlain(
        answer.rows.map(([, right]) => right),
        losses,
      )
      if (answer.rows.flat().some((text) => text.includes('->'))) losses.push(loss('markup', '組の中の「->」は「→」になります', '"->" within a pair becomes "→"', ['answer']))
      return whole(listed(answer.rows.map(([left, right]) => `=${escapeText(left.replaceAll('->', '→'))} -> ${escapeGift(right.replaceAll('->', '→'))}`)))
    case 'numeric':
      return whole(`#${Number(answer.value)}:${answer.tolerance}`)
    case 'accepted':
      return whole(listed(answer.accepted.map((text) => `=${escapeGift(exactAnswer(text))}`)))
    case 'essay':
      losses.push(loss('rubric', 'GIFT の作文は、採点基準・模範解答・字数を持ちません', 'an essay in GIFT has no rubric, model answer or length', ['answer']))
      return whole('')
    default:
      return answer satisfies never
  }
}

const GAP = /\[\[\s*(\d{1,3})\s*(?:[:：]\s*([^[\]]*?)\s*)?\]\]/g

/** A gap is a missing word. GIFT has one in a question: several become a question for each, in which the others show their numbers. */
function gapQuestions({ stem }: ItemSource, { blanks }: Extract<AnswerSource, { readonly form: 'blanks' }>, losses: Loss[]): readonly Braces[] {
  const gaps = [...stem.matchAll(GAP)]
  const bare = (text: string) => text.replace(GAP, (_, digits: string) => `[[${Number(digits)}]]`)
  if (gaps.length > 1)
    losses.push(
      loss('type', `GIFT に空欄が二つ以上の穴埋めはないので、空欄ごとに${gaps.length}問に分かれます`, `GIFT has no cloze of several gaps: it becomes ${gaps.length} questions, one for each gap`),
    )
  return gaps.map((gap, i): Braces => {
    const ref = String(Number(gap[1]))
    const accepted = blanks.find((blank) => blank.ref === ref)?.accepted ?? []
    const choices = gap[2]?.split(/\\?\|/).map((choice) => choice.trim())
    const inner = choices ? choices.map((choice) => `${choice === accepted[0] ? '=' : '~'}${escapeText(choice)}`) : accepted.map((text) => `=${escapeGift(exactAnswer(text))}`)
    return {
      before: bare(stem.slice(0, gap.index)),
      inner: listed(inner),
      after: bare(stem.slice(gap.index + gap[0].length)),
      ...(gaps.length > 1 ? { gap: { ref, place: i + 1, count: gaps.length } } : {}),
    }
  })
}
