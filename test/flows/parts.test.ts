import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tasksOf } from '../../src/attempt/tasks/store.ts'
import { bankHash } from '../../src/authoring/content-hash.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { measureTasks } from '../../src/flows/read-item-statistics.ts'
import type { PresentedSection } from '../../src/form/form.ts'
import type { AttemptId } from '../../src/kernel/id.ts'
import { days, instant, minus, minutes, plusPeriod } from '../../src/kernel/instant.ts'
import { streamOf } from '../../src/task/draw-task.ts'
import type { Entries } from '../../src/task/present.ts'
import { tableBots } from '../../src/task/table/bots.ts'
import type { TableKey } from '../../src/task/table/key.ts'
import type { TaskInstance } from '../../src/task/task.ts'
import { operator, rows } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, type Reply } from '../support/fixed-world.ts'
import { modelSaves } from '../support/model-answer.ts'
import { tinyBank } from '../support/tiny-bank.ts'
import { twoPartBank } from '../support/two-part-bank.ts'

const bank = twoPartBank()
let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
  await publishExam(w.world, bank)
})
afterEach(() => w.close())

interface Sat {
  readonly id: string
  readonly token: string
  readonly lease: string
  readonly sections: readonly PresentedSection[]
  readonly reply: Reply
}

const start = async (worker: string, part?: string): Promise<Reply & { readonly token: string }> => {
  const { token } = await w.launch(worker)
  const reply = await w.call('POST', '/api/exams/tiny/attempts', {
    token,
    body: { locale: 'ja', ...(part ? { part } : {}) },
  })
  return { ...reply, token }
}

async function sit(worker: string, part?: string): Promise<Sat> {
  const reply = await start(worker, part)
  expect(reply.status, reply.text).toBe(201)
  const { id, lease, sections } = reply.json
  return { id, token: reply.token, lease, sections, reply }
}

type Json = Record<string, unknown>
const page = (path: string): Promise<Reply> => w.call('GET', path, { headers: { accept: 'text/html' } })

const save = (sat: Sat, saves: readonly unknown[]): Promise<Reply> =>
  w.call('PUT', `/api/attempts/${sat.id}/responses`, { token: sat.token, body: { lease: sat.lease, saves } })

const submit = (sat: Sat): Promise<Reply> =>
  w.call('POST', `/api/attempts/${sat.id}/submit`, { token: sat.token, body: { lease: sat.lease } })

/** Answers a share of the knowledge part's items rightly, and hands it in. */
async function knowledge(worker: string, share = 1): Promise<Reply> {
  const sat = await sit(worker, 'knowledge')
  const right = modelSaves(bank, sat.sections)
  await save(sat, right.slice(0, Math.round(right.length * share)))
  return submit(sat)
}

const instancesOf = async (id: string) =>
  (await tasksOf(w.world.db, id as AttemptId)) as { ref: string; instance: TaskInstance<TableKey> }[]

const play = (name: string, instance: TaskInstance<TableKey>): Entries =>
  tableBots.find((bot) => bot.name === name)?.play(instance, streamOf(instance.seed, name)) ?? {}

async function practical(worker: string, bot = 'perfect'): Promise<{ readonly sat: Sat; readonly result: Reply }> {
  const sat = await sit(worker, 'practical')
  for (const { ref, instance } of await instancesOf(sat.id)) {
    const reply = await save(sat, [{ item: ref, revision: 1, response: { entries: play(bot, instance) } }])
    expect(reply.status, reply.text).toBe(200)
  }
  return { sat, result: await submit(sat) }
}

