import type { Statement } from '../../world/database.ts'
import { wholeText } from '../job/job.ts'
import { findJob } from '../job/store.ts'
import type { Case } from '../moderation/case.ts'
import { isMeasure } from '../moderation/decision/actions.ts'
import type { Decision } from '../moderation/decision/store.ts'
import { readText } from '../moderation/memory/fingerprint.ts'
import { remembering } from '../moderation/memory/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/**
 * Statements by which what was decided about a post is remembered: that it is bad, or that it is good although the
 * detector takes it for something else. They go behind the decision in its batch.
 */
export async function rememberDecision(
  world: SandboxWorld,
  known: Case,
  { id, action, kinds }: Pick<Decision, 'id' | 'action' | 'kinds'>,
): Promise<Statement[]> {
  const job = known.kind === 'job' ? await findJob(world.db, known.ref) : undefined
  const good = !isMeasure(action)
  if (!job || (good && job.assessment.band === 'publish')) return []
  const { any, reasons } = job.assessment
  return remembering(world.db, {
    decision: id,
    subject: known.id,
    person: known.person,
    good,
    kinds: good ? reasons.map(({ kind }) => kind) : kinds,
    suspicion: any,
    fingerprint: readText(wholeText(job)).hashes,
    at: world.now(),
  })
}
