import { inArray, sql } from 'drizzle-orm'
import { attemptEvents, attempts, responses, scoredResponses, shownItems } from '../../src/attempt/tables.ts'
import { bankHash } from '../../src/authoring/content-hash.ts'
import { credentials } from '../../src/credential/tables.ts'
import type { Form, PresentedItem, PresentedResponse, PresentedSection } from '../../src/form/form.ts'
import type { Bank } from '../../src/item/bank.ts'
import { type Instant, instant } from '../../src/kernel/instant.ts'
import { randomFrom } from '../../src/kernel/random.ts'
import { recordWorker } from '../../src/marketplace/store.ts'
import { eventLog } from '../../src/marketplace/tables.ts'
import { outbox } from '../../src/platform/outbox/tables.ts'
import { reportScore, scoreForm } from '../../src/scoring/raw-score.ts'
import { giveSession } from '../support/give-session.ts'
import { modelAnswer } from '../support/model-answer.ts'
import { publishBank } from '../support/publish-bank.ts'
import { tinyBank } from '../support/tiny-bank.ts'
import type { Driver } from './driver.ts'

export const START: Instant = instant(Date.parse('2026-11-25T03:00:00Z'))
const SLACK_MS = 3_000

/** The tiny bank whose first section asks for text only, so that every revision of an answer can be told from the others. */
export function raceBank(change: Parameters<typeof tinyBank>[0] = {}): Bank {
  const bank = tinyBank(change)
  const items = bank.items.filter((item) => item.topic !== 'office' || item.type === 'short' || item.type === 'numeric')
  return { ...bank, items, hash: bankHash({ exam: bank.exam, items: items }) }
}

export interface Racer {
  readonly worker: string
  readonly token: string
}

/** Workers who have been launched, with sessions. */
export async function enrol(driver: Driver, workers: readonly string[], now: Instant): Promise<Racer[]> {
  const racers: Racer[] = []
  for (const worker of workers) {
    await recordWorker(driver.db, {
      worker,
      tombstones: [],
      subject: `urn:uuid:${crypto.randomUUID()}`,
      name: 'みなと',
      locale: 'ja',
      now,
    })
    const { token } = await giveSession(
      { db: driver.db, secret: driver.environment.KENTEI_SESSION_SECRET, now },
      { worker },
    )
    racers.push({ worker, token })
  }
  return racers
}

/** What came back, or how it failed: status 0 is no answer at all. */
export interface Reply {
  readonly status: number
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
  readonly json: any
}

/** What went wrong, counted. */
export class Tally {
  requests = 0
  serverErrors = 0
  /** How the last save of each sitting ended: both must happen, or nothing was raced. */
  readonly lateSaves = { accepted: 0, refused: 0 }
  readonly violations: string[] = []

  expect(holds: boolean, law: string): void {
    if (!holds) this.violations.push(law)
  }
}

type Request = Parameters<Driver['call']>[0]

async function send(driver: Driver, tally: Tally, request: Request): Promise<Reply> {
  tally.requests += 1
  try {
    const response = await driver.call(request)
    const text = await response.text()
    if (response.status >= 500) tally.serverErrors += 1
    return {
      status: response.status,
      text,
      json: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined,
    }
  } catch (error) {
    tally.serverErrors += 1
    return { status: 0, text: String(error), json: undefined }
  }
}

/** Sends requests all at once, those of a list one after the other, and counts failures of the server. The replies come in order. */
export async function burst(
  driver: Driver,
  tally: Tally,
  requests: readonly (Request | readonly Request[])[],
): Promise<Reply[]> {
  const clients = requests.map(async (request) => {
    const replies: Reply[] = []
    for (const each of Array.isArray(request) ? (request as readonly Request[]) : [request as Request])
      replies.push(await send(driver, tally, each))
    return replies
  })
  return (await Promise.all(clients)).flat()
}

interface Sitting extends Racer {
  readonly id: string
  readonly lease: string
  readonly deadline: Instant
  readonly items: readonly PresentedItem[]
}

const CLIENTS = 10
const REVISIONS = 7

const grouped = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
const allSame = (texts: readonly string[]) => new Set(texts).size <= 1

export interface RaceOptions {
  readonly bank: Bank
  /** Where requests go: the product's own API, or the control beside it. */
  readonly door: '/api' | '/control'
  /** How many race in a round. */
  readonly workers: number
  /** What their names begin with: of two races over one database each has its own. */
  readonly named?: string
}

