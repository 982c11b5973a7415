import { type Said, say } from '../../said.ts'
import { decodeGift, encodeEscapes, type GiftText, readText } from './gift-text.ts'
import { type GiftAnswers, readAnswers } from './parse-answers.ts'

export interface GiftQuestion {
  readonly kind: 'question'
  /** From 1. */
  readonly line: number
  readonly name?: string
  readonly category?: string
  readonly id?: string
  readonly tags: readonly string[]
  readonly stem: GiftText
  /** What follows the answers: a question with a missing word. */
  readonly after: string
  readonly answers: GiftAnswers
  /** More braces with answers, which GIFT does not know: each with the text before it, from the braces before. */
  readonly further: readonly { readonly before: string; readonly answers: GiftAnswers }[]
  /** Which gap of a cloze of ours it asks for. */
  readonly gap?: { readonly ref: string; readonly count: number }
  readonly generalFeedback?: GiftText
}

/** A block that is no question, and why. */
export interface GiftFault {
  readonly kind: 'fault'
  readonly line: number
  readonly text: string
  readonly message: Said
}

interface Block {
  readonly line: number
  readonly lines: readonly string[]
}

/**
 * Reads GIFT as Moodle does: questions parted by empty lines, `//` comments, `$CATEGORY:`, escapes with `\`. One bad
 * question is one fault; the next one is read. Linear in the length of the text.
 */
export function parseGift(text: string): (GiftQuestion | GiftFault)[] {
  const found: (GiftQuestion | GiftFault)[] = []
  let category: string | undefined
  for (const block of blocksOf(encodeEscapes(text).split('\n'))) {
    const comments = block.lines.filter((line) => line.trimStart().startsWith('//')).join('\n')
    const content = block.lines.map((line) => (line.trimStart().startsWith('//') ? '' : line))
    const rest = content.map((line) => {
      const named = /^\s*\$CATEGORY:\s*(.*)$/.exec(line)?.[1]
      if (named !== undefined) category = decodeGift(named).trim()
      return named === undefined ? line : ''
    })
    const start = rest.findIndex((line) => line.trim() !== '')
    if (start >= 0)
      found.push(readQuestion(rest.slice(start).join('\n').trim(), { line: block.line + start, comments, category }))
  }
  return found
}

const MOST_LINES_IN_BRACES = 400

/** Empty lines part questions, but not within braces that close before the next question begins. */
function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = []
  for (let i = 0; i < lines.length; ) {
    if ((lines[i] as string).trim() === '') {
      i += 1
      continue
    }
    const from = i
    let depth = 0
    for (; i < lines.length; i++) {
      const line = lines[i] as string
      if (line.trim() === '' && !(depth > 0 && closesSoon(lines, i))) break
      if (!line.trimStart().startsWith('//')) depth = Math.max(0, depth + count(line, '{') - count(line, '}'))
    }
    blocks.push({ line: from + 1, lines: lines.slice(from, i) })
  }
  return blocks
}

const count = (line: string, mark: string): number => line.split(mark).length - 1

function closesSoon(lines: readonly string[], from: number): boolean {
  for (let i = from; i < Math.min(lines.length, from + MOST_LINES_IN_BRACES); i++) {
    const line = lines[i] as string
    if (/^\s*(::|\/\/|\$CATEGORY:)/.test(line) || /^[^}]*\{/.test(line)) return false
    if (line.includes('}')) return true
  }
  return false
}

interface Surroundings {
  readonly line: number
  readonly comments: string
  readonly category: string | undefined
}

function readQuestion(written: string, { line, comments, category }: Surroundings): GiftQuestion | GiftFault {
  const fault = (message: Said): GiftFault => ({ kind: 'fault', line, text: decodeGift(written).slice(0, 60), message })
  const [, name, body = ''] = /^::([\s\S]*?)::([\s\S]*)$/.exec(written) ?? [undefined, undefined, written]
  const braces = answerBraces(body)
  if (braces === 'open') return fault(say('exchange.braceWithoutPartner'))
  const inner = braces ? body.slice(braces.from + 1, braces.to).trim() : ''
  const general = inner.lastIndexOf('####')
  const answers = readAnswers(braces ? (general < 0 ? inner : inner.slice(0, general).trim()) : undefined)
  if (typeof answers === 'string') return fault(FAULTS[answers])
  const id = tagsOf(comments, 'id')[0]
  const gap = /^(\d{1,3}) of (\d{1,3})$/.exec(tagsOf(comments, 'gap')[0] ?? '')
  const { further, after } = furtherBraces(braces ? body.slice(braces.to + 1).trimEnd() : '', answers)
  return {
    kind: 'question',
    line,
    ...(name === undefined ? {} : { name: decodeGift(name).replace(/\s+/g, ' ').trim() }),
    ...(category === undefined ? {} : { category }),
    ...(id === undefined ? {} : { id }),
    tags: tagsOf(comments, 'tag'),
    stem: readText(braces ? body.slice(0, braces.from) : body, false),
    after,
    answers,
    further,
    ...(gap ? { gap: { ref: gap[1] as string, count: Number(gap[2]) } } : {}),
    ...(general < 0 ? {} : { generalFeedback: readText(inner.slice(general + 4)) }),
  }
}

const FAULTS = {
  'no-number': say('exchange.numericAnswerUnreadable'),
  'no-pair': say('exchange.pairWithoutArrow'),
  'no-answer': say('exchange.noAnswer'),
}

/** The braces that hold the answers: the first ones, or the last where the first are TeX or the like. */
function answerBraces(body: string): { readonly from: number; readonly to: number } | 'open' | undefined {
  const from = body.indexOf('{')
  const to = body.indexOf('}', from)
  if (from < 0 && !body.includes('}')) return undefined
  if (from < 0 || to < 0) return 'open'
  const last = body.lastIndexOf('{')
  const lastTo = body.indexOf('}', last)
  if (last !== from && lastTo > 0 && !/^\s*([=~#>]|t(rue)?\b|f(alse)?\b|$)/i.test(body.slice(from + 1, to)))
    return { from: last, to: lastTo }
  return { from, to }
}

/** Braces after the first ones: people write a sentence with several gaps, though GIFT has no such thing. */
function furtherBraces(
  text: string,
  first: GiftAnswers,
): { readonly further: GiftQuestion['further']; readonly after: string } {
  const isGap = (answers: ReturnType<typeof readAnswers>): answers is GiftAnswers =>
    typeof answers !== 'string' && (answers.kind === 'choice' || answers.kind === 'short')
  const further: { before: string; answers: GiftAnswers }[] = []
  let from = 0
  for (const found of isGap(first) ? text.matchAll(/\{(\s*[=~][^{}]*)\}/g) : []) {
    const answers = readAnswers((found[1] as string).trim())
    if (!isGap(answers)) return { further: [], after: text }
    further.push({ before: text.slice(from, found.index), answers })
    from = found.index + found[0].length
  }
  return { further, after: text.slice(from) }
}

/** `[id:…]`, `[tag:…]` and `[gap:…]` of the comment lines above a question. */
const tagsOf = (comments: string, name: 'id' | 'tag' | 'gap'): string[] =>
  [...comments.matchAll(new RegExp(`\\[${name}:((?:\\\\\\]|[^\\]\\n])+)\\]`, 'g'))].map(([, tag = '']) =>
    decodeGift(tag.replaceAll('\\]', ']')).trim(),
  )
