import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toRfc3339 } from '../../../src/kernel/instant.ts'
import { changeStanding } from '../../../src/sandbox/flows/change-standing.ts'
import { editJob } from '../../../src/sandbox/flows/edit-job.ts'
import { postJob } from '../../../src/sandbox/flows/post-job.ts'
import { closeJobNow, findJob, publishJob, restoreJob, takeDownJob } from '../../../src/sandbox/job/store.ts'
import { findGatheringCase } from '../../../src/sandbox/moderation/store.ts'
import { allowances } from '../../../src/sandbox/people/allowance.ts'
import { raiseStanding, settleStanding } from '../../../src/sandbox/people/store.ts'
import { assessed, draft, type JobBoard, openJobBoard } from '../../support/sandbox/job-board.ts'

let board: JobBoard
beforeAll(async () => {
  board = await openJobBoard()
})
afterAll(() => board.close())

const DAY = 86_400_000
const MOST_POSTS = allowances.post.known.day
const find = async (q: string): Promise<string[]> =>
  (await board.as(undefined, 'GET', `/v1/jobs?limit=100&q=${encodeURIComponent(q)}`)).json.jobs.map(
    (job: { id: string }) => job.id,
  )

describe('a job', () => {
  it('may say that newcomers are welcome, and is found by that', async () => {
    const words = 'はじめて枠の'
    const { json: welcoming } = await board.post('cli_01', { title: `${words}募集`, welcomesNewcomers: true })
    const { json: other } = await board.post('cli_01', { title: `${words}ない募集` })
    expect([welcoming.welcomesNewcomers, other.welcomesNewcomers]).toEqual([true, false])
    const found = async (query: string) =>
      (await board.as(undefined, 'GET', `/v1/jobs?q=${encodeURIComponent(words)}${query}`)).json.jobs
        .map(({ id }: { id: string }) => id)
        .sort()
    expect(await found('')).toEqual([welcoming.id, other.id].sort())
    expect(await found('&welcomes=newcomers')).toEqual([welcoming.id])
    expect((await board.as(undefined, 'GET', '/v1/jobs?welcomes=all')).status).toBe(422)
    await board.as('cli_01', 'POST', `/v1/jobs/${welcoming.id}/edit`, { welcomesNewcomers: false })
    await board.as('cli_01', 'POST', `/v1/jobs/${other.id}/edit`, { welcomesNewcomers: true })
    expect(await found('&welcomes=newcomers')).toEqual([other.id])
    expect((await board.post('cli_01', { welcomesNewcomers: 'yes' })).status).toBe(422)
  })

  it('is published when the detector suspects nothing, and found by its words', async () => {
    const { status, json } = await board.post('cli_01', {
      title: '万葉集の注釈づくり',
      closesAt: toRfc3339((board.clock.now + DAY) as never),
      headcount: 2,
    })
    expect(status).toBe(201)
    expect(json).toMatchObject({
      state: 'published',
      client: 'cli_01',
      pay: { type: 'hourly', amount: 1_400 },
      headcount: 2,
      hired: 0,
      version: 1,
    })
    expect(await find('万葉集')).toEqual([json.id])
    expect(await findGatheringCase(board.world.db, 'job', json.id)).toBeUndefined()
    const shown = await board.as(undefined, 'GET', `/v1/jobs/${json.id}`)
    expect(shown.json).toMatchObject({ id: json.id, clientName: 'つばめ製本', applicants: 0 })
    expect(shown.json.score).toBeGreaterThan(0)
    expect(shown.json.score).toBeLessThanOrEqual(1)
    for (const reason of shown.json.reasons) expect(reason.text.ja && reason.text.en).toBeTruthy()
  })

  it('is shown further down while a person looks at it, and its poster is told', async () => {
    const plain = await board.post('cli_02', { title: '甲骨文字の入力', body: `${draft.body}[0.00]` })
    const queued = await board.post('cli_02', { title: '甲骨文字の入力', body: `${draft.body}[0.70]` })
    expect(queued.json).toMatchObject({ state: 'queued', checking: { resembles: [{ kind: 'off-platform-contact' }] } })
    expect(await find('甲骨文字')).toEqual([plain.json.id, queued.json.id])
    const theCase = await findGatheringCase(board.world.db, 'job', queued.json.id)
    expect(theCase).toMatchObject({ person: 'cli_02', openedBy: 'detector', status: 'open', automated: true })
    const shown = await board.as(undefined, 'GET', `/v1/jobs/${queued.json.id}`)
    expect(shown.json.reasons[0].code).toBe('being-checked')
    expect(shown.json.checking).toBeUndefined()
    expect(shown.json.assessment).toBeUndefined()
    await publishJob(board.world.db, queued.json.id, board.world.now())
    expect((await board.as(undefined, 'GET', `/v1/jobs/${queued.json.id}`)).json.score).toBeCloseTo(
      (await board.as(undefined, 'GET', `/v1/jobs/${plain.json.id}`)).json.score,
      9,
    )
  })

  it('is not shown while it is held, but to its poster and to operators', async () => {
    const { json } = await board.post('cli_03', { title: '楔形文字の入力', body: `${draft.body}[0.95]` })
    expect(json.state).toBe('held')
    expect(json.checking.notice.ja).toContain('処分ではありません')
    expect(await find('楔形文字')).toEqual([])
    for (const stranger of [undefined, 'cli_04', 'wrk_001'])
      expect((await board.as(stranger, 'GET', `/v1/jobs/${json.id}`)).status).toBe(404)
    expect(
      (await board.as('wrk_001', 'POST', `/v1/jobs/${json.id}/applications`, { message: 'やります' })).status,
    ).toBe(404)
    expect((await board.as('cli_03', 'GET', `/v1/jobs/${json.id}`)).json.state).toBe('held')
    expect((await board.as('opr_demo', 'GET', `/v1/jobs/${json.id}`)).json.assessment.any).toBe(0.95)
    expect(await findGatheringCase(board.world.db, 'job', json.id)).toBeDefined()
    await publishJob(board.world.db, json.id, board.world.now())
    expect(await find('楔形文字')).toEqual([json.id])
  })

  it.each([
    [{ title: '短' }, 'title'],
    [{ title: '\u200b\u200b\u200b\u200b' }, 'title'],
    [{ title: 'あ'.repeat(101) }, 'title'],
    [{ body: 'みじかい' }, 'body'],
    [{ body: 'あ'.repeat(5_001) }, 'body'],
    [{ category: 'cooking' }, 'category'],
    [{ pay: { type: 'monthly', amount: 1 } }, 'pay.type'],
    [{ pay: { type: 'fixed', amount: 0 } }, 'pay.amount'],
    [{ pay: { type: 'fixed', amount: 1.5 } }, 'pay.amount'],
    [{ closesAt: 'tomorrow' }, 'closesAt'],
    [{ closesAt: '2026-11-25T03:00:00Z' }, 'closesAt'],
    [{ closesAt: '2028-11-25T03:00:00Z' }, 'closesAt'],
    [{ headcount: 0 }, 'headcount'],
    [{ state: 'published' }, ''],
  ])('is refused as %j, with the place', async (change, path) => {
    const { status, json } = await board.post('cli_05', change)
    expect(status).toBe(422)
    expect(json.issues.map((issue: { path: string }) => issue.path)).toContain(path)
  })

  it.each([
    ['wrk_001', 403],
    ['opr_demo', 403],
    [undefined, 401],
  ])('is not posted by %s', async (user, status) => {
    expect((await board.as(user, 'POST', '/v1/jobs', draft)).status).toBe(status)
  })

  it('is posted once per Idempotency-Key, even where the answer was lost', async () => {
    const [first, again] = [
      await board.post('cli_06', { title: '一度だけの募集' }, 'k1'),
      await board.post('cli_06', { title: '一度だけの募集' }, 'k1'),
    ]
    expect(again.status).toBe(201)
    expect(again.json).toEqual(first.json)
    expect((await board.post('cli_06', { title: 'ほかの募集です' }, 'k1')).status).toBe(422)
    const posting = {
      client: 'cli_06',
      draft: {
        ...draft,
        category: 'business-admin',
        closesAt: null,
        headcount: 1,
        welcomesNewcomers: false,
        pay: { type: 'hourly', amount: 1 },
      },
      requestKey: 'cli_06/"lost"',
      anyway: true,
    } as const
    const both = await Promise.all([postJob(board.world, posting), postJob(board.world, posting)])
    expect(new Set(both.map((outcome) => outcome.ok && outcome.value.id)).size).toBe(1)
    expect((await find('一度だけの募集')).length).toBe(1)
  })
})

