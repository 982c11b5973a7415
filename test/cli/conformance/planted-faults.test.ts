import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allChecks } from '../../../src/cli/conformance/all-checks.ts'
import { runConformance } from '../../../src/cli/conformance-command.ts'
import { generateKey } from '../../../src/credential/keys.ts'
import { bindDoor, closeDoor } from '../../../src/node/listen.ts'
import { beginRounds, openMarket } from '../../../src/node/open-market.ts'
import { createSandbox } from '../../../src/sandbox/app.ts'
import type { StoredKey } from '../../../src/world/settings.ts'
import { built } from '../../support/built.ts'
import { fakeTerminal } from '../../support/fake-terminal.ts'
import { quickFolder } from '../../support/quick-folder.ts'
import { type Fault, faults } from './planted-faults.ts'

/** Every check with every fault, each in a marketplace of its own; without it a share of the faults with the checks of the areas that they are about, in one. */
const tryAll: boolean = process.env.CASES === 'all'

/** The area of the check that names a fault. */
const areaOf = ({ seenBy: [id] }: Fault): string | undefined => id?.split('.')[0]
/** The first fault of each area, and of an area with many every fourth. */
const planted = tryAll
  ? faults
  : [...Map.groupBy(faults, areaOf).values()].flatMap((alike) => alike.filter((_, at) => at % 4 === 0))

const directory = await mkdtemp(join(quickFolder, 'kentei-planted-'))
const keys: readonly StoredKey[] = await Promise.all(
  (['service', 'credential', 'webhook'] as const).map((use) => generateKey(use)),
)
const keyFile = join(directory, 'plugin-keys.json')
const errors: unknown[] = []

type Market = Awaited<ReturnType<typeof openMarket>>
const opened: Market[] = []

/** A sound marketplace: limits of contracts an hour, and waits after a refused event, leave room for one run of everything. */
async function openSound(): Promise<Market> {
  const [known] = opened
  if (known && !tryAll) return known
  const market = await openMarket({
    directory: await mkdtemp(join(directory, 'market-')),
    origin: 'http://127.0.0.1:1',
    pluginOrigin: 'http://127.0.0.1:1',
    root: process.cwd(),
    pluginSharesClock: false,
  })
  opened.push(market)
  return market
}

beforeAll(() => writeFile(keyFile, JSON.stringify(keys), { mode: 0o600 }))
afterAll(async () => {
  for (const market of opened) await market.close()
  await rm(directory, { recursive: true, force: true })
})

/** The reference marketplace with a fault of its own, on a port of its own. */
async function startWith(fault: Fault, pluginOrigin: string) {
  const door = await bindDoor(0, 'a free port')
  const origin = `http://127.0.0.1:${(door.server.address() as AddressInfo).port}`
  const market = await openSound()
  const ground = { origin, pluginOrigin, keys, own: market.settings.keys.service }
  const world = {
    ...market,
    settings: { ...market.settings, origin, pluginOrigin, pluginIssuer: pluginOrigin },
    fetch: fault.fetch?.(ground, market.fetch) ?? market.fetch,
  }
  const sandbox = createSandbox(() => world)
  const answer = fault.answer?.(ground) ?? ((request, sound) => sound(request))
  door.open((request, bindings) => answer(request, async (asked) => sandbox.fetch(asked, bindings)))
  const tending = beginRounds(world, 100, (error) => errors.push(error))
  return {
    origin,
    close: async () => {
      await tending.stop()
      await closeDoor(door, 500)
    },
  }
}

interface Told {
  readonly checks: readonly { readonly id: string; readonly outcome: string; readonly came: string }[]
}

async function failuresWith(fault: Fault, only: string, worker: string) {
  const { terminal, printed } = fakeTerminal(() => process.cwd(), { waits: true, now: Date.now })
  const exit = await runConformance(
    { worker, leaveTraces: false, strict: true, language: 'en', json: true, keys: keyFile, only },
    terminal,
    {
      patience: { rotationPatience: 12_000, webhookPatience: 9_000, retryAfter: 6 },
      startMarket: (pluginOrigin) => startWith(fault, pluginOrigin),
    },
  )
  const { checks } = JSON.parse(printed.join('\n')) as Told
  return { exit, failed: checks.filter(({ outcome }) => outcome === 'fails') }
}

/** Somebody of whom no other fault has left anything. */
const workerOf = (fault: Fault): string => `wrk_${String(20 + faults.indexOf(fault)).padStart(3, '0')}`

/** Moves the clock of the one marketplace: tried with the fault that it is about, which is the last. */
const LATE = 'review.late'

/** What is tried: the checks of the areas that the fault is about, or all of them. */
function triedWith({ seenBy, shownBy = 'answer' }: Fault): string {
  const areas = new Set(['answer', shownBy, ...seenBy].map((id) => id.split('.')[0]))
  return allChecks
    .map(({ id }): string => id)
    .filter((id) => tryAll || (areas.has(id.split('.')[0]) && (id !== LATE || seenBy.some((seen) => seen === LATE))))
    .join(',')
}

const MOST_MS = 120_000

describe('a marketplace with one fault', () => {
  it('are at least twenty-five', () => {
    expect(faults.length).toBeGreaterThanOrEqual(25)
    expect(new Set(faults.map(({ is }) => is)).size).toBe(faults.length)
  })

  // the last one moves the clock of the marketplace
  it.each(planted)('$is: $seenBy.0 names it', { timeout: MOST_MS }, async (fault) => {
    const { exit, failed } = await failuresWith(fault, triedWith(fault), workerOf(fault))
    expect(failed.map(({ id }) => id).toSorted(), failed.map(({ id, came }) => `${id}: ${came}`).join('\n')).toEqual(
      [...fault.seenBy].toSorted(),
    )
    expect(exit).toBe(1)
  })

  it('stands in nothing that is shipped', async () => {
    await built()
    const files = (await readdir('dist', { recursive: true })).filter((file) => /\.m?js$/.test(file))
    const texts = await Promise.all(files.map((file) => readFile(join('dist', file), 'utf8')))
    const told = [...faults.map(({ is }) => is), 'rev_planted', 'cas_lost']
    expect(files.length).toBeGreaterThan(3)
    expect(files.filter((_, at) => told.some((word) => texts[at]?.includes(word)))).toEqual([])
  })
})
