import { readFileSync } from 'node:fs'
import { bankHash } from '../../src/authoring/content-hash.ts'
import type { Bank, ExamPart } from '../../src/item/bank.ts'
import type { TaskFamily } from '../../src/item/family.ts'
import { compiledFamily } from './compiled-family.ts'
import { tinyBank } from './tiny-bank.ts'

const keep = { years: 0, months: 6, days: 0 }

const parts: readonly ExamPart[] = [
  { id: 'knowledge', timeLimitSeconds: 1_200, weight: 30, floor: 50, keep, tasks: [] },
  {
    id: 'practical',
    timeLimitSeconds: 3_000,
    weight: 70,
    floor: 60,
    keep,
    tasks: [
      { kind: 'table', points: 30 },
      { kind: 'table', points: 20 },
    ],
  },
]

/** The tiny exam in two parts: its eight items in 20 minutes, then two tables, of the families `list-0` … `list-3`, in 50. */
export function twoPartBank(): Bank {
  const { exam, items } = tinyBank()
  const text = readFileSync(new URL('member-list.ja.md', import.meta.url), 'utf8')
  const family = compiledFamily('table', text)
  const tasks = Array.from(
    { length: 4 },
    (_, i): TaskFamily => ({ ...family, id: `list-${i}`, status: 'live', hash: String(i).repeat(64) }),
  )
  const content = { exam: { ...exam, version: 2, timeLimitSeconds: 4_200, parts }, items, tasks }
  return { ...content, hash: bankHash(content) }
}
