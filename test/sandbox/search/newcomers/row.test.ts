import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { marketNorms } from '../../../../src/sandbox/flows/consult-book.ts'
import { tendMarket } from '../../../../src/sandbox/flows/run-timers.ts'
import { readerOf, showRow } from '../../../../src/sandbox/flows/show-row.ts'
import { isFound, type Listing, listingsOf, reasonsOf } from '../../../../src/sandbox/search/market.ts'
import { propensitiesOf } from '../../../../src/sandbox/search/newcomers/lot.ts'
import { sizesOfDraw } from '../../../../src/sandbox/search/newcomers/store.ts'
import { type Arm, armOf } from '../../../../src/sandbox/search/newcomers/terms.ts'
import { rankWorkers } from '../../../../src/sandbox/search/quality.ts'
import { readFactsOf } from '../../../../src/sandbox/search/store.ts'
import {
  placeDraws,
  priorityShows,
  searchArms,
  searchDays,
  searchDrawPlaces,
  searchDraws,
  searchOutcomes,
} from '../../../../src/sandbox/search/tables.ts'
import { noFilter } from '../../../../src/sandbox/search/worker-filter.ts'
import { cases } from '../../../support/cases.ts'
import { type ContractRoom, DAY, openContractRoom } from '../../../support/sandbox/contract-room.ts'
import type { Market } from '../../../support/sandbox/open-market.ts'
import { revealReview } from '../../../support/sandbox/review-room.ts'
import { visitor } from '../../../support/sandbox/visitor.ts'

interface Entry {
  readonly id: string
  readonly reasons: readonly { readonly code: string }[]
  readonly draw?: {
    readonly group: string
    readonly propensity: number
    readonly poolSize: number
    readonly ratio: number
  }
}
interface Answer {
  readonly arm: string
  readonly drawId: string
  readonly row: readonly Entry[]
  readonly workers: readonly Entry[]
}

let room: ContractRoom
let market: Market
beforeEach(async () => {
  room = await openContractRoom()
  market = room.market
})
afterEach(() => room.close())

const SEARCH = '/api/workers?category=business-admin&limit=10'
const clients = Array.from({ length: 20 }, (_, nth) => `cli_${String(nth + 1).padStart(2, '0')}`)
/** Asks as somebody who is signed in. */
const ask = async (client: string, path: string): Promise<Answer> => {
  const { json } = await market.call('POST', '/demo/session', { body: { user: client } })
  return (await market.call('GET', path, { headers: { Authorization: `Bearer ${json.session}` } })).json
}
const search = (client: string, query = '') => ask(client, SEARCH + query)
const ids = ({ row }: Answer) => row.map(({ id }) => id)
const draws = () => market.world.db.select().from(searchDraws)
const drawOf = async (id: string) => (await draws()).find((draw) => draw.id === id)
const shownInDaysAfterPass = async (worker: string) =>
  (await market.world.db.select().from(priorityShows).where(eq(priorityShows.worker, worker)))[0]?.shown

/** The first client of an arm on the day that the clock shows. */
async function clientIn(arm: string): Promise<string> {
  for (const client of clients) if ((await search(client)).arm === arm) return client
  // on another day others are held out
  market.advance(DAY)
  return clientIn(arm)
}
/** A client to whose row somebody in the days after their pass comes without a lot; on others' the lot goes on. */
async function clientWithPriority(): Promise<string> {
  for (const client of clients) if ((await drawOf((await search(client)).drawId))?.priority) return client
  throw new Error('nobody is in the days after a pass')
}
/** The newcomer who stands last, and who is here today. */
async function lastNewcomer(): Promise<string> {
  const { workers } = (await market.call('GET', '/api/workers?category=business-admin&limit=500')).json as Answer
  const newcomer = workers.findLast(({ reasons }) => reasons[0]?.code === 'no-evidence') as Entry
  await ask(newcomer.id, SEARCH)
  return newcomer.id
}
const suspendBadge = async (worker: string) => {
  const credential = `crd_${worker}`
  const body = await market.badgeBody(credential, { status: 'suspended', version: 2 })
  expect((await market.call('PUT', `/v1/workers/${worker}/badges/${credential}`, { body })).status).toBe(200)
}

