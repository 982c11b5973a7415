import * as z from 'zod'
import { itemTypes } from '../../../item/definition-of.ts'
import { isDue } from '../../../item/due-items.ts'
import type { Item } from '../../../item/item.ts'
import { describeItem } from '../../../item/publishing/describe-item.ts'
import type { LintNote } from '../../../item/publishing/store.ts'
import { foldText } from '../../../item/types/typed-text.ts'

const blank = z.literal('').transform(() => undefined)

/** What is asked of the list of items; what cannot be read is not asked. */
export const itemQuery = z.object({
  q: z.string().trim().max(200).catch('').default(''),
  topic: blank.or(z.string().max(64)).optional().catch(undefined),
  type: blank.or(z.enum(itemTypes)).optional().catch(undefined),
  status: blank.or(z.string().max(20)).optional().catch(undefined),
  difficulty: blank.or(z.coerce.number().int().min(1).max(5)).optional().catch(undefined),
  skill: blank.or(z.string().max(64)).optional().catch(undefined),
  only: blank
    .or(z.enum(['lint', 'leaked', 'due']))
    .optional()
    .catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})
export type ItemQuery = z.infer<typeof itemQuery>

export interface ItemMatter {
  readonly lint: readonly LintNote[]
  readonly leaked: ReadonlySet<string>
  /** `YYYY-MM-DD`. */
  readonly today: string
}

/** Words as they are sought: widths and case aside. */
const wordsOf = (q: string): readonly string[] => q.split(/\s+/u).map(foldText).filter(Boolean)

/** Finds whether all words of a question stand in some texts. */
function holder(q: string): (texts: readonly string[]) => boolean {
  const words = wordsOf(q)
  return (texts) => {
    const text = foldText(texts.join('\n'))
    return words.every((word) => text.includes(word))
  }
}

/** The first `most` in whose texts all words stand; what comes behind them is not read. */
export function firstHolding<T>(
  all: readonly T[],
  { q, textsOf, most }: { readonly q: string; readonly textsOf: (one: T) => readonly string[]; readonly most: number },
): T[] {
  const holds = holder(q)
  const found: T[] = []
  for (const one of all) {
    if (found.length === most) break
    if (holds(textsOf(one))) found.push(one)
  }
  return found
}

/** Everything that can be read of an item. */
const textsOfItem = (item: Item): readonly string[] => [item.id, ...describeItem(item).map((fact) => fact.text)]

/** The items that a query asks for: those whose day of review has passed first, then those that the lint noted, then in the bank's order. Words are sought in everything that can be read of an item, widths and case aside; all of them must be there. */
export function searchItems(items: readonly Item[], query: ItemQuery, { lint, leaked, today }: ItemMatter): Item[] {
  const noted = new Set(lint.map(({ item }) => item))
  const holds = holder(query.q)
  const equal = <T>(wish: T | undefined, value: T | undefined) => wish === undefined || wish === value
  const urgency = (item: Item): number => (isDue(item, today) ? 2 : noted.has(item.id) ? 1 : 0)
  const found = items.filter((item) => {
    if (!equal(query.topic, item.topic) || !equal(query.type, item.type) || !equal<string>(query.status, item.status))
      return false
    if (!equal<number>(query.difficulty, item.difficulty) || !equal(query.skill, item.skill)) return false
    if (query.only === 'lint' && !noted.has(item.id)) return false
    if (query.only === 'leaked' && !leaked.has(item.id)) return false
    if (query.only === 'due' && !isDue(item, today)) return false
    return query.q === '' || holds(textsOfItem(item))
  })
  return found.sort((a, b) => urgency(b) - urgency(a))
}
