import * as z from 'zod'
import { definitionOf, itemTypes } from '../item/definition-of.ts'
import { countOf } from '../item/draw-values.ts'
import type { Expression } from '../item/expression.ts'
import type { ItemType } from '../item/item.ts'
import { readCompiledHtml, UNSAFE_SIGNS } from '../item/markup/compiled-html.ts'
import { SLOT_MARKS } from '../item/slot-mark.ts'
import { type StudyPart, studyParts } from '../item/study-sheet.ts'
import { type DrawnKind, kindOf, TASK_KINDS } from '../task/task-kinds.ts'

/** No sign may be there that shows nothing and changes what is read around it. */
const isLegible = (value: string): boolean => value.search(UNSAFE_SIGNS) < 0 && value.isWellFormed()
/** In a parametric item the marks of its slots stand in what candidates see and in accepted answers. */
const isLegibleBesideMarks = (value: string): boolean => isLegible(value.replace(SLOT_MARKS, ''))
const ILLEGIBLE = 'holds a sign that nobody can see (U+200B, U+202E or the like)'
const text = z.string().max(200_000).refine(isLegible, ILLEGIBLE)
const markedText = z.string().max(200_000).refine(isLegibleBesideMarks, ILLEGIBLE)
const isCompiled = (value: string) => readCompiledHtml(value) !== undefined
const STRANGE = 'holds markup that the compiler does not write'
const html = z.string().max(2_000_000).refine(isLegibleBesideMarks, ILLEGIBLE).refine(isCompiled, STRANGE)
const proseHtml = z.string().max(2_000_000).refine(isLegible, ILLEGIBLE).refine(isCompiled, STRANGE)
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
const inLocales = <T extends z.ZodType>(of: T) => z.strictObject({ ja: of.optional(), en: of.optional() })
const index = z.int().min(0).max(999)
const period = z.strictObject({ years: z.int().min(0), months: z.int().min(0), days: z.int().min(0) })

/** A decimal or the name of a variable: nothing else is ever a leaf of arithmetic. */
const operand = z
  .string()
  .max(64)
  .regex(/^(?:-?\d+(?:\.\d+)?|[\p{L}_][\p{L}\p{N}_]{0,29})$/u, 'is neither a number nor the name of a variable')
const operation = z.enum(['+', '-', '*', '/', 'floor', 'ceil', 'round', 'min', 'max'])
const MOST_OPERANDS = 9
const expression: z.ZodType<Expression> = z.lazy(() =>
  z.union([
    operand,
    z
      .tuple([operation, expression], expression)
      .refine(
        (parts) => parts.length <= MOST_OPERANDS + 1,
        'has too many operands',
      ) as unknown as z.ZodType<Expression>,
  ]),
)

const kinds = Object.keys(TASK_KINDS) as [DrawnKind, ...DrawnKind[]]

