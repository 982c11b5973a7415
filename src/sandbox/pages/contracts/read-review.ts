import * as z from 'zod'
import { ok } from '../../../kernel/result.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import type { ReviewDraft } from '../../flows/write-review.ts'
import type { Outcome } from '../../problem.ts'
import { axesOf, longestText, type ReviewSide, type Stars, safeAnswers } from '../../review/review.ts'
import { choice, type Fields, maybeProse, prose, together } from '../form-fields.ts'

export const stars = ['1', '2', '3', '4', '5'] as const
export const againAnswers = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const

const star = choice(stars).transform(Number)

const rest = z.object({
  comment: maybeProse(longestText),
  again: choice(againAnswers).transform(Number),
  safe: choice(safeAnswers),
  note: maybeProse(longestText),
})

/** Reads the review that one side sent. Everything that is missing is said at once, in the order of the form. */
export function readReview(side: ReviewSide, fields: Fields): Outcome<ReviewDraft> {
  const axes: z.ZodType<Stars> = z.object(Object.fromEntries(axesOf[side].map((axis) => [axis, star])))
  const read = together(parseInput(axes, fields), parseInput(rest, fields))
  if (!read.ok) return read
  const [given, { comment, ...hidden }] = read.value
  return ok({ stars: given, comment, hidden })
}

export const replyForm = z.object({ review: z.string().min(1).max(128), text: prose(longestText) })
