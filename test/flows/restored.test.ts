import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reconcileRestored } from '../../src/flows/reconcile.ts'
import { hours, minutes } from '../../src/kernel/instant.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { operator, pass, rows } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { readLog } from '../support/read-log.ts'

let w: FixedWorld
let closeCopy: () => Promise<void> = async () => {}
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(async () => {
  await closeCopy()
  closeCopy = async () => {}
  await w.close()
})

/** Copies the database as it is now. @returns how to put the service back to it, as somebody does with a backup. */
async function copyNow(): Promise<() => Promise<void>> {
  const file = join(w.folder, 'copy.db')
  await rows(w, 'VACUUM INTO ?', [file])
  return async () => {
    const copy = await openEmbeddedDatabase(file, 'migrations', 'process')
    closeCopy = copy.close
    Object.assign(w.world, { db: copy.db })
    w = { ...w, db: copy.db }
  }
}

const decide = async (credential: string, status: 'active' | 'suspended') => {
  const { status: answered } = await w.call('POST', `/api/staff/credentials/${credential}/status`, {
    token: await operator(w),
    body: { status, why: 'looked into' },
  })
  expect(answered).toBe(200)
  await w.drain()
}
const shown = (worker: string, credential: string) => {
  const badge = w.market.badges.get(`${worker} ${credential}`)
  return { status: badge?.body.status, version: badge?.version ?? 0, signal: w.market.signals.get(`${worker} tiny`) }
}

describe('a copy of the database that was restored', () => {
  it('makes a later suspension count, whoever put the copy back and told nobody', async () => {
    const { credential } = await pass(w, 'wrk_1')
    await w.drain()
    const restore = await copyNow()
    w.clock.advance(minutes(1))
    for (const status of ['suspended', 'active', 'suspended', 'active'] as const) await decide(credential, status)
    const before = shown('wrk_1', credential)

    await restore()
    w.clock.advance(minutes(1))
    await decide(credential, 'suspended')
    expect(shown('wrk_1', credential).version).toBeGreaterThan(before.version)
    expect(shown('wrk_1', credential).status).toBe('suspended')
  })

  it('gives events later places than receivers have read', async () => {
    const { credential } = await pass(w, 'wrk_1')
    const restore = await copyNow()
    w.clock.advance(minutes(1))
    await decide(credential, 'suspended')
    const [{ seq: read }] = await rows(w, 'select max(seq) as seq from event_log')

    await restore()
    w.clock.advance(minutes(1))
    await decide(credential, 'suspended')
    const [last] = await rows(w, 'select seq, type from event_log order by seq desc limit 1')
    expect(last.type).toBe('credential.suspended')
    expect(last.seq).toBeGreaterThan(read)
  })

  it('is what the marketplace shows after a round over everybody, whatever it was told meanwhile', async () => {
    const people = new Map<string, string>()
    for (const worker of ['wrk_1', 'wrk_2', 'wrk_3', 'wrk_4']) people.set(worker, (await pass(w, worker)).credential)
    await w.drain()
    await decide(people.get('wrk_3') as string, 'suspended')
    const restore = await copyNow()
    const wanted = [...people].map(([worker, id]) => [worker, shown(worker, id).status])
    w.clock.advance(minutes(1))
    await decide(people.get('wrk_1') as string, 'suspended')
    await decide(people.get('wrk_3') as string, 'active')
    w.market.decide('wrk_4', 'suspended')

    await restore()
    w.clock.advance(hours(1))
    expect(await reconcileRestored(w.world)).toBe(4)
    await w.drain()
    const after = [...people].map(([worker, id]) => [worker, shown(worker, id).status])
    // whose standing fell meanwhile is asked about first: nothing is given back to them
    expect(after).toEqual(wanted.map(([worker, status]) => [worker, worker === 'wrk_4' ? 'suspended' : status]))
    for (const [worker, id] of people) {
      const { status, signal } = shown(worker, id)
      expect([worker, signal?.body.withdrawn !== true]).toEqual([worker, status === 'active'])
    }
  })

  it('is told anew when an operator says so, and by nobody else', async () => {
    const { credential, token } = await pass(w, 'wrk_1')
    await w.drain()
    const { version } = shown('wrk_1', credential)
    w.clock.advance(minutes(1))
    expect((await w.call('POST', '/api/staff/restored', { token })).status).toBe(403)
    const { json } = await w.call('POST', '/api/staff/restored', { token: await operator(w) })
    expect(json).toMatchObject({ workers: 1, finished: true })
    await w.drain()
    expect(shown('wrk_1', credential)).toMatchObject({ status: 'active', version: expect.any(Number) })
    expect(shown('wrk_1', credential).version).toBeGreaterThan(version)
  })

  it('tells of a certificate under higher versions than any that were told', async () => {
    const { credential } = await pass(w, 'wrk_1')
    const restore = await copyNow()
    for (const status of ['suspended', 'active', 'suspended', 'active'] as const) await decide(credential, status)
    const told = () => w.market.events.map(({ data }) => (data as { version: number }).version)
    const most = Math.max(...told())

    await restore()
    w.clock.advance(minutes(1))
    await reconcileRestored(w.world)
    await decide(credential, 'suspended')
    expect(told().at(-1)).toBeGreaterThan(most)
    // in the log of acts as well
    expect(await readLog(w.db, ['service.restored'])).toHaveLength(1)
  })
})
