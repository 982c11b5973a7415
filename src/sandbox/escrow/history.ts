import type { Instant } from '../../kernel/instant.ts'
import type { Contract } from './contract.ts'
import type { ContractEvent } from './contract-event.ts'
import { evolve } from './evolve.ts'

/** What is written beside an event: why an operator acted, and which request it answers. */
export interface Remark {
  readonly reason?: string | undefined
  /** Person and Idempotency-Key; on the last event that a request brought about. */
  readonly request?: string | undefined
  /** Digest of that request's method, path and body. */
  readonly fingerprint?: string | undefined
}

/** An event as it is kept. */
export interface StoredEvent {
  readonly contract: string
  readonly seq: number
  readonly type: string
  /** A person's id, or `system`. */
  readonly actor: string
  readonly at: Instant
  readonly data: Readonly<Record<string, unknown>>
}

/** How an event is kept: what it says of itself, and the remark beside it. */
export function toStored(event: ContractEvent, on: Omit<StoredEvent, 'type' | 'data'>, remark: Remark): StoredEvent {
  const { type, ...data } = event
  return { ...on, type, data: { ...data, ...(Object.keys(remark).length > 0 ? { remark } : {}) } }
}

/** What was written beside an event. */
export const remarkOf = ({ data }: Pick<StoredEvent, 'data'>): Remark => (data.remark ?? {}) as Remark

/** Reads an event that `toStored` wrote. */
export function fromStored({ type, data: { remark: _, ...data } }: StoredEvent): ContractEvent {
  return { type, ...data } as unknown as ContractEvent
}

/** The contract after some of its events, in order from the first; undefined after none. */
export const rebuild = (events: readonly StoredEvent[]): Contract | undefined =>
  events.reduce<Contract | undefined>(
    (contract, stored) => evolve(contract, fromStored(stored), { seq: stored.seq, at: stored.at }),
    undefined,
  )
