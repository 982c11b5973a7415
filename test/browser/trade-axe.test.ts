import { serve } from '@hono/node-server'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf, standIn, unfold, type View, walksIn } from '../support/axe.ts'
import { openBrowser } from '../support/chromium.ts'
import { PLUGIN } from '../support/sandbox/fake-plugin.ts'
import { type Market, openMarket } from '../support/sandbox/open-market.ts'

const browser: Browser | undefined = await openBrowser()
const CLIENT = 'cli_04'
const WORKER = 'wrk_001'

let market: Market
let url: string
let stop: () => void
/** Pages by who looks at them; `!` means that the first form is sent empty before. */
let visits: Readonly<Record<string, readonly string[]>>

async function prepare(): Promise<typeof visits> {
  const sessions = new Map<string, string>()
  const as = async (user: string, method: string, path: string, body?: unknown) => {
    const token = sessions.get(user) ?? (await market.call('POST', '/demo/session', { body: { user } })).json.session
    sessions.set(user, token)
    return (await market.call(method, path, { token, ...(body === undefined ? {} : { body }) })).json
  }
  const step = (user: string, id: string, name: string, body: unknown = {}) =>
    as(user, 'POST', `/v1/contracts/${id}/${name}`, body)
  const hire = async (title: string, milestones?: readonly { title: string; amount: number }[]): Promise<string> => {
    const { id } = await as(CLIENT, 'POST', '/v1/contracts', {
      worker: WORKER,
      title,
      category: 'business-admin',
      amount: 20_000,
      ...(milestones ? { milestones } : {}),
    })
    return id
  }
  const deliver = async (title: string): Promise<string> => {
    const id = await hire(title)
    await step(CLIENT, id, 'fund')
    await step(WORKER, id, 'deliver', { note: '納品します。\n二つ目の表に、迷ったところを書きました。' })
    return id
  }
  const proposed = await hire('直売の注文一覧の整理')
  const pending = await hire('りんごの発送リスト作成')
  await step(CLIENT, pending, 'fund', { paymentMethod: 'bank-transfer' })
  const parts = await hire('商品紹介文（2回）', [
    { title: '1回目', amount: 10_000 },
    { title: '2回目', amount: 10_000 },
  ])
  await step(CLIENT, parts, 'fund')
  const delivered = await deliver('顧客名簿の重複を直す')
  const disputed = await deliver('アンケートの集計')
  await step(CLIENT, disputed, 'dispute', { note: '集計が半分です。' })
  const [paid, revealed] = [await deliver('見積書の様式づくり'), await deliver('在庫表のひな型づくり')]
  for (const id of [paid, revealed]) await step(CLIENT, id, 'accept')
  const review = (axis: string) => ({
    axes: { [axis]: 5, quality: 4, schedule: 5, communication: 4, partnership: 5 },
    comment: 'よい仕事でした。',
    hidden: { again: 9, safe: 'yes', note: '' },
  })
  await step(CLIENT, revealed, 'reviews', review('skill'))
  await step(WORKER, revealed, 'reviews', review('request'))
  const post = async (title: string, body: string): Promise<string> =>
    (
      await as(CLIENT, 'POST', '/v1/jobs', {
        title,
        body,
        category: 'business-admin',
        pay: { type: 'per-item', amount: 35 },
        sendAnyway: true,
      })
    ).id
  const open = await post(
    '発送伝票の入力（週2回）',
    '直売の注文を、発送伝票の様式に入力するお仕事です。1回あたり40件ほどです。',
  )
  const held = await post(
    'スマホだけで日給3万円',
    'LINEを追加してください。先に登録料5,000円を振り込んでください。銀行口座番号と身分証の写真が必要です。',
  )
  await as(WORKER, 'POST', `/v1/jobs/${open}/applications`, { message: '火曜と金曜に時間をとれます。' })
  const { subjects } = await as('opr_demo', 'GET', '/v1/operators/queue')
  const found = subjects.find((subject: { subject: { id: string } }) => subject.subject.id === held)
  const { decision } = await as('opr_demo', 'POST', `/v1/operators/subjects/${found.case}/decide`, {
    action: 'take-down',
    kinds: ['upfront-fee'],
    facts: '先に登録料を求めています。',
    duration: 'P30D',
  })
  const waiting = await post(
    '簡単なモニター',
    'LINEを追加してください。先に登録料5,000円を振り込んでください。銀行口座番号と身分証の写真が必要です。',
  )
  const at = (id: string) => `/contracts/${id}`
  return {
    [WORKER]: [
      '/jobs?q=入力',
      `/jobs/${open}`,
      `/jobs/${held}`,
      '/work',
      '/me',
      at(parts),
      at(delivered),
      `!${at(paid)}`,
      at(revealed),
      '/clients/cli_04',
      '/workers/wrk_001',
      // their own, with a certificate
      `/workers/${WORKER}`,
      '/workers?category=business-admin&reviews=none&time=weekends&sort=rate',
    ],
    [CLIENT]: [
      '!/jobs/new',
      `/jobs/${waiting}`,
      '/hiring',
      '/me',
      `/hiring/jobs/${open}`,
      // to which the client can invite
      '/workers/wrk_002',
      '!/contracts/new?worker=wrk_001',
      at(proposed),
      at(pending),
      at(delivered),
      `!/decisions/${decision}`,
    ],
    opr_demo: [`!${at(disputed)}`],
  }
}

