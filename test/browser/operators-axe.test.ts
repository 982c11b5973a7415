import { serve } from '@hono/node-server'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drainSandbox } from '../../src/sandbox/flows/drain-sandbox.ts'
import { runTimers } from '../../src/sandbox/flows/run-timers.ts'
import { faultsOf, standIn, unfold, type View, walksIn } from '../support/axe.ts'
import { openBrowser } from '../support/chromium.ts'
import { PLUGIN } from '../support/sandbox/fake-plugin.ts'
import { type Market, openMarket } from '../support/sandbox/open-market.ts'
import { clientReview, revealReview, reviewRoom, workerReview } from '../support/sandbox/review-room.ts'
import { listed, openStage, passed } from '../support/sandbox/stage.ts'

const browser: Browser | undefined = await openBrowser()

let market: Market
let url: string
let stop: () => void
/** A case that waits, one that was decided, one that was appealed, one of the plugin. */
let cases: Readonly<Record<'waiting' | 'decided' | 'appealed' | 'alleged', string>>
let contract: string
let block: string

async function prepare(): Promise<void> {
  const sessions = new Map<string, string>()
  const as = async (user: string, method: string, path: string, body?: unknown) => {
    const token = sessions.get(user) ?? (await market.call('POST', '/demo/session', { body: { user } })).json.session
    sessions.set(user, token)
    return (await market.call(method, path, { token, ...(body === undefined ? {} : { body }) })).json
  }
  const post = async () =>
    (
      await as('cli_04', 'POST', '/v1/jobs', {
        title: 'スマホだけで日給3万円',
        body: 'LINEを追加してください。先に登録料5,000円を振り込んでください。銀行口座番号と身分証の写真が必要です。',
        category: 'business-admin',
        pay: { type: 'fixed', amount: 30_000 },
        sendAnyway: true,
      })
    ).id as string
  const caseOf = async (job: string) =>
    (await as('opr_demo', 'GET', '/v1/operators/queue?status=all')).subjects.find(
      (one: { subject: { id: string } }) => one.subject.id === job,
    ).case as string
  const decide = (id: string) =>
    as('opr_demo', 'POST', `/v1/operators/subjects/${id}/decide`, {
      action: 'take-down',
      kinds: ['upfront-fee'],
      facts: '先に登録料を求めています。',
      duration: 'P30D',
    })
  const [waiting, decided, appealed] = [
    await caseOf(await post()),
    await caseOf(await post()),
    await caseOf(await post()),
  ]
  await decide(decided)
  const { decision } = await decide(appealed)
  await as('cli_04', 'POST', `/v1/decisions/${decision}/appeal`, { text: '登録料ではなく送料です。' })
  const token = await market.plugin.serviceToken({ claims: { scope: 'moderation:write' } })
  const body = {
    subject: { type: 'attempt', id: 'att_1', worker: 'wrk_004' },
    policy: '同じ答案が二つあります',
    automated: true,
    evidence: { similarity: 0.98 },
  }
  const alleged = (await market.call('POST', '/v1/moderation/cases', { token, body })).json.case
  cases = { waiting, decided, appealed, alleged }

  const job = (await as('wrk_001', 'GET', '/v1/jobs?limit=1')).jobs[0].id
  await as('wrk_001', 'POST', `/v1/jobs/${job}/reports`, { reason: 'upfront-fee', detail: '登録料を求められました。' })
  const room = reviewRoom(market)
  const settled = await room.settle()
  contract = settled.id
  await room.reviewBoth(
    settled,
    clientReview({ rest: 5, again: 0, safe: 'no', note: '高い評価を求められました。' }),
    workerReview(),
  )
  for (const [nth, client] of ['cli_02', 'cli_03', 'cli_05'].entries())
    for (const worker of ['wrk_011', 'wrk_012', 'wrk_013'])
      await revealReview(market, `ctr_block_${nth}_${worker}`, { client, worker, yen: 500, stars: 5 })
  await runTimers(market.world)
  block = (await as('opr_demo', 'GET', '/v1/operators/client-blocks')).blocks[0].block
  for (const worker of ['wrk_001', 'wrk_002'])
    await as(worker, 'PUT', '/v1/payout-account', { bank: '0001', branch: '123', number: '1234567' })
  await as('wrk_013', 'PUT', '/v1/samples/business-admin', {
    title: '棚卸し表の作り方',
    text: '自分で作った手順です。',
  })
  market.plugin.webhookStatus = 410
  await drainSandbox(market.world)
  market.plugin.webhookStatus = 200
  await market.call('POST', '/demo/trigger', { body: { event: 'contract.formed', worker: 'wrk_010' } })
}

/** Somebody's way through pages, each in the view whose turn it is. */
interface Way {
  readonly page: Page
  readonly wrong: string[]
  readonly next: () => View
}

/** Opens a page in the view whose turn it is. */
async function open({ page, next }: Way, path: string): Promise<void> {
  const view = next()
  await standIn(page, view)
  const target = new URL(path, url)
  target.searchParams.set('lang', view.locale)
  await page.goto(target.href)
}

/** Looks at the page as it is, with everything unfolded. */
async function look({ page, wrong }: Way, name: string): Promise<void> {
  await unfold(page)
  wrong.push(...(await faultsOf(page)).map((fault) => `${name} ${fault}`))
}

