import { join } from 'node:path'
import { seedSandbox } from '../sandbox/flows/seed-sandbox.ts'
import { openSandboxWorld } from '../sandbox/open-sandbox.ts'

/** Opens the reference marketplace with its people, in a folder of its own. */
export async function openMarket(place: { directory: string; origin: string; pluginOrigin: string; root: string; pluginSharesClock: boolean }) {
  const { root, ...rest } = place
  const market = await openSandboxWorld({ ...rest, migrations: join(root, 'migrations/sandbox') })
  await seedSandbox(market)
  return market
}
