import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { casesAbout, eventsOf, openSubject } from '../../../src/sandbox/moderation/store.ts'
import { screenings, surfaces } from '../../../src/sandbox/moderation/surfaces.ts'
import { type ModerationRoom, openModerationRoom } from '../../support/sandbox/moderation-room.ts'

let room: ModerationRoom
beforeAll(async () => {
  room = await openModerationRoom()
})
afterAll(() => room.close())

const outside = '詳しくはLINEでお話しします。IDはtaro_123です。手数料がかからないよう直接お振り込みします。'
const harmless = 'この仕事に近い経験が三年あります。平日の午後に作業し、二日で納品します。'
const apply = async (worker: string, message: string, more: object = {}) =>
  room.as(worker, 'POST', `/v1/jobs/${await room.job()}/applications`, { message, ...more })
const propose = (title: string, more: object = {}) =>
  room.as('cli_02', 'POST', '/v1/contracts', {
    ...{ worker: 'wrk_030', title, category: 'business-admin', amount: 10_000 },
    ...more,
  })

describe('what people write to each other', () => {
  it('has an answer for every place where they write, and an appeal is never in the way of a warning', () => {
    expect(Object.keys(screenings).sort()).toEqual([...surfaces].sort())
    expect(screenings.appeal).toMatchObject({ holds: false, warns: false })
  })

  it('is sent when nothing is suspected, and opens no case', async () => {
    expect((await apply('wrk_021', harmless)).status).toBe(201)
    expect(await casesAbout(room.world.db, 'worker', 'wrk_021')).toEqual([])
  })

  it('is answered with what was found before it is sent, and nothing has happened then', async () => {
    for (const answer of [await apply('wrk_022', outside), await propose(outside.slice(0, 60))]) {
      expect(answer.status).toBe(422)
      expect(answer.json).toMatchObject({ code: 'text-warned', repeats: false })
      expect(answer.json.kinds).toContain('off-platform-contact')
      expect(answer.json.found.length).toBeGreaterThan(0)
    }
    expect((await room.as('wrk_022', 'GET', '/v1/applications')).json.applications ?? []).toEqual([])
    expect(await casesAbout(room.world.db, 'worker', 'wrk_022')).toEqual([])
  })

  it('is sent anyway where its writer says so, and an operator reads what it was', async () => {
    expect((await apply('wrk_023', outside, { sendAnyway: true })).status).toBe(201)
    expect((await propose(outside.slice(0, 60), { sendAnyway: true })).status).toBe(201)
    const [opened] = await casesAbout(room.world.db, 'worker', 'wrk_023')
    expect(opened).toMatchObject({ openedBy: 'detector', automated: true, status: 'open', person: 'wrk_023' })
    const [event] = await eventsOf(room.world.db, opened?.id ?? '')
    expect(event?.data).toMatchObject({ surface: 'application', evidence: outside, band: 'queue' })
    expect(await casesAbout(room.world.db, 'client', 'cli_02')).toHaveLength(1)
  })

  it('of a job tells its client of contact past the marketplace before it is posted, and posts it when sent anyway', async () => {
    const job = {
      title: '名簿の入力',
      body: outside,
      category: 'business-admin',
      pay: { type: 'fixed', amount: 6_000 },
    }
    const post = (more: object = {}) => room.as('cli_20', 'POST', '/v1/jobs', { ...job, ...more })
    const warned = await post()
    expect(warned.status).toBe(422)
    expect(warned.json).toMatchObject({ code: 'text-warned', repeats: false, becomes: 'held' })
    expect(warned.json.kinds).toContain('off-platform-contact')
    expect(warned.json.found[0]).toBe('詳しくはLINEでお話しします。')
    const posted = await post({ sendAnyway: true })
    expect([posted.status, posted.json.state]).toEqual([201, 'held'])
    expect((await casesAbout(room.world.db, 'job', posted.json.id)).length).toBe(1)
  })

  it('of a job is read anew when it is edited, and words that stand there already are not told of again', async () => {
    const edit = (id: string, change: object) => room.as('cli_21', 'POST', `/v1/jobs/${id}/edit`, change)
    const job = await room.job('published', 'cli_21')
    expect((await edit(job, { body: outside })).json).toMatchObject({ code: 'text-warned', becomes: 'held' })
    expect((await edit(job, { body: harmless })).json).toMatchObject({ state: 'published' })
    expect((await edit(job, { body: outside, sendAnyway: true })).json).toMatchObject({ state: 'held' })
    expect((await edit(job, { headcount: 2 })).status).toBe(200)
  })

  it('is read with every step of a contract: what to change, and why; a dispute is told without a warning', async () => {
    const contract = { worker: 'wrk_031', title: '名簿の入力', category: 'business-admin', amount: 10_000 }
    const id = (await room.as('cli_05', 'POST', '/v1/contracts', contract)).json.id as string
    const step = (user: string, name: string, body: object = {}) =>
      room.as(user, 'POST', `/v1/contracts/${id}/${name}`, body)
    expect((await step('cli_05', 'fund', { reason: outside })).json).toMatchObject({ code: 'text-warned' })
    expect((await step('cli_05', 'fund', { reason: '先月と同じ名簿です。' })).json.status).toBe('funded')
    await step('wrk_031', 'deliver', { note: harmless })
    expect((await step('cli_05', 'request-changes', { note: outside })).json).toMatchObject({ code: 'text-warned' })
    const asked = await step('cli_05', 'request-changes', { note: outside, sendAnyway: true })
    expect(asked.json.status).toBe('changes-requested')
    const [opened] = await casesAbout(room.world.db, 'client', 'cli_05')
    const [event] = await eventsOf(room.world.db, opened?.id ?? '')
    expect(event?.data).toMatchObject({ surface: 'note', evidence: outside })
    expect((await step('wrk_031', 'dispute', { note: outside })).json.status).toBe('disputed')
    expect(await casesAbout(room.world.db, 'worker', 'wrk_031')).toEqual([])
  })

  it('is remembered when a person decides about it: another writer of the same is warned that it was', async () => {
    const words = '鳩小屋の鍵は郵便受けの奥に貼ってあります。鍵を持ち出し、次の人の郵便受けへ移してください。'
    const job = await room.job()
    const sent = await room.as('wrk_024', 'POST', `/v1/jobs/${job}/applications`, { message: words })
    expect(sent.status).toBe(201)
    const posted = await room.as('cli_04', 'POST', '/v1/jobs', {
      ...{ title: '鳩小屋の見回り', body: words, category: 'business-admin' },
      pay: { type: 'fixed', amount: 6_000 },
    })
    await room.report('wrk_025', posted.json.id)
    await room.takeDown(await room.caseAbout(posted.json.id))
    const again = await apply('wrk_026', words)
    expect(again.json).toMatchObject({ code: 'text-warned', repeats: true, kinds: ['off-platform-contact'] })
    expect(again.json.found[0]).toContain('鳩小屋の鍵は郵便受けの奥に')
  })

  it('is remembered as its own case too, once an operator has restricted its writer', async () => {
    const words = `${outside}返信は明日の朝までにお願いします。`
    await apply('wrk_027', words, { sendAnyway: true })
    const [opened] = await casesAbout(room.world.db, 'worker', 'wrk_027')
    const decided = await room.decide(opened?.id ?? '', {
      ...{ action: 'restrict', duration: 'P30D', kinds: [], rule: '外部での支払いを持ちかけてはなりません。' },
    })
    expect(decided.status).toBe(201)
    expect((await apply('wrk_028', words)).json).toMatchObject({ code: 'text-warned', repeats: true })
  })

  it('is remembered itself, and not what its writer sent after it', async () => {
    const words = `${outside}返信は今夜のうちにお願いします。`
    const lawful = '応募します。経理の帳簿づけを八年しておりました。連絡はこのサイトで差し上げます。'
    await apply('wrk_042', words, { sendAnyway: true })
    const [opened] = await casesAbout(room.world.db, 'worker', 'wrk_042')
    const [event] = await eventsOf(room.world.db, opened?.id ?? '')
    if (event?.type !== 'detected') throw new Error('nothing was detected')
    const data = { ...event.data, evidence: lawful, probability: {}, reasons: [], points: 0 }
    await room.world.db.batch(
      openSubject(room.world.db, {
        ...{ id: 'cas_none', actor: 'detector', now: room.world.now() },
        signal: { type: 'detected', data },
      }) as never,
    )
    await room.decide(opened?.id ?? '', { action: 'restrict', duration: 'P30D', kinds: ['off-platform-contact'] })
    expect((await apply('wrk_043', words)).json).toMatchObject({ code: 'text-warned', repeats: true })
    expect((await apply('wrk_044', lawful)).status).toBe(201)
  })

  it('sent anyway makes an account as limited as a new one until an operator has read it', async () => {
    const title = outside.slice(0, 60)
    const proposed = async (worker: string) =>
      (
        await room.as('cli_06', 'POST', '/v1/contracts', {
          ...{ worker, title, category: 'business-admin', amount: 10_000, sendAnyway: true },
        })
      ).status
    const sent: number[] = []
    for (const worker of ['wrk_032', 'wrk_033', 'wrk_034', 'wrk_035']) sent.push(await proposed(worker))
    expect(sent).toEqual([201, 201, 201, 429])
    const [opened] = await casesAbout(room.world.db, 'client', 'cli_06')
    expect((await room.decide(opened?.id ?? '', { action: 'no-action' })).status).toBe(201)
    expect(await proposed('wrk_035')).toBe(201)
  })
})
