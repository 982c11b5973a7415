import { days, minus, toRfc3339 } from '../../kernel/instant.ts'
import { stableHash } from '../../kernel/random.ts'
import { FIRST_SETTING, type Setting } from '../evidence/belief/setting.ts'
import { payeesBeside } from '../people/payout/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { dayOf } from '../search/market.ts'
import { MOST_PRIORITY_SHOWS } from '../search/newcomers/draw-row.ts'
import type { Group, PoolSizes } from '../search/newcomers/lot.ts'
import {
  countShowings,
  findDraw,
  isLogFull,
  logDraw,
  noteOutcome,
  priorityShowsOf,
  type SearchDraw,
  type ShownNewcomer,
  shareOfDay,
  shownIn,
  sizesOfDraw,
} from '../search/newcomers/store.ts'
import { type Arm, armOf, settingIn } from '../search/newcomers/terms.ts'
import type { BookView, Narrowing, WorkerBook } from '../search/worker-book.ts'
import { isOpen } from '../search/worker-filter.ts'
import { nameInFigures } from './commit-contract.ts'
import { consultBook } from './consult-book.ts'

/** How the aliases of strangers begin. */
const HOUR = 'hour/'
/** Whoever pages on for longer than this begins anew. */
const DRAW_LASTS = days(1)

/** Who searches, and in which arm on this day. */
export interface SearchReader {
  /** An alias of the person; without sign-in the hour. */
  readonly alias: string
  readonly day: string
  readonly arm: Arm
  readonly propensity: number
}

/** Whether a draw is of whoever gives its id back: theirs, or of a stranger whose hour is over. */
const isOwn = (drawn: SearchDraw, person: string | undefined, alias: string): boolean =>
  drawn.reader === alias || (person === undefined && drawn.reader.startsWith(HOUR))

/** The name of whoever searches, in what is logged. */
const aliasOf = (world: SandboxWorld, person: string | undefined): string | Promise<string> =>
  person === undefined ? `${HOUR}${toRfc3339(world.now()).slice(0, 13)}` : nameInFigures(world, person)

/** The draw that somebody gives the id of, if it is theirs and not a day old. */
async function ownDraw(
  world: SandboxWorld,
  { person, draw }: { readonly person: string | undefined; readonly draw: string | undefined },
): Promise<SearchDraw | undefined> {
  const drawn = draw === undefined ? undefined : await findDraw(world.db, draw)
  const lasts = drawn !== undefined && drawn.drawnAt > minus(world.now(), DRAW_LASTS)
  return lasts && isOwn(drawn, person, await aliasOf(world, person)) ? drawn : undefined
}

/** Finds the arm of a reader; whoever pages on with the id of their own draw stays in its arm for a day. */
export async function readerOf(
  world: SandboxWorld,
  of: { readonly person: string | undefined; readonly draw: string | undefined },
): Promise<SearchReader> {
  const drawn = await ownDraw(world, of)
  if (drawn) return { alias: drawn.reader, day: drawn.day, arm: drawn.arm, propensity: drawn.armPropensity }
  const day = dayOf(world.now())
  const alias = await aliasOf(world, of.person)
  return { alias, day, ...armOf(alias, { day, share: await shareOfDay(world.db, day) }) }
}

/** 128 bits of a text, so that the same search has the same id whoever makes it. */
const idOf = (text: string): string =>
  `drw_${[0, 1, 2, 3].map((part) => stableHash(`${part}/${text}`).toString(16).padStart(8, '0')).join('')}`

/** A page 1, as far as newcomers stand on it. */
export interface PageOne extends BookView, Narrowing {
  readonly reader: SearchReader
  /** Who stands in the first ten places. */
  readonly onPage: readonly string[]
  /** For which job people are suggested; undefined for a search. */
  readonly job?: string | undefined
}

export interface ShownRow {
  readonly draw: string
  readonly ratio: number
  readonly poolSize: number
  /** The cards of the row, from above. */
  readonly cards: readonly ShownNewcomer[]
}

const poolSizeOf = ({ certified, other }: PoolSizes): number =>
  certified.fresh + certified.settled + other.fresh + other.settled

/** Whether what a card says of somebody who was drawn is still so: nobody is certified any more who is not, but whoever passed meanwhile is new still. */
export const mayStay = (drawn: Group, now: Group | undefined): boolean =>
  now !== undefined && (now === drawn || drawn === 'other')

/** The people of a page 1 whom its row may not show as well: those in its places, and who has an account with one of them. */
const shownAlready = async ({ db }: SandboxWorld, { onPage }: PageOne): Promise<string[]> => [
  ...onPage,
  ...(await payeesBeside(db, onPage)),
]

