import { noteOnceStatement } from '../callback/store.ts'
import { type CredentialStatus, mayBecome, mayTakeOver, type StatusCause } from '../credential/credential-status.ts'
import { changeStatusStatement, expiredCandidates, findCredential } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { CredentialEventType } from '../marketplace/contract.ts'
import { isUniqueViolation, type Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { notifyStatements } from './notify-marketplace.ts'

const eventOf = (to: CredentialStatus): CredentialEventType =>
  to === 'active' ? 'credential.reinstated' : to === 'suspended' ? 'credential.suspended' : to === 'revoked' ? 'credential.revoked' : 'credential.expired'

/** Why a status changes, and who decided it; kept beside the change. */
export interface StatusDecision {
  readonly cause: StatusCause
  readonly actor?: string
  readonly why?: string
}

/** An operator's decision on one credential. */
export interface OperatorDecision {
  readonly id: string
  readonly actor: string
  readonly why: string
}

const byOperator = ({ actor, why }: OperatorDecision): StatusDecision => ({ cause: 'operator', actor, why })

/**
 * The statements of one change. The first notes the change under its version and is unique: a second change that was
 * decided on the same version fails its whole batch.
 */
export function changeStatements(world: World, credential: CredentialRow, to: CredentialStatus, decision: StatusDecision): [Statement, ...Statement[]] {
  const version = credential.version + 1
  const now = world.now()
  return [
    noteOnceStatement(world.db, { id: `status:${credential.id}:${version}`, type: eventOf(to), data: decision }, now),
    changeStatusStatement(world.db, { id: credential.id, to, cause: decision.cause, at: now, expectedVersion: credential.version }),
    ...notifyStatements(world, credential, eventOf(to), version),
  ]
}

async function changeStatus(world: World, id: string, to: CredentialStatus, decision: StatusDecision): Promise<Result<CredentialRow>> {
  for (;;) {
    const credential = await findCredential(world.db, id)
    if (!credential) return fail({ code: 'not-found' })
    const takesOver = mayTakeOver(credential, to, decision.cause)
    if (credential.status === to && !takesOver) return ok(credential)
    if (!takesOver && !mayBecome(credential.status, to)) return fail({ code: 'conflict', detail: `a credential that is ${credential.status} cannot become ${to}` })
    try {
      await world.db.batch(changeStatements(world, credential, to, decision))
      return ok({ ...credential, status: to, version: credential.version + 1 })
    } catch (error) {
      // somebody changed it first: look again
      if (!isUniqueViolation(error)) throw error
    }
  }
}

/** Takes a credential's worth away for the time being: the ranking signal first, then the badge shows it. */
export const suspendCredential = (world: World, decision: OperatorDecision): Promise<Result<CredentialRow>> => changeStatus(world, decision.id, 'suspended', byOperator(decision))

/** Gives it back. */
export const reinstateCredential = (world: World, decision: OperatorDecision): Promise<Result<CredentialRow>> => changeStatus(world, decision.id, 'active', byOperator(decision))

/** Takes it away for good, after a person's final decision. */
export const revokeCredential = (world: World, decision: OperatorDecision): Promise<Result<CredentialRow>> => changeStatus(world, decision.id, 'revoked', byOperator(decision))

/** Marks what has ended as expired and tells the marketplace. @returns how many. */
export async function expireCredentials(world: World): Promise<number> {
  let expired = 0
  for (;;) {
    const page = await expiredCandidates(world.db, world.now(), 50)
    for (const credential of page) if ((await changeStatus(world, credential.id, 'expired', { cause: 'time' })).ok) expired += 1
    if (page.length < 50) return expired
  }
}
