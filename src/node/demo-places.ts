import { join, resolve } from 'node:path'
import { operatorIds } from '../sandbox/people/staff.data.ts'
import { readOrMakeWebhookSecret } from './data-folder.ts'
import { bindDoor, type Door, readPort } from './listen.ts'
import type { MarketPlace } from './open-market.ts'
import type { PluginPlace } from './open-plugin.ts'
import { readBrand } from './read-brand.ts'

export interface Ports {
  readonly plugin: number
  readonly sandbox: number
}

/** The ports of the environment. @throws a `StartError` for one that is none. */
export const readPorts = (): Ports => ({
  plugin: readPort('PORT', 8787),
  sandbox: readPort('SANDBOX_PORT', 8788),
})

/** The folders of the environment and of the build; `root` is that of the repository. */
export const demoFolders = (root: string) => ({
  data: resolve(process.env.DATA_DIR ?? join(root, '.data')),
  exams: resolve(process.env.EXAMS_DIR ?? join(root, 'exams')),
  build: join(root, 'dist'),
})

/** Takes both ports. @throws a `StartError` when one is taken. */
export const bindDoors = async ({ plugin, sandbox }: Ports): Promise<Record<keyof Ports, Door>> => ({
  plugin: await bindDoor(plugin, 'PORT'),
  sandbox: await bindDoor(sandbox, 'SANDBOX_PORT'),
})

/** Where the two services of the demonstration are, with their data in a folder. */
export async function placesIn(
  dataFolder: string,
  { root, ports }: { readonly root: string; readonly ports: Ports },
): Promise<{ readonly market: MarketPlace; readonly plugin: PluginPlace }> {
  const origins = { plugin: `http://localhost:${ports.plugin}`, sandbox: `http://localhost:${ports.sandbox}` }
  // events are signed in both ways of the contract, under another secret in each direction
  const secrets = {
    toPlugin: await readOrMakeWebhookSecret(join(dataFolder, 'webhook-secret')),
    toMarket: await readOrMakeWebhookSecret(join(dataFolder, 'subscriber-secret')),
  }
  const brand = await readBrand(process.env.MARKETPLACE_BRAND, origins.sandbox)
  const market: MarketPlace = {
    directory: join(dataFolder, 'sandbox'),
    origin: origins.sandbox,
    pluginOrigin: origins.plugin,
    root,
    brand: brand.read,
    pluginSharesClock: true,
    webhookSecret: secrets.toPlugin,
    pluginWebhookKeys: [secrets.toMarket],
  }
  const plugin: PluginPlace = {
    dataFolder,
    migrationsFolder: join(root, 'migrations'),
    buildFolder: join(root, 'dist'),
    origin: origins.plugin,
    marketplaceOrigin: origins.sandbox,
    webhookKeys: [secrets.toPlugin],
    operators: process.env.KENTEI_OPERATORS ?? operatorIds,
    demoBank: process.env.KENTEI_DEMO_BANK,
    subscriberUrl: `${origins.sandbox}/webhooks/kentei`,
    subscriberSecret: secrets.toMarket,
    brand: brand.json,
    securityContact: process.env.KENTEI_SECURITY_CONTACT,
  }
  return { market, plugin }
}
