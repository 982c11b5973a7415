import { describe, expect, it } from 'vitest'
import { instant, parseDuration, parsePeriod, parseRfc3339, plusPeriod, toRfc3339 } from '../../src/kernel/instant.ts'

const at = (text: string) => instant(Date.parse(text))

describe('calendar periods', () => {
  it.each([
    ['2026-11-24T15:00:00.000Z', { years: 2, months: 0, days: 0 }, '2028-11-24T15:00:00.000Z'],
    ['2028-02-29T00:00:00.000Z', { years: 1, months: 0, days: 0 }, '2029-02-28T00:00:00.000Z'],
    ['2027-01-31T23:59:59.999Z', { years: 0, months: 1, days: 0 }, '2027-02-28T23:59:59.999Z'],
    ['2026-12-25T00:00:00.000Z', { years: 0, months: 0, days: 14 }, '2027-01-08T00:00:00.000Z'],
    ['2027-03-01T00:00:00.000Z', { years: -1, months: 0, days: 0 }, '2026-03-01T00:00:00.000Z'],
  ])('%s and %o is %s', (from, period, to) => {
    expect(toRfc3339(plusPeriod(at(from), period))).toBe(to)
  })
})

describe('times and lengths as people write them', () => {
  it('reads lengths with their unit and nothing else', () => {
    expect(parseDuration('45m')).toBe(2_700_000)
    expect(parseDuration('45')).toBeUndefined()
    expect(parseDuration('-1m')).toBeUndefined()
    expect(parsePeriod('2y')).toEqual({ years: 2, months: 0, days: 0 })
    expect(parsePeriod('14d')).toEqual({ years: 0, months: 0, days: 14 })
    expect(parsePeriod('two years')).toBeUndefined()
  })

  it('reads RFC 3339 with an offset only', () => {
    expect(parseRfc3339('2026-11-25T09:00:00+09:00')).toBe(Date.UTC(2026, 10, 25))
    for (const text of ['2026-11-25', '2026-11-25T09:00:00', '2026-13-25T09:00:00Z', '1795500000'])
      expect(parseRfc3339(text)).toBeUndefined()
  })
})
