import * as z from 'zod'
import { reviewAggregates } from '../../contract/marketplace.ts'
import { readCursor } from '../escrow/paid-work.ts'
import type { ReviewDraft } from '../flows/write-review.ts'
import { safeAnswers } from '../review/contradiction.ts'
import { axesOf, longestText, type ReviewSide } from '../review/review.ts'

const stars = z.int().min(1).max(5)
const shared = { quality: stars, schedule: stars, communication: stars, partnership: stars }
const text = z.string().max(longestText)

const rest = {
  comment: text,
  hidden: z.strictObject({ again: z.int().min(0).max(10), safe: z.enum(safeAnswers), note: text.default('') }),
}

/** By who writes: exactly the five axes of that side. */
const reviewBodies = {
  client: z.strictObject({ axes: z.strictObject({ skill: stars, ...shared }), ...rest }),
  worker: z.strictObject({ axes: z.strictObject({ request: stars, ...shared }), ...rest }),
} as const satisfies Record<ReviewSide, z.ZodType>

export const anyReviewBody = z.union([reviewBodies.client, reviewBodies.worker]).describe(`Clients judge ${axesOf.client.join(', ')}; workers ${axesOf.worker.join(', ')}`)

/** Reads a review of one side. */
export const reviewDraftOf = (side: ReviewSide): z.ZodType<ReviewDraft> => reviewBodies[side].transform(({ axes, comment, hidden }) => ({ stars: axes, comment, hidden }))

export const replyBody = z.strictObject({ text: text.trim().min(1) })

export const settleBody = z.strictObject({ note: z.string().min(1).max(500) })

const limit = z.coerce.number().int().min(1).max(100).default(20)
const id = z.string().regex(/^[A-Za-z0-9._:~-]{1,128}$/, 'Must be an id')
const reason = z.string().trim().min(1).max(200)

export const reasonQuery = z.object({ reason })

export const worklistQuery = z.object({ reason: reason.default('worklist'), after: id.optional(), limit })

export const pageQuery = z.object({ after: id.optional(), limit })

export const aggregatesQuery = z.object({ worker: id.optional(), after: id.optional(), limit })

export const reviewsQuery = z.object({
  after: z
    .string()
    .transform((value, context) => {
      const cursor = readCursor(value)
      if (!cursor) context.addIssue('Must be the `next` of a page')
      return cursor ?? z.NEVER
    })
    .optional(),
  limit,
})

/** Of one worker, or a page of all. */
export const aggregatesAnswer = z.union([reviewAggregates, z.object({ aggregates: z.array(reviewAggregates), next: z.string().nullable() })])
