import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openChecker } from '../../src/desk/open-checker.ts'
import { itemsIn } from '../../src/item/source/items-in-file.ts'
import { instant } from '../../src/kernel/instant.ts'
import { openBrowser } from '../support/chromium.ts'
import { type DeskHarness, openDeskHarness } from '../support/desk-harness.ts'
import { BANK, plantAll, planted } from '../support/planted-mistakes.ts'

const browser: Browser | undefined = await openBrowser()
const idOf = (at: string) => `spreadsheet-${at}`
const isItem = (at: string) => /^\d/.test(at)

/** The line at which two texts begin to differ, from 1. */
function firstDifference(before: string, after: string): number {
  const [was, is] = [before.split('\n'), after.split('\n')]
  return is.findIndex((line, nth) => line !== was[nth]) + 1
}

describe.skipIf(!browser)('a bank with a mistake of each kind, in its questions, its settings and a task', () => {
  let desk: DeskHarness
  let page: Page
  let texts: Record<string, string>
  let found: ReturnType<ReturnType<typeof openChecker>['look']>
  beforeAll(async () => {
    texts = await plantAll()
    // as the command line finds them
    const checker = openChecker('ja')
    for (const [path, text] of Object.entries(texts)) checker.put(path, text)
    found = checker.look(instant(Date.now()))
    const items = [...new Set(planted.map(({ at }) => at).filter(isItem))].map(idOf)
    const others = [...new Set(planted.map(({ at }) => at).filter((at) => !isItem(at)))]
    desk = await openDeskHarness(texts, { path: BANK, items, others })
    page = await (browser as Browser).newPage({ viewport: { width: 1280, height: 900 }, locale: 'ja' })
    page.setDefaultTimeout(180_000)
    await page.goto(desk.url)
    await page.locator('#desk[data-found]').waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    desk?.close()
  })

  const open = async (at: string) => {
    await page.locator(`#desk-tree a[href$="=${isItem(at) ? idOf(at) : encodeURIComponent(at)}"]`).click()
    await page.locator('#desk[data-ready][data-found]').waitFor()
  }

  it.each(planted)('$rule is shown with its line and what to do', async ({ rule, at, line }) => {
    const path = isItem(at) ? BANK : at
    const before = await readFile(`exams/business-admin/${path}`, 'utf8')
    const [was, is] = [before, texts[path] ?? ''].map((text) =>
      isItem(at) ? itemsIn(text).find(({ id }) => id === idOf(at)) : { text, linesAbove: 0 },
    )
    const expected = line ?? firstDifference(was?.text ?? '', is?.text ?? '')
    const finding = found.find(
      (one) => one.file === path && one.rule === rule && one.line === expected + (is?.linesAbove ?? 0),
    )
    expect(finding, 'the command line finds it there').toBeDefined()
    await open(at)
    const row = page
      .locator('#desk-problems li')
      .filter({ hasText: finding?.message ?? '' })
      .filter({ hasText: `${expected}行` })
      .first()
    await row.waitFor()
    expect(finding?.suggestion, 'says what to do').toBeTruthy()
    expect(await row.textContent()).toContain(finding?.suggestion)
    if (finding?.fix) expect(await row.getByRole('button', { name: /直す$/ }).count()).toBe(1)
  })
})
