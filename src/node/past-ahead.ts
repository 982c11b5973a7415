import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { openDataFolder } from './data-folder.ts'
import { bindDoors, demoFolders, readPorts } from './demo-places.ts'
import { fillWithPast, keepPastFor } from './fill-with-past.ts'
import { closeDoor } from './listen.ts'
import { openExamCompiler } from './open-compiler.ts'

// Compiles the exams of the demonstration, while its programs are bundled, and tells its parent when they are compiled. Once it is
// told by it that there is something to make the past with, it makes that too, while the service is bundled: in the data folder, or
// with --keep beside it for the first start. What keeps it from all that keeps the service from beginning, which says so.

const root = fileURLToPath(new URL('..', import.meta.url))

async function makeAhead(): Promise<void> {
  const folders = demoFolders(root)
  const exams = openExamCompiler(folders.build)(folders.exams)
  const ports = readPorts()
  const fill = async () => {
    // whoever else has them may be at work in the folder
    const doors = await bindDoors(ports)
    try {
      // the maker gets ready while they are compiled
      await fillWithPast(await openDataFolder(folders.data), { root, ports, exams })
    } finally {
      await Promise.all([closeDoor(doors.plugin, 0), closeDoor(doors.sandbox, 0)])
    }
  }
  const keep = () => keepPastFor({ root, ports, exams })
  const make = process.argv.includes('--keep') ? keep : fill
  await Promise.all([exams.then(() => process.send?.('compiled')), once(process, 'message').then(make)])
}

// nobody waits for it any more
process.once('disconnect', () => process.exit())
await makeAhead().catch(() => undefined)
process.exit()
