import type { NewMessage } from '../callback/message.ts'
import { logEventsStatement, postStatement } from '../callback/store.ts'
import type { CredentialStatus } from '../credential/credential-status.ts'
import type { CredentialRow } from '../credential/tables.ts'
import { toRfc3339 } from '../kernel/instant.ts'
import type { CredentialEventType } from '../marketplace/contract.ts'
import { explainSignal, startingSignal } from '../ranking/ranking-signal.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { path, postTo, type Sealed } from './address-letters.ts'

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
function signalLetter({ worker, exam }: CredentialRow, bearer: CredentialRow | undefined): Sealed {
  const target = path`/v1/workers/${worker}/ranking-signals/${exam}`
  if (!bearer) return { kind: 'signal', letter: { method: 'DELETE', path: target, body: {} } }
  const signal = startingSignal()
  return { kind: 'signal', letter: { method: 'PUT', path: target, body: { ...signal, validUntil: toRfc3339(bearer.validUntil), explanation: explainSignal(signal) } } }
}

/** A credential's change, as the marketplace learns of it. */
export interface StatusNews {
  readonly credential: CredentialRow
  readonly type: CredentialEventType
  readonly version: number
  /** The certificate that the ranking goes by after the change, if any. */
  readonly signalBearer: CredentialRow | undefined
}

/** What the marketplace learns of a change: a good thing after the standing was asked, a bad thing signal first. */
function lettersFor(world: World, { credential, type, signalBearer }: StatusNews): Sealed[] {
  const signal = signalLetter(credential, signalBearer)
  switch (type) {
    case 'credential.issued':
    case 'credential.renewed':
      return [standingLetter('standing', credential.worker), badgeLetter(world, credential, 'active'), signal]
    case 'credential.reinstated':
      return [standingLetter(credential.givenAt === null ? 'standing' : 'recheck', credential.worker), badgeLetter(world, credential, 'active'), signal]
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

/** The statements that tell marketplace and subscribers of a credential's change, for the batch that makes it. */
export function notifyStatements(world: World, news: StatusNews): Statement[] {
  const now = world.now()
  const { credential, type, version } = news
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
  return [postStatement(world.db, [...postTo(world, credential.worker, lettersFor(world, news)), ...toSubscribers], now), logEventsStatement(world.db, [event], now)]
}
