import { beforeEach, describe, expect, it } from 'vitest'
import { readPriority } from '../../src/flows/read-priority.ts'
import { type Instant, instant } from '../../src/kernel/instant.ts'
import { publicWorld } from '../support/public-world.ts'

const DAY = 86_400_000
const priority = { state: 'priority', until: '2026-12-02T00:00:00.000Z', shown: 3, limit: 20 }

let open: Awaited<ReturnType<typeof publicWorld>>
let asked: { readonly url: string; readonly within: number }[]
let answer: () => Response
beforeEach(async () => {
  open = await publicWorld()
  asked = []
  answer = () => Response.json(priority)
  Object.assign(open.world, {
    fetch: async (url: string, _: RequestInit, within: number) => {
      asked.push({ url, within })
      return answer()
    },
  })
})

const read = (passedAt: Instant = open.clock.now) =>
  readPriority(open.world, { worker: 'wrk_1', exam: 'business-admin', passedAt })

describe('the priority after a pass', () => {
  it('is what the marketplace says, which gets less than a second to say it', async () => {
    expect(await read()).toEqual(priority)
    expect(asked).toEqual([
      { url: 'https://market.example/v1/workers/wrk_1/noticed?exam=business-admin', within: expect.any(Number) },
    ])
    expect(asked[0]?.within).toBeLessThan(1_000)
  })

  it.each(['draw', 'none'])('is none where the marketplace says %s, which is asked again', async (state) => {
    answer = () => Response.json({ state })
    expect([await read(), await read(), asked.length]).toEqual([undefined, undefined, 2])
  })

  it.each([
    ['does not offer the call', () => new Response(null, { status: 501 })],
    ['is down or slow', () => Promise.reject(new Error('no answer')) as never],
    ['says something else', () => Response.json({ state: 'priority' })],
  ])('is none, and nobody waits again for a minute, where the marketplace %s', async (_, broken) => {
    answer = broken
    expect([await read(), await read(), asked.length]).toEqual([undefined, undefined, 1])
    answer = () => Response.json(priority)
    open.clock.now = instant(open.clock.now + 61_000)
    expect([await read(), asked.length]).toEqual([priority, 2])
  })

  it('is not asked about for a pass of more than a week ago', async () => {
    expect(await read(instant(open.clock.now - 8 * DAY))).toBeUndefined()
    expect(asked).toEqual([])
  })
})
