import * as z from 'zod'
import { workerId } from '../../contract/tokens.ts'
import { isShownTitle } from '../../platform/words/shown-name.ts'
import { amountLimits, contractStatuses, MOST_MILESTONES, paymentMethods } from '../escrow/contract.ts'
import { categories } from '../people/worker.ts'

const id = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9._:~-]+$/)
const title = z.string().trim().min(1).max(120).refine(isShownTitle, 'Must have something to see, and no signs that turn the direction of text')
const yen = z.int().min(1).max(amountLimits.most)
const yenOrNone = z.int().min(0).max(amountLimits.most)
const note = z.string().trim().max(2_000).default('')
const milestone = id.optional()

/** Why; an operator has to say. */
const reason = z.string().trim().min(1).max(500).optional()

export const proposalBody = z
  .object({
    job: id.optional(),
    worker: workerId,
    title,
    category: z.enum(categories),
    amount: z.int().min(amountLimits.least).max(amountLimits.most),
    milestones: z
      .array(z.object({ title, amount: yen }))
      .min(1)
      .max(MOST_MILESTONES)
      .optional(),
  })
  .refine(({ amount, milestones }) => milestones === undefined || milestones.reduce((sum, part) => sum + part.amount, 0) === amount, {
    path: ['milestones'],
    message: 'Their amounts must add up to the amount of the contract',
  })

export const fundBody = z.object({ paymentMethod: z.enum(paymentMethods).default('card'), reason })
export const startBody = z.object({ reason })
export const deliverBody = z.object({ milestone, note, reason })
export const requestChangesBody = z.object({ milestone, note: z.string().trim().min(1).max(2_000), reason })
export const acceptBody = z.object({ milestone, reason })
export const releaseBody = z.object({ milestone, amount: yen.optional(), reason })
export const cancelBody = z.object({ reason })
export const disputeBody = z.object({ note: z.string().trim().min(1).max(2_000), reason })
export const decideBody = z.object({ releaseToWorker: yenOrNone, refundToClient: yenOrNone, reason: z.string().trim().min(1).max(500) })
export const correctBody = z.object({ to: z.enum(['worker', 'client']), amount: yen, reason: z.string().trim().min(1).max(500) })

const after = z.string().min(1).max(200).optional()
const limit = z.coerce.number().int().min(1).max(100).default(50)

export const contractsQuery = z.object({ status: z.enum(contractStatuses).optional(), job: id.optional(), after, limit })
export const paidWorkQuery = z.object({ worker: workerId, state: z.enum(['released']).default('released'), after, limit })
export const skillContextBody = z.object({ credential: id })
export const resolveBody = z.object({ outcome: z.enum(['succeeded', 'failed']) })
