import { findAttempt, latestSittings, type Sitting, type StoredAttempt } from '../attempt/store.ts'
import { partResultsOf } from '../credential/part-results.ts'
import { credentialsOfWorker } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import type { ExamDefinition } from '../item/bank.ts'
import type { Instant } from '../kernel/instant.ts'
import type { PartScore } from '../scoring/decide-parts.ts'
import type { World } from '../world/world.ts'

/** The score of a sitting that was graded, for the decision over the parts. */
const scoreOfSitting = ({ part, report, closedAt }: Sitting): PartScore => ({
  part,
  raw: report.part?.raw ?? report.score,
  closedAt,
})

/** The newest certificate of an earlier version of an exam, of one paper, that is valid now. */
const standInAmong = (
  credentials: readonly CredentialRow[],
  exam: ExamDefinition,
  now: Instant,
): CredentialRow | undefined =>
  credentials
    .filter(
      (one) =>
        one.exam === exam.id &&
        one.examVersion < exam.version &&
        one.status === 'active' &&
        one.validUntil > now &&
        partResultsOf(one.jwt).length === 0,
    )
    .sort((a, b) => b.issuedAt - a.issuedAt)[0]

/** What a worker brings to an exam in parts. */
export interface PartHistory {
  readonly sittings: readonly Sitting[]
  readonly credentials: readonly CredentialRow[]
  /** The attempt that earned one of the credentials. */
  readonly attemptOf: (credential: CredentialRow) => Promise<StoredAttempt | undefined>
}

/**
 * The scores that may count for the parts of an exam: the latest sittings, and that of a valid certificate of a version that
 * was one paper, which stands in for knowledge.
 */
export async function partScores(
  exam: ExamDefinition,
  { sittings, credentials, attemptOf }: PartHistory,
  now: Instant,
): Promise<readonly PartScore[]> {
  const scores = sittings.map(scoreOfSitting)
  const credential = standInAmong(credentials, exam, now)
  const sat = credential && (await attemptOf(credential))
  if (!credential || sat?.status !== 'graded') return scores
  const { id, examVersion: version, validUntil } = credential
  const certificate = { id, version, validUntil }
  return [...scores, { part: 'knowledge', raw: sat.report.score, closedAt: sat.closedAt, certificate }]
}

/** The scores of a worker that may count for the parts of an exam. */
export async function readPartScores(
  { db }: World,
  worker: string,
  exam: ExamDefinition,
  now: Instant,
): Promise<readonly PartScore[]> {
  const [sittings, credentials] = await Promise.all([
    latestSittings(db, worker, exam.id),
    credentialsOfWorker(db, worker),
  ])
  return partScores(exam, { sittings, credentials, attemptOf: ({ attemptId }) => findAttempt(db, attemptId) }, now)
}
