import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StatusAct } from '../../src/credential/credential-status.ts'
import { digestOf } from '../../src/credential/sign-credential.ts'
import { applyStanding } from '../../src/flows/apply-standing.ts'
import { changeCredential, expireCredentials } from '../../src/flows/change-credential-status.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { reissueCredential } from '../../src/flows/reissue-credential.ts'
import { remindHolders } from '../../src/flows/remind-holders.ts'
import { days, instant, minutes, parseRfc3339, plus, plusPeriod, seconds } from '../../src/kernel/instant.ts'
import { ok } from '../../src/kernel/result.ts'
import type { World } from '../../src/world/world.ts'
import { decideStanding, operator, pass, rows, sendWebhook } from '../support/exam-hall.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld, NOON } from '../support/fixed-world.ts'
import { tinyBank } from '../support/tiny-bank.ts'

/** What the tests look at in the signed text. */
interface Content {
  readonly awardedDate: string
  readonly validUntil: string
  readonly relatedResource: readonly [{ readonly id: string }]
  readonly credentialSubject: { readonly narrative: string; readonly result: readonly [{ readonly value: string }] }
}

/** An entry of a history. */
type Entry = Readonly<Record<string, string | number | null>>

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const AWARDED = new Date(NOON).toISOString()
const FIRST_END = plusPeriod(NOON, { years: 2, months: 0, days: 0 })
const recordOf = async (id: string) => (await rows(w, 'select * from credentials where id = ?', [id]))[0]
const tokenOf = async (id: string): Promise<string> => (await w.call('GET', `/credentials/${id}.jwt`)).text
const contentOf = async (id: string) => decodeJwt(await tokenOf(id)) as unknown as Content
const staff = async (id: string, act: string, body: unknown) =>
  w.call('POST', `/api/staff/credentials/${id}/${act}`, { token: await operator(w), body })
const setStatus = (id: string, status: 'active' | 'suspended' | 'revoked') =>
  staff(id, 'status', { status, why: 'looked into' })
const reissue = (id: string) => staff(id, 'reissue', { why: 'the name was wrong' })
const historyOf = async (id: string) =>
  (await w.call('GET', `/api/staff/credentials/${id}/history`, { token: await operator(w) })).json
const eventsOf = async (type: string) =>
  (await rows(w, 'select data from event_log where type = ? order by seq', [type])).map(({ data }) => JSON.parse(data))
const verdictOf = async (id: string) =>
  (await w.call('POST', '/api/credentials/verify', { body: { credential: await tokenOf(id) } })).json.verdict
const signal = () => w.market.signals.get('w-1 tiny')?.body

