import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createApp } from './app.ts'
import { openLanes } from './flows/drain-outbox.ts'
import { publicExams, sayWarning } from './flows/judge-bank.ts'
import { publishIfNew } from './flows/publish-exam.ts'
import { drawnTasks } from './flows/read-sat-tasks.ts'
import { reconcile } from './flows/reconcile.ts'
import { sweepAtOnce } from './flows/sweep.ts'
import { openDataFolder, readOrMakeWebhookSecret } from './node/data-folder.ts'
import { bindDoor, closeDoor, readPort } from './node/listen.ts'
import { compileExams } from './node/open-compiler.ts'
import { beginRounds, openMarket } from './node/open-market.ts'
import { openPlays } from './node/open-plays.ts'
import { openPlugin } from './node/open-plugin.ts'
import { readBrand } from './node/read-brand.ts'
import { repeat } from './node/repeat.ts'
import { openOrExplain, report, reportAbout, runUntilStopped } from './node/run-until-stopped.ts'
import { createSandbox } from './sandbox/app.tsx'
import { operatorIds } from './sandbox/people/staff.data.ts'
import { ownWebhookKey } from './sandbox/trust/plugin-trust.ts'

const PATIENCE_MS = 2_000
/** How long deleted data may still lie in the log beside the database. */
const FORGET_EVERY_MS = 60_000
/** Of which the front page plays a pass. */
const DEMO_EXAM = 'business-admin'
const root = fileURLToPath(new URL('..', import.meta.url))

async function start(): Promise<() => Promise<void>> {
  const ports = { plugin: readPort('PORT', 8787), sandbox: readPort('SANDBOX_PORT', 8788) }
  const banks = await compileExams(resolve(process.env.EXAMS_DIR ?? join(root, 'exams')))
  const doors = { plugin: await bindDoor(ports.plugin, 'PORT'), sandbox: await bindDoor(ports.sandbox, 'SANDBOX_PORT') }
  const dataFolder = await openDataFolder(resolve(process.env.DATA_DIR ?? join(root, '.data')))
  const origins = { plugin: `http://localhost:${ports.plugin}`, sandbox: `http://localhost:${ports.sandbox}` }
  // events are signed in both ways of the contract, under another secret in each direction
  const secrets = {
    toPlugin: await readOrMakeWebhookSecret(join(dataFolder, 'webhook-secret')),
    toMarket: await readOrMakeWebhookSecret(join(dataFolder, 'subscriber-secret')),
  }

  const brand = await readBrand(process.env.MARKETPLACE_BRAND, origins.sandbox)
  const market = await openOrExplain(`the marketplace's data in ${dataFolder}/sandbox`, () =>
    openMarket({
      directory: join(dataFolder, 'sandbox'),
      origin: origins.sandbox,
      pluginOrigin: origins.plugin,
      root,
      brand: brand.read,
      pluginSharesClock: true,
      webhookSecret: secrets.toPlugin,
      pluginWebhookKeys: [secrets.toMarket],
    }),
  )
  const { world, forgetDeleted, close } = await openOrExplain(`the data in ${dataFolder}`, () =>
    openPlugin({
      dataFolder,
      migrationsFolder: join(root, 'migrations'),
      buildFolder: join(root, 'dist'),
      origin: origins.plugin,
      marketplaceOrigin: origins.sandbox,
      webhookKeys: [ownWebhookKey(market.settings.keys.webhook), secrets.toPlugin],
      operators: process.env.KENTEI_OPERATORS ?? operatorIds,
      demoBank: process.env.KENTEI_DEMO_BANK,
      subscriberUrl: `${origins.sandbox}/webhooks/kentei`,
      subscriberSecret: secrets.toMarket,
      brand: brand.json,
      securityContact: process.env.KENTEI_SECURITY_CONTACT,
      // one clock for both, so that the test clock moves every timer
      now: market.now,
      report,
    }),
  )
  for (const bank of banks) await publishIfNew(world, bank)

  const app = createApp({
    openWorld: () => world,
    queueClock: () => performance.now(),
    logFailure: (failure) => console.error(JSON.stringify(failure)),
  })
  const bank = banks.find(({ exam }) => exam.id === DEMO_EXAM)
  const tasksOf = (attempt: string) => drawnTasks(world.db, attempt)
  const demo = Object.assign(market, { plays: bank && openPlays({ bank, marketplace: origins.sandbox, tasksOf }) })
  const sandbox = createSandbox(() => demo)
  doors.plugin.open((request, bindings) => app.fetch(request, bindings))
  doors.sandbox.open((request, bindings) => sandbox.fetch(request, bindings))

  const refused = new Set<string>()
  const sweep = () =>
    sweepAtOnce(world, (event, about, error) => {
      // such a token stays as it is, and is tried again every second
      if (event === 'token-not-signed-anew' && refused.has(about)) return
      if (event === 'token-not-signed-anew') refused.add(about)
      reportAbout(event, about, error)
    })
  const stopping = new AbortController()
  const underWay = new Set<Promise<unknown>>()
  // whoever waits for a slow destination's answers must not keep the others' messages waiting
  const deliver = async () => {
    for (const lane of await openLanes(world, { signal: stopping.signal })) {
      const ended = lane.ended.catch(report).finally(() => underWay.delete(ended))
      underWay.add(ended)
    }
  }
  const repetitions = [
    repeat(1_000, sweep, report),
    repeat(500, deliver, report),
    repeat(5_000, () => reconcile(world), report),
    beginRounds(market, 1_000, report),
    repeat(FORGET_EVERY_MS, () => Promise.all([forgetDeleted(), market.forgetDeleted()]), report),
  ]

  console.log(`Kentei       ${origins.plugin}`)
  console.log(`Marketplace  ${origins.sandbox}`)
  console.log(
    `Open ${origins.sandbox}, watch a newcomer pass in 60 seconds, or take the exam yourself. Ctrl+C stops; the data stays in ${dataFolder}.`,
  )
  for (const { exam, ...warning } of await publicExams(world)) console.log(`Note: ${exam}: ${sayWarning(warning)}`)

  return async () => {
    await Promise.all([closeDoor(doors.plugin, PATIENCE_MS), closeDoor(doors.sandbox, PATIENCE_MS)])
    stopping.abort()
    await Promise.all(repetitions.map((repetition) => repetition.stop()))
    await Promise.all(underWay)
    await Promise.all([close(), market.close()])
  }
}

await runUntilStopped(start)
