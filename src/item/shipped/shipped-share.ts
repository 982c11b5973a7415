import type { Bank } from '../bank.ts'
import type { FamilyWording } from '../family.ts'
import type { Wording } from '../item.ts'
import { familyFingerprint, wordingFingerprint } from './fingerprint.ts'
import { shippedPrints } from './shipped-prints.ts'

/** Fingerprints of everything that was ever shipped with this project, keys and all. Entries are only added. */
const shipped: ReadonlySet<string> = new Set(
  Object.entries(shippedPrints()).flatMap(([first, rests]) => rests.match(/.{4}/g)?.map((rest) => first + rest) ?? []),
)

/** How many items papers are drawn from, and how many of them anybody can read beforehand, with their keys. */
export interface ShippedShare {
  readonly live: number
  readonly shipped: number
  /** The same of families of practical tasks; absent where none is live. */
  readonly tasks?: { readonly live: number; readonly shipped: number }
}

/** A bank with a larger share of shipped items, or of shipped families, than this certifies nothing. */
const MOST_SHIPPED = 0.1

// Only finished values are kept: on Workers a pending one belongs to its request.
const counted = new WeakMap<Bank, ShippedShare>()

/** How many things have a wording that was ever shipped. */
async function countShipped(things: readonly (readonly Promise<string>[])[]): Promise<number> {
  const found = await Promise.all(
    things.map(async (prints) => (await Promise.all(prints)).some((one) => shipped.has(one))),
  )
  return found.filter(Boolean).length
}

/** Counts the live items and families of a bank of which any wording was ever shipped; once for each bank that is in memory. */
export async function shippedShare(bank: Bank): Promise<ShippedShare> {
  const known = counted.get(bank)
  if (known) return known
  const items = bank.items.filter(({ status }) => status === 'live')
  const tasks = (bank.tasks ?? []).filter(({ status }) => status === 'live')
  const share = {
    live: items.length,
    shipped: await countShipped(
      items.map(({ wordings }) => Object.values(wordings).map((wording) => wordingFingerprint(wording as Wording))),
    ),
    ...(tasks.length > 0
      ? {
          tasks: {
            live: tasks.length,
            shipped: await countShipped(
              tasks.map((family) =>
                Object.values(family.wordings).map((wording) => familyFingerprint(family, wording as FamilyWording)),
              ),
            ),
          },
        }
      : {}),
  }
  counted.set(bank, share)
  return share
}

const exceeds = ({ live, shipped }: { readonly live: number; readonly shipped: number }): boolean =>
  shipped > live * MOST_SHIPPED

/** Whether so much of a bank is public that a pass says nothing of whoever passed: of its items, or of its practical tasks. */
export const isMostlyShipped = ({ tasks, ...items }: ShippedShare): boolean =>
  exceeds(items) || (tasks !== undefined && exceeds(tasks))
