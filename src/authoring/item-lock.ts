import * as z from 'zod'
import type { Item, Locale, Wording } from '../item/item.ts'
import { wordingHash } from './content-hash.ts'

/** What was published under a version of an item: the hash of its scored content in each locale. */
export interface LockedItem {
  readonly v: number
  readonly hash: Readonly<Partial<Record<Locale, string>>>
}

export type ItemLock = Readonly<Record<string, LockedItem>>

const lockSchema = z.strictObject({
  lock: z.literal(1),
  items: z.record(z.string(), z.strictObject({ v: z.int(), hash: z.strictObject({ ja: z.string().optional(), en: z.string().optional() }) })),
})

/** Reads `items.lock.json`; undefined when it is not one. */
export function readLock(text: string): ItemLock | undefined {
  try {
    const read = lockSchema.safeParse(JSON.parse(text))
    return read.success ? read.data.items : undefined
  } catch {
    return undefined
  }
}

/** One line per item, sorted, so that merges stay clean. */
export function printLock(lock: ItemLock): string {
  const lines = Object.keys(lock)
    .sort()
    .map((id) => `    ${JSON.stringify(id)}: ${JSON.stringify(lock[id])}`)
  return `{\n  "lock": 1,\n  "items": {\n${lines.join(',\n')}\n  }\n}\n`
}

export const lockItem = (item: Item): LockedItem => ({
  v: item.version,
  hash: Object.fromEntries(Object.entries(item.wordings).map(([locale, wording]) => [locale, wordingHash(item.type, item.points, wording as Wording)])),
})

/** Whether a live item's scored content is what was locked under its version. A locale added later is no change. */
export type LockVerdict = 'new' | 'same' | 'changed' | 'older'

export function compareWithLock(item: Item, locked: LockedItem | undefined, now: () => LockedItem = () => lockItem(item)): LockVerdict {
  if (!locked || item.version > locked.v) return 'new'
  if (item.version < locked.v) return 'older'
  const { hash } = now()
  return (['ja', 'en'] as const).every((locale) => locked.hash[locale] === undefined || locked.hash[locale] === hash[locale]) ? 'same' : 'changed'
}

/** The lock after publishing these items: live ones are entered, everything else stays as it is. */
export const updateLock = (lock: ItemLock, items: readonly Item[]): ItemLock => ({
  ...lock,
  ...Object.fromEntries(items.filter((item) => item.status === 'live' || item.status === 'dormant' || item.status === 'pilot').map((item) => [item.id, lockItem(item)])),
})
