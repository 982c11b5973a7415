import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf, standIn, unfold, walksIn } from '../support/axe.ts'
import { openBrowser } from '../support/chromium.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { lookAt } from '../support/look-at.ts'
import { shippedExam } from '../support/shipped-bank.ts'

const browser: Browser | undefined = await openBrowser()
let w: FixedWorld

const QUESTIONS = 8
const answered = { heading: '.verdict2' }

/** A browser that finds the service at its own address: policies name it. */
async function visitor(
  options: Parameters<Browser['newContext']>[0],
  hasScripts = () => true,
): Promise<BrowserContext> {
  const context = await (browser as Browser).newContext(options)
  await context.route(`${PLUGIN}/**`, async (route) => {
    const asked = route.request()
    if (!hasScripts() && asked.resourceType() === 'script') return route.abort()
    const body = asked.postDataBuffer()
    const reply = await w.app.request(asked.url(), {
      method: asked.method(),
      headers: await asked.allHeaders(),
      ...(body ? { body: new Uint8Array(body) } : {}),
    })
    return route.fulfill({
      status: reply.status,
      headers: Object.fromEntries(reply.headers),
      body: Buffer.from(await reply.arrayBuffer()),
    })
  })
  return context
}

/** Gives some answer by what any page offers: options, places, gaps. */
async function answer(page: Page): Promise<void> {
  for (const list of await page.locator('.q select:visible').all()) await list.selectOption({ index: 1 })
  for (const field of await page.locator('.q input[type=text]').all()) await field.fill('5')
  const option = page.locator('.q .opt input').first()
  if (await option.count()) await option.check({ force: true })
  const move = page.locator('[data-move="1"]:visible').first()
  if (await move.count()) await move.click()
  for (const [i, place] of (await page.locator('.order select:visible').all()).entries())
    await place.selectOption(String(i + 1))
  await page.locator('.q .btn.primary').click()
  await page.locator(answered.heading).waitFor()
}

const views = [
  { locale: 'ja', scheme: 'light', width: 1280, withScripts: true },
  { locale: 'en', scheme: 'dark', width: 390, withScripts: false },
] as const

describe.skipIf(!browser)('practice, study sheets and the page of an exam, without a session', () => {
  beforeAll(async () => {
    w = await fixedWorld({ bank: await shippedExam('business-admin') })
  })
  afterAll(async () => {
    await browser?.close()
    await w?.close()
  })

  it.each(walksIn(views))(
    'have no axe violation, no sideways scroll and no broken policy when asked and when answered: $named',
    async ({ next }) => {
      let view: (typeof views)[number] = next()
      // the checker itself is a script, so that only the pages' own are kept away
      const context = await visitor({}, () => view.withScripts)
      const page = await context.newPage()
      const wrong: string[] = []
      page.on('pageerror', (error) => wrong.push(error.message))
      page.on('console', (message) => message.text().includes('Content Security Policy') && wrong.push(message.text()))
      const open = async (path: string) => {
        await context.addCookies([{ name: 'lang', value: view.locale, url: PLUGIN }])
        await standIn(page, view)
        await page.goto(`${PLUGIN}/exams/business-admin${path}`)
      }
      const look = async (what: string) => {
        wrong.push(...(await faultsOf(page)).map((fault) => `${what} in ${Object.values(view).join(' ')} ${fault}`))
        view = next()
      }
      for (const path of ['', '/sheets', '/sheets/bc-5', '/sheets/ss-3']) {
        await open(path)
        await unfold(page)
        await look(`exam ${path}`)
      }
      // the controls of the others are those of a paper
      await open('/practice?q=1')
      await look('1')
      for (let number = 1; number <= QUESTIONS; number++) {
        await open(`/practice?q=${number}`)
        await answer(page)
        await look(`${number} answered`)
      }
      await context.close()
      expect(wrong).toEqual([])
    },
  )

  it.each(walksIn([{ width: 1280 }, { width: 390 }]))(
    'stand still from the first paint on: $named',
    async ({ next }) => {
      const moved: [string, number][] = []
      for (const path of ['', '/practice?q=3', '/practice?q=7', '/sheets/ss-3']) {
        const { width } = next()
        const { shift } = await lookAt(
          { newContext: (options) => visitor(options) },
          { url: `${PLUGIN}/exams/business-admin${path}`, width, slower: 4, until: 'load' },
        )
        // layout shift is told in thousandths: less is a part of a pixel
        if (shift >= 0.001) moved.push([`${path} ${width}`, shift])
      }
      expect(moved).toEqual([])
    },
  )

  it('keep the focus on a line that was moved by keyboard, and say its new place', async () => {
    const context = await visitor({ locale: 'ja-JP' })
    const page = await context.newPage()
    await page.goto(`${PLUGIN}/exams/business-admin/practice?q=7`)
    const texts = page.locator('.order li > span:nth-child(2)')
    const first = await texts.first().textContent()
    await page.locator('[data-move="1"]').first().focus()
    await page.keyboard.press('Enter')
    expect(await texts.nth(1).textContent()).toBe(first)
    // it keeps the focus, and its new place is said
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-move'))).toBe('1')
    expect(await page.locator('[data-moved]').textContent()).toBe('2番目に動かしました')
    await page.keyboard.press('Enter')
    await page.locator('.q .btn.primary').focus()
    await page.keyboard.press('Enter')
    await page.locator(answered.heading).waitFor()
    expect(await page.locator('.opt2').nth(2).textContent()).toContain(first)
    await context.close()
  })
})
