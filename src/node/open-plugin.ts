import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { generateKey } from '../credential/keys.ts'
import { openEmbeddedDatabase } from '../world/open-node.ts'
import { openStudio } from '../world/open-studio.ts'
import { outside } from '../world/outside.ts'
import { readSettings } from '../world/settings.ts'
import type { World } from '../world/world.ts'
import { readOrMake } from './private-file.ts'

export interface PluginPlace {
  readonly dataFolder: string
  readonly migrationsFolder: string
  /** Folder of what images are drawn with: the build's. */
  readonly studioFolder: string
  readonly origin: string
  readonly marketplaceOrigin: string
  /** Keys that may sign the marketplace's events. */
  readonly webhookKeys: readonly string[]
  /** Where the marketplace listens for the plugin's events. */
  readonly subscriberUrl: string
  /** `whsec_…` of the events for the marketplace; they carry a `v1a` signature in any case. */
  readonly subscriberSecret?: string
  /** The real clock unless told otherwise. */
  readonly now?: World['now']
}

const USES = ['credential', 'service', 'webhook'] as const

/** A key to sign with, and the next one: verifiers know it before it is used. */
const keyPairs = (use: (typeof USES)[number]) => Promise.all([generateKey(use), generateKey(use, undefined, 'next')])

/** Opens the plugin's world over an embedded database, with keys and secrets made on the first run. */
export async function openPlugin(place: PluginPlace): Promise<{ world: World; close(): void }> {
  const keys = await readOrMake(join(place.dataFolder, 'keys.json'), async () => JSON.stringify((await Promise.all(USES.map(keyPairs))).flat(), null, 2))
  const sessionSecret = await readOrMake(join(place.dataFolder, 'session-secret'), async () => randomBytes(48).toString('base64url'))
  const settings = readSettings({
    KENTEI_ORIGIN: place.origin,
    KENTEI_KEYS: keys,
    KENTEI_SESSION_SECRET: sessionSecret.trim(),
    MARKETPLACE_ORIGIN: place.marketplaceOrigin,
    MARKETPLACE_WEBHOOK_KEYS: JSON.stringify(place.webhookKeys),
    SUBSCRIBERS: JSON.stringify([{ id: 'marketplace', url: place.subscriberUrl, secret: place.subscriberSecret }]),
  })
  const { db, close } = await openEmbeddedDatabase(join(place.dataFolder, 'kentei.db'), place.migrationsFolder)
  return { world: { ...outside, ...(place.now ? { now: place.now } : {}), settings, studio: openStudio(place.studioFolder), db }, close }
}
