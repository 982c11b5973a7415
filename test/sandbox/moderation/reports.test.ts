import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rebuild } from '../../../src/sandbox/moderation/case.ts'
import { eventsOf, findCase } from '../../../src/sandbox/moderation/store.ts'
import { DAY, type ModerationRoom, openModerationRoom } from '../../support/sandbox/moderation-room.ts'

let room: ModerationRoom
beforeAll(async () => {
  room = await openModerationRoom()
})
afterAll(() => room.close())

const worker = (n: number) => `wrk_${String(n).padStart(3, '0')}`

describe('a report', () => {
  it('opens a case that operators see', async () => {
    const job = await room.job()
    const answer = await room.report('wrk_001', job)
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({
      report: expect.stringMatching(/^rep_/),
      job,
      reason: 'off-platform-contact',
      receivedAt: '2026-11-25T03:00:00.000Z',
    })
    const id = await room.caseAbout(job)
    const shown = await room.shown(id)
    expect(shown).toMatchObject({
      subject: { type: 'job', id: job, person: 'cli_01' },
      status: 'open',
      openedBy: 'report',
      reportCount: 1,
      automated: false,
      awaiting: 'decision',
      final: false,
    })
    expect(shown.reports).toMatchObject([
      {
        reporter: 'wrk_001',
        reason: 'off-platform-contact',
        detail: 'LINEへ誘われました',
        muted: false,
        accuracy: 0.5,
      },
    ])
    expect(shown.job.title).toContain('名簿の整理')
  })

  it('of the same person counts once, and the first is the answer', async () => {
    const job = await room.job()
    const first = await room.report('wrk_002', job)
    const second = await room.report('wrk_002', job, 'illegal')
    expect(second.status).toBe(200)
    expect(second.json).toEqual(first.json)
    expect(await room.shown(await room.caseAbout(job))).toMatchObject({ reportCount: 1, version: 2 })
  })

  it('of the same person counts anew when the post is rewritten after a judgement', async () => {
    const job = await room.job('published', 'cli_12')
    const first = await room.report('wrk_014', job)
    const judged = await room.caseAbout(job)
    await room.decide(judged, { action: 'no-action' })
    expect((await room.report('wrk_014', job)).json).toEqual(first.json)
    await room.as('cli_12', 'POST', `/v1/jobs/${job}/edit`, { title: '名簿の整理（月末）', sendAnyway: true })
    const again = await room.report('wrk_014', job)
    expect(again.status).toBe(201)
    expect(await room.caseAbout(job)).not.toBe(judged)
    expect((await room.report('wrk_014', job)).json).toEqual(again.json)
  })

  it('counts once when the same person sends it many times at once', async () => {
    const job = await room.job()
    const answers = await Promise.all(Array.from({ length: 12 }, () => room.report('wrk_003', job)))
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(11).fill(200), 201])
    expect(new Set(answers.map(({ json }) => json.report)).size).toBe(1)
    expect((await room.shown(await room.caseAbout(job))).reports).toHaveLength(1)
  })

  it('of fifty people at once counts fifty times, in one case whose history adds up', async () => {
    const job = await room.job()
    const people = Array.from({ length: 50 }, (_, n) => worker(n + 10))
    for (const person of people) await room.session(person)
    const answers = await Promise.all(people.map((person) => room.report(person, job)))
    expect(answers.every(({ status }) => status === 201)).toBe(true)
    const id = await room.caseAbout(job)
    const known = await findCase(room.world.db, id)
    const events = await eventsOf(room.world.db, id)
    expect(known).toMatchObject({ reports: 50, version: 51 })
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1))
    expect(rebuild(id, events)).toEqual(known)
    expect((await room.queue()).filter(({ subject }) => subject.id === job)).toHaveLength(1)
    expect((await room.queue())[0]?.subject.id).toBe(job)
  })

  it('carries what the detector thought of the post, once', async () => {
    const job = await room.job('published', 'cli_01', 0.4)
    await room.report('wrk_001', job)
    await room.report('wrk_002', job)
    const shown = await room.shown(await room.caseAbout(job))
    expect(shown.events.map(({ type }: { type: string }) => type)).toEqual(['reported', 'detected', 'reported'])
    expect(shown.assessments).toMatchObject([
      { band: 'publish', modelVersion: 'test-1', probability: { 'off-platform-contact': 0.4 } },
    ])
  })

  it('is refused of the poster, of operators, of strangers, of jobs that nobody sees, and of what is not there', async () => {
    const job = await room.job()
    expect((await room.report('cli_01', job)).json.code).toBe('forbidden')
    expect((await room.report('opr_demo', job)).json.code).toBe('forbidden')
    expect(
      (await room.call('POST', `/v1/jobs/${job}/reports`, { body: { reason: 'other' }, token: 'nobody' })).status,
    ).toBe(401)
    expect((await room.report('wrk_001', await room.job('held'))).status).toBe(404)
    expect((await room.report('wrk_001', 'job_none')).status).toBe(404)
    expect((await room.report('cli_02', job)).status).toBe(201)
  })

  it.each([{}, { reason: 'spam' }, { reason: 'other', detail: 'x'.repeat(2_001) }, '{'])(
    'is refused when it says %j',
    async (body) => {
      const answer = await room.as('wrk_001', 'POST', `/v1/jobs/${await room.job()}/reports`, body)
      expect(answer.status).toBe(422)
      expect(answer.json.code).toBe('malformed')
    },
  )

  it('repeated under its Idempotency-Key gets the same answer; another one under it is refused', async () => {
    const job = await room.job()
    const headers = { 'Idempotency-Key': '"once"' }
    const first = await room.report('wrk_004', job, 'other', headers)
    const again = await room.report('wrk_004', job, 'other', headers)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.json).toEqual(first.json)
    expect((await room.report('wrk_004', job, 'illegal', headers)).json.code).toBe('idempotency-mismatch')
    expect((await room.report('wrk_005', job, 'other', headers)).status).toBe(201)
  })

  it('is one of at most twenty in 24 hours, even all at once', async () => {
    const jobs = await Promise.all(Array.from({ length: 23 }, () => room.job()))
    const answers = await Promise.all(jobs.map((job) => room.report('wrk_200', job)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(3)
    expect(refused[0]?.headers.get('Retry-After')).toBe('86400')
    const [late] = jobs.filter((_, at) => answers[at]?.status === 429)
    room.advance(DAY - 1)
    expect((await room.report('wrk_200', late as string)).headers.get('Retry-After')).toBe('1')
    room.advance(1)
    expect((await room.report('wrk_200', late as string)).status).toBe(201)
  })

  it('joins a new case when the last one was closed', async () => {
    const job = await room.job()
    await room.report('wrk_006', job)
    const first = await room.caseAbout(job)
    await room.decide(first, { action: 'no-action' })
    await room.report('wrk_007', job)
    const all = (await room.queue('?status=all&limit=100')).filter(({ subject }) => subject.id === job)
    expect(all.map(({ status }) => status).sort()).toEqual(['closed', 'open'])
    expect((await room.shown(first)).history).toHaveLength(1)
  })
})

