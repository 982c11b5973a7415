import type { Random } from '../../kernel/random.ts'
import { chance, drawPlace } from './draw.ts'

/** How a client came to see somebody: at the place that the ranking gives, in the newcomers' row, at a place behind page 1 that was given by lot, or by an application. */
export const ways = ['own place', 'row', 'place by lot', 'application'] as const
export type Way = (typeof ways)[number]

/** Somebody as a client sees them. */
export interface Card {
  readonly worker: string
  readonly way: Way
  /** Whether they have time. */
  readonly free: boolean
  /** What reviews say, in SD, shrunk as the page shows it; undefined without any. */
  readonly reviewed: number | undefined
  readonly certified: boolean
}

/** Where a client looks: in a market in memory, or over HTTP. */
export interface Shop {
  /** The cards of a page as they are read, ten and on page 1 the row after the sixth; none behind the last. */
  page(nth: number): Promise<readonly Card[]>
  /** How many people the search finds. */
  total(): Promise<number>
  /** Who applied, in the order of the ranking. */
  readonly applicants: readonly Card[]
}

/** How clients choose. None of these is measured: they are assumptions. */
export interface Habits {
  /** How many search page by page from the top; the others go as deep as they like. */
  readonly readers: number
  /** How often a reader who found nobody opens the next page. */
  readonly opensNext: number
  /** Probability that a reader takes a free worker of average reviews whom they look at. */
  readonly takes: number
  /** By how much one SD in what the reviews say raises it, as a logarithm. */
  readonly taste: number
  /** How much less somebody without reviews is taken, as a logarithm, and how much of it a certificate makes up for. */
  readonly unknown: number
  readonly certificate: number
  /** How many overlook the row. */
  readonly overlooks: number
  /** How often a client with applicants takes one of them instead of searching. */
  readonly takesApplicant: number
}

export const usualHabits: Habits = {
  readers: 0.5,
  opensNext: 0.55,
  takes: 0.12,
  taste: 0.5,
  unknown: 0.6,
  certificate: 0.3,
  overlooks: 0,
  takesApplicant: 0.4,
}

/** Cards that somebody reads who goes deep. */
const READS_AT_ONCE = 6
export const PER_PAGE = 10
/** Places of page 1 above the newcomers' row. */
const ABOVE_ROW = 6
/** Pages that the most patient reader opens. */
const MOST_PAGES = 40

/** The cards of page 1 as they are read. */
export const withRow = (cards: readonly Card[], row: readonly Card[]): readonly Card[] => [
  ...cards.slice(0, ABOVE_ROW),
  ...row,
  ...cards.slice(ABOVE_ROW),
]

export type Choice = Pick<Card, 'worker' | 'way'>

const appeal = ({ reviewed, certified }: Card, habits: Habits): number =>
  habits.takes *
  Math.exp(reviewed === undefined ? -habits.unknown + (certified ? habits.certificate : 0) : habits.taste * reviewed)

/** Reads page after page from the top and takes somebody whom they like: a cascade (Craswell et al. 2008). */
async function readPages(random: Random, shop: Shop, habits: Habits, looked: (card: Card) => void) {
  const overlooks = chance(random, habits.overlooks)
  for (let nth = 1; nth <= MOST_PAGES; nth += 1) {
    const cards = await shop.page(nth)
    for (const card of cards) {
      if (overlooks && card.way === 'row') continue
      looked(card)
      if (card.free && chance(random, Math.min(1, appeal(card, habits)))) return card
    }
    if (cards.length === 0 || !chance(random, habits.opensNext)) return undefined
  }
  return undefined
}

/** Goes down the list, less and less patient, and takes the first from there on who is free. */
async function goDeep(random: Random, shop: Shop, habits: Habits, looked: (card: Card) => void) {
  const overlooks = chance(random, habits.overlooks)
  const start = drawPlace(random, Math.max(1, await shop.total())) - 1
  const first = Math.floor(start / PER_PAGE) + 1
  const [page, next] = [await shop.page(first), await shop.page(first + 1)]
  let place = (first - 1) * PER_PAGE
  let read = 0
  for (const card of [...page, ...next]) {
    if (card.way !== 'row') place += 1
    if (place <= start || (overlooks && card.way === 'row')) continue
    read += 1
    if (read > READS_AT_ONCE) return undefined
    looked(card)
    if (card.free) return card
  }
  return undefined
}

/** How a client comes to a contract: whom they take, and how they came to see them. `looked` hears of every card that was read. */
export async function chooseWorker(
  random: Random,
  shop: Shop,
  habits: Habits,
  looked: (card: Card) => void,
): Promise<Choice | undefined> {
  const applicants = shop.applicants.filter(({ free }) => free)
  if (applicants.length > 0 && chance(random, habits.takesApplicant))
    return applicants[drawPlace(random, applicants.length) - 1]
  const reads = chance(random, habits.readers)
  return reads ? readPages(random, shop, habits, looked) : goDeep(random, shop, habits, looked)
}
