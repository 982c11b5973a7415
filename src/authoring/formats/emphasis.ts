/** Marks around strong and weak emphasis until its surroundings are known. */
export const STRONG = ['\ue010', '\ue011'] as const
export const WEAK = ['\ue012', '\ue013'] as const

const MARKS = /[\ue010-\ue013]/
const isSpace = (c: string): boolean => c === '' || /\s|\ue01a/.test(c)
const isPunctuation = (c: string): boolean => /[\p{P}\p{S}]/u.test(c)

/**
 * Puts stars where they are read as emphasis. CommonMark asks that a run of stars be "flanking" (spec 0.31, section
 * 6.2): brackets and punctuation at the ends of emphasised Japanese go outside of it, and emphasis of nothing goes.
 */
export function settleEmphasis(text: string): string {
  if (!MARKS.test(text)) return text
  let out = ''
  for (let i = 0; i < text.length; ) {
    const c = text[i] as string
    const kind = c === STRONG[0] ? STRONG : c === WEAK[0] ? WEAK : undefined
    if (!kind) {
      if (!MARKS.test(c)) out += c
      i += 1
      continue
    }
    const end = matching(text, i, kind)
    const inner = settleEmphasis(text.slice(i + 1, end)).replace(kind === STRONG ? /(?<!\\)\*\*/g : /(?!)/g, '')
    const next = /[^\ue010-\ue013]/.exec(text.slice(end + 1))?.[0] ?? ''
    out += emphasised(inner, kind === STRONG ? '**' : '*', [...out.slice(-2)].at(-1) ?? '', next)
    i = end + 1
  }
  return out
}

/** Where the emphasis that opens at `start` ends. */
function matching(text: string, start: number, [open, close]: readonly [string, string]): number {
  let depth = 0
  for (let i = start; i < text.length; i++) {
    if (text[i] === open) depth += 1
    if (text[i] === close && --depth === 0) return i
  }
  return text.length
}

function emphasised(inner: string, stars: string, before: string, after: string): string {
  const [, lead = '', core = '', trail = ''] = /^([\s\ue01a]*)([\s\S]*?)([\s\ue01a]*)$/.exec(inner) ?? []
  if (core === '') return inner
  const [first = '', last = ''] = [[...core][0], [...core].at(-1)]
  const opens = !isPunctuation(first) || isSpace(lead === '' ? before : ' ') || isPunctuation(before)
  const closes = !isPunctuation(last) || isSpace(trail === '' ? after : ' ') || isPunctuation(after)
  if (opens && closes) return `${lead}${stars}${core}${stars}${trail}`
  const [, head = '', body = '', tail = ''] = /^([\p{P}\p{S}\s]*)([\s\S]*?)([\p{P}\p{S}\s]*)$/u.exec(core) ?? []
  // a mark of code, a link or an escape cannot be cut apart
  if (body === '' || /[`[\]\\*]/.test(head + tail)) return inner
  return `${lead}${head}${stars}${body}${stars}${tail}${trail}`
}
