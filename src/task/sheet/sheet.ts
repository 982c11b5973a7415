import * as z from 'zod'
import { type Explanations, openEntered } from '../explain.ts'
import type { Entries, TaskField } from '../present.ts'
import type { TaskKindDefinition } from '../task-kind.ts'
import { generateSheet, type SheetShapes } from './generate.ts'
import { gradeSheet1 } from './grade-1.ts'
import type { SheetKey } from './key.ts'

const name = z.string().min(1).max(60)
const text = z.string().min(1).max(200)
const letter = z.string().regex(/^[A-Z]{1,2}$/)
const address = z.string().regex(/^[A-Z]{1,2}[1-9]\d?$/)
const range = z.string().regex(/^([A-Z]{1,2})[1-9]\d?(?::\1[1-9]\d?)?$/)
const whole = z.int().min(0).max(100_000_000)
const texts = z.array(text).min(1).max(60)
const count = { least: z.int().min(0).max(20), most: z.int().min(0).max(20) }
const format = z.enum(['date', 'time', 'percent'])

const content = z.discriminatedUnion('of', [
  z.strictObject({
    of: z.literal('date'),
    from: z.iso.date(),
    to: z.iso.date(),
    each: z.int().min(1).max(60).optional(),
  }),
  z.strictObject({ of: z.enum(['choice', 'turn', 'fixed']), values: texts }),
  z.strictObject({ of: z.enum(['integer', 'time']), from: whole, to: whole, step: whole.min(1) }),
  z.strictObject({ of: z.literal('code'), prefix: name, from: whole }),
  z.strictObject({ of: z.literal('extract'), column: letter, count: z.int().min(1).max(40) }),
  z.strictObject({
    of: z.literal('matching'),
    column: letter,
    differences: z.array(z.number().min(-100_000_000).max(100_000_000)).min(1).max(40),
  }),
])

const change = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('redraw'), columns: z.array(letter).min(1).max(20) }),
  z.strictObject({ change: z.literal('value'), address, values: texts }),
  z.strictObject({ change: z.literal('blank'), column: letter }),
  z.strictObject({ change: z.literal('text'), column: letter, text }),
  z.strictObject({ change: z.literal('boundary'), column: letter, value: text, step: text }),
])

/** A sheet into which formulas are put that stay right when its numbers change. */
export const sheet: TaskKindDefinition<SheetShapes> = {
  bodySchema: () =>
    z.strictObject({
      rows: z.int().min(4).max(40),
      columns: z
        .array(
          z.strictObject({
            letter,
            head: name,
            content,
            blanks: z.strictObject(count).optional(),
            texts: z.strictObject({ ...count, values: texts }).optional(),
          }),
        )
        .min(2)
        .max(20),
      cells: z.array(z.strictObject({ address, text })).max(20),
      questions: z
        .array(
          z.strictObject({
            range,
            head: name,
            formula: z.string().min(2).max(600),
            format: format.optional(),
            skill: name,
            points: z.number().positive().max(20),
          }),
        )
        .min(1)
        .max(20),
      changes: z.array(change).max(30),
    }),
  materialsSchema: () =>
    z.object({
      cells: z.record(z.string(), z.union([z.number(), z.string()])),
      formats: z.record(z.string(), format),
      questions: z.array(z.object({ field: z.string(), range: z.string(), html: z.string() })),
    }),
  generator: 1,
  generate: generateSheet,
  graders: { 1: gradeSheet1 },
  explain: explainSheet,
}

/** What each checkpoint of a sheet looked at, with one right formula of many. */
function explainSheet(key: SheetKey, fields: readonly TaskField[], entries: Entries): Explanations {
  const entered = openEntered(fields, entries)
  return new Map(
    key.questions.map(({ field, skill, model }) => [`${skill}:${field}`, { values: [entered(field, [model])] }]),
  )
}
