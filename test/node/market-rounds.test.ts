import { afterEach, beforeEach, expect, it } from 'vitest'
import { beginRounds } from '../../src/node/market-rounds.ts'
import type { Repetition } from '../../src/node/repeat.ts'
import { drainSandbox } from '../../src/sandbox/flows/drain-sandbox.ts'
import { lettersOf } from '../../src/sandbox/post/store.ts'
import type { SandboxWorld } from '../../src/sandbox/sandbox-world.ts'
import { type ContractRoom, DAY, openContractRoom } from '../sandbox/support/contract-room.ts'

let room: ContractRoom
/** The marketplace beside a plugin that answers nothing until it is let. */
let world: SandboxWorld
let unanswered: { readonly body: string; answer(): void }[]
let rounds: Repetition | undefined
const failures: unknown[] = []

beforeEach(async () => {
  room = await openContractRoom()
  unanswered = []
  world = {
    ...room.market.world,
    fetch: (_url, { body }) => new Promise((resolve) => unanswered.push({ body: String(body), answer: () => resolve(new Response(null, { status: 204 })) })),
  }
})
afterEach(async () => {
  const stopped = rounds?.stop()
  rounds = undefined
  // those under way are answered, and those that come after them
  while ((await Promise.race([stopped, new Promise((resolve) => setImmediate(resolve, 'going on'))])) === 'going on') for (const { answer } of unanswered) answer()
  await room.close()
})

const suspend = async (worker: string) => room.market.call('POST', `/demo/workers/${worker}/standing`, { body: { status: 'suspended' } })
const about = () => unanswered.map(({ body }) => JSON.parse(body).data?.worker as string | undefined).filter((worker) => worker !== undefined)

it('a plugin that never answers holds up no timer of the marketplace', async () => {
  await suspend('wrk_090')
  rounds = beginRounds(world, 10, (error) => failures.push(error))
  await expect.poll(() => about()).toEqual(['wrk_090'])
  const contract = await room.funded()
  await room.step('wrk_001', contract.id, 'start')
  await room.step('wrk_001', contract.id, 'deliver', { note: 'x' })
  room.market.advance(8 * DAY)
  await expect.poll(async () => (await room.read(contract.id)).status).toBe('released')
  expect((await lettersOf(world.db, 'wrk_090')).map(({ state }) => state)).toEqual(['waiting'])
  expect(failures).toEqual([])
})

it('letters about different workers are under way side by side, twenty at most; those about one worker go in order', async () => {
  for (let n = 0; n < 25; n++) await suspend(`wrk_${100 + n}`)
  room.market.advance(1)
  for (const status of ['good', 'suspended']) await room.market.call('POST', '/demo/workers/wrk_100/standing', { body: { status } })
  const first = drainSandbox(world)
  await expect.poll(() => about().length).toBe(20)
  const second = drainSandbox(world)
  await expect.poll(() => about().length).toBe(26)
  expect(about().filter((worker) => worker === 'wrk_100')).toHaveLength(2)
  while ((await Promise.race([Promise.all([first, second]), new Promise((resolve) => setImmediate(resolve, 'going on'))])) === 'going on') for (const { answer } of unanswered) answer()
  expect([await first, await second]).toEqual([
    { delivered: 20, failed: 0 },
    { delivered: 7, failed: 0 },
  ])
  const versions = unanswered.map(({ body }) => JSON.parse(body).data).filter(({ worker }) => worker === 'wrk_100')
  expect(versions.map(({ version }) => version)).toEqual([2, 3, 4])
})
