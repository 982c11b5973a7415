import * as z from 'zod'
import { type Explanation, type Explanations, openEntered } from '../explain.ts'
import type { Entries, TaskField } from '../present.ts'
import type { TaskKindDefinition } from '../task-kind.ts'
import { generateTable, type TableShapes } from './generate.ts'
import { gradeTable1 } from './grade-1.ts'
import type { TableKey } from './key.ts'

const name = z.string().min(1).max(40)
const names = z.array(z.strictObject({ name, kana: name })).max(200)
const date = z.iso.date()
const whole = z.int().min(0).max(100_000_000)

const content = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('serial'), from: whole }),
  z.strictObject({ of: z.enum(['name', 'kana', 'phone', 'mail', 'empty', 'postal-code']) }),
  z.strictObject({ of: z.literal('date'), from: date, to: date }),
  z.strictObject({ of: z.literal('amount'), from: whole, to: whole, step: whole.min(1) }),
  z.strictObject({
    of: z.literal('code'),
    prefixes: z.array(z.string().max(40)).min(1).max(20),
    digits: z.int().min(2).max(8),
  }),
  z.strictObject({ of: z.literal('choice'), values: z.array(name).min(1).max(50) }),
])

/** A table that was filled in by several people, to be put in order by rules. */
export const table: TaskKindDefinition<TableShapes> = {
  bodySchema: () =>
    z.strictObject({
      rows: z.int().min(4).max(60),
      columns: z
        .array(
          z.strictObject({
            name,
            content,
            width: z.int().min(1).max(40),
            input: z.enum(['fixed', 'text', 'row-number']),
          }),
        )
        .min(2)
        .max(10),
      formats: z
        .array(
          z.strictObject({
            column: name,
            format: z.enum([
              'phone-hyphens',
              'phone-digits',
              'date-slashes',
              'date-hyphens',
              'date-digits',
              'amount-commas',
              'amount-digits',
              'postal-hyphen',
              'postal-digits',
            ]),
            sentence: name,
          }),
        )
        .max(30),
      faults: z
        .array(
          z.strictObject({
            fault: z.string().max(40),
            column: name.optional(),
            count: z.int().min(1).max(20),
            skill: name,
            points: z.number().positive().max(10),
          }),
        )
        .max(40),
      looks: z
        .array(z.strictObject({ look: z.string().max(40), column: name.optional(), count: z.int().min(1).max(20) }))
        .max(40),
      people: z.strictObject({ families: names, given: names, variants: names, dotted: names }),
      variants: z.record(name, z.array(name).max(10)),
    }),
  materialsSchema: () =>
    z.object({
      columns: z.array(z.object({ name: z.string(), width: z.int(), input: z.enum(['fixed', 'text', 'row-number']) })),
      rows: z.array(z.object({ id: z.string(), fixed: z.record(z.string(), z.string()) })),
    }),
  generator: 1,
  generate: generateTable,
  graders: { 1: gradeTable1 },
  explain: explainTable,
}

/** What each checkpoint of a table looked at. A value that nobody can know stays, and something is noted. */
function explainTable(key: TableKey, fields: readonly TaskField[], entries: Entries): Explanations {
  const entered = openEntered(fields, entries)
  const initial = new Map(fields.map((field) => [field.name, field.initial]))
  const cells = Object.entries(key.cells).map(([name, cell]): [string, Explanation] => [
    `${cell.group}:${name}`,
    {
      values:
        cell.as === 'fault'
          ? [entered(name, [cell.right])]
          : [entered(name, [initial.get(name) ?? '']), entered(cell.note, [])],
    },
  ])
  const pairs = key.pairs.map(({ later, earlierRow }): [string, Explanation] => [
    `duplicate:${later}`,
    { values: [entered(later, [earlierRow])] },
  ])
  return new Map([...cells, ...pairs])
}
