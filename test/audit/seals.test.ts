import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SignedSeal } from '../../src/audit/seal.ts'
import { readRecords } from '../../src/audit/store.ts'
import { type Finding, type Verdict, verifyLog } from '../../src/audit/verify.ts'
import { noteKeyChanges } from '../../src/flows/note-key-changes.ts'
import { sealLog } from '../../src/flows/seal-log.ts'
import { minutes } from '../../src/kernel/instant.ts'
import { rows } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { readLog } from '../support/read-log.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

/** Launches people, and seals them a minute later. */
async function sealedMinute(...people: string[]): Promise<void> {
  for (const person of people) await w.launch(person)
  w.clock.advance(minutes(1))
  await sealLog(w.world)
}

async function verify(
  signed: readonly SignedSeal[] = [],
): Promise<Verdict & { readonly findings: readonly Finding[] }> {
  const findings: Finding[] = []
  const verdict = await verifyLog(readRecords(w.db), signed, (finding) => findings.push(finding))
  return { ...verdict, findings }
}

async function dropTriggers(): Promise<void> {
  for (const { name } of await rows(w, "select name from sqlite_master where type = 'trigger' and name like 'audit_%'"))
    await rows(w, `drop trigger ${name}`)
}

describe('a seal', () => {
  it('is made once a minute over what was written since the last, and none over nothing', async () => {
    expect(await sealLog(w.world)).toBe(1)
    await w.launch('wrk-1')
    expect(await sealLog(w.world)).toBe(0)
    w.clock.advance(minutes(1))
    expect(await sealLog(w.world)).toBe(1)
    w.clock.advance(minutes(1))
    expect(await sealLog(w.world)).toBe(0)
    await w.launch('wrk-2')
    expect(await verify()).toMatchObject({ findings: [], seals: 2, unsealed: { count: 1 } })
  })

  it('is one, however many sweep at once', async () => {
    await Promise.all(['a', 'b', 'c'].map((person) => w.launch(person)))
    const made = await Promise.all(Array.from({ length: 20 }, () => sealLog(w.world)))
    expect(made.reduce((sum, n) => sum + n, 0)).toBe(1)
    expect(await verify()).toMatchObject({ findings: [], seals: 1, unsealed: { count: 0 } })
  })

  it('covers at most five hundred entries, and the next ones the rest', async () => {
    await rows(
      w,
      `insert into audit_entries select null, 'aud_' || value, 1, 'log.read', 'kentei', null, '{}' from (with recursive n(value) as (select 1 union all select value + 1 from n where value < 1200) select value from n)`,
    )
    expect(await sealLog(w.world)).toBe(3)
    expect(await verify()).toMatchObject({ findings: [], seals: 3, entries: 1201, unsealed: { count: 0 } })
  })

  it.each([
    ['change', "update audit_seals set hash = 'x'"],
    ['deletion', 'delete from audit_seals'],
    [
      'replacement',
      "insert or replace into audit_seals select number, at, previous, last, entries, 'x' from audit_seals",
    ],
  ])('refuses its %s', async (_, statement) => {
    await sealedMinute('wrk-1')
    await expect(rows(w, statement)).rejects.toThrow(/immutable|follow each other/)
  })
})