describe('a further pass of the same exam', () => {
  it('makes a credential that names the one it renews and keeps the day of the first award; the old one stays valid until its own end', async () => {
    const first = (await pass(w, 'w-1')).credential
    await w.drain()
    w.clock.advance(days(300))
    const second = (await pass(w, 'w-1')).credential
    await w.drain()
    const content = await contentOf(second)
    expect(content).toMatchObject({
      awardedDate: AWARDED,
      validFrom: new Date(w.clock.now).toISOString(),
      relatedResource: [{ id: `${PLUGIN}/credentials/${first}.jwt`, digestSRI: await digestOf(await tokenOf(first)) }],
    })
    expect(content.credentialSubject.narrative).toContain(`証明書 ${first} を更新したものです。`)
    expect([await verdictOf(first), await verdictOf(second)]).toEqual(['valid', 'valid'])
    expect(await eventsOf('credential.renewed')).toEqual([
      { credential: second, worker: 'w-1', exam: 'tiny', version: 1, renews: first },
    ])
    expect([...w.market.badges.values()].map(({ body }) => body.status)).toEqual(['active', 'active'])
    expect(signal()?.validUntil).toBe(content.validUntil)

    w.clock.now = FIRST_END
    await expireCredentials(w.world)
    await w.drain()
    expect([await verdictOf(first), await verdictOf(second)]).toEqual(['expired', 'valid'])
    expect(signal()).toMatchObject({ validUntil: content.validUntil, priorMean: expect.any(Number) })
  })

  it('keeps the first award through a line of renewals, each of which names the one before it', async () => {
    const ids = [(await pass(w, 'w-1')).credential]
    for (let n = 0; n < 3; n++) {
      w.clock.advance(days(200))
      ids.push((await pass(w, 'w-1')).credential)
    }
    for (const [n, id] of ids.entries()) {
      expect((await contentOf(id)).awardedDate).toBe(AWARDED)
      expect((await recordOf(id)).predecessor).toBe(ids[n - 1] ?? null)
    }
  })

  it.each([
    ['has ended', async () => void w.clock.advance(days(800))],
    ['was revoked', async (id: string) => void (await setStatus(id, 'revoked'))],
    ['is suspended', async (id: string) => void (await setStatus(id, 'suspended'))],
  ])('begins a new line when the earlier one %s', async (_, end) => {
    const first = (await pass(w, 'w-1')).credential
    w.clock.advance(days(20))
    await end(first)
    const second = (await pass(w, 'w-1')).credential
    const content = await contentOf(second)
    expect([content.awardedDate, content.relatedResource]).toEqual([new Date(w.clock.now).toISOString(), undefined])
    expect(content.credentialSubject.narrative).not.toContain(first)
    expect(await eventsOf('credential.renewed')).toEqual([])
  })

  it('leaves the ranking to the certificate that ends last, also where that is the old one', async () => {
    await pass(w, 'w-1')
    await w.drain()
    w.clock.advance(days(20))
    const bank = tinyBank({ exam: { version: 2, validFor: { years: 0, months: 6, days: 0 } }, words: 'v2 ' })
    await publishExam(w.world, bank)
    await pass({ ...w, bank }, 'w-1')
    await w.drain()
    expect(signal()?.validUntil).toBe(new Date(FIRST_END).toISOString())
  })

  it('bears the signal after all when the old one is suspended while the new badge is on its way', async () => {
    const first = (await pass(w, 'w-1')).credential
    await w.drain()
    w.clock.advance(days(20))
    const second = (await pass(w, 'w-1')).credential
    await setStatus(first, 'suspended')
    await w.drain()
    expect(signal()).toMatchObject({ validUntil: (await contentOf(second)).validUntil, priorMean: expect.any(Number) })
  })
})

