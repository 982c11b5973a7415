import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { announcedAbout } from '../../../support/sandbox/announced.ts'
import { type Market, openMarket } from '../../../support/sandbox/open-market.ts'
import { type Visitor, visitor } from '../../../support/sandbox/visitor.ts'

let market: Market
let reader: Visitor
let worker = ''

beforeAll(async () => {
  market = await openMarket()
  reader = visitor(market)
})
afterAll(() => market.close())

/** Steps of the story by how they are shown. */
const steps = (how: 'done' | 'open' | 'later') =>
  [...reader.shown().html.matchAll(/<li id="step-(\w+)" class="(\w+)"/g)]
    .filter(([, , state]) => state === how)
    .map(([, step]) => step)
const play = (step: string) => reader.post('/tour/play', { worker, step })

describe('the guided demo', () => {
  it('offers newcomers of the ninth page and begins with the one chosen', async () => {
    const { text, html } = await reader.open('/tour')
    expect(text).toContain('9ページ目')
    worker = /name="worker" value="(wrk_\w+)"/.exec(html)?.[1] as string
    const begun = await reader.post('/tour', { worker })
    expect(begun.text).toContain('いまの主人公')
    expect(begun.text).toContain('9ページ目')
    expect(begun.text).toContain('検定なし')
    expect(steps('done')).toEqual(['start'])
    expect(steps('open')).toEqual(['exam', 'contract'])
  })

  it('knows from the badge and its signal that the exam was passed, and shows how the place rose', async () => {
    await market.certify(worker)
    const { text } = await reader.open('/tour')
    expect(steps('done')).toEqual(['start', 'exam', 'badge'])
    expect(text).toMatch(/はじめは9ページ目、いまは[1-8]ページ目です/)
    expect(text).toContain('はじめの100%')
  })

  it('plays the first contract, the work and both reviews through real acts', async () => {
    await play('contract')
    expect(steps('done')).toEqual(['start', 'exam', 'badge', 'contract'])
    await play('work')
    expect(steps('done')).toContain('work')
    await play('reviews')
    expect(steps('done')).toEqual(['start', 'exam', 'badge', 'contract', 'work', 'reviews'])
    expect(steps('open')).toEqual(['fade'])
    const told = (await announcedAbout(market.world.db, worker)).map(({ type }) => type)
    expect(told).toEqual(['contract.formed', 'worker.first_hired', 'escrow.released', 'review.revealed'])
    expect((await reader.open(`/workers/${worker}`)).text).toContain('評価 1件')
  })

  it('sees the certificate fade as reviews come, and ends', async () => {
    const weight = () => Number(/はじめの(\d+)%/.exec(reader.shown().text)?.[1])
    await reader.open('/tour')
    const before = weight()
    await play('fade')
    await play('fade')
    expect(weight()).toBeLessThan(before)
    expect(steps('done')).toHaveLength(7)
    expect(reader.shown().text).toContain('物語は最後まで進みました')
  })

  it('can be taken by hand: its buttons sign people in and lead to the pages', async () => {
    const other = visitor(market)
    const { html } = await other.open('/tour')
    const newcomer = /name="worker" value="(wrk_\w+)"/.exec(html)?.[1] as string
    await other.post('/tour', { worker: newcomer })
    const hire = other.forms().find(({ fields }) => fields.next?.startsWith('/contracts/new'))
    const shown = await other.post('/sign-in', hire?.fields ?? {})
    expect(shown.path).toBe(`/contracts/new?worker=${newcomer}`)
    await other.send('hire', { title: '名簿の整理', amount: '9000', category: 'business-admin' })
    await other.send('fund')
    await other.open('/tour')
    expect(other.shown().html).toMatch(/id="step-contract" class="done"/)
    expect(other.shown().html).toMatch(/id="step-work" class="open"/)
  })

  it('moves the clock, with all that is due by then', async () => {
    const before = (await market.call('GET', '/demo/clock')).json.now
    const { text } = await reader.post('/clock', { days: '30' })
    expect(text).toContain('30日進めました')
    expect(Date.parse((await market.call('GET', '/demo/clock')).json.now) - Date.parse(before)).toBe(30 * 86_400_000)
    expect((await reader.post('/clock', { days: '365' })).status).toBe(422)
  })

  it('goes on with a story whose newcomer has left, and refuses what cannot be played', async () => {
    expect((await reader.post('/tour/play', { worker: 'wrk_nobody', step: 'contract' })).status).toBe(404)
    expect((await reader.post('/tour/play', { worker: 'wrk_020', step: 'reviews' })).status).toBe(409)
    expect((await reader.post('/tour', { worker: 'wrk_nobody' })).status).toBe(404)
    await market.call('POST', `/demo/workers/${worker}/erase`)
    const { status, text } = await reader.open('/tour')
    expect(status).toBe(200)
    expect(text).toContain('だれの物語にしますか')
  })

  it('refuses forms of other sites', async () => {
    for (const path of ['/tour', '/tour/play', '/clock'])
      expect(
        (await reader.post(path, { worker, step: 'contract', days: '1' }, { Origin: 'https://evil.example' })).status,
      ).toBe(403)
  })
})
