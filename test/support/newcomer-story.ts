import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import type { PresentedItem, PresentedResponse, PresentedSection } from '../../src/form/form.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { Entries } from '../../src/task/present.ts'
import { modelAnswer } from './model-answer.ts'

/** How somebody looks at the pages. */
export interface Look {
  readonly locale: 'ja' | 'en'
  readonly width: number
  readonly javaScript: boolean
  readonly colorScheme?: 'light' | 'dark'
}

/** A running pair, and the bank whose exam is taken. */
export interface Stage {
  readonly browser: Browser
  readonly plugin: string
  readonly market: string
  readonly bank: Bank
  /** What is right in the practical tasks of an attempt, by ref: no page tells it. */
  readonly solve: (attempt: string) => Promise<Readonly<Record<string, Entries>>>
}

/** One person's browser. */
export interface Person {
  readonly context: BrowserContext
  readonly page: Page
}

const PATIENCE_MS = 90_000
export const EXAM = 'business-admin'

export async function personOn({ browser }: Stage, { locale, width, javaScript, colorScheme }: Look): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 800 },
    locale: locale === 'ja' ? 'ja-JP' : 'en-US',
    javaScriptEnabled: javaScript,
    ...(colorScheme ? { colorScheme } : {}),
  })
  context.setDefaultTimeout(PATIENCE_MS)
  return { context, page: await context.newPage() }
}

/** An address in the reader's language. */
export const inLanguage = ({ locale }: Look, address: string): string => {
  const url = new URL(address)
  if (locale === 'en') url.searchParams.set('lang', 'en')
  return url.href
}

