import * as z from 'zod'
import type { Item, ItemStatus, Locale, Wording } from '../item/item.ts'
import { wordingHash } from './content-hash.ts'

const EVENTS = ['new', 'reworded', 'translated', 'woken', 'retired', 'revived', 'status'] as const

/**
 * What happened to an item: it was published first, its scored content changed, a locale came to it, a dormant one became
 * live, it was retired, a retired one came back unchanged, or its status changed otherwise.
 */
export type LockEvent = (typeof EVENTS)[number]

/** What was published under a version of an item: the hash of its scored content in each locale. */
export interface LockEntry {
  readonly v: number
  readonly hash: Readonly<Partial<Record<Locale, string>>>
  /** These three are unknown of entries that come from a lock of the first format. */
  readonly status?: ItemStatus
  readonly what?: LockEvent
  /** The day (UTC) on which it was locked. */
  readonly on?: string
}

/** Of every item ever published what happened to it, oldest first; never empty. */
export type ItemLock = Readonly<Record<string, readonly LockEntry[]>>

const hashes = z.strictObject({ ja: z.string().optional(), en: z.string().optional() })
const entry = z.strictObject({
  v: z.int(),
  status: z.enum(['live', 'dormant', 'pilot', 'retired', 'honeypot', 'practice']).optional(),
  what: z.enum(EVENTS).optional(),
  on: z.string().optional(),
  hash: hashes,
})
const lockSchema = z.union([
  z.strictObject({ lock: z.literal(2), items: z.record(z.string(), z.array(entry).min(1)) }),
  // the first format held the latest version alone
  z
    .strictObject({ lock: z.literal(1), items: z.record(z.string(), z.strictObject({ v: z.int(), hash: hashes })) })
    .transform(({ items }) => ({
      lock: 2,
      items: Object.fromEntries(Object.entries(items).map(([id, only]): [string, LockEntry[]] => [id, [only]])),
    })),
])

/** Reads `items.lock.json`; undefined when it is not one. */
export function readLock(content: string | Uint8Array): ItemLock | undefined {
  try {
    const read = lockSchema.safeParse(
      JSON.parse(typeof content === 'string' ? content : new TextDecoder().decode(content)),
    )
    return read.success ? read.data.items : undefined
  } catch {
    return undefined
  }
}

/** One line per event, items sorted, so that merges stay clean. */
export function printLock(lock: ItemLock): string {
  const items = Object.keys(lock)
    .sort()
    .map(
      (id) =>
        `    ${JSON.stringify(id)}: [\n${(lock[id] ?? []).map((one) => `      ${JSON.stringify(one)}`).join(',\n')}\n    ]`,
    )
  return `{\n  "lock": 2,\n  "items": {\n${items.join(',\n')}\n  }\n}\n`
}

/** The history of an item; empty for one that was never published. */
export const historyOf = (lock: ItemLock, id: string): readonly LockEntry[] =>
  Object.hasOwn(lock, id) ? (lock[id] ?? []) : []

/** Of the scored content of each locale. */
export const hashesOf = (item: Item): LockEntry['hash'] =>
  Object.fromEntries(
    Object.entries(item.wordings).map(([locale, wording]) => [
      locale,
      wordingHash(item.type, item.points, wording as Wording),
    ]),
  )

const LOCALES = ['ja', 'en'] as const
/**
 * Whether what both hold is the same, and is anything at all: a locale that comes, or goes back to being a draft, changes
 * nothing for the others.
 */
const keeps = (before: LockEntry['hash'], now: LockEntry['hash']): boolean =>
  LOCALES.some((locale) => before[locale] !== undefined && before[locale] === now[locale]) &&
  LOCALES.every((locale) => before[locale] === undefined || now[locale] === undefined || before[locale] === now[locale])

/** Whether a live item's scored content is what was locked under its version: `older` where nothing was, but of later ones. */
export type LockVerdict = 'new' | 'same' | 'changed' | 'older'

export function compareWithLock(
  item: Item,
  history: readonly LockEntry[],
  now: () => LockEntry['hash'] = () => hashesOf(item),
): LockVerdict {
  // what was rolled back left its number behind: an item that goes on from there is what it was
  const under = history.filter(({ v }) => v === item.version)
  if (under.length === 0) return item.version < nextVersion(history) ? 'older' : 'new'
  const hashes = now()
  return under.some(({ hash }) => keeps(hash, hashes)) ? 'same' : 'changed'
}

/** The lowest number above all that were locked. */
export const nextVersion = (history: readonly LockEntry[]): number => Math.max(0, ...history.map(({ v }) => v)) + 1

/** How a locale of an item stands to the latest version that was published. */
export type LocaleState = 'same' | 'changed' | 'new' | 'gone'

export function localeStates(
  item: Item,
  history: readonly LockEntry[],
): Readonly<Partial<Record<Locale, LocaleState>>> {
  const [before, now] = [history.at(-1)?.hash ?? {}, hashesOf(item)]
  const stateOf = (locale: Locale): LocaleState =>
    before[locale] === undefined
      ? 'new'
      : now[locale] === undefined
        ? 'gone'
        : before[locale] === now[locale]
          ? 'same'
          : 'changed'
  return Object.fromEntries(
    LOCALES.filter((locale) => before[locale] !== undefined || now[locale] !== undefined).map((locale) => [
      locale,
      stateOf(locale),
    ]),
  )
}

/** Whether an item has the id of a retired one without ever having been that item. */
export function reusesRetiredId(item: Item, history: readonly LockEntry[]): boolean {
  if (item.status === 'retired' || history.at(-1)?.status !== 'retired') return false
  const now = hashesOf(item)
  return !history.some(({ hash }) =>
    LOCALES.some((locale) => hash[locale] !== undefined && hash[locale] === now[locale]),
  )
}

function eventOf(last: LockEntry, now: LockEntry): LockEvent | undefined {
  if (now.status === 'retired') return last.status === 'retired' ? undefined : 'retired'
  if (last.status === 'retired') return 'revived'
  if (now.v > last.v) return 'reworded'
  // people have yet to rely on what is tried out, so it may change under its version; what is live may not
  if (!keeps(last.hash, now.hash)) return now.status === 'pilot' ? 'reworded' : undefined
  if (LOCALES.some((locale) => now.hash[locale] !== undefined && last.hash[locale] === undefined)) return 'translated'
  if (last.status === undefined || last.status === now.status) return undefined
  return last.status === 'dormant' && now.status === 'live' ? 'woken' : 'status'
}

function append(history: readonly LockEntry[], item: Item, on: string): readonly LockEntry[] {
  const now = { v: item.version, status: item.status, hash: hashesOf(item) }
  const last = history.at(-1)
  const what = last ? eventOf(last, now) : item.status === 'retired' ? 'retired' : 'new'
  if (what) return [...history, { v: now.v, status: now.status, what, on, hash: now.hash }]
  return last && last.status === undefined
    ? [...history.slice(0, -1), { v: last.v, status: now.status, hash: last.hash }]
    : history
}

/** The lock after publishing these items on a day (`YYYY-MM-DD`). Drafts are not published; what was is never taken out. */
export const updateLock = (lock: ItemLock, items: readonly Item[], on: string): ItemLock => ({
  ...lock,
  ...Object.fromEntries(
    items
      .filter(({ status }) => status !== 'draft')
      .map((item) => [item.id, append(historyOf(lock, item.id), item, on)]),
  ),
})
