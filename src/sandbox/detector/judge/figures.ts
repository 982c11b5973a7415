import type { Judged } from './calibration.ts'
import { type Kind, kinds } from './kinds.ts'

/** How well a kind was recognised in posts of held-out authors. */
export interface KindFigures {
  /** Posts that are truly of the kind, and posts predicted to be. */
  readonly posts: number
  readonly told: number
  /** 0..1; 1 where nothing was predicted, or nothing was there. */
  readonly precision: number
  readonly recall: number
  readonly ece: number
}

/** Figures of a cross-validation, kept with the model. */
export interface Figures {
  readonly precision: number
  readonly recall: number
  readonly holdPrecision: number
  readonly holdRecall: number
  /** Expected calibration error where the stated share of posts breaks a rule. */
  readonly ece: number
  /** The same where other shares do. */
  readonly eceAt: readonly { readonly prevalence: number; readonly ece: number }[]
  readonly kinds: Readonly<Record<Kind, KindFigures>>
}

/** True kinds (rows, a post with several counts in each) against the likeliest kind of a flagged post, or `none`. */
export type Confusion = Readonly<Record<Kind | 'none', Readonly<Record<Kind | 'none', number>>>>

/** Posts of which about the same was said. */
export interface Bin {
  /** Bounds of the probability of any breach, 0..1. */
  readonly from: number
  readonly to: number
  readonly n: number
  /** Mean of what was said, and share of posts that truly break a rule, 0..1. */
  readonly said: number
  readonly was: number
}

/** What figures alone do not show of a cross-validation. */
export interface Tested {
  readonly confusion: Confusion
  readonly reliability: readonly Bin[]
}

/** What is true of a post. */
interface Labelled {
  readonly kinds: readonly Kind[]
}

/** What is true of posts against what was predicted. */
export function confusionOf(posts: readonly Labelled[], judged: readonly Judged[]): Confusion {
  const names = [...kinds, 'none'] as const
  const table = Object.fromEntries(
    names.map((row) => [row, Object.fromEntries(names.map((column) => [column, 0]))]),
  ) as Record<Kind | 'none', Record<Kind | 'none', number>>
  for (const [at, { band, kinds: probabilities }] of judged.entries()) {
    const likeliest = kinds[probabilities.indexOf(Math.max(...probabilities))] as Kind
    const predicted = band === 'publish' ? 'none' : likeliest
    const broken = posts[at]?.kinds ?? []
    for (const row of broken.length > 0 ? broken : (['none'] as const)) table[row][predicted] += 1
  }
  return table
}

const BINS = 10

/**
 * What each post counts for where a share of all posts breaks a rule: those that do so many in all, whatever their number
 * among these.
 */
export function weightsAt(posts: readonly Labelled[], prevalence: number): number[] {
  const unlawful = posts.filter(({ kinds: broken }) => broken.length > 0).length
  const lawful = posts.length - unlawful
  return posts.map(({ kinds: broken }) => (broken.length > 0 ? prevalence / unlawful : (1 - prevalence) / lawful))
}

/** How often what was said came true, in ten ranges of probability of equal width; ranges without posts are left out. */
function reliabilityOf(
  posts: readonly Labelled[],
  judged: readonly Pick<Judged, 'any'>[],
  weights: readonly number[],
): readonly Bin[] {
  const members = Map.groupBy([...judged.keys()], (at) => Math.min(BINS - 1, Math.floor((judged[at]?.any ?? 0) * BINS)))
  return [...members]
    .sort(([a], [b]) => a - b)
    .map(([bin, places]) => {
      const whole = places.reduce((sum, at) => sum + (weights[at] ?? 0), 0)
      const mean = (of: (at: number) => number) =>
        places.reduce((sum, at) => sum + of(at) * (weights[at] ?? 0), 0) / whole
      return {
        from: bin / BINS,
        to: (bin + 1) / BINS,
        n: places.length,
        said: mean((at) => judged[at]?.any ?? 0),
        was: mean((at) => ((posts[at]?.kinds.length ?? 0) > 0 ? 1 : 0)),
      }
    })
}

/** Both tables of a test; posts are weighed as where a share of them breaks a rule, or each counts as one. */
export const testedOn = (posts: readonly Labelled[], judged: readonly Judged[], prevalence?: number): Tested => ({
  confusion: confusionOf(posts, judged),
  reliability: reliabilityOf(
    posts,
    judged,
    prevalence === undefined ? posts.map(() => 1) : weightsAt(posts, prevalence),
  ),
})
