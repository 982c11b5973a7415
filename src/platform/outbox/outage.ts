import { type Instant, minutes, plus } from '../../kernel/instant.ts'

/** A destination at which tries have failed since the last that did not. */
export interface Outage {
  readonly since: Instant
  readonly failures: number
  /** When it was last spoken of; undefined while it may still be a hiccup. */
  readonly toldAt?: Instant
}

/** What is said of an outage: that it began, that it lasts, or that it is over. */
export type OutageNews = 'destination-down' | 'destination-still-down' | 'destination-up'

/** So many tries in a row fail before anybody is told. */
const HICCUPS = 2
/** How often somebody is told that it lasts. */
const TOLD_EVERY = minutes(60)

interface Step {
  readonly outage?: Outage
  readonly news?: OutageNews
  /** The outage that the news is about. */
  readonly about?: Outage
}

/** What a try that failed, or did not, comes to. */
export function afterTry(known: Outage | undefined, failed: boolean, now: Instant): Step {
  if (!failed) return known?.toldAt === undefined ? {} : { news: 'destination-up', about: known }
  const outage = { ...known, since: known?.since ?? now, failures: (known?.failures ?? 0) + 1 }
  if (outage.failures < HICCUPS || outage.toldAt !== undefined) return { outage }
  const told = { ...outage, toldAt: now }
  return { outage: told, news: 'destination-down', about: told }
}

/** What is to be said of an outage while nothing happens. */
export function afterAWhile(outage: Outage, now: Instant): Step {
  if (outage.toldAt === undefined || now < plus(outage.toldAt, TOLD_EVERY)) return { outage }
  const told = { ...outage, toldAt: now }
  return { outage: told, news: 'destination-still-down', about: told }
}

/** A message that has waited so long was tried four times. */
const WAITED_LONG = minutes(35)

/** When a sweep of the edge comes, which remembers nothing, and when the one before it came. */
export interface Sweeps {
  readonly at: Instant
  readonly before: Instant
}

/**
 * What is said where nobody remembers earlier tries: of a destination whose oldest message has waited since this time, in the sweep in
 * which its wait has become long, and in the first of each hour after it.
 */
export function newsOfAge(since: Instant, sweeps: Sweeps): OutageNews | undefined {
  const isLong = (at: Instant) => at >= plus(since, WAITED_LONG)
  if (!isLong(sweeps.at)) return undefined
  if (!isLong(sweeps.before)) return 'destination-down'
  return isTimeToTell(sweeps) ? 'destination-still-down' : undefined
}

/** Whether this is the first sweep of an hour, in which the edge tells what lasts. */
export const isTimeToTell = ({ at, before }: Sweeps): boolean =>
  Math.floor(at / TOLD_EVERY) > Math.floor(before / TOLD_EVERY)
