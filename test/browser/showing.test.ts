import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, faultsOf, standIn, unfold, type View, walksIn } from '../support/axe.ts'
import { openBrowser } from '../support/chromium.ts'
import { showingWorld } from '../support/showing-world.ts'

const browser: Browser | undefined = await openBrowser()
let open: Awaited<ReturnType<typeof showingWorld>>

const badge = (state: string, more = '') =>
  `<kentei-badge id="${state}" credential="${open.origin}/credentials/crd_${state}" locale="en" ${more}><a href="#">Certificate</a></kentei-badge>`

/** A page of another origin with the script and this content. */
async function host(
  content: string,
  { policy, lang = 'en', scheme = 'light' }: { policy?: string; lang?: string; scheme?: string } = {},
): Promise<Page> {
  open.foreign.html = `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Blog</title><meta name="color-scheme" content="${scheme}"><script type="module" src="${open.origin}/kentei-badge.js"></script></head><body><main><h1>Blog</h1>${content}</main></body></html>`
  open.foreign.headers = policy ? { 'content-security-policy': policy } : {}
  const page = await (browser as Browser).newPage({ viewport: { width: 390, height: 800 } })
  await page.goto(open.other)
  return page
}

const told = (page: Page, id: string, text: string) => page.locator(`#${id} .state`, { hasText: text }).waitFor()

beforeAll(async () => {
  open = await showingWorld()
})
afterAll(async () => {
  await open?.close()
  await browser?.close()
})

describe.skipIf(!browser)('a badge on a page of another origin', () => {
  it('shows each state in words, several on one page, under a strict policy, without an axe violation, light or dark', async () => {
    const words = {
      valid: 'Valid',
      expired: 'Expired',
      suspended: 'Suspended',
      revoked: 'Revoked',
      unknown: 'Not verified now',
      blocked: 'Invalid',
      none: 'No such certificate',
      erased: 'This certificate was erased',
    }
    const policy = `default-src 'none'; script-src ${open.origin}; connect-src ${open.origin}; img-src ${open.origin}; base-uri 'none'`
    for (const scheme of ['light', 'dark']) {
      const page = await host(
        Object.keys(words)
          .map((state) => badge(state))
          .join('<br>'),
        { policy, scheme },
      )
      const refused: string[] = []
      page.on(
        'console',
        (message) => message.text().includes('Content Security Policy') && refused.push(message.text()),
      )
      for (const [id, word] of Object.entries(words)) await told(page, id, word)
      expect(refused).toEqual([])
      expect(await page.locator('#valid a[lang]').evaluate((link) => getComputedStyle(link).borderRadius)).toBe('12px')
      expect(await axeViolations(page), scheme).toEqual([])
      await page.close()
    }
  })

  it('never looks valid without an answer', async () => {
    const page = await host('<p id="place"></p>')
    await page.context().setOffline(true)
    await page.locator('#place').evaluate((place, html) => place.setHTMLUnsafe(html), badge('valid'))
    await told(page, 'valid', 'Not verified now')
    await page.context().setOffline(false)
    await told(page, 'valid', 'Valid')
    await page.context().setOffline(true)
    await told(page, 'valid', 'Not verified now')
    await page.close()
  })

  it('does not take an answer that is none, and asks no other server', async () => {
    const page = await host('<p id="place"></p>')
    await page.route('**/api/credentials/crd_valid*', (route) =>
      route.fulfill({
        json: { verdict: 'asking', name: 'x', validUntil: 'never' },
        headers: { 'access-control-allow-origin': '*' },
      }),
    )
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    const warned: string[] = []
    page.on('console', (message) => message.type() === 'warning' && warned.push(message.text()))
    const foreign =
      '<kentei-badge id="foreign" credential="https://evil.example/credentials/crd_valid" locale="en"></kentei-badge>'
    await page.locator('#place').evaluate((place, html) => place.setHTMLUnsafe(html), badge('valid') + foreign)
    await told(page, 'valid', 'Not verified now')
    await told(page, 'foreign', 'Not verified now')
    expect(await page.locator('#foreign a[lang]').getAttribute('href')).toBeNull()
    expect(asked.filter((url) => url.includes('evil'))).toEqual([])
    expect([...new Set(warned)]).toEqual([expect.stringContaining(`${open.origin}/credentials/crd_…`)])
    await page.close()
  })

  it('follows its attributes and the language around it, and goes quietly', async () => {
    const page = await host(`<div lang="ja">${badge('valid').replace('locale="en"', '')}</div>`)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await told(page, 'valid', '有効')
    await page.locator('#valid').evaluate((element) => element.setAttribute('locale', 'en'))
    await told(page, 'valid', 'Valid')
    await page
      .locator('#valid')
      .evaluate(
        (element, address) => element.setAttribute('credential', address),
        `${open.origin}/credentials/crd_revoked`,
      )
    await told(page, 'valid', 'Revoked')
    expect(await page.locator('#valid a[lang]').getAttribute('href')).toBe(
      `${open.origin}/credentials/crd_revoked?lang=en`,
    )
    await page.locator('#valid').evaluate((element) => {
      element.setAttribute('locale', 'ja')
      element.remove()
    })
    await page.context().setOffline(true)
    expect(errors).toEqual([])
    await page.close()
  })

  it('takes names as text, and is reached and left by keyboard', async () => {
    const page = await host('<p id="place"></p>')
    const answer = { verdict: 'valid', name: '<img src=x onerror=alert(1)>', validUntil: '2030-01-01T00:00:00.000Z' }
    await page.route('**/api/credentials/crd_valid*', (route) =>
      route.fulfill({ json: answer, headers: { 'access-control-allow-origin': '*' } }),
    )
    await page.locator('#place').evaluate((place, html) => place.setHTMLUnsafe(html), badge('valid'))
    await told(page, 'valid', 'Valid')
    expect(await page.locator('#valid .name').textContent()).toBe(answer.name)
    await page.keyboard.press('Tab')
    expect(await page.locator('#valid a[lang]').evaluate((link) => link.matches(':focus-visible'))).toBe(true)
    await page.close()
  })

  it('stands on the page as the guide shows it: picture, frame, element', async () => {
    const example = (await readFile('src/docs/examples/show.html', 'utf8'))
      .replaceAll('https://kentei.example', open.origin)
      .replaceAll('crd_01KAVQ7M2X4T9N', 'crd_valid')
    const page = await host(example)
    await page.locator('kentei-badge .state', { hasText: 'Valid' }).waitFor()
    expect(
      await page
        .locator('main > a > img')
        .evaluate(async (img: HTMLImageElement) => (await img.decode(), img.naturalWidth > 0)),
    ).toBe(true)
    await page.frameLocator('iframe').locator('.st', { hasText: 'Valid' }).waitFor()
    expect(await page.context().cookies()).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await open.set('crd_valid', 'revoked')
    await page.reload()
    await page.frameLocator('iframe').locator('.st', { hasText: 'Revoked' }).waitFor()
    await page.locator('kentei-badge .state', { hasText: 'Revoked' }).waitFor()
    await open.set('crd_valid', 'active')
    await page.close()
  })
})

