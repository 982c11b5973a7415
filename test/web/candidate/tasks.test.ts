import { gzipSync } from 'node:zlib'
import { Parser } from 'htmlparser2'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unpackProcessData } from '../../../src/attempt/process-data/process-data.ts'
import { tasksOf } from '../../../src/attempt/tasks/store.ts'
import { publishExam } from '../../../src/flows/publish-exam.ts'
import type { TaskDraw } from '../../../src/item/bank.ts'
import type { AttemptId } from '../../../src/kernel/id.ts'
import { days, minutes } from '../../../src/kernel/instant.ts'
import { claimsBots } from '../../../src/task/claims/bots.ts'
import { draftBots } from '../../../src/task/draft/bots.ts'
import { streamOf } from '../../../src/task/draw-task.ts'
import { inboxBots } from '../../../src/task/inbox/bots.ts'
import type { Entries, PresentedTask } from '../../../src/task/present.ts'
import { tableBots } from '../../../src/task/table/bots.ts'
import type { TableKey } from '../../../src/task/table/key.ts'
import type { TaskInstance } from '../../../src/task/task.ts'
import type { Bot } from '../../../src/task/task-kind.ts'
import { rows } from '../../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, type Reply } from '../../support/fixed-world.ts'
import { modelSaves } from '../../support/model-answer.ts'
import { bankOfTasks, twoPartBank } from '../../support/two-part-bank.ts'

const bank = twoPartBank()
let w: FixedWorld
let token: string
beforeEach(async () => {
  w = await fixedWorld()
  await publishExam(w.world, bank)
  ;({ token } = await w.launch('w-1'))
})
afterEach(() => w.close())

const get = (path: string, lang = 'ja'): Promise<Reply> =>
  w.call('GET', path, { token, headers: { accept: 'text/html', cookie: `lang=${lang}` } })
type Form = Readonly<Record<string, string | readonly string[]>>
const post = (path: string, fields: Form): Promise<Reply> =>
  w.call('POST', path, {
    token,
    body: new URLSearchParams(
      Object.entries(fields).flatMap(([name, values]) => [values].flat().map((value) => [name, String(value)])),
    ).toString(),
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
  })

/** The named controls of a page as a browser would post them. */
function formOf({ text }: Reply): Record<string, string> {
  const fields: Record<string, string> = {}
  let area = ''
  const parser = new Parser({
    onopentag: (tag, { name, value = '', type, checked }) => {
      if (tag === 'input' && name && (!/^(?:checkbox|radio)$/.test(type ?? '') || checked !== undefined))
        fields[name] = value
      area = tag === 'textarea' ? (name ?? '') : ''
      if (area) fields[area] = ''
    },
    ontext: (text) => {
      if (area) fields[area] += text
    },
    onclosetag: (tag) => {
      // browsers leave out the first line end, and post the others as two signs
      if (tag === 'textarea') fields[area] = (fields[area] ?? '').replace(/^\n/, '').replaceAll('\n', '\r\n')
      area = ''
    },
  })
  parser.end(text)
  return fields
}

const leadsTo = (reply: Reply) => [reply.status, reply.headers.get('location')]

async function passKnowledge() {
  const sat = (await w.call('POST', '/api/exams/tiny/attempts', { token, body: { locale: 'ja' } })).json
  const saves = modelSaves(bank, sat.sections)
  await w.call('PUT', `/api/attempts/${sat.id}/responses`, { token, body: { lease: sat.lease, saves } })
  await w.call('POST', `/api/attempts/${sat.id}/submit`, { token, body: { lease: sat.lease } })
  return sat.id as string
}

