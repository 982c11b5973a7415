import { instant } from '../kernel/instant.ts'
import { judgeReply, type Reply, type Try, unansweredTry } from '../platform/outbox/delivery.ts'
import { signWebhook, type WebhookSigner } from '../platform/outbox/webhook.ts'
import { type MarketplaceKeys, signingKey } from './keys.ts'
import type { Delivered, EventData, EventType, OutgoingEvent } from './marketplace.ts'
import { FOR_GOOD, type Kept, keyOf, type Store } from './storage.ts'

interface KeptEvent extends OutgoingEvent {
  /** The bytes of every try. */
  readonly body: string
  readonly nextAt: number
  /** Before this time Kentei wants no other try, also where others succeed. */
  readonly notBefore?: number
}

/** What a round of sending needs. */
export interface Sending {
  readonly store: Store
  readonly kentei: string
  readonly signers: () => Promise<readonly WebhookSigner[]>
  /** Sends a signed event. @throws when there is no answer in time. */
  readonly post: (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<Reply>
  now(): number
}

/** How events are sent: `call` reaches Kentei, and throws when there is no answer in time. */
export function openSending({
  keys,
  call,
  ...rest
}: Pick<Sending, 'store' | 'kentei' | 'now'> & {
  readonly keys: MarketplaceKeys
  readonly call: (url: string, init: RequestInit) => Promise<Response>
}): Sending {
  let signers: Promise<readonly WebhookSigner[]> | undefined
  return {
    ...rest,
    signers: () => {
      signers ??= signingKey(keys.events).then((privateKey) => [{ privateKey }])
      return signers
    },
    post: async (url, headers, body) => {
      const sent = { 'content-type': 'application/json', ...headers }
      const response = await call(url, { method: 'POST', headers: sent, body, redirect: 'manual' })
      await response.body?.cancel()
      return { status: response.status, retryAfter: response.headers.get('retry-after'), body: undefined }
    },
  }
}

const WAITING = 'event/'
const DEAD = 'dead/'
/** The most events that one round looks at. */
const MOST_IN_A_ROUND = 200
/** Whoever writes this has the try of the first event that is not due yet; it is forgotten after a minute, or a success. */
const PROBE = 'probe/'
const PROBED_EVERY = 60_000
/** The most pages of events that are sent again at once. */
const MOST_PAGES = 1_000
/** How long a round has an event to itself, in milliseconds: longer than an answer is waited for. */
const CLAIM_LASTS = 30_000

/** A name for the place in the row: the time, then a number within it. Events of one process stay in their order. */
const placeOf = (now: number, nth: number, id: string): string =>
  `${String(now).padStart(15, '0')}-${String(nth).padStart(6, '0')}-${id}`

const read = ({ value }: Kept): KeptEvent => JSON.parse(value) as KeptEvent

/** Puts an event into the row of those that are to be sent. @returns its id. */
export async function announce(
  { store, now }: Pick<Sending, 'store' | 'now'>,
  nth: number,
  type: EventType,
  data: EventData,
): Promise<string> {
  const id = `evt_${crypto.randomUUID()}`
  const body = JSON.stringify({ id, type, timestamp: new Date(now()).toISOString(), data })
  const event: KeptEvent = { id, type, worker: data.worker, attempts: 0, body, nextAt: now() }
  await store.write(WAITING + placeOf(now(), nth, id), JSON.stringify(event), FOR_GOOD)
  return id
}

async function trySending({ kentei, signers, post, now }: Sending, event: KeptEvent): Promise<Try> {
  const headers = await signWebhook({ id: event.id, at: instant(now()), body: event.body, signers: await signers() })
  try {
    const reply = await post(`${kentei}/webhooks/marketplace`, { ...headers }, event.body)
    return judgeReply(event, reply, instant(now()))
  } catch (error) {
    return unansweredTry(event, error, instant(now()))
  }
}

/** Keeps what became of a try; one before its time uses up none of the tries of an event. @returns whether the events of the worker that follow may be sent. */
async function settle(
  store: Store,
  { key, event, tried: { delivery }, isEarly }: { key: string; event: KeptEvent; tried: Try; isEarly: boolean },
) {
  if (delivery.outcome === 'delivered') {
    await store.remove(key)
    return 'delivered'
  }
  if (isEarly && !(delivery.outcome === 'dead' && delivery.as === 'refused')) return 'waiting'
  if (delivery.outcome === 'retry') {
    const attempts = event.attempts + (delivery.counts ? 1 : 0)
    const { error, nextAt, notBefore } = delivery
    await store.write(
      key,
      JSON.stringify({ ...event, attempts, error, nextAt, notBefore } satisfies KeptEvent),
      FOR_GOOD,
    )
    return 'waiting'
  }
  const dead: KeptEvent = { ...event, attempts: event.attempts + 1, error: delivery.error }
  await store.write(DEAD + key.slice(WAITING.length), JSON.stringify(dead), FOR_GOOD)
  await store.remove(key)
  return 'dead'
}

/** Sends an event that no other round is sending, or has tried since it was read. */
async function sendClaimed(sending: Sending, kept: Kept) {
  const { store, now } = sending
  const { key } = kept
  const event = read(kept)
  const claim = keyOf('claim', event.id)
  if (!(await store.insert(claim, '', { now: now(), until: now() + CLAIM_LASTS }))) return 'waiting'
  // another round may have tried it meanwhile
  const isAsKept = (await store.read(key)) === kept.value
  const outcome = isAsKept
    ? await settle(store, { key, event, tried: await trySending(sending, event), isEarly: event.nextAt > now() })
    : 'waiting'
  await store.remove(claim)
  return outcome
}

/**
 * Sends what is due, those about one worker in their order. Rounds at the same time do not send the same event. After an
 * outage nothing waits out its turn: the first event is tried once a minute, and whatever is taken that failed before makes
 * all others due.
 */
export async function deliver(sending: Sending): Promise<Delivered> {
  const { store, now } = sending
  const counts = { delivered: 0, waiting: 0, dead: 0 }
  const stopped = new Set<string>()
  let isBack = false
  for (const [nth, kept] of (await store.list(WAITING, MOST_IN_A_ROUND)).entries()) {
    const event = read(kept)
    if (stopped.has(event.worker)) continue
    const mayGo = (event.notBefore ?? 0) <= now()
    const isDue =
      event.nextAt <= now() ||
      (mayGo && (isBack || (nth === 0 && (await store.insert(PROBE, '', { now: now(), until: now() + PROBED_EVERY })))))
    const outcome = isDue ? await sendClaimed(sending, kept) : 'waiting'
    if (outcome === 'waiting') stopped.add(event.worker)
    if (outcome === 'delivered' && event.attempts > 0 && !isBack) {
      isBack = true
      // those of the next round are not due yet either
      await store.remove(PROBE)
    }
    counts[outcome] += 1
  }
  return counts
}

const told = ({ id, type, worker, attempts, error }: KeptEvent): OutgoingEvent => ({
  id,
  type,
  worker,
  attempts,
  error,
})

/** Events that wait, and those that were given up, from the oldest on. */
export async function undelivered(store: Store) {
  const all = async (prefix: string) => (await store.list(prefix, MOST_IN_A_ROUND)).map((kept) => told(read(kept)))
  return { waiting: await all(WAITING), dead: await all(DEAD) }
}

/** Has every event that was given up sent again, and those that wait first sent now: the others follow them. @returns how many. */
export async function resend({ store, now }: Pick<Sending, 'store' | 'now'>): Promise<number> {
  const again = async (prefix: string) => {
    const all = await store.list(prefix, MOST_IN_A_ROUND)
    for (const kept of all) {
      const { notBefore: _, ...event } = read(kept)
      const due: KeptEvent = { ...event, attempts: 0, nextAt: now() }
      await store.write(WAITING + kept.key.slice(prefix.length), JSON.stringify(due), FOR_GOOD)
      if (prefix === DEAD) await store.remove(kept.key)
    }
    return all.length
  }
  let count = await again(WAITING)
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const moved = await again(DEAD)
    count += moved
    if (moved < MOST_IN_A_ROUND) break
  }
  await store.remove(PROBE)
  return count
}
