import { describe, expect, it } from 'vitest'
import { responseTimes } from '../../src/attempt/response-times.ts'
import { instant } from '../../src/kernel/instant.ts'

const save = (item: string, first: number, last = first) => ({
  item,
  firstSavedAt: instant(first),
  savedAt: instant(last),
})

describe('response times', () => {
  it('run from the acknowledgement before to the first save', () => {
    expect(responseTimes(instant(1_000), [save('q1', 5_000), save('q2', 9_000, 30_000), save('q3', 35_000)])).toEqual({
      q1: 4_000,
      q2: 4_000,
      q3: 5_000,
    })
  })

  it('are shared by items that were saved together', () => {
    expect(responseTimes(instant(0), [save('q1', 10_000), save('q2', 10_000)])).toEqual({ q1: 5_000, q2: 5_000 })
  })

  it('are unknown for items without an answer', () => {
    expect(responseTimes(instant(0), [])).toEqual({})
  })
})
