import type { Draw, DrawnClass } from '@kentei/marketplace/estimator'
import type { Category } from '../../people/worker.ts'
import { type Row, rowPlaces } from '../../search/newcomers/draw-row.ts'
import { type Group, groups, propensitiesOf } from '../../search/newcomers/lot.ts'
import type { Member } from '../../search/newcomers/newcomer-pool.ts'
import { type Arm, armOf, heldOutShare } from '../../search/newcomers/terms.ts'
import { noFilter } from '../../search/worker-filter.ts'
import { type Card, type Choice, chooseWorker, type Habits, PER_PAGE, type Shop, withRow } from '../choose.ts'
import { streamOf } from '../draw.ts'
import { type FastMarket, instantOf } from './fast-market.ts'
import { orderBefore } from './order-before.ts'

/** What the market does for newcomers: nothing but trial slots as it was before, or all of it. */
export type Scheme = 'before' | 'noticed'

export interface SearchOptions {
  readonly seed: number
  readonly scheme: Scheme
  readonly habits: Habits
  /** Share of reader-days that are held out; the marketplace's own rule where it is not said. */
  readonly heldOut?: number | undefined
  /** Whether both arms of every search are played, so that the true difference is known. */
  readonly both: boolean
}

/** A job for which its client looks for somebody. */
export interface OpenJob {
  readonly id: string
  readonly client: { readonly id: string }
  readonly category: Category
  readonly applicants: ReadonlySet<string>
}

/** One search, as the study of the market sees it. */
export interface SearchOutcome {
  readonly day: number
  readonly client: string
  readonly category: Category
  readonly arm: Arm
  readonly propensity: number
  readonly hiredCertified: boolean
  readonly hired: boolean
  /** What would have been in each arm; only where both are played. */
  readonly potential: { readonly treated: boolean; readonly heldOut: boolean } | undefined
}

/** Shows on first pages and days in the pool, by group, of one month. */
export interface Exposure {
  readonly shows: Record<Group, number>
  readonly days: Record<Group, number>
}

type DrawnRow = Row<Member<unknown>>
/** A shop that tells which row its page 1 showed. */
type FastShop = Shop & { readonly drawn: () => DrawnRow | undefined }

/** The searches of a year in memory: what each client is shown, whom they choose, and what is logged of it. */
export class FastSearches {
  /** By month. */
  readonly exposure: Exposure[] = []
  readonly draws: Draw[] = []
  readonly outcomes: SearchOutcome[] = []
  private readonly market: FastMarket
  private readonly options: SearchOptions
  /** Rows of today, by reader and category. */
  private readonly rows = new Map<string, DrawnRow>()
  /** Readers who have seen a page 1 of a category today. */
  private readonly shownToday = new Set<string>()
  private heldOutSearches = 0
  private heldOutToday = 0

  constructor(market: FastMarket, options: SearchOptions) {
    this.market = market
    this.options = options
  }

  /** Begins a day; tells whether a month begins with it. */
  beginDay(month: number): boolean {
    this.rows.clear()
    this.shownToday.clear()
    this.heldOutToday = this.options.heldOut ?? heldOutShare(this.heldOutSearches)
    if (this.exposure.length > month) return false
    this.exposure.push({ shows: { certified: 0, other: 0 }, days: { certified: 0, other: 0 } })
    return true
  }

  /** Whom the client of a job takes: an applicant, or somebody whom a search shows; nobody if nobody is to their liking. */
  async choose(job: OpenJob, tries: number): Promise<Choice | undefined> {
    const { arm, propensity } =
      this.options.scheme === 'before'
        ? ({ arm: 'treated', propensity: 1 } as const)
        : armOf(job.client.id, { day: String(this.market.day), share: this.heldOutToday })
    const other = this.options.both
      ? await this.play(job, arm === 'treated' ? 'held-out' : 'treated', tries)
      : undefined
    const { choice, looked, shop } = await this.play(job, arm, tries)
    for (const id of looked) this.market.person(id).lookedAtOn ??= this.market.day
    // whoever takes an applicant has not searched
    if (choice?.way === 'application') return choice
    if (arm === 'held-out') this.heldOutSearches += 1
    await this.noteFirstPage(job, shop)
    const row = shop.drawn()
    if (row) this.logDraw(job, { row, arm, choice })
    const [mine, others] = [this.isCertified(choice), this.isCertified(other?.choice)]
    this.outcomes.push({
      day: this.market.day,
      client: job.client.id,
      category: job.category,
      arm,
      propensity,
      hiredCertified: mine,
      hired: choice !== undefined,
      potential: other && (arm === 'treated' ? { treated: mine, heldOut: others } : { treated: others, heldOut: mine }),
    })
    return choice
  }

  private isCertified(choice: Choice | undefined): boolean {
    return choice !== undefined && this.market.person(choice.worker).certifiedOn !== undefined
  }

  private async play(job: OpenJob, arm: Arm, tries: number) {
    const shop = this.shop(job, arm)
    const looked: string[] = []
    // the same draws in both arms
    const random = streamOf(this.options.seed, `${job.id}/${tries}`)
    const choice = await chooseWorker(random, shop, this.options.habits, ({ worker }) => looked.push(worker))
    return { choice, looked, shop }
  }

