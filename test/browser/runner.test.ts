import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { allSaved } from '../support/all-saved.ts'
import { openBrowser } from '../support/chromium.ts'
import { fixtureState } from '../support/ui-fixture/flows.ts'
import { type FixtureServer, startFixture } from '../support/ui-fixture/server.ts'

const browser: Browser | undefined = await openBrowser()
const PATIENCE_MS = 90_000
let server: FixtureServer
let context: BrowserContext
let page: Page

const begin = (minutes = 45) => {
  server.state.current = fixtureState(Date.now, minutes)
}
const stored = (ref: string) => server.state.current.responses[ref]?.response
const saved = (p = page) => allSaved(p)
const open = async (hash = '', p = page) => {
  await p.goto(`${server.url}/attempts/att_1${hash}`)
  await p.locator('html.js').waitFor()
}

describe.skipIf(!browser)('exam runner', () => {
  beforeAll(async () => {
    server = await startFixture()
  })
  afterAll(async () => {
    await server?.close()
    await browser?.close()
  })
  beforeEach(async () => {
    begin()
    context = await (browser as Browser).newContext({ viewport: { width: 1280, height: 900 } })
    context.setDefaultTimeout(PATIENCE_MS)
    page = await context.newPage()
  })
  afterEach(() => context.close())

  it('shows one question at a time and saves an answer by itself', async () => {
    await open()
    expect(await page.locator('.q:visible').count()).toBe(1)
    await page.locator('#q1 .opt').nth(2).click()
    await saved()
    expect(stored('q1')).toEqual({ choice: 'c' })
    expect(await page.locator('[data-cell=q1]').getAttribute('aria-label')).toContain('回答済み')
    await page.locator('#next').click()
    expect(await page.locator('.q:visible').getAttribute('id')).toBe('q2')
  })

  it.each([
    [1280, 720],
    [1366, 768],
    [390, 844],
  ])(
    'keeps legend, keys and the way to hand in on a screen of %d by %d, and reaches every number',
    async (width, height) => {
      await page.setViewportSize({ width, height })
      await open()
      if (width < 600) await page.locator('#sheet > summary').click()
      const isInSight = (selector: string) =>
        page.locator(selector).evaluate((node) => {
          const { top, bottom, left, width, height } = node.getBoundingClientRect()
          const hit = document.elementFromPoint(left + width / 2, top + height / 2)
          return top >= 0 && bottom <= innerHeight && node.contains(hit)
        })
      for (const selector of ['#review', '.leg', '.keys summary'])
        expect([selector, await isInSight(selector)]).toEqual([selector, true])
      const last = page.locator('[data-cell]').last()
      await last.scrollIntoViewIfNeeded()
      await last.click()
      expect(await page.locator('.q:visible').getAttribute('id')).toBe(await last.getAttribute('data-cell'))
    },
  )

  it('gives gaps room between their lines and for a word in each, and the hidden clock room beside its button', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open('#q6')
    const boxes = await page
      .locator('#q6 .gap')
      .evaluateAll((gaps) => gaps.map((gap) => gap.getBoundingClientRect().toJSON()))
    expect(Math.min(...boxes.map(({ width }) => width))).toBeGreaterThanOrEqual(64)
    for (const [i, { top, left }] of boxes.entries())
      for (const above of boxes.slice(0, i)) expect(top - above.bottom >= 4 || left - above.right >= 4).toBe(true)
    await page.locator('#thide').click()
    const [clock, button] = await Promise.all(['#tv', '#thide'].map((id) => page.locator(id).boundingBox()))
    expect((clock?.x ?? 0) + (clock?.width ?? 0)).toBeLessThanOrEqual(button?.x ?? 0)
  })

  it('saves every type of item', async () => {
    await open('#q2')
    await page.locator('#q2 .opt').nth(0).click()
    await page.locator('#q2 .opt').nth(2).click()
    await page.locator('[data-cell=q3]').click()
    await page.locator('#q3 .opt').nth(1).click()
    await page.locator('[data-cell=q4]').click()
    await page.locator('#q4 .input').fill('４，８００')
    await page.locator('[data-cell=q5]').click()
    await page.locator('#q5 .input').fill('SUM')
    await page.locator('[data-cell=q6]').click()
    await page.locator('#q6 input.gap').fill('Bcc')
    await page.locator('#q6 select.gap').selectOption('a')
    await page.locator('[data-cell=q7]').click()
    await page.locator('#q7 [data-move="1"]').first().click()
    await page.locator('[data-cell=q8]').click()
    await page.locator('#q8 select').nth(0).selectOption('b')
    await page.locator('#q8 select').nth(1).selectOption('a')
    await expect.poll(() => Object.keys(server.state.current.responses).length).toBe(7)
    await expect.poll(() => stored('q8')).toEqual({ pairs: { 1: 'b', 2: 'a' } })
    expect([stored('q2'), stored('q3'), stored('q4'), stored('q5')]).toEqual([
      { choices: ['a', 'c'] },
      { choice: 'b' },
      { text: '４，８００' },
      { text: 'SUM' },
    ])
    expect([stored('q6'), stored('q7')]).toEqual([{ blanks: { 1: 'Bcc', 2: 'a' } }, { order: ['b', 'a', 'c'] }])
    await page.reload()
    expect(await page.locator('#q7 .order li').first().getAttribute('data-ref')).toBe('b')
    expect(await page.locator('#count').textContent()).toBe('7')
  })

  it('clears an answer', async () => {
    await open()
    await page.locator('#q1 .opt').first().click()
    await saved()
    await page.locator('#q1 .clear').click()
    await expect.poll(() => stored('q1')).toBeNull()
    expect(await page.locator('#q1 .clear').isVisible()).toBe(false)
  })

  it('keeps what could not be saved, says so, and sends it on reconnect', async () => {
    await open()
    await context.setOffline(true)
    await page.locator('#q1 .opt').nth(1).click()
    await page.locator('#save[data-s="kept"]').waitFor()
    expect(await page.locator('#save-text').textContent()).toContain('1件')
    expect(stored('q1')).toBeUndefined()
    await context.setOffline(false)
    await saved()
    expect(stored('q1')).toEqual({ choice: 'b' })
  })

  it('sends what is left on the device after a reload', async () => {
    await open()
    server.offline.down = true
    await page.locator('#q1 .opt').nth(3).click()
    await page.locator('#save[data-s="kept"]').waitFor()
    page.on('dialog', (dialog) => dialog.accept())
    server.offline.down = false
    await page.reload()
    await expect.poll(() => stored('q1')).toEqual({ choice: 'd' })
    expect(await page.locator('#q1 .opt input').nth(3).isChecked()).toBe(true)
  })

  it('tells the old tab that another took over, and lets it take back', async () => {
    await open()
    const other = await context.newPage()
    await open('', other)
    await page.locator('#q1 .opt').first().click()
    await page.locator('#lost').waitFor()
    expect(stored('q1')).toBeUndefined()
    expect(await page.locator('#save').getAttribute('data-s')).toBe('lost')
    await page.getByRole('button', { name: 'この画面で続ける' }).click()
    await saved()
    expect(stored('q1')).toEqual({ choice: 'a' })
  })

  it('shows what was saved on another device since, in place of what this one kept, however much was typed here', async () => {
    await open('#q5')
    server.offline.down = true
    await page.locator('#q5 .input').pressSequentially('SUMIFS with much more')
    await page.locator('#save[data-s="kept"]').waitFor()
    page.on('dialog', (dialog) => dialog.accept())
    server.state.current.responses = { q5: { revision: 2, response: { text: 'newer' } } }
    server.offline.down = false
    await page.reload()
    await page.locator('html.js').waitFor()
    expect(await page.locator('#q5 .input').inputValue()).toBe('newer')
    await page.locator('#q5 .input').press('!')
    await saved()
    expect(stored('q5')).toEqual({ text: '!newer' })
  })

  it("keeps what another device saved since over what this one kept, where another page than the answer's is opened", async () => {
    await open('#q5')
    server.offline.down = true
    await page.locator('#q5 .input').pressSequentially('SUMIFS with much more')
    await page.locator('[data-cell=q4]').click()
    await page.locator('#q4 .input').fill('4800')
    await page.locator('#save[data-s="kept"]').waitFor()
    page.on('dialog', (dialog) => dialog.accept())
    server.state.current.responses = { q5: { revision: 2, response: { text: 'newer' } } }
    await page.goto(`${server.url}/attempts/att_1/review`)
    server.offline.down = false
    await expect.poll(() => stored('q4')).toEqual({ text: '4800' })
    expect(stored('q5')).toEqual({ text: 'newer' })
    await expect.poll(() => page.evaluate(() => localStorage.getItem('kentei.att_1'))).toBe('{}')
  })

  it('sends what an earlier release of the page left on the device', async () => {
    await open()
    await page.evaluate(() =>
      localStorage.setItem('kentei.att_1', JSON.stringify({ q5: { revision: 3, response: { text: 'SUM' } } })),
    )
    await page.reload()
    await expect.poll(() => stored('q5')).toEqual({ text: 'SUM' })
  })

  it('goes on with its own answer where the reply to an earlier one was lost', async () => {
    await open('#q5')
    await page.route('**/responses', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await page.locator('#q5 .input').fill('SUM')
    await page.locator('#save[data-s="kept"]').waitFor()
    expect(stored('q5')).toEqual({ text: 'SUM' })
    await page.unroute('**/responses')
    server.offline.down = true
    await page.locator('#q5 .input').fill('SUMIF')
    page.on('dialog', (dialog) => dialog.accept())
    server.offline.down = false
    await page.reload()
    await expect.poll(() => stored('q5')).toEqual({ text: 'SUMIF' })
  })

  it('keeps its answers past the deadline while the service takes none, and saves them where the time is extended', async () => {
    await open('#q5')
    const busy = /responses|submit/
    await page.route(busy, (route) => route.fulfill({ status: 503, json: { code: 'busy' } }))
    await page.locator('#q5 .input').fill('SUM')
    await page.locator('#save[data-s="kept"]').waitFor()
    const refused = page.waitForResponse(/submit/)
    await page.route(/clock/, (route) => {
      const now = Date.now()
      const [at, deadline] = [now, now - 1].map((time) => new Date(time).toISOString())
      return route.fulfill({ json: { status: 'open', now: at, deadline } })
    })
    await refused
    // from here on it hears of its own time again, which is not over
    await page.unroute(/clock/)
    await page.unroute(busy)
    await expect.poll(() => stored('q5')).toEqual({ text: 'SUM' })
    expect(page.url()).not.toContain('result')
  })

  it('adopts the stored answer where its own is older', async () => {
    await open()
    server.state.current.responses = { q1: { revision: 9, response: { choice: 'd' } } }
    await page.locator('#q1 .opt').first().click()
    await expect.poll(() => page.locator('#q1 .opt input').nth(3).isChecked()).toBe(true)
    expect(stored('q1')).toEqual({ choice: 'd' })
  })

  it('submits by itself at the deadline, with what was typed last', async () => {
    // the time that this machine takes for a page, several times over
    const began = Date.now()
    await open('#q5')
    const unhurried = 1_000 + 3 * (Date.now() - began)
    const { current } = server.state
    current.deadline = Date.now() + 2 * unhurried
    await open('#q5')
    await page.waitForTimeout(Math.max(0, current.deadline - unhurried - Date.now()))
    await page.locator('#q5 .input').fill('SUM')
    await page.waitForURL('**/result')
    expect(stored('q5')).toEqual({ text: 'SUM' })
    expect(server.state.current.calls.at(-1)).toBe('submit')
  })

  it('ignores a device clock that is a day off', async () => {
    await page.clock.install({ time: Date.now() + 86_400_000 })
    await open()
    await page.clock.runFor(2_000)
    expect(await page.locator('#tv').textContent()).toMatch(/^4[45]:/)
    expect(page.url()).not.toContain('result')
  })

  it('shows an extension by itself', async () => {
    await open()
    server.state.current.deadline += 600_000
    await expect.poll(() => page.locator('#tv').textContent()).toMatch(/^5[45]:/)
  })

  it('hides the remaining time until five minutes are left', async () => {
    await open()
    await page.locator('#thide').click()
    expect(await page.locator('#tv').textContent()).toBe('非表示')
    begin(4)
    await open()
    await page.locator('#thide').click()
    expect(await page.locator('#tv').textContent()).toMatch(/^[34]:/)
    expect(await page.locator('body').getAttribute('data-low')).toBe('1')
  })

  it('works with the keyboard alone, and letters act only inside a question', async () => {
    await open()
    await page.keyboard.press('KeyC')
    expect(stored('q1')).toBeUndefined()
    await page.locator('#q1 h2').focus()
    await page.keyboard.press('KeyC')
    await saved()
    expect(stored('q1')).toEqual({ choice: 'c' })
    await page.keyboard.press('KeyF')
    expect(await page.locator('[data-cell=q1]').getAttribute('aria-label')).toContain('見直す')
    await page.keyboard.press('KeyN')
    expect(await page.locator('.q:visible').getAttribute('id')).toBe('q2')
    await page.keyboard.press('KeyP')
    await page.locator('[data-cell=q5]').click()
    await page.locator('#q5 .input').focus()
    await page.keyboard.type('andanp')
    expect(await page.locator('#q5 .input').inputValue()).toBe('andanp')
  })

  it('goes over the review to the result, flags included', async () => {
    await open()
    await page.locator('#q1 .flag').click()
    await page.locator('#q1 .opt').first().click()
    await page.locator('#review').click()
    await page.waitForURL('**/review?flags=q1')
    expect(await page.getByText('未回答が7問あります。').count()).toBe(1)
    await page.getByRole('button', { name: '7問を未回答のまま提出' }).click()
    await page.waitForURL('**/result')
    expect(await page.locator('h1').textContent()).toContain('合格')
  })

  it('moves the navigator into a sheet on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open()
    expect(await page.locator('#side').isVisible()).toBe(false)
    await page.locator('#sheet > summary').click()
    expect(await page.locator('.pop #side').isVisible()).toBe(true)
    await page.locator('[data-cell=q8]').click()
    expect(await page.locator('#side').isVisible()).toBe(false)
    expect(await page.locator('.q:visible').getAttribute('id')).toBe('q8')
  })

  it('reports evidence without judging it', async () => {
    await open('#q5')
    await page.locator('#q5 .input').focus()
    await page.evaluate(() => document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { bubbles: true })))
    await expect.poll(() => server.state.current.events).toMatchObject([{ kind: 'paste', item: 'q5' }])
  })
})
