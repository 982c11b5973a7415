import { type Duration, hours, type Instant, instant, minutes, seconds } from '../../kernel/instant.ts'

/** Waits before the first, second … try. Standard Webhooks' suggested schedule. */
export const RETRY_WAITS: readonly Duration[] = [
  seconds(0),
  seconds(5),
  minutes(5),
  minutes(30),
  hours(2),
  hours(5),
  hours(10),
  hours(10),
]

/** The largest share of a wait that is added, so that messages that failed together do not come back together. */
const JITTER = 0.1

/**
 * When the next try is due after `failures` failed ones, or undefined when the message is dead.
 * `lot`, in 0..1, differs from message to message. `Retry-After` is honoured where it asks for more than the schedule.
 */
export function nextRetryAt(failures: number, now: Instant, lot: number, retryAfter?: Duration): Instant | undefined {
  const wait = RETRY_WAITS[failures]
  if (wait === undefined) return undefined
  return instant(now + Math.max(Math.round(wait * (1 + JITTER * lot)), retryAfter ?? 0))
}

/** The longest wait a receiver may ask for; a larger Retry-After counts as this. */
const LONGEST_RETRY_AFTER = hours(24)

/** Reads a `Retry-After` header: seconds or an HTTP date. Undefined when it is neither. */
export function readRetryAfter(header: string | null, now: Instant): Duration | undefined {
  if (header === null) return undefined
  const wait = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now
  return Number.isNaN(wait) ? undefined : (Math.min(Math.max(0, wait), LONGEST_RETRY_AFTER) as Duration)
}
