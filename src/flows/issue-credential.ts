import { LIST_ENTRIES } from '@kentei/verify/parts'
import type { ClosedAttempt } from '../attempt/attempt.ts'
import { embedProof, withoutClaims } from '../credential/embedded-proof.ts'
import { recordChangeStatement } from '../credential/history/store.ts'
import { awardedAt, type Relation } from '../credential/lineage.ts'
import { drawPlace } from '../credential/lists/store.ts'
import { openBadge, type Predecessor } from '../credential/open-badge.ts'
import { nextReminder } from '../credential/reminder.ts'
import { digestOf, signDocument } from '../credential/sign-credential.ts'
import { insertCredentialStatement, newCredentialRow } from '../credential/store.ts'
import type { CredentialEventRow, CredentialRow } from '../credential/tables.ts'
import type { ExamDefinition } from '../item/bank.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Worker } from '../marketplace/store.ts'
import { certifiedReport, type ScoreReport } from '../scoring/raw-score.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { keyRingOf } from './key-ring.ts'

/** What is to be certified, and how it came about. */
export interface Issue {
  readonly worker: Worker
  readonly attempt: Pick<ClosedAttempt, 'id' | 'locale' | 'bankHash'>
  readonly exam: ExamDefinition
  /** Enough people sat its practical tasks, so that what is said of them rests on data. */
  readonly isPiloted: boolean
  readonly report: ScoreReport
  /** A whole second. */
  readonly issuedAt: Instant
  readonly validUntil: Instant
  readonly before?: { readonly credential: CredentialRow; readonly relation: Relation }
  readonly entry: Pick<CredentialEventRow, 'cause' | 'actor' | 'why'>
}

export interface Issued {
  readonly credential: CredentialRow
  readonly statements: readonly [Statement, Statement]
}

/** What a credential takes over from the one before it. A correction is the same award: it keeps its number of reminders and its place at the marketplace. */
function inherit({ before, issuedAt, validUntil }: Issue) {
  const first = {
    awardedAt: before ? awardedAt(before.credential) : null,
    predecessor: before?.credential.id ?? null,
    relation: before?.relation ?? null,
  }
  if (before?.relation !== 'replaces')
    return { ...first, edition: 1, givenAt: null, remindAt: nextReminder(validUntil, issuedAt) }
  const { edition, givenAt, remindAt } = before.credential
  return { ...first, edition: edition + 1, givenAt, remindAt }
}

/** What a credential says of the one before it. */
const tell = async ({ credential, relation }: NonNullable<Issue['before']>): Promise<Predecessor> => ({
  id: credential.id,
  relation,
  issuedAt: credential.issuedAt,
  awardedAt: awardedAt(credential),
  digest: await digestOf(credential.jwt),
})

/** Signs a credential with a place of its own in the status list. Nothing has happened until the caller runs the statements, which record it and its beginning. */
export async function issueCredential(world: World, issue: Issue): Promise<Issued> {
  const { worker, attempt, exam, isPiloted, report, issuedAt, validUntil, before, entry } = issue
  const { settings } = world
  const place = await drawPlace(world.db, { entries: LIST_ENTRIES, drawBelow: (bound) => world.drawBelow(bound) })
  const id = world.newId('crd')
  const inherited = inherit(issue)
  const issuer = { origin: settings.origin, name: settings.issuerName[attempt.locale] }
  const content = {
    id,
    subject: worker.subject,
    exam,
    isPiloted,
    report: certifiedReport(report),
    issuedAt,
    validUntil,
    status: place,
    issuer,
    locale: attempt.locale,
  }
  const said = {
    identity: worker.identity,
    holder: { ...(worker.isUnnamed ? {} : { name: worker.name }), verified: worker.verified },
    ...(before ? { predecessor: await tell(before) } : {}),
  }
  const ring = await keyRingOf(world)
  const document = openBadge({ ...content, ...said })
  const [jwt, exported] = await Promise.all([
    signDocument(document, ring),
    embedProof(withoutClaims(document), 'badge', ring, issuedAt),
  ])
  const credential = newCredentialRow({
    id,
    attemptId: attempt.id,
    worker: worker.worker,
    exam: exam.id,
    level: exam.level,
    examVersion: exam.version,
    title: exam.title,
    holderName: worker.isUnnamed ? '' : worker.name,
    verified: worker.verified ?? null,
    subject: worker.subject,
    issuedAt,
    validUntil,
    statusList: place.list,
    statusIndex: place.index,
    jwt,
    walletExport: exported ? JSON.stringify(exported) : null,
    bankHash: attempt.bankHash,
    ...inherited,
  })
  const beginning = {
    credential: id,
    version: 1,
    at: issuedAt,
    change: 'issued',
    from: null,
    to: 'active',
    other: inherited.predecessor,
    ...entry,
  } as const
  return {
    credential,
    statements: [insertCredentialStatement(world.db, credential), recordChangeStatement(world.db, beginning)],
  }
}
