import * as z from 'zod'
import type { Instant } from '../../../kernel/instant.ts'
import { ok } from '../../../kernel/result.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import type { Draft } from '../../job/draft.ts'
import { payTypes } from '../../job/job.ts'
import { reportReasons } from '../../moderation/report/reasons.ts'
import { categories } from '../../people/worker.ts'
import { malformed, type Outcome, type SandboxProblem } from '../../problem.ts'
import {
  choice,
  count,
  type Fields,
  line,
  maybeDay,
  maybeProse,
  maybeYen,
  prose,
  visible,
  yen,
} from '../form-fields.ts'

const MOST_YEN = 10_000_000

const draftForm = z.object({
  title: visible(line(100), 3),
  body: visible(prose(5_000), 10),
  category: choice(categories),
  payType: choice(payTypes),
  payAmount: yen(1, MOST_YEN),
  closesAt: maybeDay,
  headcount: count(1, 100),
})

/** Reads the form of a job. A day that is over is refused here, where its field is. */
export function readDraft(fields: Fields, now: Instant): Outcome<Draft> {
  const read = parseInput(draftForm, fields)
  const day = maybeDay.safeParse(fields.closesAt).data
  const past = day !== undefined && day <= now ? [{ path: 'closesAt', message: 'past' }] : []
  if (!read.ok)
    return read.problem.code === 'malformed' && past.length > 0 ? malformed([...read.problem.issues, ...past]) : read
  if (past.length > 0) return malformed(past)
  const { payType, payAmount, closesAt = null, ...rest } = read.value
  return ok({ ...rest, pay: { type: payType, amount: payAmount }, closesAt })
}

export const applicationForm = z.object({ message: visible(prose(2_000), 1), amount: maybeYen(1, MOST_YEN) })

export const reportForm = z.object({ reason: choice(reportReasons), detail: maybeProse(2_000) })

/** What a posting flow says of the day, in the form's words. */
export const inFormWords = (problem: SandboxProblem): SandboxProblem =>
  problem.code === 'malformed'
    ? {
        ...problem,
        issues: problem.issues.map((issue) => (issue.path === 'closesAt' ? { ...issue, message: 'far' } : issue)),
      }
    : problem
