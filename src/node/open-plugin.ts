import { randomBytes } from 'node:crypto'
import { existsSync, unwatchFile, watchFile } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { freshPair, USES } from '../credential/key-life.ts'
import { openKeyRing, signingKey } from '../credential/keys.ts'
import { instant } from '../kernel/instant.ts'
import { openBucket } from '../platform/bucket.ts'
import { ToldError } from '../platform/log-line.ts'
import type { Database } from '../world/database.ts'
import { noteServer } from '../world/database-note.ts'
import { fetchThrough, publicAgent } from '../world/fetch-stranger.ts'
import { openArchive } from '../world/open-archive.ts'
import {
  type EmbeddedDatabase,
  openEmbeddedDatabase,
  openRemoteDatabase,
  openRenderingAssets,
  type WaitsIn,
} from '../world/open-node.ts'
import { outside } from '../world/outside.ts'
import { writePrivateFile } from '../world/private-file.ts'
import { type Environment, readSettings, type SigningUse, type StoredKey } from '../world/settings.ts'
import type { World } from '../world/world.ts'
import { readOrMake } from './data-folder.ts'
import { erasureSecretLost, keysLost, refuseLeftDatabase } from './explain-database.ts'
import { openCompiler } from './open-compiler.ts'
import { inOneLine, StartError } from './run-until-stopped.ts'

/** File of the data folder by whose secrets erased people are recognised. */
const ERASURE_SECRET = 'erasure-secret'

export interface PluginPlace {
  readonly dataFolder: string
  readonly migrationsFolder: string
  /** Of the build: what images are drawn with, and the compiler of what is handed in. */
  readonly buildFolder: string
  readonly origin: string
  readonly marketplaceOrigin: string
  /** Keys that may sign the marketplace's events. */
  readonly webhookKeys: readonly string[]
  /** Where the marketplace listens for the plugin's events. */
  readonly subscriberUrl: string
  /** `whsec_…` of the events for the marketplace; they carry a `v1a` signature in any case. */
  readonly subscriberSecret?: string
  /** `KENTEI_SECURITY_CONTACT`: where flaws are reported. */
  readonly securityContact?: string | undefined
  readonly waitsIn?: WaitsIn
  /** `KENTEI_DEMO_BANK`. */
  readonly demoBank?: string | undefined
  /** `MARKETPLACE_BRAND`, as JSON. */
  readonly brand?: string | undefined
  /** Who may be an operator, as `KENTEI_OPERATORS` has it. */
  readonly operators: string
  /** The real clock unless told otherwise. */
  readonly now?: World['now']
  /** Asked of a database whose keys are not in the folder, whether it knows any. Without it, keys are made. */
  readonly hasHadKeys?: (db: Database) => Promise<boolean>
  /** Asked of a database whether it knows one of the secrets of tombstones. Without it, any will do. */
  readonly knowsSecrets?: (db: Database, secrets: readonly string[]) => Promise<boolean>
  /** Told when a changed key file cannot be used. Without it the file is read once. */
  readonly report?: (error: unknown) => void
}

/** @throws a `StartError` that names the file. */
function readStored(path: string, text: string): StoredKey[] {
  try {
    return JSON.parse(text) as StoredKey[]
  } catch {
    throw new StartError(`${path} is no list of keys: put it back from the backup (src/docs/en/watch.md#damaged)`)
  }
}

/** The stored keys, made on the first run; a use that came with a later release gets its keys when it is first missed. */
async function openKeyFile(path: string): Promise<string> {
  // when a key was made is a matter between its file and `kentei keys`, which go by the real time
  const pairs = async (uses: readonly SigningUse[]) =>
    (await Promise.all(uses.map((use) => freshPair(use, instant(Date.now()))))).flat()
  const text = await readOrMake(path, async () => JSON.stringify(await pairs(USES), null, 2))
  const keys = readStored(path, text)
  const missing = USES.filter((use) => !keys.some((key) => key.use === use))
  if (missing.length === 0) return text
  const completed = JSON.stringify([...keys, ...(await pairs(missing))], null, 2)
  await writePrivateFile(path, completed)
  return completed
}

const newSecret = async () => randomBytes(48).toString('base64url')

/** The secrets of tombstones, made on the first run. Where the session secret was there before, it made those that are there: it stays among them. */
async function openErasureSecrets(dataFolder: string): Promise<string> {
  const earlier = await readFile(join(dataFolder, 'session-secret'), 'utf8').catch(() => '')
  return readOrMake(join(dataFolder, ERASURE_SECRET), async () => `${await newSecret()}\n${earlier}`)
}

/** Where Kentei is on this machine, and what it is told of the world. */
export interface KenteiPlace
  extends Pick<
    PluginPlace,
    'dataFolder' | 'migrationsFolder' | 'buildFolder' | 'waitsIn' | 'now' | 'hasHadKeys' | 'knowsSecrets' | 'report'
  > {
  /** Variables of the environment, but keys and secrets, which lie in the data folder. */
  readonly environment: Readonly<Partial<Environment>>
  /** Told how long statements of an embedded database took. */
  readonly timed?: Parameters<typeof openEmbeddedDatabase>[3]
  /** Told what happens in the world. */
  readonly note?: World['note']
  /** Asked how the machine is. */
  readonly machine?: World['machine']
  /** Of a libSQL server; a file of the data folder without it. */
  readonly remoteDatabase?: Parameters<typeof openRemoteDatabase>[0] | undefined
}

