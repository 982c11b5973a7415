import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { uuidv7 } from 'uuidv7'
import * as z from 'zod'
import { type Instant, instant, milliseconds, plus } from '../kernel/instant.ts'
import type { Brand } from '../world/brand.ts'
import { brandSetting } from '../world/brand-setting.ts'
import { type EmbeddedDatabase, openEmbeddedDatabase, type WaitsIn } from '../world/open-node.ts'
import { moveClock, readClock } from './demo/store.ts'
import { DetectorInUse } from './detector/candidate/detector-in-use.ts'
import type { Learner } from './detector/candidate/learning.ts'
import type { Detector } from './detector/judge/detector.ts'
import type { Model } from './detector/judge/model.ts'
import { followDetector } from './flows/follow-detector.ts'
import { openBaseModel } from './open-detector.ts'
import { sampleWorks } from './own-brand.data.ts'
import type { SandboxIdKind, SandboxWorld } from './sandbox-world.ts'
import { WorkerBook } from './search/worker-book.ts'

const privateJwk = z.looseObject({ kty: z.string(), kid: z.string(), d: z.string() })
const keyFile = z.object({ service: privateJwk, webhook: privateJwk })

async function makeKey(alg: 'ES256' | 'Ed25519'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(privateKey)
  return { ...jwk, kid: await calculateJwkThumbprint(jwk) }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The sandbox's own signing keys: made on the first run, readable by its owner only, the same ever after. */
async function openKeys(directory: string): Promise<{ service: JWK; webhook: JWK }> {
  const path = join(directory, 'sandbox-keys.json')
  const kept = await readIfThere(path)
  if (kept !== undefined) return keyFile.parse(JSON.parse(kept)) as { service: JWK; webhook: JWK }
  const made = { service: await makeKey('ES256'), webhook: await makeKey('Ed25519') }
  try {
    await writeFile(path, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    return made
  } catch (error) {
    // another process was first: use its keys
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return openKeys(directory)
    throw error
  }
}

export interface SandboxPlace {
  /** Where the database and the keys lie; made when it is missing. */
  readonly directory: string
  readonly origin: string
  readonly pluginOrigin: string
  readonly pluginIssuer?: string
  /** How it shows itself; as an example unless told otherwise. */
  readonly brand?: Brand
  readonly webhookSecret?: string
  readonly pluginWebhookKeys?: readonly string[]
  /** Whether the plugin goes by this sandbox's clock, as it does where both are one process. */
  readonly pluginSharesClock?: boolean
  /** `migrations/sandbox` unless told otherwise. */
  readonly migrations?: string
  readonly waitsIn?: WaitsIn
  /** The real time. */
  readonly now?: () => Instant
  readonly fetch?: SandboxWorld['fetch']
  readonly detect?: Detector['score']
  /** The model that it comes with; its own where a command has trained one, else the committed one. */
  readonly model?: Model
  /** Trains a model beside the service. */
  readonly learner?: Learner
}

const callOut: SandboxWorld['fetch'] = (url, init, timeout) =>
  fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeout) })

/** Opens the sandbox on Node: an embedded database file, keys beside it, the real clock and network. */
export async function openSandboxWorld(
  place: SandboxPlace,
): Promise<SandboxWorld & Pick<EmbeddedDatabase, 'forgetDeleted' | 'close'>> {
  await mkdir(place.directory, { recursive: true, mode: 0o700 })
  const { db, forgetDeleted, close } = await openEmbeddedDatabase(
    join(place.directory, 'sandbox.db'),
    resolve(place.migrations ?? 'migrations/sandbox'),
    place.waitsIn,
  )
  const realTime = place.now ?? (() => instant(Date.now()))
  let moved = await readClock(db)
  const now = () => plus(realTime(), moved)
  const detector = place.detect ? undefined : new DetectorInUse(place.model ?? (await openBaseModel(place.directory)))
  if (detector) await followDetector({ db, detector })
  return {
    db,
    forgetDeleted,
    close: async () => {
      detector?.training?.abort()
      await detector?.training?.ended
      await close()
    },
    settings: {
      origin: place.origin,
      pluginOrigin: place.pluginOrigin,
      pluginIssuer: place.pluginIssuer ?? place.pluginOrigin,
      brand: place.brand ?? brandSetting.parse(sampleWorks(place.origin)),
      keys: await openKeys(place.directory),
      webhookSecret: place.webhookSecret,
      pluginWebhookKeys: place.pluginWebhookKeys ?? [],
    },
    detect: place.detect ?? (detector as DetectorInUse).score,
    detector,
    learner: place.learner,
    workerBook: new WorkerBook(),
    now,
    trustNow: place.pluginSharesClock ? now : realTime,
    advance: async (by) => {
      moved = milliseconds(await moveClock(db, by))
      return now()
    },
    newId: <Kind extends SandboxIdKind>(kind: Kind) => `${kind}_${uuidv7()}` as const,
    fetch: place.fetch ?? callOut,
    wait: async (duration) => {
      await sleep(duration)
    },
  }
}
