import { readFile } from 'node:fs/promises'
import { serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itemTypes } from '../../src/item/definition-of.ts'
import { axeViolations } from '../support/axe.ts'
import { openBrowser } from '../support/chromium.ts'
import { publishDeskExam } from '../support/desk-exam.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

// Does what the guide for authors says, step by step, and nothing else: without a script, as on any browser.

const browser: Browser | undefined = await openBrowser()
let w: FixedWorld
let url = ''
let stop: (() => void) | undefined

/** Opens the service where its own forms lead. */
async function serveHere(): Promise<void> {
  await new Promise<void>((ready) => {
    const server = serve({ fetch: w.app.fetch, port: 0, hostname: '127.0.0.1' }, (info) => {
      url = `http://127.0.0.1:${info.port}`
      ready()
    })
    stop = () => server.close()
  })
  Object.assign(w.world, { settings: { ...w.world.settings, origin: url } })
}

/** What the numbered steps of the guide call buttons and links, in their order. */
async function namesInGuide(): Promise<string[]> {
  const guide = await readFile('src/docs/ja/author.md', 'utf8')
  const section = guide.split('<a id="desk"></a>')[1]?.split('\n## ')[0] ?? ''
  const steps = section.split('\n').filter((line) => /^\d+\. /.test(line))
  return steps.flatMap((step) => [...step.matchAll(/「([^」]+)」/g)].map(([, name = '']) => name))
}

const PARAMETRIC = `## ID 税込金額

\`数値\` \`難易度2\`

税抜 {{price}} 円の用紙を買いました。税率が 10% のとき、税込金額は何円ですか。

### 変数

- price: 8,000〜16,000 刻み 500

### 正解

{{ price * 1.1 }} ± 0 円

### 解説

税抜の金額に 1.1 を掛けます。

### 出典

- 消費税法 第29条
`

describe.skipIf(!browser)('the guide of the desk', () => {
  let [author, other] = ['', '']
  const pressed = new Set<string>()
  beforeAll(async () => {
    w = await fixedWorld()
    await publishDeskExam(w)
    author = (await w.launch('aut-1', { role: 'author', name: '青木' })).token
    other = (await w.launch('aut-2', { role: 'author', name: '馬場' })).token
    await serveHere()
  })
  afterAll(async () => {
    await browser?.close()
    stop?.()
    await w?.close()
  })

  const open = async (token: string): Promise<Page> => {
    const context = await (browser as Browser).newContext({
      viewport: { width: 1280, height: 800 },
      javaScriptEnabled: false,
      locale: 'ja-JP',
      extraHTTPHeaders: { authorization: `Bearer ${token}` },
    })
    const page = await context.newPage()
    await page.goto(`${url}/staff/exams`)
    return page
  }
  const press = async (page: Page, name: string) => {
    pressed.add(name)
    await page
      .getByRole('link', { name, exact: false })
      .or(page.getByRole('button', { name, exact: true }))
      .first()
      .click()
  }
  const begin = async (page: Page, type: string) => {
    await press(page, '新しい問題')
    await page.selectOption('select[name="type"]', type)
    await press(page, '書き始める')
    return page.locator('textarea[name="text"]')
  }

  it('leads from the first click to a published version, with an item of each type and one of drawn numbers', async () => {
    const page = await open(author)
    await press(page, '作問')
    await page.locator('section', { hasText: 'clerk' }).getByRole('link', { name: '編集する' }).click()
    pressed.add('編集する')
    for (const type of itemTypes) {
      const text = await begin(page, type)
      await text.fill((await text.inputValue()).replace('`下書き`', '`試験導入` `難易度2`'))
      await press(page, '保存する')
    }
    const text = await begin(page, 'numeric')
    const id = /office-\d+/.exec(await text.inputValue())?.[0] ?? ''
    await text.fill(PARAMETRIC.replace('ID', id).replace('- price: 8,000', '- price: 八千'))
    await press(page, '保存して確かめる')
    expect(await page.locator('#desk-problems').textContent()).toContain('直すこと')
    expect(await page.locator('.prob.er').count()).toBeGreaterThan(0)
    await page.locator('textarea[name="text"]').fill(PARAMETRIC.replace('ID', id))
    await press(page, '保存して確かめる')
    expect(await page.locator('.prob.er').allInnerTexts()).toEqual([])
    expect(await page.locator('#desk-view').textContent()).toMatch(/税抜 [\d,]+ 円の用紙/)
    await press(page, '変更を見る')
    expect(await page.locator('.handcard').count()).toBeGreaterThanOrEqual(itemTypes.length + 1)
    pressed.add('何をなぜ変えたか')
    await page.getByLabel('何をなぜ変えたか').fill('型ごとに一問を足した')
    await press(page, '承認に出す')
    expect(page.url()).toContain('/staff/proposals/')

    const approver = await open(other)
    await approver.locator('.tabs').getByRole('link', { name: '検定', exact: true }).click()
    pressed.add('検定')
    await press(approver, '比べて決める')
    expect(await approver.locator('.handcard').count()).toBeGreaterThanOrEqual(itemTypes.length + 1)
    await press(approver, '承認して公開する')
    expect(approver.url()).toContain('outcome=approved')
    const live = await approver.goto(`${url}/staff/exams/clerk/items/${id}`)
    expect(live?.status()).toBe(200)
    await Promise.all([page.context().close(), approver.context().close()])
  })

  it('names what was pressed, and nothing that is not there', async () => {
    const shown = new Set(['本文', '見え方', '指摘', '一覧', '直すこと', '注意'])
    expect([...new Set(await namesInGuide())].filter((name) => !shown.has(name)).sort()).toEqual([...pressed].sort())
  })

  it.each([
    ['ja', 'light', 1280],
    ['en', 'dark', 390],
  ] as const)('has pages without an axe violation or a sideways scroll: %s %s %i', async (lang, colorScheme, width) => {
    const context = await (browser as Browser).newContext({
      viewport: { width, height: 844 },
      colorScheme,
      extraHTTPHeaders: { authorization: `Bearer ${author}` },
    })
    const tab = await context.newPage()
    const desk = `${url}/staff/desk/clerk`
    const wrong: string[] = []
    for (const path of [
      `${url}/staff/desk`,
      desk,
      `${desk}?path=office.ja.md&item=office-002`,
      `${desk}/hand-in`,
      `${desk}/history?path=office.ja.md`,
      `${desk}/new`,
      `${desk}/import`,
    ]) {
      const reply = await tab.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
      if (reply?.status() !== 200) wrong.push(`${path} ${reply?.status()}`)
      wrong.push(...(await axeViolations(tab)).map((violation) => `${path} ${violation}`))
      if (await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wrong.push(`${path} scrolls`)
    }
    await context.close()
    expect(wrong).toEqual([])
  })
})
