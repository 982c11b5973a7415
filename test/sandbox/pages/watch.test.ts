import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { MARKET } from '../../support/sandbox/fake-plugin.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { CERTIFICATE, listed, openStage, passed, settled } from '../../support/sandbox/stage.ts'
import { visitor } from '../../support/sandbox/visitor.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())
afterEach(() => {
  Object.assign(market.world, { plays: undefined })
})

describe('the first page', () => {
  it('says of the exam what its data say, and offers to watch a pass only where one is played', async () => {
    const reader = visitor(market)
    const alone = await reader.open('/')
    expect(alone.html).not.toContain('action="/watch"')
    expect(alone.text).not.toContain('60秒で見る')
    expect((await reader.post('/watch', {})).status).toBe(404)
    expect((await reader.open('/watch/ply_1')).status).toBe(404)
    openStage(market, passed, 0)
    const { text, html } = await reader.open('/')
    expect(html).toContain('action="/watch"')
    expect(text).toContain('33分の検定に合格すると')
    expect(text).toContain('33分、7問と課題2つ。無料')
  })

  it('shows a newcomer of the ninth page between their neighbours, in the order of this moment', async () => {
    const { json } = await market.call('GET', '/api/workers?category=business-admin&limit=100')
    const { html, text } = await visitor(market).open('/')
    const places = [...html.matchAll(/<span class="climb-rank">(\d+)<\/span>.*?<b>(.*?)<\/b>/g)].map(
      ([, rank, name]) => [Number(rank), name] as const,
    )
    expect(places.map(([rank]) => rank).slice(0, 3)).toEqual([1, 6, 7])
    for (const [rank, name] of places) expect([rank, json.workers[rank - 1].name]).toEqual([rank, name])
    expect(text).toContain('9ページ目')
    const hero = /name="worker" value="(wrk_\w+)"/.exec(html)?.[1]
    expect(json.workers[(places.at(4)?.[0] ?? 0) - 1].id).toBe(hero)
  })

  it('offers somebody else once a newcomer went over to the exam, which they may have failed there', async () => {
    const reader = visitor(market)
    const hero = async () => /name="worker" value="(wrk_\w+)"/.exec((await reader.open('/')).html)?.[1] ?? ''
    const first = await hero()
    expect(await hero()).toBe(first)
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: MARKET }
    const launch = { worker: first, role: 'worker', exam: 'business-admin', locale: 'ja' }
    const body = new URLSearchParams(launch).toString()
    const gone = await market.app.request(`${MARKET}/launch`, { method: 'POST', headers, body })
    expect(gone.status).toBe(303)
    expect(await hero()).not.toBe(first)
  })

  it('tells figures of the stores', async () => {
    const figure = async (of: string) => {
      const { html } = await visitor(market).open('/')
      return Number(new RegExp(`<b>([\\d,]+)</b> <span>${of}`).exec(html)?.[1]?.replace(',', ''))
    }
    const [certified, cases, stopped] = [
      await figure('人が検定を保有'),
      await figure('件を確認中'),
      await figure('件を今週止めました'),
    ]
    expect(await figure('件を公開')).toBeGreaterThan(100)
    await market.certify('wrk_007')
    expect(await figure('人が検定を保有')).toBe(certified + 1)
    const { session } = (await market.call('POST', '/demo/session', { body: { user: 'cli_04' } })).json
    const body = {
      title: 'スマホだけで日給3万円',
      body: 'LINEを追加してください。先に登録料5,000円を振り込んでください。銀行口座番号と身分証の写真が必要です。',
      category: 'business-admin',
      pay: { type: 'fixed', amount: 30_000 },
      sendAnyway: true,
    }
    await market.call('POST', '/v1/jobs', { token: session, body })
    expect([await figure('件を確認中'), await figure('件を今週止めました')]).toEqual([cases + 1, stopped + 1])
  })

  it('moves the clock from its bar and comes back', async () => {
    const shown = await visitor(market).post('/clock', { days: '7', back: '/' })
    expect(shown.path).toMatch(/^\/\?moved=7&fired=\d+#clock$/)
    expect(shown.html).toMatch(/<details class="drawer" id="clock" open/)
    const elsewhere = await visitor(market).post('/clock', { days: '1', back: '//evil.example' })
    expect(elsewhere.path).toMatch(/^\/\?moved=1/)
  })
})

