import { globSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ProcessData, unpackProcessData } from '../../src/attempt/process-data/process-data.ts'
import { tasksOf } from '../../src/attempt/tasks/store.ts'
import { closeOverdueAttempts } from '../../src/flows/close-overdue-attempts.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import type { PresentedSection } from '../../src/form/form.ts'
import type { AttemptId } from '../../src/kernel/id.ts'
import { days, hours, seconds } from '../../src/kernel/instant.ts'
import { streamOf } from '../../src/task/draw-task.ts'
import { gradeTask } from '../../src/task/grade-task.ts'
import type { Entries } from '../../src/task/present.ts'
import { tableBots } from '../../src/task/table/bots.ts'
import type { TableKey } from '../../src/task/table/key.ts'
import type { TaskInstance } from '../../src/task/task.ts'
import { operator, rows } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, type Reply } from '../support/fixed-world.ts'
import { modelSaves } from '../support/model-answer.ts'
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
}

async function sit(worker: string, part: 'knowledge' | 'practical'): Promise<Sat> {
  const { token } = await w.launch(worker)
  const { json } = await w.call('POST', '/api/exams/tiny/attempts', { token, body: { locale: 'ja', part } })
  return { ...json, token }
}
const save = (sat: Sat, saves: readonly unknown[]): Promise<Reply> =>
  w.call('PUT', `/api/attempts/${sat.id}/responses`, { token: sat.token, body: { lease: sat.lease, saves } })
const submit = (sat: Sat): Promise<Reply> =>
  w.call('POST', `/api/attempts/${sat.id}/submit`, { token: sat.token, body: { lease: sat.lease } })

async function practice(worker = 'w-1'): Promise<Sat> {
  const sat = await sit(worker, 'knowledge')
  await save(sat, modelSaves(bank, sat.sections))
  await submit(sat)
  return sit(worker, 'practical')
}

const instancesOf = async (id: string) =>
  (await tasksOf(w.world.db, id as AttemptId)) as { ref: string; instance: TaskInstance<TableKey> }[]
const perfect = (instance: TaskInstance<TableKey>): Entries =>
  tableBots.find(({ name }) => name === 'perfect')?.play(instance, streamOf(instance.seed, 'perfect')) ?? {}

/** What was noted of each task of an attempt. */
async function notedOf(id: string): Promise<Record<string, ProcessData>> {
  const found = await rows(w, 'select ref, data from process_data where attempt_id = ?', [id])
  return Object.fromEntries(found.map(({ ref, data }) => [ref, unpackProcessData(data)]))
}
const totalOf = ({ buckets }: ProcessData, of: 'fields' | 'came' | 'went') =>
  buckets.reduce((sum, bucket) => sum + bucket[of], 0)

const cell = (row: number, text: string) => ({ [`10${row}.確認`]: text })
const t1 = (revision: number, entries: Entries, more: object = {}) => ({
  item: 't1',
  revision,
  response: { entries },
  ...more,
})

