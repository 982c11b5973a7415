/**
 * A rationale, and the lines of it that begin with what they speak of: the letter of an option (`- A: …`), the number of a step, row or
 * blank (`- 1: …`), or an answer that people give (`- 45,600円：…`).
 */
export interface Reasons {
  /** What is said of the item as a whole. */
  readonly text: string
  /** By letter or number. */
  readonly of: Readonly<Record<string, string>>
  readonly mistakes: readonly { readonly answer: string; readonly reason: string }[]
}

const LINE = /^[-*+] +(.{1,60}?)\s*(?:：|:\s)\s*(\S.*)$/u
const PLACE = /^(?:[A-Z]|\d{1,2})$/

export function readReasons(rationale: string): Reasons {
  const text: string[] = []
  const of: Record<string, string> = {}
  const mistakes: { answer: string; reason: string }[] = []
  for (const line of rationale.split('\n')) {
    const [, label, reason] = LINE.exec(line) ?? []
    if (label === undefined || reason === undefined) text.push(line)
    else if (PLACE.test(label)) of[label] = reason
    else mistakes.push({ answer: label, reason })
  }
  return { text: text.join('\n').trim(), of, mistakes }
}
