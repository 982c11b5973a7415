import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf, standIn, type View, walksIn } from '../support/axe.ts'
import { openBrowser } from '../support/chromium.ts'
import { lookAt } from '../support/look-at.ts'
import { showingWorld } from '../support/showing-world.ts'
import { fixtureState } from '../support/ui-fixture/flows.ts'
import { type FixtureServer, startFixture } from '../support/ui-fixture/server.ts'

const browser: Browser | undefined = await openBrowser()
let server: FixtureServer

const paths = [
  '/',
  '/exams/business-admin',
  '/exams/web-writer',
  '/attempts/att_1#q1',
  '/attempts/att_1#q2',
  '/attempts/att_1#q5',
  '/attempts/att_1#q6',
  '/attempts/att_1#q7',
  '/attempts/att_1#q8',
  '/attempts/att_1/review?flags=q1.q2',
  '/attempts/att_pass/result',
  ...['sending', 'retrying', 'restricted', 'renewed', 'suspended', 'corrected', 'expired'].map(
    (state) => `/attempts/att_pass_${state}/result`,
  ),
  '/attempts/att_fail/result',
  '/attempts/att_fail_tasks/result',
  '/attempts/att_few/result',
  '/attempts/att_void/result',
  '/records',
  '/certificates',
  '/about/pass-score',
  '/about/ranking',
  '/about/accessibility',
  '/about/privacy',
  '/about/security',
  '/attempts/att_none/result',
  '/staff/deliveries',
  '/staff/attempts?worker=wkr_1',
  '/staff/leaks',
]

const views: readonly View[] = [
  { locale: 'ja', scheme: 'light', width: 1280 },
  { locale: 'en', scheme: 'dark', width: 390 },
  { locale: 'ja-simple', scheme: 'light', width: 390 },
]

