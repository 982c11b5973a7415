import { pathOf, requestOf } from '../contract/call.ts'
import type { CredentialEvent, CredentialEventType } from '../contract/events.ts'
import { putBadge, putSignal, readStanding, withdrawSignal } from '../contract/marketplace.ts'
import type { CredentialStatus } from '../credential/credential-status.ts'
import { certifiedParts, partResultsOf } from '../credential/part-results.ts'
import type { CredentialRow } from '../credential/tables.ts'
import { toRfc3339 } from '../kernel/instant.ts'
import { logEventsStatement } from '../marketplace/events/store.ts'
import { explainSignal, startingSignal } from '../ranking/ranking-signal.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { addressTo, type Content, enqueue, type NewOwnMessage } from './address-messages.ts'

const standingQuestion = (kind: 'standing' | 'recheck', worker: string): Content => ({
  kind,
  request: requestOf(readStanding, { path: { worker } }),
})

/** Address of a badge at the marketplace. */
export const badgePath = ({ worker, id }: Pick<CredentialRow, 'worker' | 'id'>): string =>
  pathOf(putBadge, { worker, credential: id })

/** Shows the badge, or shows it with another status. `version` is added when it is sent. */
function badgeContent(world: World, credential: CredentialRow, status: CredentialStatus): Content {
  const url = `${world.settings.origin}/credentials/${credential.id}`
  const body = {
    credential: credential.jwt,
    exam: credential.exam,
    level: credential.level,
    title: credential.title.ja ?? credential.title.en ?? credential.exam,
    parts: certifiedParts(partResultsOf(credential.jwt)),
    issuedAt: toRfc3339(credential.issuedAt),
    validUntil: toRfc3339(credential.validUntil),
    status,
    url,
    image: `${url}.svg`,
  }
  return {
    kind: 'badge',
    request: requestOf(putBadge, { path: { worker: credential.worker, credential: credential.id }, body }),
  }
}

/** Gives the ranking its evidence, or takes it back where no certificate of the exam bears any. */
export function signalContent({ worker, exam }: CredentialRow, bearer: CredentialRow | undefined): Content {
  const path = { worker, exam }
  if (!bearer) return { kind: 'signal', request: requestOf(withdrawSignal, { path, body: {} }) }
  const signal = startingSignal()
  return {
    kind: 'signal',
    request: requestOf(putSignal, {
      path,
      body: { ...signal, validUntil: toRfc3339(bearer.validUntil), explanation: explainSignal(signal) },
    }),
  }
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
  readonly signalCredential: CredentialRow | undefined
}

/** The marketplace shows the new signature in the place of one that verifies no more; what it does not show any more it needs no signature for. */
function resignedContents(world: World, credential: CredentialRow, signal: Content): Content[] {
  const { status, worker, givenAt } = credential
  if (status === 'active')
    return [
      standingQuestion(givenAt === null ? 'standing' : 'recheck', worker),
      badgeContent(world, credential, status),
      signal,
    ]
  return status === 'suspended' && givenAt !== null ? [badgeContent(world, credential, status)] : []
}

/** What the marketplace learns of a change: a good thing after the standing was asked, a bad thing signal first. */
function contentsFor(world: World, { credential, type, signalCredential }: StatusNews): Content[] {
  const signal = signalContent(credential, signalCredential)
  switch (type) {
    case 'credential.issued':
    case 'credential.renewed':
    case 'credential.reinstated':
      return [
        standingQuestion(credential.givenAt === null ? 'standing' : 'recheck', credential.worker),
        badgeContent(world, credential, 'active'),
        signal,
      ]
    case 'credential.resigned':
      return resignedContents(world, credential, signal)
    case 'credential.suspended':
      return [signal, badgeContent(world, credential, 'suspended')]
    case 'credential.revoked':
      return [signal, badgeContent(world, credential, 'revoked')]
    case 'credential.expired':
      return [signal, badgeContent(world, credential, 'expired')]
    default:
      return type satisfies never
  }
}

/** The event as each subscriber gets it, and as the log keeps it. */
function eventOf(world: World, { credential, type, version, more }: CredentialNews) {
  const event = {
    id: world.newId('evt'),
    type,
    data: { credential: credential.id, worker: credential.worker, exam: credential.exam, version, ...more },
  }
  const messages = world.settings.subscribers.map(
    (subscriber): NewOwnMessage => ({
      id: world.newId('msg'),
      destination: `subscriber:${subscriber.id}`,
      stream: `subscriber:${subscriber.id}:${credential.worker}`,
      kind: 'event',
      about: credential.worker,
      request: {
        method: 'POST',
        path: subscriber.url,
        body: { id: event.id, type, timestamp: toRfc3339(world.now()), data: event.data },
      },
    }),
  )
  return { event, messages }
}

/** The statements that tell subscribers only, for the batch of what they are told. */
export function eventStatements(world: World, news: CredentialNews): Statement[] {
  const { event, messages } = eventOf(world, news)
  return [enqueue(world, messages, world.now()), logEventsStatement(world.db, [event], world.now())]
}

/** The statements that tell marketplace and subscribers of a credential's change, for the batch that makes it. */
export function notifyStatements(world: World, news: StatusNews): Statement[] {
  const { event, messages } = eventOf(world, news)
  return [
    enqueue(world, [...addressTo(world, news.credential.worker, contentsFor(world, news)), ...messages], world.now()),
    logEventsStatement(world.db, [event], world.now()),
  ]
}
