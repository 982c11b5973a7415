import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { workerNoticed } from '../../../../src/contract/marketplace.ts'
import { priorityShows } from '../../../../src/sandbox/search/tables.ts'
import { type ContractRoom, DAY, openContractRoom } from '../../../support/sandbox/contract-room.ts'

let room: ContractRoom
let worker: string
beforeEach(async () => {
  room = await openContractRoom()
  const { workers } = (await room.market.call('GET', '/api/workers?category=business-admin&newcomer=1')).json
  worker = workers.at(-1).id
  // whoever signs in is here
  await room.as(worker, 'GET', '/v1/notifications')
})
afterEach(() => room.close())

const ask = (exam = 'business-admin', of = worker) =>
  room.service('standing:read', 'GET', `/v1/workers/${of}/noticed?exam=${exam}`)
const told = async () => workerNoticed.parse((await ask()).json)

describe('what the plugin is told of where a worker is shown', () => {
  it('is priority for seven days from the pass with the shows so far, then a lot', async () => {
    expect(await told()).toEqual({ state: 'draw' })
    await room.market.certify(worker)
    const first = { state: 'priority', until: '2026-12-02T00:00:00.000Z', limit: 20 }
    expect(await told()).toEqual({ ...first, shown: 0 })
    let shown = 0
    for (let hour = 0; hour < 12; hour += 1) {
      const { row } = (await room.market.call('GET', '/api/workers?category=business-admin')).json
      shown += row.filter(
        ({ id, draw }: { id: string; draw: { propensity: number } }) => id === worker && draw.propensity === 1,
      ).length
      room.market.advance(3_600_000)
    }
    expect(shown).toBeGreaterThan(0)
    expect(await told()).toEqual({ ...first, shown })
    room.market.advance(7 * DAY)
    expect((await told()).state).toBe('draw')
  })

  it('is a lot after twenty shows', async () => {
    await room.market.certify(worker)
    const { db } = room.market.world
    await db.insert(priorityShows).values({ worker, shown: 20 })
    expect(await told()).toEqual({ state: 'draw' })
    await db.delete(priorityShows).where(eq(priorityShows.worker, worker))
  })

  it('is none for who is no newcomer: certificate under review, suspended, hired', async () => {
    await room.market.certify(worker)
    const credential = `crd_${worker}`
    const put = async (status: string, version: number) =>
      room.market.call('PUT', `/v1/workers/${worker}/badges/${credential}`, {
        body: await room.market.badgeBody(credential, { status, version }),
      })
    await put('suspended', 2)
    expect(await told()).toEqual({ state: 'none' })
    await put('active', 3)
    expect((await told()).state).toBe('priority')
    const { id } = await room.funded({ worker })
    await room.step(worker, id, 'start')
    expect(await told()).toEqual({ state: 'none' })
  })

  it('is of workers and exams that there are, and for a token with the scope', async () => {
    expect((await ask('cooking')).status).toBe(404)
    expect((await ask('business-admin', 'wrk_nobody')).status).toBe(404)
    expect((await room.service('standing:read', 'GET', `/v1/workers/${worker}/noticed`)).status).toBe(422)
    expect(
      (await room.service('badges:write', 'GET', `/v1/workers/${worker}/noticed?exam=business-admin`)).status,
    ).toBe(403)
    await room.market.call('POST', `/demo/workers/${worker}/erase`)
    expect((await ask()).status).toBe(410)
  })
})
