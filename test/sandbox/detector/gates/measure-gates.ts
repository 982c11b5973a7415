import { type Seed, stableHash } from '../../../../src/kernel/random.ts'
import type { Score } from '../../../../src/sandbox/detector/judge/detector.ts'
import { weightsAt } from '../../../../src/sandbox/detector/judge/figures.ts'
import { kinds } from '../../../../src/sandbox/detector/judge/kinds.ts'
import { atEvenOdds, atPrevalence } from '../../../../src/sandbox/detector/judge/prevalence.ts'
import { expectedCalibrationError } from '../../../../src/sandbox/detector/learn/report.ts'
import type { Post } from '../../../../src/sandbox/detector/read/features.ts'
import { type GatePost, partsOf } from './gate-set.ts'
import { dilute, transformationNames, transformPost } from './transformations.ts'

/** A figure that was measured, of so many posts. A share has the bounds of its 95 % interval (Wilson 1927). */
export interface GateFigure {
  readonly name: string
  readonly value: number
  readonly n: number
  readonly low?: number
  readonly high?: number
  /** What is asked for; absent where a figure is only reported. */
  readonly least?: number
  readonly most?: number
}

type Bound = Pick<GateFigure, 'least' | 'most'>

const Z = 1.96

function shareOf(name: string, hits: readonly boolean[], bound: Bound = {}): GateFigure {
  const n = hits.length
  const value = hits.filter(Boolean).length / n
  const middle = (value + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n)
  const half = (Z / (1 + Z ** 2 / n)) * Math.sqrt((value * (1 - value)) / n + Z ** 2 / (4 * n ** 2))
  return { name, value, n, low: Math.max(0, middle - half), high: Math.min(1, middle + half), ...bound }
}

const flagged = ({ band }: Score): boolean => band !== 'publish'

/** The seed of one post. */
const seedOf = ({ id }: GatePost): Seed => stableHash(id).toString(16).padStart(8, '0').repeat(4)

const PLACES = ['before', 'after', 'around'] as const
const SIZES = [400, 800, 2_000] as const

export interface Measured {
  /** The detector, and the share of posts that it takes to break a rule. */
  readonly score: (posts: readonly Post[]) => readonly Score[]
  readonly prevalence: number
  /** Of the unlawful posts every so many is transformed: one where none is said. */
  readonly everyTransformed?: number
}

/** What the detector promises, on posts that it was never trained or tuned on. */
export function measureGates(
  posts: readonly GatePost[],
  { score, prevalence, everyTransformed = 1 }: Measured,
): GateFigure[] {
  const { lawful, long, unlawful } = partsOf(posts)
  const [ofLawful, ofUnlawful] = [score(lawful), score(unlawful)]
  const [all, scores] = [
    [...lawful, ...unlawful],
    [...ofLawful, ...ofUnlawful],
  ]
  const truths = all.map((post) => post.kinds.length > 0)
  const transformed = unlawful.filter((_, at) => at % everyTransformed === 0)
  const from = lawful.filter((post) => !long.includes(post)).map(({ body }) => body)
  const hidden = (letters: number): boolean[] =>
    score(
      unlawful.map((post, at) => ({
        ...post,
        body: dilute(post.body, { letters, from, where: PLACES[at % PLACES.length] ?? 'after', seed: seedOf(post) }),
      })),
    ).map(flagged)
  return [
    shareOf(
      'precision at the queue',
      truths.filter((_, at) => flagged(scores[at] as Score)),
      { least: 0.95 },
    ),
    shareOf('recall at the queue', ofUnlawful.map(flagged), { least: 0.9 }),
    ...kinds.map((kind) =>
      shareOf(`recall of ${kind}`, ofUnlawful.filter((_, at) => unlawful[at]?.kinds.includes(kind)).map(flagged)),
    ),
    ...SIZES.map((letters) =>
      shareOf(`recall among ${letters} letters of lawful text`, hidden(letters), { least: 0.85 }),
    ),
    ...transformationNames.map((name) =>
      shareOf(
        `recall under ${name}`,
        score(transformed.map((post) => transformPost(post, name, seedOf(post)))).map(flagged),
        { least: 0.85 },
      ),
    ),
    shareOf('lawful posts flagged', ofLawful.map(flagged)),
    shareOf('long lawful posts flagged', score(long).map(flagged), { most: 0.02 }),
    ...[0.01, 0.03, 0.1].map((share) => ({
      name: `error of calibration where ${Math.round(100 * share)} % break a rule`,
      value: expectedCalibrationError(
        scores.map(({ any }) => atPrevalence(atEvenOdds(any, prevalence), share)),
        truths,
        weightsAt(all, share),
      ),
      n: all.length,
      ...(share === 0.03 ? { most: 0.03 } : {}),
    })),
  ]
}

const digits = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(3))

/** A line for each figure: value, interval, number, and what is asked for. */
export const printGates = (figures: readonly GateFigure[]): string =>
  figures
    .map(({ name, value, n, low, high, least, most }) => {
      const interval = low === undefined ? '' : ` [${digits(low)}, ${digits(high)}]`
      const asked = least !== undefined ? ` ≥ ${least}` : most !== undefined ? ` ≤ ${most}` : ''
      const misses = (least !== undefined && value < least) || (most !== undefined && value > most)
      return `${misses ? '✗' : ' '} ${name.padEnd(52)} ${digits(value)}${interval} n=${n}${asked}`
    })
    .join('\n')
