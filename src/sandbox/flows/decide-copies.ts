import { findJob, jobsSayingTheSame } from '../job/store.ts'
import type { Case } from '../moderation/case.ts'
import { findCase, readQueue } from '../moderation/store.ts'
import type { Person } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { type Decided, decideSubject, type Verdict } from './decide-subject.ts'

/** Of what waits the most urgent so many are looked through. */
const MOST_LOOKED_THROUGH = 100

/** Other cases that nobody has decided, about posts that say word for word the same, for the same pay in the same category. Each is read before its post is: what is rewritten afterwards is another version. */
export async function waitingCopies(world: SandboxWorld, known: Case): Promise<Case[]> {
  const job = known.kind === 'job' ? await findJob(world.db, known.ref) : undefined
  if (!job) return []
  const queue = { statuses: ['open'], kind: 'job', after: undefined, limit: MOST_LOOKED_THROUGH } as const
  const waiting = (await readQueue(world.db, queue)).filter(({ id }) => id !== known.id)
  const same = new Set(
    await jobsSayingTheSame(
      world.db,
      job,
      waiting.map(({ ref }) => ref),
    ),
  )
  return waiting.filter(({ ref }) => same.has(ref))
}

/**
 * Decides a case, and in the same words those about the same post. Each is a decision of its own, which its poster can
 * appeal against; one that somebody else has taken, or that has changed since it was found to be the same, is left.
 */
export async function decideWithCopies(
  world: SandboxWorld,
  operator: Person,
  id: string,
  verdict: Verdict,
): Promise<Outcome<Decided>> {
  const known = await findCase(world.db, id)
  const copies = known ? await waitingCopies(world, known) : []
  const decided = await decideSubject(world, operator, id, verdict)
  if (!decided.ok) return decided
  for (const { id: copy, version } of copies) await decideSubject(world, operator, copy, { ...verdict, version })
  return decided
}
