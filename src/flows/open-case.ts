import { signalCounts } from '../attempt/process-data/store.ts'
import { findAttempt } from '../attempt/store.ts'
import { requestOf } from '../contract/call.ts'
import { type ModerationReport, reportCase } from '../contract/marketplace.ts'
import { isOpen } from '../credential/credential-status.ts'
import { credentialOfAttempt, findCredential } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import { casesOfCredential, insertCaseStatement } from '../integrity/store.ts'
import { toRfc3339 } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import type { World } from '../world/world.ts'
import { addressTo, enqueue } from './address-messages.ts'
import { changeCredential } from './change-credential-status.ts'
import { noteAct, refuseChange, staffOf } from './note-act.ts'

/** An operator suspects that a certificate was not earned. */
export interface Suspicion {
  readonly session: Session
  /** The rule that may have been broken, in the words of the marketplace's policies. */
  readonly policy: string
  /** For our own people: it stays here. */
  readonly note: string
}

export interface OpenedCase {
  readonly case: string
  readonly credential: string
  readonly status: CredentialRow['status']
  readonly version: number
  /** Whether the certificate was under review already. */
  readonly existing: boolean
}

/**
 * What the marketplace's people get to see: which certificate, and what kinds of things the candidate's browser reported,
 * how often. No score, answer, time within the attempt, attempt id or note: those never leave, and who judges the case may
 * look at them here.
 */
const evidenceOf = async (world: World, credential: CredentialRow): Promise<ModerationReport['evidence']> => ({
  exam: credential.exam,
  level: credential.level,
  issuedAt: toRfc3339(credential.issuedAt),
  url: `${world.settings.origin}/credentials/${credential.id}`,
  signals: await signalCounts(world.db, credential.attemptId),
})

/** Puts the certificate of an attempt under review. An attempt that earned none has nothing that could be told. */
export async function openCaseOnAttempt(
  world: World,
  suspicion: Suspicion & { readonly attempt: string },
): Promise<Result<OpenedCase>> {
  if (suspicion.session.role !== 'operator') return fail({ code: 'forbidden' })
  const attempt = await findAttempt(world.db, suspicion.attempt)
  if (!attempt) return fail({ code: 'not-found' })
  const refused = refuseChange(suspicion.session, attempt.worker, world.now())
  if (refused) return fail(refused)
  const credential = await credentialOfAttempt(world.db, suspicion.attempt)
  if (!credential)
    return fail({
      code: 'conflict',
      detail: 'this attempt earned no certificate: a failure is never told to the marketplace',
    })
  return openCase(world, { ...suspicion, credential: credential.id })
}

/**
 * Puts a certificate under review: it is worth nothing from now on, the marketplace shows that, and its people decide. One
 * case at a time: while a certificate is under review, asking again gives the open case.
 */
export async function openCase(
  world: World,
  { session, credential: id, policy, note }: Suspicion & { readonly credential: string },
): Promise<Result<OpenedCase>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const found = await findCredential(world.db, id)
  if (!found) return fail({ code: 'not-found' })
  const openedAt = world.now()
  const refused = refuseChange(session, found.worker, openedAt)
  if (refused) return fail(refused)
  const own = world.newId('cas')
  const report: ModerationReport = {
    subject: { type: 'credential', id: found.id, worker: found.worker },
    policy,
    automated: false,
    evidence: { ...(await evidenceOf(world, found)), reference: own },
  }
  const [message] = addressTo(world, found.worker, [
    { kind: 'case', request: requestOf(reportCase, { path: {}, body: report }) },
  ])
  if (!message) throw new Error('a report is one message')
  const noted = await noteAct(world, {
    act: 'case.opened',
    actor: staffOf(session),
    ...(found.worker === '' ? {} : { subject: { person: found.worker } }),
    object: own,
    why: note,
    facts: { credential: id, policy },
  })
  const changed = await changeCredential(
    world,
    id,
    { cause: 'case', actor: session.worker, under: session.id, why: own },
    ({ credential, holds }) => {
      if (credential.status !== 'active' && credential.status !== 'suspended')
        return fail({
          code: 'conflict',
          detail: `a credential that is ${credential.status} cannot be put under review`,
        })
      if (holds.some((hold) => isOpen(hold) && hold.cause === 'case')) return ok({ acts: [] })
      const opened = {
        id: own,
        credential: credential.id,
        worker: credential.worker,
        policy,
        note,
        actor: session.worker,
        openedAt,
        message: message.id,
        marketplaceCase: null,
      }
      return ok({
        acts: [{ act: 'hold', cause: 'case', ref: own, since: openedAt }],
        statements: [insertCaseStatement(world.db, opened), enqueue(world, [message], openedAt), ...noted],
      })
    },
  )
  if (!changed.ok) return changed
  const [latest] = await casesOfCredential(world.db, id)
  return ok({
    case: latest?.id ?? own,
    credential: id,
    status: changed.value.status,
    version: changed.value.version,
    existing: latest?.id !== own,
  })
}
