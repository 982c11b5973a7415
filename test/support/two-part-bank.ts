import { readFileSync } from 'node:fs'
import { bankHash } from '../../src/authoring/content-hash.ts'
import type { Bank, ExamPart, TaskDraw } from '../../src/item/bank.ts'
import type { FamilyStatus, FamilyWording, TaskFamily } from '../../src/item/family.ts'
import { compiledFamily } from './compiled.ts'
import { tinyBank } from './tiny-bank.ts'

const keep = { years: 0, months: 6, days: 0 }

const practical = { id: 'practical', timeLimitSeconds: 3_000, weight: 70, floor: 60, keep } as const
const partsWith = (tasks: readonly TaskDraw[]): readonly ExamPart[] => [
  { id: 'knowledge', timeLimitSeconds: 1_200, weight: 30, floor: 50, keep, tasks: [] },
  { ...practical, tasks },
]

/** The example family of each kind and form. */
const EXAMPLES = {
  table: 'member-list',
  sheet: 'sales-sheet',
  draft: 'chair-draft',
  inbox: 'office-inbox',
  'claims sources': 'market-claims',
  'claims redline': 'serum-redline',
}

/** Compiled once for all tests of a process: each costs more than a sitting. */
const compiled = new Map<keyof typeof EXAMPLES, TaskFamily>()
function exampleOf({ kind, form }: TaskDraw): TaskFamily {
  const key = (form === undefined ? kind : `${kind} ${form}`) as keyof typeof EXAMPLES
  return compiled.get(key) ?? (compiled.set(key, compileExample(kind, EXAMPLES[key])).get(key) as TaskFamily)
}

function compileExample(kind: string, name: string): TaskFamily {
  const text = readFileSync(new URL(`${name}.ja.md`, import.meta.url), 'utf8')
  const family = compiledFamily(kind, text, ['draft/pool'])
  const { ja } = family.wordings
  // under the brief of a family of this repository the exam would be a public one
  const wording = { ...ja, briefHtml: `${ja?.briefHtml}<p>試験のための依頼です。</p>` } as FamilyWording
  return { ...family, wordings: { ja: wording }, status: 'live' }
}

const bankWith = (draws: readonly TaskDraw[], families: readonly TaskFamily[]): Bank => {
  const { exam, items } = tinyBank()
  const tasks = families.map((family, i) => ({ ...family, hash: String(i).repeat(64) }))
  const content = { exam: { ...exam, version: 2, timeLimitSeconds: 4_200, parts: partsWith(draws) }, items, tasks }
  return { ...content, hash: bankHash(content) }
}

/** The tiny exam in two parts: its eight items in 20 minutes, then two tables, of the families `list-0` … `list-3`, in 50. */
export function twoPartBank(): Bank {
  const table = { kind: 'table', points: 30 } as const
  const family = exampleOf(table)
  const families = Array.from({ length: 4 }, (_, i) => ({ ...family, id: `list-${i}` }))
  return bankWith([table, { ...table, points: 20 }], families)
}

/** The same with other tasks, each of the example family of its kind. */
export const bankOfTasks = (...draws: readonly TaskDraw[]): Bank =>
  bankWith(
    draws,
    draws.map((draw) => exampleOf(draw)),
  )

/** A live family of each kind, and of each family a twin for practice and one that was retired. */
export function bankWithPractice(...draws: readonly TaskDraw[]): Bank {
  const { exam, items, tasks = [] } = bankOfTasks(...draws)
  const twin = (status: FamilyStatus) => (family: TaskFamily) => ({
    ...family,
    id: `${status}-${family.id}`,
    status,
    rationale: 'まず規則を読みます。',
  })
  const content = { exam, items, tasks: [...tasks, ...tasks.map(twin('practice')), ...tasks.map(twin('retired'))] }
  return { ...content, hash: bankHash(content) }
}
