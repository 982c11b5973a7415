import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { allSaved } from '../support/all-saved.ts'
import { faultsOf, standIn, walksIn } from '../support/axe.ts'
import { openBrowser } from '../support/chromium.ts'
import { modelSaves } from '../support/model-answer.ts'
import { bankOfTasks } from '../support/two-part-bank.ts'
import { type RealApp, startRealApp } from '../support/ui-fixture/real-app.ts'

const browser: Browser | undefined = await openBrowser()
const bank = bankOfTasks({ kind: 'sheet', points: 20 })
let app: RealApp
let context: BrowserContext
let page: Page
let people = 0

// biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
const call = async (method: string, path: string, data?: unknown): Promise<any> =>
  (await context.request.fetch(app.origin + path, { method, data, headers: { origin: app.origin } })).json()

/** Passes the knowledge part and opens the sheet. */
async function openSheet({ javaScriptEnabled = true } = {}) {
  context = await (browser as Browser).newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled })
  context.setDefaultTimeout(90_000)
  people += 1
  await context.addCookies([await app.session(`wkr_sheet_${people}`)])
  page = await context.newPage()
  // what is not saved yet stays in the browser: the page may be left
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(`${app.origin}/exams/tiny`)
  const { id, lease, sections } = await call('POST', '/api/exams/tiny/attempts', { locale: 'ja' })
  await call('PUT', `/api/attempts/${id}/responses`, { lease, saves: modelSaves(bank, sections) })
  await call('POST', `/api/attempts/${id}/submit`, { lease })
  await page.reload()
  await page.locator('[name=agree]').check()
  await page.getByRole('button', { name: '実技の部を始める' }).click()
  await page.waitForURL('**/attempts/att_*')
}

const formula = (number: number) => page.locator(`[name="t1.q${number}"]`)
const came = (number: number) => page.locator('.came').nth(number - 1)
const rangeOf = async (number: number) =>
  (
    await page
      .locator('.ask')
      .nth(number - 1)
      .getAttribute('data-range')
  )?.split(':')[0] ?? ''

describe.skipIf(!browser)('a sheet for formulas, in a browser', () => {
  beforeAll(async () => {
    app = await startRealApp()
    await publishExam(app.world, bank)
  })
  afterAll(async () => {
    await app?.close()
    await browser?.close()
  })

  describe('in one sitting', () => {
    beforeAll(() => openSheet())
    beforeEach(() => page.reload().then(() => {}))
    afterAll(() => context?.close())

    it('shows what a formula comes to while it is typed, also in full width, and saves it', async () => {
      const at = await rangeOf(1)
      await formula(1).fill('＝ＳＵＭ（１，２）')
      await came(1)
        .filter({ hasText: `${at} ＝ 3` })
        .waitFor()
      expect(await page.locator(`td[data-at="${at}"]`).textContent()).toBe('3')
      expect(await page.locator('#sheet-count').textContent()).toBe('式 1／8')
      await allSaved(page)
      await page.reload()
      expect(await formula(1).inputValue()).toBe('＝ＳＵＭ（１，２）')
      await came(1)
        .filter({ hasText: `${at} ＝ 3` })
        .waitFor()
    })

    it('loads what calculates once somebody goes to a formula, and again where that failed', async () => {
      const asked: string[] = []
      let isDown = true
      const calculator = /\/assets\/formulas\.js/
      await page.route(calculator, (route) => {
        asked.push(route.request().url())
        return isDown ? route.abort() : route.continue()
      })
      await page.reload({ waitUntil: 'networkidle' })
      expect(asked).toEqual([])
      const failed = page.waitForEvent('requestfailed', (request) => calculator.test(request.url()))
      await formula(1).focus()
      await failed
      isDown = false
      const typed = async () => {
        await formula(1).fill('=2+3')
        return came(1).textContent()
      }
      await expect.poll(typed, { timeout: 60_000 }).toContain('＝ 5')
      await page.unroute(calculator)
      await allSaved(page)
    })

    it('says why a text is no formula, and never whether a formula is right', async () => {
      await formula(1).fill('=SUM(A1')
      await came(1).filter({ hasText: '5字目の「(」が閉じていません。' }).waitFor()
      expect(await formula(1).getAttribute('aria-invalid')).toBe('true')
      await formula(1).fill(`=${await rangeOf(1)}`)
      await came(1).filter({ hasText: '自分の入るセル' }).waitFor()
      await formula(1).fill('=0+0')
      await came(1).filter({ hasText: '＝ 0' }).waitFor()
      expect(await formula(1).getAttribute('aria-invalid')).toBeNull()
      expect(await page.locator('main').textContent()).not.toMatch(/正解|誤り/)
    })

    it('moves with Enter, but not while a word is composed, and turns dollars with F4', async () => {
      await formula(1).fill('=B5')
      const press = (isComposing: boolean) =>
        page.evaluate((isComposing) => {
          const enter = new KeyboardEvent('keydown', { key: 'Enter', isComposing, bubbles: true, cancelable: true })
          document.activeElement?.dispatchEvent(enter)
          return (document.activeElement as HTMLInputElement).name
        }, isComposing)
      expect(await press(true)).toBe('t1.q1')
      for (const turned of ['=$B$5', '=B$5', '=$B5', '=B5']) {
        await page.keyboard.press('F4')
        expect(await formula(1).inputValue()).toBe(turned)
      }
      expect(await press(false)).toBe('t1.q2')
    })

    it('puts the address of a pressed cell into a formula', async () => {
      await formula(1).fill('=')
      await page.locator('td[data-at="B2"]').click()
      expect(await formula(1).inputValue()).toBe('=B2')
    })

    it.each(
      walksIn([
        { scheme: 'light', width: 1280 },
        { scheme: 'dark', width: 390 },
      ] as const),
    )(
      'keeps to a window, and has no fault that axe finds, with a slip and with what was entered: $named',
      async ({ next }) => {
        await standIn(page, next())
        await page.reload()
        await formula(1).fill('=SUM(A1')
        expect(await faultsOf(page)).toEqual([])
        await standIn(page, next())
        await page.reload()
        expect(await faultsOf(page)).toEqual([])
      },
    )
  })

  it('without JavaScript is saved by a button, and shows what formulas come to then', async () => {
    await openSheet({ javaScriptEnabled: false })
    const at = await rangeOf(2)
    await formula(1).fill('=SUM(A1')
    await formula(2).fill('=1+1')
    await page.getByRole('button', { name: '保存する' }).click()
    expect(await came(1).textContent()).toContain('閉じていません')
    expect(await came(2).textContent()).toBe(`${at} ＝ 2`)
    expect(await page.locator(`td[data-at="${at}"]`).textContent()).toBe('2')
    await page.getByRole('button', { name: '保存して見直しへ' }).click()
    await page.waitForURL('**/review')
    expect(await page.locator('main').textContent()).toContain('式 2／8')
    await context.close()
  })
})
