import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drainOutbox, openLanes } from '../../src/flows/drain-outbox.ts'
import { minutes } from '../../src/kernel/instant.ts'
import type { Lane } from '../../src/platform/outbox/drain.ts'
import type { World } from '../../src/world/world.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { pass, rows } from './exam-hall.ts'

let w: FixedWorld
let world: World
/** Calls that a slow destination has not answered, by destination. */
let unanswered: { readonly host: string; answer(): void }[]

let isSlow: boolean
let opened: Lane[]

const hosts = ['slow.example', 'fast.example', 'late.example']
const taken = () => new Response(null, { status: 204 })

beforeEach(async () => {
  w = await fixedWorld()
  unanswered = []
  isSlow = true
  opened = []
  world = {
    ...w.world,
    settings: { ...w.world.settings, subscribers: hosts.map((host) => ({ id: host, url: `https://${host}/events` })) },
    fetch: (url, init) => {
      const { host } = new URL(url)
      if (host === 'slow.example' && isSlow) return new Promise((resolve) => unanswered.push({ host, answer: () => resolve(taken()) }))
      return hosts.includes(host) ? Promise.resolve(taken()) : w.market.fetch(url, init)
    },
  }
})

/** The slow one answers, and everything comes to its end. */
async function recover() {
  isSlow = false
  for (const { answer } of unanswered.splice(0)) answer()
  await Promise.all(opened.map(({ ended }) => ended))
}

afterEach(async () => {
  await recover()
  await w.close()
})

async function open(): Promise<Lane[]> {
  const lanes = await openLanes(world)
  opened.push(...lanes)
  return lanes
}

const held = (host: string) => unanswered.filter((call) => call.host === host).length
const left = async (host: string) => (await rows(w, "select count(*) as n from outbox where destination = ? and status = 'pending'", [`subscriber:${host}`]))[0].n
const laneTo = (lanes: readonly Lane[], host: string) => lanes.find(({ destination }) => destination === `subscriber:${host}`)?.ended
/** Letters to each destination about so many people. */
async function announce(people: number, from = 0): Promise<void> {
  for (let n = from; n < from + people; n++) {
    await pass({ ...w, world } as FixedWorld, `w-${n}`)
    // the app posts to the world that it was made with: every subscriber gets the same letter
    for (const host of hosts)
      await rows(
        w,
        `insert into outbox (id, destination, stream, chain, kind, request, about, status, attempts, next_at, not_before, lease_until, created_at)
         select 'msg_' || ? || '_' || seq, 'subscriber:' || ?, 'subscriber:' || ? || ':' || seq, 'msg_' || ? || '_' || seq, kind, request, about, 'pending', 0, next_at, 0, 0, created_at
         from outbox where kind = 'event' and destination like 'subscriber:marketplace' order by seq desc limit 1`,
        [host, host, host, host],
      )
  }
}

describe('a destination that does not answer', () => {
  it('keeps no other waiting: all of theirs are delivered meanwhile', async () => {
    await announce(30)
    const lanes = await open()
    expect(await laneTo(lanes, 'fast.example')).toEqual({ delivered: 30, failed: 0 })
    expect([held('slow.example') > 0, await left('slow.example'), await left('fast.example')]).toEqual([true, 30, 0])
  })

  it('holds no more places than its share where others have letters too', async () => {
    await announce(30)
    const lanes = await open()
    await laneTo(lanes, 'fast.example')
    expect(held('slow.example')).toBeLessThanOrEqual(24 / lanes.length)
  })

  it('is lent what the others leave, and one that comes later has a place at once all the same', async () => {
    await announce(40)
    await rows(w, "update outbox set next_at = next_at + 60000 where destination <> 'subscriber:slow.example'")
    const lanes = await open()
    await Promise.all(lanes.filter(({ destination }) => destination !== 'subscriber:slow.example').map(({ ended }) => ended))
    // the first round was shared out; nobody else has anything for the second
    await vi.waitFor(() => expect(held('slow.example')).toBeGreaterThan(0))
    for (const { answer } of unanswered.splice(0)) answer()
    await vi.waitFor(() => expect(held('slow.example')).toBe(20))
    w.clock.advance(minutes(1))
    expect(await laneTo(await open(), 'late.example')).toEqual({ delivered: 40, failed: 0 })
    expect(held('slow.example')).toBe(20)
  })

  it('gets its letters when it answers again, each once', async () => {
    await announce(30)
    const lanes = await open()
    await laneTo(lanes, 'fast.example')
    await recover()
    await drainOutbox(world)
    expect(await left('slow.example')).toBe(0)
    expect(await rows(w, 'select message_id from delivery_attempts group by message_id having count(*) > 1')).toEqual([])
  })
})
