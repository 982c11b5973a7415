/** Letters and marks that are written from right to left: Hebrew, Arabic and their neighbours, and the marks of that direction. Source: UAX #9, table 4. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** A text within U+2068 and U+2069 where it is written from right to left: the words around it then keep their order. */
const isolated = (text: string): string => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text)

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** An argument of a sentence: a word of others, or a few of them by name. */
function argument(value: unknown): unknown {
  if (typeof value === 'string') return isolated(value)
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, typeof one === 'string' ? isolated(one) : one])) : value
}

/**
 * A table of texts whose sentences isolate what is put into them: names and titles are other people's words, in whatever
 * direction. Every table passes through here, so that no sentence has to think of it.
 */
export function isolating<T>(texts: T): T {
  if (typeof texts === 'function') return ((...given: readonly unknown[]) => texts(...given.map(argument))) as T
  if (!isRecord(texts)) return texts
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, isolating(text)])) as T
}
