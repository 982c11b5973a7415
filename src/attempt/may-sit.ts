import type { Bank } from '../item/bank.ts'
import type { Instant } from '../kernel/instant.ts'
import { type Eligibility, mayRetake } from './may-retake.ts'

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
