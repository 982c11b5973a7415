import type { Instant } from '../../kernel/instant.ts'
import type { Category } from '../people/worker.ts'
import { type Claims, candidateOf, dayOf, isFound, lotSeed, openOrder, type Search } from './market.ts'
import type { Weight } from './newcomers/lot.ts'
import { newcomerOf } from './newcomers/newcomer.ts'
import { type Member, NewcomerPool } from './newcomers/newcomer-pool.ts'
import { type Entrant, lotOf, type OpenedOrder } from './newcomers/open-places.ts'
import { ratioIn, type Terms } from './newcomers/terms.ts'
import { byPlace, type Standing, standingOf } from './rank-workers.ts'

/** What is remembered of a worker. */
export interface Remembered extends Claims {
  readonly hourlyRate: number
  /** Mean of the reviews as people read it, 1..5; 0 without reviews. */
  readonly meanScore: number
  /** Number of their text in the full-text index. */
  readonly doc: number | undefined
}

/** Somebody in the order of a category. */
export type Listed = Standing & { readonly memory: Remembered }

/** The order of one category on certain terms, kept sorted, and its newcomers. */
export class CategoryOrder {
  private readonly category: Category | undefined
  private readonly terms: Terms
  private standings: Listed[] = []
  private readonly byWorker = new Map<string, Listed>()
  private opened:
    | { readonly day: string; readonly order: OpenedOrder<Listed>; docs: Uint32Array | undefined }
    | undefined
  private lots = { seed: '', fresh: new Map<string, number>(), settled: new Map<string, number>() }
  private newcomers: { readonly day: string; readonly pool: NewcomerPool<Remembered> } | undefined

  constructor(category: Category | undefined, terms: Terms) {
    this.category = category
    this.terms = terms
  }

  private at(now: Instant): Search {
    return { category: this.category, now, terms: this.terms }
  }

  private standing(memory: Remembered, at: Search): Listed | undefined {
    return isFound(memory, at) ? { ...standingOf(candidateOf(memory, at)), memory } : undefined
  }

  fill(memories: Iterable<Remembered>, now: Instant): void {
    this.byWorker.clear()
    const at = this.at(now)
    for (const memory of memories) {
      const standing = this.standing(memory, at)
      if (standing) this.byWorker.set(memory.worker.id, standing)
    }
    this.standings = [...this.byWorker.values()].sort(byPlace)
    this.opened = undefined
    this.newcomers = undefined
  }

  /** Where a standing is, or belongs. */
  private placeOf(standing: Listed): number {
    let low = 0
    let high = this.standings.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (byPlace(this.standings[middle] as Listed, standing) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  move(memory: Remembered, now: Instant): void {
    const id = memory.worker.id
    const before = this.byWorker.get(id)
    if (before) this.standings.splice(this.placeOf(before), 1)
    const after = this.standing(memory, this.at(now))
    if (after) {
      this.byWorker.set(id, after)
      this.standings.splice(this.placeOf(after), 0, after)
    } else this.byWorker.delete(id)
    this.opened = undefined
    this.newcomers?.pool.move(id, after && this.member(memory, this.newcomersOf(now)))
  }

  private newcomersOf(now: Instant) {
    return { category: this.category, now, predicts: ratioIn(this.terms, this.category) > 1 }
  }

  private member(memory: Remembered, at: ReturnType<CategoryOrder['newcomersOf']>): Member<Remembered> | undefined {
    const newcomer = newcomerOf(memory, at)
    return newcomer && { ...newcomer, id: memory.worker.id, who: memory }
  }

  orderAt(now: Instant): OpenedOrder<Listed> {
    return this.openedAt(now).order
  }

  /** Numbers of the texts of those in the order, 0 for who has none: words are looked for in them without looking at anybody. */
  docsAt(now: Instant): Uint32Array {
    const opened = this.openedAt(now)
    opened.docs ??= Uint32Array.from(opened.order.order, ({ memory }) => memory.doc ?? 0)
    return opened.docs
  }

  /** Where somebody stands, from 1; undefined for somebody whom no search finds. */
  positionOf(worker: string, now: Instant): number | undefined {
    const { order, draws } = this.orderAt(now)
    const standing = this.byWorker.get(worker)
    if (!standing) return undefined
    const drawn = draws.get(worker)
    if (drawn) return drawn.position
    // whoever was not drawn has only moved down, by one place in twenty at most
    return order.indexOf(standing, this.placeOf(standing)) + 1
  }

  private openedAt(now: Instant) {
    const day = dayOf(now)
    if (this.opened?.day !== day) {
      const newcomers = this.newcomersAt(now)
      const seed = lotSeed(this.at(now))
      if (this.lots.seed !== seed) this.lots = { seed, fresh: new Map(), settled: new Map() }
      const entrantOf = ({ id }: { readonly id: string }): Entrant | undefined => {
        const newcomer = newcomers.memberOf(id)
        if (!newcomer) return undefined
        const { group, weight } = newcomer
        return { group, weight, lot: this.lotOfToday(id, weight) }
      }
      this.opened = { day, order: openOrder(this.standings, entrantOf, this.at(now)), docs: undefined }
    }
    return this.opened
  }

  /** Somebody's lot, which is made once a day: a change of anybody orders everybody anew. */
  private lotOfToday(id: string, weight: Weight): number {
    const known = this.lots[weight].get(id)
    if (known !== undefined) return known
    const lot = lotOf(this.lots.seed, id, weight)
    this.lots[weight].set(id, lot)
    return lot
  }

  /** Who may be drawn today. */
  newcomersAt(now: Instant): NewcomerPool<Remembered> {
    const day = dayOf(now)
    if (this.newcomers?.day !== day) {
      const members: Member<Remembered>[] = []
      const at = this.newcomersOf(now)
      for (const { memory } of this.standings) {
        const member = this.member(memory, at)
        if (member) members.push(member)
      }
      this.newcomers = { day, pool: new NewcomerPool(members) }
    }
    return this.newcomers.pool
  }
}
