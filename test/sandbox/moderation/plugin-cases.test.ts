import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marketplaceEvent } from '../../../src/contract/events.ts'
import { moderationCase } from '../../../src/contract/marketplace.ts'
import { idempotencyKeys } from '../../../src/platform/http/replay/tables.ts'
import { eventOf } from '../../../src/sandbox/outbox/announcement.ts'
import { findWorker } from '../../../src/sandbox/people/store.ts'
import { type ModerationRoom, openModerationRoom } from '../../support/sandbox/moderation-room.ts'

let room: ModerationRoom
beforeAll(async () => {
  room = await openModerationRoom()
})
afterAll(() => room.close())

const allegation = (worker: string, change: object = {}) => ({
  subject: { type: 'credential', id: `crd_${worker}`, worker },
  policy: 'integrity/answer-copying',
  automated: true,
  evidence: { signals: ['similarity'] },
  ...change,
})
const open = (body: unknown, options: Parameters<ModerationRoom['plugin_']>[3] = {}) =>
  room.plugin_('POST', '/v1/moderation/cases', body, options)
const read = async (id: string) => {
  const { json } = await room.plugin_('GET', `/v1/moderation/cases/${id}`)
  // what the plugin makes of it
  expect(moderationCase.safeParse(json).success).toBe(true)
  return json
}
const opened = async (worker: string) => (await open(allegation(worker))).json.case as string
const told = async (worker: string) =>
  (await room.announced(worker))
    .filter(({ type }) => type.startsWith('moderation.'))
    .map(({ type, version, data }) => ({ type, version, data }))
const halfYear = () =>
  room.at(Date.parse('2027-05-25T03:00:00Z') + (room.clock.now - Date.parse('2026-11-25T03:00:00Z')))

describe('a case of the plugin', () => {
  it('waits in the same queue as the rest', async () => {
    const answer = await open(allegation('wrk_001'))
    expect(answer.status).toBe(201)
    const id = answer.json.case
    expect(answer.json).toEqual({ case: expect.stringMatching(/^cas_/), status: 'open', version: 1 })
    expect((await room.queue('?kind=credential')).map((subject) => subject.case)).toEqual([id])
    expect(await read(id)).toEqual({
      case: id,
      subject: { type: 'credential', id: 'crd_wrk_001', worker: 'wrk_001' },
      policy: 'integrity/answer-copying',
      automated: true,
      status: 'open',
      decision: null,
      appeal: null,
      final: false,
      version: 1,
    })
    expect((await room.shown(id)).evidence).toEqual([
      { policy: 'integrity/answer-copying', automated: true, evidence: { signals: ['similarity'] } },
    ])
  })

  it('is brought up once by a request, even where its answer was lost and it was judged meanwhile', async () => {
    const headers = { 'Idempotency-Key': '"case-lost"' }
    const first = await open(allegation('wrk_030'), { headers })
    await room.world.db.delete(idempotencyKeys)
    expect((await open(allegation('wrk_030'), { headers })).json).toEqual(first.json)
    expect((await room.shown(first.json.case)).evidence).toHaveLength(1)
    await room.decide(first.json.case, { action: 'no-action', facts: '問題は見つかりませんでした。' })
    await room.world.db.delete(idempotencyKeys)
    expect((await open(allegation('wrk_030'), { headers })).json).toMatchObject({
      case: first.json.case,
      status: 'closed',
    })
  })

  it('takes in what comes while it is open, and is answered once per key', async () => {
    const headers = { 'Idempotency-Key': '"case-1"' }
    const first = await open(allegation('wrk_002'), { headers })
    const again = await open(allegation('wrk_002'), { headers })
    expect([again.status, again.json]).toEqual([201, first.json])
    expect((await open(allegation('wrk_002', { policy: 'other' }), { headers })).json.code).toBe('idempotency-mismatch')
    expect(await open(allegation('wrk_002'))).toMatchObject({
      status: 201,
      json: { case: first.json.case, version: 2 },
    })
  })

  it('knows the worker of a credential that is shown, and takes a short subject', async () => {
    await room.certify('wrk_003', 'crd_three')
    const { json, status } = await open(allegation('wrk_003', { subject: 'credential:crd_three' }))
    expect(status).toBe(201)
    expect((await read(json.case)).subject).toEqual({ type: 'credential', id: 'crd_three', worker: 'wrk_003' })
    expect(
      (await open(allegation('wrk_004', { subject: { type: 'credential', id: 'crd_three', worker: 'wrk_004' } }))).json,
    ).toMatchObject({ code: 'malformed', issues: [{ path: 'subject.worker' }] })
    const unknown = await open(allegation('wrk_003', { subject: 'attempt:att_1' }))
    expect((await read(unknown.json.case)).subject).toEqual({ type: 'attempt', id: 'att_1' })
    expect((await room.decide(unknown.json.case, { action: 'suspend', duration: null })).json.issues[0].path).toBe(
      'action',
    )
    expect((await room.decide(unknown.json.case, { action: 'suspend-credential' })).status).toBe(201)
  })

  it.each([
    ['another scope', allegation('wrk_005'), 'badges:write', 403],
    ['a worker who is not there', allegation('wrk_999'), undefined, 404],
    ['an odd subject', allegation('wrk_005', { subject: 'job:1' }), undefined, 422],
    ['no policy', allegation('wrk_005', { policy: '' }), undefined, 422],
    ['text for evidence', allegation('wrk_005', { evidence: 'seen' }), undefined, 422],
    ['too much evidence', allegation('wrk_005', { evidence: { text: 'あ'.repeat(5_500) } }), undefined, 422],
  ])('is refused with %s', async (_, body, scope, status) => {
    expect((await open(body, scope ? { scope } : {})).status).toBe(status)
  })

  it('is not opened by people, and hides other cases from the plugin', async () => {
    expect((await room.as('opr_demo', 'POST', '/v1/moderation/cases', allegation('wrk_005'))).status).toBe(401)
    const job = await room.job('held')
    expect((await room.plugin_('GET', `/v1/moderation/cases/${await room.caseAbout(job)}`)).status).toBe(404)
    expect((await room.plugin_('GET', '/v1/moderation/cases/cas_none')).status).toBe(404)
    expect(
      (
        await room.plugin_('GET', `/v1/moderation/cases/${await opened('wrk_005')}`, undefined, {
          scope: 'reviews:read',
        })
      ).status,
    ).toBe(403)
  })
})