describe('a verification names', () => {
  let signed: SignedSeal
  beforeEach(async () => {
    await sealedMinute('a', 'b')
    await sealedMinute('c', 'd', 'e')
    await sealedMinute('f')
    const [last] = await rows(w, 'select * from audit_seals order by number desc limit 1')
    signed = { issuer: w.world.settings.origin, seal: Number(last.number), hash: last.hash, last: Number(last.last) }
    await dropTriggers()
  })
  const seqOf = async (nth: number): Promise<number> =>
    Number((await rows(w, 'select seq from audit_entries order by seq limit 1 offset ?', [nth]))[0].seq)

  it('nothing where nothing was touched', async () => {
    expect(await verify([signed])).toMatchObject({ findings: [], seals: 3, confirmed: 1 })
  })

  it.each([
    'at = at + 1',
    "act = 'log.read'",
    "actor = 'kentei'",
    "subject = 'psn_x'",
    "details = details || 'A'",
    "id = id || 'x'",
  ])('an entry that was changed: %s', async (change) => {
    const seq = await seqOf(3)
    await rows(w, `update audit_entries set ${change} where seq = ?`, [seq])
    expect((await verify()).findings).toEqual([{ kind: 'entry-changed', seq, seal: 2 }])
  })

  it('an entry that was deleted, and one that was put in its place', async () => {
    const seq = await seqOf(3)
    await rows(w, 'delete from audit_entries where seq = ?', [seq])
    expect((await verify()).findings).toEqual([{ kind: 'entry-missing', seq, seal: 2 }])
    await rows(w, "insert into audit_entries values (?, 'aud_new', 1, 'log.read', 'kentei', null, '{}')", [seq])
    expect((await verify()).findings).toEqual([{ kind: 'entry-changed', seq, seal: 2 }])
  })

  it('an entry that was added before the sealed ones', async () => {
    await rows(w, "insert into audit_entries values (-1, 'aud_new', 1, 'log.read', 'kentei', null, '{}')")
    expect((await verify()).findings).toEqual([{ kind: 'entry-added', seq: -1, seal: 1 }])
  })

  it('a seal that was changed', async () => {
    await rows(w, 'update audit_seals set at = at + 1 where number = 2')
    expect((await verify()).findings).toEqual([{ kind: 'seal-changed', seal: 2 }])
  })

  it('a seal that was taken away from the middle, without a word about its entries', async () => {
    await rows(w, 'delete from audit_seals where number = 2')
    expect((await verify()).findings).toEqual([{ kind: 'seal-missing', seal: 2 }])
  })

  it('a seal that was made anew over a changed entry, by the seal after it', async () => {
    const seq = await seqOf(3)
    await rows(w, "update audit_entries set details = '{}' where seq = ?", [seq])
    await remake(2)
    expect((await verify()).findings).toEqual([{ kind: 'seal-changed', seal: 2 }])
  })

  it('a whole chain that was made anew, by a signed seal', async () => {
    const seq = await seqOf(3)
    await rows(w, "update audit_entries set details = '{}' where seq = ?", [seq])
    for (const number of [2, 3]) await remake(number)
    expect((await verify()).findings).toEqual([])
    expect((await verify([signed])).findings).toEqual([{ kind: 'seal-differs', seal: 3 }])
  })

  it('a tail that was cut off, by a signed seal', async () => {
    await rows(w, 'delete from audit_entries where seq > (select last from audit_seals where number = 2)')
    await rows(w, 'delete from audit_seals where number = 3')
    expect((await verify()).findings).toEqual([])
    expect((await verify([signed])).findings).toEqual([
      { kind: 'tail-cut', seal: 3, lastSeal: 2, lastEntry: signed.last },
    ])
  })

  /** What somebody does who knows how seals are made, but has no key. */
  async function remake(number: number): Promise<void> {
    const { sealEntries } = await import('../../src/audit/seal.ts')
    const [before] = await rows(w, 'select * from audit_seals where number = ?', [number - 1])
    const [old] = await rows(w, 'select * from audit_seals where number = ?', [number])
    const entries = await rows(w, 'select * from audit_entries where seq > ? and seq <= ? order by seq', [
      before.last,
      old.last,
    ])
    const seal = await sealEntries({ number: Number(before.number), hash: before.hash }, entries, Number(old.at))
    await rows(w, 'update audit_seals set previous = ?, entries = ?, hash = ? where number = ?', [
      seal.previous,
      seal.entries,
      seal.hash,
      number,
    ])
  }
})

describe('refused launches', () => {
  it('are one entry a minute and reason, with ten samples, and no token among them', async () => {
    for (let i = 0; i < 25; i++) await w.call('POST', '/api/session', { body: { token: `secret-token-${i}` } })
    const replayed = await w.market.launchToken({ sub: 'wrk-1' })
    for (let i = 0; i < 3; i++) await w.call('POST', '/api/session', { body: { token: replayed } })
    expect(await readLog(w.db, ['launch.refused'])).toEqual([])
    w.clock.advance(minutes(1))
    await Promise.all([sealLog(w.world), sealLog(w.world)])
    const refused = await readLog(w.db, ['launch.refused'])
    const byReason = new Map(refused.map(({ facts }) => [facts?.reason, facts]))
    expect([...byReason.keys()].sort()).toEqual(['malformed', 'replayed'])
    expect(byReason.get('malformed')).toMatchObject({ count: 25, minute: '2026-11-25T03:00Z' })
    expect(byReason.get('replayed')).toMatchObject({ count: 2 })
    expect(JSON.parse(String(byReason.get('malformed')?.samples))).toHaveLength(10)
    const all = JSON.stringify(await rows(w, 'select * from audit_entries'))
    expect(all).not.toContain('secret-token')
    expect(all).not.toContain(replayed.slice(-20))
    expect(await rows(w, 'select * from refused_launches')).toEqual([])
    await w.call('POST', '/api/session', { body: { token: 'late' } })
    w.clock.advance(minutes(1))
    await sealLog(w.world)
    expect(await readLog(w.db, ['launch.refused'])).toHaveLength(3)
  })
})

describe('a change of the keys', () => {
  it('is noted once, whoever made it: what came, what was blocked, what is gone', async () => {
    await noteKeyChanges(w.world)
    const first = await readLog(w.db, ['keys.changed'])
    expect(first.length).toBe(w.world.settings.keys.length)
    await noteKeyChanges(w.world)
    const [one, ...rest] = w.world.settings.keys
    if (!one) throw new Error('there are no keys')
    const changed = {
      ...w.world,
      settings: { ...w.world.settings, keys: [{ ...one, state: 'blocked' as const }, ...rest.slice(1)] },
    }
    await Promise.all([
      noteKeyChanges(changed),
      noteKeyChanges({ ...changed, settings: { ...changed.settings, keys: [...changed.settings.keys] } }),
    ])
    const more = (await readLog(w.db, ['keys.changed'])).slice(first.length)
    expect(more.map(({ facts }) => `${facts?.from} → ${facts?.to}`).sort()).toEqual(
      ['active → blocked', `${rest[0]?.state} → removed`].sort(),
    )
    expect(JSON.stringify(more)).not.toContain(String(one.jwk.d))
  })
})
