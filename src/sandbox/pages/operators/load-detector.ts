import { type Kind, kinds } from '../../detector/kinds.ts'
import type { Confusion } from '../../detector/measure-judgements.ts'
import { findJob } from '../../job/store.ts'
import { type Label, readLabels } from '../../moderation/label/store.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'

const MOST_LABELS = 2_000
const BINS = 5

/** What operators decided about a post, and what the detector had said of it. */
export interface Judged {
  readonly label: Label
  /** Probability of any breach, 0..1. */
  readonly any: number
  readonly flagged: boolean
  readonly likeliest: Kind
}

/** Posts of which the detector said about the same. */
export interface Bin {
  readonly from: number
  readonly to: number
  readonly n: number
  /** Mean of what was said, and share of posts that broke a rule, 0..1. */
  readonly said: number
  readonly was: number
}

/** The latest decisions with what the detector had said; posts that are gone are left out. */
export async function loadJudged(world: SandboxWorld): Promise<readonly Judged[]> {
  const labels = (await readLabels(world.db)).slice(-MOST_LABELS)
  const judged = await Promise.all(
    labels.map(async (label) => {
      const job = await findJob(world.db, label.job)
      if (!job) return []
      const { probability, any, band } = job.assessment
      const likeliest = kinds.toSorted((a, b) => probability[b] - probability[a])[0] ?? 'off-platform-contact'
      return [{ label, any, flagged: band !== 'publish', likeliest }]
    }),
  )
  return judged.flat()
}

/** How often what was said came true, in five ranges of probability; ranges without posts are left out. */
export function reliabilityOf(judged: readonly Judged[]): readonly Bin[] {
  return Array.from({ length: BINS }, (_, at) => {
    const [from, to] = [at / BINS, (at + 1) / BINS]
    const members = judged.filter(({ any }) => any >= from && (any < to || (at === BINS - 1 && any <= 1)))
    const mean = (of: (one: Judged) => number) => members.reduce((sum, one) => sum + of(one), 0) / Math.max(1, members.length)
    return { from, to, n: members.length, said: mean(({ any }) => any), was: mean(({ label }) => (label.kinds.length > 0 ? 1 : 0)) }
  }).filter(({ n }) => n > 0)
}

/** What operators decided (rows) against the likeliest kind of a flagged post, or `none`. */
export function confusionOf(judged: readonly Judged[]): Confusion {
  const names = [...kinds, 'none'] as const
  const table = Object.fromEntries(names.map((row) => [row, Object.fromEntries(names.map((column) => [column, 0]))])) as Record<Kind | 'none', Record<Kind | 'none', number>>
  for (const { label, flagged, likeliest } of judged) for (const row of label.kinds.length > 0 ? label.kinds : (['none'] as const)) table[row][flagged ? likeliest : 'none'] += 1
  return table
}
