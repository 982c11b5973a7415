import {
  escrowContracts,
  moderationCase,
  moderationReceipt,
  reviewAggregates,
  standing,
} from '../contract/marketplace.ts'
import { noteFrozen } from '../ranking/store.ts'
import type { World } from '../world/world.ts'
import type { OwnMessage } from './address-messages.ts'
import { applyCase, applyCaseTaken } from './apply-case.ts'
import { applyContracts, applyReviews } from './apply-evidence.ts'
import { applyGiven } from './apply-given.ts'
import { applyStanding, letsPass } from './apply-standing.ts'

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
