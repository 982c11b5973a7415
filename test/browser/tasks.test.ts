import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { publishExam } from '../../src/flows/publish-exam.ts'
import type { TaskDraw } from '../../src/item/bank.ts'
import { allSaved } from '../support/all-saved.ts'
import { faultsOf, standIn, walksIn } from '../support/axe.ts'
import { openBrowser } from '../support/chromium.ts'
import { modelSaves } from '../support/model-answer.ts'
import { bankOfTasks, bankWithPractice, twoPartBank } from '../support/two-part-bank.ts'
import { type RealApp, startRealApp } from '../support/ui-fixture/real-app.ts'

const browser: Browser | undefined = await openBrowser()
const bank = twoPartBank()
let app: RealApp
let context: BrowserContext
let page: Page
/** The first task of the sitting. */
let paper: string
let people = 0

// biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
const call = (method: string, path: string, body?: unknown): Promise<any> =>
  page.evaluate(
    async ([method, path, body]) => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch(path as string, { method: method as string, headers, body: body as string })).json()
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  )

/** Passes the knowledge part and opens the practical one. */
async function openTasks(...draws: readonly TaskDraw[]) {
  if (draws.length > 0) await publishExam(app.world, bankOfTasks(...draws))
  context = await (browser as Browser).newContext({ viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(90_000)
  people += 1
  const session = await app.session(`wkr_task_${people}`)
  await context.addCookies([session])
  // of the knowledge part nothing is looked at
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
  const ask = async (method: string, path: string, body: object): Promise<any> => {
    const headers = {
      origin: app.origin,
      cookie: `${session.name}=${session.value}`,
      'content-type': 'application/json',
    }
    return (await fetch(app.origin + path, { method, headers, body: JSON.stringify(body) })).json()
  }
  const { id, lease, sections } = await ask('POST', '/api/exams/tiny/attempts', { locale: 'ja' })
  await ask('PUT', `/api/attempts/${id}/responses`, { lease, saves: modelSaves(bank, sections) })
  await ask('POST', `/api/attempts/${id}/submit`, { lease })
  page = await context.newPage()
  // what is not saved yet stays in the browser: the page may be left
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(`${app.origin}/exams/tiny`)
  await page.locator('[name=agree]').check()
  await page.getByRole('button', { name: '実技の部を始める' }).click()
  await page.waitForURL('**/attempts/att_*')
  await page.locator('html.js').waitFor()
  paper = page.url()
}

const cell = (row: string, column: string) => page.locator(`[name="t1.${row}.${column}"]`)
const focused = () => page.evaluate(() => (document.activeElement as HTMLInputElement).name)
const saved = () => allSaved(page)
const entries = async () => {
  const id = new URL(page.url()).pathname.split('/')[2]
  return (await call('GET', `/api/attempts/${id}`)).responses.t1?.response.entries
}

const DESK = { width: 1280, scheme: 'light' } as const
const PHONE = { width: 390, scheme: 'dark' } as const
const views = [DESK, PHONE]

/** Opens the first task of the sitting anew. */
async function reopen(view: (typeof views)[number] = DESK): Promise<void> {
  await standIn(page, view)
  await page.goto(paper)
  await page.locator('html.js').waitFor()
}

/** One sitting for the tests of a group, in their order: what was entered before stands there. */
function inOneSitting(...draws: readonly TaskDraw[]): void {
  beforeAll(() => openTasks(...draws))
  beforeEach(() => reopen())
  afterAll(() => context?.close())
}

beforeAll(async () => {
  if (browser) app = await startRealApp()
})
afterAll(async () => {
  await app?.close()
  await browser?.close()
})

/** Types into the field that has the focus as an input method does, with a composition that may go on. */
async function compose(text: string, ends: boolean): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  if (ends) await devtools.send('Input.insertText', { text })
  await devtools.detach()
}

/** A key that the input method takes for itself: the browser tells the page of it by this code and no other. */
async function keyOfComposition(key: string): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, key, code: key })
  await devtools.detach()
}

