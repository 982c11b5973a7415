import { type Duration, hours, type Instant, minutes, plus, seconds, toRfc3339 } from '../../kernel/instant.ts'
import type { MarketplaceEvent } from '../../marketplace/contract.ts'
import type { LetterState } from './tables.ts'

export interface Letter {
  readonly id: string
  readonly type: string
  readonly worker: string
  readonly version: number
  /** Further ids that belong to the event. */
  readonly data: Readonly<Record<string, string>>
  readonly createdAt: Instant
  readonly state: LetterState
  /** Tries so far. */
  readonly attempts: number
}

/** Waits before the first, second, … try. */
const schedule: readonly Duration[] = [seconds(0), seconds(5), minutes(5), minutes(30), hours(2), hours(5), hours(10), hours(10)]

/** Spreads retries by up to a tenth, so that a plugin that comes back is not met by everything at once. */
const jitter = (wait: Duration, unit: number): Duration => Math.round(wait * (1 + unit / 10)) as Duration

/**
 * When to try again after the `attempts`-th try failed; undefined when the letter is dead. A receiver's `Retry-After`
 * can only make the wait longer. `unit` is 0..1.
 */
export function nextTryAt(attempts: number, now: Instant, with_: { readonly retryAfter?: Duration | undefined; readonly unit: number }): Instant | undefined {
  const wait = schedule[attempts]
  if (wait === undefined) return undefined
  return plus(now, Math.max(jitter(wait, with_.unit), with_.retryAfter ?? 0) as Duration)
}

/** The thin envelope: ids and a version; whoever needs more asks. */
export function envelope(letter: Letter): string {
  const event = { id: letter.id, type: letter.type, timestamp: toRfc3339(letter.createdAt), data: { ...letter.data, worker: letter.worker, version: letter.version } }
  return JSON.stringify(event satisfies Omit<MarketplaceEvent, 'type'> & { type: string })
}
