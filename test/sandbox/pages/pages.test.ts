import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSandbox } from '../../../src/sandbox/app.ts'
import { brandSetting } from '../../../src/world/brand-setting.ts'
import { MARKET, PLUGIN } from '../../support/sandbox/fake-plugin.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

const post = (path: string, fields: Record<string, string>, headers: Record<string, string>) =>
  market.app.request(`${MARKET}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers })

describe('the pages', () => {
  it.each([
    '/tour',
    '/workers',
    '/workers?category=business-admin',
    '/workers/wrk_001',
    '/workers/wrk_007',
    '/ranking',
    '/docs',
  ])('%s is there in both languages, without scripts or inline styles', async (path) => {
    for (const lang of ['ja', 'en']) {
      const { status, text, headers } = await market.call('GET', `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
      expect(status).toBe(200)
      expect(text).toMatch(new RegExp(`^<!doctype html><html lang="${lang}">`))
      expect(text).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/)
      expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'")
      expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
    }
  })

  it('/ runs its own script alone', async () => {
    const { text, headers } = await market.call('GET', '/')
    expect(text.match(/<script[^>]*>[^<]*/g)).toEqual([
      expect.stringMatching(/^<script type="module" src="\/assets\/front.js/),
    ])
    expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+=/)
    expect(headers.get('Content-Security-Policy')).toContain("script-src 'self'")
  })

  it.each(['/', '/workers', '/workers/wrk_001', '/jobs', '/sign-in'])(
    '%s lets forms go to its own addresses, and from a launch on to the plugin',
    async (path) => {
      const { text, headers } = await market.call('GET', path)
      const sources = /form-action ([^;]*)/.exec(headers.get('Content-Security-Policy') ?? '')?.[1]?.split(' ')
      const actions = [...text.matchAll(/<form [^>]*action="([^"?#]+)/g)].map(([, action]) => `${MARKET}${action}`)
      expect(actions.length).toBeGreaterThan(0)
      expect(sources?.toSorted()).toEqual(
        [...new Set([...actions, ...(actions.includes(`${MARKET}/launch`) ? [PLUGIN] : [])])].toSorted(),
      )
    },
  )

  it('have a long name’s short form in their header', async () => {
    const brand = brandSetting.parse({
      name: 'みんなのおしごとひろばエキスパートマッチング',
      shortName: 'おしごとひろば',
    })
    const app = createSandbox(() => ({ ...market.world, settings: { ...market.world.settings, brand } }))
    const text = await (await app.request(`${MARKET}/workers/wrk_001?lang=ja`)).text()
    expect(text).toContain('<b>おしごとひろば</b>')
  })

  it('stay in the reader’s language from link to link', async () => {
    const { text } = await market.call('GET', '/workers?lang=en')
    for (const [, href] of text.matchAll(/<a class="logo" href="([^"]+)"|<h2><a href="([^"]+)"/g))
      expect(href ?? 'lang=en').toContain('lang=en')
  })

  it('show text as text', async () => {
    const { text } = await market.call('GET', `/workers?q=${encodeURIComponent('"><script>alert(1)</script>')}`)
    expect(text).not.toContain('<script>')
  })

  it('narrow the search by words, reviews and certificate', async () => {
    const count = async (query: string) => {
      const { text } = await market.call('GET', `/workers?${query}`)
      return text.includes('条件に合う人はいませんでした') ? 0 : Number(/<p class="lead">(\d+)人。/.exec(text)?.[1])
    }
    const all = await count('')
    expect(all).toBe(300)
    expect(await count('reviews=none')).toBe(120)
    expect((await count('reviews=few')) + (await count('reviews=many'))).toBe(180)
    expect(await count('certified=1')).toBe(0)
    await market.certify('wrk_001')
    expect(await count('certified=1')).toBe(1)
    expect(await count(`q=${encodeURIComponent('請求書')}`)).toBeGreaterThan(0)
    expect(await count(`q=${encodeURIComponent('ＳＥＯ')}`)).toBe(await count('q=seo'))
    expect(await count('q=%25')).toBe(0)
    expect(await count(`q=${encodeURIComponent('でーた')}`)).toBe(await count(`q=${encodeURIComponent('ﾃﾞｰﾀ')}`))
    expect((await count('rateMax=1500')) + (await count('rateMin=1501'))).toBe(all)
    expect(await count(`rateMin=${encodeURIComponent('１，５０１円')}`)).toBe(await count('rateMin=1501'))
    expect(await count('rateMin=x')).toBe(all)
  })

  it('count at each condition how many it would leave, and sort by what is asked for, with the row in the order alone', async () => {
    await market.certify('wrk_001')
    const page = async (query: string) => (await market.call('GET', `/workers?${query}`)).text
    const options = (html: string) =>
      [...html.matchAll(/name="(exam|reviews|time|skill)" value="([^"]+)"[^>]*><span>[^<]*<\/span><small>(\d+)</g)].map(
        ([, name, value, n]) => [`${name}=${value}`, Number(n)] as const,
      )
    const found = (html: string) => Number(/<p class="lead">(\d+)人。/.exec(html)?.[1] ?? 0)
    const open = options(await page(''))
    expect(open.map(([query]) => query.replace(/=.*/, ''))).toEqual([
      'exam',
      'exam',
      'reviews',
      'reviews',
      'reviews',
      'time',
      'time',
      'time',
      ...Array(6).fill('skill'),
    ])
    expect(Object.fromEntries(open)).toMatchObject({ 'exam=business-admin': 1, 'reviews=none': 120 })
    for (const [query, n] of open.filter(([, count]) => count > 0))
      expect([query, found(await page(query))]).toEqual([query, n])
    const narrowed = Object.fromEntries(options(await page('reviews=none')))
    for (const [query, n] of open.filter(([one]) => one.startsWith('reviews'))) expect(narrowed[query]).toBe(n)
    const rates = async (query: string) =>
      [...(await page(query)).matchAll(/<p class="pay"><b>([\d,]+)/g)].map(([, yen = '']) =>
        Number(yen.replace(',', '')),
      )
    const cheapest = [...(await rates('sort=rate')), ...(await rates('sort=rate&page=2'))]
    expect(cheapest).toHaveLength(20)
    expect(cheapest).toEqual(cheapest.toSorted((a, b) => a - b))
    for (const sort of ['reviews', 'rate', 'newest']) {
      const html = await page(`sort=${sort}`)
      expect([sort, html.includes('class="newcomers"'), html.includes('class="why"')]).toEqual([sort, false, false])
    }
    const means = [...(await page('sort=reviews')).matchAll(/<p class="mean">.*?<b>([\d.]+)/g)].map(([, mean]) =>
      Number(mean),
    )
    expect(means).toEqual(means.toSorted((a, b) => b - a))
    expect((await page('')).includes('class="newcomers"')).toBe(true)
    expect((await market.call('GET', '/api/workers?newcomer=1&limit=500')).json.total).toBe(
      Object.fromEntries(open)['reviews=none'],
    )
  })

  it('search as if nothing was asked where an address says what nobody can mean', async () => {
    const rows = (html: string) => [...html.matchAll(/<li class="card person" id="([^"]+)"/g)].map(([, id]) => id)
    const open = rows((await market.call('GET', '/workers?category=business-admin')).text)
    expect(open).toHaveLength(10)
    for (const wrong of [
      'exam=nothing',
      'reviews=x',
      'time=night&time=',
      'skill=%00',
      'sort=best',
      'page=-1',
      'page=x',
    ])
      expect([wrong, rows((await market.call('GET', `/workers?category=business-admin&${wrong}`)).text)]).toEqual([
        wrong,
        open,
      ])
    expect(rows((await market.call('GET', '/workers?category=business-admin&rateMin=3000&rateMax=1000')).text)).toEqual(
      open,
    )
    // a page behind the last one is the last one
    const last = await market.call('GET', '/workers?category=business-admin&page=100000')
    expect(last.text).toMatch(/>(\d+) \/ \1 ページ</)
  })

  it('carry every condition to the next page', async () => {
    const asked =
      'category=business-admin&q=入力&exam=business-admin&reviews=none&reviews=few&time=weekends&skill=data-entry'
    const { text } = await market.call('GET', `/workers?${asked}&rateMin=1000&rateMax=4000&sort=rate&page=2`)
    expect(text).toContain('条件で絞る（6）')
    const wide = await market.call(
      'GET',
      '/workers?time=weekends&skill=data-entry&skill=invoicing&sort=rate&rateMin=1000',
    )
    const [, href = ''] = /href="([^"]+)" rel="next"/.exec(wide.text) ?? []
    const carried = new URL(href.replaceAll('&amp;', '&'), 'https://market.example').searchParams
    expect([...carried].map(([name, value]) => `${name}=${value}`).sort()).toEqual([
      'page=2',
      'rateMin=1000',
      'skill=data-entry',
      'skill=invoicing',
      'sort=rate',
      'time=weekends',
    ])
  })

  it('keep what is searched for when only the kind of work changes, and of too long words the beginning', async () => {
    const found = await market.call('GET', `/workers?q=SEO&reviews=none&rateMin=1000&lang=en`)
    expect(found.text).toContain('/workers?category=web-writer&amp;q=SEO&amp;reviews=none&amp;rateMin=1000&amp;lang=en')
    for (const path of ['/workers', '/jobs'])
      expect((await market.call('GET', `${path}?q=${'議'.repeat(5_000)}`)).text).toContain(
        `value="${'議'.repeat(100)}"`,
      )
  })

  it('call a certificate in the reader’s language', async () => {
    await market.certify('wrk_003')
    const title = async (lang: string) =>
      /<iframe[^>]* title="([^"]+)"/.exec((await market.call('GET', `/workers/wrk_003?lang=${lang}`)).text)?.[1]
    expect(await title('en')).toMatch(/^[\x20-\x7e\xa0]+$/)
    expect(await title('ja')).toContain('検定')
  })

  it('show of who passed what the exam asks, without a point, and what they say of themselves apart', async () => {
    await market.certify('wrk_005')
    const { text } = await market.call('GET', '/workers/wrk_005')
    const showed = /<section[^>]*aria-labelledby="showed">.*?<\/section>/s.exec(text)?.[0] ?? ''
    expect(showed.match(/<li>/g)).toHaveLength(7)
    expect(showed).toContain('監督のない試験')
    expect(showed).toContain(`${PLUGIN}/exams/business-admin/evidence?lang=ja`)
    expect(showed).toContain(`${PLUGIN}/credentials/crd_wrk_005`)
    expect(showed).not.toMatch(/\d点/)
    expect(text).toMatch(/本人の申告です.*<li class="chip">/s)
    expect((await market.call('GET', '/workers/wrk_006')).text).not.toContain('aria-labelledby="showed"')
  })

  it('tell newcomers, and nobody else, how often they were on a first page this week and by how many opened', async () => {
    const [shown] = (await market.call('GET', '/api/workers?category=business-admin')).json.row
    const draw = (await market.call('GET', '/api/workers?category=business-admin')).json.drawId
    for (const _ of [1, 2])
      await market.call('GET', `/workers/${shown.id}?draw=${draw}`, { headers: { 'Sec-Fetch-Site': 'same-origin' } })
    const as = async (user: string) => {
      const { session } = (await market.call('POST', '/demo/session', { body: { user } })).json
      return (await market.call('GET', `/workers/${shown.id}`, { headers: { Authorization: `Bearer ${session}` } }))
        .text
    }
    const week = (html: string) => /今週、(\d+)回1ページ目に出て、(\d+)人が開きました/.exec(html)?.slice(1).map(Number)
    const [times = 0, people] = week(await as(shown.id)) ?? []
    expect(times).toBeGreaterThan(0)
    expect(people).toBe(1)
    expect([week(await as('cli_01')), week((await market.call('GET', `/workers/${shown.id}`)).text)]).toEqual([
      undefined,
      undefined,
    ])
  })

  it('offer exams to visitors and to whom they are about, work to clients, and neither to anybody else', async () => {
    const profileFor = async (user?: string) => {
      const token =
        user === undefined ? undefined : (await market.call('POST', '/demo/session', { body: { user } })).json.session
      return (
        await market.call(
          'GET',
          '/workers/wrk_004',
          token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } },
        )
      ).text
    }
    const offers = (html: string) => ['受験する', '仕事を頼む'].filter((words) => html.includes(words))
    // a visitor of the demonstration may play anybody
    expect(offers(await profileFor())).toEqual(['受験する', '仕事を頼む'])
    expect(offers(await profileFor('wrk_004'))).toEqual(['受験する'])
    expect(offers(await profileFor('wrk_001'))).toEqual([])
    expect(offers(await profileFor('cli_01'))).toEqual(['仕事を頼む'])
    expect(offers(await profileFor('opr_demo'))).toEqual([])
  })

  it('say so when somebody is not there', async () => {
    expect((await market.call('GET', '/workers/wrk_999')).status).toBe(404)
    expect((await market.call('GET', '/nowhere')).text).toContain('見つかりません')
    expect((await market.call('GET', '/api/nowhere')).json.code).toBe('not-found')
  })

  it('and programs say so of a method that an address does not have', async () => {
    const [page, program] = [await market.call('PUT', '/workers/wrk_001'), await market.call('DELETE', '/v1/jobs')]
    expect([page.status, page.headers.get('allow'), page.text.includes('見つかりません')]).toEqual([
      405,
      'GET, HEAD',
      true,
    ])
    expect([program.status, program.json.code, program.headers.get('allow')]).toEqual([
      405,
      'method-not-allowed',
      program.json.allow.join(', '),
    ])
  })
})

