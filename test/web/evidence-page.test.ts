import { beforeEach, describe, expect, it } from 'vitest'
import type { ExamNoticed } from '../../src/contract/marketplace.ts'
import { publicWorld } from '../support/public-world.ts'

const MARKET = 'https://market.example'
const EXAM = 'business-admin'
const difference = (value: number) => ({ value, low: value - 0.05, high: value + 0.05 })

const noticed: ExamNoticed = {
  exam: EXAM,
  asOf: '2026-11-28T00:00:00.000Z',
  belief: {
    state: 'predicts',
    ratio: 3.2,
    d: 0.31,
    sigma: 0.08,
    certified: 120,
    others: 340,
    since: '2026-06-01T00:00:00.000Z',
  },
  history: [{ month: '2026-11', state: 'predicts', ratio: 3.2, d: 0.31, sigma: 0.08, certified: 120, others: 340 }],
  firstPage: { share: 0.751, people: 90 },
  displays: { certified: 1.234, others: 0.5 },
  waits: { certified: 17, others: 64 },
  lot: { with: 0.095, without: 0.002, difference: difference(0.093) },
  market: { certified: { with: 0.04, without: 0.01, difference: difference(-0.03) }, anybody: null, endsWell: null },
  heldOut: 0.05,
}

let open: Awaited<ReturnType<typeof publicWorld>>
let asked: string[]
let answer: () => Response
beforeEach(async () => {
  open = await publicWorld()
  asked = []
  answer = () => Response.json(noticed)
  Object.assign(open.world, {
    fetch: async (url: string, init: RequestInit) => {
      asked.push(`${init.method} ${url}`)
      expect(new Headers(init.headers).get('authorization')).toMatch(/^Bearer ey/)
      return answer()
    },
  })
})

const get = async (path: string, headers: Record<string, string> = {}) =>
  open.app.request(`https://kentei.example${path}`, { headers })
const page = (lang = 'ja') => get(`/exams/${EXAM}/evidence?lang=${lang}`, { accept: 'text/html' })
const plain = async (response: Response) =>
  (await response.text())
    .replaceAll(/<(script|style)\b.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

describe('the evidence page', () => {
  it('says what the marketplace tells, how sure it is, and what is not known', async () => {
    const text = await plain(await page('en'))
    for (const said of [
      '75.1%',
      '1.23',
      '17 days',
      '64 days',
      '9.5%',
      '+9.3 points',
      'interval +4.3 to +14.3',
      '−3.0 points',
      'Not known yet',
      '+0.31 standard deviations',
      '+0.15 to +0.47',
      'of 120 who passed and of 340 others',
      '3.2 times as often',
      'on 5% of readers’ days',
    ])
      expect(text).toContain(said)
    const japanese = await plain(await page('ja'))
    for (const said of ['合格で何が変わるか', '75.1%', '17日', 'まだ分かりません', '3.2倍'])
      expect(japanese).toContain(said)
    expect(asked).toEqual([`GET ${MARKET}/v1/exams/${EXAM}/noticed`])
  })

  it('calls an assumption an assumption, and says of an exam not shown to predict that it is not used', async () => {
    answer = () =>
      Response.json({ ...noticed, belief: { ...noticed.belief, certified: null, state: 'not-shown', ratio: 1 } })
    const text = await plain(await page('en'))
    expect(text).toContain('There are few reviews so far')
    expect(text).toContain('since 1 Jun 2026 the pass is used neither')
    expect(text).not.toContain('times as often')
  })

  it.each([404, 501])('says that a marketplace offers no figures when it answers %i', async (status) => {
    answer = () => new Response(null, { status })
    const response = await page('en')
    expect([response.status, await plain(response)]).toEqual([200, expect.stringContaining('publishes no figures')])
    expect(await (await get(`/exams/${EXAM}/evidence.json`)).json()).toEqual({
      exam: EXAM,
      state: 'not-offered',
      noticed: null,
    })
  })

  it.each([
    ['is down', () => Promise.reject(new Error('down')) as never],
    ['refuses', () => new Response(null, { status: 500 })],
    ['tells something else', () => Response.json({ exam: EXAM, belief: 'strong' })],
    ['tells more than is read', () => Response.json({ ...noticed, more: 'x'.repeat(300_000) })],
  ])('says that nothing can be read while the marketplace %s, and asks again a minute later', async (_, broken) => {
    answer = broken
    expect([(await page('en')).status, (await page('en')).status, asked.length]).toEqual([503, 503, 1])
    answer = () => Response.json(noticed)
    open.clock.now = (open.clock.now + 61_000) as typeof open.clock.now
    expect([(await page('en')).status, asked.length]).toEqual([200, 2])
  })

  it('asks once in ten minutes, and shows what was told last while the marketplace is down', async () => {
    await page()
    open.clock.now = (open.clock.now + 9 * 60_000) as typeof open.clock.now
    await page()
    expect(asked).toHaveLength(1)
    open.clock.now = (open.clock.now + 2 * 60_000) as typeof open.clock.now
    answer = () => new Response(null, { status: 503 })
    expect(await plain(await page('en'))).toContain('75.1%')
    expect(asked).toHaveLength(2)
  })

  it('is JSON for programs, by its ending or what they accept, and for any web page to read', async () => {
    for (const response of [await get(`/exams/${EXAM}/evidence.json`), await get(`/exams/${EXAM}/evidence`)]) {
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(await response.json()).toEqual({ exam: EXAM, state: 'told', noticed })
    }
  })

  it('is of exams that there are, and nobody is asked about others', async () => {
    expect((await get('/exams/cooking/evidence', { accept: 'text/html' })).status).toBe(404)
    expect((await get('/exams/cooking/evidence.json')).status).toBe(404)
    expect(asked).toEqual([])
  })
})
