import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startChild } from './child.ts'
import { holds, type Measure, rounded, widened } from './measure.ts'

// Ratios, not rates: both sides of each run on this machine, in turn. `npm run bench [part …]` runs some parts only;
// with `--slack 1.5` first, each may be half as far off again. A process loads the part that it measures.

const parts = {
  sizes: async () => (await import('./sizes.ts')).measureSizes(),
  tasks: async () => (await import('./tasks.ts')).measureTasks(),
  'cold-start': async () => (await import('./cold-start.ts')).measureColdStart(),
  'first-start': async () => (await import('./first-start.ts')).measureFirstStart(),
  verification: async () => (await import('./verification.ts')).measureVerification(),
  compiling: async () => (await import('./compiling.ts')).measureCompiling(),
  checking: async () => (await import('./checking.ts')).measureChecking(),
  formats: async () => (await import('./formats.ts')).measureFormats(),
  preview: async () => (await import('./preview.ts')).measurePreview(),
  desk: async () => (await import('./desk.ts')).measureDesk(),
  saves: async () => (await import('./saves.ts')).measureSaves(),
  cost: async () => (await import('./cost.ts')).measureCost(),
  memory: async () => (await import('./memory.ts')).measureMemory(),
  growth: async () => (await import('./growth.ts')).measureGrowth(),
  detector: async () => (await import('./detector.ts')).measureDetector(),
  pages: async () => (await import('./pages.ts')).measurePages(),
  search: async () => (await import('./search.ts')).measureSearch(),
}
type Part = keyof typeof parts

async function runAll(names: readonly Part[], slack: number): Promise<void> {
  const build = ['src/build.ts', ...(names.includes('sizes') ? [] : ['--bundles'])]
  execFileSync(process.execPath, build, { stdio: 'inherit' })
  const measures: Measure[] = []
  const broken: string[] = []
  for (const name of names) {
    const start = performance.now()
    process.stderr.write(`${name} … `)
    // a process for each part: no one's heap or compiled code is another's
    const child = startChild(fileURLToPath(import.meta.url), ['--part', name])
    try {
      measures.push(...(await child.told<Measure[]>()).map((measure) => widened(measure, slack)))
    } catch (error) {
      // the others are measured all the same
      broken.push(`${name}: ${error instanceof Error ? error.message : error}`)
    }
    child.end()
    process.stderr.write(`${((performance.now() - start) / 1_000).toFixed(1)} s\n`)
  }
  const short = (bound: number) => Number(bound.toPrecision(4))
  const bound = ({ least, most, unit }: Measure) =>
    least !== undefined ? `≥ ${short(least)} ${unit}` : most !== undefined ? `≤ ${short(most)} ${unit}` : ''
  const width = Math.max(0, ...measures.map(({ name }) => name.length))
  for (const measure of measures) {
    const { name, value, unit, detail = '' } = measure
    console.log(
      `${holds(measure) ? ' ' : '✗'} ${name.padEnd(width)}  ${`${rounded(value)} ${unit}`.padStart(11)}  ${bound(measure).padEnd(11)}  ${detail}`.trimEnd(),
    )
  }
  const missed = measures.filter((measure) => !holds(measure)).map(({ name }) => name)
  for (const line of [...missed.map((name) => `missed: ${name}`), ...broken.map((why) => `not measured: ${why}`)])
    console.error(line)
  if (missed.length + broken.length > 0) process.exitCode = 1
}

const [flag, value, ...rest] = process.argv.slice(2)
if (flag === '--part') process.send?.(await parts[value as Part]())
else {
  const slack = flag === '--slack' ? Number(value) : 1
  const asked = flag === '--slack' ? rest : process.argv.slice(2)
  if (!(slack >= 1)) throw new Error('--slack takes a number, 1 or more')
  const unknown = asked.find((name) => !(name in parts))
  if (unknown) throw new Error(`there is no part ${unknown}; parts are ${Object.keys(parts).join(', ')}`)
  await runAll(asked.length > 0 ? (asked as Part[]) : (Object.keys(parts) as Part[]), slack)
}
