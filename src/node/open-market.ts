import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox } from '../sandbox/app.ts'
import { drainSandbox } from '../sandbox/flows/drain-sandbox.ts'
import { endorseExams } from '../sandbox/flows/endorse-exams.ts'
import { prepareSearch } from '../sandbox/flows/prepare-search.ts'
import { tendMarket } from '../sandbox/flows/run-timers.ts'
import { seedSandbox } from '../sandbox/flows/seed-sandbox.ts'
import { openSandboxWorld } from '../sandbox/open-sandbox.ts'
import type { SandboxWorld } from '../sandbox/sandbox-world.ts'
import type { Brand } from '../world/brand.ts'
import { bindDoor, closeDoor } from './listen.ts'
import { openLearner } from './open-learner.ts'
import { type Repetition, repeat } from './run-until-stopped.ts'

export interface MarketPlace {
  readonly directory: string
  readonly origin: string
  readonly pluginOrigin: string
  readonly root: string
  /** How it shows itself; as the reference marketplace unless told otherwise. */
  readonly brand?: Brand
  readonly pluginSharesClock: boolean
  /** `whsec_…` of the events that it sends; they carry a `v1a` signature in any case. */
  readonly webhookSecret?: string
  /** Secrets that may sign the plugin's events, besides the keys that it publishes. */
  readonly pluginWebhookKeys?: readonly string[]
}

/** Opens the reference marketplace with its people, in a folder of its own, ready to be searched. */
export async function openMarket(place: MarketPlace) {
  const { root, ...rest } = place
  const learner = openLearner({ program: join(root, 'dist/learn-thread.mjs'), root })
  const market = await openSandboxWorld({ ...rest, migrations: join(root, 'migrations/sandbox'), learner })
  await seedSandbox(market)
  await prepareSearch(market)
  return market
}

/**
 * What a marketplace does by itself, every `milliseconds`: acts whose time has come, its outbox, and what it vouches for, each
 * in rounds of its own, so that a plugin that answers slowly or not at all holds up no work of the marketplace.
 */
export function beginRounds(market: SandboxWorld, milliseconds: number, report: (error: unknown) => void): Repetition {
  // one round of messages at a time, so that stopping waits for one answer at most
  const deliver = () => drainSandbox(market, { rounds: 1 })
  const rounds = [() => tendMarket(market), deliver, () => endorseExams(market)].map((act) =>
    repeat(milliseconds, act, report),
  )
  return {
    stop: async () => {
      await Promise.all(rounds.map((round) => round.stop()))
    },
  }
}

const TENDED_EVERY_MS = 100
const PATIENCE_MS = 500

/** A marketplace on a port of its own, whose data are gone when it closes. */
export interface SpareMarket {
  readonly origin: string
  close(): Promise<void>
}

/** Starts a reference marketplace that trusts the plugin at `pluginOrigin`. `root` is the folder with `migrations/`. */
export async function startSpareMarket(of: {
  readonly pluginOrigin: string
  readonly root: string
  readonly report: (error: unknown) => void
}): Promise<SpareMarket> {
  const directory = await mkdtemp(join(tmpdir(), 'kentei-spare-market-'))
  const door = await bindDoor(0, 'a free port')
  const origin = `http://127.0.0.1:${(door.server.address() as AddressInfo).port}`
  const market = await openMarket({
    directory,
    origin,
    pluginOrigin: of.pluginOrigin,
    root: of.root,
    pluginSharesClock: false,
  })
  const sandbox = createSandbox(() => market)
  door.open((request, bindings) => sandbox.fetch(request, bindings))
  const tending = beginRounds(market, TENDED_EVERY_MS, of.report)
  return {
    origin,
    close: async () => {
      await tending.stop()
      await closeDoor(door, PATIENCE_MS)
      await market.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