describe('an exam in two parts', () => {
  it('tells its parts, and that the practical part opens after the knowledge part', async () => {
    const { token } = await w.launch('w-1')
    const exam = (await w.call('GET', '/api/exams/tiny', { token })).json
    expect(exam).toMatchObject({
      timeLimitSeconds: 4_200,
      itemCount: 10,
      parts: [
        { id: 'knowledge', timeLimitSeconds: 1_200, itemCount: 8, taskCount: 0, weight: 30, floor: 50 },
        { id: 'practical', timeLimitSeconds: 3_000, itemCount: 0, taskCount: 2, weight: 70, floor: 60 },
      ],
      eligibility: {
        mayStart: true,
        parts: [
          { part: 'knowledge', mayStart: true, attemptsLeft: 4 },
          { part: 'practical', mayStart: false, reason: 'part-order', attemptsLeft: 4 },
        ],
      },
    })
    expect(await start('w-1', 'practical')).toMatchObject({ status: 409, json: { reason: 'part-order' } })
    expect((await start('w-1', 'oral')).status).toBe(422)
  })

  it('gives a part that is being sat the time that a launch makes of its own limit, not of the whole exam', async () => {
    const { id, token, reply } = await sit('w-1', 'knowledge')
    const begun = Date.parse(reply.json.startedAt)
    const deadline = async () =>
      (Date.parse((await w.call('GET', `/api/attempts/${id}`, { token })).json.deadline) - begun) / 60_000
    expect(await deadline()).toBe(20)
    await w.launch('w-1', { timeMultiplier: 1 })
    expect(await deadline()).toBe(20)
    await w.launch('w-1', { timeMultiplier: 1.5 })
    expect(await deadline()).toBe(30)
  })

  it('is no fail in the records of whoever reached the floor of its first part', async () => {
    const { token } = await w.launch('w-1')
    const records = async () =>
      (await w.call('GET', '/records', { token, headers: { accept: 'text/html' } })).text.replace(/<[^>]*>/g, ' ')
    await knowledge('w-1')
    expect(await records()).toMatch(/3級 知識の部[^]*最低点に届いています/)
    expect(await records()).not.toContain('届かず')
    await practical('w-1', 'untouched')
    expect(await records()).toMatch(/3級 実技の部[^級]*届かず/)
    expect(await records()).toMatch(/3級 知識の部[^級]*最低点に届いています/)
  })

  it('certifies whoever passes both: knowledge leaves the decision open, practice closes it', async () => {
    const first = await knowledge('w-1')
    expect(first.json).toMatchObject({ part: 'knowledge', score: 100, decision: { state: 'open' } })
    expect(first.json).not.toHaveProperty('passed')
    expect(first.json).not.toHaveProperty('credential')

    const { sat, result } = await practical('w-1')
    expect(sat.reply.json).toMatchObject({ part: 'practical' })
    expect(result.json).toMatchObject({
      part: 'practical',
      passed: true,
      score: 100,
      decision: {
        state: 'passed',
        parts: [
          { part: 'knowledge', score: 100 },
          { part: 'practical', score: 100 },
        ],
      },
      tasks: [
        { ref: 't1', standing: 'above' },
        { ref: 't2', standing: 'above' },
      ],
    })
    expect(result.json.credential).toMatch(/^crd_/)
    expect(result.json.tasks[0].notes).toContainEqual({ skill: 'dr-5', text: '重複：4組のうち4組を見つけました' })
  })

  it('without a named part starts the one that comes next', async () => {
    expect((await sit('w-1')).reply.json.part).toBe('knowledge')
    const open = await start('w-1')
    expect(open).toMatchObject({ status: 200, json: { part: 'knowledge' } })
    await knowledge('w-2')
    expect((await sit('w-2')).reply.json.part).toBe('practical')
  })

  it('whoever misses the floor of the knowledge part has failed, and practice stays closed', async () => {
    const result = await knowledge('w-1', 0.25)
    expect(result.json).toMatchObject({ passed: false, decision: { state: 'failed' } })
    expect((await start('w-1', 'practical')).json).toMatchObject({ code: 'not-eligible', reason: 'part-order' })
  })

  it('whoever misses the floor of practice has failed, whatever the knowledge was', async () => {
    await knowledge('w-1')
    const { result } = await practical('w-1', 'careful-script')
    expect(result.json).toMatchObject({ passed: false, decision: { state: 'failed' } })
    expect(result.json.retryAt).toBeDefined()
  })

  it('each part has its own wait and its own attempts of a year', async () => {
    await knowledge('w-1')
    expect((await start('w-1', 'knowledge')).json).toMatchObject({ reason: 'retake-wait', attemptsLeft: 3 })
    expect((await start('w-1', 'practical')).status).toBe(201)
  })

  it('a score of knowledge is kept for six months, and then the part is sat again', async () => {
    await knowledge('w-1')
    w.clock.advance(days(200))
    expect((await start('w-1', 'practical')).json).toMatchObject({ reason: 'part-order' })
  })

  it('a score of knowledge that was kept when practice began counts, though it ended meanwhile', async () => {
    const { closedAt } = (await knowledge('w-1')).json
    const keptUntil = plusPeriod(instant(Date.parse(closedAt)), { years: 0, months: 6, days: 0 })
    w.clock.now = minus(keptUntil, minutes(10))
    const sat = await sit('w-1', 'practical')
    w.clock.advance(minutes(20))
    for (const { ref, instance } of await instancesOf(sat.id))
      await save(sat, [{ item: ref, revision: 1, response: { entries: play('perfect', instance) } }])
    expect((await submit(sat)).json).toMatchObject({ passed: true, decision: { state: 'passed' } })
  })

  it('the latest sitting counts, not the best', async () => {
    await knowledge('w-1')
    w.clock.advance(days(15))
    await knowledge('w-1', 0.25)
    expect((await start('w-1', 'practical')).json).toMatchObject({ reason: 'part-order' })
  })

  it('each part has a deadline of its own', async () => {
    const sat = await sit('w-1', 'knowledge')
    expect(Date.parse(sat.reply.json.deadline) - Date.parse(sat.reply.json.startedAt)).toBe(minutes(20))
  })
})