describe.skipIf(!browser)('a table to put in order, in a browser', () => {
  beforeAll(() => publishExam(app.world, bank).then(() => {}))

  describe('in one sitting', () => {
    inOneSitting()

    it('marks what was changed, tells what cannot be seen, saves by itself, and puts back', async () => {
      const name = cell('1001', '確認')
      await name.fill(' ＡB')
      expect(await page.locator('td[data-changed]').count()).toBe(1)
      expect(await page.locator('#here').textContent()).toMatch(/1001 確認[^]*半角2字、全角1字、前に空白1/)
      await saved()
      await expect.poll(entries).toEqual({ '1001.確認': ' ＡB' })
      await page.reload()
      expect(await name.inputValue()).toBe(' ＡB')
      await name.focus()
      await page.locator('#here-undo').click()
      expect(await name.inputValue()).toBe('')
      await page.locator('td[data-changed]').waitFor({ state: 'detached' })
      await saved()
      await expect.poll(entries).toEqual({})
    })

    it('tells a screen reader of each cell its row and its column, and what cannot be changed as text', async () => {
      const row = page.getByRole('row').filter({ has: cell('1001', '氏名') })
      const tree = await row.ariaSnapshot()
      for (const column of ['氏名', 'フリガナ', '電話番号', 'メールアドレス', '申込日', '重複', '確認'])
        expect(tree).toContain(`textbox "1001 ${column}"`)
      expect(tree).toContain('rowheader "1001"')
    })

    it('is walked through with arrows and Enter, but never while a word is composed', async () => {
      await cell('1001', '氏名').focus()
      await page.keyboard.press('ArrowDown')
      expect(await focused()).toBe('t1.1002.氏名')
      await page.keyboard.press('ArrowRight')
      expect(await focused()).toBe('t1.1002.フリガナ')
      await page.keyboard.press('Enter')
      expect(await focused()).toBe('t1.1003.フリガナ')
      await compose('とうきょう', false)
      expect(await cell('1003', 'フリガナ').inputValue()).toBe('とうきょう')
      await keyOfComposition('Enter')
      await keyOfComposition('ArrowDown')
      expect(await focused()).toBe('t1.1003.フリガナ')
    })

    it('Esc puts back what stood in the cell when it was entered', async () => {
      const before = await cell('1001', '氏名').inputValue()
      await cell('1001', '氏名').fill('別の人')
      await page.keyboard.press('Escape')
      expect(await cell('1001', '氏名').inputValue()).toBe(before)
    })

    it('takes a block of a spreadsheet, and rows with their numbers wherever they are', async () => {
      const paste = (text: string) =>
        page.evaluate((text) => {
          const clipboardData = new DataTransfer()
          clipboardData.setData('text/plain', text)
          document.activeElement?.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
          )
        }, text)
      await cell('1001', '重複').focus()
      await paste('1\tあ\r\n2\tい\r\n')
      expect(await cell('1002', '確認').inputValue()).toBe('い')
      const columns = ['氏名', 'フリガナ', '電話番号', 'メールアドレス', '申込日', '重複', '確認']
      await paste(['番号', ...columns].join('\t').concat('\n1005\tあ\tい\tう\tえ\tお\tか\tき'))
      expect(await cell('1005', '確認').inputValue()).toBe('き')
      await saved()
      await expect.poll(entries).toMatchObject({ '1001.重複': '1', '1002.確認': 'い', '1005.氏名': 'あ' })
    })

    it('tells with a save how long the longest piece was, and whether the page was out of sight; a save that fails loses none of it', async () => {
      const lost: unknown[] = []
      const told: unknown[] = []
      let isDown = false
      await page.route('**/responses', (route) => {
        const { observed } = route.request().postDataJSON().saves[0]
        ;(isDown ? lost : told).push(observed)
        return isDown ? route.abort() : route.continue()
      })
      await cell('1001', '確認').focus()
      await page.keyboard.type('ab')
      await saved()
      isDown = true
      await page.keyboard.insertText('まとめて入った文')
      await page.locator('#save[data-s=kept]').waitFor()
      await page.evaluate(() => {
        const see = (hidden: boolean) => {
          Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
          document.dispatchEvent(new Event('visibilitychange'))
        }
        see(true)
        see(false)
      })
      isDown = false
      await page.keyboard.type('c')
      await saved()
      await page.keyboard.type('d')
      await vi.waitFor(() => expect(told.at(-1)).toEqual({ longest: 1, hidden: false }), { timeout: 60_000 })
      expect(told[0]).toEqual({ longest: 1, hidden: false })
      expect(lost).toContainEqual({ longest: 8, hidden: false })
      // each with one save that arrives; a save that was already on its way takes only the first of them
      expect(told.filter((one) => /"longest":8/.test(JSON.stringify(one)))).toHaveLength(1)
      expect(told.filter((one) => /"hidden":true/.test(JSON.stringify(one)))).toHaveLength(1)
      await page.unroute('**/responses')
    })

    it('on a phone opens a row as a card and the brief as a sheet', async () => {
      await reopen(PHONE)
      await page.getByRole('checkbox', { name: '1002 を開く' }).check({ force: true })
      const name = cell('1002', '氏名')
      expect((await name.boundingBox())?.height).toBeGreaterThanOrEqual(44)
      expect(await page.locator('#brief').isVisible()).toBe(false)
      await page.getByRole('button', { name: '指示書' }).click()
      expect(await page.locator('#brief').isVisible()).toBe(true)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    })

    it('says that more than a task may hold is not saved, and saves it once it is shorter', async () => {
      const fill = (text: string) =>
        page.evaluate((text) => {
          const cells = [...document.querySelectorAll<HTMLInputElement>('.grid td input')]
          for (const cell of cells) cell.value = text
          cells[0]?.dispatchEvent(new Event('input', { bubbles: true }))
        }, text)
      const before = await entries()
      await fill('あ'.repeat(200))
      await page.locator('#save[data-s=kept]').waitFor()
      expect(await page.locator('#save').textContent()).toContain('入力が多すぎて')
      expect(await entries()).toEqual(before)
      await fill('あ')
      await saved()
      await expect.poll(entries).toMatchObject({ '1001.氏名': 'あ' })
    })

    it('another screen takes over: this one says so, and saves no more', async () => {
      const other = await context.newPage()
      await other.goto(page.url())
      await page.locator('#lost').waitFor()
      expect(await page.locator('#paper').getAttribute('inert')).toBe('')
      await page.locator('#lost button').click()
      await page.locator('html.js').waitFor()
      await cell('1001', '確認').fill('こちら')
      await saved()
      await expect.poll(entries).toMatchObject({ '1001.確認': 'こちら' })
      await other.close()
    })
  })

  describe('in a sitting of its own', () => {
    afterEach(() => context?.close())

    it.each(walksIn(views))(
      'is read from a file after a look at what it changes, leads over the next task to the review and the result, and has no axe violation on the way: $named',
      async ({ next }) => {
        await openTasks()
        const look = async (name: string) => expect(await faultsOf(page), name).toEqual([])
        await reopen(next())
        if (page.viewportSize()?.width === PHONE.width)
          await page.getByRole('checkbox', { name: '1001 を開く' }).check({ force: true })
        await cell('1001', '氏名').fill('別の人')
        await look('a table')
        await standIn(page, next())
        await page.getByRole('button', { name: 'CSVを読み込む' }).click()
        await page.waitForURL('**/import?task=1')
        await look('an import')
        const buffer = Buffer.from('番号,確認\r\n1001,原本を見る\r\n')
        await page.getByLabel('CSVファイル').setInputFiles({ name: 'meibo.csv', mimeType: 'text/csv', buffer })
        await standIn(page, next())
        await page.getByRole('button', { name: '変わる所を確かめる' }).click()
        await page.getByRole('heading', { name: '読み込むと、1か所が変わります' }).waitFor()
        await look('what an import changes')
        await page.getByRole('button', { name: '選んだ列を読み込む' }).click()
        await page.waitForURL('**task=1')
        expect(await cell('1001', '確認').inputValue()).toBe('原本を見る')
        await page.getByRole('button', { name: '保存して次の課題へ' }).click()
        await page.waitForURL('**task=2')
        await standIn(page, next())
        await page.getByRole('button', { name: '見直しと提出へ' }).click()
        await page.waitForURL('**/review')
        expect(await page.locator('main').textContent()).toContain('確認 1')
        await look('the review')
        await standIn(page, next())
        await page.getByRole('button', { name: 'このまま提出する' }).click()
        await page.waitForURL('**/result')
        await look('the result')
        await standIn(page, next())
        await page.goto(`${app.origin}/exams/tiny`)
        await look('the exam')
      },
    )
  })
})

