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
    const braces = bracesOf(item, locale, losses)
    if (!braces) return { id: item.id, outcome: 'left-out', losses }
    const own = item.id.slice(0, item.id.lastIndexOf('-'))
    if (own !== topic) parts.push(`$CATEGORY: ${own}`)
    topic = own
    parts.push(`${commentOf(item)}\n${item.title === '' ? '' : `::${escapeGift(item.title)}::`}[markdown]${escapeGift(braces.before)}{${braces.inner}${rationaleOf(item)}}${escapeGift(braces.after)}`)
    return reportOf(item.id, losses)
  })
  return { content: `${parts.join('\n\n')}\n`, reports, losses: [] }
}

const tag = (name: string, value: string): string => `[${name}:${value.replaceAll('\\', '\\\\').replaceAll(']', '\\]')}]`

const commentOf = (item: ItemSource): string => `// ${[tag('id', item.id), ...pillWords(item).map((word) => tag('tag', word))].join(' ')}`

const rationaleOf = ({ rationale }: ItemSource): string => (rationale === '' ? '' : `\n\t####${escapeText(rationale)}\n`)

/** A bracket at the start would be taken for the name of a format. */
const escapeText = (text: string): string => `${text.startsWith('[') ? '[markdown]' : ''}${escapeGift(text)}`

interface Braces {
  readonly before: string
  readonly inner: string
  readonly after: string
}

const listed = (lines: readonly string[]): string => `\n${lines.map((line) => `\t${line}\n`).join('')}`

function bracesOf(item: ItemSource, locale: Locale, losses: Loss[]): Braces | undefined {
  const whole = (inner: string): Braces => ({ before: item.stem, inner, after: '' })
  const { answer } = item
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
    case 'blanks':
      return clozeBraces(item, answer, losses)
    default:
      return answer satisfies never
  }
}

/** One gap is a missing word. Several gaps are beyond GIFT. */
function clozeBraces({ stem }: ItemSource, { blanks }: Extract<AnswerSource, { readonly form: 'blanks' }>, losses: Loss[]): Braces | undefined {
  const [first, second] = blanks
  const gap = /\[\[\s*1\s*(?:[:：]\s*([^[\]]*?)\s*)?\]\]/.exec(stem)
  if (!first || second || !gap) {
    losses.push(loss('unsupported', 'GIFT に、空欄が二つ以上の穴埋めはありません（Moodle XML か QTI なら書き出せます）', 'GIFT has no cloze with several gaps (Moodle XML and QTI have)'))
    return undefined
  }
  const choices = gap[1]?.split(/\\?\|/).map((choice) => choice.trim())
  const inner = choices ? choices.map((choice) => `${choice === first.accepted[0] ? '=' : '~'}${escapeText(choice)}`) : first.accepted.map((text) => `=${escapeGift(exactAnswer(text))}`)
  return { before: stem.slice(0, gap.index), inner: listed(inner), after: stem.slice(gap.index + gap[0].length) }
}