describe('a correction', () => {
  it('revokes the old one and issues another in its place, in one batch, which keeps award and end', async () => {
    const { credential: old, id: attempt } = await pass(w, 'w-1')
    await w.drain()
    w.clock.advance(days(3))
    await w.launch('w-1', { name: '湊 はるか' })
    const bank = tinyBank({ exam: { version: 2, title: { ja: '小さな検定（改）', en: 'Tiny exam' } }, words: 'v2 ' })
    await publishExam(w.world, bank)
    const done = await reissue(old)
    expect([done.status, done.json]).toEqual([
      201,
      { id: expect.stringMatching(/^crd_/), status: 'active', version: 1, replaces: old },
    ])
    const fresh = done.json.id
    expect(await recordOf(old)).toMatchObject({ status: 'revoked', status_cause: 'replaced', holder_name: 'みなと' })
    expect(await recordOf(fresh)).toMatchObject({
      attempt_id: attempt,
      edition: 2,
      holder_name: '湊 はるか',
      exam_version: 1,
      predecessor: old,
      relation: 'replaces',
    })
    const [before, after] = [await contentOf(old), await contentOf(fresh)]
    expect(after).toMatchObject({
      name: '小さな検定（改） 3級',
      awardedDate: AWARDED,
      validFrom: new Date(w.clock.now).toISOString(),
      validUntil: before.validUntil,
    })
    expect(after.credentialSubject.result).toEqual(before.credentialSubject.result)
    expect(after.relatedResource[0].id).toBe(`${PLUGIN}/credentials/${old}.jwt`)
    expect(await eventsOf('credential.revoked')).toMatchObject([{ credential: old, version: 2, replacedBy: fresh }])
    expect((await eventsOf('credential.issued')).at(-1)).toMatchObject({ credential: fresh, version: 1, replaces: old })
    expect([await verdictOf(old), await verdictOf(fresh)]).toEqual(['revoked', 'valid'])

    await w.drain()
    expect([...w.market.badges].map(([, { body }]) => body.status).sort()).toEqual(['active', 'revoked'])
    expect(signal()).toMatchObject({ priorMean: expect.any(Number) })
    // the ranking never went without it
    expect(
      w.market.calls.filter(({ method, path }) => method === 'DELETE' && path.includes('ranking-signals')),
    ).toEqual([])
  })

  it('that is asked for again, also by many at once, is the one that was made', async () => {
    const old = (await pass(w, 'w-1')).credential
    const token = await operator(w)
    const replies = await Promise.all(
      Array.from({ length: 12 }, () =>
        w.call('POST', `/api/staff/credentials/${old}/reissue`, { token, body: { why: 'x' } }),
      ),
    )
    expect(new Set(replies.map(({ json }) => json.id)).size).toBe(1)
    expect(replies.map(({ status }) => status).sort()).toEqual([...Array(11).fill(200), 201])
    expect((await reissue(old)).json.id).toBe(replies[0]?.json.id)
    expect(await rows(w, 'select id from credentials')).toHaveLength(2)
    expect(await eventsOf('credential.revoked')).toHaveLength(1)
  })

  it('says the new score band after the key was corrected, and is refused where that makes it no pass', async () => {
    const [a, b] = [await pass(w, 'w-1'), await pass(w, 'w-2')]
    const regrade = (id: string, change: object) =>
      rows(w, 'update attempts set report = json_patch(report, ?) where id = ?', [JSON.stringify(change), id])
    await regrade(a.id, { score: 83 })
    await regrade(b.id, { score: 10, passed: false })
    const fresh = (await reissue(a.credential)).json.id
    expect((await contentOf(fresh)).credentialSubject.result[0].value).toBe('80-90')
    expect(await reissue(b.credential)).toMatchObject({ status: 409, json: { code: 'conflict' } })
    expect((await recordOf(b.credential)).status).toBe('active')
  })

  it.each([
    ['suspended', async (id: string) => setStatus(id, 'suspended')],
    ['under review', async (id: string) => staff(id, 'case', { policy: 'outside-help', note: 'two voices' })],
    ['held by the standing', async () => [await decideStanding(w, 'w-1', 'suspended'), await w.drain()]],
    ['revoked', async (id: string) => setStatus(id, 'revoked')],
    ['at its end', async () => void w.clock.advance(days(731))],
  ])('is refused while the certificate is %s, so that nothing slips out of a review', async (_, happen) => {
    const old = (await pass(w, 'w-1')).credential
    await happen(old)
    expect(await reissue(old)).toMatchObject({ status: 409, json: { code: 'conflict' } })
    expect(await rows(w, 'select id from credentials')).toHaveLength(1)
  })

  it('is for operators, of what there is, with a reason', async () => {
    const old = (await pass(w, 'w-1')).credential
    const { token } = await w.launch('w-1')
    const ask = (path: string, body: unknown, as: string) =>
      w.call('POST', `/api/staff/credentials/${path}/reissue`, { token: as, body })
    expect((await ask(old, { why: 'x' }, token)).status).toBe(403)
    expect((await ask('crd_none', { why: 'x' }, await operator(w))).status).toBe(404)
    expect((await ask(old, {}, await operator(w))).json.code).toBe('malformed')
  })

  it('of a corrected one goes on counting, and a renewal continues the line', async () => {
    const old = (await pass(w, 'w-1')).credential
    const second = (await reissue(old)).json.id
    const third = (await reissue(second)).json.id
    w.clock.advance(days(30))
    const renewal = (await pass(w, 'w-1')).credential
    expect(await recordOf(third)).toMatchObject({ edition: 3, predecessor: second })
    expect(await recordOf(renewal)).toMatchObject({
      edition: 1,
      predecessor: third,
      relation: 'renews',
      awarded_at: NOON,
    })
  })

  it('stands in for the old one in a review of it that the marketplace opens or goes on with', async () => {
    const old = (await pass(w, 'w-1')).credential
    await w.drain()
    const fresh = (await reissue(old)).json.id
    const { json } = await w.call('POST', `/api/staff/attempts/${(await recordOf(old)).attempt_id}/case`, {
      token: await operator(w),
      body: { policy: 'outside-help', note: 'x' },
    })
    expect(json).toMatchObject({ credential: fresh, status: 'suspended' })
    expect((await setStatus(old, 'revoked')).status).toBe(409)
  })

  it('is held and revoked by what the marketplace decides about the old one', async () => {
    const old = (await pass(w, 'w-1')).credential
    await w.drain()
    const fresh = (await reissue(old)).json.id
    const { trade } = w.market
    const { case: name } = trade.openCase({ type: 'credential', id: old, worker: 'w-1' })
    const decide = async (event: { id: string; type: string; data: object }) => [
      await sendWebhook(w, { ...event, data: { ...event.data } }),
      await w.drain(),
    ]
    await decide(trade.decideCase(name, 'suspend-credential'))
    expect((await recordOf(fresh)).status).toBe('suspended')
    await decide(trade.decideCase(name, 'revoke-credential', true))
    expect([(await recordOf(fresh)).status, (await recordOf(old)).status_cause]).toEqual(['revoked', 'replaced'])
  })

  it('happens wholly or not at all when the service dies in the middle', async () => {
    const old = (await pass(w, 'w-1')).credential
    const session = { worker: 'op-1', role: 'operator', launchedAt: w.clock.now } as never
    const dying = (at: 'before' | 'after'): World => ({
      ...w.world,
      db: new Proxy(w.world.db, {
        get: (db, member) =>
          member !== 'batch'
            ? Reflect.get(db, member)
            : async (statements: never) => {
                if (at === 'after') await db.batch(statements)
                throw new Error('the process died')
              },
      }),
    })
    const state = async () =>
      JSON.stringify([
        await rows(w, 'select * from credentials'),
        await rows(w, 'select * from credential_events'),
        await rows(w, 'select * from outbox'),
        await rows(w, 'select * from event_log'),
      ])
    const untouched = await state()
    await expect(reissueCredential(dying('before'), { session, id: old, why: 'x' })).rejects.toThrow('died')
    expect(await state()).toBe(untouched)
    await expect(reissueCredential(dying('after'), { session, id: old, why: 'x' })).rejects.toThrow('died')
    const again = await reissue(old)
    expect([again.status, await rows(w, 'select id from credentials')]).toEqual([
      200,
      [{ id: old }, { id: again.json.id }],
    ])
    expect(await eventsOf('credential.revoked')).toHaveLength(1)
  })
})

