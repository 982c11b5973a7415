import type { Standing } from '../../contract/marketplace.ts'
import { fail, ok } from '../../kernel/result.ts'
import { forgetReplies } from '../../platform/http/replay/store.ts'
import type { Statement } from '../../world/database.ts'
import { forgetContractNotes } from '../escrow/store.ts'
import { forgetEvidence } from '../evidence/store.ts'
import { forgetInvitations } from '../job/invitation/store.ts'
import { forgetDecisions, standingByMeasures } from '../moderation/decision/store.ts'
import { forgetWriter } from '../moderation/memory/store.ts'
import { forgetReports } from '../moderation/report/store.ts'
import { forgetSecondReasons } from '../moderation/second/store.ts'
import { forgetCaseNotes } from '../moderation/store.ts'
import { forgetNotifications, forgetWeeklyNotices } from '../notification/store.ts'
import { forgetIntroduction } from '../people/introduction/store.ts'
import { forgetPayee } from '../people/payout/store.ts'
import { forgetSamples } from '../people/sample/store.ts'
import {
  announceStanding,
  endSessions,
  erasure,
  findWorker,
  raiseStanding,
  type Standee,
  type StandingChoice,
  settleStanding,
  standingChange,
} from '../people/store.ts'
import type { StandingStatus, Worker } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import { forgetBlockNotes } from '../review/block/store.ts'
import { forgetFirstReviews } from '../review/first/store.ts'
import { forgetHiddenNotes } from '../review/hidden/store.ts'
import { forgetReviewTexts } from '../review/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { forgetDraws } from '../search/newcomers/store.ts'
import { forgetIndexedWords } from '../search/store.ts'

/** A worker who exists and was not erased. */
export async function requireWorker(world: SandboxWorld, id: string): Promise<Outcome<Worker>> {
  const worker = await findWorker(world.db, id)
  if (!worker) return fail({ code: 'not-found' })
  return worker.erasedAt === null ? ok(worker) : fail({ code: 'worker-erased' })
}

/**
 * Decides a worker's standing and announces it, in one transaction. Deciding the same again announces it again. A standing
 * that a decision of moderation imposes ends with that decision and not before, whoever presses the button.
 */
export async function changeStanding(
  world: SandboxWorld,
  id: string,
  status: StandingStatus,
): Promise<Outcome<Standing>> {
  const worker = await requireWorker(world, id)
  if (!worker.ok) return worker
  const event = { id: world.newId('evt'), type: 'worker.standing_changed', worker: id, now: world.now() } as const
  const [changed] = (await world.db.batch([
    standingChange(world.db, id, status, standingByMeasures(id)),
    announceStanding(world.db, event),
  ])) as [Standing[], unknown]
  if (changed[0]) return ok(changed[0])
  // the version that stands was announced once more, which changes nothing
  const now = await requireWorker(world, id)
  return now.ok
    ? fail({
        code: 'wrong-state',
        state: now.value.standing,
        detail: 'A decision of moderation keeps this standing; it ends with its time, an appeal or a reinstatement',
      })
    : now
}

/** Announces a worker's standing; those of clients concern nobody outside. */
const announced = (world: SandboxWorld, { kind, id }: Standee): Statement[] =>
  kind === 'worker'
    ? [
        announceStanding(world.db, {
          id: world.newId('evt'),
          type: 'worker.standing_changed',
          worker: id,
          now: world.now(),
        }),
      ]
    : []

/** Statements that make a standing worse, for the batch of the decision. */
export const standingRaise = (world: SandboxWorld, who: Standee, to: 'restricted' | 'suspended'): Statement[] => [
  raiseStanding(world.db, who, to),
  ...announced(world, who),
]

/** Statements that let a standing return, for the batch that ends the measure. */
export const standingReturn = (
  world: SandboxWorld,
  who: Standee,
  change: { readonly from: 'restricted' | 'suspended'; readonly to: StandingChoice },
): Statement[] => [settleStanding(world.db, who, change), ...announced(world, who)]

/** Statements that leave nothing of a person but a number: what they wrote, what was written about them, what was certified, who they were. */
const forgetting = async ({ db }: SandboxWorld, id: string): Promise<Statement[]> => [
  endSessions(db, id),
  ...forgetPayee(db, id),
  forgetIntroduction(db, id),
  forgetSamples(db, id),
  ...forgetEvidence(db, id),
  ...forgetDraws(db, id),
  ...forgetReviewTexts(db, id),
  forgetFirstReviews(db, id),
  ...forgetHiddenNotes(db, id),
  forgetBlockNotes(db, id),
  ...forgetContractNotes(db, id),
  forgetNotifications(db, id),
  forgetWeeklyNotices(db, id),
  forgetInvitations(db, id),
  ...forgetReports(db, id),
  forgetCaseNotes(db, id),
  ...forgetDecisions(db, id),
  forgetSecondReasons(db, id),
  ...(await forgetWriter(db, id)),
  forgetIndexedWords(db),
]

/** Forgets a worker for good and announces it, in one transaction, and then the answers that are kept for repeated requests. Books, contracts and cases stay, about a number that names nobody. */
export async function eraseWorker(world: SandboxWorld, id: string): Promise<Outcome<{ readonly version: number }>> {
  const worker = await requireWorker(world, id)
  if (!worker.ok) return worker
  const event = { id: world.newId('evt'), type: 'worker.deleted', worker: id, now: world.now() } as const
  const statements = [
    erasure(world.db, id, world.now()),
    ...(await forgetting(world, id)),
    announceStanding(world.db, event),
  ] as const
  const [erased] = (await world.db.batch(statements)) as [{ version: number }[], ...unknown[]]
  await forgetReplies(world.db, world.now())
  return erased[0] ? ok(erased[0]) : fail({ code: 'worker-erased' })
}
