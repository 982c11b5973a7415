import type { Statement } from '../../world/database.ts'
import type { KindReason } from '../detector/judge/detector.ts'
import type { Kind } from '../detector/judge/kinds.ts'
import { wholeText } from '../job/job.ts'
import { findJob } from '../job/store.ts'
import type { Case } from '../moderation/case.ts'
import { isMeasure } from '../moderation/decision/actions.ts'
import type { Decision } from '../moderation/decision/store.ts'
import { readText } from '../moderation/memory/fingerprint.ts'
import { outlineOf } from '../moderation/memory/motif.ts'
import { remembering } from '../moderation/memory/store.ts'
import { judgedText } from '../moderation/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

type Words = Parameters<typeof wholeText>[0]

/** The post of a case, or the text that its writer sent anyway, with what the detector said of it; undefined for a post that says something else now. */
async function decidedText(
  world: SandboxWorld,
  { id, kind, ref }: Case,
  { kinds, post }: { readonly kinds: readonly Kind[]; readonly post: Words | undefined },
) {
  const job = kind === 'job' ? await findJob(world.db, ref) : undefined
  if (job && post && wholeText(job) !== wholeText(post)) return undefined
  if (job) return { text: wholeText(job), ...job.assessment }
  const sent = await judgedText(world.db, id, kinds)
  if (!sent) return undefined
  const { evidence: text, band, probability, reasons } = sent
  return { text, band, any: Math.max(0, ...Object.values(probability)), reasons: reasons as KindReason[] }
}

/**
 * Statements by which what was decided about a text is remembered: that it is bad, or that it is good although the
 * detector takes it for something else. They go behind the decision in its batch. Of an earlier decision `post` is what it
 * was about: words that came later are nobody's decision.
 */
export async function rememberDecision(
  world: SandboxWorld,
  known: Case,
  { id, action, kinds }: Pick<Decision, 'id' | 'action' | 'kinds'>,
  post?: Words,
): Promise<Statement[]> {
  const decided = await decidedText(world, known, { kinds, post })
  const good = !isMeasure(action)
  // what is corrected shares most of its words with what was wrong
  if (!decided || action === 'correct' || (good && decided.band === 'publish')) return []
  const { text, any, reasons } = decided
  return remembering(world.db, {
    decision: id,
    subject: known.id,
    person: known.person,
    good,
    kinds: good || kinds.length === 0 ? reasons.map(({ kind }) => kind) : kinds,
    suspicion: any,
    fingerprint: readText(text).hashes,
    outline: good ? null : outlineOf(text),
    at: world.now(),
  })
}
