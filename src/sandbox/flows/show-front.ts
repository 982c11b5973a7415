import { days, minus } from '../../kernel/instant.ts'
import { sumContracts } from '../escrow/store.ts'
import { countHeldSince } from '../job/store.ts'
import { countWaiting } from '../moderation/store.ts'
import { announcedAmong } from '../outbox/store.ts'
import { type Category, categories } from '../people/worker.ts'
import type { PlayedPerson } from '../play/play.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import type { Listing } from '../search/market.ts'
import { noFilter } from '../search/worker-filter.ts'
import { consultBook } from './consult-book.ts'
import { openedEvent } from './launch-person.ts'
import { readListings, surveyMarket } from './show-market.ts'
import { findNewcomers } from './show-story.ts'

/** How the five systems of the marketplace are doing. */
export interface FrontFigures {
  /** Yen that are held for contracts. */
  readonly held: number
  /** Reviews that may be read. */
  readonly reviews: number
  /** Cases that a person looks at. */
  readonly cases: number
  /** Posts that the detector kept back, of the last seven days. */
  readonly stopped: number
  /** People with a valid certificate. */
  readonly certified: number
}

/** Posts of a week among which are counted those that were kept back. */
const MOST_POSTS = 1_000

export async function countFront(world: SandboxWorld): Promise<FrontFigures> {
  const { db } = world
  const after = minus(world.now(), days(7))
  const [sums, cases, stopped, { certified }, book] = await Promise.all([
    sumContracts(db),
    countWaiting(db),
    Promise.all(categories.map((category) => countHeldSince(db, { category, after, limit: MOST_POSTS }))),
    surveyMarket(world),
    consultBook(world),
  ])
  return {
    held: sums.reduce((sum, { funded, released, fee, refunded }) => sum + funded - released - fee - refunded, 0),
    reviews: book.countReviews(),
    cases,
    stopped: stopped.reduce((sum, n) => sum + n, 0),
    certified,
  }
}

/** A row of the picture. */
export interface ClimbRow {
  readonly position: number
  readonly listing: Listing
}

/** A newcomer's way to page 1 as the picture shows it: who stands around their place and on page 1 now. */
export interface Climb {
  readonly category: Category
  readonly hero: ClimbRow
  readonly above: ClimbRow | undefined
  readonly below: ClimbRow | undefined
  /** Of page 1: the first, the one above the newcomers' row and the one below. */
  readonly first: readonly ClimbRow[]
}

/** Places of page 1 in the picture; the newcomers' row stands behind the sixth. */
const SHOWN: readonly number[] = [1, 6, 7]

const treated = (world: SandboxWorld, category: Category) => ({ category, now: world.now(), arm: 'treated' }) as const

/** Newcomers of whom one is taken who was not played yet. */
const MOST_HEROES = 200

/** A newcomer whose pass can be played, since they never opened the exam, and who stands around them; undefined where there is nobody. */
export async function findHero(
  world: SandboxWorld,
  category: Category,
  { wasPlayed }: { readonly wasPlayed: (worker: string) => boolean },
): Promise<PlayedPerson | undefined> {
  const found = await findNewcomers(world, category, MOST_HEROES)
  const opened = await announcedAmong(
    world.db,
    found.map(({ id }) => openedEvent(id, category)),
  )
  const hero = found.find(({ id }) => !wasPlayed(id) && !opened.has(openedEvent(id, category)))
  if (!hero) return undefined
  const book = await consultBook(world)
  const all = { filter: noFilter, docs: undefined }
  const { places } = book.find({ ...treated(world, category), ...all, after: Math.max(0, hero.position - 2), limit: 3 })
  const at = (position: number) => places.find((place) => place.position === position)?.worker
  return {
    worker: hero.id,
    position: hero.position,
    above: at(hero.position - 1),
    below: at(hero.position + 1),
  }
}

/** Reads the picture; undefined for somebody who has left. */
export async function showClimb(
  world: SandboxWorld,
  category: Category,
  person: PlayedPerson,
): Promise<Climb | undefined> {
  const view = treated(world, category)
  const book = await consultBook(world)
  const { places } = book.find({ ...view, filter: noFilter, docs: undefined, limit: Math.max(...SHOWN) })
  const first = places.filter(({ position }) => SHOWN.includes(position))
  const { worker, position, above, below } = person
  const ids = [worker, above, below, ...first.map((place) => place.worker)].filter((id) => id !== undefined)
  const listings = await readListings(world, ids, { ...view, terms: book.termsOf('treated') })
  const row = (id: string | undefined, place: number): ClimbRow | undefined => {
    const listing = id === undefined ? undefined : listings.get(id)
    return listing && { position: place, listing }
  }
  const hero = row(worker, position)
  return (
    hero && {
      category,
      hero,
      above: row(above, position - 1),
      below: row(below, position + 1),
      first: first.flatMap((place) => row(place.worker, place.position) ?? []),
    }
  )
}
