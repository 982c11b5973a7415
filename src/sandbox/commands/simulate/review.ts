import { requestOf } from '../../../contract/call.ts'
import { writeReview } from '../../api/review-calls.ts'
import { axesOf } from '../../review/review.ts'
import { between, chance } from '../../simulation/draw.ts'
import { drawJudgement } from '../../simulation/judge-work.ts'
import { said } from './said.data.ts'
import { MARK } from './visitors.ts'
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
export function reviewLater(year: Year, contract: ContractStory): void {
  const random = year.draws('reviewers')
  for (const side of ['client', 'worker'] as const)
    if (chance(random, WRITES[side])) year.inDays(between(random, 0, 12), () => write(year, contract, side))
}
