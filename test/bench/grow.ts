import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compileExams } from '../../src/node/compile-exams.ts'
import { growDatabase } from './grown-database.ts'

// `npm run grow -- --attempts 1000000 --to <folder>`: a database as a long life would leave it

const { values } = parseArgs({
  options: {
    attempts: { type: 'string', default: '20000' },
    to: { type: 'string' },
    seed: { type: 'string', default: '0123456789abcdef0123456789abcdef' },
  },
})
const attempts = Number(values.attempts)
if (!values.to || !Number.isSafeInteger(attempts) || attempts < 1 || !/^[0-9a-f]{32}$/.test(values.seed)) {
  console.error('usage: npm run grow -- --attempts <number> --to <folder> [--seed <32 hexadecimal digits>]')
  process.exit(2)
}
await mkdir(values.to, { recursive: true })
const start = performance.now()
const seconds = () => ((performance.now() - start) / 1_000).toFixed(0)
const report = (done: number) => done % 50_000 === 0 && console.log(`${done} attempts after ${seconds()} s`)
await growDatabase({
  folder: values.to,
  attempts,
  banks: (await compileExams('exams')).map(({ bank }) => bank),
  seed: values.seed,
  now: Date.now(),
  report,
})
const { size } = await stat(join(values.to, 'kentei.db'))
console.log(
  `${attempts} attempts in ${seconds()} s: ${(size / 2 ** 20).toFixed(0)} MiB, ${Math.round(size / attempts)} bytes each`,
)
