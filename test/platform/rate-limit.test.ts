import { expect, it } from 'vitest'
import { edgeRates, memoryRates } from '../../src/platform/http/rate-limit.ts'

const limit = { name: 'launch-page', perMinute: 2 }

it('counters of the edge are asked by the policy, and what takes many at once counts as one of its own', async () => {
  const asked: string[] = []
  const binding = (name: string) => ({
    limit: async ({ key }: { key: string }) => ({ success: asked.push(`${name} ${key}`) < 3 }),
  })
  const rates = edgeRates({ RATE_LAUNCH_PAGE: binding('one'), RATE_LAUNCH_PAGE_MANY: binding('many') }, memoryRates())
  const taken = [
    await rates.take(limit, 'a', 1, 0),
    await rates.take(limit, 'a', 900, 0),
    await rates.take(limit, 'b', 1, 0),
  ]
  expect(asked).toEqual(['one a', 'many a', 'one b'])
  expect(taken.map(({ isWithin }) => isWithin)).toEqual([true, true, false])
})

it('counters of the isolate serve where a binding is missing', async () => {
  const rates = edgeRates({}, memoryRates())
  const taken = [
    await rates.take(limit, 'a', 2, 0),
    await rates.take(limit, 'a', 1, 59),
    await rates.take(limit, 'a', 1, 60),
  ]
  expect(taken).toEqual([
    { isWithin: true, left: 0, resetsIn: 60 },
    { isWithin: false, left: 0, resetsIn: 1 },
    { isWithin: true, left: 1, resetsIn: 60 },
  ])
})

it('a minute that a clock far ahead began is over once the clock is set right', async () => {
  const rates = memoryRates()
  rates.take(limit, 'a', 3, 7_200)
  expect(rates.take(limit, 'a', 1, 0)).toEqual({ isWithin: true, left: 1, resetsIn: 60 })
})