describe('posting', () => {
  it('stops at 30 jobs in 24 hours, however many are posted at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: MOST_POSTS + 6 }, () => board.post('cli_07', { title: '大量の募集テスト' })),
    )
    const before = (await board.as('cli_07', 'GET', '/v1/jobs/mine?limit=100')).json.jobs
    expect(before.length).toBe(MOST_POSTS)
    const refused = answers.filter(({ status }) => status !== 201)
    expect(refused.length).toBeGreaterThanOrEqual(6)
    for (const { status, json, headers } of refused) {
      expect(status).toBe(429)
      expect(Number(headers.get('Retry-After'))).toBe(json.retryAfterSeconds)
      expect(json.retryAfterSeconds).toBeLessThanOrEqual(86_400)
    }
    board.advance(DAY)
    expect((await board.post('cli_07')).status).toBe(201)
  })

  it('is closed to a suspended client, whose jobs leave the search at once and return', async () => {
    const { json } = await board.post('cli_08', { title: '象形文字の清書' })
    const client = { kind: 'client', id: 'cli_08' } as const
    await raiseStanding(board.world.db, client, 'suspended')
    expect(await find('象形文字')).toEqual([])
    expect((await board.as(undefined, 'GET', `/v1/jobs/${json.id}`)).status).toBe(404)
    expect((await board.as('cli_08', 'GET', `/v1/jobs/${json.id}`)).status).toBe(200)
    expect(await board.post('cli_08')).toMatchObject({ status: 403, json: { code: 'standing', standing: 'suspended' } })
    expect(
      (await board.as('wrk_001', 'POST', `/v1/jobs/${json.id}/applications`, { message: 'やります' })).status,
    ).toBe(404)
    await settleStanding(board.world.db, client, { from: 'suspended', to: 'good' })
    expect(await find('象形文字')).toEqual([json.id])
  })

  it('lists the own jobs in every state, page by page', async () => {
    await board.post('cli_09', { title: '一つ目の募集です' })
    await board.post('cli_09', { title: '二つ目の募集です', body: `${draft.body}[0.95]` })
    const first = (await board.as('cli_09', 'GET', '/v1/jobs/mine?limit=1')).json
    const second = (await board.as('cli_09', 'GET', `/v1/jobs/mine?limit=1&after=${first.next}`)).json
    expect([first, second].map(({ jobs }) => [jobs[0].title, jobs[0].state])).toEqual([
      ['二つ目の募集です', 'held'],
      ['一つ目の募集です', 'published'],
    ])
  })
})