/** Ten starts of every worker at once: one attempt comes of them, shown once, logged once, and everybody is given that one. */
async function raceStarts(
  driver: Driver,
  tally: Tally,
  racers: readonly Racer[],
  now: Instant,
  { bank, door }: RaceOptions,
): Promise<Sitting[]> {
  const starts = racers.flatMap(({ token }) =>
    Array.from({ length: CLIENTS }, (_, i) => ({
      method: 'POST',
      path: `${door}/exams/${bank.exam.id}/attempts`,
      now: instant(now + i),
      token,
      body: { locale: 'ja' },
    })),
  )
  const replies = grouped(await burst(driver, tally, starts), CLIENTS)
  const workers = racers.map(({ worker }) => worker)
  const open = await driver.db
    .select({ worker: attempts.worker, id: attempts.id })
    .from(attempts)
    .where(inArray(attempts.worker, workers))
  const shown = await driver.db
    .select({ worker: shownItems.worker })
    .from(shownItems)
    .where(inArray(shownItems.worker, workers))
  for (const [i, { worker }] of racers.entries()) {
    const mine = replies[i] ?? []
    const started = open.filter((attempt) => attempt.worker === worker)
    tally.expect(started.length === 1, `${worker} has ${started.length} attempts`)
    tally.expect(
      mine.every(({ status }) => status === 200 || status === 201),
      `${worker} was refused: ${mine.map(({ status }) => status)}`,
    )
    tally.expect(
      mine.filter(({ status }) => status === 201).length === 1,
      `${worker} was told ${mine.filter(({ status }) => status === 201).length} times that an attempt was created`,
    )
    tally.expect(allSame(mine.map(({ json }) => json?.id)), `${worker} was given different attempts`)
    tally.expect(
      allSame(mine.map(({ json }) => JSON.stringify([json?.sections, json?.lease, json?.deadline]))),
      `${worker} was given different papers`,
    )
    if (door === '/api')
      tally.expect(
        shown.filter((row) => row.worker === worker).length === 8,
        `${worker}'s items were noted ${shown.filter((row) => row.worker === worker).length} times`,
      )
  }
  return racers.flatMap((racer, i) => {
    const attempt = replies[i]?.[0]?.json
    if (!attempt?.id) return []
    return [
      {
        ...racer,
        id: attempt.id,
        lease: attempt.lease,
        deadline: instant(Date.parse(attempt.deadline)),
        items: (attempt.sections as PresentedSection[]).flatMap((section) => section.items),
      },
    ]
  })
}

/** The text saved under a revision: the last one is right. */
function draft(bank: Bank, item: PresentedItem, revision: number): PresentedResponse {
  return revision === REVISIONS ? modelAnswer(bank, item, { right: true }) : { text: `draft ${revision}` }
}

