import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openBrowser } from '../support/chromium.ts'
import { EXAM, inLanguage, type Look, personOn, takeExam } from '../support/newcomer-story.ts'
import { shippedBank } from '../support/shipped-bank.ts'
import { solutionsIn } from '../support/solutions.ts'

// A stopwatch from `npm start` in a fresh clone, whose packages are there, to the badge: who knows every answer takes no
// time to think, so that what is left is the product's. Prints the seconds of each step.
//   node --import ./src/node/load-texts.ts test/bench/stopwatch.ts

const PORTS = { plugin: Number(process.env.PORT ?? 8_787), market: Number(process.env.SANDBOX_PORT ?? 8_788) }
const PATIENCE_MS = 180_000
const LOOK: Look = { locale: 'ja', width: 1280, javaScript: true }

const folder = await mkdtemp(join(tmpdir(), 'kentei-stopwatch-'))
const clone = join(folder, 'clone')
await promisify(execFile)('git', ['clone', '--quiet', '.', clone])
await symlink(resolve('node_modules'), join(clone, 'node_modules'))
const browser = await openBrowser()
if (!browser) throw new Error('there is no browser')
const bank = await shippedBank(EXAM, EXAM)

const begun = performance.now()
let last = begun
const lap = (step: string): void => {
  const now = performance.now()
  console.log(`${((now - begun) / 1_000).toFixed(1).padStart(6)} s  +${((now - last) / 1_000).toFixed(1)}  ${step}`)
  last = now
}
const service = spawn('npm', ['start'], {
  cwd: clone,
  env: { ...process.env, PORT: String(PORTS.plugin), SANDBOX_PORT: String(PORTS.market) },
  stdio: 'ignore',
  detached: true,
})
try {
  const [plugin, market] = [`http://localhost:${PORTS.plugin}`, `http://localhost:${PORTS.market}`]
  while (
    !(await fetch(market).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (service.exitCode !== null || performance.now() - begun > PATIENCE_MS) throw new Error('it does not start')
    await sleep(50)
  }
  lap('the first page is there')
  const stage = {
    browser,
    plugin,
    market,
    bank,
    solve: (attempt: string) => solutionsIn(join(clone, '.data'), attempt),
  }
  const person = await personOn(stage, LOOK)
  const { page } = person
  await page.goto(inLanguage(LOOK, `${market}/`))
  lap('the browser shows it')
  const worker = await page.locator('form[action="/launch"] input[name=worker]').first().inputValue()
  await page.locator('form[action="/launch"] button').first().click()
  await page.waitForURL('**/exams/**')
  await takeExam(person, stage, LOOK, async (name) => lap(name))
  lap('result')
  const isListed = async () => {
    const reply = await page.request.get(`${market}/api/workers/${worker}?category=${EXAM}`)
    const { signals } = (await reply.json()) as { signals: { counted: boolean; withdrawn: boolean }[] }
    return signals.some(({ counted, withdrawn }) => counted && !withdrawn)
  }
  while (!(await isListed())) await sleep(50)
  lap('the marketplace has verified the badge and lists it')
  console.log(`load ${loadavg()[0]?.toFixed(1)}`)
  await person.context.close()
} finally {
  await browser.close()
  if (service.pid !== undefined && service.exitCode === null) {
    process.kill(-service.pid, 'SIGINT')
    await once(service, 'exit')
  }
  await rm(folder, { recursive: true, force: true })
}