describe('a watched pass', () => {
  it('loads itself anew without script, only while it is played', async () => {
    const plays = openStage(market, passed, 4)
    const reader = visitor(market)
    const { path, html, text } = await reader.post('/watch', {})
    await settled()
    expect(html).toMatch(/<noscript><meta http-equiv="refresh" content="2"/)
    expect(text).toContain('実行中')
    await reader.post(path, { act: 'pause' })
    expect(reader.shown().html).not.toContain('http-equiv')
    expect(reader.shown().text).toContain('一時停止中')
    await reader.post(path, { act: 'resume' })
    expect(reader.shown().text).toContain('実行中')
    plays.stop(path.split('/')[2] ?? '')
    expect((await reader.open(path)).html).not.toContain('http-equiv')
  })

  it('shows the state of every step, a cell for every answer, and calls without whom they are about', async () => {
    openStage(market, passed, 6)
    const reader = visitor(market)
    const { path } = await reader.post('/watch', {})
    await settled()
    const { html, text } = await reader.open(path)
    expect([...html.matchAll(/<li data-state="(\w+)"/g)].map(([, state]) => state)).toEqual([
      'done',
      'now',
      'next',
      'next',
      'next',
    ])
    const cells = [...html.matchAll(/<rect[^>]*class="(on|off)"/g)].map(([, cell]) => cell)
    expect(cells).toHaveLength(9)
    expect(text).toContain(`${cells.filter((cell) => cell === 'on').length} / 9問`)
    expect(text).toContain('PUT /api/attempts/…/responses')
    expect(html).not.toContain('att_secret')
  })

  it('is one of a browser: whoever asks again is led to the one that is played', async () => {
    openStage(market, passed, 3)
    const reader = visitor(market)
    const first = await reader.post('/watch', {})
    expect((await reader.post('/watch', {})).path).toBe(first.path)
    await reader.post(first.path, { act: 'stop' })
    const again = await reader.post('/watch', {})
    expect(again.text).toContain('実行中')
  })

  it('says where it halted, and offers it again', async () => {
    openStage(market, [...passed.slice(0, 5), new Error('refused')], 50)
    const reader = visitor(market)
    const { path } = await reader.post('/watch', {})
    await settled()
    const { text, html } = await reader.open(path)
    expect(text).toContain('「受験する」で止まりました')
    expect(text).toContain('PUT /api/attempts/…/responses（結果 409）')
    expect(html).toMatch(/<form method="post" action="\/watch"/)
    expect(html).not.toMatch(/value="(pause|skip)"/)
  })

  it.each([
    ['for everybody', listed, '1ページ目に出ました', '検索すると、'],
    [
      'for one client',
      { ...listed, row: { client: 'cli_04', words: undefined } },
      '1ページ目に出ました',
      '杉浦農園さんがきょう検索すると',
    ],
    [
      'for a search of one client',
      { ...listed, row: { client: 'cli_04', words: '議事録' } },
      '1ページ目に出ました',
      '杉浦農園さんがきょう「議事録」で検索すると',
    ],
    ['in a higher place', { ...listed, row: undefined }, '位から49位へ', 'いまは、ほかの方の番です'],
    [
      'while searches without sign-in count no certificate',
      { ...listed, row: undefined, heldOut: true },
      '位から49位へ',
      'ログインしていない方の検索では、比較のため検定を数えていません',
    ],
  ] as const)('ends with what is true: %s', async (_, event, headline, line) => {
    openStage(market, [...passed, event], 50)
    const reader = visitor(market)
    const { path } = await reader.post('/watch', {})
    await settled()
    const { text, html } = await reader.open(path)
    expect(/<h1>(.*?)<\/h1>/.exec(html)?.[1]).toContain(headline)
    expect(text).toContain(line)
    expect(text).toContain('知識100点、実技95点で、基準の72%に届きました。')
    expect(text).toContain('発行から表示まで1.8秒でした。')
    expect(html).toContain(`href="${CERTIFICATE}"`)
    expect(html).toMatch(/href="\/tour\?worker=wrk_\w+&amp;from=\d+#step-contract"/)
    // whoever stands in the row is shown there, and nobody else
    expect(html.includes('climb-shelf waiting')).toBe(event.row === undefined)
  })

  it('says in English which of its words are Japanese', async () => {
    openStage(market, [...passed, { ...listed, row: { client: 'cli_04', words: '議事録' } }], 50)
    const reader = visitor(market)
    const { path } = await reader.post('/watch', {})
    await settled()
    const { html } = await reader.open(`${path}?lang=en`)
    expect(html).toContain('<p><bdi lang="ja">杉浦農園</bdi> sees ')
    expect(html).toContain('“<bdi lang="ja">議事録</bdi>”')
  })

  it('is nobody else’s to control', async () => {
    openStage(market, passed, 3)
    const { path } = await visitor(market).post('/watch', {})
    expect((await visitor(market).post(path, { act: 'stop' }, { Origin: 'https://evil.example' })).status).toBe(403)
    expect((await visitor(market).post('/watch/ply_other', { act: 'stop' })).status).toBe(404)
    expect((await market.app.request(`${MARKET}${path}`)).status).toBe(200)
  })
})