describe.skipIf(!browser)('a manuscript to put right, in a browser', () => {
  const DRAFT: TaskDraw = { kind: 'draft', points: 30 }
  const text = () => page.getByRole('textbox', { name: '下書き' })
  const edits = () => page.locator('#edits li')
  inOneSitting(DRAFT, { kind: 'table', points: 30 })

  it('lists each change once it is written, never while a word is composed, and takes it back', async () => {
    const before = await text().inputValue()
    await text().focus()
    await page.evaluate(() => (document.activeElement as HTMLTextAreaElement).setSelectionRange(0, 0))
    await compose('はじめ', false)
    await allSaved(page)
    expect(await edits().count()).toBe(0)
    await compose('はじめに。', true)
    await edits().first().waitFor()
    expect(await edits().first().textContent()).toContain('はじめに。')
    expect(await page.locator('#length').textContent()).toContain(
      `もと ${[...before.replaceAll('\n', '')].length.toLocaleString('ja')}字`,
    )
    await expect.poll(entries).toEqual({ text: `はじめに。${before}` })
    await page.getByRole('button', { name: 'もとに戻す：「はじめに。」を追加' }).click()
    expect(await text().inputValue()).toBe(before)
    expect(await edits().count()).toBe(0)
    await expect.poll(entries).toEqual({})
  })

  it('shows its changes in the text, leads from the list to the place, and keeps both over a reload', async () => {
    await text().fill(`${await text().inputValue()}\n\nおわりに。`)
    await saved()
    await page.reload()
    await page.getByRole('button', { name: '見比べる' }).click()
    expect(await page.locator('#compare ins').textContent()).toBe('\n\nおわりに。')
    expect(await text().isVisible()).toBe(false)
    await edits().first().locator('a').click()
    const picked = await page.evaluate(() => {
      const { value, selectionStart, selectionEnd } = document.activeElement as HTMLTextAreaElement
      return value.slice(selectionStart, selectionEnd)
    })
    expect(picked).toBe('\n\nおわりに。')
  })

  it('says at once that it was pasted twice or is too long, and loses nothing', async () => {
    const before = await text().inputValue()
    await text().fill(`${before}\n\n${before}`)
    await page.locator('#doubled').waitFor()
    await text().fill('あ'.repeat(4_001))
    await page.locator('#too-long').waitFor()
    await page.locator('#save[data-s=kept]').waitFor()
    expect(await text().inputValue()).toHaveLength(4_001)
    await text().fill(before)
    await page.locator('#too-long').waitFor({ state: 'hidden' })
    await saved()
  })

  it('is saved before it is fetched as a file, and ticks of rules outlive a turned page', async () => {
    await text().fill('書き換えた。')
    for (const rule of await page.locator('.rules input').all()) await rule.check()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'テキスト' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/\.txt$/)
    expect(await entries()).toEqual({ text: '書き換えた。' })
    await page.getByRole('button', { name: '保存して次の課題へ' }).click()
    await page.waitForURL('**task=2')
    expect(await page.locator('[data-standing=checked]').textContent()).toContain('確かめ済み')
  })

  it.each(walksIn(views))('has no axe violation, and nothing to scroll sideways: $named', async ({ next }) => {
    await reopen(next())
    await text().fill(`前書き。${await text().inputValue()}`)
    await edits().first().waitFor()
    expect(await faultsOf(page)).toEqual([])
    await reopen(next())
    await page.getByRole('button', { name: '見比べる' }).click()
    expect(await faultsOf(page)).toEqual([])
  })
})

