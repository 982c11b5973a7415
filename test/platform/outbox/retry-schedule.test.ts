import { describe, expect, it } from 'vitest'
import { hours, instant, minutes } from '../../../src/kernel/instant.ts'
import { nextRetryAt, readRetryAfter } from '../../../src/platform/outbox/retry-schedule.ts'

const now = instant(Date.UTC(2026, 10, 25))

describe('the retry schedule', () => {
  it('waits 0 s, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h, and then gives up', () => {
    const waits = Array.from({ length: 9 }, (_, failures) => nextRetryAt(failures, now, 0)).map((at) =>
      at === undefined ? 'dead' : (at - now) / 1_000,
    )
    expect(waits).toEqual([0, 5, 300, 1_800, 7_200, 18_000, 36_000, 36_000, 'dead'])
  })

  it('adds at most a tenth by lot', () => {
    expect(nextRetryAt(2, now, 1)).toBe(now + 330_000)
  })

  it('waits longer when the receiver asks for it, and not shorter', () => {
    expect(nextRetryAt(1, now, 0, minutes(30))).toBe(now + 1_800_000)
    expect(nextRetryAt(3, now, 0, minutes(1))).toBe(now + 1_800_000)
  })

  it.each<[string | null, number | undefined]>([
    ['120', 120_000],
    ['Wed, 25 Nov 2026 00:01:00 GMT', 60_000],
    ['Tue, 24 Nov 2026 00:01:00 GMT', 0],
    ['999999999', hours(24)],
    ['soon', undefined],
    [null, undefined],
  ])('reads Retry-After %s as %s ms', (header, wait) => {
    expect(readRetryAfter(header, now)).toBe(wait)
  })
})
