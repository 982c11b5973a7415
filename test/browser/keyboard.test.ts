import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { openBrowser } from '../support/chromium.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { shippedExam } from '../support/shipped-bank.ts'
import { fixtureState } from '../support/ui-fixture/flows.ts'
import { type FixtureServer, startFixture } from '../support/ui-fixture/server.ts'

const browser: Browser | undefined = await openBrowser()
const withAndWithout = [true, false]
/** All of practice with scripts and without; otherwise each part of it in one of both ways. */
const tryAll: boolean = process.env.CASES === 'all'
/** Nothing on a page is farther away. */
const MOST_TABS = 1_500
const QUESTIONS = 8
/** Of the task to try; without one the page leads on to one that it drew. */
const SEED = '5'.repeat(32)
const HAND_IN = '.turns .btn.primary'

const hasFocus = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)

/** Presses Tab until the focus stands on something like this. @throws where it never comes there. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    await page.keyboard.press('Tab')
    if (await hasFocus(page, selector)) return
  }
  throw new Error(`no Tab leads to ${selector}`)
}

/** Goes to a button or a link and presses Enter there. */
async function enter(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector)
  await page.keyboard.press('Enter')
}

/** Picks the option of a list that stands so many places further down. */
async function pick(page: Page, selector: string, places = 1): Promise<void> {
  await tabTo(page, selector)
  for (let place = 0; place < places; place += 1) await page.keyboard.press('ArrowDown')
}

/** Answers a question by its controls, from wherever before them the focus is. */
async function answer(page: Page, q: string, withScript: boolean): Promise<void> {
  const count = (inside: string) => page.locator(`${q} ${inside}`).count()
  switch (await page.locator(q).getAttribute('data-type')) {
    case 'single':
    case 'true-false':
      await tabTo(page, `${q} .opt input`)
      await page.keyboard.press('ArrowDown')
      return
    case 'multiple':
      for (let box = 0; box < 2; box += 1) {
        await tabTo(page, `${q} .opt input`)
        await page.keyboard.press('Space')
      }
      return
    case 'cloze':
      for (let left = await count('.gap'); left > 0; left -= 1) {
        await tabTo(page, `${q} .gap`)
        if (await hasFocus(page, 'select')) await page.keyboard.press('ArrowDown')
        else await page.keyboard.type('5')
      }
      return
    case 'order':
      if (withScript) return enter(page, `${q} [data-move="1"]`)
      for (let place = 1, all = await count('.order select'); place <= all; place += 1)
        await pick(page, `${q} .order select`, place)
      return
    case 'match':
      for (let left = await count('.pairs select'); left > 0; left -= 1) await pick(page, `${q} .pairs select`)
      return
    default:
      await tabTo(page, `${q} .input`)
      await page.keyboard.type('5')
  }
}

const FIELDS = '[name^="t1."]'

/** A field more is one like those before it. */
const MOST_TYPED = 12

/** Comes to every field of a task that a Tab leads to before the button that hands in, uses it, and stops there. */
async function workThrough(page: Page): Promise<Set<string>> {
  const used = new Set<string>()
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    await page.keyboard.press('Tab')
    const [name, control] = await page.evaluate(
      ([fields, end]) => {
        const at = document.activeElement as HTMLInputElement
        return at.matches(end) ? ['', 'end'] : at.matches(fields) ? [at.name, at.type] : ['', '']
      },
      [FIELDS, HAND_IN] as const,
    )
    if (control === 'end') return used
    if (!name) continue
    used.add(name)
    if (control === 'select-one') await page.keyboard.press('ArrowDown')
    else if (control === 'radio' || control === 'checkbox') await page.keyboard.press('Space')
    else if (used.size <= MOST_TYPED) await page.keyboard.type('1')
  }
  throw new Error('no Tab leads to the button that hands in')
}

const shownFields = (page: Page): Promise<string[]> =>
  page
    .locator(`${FIELDS}:visible:not([readonly], [disabled])`)
    .evaluateAll((fields) => [...new Set(fields.map((field) => (field as HTMLInputElement).name))])

afterAll(() => browser?.close())

