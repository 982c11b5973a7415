import type { Instant } from '../../kernel/instant.ts'
import type { Item } from '../item.ts'
import { compareItems, type FactChange } from './compare-banks.ts'

/** An item as one published version of its exam had it; undefined where that version did not. */
export interface ItemEdition {
  readonly hash: string
  readonly examVersion: number
  readonly publishedAt: Instant
  readonly item: Item | undefined
}

/** One step in an item's life: it came, it changed, or it went. */
export interface ItemStep extends Omit<ItemEdition, 'item'> {
  readonly step: 'came' | 'changed' | 'went'
  readonly itemVersion?: number
  readonly facts: readonly FactChange[]
}

/** An item's life from its editions, oldest first; the steps newest first. Versions that left it as it was are passed over. */
export function itemHistory(editions: readonly ItemEdition[]): ItemStep[] {
  const steps: ItemStep[] = []
  let before: Item | undefined
  for (const { item, ...version } of editions) {
    const difference = before && item ? compareItems(before, item) : undefined
    const step = item ? (before ? (difference ? 'changed' : undefined) : 'came') : before ? 'went' : undefined
    if (step)
      steps.unshift({
        ...version,
        step,
        facts: difference?.facts ?? [],
        ...(item ? { itemVersion: item.version } : {}),
      })
    before = item
  }
  return steps
}