describe('the newcomers’ row', () => {
  it('is the same for the same client all day, however often the page is loaded, and counts as one show', async () => {
    const worker = await lastNewcomer()
    await market.certify(worker)
    const client = await clientWithPriority()
    const first = await search(client)
    expect(ids(first)).toContain(worker)
    const shows = await shownInDaysAfterPass(worker)
    for (let nth = 0; nth < 10; nth += 1) {
      market.advance(60_000)
      expect(await search(client)).toEqual(first)
    }
    const { world } = market
    const reader = await readerOf(world, { person: client, draw: undefined })
    const view = {
      category: 'business-admin',
      now: world.now(),
      arm: reader.arm,
      filter: noFilter,
      docs: undefined,
    } as const
    const onPage = first.workers.map(({ id }) => id)
    for (let nth = 0; nth < cases(200); nth += 1) {
      const { draw, cards } = await showRow(world, { ...view, reader, onPage })
      expect([draw, ...cards.map((card) => card.worker)]).toEqual([first.drawId, ...ids(first)])
    }
    expect(await shownInDaysAfterPass(worker)).toBe(shows)
    expect((await draws()).filter(({ id }) => id === first.drawId)).toHaveLength(1)
  }, 120_000)

  it('is another for other clients and other days, and names nobody who stands on the page', async () => {
    const rows = new Set<string>()
    for (const days of [0, 1]) {
      market.advance(days * DAY)
      for (const client of clients) {
        const answer = await search(client)
        expect(ids(answer)).toHaveLength(2)
        expect(new Set([...ids(answer), ...answer.workers.map(({ id }) => id)]).size).toBe(12)
        rows.add(ids(answer).join())
      }
    }
    expect(rows.size).toBeGreaterThan(20)
  })

  it('of nobody signed in is that of the hour', async () => {
    const stranger = async (): Promise<Answer> => (await market.call('GET', SEARCH)).json
    const first = await stranger()
    market.advance(59 * 60_000)
    expect(await stranger()).toEqual(first)
    market.advance(60_000)
    expect((await stranger()).drawId).not.toBe(first.drawId)
  })

  it('is empty at once where somebody was suspended or their certificate goes under review after the draw', async () => {
    const worker = await lastNewcomer()
    await market.certify(worker)
    const client = await clientWithPriority()
    const first = await search(client)
    expect(ids(first)).toContain(worker)
    const [other] = ids(first).filter((id) => id !== worker)
    await suspendBadge(worker)
    expect(ids(await search(client))).toEqual([other])
    await market.call('POST', `/demo/workers/${other}/standing`, { body: { status: 'suspended' } })
    const after = await search(client)
    expect(after.row).toEqual([])
    expect(after.drawId).toBe(first.drawId)
    const page = await (async () => {
      const somebody = visitor(market)
      await somebody.signIn(client)
      return (await somebody.open('/workers?category=business-admin')).html
    })()
    expect(page.includes('class="newcomers"')).toBe(false)
    expect(page.includes(`${other}`)).toBe(false)
  })

  it('keeps whoever passes after the draw, as somebody new, and loses whose certificate is revoked', async () => {
    const client = await clientIn('treated')
    const [passing = '', other = ''] = ids(await search(client))
    await market.certify(passing)
    const after = await search(client)
    expect(ids(after)).toEqual([passing, other])
    expect(after.row[0]?.reasons[0]?.code).toBe('row-newcomer')
    market.advance(DAY)
    const shownToSomebody = async () => {
      const all = new Set<string>()
      for (const one of clients) for (const id of ids(await search(one))) all.add(id)
      return all
    }
    expect(await shownToSomebody()).toContain(passing)
    const body = await market.badgeBody(`crd_${passing}`, { status: 'revoked', version: 2 })
    await market.call('PUT', `/v1/workers/${passing}/badges/crd_${passing}`, { body })
    expect(await shownToSomebody()).not.toContain(passing)
  })

  it('loses whoever is hired, and whoever gets a counted review', async () => {
    const client = await clientIn('treated')
    const [hired = '', reviewed = ''] = ids(await search(client))
    const { json } = await room.propose({ worker: hired }, { client })
    expect(ids(await search(client))).toEqual([hired, reviewed])
    await room.step(client, json.id, 'fund')
    // anybody may pay in for anybody: the worker has not said a word yet
    expect(ids(await search(client))).toEqual([hired, reviewed])
    await room.step(hired, json.id, 'start')
    expect(ids(await search(client))).toEqual([reviewed])
    await revealReview(market, 'ctr_reviewed', { client: 'cli_02', worker: reviewed, yen: 10_000, stars: 5 })
    expect((await search(client)).row).toEqual([])
  })

  it('leaves out who was not seen for thirty days, and is absent when nobody was', async () => {
    market.advance(31 * DAY)
    expect((await search('cli_01')).row).toEqual([])
    const worker = await lastNewcomer()
    // a row that was drawn stays as it is until midnight
    expect((await search('cli_01')).row).toEqual([])
    market.advance(DAY)
    expect(ids(await search('cli_01'))).toEqual([worker])
    const somebody = visitor(market)
    await somebody.signIn('cli_01')
    const { html } = await somebody.open('/workers?category=business-admin')
    expect(html.match(/class="newcomers"[\s\S]*?<\/ul>/)?.[0].match(/<li class="card person/g)).toHaveLength(1)
  })

  it('leaves the order as it is: that of the formula, but for the places behind page 1 that are given by lot', async () => {
    await market.certify(await lastNewcomer())
    const { world } = market
    const { workers } = await ask(await clientIn('treated'), '/api/workers?category=business-admin&limit=500')
    const at = { category: 'business-admin', now: world.now(), terms: world.workerBook.termsOf('treated') } as const
    const facts = await readFactsOf(world.db, await marketNorms(world))
    const ranked = rankWorkers([...listingsOf(facts, at).values()].filter((listing) => isFound(listing, at)))
    const drawn = new Set(workers.flatMap(({ id, draw }) => (draw ? [id] : [])))
    expect(drawn.size).toBeGreaterThan(3)
    expect(workers.filter(({ id }) => !drawn.has(id)).map(({ id }) => id)).toEqual(
      ranked.flatMap(({ id }) => (drawn.has(id) ? [] : [id])),
    )
    expect(workers.slice(0, 10).map(({ id }) => id)).toEqual(ranked.slice(0, 10).map(({ id }) => id))
  })

  it('survives a clock that goes back: an old day gets its old row', async () => {
    const client = clients[0] as string
    const first = await search(client)
    market.advance(40 * DAY)
    await search(client)
    market.advance(-40 * DAY)
    expect(await search(client)).toEqual(first)
    market.advance(-400 * DAY)
    expect((await search(client)).row.length).toBeLessThanOrEqual(2)
  })

  it('does not change a byte for an exam that somebody failed', async () => {
    const worker = await lastNewcomer()
    const client = await clientIn('treated')
    const [inRow = ''] = ids(await search(client))
    const somebody = visitor(market)
    await somebody.signIn(client)
    const paths = ['/workers?category=business-admin', '/workers', `/workers/${worker}`, `/workers/${inRow}`]
    const pages = async () => Promise.all(paths.map(async (path) => (await somebody.open(path)).html))
    const before = await pages()
    for (const one of [worker, inRow]) {
      // all that the marketplace hears of a failed attempt: somebody goes, and the plugin asks for their standing
      await room.as(one, 'POST', '/launch')
      expect((await market.call('GET', `/v1/workers/${one}/standing`)).status).toBe(200)
    }
    expect(await pages()).toEqual(before)
  })
})

describe('the days after the pass', () => {
  it('show somebody in rows of the treated, beside an uncertified, for seven days', async () => {
    const worker = await lastNewcomer()
    await market.certify(worker)
    for (const days of [0, 6]) {
      market.advance(days * DAY)
      const { row, drawId, arm } = await search(await clientWithPriority())
      expect(arm).toBe('treated')
      expect(row.map(({ draw }) => draw?.group).sort()).toEqual(['certified', 'other'])
      expect(row.find(({ id }) => id === worker)?.draw?.propensity).toBe(1)
      expect((await drawOf(drawId))?.priority).toBe(true)
    }
    market.advance(DAY)
    await expect(clientWithPriority()).rejects.toThrow('nobody is in the days after a pass')
  })

  it('end after twenty shows', async () => {
    const worker = await lastNewcomer()
    await market.certify(worker)
    let shown = 0
    for (let day = 0; day < 6; day += 1) {
      for (const client of clients) shown += Number((await drawOf((await search(client)).drawId))?.priority)
      market.advance(DAY)
    }
    expect(shown).toBe(20)
    expect(await shownInDaysAfterPass(worker)).toBe(20)
  })

  it('count one show and one day of a reader, however often somebody narrows a search', async () => {
    const worker = await lastNewcomer()
    await market.certify(worker)
    const client = await clientWithPriority()
    const days = async () =>
      (await market.world.db.select().from(searchArms)).reduce((sum, arm) => sum + arm.readerDays, 0)
    const [shows, before] = [(await shownInDaysAfterPass(worker)) as number, await days()]
    for (let rateMin = 1; rateMin <= 25; rateMin += 1)
      expect(ids(await search(client, `&rateMin=${rateMin}`))).toContain(worker)
    expect([await shownInDaysAfterPass(worker), await days()]).toEqual([shows, before])
    expect((await draws()).filter(({ narrowed }) => narrowed)).toHaveLength(25)
    const template = (await draws()).find(({ narrowed }) => narrowed) as Awaited<ReturnType<typeof draws>>[number]
    await market.world.db
      .insert(searchDraws)
      .values(Array.from({ length: 175 }, (_, nth) => ({ ...template, id: `drw_more${nth}` })))
    const { drawId, row } = await search(client, '&rateMin=26')
    expect([row.length, await drawOf(drawId)]).toEqual([2, undefined])
  })

  it('end as well where another process has shown them twenty times', async () => {
    const worker = await lastNewcomer()
    await market.certify(worker)
    await clientWithPriority()
    await market.world.db.update(priorityShows).set({ shown: 20 }).where(eq(priorityShows.worker, worker))
    market.advance(DAY)
    await expect(clientWithPriority()).rejects.toThrow('nobody is in the days after a pass')
  })

  it('count for nothing in a search that is held out', async () => {
    const worker = await lastNewcomer()
    await market.certify(worker)
    const client = await clientIn('held-out')
    const { drawId, workers, row } = await search(client)
    const draw = await drawOf(drawId)
    expect(draw).toMatchObject({ arm: 'held-out', armPropensity: 0.1, ratio: 1, priority: false })
    expect(JSON.stringify([workers, row])).not.toContain('row-certified')
    for (const { draw: lot } of row) expect(lot?.ratio).toBe(1)
    const { world } = market
    const facts = await readFactsOf(world.db, await marketNorms(world), [worker])
    const at = { category: 'business-admin', now: world.now(), drawn: 'certified' } as const
    const codes = (arm: Arm) => {
      const terms = world.workerBook.termsOf(arm)
      const listing = listingsOf(facts, { ...at, terms }).get(worker) as Listing
      return reasonsOf(listing, { ...at, terms })[0]?.code
    }
    expect([codes('treated'), codes('held-out')]).toEqual(['row-certified', 'row-newcomer'])
    const all = await ask(client, '/api/workers?category=business-admin&limit=500')
    expect(JSON.stringify(all)).not.toContain('certified-newcomer')
    const somebody = visitor(market)
    await somebody.signIn(client)
    const { html } = await somebody.open('/workers?category=business-admin')
    expect(html.includes('新しい方')).toBe(true)
    expect(html.includes('検定に合格した新しい方')).toBe(false)
  })
})

describe('the comparison', () => {
  it('holds out a tenth of the readers, and a twentieth after a thousand such searches, the same all day', async () => {
    const { db } = market.world
    await search('cli_01')
    const share = async () => (await db.select().from(searchDays)).map((day) => [day.day, day.heldOutShare])
    expect(await share()).toEqual([['2026-11-25', 0.1]])
    await db
      .insert(searchArms)
      .values({ arm: 'held-out', readerDays: 1_000 })
      .onConflictDoUpdate({ target: searchArms.arm, set: { readerDays: 1_000 } })
    await search('cli_02')
    expect(await share()).toEqual([['2026-11-25', 0.1]])
    market.advance(DAY)
    const { drawId, arm } = await search('cli_02')
    expect(await share()).toContainEqual(['2026-11-26', 0.05])
    expect((await drawOf(drawId))?.armPropensity).toBe(arm === 'treated' ? 0.95 : 0.05)
    const heldOut = Array.from({ length: 20_000 }, (_, nth) => armOf(`reader ${nth}`, { day: 'x', share: 0.1 }))
    expect(heldOut.filter((one) => one.arm === 'held-out').length / 20_000).toBeCloseTo(0.1, 2)
  })

  it('keeps its arm for whoever pages on over midnight with the draw of page 1, and not for longer', async () => {
    market.advance(20.9 * 3_600_000)
    const today = await Promise.all(clients.map(async (client) => [client, await search(client)] as const))
    market.advance(600_000)
    let moved = 0
    for (const [client, { arm, drawId }] of today) {
      const next = await search(client, `&after=10&draw=${drawId}`)
      expect([next.arm, next.drawId, next.row]).toEqual([arm, drawId, []])
      moved += Number((await search(client)).arm !== arm)
    }
    expect(moved).toBeGreaterThan(0)
    const [client, { drawId }] = today[0] as (typeof today)[number]
    // an address that was passed on
    expect((await search('cli_21', `&draw=${drawId}`)).drawId).toBe((await search('cli_21')).drawId)
    market.advance(2 * DAY)
    expect((await search(client, `&draw=${drawId}`)).drawId).toBe((await search(client)).drawId)
  })

  it('is carried from page to page, for whoever is signed in and for strangers', async () => {
    const somebody = visitor(market)
    for (const client of [undefined, 'cli_01']) {
      if (client) await somebody.signIn(client)
      const { html } = await somebody.open('/workers?category=business-admin')
      const [, draw] = /page=2&amp;draw=(drw_[0-9a-f]+)/.exec(html) ?? []
      market.advance(3_600_000)
      const next = await somebody.open(`/workers?category=business-admin&page=2&draw=${draw}`)
      expect(next.html.includes(`page=3&amp;draw=${draw}`)).toBe(true)
      expect(
        (await somebody.open(`/workers?category=business-admin&draw=${draw}`)).html.includes(`page=2&amp;draw=${draw}`),
      ).toBe(true)
    }
  })

  it('logs every page 1 once with its pool, and who stood on it', async () => {
    const client = await clientIn('treated')
    const { drawId, row } = await search(client)
    const draw = (await drawOf(drawId)) as NonNullable<Awaited<ReturnType<typeof drawOf>>>
    const sizes = sizesOfDraw(draw)
    expect(draw).toMatchObject({ category: 'business-admin', narrowed: false, arm: 'treated', armPropensity: 0.9 })
    expect(row[0]?.draw?.poolSize).toBe(
      sizes.certified.fresh + sizes.certified.settled + sizes.other.fresh + sizes.other.settled,
    )
    const π = propensitiesOf(sizes, { places: 2, ratio: draw.ratio })
    const places = await market.world.db.select().from(searchDrawPlaces).where(eq(searchDrawPlaces.draw, drawId))
    const lots = places.filter(({ way }) => way === 'lot')
    expect(lots.map(({ worker }) => worker)).toEqual(ids({ row } as Answer))
    for (const { group, propensity } of lots) expect(Object.values(π[group])).toContain(propensity)
    const narrowed = await search(client, '&certified=1')
    expect((await drawOf(narrowed.drawId))?.narrowed).toBe(true)
    expect(narrowed.drawId).not.toBe(drawId)
  })
})

describe('what comes of a draw', () => {
  const outcomes = () => market.world.db.select().from(searchOutcomes)

  it('is an opening for whom the draw showed, once, and for nobody else', async () => {
    const client = await clientIn('treated')
    const { drawId, row } = await search(client)
    const shown = row[0] as Entry
    const stranger = await lastNewcomer()
    const somebody = visitor(market)
    await somebody.signIn(client)
    const { html } = await somebody.open('/workers?category=business-admin')
    expect(html.includes(`/workers/${shown.id}?draw=${drawId}`)).toBe(true)
    // an address that was passed on is nobody's opening
    await visitor(market).open(`/workers/${shown.id}?draw=${drawId}`)
    expect(await outcomes()).toEqual([])
    for (const id of [shown.id, shown.id, stranger]) await somebody.open(`/workers/${id}?draw=${drawId}`)
    await somebody.open(`/workers/${shown.id}?draw=drw_unknown`)
    expect(await outcomes()).toEqual([
      expect.objectContaining({
        draw: drawId,
        kind: 'opened',
        worker: shown.id,
        drawn: true,
        propensity: shown.draw?.propensity,
      }),
    ])
  })

  it('is an opening by a stranger who comes from a page of ours, and by none who was given the address', async () => {
    const { drawId, row } = (await market.call('GET', '/api/workers?category=business-admin')).json as Answer
    const open = (headers: Record<string, string>) =>
      market.call('GET', `/workers/${row[0]?.id}?draw=${drawId}`, { headers })
    for (const site of ['none', 'cross-site']) await open({ 'Sec-Fetch-Site': site })
    await open({})
    expect(await outcomes()).toEqual([])
    await open({ 'Sec-Fetch-Site': 'same-origin' })
    expect(await outcomes()).toEqual([expect.objectContaining({ draw: drawId, kind: 'opened', worker: row[0]?.id })])
  })

  it('is a hire by that client, of who was drawn and who was not, each with how probable it was', async () => {
    const client = await clientIn('treated')
    const { drawId, row } = await search(client)
    const [drawn = ''] = ids({ row } as Answer)
    const passedBy = await lastNewcomer()
    const draw = (await drawOf(drawId)) as NonNullable<Awaited<ReturnType<typeof drawOf>>>
    const π = propensitiesOf(sizesOfDraw(draw), { places: 2, ratio: draw.ratio })
    for (const worker of [drawn, passedBy]) {
      const { json } = await room.propose({ worker }, { client })
      await room.step(client, json.id, 'fund')
      expect(await outcomes()).toHaveLength(worker === drawn ? 0 : 1)
      await room.step(worker, json.id, 'start')
    }
    const hired = (await outcomes()).filter((one) => one.draw === drawId)
    expect(hired.map(({ kind, worker, drawn: was }) => [kind, worker, was])).toEqual([
      ['hired', drawn, true],
      ['hired', passedBy, false],
    ])
    for (const { group, propensity, contract } of hired) {
      expect(Object.values(π[group])).toContain(propensity)
      expect(contract).toMatch(/^ctr_/)
    }
    expect(hired[0]?.propensity).toBe(row[0]?.draw?.propensity)
  })

  it('is a hire of an uncertified beside a card of the days after the pass, which left one place to the others', async () => {
    await market.certify(await lastNewcomer())
    const client = await clientWithPriority()
    const { drawId, row } = await search(client)
    const { id: drawn } = row.find(({ draw }) => draw?.group === 'other') as Entry
    const others = (await ask('cli_20', '/api/workers?category=business-admin&limit=500')).workers.filter(
      ({ id, reasons }) => reasons[0]?.code === 'no-evidence' && id !== drawn,
    )
    for (const worker of [drawn, ...others.slice(0, 3).map(({ id }) => id)]) {
      const { json } = await room.propose({ worker }, { client })
      await room.step(client, json.id, 'fund')
      await room.step(worker, json.id, 'start')
    }
    const draw = (await drawOf(drawId)) as NonNullable<Awaited<ReturnType<typeof drawOf>>>
    const { fresh, settled } = sizesOfDraw(draw).other
    const hired = (await outcomes()).filter((one) => one.draw === drawId)
    expect(hired.length).toBeGreaterThan(1)
    for (const { propensity } of hired)
      expect([1 / (2 * fresh + settled), 2 / (2 * fresh + settled)]).toContain(propensity)
  })

  it('is nothing by another client, after a fortnight, or of who is no newcomer', async () => {
    const client = await clientIn('treated')
    const { row, workers } = await search(client)
    const [first = '', second = ''] = ids({ row } as Answer)
    const hire = async (worker: string, by: string) => {
      const { json } = await room.propose({ worker }, { client: by })
      await room.step(by, json.id, 'fund')
      await room.step(worker, json.id, 'start')
    }
    await hire(first, clients.find((one) => one !== client) as string)
    await hire((workers[0] as Entry).id, client)
    market.advance(15 * DAY)
    await hire(second, client)
    expect((await outcomes()).filter((one) => one.drawn)).toEqual([])
  })

  it('is counted without a name after an erasure', async () => {
    const client = await clientIn('treated')
    const { drawId, row } = await search(client)
    const gone = (row[0] as Entry).id
    const somebody = visitor(market)
    await somebody.signIn(client)
    await somebody.open(`/workers/${gone}?draw=${drawId}`)
    const counts = async () => {
      const { db } = market.world
      return [(await db.select().from(searchDrawPlaces)).length, (await outcomes()).length]
    }
    const before = await counts()
    expect((await market.call('POST', `/demo/workers/${gone}/erase`)).status).toBe(200)
    expect(await counts()).toEqual(before)
    expect((await outcomes()).map(({ worker }) => worker)).toEqual([null])
    expect(ids(await search(client))).not.toContain(gone)
  })

  it('is kept for two years, with who was drawn for places behind page 1, and these too without a name after an erasure', async () => {
    const { db } = market.world
    await ask('cli_01', '/api/workers?category=business-admin&limit=500')
    const drawn = await db.select().from(placeDraws)
    const gone = drawn[0]?.worker as string
    await market.call('POST', `/demo/workers/${gone}/erase`)
    const names = (await db.select().from(placeDraws)).map(({ worker }) => worker)
    expect(names).toHaveLength(drawn.length)
    expect(names).not.toContain(gone)
    const logs = async () => [(await draws()).length, (await db.select().from(placeDraws)).length]
    const before = await logs()
    market.advance(730 * DAY)
    await tendMarket(market.world)
    expect(await logs()).toEqual(before)
    market.advance(2 * DAY)
    await tendMarket(market.world)
    expect(await logs()).toEqual([0, 0])
  })
})
