import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Instant, instant } from '../../../src/kernel/instant.ts'
import { judgeReply, type Try } from '../../../src/platform/outbox/delivery.ts'
import {
  drainOutbox,
  type Lane,
  type OutboxWorld,
  openLanes,
  type Transport,
} from '../../../src/platform/outbox/drain.ts'
import { countMessages, listMessages, oldestPending } from '../../../src/platform/outbox/history/store.ts'
import type { Message, NewMessage } from '../../../src/platform/outbox/message.ts'
import {
  enqueueStatement,
  replay,
  resendLastStatement,
  waitingDestinations,
} from '../../../src/platform/outbox/store.ts'
import { type EmbeddedDatabase, openEmbeddedDatabase } from '../../../src/world/open-node.ts'
import { quickFolder } from '../../support/quick-folder.ts'

const MINUTE = 60_000

/** A service that has an outbox and nothing else. */
let folder: string
let database: EmbeddedDatabase
let now: Instant
let world: OutboxWorld
/** Ids in the order in which they were sent. */
let sent: string[]
/** What a destination answers, 204 unless said otherwise; `silent` ones answer when they are let. */
let answers: Map<string, number | 'silent'>
let unanswered: { readonly message: Message; answer(): void }[]
let opened: Lane[]

beforeEach(async () => {
  folder = await mkdtemp(join(quickFolder, 'outbox-'))
  database = await openEmbeddedDatabase(join(folder, 'outbox.db'), 'migrations', 'process')
  now = instant(Date.UTC(2026, 10, 25))
  let leases = 0
  world = {
    db: database.db,
    now: () => now,
    newId: (kind) => {
      leases += 1
      return `${kind}_${leases}`
    },
  }
  sent = []
  answers = new Map()
  unanswered = []
  opened = []
})

/** Whoever was silent answers from here on, and everything comes to its end. */
async function answerAll() {
  answers.clear()
  for (const { answer } of unanswered.splice(0)) answer()
  await Promise.all(opened.map(({ ended }) => ended))
}

