import { escrowContracts, moderationCase, moderationReceipt, reviewAggregates, standing } from '../marketplace/contract.ts'
import type { Message } from '../platform/outbox/message.ts'
import { noteFrozen } from '../ranking/store.ts'
import type { World } from '../world/world.ts'
import { workerOf } from './address-messages.ts'
import { applyCase, applyCaseTaken } from './apply-case.ts'
import { applyContracts, applyReviews } from './apply-evidence.ts'
import { applyGiven } from './apply-given.ts'
import { applyStanding, letsPass } from './apply-standing.ts'

/** What an answer says, once it has been read. */
export interface Answer {
  /** Applies it; done before the letter counts as delivered, so that a crash asks again. */
  readonly apply?: () => Promise<void>
  /** Why the rest of the chain has to wait, if it has to. */
  readonly holds?: string
  /** What the log of tries adds to the status. */
  readonly detail?: string
}

const lastPart = (path: string, fromEnd: number): string => decodeURIComponent(path.split('/').at(-fromEnd) ?? '')

/** Reads the answer to a letter that the marketplace accepted. @returns undefined when it is not what was asked for. */
export function readAnswer(world: World, message: Message, body: unknown): Answer | undefined {
  const worker = workerOf(message.stream)
  switch (message.kind) {
    case 'standing':
    case 'recheck':
    case 'read-standing': {
      const read = standing.safeParse(body)
      if (!read.success) return undefined
      const { status } = read.data
      const holds = message.kind !== 'read-standing' && !letsPass(message.kind, status)
      return { apply: () => applyStanding(world, worker, read.data), detail: status, ...(holds ? { holds: `standing ${status}` } : {}) }
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
      return read.success ? { apply: () => applyCase(world, worker, read.data), ...(/^[a-z-]{1,32}$/.test(read.data.status) ? { detail: read.data.status } : {}) } : undefined
    }
    case 'case': {
      const read = moderationReceipt.safeParse(body)
      return read.success ? { apply: () => applyCaseTaken(world, message, read.data.case) } : undefined
    }
    case 'badge':
      return message.letter.body?.status === 'active' ? { apply: () => applyGiven(world, message, lastPart(message.letter.path, 1)) } : {}
    case 'skill-context':
      return { apply: () => noteFrozen(world.db, { worker, contract: lastPart(message.letter.path, 2), at: world.now() }) }
    case 'signal':
    case 'event':
      return {}
    default:
      return message.kind satisfies never
  }
}
