import type { NewMessage, ReadKind } from '../platform/outbox/message.ts'
import type { World } from '../world/world.ts'

/** The destination of letters to the marketplace. */
export const MARKETPLACE = 'marketplace'

/** A worker's letters to the marketplace are delivered in order. */
export const streamOf = (worker: string): string => `worker:${worker}`

/** Questions about a worker go beside them: neither waits for the other. */
export const readsOf = (worker: string): string => `reads:${worker}`

/** Whom a letter of either stream is about. */
export const workerOf = (stream: string): string => stream.slice(stream.indexOf(':') + 1)

/** A path with its parts escaped. */
export const path = (strings: TemplateStringsArray, ...parts: string[]): string => strings.reduce((text, s, i) => text + encodeURIComponent(parts[i - 1] ?? '') + s)

export type Sealed = Pick<NewMessage, 'kind' | 'letter'>

/** Addresses letters that hang together. */
export function postTo(world: World, worker: string, letters: readonly Sealed[]): NewMessage[] {
  const chain = world.newId('msg')
  return letters.map((letter) => ({ id: world.newId('msg'), destination: MARKETPLACE, stream: streamOf(worker), chain, about: worker, ...letter }))
}

/** What is asked of the marketplace about a worker; contracts come in pages. */
export type Question =
  | { readonly kind: Exclude<ReadKind, 'read-case' | 'read-contracts'> }
  | { readonly kind: 'read-contracts'; readonly after?: string }
  | { readonly kind: 'read-case'; readonly case: string }

function questionPath(worker: string, question: Question): string {
  switch (question.kind) {
    case 'read-standing':
      return path`/v1/workers/${worker}/standing`
    case 'read-contracts':
      return path`/v1/escrow/contracts?worker=${worker}&state=released` + (question.after === undefined ? '' : path`&after=${question.after}`)
    case 'read-reviews':
      return path`/v1/reviews/aggregates?worker=${worker}`
    case 'read-case':
      return path`/v1/moderation/cases/${question.case}`
    default:
      return question satisfies never
  }
}

/** Addresses questions about a worker. They are posted unless they wait already; see `postUnlessWaitingStatement`. */
export const ask = (world: World, worker: string, questions: readonly Question[]): NewMessage[] =>
  questions.map((question) => {
    const id = world.newId('msg')
    return { id, destination: MARKETPLACE, stream: readsOf(worker), chain: id, about: worker, kind: question.kind, letter: { method: 'GET', path: questionPath(worker, question) } }
  })
