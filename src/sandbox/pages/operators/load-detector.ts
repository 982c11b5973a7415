import { parseRfc3339 } from '../../../kernel/instant.ts'
import type { Judged } from '../../detector/judge/calibration.ts'
import { type Tested, testedOn } from '../../detector/judge/figures.ts'
import { kinds } from '../../detector/judge/kinds.ts'
import { findJob } from '../../job/store.ts'
import { type Label, latestLabels } from '../../moderation/label/store.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'

const MOST_LABELS = 500

export interface Decisions {
  /** Posts that operators decided, and what the detector had said of them: only posts that came up. */
  readonly judged: number
  readonly tested: Tested
  /** Decisions from which the model in use has not learnt, the latest first. */
  readonly unlearnt: readonly Label[]
}

/** What the detector had said of a post that was decided; undefined for a post that is gone. */
async function saidOf(world: SandboxWorld, { job: id }: Label): Promise<Judged | undefined> {
  const job = await findJob(world.db, id)
  return (
    job && {
      kinds: kinds.map((kind) => job.assessment.probability[kind]),
      any: job.assessment.any,
      band: job.assessment.band,
    }
  )
}

/** Compares what operators decided lately with what the detector had said. */
export async function loadDecisions(world: SandboxWorld): Promise<Decisions> {
  const labels = await latestLabels(world.db, MOST_LABELS)
  const pairs = (await Promise.all(labels.map(async (label) => ({ label, said: await saidOf(world, label) })))).flatMap(
    ({ label, said }) => (said ? [{ label, said }] : []),
  )
  const learntUntil = parseRfc3339(world.detectorModel?.trainedOn.decidedUntil ?? '') ?? Number.NEGATIVE_INFINITY
  return {
    judged: pairs.length,
    tested: testedOn(
      pairs.map(({ label }) => label),
      pairs.map(({ said }) => said),
    ),
    unlearnt: labels.filter(({ at }) => at > learntUntil).toReversed(),
  }
}
