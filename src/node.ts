import { access, constants, mkdir, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createApp } from './app.ts'
import { checkFolder } from './cli/check-folder.ts'
import { expireCredentials } from './flows/change-credential-status.ts'
import { closeOverdueAttempts } from './flows/close-overdue-attempts.ts'
import { drainOutbox } from './flows/drain-outbox.ts'
import { publishExam } from './flows/publish-exam.ts'
import type { Bank } from './item/bank.ts'
import { bindDoor, closeDoor, StartError } from './node/listen.ts'
import { openPlugin } from './node/open-plugin.ts'
import { repeat } from './node/repeat.ts'
import { createSandbox } from './sandbox/app.tsx'
import { drainSandbox } from './sandbox/drain-sandbox.ts'
import { openSandboxWorld } from './sandbox/open-sandbox.ts'
import { seedSandbox } from './sandbox/seed-sandbox.ts'
import { ownWebhookKey } from './sandbox/trust/webhook-keys.ts'

const PATIENCE_MS = 3_000
const root = fileURLToPath(new URL('..', import.meta.url))

function readPort(name: string, fallback: number): number {
  const text = process.env[name] ?? String(fallback)
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) throw new StartError(`${name}=${text} is not a port; use 1 to 65535`)
  return port
}

/** Makes the data folder and makes sure that it can be written. */
async function openDataFolder(): Promise<string> {
  const folder = resolve(process.env.DATA_DIR ?? join(root, '.data'))
  try {
    await mkdir(join(folder, 'sandbox'), { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK)
    return folder
  } catch (error) {
    throw new StartError(`the data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'error'}); set DATA_DIR to another`)
  }
}

/** Compiles every exam; a broken bank keeps the service from starting. */
async function compileExams(): Promise<Bank[]> {
  const folder = resolve(process.env.EXAMS_DIR ?? join(root, 'exams'))
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const banks: Bank[] = []
  for (const entry of entries.filter((entry) => entry.isDirectory())) {
    const { compiled, diagnostics } = await checkFolder(join(folder, entry.name), { now: Date.now(), language: 'ja' })
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const first = errors[0]
    if (!compiled.bank) {
      const where = first ? `${first.file}:${first.line}:${first.column} ${first.rule} ${first.message}` : 'no bank'
      throw new StartError(`the bank ${join(folder, entry.name)} has ${errors.length} error(s), the first: ${where}; see them all with: npm run kentei check`)
    }
    banks.push(compiled.bank)
  }
  return banks
}

const report = (error: unknown) => console.error(JSON.stringify({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }))

async function start(): Promise<() => Promise<void>> {
  const ports = { plugin: readPort('PORT', 8787), sandbox: readPort('SANDBOX_PORT', 8788) }
  const banks = await compileExams()
  const doors = { plugin: await bindDoor(ports.plugin, 'PORT'), sandbox: await bindDoor(ports.sandbox, 'SANDBOX_PORT') }
  const dataFolder = await openDataFolder()
  const origins = { plugin: `http://localhost:${ports.plugin}`, sandbox: `http://localhost:${ports.sandbox}` }

  const market = await openSandboxWorld({ directory: join(dataFolder, 'sandbox'), origin: origins.sandbox, pluginOrigin: origins.plugin, migrations: join(root, 'migrations/sandbox') })
  await seedSandbox(market)
  const { world, close } = await openPlugin({
    dataFolder,
    migrationsFolder: join(root, 'migrations'),
    origin: origins.plugin,
    marketplaceOrigin: origins.sandbox,
    webhookKeys: [ownWebhookKey(market.settings.keys.webhook)],
    subscriberUrl: `${origins.sandbox}/webhooks/kentei`,
  })
  for (const bank of banks) await publishExam(world, bank)

  const app = createApp({ openWorld: () => world, logFailure: (failure) => console.error(JSON.stringify(failure)) })
  const sandbox = createSandbox(() => market)
  doors.plugin.open((request, bindings) => app.fetch(request, bindings))
  doors.sandbox.open((request) => sandbox.fetch(request))

  const sweep = async () => {
    const swept = await closeOverdueAttempts(world)
    for (const failure of swept.failed) report(new Error(`attempt ${failure.attempt}: ${failure.error}`))
    await expireCredentials(world)
  }
  const repetitions = [repeat(1_000, sweep, report), repeat(500, () => drainOutbox(world), report), repeat(1_000, () => drainSandbox(market), report)]

  console.log(`Kentei       ${origins.plugin}`)
  console.log(`Marketplace  ${origins.sandbox}`)
  console.log(`Open ${origins.sandbox}, choose a newcomer and press the button that starts an exam. Ctrl+C stops; the data stays in ${dataFolder}.`)

  return async () => {
    await Promise.all([closeDoor(doors.plugin, PATIENCE_MS), closeDoor(doors.sandbox, PATIENCE_MS)])
    await Promise.all(repetitions.map((repetition) => repetition.stop()))
    close()
    market.close()
  }
}

try {
  const stop = await start()
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      stop().then(
        () => process.exit(0),
        (error) => {
          report(error)
          process.exit(1)
        },
      )
    })
  }
} catch (error) {
  console.error(error instanceof StartError ? `kentei: ${error.message}` : error)
  process.exit(1)
}
