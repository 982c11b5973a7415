import { type Kind, kinds } from '../../detector/judge/kinds.ts'
import { type Surface, surfaces } from '../surfaces.ts'
import type { Finding } from './second.ts'

/** What two found of one text, each without knowing the other. */
export interface Pair {
  readonly surface: Surface
  readonly first: Finding
  readonly second: Finding
}

/** How many texts both say yes of, only the first, only the second, neither. */
export interface Counts {
  readonly both: number
  readonly onlyFirst: number
  readonly onlySecond: number
  readonly neither: number
}

/** Chance-corrected agreement of two raters, −1..1, with the bounds of its 95 % interval. */
export interface Kappa {
  readonly kappa: number
  readonly low: number
  readonly high: number
}

const Z = 1.96

/**
 * Cohen's κ of two raters who say yes or no (Cohen 1960), with the large-sample standard error of Fleiss, Cohen and
 * Everitt (1969). Undefined where both say the same of every text: chance would agree as well then.
 */
export function cohensKappa({ both, onlyFirst, onlySecond, neither }: Counts): Kappa | undefined {
  const n = both + onlyFirst + onlySecond + neither
  if (n === 0) return undefined
  const cells = [
    [both / n, onlyFirst / n],
    [onlySecond / n, neither / n],
  ] as const
  const first = [cells[0][0] + cells[0][1], cells[1][0] + cells[1][1]] as const
  const second = [cells[0][0] + cells[1][0], cells[0][1] + cells[1][1]] as const
  const observed = cells[0][0] + cells[1][1]
  const expected = first[0] * second[0] + first[1] * second[1]
  if (expected === 1) return undefined
  const kappa = (observed - expected) / (1 - expected)
  let variance = -((kappa - expected * (1 - kappa)) ** 2)
  for (const row of [0, 1] as const)
    for (const column of [0, 1] as const) {
      const cell = cells[row][column]
      variance +=
        row === column
          ? cell * (1 - (first[row] + second[column]) * (1 - kappa)) ** 2
          : (1 - kappa) ** 2 * cell * (second[row] + first[column]) ** 2
    }
  const half = (Z * Math.sqrt(Math.max(0, variance) / n)) / (1 - expected)
  return { kappa, low: Math.max(-1, kappa - half), high: Math.min(1, kappa + half) }
}

/** How well operators agree about one kind, about whether a rule is broken at all, or about that where a text was written. */
export interface Agreement<About extends string = Kind | 'any' | Surface> {
  readonly about: About
  /** Texts that say something: of a kind those of which either says yes, otherwise all. */
  readonly n: number
  /** Share of all pairs in which both say the same, 0..1; undefined where no text says anything. */
  readonly same: number | undefined
  /** Undefined while `n` is below `ENOUGH`, or where it cannot be told. */
  readonly kappa: Kappa | undefined
}

/** Texts below which a κ says nothing. */
export const ENOUGH = 30

function count(pairs: readonly Pair[], says: (finding: Finding) => boolean): Counts {
  const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 }
  for (const { first, second } of pairs) {
    const [one, other] = [says(first), says(second)]
    counts[one ? (other ? 'both' : 'onlyFirst') : other ? 'onlySecond' : 'neither'] += 1
  }
  return counts
}

/** @param n texts that say something; all pairs where not given */
function agreementOn<About extends string>(about: About, counts: Counts, n?: number): Agreement<About> {
  const all = counts.both + counts.onlyFirst + counts.onlySecond + counts.neither
  const telling = n ?? all
  const same = telling === 0 ? undefined : (counts.both + counts.neither) / all
  return { about, n: telling, same, kappa: telling < ENOUGH ? undefined : cohensKappa(counts) }
}

const breaks = ({ breach }: Finding): boolean => breach

/** The agreement over all, then that of each kind. */
export const agreements = (pairs: readonly Pair[]): Agreement<Kind | 'any'>[] => [
  agreementOn('any', count(pairs, breaks)),
  ...kinds.map((kind) => {
    const counts = count(pairs, (finding) => finding.kinds.includes(kind))
    return agreementOn(kind, counts, pairs.length - counts.neither)
  }),
]

/** The agreement about whether a rule is broken, by where the texts were written. */
export const agreementsByPlace = (pairs: readonly Pair[]): Agreement<Surface>[] =>
  surfaces.map((place) =>
    agreementOn(
      place,
      count(
        pairs.filter(({ surface }) => surface === place),
        breaks,
      ),
    ),
  )