describe('process data of a task', () => {
  it('follows from what is saved: when, how many fields, how many characters in and out', async () => {
    const sat = await practice()
    w.clock.advance(seconds(12))
    await save(sat, [t1(1, cell(11, 'あいう'))])
    w.clock.advance(seconds(30))
    await save(sat, [t1(2, { ...cell(11, 'あう'), ...cell(12, 'え') })])
    expect((await notedOf(sat.id)).t1).toEqual({
      width: 10,
      buckets: [
        { at: 1, fields: 1, came: 3, went: 0, isHidden: false },
        { at: 4, fields: 2, came: 1, went: 1, isHidden: false },
      ],
      uploads: [],
    })
    const [stored] = await rows(w, 'select data from process_data')
    expect(stored.data).not.toMatch(/[あいうえ確認]/)
  })

  it('takes of the page only what it alone can know', async () => {
    const sat = await practice()
    await save(sat, [t1(1, cell(11, 'あいう'), { observed: { longest: 3, hidden: true, text: 'あいう' } })])
    expect((await notedOf(sat.id)).t1?.buckets).toEqual([
      { at: 0, fields: 1, came: 3, went: 0, longest: 3, isHidden: true },
    ])
  })

  it.each([
    ['a number', 5],
    ['a list', [[1, 2, 3]]],
    ['a large object', { longest: 'x'.repeat(20_000), hidden: {} }],
    ['numbers of no sense', { longest: -4, hidden: 1 }],
    ['null', null],
  ])('a page that says %s of the work is not believed, and its save counts', async (_, observed) => {
    const sat = await practice()
    expect((await save(sat, [t1(1, cell(11, 'あ'), { observed })])).json.results).toEqual([
      { item: 't1', status: 'saved', revision: 1 },
    ])
    expect((await notedOf(sat.id)).t1?.buckets).toEqual([{ at: 0, fields: 1, came: 1, went: 0, isHidden: false }])
  })

  it('counts a save once, however often it is sent, and an older one never', async () => {
    const sat = await practice()
    const second = t1(2, cell(11, 'あい'), { observed: { longest: 2, hidden: false } })
    for (let n = 0; n < 3; n++) await save(sat, [second])
    await save(sat, [t1(1, cell(11, 'おそい'))])
    await Promise.all([1, 2, 3, 4].map(() => save(sat, [t1(3, cell(11, 'あいう'))])))
    const { t1: data } = await notedOf(sat.id)
    expect([totalOf(data as ProcessData, 'fields'), totalOf(data as ProcessData, 'came')]).toEqual([2, 3])
  })

  it('counts exactly what was written, when saves of several revisions arrive at once', async () => {
    const sat = await practice()
    const text = 'あいうえおかきくけこ'
    await Promise.all([...text].map((_, i) => save(sat, [t1(i + 1, cell(11, text.slice(0, i + 1)))])))
    expect((await save(sat, [t1(11, cell(11, `${text}さ`))])).json.results[0].status).toBe('saved')
    const { t1: data } = await notedOf(sat.id)
    expect(totalOf(data as ProcessData, 'came')).toBe(11)
    expect(totalOf(data as ProcessData, 'went')).toBe(0)
  })

  it('is not noted of a save that had no effect, nor of questions', async () => {
    const sat = await practice()
    await save({ ...sat, lease: 'lse_other' }, [t1(1, cell(11, 'あ'))])
    await save(sat, [t1(1, { nothing: 'x' })])
    w.clock.advance(hours(2))
    await save(sat, [t1(1, cell(11, 'あ'))])
    expect(await rows(w, 'select * from process_data')).toEqual([])
  })

  it('of several tasks in one call is noted for each', async () => {
    const sat = await practice()
    await save(sat, [t1(1, cell(11, 'あ')), { ...t1(1, cell(11, 'いい')), item: 't2' }])
    const noted = await notedOf(sat.id)
    expect([noted.t1, noted.t2].map((data) => data?.buckets[0]?.came)).toEqual([1, 2])
  })

  it('changes no grade: work that was reported to death and work of which nothing was told are graded by what stands there', async () => {
    const observed = { longest: 4_000, hidden: true }
    for (const [worker, more] of [
      ['w-1', {}],
      ['w-2', { observed }],
    ] as const) {
      const sat = await practice(worker)
      const instances = await instancesOf(sat.id)
      for (const { ref, instance } of instances)
        await save(sat, [{ item: ref, revision: 1, response: { entries: perfect(instance) }, ...more }])
      expect((await submit(sat)).json.score).toBe(100)
      const grades = await rows(w, 'select ref, grade from task_grades where attempt_id = ? order by ref', [sat.id])
      for (const [i, { grade }] of grades.entries()) {
        const { instance } = instances[i] as { instance: TaskInstance<TableKey> }
        expect(JSON.parse(grade)).toEqual(gradeTask(instance, perfect(instance)))
      }
    }
  })

  it('is kept for twelve months, and swept after that', async () => {
    const sat = await practice()
    await save(sat, [t1(1, cell(11, 'あ'))])
    w.clock.advance(days(364))
    await closeOverdueAttempts(w.world)
    expect(Object.keys(await notedOf(sat.id))).toEqual(['t1'])
    w.clock.advance(days(2))
    await closeOverdueAttempts(w.world)
    expect(await rows(w, 'select * from process_data')).toEqual([])
  })

  it('goes with the person who worked, and with nobody else', async () => {
    for (const worker of ['w-1', 'w-2']) await save(await practice(worker), [t1(1, cell(11, 'あ'))])
    expect(await rows(w, 'select ref from process_data')).toHaveLength(2)
    const token = await w.market.serviceToken('workers:erase')
    expect((await w.call('DELETE', '/api/workers/w-1', { token })).status).toBe(200)
    expect(await rows(w, 'select a.worker from process_data p join attempts a on a.id = p.attempt_id')).toEqual([
      { worker: 'w-2' },
    ])
    expect(await rows(w, 'select ref from process_data')).toHaveLength(1)
  })

  it('is read by the page for an inquiry alone, and by no statistics, score or message', () => {
    const readers = globSync('src/**/*.{ts,tsx}').filter((file) =>
      /\b(processDataOf|processData)\b/.test(readFileSync(file, 'utf8')),
    )
    expect(readers.sort()).toEqual([
      'src/attempt/process-data/store.ts',
      'src/attempt/tables.ts',
      'src/flows/read-process-data.ts',
    ])
  })
})

