import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishExam } from '../../../src/flows/publish-exam.ts'
import { assembleTasks } from '../../../src/form/assemble-form.ts'
import type { TaskDraw } from '../../../src/item/bank.ts'
import type { TaskFamily } from '../../../src/item/family.ts'
import { claimsBots } from '../../../src/task/claims/bots.ts'
import { draftBots } from '../../../src/task/draft/bots.ts'
import { drawTask, streamOf } from '../../../src/task/draw-task.ts'
import { inboxBots } from '../../../src/task/inbox/bots.ts'
import type { Entries } from '../../../src/task/present.ts'
import { sheetBots } from '../../../src/task/sheet/bots.ts'
import { tableBots } from '../../../src/task/table/bots.ts'
import type { TaskInstance } from '../../../src/task/task.ts'
import type { Bot } from '../../../src/task/task-kind.ts'
import { rows } from '../../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, type Reply } from '../../support/fixed-world.ts'
import { bankWithPractice } from '../../support/two-part-bank.ts'

const BOTS = { table: tableBots, sheet: sheetBots, draft: draftBots, inbox: inboxBots, claims: claimsBots }
const DRAWS: readonly TaskDraw[] = [
  { kind: 'table', points: 30 },
  { kind: 'sheet', points: 20 },
  { kind: 'draft', points: 30 },
  { kind: 'inbox', points: 30 },
  { kind: 'claims', form: 'sources', points: 24 },
  { kind: 'claims', form: 'redline', points: 24 },
]
const SEED = '0123456789abcdef'.repeat(2)

const bank = bankWithPractice(...DRAWS)
const practice = (bank.tasks ?? []).filter(({ status }) => status === 'practice')
let w: FixedWorld
beforeAll(async () => {
  w = await fixedWorld()
  await publishExam(w.world, bank)
})
afterAll(() => w.close())

const pathOf = ({ id }: TaskFamily) => `/exams/tiny/practice/${id}?seed=${SEED}`
const get = (path: string, lang = 'ja'): Promise<Reply> =>
  w.call('GET', path, { headers: { accept: 'text/html', cookie: `lang=${lang}` } })
const post = (path: string, fields: Readonly<Record<string, string>>, lang = 'ja'): Promise<Reply> =>
  w.call('POST', path, {
    body: new URLSearchParams(fields).toString(),
    headers: { accept: 'text/html', cookie: `lang=${lang}`, 'content-type': 'application/x-www-form-urlencoded' },
  })

/** A form with these entries, as a browser posts it. */
function formOf({ presented: { fields } }: TaskInstance, entries: Entries): [string, string][] {
  return fields.flatMap((field): [string, string][] => {
    const value = entries[field.name] ?? field.initial
    return (field.as === 'many' ? value.split(' ').filter(Boolean) : [value]).map((one) => [`t1.${field.name}`, one])
  })
}

