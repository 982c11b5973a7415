import { type GiftText, type GiftTextFormat, readText } from '../gift/gift-text.ts'
import type { GiftAnswer, GiftAnswers } from '../gift/parse-answers.ts'
import { parseHtml, textOf } from '../markup-tree.ts'

/** A gap in a text of Moodle, with the text before it, from the gap before. */
export interface ClozeGap {
  readonly before: string
  /** What it counts among the gaps of its text. */
  readonly weight: number
  readonly kind: 'short' | 'choice' | 'numeric'
  readonly foldsCase: boolean
  readonly answers: GiftAnswers
}

const OPENING =
  /\{(\d{0,3}):(NUMERICAL|NM|(?:SHORTANSWER|SA|MW)(?:_?C)?|(?:MULTICHOICE|MULTIRESPONSE|MC|MR)(?:_?(?:H|V|S|HS|VS))?):/gi

/** A gap's answers are no longer than this: what comes before its brace is looked through once for each opening. */
const LONGEST_GAP = 10_000

/** The gaps of a text of Moodle's type `cloze`, such as `{1:SHORTANSWER:=Berlin~%50%Bonn#Until 1990}`, and the text after the last one. */
export function parseCloze(text: string, format: GiftTextFormat): { gaps: readonly ClozeGap[]; after: string } {
  const gaps: ClozeGap[] = []
  let from = 0
  for (const opening of text.matchAll(OPENING)) {
    const start = opening.index + opening[0].length
    const end = opening.index < from ? -1 : closingBrace(text, start)
    if (end < 0) continue
    const type = (opening[2] as string).toUpperCase()
    const kind = /^N/.test(type) ? 'numeric' : /^(S|MW)/.test(type) ? 'short' : 'choice'
    gaps.push({
      before: text.slice(from, opening.index),
      weight: opening[1] === '' ? 1 : Number(opening[1]),
      kind,
      foldsCase: kind !== 'short' || !type.endsWith('C'),
      answers: {
        kind: kind === 'numeric' ? 'short' : kind,
        answers: splitAt(text.slice(start, end), '~').map((written) => readAnswer(written, kind, format)),
      },
    })
    from = end + 1
  }
  return { gaps, after: text.slice(from) }
}

function closingBrace(text: string, from: number): number {
  for (let i = from; i < Math.min(text.length, from + LONGEST_GAP); i += 1) {
    if (text[i] === '\\') i += 1
    else if (text[i] === '}') return i
  }
  return -1
}

/** Parts at a mark that has no backslash before it. */
function splitAt(text: string, mark: string): string[] {
  const parts: string[] = []
  let from = 0
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1
    else if (text[i] === mark) {
      parts.push(text.slice(from, i))
      from = i + 1
    }
  }
  return [...parts, text.slice(from)]
}

const unescaped = (text: string): string => text.replace(/\\([\\~}#/"])/g, '$1')

function readAnswer(written: string, kind: ClozeGap['kind'], format: GiftTextFormat): GiftAnswer {
  const [marked = '', feedback = ''] = splitAt(written.trim(), '#')
  const [, share, text = ''] = /^(?:=|%(-?\d{1,3}(?:[.,]\d+)?)%)?([\s\S]*)$/.exec(marked) ?? []
  const weight = share === undefined ? (marked.startsWith('=') ? 100 : 0) : Number(share.replace(',', '.'))
  const answer = unescaped(text)
  const isTyped = kind !== 'choice'
  return {
    isRight: weight === 100,
    weight,
    text: isTyped
      ? { text: typed(kind === 'numeric' ? answer.replace(/:.*$/, '') : answer, format) }
      : readText(answer),
    ...(feedback.trim() === '' ? {} : { feedback: readText(unescaped(feedback)) satisfies GiftText }),
  }
}

/** What is typed into a gap: a text of HTML spells some of its characters. */
function typed(answer: string, format: GiftTextFormat): string {
  const parsed = format === 'html' ? parseHtml(answer) : undefined
  return parsed?.ok ? parsed.value.map(textOf).join('') : answer
}