describe('the certificate of an exam in two parts', () => {
  const PRACTICE =
    '実技2課題（50分、道具は自由、監督なし）で、指示どおりの成果物を仕上げました。誰がどの道具で作ったかは、確かめていません。'
  const UNTRIED = 'まだ人による試行を経ていません'

  async function earn(worker: string): Promise<string> {
    await knowledge(worker)
    return (await practical(worker)).result.json.credential
  }

  it('tells the band of each part beside that of both, and what each had to reach', async () => {
    const document = (await w.call('GET', `/credentials/${await earn('w-1')}.json`)).json
    const achievement = 'https://kentei.example/achievements/tiny'
    expect(document.credentialSubject.result.map((one: Json) => [one.resultDescription, one.value])).toEqual([
      [`${achievement}#score`, '90-100'],
      [`${achievement}#status`, 'Completed'],
      [`${achievement}#knowledge`, '90-100'],
      [`${achievement}#practical`, '90-100'],
    ])
    const told = document.credentialSubject.achievement
    expect(told.resultDescription.map((one: Json) => one.requiredValue)).toEqual(['70', undefined, '50', '60'])
    expect(told.criteria.narrative).toBe(
      '知識8問（20分）と実技2課題（50分、道具は自由、監督なし）の2部からなる試験です。知識30%、実技70%の割合で合わせて70%以上、かつ知識で50%以上、実技で60%以上を合格とします。',
    )
    const { criteria } = (await w.call('GET', '/achievements/tiny?lang=ja')).json
    expect(criteria.narrative).toBe(told.criteria.narrative)
  })

  it('says what was done, that nobody checked who did it, and that no pilot has run', async () => {
    const id = await earn('w-1')
    const { narrative } = (await w.call('GET', `/credentials/${id}.json`)).json.credentialSubject
    for (const text of [
      narrative,
      (await page(`/credentials/${id}?lang=ja`)).text,
      (await page(`/credentials/${id}/print?lang=ja`)).text,
    ]) {
      expect(text).toContain(PRACTICE)
      expect(text).toContain(UNTRIED)
    }
    const english = (await page(`/credentials/${id}?lang=en`)).text
    expect(english).toContain(
      'Finished 2 practical tasks as instructed (50 minutes, any tools, unsupervised). Who made the work, and with which tools, was not checked.',
    )
    expect(english).toContain('Knowledge + practice')
  })

  it('has a ribbon and two bands on its picture', async () => {
    const { text } = await page(`/credentials/${await earn('w-1')}?lang=ja`)
    expect(text).toContain('（知識＋実技）、知識 90–100点、実技 90–100点')
  })

  it('is told of no pilot any more once thirty papers held every family', async () => {
    const id = await earn('w-1')
    const [one] = await rows(w, 'select id from attempts limit 1')
    for (const { id: family } of bank.tasks ?? [])
      for (let i = 0; i < 30; i++)
        await rows(
          w,
          `insert into task_instances select '${one.id}', ?, exam, ?, family_hash, kind, seed, generator, grader, drawing, hash, drawn_at
            from task_instances limit 1`,
          [`x-${family}-${i}`, family],
        )
    expect((await page(`/credentials/${id}?lang=ja`)).text).not.toContain(UNTRIED)
  })
})

