import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../support/chromium.ts'
import { freePort } from '../support/free-port.ts'
import { lookAt } from '../support/look-at.ts'
import { type Look, personOn, takeExam } from '../support/newcomer-story.ts'
import { MOST_PAGE_BYTES } from '../support/page-weight.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { shippedBank } from '../support/shipped-bank.ts'
import { solutionsIn } from '../support/solutions.ts'
import { inTurn, type Measure } from './measure.ts'

const ROUNDS = 3
/** Where three come near the bound: a machine that does other things besides moves them by a fifth. */
const MORE_ROUNDS = 9
const NEAR = 0.85
/** A phone of a few years ago. */
const SLOWER = 4
const WIDTH = 390
/** First paints, in those of an empty page. */
const MOST_TIMES = 5
const EXAM = 'business-admin'

type Opener = Parameters<typeof lookAt>[0]

/** A page, and the browser of who sees it. */
interface Seen {
  readonly name: string
  readonly url: string
  readonly opener: Opener
}

interface Pair {
  readonly plugin: string
  readonly market: string
  /** Where their data are. */
  readonly folder: string
  readonly close: () => Promise<void>
}

/** The built demonstration with its past. */
async function openDemonstration(): Promise<Pair> {
  const [port, marketPort] = [await freePort(), await freePort()]
  const folder = await mkdtemp(join(quickFolder, 'kentei-pages-'))
  const env = { ...process.env, PORT: String(port), SANDBOX_PORT: String(marketPort), DATA_DIR: folder }
  const service: ChildProcess = spawn(process.execPath, [resolve('dist/node.mjs')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const market = `http://localhost:${marketPort}`
  while (!(await fetch(market).catch(() => undefined))?.ok) {
    if (service.exitCode !== null) throw new Error(`the demonstration ended with ${service.exitCode}`)
    await sleep(50)
  }
  const close = async () => {
    service.kill('SIGTERM')
    await once(service, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
  return { plugin: `http://localhost:${port}`, market, folder, close }
}

/** A page with nothing on it but a word. */
async function openEmptyPage(): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((_, reply) =>
    reply.setHeader('content-type', 'text/html; charset=utf-8').end('<!doctype html><title>-</title><p>-'),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}

/** The way through an exam that whoever the marketplace's first page offers passes: each page as it is when they come to it. */
async function candidatePages(browser: Browser, pair: Pair, look: (page: Seen) => Promise<void>): Promise<void> {
  const stage = {
    browser,
    ...pair,
    bank: await shippedBank(EXAM, EXAM),
    solve: (attempt: string) => solutionsIn(pair.folder, attempt),
  }
  const way: Look = { locale: 'ja', width: WIDTH, javaScript: true }
  const person = await personOn(stage, way)
  const see = async (name: string, page: Page) => {
    const storageState = await person.context.storageState()
    await look({
      name,
      url: page.url(),
      opener: { newContext: (more) => browser.newContext({ ...more, storageState }) },
    })
    // whoever looked wrote there last
    await page.reload()
  }
  await person.page.goto(pair.market)
  await person.page.locator('form[action="/launch"] button').first().click()
  await person.page.waitForURL('**/exams/**')
  await takeExam(person, stage, way, see)
  await see('result', person.page)
  await person.context.close()
}

async function publicPages(pair: Pair, browser: Browser): Promise<Seen[]> {
  const { plugin, market } = pair
  const found = (await (await fetch(`${market}/api/workers?category=${EXAM}`)).json()) as {
    readonly workers: readonly { readonly id: string; readonly badges: readonly { readonly url: string }[] }[]
  }
  const certified = found.workers.find(({ badges }) => badges.length > 0)
  if (!certified) throw new Error('nobody on page 1 holds a certificate')
  const certificate = certified.badges[0]?.url as string
  const list = await (await fetch(`${plugin}/exams/${EXAM}/practice`)).text()
  const families = new Set([...list.matchAll(/practice\/([a-z0-9-]+)/g)].map(([, family]) => family))
  const pages: [string, string][] = [
    ['the front door', `${plugin}/`],
    ['an exam', `${plugin}/exams/${EXAM}`],
    ['a practice question', `${plugin}/exams/${EXAM}/practice?q=1`],
    ...[...families].map((family): [string, string] => [
      `practice ${family}`,
      `${plugin}/exams/${EXAM}/practice/${family}`,
    ]),
    ['a certificate', certificate],
    ['a certificate to print', `${certificate}/print`],
    ['to check one', `${plugin}/check`],
    ['evidence of an exam', `${plugin}/exams/${EXAM}/evidence`],
    ['the guide for integrators', `${plugin}/docs/integrate`],
    ["the marketplace's front door", `${market}/`],
    ['its search', `${market}/workers?category=${EXAM}`],
    ['its profile', `${market}/workers/${certified.id}`],
    ['its jobs', `${market}/jobs`],
  ]
  return pages.map(([name, url]) => ({ name, url, opener: browser }))
}

/** How long after an empty page each page shows something, on a slow processor, and what it weighs with all that it loads. */
export async function measurePages(): Promise<Measure[]> {
  const browser = await openBrowser()
  if (!browser) throw new Error('there is no browser')
  const pair = await openDemonstration()
  const empty = await openEmptyPage()
  const measures: Measure[] = []
  const look = async ({ name, url, opener }: Seen) => {
    const paint = (by: Opener, at: string) => async () =>
      (await lookAt(by, { url: at, width: WIDTH, slower: SLOWER, until: 'load' })).paintedAt
    // whoever comes first waits for what the service makes once
    const { bytes } = await lookAt(opener, { url, width: WIDTH })
    const compare = (rounds: number) => inTurn(rounds, paint(browser, empty.url), paint(opener, url))
    const early = await compare(ROUNDS)
    const { ratio, a, b } = early.ratio > MOST_TIMES * NEAR ? await compare(MORE_ROUNDS) : early
    measures.push(
      {
        name: `first paint of ${name}`,
        value: ratio,
        unit: 'times',
        most: MOST_TIMES,
        detail: `${b.toFixed(0)} ms, an empty page ${a.toFixed(0)} ms`,
      },
      { name: `weight of ${name}`, value: bytes / 1_000, unit: 'KB', most: MOST_PAGE_BYTES / 1_000 },
    )
  }
  try {
    for (const page of await publicPages(pair, browser)) await look(page)
    await candidatePages(browser, pair, look)
  } finally {
    await browser.close()
    empty.close()
    await pair.close()
  }
  return measures
}
