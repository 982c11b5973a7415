import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox } from '../sandbox/app.tsx'
import { bindDoor, closeDoor } from './listen.ts'
import { beginRounds } from './market-rounds.ts'
import { openMarket } from './open-market.ts'

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