describe('an inquiry', () => {
  interface Earned {
    readonly credential: string
    readonly sat: Sat
  }
  /** A certificate whose practical work was told of. */
  async function earn(worker: string): Promise<Earned> {
    const sat = await practice(worker)
    for (const { ref, instance } of await instancesOf(sat.id)) {
      w.clock.advance(seconds(61))
      const observed = { longest: 777, hidden: true }
      await save(sat, [{ item: ref, revision: 1, response: { entries: perfect(instance) }, observed }])
    }
    const { credential } = (await submit(sat)).json
    await w.drain()
    return { credential, sat }
  }
  const accept = { accept: 'text/html' }
  const look = (credential: string, token: string | undefined, lang = 'ja') =>
    w.call('GET', `/staff/credentials/${credential}/process?lang=${lang}`, {
      ...(token ? { token } : {}),
      headers: accept,
    })
  const openCase = async (credential: string) =>
    (
      await w.call('POST', `/api/staff/credentials/${credential}/case`, {
        token: await operator(w),
        body: { policy: 'outside-help', note: 'two voices' },
      })
    ).json.case as string
  const acts = () => rows(w, "select act from audit_entries where act = 'process.read'")

  it('shows operators how the work behind the certificate went, says that it is no verdict, and is noted', async () => {
    const { credential, sat } = await earn('w-1')
    const name = await openCase(credential)
    const token = await operator(w)
    const page = await w.call('GET', `/staff/credentials/${credential}?lang=ja`, { token, headers: accept })
    expect(page.text).toContain(`/staff/credentials/${credential}/process`)
    const { status, text } = await look(credential, token)
    expect(status).toBe(200)
    for (const part of [name, sat.id, 'これは判定ではありません', '777', '1:00', '2:00', 'class="longest"'])
      expect(text).toContain(part)
    expect((await look(credential, token, 'en')).text).toContain('This is no verdict.')
    // once a day for each thing
    expect(await acts()).toEqual([{ act: 'process.read' }])
  })

  it('is the only place: without a case, and once it is decided for good, there is nothing for anybody', async () => {
    const { credential } = await earn('w-1')
    const token = await operator(w)
    expect((await look(credential, token)).status).toBe(404)
    await openCase(credential)
    await rows(w, 'update integrity_cases set final = 1')
    expect((await look(credential, token)).status).toBe(404)
    const page = await w.call('GET', `/staff/credentials/${credential}?lang=ja`, { token, headers: accept })
    expect(page.text).not.toContain('/process')
    const tasks = await w.call('GET', `/staff/attempts?worker=w-1&lang=ja`, { token, headers: accept })
    expect(tasks.text).not.toContain('777')
    expect(await acts()).toEqual([])
  })

  it('about one certificate opens nobody else’s work', async () => {
    const [one, other] = [await earn('w-1'), await earn('w-2')]
    await openCase(one.credential)
    expect((await look(other.credential, await operator(w))).status).toBe(404)
  })

  it('is closed to candidates, authors, strangers, and to operators whose own work it is', async () => {
    const { credential, sat } = await earn('w-1')
    await openCase(credential)
    expect((await look(credential, sat.token)).status).toBe(403)
    expect((await look(credential, undefined)).status).toBe(401)
    expect((await look(credential, (await w.launch('au-1', { role: 'author' })).token)).status).toBe(403)
    await rows(w, "update credentials set worker = 'op-1' where id = ?", [credential])
    expect((await look(credential, await operator(w))).status).toBe(403)
    expect(await acts()).toEqual([])
  })

  it('finds the practical sitting that counted, where a later sitting of knowledge earned the certificate', async () => {
    const { credential, sat } = await earn('w-1')
    const [knowledge] = await rows(w, "select id from attempts where part = 'knowledge'")
    await rows(w, 'update attempts set started_at = started_at + 9000000 where id = ?', [knowledge.id])
    await rows(w, 'update credentials set attempt_id = ? where id = ?', [knowledge.id, credential])
    await openCase(credential)
    expect((await look(credential, await operator(w))).text).toContain(sat.id)
  })

  it('after twelve months says that nothing is kept', async () => {
    const { credential } = await earn('w-1')
    await openCase(credential)
    await rows(w, 'delete from process_data')
    const { status, text } = await look(credential, await operator(w))
    expect([status, text.match(/この課題の経過は残っていません/g)?.length]).toEqual([200, 2])
  })

  it('tells the marketplace nothing of it', async () => {
    const { credential } = await earn('w-1')
    await openCase(credential)
    await w.drain()
    const sent = JSON.stringify(w.market.calls.map(({ body }) => body))
    expect(sent).toContain('outside-help')
    expect(sent).not.toMatch(/777|longest|process/)
  })
})