async function enter(context: BrowserContext, user: string | undefined): Promise<Page> {
  // there is no exam service here that could show its badges
  await context.route(`${PLUGIN}/**`, (route) => route.abort())
  const page = await context.newPage()
  if (user === undefined) return page
  await page.goto(`${url}/sign-in`)
  await page.locator('input[name=user][required]').fill(user)
  await page.locator('form.find button').click()
  await page.waitForURL('**/operators/queue')
  return page
}

/** An operator's way through all pages, with what is refused, previewed and read on the way. */
async function visitOperators(way: Way): Promise<void> {
  const { page } = way
  for (const path of [
    '/operators/queue',
    '/operators/queue?status=closed',
    '/operators/appeals',
    '/operators/contracts',
    '/operators/detector',
    '/operators/detector/learning',
    '/operators/noticed',
    '/operators/deliveries',
    '/operators/deliveries?state=waiting',
  ]) {
    await open(way, path)
    await look(way, path)
  }
  for (const name of ['decided', 'appealed', 'alleged'] as const) {
    await open(way, `/operators/subjects/${cases[name]}`)
    await look(way, name)
  }
  await open(way, `/operators/subjects/${cases.waiting}`)
  if (await page.locator('#claim button').isVisible()) await page.locator('#claim button').click()
  await page.locator('#decision button.primary').click()
  await page.locator('[role=alert]').waitFor()
  await look(way, 'a refused decision')
  await page.locator('#decision input[value=take-down]').check()
  await page.locator('#decision select[name=duration]').selectOption('P30D')
  await page.locator('input[name=kinds-upfront-fee]').check()
  await page.locator('#decision textarea[name=facts]').fill('先に登録料を求めています。')
  await page.locator('#decision button.primary').click()
  await page.locator('#send').waitFor()
  await look(way, 'a preview')
  await open(way, '/operators/reviews')
  await look(way, 'the worklist')
  await page.locator(`#read-${contract} input[name=reason]`).fill('連絡を受けたため')
  await page.locator(`#read-${contract} button`).click()
  await page.locator('main .halves').waitFor()
  await look(way, 'hidden answers')
  await open(way, '/operators/audit')
  await look(way, 'the reading log')
  await open(way, '/operators/accounts')
  await page.locator('#identity button').click()
  await page.locator('[role=alert]').waitFor()
  await look(way, 'shared accounts with a refused decision')
  await open(way, '/operators/samples')
  await look(way, 'samples that wait')
  await page.locator('main ol a').first().click()
  await page.locator('#judge input[value=refused]').check()
  await page.locator('#judge button').click()
  await page.locator('[role=alert]').waitFor()
  await look(way, 'a sample with a refused decision')
  await open(way, '/operators/blocks')
  await look(way, 'blocks of clients')
  await open(way, `/operators/blocks/${block}`)
  await page.locator('#decide button').click()
  await page.locator('[role=alert]').waitFor()
  await look(way, 'a block with a refused decision')
}

/** The first page before a story has begun and in every step of it. */
async function visitGuide(way: Way): Promise<void> {
  const { page } = way
  openStage(market, passed, 6)
  await open(way, '/')
  await look(way, 'the first page')
  await page.locator('[data-again]').scrollIntoViewIfNeeded()
  await page.locator('.climb.moving').waitFor()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.reload()
  await page.locator('html.js .climb').scrollIntoViewIfNeeded()
  await page.locator('[data-again]').waitFor({ state: 'detached' })
  if ((await page.locator('.moving').count()) > 0) way.wrong.push('the picture moves where motion is not welcome')
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.locator('form[action^="/watch"] button').click()
  await page.locator('.run [data-state="now"] .cells').waitFor()
  await look(way, 'a pass that is played')
  await page.locator('button[value=pause]').click()
  await page.locator('button[value=resume]').waitFor()
  await look(way, 'a paused pass')
  await page.locator('button[value=stop]').click()
  await page.locator('main [role=alert]').waitFor()
  await look(way, 'a stopped pass')
  openStage(
    market,
    [...passed, { ...listed, row: (page.viewportSize()?.width ?? 0) < 500 ? undefined : listed.row }],
    99,
  )
  await open(way, '/')
  await page.locator('form[action^="/watch"] button').click()
  await page.locator('.nextstory').waitFor()
  await look(way, 'a pass that was played')
  await open(way, '/tour')
  await look(way, 'the guide')
  await page.locator('.choices button').first().click()
  await page.locator('#story').waitFor()
  await look(way, 'a story')
  for (const step of ['contract', 'work', 'reviews', 'fade'])
    await page.locator(`#step-${step} button[name=step]`).click()
  await page.locator('#clock summary').click()
  await page.locator('#clock button').first().click()
  await page.locator('#clock [role=status]').waitFor()
  await look(way, 'a story told')
}

describe.skipIf(!browser)('pages of operators and the guide', () => {
  beforeAll(async () => {
    market = await openMarket()
    const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
      const started = serve({ fetch: market.app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
        url = `http://localhost:${port}`
        resolve(started)
      })
    })
    stop = () => server.close()
    await prepare()
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
      for (const [user, visit] of [
        ['opr_demo', visitOperators],
        [undefined, visitGuide],
      ] as const) {
        const context = await (browser as Browser).newContext()
        const page = await enter(context, user)
        page.on(
          'console',
          (message) => message.text().includes('Content Security Policy') && wrong.push(message.text()),
        )
        await visit({ page, wrong, next })
        await context.close()
      }
      expect(wrong).toEqual([])
    },
  )
})
