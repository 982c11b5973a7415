import type { Bank } from '../bank.ts'
import type { Wording } from '../item.ts'
import { wordingFingerprint } from './fingerprint.ts'
import list from './shipped.json' with { type: 'json' }

/** Fingerprints of everything that was ever shipped with this project, keys and all. Entries are only added. */
const shipped: ReadonlySet<string> = new Set(list)

/** How many items papers are drawn from, and how many of them anybody can read beforehand, with their keys. */
export interface ShippedShare {
  readonly live: number
  readonly shipped: number
}

/** A bank with a larger share of shipped items than this certifies nothing. */
const MOST_SHIPPED = 0.1

// Only finished values are kept: on Workers a pending one belongs to its request.
const counted = new WeakMap<Bank, ShippedShare>()

/** Counts the live items of a bank of which any wording was ever shipped; once for each bank that is in memory. */
export async function shippedShare(bank: Bank): Promise<ShippedShare> {
  const known = counted.get(bank)
  if (known) return known
  const live = bank.items.filter(({ status }) => status === 'live')
  const found = await Promise.all(
    live.map(async ({ wordings }) =>
      (await Promise.all(Object.values(wordings).map((wording) => wordingFingerprint(wording as Wording)))).some(
        (one) => shipped.has(one),
      ),
    ),
  )
  const share = { live: live.length, shipped: found.filter(Boolean).length }
  counted.set(bank, share)
  return share
}

/** Whether so much of a bank is public that a pass says nothing of whoever passed. */
export const isMostlyShipped = ({ live, shipped }: ShippedShare): boolean => shipped > live * MOST_SHIPPED
