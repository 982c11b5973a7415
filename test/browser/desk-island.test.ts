import { serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations } from '../support/axe.ts'
import { openBrowser } from '../support/chromium.ts'
import { publishDeskExam } from '../support/desk-exam.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

const browser: Browser | undefined = await openBrowser()
const DESK = '/staff/desk/clerk'
const PATH = 'office.ja.md'
let w: FixedWorld
let url: string
let stop: () => void
let aoki: string
let baba: string
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  if (!browser) return
  w = await fixedWorld()
  await publishDeskExam(w)
  aoki = (await w.launch('aut-1', { role: 'author', name: '青木' })).token
  baba = (await w.launch('aut-2', { role: 'author', name: '馬場' })).token
  // whoever opens the page is 青木, at whatever address it is read here
  const fetch = (request: Request) => {
    const headers = new Headers(request.headers)
    headers.set('authorization', `Bearer ${aoki}`)
    for (const name of ['origin', 'sec-fetch-site']) headers.delete(name)
    return w.app.fetch(new Request(request, { headers }))
  }
  await new Promise<void>((ready) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (info) => {
      url = `http://127.0.0.1:${info.port}`
      ready()
    })
    stop = () => server.close()
  })
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'ja' })
  await context.addCookies([{ name: 'lang', value: 'ja', url }])
  page = await context.newPage()
  page.setDefaultTimeout(120_000)
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(`${url}${DESK}?path=${PATH}&item=office-001`)
  await page.locator('#desk[data-ready]').waitFor()
})
afterAll(async () => {
  await browser?.close()
  stop?.()
  await w?.close()
})

const text = () => page.locator('.cm-content').first()
const view = () => page.locator('#desk-view iframe').contentFrame()
const problems = () => page.locator('#desk-problems')
const state = () => page.locator('#desk-state')

async function stored(): Promise<string> {
  const { json } = await w.call('GET', `${DESK}/source`, { token: baba })
  return json.files.find(({ path }: { path: string }) => path === PATH).text
}

/** What somebody else saves of the same file. */
async function saveAsBaba(change: (text: string) => string): Promise<void> {
  const { json } = await w.call('GET', `${DESK}/source`, { token: baba })
  const file = json.files.find(({ path }: { path: string }) => path === PATH)
  const body = { path: PATH, was: file.hash, text: change(file.text) }
  expect((await w.call('PUT', `${DESK}/files`, { token: baba, body })).status).toBe(200)
}

async function writeAtEnd(words: string): Promise<void> {
  await text().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText(words)
}