describe('a valid certificate of a version that was one paper', () => {
  /** Passes version 2, before version 3 is published. */
  async function holdVersion2(worker: string): Promise<string> {
    const { exam, items } = tinyBank()
    const one = { exam: { ...exam, version: bank.exam.version - 1 }, items }
    await publishExam(w.world, { ...one, hash: bankHash(one) })
    const { token } = await w.launch(worker)
    const { id, lease, sections } = (
      await w.call('POST', '/api/exams/tiny/attempts', { token, body: { locale: 'ja' } })
    ).json
    const right = modelSaves(bank, sections)
    await w.call('PUT', `/api/attempts/${id}/responses`, { token, body: { lease, saves: right.slice(0, -1) } })
    const { credential } = (await w.call('POST', `/api/attempts/${id}/submit`, { token, body: { lease } })).json
    await publishExam(w.world, bank)
    w.clock.advance(days(20))
    return credential
  }

  const examOf = async (worker: string) =>
    (await w.call('GET', '/api/exams/tiny', { token: (await w.launch(worker)).token })).json

  it('stands in for knowledge: practice is open, and decides with its score', async () => {
    const old = await holdVersion2('w-1')
    expect((await examOf('w-1')).eligibility.parts).toMatchObject([
      { part: 'knowledge', certificate: old },
      { part: 'practical', mayStart: true },
    ])
    const { result } = await practical('w-1')
    const [credential] = await rows(w, 'select valid_until from credentials where id = ?', [old])
    expect(result.json).toMatchObject({
      passed: true,
      decision: {
        state: 'passed',
        parts: [
          {
            part: 'knowledge',
            certificate: old,
            keptUntil: new Date(credential.valid_until).toISOString(),
          },
          { part: 'practical', score: 100 },
        ],
      },
    })
    expect(result.json.decision.parts[0].score).toBeLessThan(100)
    const { narrative } = (await w.call('GET', `/credentials/${result.json.credential}.json`)).json.credentialSubject
    expect(narrative).toContain(`知識の得点には、第${bank.exam.version - 1}版の証明書 ${old} の得点を使いました。`)
  })

  it('says 「知識のみ」 itself', async () => {
    const { text } = await page(`/credentials/${await holdVersion2('w-1')}?lang=ja`)
    expect(text).toContain('知識のみ')
    expect(text).not.toContain('実技2課題')
  })

  it('gives way to a sitting of the part, also to a worse one', async () => {
    await holdVersion2('w-1')
    expect((await knowledge('w-1', 0.25)).json.decision).toMatchObject({ state: 'failed' })
    expect((await start('w-1', 'practical')).json).toMatchObject({ reason: 'part-order' })
  })

  it('is worth nothing after its end', async () => {
    await holdVersion2('w-1')
    w.clock.advance(days(800))
    expect((await examOf('w-1')).eligibility.parts[0]).not.toHaveProperty('certificate')
    expect((await start('w-1', 'practical')).json).toMatchObject({ reason: 'part-order' })
  })

  it.each(['suspended', 'revoked'])('is worth nothing while it is %s', async (status) => {
    const old = await holdVersion2('w-1')
    await rows(w, 'update credentials set status = ? where id = ?', [status, old])
    expect((await start('w-1', 'practical')).json).toMatchObject({ reason: 'part-order' })
  })
})