/** Revisions of two answers at once in any order, one of them twice, a stranger's lease, and the rest of the paper. */
async function raceSaves(
  driver: Driver,
  tally: Tally,
  sittings: readonly Sitting[],
  now: Instant,
  { bank, door }: RaceOptions,
  seed: string,
): Promise<void> {
  const random = randomFrom(seed)
  const savesOf = (sitting: Sitting, index: number) => {
    const [first, second, ...rest] = sitting.items as [PresentedItem, PresentedItem, ...PresentedItem[]]
    const revisions = [...Array.from({ length: REVISIONS }, (_, i) => i + 1), REVISIONS].map((revision) => ({
      lease: sitting.lease,
      saves: [first, second].map((item) => ({ item: item.ref, revision, response: draft(bank, item, revision) })),
    }))
    const stranger = {
      lease: 'lse_stranger',
      saves: [{ item: first.ref, revision: 99, response: { text: 'not mine' } }],
    }
    const others = rest.map((item) => ({
      item: item.ref,
      revision: 1,
      response: modelAnswer(bank, item, { right: index % 2 === 0 }),
    }))
    return random.shuffle([...revisions, stranger, { lease: sitting.lease, saves: others }])
  }
  const sent = sittings.flatMap((sitting, index) =>
    savesOf(sitting, index).map((body) => ({
      method: 'PUT',
      path: `${door}/attempts/${sitting.id}/responses`,
      now,
      token: sitting.token,
      body,
    })),
  )
  const replies = await burst(driver, tally, sent)
  const stored = await driver.db
    .select()
    .from(responses)
    .where(
      inArray(
        responses.attempt,
        sittings.map(({ id }) => id),
      ),
    )
  for (const [i, { path, body }] of sent.entries()) {
    const reply = replies[i] as Reply
    if (body.lease === 'lse_stranger') {
      if (door === '/api')
        tally.expect(
          reply.status === 409 && reply.json?.code === 'lease-lost',
          `a stranger's save was answered ${reply.status} ${reply.text}`,
        )
      continue
    }
    tally.expect(reply.status === 200, `a save was answered ${reply.status} ${reply.text}`)
    for (const [n, result] of (
      (reply.json?.results ?? []) as { item: string; status: string; revision: number; response?: unknown }[]
    ).entries()) {
      const save = body.saves[n] as (typeof body.saves)[number]
      const row = stored.find((other) => path.includes(other.attempt) && other.item === save.item)
      if (result.status === 'saved') {
        tally.expect(
          row !== undefined && row.revision >= save.revision,
          `revision ${save.revision} was acknowledged, ${row?.revision} is stored`,
        )
        if (row?.revision === save.revision)
          tally.expect(
            row.response === JSON.stringify(save.response),
            `revision ${save.revision} is stored with another body`,
          )
      } else
        tally.expect(
          result.revision > save.revision,
          `revision ${save.revision} was called stale against ${result.revision}`,
        )
    }
  }
  const drafted = sittings.flatMap((sitting) => sitting.items.slice(0, 2).map((item) => ({ sitting, item })))
  for (const { sitting, item } of drafted) {
    const row = stored.find((other) => other.attempt === sitting.id && other.item === item.ref)
    tally.expect(
      row?.revision === REVISIONS && row.response === JSON.stringify(draft(bank, item, REVISIONS)),
      `${sitting.id} ${item.ref} ends at revision ${row?.revision}`,
    )
  }
}

const SUBMITS = 2
const LATE_REVISIONS = [50, 51, 52, 53, 54, 55] as const

/** Right and wrong by turns, so that a grade shows which of them it counted. */
const lateThought = (bank: Bank, item: PresentedItem, revision: number): PresentedResponse =>
  revision % 2 === 1 ? modelAnswer(bank, item, { right: true }) : { text: `late ${revision}` }

/**
 * Submits, a tab that goes on saving, a reader and sweeps at once, half of them in the last millisecond that counts. The
 * saves follow each other, so that some come before the closing and some after it.
 */
async function raceSubmits(
  driver: Driver,
  tally: Tally,
  sittings: readonly Sitting[],
  now: Instant,
  { bank }: RaceOptions,
): Promise<void> {
  const requestsOf = (sitting: Sitting, index: number): (Request | Request[])[] => {
    const at = index % 4 < 2 ? now : instant(sitting.deadline + SLACK_MS)
    const common = { now: at, token: sitting.token }
    const attempt = `/api/attempts/${sitting.id}`
    const first = sitting.items[0] as PresentedItem
    return [
      ...Array.from({ length: SUBMITS }, () => ({
        ...common,
        method: 'POST',
        path: `${attempt}/submit`,
        body: { lease: sitting.lease },
      })),
      LATE_REVISIONS.map((revision) => ({
        ...common,
        method: 'PUT',
        path: `${attempt}/responses`,
        body: {
          lease: sitting.lease,
          saves: [{ item: first.ref, revision, response: lateThought(bank, first, revision) }],
        },
      })),
      { ...common, method: 'GET', path: `${attempt}/result` },
      index % 5 === 0
        ? { method: 'POST', path: '/test/sweep', now: instant(sitting.deadline + SLACK_MS + 1) }
        : { ...common, method: 'GET', path: attempt },
    ]
  }
  const replies = grouped(await burst(driver, tally, sittings.flatMap(requestsOf)), CLIENTS)
  await checkClosing(driver, tally, bank, sittings, replies)
}