afterEach(async () => {
  await answerAll()
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const transport: Transport<OutboxWorld, string> = {
  deliver: (_, message) => {
    sent.push(message.id)
    const status = answers.get(message.id) ?? answers.get(message.destination) ?? 204
    const judged = (reply: number): Try =>
      judgeReply(message, { status: reply, retryAfter: null, body: undefined }, now)
    return status === 'silent'
      ? new Promise((resolve) => unanswered.push({ message, answer: () => resolve(judged(204)) }))
      : Promise.resolve(judged(status))
  },
}

const message = (id: string, more: Partial<NewMessage> = {}): NewMessage => ({
  id,
  destination: 'one',
  kind: 'note',
  about: null,
  request: { method: 'POST', path: '/', body: { id } },
  ...more,
})
const enqueue = async (...messages: NewMessage[]) => {
  await enqueueStatement(world.db, messages, { now })
}
const many = (count: number, destination: string) =>
  Array.from({ length: count }, (_, n) => message(`${destination}-${n}`, { destination }))
const drain = (own: OutboxWorld = world) => drainOutbox(own, transport)
const statuses = async () =>
  Object.fromEntries((await listMessages(world.db, { limit: 100 })).map(({ id, status }) => [id, status]))

async function open(): Promise<Lane[]> {
  const lanes = await openLanes(world, transport)
  opened.push(...lanes)
  return lanes
}
const laneTo = (lanes: readonly Lane[], destination: string) =>
  lanes.find((lane) => lane.destination === destination)?.ended
const heldBy = (destination: string) => unanswered.filter((call) => call.message.destination === destination).length
const waitingAt = async (destination: string) =>
  (await waitingDestinations(world.db)).find((waiting) => waiting.destination === destination)?.messages ?? 0

describe('messages of one stream', () => {
  it('are delivered in order, and a later one waits while an earlier one is tried again', async () => {
    await enqueue(message('a', { stream: 's' }), message('b', { stream: 's' }))
    answers.set('a', 503)
    expect(await drain()).toEqual({ delivered: 0, failed: 1 })
    answers.clear()
    now = instant(now + MINUTE)
    expect(await drain()).toEqual({ delivered: 2, failed: 0 })
    expect(sent).toEqual(['a', 'a', 'b'])
  })

  it('go on behind a dead one, but those of its chain do not', async () => {
    await enqueue(
      message('a', { stream: 's', chain: 'both' }),
      message('b', { stream: 's', chain: 'both' }),
      message('c', { stream: 's' }),
    )
    answers.set('a', 422)
    await drain()
    expect(await statuses()).toEqual({ a: 'dead', b: 'pending', c: 'delivered' })
    answers.clear()
    expect(await replay(world.db, 'a', now, [])).toBe(true)
    await drain()
    expect(sent).toEqual(['a', 'c', 'a', 'b'])
  })

  it('are in one pair of hands, whoever else drains', async () => {
    await enqueue(message('a', { stream: 's' }), message('b', { stream: 's' }))
    answers.set('a', 'silent')
    await open()
    await vi.waitFor(() => expect(unanswered).toHaveLength(1), 60_000)
    expect(await drain({ ...world })).toEqual({ delivered: 0, failed: 0 })
    await answerAll()
    expect(sent).toEqual(['a', 'b'])
  })
})

describe('a message without a stream', () => {
  it('waits for no other', async () => {
    await enqueue(message('a'), message('b'))
    answers.set('a', 503)
    expect(await drain()).toEqual({ delivered: 1, failed: 1 })
    expect(await statuses()).toEqual({ a: 'pending', b: 'delivered' })
  })
})

describe('a lease', () => {
  it('that ran out lets another try, and what its holder says then changes nothing', async () => {
    await enqueue(message('a'))
    answers.set('a', 'silent')
    await open()
    await vi.waitFor(() => expect(unanswered).toHaveLength(1), 60_000)
    answers.set('a', 422)
    now = instant(now + 30_000)
    await drain({ ...world })
    expect(await statuses()).toEqual({ a: 'dead' })
    await answerAll()
    expect(await statuses()).toEqual({ a: 'dead' })
  })
})

describe('a destination that is back', () => {
  it('gets at once what had waited long for it', async () => {
    await enqueue(message('a'), message('b'))
    answers.set('one', 503)
    await drain()
    now = instant(now + 10_000)
    await drain()
    answers.clear()
    // `a` has five minutes to wait yet
    await replay(world.db, 'b', now, [])
    expect(await drain()).toEqual({ delivered: 2, failed: 0 })
  })
})

describe('a destination that does not answer', () => {
  beforeEach(() => {
    answers.set('slow', 'silent')
  })

  it('keeps no other waiting: all of theirs are delivered meanwhile', async () => {
    await enqueue(...many(30, 'slow'), ...many(30, 'fast'))
    expect(await laneTo(await open(), 'fast')).toEqual({ delivered: 30, failed: 0 })
    expect([heldBy('slow') > 0, await waitingAt('slow'), await waitingAt('fast')]).toEqual([true, 30, 0])
  })

  it('holds no more places than its share where others have messages too', async () => {
    await enqueue(...many(30, 'slow'), ...many(30, 'fast'), ...many(30, 'late'))
    await laneTo(await open(), 'fast')
    await vi.waitFor(() => expect(heldBy('slow')).toBe(8), 60_000)
  })

  it('is lent what the others leave, and one that comes later has a place at once all the same', async () => {
    await enqueue(...many(40, 'slow'))
    await open()
    await vi.waitFor(() => expect(heldBy('slow')).toBe(20), 60_000)
    await enqueue(...many(40, 'late'))
    expect(await laneTo(await open(), 'late')).toEqual({ delivered: 40, failed: 0 })
    expect(heldBy('slow')).toBe(20)
  })

  it('gets its messages when it answers again, each once', async () => {
    await enqueue(...many(30, 'slow'))
    await open()
    await vi.waitFor(() => expect(heldBy('slow')).toBe(20), 60_000)
    await answerAll()
    expect(await countMessages(world.db)).toMatchObject({ pending: 0, delivered: 30 })
    expect([...sent].sort()).toEqual(
      many(30, 'slow')
        .map(({ id }) => id)
        .sort(),
    )
  })
})

describe('how long a destination has let a message wait', () => {
  const since = async () => (await oldestPending(world.db)).map((oldest) => oldest.since - now)

  it('is counted from the repeat of one that was taken, and then from its first try that failed', async () => {
    await enqueue(message('a', { stream: 's' }))
    await drain()
    now = instant(now + 40 * 24 * 60 * MINUTE)
    await world.db.batch([resendLastStatement(world.db, { streams: ['s'], kinds: ['note'], now })])
    expect(await since()).toEqual([0])
    answers.set('a', 503)
    for (let tries = 0; tries < 3; tries += 1) {
      await drain()
      now = instant(now + 60 * MINUTE)
    }
    expect(await since()).toEqual([-180 * MINUTE])
  })

  it('says nothing of what hangs on a dead one', async () => {
    await enqueue(message('a', { stream: 's', chain: 'both' }), message('b', { stream: 's', chain: 'both' }))
    answers.set('a', 422)
    await drain()
    now = instant(now + 60 * MINUTE)
    expect(await since()).toEqual([])
  })
})

it('a message that a process took by a clock weeks ahead, and was killed with, is taken by the next', async () => {
  await enqueue(message('a'))
  answers.set('a', 'silent')
  const right = now
  now = instant(now + 30 * 24 * 60 * MINUTE)
  void open()
  await vi.waitUntil(() => unanswered.length === 1)
  now = instant(right + MINUTE)
  answers.clear()
  expect(await drain({ ...world })).toEqual({ delivered: 1, failed: 0 })
})
