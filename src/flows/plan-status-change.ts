import type { Machine } from '../audit/entry.ts'
import {
  afterActs,
  type CredentialStatus,
  type Hold,
  type StatusAct,
  type StatusCause,
} from '../credential/credential-status.ts'
import { recordChangeStatement } from '../credential/history/store.ts'
import {
  changeStatusStatement,
  countChangeStatement,
  credentialsOfWorker,
  holdStatement,
  holdsOf,
} from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import type { CredentialId } from '../kernel/id.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { noteAct } from './note-act.ts'
import { notifyStatements } from './notify-marketplace.ts'

/** A credential and everything that holds it or once did. */
export interface Situation {
  readonly credential: CredentialRow
  readonly holds: readonly Hold[]
}

/** All credentials of a worker as they stand, the newest first. */
export async function situationsOf(world: World, worker: string): Promise<Situation[]> {
  const credentials = await credentialsOfWorker(world.db, worker)
  const holds = await holdsOf(
    world.db,
    credentials.map(({ id }) => id),
  )
  return credentials.map((credential) => ({ credential, holds: holds.get(credential.id) ?? [] }))
}

/** Why a status changes, and who decided it; kept beside the change. */
export interface StatusDecision {
  readonly cause: StatusCause
  readonly actor?: string
  /** The session in which an operator decides. */
  readonly under?: string
  readonly why?: string
  /** The credential that is issued in place of this one. */
  readonly other?: CredentialId
}

/** What shall happen to one credential. */
export interface StatusChange {
  readonly id: string
  readonly acts: readonly StatusAct[]
}

const changeTo = {
  active: 'reinstated',
  suspended: 'suspended',
  revoked: 'revoked',
  expired: 'expired',
} as const satisfies Record<CredentialStatus, string>

interface Planned {
  readonly before: Situation
  readonly after: Situation
  readonly acts: readonly StatusAct[]
}

function plan(before: Situation, acts: readonly StatusAct[]): Planned {
  const { credential } = before
  const { standing, holds } = afterActs(
    { status: credential.status, cause: credential.statusCause },
    before.holds,
    acts,
  )
  return {
    before,
    acts,
    after: { credential: { ...credential, status: standing.status, statusCause: standing.cause }, holds },
  }
}

const isChanged = ({ before, after }: Planned): boolean =>
  JSON.stringify(before.holds) !== JSON.stringify(after.holds) || before.credential.status !== after.credential.status

/** Which certificate of an exam the ranking goes by: of the active ones that the marketplace has, the one that ends last. */
export const signalCredential = (all: readonly Situation[], of: CredentialRow): CredentialRow | undefined =>
  all
    .map(({ credential }) => credential)
    .filter(
      ({ id, exam, status, givenAt }) => exam === of.exam && status === 'active' && (id === of.id || givenAt !== null),
    )
    .sort((a, b) => b.validUntil - a.validUntil)[0]

/**
 * The statements of changes to a worker's credentials; none where nothing changes. Each change is written down under its
 * version, which is unique: what was decided on the same version, be it about a hold or the status, fails its whole batch.
 */
export async function statusStatements(
  world: World,
  situations: readonly Situation[],
  changes: readonly StatusChange[],
  decision: StatusDecision,
): Promise<Statement[]> {
  const planned = situations.map((before) =>
    plan(before, changes.find(({ id }) => id === before.credential.id)?.acts ?? []),
  )
  const all = planned.map(({ after }) => after)
  const statements = planned.filter(isChanged).map(async (one) => {
    const { id, status } = one.before.credential
    const to = one.after.credential.status
    const holds = one.acts.map((act) => holdStatement(world.db, id, act)).filter((statement) => statement !== undefined)
    // what has ended is not versioned any more; a hold on it ends all the same
    if (to === status && (to === 'revoked' || to === 'expired')) return holds
    const more = decision.other ? { replacedBy: decision.other } : {}
    const news = {
      credential: one.after.credential,
      type: `credential.${changeTo[to]}`,
      version: one.before.credential.version + 1,
      signalCredential: signalCredential(all, one.after.credential),
      more,
    } as const
    return [
      ...(await writeChange(world, one, decision)),
      ...holds,
      ...(to === status ? [] : notifyStatements(world, news)),
    ]
  })
  return (await Promise.all(statements)).flat()
}

/** Who decides where no operator does. */
const deciderOf = ({ cause }: StatusDecision): Machine =>
  cause === 'standing' || cause === 'case' ? 'marketplace' : 'kentei'

/** The change in the history, in the credential itself and in the log of acts. */
async function writeChange(
  world: World,
  { before, after }: Planned,
  decision: StatusDecision,
): Promise<readonly Statement[]> {
  const { id, worker, exam, status: from, version } = before.credential
  const { status: to, statusCause } = after.credential
  const now = world.now()
  const changed = to === from ? 'held' : changeTo[to]
  const { under: _, ...told } = decision
  const entry = { ...told, credential: id, version: version + 1, at: now, change: changed, from, to } as const
  // an active one that stays active has no state to come from
  const change =
    to === from && to === 'active'
      ? countChangeStatement(world.db, id, version)
      : changeStatusStatement(world.db, { id, to, cause: statusCause, at: now, expectedVersion: version })
  const noted = await noteAct(world, {
    act: `credential.${changed}`,
    actor:
      decision.actor === undefined
        ? deciderOf(decision)
        : { person: decision.actor, ...(decision.under === undefined ? {} : { under: decision.under }) },
    ...(worker === '' ? {} : { subject: { person: worker } }),
    object: id,
    ...(decision.why ? { why: decision.why } : {}),
    facts: { exam, cause: decision.cause, from, to },
  })
  return [recordChangeStatement(world.db, entry), change, ...noted]
}
