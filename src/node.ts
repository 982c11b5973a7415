import { fileURLToPath } from 'node:url'
import { createApp } from './app.ts'
import { publicExams, sayWarning } from './flows/judge-bank.ts'
import { hasHadKeys } from './flows/note-key-changes.ts'
import { publishIfNew } from './flows/publish-exam.ts'
import { drawnTasks } from './flows/read-sat-tasks.ts'
import { openDataFolder } from './node/data-folder.ts'
import { bindDoors, demoFolders, placesIn, readPorts } from './node/demo-places.ts'
import { fillWithPast } from './node/fill-with-past.ts'
import { closeDoor } from './node/listen.ts'
import { openExamCompiler } from './node/open-compiler.ts'
import { beginRounds, openMarket } from './node/open-market.ts'
import { openPlays } from './node/open-plays.ts'
import { openPlugin } from './node/open-plugin.ts'
import { openOrExplain, report, runUntilStopped } from './node/run-until-stopped.ts'
import { createSandbox } from './sandbox/app.ts'
import { ownWebhookKey } from './sandbox/trust/plugin-trust.ts'
import { tendService } from './tend-service.ts'

const PATIENCE_MS = 2_000
/** Of which the front page plays a pass. */
const DEMO_EXAM = 'business-admin'
const root = fileURLToPath(new URL('..', import.meta.url))

async function start(): Promise<() => Promise<void>> {
  const ports = readPorts()
  const doors = await bindDoors(ports)
  const folders = demoFolders(root)
  const dataFolder = await openDataFolder(folders.data)
  const compiling = openExamCompiler(folders.build)(folders.exams)
  const making = fillWithPast(dataFolder, { root, ports, exams: compiling }).catch(report)
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
      hasHadKeys,
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
