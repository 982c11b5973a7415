import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { holdsAddress, LONGEST_SAMPLE, LONGEST_TITLE } from '../../../src/sandbox/people/sample/sample.ts'
import { inventedSamples } from '../../../src/sandbox/seed/samples.data.ts'
import { type ContractRoom, openContractRoom } from '../../support/sandbox/contract-room.ts'
import { visitor } from '../../support/sandbox/visitor.ts'

describe('a sample of somebody’s own work', () => {
  it.each([
    'https://example.com',
    'WWW.example.com を見る',
    'ｈｔｔｐｓ：／／example.com',
    'メールは a.b@example.jp へ',
    'ａ＠ｅｘａｍｐｌｅ．ｊｐ',
    '電話 03-1234-5678',
    '０９０ー１２３４ー５６７８',
    '(0120) 000-000',
    'h\u200bttps://example.com',
  ])('is held to hold an address with %j', (text) => expect(holdsAddress(text)).toBe(true))

  it.each(['9月11日（金）10:00〜11:00', '合計 1,234,567,890円', '2026-10-05 10:30', '@にはふれません', '0123 4567'])(
    'is not held to hold one with %j',
    (text) => expect(holdsAddress(text)).toBe(false),
  )

  it('of the invented people keeps to the rules that others have to keep', () => {
    for (const { title, text } of inventedSamples) {
      expect([...title].length <= LONGEST_TITLE && text.length <= LONGEST_SAMPLE, title).toBe(true)
      expect(holdsAddress(`${title}\n${text}`), title).toBe(false)
    }
  })
})

/** A worker of office work alone, who has no sample yet. */
const WORKER = 'wrk_013'
const CATEGORY = 'business-admin'
const WORDS = { title: '棚卸し表の作り方', text: '自分で作った手順です。\n一行目は見出しにします。' }

let room: ContractRoom
beforeEach(async () => {
  room = await openContractRoom()
})
afterEach(() => room.close())

const put = (body: unknown = WORDS, worker = WORKER, category = CATEGORY) =>
  room.as(worker, 'PUT', `/v1/samples/${category}`, { body })
const judge = (id: string, verdict: string, reason = '', who = 'opr_demo') =>
  room.as(who, 'POST', `/v1/operators/samples/${id}`, { body: { verdict, reason } })
const waiting = async () => (await room.as('opr_demo', 'GET', '/v1/operators/samples')).json.samples
const publicly = async () => (await room.market.call('GET', `/api/workers/${WORKER}`)).json.samples
const own = async () =>
  (await room.as(WORKER, 'GET', '/v1/samples')).json.samples.find(
    ({ category }: { category: string }) => category === CATEGORY,
  )

