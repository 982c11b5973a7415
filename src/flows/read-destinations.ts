import { days, type Instant, minus } from '../kernel/instant.ts'
import { countByDestination, latestTries, type Try, unansweredSince } from '../platform/outbox/history/store.ts'
import type { MessageStatus } from '../platform/outbox/message.ts'
import type { World } from '../world/world.ts'

/** Tries to deliver that times are taken from: those of some hours at a million attempts a year. */
const TRIES = 1_000
/** So long messages are tried; nobody asks about longer silence. */
const LONGEST_SILENCE = days(30)

/** Where messages go, and how they have fared of late. */
export interface Destination {
  readonly destination: string
  readonly waiting: number
  readonly dead: number
  /** Messages that were first taken of late, of which the times are. */
  readonly taken: number
  /** Milliseconds from a message's beginning until it was first taken; absent where nothing was lately. */
  readonly median?: number
  readonly slow?: number
  /** Since when every try has failed, where messages wait. */
  readonly silentSince?: Instant
}

const inOrder = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b)

/** How long messages took, the quickest first. */
const timesOf = (tries: readonly Try[]): readonly number[] =>
  inOrder(
    tries.flatMap(({ outcome, isAgain, at, createdAt }) =>
      outcome === 'delivered' && !isAgain ? [at - createdAt] : [],
    ),
  )

/** One that was given up had no answer; one that was refused had. */
const isAnswered = ({ outcome, isGivenUp }: Try): boolean => outcome !== 'retry' && !isGivenUp

function destinationOf(
  destination: string,
  counts: readonly { status: MessageStatus; n: number }[],
  tries: readonly Try[],
): Destination {
  const countOf = (...statuses: MessageStatus[]) =>
    counts.filter(({ status }) => statuses.includes(status)).reduce((sum, { n }) => sum + n, 0)
  const own = tries.filter((one) => one.destination === destination)
  const took = timesOf(own)
  return {
    destination,
    waiting: countOf('pending', 'held'),
    dead: countOf('dead'),
    taken: took.length,
    ...(took.length === 0
      ? {}
      : { median: took[took.length >> 1] as number, slow: took[Math.floor(took.length * 0.95)] as number }),
  }
}

/** How messages have fared since a time, by where they go; the ones that need somebody first. */
export async function readDestinations({ db, now }: World, since: Instant) {
  const [counts, tries] = await Promise.all([countByDestination(db), latestTries(db, since, TRIES)])
  const took = timesOf(tries)
  const destinations = await Promise.all(
    [...Map.groupBy(counts, ({ destination }) => destination)].map(async ([name, own]): Promise<Destination> => {
      const known = destinationOf(name, own, tries)
      // one that answers now is not asked; one that fell silent may have done so long before what times are taken from
      const last = tries.find(({ destination }) => destination === name)
      if (known.waiting === 0 || (last && isAnswered(last))) return known
      const silentSince = await unansweredSince(db, { destination: name, since: minus(now(), LONGEST_SILENCE) })
      return { ...known, ...(silentSince === undefined ? {} : { silentSince }) }
    }),
  )
  const urgency = ({ silentSince, dead }: Destination) => (silentSince === undefined ? 0 : 2) + (dead > 0 ? 1 : 0)
  return {
    waiting: destinations.reduce((sum, { waiting }) => sum + waiting, 0),
    taken: took.length,
    destinations: destinations.sort((a, b) => urgency(b) - urgency(a) || b.waiting - a.waiting),
    ...(took.length === 0 ? {} : { median: took[took.length >> 1] as number }),
  }
}
