import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findJob } from '../../../../src/sandbox/job/store.ts'
import { decisionsConcerning } from '../../../../src/sandbox/moderation/decision/store.ts'
import { readLabels } from '../../../../src/sandbox/moderation/label/store.ts'
import { casesAbout } from '../../../../src/sandbox/moderation/store.ts'
import { type Market, openMarket } from '../../../support/sandbox/open-market.ts'
import { type Visitor, visitor } from '../../../support/sandbox/visitor.ts'

let market: Market
let poster: Visitor
let reporter: Visitor
let first: Visitor
let second: Visitor
let job = ''
let subject = ''

const FACTS = '本文に「先に保証金をお支払いください」とあります。報酬を払う前に金銭を求めることに当たります。'

const decision = { action: 'take-down', duration: 'P30D', 'kinds-upfront-fee': '1', facts: FACTS }
const state = async () => (await findJob(market.world.db, job))?.state

beforeAll(async () => {
  market = await openMarket()
  poster = visitor(market)
  reporter = visitor(market)
  first = visitor(market)
  second = visitor(market)
  await poster.signIn('cli_05')
  await reporter.signIn('wrk_003')
  await first.signIn('opr_demo')
  await second.signIn('opr_second')
})
afterAll(() => market.close())

describe('the way of a report, by forms alone', () => {
  it('begins with a job and somebody who reports it', async () => {
    await poster.open('/jobs/new')
    const posted = await poster.send('post', {
      title: '書類の整理のお手伝い',
      body: '段ボール4箱の書類を年度ごとに分け、一覧表を作っていただきます。一覧の見本をお渡しします。',
      category: 'business-admin',
      payType: 'fixed',
      payAmount: '12000',
      headcount: '1',
    })
    job = posted.path.slice('/jobs/'.length)
    await reporter.open(`/jobs/${job}`)
    await reporter.send('report', { reason: 'upfront-fee', detail: '保証金を求められました。' })
    subject = (await casesAbout(market.world.db, 'job', job))[0]?.id ?? ''
    const queue = await first.open('/operators/queue')
    expect(queue.text).toContain('書類の整理のお手伝い')
    expect(queue.text).toContain('通報 1件')
  })

  it('shows the report to operators without who made it', async () => {
    const { text, html } = await first.open(`/operators/subjects/${subject}`)
    expect(text).toContain('保証金を求められました。')
    expect(text).toContain('ワーカー')
    expect(text).toContain('はじめての通報')
    expect(html).not.toContain('wrk_003')
    const name = (await reporter.open('/me')).html.match(/<span lang="ja">([^<]+)</)?.[1] as string
    expect(html).not.toContain(`>${name}<`)
  })

  it('offers no decision before somebody has taken the case, and none to others then', async () => {
    expect(first.forms().map(({ id }) => id)).not.toContain('decision')
    await first.send('claim')
    expect(first.form('decision').fields.version).toBe('3')
    const seen = await second.open(`/operators/subjects/${subject}`)
    expect(seen.text).toContain('運営の見本が')
    expect(second.forms().map(({ id }) => id)).not.toContain('decision')
    await first.open(`/operators/subjects/${subject}`)
  })

  it('says what is missing and keeps what was typed', async () => {
    const refused = await first.send('decision', { action: 'take-down', facts: FACTS })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('根拠となる決まり：種類を選ぶか、根拠となる決まりを書いてください。')
    expect(refused.text).toContain('期間：一つ選んでください。')
    expect(refused.text).toContain('一つ選んでください。')
    expect(first.form('decision').fields).toMatchObject({ action: 'take-down', facts: FACTS })
    const kinds = await first.send('decision', { action: 'no-action', 'kinds-upfront-fee': '1' })
    expect(kinds.text).toContain('種類を選ぶのは、募集に措置をとるときだけです。')
  })

  it('shows the statement as it will be read, and decides nothing yet', async () => {
    const { text } = await first.send('decision', decision)
    for (const words of [
      '相手に届く説明',
      '募集の掲載停止',
      FACTS,
      '登録料、保証金、教材費',
      '利用者からの通報',
      '決定は担当者が行いました。',
      '無料で申し立てられます',
    ])
      expect(text).toContain(words)
    expect(await state()).toBe('published')
    // the form stays beside it, so that a change is seen at once
    expect(first.form('decision').fields).toMatchObject({
      action: 'take-down',
      duration: 'P30D',
      facts: FACTS,
      'kinds-upfront-fee': '1',
    })
  })

  it('falls back to the form when something has come in meanwhile', async () => {
    await first.send('decision', decision)
    const late = visitor(market)
    await late.signIn('wrk_009')
    await late.open(`/jobs/${job}`)
    await late.send('report', { reason: 'other', detail: 'おかしいです。' })
    const refused = await first.send('send')
    expect(refused.status).toBe(409)
    expect(first.form('decision').fields).toMatchObject({ facts: FACTS, version: '4' })
    await first.send('decision', decision)
    await poster.open(`/jobs/${job}/edit`)
    await poster.send(poster.forms().find(({ fields }) => 'headcount' in fields)?.id ?? '', {
      title: '書類の整理のお手伝い（二名）',
    })
    expect((await first.send('send')).text).toContain('募集が書き換えられた')
    expect(first.form('decision').fields).toMatchObject({ facts: FACTS, version: '5' })
    expect(await state()).toBe('published')
  })

  it('takes the job down when it is sent, tells the reporter that and the poster why, and teaches the detector', async () => {
    await first.open(`/operators/subjects/${subject}`)
    await first.send('decision', decision)
    const decided = await first.send('send')
    expect(decided.status).toBe(200)
    expect(decided.text).toContain('決まったこと')
    expect(await state()).toBe('taken-down')
    expect((await reporter.open('/me')).text).toContain('措置をとりました')
    const told = await poster.open('/me')
    expect(told.html).not.toContain('wrk_003')
    const [label] = await readLabels(market.world.db)
    expect(label).toMatchObject({ job, kinds: ['upfront-fee'] })
    expect((await first.open('/operators/detector')).text).toContain('書類の整理のお手伝い')
  })

  it('gives the poster the statement, and takes their appeal', async () => {
    const { html } = await poster.open('/me')
    const path = /href="(\/decisions\/[^"]+)"/.exec(html)?.[1] as string
    expect((await poster.open(path)).text).toContain(FACTS)
    await poster.send('appeal', { text: '保証金ではなく、資料の送料です。' })
    const own = await first.open('/operators/appeals')
    expect(own.text).toContain('保証金ではなく、資料の送料です。')
    expect(own.text).toContain('あなたが決めた件です')
  })

  it('lets whoever decided read the appeal, and another operator alone judge it', async () => {
    const own = await first.open(`/operators/subjects/${subject}`)
    expect(own.text).toContain('見直すのは別の担当者です')
    expect(first.forms().map(({ id }) => id)).not.toContain('claim')
    const forced = await first.post(`/operators/subjects/${subject}`, {
      act: 'judge',
      form: 'judge',
      outcome: 'uphold',
      reasons: '変わりません。',
    })
    expect(forced.status).toBe(403)

    await second.open(`/operators/subjects/${subject}`)
    await second.send('claim')
    const harsher = await second.send('judge', {
      outcome: 'modify',
      reasons: '軽くします。',
      action: 'suspend',
      duration: 'forever',
    })
    expect(harsher.status).toBe(422)
    expect(second.form('judge').fields).toMatchObject({ outcome: 'modify', reasons: '軽くします。', action: 'suspend' })
    await second.send('judge', { outcome: 'reverse', reasons: '送料であることを確かめました。' })
    expect(await state()).toBe('published')
    expect((await second.open('/operators/appeals')).text).toContain('決定を取り消しました')
    expect((await poster.open('/me')).text).toContain('送料であることを確かめました。')
    expect((await reporter.open('/me')).text).toContain('措置を取り消しました')
  })
})

