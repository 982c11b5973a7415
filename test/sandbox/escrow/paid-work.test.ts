import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Instant } from '../../../src/kernel/instant.ts'
import { amountBucket, readCursor, writeCursor } from '../../../src/sandbox/escrow/paid-work.ts'
import { nameInFigures, nameToPlugin } from '../../../src/sandbox/flows/commit-contract.ts'
import { announcedAbout } from '../../support/sandbox/announced.ts'
import { type ContractRoom, DAY, openContractRoom } from '../../support/sandbox/contract-room.ts'

let room: ContractRoom
beforeAll(async () => {
  room = await openContractRoom()
})
afterAll(() => room.close())

const done = async (worker: string, client = 'cli_01', change: Record<string, unknown> = {}) => {
  const { json } = await room.propose({ worker, ...change }, { client })
  await room.step(client, json.id, 'fund')
  await room.step(worker, json.id, 'deliver')
  return (await room.step(client, json.id, 'accept')).json
}
const list = (query: string, scope = 'escrow:read') => room.service(scope, 'GET', `/v1/escrow/contracts?${query}`)

describe('paid work as the plugin sees it', () => {
  it('names no client and no exact amount, but tells clients apart', async () => {
    for (const client of ['cli_01', 'cli_02', 'cli_01']) await done('wrk_010', client, { amount: 12_345 })
    await room.funded({ worker: 'wrk_010' })
    const { json, text } = await list('worker=wrk_010&state=released')
    expect(json.next).toBeNull()
    expect(json.contracts).toHaveLength(3)
    const clients = json.contracts.map((entry: { client: string }) => entry.client)
    expect(clients[0]).toBe(clients[2])
    expect(new Set(clients).size).toBe(2)
    expect(text).not.toContain('cli_')
    expect(text).not.toContain('12345')
    expect(Object.keys(json.contracts[0]).sort()).toEqual([
      'amountBucket',
      'client',
      'contract',
      'exam',
      'formedAt',
      'refunded',
      'releasedAt',
      'reviewed',
      'status',
      'version',
      'worker',
    ])
    expect(json.contracts[0]).toMatchObject({
      worker: 'wrk_010',
      exam: 'business-admin',
      amountBucket: '5000-19999',
      status: 'released',
      refunded: false,
    })
  })

  it('names the same client otherwise to another plugin, and in the figures of the marketplace', async () => {
    const { world } = room.market
    const elsewhere = { ...world, settings: { ...world.settings, pluginOrigin: 'https://other.example' } }
    const names = [nameToPlugin(world, 'cli_01'), nameToPlugin(elsewhere, 'cli_01'), nameInFigures(world, 'cli_01')]
    expect(new Set(await Promise.all(names)).size).toBe(3)
    expect(await nameToPlugin(world, 'cli_01')).toBe(await names[0])
  })

  it('comes page by page without loss or repetition, also where several settled at the same time', async () => {
    const made = []
    for (let n = 0; n < 7; n++) made.push((await done('wrk_011')).id)
    room.market.advance(1)
    made.push((await done('wrk_011')).id)
    for (const limit of [1, 2, 3, 100]) {
      const seen: string[] = []
      let after = ''
      for (let pages = 0; pages < 20; pages++) {
        const { json } = await list(`worker=wrk_011&limit=${limit}${after}`)
        seen.push(...json.contracts.map((entry: { contract: string }) => entry.contract))
        if (json.next === null) break
        after = `&after=${json.next}`
      }
      expect([...seen].sort()).toEqual([...made].sort())
      expect(seen.at(-1)).toBe(made.at(-1))
    }
  })

  it('shows what is due as settled, and tells when a part went back', async () => {
    const { json } = await room.propose({ worker: 'wrk_012' })
    await room.step('cli_01', json.id, 'fund')
    await room.step('wrk_012', json.id, 'deliver')
    expect((await list('worker=wrk_012')).json.contracts).toEqual([])
    room.market.advance(8 * DAY)
    const [settled] = (await list('worker=wrk_012')).json.contracts
    expect(settled).toMatchObject({ contract: json.id, refunded: false })
    await room.step('opr_demo', json.id, 'correct', { to: 'client', amount: 10, reason: 'おわび' })
    const [corrected] = (await list('worker=wrk_012')).json.contracts
    expect(corrected).toMatchObject({ refunded: true, version: settled.version + 1, releasedAt: settled.releasedAt })
  })

  it('is for the plugin with the right scope only', async () => {
    expect((await list('worker=wrk_010', 'standing:read')).json.code).toBe('forbidden')
    expect((await room.as('opr_demo', 'GET', '/v1/escrow/contracts?worker=wrk_010')).status).toBe(401)
    expect((await list('worker=wrk_nobody')).status).toBe(404)
    for (const query of [
      '',
      'worker=wrk_010&state=funded',
      'worker=wrk_010&limit=0',
      'worker=wrk_010&limit=101',
      'worker=wrk_010&after=%00',
    ])
      expect((await list(query)).status, query).toBe(422)
  })
})

