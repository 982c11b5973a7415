import type { Locale } from '../item/item.ts'
import { randomFrom } from '../kernel/random.ts'
import { CUE_WORDS, PIECES } from './cues.data.ts'
import { bigrams } from './guess-keys.ts'

/** A question as somebody sees it who reads the options only. */
export interface OptionsOnly {
  readonly options: readonly string[]
  /** Index of the right one. */
  readonly key: number
}

/** How far somebody gets who knows nothing of the matter and has learnt how this bank's keys sound. Shares are 0..1. */
export interface AdversaryReport {
  readonly items: number
  readonly chance: number
  /** Share of keys picked on items that the model has not seen. */
  readonly hits: number
  /** The cues that tell most, learnt from all items; above 0 when keys show them. In log odds for one standard deviation. */
  readonly cues: readonly { readonly cue: string; readonly weight: number }[]
}

/** From this share on the options tell the keys (chance is .25 of four). */
export const MOST_HITS = 0.32
/** With fewer items nothing can be learnt of a bank. */
export const FEWEST_ITEMS = 40

const FOLDS = 10
/** The items are dealt anew into folds this many times: one deal alone can be lucky. */
const DEALS = ['1'.repeat(32), '2'.repeat(32), '3'.repeat(32)]
const STEPS = 40
/** A piece of text that fewer items show cannot be told from chance. */
const FEWEST_SHOWING = 3
/** Weights are drawn to 0 as if by this many items that say nothing. */
const RIDGE = { cues: 30, pieces: 10 }

/** What options show, as one sparse row each: positions and values, centred within the item. */
interface Rows {
  readonly width: number
  readonly items: readonly (readonly { readonly at: Int32Array; readonly value: Float64Array }[])[]
}

/** How much of an option's pairs of letters the others have too: a key has most in common with its distractors. */
function nearness(options: readonly string[]): number[] {
  const pairs = options.map(bigrams)
  return pairs.map((own, i) => {
    const overlaps = pairs.flatMap((other, j) => {
      if (j === i) return []
      const common = [...own].filter((pair) => other.has(pair)).length
      return [common / Math.max(1, own.size + other.size - common)]
    })
    return overlaps.reduce((sum, x) => sum + x, 0) / Math.max(1, overlaps.length)
  })
}

