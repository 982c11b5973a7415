import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instant } from '../../../src/kernel/instant.ts'
import { seedSandbox } from '../../../src/sandbox/flows/seed-sandbox.ts'
import { sendWeeklyNotices } from '../../../src/sandbox/flows/send-weekly-notices.ts'
import { bareDigits, markAccount } from '../../../src/sandbox/people/payout/account.ts'
import { payeesAmong } from '../../../src/sandbox/people/payout/store.ts'
import { payoutAccounts, sharedAccounts } from '../../../src/sandbox/people/tables.ts'
import { searchDrawPlaces } from '../../../src/sandbox/search/tables.ts'
import { type ContractRoom, DAY, openContractRoom } from '../../support/sandbox/contract-room.ts'
import { visitor } from '../../support/sandbox/visitor.ts'

const ACCOUNT = { bank: '0001', branch: '123', number: '0456789' }

describe('the mark of a bank account', () => {
  const mark = (number: string, secret = 'secret') => markAccount(secret, { ...ACCOUNT, number })

  it('is the same however the account was typed', async () => {
    expect(bareDigits(' ００４５–６７\u200b８９ ')).toBe('00456789')
    expect(bareDigits('4−5ー6')).toBe('456')
    expect(await mark('456789')).toEqual(await mark('0456789'))
  })

  it('is another for another account or secret, and says nothing but the last three digits', async () => {
    const marks = await Promise.all([mark('0456789'), mark('1456789'), mark('0456789', 'other')])
    expect(new Set(marks.map(({ account }) => account)).size).toBe(3)
    for (const { account, ending } of marks) {
      expect(account).toMatch(/^[0-9a-f]{32}$/)
      expect(ending).toBe('789')
    }
  })
})

let room: ContractRoom
beforeEach(async () => {
  room = await openContractRoom()
})
afterEach(() => room.close())

const db = () => room.market.world.db
const put = (worker: string, body: unknown = ACCOUNT) => room.as(worker, 'PUT', '/v1/payout-account', { body })
const judge = (worker: string, state: string, note = '書類を見た') =>
  room.as('opr_demo', 'POST', `/v1/operators/workers/${worker}/identity`, { body: { state, note } })
const clients = Array.from({ length: 20 }, (_, nth) => `cli_${String(nth + 1).padStart(2, '0')}`)

interface Entry {
  readonly id: string
  readonly reasons: readonly { readonly code: string }[]
}

/** Newcomers of office work, the last first: nobody of them stands on page 1. */
async function newcomers(): Promise<string[]> {
  const { json } = await room.market.call('GET', '/api/workers?category=business-admin&limit=500')
  const found = (json.workers as Entry[]).filter(({ reasons }) => reasons.some(({ code }) => code === 'no-evidence'))
  // they are all here today
  await db().run(sql`UPDATE workers SET last_seen_at = ${room.market.clock.now}`)
  return found.map(({ id }) => id).toReversed()
}
/** Who of these stands in whose row today, as often as they do. */
async function drawn(workers: readonly string[]): Promise<string[]> {
  const { world } = room.market
  const before = (await db().select().from(searchDrawPlaces)).length
  for (const client of clients) {
    const { json } = await room.market.call('POST', '/demo/session', { body: { user: client } })
    const headers = { Authorization: `Bearer ${json.session}` }
    const page = (await room.market.call('GET', '/api/workers?category=business-admin&limit=10', { headers })).json
    const shown = [...page.row, ...page.workers].map(({ id }: Entry) => id).filter((id) => workers.includes(id))
    expect(shown.length).toBeLessThanOrEqual(1)
  }
  const places = await world.db.select().from(searchDrawPlaces)
  return places.slice(before).flatMap(({ worker }) => (worker !== null && workers.includes(worker) ? [worker] : []))
}
const payees = async (workers: readonly string[]) => [...(await payeesAmong(db(), workers)).keys()].sort()
const inPool = (worker: string) => {
  const { world } = room.market
  return (
    world.workerBook.newcomer(worker, { category: 'business-admin', now: world.now(), arm: 'treated' }) !== undefined
  )
}
const search = () => room.market.call('GET', '/api/workers?category=business-admin&limit=10')

