import { type FilledRequest, requestOf } from '../contract/call.ts'
import { listPaidWork, readAggregates, readCase, readStanding } from '../contract/marketplace.ts'
import type { Instant } from '../kernel/instant.ts'
import { isOnRecord, isOnRecordAnd } from '../marketplace/store.ts'
import type { Message, NewMessage } from '../platform/outbox/message.ts'
import { type Enqueueing, enqueueStatement, enqueueUnlessWaitingStatement } from '../platform/outbox/store.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'

/**
 * What a message is for. `standing` is asked before a `badge` is shown and its `signal` counts; `recheck` asks the same before
 * what the marketplace once had is given back. `read-…` fetch the marketplace's state.
 */
export type MessageKind = 'standing' | 'recheck' | 'badge' | 'signal' | 'skill-context' | 'case' | ReadKind | 'event'
type ReadKind = 'read-standing' | 'read-contracts' | 'read-reviews' | 'read-case'

/** A message of the plugin: to the marketplace, or to a subscriber of its events. */
export type OwnMessage = Message<MessageKind>
export type NewOwnMessage = NewMessage<MessageKind>

/** The statement that writes messages, for the batch of what causes them. An erasure may come between the look at somebody and the message about them. */
export const enqueue = ({ db }: Pick<World, 'db'>, messages: readonly NewOwnMessage[], now: Instant): Statement =>
  enqueueStatement(db, messages, { now, onlyIf: isOnRecord })

/** Writes messages that follow from what was read, where that still holds. */
export const enqueueIf = (
  { db }: Pick<World, 'db'>,
  messages: readonly NewOwnMessage[],
  { now, onlyIf }: Required<Enqueueing>,
): Statement => enqueueStatement(db, messages, { now, onlyIf: isOnRecordAnd(onlyIf) })

/** Writes messages but those that wait to be sent in the very same words. */
export const enqueueUnlessWaiting = (
  { db }: Pick<World, 'db'>,
  messages: readonly NewOwnMessage[],
  now: Instant,
): Statement => enqueueUnlessWaitingStatement(db, messages, { now, onlyIf: isOnRecord })

/** The destination of messages to the marketplace. */
export const MARKETPLACE = 'marketplace'

/** A worker's messages to the marketplace are delivered in order. */
export const streamOf = (worker: string): string => `worker:${worker}`

/** Questions about a worker go beside them: neither waits for the other. */
export const readsOf = (worker: string): string => `reads:${worker}`

/** Those about cases go beside these again: one may have to wait until another case has a name. */
export const caseReadsOf = (worker: string): string => `case-reads:${worker}`

/** What a message says, before it has an address. */
export type Content = Pick<NewOwnMessage, 'kind' | 'request'>

/** Addresses messages to the marketplace that hang together. */
export function addressTo(world: Pick<World, 'newId'>, worker: string, contents: readonly Content[]): NewOwnMessage[] {
  const chain = world.newId('msg')
  return contents.map((content) => ({
    id: world.newId('msg'),
    destination: MARKETPLACE,
    stream: streamOf(worker),
    chain,
    about: worker,
    ...content,
  }))
}

/** What is asked of the marketplace about a worker; contracts come in pages. */
export type Question =
  | { readonly kind: Exclude<ReadKind, 'read-case' | 'read-contracts'> }
  | { readonly kind: 'read-contracts'; readonly after?: string }
  | { readonly kind: 'read-case'; readonly case: string }

function questionOf(worker: string, question: Question): FilledRequest {
  switch (question.kind) {
    case 'read-standing':
      return requestOf(readStanding, { path: { worker } })
    case 'read-contracts':
      return requestOf(listPaidWork, { path: {}, query: { worker, state: 'released', after: question.after } })
    case 'read-reviews':
      return requestOf(readAggregates, { path: {}, query: { worker } })
    case 'read-case':
      return requestOf(readCase, { path: { case: question.case } })
    default:
      return question satisfies never
  }
}

/** Addresses questions about a worker. They are written unless they wait already; see `enqueueUnlessWaiting`. */
export const ask = (world: Pick<World, 'newId'>, worker: string, questions: readonly Question[]): NewOwnMessage[] =>
  questions.map((question) => ({
    id: world.newId('msg'),
    destination: MARKETPLACE,
    stream: question.kind === 'read-case' ? caseReadsOf(worker) : readsOf(worker),
    about: worker,
    kind: question.kind,
    request: questionOf(worker, question),
  }))
