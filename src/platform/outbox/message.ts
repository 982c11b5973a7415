import type { Instant } from '../../kernel/instant.ts'

/** What is sent. It is kept as it is, so that every try sends the same. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Path on the destination, or its whole URL. */
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

/**
 * - `pending`: to be sent at `nextAt`, or being sent under a lease
 * - `held`: waits until somebody releases its stream
 * - `delivered`, `dead`: settled; a dead message may be replayed
 */
export type MessageStatus = 'pending' | 'held' | 'delivered' | 'dead'

/** A message that has not been written into the outbox yet. */
export interface NewMessage<Kind extends string = string> {
  /** The receiver gets it with every try, and so knows a message that it has already. */
  readonly id: string
  readonly destination: string
  /** Messages of a stream are delivered in order. One without waits for nobody. */
  readonly stream?: string
  /** Messages of a chain wait for the ones before them to be delivered. One without is a chain of its own. */
  readonly chain?: string
  readonly kind: Kind
  readonly request: OutgoingRequest
  /** The person whom it is about; null where it is about nobody. */
  readonly about: string | null
}

export interface Message<Kind extends string = string> extends Required<NewMessage<Kind>> {
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