describe('one payout account', () => {
  it('of twenty people gains the place of one', async () => {
    const many = (await newcomers()).slice(0, 20)
    for (const worker of many) expect((await put(worker)).status).toBe(200)
    await search()
    // of those who registered at the same instant the first by their id
    const [payee] = many.toSorted()
    expect(many.filter(inPool)).toEqual([payee])
    const own = await drawn(many)
    for (let day = 0; day < 3; day += 1) {
      room.market.advance(DAY)
      own.push(...(await drawn(many)))
    }
    expect(own.filter((worker) => worker !== payee)).toEqual([])
    // behind page 1, one place in twenty is drawn from the same people
    const { json } = await room.market.call('GET', '/api/workers?category=business-admin&limit=500')
    const byLot = (json.workers as (Entry & { draw?: unknown })[]).filter(({ draw }) => draw).map(({ id }) => id)
    expect(byLot.filter((id) => many.includes(id) && id !== payee)).toEqual([])
  }, 120_000)

  it('is drawn for who was verified, and else for who registered it first; registering it again changes nothing', async () => {
    const [first, second, third] = (await newcomers()) as [string, string, string]
    const people = [first, second, third]
    for (const worker of people) {
      await put(worker)
      room.market.advance(1_000)
    }
    expect(await payees(people)).toEqual([first])
    await put(first)
    expect(await payees(people)).toEqual([first])
    await judge(third, 'verified')
    await search()
    expect([await payees(people), people.map(inPool)]).toEqual([[third], [false, false, true]])
    await judge(third, 'unverified')
    await search()
    expect([await payees(people), people.map(inPool)]).toEqual([[first], [true, false, false]])
  })

  it('of who was refused is drawn for nobody who came later, until they are verified', async () => {
    const [first, second] = (await newcomers()) as [string, string]
    await put(first)
    room.market.advance(1_000)
    await put(second)
    await judge(first, 'refused')
    await search()
    expect([first, second].map(inPool)).toEqual([false, false])
    await judge(second, 'verified')
    await search()
    expect([first, second].map(inPool)).toEqual([false, true])
  })

  it('of one person alone is drawn for nobody while that one is refused', async () => {
    const [worker, other] = (await newcomers()) as [string, string]
    await put(worker)
    for (const [state, drawable] of [
      ['refused', false],
      ['unverified', true],
      ['verified', true],
    ] as const) {
      await judge(worker, state)
      await search()
      expect([worker, other].map(inPool)).toEqual([drawable, true])
    }
  })

  it('that somebody leaves for another, or by an erasure, is at once the next one’s', async () => {
    const [first, second, third] = (await newcomers()) as [string, string, string]
    const people = [first, second, third]
    for (const worker of people) {
      await put(worker)
      room.market.advance(1_000)
    }
    await put(first, { ...ACCOUNT, number: '1' })
    await search()
    expect(people.map(inPool)).toEqual([true, true, false])
    // who comes back stands behind
    await put(first)
    await search()
    expect(people.map(inPool)).toEqual([false, true, false])
    expect((await room.market.call('POST', `/demo/workers/${second}/erase`)).status).toBe(200)
    await search()
    expect(people.map(inPool)).toEqual([false, false, true])
    expect(await db().select().from(payoutAccounts).where(eq(payoutAccounts.worker, second))).toEqual([])
  })

  it('gives no card to who shares it with somebody in the places of the page', async () => {
    const { json } = await room.market.call('GET', '/api/workers?category=business-admin&limit=10')
    const [onPage] = (json.workers as Entry[]).map(({ id }) => id) as [string]
    const [newcomer] = (await newcomers()) as [string]
    await put(newcomer)
    room.market.advance(1_000)
    await put(onPage)
    expect(await payees([newcomer, onPage])).toEqual([newcomer])
    await room.market.certify(newcomer)
    expect(await drawn([newcomer, onPage])).not.toContain(newcomer)
    expect(inPool(newcomer)).toBe(true)
  })

  it('of one person tells of starter jobs once', async () => {
    const [first, second] = (await newcomers()) as [string, string]
    await put(first)
    room.market.advance(1_000)
    await put(second)
    await db().run(sql`DELETE FROM weekly_notices`)
    for (const worker of [first, second])
      await db().run(
        sql`INSERT INTO weekly_notices (worker, since, due_at) VALUES (${worker}, ${room.market.clock.now}, ${room.market.clock.now})`,
      )
    await db().run(sql`INSERT INTO client_histories (client, marks, counted, concluded, paid, paid_workers, accepted, acceptance_days, requests, request_sum, score)
      SELECT id, 1, 1, 3, 3, 3, 0, 0, 0, 0, 0 FROM clients WHERE true ON CONFLICT (client) DO UPDATE SET paid_workers = 3`)
    expect(await sendWeeklyNotices(room.market.world)).toBe(1)
    const told = await db().all<{ person: string }>(
      sql`SELECT person FROM notifications WHERE once LIKE 'starter-jobs/%'`,
    )
    expect(told.map(({ person }) => person)).toEqual([first])
  })

  it('is asked of everybody: without one nobody is drawn, and seeding again gives one to who has none', async () => {
    const [worker] = (await newcomers()) as [string]
    await search()
    expect(inPool(worker)).toBe(true)
    await db().delete(payoutAccounts).where(eq(payoutAccounts.worker, worker))
    await search()
    expect(inPool(worker)).toBe(false)
    await seedSandbox(room.market.world)
    await search()
    expect(inPool(worker)).toBe(true)
  })

  it('is listed for operators while two people or more have it, and for nobody else', async () => {
    const [first, second] = (await newcomers()) as [string, string]
    await put(first)
    const list = async () => (await room.as('opr_demo', 'GET', '/v1/operators/shared-accounts')).json.accounts
    expect(await list()).toEqual([])
    room.market.advance(1_000)
    await put(second)
    await judge(second, 'refused')
    expect(await list()).toMatchObject([
      {
        count: 2,
        people: [
          { worker: first, identity: 'unverified', drawn: true },
          { worker: second, identity: 'refused', drawn: false },
        ],
      },
    ])
    expect(JSON.stringify(await list())).not.toContain('789')
    expect((await room.as(first, 'GET', '/v1/operators/shared-accounts')).status).toBe(403)
    expect(
      (
        await room.as(first, 'POST', `/v1/operators/workers/${first}/identity`, {
          body: { state: 'verified', note: 'x' },
        })
      ).status,
    ).toBe(403)
    await put(second, { ...ACCOUNT, branch: '124' })
    expect([await list(), await db().select().from(sharedAccounts)]).toEqual([[], []])
  })
})