function cuesOf(options: readonly string[], locale: Locale): Readonly<Record<string, number>>[] {
  const lengths = options.map((text) => text.length + 1)
  const mean = lengths.reduce((sum, n) => sum + n, 0) / lengths.length
  const near = nearness(options)
  return options.map((text, i) => ({
    length: Math.log((lengths[i] as number) / mean),
    longest: Number(lengths[i] === Math.max(...lengths)),
    shortest: Number(lengths[i] === Math.min(...lengths)),
    commas: text.match(/[、,]/g)?.length ?? 0,
    digits: text.match(/\d/g)?.length ?? 0,
    quotes: Number(/[「『"“]/.test(text)),
    near: near[i] as number,
    ...Object.fromEntries(Object.entries(CUE_WORDS[locale]).map(([cue, words]) => [cue, Number(words.test(text))])),
  }))
}

/** What is common to all options of an item says nothing; each kind is brought to one scale when `scaled`. */
function centred(seen: readonly (readonly ReadonlyMap<number, number>[])[], width: number, scaled: boolean): Rows {
  const items = seen.map((options) => {
    const mean = new Map<number, number>()
    for (const option of options)
      for (const [at, value] of option) mean.set(at, (mean.get(at) ?? 0) + value / options.length)
    return options.map((option) =>
      [...mean].flatMap(([at, middle]): [number, number][] => {
        const value = (option.get(at) ?? 0) - middle
        return value === 0 ? [] : [[at, value]]
      }),
    )
  })
  const squares = new Float64Array(width)
  for (const [at, value] of items.flat(2)) (squares[at] as number) += value * value
  const options = items.flat().length
  const scale = squares.map((sum) => (scaled && sum > 0 ? Math.sqrt(sum / options) : 1))
  return {
    width,
    items: items.map((rows) =>
      rows.map((row) => ({
        at: Int32Array.from(row, ([at]) => at),
        value: Float64Array.from(row, ([at, value]) => value / (scale[at] as number)),
      })),
    ),
  }
}

function piecesOf(questions: readonly OptionsOnly[], locale: Locale): Rows {
  const texts = questions.map(({ options }) => options.map((text) => new Set(PIECES[locale](text))))
  const showing = new Map<string, number>()
  for (const options of texts)
    for (const piece of new Set(options.flatMap((option) => [...option])))
      showing.set(piece, (showing.get(piece) ?? 0) + 1)
  const known = new Map([...showing].filter(([, n]) => n >= FEWEST_SHOWING).map(([piece], i) => [piece, i]))
  const seen = texts.map((options) =>
    options.map(
      (option) => new Map([...option].flatMap((piece) => (known.has(piece) ? [[known.get(piece) as number, 1]] : []))),
    ),
  )
  return centred(seen, known.size, false)
}

const likings = (rows: Rows['items'][number], weights: Float64Array): number[] =>
  rows.map(({ at, value }) => {
    let sum = 0
    for (let k = 0; k < at.length; k++) sum += (weights[at[k] as number] as number) * (value[k] as number)
    return sum
  })

/** McFadden's conditional logit (1974) with a ridge, by gradient ascent: which of its own options an item calls right. */
function learn({ width, items }: Rows, keys: readonly number[], train: readonly number[], ridge: number): Float64Array {
  const weights = new Float64Array(width)
  const step = 0.5 / (train.length * 0.25 + ridge)
  for (let round = 0; round < STEPS; round++) {
    const slope = weights.map((weight) => -ridge * weight)
    for (const item of train) {
      const rows = items[item] as Rows['items'][number]
      const odds = likings(rows, weights).map(Math.exp)
      const total = odds.reduce((sum, n) => sum + n, 0)
      rows.forEach(({ at, value }, option) => {
        const surprise = Number(option === keys[item]) - (odds[option] as number) / total
        for (let k = 0; k < at.length; k++) (slope[at[k] as number] as number) += surprise * (value[k] as number)
      })
    }
    for (let j = 0; j < width; j++) (weights[j] as number) += step * (slope[j] as number)
  }
  return weights
}

/** The chance of picking the key where the most liked options are tied. */
function hitOf(liking: readonly number[], key: number): number {
  const most = Math.max(...liking)
  const picked = liking.flatMap((value, i) => (value > most - 1e-9 ? [i] : []))
  return picked.includes(key) ? 1 / picked.length : 0
}

/**
 * Learns how the keys of a bank sound and guesses those of items it has not seen (ten folds, dealt three times). Two models are
 * added: one of named cues, one of the pieces of text. None with fewer than `FEWEST_ITEMS` items.
 */
export function tryAdversary(questions: readonly OptionsOnly[], locale: Locale): AdversaryReport | undefined {
  if (questions.length < FEWEST_ITEMS) return undefined
  const keys = questions.map(({ key }) => key)
  const shown = questions.map(({ options }) => cuesOf(options, locale))
  const names = Object.keys(shown[0]?.[0] ?? {})
  const cues = centred(
    shown.map((options) => options.map((option) => new Map(names.map((name, i) => [i, option[name] ?? 0])))),
    names.length,
    true,
  )
  const pieces = piecesOf(questions, locale)
  let hits = 0
  for (const deal of DEALS) {
    const order = randomFrom(deal).shuffle(questions.map((_, i) => i))
    for (let fold = 0; fold < FOLDS; fold++) {
      const train = order.filter((_, i) => i % FOLDS !== fold)
      const byCues = learn(cues, keys, train, RIDGE.cues)
      const byPieces = learn(pieces, keys, train, RIDGE.pieces)
      for (const item of order.filter((_, i) => i % FOLDS === fold)) {
        const second = likings(pieces.items[item] as Rows['items'][number], byPieces)
        const both = likings(cues.items[item] as Rows['items'][number], byCues).map((x, i) => x + (second[i] as number))
        hits += hitOf(both, keys[item] as number)
      }
    }
  }
  const weights = learn(
    cues,
    keys,
    questions.map((_, i) => i),
    RIDGE.cues,
  )
  return {
    items: questions.length,
    chance: questions.reduce((sum, { options }) => sum + 1 / options.length, 0) / questions.length,
    hits: hits / (questions.length * DEALS.length),
    cues: names
      .map((cue, i) => ({ cue, weight: weights[i] as number }))
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
  }
}
