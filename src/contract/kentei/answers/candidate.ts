import * as z from 'zod'
import { definitionOf, itemTypes } from '../../../item/definition-of.ts'
import { ineligibleReasons } from '../../../kernel/problem.ts'
import { DRAWN_KINDS, TASK_KINDS } from '../../../task/task-kinds.ts'
import { partId as part } from '../../tokens.ts'
import { locale, percent, time } from '../shapes.ts'

/** What candidates are answered: for the compiler and the document. The Worker carries none of it. */

const standsIn = () =>
  z
    .string()
    .optional()
    .describe('A valid certificate of an earlier version, of one paper, whose score stands in for this part.')

export const examCard = () =>
  z.object({
    id: z.string(),
    version: z.int(),
    title: z.string(),
    level: z.int().min(1).max(3),
    timeLimitSeconds: z.int(),
    itemCount: z.int(),
    passScore: percent,
    locales: z.array(locale),
    parts: z
      .array(
        z.object({
          id: part,
          timeLimitSeconds: z.int(),
          itemCount: z.int(),
          taskCount: z.int(),
          weight: percent,
          floor: percent,
        }),
      )
      .optional()
      .describe('Of an exam that is sat in parts, in the order in which they open.'),
  })

const choice = () => z.object({ ref: z.string(), html: z.string() })
const definitions = itemTypes.map(definitionOf)
const presentedItem = () =>
  z.object({
    ref: z.string(),
    type: z.enum(itemTypes),
    points: z.number(),
    stemHtml: z.string(),
    // each type has some of these
    ...z
      .object(Object.assign({}, ...definitions.map(({ presentedSchema }) => presentedSchema(z.array(choice())))))
      .partial().shape,
  })
const taskField = () =>
  z.object({
    name: z.string(),
    label: z.string(),
    as: z.enum(['line', 'lines', 'one', 'many']),
    max: z.int(),
    initial: z.string(),
    options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  })
/** A practical task: what is worked on, and the fields that a response may fill. */
const presentedTasks = () =>
  DRAWN_KINDS.map((kind) =>
    z.object({
      ref: z.string(),
      type: z.literal('task'),
      points: z.number(),
      kind: z.literal(kind),
      title: z.string(),
      briefHtml: z.string(),
      rulesHtml: z.string(),
      materials: TASK_KINDS[kind].materialsSchema(),
      fields: z.array(taskField()),
    }),
  )
const answersByField = () => new Map(definitions.map(({ field, answerSchema }) => [field, answerSchema()]))
export const presentedResponse = () =>
  z.union([
    ...[...answersByField()].map(([field, answer]) => z.object({ [field]: answer })),
    z
      .object({ entries: z.record(z.string(), z.string()) })
      .describe('Of a task: only fields that differ from what stood there; at most 600, of 48 KB together.'),
    z.null(),
  ])

const exampleItem = {
  ref: 'q1',
  type: 'single',
  points: 1,
  stemHtml: '<p>What do 12 units at 3,150 yen come to?</p>',
  options: [
    { ref: 'a', html: '<p>36,800 yen</p>' },
    { ref: 'b', html: '<p>37,800 yen</p>' },
  ],
}

/** An attempt as its candidate sees it. */
export const attempt = () =>
  z
    .object({
      id: z.string(),
      status: z.enum(['open', 'closed', 'graded']),
      exam: z.string(),
      locale,
      part: part.optional(),
      now: time,
      startedAt: time,
      deadline: time,
      lease: z.string().optional(),
      extendedWhy: z
        .string()
        .optional()
        .meta({
          description: 'Why an operator last gave this attempt more time, as the candidate reads it.',
          examples: ['The service did not answer for ten minutes.'],
        }),
      sections: z
        .array(
          z.object({
            id: z.string(),
            title: z.string(),
            items: z.array(z.union([...presentedTasks(), presentedItem()])),
          }),
        )
        .meta({
          description: 'The paper. Empty, like responses, as soon as the attempt is closed.',
          examples: [[{ id: 'numbers', title: 'Numbers', items: [exampleItem] }]],
        }),
      responses: z.record(z.string(), z.object({ response: presentedResponse(), revision: z.int() })).meta({
        description: 'By the ref of their item.',
        examples: [{ q1: { response: { choice: 'b' }, revision: 1 } }],
      }),
    })
    .meta({ title: 'Attempt' })

export const result = () =>
  z
    .object({
      status: z.literal('graded'),
      reason: z.string(),
      exam: z.string(),
      closedAt: time,
      passed: z.boolean().optional().describe('Absent while the decision over the parts is open.'),
      part: part.optional(),
      decision: z
        .object({
          state: z.enum(['passed', 'failed', 'open']),
          parts: z.array(
            z.object({
              part,
              score: percent.optional(),
              floor: percent,
              keptUntil: time.optional(),
              certificate: standsIn(),
            }),
          ),
        })
        .optional()
        .describe('Of an exam in parts: what the latest sitting of each comes to together.'),
      score: percent
        .int()
        .optional()
        .describe(
          'Whole points. Absent, like scoreBand and sections, where fewer than half of the items were answered, and after a withdrawal or a void.',
        ),
      passScore: percent,
      scoreBand: z.object({ low: percent, high: percent }).optional(),
      sections: z
        .array(
          z.object({
            id: z.string().describe('A section; small neighbours share one entry, their ids joined by +.'),
            title: z.string(),
            standing: z
              .enum(['above', 'at', 'below'])
              .optional()
              .describe(
                "above: 15 points or more above the section's cut score, or else the exam's; at: from it on. Absent where fewer than three quarters were answered.",
              ),
          }),
        )
        .optional(),
      tasks: z
        .array(
          z.object({
            ref: z.string(),
            title: z.string(),
            standing: z.enum(['above', 'at', 'below']).optional(),
            notes: z.array(z.object({ skill: z.string().optional(), text: z.string() })),
          }),
        )
        .optional()
        .describe('Of a practical part: each task in words, with counts by competency.'),
      credential: z.string().optional(),
      withheld: z
        .literal('public-bank')
        .optional()
        .describe('A pass without a certificate: the questions and keys of the exam are public.'),
      retryAt: time.optional(),
    })
    .meta({
      title: 'Result',
      examples: [
        {
          status: 'graded',
          reason: 'submitted',
          exam: 'business-admin',
          closedAt: '2026-11-25T03:41:00.000Z',
          passed: true,
          score: 82,
          passScore: 70,
          scoreBand: { low: 74, high: 90 },
          sections: [{ id: 'numbers', title: 'Numbers', standing: 'above' }],
          credential: 'crd_9X',
        },
      ],
    })

/** An exam with its rules, and whether its reader may start. */
export const wholeExam = () =>
  examCard().extend({
    rulesHtml: z.string(),
    timeMultiplier: z.number(),
    openAttempt: z.string().optional(),
    eligibility: z
      .object({
        mayStart: z.boolean(),
        attemptsLeft: z.int().optional(),
        reason: z.enum(ineligibleReasons).optional(),
        retryAt: time.optional(),
        parts: z
          .array(
            z.object({
              part,
              mayStart: z.boolean(),
              reason: z.enum(ineligibleReasons).optional(),
              retryAt: time.optional(),
              attemptsLeft: z.int(),
              certificate: standsIn(),
            }),
          )
          .optional(),
      })
      .meta({
        examples: [{ mayStart: false, reason: 'retake-wait', retryAt: '2026-12-25T03:00:00.000Z', attemptsLeft: 2 }],
      }),
  })
