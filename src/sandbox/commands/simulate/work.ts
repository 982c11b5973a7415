import * as z from 'zod'
import { type Filled, requestOf } from '../../../contract/call.ts'
import * as escrow from '../../api/escrow-calls.ts'
import { writeReview } from '../../api/review-calls.ts'
import { axesOf } from '../../review/review.ts'
import { between, chance } from '../../simulation/draw.ts'
import { disappointment, drawJudgement } from '../../simulation/judge-work.ts'
import { said } from './said.data.ts'
import { expect, MARK } from './visitors.ts'
import type { ContractStory, Year } from './year.ts'

const WRITES = { client: 0.85, worker: 0.7 } as const
/** How workers find their clients, in stars; clients differ little here. */
const CLIENT_LEVEL = 4.3

async function write(year: Year, contract: ContractStory, side: 'client' | 'worker'): Promise<void> {
  const random = year.draws(`reviews of ${side}s`)
  const judged = drawJudgement(random, side === 'client' ? contract.level : CLIENT_LEVEL, axesOf[side])
  const hidden = { again: judged.again, safe: judged.safe, note: `${MARK} ${contract.id} ${side}` }
  const written = await year.visitors.market(
    contract[side],
    requestOf(writeReview, { path: { id: contract.id }, body: { axes: judged.axes, comment: said.thanks, hidden } }),
  )
  if (written.ok) year.note('reviews')
}

/** Each side reviews the other some days after, or does not. */
function reviewLater(year: Year, contract: ContractStory): void {
  const random = year.draws('reviewers')
  for (const side of ['client', 'worker'] as const)
    if (chance(random, WRITES[side])) year.inDays(between(random, 0, 12), () => write(year, contract, side))
}

const known = z.object({ status: z.string(), held: z.number(), settledAt: z.string().nullable(), released: z.number() })

const CLIENT_CANCELS = 0.02
const WORKER_CANCELS = 0.01
const NEVER_DELIVERS = 0.007
const LATE = 0.1
/** Left alone, delivered work counts as accepted after 7 days, and what is not delivered ends after 75. */
const ACCEPTED_BY_TIME_AFTER = 8
const ENDED_BY_TIME_AFTER = 76
const LEFT_ALONE = 0.25
const ASKS_FOR_CHANGES = 0.1
const DISPUTES = 0.012

interface Part {
  readonly contract: ContractStory
  readonly nth: number
  readonly redelivered: boolean
}

type Step = (typeof escrow.escrowCalls)[number] & { readonly path: `/v1/contracts/{id}/${string}` }

const act = <const C extends Step>(
  year: Year,
  who: string,
  { id }: ContractStory,
  step: C,
  body: NonNullable<Filled<C>['body']>,
) => year.visitors.market(who, requestOf<Step>(step, { path: { id }, body: body as object }))

/** The contract is over: the worker is free, and both may review each other. */
async function conclude(year: Year, contract: ContractStory): Promise<void> {
  year.worker(contract.worker).busy -= 1
  const { settledAt, released, status } = expect(
    known,
    await year.visitors.market(contract.client, requestOf(escrow.readContract, { path: { id: contract.id } })),
  )
  if (settledAt !== null && (released > 0 || status === 'decided')) reviewLater(year, contract)
}

async function cancel(year: Year, contract: ContractStory, by: 'client' | 'worker'): Promise<void> {
  const cancelled = await act(year, contract[by], contract, escrow.cancel, {})
  if (!cancelled.ok) return
  year.note('cancelled')
  await conclude(year, contract)
}

const daysOfWork = (year: Year): number => {
  const random = year.draws('work')
  return between(random, 2, 12) + (chance(random, LATE) ? between(random, 5, 20) : 0)
}

/** A contract whose money is in: work begins, unless one of the two thinks better of it. */
export function beginWork(year: Year, contract: ContractStory): void {
  const random = year.draws('work')
  if (chance(random, CLIENT_CANCELS)) return year.inDays(0, () => cancel(year, contract, 'client'))
  year.inDays(0, async () => {
    await act(year, contract.worker, contract, escrow.start, {})
    if (chance(random, WORKER_CANCELS)) year.inDays(between(random, 1, 5), () => cancel(year, contract, 'worker'))
    else if (chance(random, NEVER_DELIVERS)) year.inDays(ENDED_BY_TIME_AFTER, () => conclude(year, contract))
    else year.inDays(daysOfWork(year), () => deliver(year, { contract, nth: 0, redelivered: false }))
  })
}

async function deliver(year: Year, part: Part): Promise<void> {
  const { contract, nth } = part
  const random = year.draws('work')
  const delivered = await act(year, contract.worker, contract, escrow.deliver, {
    milestone: contract.parts[nth],
    note: said.delivered,
  })
  if (!delivered.ok) return
  year.note('deliveries')
  const displeased = disappointment(contract.level)
  if (chance(random, DISPUTES * Math.max(0, 1 + displeased)))
    year.inDays(between(random, 1, 5), () => dispute(year, contract))
  else if (!part.redelivered && chance(random, ASKS_FOR_CHANGES * Math.max(0, 1 + displeased)))
    year.inDays(between(random, 1, 5), () => askForChanges(year, part))
  else if (chance(random, LEFT_ALONE)) year.inDays(ACCEPTED_BY_TIME_AFTER, () => seeAcceptedByTime(year, part))
  else year.inDays(between(random, 1, 6), () => accept(year, part))
}

async function askForChanges(year: Year, part: Part): Promise<void> {
  const asked = await act(year, part.contract.client, part.contract, escrow.requestChanges, {
    milestone: part.contract.parts[part.nth],
    note: said.changes,
  })
  if (!asked.ok) return
  year.note('changes requested')
  year.inDays(between(year.draws('work'), 1, 5), () => deliver(year, { ...part, redelivered: true }))
}

async function next(year: Year, { contract, nth }: Part): Promise<void> {
  if (nth + 1 < contract.parts.length)
    year.inDays(daysOfWork(year), () => deliver(year, { contract, nth: nth + 1, redelivered: false }))
  else await conclude(year, contract)
}

async function accept(year: Year, part: Part): Promise<void> {
  const accepted = await act(year, part.contract.client, part.contract, escrow.accept, {
    milestone: part.contract.parts[part.nth],
  })
  if (!accepted.ok) return
  year.note('accepted')
  await next(year, part)
}

async function seeAcceptedByTime(year: Year, part: Part): Promise<void> {
  year.note('accepted by time')
  await next(year, part)
}

async function dispute(year: Year, contract: ContractStory): Promise<void> {
  const raised = await act(year, contract.client, contract, escrow.dispute, { note: said.dispute })
  if (!raised.ok) return
  year.note('disputes')
  year.inDays(between(year.draws('work'), 1, 4), async () => {
    const { held } = expect(
      known,
      await year.visitors.market('opr_demo', requestOf(escrow.readContract, { path: { id: contract.id } })),
    )
    const releaseToWorker = Math.floor(held * year.draws('work').unit())
    await act(year, 'opr_demo', contract, escrow.decide, {
      releaseToWorker,
      refundToClient: held - releaseToWorker,
      reason: said.decided,
    })
    await conclude(year, contract)
  })
}
