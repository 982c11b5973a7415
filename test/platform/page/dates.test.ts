import { describe, expect, it } from 'vitest'
import {
  clockText,
  dayText,
  dayTimeText,
  momentText,
  secondsText,
  timeAttribute,
  weekdayText,
  weekdayTimeText,
} from '../../../src/platform/page/dates.ts'

// a Sunday in Japan, which is still Saturday in Greenwich
const SUNDAY = Date.parse('2026-12-05T15:32:07Z')

describe('a time on a page', () => {
  it.each([
    ['the day', dayText, '2026年12月6日', '6 Dec 2026'],
    ['the day with its weekday', weekdayText, '12月6日（日）', 'Sun 6 Dec'],
    ['the minute', clockText, '00:32', '00:32 JST'],
    ['the second', secondsText, '00:32:07', '00:32:07'],
    ['day and minute', dayTimeText, '2026年12月6日 00:32', '6 Dec 2026, 00:32 JST'],
    ['weekday and minute', weekdayTimeText, '12月6日（日）00:32', 'Sun 6 Dec, 00:32 JST'],
  ])('tells %s as it is in Japan, where the marketplace is', (_, text, ja, en) => {
    expect([text('ja', SUNDAY), text('en', SUNDAY)]).toEqual([ja, en])
  })

  it('of this year leaves the year out', () => {
    expect([momentText('ja', SUNDAY, SUNDAY + 1), momentText('en', SUNDAY, SUNDAY + 1)]).toEqual([
      '12月6日 00:32',
      '6 Dec, 00:32 JST',
    ])
  })

  it('of another year tells it, by the year of Japan', () => {
    const newYear = Date.parse('2026-12-31T15:00:00Z')
    expect(momentText('en', SUNDAY, newYear)).toBe('6 Dec 2026, 00:32 JST')
    expect(momentText('en', newYear - 1, newYear)).toBe('31 Dec 2026, 23:59 JST')
  })

  it('is told to programs as the instant that it is', () => {
    expect(timeAttribute(SUNDAY)).toBe('2026-12-05T15:32:07.000Z')
  })
})