describe.skipIf(!browser)('pages', () => {
  beforeAll(async () => {
    server = await startFixture()
  })
  afterAll(async () => {
    await server?.close()
    await browser?.close()
  })

  it.each(walksIn(views))(
    'have no axe violation, no sideways scroll and no broken policy, also for strangers: $named',
    async ({ next }) => {
      server.state.current = fixtureState()
      server.state.current.responses = { q1: { revision: 1, response: { choice: 'c' } } }
      const wrong: string[] = []
      const visit = async (paths: readonly string[], extraHTTPHeaders = {}) => {
        const context = await (browser as Browser).newContext({ extraHTTPHeaders })
        const page = await context.newPage()
        page.on('pageerror', (error) => wrong.push(error.message))
        page.on(
          'console',
          (message) => message.text().includes('Content Security Policy') && wrong.push(message.text()),
        )
        for (const path of paths) {
          const view = next()
          await context.addCookies([{ name: 'lang', value: view.locale, url: server.url }])
          // a question of a page that is open already is no other page
          if (path.includes('#')) await page.goto('about:blank')
          await standIn(page, view)
          await page.goto(server.url + path)
          if (path.startsWith('/attempts/att_1')) await page.locator('#thide:enabled').waitFor()
          wrong.push(...(await faultsOf(page)).map((fault) => `${path} in ${Object.values(view).join(' ')} ${fault}`))
        }
        await context.close()
      }
      await visit(paths)
      await visit(['/', '/', '/'], { 'x-nobody': '1' })
      expect(wrong).toEqual([])
    },
  )

  it('work in forced colours without errors', async () => {
    const context = await (browser as Browser).newContext({
      viewport: { width: 1280, height: 900 },
      forcedColors: 'active',
    })
    const page = await context.newPage()
    await page.goto(`${server.url}/attempts/att_1`)
    await page.locator('#q1 .opt').first().click()
    expect(
      await page
        .locator('#q1 .opt')
        .first()
        .evaluate((option) => getComputedStyle(option).outlineStyle),
    ).toBe('solid')
    await context.close()
  })

  const looks = [
    { lang: 'ja', width: 1280, slower: 1 },
    { lang: 'en', width: 390, slower: 4 },
  ]
  it.each(walksIn(looks))(
    'stand still from the first paint on, also where the processor is slow: $named',
    async ({ next }) => {
      const open = await showingWorld()
      const stranger: Parameters<typeof lookAt>[0] = {
        newContext: (options) => (browser as Browser).newContext({ ...options, extraHTTPHeaders: { 'x-nobody': '1' } }),
      }
      const results = ['pass', 'pass_sending', 'fail', 'fail_tasks'].map((state) => `/attempts/att_${state}/result`)
      const own = ['/', '/exams/business-admin', '/attempts/att_1', '/attempts/att_1/review', ...results, '/records']
      const states = ['valid', 'suspended', 'revoked'].map((state) => `/credentials/crd_${state}`)
      const pages: [Parameters<typeof lookAt>[0], string][] = [
        ...[...own, '/certificates', '/about/ranking'].map((path) => [browser, server.url + path] as [Browser, string]),
        [stranger, `${server.url}/`],
        ...[...states, '/credentials/crd_none', '/credentials/crd_valid/print', '/check', '/embed/crd_valid'].map(
          (path) => [browser, open.origin + path] as [Browser, string],
        ),
      ]
      const moved: [string, number][] = []
      for (const [opener, page] of pages) {
        const { lang, ...look } = next()
        const url = `${page}?lang=${lang}`
        const { shift } = await lookAt(opener, { url, ...look, until: 'load' })
        // layout shift is told in thousandths: less is a part of a pixel
        if (shift >= 0.001) moved.push([url, shift])
      }
      await open.close()
      expect(moved).toEqual([])
    },
  )

  it('paint nothing before all of it is there', async () => {
    const open = await showingWorld()
    const address = `${open.origin}/embed/crd_valid?lang=en`
    const whole = await (await fetch(address)).text()
    const middle = whole.indexOf('<b>')
    const page = await (browser as Browser).newPage()
    let sendRest = () => {}
    const slow = createServer(async (request, response) => {
      if (!request.url?.startsWith('/embed/')) {
        const { headers, body } = await fetch(open.origin + request.url)
        response.setHeader('content-type', headers.get('content-type') ?? '')
        return void response.end(Buffer.from(await new Response(body).arrayBuffer()))
      }
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.write(whole.slice(0, middle))
      sendRest = () => void response.end(whole.slice(middle))
    }).listen(0, '127.0.0.1')
    await once(slow, 'listening')
    const arrival = page.goto(`http://127.0.0.1:${(slow.address() as AddressInfo).port}/embed/crd_valid`)
    const paints = () => page.evaluate(() => performance.getEntriesByType('paint').length)
    await page.waitForSelector('.embed svg', { state: 'attached' })
    expect(await paints()).toBe(0)
    sendRest()
    await arrival
    await page.waitForFunction(() => performance.getEntriesByType('paint').length > 0)
    await page.close()
    slow.closeAllConnections()
    slow.close()
    await open.close()
  })

  it('let holders copy what other pages need, with a script or by hand', async () => {
    const context = await (browser as Browser).newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    await context.addCookies([{ name: 'lang', value: 'en', url: server.url }])
    const page = await context.newPage()
    await page.goto(`${server.url}/certificates`)
    const id = 'copy-embed-crd_01KAVQ7M2X4T9N'
    await page.getByText('Picture with a link', { exact: true }).first().click()
    await page.locator(`[data-copy="${id}"]`).click()
    await page.locator(`[data-copy="${id}"]`, { hasText: 'Copied' }).waitFor()
    const code = await page.locator(`#${id}`).textContent()
    expect(code).toMatch(/^<a href="https:\/\/kentei\.example\/credentials\/crd_01KAVQ7M2X4T9N\?lang=en"><img /)
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code)
    await context.close()
    const bare = await (browser as Browser).newPage({ javaScriptEnabled: false })
    await bare.goto(`${server.url}/certificates`)
    expect(await bare.locator('[data-copy]:visible').count()).toBe(0)
    expect(await bare.locator('.profile').first().textContent()).toContain('https://kentei.example/credentials/crd_')
    await bare.close()
  })
})
