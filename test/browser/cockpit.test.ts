import { serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { pass, rows, sit } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

const browser: Browser | undefined = await openBrowser()
/** Nothing on these pages is farther away. */
const MOST_TABS = 120

let w: FixedWorld
let url: string
let stop: () => void
let credential: string
let attempt: string

beforeAll(async () => {
  w = await fixedWorld()
  credential = (await pass(w, 'w-1', { name: 'はる' })).credential
  attempt = (await sit(w, 'w-2', { name: 'みなと' })).id
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  await w.call('POST', `/credentials/${credential}/concern`, { body: 'kind=altered&note=odd', headers })
  const { token } = await w.launch('op-1', { role: 'operator', name: '運営者' })
  const fetch = (request: Request) => {
    const withToken = new Headers(request.headers)
    withToken.set('authorization', `Bearer ${token}`)
    return w.app.fetch(new Request(request, { headers: withToken }))
  }
  await new Promise<void>((ready) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (info) => {
      url = `http://127.0.0.1:${info.port}`
      ready()
    })
    stop = () => server.close()
  })
  // the pages' policy lets forms go to their own origin alone
  Object.assign(w.world, { settings: { ...w.world.settings, origin: url } })
})
afterAll(async () => {
  await browser?.close()
  stop?.()
  await w?.close()
})

async function open(path: string): Promise<Page> {
  const context = await (browser as Browser).newContext({ locale: 'ja-JP' })
  const page = await context.newPage()
  await page.goto(url + path)
  return page
}

const isFocused = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)

/** Presses Tab until the focus stands on something like this. @throws where it never comes there. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    await page.keyboard.press('Tab')
    if (await isFocused(page, selector)) return
  }
  throw new Error(`no Tab leads to ${selector}`)
}

/** Goes to a link or a button, presses Enter there, and waits for the page that comes. */
async function enter(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector)
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')])
}

describe.skipIf(!browser)('the cockpit by keyboard alone', () => {
  it('a concern that waits is read and settled from where it is shown', async () => {
    const page = await open('/staff')
    await enter(page, `.alerts a[href="/staff/credentials/${credential}#concerns"]`)
    await enter(page, '#concerns button')
    await page.getByText('確認済み').waitFor()
    expect(await rows(w, 'select settled_by from concerns')).toEqual([{ settled_by: 'op-1' }])
    await page.context().close()
  })

  it('somebody is found by name, and gets more time with a reason', async () => {
    const page = await open('/staff/attempts')
    await tabTo(page, 'input[name=q]')
    await page.keyboard.type('みな')
    await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')])
    await enter(page, `[id="${attempt}"] a[aria-expanded=false]`)
    await tabTo(page, `form[action$="/${attempt}/extend"] input[name=why]`)
    await page.keyboard.type('停電')
    await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')])
    await page.getByRole('status').waitFor()
    expect(await page.getByText('停電').count()).toBeGreaterThan(0)
    await page.context().close()
  })

  it('the ways out fold open below the name, and the first Tab leads past the header', async () => {
    const page = await open('/staff/log')
    await page.keyboard.press('Tab')
    expect(await isFocused(page, '.skip')).toBe(true)
    await tabTo(page, '.account > summary')
    expect(await page.locator('.account button').isVisible()).toBe(false)
    await page.keyboard.press('Enter')
    await page.locator('.account button').waitFor()
    await tabTo(page, '.account button')
    await page.context().close()
  })
})

describe.skipIf(!browser)('the tree of a screen reader', () => {
  let page: Page
  beforeAll(async () => {
    page = await open('/staff')
  })
  afterAll(() => page?.context().close())

  it.each([
    '/staff',
    '/staff/attempts',
    '/staff/items',
    '/staff/credentials',
    '/staff/deliveries',
    '/staff/leaks',
    '/staff/log',
    '/staff/sessions',
    '/staff/exams',
  ])('has landmarks, one first heading, no level left out, and names for every table of %s', async (path) => {
    await page.goto(url + path)
    for (const role of ['banner', 'main', 'contentinfo'] as const) expect(await page.getByRole(role).count()).toBe(1)
    expect(await page.getByRole('banner').getByRole('navigation').count()).toBe(1)
    const levels = await page
      .locator('main :is(h1, h2, h3, h4)')
      .evaluateAll((found) => found.map(({ tagName }) => Number(tagName.slice(1))))
    expect(levels.filter((level) => level === 1)).toEqual([1])
    expect(levels.every((level, n) => level <= (levels[n - 1] ?? 0) + 1)).toBe(true)
    const tables = await page.getByRole('table').all()
    const names = await Promise.all(tables.map((table) => table.locator('caption').textContent()))
    expect(names.filter((name) => !name?.trim())).toEqual([])
  })

  it('says of each figure what it is, how much, and how sure', async () => {
    await page.goto(`${url}/staff`)
    const tree = await page.getByRole('list', { name: 'おもな数字' }).ariaSnapshot()
    expect(tree).toMatch(/link "いま受験中 1 ?人/)
    expect(tree).toMatch(/合格率.*まだ少ない（\d+ \/ 30）/)
    expect(await page.getByRole('list', { name: '確かめること' }).getByRole('listitem').count()).toBeGreaterThanOrEqual(
      0,
    )
  })
})