describe('an account of very many people', () => {
  it('shows all of them to operators, page by page', async () => {
    await db().delete(payoutAccounts)
    await put('wrk_001')
    const [first] = await db().select().from(payoutAccounts)
    const everybody = Array.from({ length: 60 }, (_, nth) => `wrk_${String(nth + 1).padStart(3, '0')}`)
    const others = everybody.slice(1)
    const { account = '', ending = '', registeredAt } = first ?? {}
    // two of each moment, so that a page may end between them
    const at = (nth: number) => instant(Number(registeredAt) + Math.floor(nth / 2))
    await db()
      .insert(payoutAccounts)
      .values(others.map((worker, nth) => ({ worker, account, ending, registeredAt: at(nth) })))
    const operator = visitor(room.market)
    await operator.signIn('opr_demo')
    const seen: string[][] = []
    let path = /href="([^"]*account=[^"#]*)/.exec((await operator.open('/operators/accounts?lang=en')).html)?.[1]
    while (path !== undefined) {
      const { html } = await operator.open(path.replaceAll('&amp;', '&'))
      seen.push([...html.matchAll(/<code>(wrk_\d+)<\/code>/g)].map(([, id = '']) => id))
      path = /href="([^"#]*)[^"]*" rel="next"/.exec(html)?.[1]
    }
    expect(seen.map(({ length }) => length)).toEqual([25, 25, 10])
    expect(seen.flat()).toEqual(everybody)
  })
})

