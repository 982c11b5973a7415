import type { MarketplaceEvent } from '../../contract/events.ts'
import { type Instant, toRfc3339 } from '../../kernel/instant.ts'
import type { Message, NewMessage } from '../../platform/outbox/message.ts'

type EventType = MarketplaceEvent['type']

/** Where events go to, and by which path. */
export const PLUGIN = 'plugin'
export const EVENTS_PATH = '/webhooks/marketplace'

/** What is about one worker is delivered in order. */
export const streamOf = (worker: string): string => `worker:${worker}`

/** A change that the plugin is told of; `version` grows with every change of the thing that it is about. */
export interface Announcement {
  readonly id: string
  readonly type: Exclude<EventType, 'worker.standing_changed' | 'worker.deleted'>
  /** The worker it concerns; empty where it concerns none. */
  readonly worker: string
  readonly version: number
  /** Further ids that belong to the event. */
  readonly data: Readonly<Record<string, string>>
  readonly now: Instant
}

/** The thin envelope: ids and a version; whoever needs more asks. */
export interface AnnouncedEvent {
  readonly id: string
  readonly type: EventType
  readonly timestamp: string
  readonly data: Readonly<Record<string, string>> & { readonly worker: string; readonly version: number }
}

/** The event of a message, as every try sends it. */
export const eventOf = ({ request }: Pick<Message, 'request'>): AnnouncedEvent =>
  request.body as unknown as AnnouncedEvent

/** The message that tells the plugin of a change. */
export const messageOf = ({ id, type, worker, version, data, now }: Announcement): NewMessage<EventType> => ({
  id,
  destination: PLUGIN,
  ...(worker === '' ? { about: null } : { about: worker, stream: streamOf(worker) }),
  kind: type,
  request: {
    method: 'POST',
    path: EVENTS_PATH,
    body: { id, type, timestamp: toRfc3339(now), data: { ...data, worker, version } },
  },
})