describe.skipIf(!browser)('the keyboard alone', () => {
  let server: FixtureServer
  beforeAll(async () => {
    server = await startFixture()
  })
  afterAll(() => server?.close())

  it.each(withAndWithout)(
    'takes an exam with every type of item from its page to the result, with scripts: %s',
    async (javaScriptEnabled) => {
      server.state.current = fixtureState()
      const page = await (browser as Browser).newPage({ javaScriptEnabled, viewport: { width: 1280, height: 900 } })
      await page.goto(`${server.url}/exams/business-admin`)
      await tabTo(page, '[name=agree]')
      await page.keyboard.press('Space')
      await enter(page, 'form:has([name=agree]) .btn.primary')
      await page.waitForURL('**/attempts/att_1*')
      if (javaScriptEnabled) await page.locator('html.js').waitFor()
      while (!page.url().includes('/review')) {
        const here = page.url()
        for (const id of await page.locator('.q:visible').evaluateAll((all) => all.map((q) => q.id))) {
          await tabTo(page, `#${id} .flag input`)
          await page.keyboard.press('Space')
          await answer(page, `#${id}`, javaScriptEnabled)
        }
        await enter(page, javaScriptEnabled ? '#next' : `${HAND_IN}.nojs-only`)
        await page.waitForURL((url) => url.href !== here)
      }
      const given = Object.entries(server.state.current.responses).filter(([, { response }]) => response !== null)
      expect(given.map(([ref]) => ref).sort()).toEqual(['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8'])
      expect(new URL(page.url()).searchParams.get('flags')?.split('.')).toHaveLength(QUESTIONS)
      await enter(page, '#submit button')
      await page.waitForURL('**/result')
      expect(await page.locator('h1').textContent()).toContain('合格')
      await page.close()
    },
  )
})

describe.skipIf(!browser)('the keyboard alone, in practice', () => {
  let w: FixedWorld
  beforeAll(async () => {
    w = await fixedWorld({ bank: await shippedExam('business-admin') })
    await publishExam(w.world, await shippedExam('web-writer'))
  })
  afterAll(() => w?.close())

  /** A browser that finds the service at its own address, which its policies name. */
  async function visitor(javaScriptEnabled: boolean): Promise<BrowserContext> {
    const context = await (browser as Browser).newContext({ javaScriptEnabled, locale: 'ja-JP' })
    await context.route(`${PLUGIN}/**`, async (route) => {
      const asked = route.request()
      const body = asked.postDataBuffer()
      const reply = await w.app.request(asked.url(), {
        method: asked.method(),
        headers: await asked.allHeaders(),
        ...(body ? { body: new Uint8Array(body) } : {}),
      })
      await route.fulfill({
        status: reply.status,
        headers: Object.fromEntries(reply.headers),
        body: Buffer.from(await reply.arrayBuffer()),
      })
    })
    return context
  }

  it.each(withAndWithout)('answers a question of every type and learns of it, with scripts: %s', async (withScript) => {
    const context = await visitor(withScript)
    const page = await context.newPage()
    for (let number = 1; number <= QUESTIONS; number += 1) {
      // the controls are those of a paper, which are all used both with scripts and without
      if (!tryAll && (number % 2 === 0) === withScript) continue
      await page.goto(`${PLUGIN}/exams/business-admin/practice?q=${number}`)
      await answer(page, '.q', withScript)
      await enter(page, '.q .btn.primary')
      await page.locator('.verdict2').waitFor()
    }
    await context.close()
  })

  const practised = [
    ['business-admin', 'practice-equipment'],
    ['business-admin', 'fees-sheet'],
    ['business-admin', 'practice-supplies'],
    ['web-writer', 'practice-bicycle'],
    ['web-writer', 'practice-book-bus'],
  ] as const
  // each kind of task in one of both ways
  const tried = practised.flatMap((family, at) =>
    withAndWithout
      .filter((withScript) => tryAll || withScript === (at % 2 === 0))
      .map((way) => [...family, way] as const),
  )
  it.each(tried)(
    'comes to every field of a task of %s, %s, and hands it in, with scripts: %s',
    async (exam, family, withScript) => {
      const context = await visitor(withScript)
      const page = await context.newPage()
      await page.goto(`${PLUGIN}/exams/${exam}/practice/${family}?seed=${SEED}`)
      if ((await page.locator('#inbox').count()) > 0) {
        await enter(page, 'nav [data-mail]')
        await page.locator('article.mail:visible').waitFor()
      }
      const shown = await shownFields(page)
      const used = await workThrough(page)
      expect(shown.length).toBeGreaterThan(0)
      // what an answer brings up is used as well
      expect(shown.filter((name) => !used.has(name))).toEqual([])
      await page.keyboard.press('Enter')
      await page.locator('form#paper').waitFor({ state: 'detached' })
      expect(await page.locator('h1').count()).toBe(1)
      await context.close()
    },
  )
})