describe('muting', () => {
  /** Five reports of somebody that a person found to be none. */
  const discredit = async (user: string) => {
    for (let n = 0; n < 5; n++) {
      const job = await room.job()
      await room.report(user, job)
      await room.decide(await room.caseAbout(job), { action: 'no-action' })
    }
  }

  it('begins by itself when five reports were judged and none upheld; such reports are logged without effect, and answered like others', async () => {
    room.advance(DAY)
    await discredit('wrk_201')
    expect((await room.as('opr_demo', 'GET', '/v1/operators/reporters/wrk_201')).json).toMatchObject({
      upheld: 0,
      rejected: 5,
      muted: true,
      muting: { how: 'by-record' },
    })
    const job = await room.job()
    const answer = await room.report('wrk_201', job)
    expect(answer.status).toBe(201)
    expect(Object.keys(answer.json)).toEqual(['report', 'job', 'reason', 'receivedAt'])
    expect(await room.caseAbout(job)).toBeUndefined()
    const record = (await room.as('opr_demo', 'GET', '/v1/operators/reporters/wrk_201')).json
    expect(record.reports[0]).toMatchObject({ about: `job:${job}`, muted: true, case: null })
  })

  it('adds nothing to a case that is open, but is judged with it, so that a record can recover', async () => {
    const job = await room.job()
    await room.report('wrk_202', job)
    const id = await room.caseAbout(job)
    const before = await findCase(room.world.db, id)
    await room.report('wrk_201', job)
    expect(await findCase(room.world.db, id)).toEqual(before)
    await room.takeDown(id)
    expect((await room.as('opr_demo', 'GET', '/v1/operators/reporters/wrk_201')).json).toMatchObject({
      upheld: 1,
      rejected: 5,
      muted: false,
    })
    expect((await room.notices('wrk_201')).some(({ kind }) => kind === 'report-judged')).toBe(true)
  })

  it('is ordered and lifted by operators, who say why', async () => {
    const mute = (what: string, user = 'opr_demo') =>
      room.as(user, 'POST', `/v1/operators/reporters/wrk_203/${what}`, { note: '嫌がらせの通報が続くため' })
    expect((await mute('mute', 'wrk_001')).status).toBe(403)
    expect((await mute('mute')).json).toMatchObject({
      muted: true,
      muting: { how: 'muted', by: 'opr_demo', note: '嫌がらせの通報が続くため' },
    })
    const job = await room.job()
    expect((await room.report('wrk_203', job)).status).toBe(201)
    expect(await room.caseAbout(job)).toBeUndefined()
    expect((await mute('unmute', 'opr_second')).json).toMatchObject({
      muted: false,
      muting: { how: 'heard', by: 'opr_second' },
    })
    const other = await room.job()
    await room.report('wrk_203', other)
    expect(await room.caseAbout(other)).toBeDefined()
    expect((await room.as('opr_demo', 'POST', '/v1/operators/reporters/nobody/mute', { note: 'x' })).status).toBe(404)
  })
})
