import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { openDataFolder } from './data-folder.ts'
import { bindDoors, demoFolders, readPorts } from './demo-places.ts'
import { fillWithPast } from './fill-with-past.ts'
import { closeDoor } from './listen.ts'
import { openExamCompiler } from './open-compiler.ts'

// Compiles the exams of the demonstration, while what makes its past is bundled, and makes the past while the service is. Tells its
// parent when the exams are compiled, and is told by it when there is something to make the past with. What keeps it from all that
// keeps the service from beginning, which says so.

const root = fileURLToPath(new URL('..', import.meta.url))

async function makeAhead(): Promise<void> {
  const folders = demoFolders(root)
  const ports = readPorts()
  // whoever else has them may be at work in the folder
  const doors = await bindDoors(ports)
  try {
    const exams = openExamCompiler(folders.build)(folders.exams)
    const fill = async () => fillWithPast(await openDataFolder(folders.data), { root, ports, exams })
    // the maker gets ready while they are compiled
    await Promise.all([exams.then(() => process.send?.('compiled')), once(process, 'message').then(fill)])
  } finally {
    await Promise.all([closeDoor(doors.plugin, 0), closeDoor(doors.sandbox, 0)])
  }
}

// nobody waits for it any more
process.once('disconnect', () => process.exit(1))
await makeAhead().catch(() => undefined)
process.exit()