/** Passes the knowledge part and starts practice from the exam's page; the address of the attempt. */
async function startPractice(locale = 'ja'): Promise<string> {
  await passKnowledge()
  const started = await post('/exams/tiny/start', { agree: '1', locale })
  expect(started.status, started.text).toBe(303)
  return (started.headers.get('location') ?? '').replace(/#.*/, '')
}

const idOf = (address: string) => address.replace('/attempts/', '')
const instancesOf = async (address: string) =>
  (await tasksOf(w.world.db, idOf(address) as AttemptId)) as { ref: string; instance: TaskInstance<TableKey> }[]
const play = (instance: TaskInstance<TableKey> | undefined, name = 'perfect'): Entries =>
  (instance && tableBots.find((bot) => bot.name === name)?.play(instance, streamOf(instance.seed, name))) ?? {}
const named = (ref: string, entries: Entries) =>
  Object.fromEntries(Object.entries(entries).map(([field, value]) => [`${ref}.${field}`, value]))
const savedOf = async (address: string) =>
  (await w.call('GET', `/api/attempts/${idOf(address)}`, { token })).json.responses

describe('a practical part without JavaScript', () => {
  it('is worked on, turned, reviewed, handed in and certified with plain forms alone', async () => {
    const address = await startPractice()
    const [first, second] = await instancesOf(address)
    const page = await get(address)
    const turned = await post(address, { ...formOf(page), ...named('t1', play(first?.instance)), go: 'task.2' })
    expect(leadsTo(turned)).toEqual([303, `${address}?task=2`])
    const next = await get(`${address}?task=2`)
    const reviewed = await post(address, { ...formOf(next), ...named('t2', play(second?.instance)), go: 'review' })
    expect(leadsTo(reviewed)).toEqual([303, `${address}/review`])
    const review = await get(`${address}/review`)
    expect(review.text).toContain('すべての課題に取り組みました')
    const handed = await post(`${address}/submit`, { lease: formOf(review).lease ?? '' })
    expect(leadsTo(handed)).toEqual([303, `${address}/result`])
    const { text } = await get(`${address}/result`)
    expect(text).toContain('合格です')
    expect(text).toContain('重複：4組のうち4組を見つけました')
    expect(text).toContain('二つの部を合わせて 100点（合格点 70）')
  })

  it('shows every cell as a field named by its row and column, and what was written in it', async () => {
    const address = await startPractice()
    const [first] = await instancesOf(address)
    const page = await get(address)
    const fields = first?.instance.presented.fields ?? []
    expect(Object.keys(formOf(page)).filter((name) => name.startsWith('t1.'))).toHaveLength(fields.length)
    const written = { [`t1.${fields[0]?.name}`]: '山田　花子 <b>' }
    await post(address, { ...formOf(page), ...written, go: 'task.1' })
    const again = await get(address)
    expect(formOf(again)).toMatchObject(written)
    expect(again.text).toContain('もとの値')
  })

  it('saves only what differs from what stood there', async () => {
    const address = await startPractice()
    const page = await get(address)
    await post(address, { ...formOf(page), 't1.1001.確認': '', go: 'task.1' })
    expect(await savedOf(address)).toEqual({})
    await post(address, { ...formOf(page), 't1.1001.確認': '原本を見る', go: 'task.1' })
    expect(await savedOf(address)).toEqual({
      t1: { revision: 1, response: { entries: { '1001.確認': '原本を見る' } } },
    })
  })

  it('says before practice starts what is recorded of the work, for what and how long', async () => {
    await passKnowledge()
    for (const [lang, withParts, atStart] of [
      ['ja', '実技の間は、作業の経過を10秒ごとに記録します', '字数などの数と、読み込んだファイルの名前で記録します'],
      [
        'en',
        'it is recorded every 10 seconds',
        'figures of how the work goes and the names of files that you read in are recorded, and no text',
      ],
    ] as const) {
      const { text } = await get('/exams/tiny', lang)
      for (const part of [withParts, atStart, '/about/privacy#process']) expect(text).toContain(part)
    }
    expect((await get('/about/privacy')).text).toContain('作業から12か月で')
    expect((await get('/about/privacy', 'en')).text).toContain('deleted 12 months after the work')
  })

  it('a button puts one cell back and keeps all others', async () => {
    const address = await startPractice()
    const page = await get(address)
    await post(address, { ...formOf(page), 't1.1001.確認': 'あ', 't1.1002.確認': 'い', go: 'task.1' })
    const undone = await post(address, { ...formOf(await get(address)), go: 'undo.1001.確認' })
    expect(undone.headers.get('location')).toMatch(/\?task=1#t1-\d+$/)
    expect((await savedOf(address)).t1.response.entries).toEqual({ '1002.確認': 'い' })
  })

  it('what cannot be kept comes back as it was entered, with a sentence at the place; all else is saved', async () => {
    const address = await startPractice()
    const long = 'あ'.repeat(201)
    const refused = await post(address, {
      ...formOf(await get(address)),
      't1.1001.確認': long,
      't1.1002.確認': 'a\u0001b',
      't1.1003.確認': 'う',
      go: 'task.2',
    })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('200字までにしてください')
    expect(refused.text).toContain('使えない文字が入っています')
    expect(formOf(refused)).toMatchObject({ 't1.1001.確認': long, 't1.1003.確認': 'う', 'rev.t1': '1' })
    expect((await savedOf(address)).t1.response.entries).toEqual({ '1003.確認': 'う' })
  })

  it('a screen that no longer writes keeps what was entered, and may take over', async () => {
    const address = await startPractice()
    const here = formOf(await get(address))
    await get(address)
    const lost = await post(address, { ...here, 't1.1001.確認': 'ここ', go: 'task.2' })
    expect(lost.status).toBe(409)
    expect(lost.text).toContain('この画面で続ける')
    expect(formOf(lost)).toMatchObject({ 't1.1001.確認': 'ここ' })
    expect(await savedOf(address)).toEqual({})
    const taken = await post(`${address}/takeover`, { ...formOf(lost), go: 'task.1' })
    expect(leadsTo(taken)).toEqual([303, `${address}?task=1`])
    expect((await savedOf(address)).t1.response.entries).toEqual({ '1001.確認': 'ここ' })
  })

  it('what is sent after the session ended waits for the next, and for nobody else’s', async () => {
    const address = await startPractice()
    const sent = { ...formOf(await get(address)), 't1.1001.確認': 'ここ', go: 'task.2' }
    for (const path of [address, `${address}/takeover`, `${address}/import`]) {
      token = ''
      const kept = await post(path, sent)
      expect([kept.status, formOf(kept)]).toEqual([401, sent])
      expect(kept.text).toContain(`action="${path}"`)
      expect(kept.text).toContain('/launch/again?to=%2F"')
      ;({ token } = await w.launch('w-2'))
      expect((await post(path, formOf(kept))).status).toBe(404)
    }
    ;({ token } = await w.launch('w-1'))
    expect(await savedOf(address)).toEqual({})
    expect(leadsTo(await post(address, sent))).toEqual([303, `${address}?task=2`])
    expect((await savedOf(address)).t1.response.entries).toEqual({ '1001.確認': 'ここ' })
  })

  it('an old page overwrites nothing that was saved since', async () => {
    const address = await startPractice()
    const old = formOf(await get(address))
    await post(address, { ...old, 't1.1001.確認': '新しい', go: 'task.1' })
    const stale = await post(address, { ...old, 't1.1001.確認': '古い', go: 'task.1' })
    expect(stale.status).toBe(409)
    expect(formOf(stale)).toMatchObject({ 't1.1001.確認': '新しい' })
  })

  it('leads to the result when the time is over, and what was saved is graded', async () => {
    const address = await startPractice()
    const [first] = await instancesOf(address)
    const page = formOf(await get(address))
    await post(address, { ...page, ...named('t1', play(first?.instance)), go: 'task.1' })
    w.clock.advance(minutes(51))
    expect(leadsTo(await post(address, { ...page, 't1.1001.確認': 'おそい', go: 'task.1' }))).toEqual([
      303,
      `${address}/result`,
    ])
    const [grade] = await rows(w, "select grade from task_grades where attempt_id = ? and ref = 't1'", [idOf(address)])
    expect(JSON.parse(grade.grade).score).toBe(1)
  })

  it('counts what was changed before it is handed in, and says which task is untouched', async () => {
    const address = await startPractice()
    await post(address, { ...formOf(await get(address)), 't1.1001.確認': '原本', 't1.1002.氏名': '別', go: 'review' })
    const { text } = await get(`${address}/review`)
    expect(text).toContain('直した所 1')
    expect(text).toContain('確認 1')
    expect(text).toContain('手を付けていない課題が1つあります')
  })

  it('can be given up', async () => {
    const address = await startPractice()
    expect(leadsTo(await post(`${address}/withdraw`, { sure: '1' }))).toEqual([303, `${address}/result`])
    expect((await get(`${address}/result`)).text).toContain('受験を途中でやめました')
  })

  it('shows each rule with a box to tick for oneself, of which nothing is recorded', async () => {
    const { text } = await get(await startPractice())
    const rules = /<ol class="rules"[^]*?<\/ol>/.exec(text)?.[0] ?? ''
    expect(rules.match(/<input type="checkbox"/g)).toHaveLength(7)
    expect(rules).toContain('判読できない')
  })

  it('remembers the ticks of rules in the browser alone, and marks a step whose rules are all ticked', async () => {
    const address = await startPractice()
    const ticks = Array.from({ length: 7 }, (_, rule) => `t1-${rule}`)
    const saved = await post(address, { ...formOf(await get(address)), 't1.1001.確認': 'あ', ticks, go: 'task.2' })
    const cookie = (saved.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    expect(cookie).toBe(`ticks=${ticks.join('.')}`)
    expect((await savedOf(address)).t1.response.entries).toEqual({ '1001.確認': 'あ' })
    const second = await w.call('GET', `${address}?task=2`, { token, headers: { accept: 'text/html', cookie } })
    expect(second.text).toMatch(/data-standing="checked"[^]*?確かめ済み/)
    const first = await w.call('GET', address, { token, headers: { accept: 'text/html', cookie } })
    expect(first.text.match(/name="ticks"[^>]* checked=""/g)).toHaveLength(7)
    expect((await get(`${address}?task=2`)).text).toMatch(/data-standing="begun"[^]*?作業中/)
  })

  it('says that nothing is saved until something is', async () => {
    const address = await startPractice()
    const page = await get(address)
    expect(page.text).toMatch(/id="save-text">\s*まだ保存していません/)
    await post(address, { ...formOf(page), 't1.1001.確認': 'あ', go: 'task.1' })
    expect((await get(address)).text).toMatch(/id="save-text">\s*\d\d:\d\d に保存しました/)
  })

  it('holds no form within another, so that signing out signs out', async () => {
    const { text } = await get(await startPractice())
    let open = 0
    const parser = new Parser({
      onopentag: (tag) => {
        if (tag === 'form') expect(++open).toBe(1)
      },
      onclosetag: (tag) => {
        if (tag === 'form') open--
      },
    })
    parser.end(text)
    expect(text).toContain('action="/sign-out"')
  })

  it('holds no key', async () => {
    const address = await startPractice()
    const [first] = await instancesOf(address)
    const { text } = await get(address)
    for (const [name, cell] of Object.entries(first?.instance.key.cells ?? {}))
      if (cell.as === 'fault') expect(formOf({ text } as Reply)[`t1.${name}`]).not.toBe(cell.right)
  })
})

/** Starts practice with these tasks in place of the tables. */
async function startWith(...draws: readonly TaskDraw[]): Promise<string> {
  await publishExam(w.world, bankOfTasks(...draws))
  return startPractice()
}

/** What somebody enters who does all of the first task right. */
async function playedBy<Key>(address: string, bots: readonly Bot<Key>[]): Promise<Entries> {
  const [first] = await instancesOf(address)
  const instance = first?.instance as unknown as TaskInstance<Key>
  return (bots.find(({ name }) => name === 'perfect') as Bot<Key>).play(instance, streamOf(instance.seed, 'perfect'))
}

async function handIn(address: string, entries: Entries) {
  await post(address, { ...formOf(await get(address)), ...named('t1', entries), go: 'review' })
  await post(`${address}/submit`, { lease: formOf(await get(`${address}/review`)).lease ?? '' })
}

describe('a manuscript without JavaScript', () => {
  const manuscript = (form: Record<string, string>) => (form['t1.text'] ?? '').replaceAll('\r\n', '\n')

  it('is one field; what was changed is listed, shown in the text, and taken back one by one', async () => {
    const address = await startWith({ kind: 'draft', points: 30 })
    const page = formOf(await get(address))
    const before = manuscript(page)
    const [first = '', ...rest] = before.split('\n\n')
    const text = [`はじめに。${first}`, ...rest, 'おわりに。'].join('\n\n')
    const saved = await post(address, { ...page, 't1.text': text.replaceAll('\n', '\r\n'), go: 'view.compare' })
    expect(leadsTo(saved)).toEqual([303, `${address}?task=1&view=compare`])
    expect((await savedOf(address)).t1.response.entries).toEqual({ text })
    const compared = await get(`${address}?task=1&view=compare`)
    expect(compared.text).toMatch(/id="compare"[^>]*><ins>はじめに。<\/ins>/)
    expect(compared.text).toContain('「はじめに。」を追加')
    expect(manuscript(formOf(compared))).toBe(text)
    const undone = await post(address, { ...formOf(compared), go: 'edit.0' })
    expect(leadsTo(undone)).toEqual([303, `${address}?task=1&view=compare`])
    expect((await savedOf(address)).t1.response.entries).toEqual({ text: `${before}\n\nおわりに。` })
  })

  it('pasted twice says so at the place, and what is too long comes back as it was entered', async () => {
    const address = await startWith({ kind: 'draft', points: 30 })
    const page = formOf(await get(address))
    const twice = `${manuscript(page)}\n\n${manuscript(page)}`
    await post(address, { ...page, 't1.text': twice, go: 'task.1' })
    const again = await get(address)
    expect(again.text).toMatch(/id="doubled" role="status">/)
    const long = 'あ'.repeat(4_001)
    const refused = await post(address, { ...formOf(again), 't1.text': long, go: 'task.1' })
    expect(refused.status).toBe(422)
    expect(refused.text).toMatch(/id="too-long" role="status">4000字までにしてください/)
    expect(manuscript(formOf(refused))).toBe(long)
    expect((await savedOf(address)).t1.response.entries).toEqual({ text: twice })
  })

  it('can be fetched as a file, and is counted before it is handed in', async () => {
    const address = await startWith({ kind: 'draft', points: 30 })
    const page = formOf(await get(address))
    await post(address, { ...page, 't1.text': `${manuscript(page)}\nおわり。`, go: 'review' })
    const file = await get(`${address}/file?task=1`)
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="task.txt"; filename\*=UTF-8''%/)
    expect(file.text.replace(/^\ufeff/, '')).toBe(`${manuscript(page)}\nおわり。\n`.replaceAll('\n', '\r\n'))
    expect((await get(`${address}/review`)).text).toContain('直した所 1')
  })

  it('done right in one go is certified', async () => {
    const address = await startWith({ kind: 'draft', points: 30 })
    await handIn(address, await playedBy(address, draftBots))
    expect((await get(`${address}/result`)).text).toContain('合格です')
  })
})

describe('claims to check without JavaScript', () => {
  const SOURCES = { kind: 'claims', form: 'sources', points: 24 } as const
  const REDLINE = { kind: 'claims', form: 'redline', points: 24 } as const

  it('show the article with its numbers and all sources, and of each number a verdict, a correction and a source', async () => {
    const address = await startWith(SOURCES)
    const [first] = await instancesOf(address)
    const { materials, fields } = (first as NonNullable<typeof first>).instance.presented as PresentedTask<'claims'>
    const { text } = await get(address)
    for (const { title } of materials.sources) expect(text).toContain(title)
    expect(text.match(/<sup>\d+<\/sup>/g)).toHaveLength(10)
    for (const { name } of fields) expect(text).toContain(`name="t1.${name}"`)
  })

  it('keep what is picked and written, take a verdict back, and count what is judged', async () => {
    const address = await startWith(SOURCES)
    const page = formOf(await get(address))
    const work = { 't1.1.verdict': 'wrong', 't1.1.correction': '７時', 't1.2.verdict': 'right' }
    await post(address, { ...page, ...work, go: 'task.1' })
    expect(formOf(await get(address))).toMatchObject(work)
    const undone = await post(address, { ...formOf(await get(address)), go: 'undo.2.verdict' })
    expect(undone.headers.get('location')).toMatch(/^\/attempts\/.*#t1-3$/)
    expect((await savedOf(address)).t1.response.entries).toEqual({ '1.verdict': 'wrong', '1.correction': '７時' })
    expect((await get(`${address}/review`)).text).toContain('判定した所 1／10')
  })

  it('refuse a correction that is too long at its place, and keep all else', async () => {
    const address = await startWith(SOURCES)
    const long = 'あ'.repeat(61)
    const work = { 't1.1.verdict': 'wrong', 't1.1.correction': long }
    const refused = await post(address, { ...formOf(await get(address)), ...work, go: 'task.1' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('60字までにしてください')
    expect(formOf(refused)).toMatchObject(work)
    expect((await savedOf(address)).t1.response.entries).toEqual({ '1.verdict': 'wrong' })
  })

  it.each([
    ['against sources', SOURCES],
    ['of a red-lined text, with its message', REDLINE],
  ])('%s are certified when they are done right', async (_, draw) => {
    const address = await startWith(draw)
    await handIn(address, await playedBy(address, claimsBots))
    expect((await get(`${address}/result`)).text).toContain('合格です')
  })

  it('of a red-lined text list the reasons, and say how long the message is', async () => {
    const address = await startWith(REDLINE)
    await post(address, { ...formOf(await get(address)), 't1.message': 'あい う\r\nえ', go: 'task.1' })
    const { text } = await get(address)
    expect(text.match(/<select /g)).toHaveLength(12)
    expect(text).toMatch(/<output[^>]*>4<\/output>字（80〜200字/)
  })
})

describe('an inbox without JavaScript', () => {
  const INBOX = { kind: 'inbox', points: 30 } as const

  it('shows its mails, its documents and one mail open, and opens another after saving', async () => {
    const address = await startWith(INBOX)
    const [first] = await instancesOf(address)
    const { materials } = (first as NonNullable<typeof first>).instance.presented as PresentedTask<'inbox'>
    const page = await get(address)
    for (const { subject } of materials.mails) expect(page.text).toContain(subject)
    expect(page.text).toContain('料金表_2025.pdf は')
    expect(page.text.match(/<article [^>]*hidden/g)).toHaveLength(7)
    const opened = await post(address, { ...formOf(page), 't1.m1.act': 'none', go: 'view.m2' })
    expect(leadsTo(opened)).toEqual([303, `${address}?task=1&view=m2`])
    const second = await get(`${address}?task=1&view=m2`)
    expect(second.text).toMatch(/<article [^>]*id="m2"[^>]*"m2-subject"(?! hidden)/)
    expect(second.text).toMatch(/<span id="mails-done">1<\/span> \/ 8 通 済み/)
    expect(leadsTo(await post(address, { ...formOf(second), go: 'task.1' }))).toEqual([
      303,
      `${address}?task=1&view=m2`,
    ])
  })

  it('keeps picks and words of mails that are not open, and says which are being written', async () => {
    const address = await startWith(INBOX)
    const work = { 't1.m1.act': 'reply', 't1.m1.to': 'a1', 't1.m1.body': '了解しました。' }
    await post(address, { ...formOf(await get(address)), ...work, go: 'view.m2' })
    const second = await get(`${address}?task=1&view=m2`)
    expect(second.text).toContain('返信する：書いています')
    await post(address, { ...formOf(second), 't1.m2.act': 'leave', go: 'task.1' })
    expect((await savedOf(address)).t1.response.entries).toEqual({
      'm1.act': 'reply',
      'm1.to': 'a1',
      'm1.body': '了解しました。',
      'm2.act': 'leave',
    })
    expect((await get(`${address}/review`)).text).toContain('対応したメール 1／8')
  })

  it('refuses a text that is too long at its place', async () => {
    const address = await startWith(INBOX)
    const work = { 't1.m1.act': 'reply', 't1.m1.body': 'あ'.repeat(601) }
    const refused = await post(address, { ...formOf(await get(address)), ...work, go: 'task.1' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('600字までにしてください')
    expect(formOf(refused)).toMatchObject(work)
    expect((await savedOf(address)).t1.response.entries).toEqual({ 'm1.act': 'reply' })
  })

  it('dealt with rightly is certified', async () => {
    const address = await startWith(INBOX)
    const entries = await playedBy(address, inboxBots)
    const page = formOf(await get(address))
    // boxes post a value each
    const posted = Object.entries(entries).map(([name, value]) => [
      `t1.${name}`,
      /\.(?:to|cc|files)$/.test(name) ? value.split(' ') : value,
    ])
    await post(address, { ...page, ...Object.fromEntries(posted), go: 'review' })
    expect((await savedOf(address)).t1.response.entries).toEqual(entries)
    await post(`${address}/submit`, { lease: formOf(await get(`${address}/review`)).lease ?? '' })
    expect((await get(`${address}/result`)).text).toContain('合格です')
  })
})

describe('a table as a file', () => {
  /** A file picked on the page, as a browser posts it. */
  async function send(address: string, bytes: Uint8Array<ArrayBuffer>, name = 'meibo.csv'): Promise<Reply> {
    const form = new FormData()
    const page = formOf(await get(`${address}/import?task=1`))
    for (const field of ['lease', 'task']) form.set(field, page[field] ?? '')
    form.set('file', new File([bytes], name))
    const response = await w.app.request(`${w.world.settings.origin}${address}/import`, {
      method: 'POST',
      body: form,
      headers: { accept: 'text/html', authorization: `Bearer ${token}`, cookie: 'lang=ja' },
    })
    return { status: response.status, headers: response.headers, text: await response.text(), json: undefined }
  }
  const inUtf8 = (text: string) => new TextEncoder().encode(text)
  const inUtf16 = (text: string) =>
    new Uint8Array(Uint16Array.from([0xfeff, ...[...text].map((sign) => sign.charCodeAt(0))]).buffer)

  it('goes out in UTF-8 with its mark, as it stands, and changes nothing when it comes back', async () => {
    const address = await startPractice()
    await post(address, { ...formOf(await get(address)), 't1.1001.確認': '"あ", い', go: 'task.1' })
    const file = await w.call('GET', `${address}/file?task=1`, { token })
    expect(file.text).toMatch(/^\ufeff?番号,氏名,フリガナ,電話番号,メールアドレス,申込日,重複,確認\r\n1001,/)
    expect(file.text).toContain(',"""あ"", い"\r\n')
    expect(file.text.split('\r\n')).toHaveLength(50)
    expect((await send(address, inUtf8(file.text))).text).toContain('読み込んでも、変わる所はありません')
  })

  it('comes in after a preview by column, of which only what is picked is taken', async () => {
    const address = await startPractice()
    const seen = await send(address, inUtf8('番号,確認,氏名,知らない列\n1001,原本,髙橋　一郎,x\n9999,a,b,c\n'))
    expect(seen.status, seen.text).toBe(200)
    expect(seen.text).toContain('読み込むと、2か所が変わります')
    expect(seen.text).toContain('知らない列（1列）と、この表にない番号の行（1行）は読み込みません')
    expect(await savedOf(address)).toEqual({})
    const { column: _, ...form } = formOf(seen)
    const taken = await post(`${address}/import`, { ...form, column: '確認' })
    expect(leadsTo(taken)).toEqual([303, `${address}?task=1`])
    expect((await savedOf(address)).t1.response.entries).toEqual({ '1001.確認': '原本' })
  })

  it('is noted with its name, its rows and what was taken of it, and not with its text', async () => {
    const address = await startPractice()
    const seen = await send(address, inUtf8('番号,確認\n1001,原本\n1002,写し\n'), '../会員\u202e名簿.csv')
    expect(await rows(w, 'select * from process_data')).toEqual([])
    await post(`${address}/import`, { ...formOf(seen), column: '確認' })
    const [{ data }] = await rows(w, 'select data from process_data')
    expect(unpackProcessData(data)).toEqual({
      width: 10,
      // no page told what it saw
      buckets: [{ at: 0, fields: 2, came: 4, went: 0, isHidden: false }],
      uploads: [{ name: '会員名簿.csv', rows: 2, changes: 2 }],
    })
    expect(data).not.toMatch(/原本|写し/)
  })

  it('warns of a column whose numbers have lost their zeros, and leaves it out', async () => {
    const address = await startPractice()
    const [first] = await instancesOf(address)
    const phones = (first?.instance.presented.fields ?? []).filter(
      ({ name, initial }) => name.endsWith('.電話番号') && /^0[\d-]+$/.test(initial),
    )
    const lines = phones.map(({ name, initial }) => `${name.split('.')[0]},${initial.replace(/\D/g, '').slice(1)},a`)
    const seen = await send(address, inUtf8(`番号,電話番号,確認\n${lines.join('\n')}\n`))
    expect(seen.text).toContain(`電話番号の先頭の0が、${phones.length}か所で消えています`)
    expect(seen.text).toMatch(/name="column" value="確認" checked=""/)
    expect(seen.text).not.toMatch(/name="column" value="電話番号" checked/)
  })

  it.each([
    [
      'Shift_JIS',
      Uint8Array.from([
        0x94, 0xd4, 0x8d, 0x86, 0x2c, 0x8a, 0x6d, 0x94, 0x46, 0x0a, 0x31, 0x30, 0x30, 0x31, 0x2c, 0xfb, 0xfc,
      ]),
      '髙',
    ],
    ['UTF-16, parted by tabs', inUtf16('番号\t確認\n1001\t髙'), '髙'],
    ['UTF-8 with its mark', inUtf8('\ufeff番号,確認\n1001,髙'), '髙'],
  ])('is read in %s', async (_, bytes, shown) => {
    const seen = await send(await startPractice(), bytes)
    expect(seen.text).toContain('読み込むと、1か所が変わります')
    expect(seen.text).toMatch(new RegExp(`class="cell-text now"[^>]*>${shown}<`))
  })

  it.each([
    ['of 200 columns', inUtf8(`番号${',a'.repeat(200)}\n`), '列が多すぎます'],
    ['of another table', inUtf8('品番,数\n1,2\n'), 'この課題の表ではないようです'],
    ['with other numbers', inUtf8('番号,確認\n7,a\n'), 'この課題の表ではないようです'],
    ['with a number twice', inUtf8('番号,確認\n1001,a\n1001,b\n'), '同じ番号の行か'],
    ['with an open quotation', inUtf8('番号,確認\n1001,"a\n'), '引用符'],
    ['in no known encoding', Uint8Array.from([0x81, 0x20, 0xff, 0xff, 0xa0, 0x80]), '文字の形式が分かりません'],
    ['of more than 256 KB', new Uint8Array(262_145).fill(97), 'ファイルが大きすぎます'],
    ['without content', new Uint8Array(0), 'ファイルが選ばれていないか'],
  ])('%s is refused with a sentence, and nothing is changed', async (_, bytes, sentence) => {
    const address = await startPractice()
    const refused = await send(address, bytes)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain(sentence)
    expect(await savedOf(address)).toEqual({})
  })

  it('whose cells are too long comes back with them at their places, and the rest is saved', async () => {
    const address = await startPractice()
    const seen = formOf(await send(address, inUtf8(`番号,確認\n1001,${'あ'.repeat(201)}\n1002,い\n`)))
    const refused = await post(`${address}/import`, seen)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('200字までにしてください')
    expect((await savedOf(address)).t1.response.entries).toEqual({ '1002.確認': 'い' })
  })

  it('is picked on a page of its own, after what was written is saved', async () => {
    const address = await startPractice()
    const asked = await post(address, { ...formOf(await get(address)), 't1.1001.確認': 'あ', go: 'import' })
    expect(leadsTo(asked)).toEqual([303, `${address}/import?task=1`])
    expect((await savedOf(address)).t1.response.entries).toEqual({ '1001.確認': 'あ' })
  })
})

describe('the page of a task', () => {
  const draws: readonly TaskDraw[] = [
    { kind: 'table', points: 30 },
    { kind: 'draft', points: 30 },
    { kind: 'inbox', points: 30 },
    { kind: 'claims', form: 'sources', points: 24 },
    { kind: 'claims', form: 'redline', points: 24 },
  ]
  it.each(draws)('of kind $kind $form weighs at most 15 KB of gzip', async (draw) => {
    const { text } = await get(await startWith(draw))
    expect(gzipSync(text).length).toBeLessThanOrEqual(15_000)
  })
})

describe('an exam in two parts, on its pages', () => {
  it.each([
    ['ja', '知識の部を始める', '知識の部のあと', '知識の部は20分、実技の部は50分です。'],
    ['en', 'Start: Knowledge', 'After knowledge', 'The materials of the practical tasks are in Japanese'],
  ])('tells both parts before the start (%s)', async (lang, ...sentences) => {
    const { text } = await get('/exams/tiny', lang)
    for (const sentence of sentences) expect(text).toContain(sentence)
    expect(text).not.toMatch(/undefined|\[object|NaN/)
  })

  it('after the knowledge part says that the decision is open, until when, and starts practice next', async () => {
    const id = await passKnowledge()
    const { text } = await get(`/attempts/${id}/result`)
    expect(text).toContain('知識の部を終えました。次は実技の部です。')
    expect(text).toContain('まだ受けていません')
    expect(text).toMatch(/この点は2027年5月25日まで有効です/)
    expect((await get('/exams/tiny')).text).toContain('実技の部を始める')
  })

  it('a missed floor is said with the points that were missing', async () => {
    const address = await startPractice()
    for (const { ref, instance } of await instancesOf(address)) {
      const page = formOf(await get(`${address}?task=${ref.slice(1)}`))
      await post(address, { ...page, ...named(ref, play(instance, 'careful-script')), go: 'review' })
    }
    await post(`${address}/submit`, { lease: formOf(await get(`${address}/review`)).lease ?? '' })
    const { text } = await get(`${address}/result`)
    expect(text).toContain('今回は、合格に届きませんでした')
    expect(text).toMatch(/60点まで あと\d+点/)
  })

  it('starts the part that its button names, and after the wait whichever is picked', async () => {
    await passKnowledge()
    expect(formOf(await get('/exams/tiny'))).toMatchObject({ part: 'practical' })
    w.clock.advance(days(15))
    ;({ token } = await w.launch('w-1'))
    expect((await get('/exams/tiny')).text).toContain('知識の部（20分）')
    const again = await post('/exams/tiny/start', { agree: '1', locale: 'ja', part: 'knowledge' })
    const id = idOf((again.headers.get('location') ?? '').replace(/#.*/, ''))
    expect((await w.call('GET', `/api/attempts/${id}`, { token })).json.part).toBe('knowledge')
  })
})
