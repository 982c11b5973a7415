import { categories } from '../people/worker.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { arms } from '../search/newcomers/terms.ts'
import { noFilter, sorts } from '../search/worker-filter.ts'
import { consultBook } from './consult-book.ts'
import { readListings } from './show-market.ts'

/** Places of a first page. */
const FIRST_PLACES = 20

/** Makes the order of every category and reads its first page, so that nobody's search waits for that: with 100,000 people it takes a few seconds. */
export async function prepareSearch(world: SandboxWorld): Promise<void> {
  const book = await consultBook(world)
  const now = world.now()
  const everybody = { now, arm: 'treated', filter: noFilter, docs: undefined } as const
  for (const category of [undefined, ...categories]) {
    book.countFacets({ ...everybody, category })
    for (const sort of sorts) if (sort !== 'ranked') book.findSorted({ ...everybody, category, sort, limit: 0 })
  }
  for (const arm of arms)
    for (const category of [undefined, ...categories]) {
      const { places } = book.find({ category, now, arm, filter: noFilter, docs: undefined, limit: FIRST_PLACES })
      await readListings(
        world,
        places.map(({ worker }) => worker),
        { category, now, terms: book.termsOf(arm) },
      )
    }
}
