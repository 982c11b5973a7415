import { beforeEach, describe, expect, it } from 'vitest'
import { readJobFeed } from '../../src/flows/read-job-feed.ts'
import { instant } from '../../src/kernel/instant.ts'
import { publicWorld } from '../support/public-world.ts'

const job = (id: string, more: object = {}) => ({
  id,
  title: `仕事 ${id}`,
  url: `https://market.example/jobs/${id}`,
  pay: { type: 'fixed', amount: 9_000 },
  ...more,
})
const feed = { jobs: [job('a'), job('b', { areas: ['office'], welcomesNewcomers: true })], total: 12 }

let open: Awaited<ReturnType<typeof publicWorld>>
let asked: { readonly url: string; readonly init: RequestInit; readonly within: number }[]
let answer: () => Response
beforeEach(async () => {
  open = await publicWorld()
  asked = []
  answer = () => Response.json(feed)
  Object.assign(open.world, {
    fetch: async (url: string, init: RequestInit, within: number) => {
      asked.push({ url, init, within })
      return answer()
    },
  })
})
const read = () => readJobFeed(open.world, 'business-admin')
const ids = async () => (await read())?.jobs.map(({ id }) => id)
const later = (ms: number) => {
  open.clock.now = instant(open.clock.now + ms)
}

describe('the feed of jobs', () => {
  it('is asked for once in five minutes, about nobody, and gets less than a second', async () => {
    expect(await read()).toMatchObject({ jobs: [{ id: 'a' }, { id: 'b' }], total: 12 })
    expect(await ids()).toEqual(['a', 'b'])
    expect(asked.map(({ url }) => url)).toEqual(['https://market.example/v1/exams/business-admin/jobs'])
    expect(asked[0]?.within).toBeLessThan(1_000)
    later(301_000)
    await read()
    expect(asked).toHaveLength(2)
  })

  it.each([
    ['does not offer it', () => new Response(null, { status: 501 })],
    ['is down or slow', () => Promise.reject(new Error('no answer')) as never],
    ['sends elsewhere', () => Response.redirect('https://elsewhere.example/jobs', 302)],
    ['answers with five megabytes', () => Response.json({ jobs: [job('a', { note: 'x'.repeat(5_000_000) })] })],
    ['says something else', () => Response.json({ jobs: 'none' })],
    ['knows none', () => Response.json({ jobs: [] })],
  ])('is none where the marketplace %s, and nobody waits again for a minute', async (_, broken) => {
    answer = broken
    expect([await read(), await read(), asked.length]).toEqual([undefined, undefined, 1])
    expect(asked[0]?.init.redirect).toBe('manual')
  })

  it('comes back a minute after a marketplace that was down', async () => {
    answer = () => new Response(null, { status: 503 })
    await read()
    answer = () => Response.json(feed)
    later(61_000)
    expect(await ids()).toEqual(['a', 'b'])
  })

  it.each([
    ['leads to another site', { url: 'https://elsewhere.example/jobs/1' }],
    ['runs a script', { url: 'javascript:alert(1)' }],
    ['has no title', { title: '' }],
    ['has a title that turns the direction of text', { title: '仕事\u202e' }],
    ['has a title of three hundred signs', { title: 'あ'.repeat(300) }],
    ['pays less than nothing', { pay: { type: 'fixed', amount: -1 } }],
    ['has a client with a hidden name', { client: { name: '\u200b' } }],
  ])('leaves out a job that %s, and keeps the others', async (_, wrong) => {
    answer = () => Response.json({ jobs: [job('wrong', wrong), job('right')], url: 'https://elsewhere.example/jobs' })
    expect(await read()).toEqual({ jobs: [expect.objectContaining({ id: 'right' })] })
  })

  it('keeps a title of HTML as the text that it is', async () => {
    answer = () => Response.json({ jobs: [job('a', { title: '<img src=x onerror=alert(1)>' })] })
    expect((await read())?.jobs[0]?.title).toBe('<img src=x onerror=alert(1)>')
  })

  it('names no job that closes while the answer stands, and at most twenty', async () => {
    const closesAt = new Date(open.clock.now + 60_000).toISOString()
    answer = () =>
      Response.json({ jobs: [job('soon', { closesAt }), ...Array.from({ length: 60 }, (_, i) => job(`j${i}`))] })
    expect((await ids())?.length).toBe(20)
    later(61_000)
    expect(await ids()).not.toContain('soon')
    expect(asked).toHaveLength(1)
  })
})
