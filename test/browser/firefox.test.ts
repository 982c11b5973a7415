import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { openFirefox } from '../support/firefox.ts'
import { modelSaves } from '../support/model-answer.ts'
import { twoPartBank } from '../support/two-part-bank.ts'
import { type RealApp, startRealApp } from '../support/ui-fixture/real-app.ts'

const firefox = await openFirefox()
const bank = twoPartBank()
let app: RealApp

beforeAll(async () => {
  if (!firefox) return
  app = await startRealApp()
  await publishExam(app.world, bank)
})
afterAll(async () => {
  await firefox?.close()
  await app?.close()
})

/** A page of somebody new, in a window of their own. */
async function openAs(worker: string, width: number, height: number): Promise<Page> {
  if (!firefox) throw new Error('there is no Firefox')
  const context = await firefox.createBrowserContext()
  const page = await context.newPage()
  await page.setViewport({ width, height })
  page.setDefaultTimeout(60_000)
  const { name, value } = await app.session(worker)
  await context.setCookie({
    name,
    value,
    domain: 'localhost',
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
  })
  await page.goto(`${app.origin}/exams/tiny?lang=ja`)
  return page
}

const says = (page: Page, text: string) =>
  page.waitForFunction((text) => document.body.textContent.includes(text), {}, text)
/** Asked again and again: on a busy machine a wait that is told of changes was not told of this one. */
const saved = (page: Page) =>
  page.waitForFunction(() => document.querySelector('#save[data-s=saved]') !== null, { polling: 100 })

/** Presses what leads to another page. */
async function turn(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.locator(selector).click()])
}

it.skipIf(!firefox)(
  'Firefox goes the whole way of a candidate, from the rules to the result of both parts',
  async () => {
    const page = await openAs('wkr_firefox', 1280, 800)
    await page.locator('[name=agree]').click()
    await turn(page, 'form:has([name=agree]) .primary')
    await page.waitForSelector('html.js')
    const id = new URL(page.url()).pathname.split('/')[2] as string

    // one answer by keyboard, which saves itself: the digit picks the first option, or is written
    const first = await page.$eval('.q:has(.opt input, input.input)', (question) => question.id)
    await page.locator(`[data-cell=${first}]`).click()
    // the page puts the focus on its heading, which may come after this one was put on the field
    await vi.waitFor(
      async () => {
        await page.focus(`#${first} :is(.opt input, input.input)`)
        await page.keyboard.type('1')
        const answers = await page.$$eval(`#${first} :is(.opt input:checked, input.input)`, (fields) =>
          fields.map((field) => (field as HTMLInputElement).value),
        )
        expect(answers.some((answer) => answer !== '')).toBe(true)
      },
      { timeout: 60_000 },
    )
    await saved(page)
    // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
    const call = (method: string, path: string, body?: unknown): Promise<any> =>
      page.evaluate(
        async ([method, path, body]) => {
          const init = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body }
          return (await fetch(path as string, { method: method as string, ...init })).json()
        },
        [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
      )
    const { sections, responses } = await call('GET', `/api/attempts/${id}`)
    expect(Object.keys(responses)).toEqual([first])
    const lease = await page.$eval('[name=lease]', (field) => (field as HTMLInputElement).value)
    const saves = modelSaves(bank, sections).map((save) => ({ ...save, revision: 50 }))
    await call('PUT', `/api/attempts/${id}/responses`, { lease, saves })
    await page.reload()
    await page.waitForSelector('html.js')
    expect(await page.$eval('#count', (count) => count.textContent)).toBe(String(saves.length))
    await turn(page, '#review')
    await turn(page, '#submit .btn')
    await says(page, '実技')

    // the practical part: a cell of the table, saved by itself, over a reload, handed in
    await page.goto(`${app.origin}/exams/tiny`)
    await page.locator('[name=agree]').click()
    await turn(page, 'form:has([name=agree]) .primary')
    await page.waitForSelector('html.js')
    await page.focus('[name="t1.1001.確認"]')
    await page.keyboard.type('原本')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('t1.1002.確認')
    await saved(page)
    await page.reload()
    await page.waitForSelector('html.js')
    expect(await page.$eval('[name="t1.1001.確認"]', (cell) => (cell as HTMLInputElement).value)).toBe('原本')
    const practice = new URL(page.url()).pathname.split('/')[2] as string
    await page.goto(`${app.origin}/attempts/${practice}/review`)
    await turn(page, '#submit .btn')
    expect(new URL(page.url()).pathname).toBe(`/attempts/${practice}/result`)
  },
)

it.skipIf(!firefox)(
  'Firefox shows nothing to scroll sideways on a phone, from the exam to a saved answer',
  async () => {
    const page = await openAs('wkr_firefox_phone', 390, 844)
    const fits = async () =>
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
      ).toBe(true)
    await fits()
    await page.locator('[name=agree]').click()
    await turn(page, 'form:has([name=agree]) .primary')
    await page.waitForSelector('html.js')
    await fits()
    await page.locator('#sheet > summary').click()
    await page.waitForSelector('.pop #review')
    await fits()
    await page.keyboard.press('Escape')
    await vi.waitFor(
      async () => expect(await page.$eval('#sheet', (sheet) => (sheet as HTMLDetailsElement).open)).toBe(false),
      { timeout: 60_000 },
    )
  },
)