describe('a reminder', () => {
  const before = (n: number) => {
    w.clock.now = instant(FIRST_END - days(n))
  }
  const reminded = () => eventsOf('credential.expiring')

  it('is sent once 60 and once 14 days before the end, however often and by how many is swept', async () => {
    const { credential } = await pass(w, 'w-1')
    before(60)
    w.clock.advance(seconds(-1))
    expect(await remindHolders(w.world)).toBe(0)
    w.clock.advance(seconds(1))
    expect(
      (await Promise.all(Array.from({ length: 5 }, () => remindHolders(w.world)))).reduce((sum, n) => sum + n),
    ).toBe(1)
    before(14)
    expect([await remindHolders(w.world), await remindHolders(w.world)]).toEqual([1, 0])
    const validUntil = new Date(FIRST_END).toISOString()
    expect(await reminded()).toEqual(
      [60, 14].map((daysLeft) => ({ credential, worker: 'w-1', exam: 'tiny', version: 1, validUntil, daysLeft })),
    )
    await w.drain()
    expect(w.market.events.filter(({ type }) => type === 'credential.expiring')).toHaveLength(2)
  })

  it('is not missed when nobody swept for long; of two that were missed only the later is sent, and after the end none', async () => {
    await pass(w, 'w-1')
    before(30)
    await remindHolders(w.world)
    expect(await reminded()).toMatchObject([{ daysLeft: 30 }])
    before(14)
    await remindHolders(w.world)
    expect(await reminded()).toMatchObject([{ daysLeft: 30 }, { daysLeft: 14 }])

    await pass(w, 'w-2')
    w.clock.advance(days(728))
    await remindHolders(w.world)
    expect((await reminded()).slice(2)).toMatchObject([{ worker: 'w-2', daysLeft: expect.any(Number) }])
    w.clock.advance(days(10))
    expect(await remindHolders(w.world)).toBe(0)
  })

  it.each([
    ['suspended', async (id: string) => setStatus(id, 'suspended')],
    ['revoked', async (id: string) => setStatus(id, 'revoked')],
    ['renewed', async () => [void w.clock.advance(days(400)), await pass(w, 'w-1')]],
    [
      'erased',
      async () => w.call('DELETE', '/api/workers/w-1', { token: await w.market.serviceToken('workers:erase') }),
    ],
  ])('is not sent for a certificate that is %s', async (_, happen) => {
    const { credential } = await pass(w, 'w-1')
    await happen(credential)
    before(50)
    expect(await remindHolders(w.world)).toBe(0)
  })

  it('comes after all when a suspension ends, or the renewal is revoked', async () => {
    const a = (await pass(w, 'w-1')).credential
    await pass(w, 'w-2')
    await setStatus(a, 'suspended')
    w.clock.advance(days(400))
    const renewal = (await pass(w, 'w-2')).credential
    before(50)
    await remindHolders(w.world)
    expect(await reminded()).toEqual([])
    await setStatus(a, 'active')
    await setStatus(renewal, 'revoked')
    await remindHolders(w.world)
    expect((await reminded()).map(({ worker, daysLeft }) => [worker, daysLeft]).sort()).toEqual([
      ['w-1', 50],
      ['w-2', 50],
    ])
  })

  it('is not sent again for the correction of a certificate', async () => {
    const { credential } = await pass(w, 'w-1')
    before(60)
    await remindHolders(w.world)
    await reissue(credential)
    expect(await remindHolders(w.world)).toBe(0)
    before(14)
    expect(await remindHolders(w.world)).toBe(1)
  })
})