describe('buckets and places', () => {
  it('every amount has one bucket, and larger amounts no lower one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (yen) => {
        const [from, to] = amountBucket(yen).split('-')
        expect(yen).toBeGreaterThanOrEqual(Number(from))
        if (to) expect(yen).toBeLessThanOrEqual(Number(to))
      }),
    )
    expect(
      [1, 4_999, 5_000, 19_999, 20_000, 49_999, 50_000, 199_999, 200_000, 999_999, 1_000_000].map(amountBucket),
    ).toEqual([
      '1-4999',
      '1-4999',
      '5000-19999',
      '5000-19999',
      '20000-49999',
      '20000-49999',
      '50000-199999',
      '50000-199999',
      '200000-999999',
      '200000-999999',
      '1000000-',
    ])
  })

  it('a place is read as it was written, and nothing else is one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9e14 }), fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/), (at, id) => {
        expect(readCursor(writeCursor({ at: at as Instant, id }))).toEqual({ at, id })
      }),
    )
    fc.assert(fc.property(fc.string(), (text) => void readCursor(text)))
  })
})

describe('the certificate that stood', () => {
  const freeze = (contract: string, credential: string, scope = 'contracts:write') =>
    room.service(scope, 'PUT', `/v1/contracts/${contract}/skill-context`, { credential })
  const issued = new Map<string, object>()
  const show = async (worker: string, credential: string, change: Record<string, unknown> = {}) => {
    // a certificate keeps its dates, whatever becomes of it
    issued.set(credential, issued.get(credential) ?? (await room.market.badgeBody(credential)))
    const body = { ...issued.get(credential), ...change }
    const answer = await room.service('badges:write', 'PUT', `/v1/workers/${worker}/badges/${credential}`, body)
    expect(answer.json, answer.text).toMatchObject({ applied: true })
  }
  const formed = async (worker: string, change: Record<string, unknown> = {}) => {
    const { json } = await room.propose({ worker, ...change })
    await room.step('cli_01', json.id, 'fund')
    return json.id as string
  }

  it('is frozen once for good', async () => {
    await show('wrk_020', 'crd_20a')
    await show('wrk_020', 'crd_20b')
    const contract = await formed('wrk_020')
    const first = await freeze(contract, 'crd_20a')
    expect(first.json).toEqual({
      contract,
      credential: 'crd_20a',
      frozenAt: new Date(room.market.world.now()).toISOString(),
      applied: true,
    })
    room.market.advance(DAY)
    expect((await freeze(contract, 'crd_20a')).json).toEqual({ ...first.json, applied: false })
    expect((await freeze(contract, 'crd_20b')).json).toMatchObject({ status: 409, code: 'already-done' })
    for (const reader of ['cli_01', 'wrk_020'])
      expect((await room.read(contract, reader)).skillContext).toEqual({
        credential: 'crd_20a',
        frozenAt: first.json.frozenAt,
      })
    await room.step('wrk_020', contract, 'deliver')
    await room.step('cli_01', contract, 'accept')
    expect((await list('worker=wrk_020')).json.contracts[0].skillContext).toBe('crd_20a')
  })

  it('is one of two when both are told at once', async () => {
    await show('wrk_021', 'crd_21a')
    await show('wrk_021', 'crd_21b')
    const contract = await formed('wrk_021')
    const answers = await Promise.all([freeze(contract, 'crd_21a'), freeze(contract, 'crd_21b')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('must be a badge of that worker, of that exam, and have stood then', async () => {
    const early = await formed('wrk_022')
    room.market.advance(1_000)
    await show('wrk_022', 'crd_22')
    expect((await freeze(early, 'crd_22')).json.issues[0]).toMatchObject({
      path: 'credential',
      message: expect.stringContaining('after'),
    })
    const contract = await formed('wrk_022')
    expect((await freeze(contract, 'crd_20a')).json.issues[0].message).toContain('no such badge')
    const other = await formed('wrk_022', { category: 'web-writer' })
    expect((await freeze(other, 'crd_22')).json.issues[0].message).toContain('business-admin')
    room.market.advance(1)
    await show('wrk_022', 'crd_22', { version: 2, status: 'suspended' })
    const during = await formed('wrk_022')
    expect((await freeze(during, 'crd_22')).json.issues[0].message).toContain('suspended')
    // suspended only after that contract was formed
    room.market.advance(1)
    await show('wrk_022', 'crd_22', { version: 3, status: 'revoked' })
    expect((await freeze(contract, 'crd_22')).json.applied).toBe(true)
    room.market.advance(400 * DAY)
    expect((await freeze(await formed('wrk_022'), 'crd_22')).json.issues[0].message).toContain('expired')
  })

  it('is told by the plugin, of contracts that were formed', async () => {
    await show('wrk_023', 'crd_23')
    const { json } = await room.propose({ worker: 'wrk_023' })
    expect((await freeze(json.id, 'crd_23')).json.code).toBe('wrong-state')
    expect((await freeze('ctr_none', 'crd_23')).status).toBe(404)
    expect((await freeze(json.id, 'crd_23', 'escrow:read')).json.code).toBe('forbidden')
    expect(
      (await room.as('opr_demo', 'PUT', `/v1/contracts/${json.id}/skill-context`, { body: { credential: 'crd_23' } }))
        .status,
    ).toBe(401)
  })
})

describe('what is announced', () => {
  it('is the forming, each release and each refund, with ids and the version only', async () => {
    const { json } = await room.propose({
      worker: 'wrk_030',
      milestones: [
        { title: 'a', amount: 4_000 },
        { title: 'b', amount: 6_000 },
      ],
    })
    await room.step('cli_01', json.id, 'fund')
    await room.step('wrk_030', json.id, 'start')
    await room.step('cli_01', json.id, 'release', { milestone: json.milestones[0].id, amount: 1_000 })
    await room.step('wrk_030', json.id, 'cancel')
    await room.propose({ worker: 'wrk_030' })
    const announced = await announcedAbout(room.market.world.db, 'wrk_030')
    expect(announced.map(({ type, version }) => [type, version])).toEqual([
      ['contract.formed', 3],
      ['worker.first_hired', 4],
      ['escrow.released', 5],
      ['escrow.refunded', 6],
    ])
    const { events } = (await room.as('cli_01', 'GET', `/v1/contracts/${json.id}/events`)).json
    for (const event of announced)
      expect(events[event.version - 1].type).toMatch(
        {
          'contract.formed': /funded/,
          'worker.first_hired': /started/,
          'escrow.released': /released/,
          'escrow.refunded': /cancelled/,
        }[event.type as string] as RegExp,
      )
    const [seen] = (await list('worker=wrk_030')).json.contracts
    for (const event of announced)
      expect(event.data).toEqual({ contract: json.id, exam: 'business-admin', client: seen.client })
  })

  it('comes with a timer at the time of the timer', async () => {
    const { json } = await room.propose({ worker: 'wrk_031' })
    await room.step('cli_01', json.id, 'fund')
    const due = room.market.world.now() + 75 * DAY
    room.market.advance(200 * DAY)
    await room.read(json.id)
    const announced = await announcedAbout(room.market.world.db, 'wrk_031')
    expect(announced.at(-1)).toMatchObject({ type: 'escrow.refunded', createdAt: due })
  })
})
