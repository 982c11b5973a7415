import type { Bank } from './bank.ts'
import type { Item } from './item.ts'

/** Whether papers are drawn from an item whose day of review has come. `today` is `YYYY-MM-DD`. */
export const isDue = ({ status, reviewBy }: Item, today: string): boolean =>
  status === 'live' && reviewBy !== undefined && reviewBy <= today

/** What somebody has to look through again. */
export const dueItems = ({ items }: Bank, today: string): Item[] => items.filter((item) => isDue(item, today))