describe('a sample that was sent', () => {
  it('is read by its writer and operators alone until an operator shows it', async () => {
    const sent = await put()
    expect([sent.status, sent.json.sent.state, sent.json.shown]).toEqual([200, 'waiting', null])
    expect(await publicly()).toEqual([])
    expect((await room.market.call('GET', `/workers/${WORKER}`)).text).not.toContain(WORDS.title)
    expect(await waiting()).toMatchObject([{ worker: WORKER, category: CATEGORY, ...WORDS, state: 'waiting' }])
    for (const who of [WORKER, 'wrk_001', 'cli_01']) {
      expect((await room.as(who, 'GET', '/v1/operators/samples')).status).toBe(403)
      expect((await judge(sent.json.sent.id, 'shown', '', who)).status).toBe(403)
    }
    expect((await judge(sent.json.sent.id, 'shown')).json).toMatchObject({ ...WORDS, state: 'shown' })
    expect(await publicly()).toEqual([{ category: CATEGORY, ...WORDS }])
    expect(await waiting()).toEqual([])
    expect((await room.as(WORKER, 'GET', '/v1/notifications')).json.notifications[0]).toMatchObject({
      kind: 'sample-judged',
      outcome: 'shown',
    })
  })

  it('leaves the one that is shown where it is until it is shown itself', async () => {
    await judge((await put()).json.sent.id, 'shown')
    const next = await put({ ...WORDS, title: '二つ目' })
    expect([next.json.shown.title, next.json.sent.title]).toEqual([WORDS.title, '二つ目'])
    expect((await publicly())[0].title).toBe(WORDS.title)
    await judge(next.json.sent.id, 'shown')
    expect(await publicly()).toEqual([{ category: CATEGORY, ...WORDS, title: '二つ目' }])
    expect((await own()).sent).toBeNull()
  })

  it('is refused with a reason, which its writer reads, and stays refused until it is written anew', async () => {
    const { id } = (await put()).json.sent
    expect((await judge(id, 'refused', ' ')).status).toBe(422)
    expect((await judge(id, 'refused', '依頼者の名前があります。')).status).toBe(200)
    expect((await own()).sent).toMatchObject({ state: 'refused', reason: '依頼者の名前があります。' })
    expect((await judge(id, 'shown')).status).toBe(409)
    expect((await put()).json.sent.state).toBe('refused')
    expect((await put({ ...WORDS, text: '書き直しました。' })).json.sent).toMatchObject({
      state: 'waiting',
      reason: '',
    })
    expect(await publicly()).toEqual([])
  })

  it('that its writer changed meanwhile is another one: what was read of the first is no verdict on it', async () => {
    const { id } = (await put()).json.sent
    await put({ ...WORDS, text: 'あとから変えた文' })
    expect((await judge(id, 'shown')).status).toBe(404)
    expect(await publicly()).toEqual([])
  })

  it('is gone at once when its writer removes it, shown or not', async () => {
    await judge((await put()).json.sent.id, 'shown')
    await put({ ...WORDS, title: '二つ目' })
    const left = await room.as(WORKER, 'DELETE', `/v1/samples/${CATEGORY}`)
    expect([left.status, left.json]).toEqual([200, { category: CATEGORY, shown: null, sent: null }])
    expect([await publicly(), await waiting()]).toEqual([[], []])
  })

  it('can be taken away by an operator later, and its writer reads why', async () => {
    const { id } = (await put()).json.sent
    await judge(id, 'shown')
    expect((await judge(id, 'refused', '通報がありました。')).json.state).toBe('refused')
    expect(await publicly()).toEqual([])
    expect(await own()).toMatchObject({ shown: null, sent: { state: 'refused', reason: '通報がありました。' } })
  })

  it('is not shown of somebody suspended, who sends none either, and returns with them', async () => {
    await judge((await put()).json.sent.id, 'shown')
    const stand = (status: string) => room.market.call('POST', `/demo/workers/${WORKER}/standing`, { body: { status } })
    expect((await stand('suspended')).status).toBe(200)
    expect(await publicly()).toEqual([])
    expect((await room.market.call('GET', `/workers/${WORKER}`)).text).not.toContain(WORDS.title)
    expect((await put({ ...WORDS, title: '二つ目' })).json.code).toBe('standing')
    await stand('good')
    expect(await publicly()).toHaveLength(1)
  })

  it('keeps to its length, to plain text, to no address, and to what the worker offers', async () => {
    for (const [body, path] of [
      [{ ...WORDS, title: '題'.repeat(LONGEST_TITLE + 1) }, 'title'],
      [{ ...WORDS, title: '\u202eぎりよ' }, 'title'],
      [{ ...WORDS, text: '文'.repeat(LONGEST_SAMPLE + 1) }, 'text'],
      [{ ...WORDS, text: '\u200b' }, 'text'],
      [{ ...WORDS, text: '続きは https://example.com' }, 'text'],
      [{ title: WORDS.title }, 'text'],
    ] as const)
      expect([path, await put(body)]).toMatchObject([path, { status: 422, json: { issues: [{ path }] } }])
    const most = { title: '題'.repeat(LONGEST_TITLE), text: '文'.repeat(LONGEST_SAMPLE) }
    expect((await put(most)).json.sent).toMatchObject(most)
    expect((await put(WORDS, WORKER, 'web-writer')).status).toBe(422)
    expect((await put(WORDS, WORKER, 'nothing')).status).toBe(422)
    expect((await put(WORDS, 'cli_01')).status).toBe(403)
  })

  it('works on the pages without a script, as text whatever stands in it', async () => {
    const { market } = room
    const [worker, operator, other] = [visitor(market), visitor(market), visitor(market)]
    await worker.signIn(WORKER)
    await worker.open('/me?lang=en')
    const form = `sample-${CATEGORY}`
    const wrong = await worker.send(form, { title: 'x', sample: '電話は 03-1234-5678' })
    expect([wrong.status, wrong.text.includes('telephone numbers cannot stand here')]).toEqual([422, true])
    expect(worker.form(form).fields.sample).toBe('電話は 03-1234-5678')
    const sent = await worker.send(form, { title: '<b>題</b>', sample: '<script>alert(1)</script>\n二行目' })
    expect([sent.status, sent.text.includes('Waits for an operator')]).toEqual([200, true])

    await operator.signIn('opr_demo')
    expect((await operator.open('/operators/queue?lang=en')).text).toContain('Samples of workers (1 waits)')
    const list = await operator.open('/operators/samples?lang=en')
    const [, path = ''] = /href="(\/operators\/samples\/smp_[^"]+)"/.exec(list.html) ?? []
    await operator.open(path)
    const unsaid = await operator.send('judge', { verdict: 'refused' })
    expect(unsaid.status).toBe(422)
    expect((await operator.send('judge', { verdict: 'shown' })).text).toContain('No sample waits')

    const profile = await other.open(`/workers/${WORKER}`)
    expect(profile.text).toContain('本人の見本')
    expect(profile.text).toContain('検定で確かめたものではありません')
    expect(profile.html).toContain('&lt;b&gt;題&lt;/b&gt;')
    expect(profile.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;\n二行目')
    expect(profile.html).not.toContain('<script')
    expect(profile.html).not.toContain('/operators/samples')

    await operator.open(`/workers/${WORKER}`)
    expect(operator.shown().html).toContain(path.split('?')[0])
    await other.signIn('wrk_001')
    expect((await other.open(path)).status).toBe(403)
    await worker.open('/me?lang=en')
    expect((await worker.send(form, { act: 'unsample' })).status).toBe(200)
    expect((await other.open(`/workers/${WORKER}`)).text).not.toContain('本人の見本')
    await other.signIn('cli_01')
    expect((await other.post('/me', { act: 'sample', category: CATEGORY, title: 'x', sample: 'y' })).status).toBe(403)
  })

  it('stands apart from what an exam has shown, once, whether there is a certificate or not', async () => {
    const words = inventedSamples.filter(({ worker }) => worker === 'wrk_001' || worker === 'wrk_003')
    await room.market.certify('wrk_001')
    for (const { worker, title } of words) {
      const { html } = await visitor(room.market).open(`/workers/${worker}`)
      expect(html.split(title)).toHaveLength(2)
      const section = (id: string) =>
        new RegExp(`<section[^>]*aria-labelledby="${id}">(.*?)</section>`, 's').exec(html)?.[1] ?? ''
      expect([worker, section('works').includes(title), section('showed').includes(title)]).toEqual([
        worker,
        true,
        false,
      ])
      expect([worker, section('showed') !== '']).toEqual([worker, worker === 'wrk_001'])
    }
  })
})
