import type { EscrowContract, EscrowContracts, ReviewAggregates } from '../contract/marketplace.ts'
import { type Instant, parseRfc3339 } from '../kernel/instant.ts'
import { type ContractNews, mergeContractsStatement, reviewsStatement } from '../ranking/store.ts'
import type { World } from '../world/world.ts'
import { ask, enqueueUnlessWaiting } from './address-messages.ts'
import { freezeMissing } from './freeze-skill-context.ts'

const time = (text: string | null | undefined): Instant | null => (text ? (parseRfc3339(text) ?? null) : null)

const newsOf = (row: EscrowContract): ContractNews => ({
  contract: row.contract,
  exam: row.exam,
  formedAt: time(row.formedAt),
  client: row.client,
  amountBucket: row.amountBucket,
  releasedAt: time(row.releasedAt),
  refunded: row.refunded,
  status: row.status,
  reviewed: row.reviewed === true,
  version: row.version,
})

/** Merges one page of a worker's paid contracts and asks for the next. What is about somebody else is left out. */
export async function applyContracts(
  world: World,
  worker: string,
  { contracts, next }: EscrowContracts,
): Promise<void> {
  const news = contracts.filter((row) => row.worker === worker).map(newsOf)
  const merged = mergeContractsStatement(world.db, worker, news)
  // a page that ends where it began would go on for ever
  await world.db.batch(
    next === null || contracts.length === 0
      ? [merged]
      : [
          merged,
          enqueueUnlessWaiting(world, ask(world, worker, [{ kind: 'read-contracts', after: next }]), world.now()),
        ],
  )
  if (news.some(({ formedAt }) => formedAt !== null)) await freezeMissing(world, worker)
}

/** Keeps what reviews say of a worker. */
export async function applyReviews(
  world: World,
  worker: string,
  { revealed, hidden, version, worker: named }: ReviewAggregates,
): Promise<void> {
  // version 0 says that there is nothing to say
  if (named !== worker || version === 0) return
  const { count, clients, axes } = revealed
  const shown = axes && {
    skill: axes.skill,
    quality: axes.quality,
    schedule: axes.schedule,
    communication: axes.communication,
    partnership: axes.partnership,
  }
  const shared = hidden && {
    n: hidden.n,
    againMean: hidden.againMean,
    safeShare: hidden.safeShare,
    batches: hidden.batches,
    asOf: hidden.asOf,
  }
  await world.db.batch([
    reviewsStatement(world.db, { worker, revealed: { count, clients, axes: shown }, hidden: shared, version }),
  ])
}
