/**
 * Who is served next while more people come than can be served. Pure: time is an argument, in milliseconds of any clock that
 * only goes forward.
 *
 * Saves do not queue: they are counted, and what queues makes way for them. Of what queues, those who hand in go first, then
 * those who sign in, then those who start; within a kind the first to come is the first to be served. Who would be held for
 * too long is told when to come again, and has a place kept for that time. Places lie as far apart as serving takes, so that
 * those who come again do not come at once.
 */

/** What queues, the most urgent first. */
const KINDS = ['submit', 'session', 'start'] as const
export type Kind = (typeof KINDS)[number]

export interface QueueLimits {
  /** Served at the same time while nobody saves, and while somebody does. */
  readonly atOnce: number
  readonly besideSaves: number
  /** Who would be held for longer comes again instead, in milliseconds. */
  readonly holdMs: number
  readonly mostHeld: number
  readonly mostPlaces: number
}

export const QUEUE_LIMITS: QueueLimits = {
  atOnce: 4,
  besideSaves: 2,
  holdMs: 3_000,
  mostHeld: 2_000,
  mostPlaces: 20_000,
}

/** How long serving one takes before anything was measured. */
const FIRST_GUESS_MS: Readonly<Record<Kind, number>> = { submit: 20, session: 4, start: 25 }
/** Weight of the newest measurement. */
const NEWEST = 0.1
/**
 * Places lie closer than serving seems to take: what is measured holds waits for others too, and whoever finds the row still
 * full is held. Places that lie too far apart would leave the service idle, and nothing would tell.
 */
const PACE = 0.5
/** Who comes this much before their time is let in: waits are told in whole seconds. */
const EARLY_MS = 1_000
/** A place is kept this long for somebody who is late. */
const LATE_MS = 30_000

/** Somebody who asks. A place is kept for a caller, not for a connection. */
export interface Ticket {
  readonly kind: Kind
  readonly caller: string
}

/** What becomes of a request: it is held until `next` gives it out, or comes again. */
export type Answer = { readonly is: 'held' } | { readonly is: 'later'; readonly waitMs: number }

const keyOf = ({ kind, caller }: Ticket): string => `${kind} ${caller}`

export class AdmissionQueue<T extends Ticket> {
  readonly #limits: QueueLimits
  readonly #held: Readonly<Record<Kind, Set<T>>> = { submit: new Set(), session: new Set(), start: new Set() }
  readonly #servingMs: Record<Kind, number> = { ...FIRST_GUESS_MS }
  readonly #heldKeys = new Set<string>()
  /** When whoever has a place may come. */
  readonly #places = new Map<string, number>()
  /** Until when every moment is promised to somebody of a kind. */
  readonly #promised: Record<Kind, number> = { submit: 0, session: 0, start: 0 }
  #serving = 0
  #saving = 0

  constructor(limits: QueueLimits = QUEUE_LIMITS) {
    this.#limits = limits
  }

  /** A save begins, or ends. */
  saving(change: 1 | -1): void {
    this.#saving += change
  }

  /** How many are held. */
  get size(): number {
    return this.#held.submit.size + this.#held.session.size + this.#held.start.size
  }

  /** Somebody comes. */
  enter(ticket: T, now: number): Answer {
    const key = keyOf(ticket)
    const place = this.#placeOf(key, now)
    if (place !== undefined && now < place - EARLY_MS) return { is: 'later', waitMs: place - now }
    // nobody stands in the row twice
    const isFull = this.size >= this.#limits.mostHeld || this.#heldKeys.has(key)
    if (!isFull && (place !== undefined || this.#ahead(ticket.kind, now) <= this.#limits.holdMs)) {
      this.#places.delete(key)
      this.#heldKeys.add(key)
      this.#held[ticket.kind].add(ticket)
      return { is: 'held' }
    }
    return { is: 'later', waitMs: this.#givePlace(ticket, now) }
  }

  /** Who is served now. Each has to be told of with `done`. */
  next(): T[] {
    const served: T[] = []
    for (const kind of KINDS)
      for (const ticket of this.#held[kind]) {
        if (this.#serving >= (this.#saving > 0 ? this.#limits.besideSaves : this.#limits.atOnce)) return served
        this.leave(ticket)
        this.#serving += 1
        served.push(ticket)
      }
    return served
  }

  /** One was served. `tookMs` tells how long it took, where that says something about the next. */
  done({ kind }: Pick<Ticket, 'kind'>, tookMs?: number): void {
    if (tookMs !== undefined) this.#servingMs[kind] += NEWEST * (tookMs / this.#serving - this.#servingMs[kind])
    this.#serving -= 1
  }

  /** One that is held goes away. */
  leave(ticket: T): void {
    this.#held[ticket.kind].delete(ticket)
    this.#heldKeys.delete(keyOf(ticket))
  }

  /** One that was held for longer than was expected comes again. @returns in how many milliseconds. */
  putOff(ticket: T, now: number): number {
    this.leave(ticket)
    return this.#givePlace(ticket, now)
  }

  /** Milliseconds until whoever comes now has nobody before them. */
  #ahead(kind: Kind, now: number): number {
    const before = KINDS.slice(0, KINDS.indexOf(kind) + 1)
    return (
      before.reduce((sum, other) => sum + this.#held[other].size * this.#servingMs[other], 0) +
      Math.max(0, this.#promised[kind] - now)
    )
  }

  #placeOf(key: string, now: number): number | undefined {
    const place = this.#places.get(key)
    if (place === undefined || now <= place + LATE_MS) return place
    this.#places.delete(key)
    return undefined
  }

  #givePlace(ticket: T, now: number): number {
    const waitMs = Math.max(EARLY_MS, this.#ahead(ticket.kind, now)) + this.#servingMs[ticket.kind]
    this.#promised[ticket.kind] = Math.max(this.#promised[ticket.kind], now) + this.#servingMs[ticket.kind] * PACE
    const [oldest] = this.#places.keys()
    if (this.#places.size >= this.#limits.mostPlaces && oldest !== undefined) this.#places.delete(oldest)
    this.#places.set(keyOf(ticket), now + waitMs)
    return waitMs
  }
}
