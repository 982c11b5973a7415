import { readFile, writeFile } from 'node:fs/promises'
import { serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itemTypes } from '../../src/item/definition-of.ts'
import { faultsOf, standIn, type View, walksIn } from '../support/axe.ts'
import { openBrowser } from '../support/chromium.ts'
import { deskFiles, publishDeskExam } from '../support/desk-exam.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

// Does what the guide for authors says, step by step, and nothing else. With PICTURES=1 it makes the guide's pictures.

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

const views = (['ja', 'en'] as const).flatMap((locale) =>
  (['light', 'dark'] as const).flatMap((scheme) => [1280, 390].map((width): View => ({ locale, scheme, width }))),
)

/** With `npm run laws` an item of each type is begun; otherwise of some. */
const types = itemTypes.filter((_, nth) => process.env.CASES === 'all' || nth % 3 === 0)

const LANGUAGES = ['ja', 'en'] as const
type Language = (typeof LANGUAGES)[number]

const SUBJECTS = ['bank', 'desk', 'editor', 'page']
const texts = Object.fromEntries(
  await Promise.all(
    LANGUAGES.map(async (language) => {
      const subjects = await Promise.all(
        SUBJECTS.map((subject) => readFile(`src/texts/${language}/${subject}.json`, 'utf8')),
      )
      return [language, Object.assign({}, ...subjects.map((json) => JSON.parse(json)))] as const
    }),
  ),
) as Record<Language, Record<string, string>>
const ja = (key: string): string => texts.ja[key] ?? key