describe('other ways to handle a case', () => {
  const waiting = async () =>
    (await first.open('/operators/queue')).html.match(/\/operators\/subjects\/(cas_[\w-]+)/)?.[1] as string

  it('hands it up, gives it back, lifts what was decided', async () => {
    const id = await waiting()
    await first.open(`/operators/subjects/${id}`)
    await first.send('claim')
    await first.send('release')
    expect(first.forms().map(({ id: form }) => form)).toContain('claim')
    await first.send('escalate', { note: '判断に迷います。' })
    expect(first.shown().text).toContain('上へ回した')
    await second.open(`/operators/subjects/${id}`)
    await second.send('claim')
    await second.send('decision', {
      action: 'suspend',
      duration: 'forever',
      rule: '登録料を求めること',
      facts: '登録料を求めています。',
    })
    await second.send('send')
    expect(second.shown().text).toContain('利用の停止')
    await second.send('reinstate', { facts: '事情が分かりました。' })
    expect(second.shown().text).toContain('措置の解除')
  })

  it('keeps whose reports do not count from the page, and stops counting them', async () => {
    await reporter.open('/jobs')
    const path = /href="(\/jobs\/job_[^"?]+)"/.exec(reporter.shown().html)?.[1] as string
    await reporter.open(path)
    await reporter.send('report', { reason: 'other', detail: '気に入りません。' })
    const about = path.slice('/jobs/'.length)
    const id = (await casesAbout(market.world.db, 'job', about))[0]?.id as string
    await first.open(`/operators/subjects/${id}`)
    const mute = first.forms().find(({ id: form }) => form.startsWith('mute-'))
    await first.send(mute?.id ?? '', { note: '根拠がありません。' })
    const record = await market.call('GET', '/v1/operators/reporters/wrk_003', {
      token: (await market.call('POST', '/demo/session', { body: { user: 'opr_demo' } })).json.session,
    })
    expect(record.json).toMatchObject({ muted: true, muting: { by: 'opr_demo' } })
  })

  it('decides what the plugin brought up, with its evidence before the operator', async () => {
    const token = await market.plugin.serviceToken({ claims: { scope: 'moderation:write' } })
    const body = {
      subject: { type: 'attempt', id: 'att_1', worker: 'wrk_004' },
      policy: '同じ答案が二つあります',
      automated: true,
      evidence: { similarity: 0.98 },
    }
    const opened = await market.call('POST', '/v1/moderation/cases', { token, body })
    const { text } = await first.open(`/operators/subjects/${opened.json.case}`)
    expect(text).toContain('"similarity": 0.98')
    expect(text).toContain('同じ答案が二つあります')
    await first.send('claim')
    await first.send('decision', { action: 'suspend-credential', facts: '答案が一致しています。' })
    expect(first.shown().text).toContain('自動の検出で見つかりました')
    await first.send('send')
    expect(first.shown().text).toContain('認定の一時停止')
  })

  it('tells the worker what of the certificate is decided, as in force until an appeal is granted', async () => {
    const worker = visitor(market)
    await worker.signIn('wrk_004')
    const [made] = await decisionsConcerning(market.world.db, 'wrk_004', { before: undefined, limit: 1 })
    const path = `/decisions/${made?.id}`
    const { text } = await worker.open(path)
    expect(text).toContain('続いている決定')
    expect(text).toContain('認定を一時停止します。認定が表示されるすべての場所に及びます。')
    expect(text).toContain('期限なし')
    await worker.send('appeal', { text: '一緒に学んだだけです。' })
    await second.open(`/operators/subjects/${made?.subject}`)
    await second.send('claim')
    await second.send('judge', { outcome: 'reverse', reasons: '同じ教材によるものでした。' })
    expect((await worker.open(path)).text).toContain('終わった決定')
  })
})