describe('the history of a credential', () => {
  it('tells every change: when, by whom, why, from which state to which', async () => {
    const { credential, id: attempt } = await pass(w, 'w-1')
    w.clock.advance(minutes(1))
    await setStatus(credential, 'suspended')
    await decideStanding(w, 'w-1', 'suspended')
    await w.drain()
    await setStatus(credential, 'active')
    await decideStanding(w, 'w-1', 'good')
    await w.drain()
    const fresh = (await reissue(credential)).json.id
    const { history, ...rest } = await historyOf(credential)
    expect(rest).toEqual({ credential, status: 'revoked', version: 6, awardedAt: AWARDED })
    expect(
      history.map(({ version, change, from, to, cause, actor, why }: Entry) =>
        [version, change, from, to, cause, actor, why].join(),
      ),
    ).toEqual([
      `1,issued,,active,pass,,${attempt}`,
      '2,suspended,active,suspended,operator,op-1,looked into',
      '3,held,suspended,suspended,standing,,suspended',
      '4,held,suspended,suspended,operator,op-1,looked into',
      '5,reinstated,suspended,active,standing,,good',
      '6,revoked,active,revoked,replaced,op-1,the name was wrong',
    ])
    expect([parseRfc3339(history[0].at), parseRfc3339(history[1].at), history[5].other]).toEqual([
      NOON,
      NOON + minutes(1),
      fresh,
    ])
    expect(await historyOf(fresh)).toMatchObject({
      replaces: credential,
      history: [{ change: 'issued', cause: 'replaced', actor: 'op-1', other: credential }],
    })
  })

  it('of a renewed one names its renewal', async () => {
    const first = (await pass(w, 'w-1')).credential
    w.clock.advance(days(20))
    const second = (await pass(w, 'w-1')).credential
    expect((await historyOf(first)).history[1]).toMatchObject({
      change: 'renewed',
      from: 'active',
      to: 'active',
      other: second,
    })
  })

  it('loses its reasons with its holder, and says so', async () => {
    const { credential } = await pass(w, 'w-1')
    await setStatus(credential, 'suspended')
    await w.call('DELETE', '/api/workers/w-1', { token: await w.market.serviceToken('workers:erase') })
    const { history, status, version } = await historyOf(credential)
    expect([status, version, history.at(-1)]).toEqual([
      'revoked',
      3,
      expect.objectContaining({ change: 'erased', from: 'suspended', to: 'revoked', version: 3 }),
    ])
    expect(history.map(({ why }: Entry) => why)).toEqual(['', '', ''])
  })

  it('is for operators', async () => {
    const { credential } = await pass(w, 'w-1')
    expect(
      (await w.call('GET', `/api/staff/credentials/${credential}/history`, { token: (await w.launch('w-1')).token }))
        .status,
    ).toBe(403)
    expect((await w.call('GET', '/api/staff/credentials/crd_none/history', { token: await operator(w) })).status).toBe(
      404,
    )
  })

  it('stays in step with the version when the end of a closed case turns out to be another', async () => {
    const { credential } = await pass(w, 'w-1')
    const act = (one: StatusAct) =>
      changeCredential(w.world, credential, { cause: 'case', why: 'cas_1' }, () => ok({ acts: [one] }))
    await act({ act: 'hold', cause: 'case', ref: 'cas_1', since: NOON })
    for (const until of [5, 9])
      await act({ act: 'lift', cause: 'case', ref: 'cas_1', until: plus(NOON, seconds(until)) })
    expect((await setStatus(credential, 'suspended')).json).toMatchObject({ status: 'suspended', version: 5 })
    expect((await historyOf(credential)).history.map(({ change, to }: Entry) => `${change} ${to}`)).toEqual([
      'issued active',
      'suspended suspended',
      'reinstated active',
      'held active',
      'suspended suspended',
    ])
  })
})

