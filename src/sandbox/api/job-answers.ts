import * as z from 'zod'
import { kinds } from '../detector/judge/kinds.ts'
import { invitationStates } from '../job/invitation/invitation.ts'
import { applicationStates, jobStates, payTypes } from '../job/job.ts'
import { categories } from '../people/worker.ts'
import { because, id, inLanguages, time, timeOrNone, version, yen } from './shapes.ts'

const state = z.enum(jobStates)

const facts = z.object({
  id,
  client: id,
  title: z.string(),
  body: z.string(),
  category: z.enum(categories),
  pay: z.object({ type: z.enum(payTypes), amount: yen }).describe('In yen: for the whole, per hour or per item.'),
  headcount: z.int(),
  welcomesNewcomers: z.boolean(),
  hired: z.int(),
  state,
  createdAt: time,
  publishedAt: timeOrNone,
  closesAt: timeOrNone,
  version,
})

/** What its poster is told beyond the facts, while a person has to look or after it was taken down. */
const checking = {
  takenDownUntil: timeOrNone.optional(),
  checking: z
    .object({
      notice: inLanguages,
      resembles: z.array(z.object({ kind: z.enum(kinds), title: inLanguages, rule: inLanguages })),
    })
    .optional(),
}

export const ownJob = facts.extend(checking).meta({ title: 'OwnJob' })

const shown = facts.extend({
  clientName: z.string(),
  clientHistory: z.object({
    concluded: z.int(),
    paidWithoutTrouble: z.int(),
    acceptanceDays: z.number().nullable(),
    clarity: z.number().nullable(),
    reviews: z.int(),
  }),
  score: z.number().nullable(),
  reasons: because,
})

export const foundJob = shown.meta({ title: 'FoundJob' })

export const job = shown
  .extend({
    applicants: z.int(),
    ...checking,
    assessment: z.looseObject({}).optional().describe('What the detector makes of the post, for operators.'),
  })
  .meta({ title: 'Job' })

const application = z.object({
  id,
  job: id,
  worker: id,
  message: z.string(),
  amount: yen.nullable(),
  state: z.enum(applicationStates),
  createdAt: time,
})

export const oneApplication = application.meta({ title: 'Application' })
export const applicant = application.extend({ invited: z.boolean(), reasons: because })
export const ownApplication = application.extend({ title: z.string().nullable(), jobIsOpen: z.boolean() })

const invitation = z.object({
  id,
  job: id,
  client: id,
  worker: id,
  state: z.enum(invitationStates),
  createdAt: time,
  answeredAt: timeOrNone,
})

export const oneInvitation = invitation.meta({ title: 'Invitation' })
export const listedInvitation = invitation.extend({ title: z.string().nullable(), clientName: z.string() })
