import { describePlace } from '../../src/sandbox/api/workers-api.ts'
import { prepareSearch } from '../../src/sandbox/flows/prepare-search.ts'
import { seedSandbox } from '../../src/sandbox/flows/seed-sandbox.ts'
import { searchWorkers } from '../../src/sandbox/flows/show-market.ts'
import { openSandboxWorld } from '../../src/sandbox/open-sandbox.ts'
import { noFilter } from '../../src/sandbox/search/worker-filter.ts'
import { median, timed } from './measure.ts'

// Opens the marketplace of a folder as `openMarket` does, and searches: what the first search takes, and later ones. Each is
// of somebody else, so that each draws a newcomers' row and logs it.

/** Milliseconds. */
export interface FirstSearch {
  readonly opening: number
  readonly first: number
  readonly later: number
}

const LATER = 15
const PAGE = 20
const origin = 'https://market.example'

const [directory = ''] = process.argv.slice(2)
const start = performance.now()
const market = await openSandboxWorld({ directory, origin, pluginOrigin: origin })
await seedSandbox(market)
await prepareSearch(market)
const opening = performance.now() - start
const search = async (nth: number) => {
  const person = `cli_${process.pid}_${nth}`
  const found = await searchWorkers(market, { category: undefined, filter: noFilter, limit: PAGE, person })
  return JSON.stringify({ ...found, places: found.places.map((one) => describePlace(one, market.now())) })
}
const first = await timed(() => search(0))
const times: number[] = []
for (let turn = 1; turn <= LATER; turn += 1) times.push(await timed(() => search(turn)))
await market.close()
process.send?.({ opening, first, later: median(times) } satisfies FirstSearch)
