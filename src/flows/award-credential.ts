import type { ClosedAttempt } from '../attempt/attempt.ts'
import { recordChangeStatement } from '../credential/history/store.ts'
import { renewedBy } from '../credential/lineage.ts'
import { wholeSecond } from '../credential/open-badge.ts'
import { countChangeStatement } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import type { Bank } from '../item/bank.ts'
import { plusPeriod } from '../kernel/instant.ts'
import { findWorker } from '../marketplace/store.ts'
import type { ScoreReport } from '../scoring/raw-score.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { issueCredential } from './issue-credential.ts'
import { examShown, isUntried } from './judge-bank.ts'
import { notifyStatements } from './notify-marketplace.ts'
import { signalCredential, situationsOf } from './plan-status-change.ts'

export interface Award {
  readonly credential: CredentialRow
  readonly statements: readonly Statement[]
}

/** Writes into the history of a credential that another one renews it: if it changed meanwhile, the whole batch fails. */
const renewalStatements = (
  world: World,
  { id, status, version }: CredentialRow,
  renewal: CredentialRow,
): Statement[] => [
  recordChangeStatement(world.db, {
    credential: id,
    version: version + 1,
    at: world.now(),
    change: 'renewed',
    from: status,
    to: status,
    cause: 'pass',
    why: renewal.attemptId,
    other: renewal.id,
  }),
  countChangeStatement(world.db, id, version),
]

/**
 * Prepares a credential for a passed attempt: signed, with the statements that record it and tell the marketplace. It renews
 * the one of the same exam that stands, if there is one, which stays valid until its own end. Nothing has happened until the
 * caller runs the statements. Undefined when the worker has been erased.
 */
export async function prepareAward(
  world: World,
  attempt: ClosedAttempt,
  bank: Bank,
  report: ScoreReport,
): Promise<Award | undefined> {
  const worker = await findWorker(world.db, attempt.worker)
  if (!worker || worker.erasedAt !== undefined) return undefined
  const issuedAt = wholeSecond(world.now())
  const validUntil = plusPeriod(issuedAt, bank.exam.validFor)
  const situations = await situationsOf(world, attempt.worker)
  const renewed = renewedBy(
    situations.map(({ credential }) => credential),
    bank.exam.id,
    issuedAt,
  )
  const before = renewed && ({ credential: renewed, relation: 'renews' } as const)
  const entry = { cause: 'pass', actor: '', why: attempt.id } as const
  const { credential, statements } = await issueCredential(world, {
    worker,
    attempt,
    exam: await examShown(world, bank),
    isPiloted: !(await isUntried(world, bank)),
    report,
    issuedAt,
    validUntil,
    entry,
    ...(before ? { before } : {}),
  })
  const bearer = signalCredential([...situations, { credential, holds: [] }], credential)
  const news = {
    credential,
    type: renewed ? 'credential.renewed' : 'credential.issued',
    version: 1,
    signalCredential: bearer,
    more: renewed ? { renews: renewed.id } : {},
  } as const
  return {
    credential,
    statements: [
      ...statements,
      ...(renewed ? renewalStatements(world, renewed, credential) : []),
      ...notifyStatements(world, news),
    ],
  }
}