const idsOf = (html: string) => [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)

describe('registering a payout account', () => {
  it('takes full-width digits and signs between, and keeps nothing of the number but its end', async () => {
    const answer = await put('wrk_001', { bank: '０００１', branch: ' 1-2-3 ', number: '45６７８９' })
    expect(answer.json).toMatchObject({ ending: '789', identity: { state: 'unverified', note: '' } })
    await put('wrk_002')
    const rows = await db().select().from(payoutAccounts)
    const [one, two] = ['wrk_001', 'wrk_002'].map((id) => rows.find(({ worker }) => worker === id)?.account)
    expect(one).toBe(two)
    expect(JSON.stringify(rows)).not.toContain('456789')
    // what was sent is not kept for a repetition either
    await room.as('wrk_003', 'PUT', '/v1/payout-account', { body: ACCOUNT, key: 'again' })
    expect(await db().all(sql`SELECT * FROM idempotency_keys WHERE caller = 'wrk_003'`)).toEqual([])
  })

  it('refuses what is no account, and leaves the one that was', async () => {
    await put('wrk_001')
    for (const body of [
      {},
      { ...ACCOUNT, number: '' },
      { ...ACCOUNT, number: '12345678' },
      { ...ACCOUNT, number: '1'.repeat(200) },
      { ...ACCOUNT, number: '٤٥٦' },
      { ...ACCOUNT, number: "1' OR 1=1" },
      { ...ACCOUNT, bank: '1' },
      { ...ACCOUNT, branch: '1234' },
      { ...ACCOUNT, holder: 'x' },
    ])
      expect([body, (await put('wrk_001', body)).status]).toEqual([body, 422])
    expect((await room.as('wrk_001', 'GET', '/v1/payout-account')).json.ending).toBe('789')
    expect((await put('cli_01')).status).toBe(403)
  })

  it('works on the page without a script, and says what is wrong with which field', async () => {
    const { market } = room
    const worker = visitor(market)
    await worker.signIn('wrk_001')
    const page = await worker.open('/me?lang=en')
    expect(page.text).toContain('One person of each account can be in the lots')
    expect(idsOf(page.html)).toEqual([...new Set(idsOf(page.html))])
    const wrong = await worker.send('payout', { bank: '1', branch: '123', number: 'x'.repeat(200) })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Bank code: Type 4 digits.')
    expect(worker.form('payout').fields.branch).toBe('123')
    const done = await worker.send('payout', { bank: '０００１', branch: '123', number: '4 5 6 7 8 9' })
    expect([done.status, done.text.includes('An account that ends in 789')]).toEqual([200, true])
    expect(done.html).not.toContain('456789')
    const operator = visitor(market)
    await operator.signIn('opr_demo')
    await put('wrk_002')
    const list = await operator.open('/operators/accounts?lang=en&worker=wrk_002')
    expect(list.text).toContain('2 people with one account')
    expect(idsOf(list.html)).toEqual([...new Set(idsOf(list.html))])
    expect(operator.form('identity').fields.worker).toBe('wrk_002')
    const decided = await operator.send('identity', { state: 'refused', note: '<b>名前が違う</b>' })
    expect([decided.status, decided.text.includes('Identity refused')]).toEqual([200, true])
    expect((await operator.send('identity', { worker: 'wrk_none', state: 'verified', note: 'x' })).status).toBe(404)
    const other = visitor(market)
    await other.signIn('wrk_002')
    const read = await other.open('/me?lang=en')
    expect(read.html).toContain('&lt;b&gt;名前が違う&lt;/b&gt;')
    // whether somebody else has the account is nobody's to learn
    expect(read.text).not.toContain('wrk_001')
    const client = visitor(market)
    await client.signIn('cli_01')
    expect((await client.open('/me')).html).not.toContain('id="payout"')
    expect((await client.post('/me', { act: 'payout', ...ACCOUNT })).status).toBe(403)
    const foreign = await other.post('/me', { act: 'payout', ...ACCOUNT }, { Origin: 'https://evil.example' })
    expect(foreign.status).toBe(403)
  })
})