/** What the numbered steps of the guide call buttons, links and parts of pages. */
async function namesInGuide(language: Language): Promise<Set<string>> {
  const guide = await readFile(`src/docs/${language}/author.md`, 'utf8')
  const section = guide.split('<a id="desk"></a>')[1]?.split('\n## ')[0] ?? ''
  const steps = section
    .split(/\n(?=\d+\. )/)
    .slice(1)
    .map((step) => step.split('\n\n')[0] ?? '')
  const quoted = language === 'ja' ? /「([^」]+)」/g : /“([^”]+)”/g
  return new Set(steps.flatMap((step) => [...step.matchAll(quoted)].map(([, name = '']) => name)))
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

- 消費税法 第29条`

describe.skipIf(!browser)('the guide of the desk', () => {
  let [author, other] = ['', '']
  const used = new Set<string>()
  beforeAll(async () => {
    w = await fixedWorld()
    const task = await readFile('test/support/member-list.ja.md', 'utf8')
    await publishDeskExam(w, [
      ...deskFiles,
      { path: 'tasks/member-list.ja.md', content: task.replace('exam: business-admin', 'exam: clerk') },
    ])
    author = (await w.launch('aut-1', { role: 'author', name: '青木' })).token
    other = (await w.launch('aut-2', { role: 'author', name: '馬場' })).token
    await serveHere()
  })
  afterAll(async () => {
    await browser?.close()
    stop?.()
    await w?.close()
  })

  const open = async (token: string, isScripted = true): Promise<Page> => {
    const context = await (browser as Browser).newContext({
      viewport: { width: 1280, height: 800 },
      javaScriptEnabled: isScripted,
      locale: 'ja-JP',
    })
    await context.addCookies([{ name: 'lang', value: 'ja', url }])
    await context.setExtraHTTPHeaders({ authorization: `Bearer ${token}` })
    const page = await context.newPage()
    page.setDefaultTimeout(120_000)
    await page.goto(`${url}/staff`)
    return page
  }
  const press = async (page: Page, key: string) => {
    used.add(key)
    await page
      .getByRole('link', { name: ja(key), exact: false })
      .or(page.getByRole('button', { name: ja(key), exact: true }))
      .first()
      .click()
  }
  const field = (page: Page) => page.locator('.cm-content').first()
  const linesOf = async (page: Page) => (await field(page).locator('.cm-line').allTextContents()).join('\n')
  /** Has the desk save at once what it would in a second. */
  const saveNow = (page: Page) => page.evaluate(() => void dispatchEvent(new Event('online')))
  /** Writes over what stands in a field, and waits until it is saved and looked at. */
  const write = async (page: Page, text: string, into = field(page)) => {
    const desk = page.locator('#desk')
    await desk.evaluate((element) => {
      for (const name of ['save', 'found']) delete element.dataset[name]
    })
    await into.click()
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText(text)
    await saveNow(page)
    await page.locator('#desk[data-save="saved"][data-found]').waitFor()
    used.add('editor.problems.error').add('editor.problems.warning')
  }
  const begin = async (page: Page, type: string) => {
    await press(page, 'desk.newItem')
    await page.selectOption('select[name="type"]', type)
    await press(page, 'desk.begin')
    await page.locator('#desk[data-ready][data-found]').waitFor()
  }
  const picture = async (page: Page, name: string) => {
    if (!process.env.PICTURES) return
    for (const language of LANGUAGES) {
      await page.context().addCookies([{ name: 'lang', value: language, url }])
      await page.reload()
      if (name === 'desk') await page.locator('#desk[data-ready][data-found]').waitFor()
      if (name === 'desk') await page.locator('#desk-view iframe').contentFrame().locator('.stem').first().waitFor()
      const client = await page.context().newCDPSession(page)
      const { data } = await client.send('Page.captureScreenshot', { format: 'webp', quality: 30 })
      await writeFile(`src/docs/img/${name}-${language}.webp`, Buffer.from(data, 'base64'))
    }
    await page.context().addCookies([{ name: 'lang', value: 'ja', url }])
    await page.reload()
  }

  it('leads from the first click to a published version, with items of several types, one of drawn numbers and a task', async () => {
    const page = await open(author)
    await press(page, 'nav.desk')
    await page
      .locator('section', { hasText: 'clerk' })
      .getByRole('link', { name: ja('desk.open') })
      .click()
    used.add('desk.open')
    // four tabs on a phone
    const panes = page.locator('nav.panes')
    for (const pane of ['Edit', 'View', 'Problems', 'Tree']) {
      expect(await panes.textContent()).toContain(ja(`desk.pane${pane}`))
      used.add(`desk.pane${pane}`)
    }
    for (const type of types) {
      await begin(page, type)
      const text = (await linesOf(page)).replace('`下書き`', '`試験導入` `難易度2`')
      await write(page, text)
      if (type !== 'single') continue
      await write(page, text.replace('- [x]', '- [ｘ]'))
      const found = page.locator('.prob[data-severity="error"]').first()
      await press(page, 'editor.problems.explain')
      await page.locator('.prob .why > *').first().waitFor()
      await found.locator('button.pl').click()
      await page.locator('#desk').evaluate((element) => {
        delete element.dataset.save
      })
      await page.locator('.prob[data-severity="error"] .btns button').first().click()
      await saveNow(page)
      await page.locator('#desk[data-save="saved"]').waitFor()
      await page.locator('.prob[data-severity="error"]').first().waitFor({ state: 'detached' })
      expect(await linesOf(page)).toBe(text)
    }
    await begin(page, 'numeric')
    const id = /office-\d+/.exec(await linesOf(page))?.[0] ?? ''
    await write(page, PARAMETRIC.replace('ID', id).replace('- price: 8,000', '- price: 八千'))
    expect(await page.locator('.prob[data-severity="error"]').count()).toBeGreaterThan(0)
    await write(page, PARAMETRIC.replace('ID', id))
    expect(await page.locator('.prob[data-severity="error"]').allInnerTexts()).toEqual([])
    const view = page.locator('#desk-view iframe').contentFrame()
    await view
      .getByText(/税抜 [\d,]+ 円の用紙/)
      .nth(4)
      .waitFor()
    await picture(page, 'desk')
    await press(page, 'editor.beside')
    await press(page, 'editor.begin')
    const beside = page.locator('.cm-content').nth(1)
    await beside.waitFor()
    const english = (await beside.locator('.cm-line').allTextContents()).join('\n')
    const translated = english
      .replace(/^(## \S+) .*/, '$1 Total with tax')
      .replace(' `draft`', '')
      .replace(/税抜 .*/, 'Paper costs {{price}} yen before tax. What is the total in yen at a rate of 10%?')
      .replace(/税抜の.*/, 'Multiply the price before tax by 1.1.')
    await write(page, translated, beside)
    expect(await page.locator('#desk-changes').textContent()).not.toBe('0')

    await press(page, 'desk.newItem')
    await page.fill('input[name="name"]', 'sign-up-list')
    await press(page, 'desk.copyTask')
    await page.locator('#desk[data-ready][data-found]').waitFor()
    expect(page.url()).toContain('sign-up-list')
    await page.getByLabel(ja('editor.view.bots')).waitFor()
    used.add('editor.view.bots')
    expect(await view.locator('section').count()).toBeGreaterThanOrEqual(5)

    await press(page, 'desk.changes')
    expect(await page.locator('.handcard').count()).toBeGreaterThanOrEqual(types.length + 3)
    await picture(page, 'hand-in')
    used.add('bank.noteHint')
    await page.getByLabel(ja('bank.noteHint')).fill('型ごとに一問と、課題を一つ足した')
    await press(page, 'desk.handIn')
    expect(page.url()).toContain('/staff/proposals/')

    const approver = await open(other)
    await approver
      .locator('.tabs')
      .getByRole('link', { name: ja('nav.bank'), exact: true })
      .click()
    used.add('nav.bank')
    await press(approver, 'bank.decide')
    expect(await approver.locator('.handcard').count()).toBeGreaterThanOrEqual(types.length + 3)
    await press(approver, 'bank.approve')
    expect(approver.url()).toContain('outcome=approved')
    const live = await approver.goto(`${url}/staff/exams/clerk/items/${id}`)
    expect(live?.status()).toBe(200)
    await Promise.all([page.context().close(), approver.context().close()])
  })

  it.each(LANGUAGES)('names what was used, and nothing that is not there: %s', async (language) => {
    const names = [...used].map((key) => texts[language][key] ?? key)
    expect([...(await namesInGuide(language))].sort()).toEqual([...new Set(names)].sort())
  })

  it('is done without a script with the buttons below the text', async () => {
    const page = await open(author, false)
    await page.goto(`${url}/staff/desk/clerk?path=office.ja.md&item=office-002`)
    const area = page.locator('textarea[name="text"]')
    const text = await area.inputValue()
    await area.fill(text.replace('13,200 ± 0', '13,200 前後'))
    await press(page, 'desk.check')
    await page.locator('.prob.er').first().waitFor()
    await page.locator('textarea[name="text"]').fill(text)
    await press(page, 'desk.save')
    await page.waitForURL(/state=saved/)
    await page.goto(`${url}/staff/desk/clerk?path=tasks/member-list.ja.md`)
    await press(page, 'desk.check')
    const task = page.locator('#desk-view iframe').contentFrame()
    expect(await task.locator('section').count()).toBe(5)
    expect(
      await task
        .locator('h3')
        .first()
        .evaluate((element) => getComputedStyle(element).fontSize),
    ).toBe('15px')
    await page.context().close()
  })

  it('is done with the keyboard alone, and is told to a screen reader by names', async () => {
    const page = await open(author)
    /** Goes on with the tab key until something of this name has the focus. */
    const reach = async (name: string | RegExp, backward = false) => {
      for (let presses = 0; presses < 150; presses += 1) {
        const focused = await page.evaluate(() => {
          let element = document.activeElement
          while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
          return {
            isField: element?.classList.contains('cm-content') ?? false,
            name:
              element?.getAttribute('aria-label') ??
              ((element as HTMLInputElement | null)?.labels?.[0] ?? element)?.textContent?.trim() ??
              '',
          }
        })
        if (typeof name === 'string' ? focused.name.startsWith(name) : name.test(focused.name)) return
        // the tab key writes in the field until it is left
        if (focused.isField) await page.keyboard.press('Escape')
        await page.keyboard.press(backward ? 'Shift+Tab' : 'Tab')
      }
      throw new Error(`the tab key does not come to ${name}`)
    }
    await reach(ja('desk.open'))
    await page.keyboard.press('Enter')
    await page.locator('#desk[data-ready][data-found]').waitFor()
    await reach(ja('editor.label'))
    const text = await linesOf(page)
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText(text.replace('件名だけで', '件名だけを見て').replace('- [x]', '- [ｘ]'))
    const error = page.locator('.prob[data-severity="error"]')
    await error.first().waitFor()
    const tree = await page.locator('main').ariaSnapshot()
    for (const part of [
      `navigation "${ja('desk.tree')}"`,
      `textbox "${ja('editor.label')}"`,
      `toolbar "${ja('editor.tools')}"`,
      `region "${ja('desk.paneView')}"`,
    ])
      expect(tree).toContain(part)
    expect(tree).toMatch(/listitem:[\s\S]*button "\d+行"/)
    await reach(/^\d+行/)
    await page.keyboard.press('Enter')
    expect(await field(page).evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.locator('#desk[data-save="saved"]').waitFor()
    // a save that takes its time
    let goOn = () => {}
    const pressed = new Promise<void>((resolve) => {
      goOn = resolve
    })
    await page.route('**/files', async (route) => {
      await pressed
      await route.continue()
    })
    await reach(/直す$/)
    await page.keyboard.press('Enter')
    await error.first().waitFor({ state: 'detached' })
    await reach(ja('desk.changes'), true)
    await page.keyboard.press('Enter')
    goOn()
    await page.waitForURL(/hand-in/)
    expect(await page.locator('#stop').allTextContents()).toEqual([])
    expect(await page.locator('.handcard').allInnerTexts()).toEqual([expect.stringContaining('件名だけを見て')])
    await reach(ja('bank.noteHint'))
    await page.keyboard.type('言い方を直した')
    await reach(ja('desk.handIn'))
    const answered = page.waitForEvent('load')
    await page.keyboard.press('Enter')
    await answered
    expect({ at: new URL(page.url()).pathname, said: await page.getByRole('alert').allInnerTexts() }).toEqual({
      at: expect.stringMatching(/^\/staff\/proposals\//),
      said: [],
    })
    await page.context().close()
  })

  it.each(walksIn(views))('has pages without an axe violation or a sideways scroll: $named', async ({ next }) => {
    const context = await (browser as Browser).newContext({ extraHTTPHeaders: { authorization: `Bearer ${author}` } })
    const tab = await context.newPage()
    const wrong: string[] = []
    for (const path of [
      '',
      '/clerk',
      '/clerk?path=office.ja.md&item=office-002',
      '/clerk?path=tasks/member-list.ja.md',
      '/clerk/hand-in',
      '/clerk/history?path=office.ja.md',
      '/clerk/new',
      '/clerk/import',
    ]) {
      const view = next()
      const address = new URL(`/staff/desk${path}`, url)
      address.searchParams.set('lang', view.locale)
      await standIn(tab, view)
      const reply = await tab.goto(address.href)
      if (reply?.status() !== 200) wrong.push(`${path} ${reply?.status()}`)
      if (/clerk($|[?])/.test(path)) await tab.locator('#desk[data-found]').waitFor({ timeout: 120_000 })
      wrong.push(...(await faultsOf(tab)).map((fault) => `${path} in ${Object.values(view).join(' ')} ${fault}`))
    }
    await context.close()
    expect(wrong).toEqual([])
  })
})
