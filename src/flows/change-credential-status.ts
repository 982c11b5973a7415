import { isHeldBy, mayBecome, type StatusAct } from '../credential/credential-status.ts'
import { expiredCandidates, findCredential } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import { isUniqueViolation, type Statement } from '../world/database.ts'
import { type Budget, noLimit, type World } from '../world/world.ts'
import { refuseChange } from './note-act.ts'
import { type Situation, type StatusDecision, situationsOf, statusStatements } from './plan-status-change.ts'

/** What to do about a credential as it stands: acts, and whatever else belongs into the same batch. */
export interface Course {
  readonly acts: readonly StatusAct[]
  readonly statements?: readonly Statement[]
  /** A credential that the statements issue to the same holder. */
  readonly issued?: CredentialRow
}

/**
 * Does to a credential what `judge` says about it as it stands, in one batch. When somebody changed it first, it is looked
 * at and judged again. The first of further statements must be unique where the acts may come to nothing.
 */
export async function changeCredential(
  world: World,
  id: string,
  decision: StatusDecision,
  judge: (situation: Situation) => Result<Course> | Promise<Result<Course>>,
): Promise<Result<CredentialRow>> {
  for (;;) {
    const found = await findCredential(world.db, id)
    // one whose holder was erased stands alone
    const situations = !found
      ? []
      : found.worker === ''
        ? [{ credential: found, holds: [] }]
        : await situationsOf(world, found.worker)
    const situation = situations.find(({ credential }) => credential.id === id)
    if (!situation) return fail({ code: 'not-found' })
    const judged = await judge(situation)
    if (!judged.ok) return judged
    const { acts, statements = [], issued } = judged.value
    const all = issued ? [...situations, { credential: issued, holds: [] }] : situations
    const changes = await statusStatements(
      world,
      all,
      [{ id, acts }],
      issued ? { ...decision, other: issued.id } : decision,
    )
    const [first, ...rest] = [...changes, ...statements]
    if (!first) return ok(situation.credential)
    try {
      await world.db.batch([first, ...rest])
      return ok((await findCredential(world.db, id)) ?? situation.credential)
    } catch (error) {
      // somebody changed it first: look again
      if (!isUniqueViolation(error)) throw error
    }
  }
}

/** An operator's decision on one credential. */
export interface OperatorDecision {
  readonly session: Session
  readonly id: string
  readonly why: string
}

/** Changes a credential by an operator's decision: never by its holder's, and soon after a launch. */
async function decideOn(
  world: World,
  { session, id, why }: OperatorDecision,
  judge: (situation: Situation) => Result<Course>,
): Promise<Result<CredentialRow>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  return changeCredential(
    world,
    id,
    { cause: 'operator', actor: session.worker, under: session.id, why },
    (situation) => {
      const refused = refuseChange(session, situation.credential.worker, world.now())
      return refused ? fail(refused) : judge(situation)
    },
  )
}

const refuse = (credential: CredentialRow, to: string) =>
  fail({ code: 'conflict' as const, detail: `a credential that is ${credential.status} cannot become ${to}` })

/** Takes a credential's worth away for the time being: the ranking signal first, then the badge shows it. */
export const suspendCredential = (world: World, decision: OperatorDecision): Promise<Result<CredentialRow>> =>
  decideOn(world, decision, ({ credential }) => {
    if (credential.status !== 'suspended' && !mayBecome(credential.status, 'suspended'))
      return refuse(credential, 'suspended')
    return ok({ acts: [{ act: 'hold', cause: 'operator', ref: '', since: world.now() }] })
  })

/** Lifts an operator's suspension. The credential stays suspended while anything else holds it. */
export const reinstateCredential = (world: World, decision: OperatorDecision): Promise<Result<CredentialRow>> =>
  decideOn(world, decision, ({ credential, holds }) => {
    if (credential.status === 'active') return ok({ acts: [] })
    if (credential.status !== 'suspended') return refuse(credential, 'active')
    if (!isHeldBy(holds, 'operator'))
      return fail({
        code: 'conflict',
        detail: `no operator suspended this credential: it is held by the ${credential.statusCause}`,
      })
    return ok({ acts: [{ act: 'lift', cause: 'operator', ref: '', until: world.now() }] })
  })

/** Takes it away for good, after a person's final decision. One that was corrected is gone already: what stands is the correction. */
export const revokeCredential = (world: World, decision: OperatorDecision): Promise<Result<CredentialRow>> =>
  decideOn(world, decision, ({ credential }) => {
    if (credential.statusCause === 'replaced')
      return fail({
        code: 'conflict',
        detail: 'this credential was corrected: decide on the one that stands in for it',
      })
    return ok({ acts: [{ act: 'revoke', cause: 'operator' }] })
  })

const EXPIRED_AT_ONCE = 50
/** Statements that one change asks at most. */
const MOST_PER_CHANGE = 30

/** Marks what has ended as expired and tells the marketplace, as far as the budget goes. @returns how many. */
export async function expireCredentials(world: World, budget: Budget = noLimit): Promise<number> {
  let expired = 0
  while (budget.left() > MOST_PER_CHANGE) {
    const page = await expiredCandidates(world.db, world.now(), EXPIRED_AT_ONCE)
    const before = expired
    for (const { id } of page) {
      if (budget.left() < MOST_PER_CHANGE) break
      if ((await changeCredential(world, id, { cause: 'time' }, () => ok({ acts: [{ act: 'expire' }] }))).ok)
        expired += 1
    }
    if (page.length < EXPIRED_AT_ONCE || expired === before) break
  }
  return expired
}
