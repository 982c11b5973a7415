import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../support/free-port.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { type Measure, median } from './measure.ts'

const ROUNDS = 3
/** Somebody who has just typed `npm start` waits for it. */
const MOST_TIMES = 5

/** Milliseconds from the start of the built demonstration to the first page of its marketplace. */
async function start(dataFolder: string): Promise<{ readonly ms: number; readonly stop: () => Promise<void> }> {
  const market = await freePort()
  const env = {
    ...process.env,
    PORT: String(await freePort()),
    SANDBOX_PORT: String(market),
    DATA_DIR: dataFolder,
  }
  const begun = performance.now()
  // the flags of `npm start`
  const flags = ['--max-semi-space-size=4', '--heap-growing-percent=12']
  const service: ChildProcess = spawn(process.execPath, [...flags, resolve('dist/node.mjs')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  while (service.exitCode === null) {
    const page = await fetch(`http://localhost:${market}/`).catch(() => undefined)
    if (page?.ok && (await page.text()) !== '') break
    await sleep(20)
  }
  if (service.exitCode !== null) throw new Error(`the demonstration ended with ${service.exitCode}`)
  const stop = async () => {
    service.kill('SIGTERM')
    await once(service, 'exit')
  }
  return { ms: performance.now() - begun, stop }
}

/** How much longer the first start takes, which makes the past of the demonstration, than any later one. */
export async function measureFirstStart(): Promise<Measure[]> {
  const [first, later]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    const folder = await mkdtemp(join(quickFolder, 'kentei-first-start-'))
    for (const times of [first, later]) {
      const { ms, stop } = await start(folder)
      times.push(ms)
      await stop()
    }
    await rm(folder, { recursive: true, force: true })
  }
  const seconds = (of: readonly number[]) => `${(median(of) / 1_000).toFixed(1)} s`
  return [
    {
      name: 'first start of the demonstration against a later one',
      value: median(first.map((ms, nth) => ms / (later[nth] as number))),
      unit: 'times',
      most: MOST_TIMES,
      detail: `${seconds(first)} against ${seconds(later)}, built already`,
    },
  ]
}