describe.skipIf(!browser)('the verification page in a browser', () => {
  const views: readonly View[] = [
    { locale: 'ja', scheme: 'light', width: 1280 },
    { locale: 'en', scheme: 'dark', width: 390 },
  ]
  it.each(walksIn(views))('has no axe violation and no sideways scroll in any state: $named', async ({ next }) => {
    const page = await (browser as Browser).newPage()
    const wrong: string[] = []
    const states = ['valid', 'expired', 'suspended', 'revoked', 'unknown', 'blocked', 'none']
    const pages = states.map((state) => `/credentials/crd_${state}`)
    const embedded = states.map((state) => `/embed/crd_${state}`)
    const more = ['/credentials/crd_valid/concern', '/credentials/crd_valid/concern?sent', '/check']
    for (const path of [...pages, ...embedded, ...more]) {
      const view = next()
      const address = new URL(path, open.origin)
      address.searchParams.set('lang', view.locale)
      await standIn(page, view)
      await page.goto(address.href)
      await unfold(page)
      wrong.push(...(await faultsOf(page)).map((fault) => `${path} in ${Object.values(view).join(' ')} ${fault}`))
    }
    await page.close()
    expect(wrong).toEqual([])
  })

  it('finds a certificate by its picture, without a script and by the keyboard alone', async () => {
    const context = await (browser as Browser).newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    const svg = await (await fetch(`${open.origin}/credentials/crd_valid.svg`)).text()
    await page.goto(`${open.origin}/check?lang=en`)
    await page.getByLabel('Or the picture of the badge').setInputFiles({
      name: 'badge.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from(svg),
    })
    await page.getByRole('button', { name: 'Check' }).press('Enter')
    expect(await page.locator('#verdict').textContent()).toBe('This certificate is valid')
    await context.close()
  })
})
