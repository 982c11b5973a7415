import { describe, expect, it } from 'vitest'
import { hours, instant, minutes } from '../../../src/kernel/instant.ts'
import {
  failedTry,
  judgeReply,
  nextRetryAt,
  type Reply,
  readRetryAfter,
  unansweredTry,
} from '../../../src/platform/outbox/delivery.ts'

const now = instant(Date.UTC(2026, 10, 25))
const fresh = { id: 'msg_1', attempts: 0 }
const reply = (status: number, more: Partial<Reply> = {}): Reply => ({
  status,
  retryAfter: null,
  body: undefined,
  ...more,
})

describe('an answer', () => {
  it.each([200, 202, 204])('of %d delivers a message', (status) => {
    expect(judgeReply(fresh, reply(status), now)).toEqual({
      delivery: { outcome: 'delivered' },
      detail: String(status),
    })
  })

  it.each([400, 413, 422])('of %d refuses a message at once', (status) => {
    expect(judgeReply(fresh, reply(status), now)).toEqual({
      delivery: { outcome: 'dead', as: 'refused', error: String(status) },
      detail: String(status),
    })
  })

  it.each([404, 405, 410])(
    'of %d refuses a message where it names what is not there, and else says nothing of it',
    (status) => {
      expect(judgeReply(fresh, reply(status, { body: { code: 'not-found' } }), now).delivery).toMatchObject({
        outcome: 'dead',
        as: 'refused',
      })
      for (const body of [undefined, '<html>', { status }, { code: status }])
        expect(judgeReply(fresh, reply(status, { body }), now).delivery).toMatchObject({
          outcome: 'retry',
          counts: true,
        })
    },
  )

  it.each([301, 401, 403, 408, 409, 429, 500, 503])('of %d lets a message be tried again', (status) => {
    expect(judgeReply(fresh, reply(status), now).delivery).toMatchObject({
      outcome: 'retry',
      error: String(status),
      counts: true,
    })
  })

  it('of 409 to a try that is still in flight counts as no failure', () => {
    const { delivery } = judgeReply(
      { ...fresh, attempts: 7 },
      reply(409, { body: { code: 'idempotency-in-flight' } }),
      now,
    )
    expect(delivery).toMatchObject({ outcome: 'retry', counts: false, nextAt: now + 10_000, notBefore: now + 10_000 })
  })

  it('with a Retry-After puts the next try off, and is noted by what it means', () => {
    expect(judgeReply(fresh, reply(429, { retryAfter: 'Wed, 25 Nov 2026 02:00:00 GMT' }), now)).toMatchObject({
      delivery: { nextAt: now + 7_200_000, notBefore: now + 7_200_000 },
      detail: '429 Retry-After 7200',
    })
  })

  it('that does not come in time, or at all, lets a message be tried again', () => {
    expect(unansweredTry(fresh, new DOMException('late', 'TimeoutError'), now).detail).toBe('no answer within 10 s')
    expect(unansweredTry(fresh, new TypeError('fetch failed'), now).detail).toBe('no connection')
  })
})

describe('a try that failed', () => {
  it('is repeated after the wait of the schedule and at most a tenth more, in whole milliseconds, the same for the same message and try', () => {
    const tries = Array.from({ length: 50 }, (_, n) => failedTry({ id: `msg_${n}`, attempts: 1 }, '503', now))
    const waits = tries.map(({ delivery }) => ('nextAt' in delivery ? delivery.nextAt - now : Number.NaN))
    for (const wait of waits)
      expect(Number.isInteger(wait) && wait >= 300_000 && wait <= 330_000, String(wait)).toBe(true)
    expect(new Set(waits).size).toBeGreaterThan(25)
    expect(failedTry({ id: 'msg_0', attempts: 1 }, '503', now)).toEqual(tries[0])
  })

  it('is the last one of a message that was tried seven times before', () => {
    expect(failedTry({ id: 'msg_1', attempts: 7 }, '503', now)).toEqual({
      delivery: { outcome: 'dead', as: 'given-up', error: '503; given up at 2026-11-25T00:00:00.000Z' },
      detail: '503',
    })
  })
})

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
