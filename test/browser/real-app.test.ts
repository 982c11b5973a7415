import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { allSaved } from '../support/all-saved.ts'
import { cases } from '../support/cases.ts'
import { openBrowser } from '../support/chromium.ts'
import { type RealApp, startRealApp } from '../support/ui-fixture/real-app.ts'

const browser: Browser | undefined = await openBrowser()
const MINUTE = 60_000
let app: RealApp
let context: BrowserContext
let page: Page
let people = 0

async function visit(options: { javaScriptEnabled?: boolean } = {}) {
  context = await (browser as Browser).newContext({ viewport: { width: 1280, height: 900 }, ...options })
  context.setDefaultTimeout(90_000)
  people += 1
  await context.addCookies([await app.session(`wkr_${people}`)])
  page = await context.newPage()
}

async function start() {
  await page.goto(`${app.origin}/exams/demo`)
  await page.locator('[name=agree]').check()
  await page.getByRole('button', { name: '検定を始める' }).click()
  await page.waitForURL('**/attempts/att_*')
}

/** Has a page ask the service now for what it asks every few seconds. */
const ask = () => page.evaluate(() => dispatchEvent(new Event('online')))

/** Answers the question that is shown, rightly. */
async function answer(q = page.locator('.q:visible')) {
  const type = await q.getAttribute('data-type')
  if (type === 'single') await q.getByText('【見積書送付】').locator('..').click()
  if (type === 'numeric') await q.locator('.input').fill('１３，２００')
  if (type !== 'order') return
  const wanted = ['見積書を受け取る', '発注書を送る', '納品を受ける']
  for (const text of wanted.toReversed()) {
    const row = q.locator('li', { hasText: text })
    for (let i = 0; i < wanted.length; i++)
      if (!(await row.evaluate((li) => li === li.parentElement?.firstElementChild)))
        await row.locator('[data-move="-1"]').click()
  }
  const keep = q.locator('[data-keep-order]')
  if (await keep.isVisible()) await keep.click()
}

describe.skipIf(!browser)('the service in a browser', () => {
  beforeAll(async () => {
    app = await startRealApp()
  })
  afterAll(async () => {
    await app?.close()
    await browser?.close()
  })
  beforeEach(() => visit())
  afterEach(() => context.close())

  it('leads from the catalogue to a certificate that anybody can check', async () => {
    await page.goto(`${app.origin}/`)
    await page.locator('h2 a').first().click()
    await start()
    for (let i = 0; i < 3; i++) {
      await answer()
      await page.locator('#next').click()
    }
    await page.waitForURL('**/review*')
    await page.getByRole('button', { name: '提出する' }).click()
    await page.waitForURL('**/result')
    expect(await page.locator('h1').textContent()).toContain('合格です')
    await page.getByRole('link', { name: '証明書を見る' }).click()
    await page.waitForURL('**/credentials/crd_*lang=ja')
    expect(await page.locator('h1').first().textContent()).toContain('有効')
    await page.goto(`${app.origin}/certificates`)
    expect(await page.locator('.certs > li').count()).toBe(1)
  })

  it('keeps an answer over a reload, and lets one tab write at a time', async () => {
    await start()
    await page.locator('[data-cell]').first().click()
    await answer()
    await allSaved(page)
    await page.reload()
    expect(await page.locator('#count').textContent()).toBe('1')
    const other = await context.newPage()
    await other.goto(page.url())
    await other.locator('html.js').waitFor()
    await ask()
    await page.locator('#lost').waitFor()
    expect(await page.locator('#save').getAttribute('data-s')).toBe('lost')
  })

  it('shows the result and no question to whoever goes back after submitting', async () => {
    await start()
    await answer()
    await allSaved(page)
    const paper = page.url().split('#')[0] as string
    await page.goto(`${paper}/review`)
    await page.locator('#submit button').click()
    await page.waitForURL('**/result')
    for (let back = 0; back < 2; back++) {
      await page.goBack()
      expect(await page.locator('.q, #paper, .todo').count()).toBe(0)
      expect(new URL(page.url()).pathname).toMatch(/\/result$/)
    }
  })

  it('submits by itself at the deadline', async () => {
    await start()
    await answer()
    await allSaved(page)
    app.advance(45 * MINUTE - 3_000)
    await ask()
    await page.waitForURL('**/result')
    expect(await page.locator('.kicker').textContent()).toMatch(/提出/)
    await page.goto(`${app.origin}/exams/demo`)
    expect(await page.locator('#start').textContent()).toContain('まだ受けられません')
  })

  it.each([390, 1280].slice(0, cases(2, 2)))(
    'keeps what it holds while somebody else is signed in, says so, and saves it when its sitter is back (%d px wide)',
    async (width) => {
      await page.setViewportSize({ width, height: 800 })
      await start()
      await answer()
      await allSaved(page)
      const [mine] = (await context.cookies()).filter(({ name }) => name === '__Host-kentei')
      const takesOver = await app.session(`other_${people}`, '山田 はな')
      await context.addCookies([takesOver])
      await page.locator('#next').click()
      await answer()
      await page.locator('#away').waitFor()
      expect(await page.locator('#away-text').textContent()).toMatch(/山田 はな.*さんが入っています.*1件/)
      expect(await page.locator('#save').getAttribute('data-s')).toBe('kept')
      // a reload says whose paper it is not, and leads back to it
      const paper = new URL(page.url()).pathname
      const other = await context.newPage()
      const shown = await other.goto(`${app.origin}${paper}`)
      expect([shown?.status(), await other.locator('h1').textContent()]).toEqual([
        404,
        'この受験はあなたのものではありません',
      ])
      expect(await other.locator('.card a.btn').getAttribute('href')).toBe(
        `/launch/again?to=${encodeURIComponent(paper)}`,
      )
      await other.close()
      // back as oneself, the page saves by itself
      await context.addCookies([
        {
          ...(mine as NonNullable<typeof mine>),
          url: takesOver.url,
          domain: undefined,
          path: undefined,
        } as unknown as typeof takesOver,
      ])
      await allSaved(page)
      await page.locator('#away').waitFor({ state: 'hidden' })
      await page.reload()
      expect(await page.locator('#count').textContent()).toBe('2')
    },
  )

  it('works without JavaScript', async () => {
    await context.close()
    await visit({ javaScriptEnabled: false })
    await start()
    await page.locator('[data-type=numeric] .input').fill('13200')
    await page.getByText('【見積書送付】').locator('..').click()
    await page.getByRole('button', { name: '保存して確認へ' }).click()
    await page.waitForURL('**/review*')
    expect(await page.locator('.tally').textContent()).toContain('2')
    await page.locator('#submit button').click()
    await page.waitForURL('**/result')
  })
})
