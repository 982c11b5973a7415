import { days, type Instant } from '../../../kernel/instant.ts'
import { type BadgeClaim, statusAt } from '../../evidence/evidence.ts'
import { type Category, categories, type Worker } from '../../people/worker.ts'
import type { Group, Weight } from './lot.ts'

/** How long a pass makes somebody a certified newcomer. */
const CERTIFIED_DAYS = 90
/** How long a newcomer is fresh, from the pass or from joining. */
const FRESH_DAYS = 14
/** Who was not seen for longer is not offered to anybody. */
const SEEN_WITHIN_DAYS = 30

/** What decides whether somebody may be drawn. */
export interface NewcomerClaims {
  readonly worker: Pick<Worker, 'standing' | 'erasedAt' | 'joinedAt' | 'lastSeenAt'>
  /** Counted reviews. */
  readonly reviewCount: number
  /** Whether a contract of theirs is paid in and not settled. */
  readonly underContract: boolean
  /** Since when the payout account is theirs of which they are the payee: one person of each. Undefined for who is none. */
  readonly payeeSince: Instant | undefined
  readonly badges: readonly (BadgeClaim & { readonly issuedAt: Instant })[]
}

/** Somebody who may be drawn. */
export interface Newcomer {
  readonly group: Group
  readonly weight: Weight
  /** When the certified passed; undefined for everybody else. */
  readonly passedAt: Instant | undefined
}

/** Days are those of UTC, so that a pool stays as it is until midnight unless something happens to its people. */
export const dayNumber = (at: Instant): number => Math.floor(at / days(1))

/** When somebody passed an exam that they are certified in now: the earliest of its active badges. What was corrected ends when it would have ended, and was passed when it was passed. */
function passOf({ badges }: NewcomerClaims, exam: string, now: Instant): Instant | 'under review' | undefined {
  const own = badges.filter((badge) => badge.exam === exam)
  const ends = new Set(own.flatMap((badge) => (statusAt(badge, now) === 'active' ? [badge.validUntil] : [])))
  if (ends.size > 0)
    return Math.min(...own.flatMap(({ issuedAt, validUntil }) => (ends.has(validUntil) ? [issuedAt] : []))) as Instant
  return own.some(({ status }) => status === 'suspended') ? 'under review' : undefined
}

/**
 * Whether somebody is a newcomer in a category, or in any, and of which group. A newcomer is in good standing, was seen
 * within thirty days, has no counted review and no contract under way, and is the payee of an account: of all accounts
 * that one person makes one is. A certificate under review keeps its holder out until it is decided. `predicts` says whether the certified are drawn more often: where they are not, they are fresh
 * from joining, as others are.
 */
export function newcomerOf(
  claims: NewcomerClaims,
  at: { readonly category: Category | undefined; readonly now: Instant; readonly predicts: boolean },
): Newcomer | undefined {
  const { worker, reviewCount, underContract, payeeSince } = claims
  const since = (then: Instant) => dayNumber(at.now) - dayNumber(then)
  if (worker.standing !== 'good' || worker.erasedAt !== null || reviewCount > 0 || underContract) return undefined
  if (payeeSince === undefined) return undefined
  if (since(worker.lastSeenAt) > SEEN_WITHIN_DAYS) return undefined
  const exams = claims.badges.length === 0 ? [] : at.category ? [at.category] : categories
  const passes = exams.map((exam) => passOf(claims, exam, at.now))
  if (passes.includes('under review')) return undefined
  const recent = passes.filter((pass) => typeof pass === 'number' && since(pass) < CERTIFIED_DAYS) as Instant[]
  const passedAt = recent.length === 0 ? undefined : (Math.max(...recent) as Instant)
  const freshFrom = passedAt !== undefined && at.predicts ? passedAt : worker.joinedAt
  return {
    group: passedAt === undefined ? 'other' : 'certified',
    weight: since(freshFrom) < FRESH_DAYS ? 'fresh' : 'settled',
    passedAt,
  }
}