describe.skipIf(!browser)('claims to check, in a browser', () => {
  const claim = (number: number) => page.locator(`#claim-${number}`)

  describe('against sources', () => {
    inOneSitting({ kind: 'claims', form: 'sources', points: 24 })

    it('are judged by keyboard, ask for what goes with the verdict, and outlive a reload', async () => {
      const correction = page.getByRole('textbox', { name: '1 正しい語や数' })
      expect(await correction.isVisible()).toBe(false)
      await claim(1).getByRole('radio', { name: '合っている' }).focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Tab')
      expect(await focused()).toBe('t1.1.correction')
      await page.keyboard.type('78')
      await claim(1).getByRole('radio', { name: '資料2' }).check({ force: true })
      await saved()
      await expect.poll(entries).toMatchObject({ '1.verdict': 'wrong', '1.correction': '78' })
      await page.reload()
      await claim(2).getByRole('radio', { name: '合っている' }).check({ force: true })
      await expect.poll(entries).toMatchObject({ '1.verdict': 'wrong', '2.verdict': 'right' })
      await page.getByRole('button', { name: '1 判定を取り消す' }).click()
      expect(await correction.isVisible()).toBe(false)
      await expect.poll(entries).not.toHaveProperty('1.verdict')
    })

    it('have no axe violation, and nothing to scroll sideways', async () => {
      await claim(2).getByRole('radio').nth(1).check({ force: true })
      expect(await faultsOf(page)).toEqual([])
      await reopen(PHONE)
      await page.getByRole('button', { name: '資料', exact: true }).click()
      expect(await page.locator('#sources').isVisible()).toBe(true)
      expect(await faultsOf(page)).toEqual([])
    })
  })

  describe('in a red-lined text', () => {
    inOneSitting({ kind: 'claims', form: 'redline', points: 24 })

    it('count the message as it is written', async () => {
      await page.getByRole('textbox', { name: '確認の文' }).fill('確かめたい 所が\nあります。')
      expect(await page.locator('.message output').textContent()).toBe('12')
      await claim(1).getByRole('radio', { name: '根拠を確かめる' }).check({ force: true })
      await page.getByRole('combobox', { name: '1 理由' }).selectOption({ index: 1 })
      await vi.waitFor(async () => expect(Object.keys(await entries())).toEqual(['1.reason', '1.verdict', 'message']), {
        timeout: 60_000,
      })
    })

    it('have no axe violation on a phone, and nothing to scroll sideways', async () => {
      await reopen(PHONE)
      expect(await faultsOf(page)).toEqual([])
    })
  })
})