describe('the pages of a line of certificates', () => {
  const pageOf = async (id: string) => (await w.call('GET', `/credentials/${id}?lang=en`)).text
  const listOf = async (worker: string) =>
    (await w.call('GET', '/certificates?lang=en', { token: (await w.launch(worker)).token })).text
  const href = (id: string) => `href="/credentials/${id}?lang=en"`

  it('lead from the corrected one to the one in its place, and back; the day of the pass stays', async () => {
    const old = (await pass(w, 'w-1')).credential
    w.clock.advance(days(40))
    const fresh = (await reissue(old)).json.id
    expect(await pageOf(old)).toContain('It was corrected, and another certificate was issued in its place.')
    expect(await pageOf(old)).toContain(href(fresh))
    expect(await pageOf(fresh)).toMatch(/Passed on<\/dt><dd><time[^>]*>25 Nov 2026/)
    expect((await w.call('GET', `/credentials/${fresh}/print?lang=en`)).text).toMatch(
      /Passed on<\/dt><dd><time[^>]*>25 Nov 2026/,
    )
    expect(await pageOf(fresh)).toContain(href(old))
    expect(await listOf('w-1')).toContain(href(fresh))
  })

  it('lead from the renewed one to the renewal, and past its correction; a renewal that was revoked is not shown', async () => {
    const first = (await pass(w, 'w-1')).credential
    w.clock.advance(days(40))
    const second = (await pass(w, 'w-1')).credential
    expect(await pageOf(first)).toContain(href(second))
    expect(await pageOf(second)).toMatch(/First passed<\/dt><dd><time[^>]*>25 Nov 2026/)
    w.clock.advance(days(700))
    expect(await pageOf(first)).toMatch(
      /Ended<\/dt><dd>on 25 Nov 2028.*class="btn outline s" href="\/credentials\/[^"]+">The renewed certificate/,
    )
    const third = (await reissue(second)).json.id
    expect([(await pageOf(first)).includes(href(second)), (await pageOf(first)).includes(href(third))]).toEqual([
      false,
      true,
    ])
    await setStatus(third, 'revoked')
    expect((await pageOf(first)).includes(href(third))).toBe(false)
  })

  it('tell the holder of an end that is near, unless it is renewed', async () => {
    await pass(w, 'w-1')
    w.clock.advance(days(640))
    expect(await listOf('w-1')).not.toContain('Ends in')
    w.clock.advance(days(60))
    expect(await listOf('w-1')).toContain('Ends in 31 days')
    await pass(w, 'w-1')
    expect(await listOf('w-1')).not.toContain('Ends in')
  })
})

it('an answer of the marketplace that was overtaken by a newer one holds no credential', async () => {
  const { credential } = await pass(w, 'w-1')
  await w.drain()
  const overtaken = Object.create(w.world.db) as World['db']
  // between what the older answer reads and what it writes, the newer one is applied
  Object.assign(overtaken, {
    batch: async (statements: Parameters<World['db']['batch']>[0]) => {
      await applyStanding(w.world, 'w-1', { status: 'good', version: 8 })
      return w.world.db.batch(statements)
    },
  })
  await applyStanding({ ...w.world, db: overtaken }, 'w-1', { status: 'suspended', version: 7 })
  expect((await recordOf(credential))?.status).toBe('active')
  expect(await verdictOf(credential)).toBe('valid')
})
