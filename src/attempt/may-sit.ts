import type { Bank, ExamDefinition } from '../item/bank.ts'
import { type Instant, instant, minusPeriod, type Period, plusPeriod } from '../kernel/instant.ts'
import type { IneligibleReason } from '../kernel/problem.ts'

const YEAR = { years: 1, months: 0, days: 0 }

/** Whether a worker may start, and if not, why and from when. */
export type Eligibility =
  | { readonly mayStart: true; readonly attemptsLeft: number }
  | {
      readonly mayStart: false
      readonly reason: IneligibleReason
      readonly retryAt?: Instant
      readonly attemptsLeft: number
    }

/** Attempts that started after this time count towards the yearly limit. */
export const yearlyWindowStart = (now: Instant): Instant => minusPeriod(now, YEAR)

/** An attempt that started after this time still makes its worker wait. */
export const waitWindowStart = (exam: ExamDefinition, now: Instant): Instant => minusPeriod(now, exam.retake.wait)

const A_DAY = 86_400_000

/** When a start leaves a window of this length: the first time that is a whole period after it, whatever days months lack. */
function leavesAt(start: Instant, window: Period): Instant {
  const at = plusPeriod(start, window)
  // a month after 31 January is 28 February, a month before which is 28 January: it is over with the day after
  return minusPeriod(at, window) >= start ? at : instant((Math.floor(at / A_DAY) + 1) * A_DAY)
}

/** When the wait after an attempt ends, counted from the first item shown, which is its start. */
export const retakeFrom = (exam: ExamDefinition, startedAt: Instant): Instant => leavesAt(startedAt, exam.retake.wait)

/**
 * The retake rule: `wait` between starts, `perYear` starts in any twelve months. Every attempt counts from the moment its
 * first item was shown, whatever ended it. `starts` are the worker's earlier starts of this exam, in any order.
 */
export function mayRetake(exam: ExamDefinition, starts: readonly Instant[], now: Instant): Eligibility {
  const inYear = starts.filter((start) => start > yearlyWindowStart(now)).sort((a, b) => a - b)
  const attemptsLeft = Math.max(0, exam.retake.perYear - inYear.length)
  if (exam.closesAt !== undefined && now >= Date.parse(exam.closesAt))
    return { mayStart: false, reason: 'exam-closed', attemptsLeft }
  const last = inYear.at(-1)
  const waits = last !== undefined && last > waitWindowStart(exam, now)
  const waitEnds = last === undefined ? now : retakeFrom(exam, last)
  if (attemptsLeft === 0) {
    // the oldest start that still has to leave the window before there is room again
    const leaving = inYear[inYear.length - exam.retake.perYear] as Instant
    const roomAt = leavesAt(leaving, YEAR)
    return { mayStart: false, reason: 'yearly-limit', retryAt: roomAt > waitEnds ? roomAt : waitEnds, attemptsLeft }
  }
  return waits
    ? { mayStart: false, reason: 'retake-wait', retryAt: waitEnds, attemptsLeft }
    : { mayStart: true, attemptsLeft }
}

/** That somebody saw the keys of one version of an exam. */
export interface Sighting {
  readonly exam: string
  readonly bankHash: string
  /** Until when the version counts as known, also after another one took its place. */
  readonly until: Instant
}

/** What is known of a worker before they sit an exam. */
export interface Candidacy {
  /** Earlier starts of this exam, in any order. */
  readonly starts: readonly Instant[]
  /** Of any exam. */
  readonly sightings: readonly Sighting[]
  /** The questions and keys of the exam are public, and a pass would certify nothing. */
  readonly isPublic: boolean
}

/**
 * Whether a worker may start now: nobody an exam that everybody can read beforehand; who has seen keys of the exam may not, as long as a certificate of that version would be
 * valid, and in any case while that very version is the one that is sat. For everybody else the retake rule decides.
 */
export function maySit({ exam, hash }: Bank, { starts, sightings, isPublic }: Candidacy, now: Instant): Eligibility {
  const eligibility = mayRetake(exam, starts, now)
  if (isPublic) return { mayStart: false, reason: 'public-bank', attemptsLeft: eligibility.attemptsLeft }
  const barring = sightings.filter((seen) => seen.exam === exam.id && (seen.until > now || seen.bankHash === hash))
  if (barring.length === 0) return eligibility
  const { attemptsLeft } = eligibility
  // as long as the version is in use nobody knows when it ends
  const isInUse = barring.some(({ bankHash }) => bankHash === hash)
  const retryAt = Math.max(...barring.map(({ until }) => until)) as Instant
  return { mayStart: false, reason: 'saw-keys', attemptsLeft, ...(isInUse ? {} : { retryAt }) }
}
