import { join } from 'node:path'
import { openSandboxWorld } from '../sandbox/open-sandbox.ts'
import { seedSandbox } from '../sandbox/seed-sandbox.ts'

/** Opens the reference marketplace with its people, in a folder of its own. */
export async function openMarket(place: { directory: string; origin: string; pluginOrigin: string; root: string }) {
  const market = await openSandboxWorld({ directory: place.directory, origin: place.origin, pluginOrigin: place.pluginOrigin, migrations: join(place.root, 'migrations/sandbox') })
  await seedSandbox(market)
  return market
}