/** Opens the plugin of a pair on this machine. */
export const openPlugin = ({ subscriberUrl, subscriberSecret, ...place }: PluginPlace) =>
  openKentei({
    ...place,
    environment: {
      KENTEI_ORIGIN: place.origin,
      KENTEI_OPERATORS: place.operators,
      KENTEI_DEMO_BANK: place.demoBank as Environment['KENTEI_DEMO_BANK'],
      MARKETPLACE_BRAND: place.brand,
      MARKETPLACE_ORIGIN: place.marketplaceOrigin,
      MARKETPLACE_WEBHOOK_KEYS: JSON.stringify(place.webhookKeys),
      KENTEI_SECURITY_CONTACT: place.securityContact,
      SUBSCRIBERS: JSON.stringify([{ id: 'marketplace', url: subscriberUrl, secret: subscriberSecret }]),
    },
  })

const DATABASE = 'kentei.db'

const openDatabase = ({ dataFolder, migrationsFolder, remoteDatabase, waitsIn, timed }: KenteiPlace) =>
  remoteDatabase
    ? openRemoteDatabase(remoteDatabase, migrationsFolder)
    : openEmbeddedDatabase(join(dataFolder, DATABASE), migrationsFolder, waitsIn, timed)

/** Keys that were made anew would tell everybody that what the lost ones signed is false. @throws a `StartError`. */
async function refuseLostKeys(place: KenteiPlace, keyFile: string): Promise<void> {
  const isDatabaseThere = place.remoteDatabase !== undefined || existsSync(join(place.dataFolder, DATABASE))
  if (!place.hasHadKeys || existsSync(keyFile) || !isDatabaseThere) return
  const { db, close } = await openDatabase(place)
  try {
    if (await place.hasHadKeys(db)) throw keysLost(keyFile)
  } finally {
    await close()
  }
}

/** A secret that was made anew would recognise nobody who was erased. @throws a `StartError`; one that was only made now is gone. */
async function refuseLostSecret(
  db: Database,
  secrets: readonly string[],
  { knowsSecrets, dataFolder, isMade }: Pick<KenteiPlace, 'knowsSecrets' | 'dataFolder'> & { readonly isMade: boolean },
): Promise<void> {
  if (!knowsSecrets || (await knowsSecrets(db, secrets))) return
  const file = join(dataFolder, ERASURE_SECRET)
  if (isMade) await rm(file)
  throw erasureSecretLost(file)
}

/**
 * Opens Kentei's world over an embedded database or one of a server, with keys and secrets made on the first run. Rotated and
 * blocked keys take effect while it runs.
 * @throws a `StartError` where keys or secrets are gone that the database knows.
 */
export async function openKentei(place: KenteiPlace): Promise<{ world: World } & Omit<EmbeddedDatabase, 'db'>> {
  const keyFile = join(place.dataFolder, 'keys.json')
  await refuseLeftDatabase(place)
  await refuseLostKeys(place, keyFile)
  const keys = await openKeyFile(keyFile)
  const isMade = !existsSync(join(place.dataFolder, ERASURE_SECRET))
  const erasureSecrets = await openErasureSecrets(place.dataFolder)
  const sessionSecret = await readOrMake(join(place.dataFolder, 'session-secret'), newSecret)
  const environment = {
    ...place.environment,
    KENTEI_SESSION_SECRET: sessionSecret.trim(),
    KENTEI_ERASURE_SECRET: erasureSecrets,
  }
  let settings = readSettings({ ...environment, KENTEI_KEYS: keys })
  const { db, close, ...rest } = await openDatabase(place)
  try {
    await noteServer(place.dataFolder, place.remoteDatabase?.url)
    await refuseLostSecret(db, settings.tombstoneSecrets, { ...place, isMade })
  } catch (problem) {
    await close()
    throw problem
  }
  const takeKeys = async (text: string) => {
    const changed = readSettings({ ...environment, KENTEI_KEYS: text })
    const ring = await openKeyRing(changed.origin, changed.keys)
    for (const use of USES) if (!signingKey(ring, use)) throw new Error(`there is no active ${use} key`)
    settings = changed
  }
  const unwatch = place.report && watchKeyFile(keyFile, takeKeys, place.report)
  const world: World = {
    ...outside,
    fetchStranger: fetchThrough(publicAgent()),
    ...(place.now ? { now: place.now } : {}),
    ...(place.note ? { note: place.note } : {}),
    ...(place.machine ? { machine: place.machine } : {}),
    db,
    rendering: openRenderingAssets(join(place.buildFolder, 'worker')),
    compileBank: openCompiler(place.buildFolder),
    archive: settings.archiveBucket
      ? openBucket(settings.archiveBucket, { ...outside, now: place.now ?? outside.now })
      : openArchive(join(place.dataFolder, 'archive')),
    get settings() {
      return settings
    },
  }
  const closeAll = async () => {
    unwatch?.()
    await close()
  }
  return { world, ...rest, close: closeAll }
}

/** How soon a changed key file is noticed. Asking for its state is a microsecond's work and sees a file that was replaced, on network disks too. */
const LOOKED_AT_EVERY_MS = 500

/**
 * Hands the text of a file to `take` whenever it has changed. What cannot be taken is reported, and what was taken before
 * stays. @returns how to end it.
 */
export function watchKeyFile(
  path: string,
  take: (text: string) => Promise<void>,
  report: (error: unknown) => void,
): () => void {
  let last: Promise<void> = Promise.resolve()
  const changed = () => {
    last = last
      .then(async () => take(await readFile(path, 'utf8')))
      .catch((error) =>
        report(
          new ToldError(`${path} has changed and cannot be used, the keys stay what they were: ${inOneLine(error)}`),
        ),
      )
  }
  watchFile(path, { interval: LOOKED_AT_EVERY_MS, persistent: false }, changed)
  return () => unwatchFile(path, changed)
}
