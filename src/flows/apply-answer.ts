import {
  type EscrowContract,
  type EscrowContracts,
  escrowContracts,
  moderationCase,
  moderationReceipt,
  type ReviewAggregates,
  reviewAggregates,
  standing,
} from '../contract/marketplace.ts'
import { areAsRead, findCredential, givenStatement } from '../credential/store.ts'
import { type Instant, parseRfc3339 } from '../kernel/instant.ts'
import { isOvertaken } from '../platform/outbox/store.ts'
import { type ContractNews, mergeContractsStatement, noteFrozen, reviewsStatement } from '../ranking/store.ts'
import type { World } from '../world/world.ts'
import { addressTo, ask, enqueueIf, enqueueUnlessWaiting, type OwnMessage } from './address-messages.ts'
import { applyCase, applyCaseTaken } from './apply-case.ts'
import { applyStanding, letsPass } from './apply-standing.ts'
import { freezeMissing } from './freeze-skill-context.ts'
import { signalContent } from './notify-marketplace.ts'
import { signalCredential, situationsOf } from './plan-status-change.ts'

/** What an answer says, once it has been read. */
export interface Answer {
  /** Applies it; done before the message counts as delivered, so that a crash asks again. */
  readonly apply?: () => Promise<void>
  /** Why the rest of the chain has to wait, if it has to. */
  readonly holds?: string
  /** What the log of tries adds to the status. */
  readonly detail?: string
}

const lastPart = (path: string, fromEnd: number): string => decodeURIComponent(path.split('/').at(-fromEnd) ?? '')

/** Reads the answer to a message that the marketplace accepted. @returns undefined when it is not what was asked for. */
export function readAnswer(world: World, message: OwnMessage, body: unknown): Answer | undefined {
  const { kind, about: worker, request } = message
  // what is about nobody is an event
  if (worker === null) return {}
  switch (kind) {
    case 'standing':
    case 'recheck':
    case 'read-standing': {
      const read = standing.safeParse(body)
      if (!read.success) return undefined
      const { status } = read.data
      const holds = kind !== 'read-standing' && !letsPass(kind, status)
      return {
        apply: () => applyStanding(world, worker, read.data),
        detail: status,
        ...(holds ? { holds: `standing ${status}` } : {}),
      }
    }
    case 'read-contracts': {
      const read = escrowContracts.safeParse(body)
      return read.success ? { apply: () => applyContracts(world, worker, read.data) } : undefined
    }
    case 'read-reviews': {
      const read = reviewAggregates.safeParse(body)
      return read.success ? { apply: () => applyReviews(world, worker, read.data) } : undefined
    }
    case 'read-case': {
      const read = moderationCase.safeParse(body)
      return read.success
        ? {
            apply: () => applyCase(world, worker, read.data),
            ...(/^[a-z-]{1,32}$/.test(read.data.status) ? { detail: read.data.status } : {}),
          }
        : undefined
    }
    case 'case': {
      const read = moderationReceipt.safeParse(body)
      return read.success
        ? { apply: () => applyCaseTaken(world, { message: message.id, worker, marketplaceCase: read.data.case }) }
        : undefined
    }
    case 'badge':
      return request.body?.status === 'active'
        ? { apply: () => applyGiven(world, message, lastPart(request.path, 1)) }
        : {}
    case 'skill-context':
      return { apply: () => noteFrozen(world.db, { worker, contract: lastPart(request.path, 2), at: world.now() }) }
    case 'signal':
    case 'event':
      return {}
    default:
      return kind satisfies never
  }
}

/** How often what the marketplace took is applied again when a certificate changed under it. */
const MOST_TRIES = 5

/**
 * The marketplace has taken a badge as active. A change of another certificate of the exam may have been told meanwhile
 * without counting on this one, which was not given yet: then the signal is sent once more, as it is now. Where a certificate
 * changes between the look at it and the batch, it is looked at again: a signal of before would come after that of the change.
 */
async function applyGiven(world: World, message: OwnMessage, id: string): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const credential = await findCredential(world.db, id)
    if (!credential || credential.givenAt !== null) return
    const now = world.now()
    const read = await situationsOf(world, credential.worker)
    const situations = read.map((situation) =>
      situation.credential.id === id
        ? { ...situation, credential: { ...situation.credential, givenAt: now } }
        : situation,
    )
    const signal = signalContent(credential, signalCredential(situations, credential))
    const onlyIf = areAsRead(
      credential.worker,
      read.map((situation) => situation.credential),
    )
    const given = givenStatement(world.db, credential.id, now, onlyIf)
    const again = (await isOvertaken(world.db, message, signal)) ? addressTo(world, credential.worker, [signal]) : []
    const [taken] = (await world.db.batch([
      given,
      ...(again.length > 0 ? [enqueueIf(world, again, { now, onlyIf })] : []),
    ])) as [readonly unknown[]]
    if (taken.length === 1) return
  }
  throw new Error(`the certificates of a worker changed ${MOST_TRIES} times while a badge was noted as taken`)
}

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
async function applyContracts(world: World, worker: string, { contracts, next }: EscrowContracts): Promise<void> {
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
async function applyReviews(
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
