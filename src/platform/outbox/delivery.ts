import {
  type Duration,
  hours,
  type Instant,
  instant,
  milliseconds,
  minutes,
  plus,
  seconds,
  toRfc3339,
} from '../../kernel/instant.ts'
import { unitHash } from '../../kernel/random.ts'
import type { Message } from './message.ts'

/** How long a receiver may take to answer. */
export const ANSWER_WITHIN = seconds(10)
/** Of what a receiver says so, it will not have it. Everything else may be mended by trying again. */
export const REFUSALS: ReadonlySet<number> = new Set([400, 413, 422])
/**
 * There is nothing here. That one thing is not there the receiver says itself, with a problem document and its `code`; without
 * one it may as well be what stands before a receiver that is gone, and answers so to every message.
 */
export const NOT_HERE: ReadonlySet<number> = new Set([404, 405, 410])
/** How soon a message is tried again whose earlier try the receiver is still busy with. */
export const IN_FLIGHT_WAIT = seconds(10)

/** Why a message is dead. */
export type DeadAs = 'refused' | 'given-up'

/** How a try to deliver ended. */
export type Delivery =
  | { readonly outcome: 'delivered' }
  /** `refused`: the receiver will not have it. `given-up`: nobody took it in all its tries, and the destination may come back. */
  | { readonly outcome: 'dead'; readonly as: DeadAs; readonly error: string }
  | { readonly outcome: 'held'; readonly error: string }
  | {
      readonly outcome: 'retry'
      readonly error: string
      readonly nextAt: Instant
      /** Before this time the receiver wants no other try, even when it is heard of again. */
      readonly notBefore: Instant
      /** Whether it uses up one of the message's tries. */
      readonly counts: boolean
    }

/** A try, and what the log of tries says of it. */
export interface Try {
  readonly delivery: Delivery
  readonly detail: string
}

/** What a receiver answered. */
export interface Reply {
  readonly status: number
  /** The header, as it came. */
  readonly retryAfter: string | null
  /** What the JSON of its body says; undefined where it was not read or is none. */
  readonly body: unknown
}

/** A try that failed in a way that another may mend: it is repeated by the schedule, and the message is dead after the last. */
export function failedTry(
  { id, attempts }: Pick<Message, 'id' | 'attempts'>,
  error: string,
  now: Instant,
  retryAfter?: Duration,
): Try {
  const failures = attempts + 1
  const nextAt = nextRetryAt(failures, now, unitHash(`${id}/${failures}`), retryAfter)
  if (nextAt === undefined)
    return {
      delivery: { outcome: 'dead', as: 'given-up', error: `${error}; given up at ${toRfc3339(now)}` },
      detail: error,
    }
  return {
    delivery: { outcome: 'retry', error, nextAt, notBefore: instant(now + (retryAfter ?? 0)), counts: true },
    detail: error,
  }
}

/** A try that nobody answered. `error` is what the call threw. */
export function unansweredTry(message: Pick<Message, 'id' | 'attempts'>, error: unknown, now: Instant): Try {
  const timedOut = error instanceof Error && error.name === 'TimeoutError'
  return failedTry(message, timedOut ? `no answer within ${ANSWER_WITHIN / 1_000} s` : 'no connection', now)
}

/** A message that was refused for good. */
export const refusedTry = (detail: string): Try => ({
  delivery: { outcome: 'dead', as: 'refused', error: detail },
  detail,
})

/** Whether an answer names what is wrong by a code, as the contract has it. */
const namesCode = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'

/** Whether an answer leaves open who gives it: the receiver, of one thing, or what stands before a receiver that is gone. */
export const maybeGone = ({ status, body }: Reply): boolean => NOT_HERE.has(status) && !namesCode(body)

/** A try that was cut off may hold its idempotency key for a while at the receiver: asking again is no further failure. */
export const isInFlight = ({ status, body }: Reply): boolean =>
  status === 409 && typeof body === 'object' && body !== null && 'code' in body && body.code === 'idempotency-in-flight'

/** Judges a try by the status of its answer. */
export function judgeReply(message: Pick<Message, 'id' | 'attempts'>, reply: Reply, now: Instant): Try {
  // what the header means, never what it says
  const wait = readRetryAfter(reply.retryAfter, now)
  const detail = `${reply.status}${wait === undefined ? '' : ` Retry-After ${Math.ceil(wait / 1_000)}`}`
  if (isInFlight(reply)) {
    const nextAt = plus(now, IN_FLIGHT_WAIT)
    return {
      delivery: {
        outcome: 'retry',
        error: `${detail}, an earlier try is in flight`,
        nextAt,
        notBefore: nextAt,
        counts: false,
      },
      detail,
    }
  }
  if (REFUSALS.has(reply.status) || (NOT_HERE.has(reply.status) && !maybeGone(reply))) return refusedTry(detail)
  if (reply.status < 200 || reply.status >= 300) return failedTry(message, detail, now, wait)
  return { delivery: { outcome: 'delivered' }, detail }
}

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

/** Tries of a message before it is given up. */
export const MOST_TRIES = RETRY_WAITS.length

/** The largest share of a wait that is added, so that messages that failed together do not come back together. */
const JITTER = 0.1

/** The longest that a wait of the schedule can take with what is added to it. */
export const longestWait = (wait: Duration): Duration => milliseconds(Math.ceil(wait * (1 + JITTER)))

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
