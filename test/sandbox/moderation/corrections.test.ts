import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { showWorkRecord } from '../../../src/sandbox/flows/show-worker.ts'
import { findJob } from '../../../src/sandbox/job/store.ts'
import { readLabels } from '../../../src/sandbox/moderation/label/store.ts'
import { casesAbout } from '../../../src/sandbox/moderation/store.ts'
import { type ModerationRoom, openModerationRoom } from '../../support/sandbox/moderation-room.ts'
import { visitor } from '../../support/sandbox/visitor.ts'

let room: ModerationRoom
beforeAll(async () => {
  room = await openModerationRoom()
})
afterAll(() => room.close())

const ask = async (job: string) => {
  const id = await room.caseAbout(job)
  const { status, json } = await room.decide(id, {
    ...{ action: 'correct', kinds: ['off-platform-contact'], facts: '連絡先を消して、もう一度出してください。' },
  })
  expect(status, JSON.stringify(json)).toBe(201)
  return { case: id, decision: json.decision as string, statement: json.statement }
}
const corrected = {
  title: '名簿の整理（月末）',
  body: '名簿を五十音順に並べ替えてください。応募はこのサイトの応募欄からお願いします。',
}

describe('a client who is asked to correct a post', () => {
  it('is told why and until when, sees it taken out of the list, and may appeal as against any measure', async () => {
    const job = await room.job('queued', 'cli_01')
    const { statement } = await ask(job)
    expect(await room.state(job)).toBe('taken-down')
    expect((await room.as('wrk_001', 'GET', `/v1/jobs/${job}`)).json.code).toBe('taken-down')
    expect(statement).toMatchObject({
      action: 'correct',
      duration: { until: null },
      redress: { decidedBy: 'another-person' },
      rule: { kinds: ['off-platform-contact'] },
    })
    expect(statement.text.ja).toContain('修正した募集が確かめられるまで')
    expect(statement.text.en).toContain('until the corrected post has been looked at')
    expect((await room.notices('cli_01')).some(({ kind }) => kind === 'decision')).toBe(true)
  })

  it('hands it in again: it waits for a person, who publishes it', async () => {
    const job = await room.job('queued', 'cli_02')
    const first = await ask(job)
    const edited = await room.as('cli_02', 'POST', `/v1/jobs/${job}/edit`, corrected)
    expect([edited.status, edited.json.state]).toEqual([200, 'held'])
    const [second] = await casesAbout(room.world.db, 'job', job)
    expect(second?.id).not.toBe(first.case)
    expect((await room.decide(second?.id ?? '', { action: 'no-action' })).status).toBe(201)
    expect(await room.state(job)).toBe('published')
    expect((await findJob(room.world.db, job))?.title).toBe(corrected.title)
  })

  it('is named as it was corrected on the profile of whoever did the work', async () => {
    const job = await room.job('queued', 'cli_09')
    const terms = { job, worker: 'wrk_042', title: '清書', category: 'business-admin', amount: 500 }
    const contract = (await room.as('cli_09', 'POST', '/v1/contracts', terms)).json.id
    for (const [user, step] of [
      ['cli_09', 'fund'],
      ['wrk_042', 'start'],
      ['cli_09', 'release'],
    ] as const)
      expect((await room.as(user, 'POST', `/v1/contracts/${contract}/${step}`, {})).status).toBe(200)
    const shown = async () =>
      (await showWorkRecord(room.world, 'wrk_042')).concluded.find((work) => work.contract === contract)?.title
    expect(await shown()).toBe((await findJob(room.world.db, job))?.title)
    await ask(job)
    expect(await shown()).toBeNull()
    await room.as('cli_09', 'POST', `/v1/jobs/${job}/edit`, corrected)
    await room.decide(await room.caseAbout(job), { action: 'no-action' })
    expect(await shown()).toBe(corrected.title)
  })

  it('has what was decided about learnt as good, and not what was written since, when an appeal succeeds later', async () => {
    const job = await room.job('queued', 'cli_07')
    const before = (await findJob(room.world.db, job))?.title
    const { decision } = await ask(job)
    await room.as('cli_07', 'POST', `/v1/jobs/${job}/edit`, corrected)
    const { json } = await room.appeal('cli_07', decision)
    expect((await room.judge(json.appeal, { outcome: 'reverse' })).status).toBe(200)
    const [label] = (await readLabels(room.world.db)).filter((one) => one.job === job)
    expect(label).toMatchObject({ kinds: [], title: before, operator: 'opr_second' })
    expect(await room.state(job)).toBe('held')
  })

  it('is judged on appeal by what was decided about, and not by what was written since', async () => {
    const job = await room.job('queued', 'cli_08')
    const before = (await findJob(room.world.db, job))?.title as string
    const { case: id, decision } = await ask(job)
    await room.as('cli_08', 'POST', `/v1/jobs/${job}/edit`, corrected)
    await room.appeal('cli_08', decision)
    expect((await room.shown(id, 'opr_second')).job).toMatchObject({
      title: before,
      rewritten: { title: corrected.title },
    })
    const second = visitor(room)
    await second.signIn('opr_second')
    const { text } = await second.open(`/operators/subjects/${id}`)
    expect(text).toContain('決定のときの内容です')
    expect(text.indexOf(before)).toBeLessThan(text.indexOf(corrected.title))
    expect((await second.open('/operators/appeals')).text).toContain(before)
    expect((await second.open('/operators/appeals')).text).not.toContain(corrected.title)
  })

  it('is not held for the like of it afterwards: only what is taken down for good is remembered', async () => {
    const job = await room.job('held', 'cli_03')
    const { body } = (await findJob(room.world.db, job)) ?? { body: '' }
    await ask(job)
    const again = await room.as('cli_04', 'POST', '/v1/jobs', {
      ...{ title: '別の名簿の整理', body, category: 'business-admin', pay: { type: 'fixed', amount: 5_000 } },
      sendAnyway: true,
    })
    expect((await findJob(room.world.db, again.json.id))?.assessment.precedent).toBeUndefined()
  })

  it('may not edit a post that was taken down otherwise, or that another decision keeps down as well', async () => {
    const job = await room.job('queued', 'cli_05')
    await room.takeDown(await room.caseAbout(job))
    const refused = await room.as('cli_05', 'POST', `/v1/jobs/${job}/edit`, corrected)
    expect(refused.json).toMatchObject({ code: 'wrong-state', state: 'taken-down' })
  })

  it('has it back as it was when an appeal reverses the request', async () => {
    const job = await room.job('queued', 'cli_06')
    const { decision } = await ask(job)
    const { json } = await room.appeal('cli_06', decision)
    expect((await room.judge(json.appeal, { outcome: 'reverse' })).status).toBe(200)
    expect(await room.state(job)).toBe('published')
  })

  it('who rewrites a post that waits has it decided by somebody who has read what it says now', async () => {
    const job = await room.job('queued', 'cli_09')
    const id = await room.caseAbout(job)
    await room.as('cli_09', 'POST', `/v1/jobs/${job}/edit`, corrected)
    expect((await room.decide(id, { action: 'no-action' })).json.code).toBe('conflict')
    const { version } = await room.shown(id)
    expect((await room.decide(id, { action: 'no-action', version })).status).toBe(201)
  })
})
