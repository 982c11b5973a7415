import type { Form } from '../form/form.ts'
import type { ExamDefinition, PartId } from '../item/bank.ts'
import type { Locale } from '../item/item.ts'
import type { AttemptId, CredentialId, LeaseId } from '../kernel/id.ts'
import { type Duration, type Instant, instant, milliseconds, plus, seconds } from '../kernel/instant.ts'
import type { Problem } from '../kernel/problem.ts'

/** How long after the deadline a save still counts: the time it may have spent on the way. */
export const NETWORK_SLACK: Duration = seconds(3)

export type CloseReason = 'submitted' | 'deadline' | 'withdrawn' | 'voided'

/** Whether a paper ran its course. One that was withdrawn or voided is scored for the statistics, never passes and shows no score. */
export const ranItsCourse = (reason: CloseReason): boolean => reason === 'submitted' || reason === 'deadline'

interface AttemptFacts {
  readonly id: AttemptId
  readonly worker: string
  readonly exam: string
  /** The part of the exam that is sat; absent where one paper is the whole exam. */
  readonly part?: PartId
  readonly bankHash: string
  readonly locale: Locale
  readonly form: Form
  readonly startedAt: Instant
  readonly deadline: Instant
  readonly timeMultiplier: number
  /** Number of events so far; the next event takes this as its `seq`, plus one. */
  readonly version: number
}

export interface OpenAttempt extends AttemptFacts {
  readonly status: 'open'
  /** Names the tab that may write. */
  readonly lease: LeaseId
}

export interface ClosedAttempt extends AttemptFacts {
  readonly status: 'closed'
  readonly reason: CloseReason
  readonly closedAt: Instant
}

export interface GradedAttempt<Report = unknown> extends AttemptFacts {
  readonly status: 'graded'
  readonly reason: CloseReason
  readonly closedAt: Instant
  readonly gradedAt: Instant
  readonly report: Report
  readonly credential?: CredentialId
  /** Where its work is, once that has left the database. */
  readonly archived?: Archived
}

/** Where the work of an attempt is that is in the archive, and what pages show of it without reading it. */
export interface Archived {
  /** Of its file. */
  readonly name: string
  /** Of what is in the file, hexadecimal. */
  readonly sha256: string
  /** Items with an answer. */
  readonly answered: number
  readonly savedAt: number | null
}

/** open → closed → graded. Closing is one conditional write; grading is derived and may be repeated after a crash. */
export type Attempt = OpenAttempt | ClosedAttempt | GradedAttempt

/** Of sittings with the newest first, the latest of each part. */
export const latestOfParts = <Sitting extends { readonly part: PartId }>(newestFirst: readonly Sitting[]): Sitting[] =>
  newestFirst.filter((sitting, i) => newestFirst.findIndex(({ part }) => part === sitting.part) === i)

export type AttemptCommand =
  | { readonly type: 'record-responses'; readonly lease: LeaseId }
  | { readonly type: 'submit'; readonly lease: LeaseId }
  | { readonly type: 'take-lease'; readonly lease: LeaseId }
  | { readonly type: 'withdraw' }
  | { readonly type: 'void' }
  | { readonly type: 'close-overdue' }
  | { readonly type: 'extend-deadline'; readonly deadline: Instant }

type TimedExam = Pick<ExamDefinition, 'timeLimitSeconds' | 'parts' | 'closesAt'>

/** So many times the limit of an exam, or of a part of it. */
const limitOf = (exam: TimedExam, part: PartId | undefined, times: number): Duration =>
  milliseconds(Math.round(seconds((exam.parts?.find(({ id }) => id === part) ?? exam).timeLimitSeconds) * times))

/** The end of the window in which an exam may be sat; of one without a window, the time that is given. */
const windowEndOf = ({ closesAt }: TimedExam, otherwise: Instant): Instant =>
  closesAt === undefined ? otherwise : instant(Date.parse(closesAt))

/** The end of the working time of an exam, or of the part of it that is sat, in the server's milliseconds. */
export function deadlineOf(
  exam: TimedExam,
  { part, startedAt, timeMultiplier }: { part?: PartId; startedAt: Instant; timeMultiplier: number },
): Instant {
  const byLimit = plus(startedAt, limitOf(exam, part, timeMultiplier))
  return instant(Math.min(byLimit, windowEndOf(exam, byLimit)))
}

/**
 * The end of the working time once an accommodation is another: what was given besides stays. Never past the end of the exam's
 * window, and never earlier than it is.
 */
export function accommodatedDeadline(
  exam: TimedExam,
  attempt: { part?: PartId; deadline: Instant; timeMultiplier: number },
  timeMultiplier: number,
): Instant {
  const longer = plus(attempt.deadline, limitOf(exam, attempt.part, timeMultiplier - attempt.timeMultiplier))
  return instant(Math.max(attempt.deadline, Math.min(longer, windowEndOf(exam, longer))))
}

/** Whether an open attempt's time is over, the network's slack included. */
export const isOverdue = (attempt: { readonly deadline: Instant }, now: Instant): boolean =>
  now > plus(attempt.deadline, NETWORK_SLACK)

/**
 * Why an attempt takes a command no more: what is told where a guarded statement of the store, which applies the same rules
 * atomically, had no effect. Undefined where nothing speaks against it.
 */
export function refusalOf(attempt: Attempt, command: AttemptCommand, now: Instant): Problem | undefined {
  if (attempt.status !== 'open')
    return { code: 'attempt-closed', closedAt: attempt.closedAt, deadline: attempt.deadline }
  if (command.type === 'close-overdue')
    return isOverdue(attempt, now) ? undefined : { code: 'attempt-open', deadline: attempt.deadline }
  if (isOverdue(attempt, now)) return { code: 'attempt-closed', closedAt: attempt.deadline, deadline: attempt.deadline }
  switch (command.type) {
    case 'record-responses':
    case 'submit':
      return command.lease === attempt.lease ? undefined : { code: 'lease-lost' }
    case 'take-lease':
    case 'withdraw':
    case 'void':
      return undefined
    case 'extend-deadline':
      return command.deadline > attempt.deadline
        ? undefined
        : { code: 'deadline-not-later', deadline: attempt.deadline }
    default:
      return command satisfies never
  }
}

/** When the server first and last acknowledged a response to an item. */
export interface SaveTimes {
  readonly item: string
  readonly firstSavedAt: Instant
  readonly savedAt: Instant
}

/**
 * Milliseconds each answered item took, by item ref: from the acknowledgement before its first save (or the start) to its
 * first save. Only the server's own times are used; items saved in the same instant share the time that passed.
 */
export function responseTimes(startedAt: Instant, saves: readonly SaveTimes[]): Record<string, number> {
  const instants = [...new Set(saves.flatMap((save) => [save.firstSavedAt, save.savedAt]))].sort((a, b) => a - b)
  const together = Map.groupBy(saves, (save) => save.firstSavedAt)
  return Object.fromEntries(
    saves.map((save) => {
      const before = instants.findLast((at) => at < save.firstSavedAt) ?? startedAt
      return [save.item, Math.round((save.firstSavedAt - before) / (together.get(save.firstSavedAt)?.length ?? 1))]
    }),
  )
}