async function checkClosing(
  driver: Driver,
  tally: Tally,
  bank: Bank,
  sittings: readonly Sitting[],
  replies: readonly (readonly Reply[])[],
): Promise<void> {
  const ids = sittings.map(({ id }) => id)
  const { db } = driver
  const rows = await db.select().from(attempts).where(inArray(attempts.id, ids))
  const events = await db
    .select({ attempt: attemptEvents.attempt, type: attemptEvents.type })
    .from(attemptEvents)
    .where(inArray(attemptEvents.attempt, ids))
  const saved = await db.select().from(responses).where(inArray(responses.attempt, ids))
  const scored = await db.select().from(scoredResponses).where(inArray(scoredResponses.attempt, ids))
  const issued = await db
    .select({ id: credentials.id, attempt: credentials.attemptId })
    .from(credentials)
    .where(inArray(credentials.attemptId, ids))
  const messages = await db.select({ stream: outbox.stream, kind: outbox.kind }).from(outbox)
  const logged = await db.select({ data: eventLog.data }).from(eventLog)
  for (const [i, { id, worker }] of sittings.entries()) {
    const mine = replies[i] ?? []
    const submits = mine.slice(0, SUBMITS)
    const late = mine.slice(SUBMITS, SUBMITS + LATE_REVISIONS.length)
    const result = mine[SUBMITS + LATE_REVISIONS.length] as Reply
    const row = rows.find((other) => other.id === id)
    tally.expect(
      submits.every(({ status }) => status === 200),
      `${id}: submits were answered ${submits.map(({ status }) => status)}`,
    )
    tally.expect(
      allSame([...submits, ...(result.status === 200 ? [result] : [])].map(({ text }) => text)),
      `${id}: replies differ`,
    )
    tally.expect(row?.status === 'graded', `${id} is ${row?.status}`)
    if (row?.status !== 'graded') continue
    for (const type of ['started', 'closed', 'graded']) {
      const times = events.filter((event) => event.attempt === id && event.type === type).length
      tally.expect(times === 1, `${id} was ${type} ${times} times`)
    }
    const sheet = Object.fromEntries(
      saved
        .filter((save) => save.attempt === id)
        .map((save) => [save.item, JSON.parse(save.response) as PresentedResponse]),
    )
    const report = reportScore(bank, scoreForm(JSON.parse(row.form) as Form, bank, sheet))
    tally.expect(JSON.stringify(report) === row.report, `${id}: the grade is not that of the stored responses`)
    tally.expect(
      late.every(({ status, json }) => status === 200 || json?.code === 'attempt-closed'),
      `${id}: late saves were answered ${late.map(({ status }) => status)}`,
    )
    const acknowledged = LATE_REVISIONS.findLast((_, n) => late[n]?.status === 200) ?? REVISIONS
    const kept = saved.find((save) => save.attempt === id && save.item === 'q1')?.revision
    tally.expect(kept === acknowledged, `${id}: late revision ${acknowledged} was acknowledged, ${kept} is stored`)
    tally.lateSaves[late.at(-1)?.status === 200 ? 'accepted' : 'refused'] += 1
    tally.expect(
      scored.filter((item) => item.attempt === id).length === 8,
      `${id}: ${scored.filter((item) => item.attempt === id).length} scored items`,
    )
    const badges = issued.filter((credential) => credential.attempt === id)
    tally.expect(badges.length === (report.passed ? 1 : 0), `${id}: ${badges.length} credentials`)
    const kinds = messages.filter(({ stream }) => stream.endsWith(`:${worker}`)).map(({ kind }) => kind)
    tally.expect(kinds.join() === (report.passed ? 'standing,badge,signal,event' : ''), `${id}: messages ${kinds}`)
    const told = logged.filter(({ data }) => data.includes(`"${worker}"`)).length
    tally.expect(told === (report.passed ? 1 : 0), `${id}: ${told} events`)
  }
}

/** Rounds of thirty requests of each racer in bursts of ten of each: starts, saves, submits. The control has starts and saves only. */
export async function race(driver: Driver, rounds: number, options: RaceOptions): Promise<Tally> {
  const tally = new Tally()
  await publishBank(driver.db, options.bank, START)
  for (let round = 1; round <= rounds; round++) {
    const racers = await enrol(
      driver,
      Array.from({ length: options.workers }, (_, i) => `${options.named ?? 'w'}${round}-${i + 1}`),
      START,
    )
    const sittings = await raceStarts(driver, tally, racers, START, options)
    const seed = round.toString(16).padStart(32, 'a')
    await raceSaves(driver, tally, sittings, instant(START + 60_000), options, seed)
    if (options.door === '/api') await raceSubmits(driver, tally, sittings, instant(START + 120_000), options)
  }
  return tally
}

/** Takes away the index that would save the control from itself. */
export const dropOpenIndex = (driver: Driver): Promise<unknown> => driver.db.run(sql`drop index attempts_one_open`)