describe.skipIf(!browser)('the desk in a browser', () => {
  it('shows what candidates see as it is written', async () => {
    await expect.poll(() => view().locator('.stem').textContent()).toContain('件名として最も適切なもの')
    await text().click()
    await page.keyboard.press('Control+Home')
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Home')
    await page.keyboard.insertText('見積書を送る、')
    await expect.poll(() => view().locator('.stem').textContent()).toContain('見積書を送る、件名として')
    expect(await view().locator('body').textContent()).not.toContain('件名だけで用件が分かる')
  })

  it('finds a slip with its line in the item, mends it at a press, and takes both back', async () => {
    await writeAtEnd('\n\n＃＃＃ メモ\n\nよく出る問いです。')
    const fix = problems().locator('.prob .btn.outline')
    await fix.waitFor()
    expect(await problems().locator('.prob[data-severity=error] .pl').first().textContent()).toMatch(/^\d+行$/)
    await problems().locator('.prob .btn.ghost').first().click()
    await expect.poll(() => problems().locator('.why').first().textContent()).toContain('書き方')
    await fix.click()
    await expect.poll(() => text().textContent()).toContain('### メモ')
    await expect.poll(() => problems().locator('.prob[data-severity=error]').count()).toBe(0)
    await text().click()
    await page.keyboard.press('Control+z')
    await expect.poll(() => text().textContent()).toContain('＃＃＃ メモ')
    await page.keyboard.press('Control+y')
    await expect.poll(() => text().textContent()).toContain('### メモ')
  })

  it('saves by itself', async () => {
    await expect.poll(() => state().textContent()).toMatch(/\d+:\d+ に保存/)
    await expect.poll(stored).toContain('### メモ')
    expect(await stored()).toContain('## office-002 税込金額')
  })

  it('joins what somebody else wrote elsewhere in the file', async () => {
    await saveAsBaba((before) => before.replace('税込金額は何円ですか', '税込の金額は何円ですか'))
    await writeAtEnd('一行目です。')
    await expect.poll(stored).toContain('一行目です。')
    expect(await stored()).toContain('税込の金額は何円ですか')
    expect(await page.locator('.edsays').textContent()).toContain('馬場')
  })

  it('shows both side by side where the same line was written, and loses neither', async () => {
    await saveAsBaba((before) => before.replace('よく出る問いです。', '馬場の文です。'))
    await writeAtEnd('青木の文です。')
    const dispute = page.locator('.conflict')
    await dispute.waitFor()
    expect(await dispute.textContent()).toContain('馬場の文です。')
    expect(await dispute.textContent()).toContain('青木の文です。')
    expect(await state().textContent()).toContain('選ぶと保存します')
    await dispute.locator('.btn.primary').click()
    await expect.poll(stored).toContain('馬場の文です。')
    expect(await stored()).toContain('青木の文です。')
    await expect.poll(() => text().textContent()).toContain('馬場の文です。')
  })

  it('keeps what is written without a connection, over a visit, and sends it then', async () => {
    await page.route('**/files', (route) => route.abort())
    await writeAtEnd('接続なしの文です。')
    await expect.poll(() => state().textContent()).toContain('接続がありません')
    page.once('dialog', (dialog) => void dialog.accept())
    await page.route('**/source', (route) => route.abort())
    await page.reload()
    await page.locator('.edsays', { hasText: 'つながると開きます' }).waitFor()
    expect(await text().isVisible()).toBe(false)
    await Promise.all([page.unroute('**/files'), page.unroute('**/source')])
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.locator('#desk[data-ready]').waitFor()
    await expect.poll(() => text().textContent()).toContain('接続なしの文です。')
    await expect.poll(stored, { timeout: 30_000 }).toContain('接続なしの文です。')
  })

  it('sends what it kept when its author has signed in again in another tab', async () => {
    await page.route('**/files', (route) => route.fulfill({ status: 401, json: {} }))
    await writeAtEnd('昨日の文です。')
    await expect.poll(() => state().textContent()).toContain('サインインし直して')
    await page.unroute('**/files')
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await expect.poll(stored).toContain('昨日の文です。')
  })

  it('takes the words of a table whose reader does not come, a table of a spreadsheet, and a picture made smaller', async () => {
    const paste = (table: string) =>
      text().evaluate((element, table) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', table)
        element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      }, table)
    await writeAtEnd('\n\n')
    await page.route('**/desk-paste*', (route) => route.abort())
    await paste('色\t数\n赤\t7\n')
    await expect.poll(() => page.locator('.edsays').textContent()).toContain('文字だけを貼り付けました')
    expect(await text().textContent()).toContain('赤\t7')
    await page.unroute('**/desk-paste*')
    await writeAtEnd('\n\n')
    await paste('品\t額\n机\t8,000\n')
    await expect.poll(() => text().textContent()).toContain('| 机 | 8,000 |')
    // at the end of a line it begins below it
    await writeAtEnd('\n\n続きの行')
    await paste('色\t数\n青\t3\n')
    const lines = async () => (await text().locator('.cm-line').allTextContents()).join('\n')
    await expect.poll(lines).toMatch(/続きの行\n+\| 色 \| 数 \|\n/)
    await text().evaluate(async (element) => {
      const canvas = new OffscreenCanvas(1_200, 900)
      const pen = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D
      const noise = pen.createImageData(1_200, 900)
      for (let i = 0; i < noise.data.length; i += 1) noise.data[i] = (i * 2_654_435_761) >>> 24
      pen.putImageData(noise, 0, 0)
      const bytes = await canvas.convertToBlob({ type: 'image/png' })
      if (bytes.size < 500_000) throw new Error(`the picture has ${bytes.size} bytes alone`)
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([bytes], 'answer.png', { type: 'image/png' }))
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    })
    await expect.poll(() => text().textContent(), { timeout: 30_000 }).toContain('](assets/office-001-1.webp)')
    expect(await page.locator('.edsays').textContent()).toMatch(/KB/)
  })

  it('is left by Escape and Tab, reached by keys, and clean for axe', async () => {
    await text().focus()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.shadowRoot !== null)).toBe(true)
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className ?? '')).not.toContain(
      'cm-content',
    )
    expect(await axeViolations(page)).toEqual([])
  })

  it('stands side by side with the other language', async () => {
    await page.locator('.langs button').last().click()
    await expect.poll(() => page.locator('.cm-content').nth(1).textContent()).toContain('Which subject line is best?')
    expect(await axeViolations(page)).toEqual([])
    expect(complaints.filter((line) => !/ERR_FAILED|status of 4(01|09)/.test(line))).toEqual([])
  })
})
