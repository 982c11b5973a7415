import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { count, FAULTS, type Injected } from './faults.ts'
import { prepare } from './prepared.ts'
import { runSeed } from './seed.ts'

// Runs seeds, one after the other, in a process in which nothing else goes on; started by run.ts.

const { values } = parseArgs({
  options: {
    service: { type: 'string', default: '' },
    sql: { type: 'string', default: '' },
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    minutes: { type: 'string' },
    trace: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    state: { type: 'string' },
    quiet: { type: 'boolean', default: false },
    'stop-at-first': { type: 'boolean', default: false },
  },
})
/** Breaches of a seed that are told. */
const MOST_TOLD = 6
/** How often it is told how far it is. */
const TOLD_EVERY_MS = 30_000

/** What is known of a run, so that it can go on another time. */
interface State {
  next: number
  done: number
  steps: number
  failed: number[]
  processorSeconds: number
  injected: [string, [string, number][]][]
}

const fresh = (): State => ({
  next: Number(values.from),
  done: 0,
  steps: 0,
  failed: [],
  processorSeconds: 0,
  injected: [],
})

async function readState(): Promise<State> {
  if (!values.resume || values.state === undefined) return fresh()
  return readFile(values.state, 'utf8').then((text) => JSON.parse(text) as State, fresh)
}

async function keepState(state: State, injected: Injected): Promise<void> {
  if (values.state === undefined) return
  await mkdir(dirname(values.state), { recursive: true })
  const rows = [...injected].map(([call, row]) => [call, [...row]])
  await writeFile(values.state, JSON.stringify({ ...state, injected: rows }))
}

/** What was injected how often at each call; a dash where it cannot happen to it. */
function tableOf(injected: Injected): string {
  const columns = ['calls', ...FAULTS]
  const width = Math.max(...[...injected.keys()].map(({ length }) => length))
  const lines = [...injected.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([call, row]) =>
      [call.padEnd(width), ...columns.map((name) => String(row.get(name) ?? '–').padStart(name.length))].join(' '),
    )
  return [[''.padEnd(width), ...columns].join(' '), ...lines].join('\n')
}

const state = await readState()
const injected: Injected = new Map(state.injected.map(([call, row]) => [call, new Map(row)]))
const end = Number(values.from) + Number(values.seeds)
const until = values.minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + Number(values.minutes) * 60_000
const prepared = await prepare(values.service, values.sql)
// the first seed of a process finds nothing remembered
await runSeed(prepared, 0)
let used = process.cpuUsage()
let toldAt = Date.now()
const failedBefore = state.failed.length

const told = () => {
  const a_minute = state.processorSeconds === 0 ? 0 : (state.done / state.processorSeconds) * 60
  return `${state.done} seeds, ${state.failed.length} failed, ${state.steps} steps, ${a_minute.toFixed(1)} seeds a minute of a processor; next ${state.next}`
}

while (state.next < end && Date.now() < until) {
  const seed = state.next
  const outcome = await runSeed(prepared, seed, values.trace ? (line) => console.log(line) : undefined)
  state.next += 1
  state.done += 1
  state.steps += outcome.steps
  const spent = process.cpuUsage(used)
  used = process.cpuUsage()
  state.processorSeconds += (spent.user + spent.system) / 1e6
  for (const [call, row] of outcome.injected) for (const [fault, times] of row) count(injected, call, fault, times)
  if (values.trace) console.log(`seed ${seed}: trace ${outcome.digest}`)
  if (outcome.breaches.length > 0) {
    state.failed.push(seed)
    console.log(`seed ${seed} (trace ${outcome.digest}):`)
    for (const breach of outcome.breaches.slice(0, MOST_TOLD)) console.log(`  ${breach}`)
    if (outcome.breaches.length > MOST_TOLD) console.log(`  and ${outcome.breaches.length - MOST_TOLD} more`)
    console.log(`  step by step: npm run disasters -- --seeds 1 --from ${seed} --trace`)
    if (values['stop-at-first']) break
  }
  if (!values.quiet && Date.now() - toldAt > TOLD_EVERY_MS) {
    toldAt = Date.now()
    console.log(told())
    await keepState(state, injected)
  }
}
await keepState(state, injected)
if (!values.quiet) {
  if (!values.trace) console.log(tableOf(injected))
  console.log(told())
}
await prepared.close()
process.exit(state.failed.length > failedBefore ? 1 : 0)