  private card(id: string, way: Card['way']): Card {
    const person = this.market.person(id)
    return {
      worker: id,
      way,
      free: this.market.isFree(person),
      reviewed: this.market.shownQuality(person),
      certified: person.certifiedOn !== undefined,
    }
  }

  /** The row of a reader's page 1, the same all day. */
  private rowOf(job: OpenJob, arm: Arm, onPage: readonly string[]): DrawnRow {
    const key = `${this.market.day}/${job.category}/${job.client.id}`
    const known = this.rows.get(`${key}/${arm}`)
    if (known) return known
    const at = { category: job.category, now: instantOf(this.market.day), arm, filter: noFilter, docs: undefined }
    const row = this.market.consult().drawRow({ ...at, seed: key, onPage })
    this.rows.set(`${key}/${arm}`, row)
    return row
  }

  private shop(job: OpenJob, arm: Arm): FastShop {
    const ranked = [...job.applicants]
      .map((id) => this.market.person(id))
      .toSorted((a, b) => this.market.rankedQuality(b) - this.market.rankedQuality(a) || (a.id < b.id ? -1 : 1))
    const applicants = ranked.map(({ id }) => this.card(id, 'application'))
    if (this.options.scheme === 'before') {
      const placed = orderBefore(this.market, job.category)
      const page = async (nth: number) =>
        placed
          .slice((nth - 1) * PER_PAGE, nth * PER_PAGE)
          .map(({ id, trial }) => this.card(id, trial ? 'place by lot' : 'own place'))
      return { page, total: async () => placed.length, applicants, drawn: () => undefined }
    }
    const at = { category: job.category, now: instantOf(this.market.day), arm, filter: noFilter, docs: undefined }
    let drawn: DrawnRow | undefined
    const page = async (nth: number): Promise<readonly Card[]> => {
      const { places } = this.market.consult().find({ ...at, skip: (nth - 1) * PER_PAGE, limit: PER_PAGE })
      const cards = places.map(({ worker, draw }) => this.card(worker, draw ? 'place by lot' : 'own place'))
      if (nth > 1) return cards
      drawn = this.rowOf(
        job,
        arm,
        places.map(({ worker }) => worker),
      )
      return withRow(
        cards,
        drawn.cards.map(({ newcomer }) => this.card(newcomer.id, 'row')),
      )
    }
    const total = async () => this.market.consult().find({ ...at, limit: 0 }).total
    return { page, total, applicants, drawn: () => drawn }
  }

  /** Who stands on page 1 of a search: it is shown first, however deep the client goes. */
  private async noteFirstPage(job: OpenJob, shop: FastShop): Promise<void> {
    const key = `${job.category}/${job.client.id}`
    const page = await shop.page(1)
    if (this.shownToday.has(key)) return
    this.shownToday.add(key)
    const { book } = this.market
    for (const { way, newcomer } of shop.drawn()?.cards ?? [])
      if (way === 'priority') book.notePriorityShows(newcomer.id, book.priorityShowsOf(newcomer.id) + 1)
    const exposure = this.exposure.at(-1) as Exposure
    for (const { worker } of page) {
      const person = this.market.person(worker)
      if (person.joinsOn === null || person.firstHire !== undefined) continue
      if (person.certifiedOn !== undefined) person.shownOn ??= this.market.day
      exposure.shows[person.certifiedOn === undefined ? 'other' : 'certified'] += 1
    }
  }

  /** Days that newcomers waited. */
  countPool(): void {
    const exposure = this.exposure.at(-1) as Exposure
    for (const person of this.market.present(undefined)) {
      if (person.joinsOn === null || person.firstHire !== undefined) continue
      exposure.days[person.certifiedOn === undefined ? 'other' : 'certified'] += 1
    }
  }

  /** What a draw says about the lot; nothing where a card was given without one. */
  private logDraw(
    job: OpenJob,
    of: {
      readonly row: DrawnRow
      readonly arm: Arm
      readonly choice: Choice | undefined
    },
  ): void {
    const { row, arm, choice } = of
    if (row.cards.some(({ way }) => way === 'priority')) return
    const propensities = propensitiesOf(row.sizes, { places: rowPlaces.bold, ratio: row.ratio })
    const hired =
      choice &&
      this.market.book.newcomer(choice.worker, { category: job.category, now: instantOf(this.market.day), arm })
    const classes = groups.flatMap((group): DrawnClass[] =>
      (['fresh', 'settled'] as const).map((weight) => {
        const drawn = row.cards.filter(({ newcomer, group: of }) => of === group && newcomer.weight === weight)
        const isHired = hired?.group === group && hired.weight === weight
        const isDrawn = isHired && drawn.some(({ newcomer }) => newcomer.id === hired.id)
        return {
          people: row.sizes[group][weight],
          drawn: drawn.length,
          propensity: propensities[group][weight],
          hiredDrawn: Number(isDrawn),
          hiredOthers: Number(isHired && !isDrawn),
        }
      }),
    )
    this.draws.push({ client: job.client.id, classes })
  }
}
