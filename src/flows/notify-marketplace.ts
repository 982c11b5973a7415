import type { CredentialStatus } from '../credential/credential-status.ts'
import type { CredentialRow } from '../credential/tables.ts'
import { toRfc3339 } from '../kernel/instant.ts'
import type { CredentialEvent, CredentialEventType } from '../marketplace/contract.ts'
import type { NewMessage } from '../platform/outbox/message.ts'
import { logEventsStatement, postStatement } from '../platform/outbox/store.ts'
import { explainSignal, startingSignal } from '../ranking/ranking-signal.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { path, postTo, type Sealed } from './address-messages.ts'

const standingLetter = (kind: 'standing' | 'recheck', worker: string): Sealed => ({ kind, letter: { method: 'GET', path: path`/v1/workers/${worker}/standing` } })

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

/** Gives the ranking its evidence, or takes it back where no certificate of the exam bears any. */
export function signalLetter({ worker, exam }: CredentialRow, bearer: CredentialRow | undefined): Sealed {
  const target = path`/v1/workers/${worker}/ranking-signals/${exam}`
  if (!bearer) return { kind: 'signal', letter: { method: 'DELETE', path: target, body: {} } }
  const signal = startingSignal()
  return { kind: 'signal', letter: { method: 'PUT', path: target, body: { ...signal, validUntil: toRfc3339(bearer.validUntil), explanation: explainSignal(signal) } } }
}

/** Something about a credential that subscribers are told. */
export interface CredentialNews<Type extends CredentialEventType = CredentialEventType> {
  readonly credential: CredentialRow
  readonly type: Type
  readonly version: number
  /** What the event says besides which credential of whom it is about. */
  readonly more: Omit<CredentialEvent['data'], 'credential' | 'worker' | 'exam' | 'version'>
}

/** A credential's change, as the marketplace learns of it. */
export interface StatusNews extends CredentialNews<Exclude<CredentialEventType, 'credential.expiring'>> {
  /** The certificate that the ranking goes by after the change, if any. */
  readonly signalBearer: CredentialRow | undefined
}

/** The marketplace shows the new signature in the place of one that verifies no more; what it does not show any more it needs no signature for. */
function resignedLetters(world: World, credential: CredentialRow, signal: Sealed): Sealed[] {
  const { status, worker, givenAt } = credential
  if (status === 'active') return [standingLetter(givenAt === null ? 'standing' : 'recheck', worker), badgeLetter(world, credential, status), signal]
  return status === 'suspended' && givenAt !== null ? [badgeLetter(world, credential, status)] : []
}

/** What the marketplace learns of a change: a good thing after the standing was asked, a bad thing signal first. */
function lettersFor(world: World, { credential, type, signalBearer }: StatusNews): Sealed[] {
  const signal = signalLetter(credential, signalBearer)
  switch (type) {
    case 'credential.issued':
    case 'credential.renewed':
    case 'credential.reinstated':
      return [standingLetter(credential.givenAt === null ? 'standing' : 'recheck', credential.worker), badgeLetter(world, credential, 'active'), signal]
    case 'credential.resigned':
      return resignedLetters(world, credential, signal)
    case 'credential.suspended':
      return [signal, badgeLetter(world, credential, 'suspended')]
    case 'credential.revoked':
      return [signal, badgeLetter(world, credential, 'revoked')]
    case 'credential.expired':
      return [signal, badgeLetter(world, credential, 'expired')]
    default:
      return type satisfies never
  }
}

/** The event as each subscriber gets it, and as the log keeps it. */
function eventOf(world: World, { credential, type, version, more }: CredentialNews) {
  const event = { id: world.newId('evt'), type, data: { credential: credential.id, worker: credential.worker, exam: credential.exam, version, ...more } }
  const letters = world.settings.subscribers.map((subscriber): NewMessage => {
    const id = world.newId('msg')
    return {
      id,
      destination: `subscriber:${subscriber.id}`,
      stream: `subscriber:${subscriber.id}:${credential.worker}`,
      chain: id,
      kind: 'event',
      about: credential.worker,
      letter: { method: 'POST', path: subscriber.url, body: { id: event.id, type, timestamp: toRfc3339(world.now()), data: event.data } },
    }
  })
  return { event, letters }
}

/** The statements that tell subscribers only, for the batch of what they are told. */
export function eventStatements(world: World, news: CredentialNews): Statement[] {
  const { event, letters } = eventOf(world, news)
  return [postStatement(world.db, letters, world.now()), logEventsStatement(world.db, [event], world.now())]
}

/** The statements that tell marketplace and subscribers of a credential's change, for the batch that makes it. */
export function notifyStatements(world: World, news: StatusNews): Statement[] {
  const { event, letters } = eventOf(world, news)
  return [postStatement(world.db, [...postTo(world, news.credential.worker, lettersFor(world, news)), ...letters], world.now()), logEventsStatement(world.db, [event], world.now())]
}
