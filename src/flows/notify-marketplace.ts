import type { NewMessage } from '../callback/message.ts'
import { logEventsStatement, postStatement } from '../callback/store.ts'
import type { CredentialStatus } from '../credential/credential-status.ts'
import type { CredentialRow } from '../credential/tables.ts'
import { toRfc3339 } from '../kernel/instant.ts'
import type { CredentialEventType } from '../marketplace/contract.ts'
import { explainSignal, startingSignal } from '../ranking/ranking-signal.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'

/** The destination of letters to the marketplace. */
export const MARKETPLACE = 'marketplace'

/** A worker's letters to the marketplace are delivered in order. */
export const streamOf = (worker: string): string => `worker:${worker}`

const path = (strings: TemplateStringsArray, ...parts: string[]) => strings.reduce((text, s, i) => text + encodeURIComponent(parts[i - 1] ?? '') + s)

type Sealed = Pick<NewMessage, 'kind' | 'letter'>

/** Asks how the worker stands; nothing behind it in the chain is sent before the answer is good. */
export const standingLetter = (worker: string): Sealed => ({ kind: 'standing', letter: { method: 'GET', path: path`/v1/workers/${worker}/standing` } })

/** Shows the badge, or shows it with another status. `version` is added when it is sent. */
function badgeLetter(world: World, credential: CredentialRow, status: CredentialStatus): Sealed {
  const url = `${world.settings.origin}/credentials/${credential.id}`
  const body = {
    credential: credential.jwt,
    exam: credential.exam,
    level: credential.level,
    title: credential.title.ja ?? credential.title.en ?? credential.exam,
    issuedAt: toRfc3339(credential.issuedAt),
    validUntil: toRfc3339(credential.validUntil),
    status,
    url,
    image: `${url}.svg`,
  }
  return { kind: 'badge', letter: { method: 'PUT', path: path`/v1/workers/${credential.worker}/badges/${credential.id}`, body } }
}

/** Gives the ranking its evidence, or takes it back. */
function signalLetter(credential: CredentialRow, active: boolean): Sealed {
  const target = path`/v1/workers/${credential.worker}/ranking-signals/${credential.exam}`
  if (!active) return { kind: 'signal', letter: { method: 'DELETE', path: target, body: {} } }
  const signal = startingSignal()
  return { kind: 'signal', letter: { method: 'PUT', path: target, body: { ...signal, validUntil: toRfc3339(credential.validUntil), explanation: explainSignal(signal) } } }
}

/** What the marketplace learns of a change: a good thing after the standing was asked, a bad thing signal first. */
function lettersFor(world: World, credential: CredentialRow, type: CredentialEventType): Sealed[] {
  switch (type) {
    case 'credential.issued':
    case 'credential.renewed':
    case 'credential.reinstated':
      return [standingLetter(credential.worker), badgeLetter(world, credential, 'active'), signalLetter(credential, true)]
    case 'credential.suspended':
      return [signalLetter(credential, false), badgeLetter(world, credential, 'suspended')]
    case 'credential.revoked':
      return [signalLetter(credential, false), badgeLetter(world, credential, 'revoked')]
    case 'credential.expired':
      return [signalLetter(credential, false), badgeLetter(world, credential, 'expired')]
    default:
      return type satisfies never
  }
}

/** Addresses letters that hang together. */
export function postTo(world: World, worker: string, letters: readonly Sealed[]): NewMessage[] {
  const chain = world.newId('msg')
  return letters.map((letter) => ({ id: world.newId('msg'), destination: MARKETPLACE, stream: streamOf(worker), chain, ...letter }))
}

/** The statements that tell marketplace and subscribers of a credential's change, for the batch that makes it. */
export function notifyStatements(world: World, credential: CredentialRow, type: CredentialEventType, version: number): Statement[] {
  const now = world.now()
  const event = { id: world.newId('evt'), type, data: { credential: credential.id, worker: credential.worker, exam: credential.exam, version } }
  const toSubscribers = world.settings.subscribers.map((subscriber): NewMessage => {
    const id = world.newId('msg')
    return {
      id,
      destination: `subscriber:${subscriber.id}`,
      stream: `subscriber:${subscriber.id}:${credential.worker}`,
      chain: id,
      kind: 'event',
      letter: { method: 'POST', path: subscriber.url, body: { id: event.id, type, timestamp: toRfc3339(now), data: event.data } },
    }
  })
  return [postStatement(world.db, [...postTo(world, credential.worker, lettersFor(world, credential, type)), ...toSubscribers], now), logEventsStatement(world.db, [event], now)]
}
