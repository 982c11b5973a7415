import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changeSetting } from '../../../src/sandbox/flows/change-setting.ts'
import { consultBook } from '../../../src/sandbox/flows/consult-book.ts'
import { propensitiesOf } from '../../../src/sandbox/search/newcomers/lot.ts'
import { sizesOfDraw } from '../../../src/sandbox/search/newcomers/store.ts'
import { searchDraws } from '../../../src/sandbox/search/tables.ts'
import { WorkerBook } from '../../../src/sandbox/search/worker-book.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { visitor } from '../../support/sandbox/visitor.ts'

let market: Market
beforeEach(async () => {
  market = await openMarket()
})
afterEach(() => market.close())

const EXAM = 'business-admin'
const PATH = `/v1/operators/exams/${EXAM}/setting`
const as = async (user: string) => {
  const { json } = await market.call('POST', '/demo/session', { body: { user } })
  return { Authorization: `Bearer ${json.session}` }
}
const change = async (body: object, user = 'opr_demo', path = PATH) => {
  return market.call('POST', path, {
    headers: { ...(await as(user)), 'Idempotency-Key': JSON.stringify(crypto.randomUUID()) },
    body,
  })
}
const read = async (user = 'opr_demo') => market.call('GET', PATH, { headers: await as(user) })
const search = async (category: string = EXAM, client = 'cli_01') => {
  const at = `/api/workers?category=${category}&limit=10`
  const { json } = await market.call('GET', at, { headers: await as(client) })
  const [draw] = await market.world.db.select().from(searchDraws).where(eq(searchDraws.id, json.drawId))
  return { row: json.row as { id: string; draw: { group: 'certified'; propensity: number } }[], draw }
}

describe('the setting of an exam', () => {
  it('decides from the next search on how many stand in the row, and back again', async () => {
    const bold = await search()
    expect([bold.row.length, bold.draw?.setting]).toEqual([2, 'bold'])
    expect((await change({ setting: 'cautious', note: 'days without end better', version: 0 })).status).toBe(200)
    const cautious = await search()
    expect([cautious.row.length, cautious.draw?.setting]).toEqual([1, 'cautious'])
    expect(cautious.draw?.id).not.toBe(bold.draw?.id)
    await change({ setting: 'bold', note: 'a mistake', version: 1 })
    expect((await search()).draw).toEqual(bold.draw)
  })

  it('is in the draw, whose probabilities are those of one place', async () => {
    await change({ setting: 'cautious', note: 'why', version: 0 })
    const { row, draw } = await search()
    if (!draw) throw new Error('nothing was drawn')
    const π = propensitiesOf(sizesOfDraw(draw), { places: 1, ratio: draw.ratio })
    for (const { draw: card } of row) expect(Object.values(π[card.group])).toContain(card.propensity)
    expect(draw.priority).toBe(false)
  })

  it('concerns the searches of its category, and those of all', async () => {
    await change({ setting: 'cautious', note: 'why', version: 0 })
    expect((await search('web-writer')).draw?.setting).toBe('bold')
    expect((await search('')).draw?.setting).toBe('cautious')
  })

  it('gives the held-out searches as many places as the others, and those who passed nothing without a lot', async () => {
    const worker = 'wrk_003'
    await market.certify(worker)
    await change({ setting: 'cautious', note: 'why', version: 0 })
    const arms = new Set<string>()
    // the arm of a reader's day is drawn with secrets of this marketplace: one in ten is held out
    for (let day = 0; day < 6 && arms.size < 2; day += 1) {
      for (let nth = 1; nth <= 24; nth += 1) {
        const { row, draw } = await search(EXAM, `cli_${String(nth).padStart(2, '0')}`)
        arms.add(draw?.arm ?? '')
        expect([row.length, draw?.setting, draw?.priority]).toEqual([1, 'cautious', false])
      }
      await market.call('POST', '/demo/clock', { body: { advance: 'P1D' } })
    }
    expect([...arms].sort()).toEqual(['held-out', 'treated'])
    const token = await market.plugin.serviceToken({ claims: { scope: 'statistics:read' } })
    const { json } = await market.call('GET', `/v1/workers/${worker}/noticed?exam=${EXAM}`, { token })
    expect(json.state).not.toBe('priority')
  })

  it('outlives a start', async () => {
    await change({ setting: 'cautious', note: 'why', version: 0 })
    const book = await consultBook({ ...market.world, workerBook: new WorkerBook() })
    expect(book.termsOf('treated')(EXAM).setting).toBe('cautious')
    expect(book.termsOf('held-out')(EXAM).setting).toBe('cautious')
    expect(book.termsOf('treated')('web-writer').setting).toBe('bold')
  })

  it('is changed by operators alone, with a reason, and by none who have not read it as it is', async () => {
    const wanted = { setting: 'cautious', note: 'why', version: 0 }
    for (const user of ['wrk_003', 'cli_01']) {
      expect((await change(wanted, user)).status).toBe(403)
      expect((await read(user)).status).toBe(403)
    }
    expect((await market.call('POST', PATH, { body: wanted })).status).toBe(401)
    expect((await change({ ...wanted, note: ' ' })).status).toBe(422)
    expect((await change(wanted, 'opr_demo', '/v1/operators/exams/none/setting')).status).toBe(404)
    expect((await change({ ...wanted, version: 3 })).json.code).toBe('conflict')
    expect((await change({ ...wanted, setting: 'bold' })).json.code).toBe('already-done')
    expect((await change(wanted)).json).toMatchObject({ exam: EXAM, setting: 'cautious', version: 1 })
    expect((await change(wanted)).json.code).toBe('conflict')
    expect((await read()).json.changes).toEqual([
      { version: 1, setting: 'cautious', operator: 'opr_demo', note: 'why', at: expect.any(String) },
    ])
  })

  it('is changed once where two operators change it at once', async () => {
    const operator = { id: 'opr_demo', role: 'operator', name: '' } as never
    const wanted = { exam: EXAM, setting: 'cautious', note: 'why', version: 0 } as const
    const done = await Promise.all([1, 2].map(() => changeSetting(market.world, operator, wanted)))
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await read()).json.version).toBe(1)
  })

  it('is told where the order is explained', async () => {
    const text = async () => (await visitor(market).open('/ranking?lang=en')).text
    expect(await text()).toContain('No exam is in the cautious setting now.')
    await change({ setting: 'cautious', note: 'why', version: 0 })
    expect(await text()).toMatch(/\S+ is in the cautious setting now\./)
  })
})
