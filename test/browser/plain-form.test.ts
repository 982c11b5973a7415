import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { fixtureState } from '../support/ui-fixture/flows.ts'
import { type FixtureServer, startFixture } from '../support/ui-fixture/server.ts'

const ACTION_TIMEOUT = 5_000

const browser: Browser | undefined = await openBrowser()
let server: FixtureServer
let context: BrowserContext
let page: Page
const stored = (ref: string) => server.state.current.responses[ref]?.response

describe.skipIf(!browser)('exam without JavaScript', () => {
  beforeAll(async () => {
    server = await startFixture()
  })
  afterAll(async () => {
    await server?.close()
    await browser?.close()
  })
  beforeEach(async () => {
    server.state.current = fixtureState()
    context = await (browser as Browser).newContext({
      javaScriptEnabled: false,
      viewport: { width: 1280, height: 900 },
    })
    context.setDefaultTimeout(ACTION_TIMEOUT)
    page = await context.newPage()
  })
  afterEach(() => context.close())

  it('starts after consent only, keeps what was picked, and can be taken and submitted section by section', async () => {
    await page.goto(`${server.url}/exams/business-admin`)
    await page.getByLabel('English').check()
    await page.locator('[name=agree]').evaluate((box) => box.removeAttribute('required'))
    await page.getByRole('button', { name: '検定を始める' }).click()
    expect(await page.getByRole('alert').textContent()).toContain('同意')
    expect(await page.getByLabel('English').isChecked()).toBe(true)
    await page.locator('[name=agree]').check()
    await page.getByRole('button', { name: '検定を始める' }).click()
    await page.waitForURL('**/attempts/att_1#q1')

    expect(await page.locator('.q:visible').count()).toBe(3)
    await page.locator('#q1 .opt').nth(2).click()
    await page.locator('#q2 .flag').click()
    await page.getByRole('button', { name: '保存して進む' }).click()
    expect(stored('q1')).toEqual({ choice: 'c' })
    expect(page.url()).toContain('section=2&flags=q2')

    await page.locator('#q4 .input').fill('4800')
    await page.locator('#q6 input.gap').fill('Bcc')
    await page.locator('#q6 select.gap').selectOption('a')
    await page.getByRole('button', { name: '保存して進む' }).click()
    await page.locator('#q7 select').nth(0).selectOption('2')
    await page.locator('#q7 select').nth(1).selectOption('1')
    await page.locator('#q7 select').nth(2).selectOption('3')
    await page.locator('#q8 select').nth(0).selectOption('b')
    await page.getByRole('button', { name: '保存して確認へ' }).click()
    expect([stored('q4'), stored('q6'), stored('q7'), stored('q8')]).toEqual([
      { text: '4800' },
      { blanks: { 1: 'Bcc', 2: 'a' } },
      { order: ['b', 'a', 'c'] },
      { pairs: { 1: 'b' } },
    ])

    await page.locator('.todo a', { hasText: '問2' }).first().click()
    expect(await page.locator('#q2 .flag input').isChecked()).toBe(true)
    await page.getByRole('button', { name: '回答を見直して提出へ' }).click()
    await page.locator('#submit button').click()
    await page.waitForURL('**/result')
    expect(server.state.current.closed?.reason).toBe('submitted')
  })

  it('loses nothing of a form that it cannot save', async () => {
    await page.goto(`${server.url}/attempts/att_1?section=3`)
    await page.locator('#q7 select').nth(0).selectOption('2')
    await page.locator('#q7 select').nth(1).selectOption('2')
    await page.locator('#q8 select').nth(0).selectOption('b')
    await page.getByRole('button', { name: '保存して確認へ' }).click()
    expect(await page.locator('#q7 .wrong').textContent()).toContain('別々の番号')
    expect(await page.locator('#q7 select').nth(1).inputValue()).toBe('2')
    expect(stored('q8')).toEqual({ pairs: { 1: 'b' } })
  })

  it('keeps the entries when another tab took over, and saves them after taking back', async () => {
    await page.goto(`${server.url}/attempts/att_1`)
    await page.locator('#q1 .opt').nth(1).click()
    server.state.current.lease = 'lse_99'
    await page.getByRole('button', { name: '保存して進む' }).click()
    expect(await page.locator('#lost').isVisible()).toBe(true)
    expect(await page.locator('#q1 .opt input').nth(1).isChecked()).toBe(true)
    await page.getByRole('button', { name: 'この画面で続ける' }).click()
    expect(stored('q1')).toEqual({ choice: 'b' })
  })

  it('does not overwrite a newer answer from an old page', async () => {
    await page.goto(`${server.url}/attempts/att_1`)
    await page.locator('#q1 .opt').nth(1).click()
    server.state.current.responses = { q1: { revision: 4, response: { choice: 'd' } } }
    await page.getByRole('button', { name: '保存して進む' }).click()
    expect(await page.locator('.note[role=alert]').textContent()).toContain('新しい回答')
    expect(stored('q1')).toEqual({ choice: 'd' })
    expect(await page.locator('#q1 .opt input').nth(3).isChecked()).toBe(true)
  })

  it('clears a radio, and Enter in a text field only saves', async () => {
    server.state.current.responses = { q1: { revision: 1, response: { choice: 'a' } } }
    await page.goto(`${server.url}/attempts/att_1`)
    await page.locator('#q1 .clear').click()
    expect(stored('q1')).toBeNull()
    await page.goto(`${server.url}/attempts/att_1?section=2`)
    await page.locator('#q5 .input').fill('SUM')
    await page.locator('#q5 .input').press('Enter')
    await page.waitForURL('**section=2')
    expect(stored('q5')).toEqual({ text: 'SUM' })
  })

  it('leads to the result after the deadline', async () => {
    await page.goto(`${server.url}/attempts/att_1`)
    server.state.current.deadline = Date.now() - 10_000
    await page.getByRole('button', { name: '保存して進む' }).click()
    await page.waitForURL('**/result')
  })

  it('gives up an attempt only after it was confirmed', async () => {
    await page.goto(`${server.url}/attempts/att_1/review`)
    await page.locator('#withdraw summary').click()
    await page.getByLabel('採点されずに終わることを理解しました').check()
    await page.locator('#withdraw button').click()
    await page.waitForURL('**/result')
    expect(await page.locator('h1').textContent()).toContain('途中でやめました')
  })
})