describe('the forms', () => {
  const own = { Origin: MARKET }

  it('launch a worker to the plugin', async () => {
    const answer = await post(
      '/launch',
      { worker: 'wrk_001', role: 'worker', exam: 'business-admin', locale: 'ja' },
      own,
    )
    expect(answer.status).toBe(303)
    expect(answer.headers.get('Location')).toMatch(new RegExp(`^${PLUGIN}/launch\\?token=ey`))
  })

  it('change a standing and come back', async () => {
    const answer = await post('/workers/wrk_002/standing?lang=en', { status: 'restricted' }, own)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('Location')).toBe('/workers/wrk_002?lang=en')
    expect((await market.call('GET', '/workers/wrk_002?lang=en')).text).toContain('Restricted')
  })

  it('end a session for everybody who still has its cookie', async () => {
    const signedIn = await post('/sign-in', { user: 'wrk_001', next: '' }, own)
    const cookie = (signedIn.headers.getSetCookie()[0] as string).split(';')[0] as string
    const hasDesk = async () => (await market.app.request(`${MARKET}/me`, { headers: { Cookie: cookie } })).status
    expect(await hasDesk()).toBe(200)
    expect((await post('/sign-out', {}, { ...own, Cookie: cookie })).status).toBe(303)
    expect(await hasDesk()).not.toBe(200)
  })

  const foreign: Record<string, string>[] = [
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { 'Sec-Fetch-Site': 'cross-site' },
  ]
  it.each(foreign)('are refused from %j', async (headers) => {
    expect((await post('/launch', { worker: 'wrk_001', role: 'worker', locale: 'ja' }, headers)).status).toBe(403)
  })

  it('and the demo API are closed to pages of others', async () => {
    const answer = await market.call('POST', '/demo/workers/wrk_001/standing', {
      body: { status: 'suspended' },
      headers: { Origin: 'https://evil.example' },
    })
    expect(answer.status).toBe(403)
  })
})