async function handIn(family: TaskFamily, name: string, lang?: string) {
  const instance = drawTask(family, { locale: 'ja', seed: SEED }) as TaskInstance
  const bot = BOTS[family.kind].find((one) => one.name === name) as Bot
  const body = new URLSearchParams([...formOf(instance, bot.play(instance, streamOf(SEED, name))), ['go', 'grade']])
  return w.call('POST', pathOf(family), {
    body: body.toString(),
    headers: {
      accept: 'text/html',
      cookie: `lang=${lang ?? 'ja'}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
  })
}

describe('practice', () => {
  it('is listed for whoever has no session, with its own families alone', async () => {
    const { status, text } = await get('/exams/tiny/practice')
    expect(status).toBe(200)
    const linked = [...text.matchAll(/href="\/exams\/tiny\/practice\/([^"?]+)"/g)].map(([, id]) => id)
    expect(linked).toEqual(practice.map(({ id }) => id))
  })

  it('leads to a drawing whose seed stands in its address', async () => {
    for (const path of ['', '?seed=1', `?seed=${'x'.repeat(32)}`]) {
      const reply = await get(`/exams/tiny/practice/${practice[0]?.id}${path}`)
      expect(reply.status).toBe(303)
      expect(reply.headers.get('location')).toMatch(/^\/exams\/tiny\/practice\/[a-z-]+\?seed=[0-9a-f]{32}$/)
    }
  })

  it('tells readers of English that materials are Japanese', async () => {
    const [list, page] = [await get('/exams/tiny/practice', 'en'), await get(pathOf(practice[0] as TaskFamily), 'en')]
    for (const { text } of [list, page]) expect(text).toContain('The materials of the tasks are in Japanese.')
  })

  it.each(DRAWS.map((draw, i) => [`${draw.kind} ${draw.form ?? ''}`, i] as const))(
    'of kind %s shows the same task for the same seed, with a control for every field, and keeps it in no cache',
    async (_, i) => {
      const family = practice[i] as TaskFamily
      const [one, two] = [await get(pathOf(family)), await get(pathOf(family))]
      expect([one.status, one.headers.get('cache-control'), one.headers.get('set-cookie')]).toEqual([
        200,
        'no-store',
        null,
      ])
      expect(one.text).toBe(two.text)
      const { presented } = drawTask(family, { locale: 'ja', seed: SEED })
      for (const { name } of presented.fields) expect(one.text).toContain(`name="t1.${name}"`)
      expect(one.text).not.toContain('まず規則を読みます。')
    },
  )

  it.each(DRAWS.map((draw, i) => [`${draw.kind} ${draw.form ?? ''}`, i] as const))(
    'of kind %s grades a plain form as a paper would, and shows everything',
    async (_, i) => {
      const family = practice[i] as TaskFamily
      const [perfect, untouched] = [await handIn(family, 'perfect'), await handIn(family, 'untouched')]
      for (const { status, headers, text } of [perfect, untouched]) {
        expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
        expect(text).toContain('まず規則を読みます。')
      }
      expect(perfect.text).toMatch(/>100点（100点満点）/)
      expect(untouched.text).toMatch(/>0点（100点満点）/)
      expect((await handIn(family, 'perfect', 'en')).text).toContain('100 of 100 points')
    },
  )

  it('tells what was damaged, where and what stood there', async () => {
    const { text } = await handIn(practice[0] as TaskFamily, 'spreadsheet-wreck')
    expect(text).toContain('id="loss-0"')
    expect(text).toContain('もとの内容')
  })

  it('shows the page again with what was entered, until it is handed in', async () => {
    const family = practice[2] as TaskFamily
    const { status, text } = await post(pathOf(family), { 't1.text': '書き直した文。', go: 'view.compare' })
    expect(status).toBe(200)
    expect(text).toContain('書き直した文。')
    expect(text).not.toContain('点（100点満点）')
  })

  it('refuses what cannot be graded at its place, and loses nothing', async () => {
    const table = drawTask(practice[0] as TaskFamily, { locale: 'ja', seed: SEED })
    const [field] = table.presented.fields
    const { status, text } = await post(pathOf(practice[0] as TaskFamily), {
      [`t1.${field?.name}`]: 'あ'.repeat((field?.max ?? 0) + 1),
      go: 'grade',
    })
    expect(status).toBe(422)
    expect(text).toContain('あ'.repeat((field?.max ?? 0) + 1))
    const many = await post(pathOf(practice[2] as TaskFamily), { 't1.text': 'あ'.repeat(100_000), go: 'grade' })
    expect(many.status).toBe(413)
  })

  it('reaches no family that papers are or were drawn from, nor one of another exam', async () => {
    const hidden = (bank.tasks ?? []).filter(({ status }) => status !== 'practice').map(({ id }) => id)
    expect(hidden).toHaveLength(2 * DRAWS.length)
    for (const id of [...hidden, 'none']) {
      const path = `/exams/tiny/practice/${id}`
      expect((await get(path)).status).toBe(404)
      expect((await get(`${path}?seed=${SEED}`)).status).toBe(404)
      expect((await post(`${path}?seed=${SEED}`, { go: 'grade' })).status).toBe(404)
    }
    expect((await get(`/exams/none/practice/${practice[0]?.id}?seed=${SEED}`)).status).toBe(404)
    expect((await post(`/exams/tiny/practice/${practice[0]?.id}`, { go: 'grade' })).status).toBe(404)
  })

  it('writes nothing down', async () => {
    const tables = await rows(w, "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    const counts = async () =>
      Object.fromEntries(
        await Promise.all(
          tables.map(async ({ name }) => [name, (await rows(w, `select count(*) as n from "${name}"`))[0].n]),
        ),
      )
    const before = await counts()
    await get(pathOf(practice[0] as TaskFamily))
    await handIn(practice[0] as TaskFamily, 'half')
    expect(await counts()).toEqual(before)
  })

  it('has an allowance of its own for each caller', async () => {
    const { headers } = await get(pathOf(practice[0] as TaskFamily))
    expect(headers.get('ratelimit-policy')).toContain('"practice";q=600;w=60')
  })

  it('is linked from the page of the exam', async () => {
    const { token } = await w.launch('w-1')
    const { text } = await w.call('GET', '/exams/tiny', { token, headers: { accept: 'text/html' } })
    expect(text).toContain('href="/exams/tiny/practice"')
  })

  it('lends its families to no paper', () => {
    const exposure = { timesShown: {}, ownPapers: [], leaked: new Set<string>() }
    for (let i = 0; i < 40; i++) {
      const seed = i.toString(16).padStart(32, '0')
      const request = { locale: 'ja', seed, exposure, crowded: new Set<string>() }
      const { tasks = [] } = assembleTasks(bank, DRAWS, request as unknown as Parameters<typeof assembleTasks>[2])
      const drawn = tasks.map(({ family }) => bank.tasks?.find(({ id }) => id === family)?.status)
      expect(drawn).toEqual(DRAWS.map(() => 'live'))
    }
  })
})
