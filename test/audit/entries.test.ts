import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decideStanding, operator, pass, rows, sit } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, NOON } from '../support/fixed-world.ts'
import { readLog } from '../support/read-log.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const staff = async (method: string, path: string, body: unknown) => {
  const reply = await w.call(method, `/api/staff${path}`, { token: await operator(w), body })
  if (reply.status === 500) throw new Error(JSON.stringify(w.failures))
  return reply
}

describe('an entry', () => {
  it('tells who extended whose attempt, why and when', async () => {
    const { id } = await sit(w, 'wrk-1')
    expect((await staff('POST', `/attempts/${id}/deadline`, { minutes: 10, why: 'a fire drill' })).status).toBe(200)
    expect(await readLog(w.db, ['attempt.extended'])).toMatchObject([
      {
        at: NOON,
        actor: 'op-1',
        subject: 'wrk-1',
        object: id,
        why: 'a fire drill',
        facts: { deadline: '2026-11-25T03:55:00.000Z' },
      },
    ])
  })

  it('keeps the reason of an accommodation when no attempt is open', async () => {
    await w.launch('wrk-1')
    expect(
      (await staff('PUT', '/workers/wrk-1/accommodation', { timeMultiplier: 1.5, why: 'reads with a screen reader' }))
        .status,
    ).toBe(200)
    expect(await readLog(w.db, ['accommodation.set'])).toMatchObject([
      { actor: 'op-1', subject: 'wrk-1', why: 'reads with a screen reader', facts: { timeMultiplier: 1.5 } },
    ])
  })

  it('is written for every change of a status of a certificate, whoever decides it', async () => {
    const { credential } = await pass(w, 'wrk-1')
    await staff('POST', `/credentials/${credential}/status`, { status: 'suspended', why: 'we look into it' })
    await staff('POST', `/credentials/${credential}/status`, { status: 'active', why: 'all is well' })
    await decideStanding(w, 'wrk-1', 'suspended')
    await w.drain()
    const changes = await readLog(w.db, ['credential.suspended', 'credential.reinstated'])
    const common = { subject: 'wrk-1', object: credential }
    expect(changes).toMatchObject([
      {
        ...common,
        act: 'credential.suspended',
        actor: 'op-1',
        why: 'we look into it',
        facts: { cause: 'operator', from: 'active', to: 'suspended' },
      },
      { ...common, act: 'credential.reinstated', actor: 'op-1', why: 'all is well' },
      { ...common, act: 'credential.suspended', actor: 'marketplace', facts: { cause: 'standing' } },
    ])
  })

  it('is not written for an act that was refused', async () => {
    const { id } = await pass(w, 'wrk-1')
    expect((await staff('POST', `/attempts/${id}/void`, { why: 'too late' })).status).toBe(409)
    expect((await staff('PUT', '/workers/nobody/accommodation', { timeMultiplier: 1.5, why: 'nobody' })).status).toBe(
      404,
    )
    expect(await readLog(w.db, ['attempt.voided', 'accommodation.set'])).toEqual([])
  })
})

describe('the database refuses', () => {
  const refusals: readonly (readonly [string, string])[] = [
    ['to change an entry', "update audit_entries set details = '{}'"],
    ['to delete an entry', 'delete from audit_entries'],
    [
      'to replace an entry',
      "insert or replace into audit_entries select seq, id, at, act, 'kentei', null, '{}' from audit_entries limit 1",
    ],
    [
      'to replace an entry by its id',
      "insert or replace into audit_entries select null, id, at, act, 'kentei', null, '{}' from audit_entries limit 1",
    ],
    [
      'to put an entry before the last',
      "insert into audit_entries values (-5, 'aud_x', 1, 'log.read', 'kentei', null, '{}')",
    ],
    ['to change the key of a person', "update audit_people set key = 'x'"],
  ]
  it.each(refusals)('%s', async (_, statement) => {
    const { id } = await sit(w, 'wrk-1')
    await staff('POST', `/attempts/${id}/void`, { why: 'x' })
    const before = await rows(w, 'select * from audit_entries order by seq')
    await expect(rows(w, statement)).rejects.toThrow(/immutable|only grows|never changed/)
    expect(await rows(w, 'select * from audit_entries order by seq')).toEqual(before)
  })
})

describe('an erasure', () => {
  it('leaves entries that name nobody and say nothing, and changes none of them', async () => {
    const { id } = await sit(w, 'wrk-secret')
    await staff('POST', `/attempts/${id}/void`, { why: 'Sakura Yamada called us' })
    const before = await rows(w, 'select * from audit_entries order by seq')
    const { headers, body } = await w.market.webhook({
      id: 'evt-gone',
      type: 'worker.deleted',
      data: { worker: 'wrk-secret', version: 1 },
    })
    expect((await w.call('POST', '/webhooks/marketplace', { headers, body })).status).toBe(200)
    const after = await rows(w, 'select * from audit_entries order by seq')
    expect(after.slice(0, before.length)).toEqual(before)
    expect(JSON.stringify(after)).not.toMatch(/wrk-secret|Sakura/)
    expect(await rows(w, "select * from audit_people where person = 'wrk-secret'")).toEqual([])
    const [voided, erased] = await readLog(w.db, ['attempt.voided', 'worker.erased'])
    expect(voided).toMatchObject({ actor: 'op-1', subject: expect.stringMatching(/^psn_/) })
    expect(voided).not.toHaveProperty('why')
    expect(voided).not.toHaveProperty('object')
    expect(erased).toMatchObject({ actor: 'marketplace', subject: voided?.subject })
  })

  it('is not undone by acts that come after it', async () => {
    await w.launch('wrk-secret')
    const { headers, body } = await w.market.webhook({
      id: 'evt-gone',
      type: 'worker.deleted',
      data: { worker: 'wrk-secret', version: 1 },
    })
    await w.call('POST', '/webhooks/marketplace', { headers, body })
    await staff('PUT', '/workers/wrk-secret/accommodation', { timeMultiplier: 1.5, why: 'for wrk-secret' })
    expect(await rows(w, "select * from audit_people where person = 'wrk-secret'")).toEqual([])
    expect(JSON.stringify(await rows(w, 'select * from audit_entries'))).not.toContain('wrk-secret')
  })
})
