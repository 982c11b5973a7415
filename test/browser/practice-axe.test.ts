import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, judgedByTurns } from '../support/axe.ts'
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
async function visitor(options: Parameters<Browser['newContext']>[0], withScripts = true): Promise<BrowserContext> {
  const context = await (browser as Browser).newContext(options)
  await context.route(`${PLUGIN}/**`, async (route) => {
    const asked = route.request()
    if (!withScripts && asked.resourceType() === 'script') return route.abort()
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

async function faults(page: Page, isJudged: () => boolean): Promise<string[]> {
  const found = isJudged() ? await axeViolations(page) : []
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  return [...found, ...(wide ? ['scrolls sideways'] : [])]
}

describe.skipIf(!browser)('practice, study sheets and the page of an exam, without a session', () => {
  beforeAll(async () => {
    w = await fixedWorld({ bank: await shippedExam('business-admin') })
  })
  afterAll(async () => {
    await browser?.close()
    await w?.close()
  })

  it.each([
    [0, 'ja', 'light', 1280, true],
    [1, 'en', 'dark', 390, false],
  ] as const)(
    'have no axe violation, no sideways scroll and no broken policy when asked and when answered: view %i, %s %s %i, own scripts %s',
    async (view, locale, colorScheme, width, javaScriptEnabled) => {
      const isJudged = judgedByTurns(view)
      // the checker itself is a script, so that only the pages' own are kept away
      const context = await visitor({ viewport: { width, height: 900 }, colorScheme }, javaScriptEnabled)
      await context.addCookies([{ name: 'lang', value: locale, url: PLUGIN }])
      const page = await context.newPage()
      const wrong: string[] = []
      page.on('pageerror', (error) => wrong.push(error.message))
      page.on('console', (message) => message.text().includes('Content Security Policy') && wrong.push(message.text()))
      await page.goto(`${PLUGIN}/exams/business-admin`)
      for (const fold of await page.locator('details.more > summary').all()) await fold.click()
      wrong.push(...(await faults(page, isJudged)).map((fault) => `exam ${fault}`))
      for (const sheets of ['/sheets', '/sheets/bc-5', '/sheets/ss-3']) {
        await page.goto(`${PLUGIN}/exams/business-admin${sheets}`)
        for (const fold of await page.locator('main details > summary').all()) await fold.click()
        wrong.push(...(await faults(page, isJudged)).map((fault) => `${sheets} ${fault}`))
      }
      for (let number = 1; number <= QUESTIONS; number++) {
        await page.goto(`${PLUGIN}/exams/business-admin/practice?q=${number}`)
        // the controls of the others are those of a paper
        if (number === 1) wrong.push(...(await faults(page, isJudged)).map((fault) => `${number} ${fault}`))
        await answer(page)
        wrong.push(...(await faults(page, isJudged)).map((fault) => `${number} answered ${fault}`))
        await page.setViewportSize({ width: 320, height: 700 })
        if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
          wrong.push(`${number} scrolls sideways at 320 px`)
        await page.setViewportSize({ width, height: 900 })
      }
      await context.close()
      expect(wrong).toEqual([])
    },
  )

  it('stand still from the first paint on', async () => {
    const moved: [string, number][] = []
    for (const path of ['', '/practice?q=3', '/practice?q=7', '/sheets/ss-3'])
      for (const width of [1280, 390]) {
        const { shift } = await lookAt(
          { newContext: visitor },
          { url: `${PLUGIN}/exams/business-admin${path}`, width, slower: 4, until: 'load' },
        )
        // layout shift is told in thousandths: less is a part of a pixel
        if (shift >= 0.001) moved.push([`${path} ${width}`, shift])
      }
    expect(moved).toEqual([])
  })

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
