import { type Duration, days, type Instant, instant } from '../kernel/instant.ts'

/** How long before its end a holder is reminded, the longest first. */
export const REMINDERS: readonly Duration[] = [days(60), days(14)]

/**
 * When the next reminder of an end is due, of those that begin after `after`; null when none is left. A short validity has
 * fewer: nobody is reminded on the day of the award.
 */
export function nextReminder(validUntil: Instant, after: Instant): Instant | null {
  const due = REMINDERS.map((lead) => instant(validUntil - lead)).filter((at) => at > after)
  return due[0] ?? null
}

/** The reminder that fits the time that is left, in its lead before the end: the shortest that has begun; undefined before the first. */
export const reminderAt = (validUntil: Instant, now: Instant): Duration | undefined =>
  REMINDERS.findLast((lead) => now >= validUntil - lead && now < validUntil)
