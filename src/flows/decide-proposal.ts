import { approveProposal, closeProposal, findProposal, type Proposal, rollBack } from '../item/publishing/store.ts'
import { hasWritten, readSourceTexts } from '../item/source/store.ts'
import { findBank, publishedVersions } from '../item/store.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import type { World } from '../world/world.ts'
import { noteActIfDone, oldLaunch, staffOf } from './note-act.ts'
import { refuseUsedNumbers } from './refuse-used-numbers.ts'
import { showKeys } from './show-keys.ts'

export interface Decision {
  readonly session: Session
  readonly proposal: string
  /** Needed to return a proposal; welcome otherwise. */
  readonly why: string
}

const mayDecide = ({ role }: Session): boolean => role === 'author' || role === 'operator'

async function findWaiting(world: World, { session, proposal }: Decision): Promise<Result<Proposal>> {
  if (!mayDecide(session)) return fail({ code: 'forbidden' })
  const found = await findProposal(world.db, proposal)
  if (!found) return fail({ code: 'not-found' })
  return found.decision
    ? fail({ code: 'conflict', detail: `it was ${found.decision.status} by ${found.decision.by}` })
    : ok(found)
}

/** Whether a person handed a version in, or wrote of what was: somebody else decides then. */
export const isOwnProposal = async (world: World, { by, hash }: Proposal, person: string): Promise<boolean> =>
  by === person || hasWritten(world.db, hash, person)

/** Whoever hands in or decides is the actor; the other person of a proposal is whom a decision is about. */
const noteDecision = (
  world: World,
  act: 'exam.approved' | 'exam.returned' | 'exam.withdrawn',
  { id, by, exam, version, hash }: Proposal,
  { session, why }: Decision,
) =>
  noteActIfDone(world, {
    act,
    actor: staffOf(session),
    subject: { person: by },
    object: id,
    why,
    facts: { exam, version, hash },
  })

/**
 * Publishes what another person proposed. `against` is the hash of the version that was live when the two were compared
 * (empty for none): when something else went live since, there is a new comparison to look at first.
 */
export async function approveExam(
  world: World,
  call: Decision & { readonly against: string },
): Promise<Result<Proposal>> {
  const found = await findWaiting(world, call)
  if (!found.ok) return found
  const by = call.session.worker
  if (await isOwnProposal(world, found.value, by)) return fail({ code: 'own-proposal' })
  const refused = oldLaunch(call.session, world.now())
  if (refused) return fail(refused)
  // whoever approves answers for having looked, by whatever door
  const bank = await findBank(world.db, found.value.hash)
  const shown = await showKeys(world, by, bank ? [bank] : [])
  if (!shown.ok) return shown
  const { exam, hash } = found.value
  // before the numbers are looked at: whatever goes live after that changes it
  const [live] = await publishedVersions(world.db, exam, 1)
  const used = bank && (await refuseUsedNumbers(world, bank, () => readSourceTexts(world.db, hash)))
  if (used) return fail(used)
  const noted = await noteDecision(world, 'exam.approved', found.value, call)
  const done = await approveProposal(
    world.db,
    {
      proposal: found.value,
      publication: world.newId('pub'),
      by,
      why: call.why,
      at: world.now(),
      against: call.against,
      liveSince: live?.publishedAt,
    },
    noted,
  )
  return done
    ? found
    : fail({ code: 'conflict', detail: 'another version went live, or somebody else decided; compare again' })
}

/** Gives another person's proposal back, who learns why. */
export async function returnProposal(world: World, call: Decision): Promise<Result<Proposal>> {
  const found = await findWaiting(world, call)
  if (!found.ok) return found
  if (await isOwnProposal(world, found.value, call.session.worker)) return fail({ code: 'own-proposal' })
  return closed(world, found.value, call, 'returned')
}

/** Takes one's own proposal back. */
export async function withdrawProposal(world: World, call: Decision): Promise<Result<Proposal>> {
  const found = await findWaiting(world, call)
  if (!found.ok) return found
  if (found.value.by !== call.session.worker) return fail({ code: 'forbidden' })
  return closed(world, found.value, call, 'withdrawn')
}

async function closed(
  world: World,
  proposal: Proposal,
  call: Decision,
  status: 'returned' | 'withdrawn',
): Promise<Result<Proposal>> {
  const noted = await noteDecision(world, `exam.${status}`, proposal, call)
  const done = await closeProposal(
    world.db,
    { id: proposal.id, status, by: call.session.worker, why: call.why, at: world.now() },
    noted,
  )
  return done ? ok(proposal) : fail({ code: 'conflict', detail: 'somebody else decided meanwhile; look again' })
}

export interface RollBackRequest {
  readonly session: Session
  readonly exam: string
  /** Of a version that was live before. */
  readonly hash: string
  readonly why: string
  /** Of the version that was live when the operator looked. */
  readonly against?: string | undefined
}

/** Makes an earlier version live again: it had its approval then, so one operator is enough. Attempts that are open keep theirs. */
export async function rollBackExam(
  world: World,
  { session, exam, hash, why, against }: RollBackRequest,
): Promise<Result<{ readonly hash: string }>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const refused = oldLaunch(session, world.now())
  if (refused) return fail(refused)
  const noted = await noteActIfDone(world, {
    act: 'exam.rolled-back',
    actor: staffOf(session),
    object: exam,
    why,
    facts: { hash },
  })
  const done = await rollBack(
    world.db,
    { id: world.newId('pub'), exam, hash, by: session.worker, why, at: world.now(), against },
    noted,
  )
  return done
    ? ok({ hash })
    : fail({ code: 'conflict', detail: 'this version was never live, or another one went live; look again' })
}
