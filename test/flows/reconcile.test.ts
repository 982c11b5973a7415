import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reconcile } from '../../src/flows/reconcile.ts'
import { days, hours, milliseconds, plus } from '../../src/kernel/instant.ts'
import { cases } from '../support/cases.ts'
import { drainForDays, operator, pass, rows } from '../support/exam-hall.ts'
import { deliverEvent, type Hall, openHall, runLog, settle, stateOf } from './certified-hall.ts'
import { drawLog } from './market-log.ts'

/** Of which the marketplace tells. */
const ACTS = cases(120, 2)

let hall: Hall
let w: Hall['w']
beforeEach(async () => {
  hall = await openHall()
  w = hall.w
  await reconcile(w.world)
})
afterEach(() => w.close())

const night = async () => {
  w.clock.advance(hours(24))
  const done = await reconcile(w.world)
  await drainForDays(w, 0.2)
  return done
}
const shown = (worker: string) => w.market.badges.get(`${worker} ${hall.credentials.get(worker)}`)

describe('the nightly reconciliation', () => {
  it('repairs the loss of every event', async () => {
    const log = drawLog(3, ACTS)
    const lost = await runLog(hall, log, async () => {})
    // two nights, as the first begins before the story ends in the other world
    await night()
    await settle(hall)
    const repaired = await stateOf(hall)

    const other = await openHall()
    await runLog(other, log, async (announced) => {
      const last = announced.at(-1)
      if (last) await deliverEvent(other, last)
      await other.w.drain()
    })
    await settle(other)
    const expected = await stateOf(other)
    await other.w.close()

    expect(lost).toHaveLength(ACTS)
    // of contracts that were not paid out yet the marketplace does not tell; nothing counts on them either
    const paid = (state: typeof expected) =>
      state.plugin.contracts.filter(({ released_at }: { released_at: number | null }) => released_at !== null)
    expect(paid(repaired)).toEqual(paid(expected))
    const unpaid = new Set(
      expected.plugin.contracts
        .filter(({ released_at }: { released_at: number | null }) => released_at === null)
        .map(({ contract }: { contract: string }) => contract),
    )
    const rest = ({
      plugin: { contracts: _, ...plugin },
      marketplace: { contexts, ...marketplace },
    }: typeof expected) => ({
      plugin,
      marketplace,
      contexts: contexts.filter(([contract]: [string]) => !unpaid.has(contract)),
    })
    expect(rest(repaired)).toEqual(rest(expected))
    expect(expected.marketplace.contexts.length).toBeGreaterThan(5)
  })

  it('restores what the marketplace lost, under the old versions', async () => {
    const before = new Map([...w.market.badges])
    const signals = new Map([...w.market.signals])
    w.market.badges.clear()
    w.market.signals.clear()
    await night()
    expect(new Map([...w.market.badges].sort())).toEqual(new Map([...before].sort()))
    expect(new Map([...w.market.signals].sort())).toEqual(new Map([...signals].sort()))
  })

  it('changes nothing at a marketplace that has everything', async () => {
    const before = new Map([...w.market.badges])
    await night()
    expect(w.market.badges).toEqual(before)
    expect(
      w.market.contractCalls.filter(({ path }) => path.includes('/badges/w-01') || path.endsWith('/w-01/standing'))
        .length,
    ).toBeGreaterThan(0)
  })

  it('sends dead letters again', async () => {
    w.market.spoil = ({ path }) => (path.startsWith('/v1/') ? new Response(null, { status: 503 }) : undefined)
    const { credential } = await pass(w, 'w-new')
    await drainForDays(w, 4)
    expect(
      (await rows(w, "select status from outbox where stream = 'worker:w-new' and kind = 'standing'"))[0].status,
    ).toBe('dead')
    w.market.spoil = () => undefined
    await night()
    expect(w.market.badges.get(`w-new ${credential}`)?.body.status).toBe('active')
    expect(w.market.signals.has('w-new tiny')).toBe(true)
  })

  it('tells again of what was revoked lately, and not for ever', async () => {
    const credential = hall.credentials.get('w-01')
    await w.call('POST', `/api/staff/credentials/${credential}/status`, {
      token: await operator(w),
      body: { status: 'revoked', why: 'x' },
    })
    await w.drain()
    w.market.badges.clear()
    await night()
    expect(shown('w-01')?.body.status).toBe('revoked')
    for (let n = 0; n < 7; n++) await night()
    w.market.badges.clear()
    await night()
    expect(shown('w-01')).toBeUndefined()
    expect(shown('w-02')?.body.status).toBe('active')
  })

  it('comes once in 24 hours, page by page, and goes on where it stopped', async () => {
    await rows(
      w,
      `insert into credentials (id, attempt_id, worker, exam, level, exam_version, title, holder_name, subject, issued_at, valid_until, status, status_cause, status_changed_at, version, status_list, status_index, jwt, bank_hash, given_at, awarded_at, edition, predecessor, relation, remind_at) select 'crd_x' || value, 'att_x' || value, 'x-' || printf('%03d', value), exam, level, exam_version, title, holder_name, subject, issued_at, valid_until, 'active', null, status_changed_at, version, 2, value, jwt, bank_hash, given_at, awarded_at, edition, predecessor, relation, remind_at from credentials, (with recursive n(value) as (select 1 union all select value + 1 from n where value < 195) select value from n) where id = ?`,
      [hall.credentials.get('w-01')],
    )
    await rows(
      w,
      `insert into workers (worker, subject, name, locale, time_multiplier, standing_version, seen_at) select distinct worker, subject, holder_name, 'ja', 1, 0, 0 from credentials where id like 'crd_x%'`,
    )
    w.clock.advance(milliseconds(hours(24) - 1))
    expect(await reconcile(w.world)).toEqual({ workers: 0, finished: true })
    w.clock.advance(milliseconds(1))
    expect(await reconcile(w.world)).toEqual({ workers: 100, finished: false })
    expect(await reconcile(w.world)).toEqual({ workers: 100, finished: false })
    expect(await reconcile(w.world)).toEqual({ workers: 7, finished: true })
    expect(await reconcile(w.world)).toEqual({ workers: 0, finished: true })
    const asked = await rows(
      w,
      "select count(distinct stream) as n, count(*) as letters from outbox where kind = 'read-standing'",
    )
    expect(asked).toMatchObject([{ n: 207, letters: 207 }])
    w.clock.now = plus(w.clock.now, hours(24))
    expect(await reconcile(w.world)).toMatchObject({ workers: 100 })
    // what still waits is not asked twice
    expect(await rows(w, "select count(*) as letters from outbox where kind = 'read-standing'")).toMatchObject([
      { letters: 207 },
    ])
  })

  it('comes although the clock was ahead when the last one began', async () => {
    const rightly = w.clock.now
    w.clock.advance(days(400))
    await night()
    w.clock.now = rightly
    expect(await reconcile(w.world)).toMatchObject({ finished: true, workers: expect.any(Number) })
    expect(await rows(w, "select started_at, after from rounds where name = 'reconcile'")).toEqual([
      expect.objectContaining({ started_at: rightly, after: null }),
    ])
  })

  it('sends what was written while the clock was far ahead', async () => {
    const rightly = w.clock.now
    w.clock.advance(days(400))
    await pass(w, 'w-9')
    w.clock.now = rightly
    await w.drain()
    const waiting = () => rows(w, "select count(*) as n from outbox where status = 'pending'")
    expect((await waiting())[0]?.n).toBeGreaterThan(0)
    await night()
    expect(await waiting()).toMatchObject([{ n: 0 }])
  })

  it('keeps of what it tells every night the first try, and those of a month', async () => {
    const tries = async () => {
      const made = await rows(
        w,
        "select count(*) as n, min(t.at) as first from delivery_attempts t join outbox o on o.id = t.message_id where o.kind = 'badge' group by o.id",
      )
      return { most: Math.max(...made.map(({ n }) => Number(n))), first: made.map(({ first }) => first) }
    }
    for (let nth = 0; nth < 3; nth += 1) await night()
    const { most, first } = await tries()
    expect(most).toBe(4)
    w.clock.advance(days(40))
    for (let nth = 0; nth < 2; nth += 1) await night()
    expect(await tries()).toEqual({ most: 3, first })
  })

  it('may be run by several at once', async () => {
    w.clock.advance(hours(24))
    await Promise.all([reconcile(w.world), reconcile(w.world), reconcile(w.world)])
    expect(await rows(w, "select count(*) as n from outbox where kind = 'read-standing'")).toMatchObject([{ n: 12 }])
    expect(await rows(w, 'select after from rounds')).toMatchObject([{ after: null }])
  })

  it('forgets questions that were answered the day before', async () => {
    await night()
    const [{ n: first }] = await rows(w, "select count(*) as n from outbox where stream like 'reads:%'")
    await night()
    await night()
    const [{ n: later }] = await rows(w, "select count(*) as n from outbox where stream like 'reads:%'")
    expect(later).toBeLessThanOrEqual(2 * first)
  })

  it('is begun by an operator too, and by nobody else', async () => {
    const { token } = await w.launch('w-01')
    expect((await w.call('POST', '/api/staff/reconcile', { token })).status).toBe(403)
    const begun = await w.call('POST', '/api/staff/reconcile', { token: await operator(w) })
    expect(begun).toMatchObject({
      status: 200,
      json: { workers: 12, finished: true, startedAt: new Date(w.clock.now).toISOString() },
    })
  })
})
