import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { fixtureState } from '../support/ui-fixture/flows.ts'
import { type FixtureServer, startFixture } from '../support/ui-fixture/server.ts'

const browser: Browser | undefined = await openBrowser()
let server: FixtureServer

/** The page of a pass on a clock that the test moves, and how often it asked. */
async function openPass() {
  const context = await (browser as Browser).newContext()
  const page = await context.newPage()
  await page.clock.install()
  let asked = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/state')) asked += 1
  })
  await page.goto(`${server.url}/attempts/att_pass/result`)
  return { context, page, asked: () => asked }
}

describe.skipIf(!browser)('the page of a pass', () => {
  beforeAll(async () => {
    server = await startFixture()
  })
  beforeEach(() => {
    server.state.current = fixtureState()
    server.state.current.held = 'sending'
  })
  afterAll(async () => {
    await server?.close()
    await browser?.close()
  })

  it('follows the certificate by itself until it is shown, keeps the focus, and then asks no more', async () => {
    const { context, page, asked } = await openPass()
    await page.getByRole('link', { name: '証明書を見る' }).focus()
    server.state.current.held = 'shown'
    await page.clock.runFor(3_000)
    await page.getByRole('link', { name: 'プロフィールで見る' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('証明書を見る')
    // what came with the new page works like what was there
    await page.getByRole('button', { name: 'リンクをコピー' }).waitFor()
    const before = asked()
    await page.clock.runFor(600_000)
    expect(asked()).toBe(before)
    await context.close()
  })

  it('asks ever less often, and after a quarter of an hour no more', async () => {
    const { context, page, asked } = await openPass()
    /** Seconds that it waits before each question but the first. */
    const waits = await page.evaluateHandle(() => {
      const waits: number[] = []
      const wait = window.setTimeout.bind(window)
      window.setTimeout = ((act: () => void, ms = 0) => {
        if (ms >= 1_000) waits.push(ms / 1_000)
        return wait(act, ms)
      }) as typeof window.setTimeout
      return waits
    })
    while (asked() < 40) {
      await page.clock.runFor(31_000)
      // it waits again once it was answered
      await expect.poll(async () => asked() === 40 || (await waits.jsonValue()).length >= asked()).toBe(true)
    }
    await page.clock.runFor(600_000)
    const waited = await waits.jsonValue()
    expect([asked(), waited.length]).toEqual([40, 39])
    expect([waited[0], waited.at(-1)]).toEqual([2, 30])
    expect(waited).toEqual(waited.toSorted((a, b) => a - b))
    expect(Math.round(waited.reduce((sum, seconds) => sum + seconds, 0) / 60)).toBe(16)
    await context.close()
  })

  it('stays as it is while the service is away, and goes on afterwards', async () => {
    const { context, page } = await openPass()
    await page.route('**/state', (route) => route.abort())
    await page.clock.runFor(3_000)
    await page.getByRole('heading', { name: /^合格です。/ }).waitFor()
    await page.unroute('**/state')
    server.state.current.held = 'suspended'
    const suspended = page.getByRole('heading', { name: '合格の証明書は、いま使えません。' })
    await vi.waitUntil(
      async () => {
        await page.clock.runFor(5_000)
        return (await suspended.count()) > 0
      },
      { timeout: 60_000, interval: 100 },
    )
    expect(await page.getByText('最初の仕事をさがす').count()).toBe(0)
    await context.close()
  })
})