/** The row that was drawn before for the same search, less who may not be shown in it any more. */
async function rowAgain(world: SandboxWorld, book: WorkerBook, draw: SearchDraw, page: PageOne): Promise<ShownRow> {
  const [shown, already] = await Promise.all([shownIn(world.db, draw.id), shownAlready(world, page)])
  return {
    draw: draw.id,
    ratio: draw.ratio,
    poolSize: poolSizeOf(sizesOfDraw(draw)),
    cards: shown.filter(
      ({ way, worker, group }) =>
        way !== 'order' && mayStay(group, book.newcomer(worker, page)?.group) && !already.includes(worker),
    ),
  }
}

/** Draws the row of a page 1 and logs who stands on it; the same search of the same reader and day gets the same row again. */
export async function showRow(world: SandboxWorld, page: PageOne): Promise<ShownRow> {
  const { reader, filter, category } = page
  const seed = `${reader.day}/${category ?? ''}/${reader.alias}${page.job === undefined ? '' : `/${page.job}`}`
  const book = await consultBook(world)
  // one after the other, so that two requests for the same row find the same
  return book.inTurn(async () => {
    const setting = settingIn(book.termsOf(reader.arm), category)
    // after a change of the setting the day's row is another one
    const id = idOf(`${seed}/${JSON.stringify(filter)}${setting === FIRST_SETTING ? '' : `/${setting}`}`)
    const before = await findDraw(world.db, id)
    return before ? rowAgain(world, book, before, page) : drawAnew(world, book, { page, seed, id, setting })
  })
}

/**
 * Draws a row; whoever was shown often enough in the days after their pass by another process meanwhile is passed over.
 * Only processes that draw at the same instant may show somebody once more each.
 */
async function drawWithShowsLeft(
  world: SandboxWorld,
  book: WorkerBook,
  query: Parameters<WorkerBook['drawRow']>[0],
): Promise<ReturnType<WorkerBook['drawRow']>> {
  for (;;) {
    const row = book.drawRow(query)
    const first = row.cards.find(({ way }) => way === 'priority')?.newcomer.id
    if (first === undefined) return row
    const shown = await priorityShowsOf(world.db, first)
    book.notePriorityShows(first, shown)
    if (shown < MOST_PRIORITY_SHOWS) return row
  }
}

async function drawAnew(
  world: SandboxWorld,
  book: WorkerBook,
  {
    page,
    seed,
    id,
    setting,
  }: { readonly page: PageOne; readonly seed: string; readonly id: string; readonly setting: Setting },
): Promise<ShownRow> {
  const { reader, filter, category, now, arm } = page
  const row = await drawWithShowsLeft(world, book, { ...page, onPage: await shownAlready(world, page), seed })
  const cards = row.cards.map(({ newcomer, way, place, group, propensity }) => ({
    way,
    place,
    worker: newcomer.id,
    group,
    propensity,
  }))
  const inOrder = page.onPage.flatMap((worker, nth): ShownNewcomer[] => {
    const newcomer = book.newcomer(worker, page)
    return newcomer ? [{ way: 'order', place: nth + 1, worker, group: newcomer.group, propensity: 1 }] : []
  })
  const shown = { draw: id, ratio: row.ratio, poolSize: poolSizeOf(row.sizes), cards }
  const { certified, other } = row.sizes
  const draw: SearchDraw = {
    id,
    day: reader.day,
    category: category ?? '',
    reader: reader.alias,
    arm,
    armPropensity: reader.propensity,
    ratio: row.ratio,
    setting,
    narrowed: page.docs !== undefined || !isOpen(filter),
    priority: cards.some(({ way }) => way === 'priority'),
    certifiedFresh: certified.fresh,
    certifiedSettled: certified.settled,
    otherFresh: other.fresh,
    otherSettled: other.settled,
    drawnAt: now,
  }
  if (draw.narrowed && (await isLogFull(world.db, draw))) return shown
  await logDraw(world.db, draw, [...cards, ...inOrder])
  for (const { way, worker } of cards)
    if (way === 'priority') book.notePriorityShows(worker, await priorityShowsOf(world.db, worker))
  return shown
}

/** How often somebody was on a page 1 in the last seven days, and by how many readers opened. */
export const weekOf = (world: SandboxWorld, worker: string): ReturnType<typeof countShowings> =>
  countShowings(world.db, worker, dayOf(minus(world.now(), days(6))))

/**
 * Notes that a reader opened a newcomer from a page 1 of theirs that showed them; an address that was passed on notes nothing.
 * Strangers of an hour share their draws: of them it takes that they come from a page of ours.
 */
export async function noteOpened(
  world: SandboxWorld,
  {
    worker,
    isFromHere,
    ...of
  }: {
    readonly draw: string
    readonly worker: string
    readonly person: string | undefined
    /** Whether the reader followed a link on a page of this marketplace. */
    readonly isFromHere: boolean
  },
): Promise<void> {
  if (of.person === undefined && !isFromHere) return
  if (!(await ownDraw(world, of))) return
  const at = world.now()
  await noteOutcome(world.db, { draw: of.draw, worker, kind: 'opened', day: dayOf(at), at })
}
