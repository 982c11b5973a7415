import { type Cohort, type FirstReviews, nextBelief } from '@kentei/marketplace/estimator'
import { type Instant, toRfc3339 } from '../../kernel/instant.ts'
import { beliefsOf, findVersion, insertBelief } from '../evidence/belief/store.ts'
import { categories } from '../people/worker.ts'
import { type FirstReviewCount, firstReviewCountsOf } from '../review/first/store.ts'
import { readNorms } from '../review/store.ts'
import { axes, type ReviewNorms } from '../review/totals.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { standardScore } from '../search/quality.ts'

/** The month of an instant, `2026-11`, by UTC. */
const monthOf = (at: Instant): string => toRfc3339(at).slice(0, 7)

/** A cohort's counts in the unit in which an exam is judged. */
export function firstReviewsOf(counts: readonly FirstReviewCount[], cohort: Cohort, norms: ReviewNorms): FirstReviews {
  const of = (n: number) => counts.find((count) => count.cohort === cohort && count.n === n)
  const people = (n: number) => of(n)?.people ?? 0
  const sum = (n: number) => {
    const [counted, stars] = [people(n), of(n)?.stars ?? 0]
    return counted === 0 ? 0 : counted * standardScore(stars / (axes.length * n * counted), norms)
  }
  return { people: [people(1), people(2), people(3)], sums: [sum(1), sum(2), sum(3)] }
}

/** The newest version of an exam, and those whose reviews it is judged by. */
export async function judgedVersions(db: SandboxWorld['db'], exam: string, now: Instant) {
  const { version, isFirst } = await findVersion(db, exam, now)
  // who began before the first badge told of a version began with that version
  return { version, versions: [...(isFirst ? [''] : []), ...(version === null ? [] : [version])] }
}

/** Judges one exam anew unless it was this month; false when it was. A clock that was set back makes no month anew. */
async function turnBelief(world: SandboxWorld, exam: string, norms: ReviewNorms): Promise<boolean> {
  const { db } = world
  const now = world.now()
  const month = monthOf(now)
  const [previous] = await beliefsOf(db, exam, 1)
  if (previous && previous.month >= month) return false
  const { version, versions } = await judgedVersions(db, exam, now)
  const counts = await firstReviewCountsOf(db, { exam, versions })
  const reviews = {
    certified: firstReviewsOf(counts, 'certified', norms),
    other: firstReviewsOf(counts, 'other', norms),
  }
  const belief = nextBelief(previous, { reviews, version })
  const since = previous && previous.state === belief.state ? previous.since : now
  return insertBelief(db, { exam, month, since, ...belief })
}

/**
 * Judges once a month whether each exam predicts how its holders work, from what clients said of newcomers. Months in
 * which nobody looked are left out: what was believed before held in them.
 */
export async function turnBeliefs(world: SandboxWorld): Promise<number> {
  const norms = await readNorms(world.db)
  if (!norms) return 0
  let turned = 0
  for (const exam of categories) turned += Number(await turnBelief(world, exam, norms))
  return turned
}
