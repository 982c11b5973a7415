import { describe, expect, it } from 'vitest'
import { fixtureState } from '../../support/ui-fixture/flows.ts'
import { fixtureApp } from '../../support/ui-fixture/server.ts'

const NOW = Date.parse('2026-11-24T06:11:00Z')
const state = { current: fixtureState(() => NOW) }
const app = fixtureApp(state)
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })
const text = async (path: string, headers?: Record<string, string>) => (await get(path, headers)).text()

const paths = [
  '/',
  '/exams/business-admin',
  '/exams/web-writer',
  '/attempts/att_1',
  '/attempts/att_1/review',
  '/attempts/att_pass/result',
  '/attempts/att_fail/result',
  '/attempts/att_few/result',
  '/attempts/att_void/result',
  '/records',
  '/certificates',
  '/about/pass-score',
  '/about/ranking',
  '/about/accessibility',
  '/about/privacy',
  '/about/security',
  '/staff/deliveries',
  '/staff/attempts?worker=wkr_1',
]

describe('candidate and staff pages', () => {
  it.each(paths)('%s has a language, a title, one h1 and nothing inline, in both languages', async (path) => {
    for (const lang of ['ja', 'en']) {
      const whole = await text(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
      // but for the texts that are there to be copied into other pages
      const html = whole.replace(/<pre[^]*?<\/pre>/g, '')
      expect(html).toMatch(/^<!doctype html>/)
      expect(html).toContain(`<html lang="${lang}">`)
      expect(html).toMatch(/<title>[^<]{3,}<\/title>/)
      expect(html.match(/<h1[ >]/g)).toHaveLength(1)
      expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+="/)
      expect(html.match(/<script(?![^>]*(src=|type="application\/json"))/g)).toBeNull()
      expect(html).not.toMatch(/undefined|\[object|NaN/)
    }
  })

  it('says how to get a session to whoever has none', async () => {
    const response = await get('/records', { 'x-nobody': '1' })
    expect(response.status).toBe(401)
    expect(await response.text()).toContain('https://market.example')
  })

  it('receives strangers at the front door, and candidates with their exams at the same address', async () => {
    const html = await (await get('/', { 'x-nobody': '1' })).text()
    expect(html).toContain('できることを示せる検定')
    expect(html).toMatch(/<form[^>]*action="\/check/)
    expect(html.replaceAll(/<[^>]+>/g, '')).toContain('合格率 58% 初めて受けた1,284人のうち。95%区間 55〜61%')
    expect(html).toContain('100人から公開します')
    expect(html).toMatch(/data-key[^]*?空欄にして別表に控え/)
    expect(html).not.toMatch(/undefined|\[object|NaN|<script/)
    expect(await (await get('/')).text()).not.toContain('できることを示せる検定')
  })

  it('gives 404 for an attempt or an exam that is not there', async () => {
    for (const path of ['/attempts/att_none/result', '/exams/none', '/attempts/nonsense'])
      expect((await get(path)).status).toBe(404)
  })

  it('keeps pages about a person out of every cache', async () => {
    expect((await get('/records')).headers.get('cache-control')).toBe('no-store')
  })

  it('states the working time with its multiplier, and the end, before the start', async () => {
    const html = await text('/exams/business-admin')
    expect(html).toContain('56分15秒')
    expect(html).toContain('45分 × 1.25')
    expect(html).toContain('16:07に終わります')
  })

  it('says of a pass, while it lasts, that the marketplace shows it with priority, and of nothing else', async () => {
    expect(await text('/attempts/att_pass/result')).toContain(
      '合格から7日間、優先して1ページ目に出します（最大20回。比較のため、出さない検索もあります）。これまでに3回出ました。',
    )
    expect(await text('/attempts/att_pass/result?lang=en')).toContain('(at most 20 times; some searches leave it out')
    for (const attempt of ['att_fail', 'att_few', 'att_void'])
      expect(await text(`/attempts/${attempt}/result`)).not.toContain('ページ目')
  })

  it('shows dates in the marketplace’s zone, and names it in English', async () => {
    expect(await text('/attempts/att_pass/result')).toContain('2026年11月24日 15:11 提出')
    expect(await text('/attempts/att_pass/result?lang=en')).toContain('24 Nov 2026, 15:11 JST')
  })

  it('tells a failed candidate the topics, the retake date and who will know, but no item', async () => {
    const html = await text('/attempts/att_fail/result')
    expect(html).toContain('引用の条件、画像の利用')
    expect(html).toMatch(/12月5日（土）.*15:11から/s)
    expect(html).toContain('この結果を知るのは、あなただけです')
    expect(html).not.toMatch(/問\d/)
  })

  it('tells sections in words, without a figure, and nothing where few were answered', async () => {
    const standings = (html: string) =>
      [...(/<ol class="standings".*?<\/ol>/s.exec(html)?.[0].matchAll(/<li>(.*?)<\/li>/gs) ?? [])].map(([, row]) =>
        (row ?? '')
          .replace(/<[^>]*>/g, ' ')
          .replace(/\s+/g, ' ')
          .trim(),
      )
    expect(standings(await text('/attempts/att_fail/result'))).toEqual([
      '依頼・構成・進行 6問 届いている',
      '読みやすい文 5問 答えた問題が少ないため、表示しません',
      '調査・出典・AI利用 6問 もう少し',
      '著作権・商標・肖像／景品・広告の決まり 7問 もう少し',
    ])
    expect(standings(await text('/attempts/att_pass/result?lang=en')).map((row) => row.split(' question')[1])).toEqual([
      's Above',
      's Reached',
      's Reached',
      's Above',
    ])
  })

  it('shows neither points nor sections of a paper that was hardly answered, and says why', async () => {
    const html = await text('/attempts/att_few/result')
    expect(html).toContain('点数と分野ごとの様子は、半分以上に答えると表示します')
    for (const absent of ['standings', 'scoreline', 'lanefig', 'class="topics"', 'ticks good'])
      expect(html).not.toContain(absent)
  })

  it('offers the retake date as a calendar file', async () => {
    const response = await get('/exams/web-writer/retake.ics')
    expect(response.headers.get('content-type')).toContain('text/calendar')
    const file = await response.text()
    expect(file).toContain('DTSTART:20261205T061100Z')
    for (const line of file.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
    expect((await get('/exams/business-admin/retake.ics')).status).toBe(404)
  })

  it('takes the lease when the paper is opened, and gives it to the form', async () => {
    const before = state.current.lease
    const html = await text('/attempts/att_1')
    expect(state.current.lease).not.toBe(before)
    expect(html).toContain(`name="lease" value="${state.current.lease}"`)
  })

  it('labels every control of the paper', async () => {
    const html = await text('/attempts/att_1?section=2')
    const bare = [...html.matchAll(/<(?:select|input)(?=[^>]*name="q\d)[^>]*>/g)]
      .map(([tag]) => tag)
      .filter((tag) => !/type="(radio|checkbox)"/.test(tag) && !/aria-label="[^"]+"|id="q\d+-/.test(tag))
    expect(bare).toEqual([])
  })

  it('lets operators alone into the staff pages', async () => {
    expect((await get('/staff/deliveries', { 'x-nobody': '1' })).status).toBe(401)
    const done = await app.request('/staff/deliveries/msg_90/replay', { method: 'POST' })
    expect(done.headers.get('location')).toBe('/staff/deliveries?replayed=1')
    expect(state.current.calls).toContain('replay msg_90')
  })

  it('extends a deadline only with a reason', async () => {
    const extend = (form: Record<string, string>) =>
      app.request('/staff/attempts/att_1/extend', {
        method: 'POST',
        body: new URLSearchParams({ worker: 'wkr_1', ...form }),
      })
    expect((await extend({ minutes: '10', why: '' })).status).toBe(422)
    expect((await extend({ minutes: '10', why: '停電' })).headers.get('location')).toContain('outcome=done')
    expect(state.current.calls).toContain('extend 600000 停電')
  })
})
