import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Bank } from './item/bank.ts'
import { instant } from './kernel/instant.ts'
import { makePast } from './make-past.ts'
import { placesIn } from './node/demo-places.ts'
import { openCompiler } from './node/open-compiler.ts'
import { report } from './node/run-until-stopped.ts'
import { categories } from './sandbox/people/worker.ts'

// Makes the data of the demonstration in a folder; the service runs it before its first start, and never otherwise.
//   past.mjs <folder> <{"plugin": port, "sandbox": port}>      reads the compiled exams, and the files of the first, from its input, as one line of JSON

const [folder = '', ports = '{}'] = process.argv.slice(2)
const root = fileURLToPath(new URL('..', import.meta.url))

interface Input {
  readonly banks: readonly Bank[]
  readonly source: readonly { readonly path: string; readonly text?: string; readonly base64?: string }[]
}

async function makeOf({ banks, source }: Input): Promise<void> {
  // its people sit these exams; with others there is no past
  if (categories.some((exam) => banks.every((bank) => bank.exam.id !== exam))) return
  const places = await placesIn(folder, { root, ports: JSON.parse(ports) })
  const files = source.map(({ path, text, base64 = '' }) => ({ path, content: text ?? Buffer.from(base64, 'base64') }))
  const compile = openCompiler(places.plugin.buildFolder)
  await makePast({ ...places, banks, source: files, opens: instant(Date.now()), compile })
}

console.log('Making the people of the demonstration, and what they did before it opens: some seconds, once')
createInterface(process.stdin)
  .once('line', (line) => {
    makeOf(JSON.parse(line)).then(
      () => process.exit(0),
      (error) => {
        report(error)
        process.exit(1)
      },
    )
  })
  // nobody waits for it any more
  .on('close', () => process.exit(1))