describe('the pages of operators', () => {
  const paths = [
    '/operators',
    '/operators/queue',
    '/operators/appeals',
    '/operators/reviews',
    '/operators/audit',
    '/operators/contracts',
    '/operators/detector',
    '/operators/deliveries',
  ]

  it('are closed to workers and clients, and ask strangers to sign in', async () => {
    for (const path of [...paths, `/operators/subjects/${subject}`]) {
      for (const person of [poster, reporter]) expect((await person.open(path)).status).toBe(403)
      expect((await visitor(market).open(path)).path).toMatch(/^\/sign-in\?next=/)
    }
    expect((await poster.post(`/operators/subjects/${subject}`, { act: 'claim' })).status).toBe(403)
  })

  it('refuse forms of other sites', async () => {
    for (const path of [`/operators/subjects/${subject}`, '/operators/reviews', '/operators/deliveries'])
      expect((await first.post(path, {}, { Origin: 'https://evil.example' })).status).toBe(403)
  })

  it('are there in both languages, without scripts but for the keys, and without inline styles', async () => {
    for (const path of [
      ...paths.slice(1),
      `/operators/subjects/${subject}`,
      '/operators/queue?status=closed',
      '/operators/contracts?state=due',
      '/operators/deliveries?state=dead',
    ]) {
      for (const lang of ['ja', 'en']) {
        const { status, html } = await first.open(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
        expect(status).toBe(200)
        expect(html).toContain(`<html lang="${lang}">`)
        expect(html).not.toMatch(
          /<script(?! type="module" src="\/assets\/)|<style|\sstyle=|\son[a-z]+=|undefined|\[object/,
        )
      }
    }
  })

  it('say so when there is no such case', async () => {
    expect((await first.open('/operators/subjects/cas_nothing')).status).toBe(404)
    expect((await first.post('/operators/subjects/cas_nothing', { act: 'claim' })).status).toBe(404)
  })
})
