import type { Act } from '../../audit/entry.ts'
import { awardedAt } from '../../credential/lineage.ts'
import type { CredentialRow } from '../../credential/tables.ts'
import type { AttemptView } from '../../flows/read-attempt.ts'
import type { CredentialHistory, LogPage } from '../../flows/read-log.ts'
import type { ReportView, ResultView } from '../../flows/read-result.ts'
import type { SaveReply } from '../../flows/record-responses.ts'
import type { Locale } from '../../item/item.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import type { PartsDecision } from '../../scoring/decide-parts.ts'
import { taskNote } from '../task-notes.ts'

/** An attempt on the wire. Every reply of the attempt API carries `now` and `deadline`. */
export const describeAttempt = ({
  title: _,
  level: __,
  now,
  startedAt,
  deadline,
  sections,
  tasks,
  // for the page alone: the contract has no such field
  savedAt: _saved,
  ...attempt
}: AttemptView) => ({
  ...attempt,
  // a task is an item in a section of its own
  sections: [
    ...sections,
    ...tasks.map(({ ref, points, task: { minutes: ___, form: ____, ...task } }) => ({
      id: ref,
      title: task.title,
      items: [{ ref, type: 'task' as const, points, ...task }],
    })),
  ],
  now: toRfc3339(now),
  startedAt: toRfc3339(startedAt),
  deadline: toRfc3339(deadline),
})

export const describeSave = ({ now, deadline, results }: SaveReply) => ({
  now: toRfc3339(now),
  deadline: toRfc3339(deadline),
  results,
})

const describeReport = ({ score, band, sections, tasks }: ReportView, locale: Locale) => ({
  score,
  scoreBand: band,
  sections: sections.map(({ id, title, standing }) => ({ id, title, ...(standing ? { standing } : {}) })),
  ...(tasks
    ? {
        tasks: tasks.map(({ ref, title, standing, notes, ...task }) => ({
          ref,
          title,
          ...(standing ? { standing } : {}),
          notes: notes.map((note) => ({
            ...(note.skill === undefined ? {} : { skill: note.skill }),
            text: taskNote(locale, task, note),
          })),
        })),
      }
    : {}),
})

const describeDecision = ({ state, parts }: PartsDecision) => ({
  state,
  parts: parts.map(({ keptUntil, certificate, ...part }) => ({
    ...part,
    ...(certificate === undefined ? {} : { certificate: certificate.id }),
    ...(keptUntil === undefined ? {} : { keptUntil: toRfc3339(keptUntil) }),
  })),
})

/** A result on the wire: only what was written when it was graded, so that every reply is the same to the byte. */
export const describeResult = (result: ResultView) => ({
  status: result.status,
  reason: result.reason,
  exam: result.exam,
  closedAt: toRfc3339(result.closedAt),
  // while a part is open nobody knows
  ...(result.part?.decision.state === 'open' ? {} : { passed: result.passed }),
  ...(result.part ? { part: result.part.id, decision: describeDecision(result.part.decision) } : {}),
  passScore: result.passScore,
  ...(result.report ? describeReport(result.report, result.locale) : {}),
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