async function enter(context: BrowserContext, user: string): Promise<Page> {
  // there is no exam service here that could show its badges
  await context.route(`${PLUGIN}/**`, (route) => route.abort())
  const page = await context.newPage()
  await page.goto(`${url}/sign-in`)
  await page.locator('input[name=user][required]').fill(user)
  await Promise.all([page.waitForLoadState(), page.locator('form.find button').click()])
  return page
}

async function look(page: Page, visit: string, view: View): Promise<string[]> {
  const target = new URL(visit.replace(/^!/, ''), url)
  target.searchParams.set('lang', view.locale)
  await standIn(page, view)
  await page.goto(target.href)
  if (visit.startsWith('!')) {
    await page.locator('main form .btn.primary').first().click()
    await page.locator('[role=alert]').waitFor()
    // the alert can be there before the style sheet is, and colours would be judged without it
    await page.waitForLoadState()
  }
  await unfold(page)
  return (await faultsOf(page)).map((fault) => `${visit} in ${Object.values(view).join(' ')} ${fault}`)
}

describe.skipIf(!browser)('pages of workers and clients', () => {
  beforeAll(async () => {
    market = await openMarket()
    await market.certify(WORKER)
    const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
      const started = serve({ fetch: market.app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
        url = `http://localhost:${port}`
        resolve(started)
      })
    })
    stop = () => server.close()
    visits = await prepare()
  })
  afterAll(async () => {
    stop?.()
    await market?.close()
    await browser?.close()
  })

  const views: readonly View[] = [
    { locale: 'ja', scheme: 'light', width: 1280 },
    { locale: 'en', scheme: 'dark', width: 390 },
  ]
  it.each(walksIn(views))(
    'have no axe violation, no sideways scroll and no broken policy: $named',
    async ({ next }) => {
      const wrong: string[] = []
      for (const [user, paths] of Object.entries(visits)) {
        const context = await (browser as Browser).newContext()
        const page = await enter(context, user)
        page.on(
          'console',
          (message) => message.text().includes('Content Security Policy') && wrong.push(message.text()),
        )
        for (const visit of paths) wrong.push(...(await look(page, visit, next())))
        await context.close()
      }
      expect(wrong).toEqual([])
    },
  )

  it('let a whole review be written with the keyboard alone', async () => {
    const context = await (browser as Browser).newContext({ viewport: { width: 1280, height: 900 } })
    const page = await enter(context, CLIENT)
    const paid = visits[WORKER]?.find((visit) => visit.startsWith('!/contracts/'))?.slice(1) ?? ''
    await page.goto(url + paid)
    await page.locator('#review-skill input').first().focus()
    for (let axis = 0; axis < 5; axis++) {
      await page.keyboard.press('Space')
      for (let star = 0; star < 3; star++) await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Tab')
    }
    await page.keyboard.type('よい仕事でした。')
    await page.keyboard.press('Tab')
    for (let again = 0; again < 9; again++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await Promise.all([page.waitForLoadState(), page.keyboard.press('Enter')])
    await page.locator('.note.wait').waitFor()
    await context.close()
  })
})
