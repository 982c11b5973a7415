import { fileURLToPath } from 'node:url'
import { openDataFolder } from './data-folder.ts'
import { bindDoors, demoFolders, readPorts } from './demo-places.ts'
import { fillWithPast } from './fill-with-past.ts'
import { closeDoor } from './listen.ts'
import { compileOnce } from './open-compiler.ts'

// Compiles the exams of the demonstration and makes its past, while the rest of it is bundled. What keeps it from that keeps the
// service from beginning, which says so.

const root = fileURLToPath(new URL('..', import.meta.url))

async function makeAhead(): Promise<void> {
  const folders = demoFolders(root)
  const ports = readPorts()
  // whoever else has them may be at work in the folder
  const doors = await bindDoors(ports)
  try {
    const exams = compileOnce(folders.exams, folders.build)
    await Promise.all([exams, fillWithPast(await openDataFolder(folders.data), { root, ports, exams })])
  } finally {
    await Promise.all([closeDoor(doors.plugin, 0), closeDoor(doors.sandbox, 0)])
  }
}

// it ends when its input does: when nobody waits for it any more
process.stdin.on('close', () => process.exit(1)).resume()
await makeAhead().catch(() => undefined)
process.exit()
