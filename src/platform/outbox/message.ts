import type { MessageId } from '../../kernel/id.ts'
import type { Instant } from '../../kernel/instant.ts'

/** What is carried. The post office reads the envelope only. */
export interface Letter {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Path on the destination, or its whole URL. */
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

/**
 * What a letter is for. `standing` is asked before a `badge` is shown and its `signal` counts; `recheck` asks the same before
 * what the marketplace once had is given back. `read-…` fetch the marketplace's state.
 */
export type MessageKind = 'standing' | 'recheck' | 'badge' | 'signal' | 'skill-context' | 'case' | ReadKind | 'event'
export type ReadKind = 'read-standing' | 'read-contracts' | 'read-reviews' | 'read-case'

/**
 * - `pending`: to be sent at `nextAt`, or being sent under a lease
 * - `held`: waits until somebody releases its chain
 * - `delivered`, `dead`: settled; a dead letter may be replayed
 */
export type MessageStatus = 'pending' | 'held' | 'delivered' | 'dead'

/** A letter that has not been written into the outbox yet. */
export interface NewMessage {
  readonly id: MessageId
  readonly destination: string
  /** Letters of a stream are delivered in order. */
  readonly stream: string
  /** Letters of a chain wait for the ones before them to be delivered. */
  readonly chain: string
  readonly kind: MessageKind
  readonly letter: Letter
  /** Whom the letter is about: it is posted only while that worker is on record. Null where it is about nobody. */
  readonly about: string | null
}

export interface Message extends Omit<NewMessage, 'about'> {
  /** Position in the outbox; rises, and so serves receivers as the version. */
  readonly seq: number
  readonly status: MessageStatus
  /** Tries so far that failed in a way that another try may mend. */
  readonly attempts: number
  readonly nextAt: Instant
  readonly leaseUntil: Instant
  readonly lastError?: string
  readonly createdAt: Instant
  readonly settledAt?: Instant
}
