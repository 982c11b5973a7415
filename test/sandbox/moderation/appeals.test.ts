import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant, plusPeriod } from '../../../src/kernel/instant.ts'
import { readLabels } from '../../../src/sandbox/moderation/label/store.ts'
import { findClient } from '../../../src/sandbox/people/store.ts'
import { DAY, type ModerationRoom, openModerationRoom } from '../../support/sandbox/moderation-room.ts'

let room: ModerationRoom
beforeAll(async () => {
  room = await openModerationRoom()
})
afterAll(() => room.close())

const taken = async (client: string, more: object = {}, reporter = 'wrk_001') => {
  const job = await room.job('published', client)
  await room.report(reporter, job)
  const id = await room.caseAbout(job)
  const decision = (await room.takeDown(id, more)).json.decision as string
  return { job, id, decision }
}
const appealed = async (client: string, more: object = {}, reporter = 'wrk_001') => {
  const known = await taken(client, more, reporter)
  return { ...known, appeal: (await room.appeal(client, known.decision)).json.appeal as string }
}
const standing = async (client: string) => (await findClient(room.world.db, client))?.standing

describe('an appeal', () => {
  it('returns the case to the queue, before one that was reported once', async () => {
    const { id, decision } = await taken('cli_01')
    const answer = await room.appeal('cli_01', decision)
    expect(answer.status).toBe(201)
    expect(answer.json).toMatchObject({ appeal: expect.stringMatching(/^apc_/), decision, status: 'open' })
    expect(await room.shown(id)).toMatchObject({
      status: 'escalated',
      awaiting: 'appeal',
      final: false,
      appeals: [{ text: '誤解です。', outcome: null }],
    })
    expect((await room.queue()).map((subject) => subject.case)).toContain(id)
  })

  it('is for the person concerned only, once', async () => {
    const { decision } = await taken('cli_02')
    expect((await room.appeal('cli_03', decision)).status).toBe(404)
    expect((await room.appeal('wrk_001', decision)).status).toBe(404)
    expect((await room.appeal('opr_demo', decision)).status).toBe(403)
    expect((await room.appeal('cli_02', decision, ' ')).status).toBe(422)
    const first = await room.appeal('cli_02', decision)
    expect((await room.appeal('cli_02', decision)).json).toEqual(first.json)
    expect((await room.appeal('cli_02', decision, 'もう一度')).json.code).toBe('already-done')
  })

  it('sent twice at once is one', async () => {
    const { decision, id } = await taken('cli_02')
    const answers = await Promise.all([room.appeal('cli_02', decision, '一'), room.appeal('cli_02', decision, '二')])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect((await room.shown(id)).appeals).toHaveLength(1)
  })

  it('is judged by another operator than who decided', async () => {
    const { appeal, id } = await appealed('cli_03')
    expect((await room.judge(appeal, { outcome: 'uphold' }, 'opr_demo')).json).toMatchObject({
      status: 403,
      code: 'same-person',
    })
    expect((await room.as('opr_demo', 'POST', `/v1/operators/subjects/${id}/claim`)).json.code).toBe('same-person')
    expect((await room.decide(id, { action: 'no-action' }, 'opr_second')).json.code).toBe('wrong-state')
    expect((await room.judge(appeal, { outcome: 'uphold' }, 'cli_03')).status).toBe(403)
    expect((await room.judge(appeal, { outcome: 'uphold' })).status).toBe(200)
    expect((await room.judge('apc_none', { outcome: 'uphold' })).status).toBe(404)
  })

  it('that is turned down leaves everything as it is, and final', async () => {
    const { appeal, id, job } = await appealed('cli_04')
    const judged = await room.judge(appeal, { outcome: 'uphold' })
    expect(judged.json).toMatchObject({ outcome: 'uphold', final: true })
    expect((await room.judge(appeal, { outcome: 'uphold' })).json).toEqual(judged.json)
    expect((await room.judge(appeal, { outcome: 'reverse' })).json.code).toBe('already-done')
    expect(await room.state(job)).toBe('taken-down')
    expect(await room.shown(id)).toMatchObject({ status: 'closed', final: true, appeal: { outcome: 'uphold' } })
    expect((await room.notices('cli_04'))[0]).toMatchObject({ kind: 'appeal-decided', outcome: 'uphold' })
    expect((await room.notices('cli_04'))[0]?.text.ja).toContain('読み直しました。')
  })

  it('that is granted undoes the measure, the label and the record of whoever reported, and tells both', async () => {
    const { appeal, job } = await appealed('cli_05', { action: 'suspend', duration: null }, 'wrk_030')
    expect(await standing('cli_05')).toBe('suspended')
    expect((await room.as('opr_demo', 'GET', '/v1/operators/reporters/wrk_030')).json).toMatchObject({
      upheld: 1,
      rejected: 0,
    })
    await room.judge(appeal, { outcome: 'reverse' })
    expect([await standing('cli_05'), await room.state(job)]).toEqual(['good', 'published'])
    expect((await room.as('opr_demo', 'GET', '/v1/operators/reporters/wrk_030')).json).toMatchObject({
      upheld: 0,
      rejected: 1,
    })
    expect((await room.notices('wrk_030'))[0]).toMatchObject({ kind: 'report-reconsidered', outcome: 'no-measure' })
    expect((await room.notices('cli_05'))[0]).toMatchObject({ kind: 'appeal-decided', outcome: 'reverse' })
    expect((await readLabels(room.world.db)).filter((label) => label.job === job)).toMatchObject([
      { kinds: [], operator: 'opr_second' },
    ])
  })

  it('that is granted leaves what another decision does', async () => {
    const first = await appealed('cli_06', { action: 'restrict', duration: null })
    await taken('cli_06', { action: 'restrict', duration: null })
    await room.judge(first.appeal, { outcome: 'reverse' })
    expect([await standing('cli_06'), await room.state(first.job)]).toEqual(['restricted', 'published'])
  })

  it('may end in something milder, counted from the first decision, never in anything harsher', async () => {
    const { appeal, job, decision } = await appealed('cli_07', {
      action: 'suspend',
      duration: 'P20D',
      rule: '規約 7 条',
    })
    const modify = (body: object) => room.judge(appeal, { outcome: 'modify', ...body })
    expect((await modify({})).json.issues[0].path).toBe('action')
    expect((await modify({ action: 'suspend', duration: null })).json.issues[0].message).toContain('harsher')
    expect((await modify({ action: 'suspend', duration: 'P20D' })).status).toBe(422)
    expect((await modify({ action: 'no-action' })).status).toBe(422)
    expect((await modify({ action: 'restrict' })).json.issues[0].path).toBe('duration')
    room.advance(DAY)
    const begin = room.clock.now - DAY
    const { json, status } = await modify({ action: 'take-down', duration: 'P10D' })
    expect(status).toBe(200)
    expect(json.decision).not.toBe(decision)
    expect(json.statement.duration).toEqual({
      from: new Date(begin).toISOString(),
      until: new Date(begin + 10 * DAY).toISOString(),
    })
    expect(json.statement).toMatchObject({ redress: { appealUntil: null }, rule: { kinds: ['off-platform-contact'] } })
    expect(json.statement.rule.text.ja.split('\n').at(-1)).toBe('規約 7 条')
    expect([await standing('cli_07'), await room.state(job)]).toEqual(['good', 'taken-down'])
    expect((await room.appeal('cli_07', json.decision)).json.code).toBe('already-done')
    room.at(begin + 10 * DAY)
    await room.timers()
    expect(await room.state(job)).toBe('published')
  })
})

