import { join } from 'node:path'
import { createApp } from './app.ts'
import type { Service, ServiceSettings } from './cli/start-service.ts'
import { publicExams, sayWarning } from './flows/judge-bank.ts'
import { publishIfNew } from './flows/publish-exam.ts'
import { openDataFolder } from './node/data-folder.ts'
import { bindDoor, closeDoor } from './node/listen.ts'
import { compileOnce } from './node/open-compiler.ts'
import { openKentei } from './node/open-plugin.ts'
import { openOrExplain, report } from './node/run-until-stopped.ts'
import { tendService } from './tend-service.ts'

/** How long requests under way may take to end. */
const PATIENCE_MS = 2_000

/**
 * Runs Kentei alone, for a marketplace that is somewhere else. `root` is the folder of the repository: of the build and of the
 * migrations. @throws a `StartError` of one line for what keeps it from starting.
 */
export async function serveKentei(
  root: string,
  { environment, listen, proxyHops, dataFolder, examsFolder, remoteDatabase }: ServiceSettings,
): Promise<Service> {
  const place = { host: listen.host, origin: environment.KENTEI_ORIGIN, proxyHops }
  const door = await bindDoor(listen.port, 'KENTEI_LISTEN', place)
  const folder = await openDataFolder(dataFolder)
  const exams = await compileOnce(examsFolder, join(root, 'dist'))
  const { world, forgetDeleted, close } = await openOrExplain(
    remoteDatabase ? 'the database at LIBSQL_URL' : `the data in ${folder}`,
    () =>
      openKentei({
        dataFolder: folder,
        migrationsFolder: join(root, 'migrations'),
        buildFolder: join(root, 'dist'),
        environment,
        remoteDatabase,
        report,
      }),
  )
  for (const { bank, files } of exams) await publishIfNew(world, bank, files)
  const app = createApp({
    openWorld: () => world,
    queueClock: () => performance.now(),
    logFailure: (failure) => console.error(JSON.stringify(failure)),
  })
  door.open((request, bindings) => app.fetch(request, bindings))
  const tending = tendService(world, forgetDeleted)
  return {
    exams: exams.map(({ bank }) => bank.exam.id),
    notes: (await publicExams(world)).map(({ exam, ...warning }) => `${exam}: ${sayWarning(warning)}`),
    close: async () => {
      await closeDoor(door, PATIENCE_MS)
      await tending.stop()
      await close()
    },
  }
}
