import { extractFeatures, type Features, noFeatures, type Post, type Span, wordsOf } from '../read/features.ts'
import { emptyFolding, type Folding } from '../read/fold-characters.ts'
import { foldInto } from '../read/fold-text.ts'
import { standsAt, visitFeatures } from '../read/locate-features.ts'
import { type Kind, kinds } from './kinds.ts'
import { ANY, rowOf, STRIDE } from './linear-scores.ts'
import type { Model } from './model.ts'
import { withinWord } from './word-borders.data.ts'

/** Words of a post that spoke for a kind. */
export interface Word extends Span {
  /** As it stands in the post. */
  readonly text: string
  /** What it added to the log-odds of the kind. */
  readonly weight: number
}

export type { Span }

const MOST_WORDS = 5
/** A code point belongs to a word if it adds at least this share of what the strongest one adds. */
const FAINTEST = 0.3
/** Code points. */
const SHORTEST_WORD = 2
const NEWLINE = 10
const SPACE = 32

const segmenter = new Intl.Segmenter('ja', { granularity: 'word' })

/** What a feature adds to the log-odds of a kind, for one unit of its value, while it moves no other kind. */
function weightsOf({ weights, calibration }: Model, kind: Kind): (id: number) => number {
  const head = kinds.indexOf(kind)
  const [own = 0, any = 0, lead = 0] = calibration.kinds[kind].weights
  return (id) => {
    const row = rowOf(weights.index, id)
    return row < 0
      ? 0
      : (own + lead) * (weights.table[row * STRIDE + head] as number) +
          any * (weights.table[row * STRIDE + ANY] as number)
  }
}

/**
 * What each code point of a folded text adds: a feature's share is divided evenly among the places where it stands, and
 * within each among its code points. The sum is that of all features in the text.
 */
function spreadWeights(folding: Folding, features: Features, weightOf: (id: number) => number): Float64Array {
  const shares = new Map<number, number>()
  for (let at = 0; at < features.concepts; at += 1) {
    const id = features.ids[at] as number
    const place = standsAt(id)
    shares.set(place, (shares.get(place) ?? 0) + weightOf(id) * (features.values[at] as number))
  }
  const places = new Map<number, number>()
  visitFeatures(folding, (id) => places.set(id, (places.get(id) ?? 0) + 1))
  const spread = new Float64Array(folding.length)
  visitFeatures(folding, (id, start, end) => {
    const each = (shares.get(id) ?? 0) / (places.get(id) ?? 1) / (end - start)
    for (let at = start; at < end; at += 1) spread[at] = (spread[at] as number) + each
  })
  return spread
}

interface Run {
  from: number
  to: number
}

/** For each UTF-16 unit of a text whether a word goes on there that began before. */
function insideWords(text: string): Uint8Array {
  const inside = new Uint8Array(text.length + 1)
  for (const { index, segment } of segmenter.segment(text)) inside.fill(1, index + 1, index + segment.length)
  return inside
}

/** Runs of code points that add enough, each widened to whole words. */
function strongRuns(text: string, { codes, starts, length }: Folding, spread: Float64Array): Run[] {
  const inside = insideWords(text)
  const joins = (at: number) => {
    if (at <= 0 || at >= length) return false
    const [before, here] = [starts[at - 1] as number, starts[at] as number]
    return inside[here] === 1 || withinWord.test((text[before] as string) + text[here])
  }
  const least = spread.reduce((most, value) => Math.max(most, value), 0) * FAINTEST
  const strong = (at: number) => codes[at] !== NEWLINE && codes[at] !== SPACE && (spread[at] as number) >= least
  const runs: Run[] = []
  for (let at = 0; at < length && least > 0; at += 1) {
    if (!strong(at)) continue
    const run = { from: at, to: at + 1 }
    while (run.to < length && strong(run.to)) run.to += 1
    while (joins(run.from)) run.from -= 1
    while (joins(run.to)) run.to += 1
    const last = runs.at(-1)
    if (last && run.from <= last.to) last.to = run.to
    else runs.push(run)
    at = run.to - 1
  }
  return runs
}

const folding = emptyFolding(4_096)
const features = noFeatures()

/** The words that weighed most for a kind, the weightiest first: of the title and a stretch of the post, or of all of it. */
export function explainKind(model: Model, post: Post, kind: Kind, stretch?: Span): Word[] {
  const bodyStart = post.title.length + 1
  const start = Math.max(bodyStart, stretch?.start ?? 0)
  const shown = stretch ? { ...post, body: wordsOf(post).slice(start, stretch.end) } : post
  const moved = stretch ? start - bodyStart : 0
  const text = wordsOf(shown)
  foldInto(text, folding)
  const spread = spreadWeights(folding, extractFeatures(shown, features), weightsOf(model, kind))
  return strongRuns(text, folding, spread)
    .map(({ from, to }): Word => {
      const [first, end] = [folding.starts[from] as number, folding.ends[to - 1] as number]
      const by = first >= bodyStart ? moved : 0
      return {
        text: text.slice(first, end),
        start: first + by,
        end: end + by,
        weight: spread.subarray(from, to).reduce((sum, value) => sum + value, 0),
      }
    })
    .filter((word) => word.text.trim() !== '' && [...word.text].length >= SHORTEST_WORD)
    .sort((a, b) => b.weight - a.weight || a.start - b.start)
    .slice(0, MOST_WORDS)
}