describe('an appeal against what has ended', () => {
  it('begins nothing again: neither the milder measure nor one that would be over by now', async () => {
    const { appeal, job } = await appealed('cli_11', { action: 'suspend', duration: 'P30D' }, 'wrk_002')
    room.advance(40 * DAY)
    await room.timers()
    const modify = (body: object) => room.judge(appeal, { outcome: 'modify', ...body })
    expect((await modify({ action: 'restrict', duration: 'P90D' })).json.issues[0].message).toContain('harsher')
    expect((await modify({ action: 'suspend', duration: 'P10D' })).status).toBe(200)
    expect([await standing('cli_11'), await room.state(job)]).toEqual(['good', 'published'])
  })

  it('that is late to end is not prolonged by what would be over by now', async () => {
    const { appeal, job } = await appealed('cli_12', { action: 'take-down', duration: 'P60D' }, 'wrk_002')
    room.advance(40 * DAY)
    expect(
      (await room.judge(appeal, { outcome: 'modify', action: 'take-down', duration: 'P10D' })).json.statement.duration,
    ).not.toBeNull()
    expect(await room.state(job)).toBe('published')
  })
})

describe('six months', () => {
  const decidedAt = instant(Date.parse('2027-08-31T12:00:00Z'))
  const end = instant(Date.parse('2028-02-29T12:00:00Z'))

  it('are months of the calendar', () => {
    expect(plusPeriod(decidedAt, { years: 0, months: 6, days: 0 })).toBe(end)
  })

  it('pass to the millisecond: an appeal is taken until then, and refused from then on', async () => {
    room.at(decidedAt)
    await room.timers()
    const [early, late] = [await taken('cli_08'), await taken('cli_09')]
    room.at(end - 1)
    expect((await room.timers()).fired).toBe(0)
    expect((await room.appeal('cli_08', early.decision)).status).toBe(201)
    room.at(end)
    expect((await room.appeal('cli_09', late.decision)).json).toMatchObject({
      code: 'window-closed',
      closedAt: '2028-02-29T12:00:00.000Z',
    })
    expect((await room.shown(late.id)).final).toBe(false)
    expect((await Promise.all([room.timers(), room.timers()])).reduce((sum, { fired }) => sum + fired, 0)).toBe(1)
    expect(await room.shown(late.id)).toMatchObject({ final: true, status: 'closed' })
    expect((await room.appeal('cli_09', late.decision)).json.code).toBe('window-closed')
    // who appealed in time waits for a person, however long that takes
    expect(await room.shown(early.id)).toMatchObject({ final: false, awaiting: 'appeal' })
    expect((await room.timers()).fired).toBe(0)
  })

  it('do not apply to a decision that takes nothing away: it is final at once', async () => {
    const job = await room.job('published', 'cli_10')
    await room.report('wrk_001', job)
    const id = await room.caseAbout(job)
    const { decision } = (await room.decide(id, { action: 'no-action' })).json
    expect((await room.shown(id)).final).toBe(true)
    expect((await room.appeal('cli_10', decision)).json.code).toBe('wrong-state')
  })
})
