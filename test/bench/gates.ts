import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { holdsAll } from '../../src/authoring/tasks/try-family.ts'
import { writtenKindOf } from '../../src/authoring/tasks/written-kinds.ts'
import type { Bot } from '../../src/task/task-kind.ts'
import { type DrawnKind, TASK_KINDS } from '../../src/task/task-kinds.ts'
import { startChild } from './child.ts'
import { compileOne, type FamilyFile, familiesIn, type TriedTask, tryTask } from './try-tasks.ts'

// What every family of the practical tasks must keep, whoever sits it: two processes, in under three minutes on two idle
// cores. `npm run gates [family …]` tries some alone, `--seeds <n>` others than below; `kentei tasks <exam>` tries a thousand.

/** As many as the time allows; a sheet draws seven sheets, a manuscript is compared with its original a dozen times. */
const SEEDS: Readonly<Record<DrawnKind, number>> = { table: 300, sheet: 100, draft: 100, inbox: 200, claims: 1_000 }
const PROCESSES = 2

interface Asked extends FamilyFile {
  readonly seeds?: number
}

function tryOne({ seeds, ...file }: Asked): TriedTask {
  const family = compileOne(file)
  return tryTask(family, seeds ?? SEEDS[family.kind as DrawnKind])
}

/** One bound, or one figure that is only reported. */
interface Gate {
  readonly name: string
  readonly most?: number
  readonly least?: number
  readonly value: (tried: TriedTask) => number
}

const scoresOf = (tried: TriedTask, name: string) =>
  tried.bots.find((bot) => bot.name === name) as TriedTask['bots'][number]

function gatesOfBot({ name, mean, each }: Bot<never>): Gate[] {
  const gates: Gate[] = []
  if (mean || !each) gates.push({ name, ...mean, value: (tried) => scoresOf(tried, name).mean })
  if (each?.least !== undefined)
    gates.push({ name: `${name}, lowest`, least: each.least, value: (tried) => scoresOf(tried, name).least })
  if (each?.most !== undefined)
    gates.push({ name: `${name}, highest`, most: each.most, value: (tried) => scoresOf(tried, name).most })
  return gates
}

function gatesOf(kind: DrawnKind, tried: readonly TriedTask[]): Gate[] {
  const { bots, bounds } = writtenKindOf(kind) as NonNullable<ReturnType<typeof writtenKindOf>>
  const papers = tried[0]?.otherPapers.map((one) => one.papers) ?? []
  return [
    { name: 'distinct', least: 1, value: ({ distinct, seeds }) => distinct / seeds },
    ...bots.flatMap(gatesOfBot),
    ...papers.map((count, i) => ({
      name: `answers of ${count} other paper${count === 1 ? '' : 's'}`,
      most: bounds.otherPapers,
      value: (one: TriedTask) => one.otherPapers[i]?.mean ?? 0,
    })),
    { name: 'grade, ms, worst', most: bounds.gradeMs, value: ({ grading }) => grading.worst },
  ]
}

const bare = (value: number): string =>
  value > 1 ? value.toFixed(1) : Number.isInteger(value) ? String(value) : value.toFixed(3).replace(/^0/, '')

/** A table for a kind: a line for a gate, a column for a family, whose name stands above it in its words. */
function printKind(kind: DrawnKind, tried: readonly TriedTask[]): void {
  const words = tried.map(({ family }) => family.split('-'))
  const widths = words.map((of) => Math.max(6, ...of.map(({ length }) => length)) + 2)
  const gates = gatesOf(kind, tried).map(({ name, least, most, value }) => {
    const bound = least !== undefined ? ` ≥ ${bare(least)}` : most !== undefined ? ` ≤ ${bare(most)}` : ''
    const isBroken = (of: number) => of < (least ?? Number.NEGATIVE_INFINITY) - 1e-9 || of > (most ?? of) + 1e-9
    const cells = tried.map((one) => value(one)).map((of) => `${isBroken(of) ? '✗' : ''}${bare(of)}`)
    return { label: `${name}${bound}`, cells }
  })
  const first = Math.max(...gates.map(({ label }) => label.length))
  const line = (label: string, cells: readonly string[]) =>
    console.log(
      `${label.padEnd(first)}${cells.map((cell, i) => cell.padStart(widths[i] as number)).join('')}`.trimEnd(),
    )
  console.log()
  const tall = Math.max(...words.map(({ length }) => length))
  for (let row = 0; row < tall; row++)
    line(
      row === 0 ? `${kind}, ${tried[0]?.seeds} seeds` : '',
      words.map((of) => of[row - tall + of.length] ?? ''),
    )
  for (const { label, cells } of gates) line(label, cells)
}

async function tryAll(asked: readonly Asked[]): Promise<TriedTask[]> {
  const left = [...asked]
  const tried: TriedTask[] = []
  const work = async () => {
    const child = startChild(fileURLToPath(import.meta.url), ['--child'])
    for (let next = left.shift(); next; next = left.shift()) tried.push(await child.ask<TriedTask>(next))
    child.end()
  }
  await Promise.all(Array.from({ length: PROCESSES }, work))
  return tried
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: 'string' }, child: { type: 'boolean' } },
})
if (values.child) process.on('message', (asked) => process.send?.(tryOne(asked as Asked)))
else {
  const all = familiesIn('exams')
  const unknown = positionals.find((name) => !all.some(({ family }) => family === name))
  if (unknown) throw new Error(`there is no family ${unknown}`)
  const seeds = values.seeds === undefined ? undefined : Number(values.seeds)
  if (seeds !== undefined && !(Number.isInteger(seeds) && seeds >= 2))
    throw new Error('--seeds takes a number, 2 or more')
  const start = performance.now()
  const tried = await tryAll(
    all
      .filter(({ family }) => positionals.length === 0 || positionals.includes(family))
      .map((one) => ({ ...one, ...(seeds === undefined ? {} : { seeds }) })),
  )
  for (const kind of Object.keys(TASK_KINDS) as DrawnKind[]) {
    const ofKind = tried.filter((one) => one.kind === kind).sort((a, b) => (a.family < b.family ? -1 : 1))
    if (ofKind.length > 0) printKind(kind, ofKind)
  }
  const broken = tried.filter((one) => !holdsAll(one)).map(({ family }) => family)
  console.log(`\n${tried.length} families in ${((performance.now() - start) / 1_000).toFixed(0)} s`)
  for (const family of broken) console.error(`out of bounds: ${family}`)
  if (broken.length > 0) process.exitCode = 1
}
