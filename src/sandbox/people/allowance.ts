import { type Duration, days, hours, type Instant, minus, plus } from '../../kernel/instant.ts'
import type { StandingStatus } from './worker.ts'

/** How much is known of an account. */
export type Footing = 'new' | 'known' | 'proven'

/** What is known of an account. */
export interface AccountRecord {
  readonly joinedAt: Instant
  readonly standing: StandingStatus
  /** Contracts for which the client paid, or the worker was paid. */
  readonly paid: number
  /** Whether what they sent after a warning waits for an operator. */
  readonly inDoubt: boolean
}

/** From when on an account is no longer new without having done anything. */
const SETTLES_IN = days(14)
/** Paid contracts after which an account has shown what it is here for. */
export const PROVEN_BY = 3

/** Whom an operator has restricted begins again, and for as long whoever waits for an operator to read what they sent after a warning. */
export function footingOf({ joinedAt, standing, paid, inDoubt }: AccountRecord, now: Instant): Footing {
  if (standing !== 'good' || inDoubt) return 'new'
  if (paid >= PROVEN_BY) return 'proven'
  return minus(now, SETTLES_IN) >= joinedAt ? 'known' : 'new'
}

export interface Allowance {
  readonly hour: number
  readonly day: number
}

/** What accounts may do that reaches many: post jobs, propose contracts, apply. */
export const allowances = {
  post: { new: { hour: 3, day: 5 }, known: { hour: 30, day: 30 }, proven: { hour: 30, day: 60 } },
  propose: { new: { hour: 3, day: 6 }, known: { hour: 20, day: 40 }, proven: { hour: 60, day: 200 } },
  apply: { new: { hour: 10, day: 20 }, known: { hour: 50, day: 50 }, proven: { hour: 50, day: 80 } },
} as const satisfies Record<string, Record<Footing, Allowance>>
export type LimitedAct = keyof typeof allowances

/** Spans in which acts are counted, with how many are allowed in each and since when it runs. */
export const spansOf = (allowance: Allowance, now: Instant) =>
  [
    { most: allowance.hour, length: hours(1) as Duration, since: minus(now, hours(1)) },
    { most: allowance.day, length: days(1) as Duration, since: minus(now, days(1)) },
  ] as const

/** When an act is possible again, in whole seconds from now, at least one; undefined when it is possible now. `acts` are the latest, the newest first. */
export function secondsUntilAllowed(acts: readonly Instant[], allowance: Allowance, now: Instant): number | undefined {
  const waits = spansOf(allowance, now).flatMap(({ most, length, since }) => {
    const inTheWay = acts[most - 1]
    return inTheWay !== undefined && inTheWay > since ? [plus(inTheWay, length) - now] : []
  })
  return waits.length === 0 ? undefined : Math.max(1, Math.ceil(Math.max(...waits) / 1_000))
}
