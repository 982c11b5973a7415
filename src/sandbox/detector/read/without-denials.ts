import {
  bulletAhead,
  clauseEnds,
  deniedBefore,
  deniedBehind,
  denyingHeading,
  mayDeny,
  sentences,
} from './denials.data.ts'
import type { Post } from './features.ts'
import { foldedText } from './fold-text.ts'

// Honest posts near the border say at length what they do not do: "no fee is asked for", "what we never ask". Letters alone
// look like the breach itself. Read once more without such clauses, a post is judged by what it does say.

/** What a denial reaches back over at most: in a text without full stops it would be all of it. */
const LONGEST_CLAUSE = 40
const LONGEST_HEADING = 45

type Stretch = readonly [from: number, to: number]

function deniedClauses(text: string): Stretch[] {
  const stretches: Stretch[] = []
  for (const { index: start, 0: sentence } of text.matchAll(sentences)) {
    if (!mayDeny.test(sentence)) continue
    const clauses = [...sentence.matchAll(clauseEnds)].map(({ index }) => index + 2)
    let [clause, from] = [0, 0]
    for (const { index, 0: denial } of sentence.matchAll(deniedBefore)) {
      for (; clause < clauses.length && (clauses[clause] as number) <= index; clause += 1)
        from = clauses[clause] as number
      stretches.push([start + Math.max(from, index - LONGEST_CLAUSE), start + index + denial.length])
      from = index + denial.length
    }
    for (const { index, 0: denied } of sentence.matchAll(deniedBehind))
      stretches.push([start + index, start + index + denied.length])
  }
  return stretches
}

const bulletOf = (line: string): string => bulletAhead.exec(line)?.[1]?.replace(/\d/, '0') ?? ''

function deniedItems(text: string): Stretch[] {
  const stretches: Stretch[] = []
  // the bullet of the heading, and of the items below it once there is one
  let [heading, items]: [string | undefined, string | undefined] = [undefined, undefined]
  let start = 0
  for (const line of text.split('\n')) {
    const bullet = bulletOf(line)
    const isItem =
      heading !== undefined && bullet !== '' && (items === undefined ? bullet !== heading : bullet === items)
    if (isItem) {
      items = bullet
      stretches.push([start, start + line.length])
    } else if (line.trim() !== '') {
      heading = line.length <= LONGEST_HEADING && denyingHeading.test(line) ? bullet : undefined
      items = undefined
    }
    start += line.length + 1
  }
  return stretches
}

/** The post without what its body says is not so, its body folded; undefined where it says no such thing. */
export function withoutDenials<P extends Pick<Post, 'body'>>(post: P): P | undefined {
  const text = foldedText(post.body)
  if (!mayDeny.test(text)) return undefined
  const denied = [...deniedClauses(text), ...deniedItems(text)].toSorted(([a], [b]) => a - b)
  if (denied.length === 0) return undefined
  const kept: string[] = []
  let at = 0
  for (const [from, to] of denied) {
    if (from > at) kept.push(text.slice(at, from))
    at = Math.max(at, to)
  }
  kept.push(text.slice(at))
  return { ...post, body: kept.join('\n') }
}