describe.skipIf(!browser)('an inbox, in a browser', () => {
  const mail = (number: number) => page.locator(`#m${number}`)
  const listed = (number: number) => page.locator(`nav [data-mail=m${number}]`)
  inOneSitting({ kind: 'inbox', points: 30 })

  it('on a phone shows the list or one mail, and its documents with the brief', async () => {
    await reopen(PHONE)
    expect(await mail(1).isVisible()).toBe(false)
    await listed(1).click()
    expect(await listed(1).isVisible()).toBe(false)
    await mail(1).getByRole('button', { name: '受信箱' }).click()
    expect(await listed(1).isVisible()).toBe(true)
    await page.getByRole('button', { name: '指示書' }).click()
    expect(await page.locator('#brief').textContent()).toContain('三好の予定')
  })

  it('has no axe violation, and nothing to scroll sideways: its list on a desk, a mail on a phone', async () => {
    await reopen()
    expect(await faultsOf(page)).toEqual([])
    await reopen(PHONE)
    await listed(1).click()
    await mail(1).getByRole('radio', { name: '返信する' }).check({ force: true })
    expect(await faultsOf(page)).toEqual([])
  })

  it('is worked through by keyboard, one mail at a time, and comes back to the open one', async () => {
    await listed(2).focus()
    await page.keyboard.press('Enter')
    expect(await mail(1).isVisible()).toBe(false)
    const heading = await page.evaluate(() => document.activeElement?.id)
    expect(heading).toBe('m2-subject')
    await mail(2).getByRole('radio', { name: '返信する' }).focus()
    await page.keyboard.press('Space')
    await mail(2).getByRole('group', { name: '2通目の宛先' }).getByRole('checkbox').first().check({ force: true })
    const body = page.getByRole('textbox', { name: '2通目の本文' })
    await body.focus()
    await compose('承知しました。', true)
    expect(await mail(2).locator('[data-length]').textContent()).toBe('7')
    expect(await listed(2).textContent()).toContain('返信する：書いています')
    await body.fill('あ'.repeat(60))
    expect(await listed(2).locator('.standing').getAttribute('data-state')).toBe('done')
    await expect.poll(entries).toMatchObject({ 'm2.act': 'reply', 'm2.to': 'a1', 'm2.body': 'あ'.repeat(60) })
    await page.reload()
    expect(await mail(2).isVisible()).toBe(true)
    expect(await body.inputValue()).toBe('あ'.repeat(60))
    await mail(2).getByRole('button', { name: '次のメールへ' }).click()
    await mail(3).getByRole('radio', { name: '対応しない' }).check({ force: true })
    await expect.poll(entries).toMatchObject({ 'm2.act': 'reply', 'm3.act': 'none' })
    expect(await page.locator('#mails-done').textContent()).toBe('2')
  })
})

describe.skipIf(!browser)('practice', () => {
  const SEED = '0123456789abcdef'.repeat(2)
  beforeAll(async () => {
    const practised = bankWithPractice(
      { kind: 'table', points: 30 },
      { kind: 'sheet', points: 20 },
      { kind: 'draft', points: 30 },
      { kind: 'inbox', points: 30 },
      { kind: 'claims', form: 'sources', points: 24 },
    )
    await publishExam(app.world, practised)
    families = (practised.tasks ?? []).flatMap(({ id, status }) => (status === 'practice' ? [id] : []))
  })
  let families: readonly string[] = []
  afterEach(() => context?.close())

  it.each(walksIn(views))(
    'and its report have no axe violation, nor anything to scroll sideways: $named',
    async ({ next }) => {
      expect(families).toHaveLength(5)
      context = await (browser as Browser).newContext()
      page = await context.newPage()
      for (const family of families) {
        await standIn(page, next())
        await page.goto(`${app.origin}/exams/tiny/practice/${family}?seed=${SEED}`)
        expect(await faultsOf(page), family).toEqual([])
        await page.locator('.turns button.primary').click()
        await page.locator('#paper').waitFor({ state: 'detached' })
        expect(await faultsOf(page), `the report of ${family}`).toEqual([])
      }
    },
  )
})