const exam = z.strictObject({
  id: name,
  title: inLocales(text),
  claim: inLocales(text).optional(),
  tools: inLocales(text).optional(),
  limits: inLocales(text).optional(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  version: z.int().min(1),
  locales: z.array(z.enum(['ja', 'en'])).min(1),
  timeLimitSeconds: z.int().min(1),
  parts: z
    .array(
      z.strictObject({
        id: z.enum(['knowledge', 'practical']),
        timeLimitSeconds: z.int().min(60).max(86_400),
        weight: z.number().min(0).max(100),
        floor: z.number().min(0).max(100),
        keep: period,
        tasks: z
          .array(z.strictObject({ kind: z.enum(kinds), form: text.optional(), points: z.number().positive().max(100) }))
          .max(6),
      }),
    )
    .length(2)
    .optional(),
  passScore: z.number().min(0).max(100),
  closesAt: z.iso.datetime({ offset: true }).optional(),
  validFor: period,
  archiveAfter: period.optional(),
  retake: z.strictObject({ wait: period, perYear: z.int().min(1) }),
  sections: z
    .array(
      z.strictObject({
        topic: name,
        title: inLocales(text),
        draw: z.int().min(1).max(500),
        quotas: z.array(
          z.strictObject({ from: z.int().min(1).max(5), to: z.int().min(1).max(5), draw: z.int().min(0) }),
        ),
        minPool: z.number(),
        passScore: z.number().optional(),
      }),
    )
    .min(1),
  critical: z.strictObject({ min: z.int().min(0), skills: z.array(text) }).optional(),
  mostOverlap: z.number().min(0).max(1).optional(),
  mostOwnOverlap: z.number().min(0).max(1).optional(),
  skills: z.array(
    z.strictObject({ id: text, name: inLocales(text), url: text.pipe(z.url({ protocol: /^https?$/ })).optional() }),
  ),
  rulesHtml: inLocales(proseHtml),
})

const choice = z.strictObject({ html, text: markedText })
const choices = z.array(choice).max(1_000)
const slots = z
  .array(z.strictObject({ expression, plain: z.literal(true).optional() }))
  .max(256)
  .optional()
const variableName = z.string().regex(/^[\p{L}_][\p{L}\p{N}_]{0,29}$/u)
/** As many values as an author may give a variable. */
const MOST_VALUES = 100_000
const variable = z
  .union([
    z.strictObject({ name: variableName, values: z.array(z.number()).min(1).max(100) }),
    z.strictObject({ name: variableName, from: z.number(), to: z.number(), step: z.number().positive() }),
  ])
  .refine((one) => countOf(one) >= 1 && countOf(one) <= MOST_VALUES, 'has no value, or too many')

const accepted = z.array(markedText).min(1)
const parts = { text, choices, accepted, index, expression }
const oneOfTypes = (shapeOf: (type: ItemType) => z.ZodRawShape) => {
  const [first, ...others] = itemTypes.map((type) => z.strictObject({ type: z.literal(type), ...shapeOf(type) }))
  return z.discriminatedUnion('type', [first as NonNullable<typeof first>, ...others])
}
const stem = oneOfTypes((type) => ({ html, ...definitionOf(type).bankSchema(parts).stem, slots }))
const key = oneOfTypes((type) => definitionOf(type).bankSchema(parts).key)

const wording = z.strictObject({
  variables: z.array(variable).max(64).optional(),
  stem,
  secret: z.strictObject({ key, slots, rationale: text, references: z.array(text), notes: text }),
})

const item = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*-\d+$/)
    .max(100),
  topic: name,
  version: z.int().min(1),
  type: z.enum(itemTypes),
  status: z.enum(['live', 'dormant', 'draft', 'pilot', 'retired', 'honeypot', 'practice']),
  points: z.number().positive(),
  difficulty: z.int().min(1).max(5),
  seconds: z.number().positive().optional(),
  skill: text.optional(),
  level: z.enum(['knowledge', 'application', 'judgement']).optional(),
  reviewBy: z.iso.date().optional(),
  enemies: z.array(text),
  wordings: inLocales(wording),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})

const slot = z.strictObject({
  name: z.string().min(1).max(40),
  source: z.discriminatedUnion('form', [
    z.strictObject({ form: z.literal('choice'), candidates: z.array(text).min(1).max(100) }),
    z.strictObject({
      form: z.literal('integer'),
      from: z.int().min(0),
      to: z.int().max(1_000_000_000),
      step: z.int().min(1),
      grouped: z.boolean(),
    }),
    z.strictObject({ form: z.literal('date'), from: z.iso.date(), to: z.iso.date(), weekdays: z.boolean() }),
    z.strictObject({ form: z.literal('days-after'), slot: z.string(), days: z.int().min(1).max(30) }),
  ]),
})
const familyWording = z.strictObject({
  title: text,
  briefHtml: proseHtml,
  rulesHtml: proseHtml,
  sentences: z.record(z.string().max(200), proseHtml).optional(),
})
const family = z
  .strictObject({
    id: name,
    kind: z.enum(kinds),
    form: text.optional(),
    status: z.enum(['live', 'draft', 'practice', 'retired']),
    version: z.int().min(1),
    minutes: z.number().min(1).max(60),
    wordings: inLocales(familyWording),
    body: z.looseObject({ slots: z.array(slot).max(200) }),
    rationale: text,
    references: z.array(text),
    notes: text,
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .superRefine(({ kind, body: { slots: _, ...body } }, context) => {
    const read = kindOf(kind).bodySchema().safeParse(body)
    for (const issue of read.error?.issues ?? [])
      context.addIssue({ code: 'custom', path: ['body', ...issue.path], message: issue.message })
  })

const studyHtml = Object.fromEntries(studyParts.map((part) => [part, proseHtml])) as Record<StudyPart, typeof proseHtml>
const studySheet = z.strictObject({
  skill: text,
  topic: name,
  wordings: inLocales(z.strictObject({ title: text, html: z.strictObject(studyHtml) })),
})

/** The form of a compiled bank. What its parts say of each other is judged by `derivedIssues`. */
export const bankSchema = z.strictObject({
  exam,
  items: z.array(item).min(1).max(20_000),
  studySheets: z.array(studySheet).min(1).max(1_000).optional(),
  tasks: z.array(family).min(1).max(500).optional(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
