import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createApp } from './app.ts'
import { publicExams, sayWarning } from './flows/judge-bank.ts'
import { publishIfNew } from './flows/publish-exam.ts'
import { drawnTasks } from './flows/read-sat-tasks.ts'
import { fillEmptyFolder, openDataFolder } from './node/data-folder.ts'
import { type Ports, placesIn } from './node/demo-places.ts'
import type { ExamOnDisk } from './node/exam-folders.ts'
import { bindDoor, closeDoor, readPort } from './node/listen.ts'
import { compileOnce } from './node/open-compiler.ts'
import { beginRounds, openMarket } from './node/open-market.ts'
import { openPlays } from './node/open-plays.ts'
import { openPlugin } from './node/open-plugin.ts'
import { openOrExplain, report, runUntilStopped } from './node/run-until-stopped.ts'
import { ToldError } from './platform/log-line.ts'
import { createSandbox } from './sandbox/app.tsx'
import { ownWebhookKey } from './sandbox/trust/plugin-trust.ts'
import { tendService } from './tend-service.ts'

const PATIENCE_MS = 2_000
/** Of which the front page plays a pass. */
const DEMO_EXAM = 'business-admin'
const root = fileURLToPath(new URL('..', import.meta.url))

/** Makes the past of the demonstration in a process of its own, which takes the memory that this needs away with it. */
async function makePastIn(folder: string, ports: Ports, compiled: Promise<readonly ExamOnDisk[]>): Promise<void> {
  console.log('Making the people of the demonstration, and what they did before it opens: some seconds, once')
  const maker = spawn(process.execPath, [join(root, 'dist/past.mjs'), folder, JSON.stringify(ports)], {
    // it ends when its input does: when this process is no more
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const ended = once(maker, 'exit')
  // it gets ready while the exams are compiled here
  const exams = await compiled
  const source = (exams[0]?.files ?? []).map(({ path, content }) =>
    typeof content === 'string' ? { path, text: content } : { path, base64: Buffer.from(content).toString('base64') },
  )
  const input = JSON.stringify({ banks: exams.map(({ bank }) => bank), source })
  maker.stdin?.on('error', () => {}).write(`${input}\n`)
  const [code] = await ended
  if (code !== 0) throw new ToldError(`the demonstration begins without a past: making one ended with ${code}`)
}

async function start(): Promise<() => Promise<void>> {
  const ports = { plugin: readPort('PORT', 8787), sandbox: readPort('SANDBOX_PORT', 8788) }
  const doors = { plugin: await bindDoor(ports.plugin, 'PORT'), sandbox: await bindDoor(ports.sandbox, 'SANDBOX_PORT') }
  const dataFolder = await openDataFolder(resolve(process.env.DATA_DIR ?? join(root, '.data')))
  const compiling = compileOnce(resolve(process.env.EXAMS_DIR ?? join(root, 'exams')), join(root, 'dist'))
  const making =
    process.env.DEMO_PAST === 'none'
      ? undefined
      : fillEmptyFolder(dataFolder, (into) => makePastIn(into, ports, compiling)).catch(report)
  const exams = await compiling
  await making
  const places = await placesIn(dataFolder, { root, ports })

  const market = await openOrExplain(`the marketplace's data in ${dataFolder}/sandbox`, () => openMarket(places.market))
  const { world, forgetDeleted, close } = await openOrExplain(`the data in ${dataFolder}`, () =>
    openPlugin({
      ...places.plugin,
      webhookKeys: [ownWebhookKey(market.settings.keys.webhook), ...places.plugin.webhookKeys],
      // one clock for both, so that the test clock moves every timer
      now: market.now,
      report,
    }),
  )
  for (const { bank, files } of exams) await publishIfNew(world, bank, files)

  const app = createApp({
    openWorld: () => world,
    queueClock: () => performance.now(),
    logFailure: (failure) => console.error(JSON.stringify(failure)),
  })
  const bank = exams.find(({ bank: { exam } }) => exam.id === DEMO_EXAM)?.bank
  const tasksOf = (attempt: string) => drawnTasks(world.db, attempt)
  const demo = Object.assign(market, { plays: bank && openPlays({ bank, marketplace: places.market.origin, tasksOf }) })
  const sandbox = createSandbox(() => demo)
  doors.plugin.open((request, bindings) => app.fetch(request, bindings))
  doors.sandbox.open((request, bindings) => sandbox.fetch(request, bindings))

  const repetitions = [
    tendService(world, () => Promise.all([forgetDeleted(), market.forgetDeleted()])),
    beginRounds(market, 1_000, report),
  ]

  console.log(`Kentei       ${places.plugin.origin}`)
  console.log(`Marketplace  ${places.market.origin}`)
  console.log(
    `Open ${places.market.origin}, watch a newcomer pass in 60 seconds, or take the exam yourself. Ctrl+C stops; the data stays in ${dataFolder}.`,
  )
  for (const { exam, ...warning } of await publicExams(world)) console.log(`Note: ${exam}: ${sayWarning(warning)}`)

  return async () => {
    await Promise.all([closeDoor(doors.plugin, PATIENCE_MS), closeDoor(doors.sandbox, PATIENCE_MS)])
    await Promise.all(repetitions.map((repetition) => repetition.stop()))
    await Promise.all([close(), market.close()])
  }
}

await runUntilStopped(start)
