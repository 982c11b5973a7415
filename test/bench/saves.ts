import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleTestEntry } from '../support/test-bundle.ts'
import type { SaveTarget } from './candidates.ts'
import { startChild } from './child.ts'
import type { LoadReport } from './load.ts'
import { inTurn, type Measure, rounded } from './measure.ts'

const ROUNDS = 9
const ROUND_MS = 2_000
const CONNECTIONS = 16

/** Saves over HTTP: the real app against the bare one. */
export async function measureSaves(): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kentei-bench-'))
  const bundle = await bundleTestEntry('test/bench/save-server.ts', 'node')
  const load = startChild('test/bench/load.ts')
  const servers = { kentei: startChild(bundle, ['kentei', folder]), bare: startChild(bundle, ['bare', folder]) }
  const places = {
    kentei: await servers.kentei.told<{ port: number; targets: SaveTarget[] }>(),
    bare: await servers.bare.told<{ port: number; targets: SaveTarget[] }>(),
  }
  const round = async (kind: 'kentei' | 'bare') =>
    (await load.ask<LoadReport>({ ...places[kind], connections: CONNECTIONS, milliseconds: ROUND_MS })).perSecond
  try {
    const { ratio, a, b } = await inTurn(
      ROUNDS,
      () => round('bare'),
      () => round('kentei'),
    )
    return [
      {
        name: 'saves over HTTP ÷ bare Hono + zod + drizzle',
        value: ratio,
        unit: '×',
        least: 0.8,
        detail: `${rounded(b)} ÷ ${rounded(a)} per s`,
      },
    ]
  } finally {
    for (const child of [load, servers.kentei, servers.bare]) child.end()
    await rm(folder, { recursive: true, force: true })
    await rm(bundle, { force: true })
  }
}
