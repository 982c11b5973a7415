import { afterEach, beforeEach, expect, it } from 'vitest'
import { beginRounds } from '../../src/node/open-market.ts'
import type { Repetition } from '../../src/node/run-until-stopped.ts'
import { messagesAbout } from '../../src/platform/outbox/history/store.ts'
import { drainSandbox } from '../../src/sandbox/flows/drain-sandbox.ts'
import type { SandboxWorld } from '../../src/sandbox/sandbox-world.ts'
import { type ContractRoom, DAY, openContractRoom } from '../support/sandbox/contract-room.ts'

let room: ContractRoom
/** The marketplace beside a plugin that answers nothing until it is let. */
let world: SandboxWorld
let unanswered: { readonly body: string; answered: boolean; answer(): void }[]
let rounds: Repetition | undefined
const failures: unknown[] = []

beforeEach(async () => {
  room = await openContractRoom()
  unanswered = []
  world = {
    ...room.market.world,
    fetch: (_url, { body }) =>
      new Promise((resolve) => {
        const call = {
          body: String(body),
          answered: false,
          answer: () => {
            call.answered = true
            resolve(new Response(null, { status: 204 }))
          },
        }
        unanswered.push(call)
      }),
  }
})
afterEach(async () => {
  const stopped = rounds?.stop()
  rounds = undefined
  // those under way are answered, and those that come after them
  while ((await Promise.race([stopped, new Promise((resolve) => setImmediate(resolve, 'going on'))])) === 'going on')
    for (const { answer } of unanswered) answer()
  await room.close()
})

const suspend = async (worker: string) =>
  room.market.call('POST', `/demo/workers/${worker}/standing`, { body: { status: 'suspended' } })
const about = () =>
  unanswered
    .map(({ body }) => JSON.parse(body).data?.worker as string | undefined)
    .filter((worker) => worker !== undefined)

it('a plugin that never answers holds up no timer of the marketplace', async () => {
  await suspend('wrk_090')
  rounds = beginRounds(world, 10, (error) => failures.push(error))
  await expect.poll(() => about()).toEqual(['wrk_090'])
  const contract = await room.funded()
  await room.step('wrk_001', contract.id, 'start')
  await room.step('wrk_001', contract.id, 'deliver', { note: 'x' })
  room.market.advance(8 * DAY)
  await expect.poll(async () => (await room.read(contract.id)).status).toBe('released')
  expect((await messagesAbout(world.db, 'wrk_090')).map(({ status }) => status)).toEqual(['pending'])
  expect(failures).toEqual([])
})

it('events about different workers are under way side by side, twenty at most; those about one worker go in order', async () => {
  for (let n = 0; n < 25; n++) await suspend(`wrk_${100 + n}`)
  for (const status of ['good', 'suspended'])
    await room.market.call('POST', '/demo/workers/wrk_100/standing', { body: { status } })
  const drain = drainSandbox(world)
  await expect.poll(() => about().length).toBe(20)
  expect(new Set(about()).size).toBe(20)
  while ((await Promise.race([drain, new Promise((resolve) => setImmediate(resolve, 'going on'))])) === 'going on') {
    const underWay = unanswered.filter(({ answered }) => !answered)
    expect(underWay.length).toBeLessThanOrEqual(20)
    for (const call of underWay) call.answer()
  }
  expect(await drain).toEqual({ delivered: 27, failed: 0 })
  const versions = unanswered.map(({ body }) => JSON.parse(body).data).filter(({ worker }) => worker === 'wrk_100')
  expect(versions.map(({ version }) => version)).toEqual([2, 3, 4])
})

it('an event waits for the one before it about the same worker, also while another drain has that in hand', async () => {
  for (const status of ['suspended', 'good'])
    await room.market.call('POST', '/demo/workers/wrk_100/standing', { body: { status } })
  const first = drainSandbox({ ...world }, { rounds: 1 })
  await expect.poll(() => about()).toEqual(['wrk_100'])
  expect(await drainSandbox({ ...world })).toEqual({ delivered: 0, failed: 0 })
  for (const { answer } of unanswered) answer()
  expect(await first).toEqual({ delivered: 1, failed: 0 })
})
