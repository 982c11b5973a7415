import type { BankSource, ItemSource, RawItem } from '../bank-source.ts'
import { withoutDefaults } from './pill-words.ts'

/** A bank with imported items in it: those of the same id are replaced where they stand, the others follow. */
export function mergeItems(bank: BankSource, imported: readonly ItemSource[]): BankSource {
  const items = imported.map((item) => withoutDefaults(item, bank.defaults))
  const byId = new Map(items.map((item) => [item.id, item]))
  const kept = bank.items.map((item): ItemSource | RawItem => byId.get(idOf(item) ?? '') ?? item)
  const there = new Set(kept.map(idOf))
  return { ...bank, items: [...kept, ...items.filter(({ id }) => !there.has(id))] }
}

/** The id of an item, also of one that cannot be read. */
export const idOf = (item: ItemSource | RawItem): string | undefined =>
  item.kind === 'item' ? item.id : /^## +([a-z][a-z0-9-]*-\d{1,6})(?:\s|$)/.exec(item.text)?.[1]