describe('what the plugin hears', () => {
  it('is the decision, and once more that it is final when six months have passed', async () => {
    const id = await opened('wrk_010')
    const { statement } = (await room.decide(id, { action: 'revoke-credential' })).json
    expect(statement).toMatchObject({
      source: 'plugin',
      detectedAutomatically: true,
      decidedAutomatically: false,
      scope: [{ kind: 'credential', target: 'crd_wrk_010', effect: 'revoke-credential' }],
      duration: { from: '2026-11-25T03:00:00.000Z', until: null },
    })
    // the plugin's code alone would tell the worker nothing, and in one language
    expect(statement.rule.text).toEqual({
      ja: '検定サービスの受験の決まり（integrity/answer-copying）に反していました。',
      en: 'It broke a rule of the certification service for taking its exams (integrity/answer-copying).',
    })
    const data = { case: id, subject: 'credential:crd_wrk_010' }
    expect(await told('wrk_010')).toEqual([{ type: 'moderation.case_decided', version: 2, data }])
    expect(await read(id)).toMatchObject({
      status: 'closed',
      decision: { action: 'revoke-credential', decidedAt: '2026-11-25T03:00:00.000Z' },
      appeal: null,
      final: false,
      version: 2,
    })
    expect((await room.notices('wrk_010'))[0]).toMatchObject({ kind: 'decision', action: 'revoke-credential' })
    halfYear()
    await room.timers()
    expect(await told('wrk_010')).toEqual([
      { type: 'moderation.case_decided', version: 2, data },
      { type: 'moderation.case_decided', version: 3, data },
    ])
    expect(await read(id)).toMatchObject({ decision: { action: 'revoke-credential' }, final: true, version: 3 })
    const [first] = await room.announced('wrk_010')
    expect(marketplaceEvent.parse(eventOf((first as NonNullable<typeof first>).message)).data).toEqual({
      ...data,
      worker: 'wrk_010',
      version: 2,
    })
  })

  it('is what became of an appeal', async () => {
    const id = await opened('wrk_011')
    const { decision } = (await room.decide(id, { action: 'suspend-credential' })).json
    const { appeal } = (await room.appeal('wrk_011', decision)).json
    expect(await read(id)).toMatchObject({ status: 'escalated', appeal: null, final: false, version: 3 })
    await room.judge(appeal, { outcome: 'reverse' })
    expect(await told('wrk_011')).toMatchObject([
      { type: 'moderation.case_decided', version: 2 },
      { type: 'moderation.appeal_decided', version: 4 },
    ])
    expect(await read(id)).toMatchObject({
      status: 'closed',
      decision: { action: 'suspend-credential' },
      appeal: { outcome: 'reverse' },
      final: true,
      version: 4,
    })
  })

  it('is a milder decision in the place of the first', async () => {
    const id = await opened('wrk_012')
    const { decision } = (await room.decide(id, { action: 'revoke-credential' })).json
    const { appeal } = (await room.appeal('wrk_012', decision)).json
    expect((await room.judge(appeal, { outcome: 'modify', action: 'suspend', duration: 'P1D' })).json.code).toBe(
      'malformed',
    )
    await room.judge(appeal, { outcome: 'modify', action: 'suspend-credential' })
    expect(await read(id)).toMatchObject({
      decision: { action: 'suspend-credential' },
      appeal: { outcome: 'modify' },
      final: true,
    })
  })

  it('of a suspended worker is the standing as well', async () => {
    const id = await opened('wrk_013')
    await room.decide(id, { action: 'suspend', duration: 'P30D' })
    expect((await room.announced('wrk_013')).map(({ type }) => type).sort()).toEqual([
      'moderation.case_decided',
      'worker.standing_changed',
    ])
    expect((await findWorker(room.world.db, 'wrk_013'))?.standing).toBe('suspended')
  })

  it('of no action is final at once', async () => {
    const id = await opened('wrk_014')
    await room.decide(id, { action: 'no-action' })
    expect(await read(id)).toMatchObject({ decision: { action: 'no-action' }, final: true, version: 2 })
  })

  it('is nothing of the claims, notes and reports of a case, whose version grows all the same', async () => {
    const id = await opened('wrk_015')
    await room.as('opr_demo', 'POST', `/v1/operators/subjects/${id}/claim`)
    expect(await told('wrk_015')).toEqual([])
    expect((await read(id)).version).toBe(2)
  })
})
