import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { type Visitor, visitor } from '../../support/sandbox/visitor.ts'

let market: Market
let client: Visitor
let worker: Visitor
let stranger: Visitor
let contract = ''
let job = ''

const CLIENT = 'cli_04'
const WORKER = 'wrk_001'
const stars = { quality: '5', schedule: '4', communication: '5', partnership: '4' }

beforeAll(async () => {
  market = await openMarket()
  client = visitor(market)
  worker = visitor(market)
  stranger = visitor(market)
  await client.signIn(CLIENT)
  await worker.signIn(WORKER)
  await stranger.signIn('wrk_002')
})
afterAll(() => market.close())

describe('a job from its post to its reviews, by forms alone', () => {
  it('is posted, and the poster is told what became of it', async () => {
    await client.open('/jobs/new')
    const posted = await client.send('post', {
      title: '出荷伝票の入力（120件）',
      body: '注文の一覧を、伝票の様式に入力していただきます。1回につき120件、週に1回です。資料は表計算ファイルでお渡しし、納品も同じ形でお願いします。',
      category: 'business-admin',
      payType: 'fixed',
      payAmount: '１２，０００円',
      closesAt: '2026-12-20',
      headcount: '1',
    })
    expect(posted.status).toBe(200)
    expect(posted.text).toContain('公開中です')
    expect(posted.text).toContain('全体で 12,000円')
    expect(posted.text).toContain('2026年12月20日')
    job = posted.path.slice('/jobs/'.length)
  })

  it('is found in the search, with reasons of its place', async () => {
    const found = await worker.open(`/jobs?q=${encodeURIComponent('出荷伝票')}&payMin=10000&payType=fixed`)
    expect(found.text).toContain('出荷伝票の入力（120件）')
    expect(found.html).toContain('data-code="client-new"')
    expect((await worker.open(`/jobs?q=${encodeURIComponent('出荷伝票')}&payMin=50000`)).text).toContain(
      '条件に合う募集はありませんでした',
    )
  })

  it('takes an application once, even if it is sent twice', async () => {
    await worker.open(`/jobs/${job}`)
    const form = worker.form('apply')
    const applied = await worker.send('apply', { message: '名簿の整理を3年していました。' })
    expect(applied.text).toContain('クライアントの返事を待っています')
    const again = await worker.post(form.action, { ...form.fields, message: '名簿の整理を3年していました。' })
    expect(again.status).toBe(200)
    expect((await worker.open('/work')).text).toContain('出荷伝票の入力（120件）')
  })

  it('leads the client from who applied to a contract', async () => {
    expect((await client.open('/hiring')).text).toContain('に1人が応募しています')
    const applicants = await client.open(`/hiring/jobs/${job}`)
    expect(applicants.text).toContain('名簿の整理を3年していました。')
    const [, hire = ''] = /href="(\/contracts\/new\?[^"]+)"/.exec(applicants.html) ?? []
    await client.open(hire.replaceAll('&amp;', '&'))
    expect(client.form('hire').fields).toMatchObject({
      title: '出荷伝票の入力（120件）',
      amount: '12000',
      category: 'business-admin',
    })
    const made = await client.send('hire')
    expect(made.status).toBe(200)
    expect(made.text).toContain('支払ってください')
    expect(made.text).toContain('までに支払われないと、この契約は自動で取り消されます')
    contract = made.path.slice('/contracts/'.length)
    expect((await worker.open(`/contracts/${contract}`)).text).toContain('仮払いが済むまで、作業を始めないでください')
  })

  it('is paid into escrow after a card was declined', async () => {
    await client.open(`/contracts/${contract}`)
    expect((await client.send('fund', { method: 'declined' })).text).toContain('支払いが通りませんでした')
    expect((await client.send('fund', { method: 'card' })).text).toContain('さんが始めるのを待っています')
    expect((await client.open(`/jobs/${job}`)).text).toContain('人が決まりました')
    expect((await worker.open('/work')).text).toContain('作業を始めてください')
  })

  it('is started, delivered, changed and delivered again', async () => {
    await worker.open(`/contracts/${contract}`)
    await worker.send('start')
    const delivered = await worker.send('deliver', { note: '120件を入力しました。\n3件は番地が読めませんでした。' })
    expect(delivered.text).toContain('の検収を待っています')
    expect(delivered.text).toContain('12月2日 12:00 に自動で検収され、支払われます')
    expect((await client.open(`/contracts/${contract}`)).text).toContain('3件は番地が読めませんでした。')
    expect(
      (await client.send('request-changes', { note: '番地の3件を資料の2枚目で確かめてください。' })).text,
    ).toContain('さんの修正を待っています')
    expect((await worker.open(`/contracts/${contract}`)).text).toContain('番地の3件を資料の2枚目で確かめてください。')
    await worker.send('deliver', { note: '3件を直しました。' })
    expect((await client.open('/hiring')).text).toContain('納品を確かめて、検収してください')
  })

  it('is accepted once, and the books balance', async () => {
    await client.open(`/contracts/${contract}`)
    const form = client.form('accept')
    expect(form.html).toContain('検収して、12,000円を支払う')
    const paid = await client.send('accept')
    expect(paid.text).toContain('10,800円（手数料1,200円を引いた額）が支払われました')
    expect(paid.text).toContain('借方と貸方は 46,800円 で一致しています')
    expect((await client.post(form.action, form.fields)).status).toBe(200)
    expect((await worker.open('/work')).text).toContain('受け取った額 10,800円')
  })

  it('is reviewed by both, and neither sees the other before', async () => {
    await client.open(`/contracts/${contract}`)
    const secret = '運営だけに伝えたいことです'
    const waiting = await client.send('review', {
      skill: '5',
      ...stars,
      comment: '早くて正確でした。',
      again: '9',
      safe: 'yes',
      note: secret,
    })
    expect(waiting.text).toContain('評価を受け取りました')
    expect(waiting.text).not.toContain(secret)
    const before = await worker.open(`/contracts/${contract}`)
    expect(before.text).toContain('相手はもう書きました')
    expect(before.text).not.toContain('早くて正確でした。')
    const profile = await stranger.open(`/workers/${WORKER}`)
    expect(profile.text).toContain('評価待ち（あと')
    expect(profile.text).not.toContain('早くて正確でした。')
    const revealed = await worker.send('review', {
      request: '4',
      ...stars,
      comment: '資料がそろっていました。',
      again: '10',
      safe: 'yes',
      note: '',
    })
    expect(revealed.text).toContain('早くて正確でした。')
    expect(revealed.text).toContain('資料がそろっていました。')
    for (const reader of [client, worker])
      expect((await reader.open(`/contracts/${contract}`)).text).not.toContain(secret)
  })

  it('shows on both profiles, with the reply', async () => {
    await worker.open(`/contracts/${contract}`)
    await worker.send('reply', { text: 'またお手伝いできればうれしいです。' })
    const profile = await stranger.open(`/workers/${WORKER}`)
    expect(profile.text).toContain('早くて正確でした。')
    expect(profile.text).toContain('またお手伝いできればうれしいです。')
    expect(profile.text).toContain('資料がそろっていました。')
    expect(profile.text).toMatch(/仮払いの流れ\s+契約 1件 仮払い 1件 納品 1件 支払い 1件/)
    expect(profile.text).toMatch(/完了した契約.*出荷伝票の入力（120件）.*5,000円〜19,999円/s)
    expect(profile.text).not.toContain('評価待ち')
    const about = await stranger.open(`/clients/${CLIENT}`)
    expect(about.text).toContain('資料がそろっていました。')
    expect(about.text).toContain('要望 4.0')
    // figures of clients are counted anew when the market is tended
    await market.call('POST', '/demo/clock', { body: { advance: 'PT1S' } })
    expect((await stranger.open(`/clients/${CLIENT}`)).text).toContain(
      '終わった契約1件のうち、1件がもめごとなく支払われています',
    )
  })

  it('has no address for anybody else', async () => {
    expect((await stranger.open(`/contracts/${contract}`)).status).toBe(404)
    expect((await stranger.post(`/contracts/${contract}`, { act: 'cancel', form: 'cancel' })).status).toBe(404)
    expect((await stranger.open(`/hiring/jobs/${job}`)).status).toBe(403)
    const other = visitor(market)
    await other.signIn('cli_05')
    expect((await other.open(`/hiring/jobs/${job}`)).status).toBe(404)
    expect((await other.open(`/jobs/${job}/edit`)).status).toBe(404)
    expect((await other.open(`/contracts/new?worker=${WORKER}&job=${job}`)).status).toBe(404)
  })
})
