import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { type Visitor, visitor } from '../../support/sandbox/visitor.ts'

let market: Market
let client: Visitor
let worker: Visitor
let operator: Visitor

const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`
const good = {
  title: '議事録の清書（月2回）',
  body: '録音から起こした議事録を、様式に合わせて清書していただきます。1回は約6ページです。',
  category: 'business-admin',
  payType: 'fixed',
  payAmount: '8000',
  closesAt: '',
  headcount: '1',
}

beforeAll(async () => {
  market = await openMarket()
  client = visitor(market)
  worker = visitor(market)
  operator = visitor(market)
  await client.signIn('cli_05')
  await worker.signIn('wrk_003')
  await operator.signIn('opr_demo')
})
afterAll(() => market.close())

async function post(change: Record<string, string> = {}): Promise<string> {
  await client.open('/jobs/new')
  return (await client.send('post', { ...good, ...change })).path.slice('/jobs/'.length)
}

/** A contract with this worker, paid in. */
async function hire(fields: Record<string, string> = {}): Promise<string> {
  await client.open('/contracts/new?worker=wrk_003')
  const { path } = await client.send('hire', {
    title: '名簿の整理',
    amount: '10000',
    category: 'business-admin',
    ...fields,
  })
  await client.send('fund')
  return path
}

/** Ids that a page refers to and that are not on it. */
function danglingReferences(html: string): string[] {
  const ids = new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))
  const named = [...html.matchAll(/\s(?:for|aria-describedby|aria-labelledby)="([^"]+)"/g)].flatMap(([, names = '']) =>
    names.split(' '),
  )
  const linked = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id = '']) => id)
  return [...named, ...linked].filter((id) => !ids.has(id))
}

describe('a form that is not taken', () => {
  it('keeps everything that was typed, and says beside each field what is wrong', async () => {
    await client.open('/jobs/new')
    const refused = await client.send('post', {
      ...good,
      title: '',
      payAmount: 'たくさん',
      closesAt: '2020-01-01',
      category: '',
    })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('<title>直すところがあります：')
    expect(client.form('post').fields).toMatchObject({
      body: good.body,
      payAmount: 'たくさん',
      closesAt: '2020-01-01',
      headcount: '1',
      payType: 'fixed',
    })
    for (const [field, words] of [
      ['title', '入力してください。'],
      ['payAmount', '数字で入力してください。'],
      ['category', '一つ選んでください。'],
      ['closesAt', 'これから来る日を選んでください。'],
    ] as const) {
      expect(refused.html).toMatch(new RegExp(`id="post-${field}-issue">(?:(?!</p>).)*${words}`, 's'))
      expect(refused.html).toContain(`href="#post-${field}"`)
    }
    expect(danglingReferences(refused.html)).toEqual([])
    const taken = await client.send('post', {
      title: good.title,
      payAmount: '8000',
      closesAt: '',
      category: 'business-admin',
    })
    expect(taken.path).toMatch(/^\/jobs\/job_/)
  })

  it('names every axis of a review that is missing, and keeps the comment and what is for the marketplace alone', async () => {
    const path = await hire()
    await worker.open(path)
    await worker.send('deliver', { note: '整理しました' })
    await client.open(path)
    await client.send('accept')
    const refused = await client.send('review', {
      quality: '5',
      comment: 'よい仕事でした。',
      note: '運営だけに',
      again: '',
    })
    expect(refused.status).toBe(422)
    for (const field of ['skill', 'schedule', 'communication', 'partnership', 'again', 'safe'])
      expect(refused.html).toContain(`id="review-${field}-issue"`)
    expect(refused.html).not.toContain('id="review-quality-issue"')
    expect(client.form('review').fields).toMatchObject({
      quality: '5',
      comment: 'よい仕事でした。',
      note: '運営だけに',
    })
    expect((await worker.open(path)).text).not.toContain('よい仕事でした。')
  })

  it('shows what was typed even where the form is gone meanwhile', async () => {
    const path = await hire()
    await worker.open(path)
    const long = '長い納品の説明を書いているあいだに、依頼者が取りやめました。'
    const form = worker.form('deliver')
    await client.open(path)
    await client.send('cancel')
    const late = await worker.post(form.action, { ...form.fields, note: long })
    expect(late.status).toBe(409)
    expect(late.text).toContain('取りやめになりました')
    expect(late.text).toContain(long)
  })

  it('asks which part is meant, and for parts that add up', async () => {
    await client.open('/contracts/new?worker=wrk_003')
    const parts = {
      title: '記事2本',
      amount: '30000',
      category: 'web-writer',
      'part-1': '1本目',
      'part-1-amount': '15,000',
      'part-2': '2本目',
      'part-2-amount': '10000',
    }
    const odd = await client.send('hire', parts)
    expect(odd.text).toContain('区切りの合計が25,000円で、全体の30,000円と合いません。')
    const more = await client.send('hire', { parts: '3' })
    expect(more.status).toBe(200)
    expect(client.form('hire').fields).toMatchObject({ 'part-2': '2本目', 'part-6': '' })
    const { path } = await client.send('hire', { 'part-2-amount': '15000' })
    await client.send('fund')
    await worker.open(path)
    const unclear = await worker.send('deliver', { note: '1本目です' })
    expect(unclear.html).toContain('id="deliver-milestone-issue"')
    const [, first = ''] = /name="milestone" value="([^"]+)"/.exec(worker.form('deliver').html) ?? []
    expect((await worker.send('deliver', { milestone: first })).text).toContain('検収待ち')
    await client.open(path)
    expect((await client.send('release', { milestone: first, amount: '99999' })).text).toContain(
      '1円から15,000円までで入力してください。',
    )
    expect((await client.send('release', { amount: '5000' })).text).toContain('支払い済み 5,000円')
    expect((await client.send('accept')).text).toContain('サンプルワークスが預かっている額 15,000円')
  })
})

describe('a dispute', () => {
  it('is decided by an operator, who has to say why and share what is held', async () => {
    const path = await hire()
    await worker.open(path)
    await worker.send('deliver', { note: '整理しました' })
    await client.open(path)
    expect((await client.send('dispute', { note: '半分しか終わっていません。' })).text).toContain(
      '運営が間に入っています',
    )
    const asked = await operator.open(path)
    expect(asked.text).toContain('半分しか終わっていません。')
    const odd = await operator.send('decide', { releaseToWorker: '5000', refundToClient: '4000', reason: '' })
    expect(odd.text).toContain('二つを合わせて、預かっている10,000円にしてください。')
    expect(odd.html).toContain('id="decide-reason-issue"')
    const decided = await operator.send('decide', { refundToClient: '5000', reason: '納品の半分を確かめました。' })
    expect(decided.text).toContain('4,500円（手数料500円を引いた額）が支払われ')
    expect((await worker.open(path)).text).toContain('納品の半分を確かめました。')
    expect((await worker.open(path)).text).not.toContain('opr_demo')
  })
})

describe('a payment by bank', () => {
  it('waits for the bank, whose answer a reader may give', async () => {
    await client.open('/contracts/new?worker=wrk_003')
    await client.send('hire', { title: '伝票の入力', amount: '9000', category: 'business-admin' })
    const pending = await client.send('fund', { method: 'bank-transfer' })
    expect(pending.text).toContain('銀行からの入金を待っています')
    expect(() => client.form('fund')).toThrow()
    const bank = client.forms().find(({ id }) => id.startsWith('provider-'))
    expect((await client.send(bank?.id ?? '', { outcome: 'succeeded' })).text).toContain(
      '仮払いが済み、契約が成立しました',
    )
  })
})

describe('what the marketplace does about a post', () => {
  it('is told to its poster: held, by which rules it was thought of, and that a person decides', async () => {
    const words = {
      title: 'スマホだけで日給3万円',
      body: '応募後すぐにLINEを追加してください。先に登録料5,000円を振り込んでください。銀行口座番号と身分証の写真が必要です。',
    }
    await client.open('/jobs/new')
    const warned = await client.send('post', { ...good, ...words })
    expect(warned.status).toBe(422)
    expect(warned.text).toContain('運営の人が確かめるまで、公開を待ちます')
    expect(client.form('post').fields).toMatchObject(words)
    const held = (await client.send('post', { sendAnyway: '1' })).path.slice('/jobs/'.length)
    const own = await client.open(`/jobs/${held}`)
    expect(own.text).toContain('公開の前に、運営の担当者が内容を確かめます')
    expect(own.text).toContain('ワーカーへの先払いの請求')
    expect(own.text).toContain('処分が自動で行われることはありません')
    expect((await worker.open(`/jobs/${held}`)).status).toBe(404)
    expect((await client.open('/me')).text).toContain('スマホだけで日給3万円')
  })

  it('leads from a report to a statement of reasons, and to an appeal', async () => {
    const job = await post({
      title: '記事の下書き（週1回）',
      body: '旅行の記事の下書きを週に一本お書きください。構成と写真はこちらで用意し、修正は一回までお願いします。',
    })
    await worker.open(`/jobs/${job}`)
    expect((await worker.send('report', { detail: '説明' })).html).toContain('id="report-reason-issue"')
    expect((await worker.send('report', { reason: 'copyright' })).text).toContain('通報を受け付けました')
    expect(() => worker.form('report')).toThrow()

    const session = (await market.call('POST', '/demo/session', { body: { user: 'opr_demo' } })).json.session
    const { subjects } = (await market.call('GET', '/v1/operators/queue', { token: session })).json
    const found = subjects.find((one: { subject: { id: string } }) => one.subject.id === job)
    const body = {
      action: 'take-down',
      kinds: [],
      rule: '他人の文章を写して使うことはできません。',
      facts: '本文に、ほかのサイトの文章がそのまま使われていました。',
      duration: 'P30D',
    }
    const { json } = await market.call('POST', `/v1/operators/subjects/${found.case}/decide`, { token: session, body })

    const gone = await worker.open(`/jobs/${job}`)
    expect(gone.status).toBe(410)
    expect(gone.text).toContain('他人の文章を写して使うことはできません。')
    expect(gone.text).not.toContain('ほかのサイトの文章がそのまま使われていました')
    expect((await worker.open('/me')).text).toContain('措置をとりました')

    const told = await client.open('/me')
    expect(told.text).toContain('未読')
    expect((await client.send('read-all')).text).toContain('未読はありません')
    const path = `/decisions/${json.decision}`
    expect((await worker.open(path)).status).toBe(404)
    const statement = await client.open(path)
    for (const words of [
      '募集を表示しません',
      'ほかのサイトの文章がそのまま使われていました',
      '利用者からの通報',
      '決定は担当者が行いました',
      '別の担当者が見直します',
      'まで申し立てられます',
    ])
      expect(statement.text).toContain(words)
    expect(statement.text).not.toContain('wrk_003')
    expect((await client.send('appeal', { text: ' ' })).html).toContain('id="appeal-text-issue"')
    expect((await client.send('appeal', { text: '自分の文章です。元の原稿をお見せします。' })).text).toContain(
      '見直しを待っています',
    )
    expect(() => client.form('appeal')).toThrow()
  })
})

describe('the pages of workers and clients', () => {
  it('show text as text, wherever it comes from', async () => {
    const [author, applicant] = [visitor(market), visitor(market)]
    await author.signIn('cli_06')
    await applicant.signIn('wrk_004')
    await author.open('/jobs/new')
    const job = (await author.send('post', { ...good, title: `題 ${HOSTILE}`, body: `清書のお仕事です。 ${HOSTILE}` }))
      .path
    await applicant.open(job)
    await applicant.send('apply', { message: HOSTILE })
    await author.open('/contracts/new?worker=wrk_004')
    const { path } = await author.send('hire', { title: HOSTILE, amount: '1000', category: 'business-admin' })
    await author.send('fund')
    await applicant.open(path)
    await applicant.send('deliver', { note: HOSTILE })
    const pages = [
      await author.open(path),
      await applicant.open('/work'),
      await author.open('/hiring'),
      await author.open(`/hiring${job}`),
      await author.open(job),
      await applicant.open(`/jobs?q=${encodeURIComponent(HOSTILE)}`),
    ]
    for (const { html } of pages) {
      expect(html).toContain('&lt;script&gt;')
      expect(html).not.toMatch(/<script|<img src=x/)
    }
  })

  it('are there in both languages, whole, and without scripts or inline styles', async () => {
    const [job, path] = [await post(), await hire()]
    const of: readonly (readonly [Visitor, readonly string[]])[] = [
      [worker, ['/jobs', `/jobs/${job}`, '/work', '/me', path, '/clients/cli_05', '/workers/wrk_003']],
      [
        client,
        [
          '/hiring',
          '/jobs/new',
          `/jobs/${job}`,
          `/jobs/${job}/edit`,
          `/hiring/jobs/${job}`,
          '/contracts/new?worker=wrk_003',
          path,
          '/me',
          '/workers/wrk_003',
        ],
      ],
      [operator, [path, '/me']],
      [visitor(market), ['/jobs', `/jobs/${job}`, '/clients/cli_05']],
    ]
    for (const [reader, paths] of of) {
      for (const one of paths) {
        for (const lang of ['ja', 'en']) {
          const { status, html } = await reader.open(`${one}${one.includes('?') ? '&' : '?'}lang=${lang}`)
          expect([one, status]).toEqual([one, 200])
          expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${lang}">`))
          expect(html).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/)
          expect([one, danglingReferences(html)]).toEqual([one, []])
          expect(html.match(/<h1[ >]/g)).toHaveLength(1)
        }
      }
    }
  })

  it('stay in English from form to form', async () => {
    await client.open('/jobs/new?lang=en')
    expect((await client.send('post', { title: '' })).html).toContain('Needs mending: ')
    expect(await client.send('post', good)).toMatchObject({
      path: expect.stringMatching(/^\/jobs\/job_[^?]+\?lang=en$/),
    })
  })

  it('send people without a session to sign in and back, and refuse the wrong role', async () => {
    const nobody = visitor(market)
    expect((await nobody.open('/contracts/new?worker=wrk_003')).html).toContain('value="/contracts/new?worker=wrk_003"')
    expect((await nobody.open('/work')).text).toContain('だれとして入りますか')
    expect((await worker.open('/hiring')).status).toBe(403)
    expect((await client.open('/work')).status).toBe(403)
    expect((await operator.open('/jobs/new')).status).toBe(403)
  })

  it('take no form of another site', async () => {
    const path = await hire()
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
    ] as Record<string, string>[]) {
      for (const [target, fields] of [
        [path, { act: 'cancel' }],
        ['/jobs/new', good],
        ['/contracts/new?worker=wrk_003', {}],
        ['/me', { notice: 'x' }],
      ] as const) {
        expect((await client.post(target, { ...fields }, headers)).status).toBe(403)
      }
    }
  })

  it('never fail for their address', async () => {
    for (const query of [
      'category=x',
      'payMin=abc&payMax=-1',
      'after=%00',
      'payType=x',
      `q=${'あ'.repeat(300)}`,
      'q=%22*%20AND%20NEAR(',
    ])
      expect((await worker.open(`/jobs?${query}`)).status).toBe(200)
    for (const path of [
      '/jobs/nothing',
      '/contracts/nothing',
      '/decisions/nothing',
      '/clients/nothing',
      '/contracts/new?worker=nobody',
    ])
      expect((await client.open(path)).status).toBe(404)
  })
})
