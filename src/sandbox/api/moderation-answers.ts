import * as z from 'zod'
import { kinds } from '../detector/judge/kinds.ts'
import { payTypes } from '../job/job.ts'
import { caseStatuses } from '../moderation/case.ts'
import { outcomes } from '../moderation/case-event.ts'
import { actions, subjectKinds } from '../moderation/decision/actions.ts'
import { reportReasons } from '../moderation/report/priority.ts'
import { EVENTS_SHOWN } from '../moderation/store.ts'
import { categories } from '../people/worker.ts'
import { id, inLanguages, time, timeOrNone, version, yen } from './shapes.ts'

const action = z.enum(actions)
const status = z.enum(caseStatuses)
const reason = z.enum(reportReasons)

export const opened = z.object({ case: id, status, version })

export const handled = opened.extend({ claimedBy: z.string().nullable(), claimedUntil: timeOrNone })

/** Why something was decided, as the law on platforms asks for it. */
export const statement = z
  .object({
    decision: id,
    decidedAt: time,
    action,
    scope: z.array(z.looseObject({})).describe('What is restricted.'),
    duration: z.object({ from: time, until: timeOrNone }).nullable(),
    facts: z.string(),
    source: z.enum(['reports', 'own-initiative', 'plugin']),
    detectedAutomatically: z.boolean(),
    decidedAutomatically: z.literal(false),
    rule: z.object({ ground: z.enum(['law', 'terms']), kinds: z.array(z.enum(kinds)), text: inLanguages }).nullable(),
    redress: z
      .object({
        appealUntil: timeOrNone,
        appealTo: z.string().nullable(),
        free: z.literal(true),
        decidedBy: z.literal('another-person'),
        courts: z.literal(true),
      })
      .nullable(),
    text: inLanguages.describe('The same, to be read.'),
  })
  .meta({ title: 'StatementOfReasons' })

export const decision = z
  .object({ decision: id, case: id, action, decidedAt: time, statement })
  .meta({ title: 'Decision' })

export const decided = z.object({ decision: id, case: id, action, status, version, statement })

export const judged = z.object({
  appeal: id,
  decision: id,
  outcome: z.enum(outcomes),
  decidedAt: time,
  final: z.literal(true),
  /** Of the decision that took the place of the old one. */
  statement: statement.optional(),
})

export const appealed = z.object({
  appeal: id,
  decision: id,
  receivedAt: time,
  status: z.enum(['open', 'decided']),
})

export const reported = z.object({ report: id, job: id, reason, receivedAt: time })

export const notice = z
  .looseObject({
    id,
    at: time,
    readAt: timeOrNone,
    kind: z.string().describe('What it tells of; ids of that kind stand beside it.'),
    text: inLanguages,
  })
  .meta({ title: 'Notification' })

const summary = z.object({
  case: id,
  subject: z.object({ type: z.enum(subjectKinds), id, person: id.nullable() }),
  status,
  priority: z.int(),
  openedBy: z.string(),
  openedAt: time,
  updatedAt: time,
  reportCount: z.int(),
  policy: z.string().nullable(),
  automated: z.boolean(),
  claim: z.object({ operator: z.string(), until: timeOrNone }).nullable(),
  awaiting: z.enum(['decision', 'appeal']).nullable(),
  decision: z
    .object({
      id,
      action: action.nullable(),
      by: z.string().nullable(),
      decidedAt: timeOrNone,
      until: timeOrNone,
    })
    .nullable(),
  appeal: z.object({ id, outcome: z.enum(outcomes).nullable(), decidedAt: timeOrNone }).nullable(),
  final: z.boolean(),
  version,
})

export const listedCase = summary.meta({ title: 'ListedCase' })

const postWords = z.object({
  title: z.string(),
  body: z.string(),
  category: z.enum(categories),
  pay: z.object({ type: z.enum(payTypes), amount: yen }),
})

export const wholeCase = summary
  .extend({
    events: z
      .array(z.object({ seq: version, type: z.string(), actor: z.string(), at: time, data: z.looseObject({}) }))
      .describe(
        `The newest ${EVENTS_SHOWN} in order, and what was alleged before; \`version\` says how many there are.`,
      ),
    reports: z.array(
      z.object({
        report: id,
        reporter: id,
        accuracy: z.number(),
        reason,
        detail: z.string(),
        at: time,
        muted: z.boolean(),
        outcome: z.string().nullable(),
      }),
    ),
    assessments: z.array(z.looseObject({})),
    evidence: z.array(z.object({ policy: z.string(), automated: z.boolean(), evidence: z.unknown() })),
    decisions: z.array(z.object({ decision: id, operator: id, action, kinds: z.array(z.enum(kinds)), statement })),
    appeals: z.array(
      z.object({
        appeal: id,
        decision: id,
        text: z.string(),
        at: time,
        outcome: z.enum(outcomes).nullable(),
        reasons: z.string().nullable(),
        decidedBy: z.string().nullable(),
        decidedAt: timeOrNone,
      }),
    ),
    /** As it was decided about. */
    job: postWords
      .extend({
        id,
        client: id,
        state: z.string(),
        /** What it says now, where that is something else. */
        rewritten: postWords.nullable(),
      })
      .nullable(),
    history: z.array(listedCase),
  })
  .meta({ title: 'Case' })

export const reporter = z
  .object({
    reporter: id,
    upheld: z.int(),
    rejected: z.int(),
    pending: z.int(),
    accuracy: z.number(),
    muted: z.boolean(),
    muting: z.object({
      how: z.string().nullable(),
      by: z.string().nullable(),
      at: timeOrNone,
      note: z.string().nullable(),
    }),
    reports: z.array(
      z.object({
        report: id,
        about: z.string(),
        case: id.nullable(),
        reason,
        at: time,
        muted: z.boolean(),
        outcome: z.string().nullable(),
      }),
    ),
  })
  .meta({ title: 'Reporter' })
