import type { ClosedAttempt } from '../attempt/attempt.ts'
import { wholeSecond } from '../credential/open-badge.ts'
import { signCredential } from '../credential/sign-credential.ts'
import { LIST_ENTRIES } from '../credential/status-list.ts'
import { insertCredentialStatement, openStatusList } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import type { Bank } from '../item/bank.ts'
import { plusPeriod } from '../kernel/instant.ts'
import { findWorker } from '../marketplace/store.ts'
import type { ScoreReport } from '../scoring/score-report.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { keyRingOf } from './key-ring.ts'
import { notifyStatements } from './notify-marketplace.ts'

export interface Award {
  readonly credential: CredentialRow
  readonly statements: readonly Statement[]
}

/**
 * Prepares a credential for a passed attempt: signed, with the statements that record it and tell the marketplace.
 * Nothing has happened until the caller runs them. Undefined when the worker has been erased.
 */
export async function prepareAward(world: World, attempt: ClosedAttempt, bank: Bank, report: ScoreReport): Promise<Award | undefined> {
  const worker = await findWorker(world.db, attempt.worker)
  if (!worker || worker.erasedAt !== undefined) return undefined
  const issuedAt = wholeSecond(world.now())
  const validUntil = plusPeriod(issuedAt, bank.exam.validFor)
  const status = { list: await openStatusList(world.db), index: world.drawBelow(LIST_ENTRIES) }
  const id = world.newId('crd')
  const { settings } = world
  const issuer = { origin: settings.origin, name: settings.issuerName[attempt.locale] }
  const jwt = await signCredential({ id, subject: worker.subject, exam: bank.exam, report, issuedAt, validUntil, status, issuer, locale: attempt.locale }, await keyRingOf(world))
  const fields = {
    id,
    attemptId: attempt.id,
    worker: attempt.worker,
    exam: bank.exam.id,
    level: bank.exam.level,
    examVersion: bank.exam.version,
    title: bank.exam.title,
    holderName: worker.name,
    subject: worker.subject,
    issuedAt,
    validUntil,
    statusList: status.list,
    statusIndex: status.index,
    jwt,
    bankHash: bank.hash,
  }
  const credential: CredentialRow = { ...fields, status: 'active', statusCause: null, statusChangedAt: issuedAt, version: 1, givenAt: null }
  return { credential, statements: [insertCredentialStatement(world.db, fields), ...notifyStatements(world, { credential, type: 'credential.issued', version: 1, signalBearer: credential })] }
}
