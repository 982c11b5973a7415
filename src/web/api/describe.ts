import type { Act } from '../../audit/entry.ts'
import { awardedAt } from '../../credential/lineage.ts'
import type { CredentialRow } from '../../credential/tables.ts'
import type { AttemptView } from '../../flows/read-attempt.ts'
import type { CredentialHistory, LogPage } from '../../flows/read-log.ts'
import type { ReportView, ResultView } from '../../flows/read-result.ts'
import type { SaveReply } from '../../flows/record-responses.ts'
import { toRfc3339 } from '../../kernel/instant.ts'

/** An attempt on the wire. Every reply of the attempt API carries `now` and `deadline`. */
export const describeAttempt = ({ title: _, level: __, now, startedAt, deadline, ...attempt }: AttemptView) => ({
  ...attempt,
  now: toRfc3339(now),
  startedAt: toRfc3339(startedAt),
  deadline: toRfc3339(deadline),
})

export const describeSave = ({ now, deadline, results }: SaveReply) => ({
  now: toRfc3339(now),
  deadline: toRfc3339(deadline),
  results,
})

const describeReport = ({ score, band, sections }: ReportView) => ({
  score,
  scoreBand: band,
  sections: sections.map(({ id, title, standing }) => ({ id, title, ...(standing ? { standing } : {}) })),
})

/** A result on the wire: only what was written when it was graded, so that every reply is the same to the byte. */
export const describeResult = (result: ResultView) => ({
  status: result.status,
  reason: result.reason,
  exam: result.exam,
  closedAt: toRfc3339(result.closedAt),
  passed: result.passed,
  passScore: result.passScore,
  ...(result.report ? describeReport(result.report) : {}),
  ...(result.credential ? { credential: result.credential.id } : {}),
  ...(result.withheld ? { withheld: result.withheld } : {}),
  ...(result.retryAt === undefined ? {} : { retryAt: toRfc3339(result.retryAt) }),
})

/** When a credential's line began, and the one before it. */
export const describeLineage = (credential: CredentialRow) => ({
  awardedAt: toRfc3339(awardedAt(credential)),
  ...(credential.predecessor !== null && credential.relation !== null
    ? { [credential.relation]: credential.predecessor }
    : {}),
})

/** The history of a credential on the wire, the first entry first. */
export const describeHistory = ({ credential, history }: CredentialHistory) => ({
  credential: credential.id,
  status: credential.status,
  version: credential.version,
  ...describeLineage(credential),
  history: history.map(({ version, at, change, from, to, cause, actor, why, other }) => ({
    version,
    at: toRfc3339(at),
    change,
    from,
    to,
    cause,
    actor,
    why,
    ...(other === null ? {} : { other }),
  })),
})

export const describeLog = ({ entries, next }: LogPage) => ({
  // nothing else is ever noted
  entries: entries.map(({ at, act, ...entry }) => ({ ...entry, act: act as Act, at: toRfc3339(at) })),
  ...(next ? { next: `${next.at}.${next.seq}` } : {}),
})
