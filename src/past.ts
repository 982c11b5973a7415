import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { instant } from './kernel/instant.ts'
import { makePast } from './make-past.ts'
import { placesIn } from './node/demo-places.ts'
import { compileExams } from './node/open-compiler.ts'
import { report } from './node/run-until-stopped.ts'
import { categories } from './sandbox/people/worker.ts'

// Makes the data of the demonstration in a folder; the service runs it before its first start, and never otherwise.
//   past.mjs <folder> <{"plugin": port, "sandbox": port}>

const [folder = '', ports = '{}'] = process.argv.slice(2)
const root = fileURLToPath(new URL('..', import.meta.url))

// nobody waits for it any more
process.stdin.on('close', () => process.exit(1)).resume()
try {
  const banks = await compileExams(resolve(process.env.EXAMS_DIR ?? join(root, 'exams')))
  // its people sit these exams; with others there is no past
  if (categories.some((exam) => banks.every((bank) => bank.exam.id !== exam))) process.exit(0)
  const places = await placesIn(folder, { root, ports: JSON.parse(ports) })
  await makePast({ ...places, banks, opens: instant(Date.now()) })
  process.exit(0)
} catch (error) {
  report(error)
  process.exit(1)
}
