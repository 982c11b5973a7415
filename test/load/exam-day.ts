import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'libsql'
import { randomFrom } from '../../src/kernel/random.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { type Step, type Story, takeExam } from './candidate.ts'
import { PinnedService, pinSelf } from './pinned-service.ts'

/** A day on which many sit the same exam. */
export interface ExamDay {
  readonly candidates: number
  /** All of them come within this time. */
  readonly withinMs: number
  /** Saves of each, and the pause before each of them. */
  readonly answers: number
  readonly thinkMs: readonly [number, number]
  /** 32 hexadecimal digits. */
  readonly seed: string
  /** Whether the service and its candidates have a processor each. */
  readonly pinned: boolean
}

/** What came of it. */
export interface Outcome {
  readonly day: ExamDay
  /** Why candidates came to no result. */
  readonly lost: readonly string[]
  readonly acknowledged: number
  /** Acknowledged answers that the graded papers do not hold as they were acknowledged. */
  readonly differing: number
  readonly putOff: number
  readonly broken: number
  /** Milliseconds that were waited, in order, by step. */
  readonly waits: Readonly<Record<Step, readonly number[]>>
}

const EXAM = 'business-admin'

/** Of acknowledged answers those that differ from what the papers hold; all those of a paper that is not graded. */
export function countDiffering(file: string, stories: readonly Story[]): number {
  const database = new Sqlite(file)
  const held = new Map(
    (
      database.prepare('select attempt_id, item, revision, response from responses').raw(true).all() as [
        string,
        string,
        number,
        string,
      ][]
    ).map(([attempt, item, revision, response]) => [`${attempt} ${item}`, `${revision} ${response}`]),
  )
  const graded = new Set(
    (database.prepare("select id from attempts where status = 'graded'").raw(true).all() as [string][]).map(
      ([id]) => id,
    ),
  )
  database.close()
  let differing = 0
  for (const { attempt = '', acknowledged } of stories)
    for (const [item, { revision, response }] of acknowledged)
      if (!graded.has(attempt) || held.get(`${attempt} ${item}`) !== `${revision} ${response}`) differing += 1
  return differing
}

function waitsOf(stories: readonly Story[]): Outcome['waits'] {
  const of = (step: Step) =>
    stories
      .flatMap(({ asked }) => asked.filter((one) => one.step === step).map(({ waitedMs }) => waitedMs))
      .sort((a, b) => a - b)
  return {
    session: of('session'),
    exam: of('exam'),
    start: of('start'),
    save: of('save'),
    submit: of('submit'),
    result: of('result'),
  }
}

/** Lets an exam day happen on a service of its own. */
export async function holdExamDay(day: ExamDay): Promise<Outcome> {
  const folder = await mkdtemp(join(quickFolder, 'kentei-exam-day-'))
  const service = await PinnedService.start(folder, day.pinned ? 0 : undefined)
  try {
    const random = randomFrom(day.seed)
    const names = Array.from({ length: day.candidates }, (_, i) => `${day.seed.slice(0, 6)}-${i}`)
    const tokens = await service.launchTokens(names, EXAM)
    const plans = names.map((name, i) => ({
      ...day,
      origin: `http://127.0.0.1:${service.port}`,
      exam: EXAM,
      name,
      launchToken: tokens[i] as string,
      random: randomFrom(`${day.seed.slice(0, 24)}${i.toString(16).padStart(8, '0')}`),
      comesAfterMs: random.below(day.withinMs),
    }))
    const stories = await Promise.all(plans.map(takeExam))
    await service.stop()
    const asked = stories.flatMap((story) => story.asked)
    return {
      day,
      lost: stories.flatMap(({ lost }) => lost ?? []),
      acknowledged: stories.reduce((sum, story) => sum + story.acknowledged.size, 0),
      differing: countDiffering(join(folder, 'kentei.db'), stories),
      putOff: asked.reduce((sum, one) => sum + one.putOff, 0),
      broken: asked.reduce((sum, one) => sum + one.broken, 0),
      waits: waitsOf(stories),
    }
  } finally {
    await service.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
const seconds = (ms: number) => (ms / 1_000).toFixed(1)

/** The table of the operators' document, a row for each day. */
export function printTable(outcomes: readonly Outcome[]): string {
  const head = [
    'candidates',
    'lost',
    'broken connections',
    'told to come again',
    'start: median, longest',
    'submit: median, longest',
    'save: median, p99',
    'answers acknowledged',
    'not graded so',
  ]
  const rows = outcomes.map(({ day, lost, broken, putOff, waits, acknowledged, differing }) => [
    day.candidates.toLocaleString('en'),
    String(lost.length),
    String(broken),
    putOff.toLocaleString('en'),
    `${seconds(at(waits.start, 0.5))} s, ${seconds(at(waits.start, 1))} s`,
    `${seconds(at(waits.submit, 0.5))} s, ${seconds(at(waits.submit, 1))} s`,
    `${Math.round(at(waits.save, 0.5))} ms, ${Math.round(at(waits.save, 0.99))} ms`,
    acknowledged.toLocaleString('en'),
    String(differing),
  ])
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const longestWait = ({ session, start, submit }: Outcome['waits']) =>
  Math.max(...[session, start, submit].map((sorted) => at(sorted, 1)))

const USUAL = {
  withinMs: 10_000,
  answers: 20,
  thinkMs: [1_000, 5_000],
  seed: 'e5a3da70e5a3da70e5a3da70e5a3da70',
  pinned: process.platform === 'linux',
} as const

async function main(args: readonly string[]): Promise<void> {
  const sizes = (args[args.indexOf('--candidates') + 1] ?? '1000').split(',').map(Number)
  if (sizes.some((size) => !Number.isInteger(size) || size < 1))
    throw new Error('usage: npm run exam-day -- --candidates 500,1000,2000')
  if (USUAL.pinned) pinSelf(1)
  const outcomes: Outcome[] = []
  for (const candidates of sizes) {
    const outcome = await holdExamDay({ ...USUAL, candidates })
    outcomes.push(outcome)
    for (const why of new Set(outcome.lost)) console.error(`lost: ${why}`)
  }
  console.log(printTable(outcomes))
  const isWhole = ({ day, lost, differing, waits }: Outcome) =>
    lost.length === 0 &&
    differing === 0 &&
    at(waits.save, 0.99) < 1_000 &&
    (day.candidates > 1_000 || longestWait(waits) <= 60_000)
  if (!outcomes.every(isWhole)) process.exitCode = 1
}

if (import.meta.main) await main(process.argv.slice(2))
