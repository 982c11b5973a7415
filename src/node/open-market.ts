import { join } from 'node:path'
import { seedSandbox } from '../sandbox/flows/seed-sandbox.ts'
import { openSandboxWorld } from '../sandbox/open-sandbox.ts'

export interface MarketPlace {
  readonly directory: string
  readonly origin: string
  readonly pluginOrigin: string
  readonly root: string
  readonly pluginSharesClock: boolean
  /** `whsec_…` of the events that it sends; they carry a `v1a` signature in any case. */
  readonly webhookSecret?: string
  /** Secrets that may sign the plugin's events, besides the keys that it publishes. */
  readonly pluginWebhookKeys?: readonly string[]
}

/** Opens the reference marketplace with its people, in a folder of its own. */
export async function openMarket(place: MarketPlace) {
  const { root, ...rest } = place
  const market = await openSandboxWorld({ ...rest, migrations: join(root, 'migrations/sandbox') })
  await seedSandbox(market)
  return market
}