describe('a job that changes', () => {
  it('is looked at anew when it is edited, and goes on waiting however harmless it becomes', async () => {
    const { json } = await board.post('cli_10', { title: '編集される募集です' })
    const edit = (change: object) =>
      board.as('cli_10', 'POST', `/v1/jobs/${json.id}/edit`, { sendAnyway: true, ...change })
    expect((await edit({ title: '編集された募集です' })).json).toMatchObject({
      title: '編集された募集です',
      state: 'published',
      version: 2,
    })
    expect(await find('編集された')).toEqual([json.id])
    expect(await find('編集される')).toEqual([])
    expect((await edit({ body: `${draft.body}[0.97]` })).json.state).toBe('held')
    expect(await find('編集された')).toEqual([])
    expect(await findGatheringCase(board.world.db, 'job', json.id)).toBeDefined()
    expect((await edit({ body: draft.body })).json.state).toBe('held')
    expect((await board.as('cli_11', 'POST', `/v1/jobs/${json.id}/edit`, { title: '他人の募集を' })).status).toBe(404)
  })

  it('does not come before a person again for words that one has cleared', async () => {
    const { json } = await board.post('cli_10', { title: '確かめられた募集です', body: `${draft.body}[0.70]` })
    await publishJob(board.world.db, json.id, board.world.now())
    const edit = async (change: object) =>
      (await board.as('cli_10', 'POST', `/v1/jobs/${json.id}/edit`, { sendAnyway: true, ...change })).json
    expect(await edit({ headcount: 3 })).toMatchObject({ state: 'published', headcount: 3 })
    expect(await edit({ pay: draft.pay, category: draft.category })).toMatchObject({ state: 'published' })
    expect(await edit({ body: `${draft.body}ほかにも。[0.70]` })).toMatchObject({ state: 'queued' })
  })

  it('is looked at anew when its pay or category is another than a person has cleared', async () => {
    const detect: JobBoard['world']['detect'] = ({ pay, category }) =>
      assessed(pay?.amount === 50_000 || category === 'web-writer' ? 0.95 : 0)
    for (const change of [{ pay: { type: 'hourly', amount: 50_000 } }, { category: 'web-writer' }] as const) {
      const { id } = (await board.post('cli_12', { body: `${draft.body}[0.95]` })).json
      await publishJob(board.world.db, id, board.world.now())
      expect((await editJob({ ...board.world, detect }, { client: 'cli_12', job: id }, change, true)).ok).toBe(true)
      expect(await findJob(board.world.db, id)).toMatchObject({ state: 'held', cleared: false })
    }
  })

  it('is closed by its poster only, and found no more', async () => {
    const { json } = await board.post('cli_10', { title: '閉じられる募集です' })
    expect((await board.as('cli_11', 'POST', `/v1/jobs/${json.id}/close`, {})).status).toBe(404)
    expect((await board.as('cli_10', 'POST', `/v1/jobs/${json.id}/close`, {})).json.state).toBe('closed')
    expect(await find('閉じられる')).toEqual([])
    expect((await board.as(undefined, 'GET', `/v1/jobs/${json.id}`)).json).toMatchObject({
      state: 'closed',
      score: null,
    })
    expect(await board.as('cli_10', 'POST', `/v1/jobs/${json.id}/close`, {})).toMatchObject({
      status: 409,
      json: { code: 'wrong-state', state: 'closed' },
    })
  })

  it('is over at the millisecond of its time', async () => {
    const closesAt = board.clock.now + 60_000
    const { json } = await board.post('cli_10', {
      title: '時間どおりの募集です',
      closesAt: toRfc3339(closesAt as never),
    })
    board.advance(59_999)
    expect(await find('時間どおり')).toEqual([json.id])
    board.advance(1)
    expect(await find('時間どおり')).toEqual([])
    expect((await board.as(undefined, 'GET', `/v1/jobs/${json.id}`)).json.state).toBe('closed')
    expect(
      (await board.as('wrk_002', 'POST', `/v1/jobs/${json.id}/applications`, { message: 'やります' })).json,
    ).toMatchObject({ code: 'wrong-state', state: 'closed' })
  })

  it('that was taken down tells others so, and returns to what it was', async () => {
    const { json } = await board.post('cli_10', { title: '取り下げられる募集' })
    const { db } = board.world
    await takeDownJob(db, json.id, (board.clock.now + DAY) as never)
    expect(await find('取り下げられる')).toEqual([])
    expect(await board.as('wrk_001', 'GET', `/v1/jobs/${json.id}`)).toMatchObject({
      status: 410,
      json: { code: 'taken-down', until: toRfc3339((board.clock.now + DAY) as never) },
    })
    expect((await board.as('cli_10', 'GET', `/v1/jobs/${json.id}`)).json).toMatchObject({ state: 'taken-down' })
    await takeDownJob(db, json.id, null)
    expect((await board.as(undefined, 'GET', `/v1/jobs/${json.id}`)).json.until).toBeNull()
    await restoreJob(db, json.id)
    expect(await find('取り下げられる')).toEqual([json.id])
    await closeJobNow(db, json.id)
    await takeDownJob(db, json.id, null)
    await restoreJob(db, json.id)
    expect((await board.as(undefined, 'GET', `/v1/jobs/${json.id}`)).json.state).toBe('closed')
    expect(await restoreJob(db, json.id)).toEqual([])
  })
})

describe('an erased worker', () => {
  it('leaves nothing of what they wrote in applications', async () => {
    const { json } = await board.post('cli_10', { title: '消える人の応募先' })
    await board.as('wrk_050', 'POST', `/v1/jobs/${json.id}/applications`, { message: 'わたしの身の上' })
    await changeStanding(board.world, 'wrk_050', 'good')
    await board.call('POST', '/demo/workers/wrk_050/erase')
    expect((await board.as('cli_10', 'GET', `/v1/jobs/${json.id}/applications`)).json.applications).toEqual([
      expect.objectContaining({ message: '', state: 'withdrawn' }),
    ])
  })
})