describe('the tasks of a practical part', () => {
  it('stand in sections of their own, with fields and without keys', async () => {
    await knowledge('w-1')
    const sat = await sit('w-1', 'practical')
    expect(sat.sections.map(({ id }) => id)).toEqual(['t1', 't2'])
    expect(sat.sections[0]?.items[0]).toMatchObject({ ref: 't1', type: 'task', kind: 'table', points: 30 })
    for (const { instance } of await instancesOf(sat.id))
      for (const cell of Object.values(instance.key.cells))
        if (cell.as === 'fault') expect(JSON.stringify(sat.reply.json)).not.toContain(JSON.stringify(cell))
    expect(sat.reply.text).not.toContain('"key"')
  })

  it('are other families than those that this person has seen', async () => {
    const families = new Set<string>()
    await knowledge('w-1')
    for (let sitting = 0; sitting < 2; sitting++) {
      const { sat } = await practical('w-1')
      for (const { instance } of await instancesOf(sat.id)) families.add(instance.family)
      w.clock.advance(days(20))
    }
    expect(families.size).toBe(4)
  })

  it('are not of a family that leaked, while others fit; papers that hold it keep it', async () => {
    const token = await operator(w)
    const mark = (item: string) =>
      w.call('POST', '/staff/leaks', {
        token,
        body: new URLSearchParams({ exam: 'tiny', item, why: '掲示板で見つかった' }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    await knowledge('w-1')
    const held = (await instancesOf((await sit('w-1', 'practical')).id)).map(({ instance }) => instance.family)
    for (const family of held)
      expect((await mark(`task:${family}`)).headers.get('location')).toBe('/staff/leaks?outcome=done')
    expect((await mark('task:nothing')).status).toBe(422)
    const { text } = await w.call('GET', '/staff/leaks?lang=ja', { token })
    expect(text).toContain(`task:${held[0]}`)
    expect(text).toContain('実技：表')

    for (const worker of ['w-2', 'w-3']) {
      await knowledge(worker)
      const drawn = await instancesOf((await sit(worker, 'practical')).id)
      for (const { instance } of drawn) expect(held).not.toContain(instance.family)
    }
  })

  it('what was acknowledged is what is graded, whatever becomes of the families', async () => {
    await knowledge('w-1')
    const sat = await sit('w-1', 'practical')
    const [first] = await instancesOf(sat.id)
    await save(sat, [{ item: 't1', revision: 1, response: { entries: play('perfect', first?.instance as never) } }])
    const { exam, items, tasks } = twoPartBank()
    await publishExam(w.world, { exam, items, tasks: tasks?.slice(0, 2) ?? [], hash: 'f'.repeat(64) })
    const { json } = await submit(sat)
    expect(json.score).toBe(60)
    const [grade] = await rows(w, "select grade from task_grades where attempt_id = ? and ref = 't1'", [sat.id])
    expect(JSON.parse(grade.grade).score).toBe(1)
  })

  it('an older revision changes nothing, and the stored entries are told', async () => {
    await knowledge('w-1')
    const sat = await sit('w-1', 'practical')
    const field = (await instancesOf(sat.id))[0]?.instance.presented.fields[0]?.name as string
    await save(sat, [{ item: 't1', revision: 2, response: { entries: { [field]: '新しい' } } }])
    const stale = await save(sat, [{ item: 't1', revision: 1, response: { entries: { [field]: '古い' } } }])
    expect(stale.json.results).toEqual([
      { item: 't1', status: 'stale-revision', revision: 2, response: { entries: { [field]: '新しい' } } },
    ])
  })

  it.each([
    ['a response of another instance', { entries: { '9999.氏名': 'x' } }],
    ['an answer to a question', { text: 'x' }],
    ['too many fields', { entries: Object.fromEntries(Array.from({ length: 601 }, (_, i) => [`f${i}`, 'x'])) }],
    ['no text', { entries: { '1001.氏名': 5 } }],
    ['a control character', { entries: { '1001.氏名': 'a\u0000b' } }],
    ['two lines in a cell', { entries: { '1001.氏名': 'a\nb' } }],
    ['a list', []],
  ])('refuse %s at the place, and lose nothing', async (_, response) => {
    await knowledge('w-1')
    const sat = await sit('w-1', 'practical')
    const kept = { entries: { '1001.氏名': '山田　花子' } }
    await save(sat, [{ item: 't1', revision: 1, response: kept }])
    const refused = await save(sat, [{ item: 't1', revision: 2, response }])
    expect(refused).toMatchObject({ status: 422, json: { code: 'malformed', issues: [{ path: 'saves[0].response' }] } })
    const read = await w.call('GET', `/api/attempts/${sat.id}`, { token: sat.token })
    expect(read.json.responses).toEqual({ t1: { revision: 1, response: kept } })
  })

  it('are shown to operators beside the response and its grade, which is noted, and is seeing keys', async () => {
    await knowledge('w-1')
    const { sat } = await practical('w-1', 'careful-script')
    const [task] = await instancesOf(sat.id)
    const token = await operator(w)
    const open = (lang = 'ja') =>
      w.call('GET', `/staff/attempts/${sat.id}/tasks?lang=${lang}`, { token, headers: { accept: 'text/html' } })
    const { status, text } = await open()
    expect(status).toBe(200)
    const [row] = await rows(w, "select grade from task_grades where attempt_id = ? and ref = 't1'", [sat.id])
    const grade = JSON.parse(row.grade)
    expect(text).toContain(task?.instance.family)
    expect(text.match(/class="(full|half|none)"/g)?.length).toBeGreaterThanOrEqual(grade.checkpoints.length)
    expect(text.match(/class="lost"/g)?.length ?? 0).toBeGreaterThanOrEqual(grade.losses.length)
    expect(text).toContain('<ins>')
    expect((await open('en')).text).toContain('Practical work and grades')
    expect(await rows(w, "select act from audit_entries where act = 'attempt.read'")).toEqual([{ act: 'attempt.read' }])
    expect(await rows(w, 'select count(*) as n from seen_keys')).toEqual([{ n: 1 }])
    const list = await w.call('GET', `/staff/attempts?worker=w-1&open=${sat.id}&lang=ja`, {
      token,
      headers: { accept: 'text/html' },
    })
    expect(list.text).toContain(`/staff/attempts/${sat.id}/tasks`)
  })

  it('are shown to nobody else, nor while they are worked on', async () => {
    await knowledge('w-1')
    const sat = await sit('w-1', 'practical')
    const path = `/staff/attempts/${sat.id}/tasks`
    const asOperator = await w.call('GET', path, { token: await operator(w), headers: { accept: 'text/html' } })
    expect(asOperator.status).toBe(409)
    expect((await w.call('GET', path, { token: sat.token, headers: { accept: 'text/html' } })).status).toBe(403)
    expect((await w.call('GET', path, { headers: { accept: 'text/html' } })).status).toBe(401)
    expect(await rows(w, "select act from audit_entries where act = 'attempt.read'")).toEqual([])
  })

  it('are measured by family, without those whose certificate is in doubt', async () => {
    for (const worker of ['w-1', 'w-2']) {
      await knowledge(worker)
      await practical(worker, worker === 'w-1' ? 'perfect' : 'untouched')
    }
    const measured = async () => {
      const tasks = await measureTasks(w.world, 'tiny')
      return tasks.map(({ n, mean }) => ({ n, mean }))
    }
    const both = await measured()
    expect(both.reduce((sum, { n }) => sum + n, 0)).toBe(4)
    expect(both.reduce((sum, { n, mean }) => sum + n * mean, 0)).toBe(200)
    await w.world.db.run(sql`update credentials set status = 'revoked', status_cause = 'case'`)
    expect((await measured()).map(({ mean }) => mean)).toEqual([0, 0])
  })

  it('go with the person who sat them', async () => {
    await knowledge('w-1')
    await practical('w-1')
    expect(await rows(w, 'select count(*) as n from task_instances')).toEqual([{ n: 2 }])
    const token = await w.market.serviceToken('workers:erase')
    expect((await w.call('DELETE', '/api/workers/w-1', { token })).status).toBe(200)
    expect(await rows(w, 'select count(*) as n from task_instances')).toEqual([{ n: 0 }])
    expect(await rows(w, 'select count(*) as n from task_grades')).toEqual([{ n: 0 }])
  })
})
