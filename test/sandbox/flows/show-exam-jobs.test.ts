import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examJob, examJobs } from '../../../src/contract/marketplace.ts'
import { messagesAbout } from '../../../src/platform/outbox/history/store.ts'
import { areasOf } from '../../../src/sandbox/job/areas.data.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

const ask = async (exam: string, scope = 'jobs:read') =>
  market.call('GET', `/v1/exams/${exam}/jobs`, { token: await market.plugin.serviceToken({ claims: { scope } }) })

describe('the jobs for an exam', () => {
  it('are open ones of its category that ask for what it tests, those that welcome newcomers first', async () => {
    const { status, json } = await ask('business-admin')
    expect(status).toBe(200)
    const { jobs, url } = examJobs.parse(json)
    const read = jobs.map((one) => examJob.parse(one))
    expect(read.length).toBeGreaterThan(3)
    expect(read.every(({ areas }) => (areas ?? []).length > 0)).toBe(true)
    const welcomes = read.map(({ welcomesNewcomers }) => welcomesNewcomers)
    expect(welcomes).toEqual([...welcomes].sort((a, b) => Number(b) - Number(a)))
    // what the detector has doubts about is nothing to begin with
    for (const { id } of read) expect((await market.call('GET', `/v1/jobs/${id}`)).json.state).toBe('published')
    expect(new Set([url, ...read.map((one) => one.url)].map((one) => new URL(one ?? '').origin)).size).toBe(1)
  })

  it('are the plugin’s to ask for, of exams that there are', async () => {
    expect((await ask('business-admin', 'statistics:read')).status).toBe(403)
    expect((await ask('none')).status).toBe(404)
  })

  it.each([
    ['business-admin', '卒業生名簿の入力と重複の確認（約1,800件）', 'data-research'],
    ['business-admin', '見積書の清書と会議の議事録（週5時間）', 'data-research'],
    ['web-writer', '中学理科の解説文の校正（96ページ）', 'notation-keigo'],
  ] as const)('of %s ask for what their title says: %s', (category, title, area) => {
    expect(areasOf({ category, title, body: '' })[0]).toBe(area)
  })
})

describe('an exam that a worker opens', () => {
  it('is told of the first time, and of nobody but workers', async () => {
    const launch = (body: object) => market.call('POST', '/demo/launch', { body })
    const told = async (worker: string) =>
      (await messagesAbout(market.world.db, worker)).filter(({ kind }) => kind === 'exam.opened').length
    for (const exam of ['business-admin', 'business-admin', 'web-writer']) await launch({ worker: 'wrk_040', exam })
    await launch({ worker: 'wrk_041' })
    await launch({ worker: 'opr_1', role: 'operator', exam: 'business-admin' })
    expect([await told('wrk_040'), await told('wrk_041'), await told('opr_1')]).toEqual([2, 0, 0])
  })
})