/** Enters the marketplace as somebody, by the form that everybody has. */
export async function signIn({ page }: Person, { market }: Stage, look: Look, user: string): Promise<void> {
  await page.goto(inLanguage(look, `${market}/sign-in`))
  await page.locator('input[name=user]').fill(user)
  await page.locator('form:has(input[name=user]) button').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

/** Sends the form of a page with an act; fields are filled in or chosen by their names, folds are opened. */
export async function send(page: Page, act: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
  const form = page.locator(`form:has(input[name=act][value="${act}"])`).first()
  await form.evaluate((node) => {
    for (let fold = node.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
      fold.open = true
  })
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`)
    if (['radio', 'checkbox'].includes((await field.first().getAttribute('type')) ?? ''))
      await form.locator(`[name="${name}"][value="${value}"]`).check({ force: true })
    else await field.fill(value)
  }
  await Promise.all([
    page.waitForNavigation(),
    form.locator('button[type=submit]:not(.unseen):not([name])').last().click(),
  ])
}

/** What the bank says to an item; two items may share a stem, and their choices tell them apart. */
function answerTo(item: PresentedItem, bank: Bank, locale: Look['locale']): PresentedResponse {
  for (const one of bank.items) {
    try {
      return modelAnswer({ ...bank, items: [one] }, item, { right: true, locale })
    } catch {
      // another item
    }
  }
  throw new Error(`${item.stemHtml} is in no bank`)
}

/** Fills in one question as its controls are. */
async function fillIn(page: Page, ref: string, response: PresentedResponse): Promise<void> {
  const answer = response as Record<string, unknown>
  const named = (name: string) => page.locator(`[name="${name}"]`)
  const put = async (name: string, value: string) => {
    const field = named(name)
    if ((await field.evaluate((node) => node.tagName)) === 'SELECT') await field.selectOption(value)
    else await field.fill(value)
  }
  if ('choice' in answer) await page.locator(`[name="${ref}"][value="${answer.choice}"]`).check({ force: true })
  else if ('choices' in answer)
    for (const one of answer.choices as string[])
      await page.locator(`[name="${ref}"][value="${one}"]`).check({ force: true })
  else if ('text' in answer) await put(ref, answer.text as string)
  else if ('blanks' in answer)
    for (const [blank, text] of Object.entries(answer.blanks as object)) await put(`${ref}.${blank}`, text)
  else if ('pairs' in answer)
    for (const [left, right] of Object.entries(answer.pairs as object)) await put(`${ref}.${left}`, right)
  else if ('order' in answer) {
    const wanted = answer.order as string[]
    const list = page.locator(`#${ref} .order`)
    if (await page.locator('html.js').count()) {
      for (const one of wanted.toReversed()) {
        const row = list.locator(`[data-ref="${one}"]`)
        while (await row.evaluate((li) => li !== li.parentElement?.firstElementChild))
          await row.locator('[data-move="-1"]').click()
      }
      const keep = page.locator(`#${ref} [data-keep-order]`)
      if (await keep.isVisible()) await keep.click()
    } else for (const [at, one] of wanted.entries()) await put(`${ref}.${one}`, String(at + 1))
  }
}

/** Starts the part that may be sat now, and tells which attempt that is. */
async function startPart({ page }: Person, look: Look): Promise<string> {
  if (look.locale === 'en') await page.getByLabel('English').check({ force: true })
  await page.locator('[name=agree]').check()
  await page.locator('form:has([name=agree]) button.primary').click()
  await page.waitForURL('**/attempts/att_*')
  return new URL(page.url()).pathname.split('/')[2] ?? ''
}

async function handIn(page: Page): Promise<void> {
  await page.waitForURL('**/review*')
  await page.locator('#submit button').click()
  await page.waitForURL('**/result*')
}

/** Opens the mail that a field belongs to, where it is not open; on a phone the way leads over the list. */
async function openMailOf(page: Page, field: Locator): Promise<void> {
  const mail = await field.first().evaluate((node) => node.closest('article.mail')?.id)
  if (mail === undefined || (await page.locator(`article#${mail}`).isVisible())) return
  const row = page.locator(`[name=go][value="view.${mail}"]:visible`).first()
  if ((await row.count()) === 0) {
    await page.locator('[name=go][value="view.list"]:visible').click()
    await row.waitFor()
  }
  await row.click()
  await page.locator(`article#${mail}`).waitFor()
}

/** Does one practical task: every field as its control is. */
async function work(page: Page, ref: string, entries: Entries): Promise<void> {
  for (const [name, value] of Object.entries(entries)) {
    const field = page.locator(`[name="${ref}.${name}"]`)
    await openMailOf(page, field)
    const control = await field.first().evaluate((node) => node.getAttribute('type') ?? node.tagName.toLowerCase())
    if (control === 'select') await field.selectOption(value)
    else if (control === 'radio') await page.locator(`[name="${ref}.${name}"][value="${value}"]`).check({ force: true })
    else if (control === 'checkbox')
      for (const one of value.split(' ').filter((word) => word !== ''))
        await page.locator(`[name="${ref}.${name}"][value="${one}"]`).check({ force: true })
    else await field.fill(value, { force: true })
  }
}

/** Takes both parts of the exam from its page to the result and knows every answer; `see` is told where there is something to look at. */
export async function takeExam(
  person: Person,
  stage: Stage,
  look: Look,
  see: (name: string, page: Page) => Promise<void>,
): Promise<void> {
  const { page } = person
  const exam = page.url()
  await see('exam', page)
  const attempt = await startPart(person, look)
  const reply = await page.request.get(`${stage.plugin}/api/attempts/${attempt}`)
  const { sections } = (await reply.json()) as { readonly sections: readonly PresentedSection[] }
  await see('paper', page)
  for (const { items } of sections) {
    for (const item of items) {
      await fillIn(page, item.ref, answerTo(item, stage.bank, look.locale))
      if (look.javaScript) await page.locator('#next').click()
    }
    if (!look.javaScript) await page.locator('button.primary.nojs-only').click()
  }
  await page.waitForURL('**/review*')
  await see('review', page)
  await handIn(page)
  await see('knowledge-result', page)

  await page.goto(exam)
  await see('exam-practical', page)
  const tasks = Object.entries(await stage.solve(await startPart(person, look)))
  for (const [at, [ref, entries]] of tasks.entries()) {
    await see(`task-${at + 1}`, page)
    await work(page, ref, entries)
    await page.locator('.turns button.primary').click()
    await page.waitForURL(at + 1 === tasks.length ? '**/review*' : `**/attempts/*?task=${at + 2}*`)
  }
  await see('review-tasks', page)
  await handIn(page)
}

const POST = {
  ja: {
    title: '出荷伝票の入力（120件）',
    body: '注文の一覧を、伝票の様式に入力していただきます。1回につき120件、週に1回です。資料は表計算ファイルでお渡しします。',
    apply: '名簿の整理を3年していました。週に1回、木曜の夜に納品できます。',
    deliver: '120件を入力しました。3件は番地が読めませんでしたので、印をつけています。',
    client: '早くて正確でした。',
    worker: '資料がそろっていて、進めやすかったです。',
  },
  en: {
    title: 'Typing shipping slips (120 a week)',
    body: 'You type orders from a list into shipping slips, 120 each time, once a week. The list comes as a spreadsheet, and so does what you deliver.',
    apply: 'I kept address lists for three years and can deliver every Thursday evening.',
    deliver: 'All 120 are typed. Three house numbers could not be read; they are marked.',
    client: 'Fast and exact.',
    worker: 'Everything I needed was there from the start.',
  },
} as const

const STARS = { quality: '5', schedule: '4', communication: '5', partnership: '5', again: '9', safe: 'yes' } as const

/** Clients who search, one after the other: the row of a reader and day is a lot. */
const MOST_CLIENTS = 60

/** What was seen of a newcomer's way. */
export interface Story {
  readonly worker: string
  /** Clients until whose page 1 showed the newcomer. */
  readonly searches: number
  readonly contract: string
}

/** Whether the list of workers names somebody to a client, who is signed in from now on; nothing of it is drawn. */
async function isNamedTo(
  { context }: Person,
  { market }: Stage,
  { client, worker }: { client: string; worker: string },
) {
  const { request } = context
  const sent = { form: { user: client }, headers: { origin: market }, maxRedirects: 0, failOnStatusCode: true }
  await request.post(`${market}/sign-in`, sent)
  const list = await (await request.get(`${market}/workers?category=${EXAM}`)).text()
  return list.includes(`/workers/${worker}?`)
}

const card = (page: Page, worker: string) => page.locator(`.newcomers a[href*="/workers/${worker}?"]`)

/** The whole story by pages alone, from a newcomer without reviews to a row that does not show them any more. */
export async function playStory(
  stage: Stage,
  look: Look,
  see: (name: string, page: Page) => Promise<void> = async () => {},
): Promise<Story> {
  const { market } = stage
  const words = POST[look.locale]
  const worker = await personOn(stage, look)
  const own = worker.page
  await own.goto(inLanguage(look, `${market}/`))
  await see('front', own)
  const id = await own.locator('form[action="/launch"] input[name=worker]').first().inputValue()
  await own.locator('form[action="/launch"] button').first().click()
  await own.waitForURL('**/exams/**')
  await takeExam(worker, stage, look, see)
  await see('result', own)
  const listing = async () => {
    const reply = await own.request.get(`${market}/api/workers/${id}?category=${EXAM}`)
    return (await reply.json()) as { badges: unknown[]; signals: { counted: boolean; withdrawn: boolean }[] }
  }
  // the badge comes before the signal. A search would not tell: some readers see none of it, for comparison
  while (!(await listing()).signals.some(({ counted, withdrawn }) => counted && !withdrawn)) await own.reload()
  await own.reload()
  await see('result-shown', own)
  await signIn(worker, stage, look, id)
  await own.goto(inLanguage(look, `${market}/me`))
  await see('me', own)

  let client: Person | undefined
  let clientId = ''
  let searches = 0
  while (!client && searches < MOST_CLIENTS) {
    searches += 1
    clientId = `cli_${String(searches).padStart(2, '0')}`
    const one = await personOn(stage, look)
    if (await isNamedTo(one, stage, { client: clientId, worker: id })) {
      await one.page.goto(inLanguage(look, `${market}/workers?category=${EXAM}`))
      if ((await card(one.page, id).count()) > 0) client = one
    }
    if (!client) await one.context.close()
  }
  if (!client) throw new Error(`no page 1 of ${MOST_CLIENTS} clients showed ${id}`)
  const { page } = client
  await see('search-row', page)
  await card(page, id).first().click()
  await page.waitForURL(`**/workers/${id}*`)
  await see('profile', page)
  const profile = page.url()

  await page.goto(inLanguage(look, `${market}/hiring`))
  await page.locator('a[href*="/jobs/new"]').first().click()
  await page.waitForURL('**/jobs/new*')
  await see('post', page)
  await send(page, 'post', {
    title: words.title,
    body: words.body,
    category: EXAM,
    payType: 'fixed',
    payAmount: '12000',
    'welcomes-newcomers': '1',
  })
  await see('posted', page)
  const job = new URL(page.url()).pathname
  await page.goto(profile)
  await send(page, 'invite')
  await see('invited', page)

  await own.goto(inLanguage(look, `${market}/me`))
  await see('me-invited', own)
  await own.goto(inLanguage(look, `${market}/work`))
  await see('work-invited', own)
  await own.locator(`a[href*="${job}"]`).first().click()
  await own.waitForURL(`**${job}*`)
  await see('job-invited', own)
  await send(own, 'apply', { message: words.apply })
  await see('applied', own)

  await page.goto(inLanguage(look, `${market}/hiring${job}`))
  await see('applicants', page)
  await page.locator('a[href*="/contracts/new"]').first().click()
  await page.waitForURL('**/contracts/new*')
  await see('hire', page)
  await send(page, 'hire')
  await see('proposed', page)
  const contract = page.url()
  await send(page, 'fund', { method: 'card' })
  await see('funded', page)
  await own.goto(contract)
  await send(own, 'start')
  await send(own, 'deliver', { note: words.deliver })
  await see('delivered', own)
  await page.goto(contract)
  await see('to-accept', page)
  await send(page, 'accept')
  await see('accepted', page)
  await send(page, 'review', { skill: '5', ...STARS, comment: words.client })
  await see('review-waits', page)
  await own.goto(contract)
  await see('review-asked', own)
  await send(own, 'review', { request: '5', ...STARS, comment: words.worker })
  await see('revealed', own)

  await page.goto(inLanguage(look, `${market}/workers?category=${EXAM}`))
  await see('search-after', page)
  if ((await card(page, id).count()) > 0) throw new Error(`the row shows ${id}, who has a review`)
  await page.goto(inLanguage(look, `${market}/workers/${id}`))
  await see('profile-after', page)
  await own.goto(inLanguage(look, `${market}/tour?worker=${id}`))
  await see('guide-after', own)
  for (const one of [worker, client]) await one.context.close()
  return { worker: id, searches, contract: new URL(contract).pathname.slice('/contracts/'.length) }
}
