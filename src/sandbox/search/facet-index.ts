import type { Instant } from '../../kernel/instant.ts'
import {
  type FacetCounts,
  type FacetGroup,
  type Filtered,
  facetGroups,
  facetOptions,
  isCertified,
  optionsOf,
  type WorkerFilter,
} from './worker-filter.ts'

const BITS = 32
const FIRST_CAPACITY = 1_024

/** Everybody of whom something holds: a bit each at the number of the worker. */
export class Members {
  words: Uint32Array

  constructor(capacity = FIRST_CAPACITY) {
    this.words = new Uint32Array(Math.ceil(capacity / BITS))
  }

  has(slot: number): boolean {
    return (((this.words[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 1
  }

  set(slot: number, holds: boolean): void {
    const at = slot >>> 5
    if (at >= this.words.length) {
      if (!holds) return
      const grown = new Uint32Array(Math.max(at + 1, this.words.length * 2))
      grown.set(this.words)
      this.words = grown
    }
    const before = this.words[at] as number
    this.words[at] = holds ? before | (1 << (slot & 31)) : before & ~(1 << (slot & 31))
  }
}

/** How many bits are set. */
const bitsIn = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** How many are in both. */
function countCommon(one: Members, other: Members): number {
  const length = Math.min(one.words.length, other.words.length)
  let count = 0
  for (let at = 0; at < length; at += 1) {
    const word = (one.words[at] as number) & (other.words[at] as number)
    if (word !== 0) count += bitsIn(word)
  }
  return count
}

export const countMembers = (members: Members): number => countCommon(members, members)

/** Those who are in all of these. */
function common(first: Members, others: readonly Members[]): Members {
  const kept = new Members(0)
  kept.words = first.words.slice()
  for (const { words } of others)
    for (let at = 0; at < kept.words.length; at += 1) kept.words[at] = (kept.words[at] as number) & (words[at] ?? 0)
  return kept
}

/** Those who are in any of these. */
function anyOf(some: readonly Members[]): Members {
  const all = new Members(0)
  all.words = new Uint32Array(Math.max(0, ...some.map(({ words }) => words.length)))
  for (const { words } of some)
    for (let at = 0; at < words.length; at += 1) all.words[at] = (all.words[at] as number) | (words[at] as number)
  return all
}

/** Somebody as the index takes them in. */
interface Indexed extends Filtered {
  readonly worker: { readonly id: string }
  /** Number of their text in the full-text index. */
  readonly doc: number | undefined
}

/** Who is asked for: the words and what was ticked. */
interface Asked {
  readonly filter: WorkerFilter
  /** 1 at the numbers of the texts that contain the words; undefined where none were asked for. */
  readonly docs: Uint8Array | undefined
}

/**
 * For everything that can be ticked, who it holds of. So a count looks at a bit for each worker and at no worker: with
 * 100,000 that is 12 KB for each option, and a count takes as long as reading them.
 */
export class FacetIndex {
  private readonly slots = new Map<string, number>()
  private readonly held = new Map<string, Members>()
  private readonly certified = new Members()
  private rates = new Int32Array(FIRST_CAPACITY)
  private docOf = new Int32Array(FIRST_CAPACITY)

  /** The number of a worker, the same as long as the index lasts. */
  slotOf(worker: string): number {
    const known = this.slots.get(worker)
    if (known !== undefined) return known
    const slot = this.slots.size
    this.slots.set(worker, slot)
    return slot
  }

  private membersOf(group: FacetGroup, option: string): Members {
    const key = `${group}/${option}`
    const known = this.held.get(key)
    if (known) return known
    const members = new Members()
    this.held.set(key, members)
    return members
  }

  /** Takes in what somebody is now. */
  learn(memory: Indexed, now: Instant): void {
    const slot = this.slotOf(memory.worker.id)
    if (slot >= this.rates.length) {
      const capacity = Math.max(slot + 1, this.rates.length * 2)
      const [rates, docs] = [new Int32Array(capacity), new Int32Array(capacity)]
      rates.set(this.rates)
      docs.set(this.docOf)
      this.rates = rates
      this.docOf = docs
    }
    this.rates[slot] = memory.hourlyRate
    this.docOf[slot] = memory.doc ?? 0
    this.certified.set(slot, isCertified(memory, now))
    const held = optionsOf(memory, now)
    for (const group of facetGroups)
      for (const option of facetOptions[group]) this.membersOf(group, option).set(slot, held[group].includes(option))
  }

  /** Those of whom a number lies in a range, or whose text is marked. */
  private where(holds: (slot: number) => boolean): Members {
    const found = new Members(this.slots.size)
    for (let slot = 0; slot < this.slots.size; slot += 1) if (holds(slot)) found.set(slot, true)
    return found
  }

  /** What is asked beside the groups. */
  private conditions({ filter, docs }: Asked): Members[] {
    const { certified, rateMin = 0, rateMax = Number.POSITIVE_INFINITY } = filter
    const inRange = (slot: number) => (this.rates[slot] as number) >= rateMin && (this.rates[slot] as number) <= rateMax
    return [
      ...(certified ? [this.certified] : []),
      ...(docs ? [this.where((slot) => docs[this.docOf[slot] as number] === 1)] : []),
      ...(filter.rateMin !== undefined || filter.rateMax !== undefined ? [this.where(inRange)] : []),
    ]
  }

  private ticked(filter: WorkerFilter, group: FacetGroup): Members[] {
    const asked: readonly string[] = filter[group]
    return asked.length === 0 ? [] : [anyOf(asked.map((option) => this.membersOf(group, option)))]
  }

  /** Those of some who are what is asked for. */
  matching(among: Members, asked: Asked): Members {
    return common(among, [
      ...this.conditions(asked),
      ...facetGroups.flatMap((group) => this.ticked(asked.filter, group)),
    ])
  }

  /** How many each option would leave of some, beside what is asked for in the other groups. */
  count(among: Members, asked: Asked): FacetCounts {
    const base = common(among, this.conditions(asked))
    const counts = facetGroups.map((group) => {
      const others = facetGroups.filter((other) => other !== group).flatMap((other) => this.ticked(asked.filter, other))
      const left = common(base, others)
      const options = facetOptions[group].map(
        (option) => [option, countCommon(left, this.membersOf(group, option))] as const,
      )
      return [group, Object.fromEntries(options)] as const
    })
    return Object.fromEntries(counts) as FacetCounts
  }
}
