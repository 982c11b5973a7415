import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { outside } from '../../src/world/outside.ts'
import type { World } from '../../src/world/world.ts'
import { freePort } from '../support/free-port.ts'
import { seatCandidates } from './candidates.ts'
import { startChild } from './child.ts'
import type { LoadReport } from './load.ts'
import { type Measure, rounded } from './measure.ts'

const ATTEMPTS = 2_000
const IN_FLIGHT = 200
const LOAD_MS = 8_000

const megabytes = async (service: ChildProcess) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${service.pid}/status`, 'utf8'))?.[1]) / 1_024

async function untilReady(port: number): Promise<void> {
  for (let i = 0; i < 2_400; i += 1, await sleep(50))
    if (
      await fetch(`http://127.0.0.1:${port}/.well-known/jwks.json`).then(
        (reply) => reply.ok,
        () => false,
      )
    )
      return
  throw new Error('the service did not answer')
}

/** Resident memory of the service (marketplace included) with many open attempts while many saves are under way. */
export async function measureMemory(): Promise<Measure[]> {
  if (process.platform !== 'linux') return []
  const folder = await mkdtemp(join(tmpdir(), 'kentei-bench-'))
  const port = await freePort()
  // as `npm start` does it, flags and all
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { start: string } }
  const env = {
    ...process.env,
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    PORT: String(port),
    SANDBOX_PORT: String(await freePort()),
    DATA_DIR: folder,
    DEMO_PAST: 'none',
  }
  // the shell hands its process over to the service
  const service = spawn('/bin/sh', ['-c', scripts.start], { stdio: ['ignore', 'ignore', 'inherit'], env })
  const load = startChild('test/bench/load.ts')
  try {
    await untilReady(port)
    const atRest = await megabytes(service)
    const { db, close } = await openEmbeddedDatabase(join(folder, 'kentei.db'), 'migrations', 'process')
    const sessionSecret = (await readFile(join(folder, 'session-secret'), 'utf8')).trim()
    const world = {
      ...outside,
      db,
      settings: { sessionSecret, origin: `http://localhost:${port}`, demoBank: 'refused' },
    } as World
    const targets = await seatCandidates(world, 'business-admin', ATTEMPTS)
    await close()
    let peak = 0
    let over = false
    const watch = (async () => {
      while (!over) {
        peak = Math.max(peak, await megabytes(service))
        await sleep(50)
      }
    })()
    const report = await load.ask<LoadReport>({ port, targets, connections: IN_FLIGHT, milliseconds: LOAD_MS })
    over = true
    await watch
    const detail = `${rounded(atRest)} at rest; ${rounded(report.perSecond)} saves per s, p50 ${rounded(report.p50)}, p99 ${rounded(report.p99)} ms`
    return [
      {
        name: `memory: ${ATTEMPTS.toLocaleString('en')} open attempts, ${IN_FLIGHT} saves in flight`,
        value: peak,
        unit: 'MB',
        most: 250,
        detail,
      },
    ]
  } finally {
    load.end()
    service.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
}
