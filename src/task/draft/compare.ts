import { diffArrays, diffChars } from 'diff'
import { SENTENCE } from './text.data.ts'

// Graders rely on this file and are never edited once published: another way to compare is another file.

/** What stood at `from` of the first text, and what stands for it at `at` of the second. Either may be empty. */
export interface Change {
  readonly from: number
  readonly was: string
  readonly at: number
  readonly now: string
}

/** With more characters changed than this a run of sentences counts as rewritten, which also bounds the time. */
const MOST_EDITS = 400

/** A text without line ends, indents and spaces at the ends of lines. */
export const flatten = (text: string): string =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .join('')

/** The sentences of a text, with whatever stands between them. */
export const sentencesIn = (text: string): string[] => text.match(SENTENCE) ?? []

interface Part<Value> {
  readonly value: Value
  readonly added: boolean
  readonly removed: boolean
}

/** Pairs what was removed with what was added in its place. Undefined parts are a comparison that was given up. */
function pair<Value extends string | string[]>(
  parts: readonly Part<Value>[] | undefined,
  all: readonly [string, string],
): Change[] {
  const text = (value: Value): string => (typeof value === 'string' ? value : value.join(''))
  if (!parts) return [{ from: 0, was: all[0], at: 0, now: all[1] }]
  const changes: Change[] = []
  let from = 0
  let at = 0
  let open: Change | undefined
  for (const { value, added, removed } of parts) {
    const length = text(value).length
    if (added || removed) {
      open ??= { from, was: '', at, now: '' }
      open = added ? { ...open, now: open.now + text(value) } : { ...open, was: open.was + text(value) }
    } else if (open) {
      changes.push(open)
      open = undefined
    }
    if (!added) from += length
    if (!removed) at += length
  }
  return open ? [...changes, open] : changes
}

/** What changed from one text to another, in its order: sentences are compared first, characters within those that changed. */
export function changesBetween(first: string, second: string): Change[] {
  const options = { maxEditLength: MOST_EDITS }
  return pair(diffArrays(sentencesIn(first), sentencesIn(second), options), [first, second]).flatMap((run) =>
    run.was === '' || run.now === ''
      ? [run]
      : pair(diffChars(run.was, run.now, options), [run.was, run.now]).map((change) => ({
          ...change,
          from: run.from + change.from,
          at: run.at + change.at,
        })),
  )
}
