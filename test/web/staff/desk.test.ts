import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileDraft } from '../../../src/flows/hand-in-draft.ts'
import { deskFiles as filesOnDesk, hashDesk, openDesk } from '../../../src/flows/open-desk.ts'
import type { Bank } from '../../../src/item/bank.ts'
import { itemTypes } from '../../../src/item/definition-of.ts'
import { itemsIn } from '../../../src/item/source/items-in-file.ts'
import { findBank } from '../../../src/item/store.ts'
import { seconds } from '../../../src/kernel/instant.ts'
import type { ItemStatistics } from '../../../src/measurement/item-analysis.ts'
import { keepStatistics } from '../../../src/measurement/store.ts'
import { compileFiles } from '../../../src/node/compile-files.ts'
import { compileHere, deskFiles, publishDeskExam } from '../../support/desk-exam.ts'
import { type FixedWorld, fixedWorld } from '../../support/fixed-world.ts'
import { textOfHtml } from '../../support/text-of-html.ts'

let w: FixedWorld
let aoki: string
let baba: string
let kato: string
beforeAll(async () => {
  w = await fixedWorld()
  await publishDeskExam(w)
  aoki = (await w.launch('aut-1', { role: 'author', name: '青木' })).token
  baba = (await w.launch('aut-2', { role: 'author', name: '馬場' })).token
  kato = (await w.launch('aut-3', { role: 'author', name: '加藤' })).token
})
afterAll(() => w.close())

const DESK = '/staff/desk/clerk'
const office = deskFiles.find(({ path }) => path === 'office.ja.md')?.content ?? ''
const source = async (token = aoki) => (await w.call('GET', `${DESK}/source`, { token })).json
const fileOf = async (path: string) =>
  (await source()).files.find((file: { path: string }) => file.path === path) as { hash: string; text: string }
const put = (token: string, body: object) => w.call('PUT', `${DESK}/files`, { token, body })
const post = (token: string, path: string, fields: Record<string, string>) =>
  w.call('POST', path, {
    token,
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
const fieldsOf = (html: string): Record<string, string> =>
  Object.fromEntries([...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, k, v]) => [k, v]))

describe('the source of an exam', () => {
  it('is that of the version in force, told with its state to those who write', async () => {
    const { base, files } = await source()
    expect(base).toMatch(/^[0-9a-f]{64}$/)
    expect(files.map(({ path }: { path: string }) => path)).toEqual(deskFiles.map(({ path }) => path).sort())
    expect((await fileOf('office.ja.md')).text).toBe(office)
    const [{ n }] = (await w.db.all(
      "select count(*) as n from seen_keys where worker = 'aut-1' and exam = 'clerk'",
    )) as [{ n: number }]
    expect(n).toBe(1)
  })

  it('is not sent again while nothing changed', async () => {
    const first = await w.call('GET', `${DESK}/source`, { token: aoki })
    const tag = first.headers.get('etag') ?? ''
    const again = await w.call('GET', `${DESK}/source`, { token: aoki, headers: { 'if-none-match': tag } })
    expect(again.status).toBe(304)
  })

  it('is kept from candidates and strangers, in every call', async () => {
    const worker = (await w.launch('w-1')).token
    const calls = [
      ['GET', `${DESK}/source`],
      ['PUT', `${DESK}/files`],
      ['GET', `${DESK}/files?path=office.ja.md&version=1`],
      ['GET', `${DESK}/versions?path=office.ja.md`],
      ['PUT', `${DESK}/assets/a.png`],
      ['POST', `${DESK}/check`],
      ['POST', `${DESK}/hand-in`],
      ['GET', DESK],
      ['POST', DESK],
    ] as const
    for (const [method, path] of calls) {
      const body = method === 'GET' ? {} : { body: {} }
      expect((await w.call(method, path, { token: worker, ...body })).status, `${method} ${path}`).toBe(403)
      expect((await w.call(method, path, body)).status, `${method} ${path}`).toBe(401)
    }
  })
})

describe('what is sent after the session of its author has ended', () => {
  it('is not taken for too large where a script sends it, and kept to be sent on where a form does', async () => {
    const text = '長'.repeat(30_000)
    const sent = await w.call('PUT', `${DESK}/files`, { body: { path: 'office.ja.md', was: null, text } })
    expect(sent.status).toBe(401)
    const fields = { path: 'office.ja.md', item: 'office-001', was: 'x', act: 'save', text: '消さない文' }
    const kept = await post('', DESK, fields)
    expect(kept.status).toBe(401)
    expect(fieldsOf(kept.text)).toMatchObject(fields)
    const foreign = await w.app.request(`${w.world.settings.origin}${DESK}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: 'https://elsewhere.example' },
    })
    expect(await foreign.text()).not.toContain('消さない文')
  })
})

describe('a draft', () => {
  it('is saved over what was read, and told to others', async () => {
    const { hash } = await fileOf('office.ja.md')
    const text = office.replace('最も適切なもの', '最も分かりやすいもの')
    const saved = await put(aoki, { path: 'office.ja.md', was: hash, text })
    expect(saved.json).toMatchObject({ version: 1, by: '青木', savedAt: '2026-11-25T03:00:00.000Z' })
    expect(await fileOf('office.ja.md')).toMatchObject({ hash: saved.json.hash, text, change: 'changed', by: '青木' })
  })

  it('that somebody else saved meanwhile comes back whole instead of being overwritten', async () => {
    const { hash, text } = await fileOf('office.ja.md')
    const theirs = text.replace('件名だけで', '件名だけを見て')
    w.clock.advance(seconds(200))
    expect((await put(baba, { path: 'office.ja.md', was: hash, text: theirs })).status).toBe(200)
    const late = await put(aoki, { path: 'office.ja.md', was: hash, text: `${text}\n` })
    expect(late.status).toBe(409)
    expect(late.json).toMatchObject({ text: theirs, by: '馬場', version: 2 })
    expect((await fileOf('office.ja.md')).text).toBe(theirs)
  })

  it('takes from a page of one person nothing while another is signed in in its browser', async () => {
    const { hash, text } = await fileOf('office.ja.md')
    const body = { path: 'office.ja.md', was: hash, text: `${text}\n` }
    const send = (person: string) =>
      w.call('PUT', `${DESK}/files`, { token: kato, body, headers: { 'desk-person': person } })
    expect((await send('aut-1')).status).toBe(403)
    expect((await fileOf('office.ja.md')).hash).toBe(hash)
  })

  it('lists of a topic with more questions than a page should hold those around the place at hand', async () => {
    const path = 'many.ja.md'
    const items = Array.from({ length: 700 }, (_, n) => `## many-${n + 101} 題`)
    const { json } = await put(aoki, { path, was: null, text: items.join('\n\n') })
    const { text } = await w.call('GET', `${DESK}?path=${path}&item=many-600&lang=ja`, { token: aoki })
    const listed = [...text.matchAll(/<li><a href="[^"]*many\.ja\.md&amp;item=many-(\d+)"/g)].map(([, n]) => Number(n))
    expect([listed[0], listed.length, listed.includes(600)]).toEqual([450, 300, true])
    expect(text).toContain('ほかの400件')
    expect((await put(aoki, { path, was: json.hash, text: null })).status).toBe(200)
  })

  it('keeps its earlier steps', async () => {
    const { json } = await w.call('GET', `${DESK}/versions?path=office.ja.md`, { token: baba })
    expect(json.versions.map(({ version, by }: { version: number; by: string }) => [version, by])).toEqual([
      [2, '馬場'],
      [1, '青木'],
    ])
    const step = await w.call('GET', `${DESK}/files?path=office.ja.md&version=1`, { token: baba })
    expect(step.json.text).toContain('最も分かりやすいもの')
    expect(step.json.text).not.toContain('件名だけを見て')
  })

  it('takes no file of another place, and none that is too long', async () => {
    for (const path of ['../exam.md', 'items.lock.json', 'assets/x.svg', 'a/b.md', 'OFFICE.ja.md'])
      expect((await put(aoki, { path, was: null, text: '' })).status, path).toBe(422)
    expect((await put(aoki, { path: 'new.ja.md', was: null, text: 'あ'.repeat(1_000_001) })).status).toBe(413)
  })

  it('takes a picture by its bytes, and says so of what is none or too large', async () => {
    const picture = (bytes: number[], length = bytes.length) => {
      const body = new Uint8Array(length)
      body.set(bytes)
      return w.app.request(`${w.world.settings.origin}${DESK}/assets/chart.png`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${aoki}` },
        body,
      })
    }
    const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    expect((await picture([1, 2, 3])).status).toBe(422)
    expect((await picture(png, 300_001)).status).toBe(413)
    expect((await picture(png, 40_000_000)).status).toBe(413)
    expect(await (await picture(png)).json()).toMatchObject({ path: 'assets/chart.png', version: 1 })
    // a colleague's picture of the same name stays; the same bytes are there already
    expect((await picture(png, 9)).status).toBe(409)
    expect(await (await picture(png)).json()).toMatchObject({ path: 'assets/chart.png', version: 1 })
  })
})

describe('the page of the desk', () => {
  it('works as a form: what is written is saved into its place of the file', async () => {
    const page = await w.call('GET', `${DESK}?path=office.ja.md&item=office-002`, { token: aoki })
    expect(page.status).toBe(200)
    expect(page.text).toContain('税抜 12,000 円')
    const text = (itemsIn(office)[1]?.text ?? '').replace('備品', '文房具')
    const saved = await post(aoki, DESK, {
      ...fieldsOf(page.text.split('id="desk-editor"')[1] ?? ''),
      text,
      act: 'save',
    })
    expect(saved.status).toBe(303)
    const file = await fileOf('office.ja.md')
    expect(itemsIn(file.text)[1]?.text).toBe(text)
    expect(file.text).toContain('件名だけを見て')
  })

  it('shows what is wrong with its line in the item, and what candidates would see', async () => {
    const path = `${DESK}?path=office.ja.md&item=office-001`
    const before = await w.call('GET', path, { token: aoki })
    const fields = fieldsOf(before.text.split('id="desk-editor"')[1] ?? '')
    const [item] = itemsIn((await fileOf('office.ja.md')).text)
    const broken = (item?.text ?? '').replace('- [ ] 見積書', '- [　] 見積書')
    const checked = await post(aoki, DESK, { ...fields, text: broken, act: 'check' })
    expect(checked.status).toBe(200)
    expect(checked.text).toMatch(/9行[\s\S]{0,200}は選択肢の印/)
    expect(checked.text).toContain('承認に出せません')
    const again = fieldsOf(checked.text.split('id="desk-editor"')[1] ?? '')
    const mended = await post(aoki, DESK, { ...again, text: item?.text ?? '', act: 'check' })
    const view = (mended.text.split('id="desk-view"')[1] ?? '').replaceAll('<wbr>', '')
    expect(view).toContain('最も分かりやすいもの')
    expect(view).not.toContain('件名だけを見て')
  })

  it('leads to the rest of its file, and to earlier saves, from an item that was taken away', async () => {
    const { headers } = await w.call('GET', `${DESK}?path=office.ja.md&item=office-999`, { token: aoki })
    const page = await w.call('GET', headers.get('location') ?? '', { token: aoki })
    expect(page.text).toContain('その問題は、このファイルにありません')
    expect(page.text).toContain(`${DESK}/history?path=office.ja.md`)
    expect((await w.call('GET', `${DESK}?path=no.ja.md&item=x-1`, { token: aoki })).status).toBe(404)
  })

  it('loses nothing of two who change one item: the later sees both texts', async () => {
    const path = `${DESK}?path=office.ja.md&item=office-002`
    const fields = fieldsOf((await w.call('GET', path, { token: aoki })).text.split('id="desk-editor"')[1] ?? '')
    const [, item] = itemsIn((await fileOf('office.ja.md')).text)
    const [mine, theirs] = ['文具', '用紙'].map((word) => (item?.text ?? '').replace('文房具', word))
    expect((await post(baba, DESK, { ...fields, text: theirs ?? '', act: 'save' })).status).toBe(303)
    const late = await post(aoki, DESK, { ...fields, text: mine ?? '', act: 'save' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('馬場さんが、同じところを先に保存しました')
    expect(late.text).toContain('文具を')
    expect(late.text).toContain('用紙を')
  })

  it('says on which day a text was saved', async () => {
    const week = 7 * 86_400_000
    await w.db.run(`update draft_files set saved_at = saved_at - ${week}`)
    const { text } = await w.call('GET', `${DESK}?path=office.ja.md&item=office-002&lang=ja`, { token: aoki })
    await w.db.run(`update draft_files set saved_at = saved_at + ${week}`)
    expect(text).toMatch(/\d+月\d+日 \d+:\d+ に保存（馬場）/)
  })
})

const multipart = async (token: string, path: string, fields: Record<string, string | File | File[]>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one)
  const encoded = new Request('http://form.example', { method: 'POST', body: form })
  return w.call('POST', path, {
    token,
    body: await encoded.text(),
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
  })
}

describe('the figures of an item on the desk', () => {
  const figures = (html: string) => /<details class="stat"[\s\S]*?<\/details>/.exec(html)?.[0] ?? ''
  it('are left out while they are of few, and come with their intervals', async () => {
    const [{ hash }] = (await w.db.all(
      "select hash from exam_versions where exam = 'clerk' order by published_at desc limit 1",
    )) as [{ hash: string }]
    const live = (await findBank(w.db, hash))?.items.find(({ id }) => id === 'office-001')
    const measured = {
      item: 'office-001',
      version: live?.version ?? 1,
      hash: live?.hash ?? '',
      locale: 'ja',
      n: 12,
      facility: { value: 0.5, low: 0.4, high: 0.6 },
      discrimination: { value: 0.3, low: 0.1, high: 0.5 },
      unanswered: 0,
      options: [],
      flags: [],
    } as unknown as ItemStatistics
    const asked = `${DESK}?path=office.ja.md&item=office-001`
    const shown = async (n: number) => {
      await keepStatistics(w.db, 'clerk', { at: w.world.now(), papers: n, items: [{ ...measured, n }] })
      return figures((await w.call('GET', asked, { token: aoki })).text)
    }
    const few = await shown(12)
    expect(few).toContain('まだ少ない（12 / 30）')
    expect(few).not.toContain('50%')
    expect(await shown(30)).toMatch(
      /30回出題、正答率 50%（95%区間 40〜60%）、識別力 0\.30（95 % 信頼区間 0\.10〜0\.50）/,
    )
  })
})

describe('a hand-in', () => {
  it('is refused while there is something to mend, and says where', async () => {
    const { hash, text } = await fileOf('office.ja.md')
    await put(aoki, { path: 'office.ja.md', was: hash, text: text.replace('- [x]', '- [ｘ]') })
    const sent = await w.call('POST', `${DESK}/hand-in`, {
      token: aoki,
      body: { note: '直した', draft: (await source()).draft },
    })
    expect(sent.status).toBe(422)
    expect(sent.json.state).toBe('refused')
    expect(sent.json.findings.map(({ where }: { where: string }) => where)).toContainEqual(
      expect.stringMatching(/^office\.ja\.md:/),
    )
    const page = await w.call('GET', `${DESK}/hand-in`, { token: aoki })
    expect(page.text).toContain('aria-disabled="true"')
    expect(page.text).toMatch(/<b>[12]<\/b>変わった問題/)
    expect(page.text).not.toContain('<b>–</b>')
    const now = await fileOf('office.ja.md')
    expect((await put(aoki, { path: 'office.ja.md', was: now.hash, text })).status).toBe(200)
  })

  it('asks what changed and why, and shows the difference word by word with changes of keys first', async () => {
    const { hash, text } = await fileOf('office.ja.md')
    const raised = (of: string) =>
      of.replace('13,200 ± 0', '13,300 ± 0').replace(/^`(?:単一|single|数値|numeric)`/gm, '$& `v2`')
    await put(aoki, { path: 'office.ja.md', was: hash, text: raised(text) })
    const english = await fileOf('office.en.md')
    await put(aoki, { path: 'office.en.md', was: english.hash, text: raised(english.text) })
    const page = await w.call('GET', `${DESK}/hand-in`, { token: aoki })
    expect(page.text).toMatch(/<del>[^<]*200<\/del>/)
    expect(page.text.indexOf('正解が変わる</span>')).toBeLessThan(page.text.indexOf('office-001'))
    expect((await post(aoki, `${DESK}/hand-in`, { note: ' ' })).status).toBe(422)
  })

  it('is refused when somebody saved after it was shown, keeps the note, and says so by script, too', async () => {
    const shown = fieldsOf((await w.call('GET', `${DESK}/hand-in`, { token: aoki })).text)
    const { hash, text } = await fileOf('exam.en.md')
    expect((await put(baba, { path: 'exam.en.md', was: hash, text: `${text}\nNever seen.\n` })).status).toBe(200)
    const late = await post(aoki, `${DESK}/hand-in`, { note: '見たとおり', draft: shown.draft ?? '' })
    expect(late.status).toBe(409)
    for (const told of ['だれかが下書きを保存しました', 'Never seen.', '見たとおり</textarea>'])
      expect(late.text).toContain(told)
    expect(fieldsOf(late.text).draft).toBe((await source()).draft)
    const byScript = { token: aoki, body: { note: '見たとおり', draft: shown.draft ?? '' } }
    expect(await w.call('POST', `${DESK}/hand-in`, byScript)).toMatchObject({
      status: 409,
      json: { state: 'draft-changed' },
    })
    const { hash: was } = await fileOf('exam.en.md')
    expect((await put(baba, { path: 'exam.en.md', was, text })).status).toBe(200)
  })

  it('is approved by a person who neither handed it in nor wrote of it, and sees the same difference', async () => {
    const { draft } = await source()
    const sent = await post(aoki, `${DESK}/hand-in`, { note: '税額を直した', draft })
    expect(sent.status, sent.text.slice(0, 2_000)).toBe(303)
    const at = sent.headers.get('location')?.split('?')[0] ?? ''
    // while it waits, its author goes on within the same two minutes
    const { hash: was, text: handedIn } = await fileOf('office.ja.md')
    expect((await put(aoki, { path: 'office.ja.md', was, text: `${handedIn}\n` })).status).toBe(200)
    const judged = await w.call('GET', at, { token: kato })
    expect(judged.text).toContain('書かれた文章の違い')
    expect(judged.text).toMatch(/<ins>[^<]*300<\/ins>/)
    const against = /name="against" value="([^"]*)"/.exec(judged.text)?.[1] ?? ''
    expect((await post(aoki, `${at}/approve`, { against, why: '' })).status).toBe(409)
    // of the changed file an earlier step is of another author
    const theirs = `/api${at}`
    for (const act of ['approve', 'return'])
      expect((await w.call('POST', `${theirs}/${act}`, { token: baba, body: { against, why: 'x' } })).json.code).toBe(
        'own-proposal',
      )
    expect((await w.call('GET', at, { token: baba })).text).toContain('あなたが書いた文章が、この版に入っています')
    expect((await post(kato, `${at}/approve`, { against, why: '' })).headers.get('location')).toContain('approved')
    const { files } = await source()
    const changed = files.filter(({ change }: { change?: string }) => change)
    expect(changed.map(({ path }: { path: string }) => path)).toEqual(['office.ja.md'])
    expect((await fileOf('office.ja.md')).text).toContain('13,300')
  })

  it('is approved by nobody whose words live on in it, whatever of their steps is left', async () => {
    const path = 'exam.en.md'
    const { text, hash } = await fileOf(path)
    let was: string = (await put(baba, { path, was: hash, text: text.replace('carefully', 'as Baba says') })).json.hash
    const { json } = await w.call('GET', `${DESK}/versions?path=${path}`, { token: baba })
    const [theirs] = json.versions as { version: number }[]
    const handIn = async (by: string) => {
      const { draft } = await source()
      const sent = await w.call('POST', `${DESK}/hand-in`, { token: by, body: { note: '案内', draft } })
      expect(sent.json.state, sent.text).toBe('waiting')
      return sent.json.proposal
    }
    const judge = async (proposal: string, by: string) =>
      (await w.call('POST', `/api/staff/proposals/${proposal}/return`, { token: by, body: { why: 'x' } })).json.code
    // they go back to what is published, and another brings their words back
    w.clock.advance(seconds(120))
    was = (await put(baba, { path, was, text })).json.hash
    await post(aoki, `${DESK}/history`, { path, version: String(theirs?.version), act: 'bring-back', was })
    was = (await fileOf(path)).hash
    const first = await handIn(aoki)
    expect([await judge(first, baba), await judge(first, kato)]).toEqual(['own-proposal', undefined])
    // a colleague saves so often that no step of theirs is left
    for (let n = 0; n < 42; n += 1)
      was = (await put(aoki, { path, was, text: text.replace('carefully', `as Baba says, ${n} times`) })).json.hash
    const second = await handIn(aoki)
    expect([await judge(second, baba), await judge(second, kato)]).toEqual(['own-proposal', undefined])
    expect((await put(aoki, { path, was, text })).status).toBe(200)
  })

  it('does not call published otherwise what was handed in from the draft itself', async () => {
    const page = await w.call('GET', `${DESK}/hand-in`, { token: aoki })
    expect(page.text).not.toContain('公開中の版が、書き始めた後に変わりました')
  })

  it('is decided by who wrote nothing of it since the file was published last', async () => {
    const { hash: was, text } = await fileOf('exam.en.md')
    const words = text.replace('carefully', 'with care')
    expect((await put(aoki, { path: 'exam.en.md', was, text: words })).status).toBe(200)
    const { draft } = await source()
    const sent = await w.call('POST', `${DESK}/hand-in`, { token: aoki, body: { note: '案内', draft } })
    expect(sent.status, sent.text).toBe(200)
    const proposal = `/api/staff/proposals/${sent.json.proposal}`
    expect((await w.call('POST', `${proposal}/return`, { token: baba, body: { why: 'x' } })).status).toBe(200)
    for (const path of ['office.ja.md', 'exam.en.md']) {
      const back = { path, version: '0', act: 'bring-back', was: (await fileOf(path)).hash }
      expect((await post(aoki, `${DESK}/history`, back)).status).toBe(303)
    }
  })
})

describe('earlier steps of a draft', () => {
  it('are compared with what is there now, and brought back', async () => {
    const { hash, text } = await fileOf('office.ja.md')
    w.clock.advance(seconds(200))
    await put(aoki, {
      path: 'office.ja.md',
      was: hash,
      text: text.replace('下さい', 'ください').replace('税抜 12,000', '税抜 15,000'),
    })
    const page = await w.call('GET', `${DESK}/history?path=office.ja.md`, { token: aoki })
    expect(page.text).toMatch(/<del>[^<]*12[^<]*<\/del>|<ins>[^<]*15[^<]*<\/ins>/)
    const now = await fileOf('office.ja.md')
    const back = { path: 'office.ja.md', version: '0', act: 'bring-back' }
    expect((await post(aoki, `${DESK}/history`, { ...back, was: 'another' })).status).toBe(409)
    expect((await post(aoki, `${DESK}/history`, { ...back, was: now.hash })).status).toBe(303)
    expect((await fileOf('office.ja.md')).text).toBe(text)
  })
})

describe('questions from elsewhere', () => {
  it('begin as a form to write over, with the next number of their topic', async () => {
    const begun = await post(aoki, `${DESK}/new`, { path: 'office.ja.md', type: 'multiple' })
    expect(begun.headers.get('location')).toContain('item=office-003')
    expect(itemsIn((await fileOf('office.ja.md')).text)[2]?.text).toMatch(/^## office-003 [\s\S]*`複数`[\s\S]*`下書き`/)
  })

  it('are shown before they change the draft, with what is lost of them', async () => {
    const gift = '::送付状:: 送付状に書くものはどれですか。 {=宛名 ~年齢 ~血液型}\n'
    const file = new File([gift], 'more.gift', { type: 'text/plain' })
    const before = await fileOf('office.ja.md')
    const shown = await multipart(aoki, `${DESK}/import`, { act: 'import', topic: 'office', locale: 'ja', file })
    expect(shown.status, shown.text.slice(0, 1_500)).toBe(200)
    expect(shown.text).toContain('送付状に書くもの')
    expect((await fileOf('office.ja.md')).hash).toBe(before.hash)
    const writes = textOfHtml(/<textarea name="writes"[^>]*>([\s\S]*?)<\/textarea>/.exec(shown.text)?.[1] ?? '')
    expect((await post(aoki, `${DESK}/import`, { act: 'take', writes })).status).toBe(303)
    const { text } = await fileOf('office.ja.md')
    expect(text).toContain('送付状に書くもの')
    expect(text.startsWith(before.text.trimEnd()), 'nothing else in the file changed').toBe(true)
  })

  it('come as a folder of Markdown, and what is none of an exam is left alone', async () => {
    const files = [new File(['# Clerk\n\nRead twice.\n'], 'clerk/exam.en.md'), new File(['secret'], 'clerk/.env')]
    const shown = await multipart(aoki, `${DESK}/import`, { act: 'folder', files })
    expect(shown.text).toContain('Read twice')
    expect(shown.text).not.toContain('secret')
    expect((await multipart(aoki, `${DESK}/import`, { act: 'folder', files: files.slice(1) })).status).toBe(422)
    // a picture is left alone only where the same one is there
    const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    const chart = (bytes: number[]) => new File([new Uint8Array([...signature, ...bytes])], 'clerk/assets/chart.png')
    const withPicture = await multipart(aoki, `${DESK}/import`, { act: 'folder', files: [chart([1])] })
    expect(withPicture.text).toContain('assets/chart.png')
    const same = await multipart(aoki, `${DESK}/import`, { act: 'folder', files: [chart([])] })
    expect(same.status).toBe(422)
  })
})

describe('the room of a draft', () => {
  const stepsOf = async (path: string) =>
    ((await w.db.all(`select version from draft_files where path = '${path}'`)) as { version: number }[]).map(
      ({ version }) => version,
    )
  /** Puts a step there that counts as if it held so much. */
  const fill = (exam: string, version: number, bytes: number) =>
    w.db.run(`insert or replace into draft_files (exam, path, version, hash, base, by, by_name, saved_at, content, bytes)
      values ('${exam}', 'fill.ja.md', ${version}, 'v${version}', '', 'aut-1', '', ${version}, 'text:', ${bytes})`)
  const text = 'う'.repeat(30_000)
  let token: string
  beforeAll(async () => {
    token = (await w.launch('aut-1', { role: 'author', name: '青木' })).token
    await fill('clerk', 1, 11_850_000)
  })
  afterAll(() => w.db.run("delete from draft_files where path not like 'office.%'"))

  it('is shared by its files: of two that would each fit alone and are saved at once, one is refused', async () => {
    const both = await Promise.all(['one', 'two'].map((name) => put(token, { path: `${name}.ja.md`, was: null, text })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 413])
    expect(both.find(({ status }) => status === 413)?.json).toMatchObject({ limitBytes: 12_000_000 })
  })

  it('is told on the page, which keeps what was written, and by the import', async () => {
    const at = `${DESK}?path=exam.en.md`
    const fields = fieldsOf((await w.call('GET', at, { token })).text.split('id="desk-editor"')[1] ?? '')
    const refused = await post(token, DESK, { ...fields, text, act: 'save' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('下書きに入る大きさを超える')
    expect(refused.text).toContain(text)
    const writes = JSON.stringify([{ path: 'three.ja.md', was: null, text }])
    expect((await post(token, `${DESK}/import`, { act: 'take', writes })).text).toContain('three.ja.md からは')
  })

  it('is left to what becomes smaller, and the history says why a long step is not brought back', async () => {
    const path = 'four.ja.md'
    expect((await put(token, { path: 'fill.ja.md', was: 'v1', text: '短い' })).status).toBe(200)
    const long = await put(token, { path, was: null, text })
    w.clock.advance(seconds(120))
    const short = await put(token, { path, was: long.json.hash, text: '短い' })
    await fill('clerk', 3, 11_850_000)
    const back = { path, version: '1', act: 'bring-back', was: short.json.hash }
    const refused = await post(token, `${DESK}/history`, back)
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('下書きに入る大きさを超える')
  })

  it('lets the oldest earlier steps go when all steps are too many, and nothing that is there now', async () => {
    await fill('clerk', 2, 48_000_000)
    expect((await put(token, { path: 'fill.ja.md', was: 'v3', text: '四' })).status).toBe(200)
    expect(await stepsOf('fill.ja.md')).toEqual([3, 4])
  })

  it('is that of one author over all drafts, too', async () => {
    await fill('elsewhere', 1, 5_000_000)
    await fill('elsewhere', 2, 192_000_000)
    expect((await put(token, { path: 'nine.ja.md', was: null, text: '九' })).status).toBe(413)
    const other = (await w.launch('aut-2', { role: 'author', name: '馬場' })).token
    expect((await put(other, { path: 'nine.ja.md', was: null, text: '九' })).status).toBe(200)
    await fill('elsewhere', 2, 191_000_000)
    expect((await put(token, { path: 'ten.ja.md', was: null, text: '十' })).status).toBe(200)
    expect(await w.db.all("select version from draft_files where exam = 'elsewhere'")).toEqual([{ version: 2 }])
  })

  it('is that of a version that is handed in, too', async () => {
    const { compileBank } = w.world
    const compileLarge: typeof compileHere = async (files, wish) => {
      const compiled = await compileHere(files, wish)
      return { ...compiled, bank: { ...(compiled.bank as object), padding: '.'.repeat(5_500_000) } }
    }
    await w.db.run("delete from draft_files where path not like 'office.%'")
    const path = 'exam.en.md'
    expect((await put(token, { path, was: (await fileOf(path)).hash, text: '# Clerk\n\nRead.\n' })).status).toBe(200)
    Object.assign(w.world, { compileBank: compileLarge })
    const { draft } = await source(token)
    const refused = await post(token, `${DESK}/hand-in`, { note: '長い', draft })
    Object.assign(w.world, { compileBank })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('一つの版にできません')
  })
})

describe('a file that is saved while the draft is read', () => {
  it('is read as it is then, and told from the one that was looked at', async () => {
    const { session, token } = await w.launch('aut-1', { role: 'author', name: '青木' })
    const path = 'office.ja.md'
    const save = async (words: string) => {
      const { files } = await source(token)
      const was = files.find((file: { path: string }) => file.path === path)?.hash
      expect((await put(token, { path, was, text: words })).status).toBe(200)
    }
    const { text } = (await source(token)).files.find((file: { path: string }) => file.path === path)
    await save(`${text}\n`)
    const desk = await openDesk(w.world, { session, exam: 'clerk' })
    if (!desk.ok) throw new Error(desk.problem.code)
    const seen = await hashDesk(desk.value.entries)
    expect((await compileDraft(w.world, desk.value, 'ja'))?.draft).toBe(seen)
    await save(`${text}\n\n`)
    const files = await filesOnDesk(w.world, desk.value)
    expect(files.find((file) => file.path === path)?.content).toBe(`${text}\n\n`)
    expect((await compileDraft(w.world, desk.value, 'ja'))?.draft).not.toBe(seen)
    await save(text)
  })
})

describe('an item that is to rest', () => {
  it('rests in the draft, in every language, from its own page on, and is handed in from there', async () => {
    const { token } = await w.launch('op-1', { role: 'operator', name: '運営' })
    const at = '/staff/exams/clerk/items/office-002'
    expect((await w.call('GET', at, { token })).text).toContain(`action="${at}/rest"`)
    const reply = await post(token, `${at}/rest`, {})
    expect([reply.status, reply.headers.get('location')]).toEqual([303, `${DESK}/hand-in`])
    const textOf = async (path: string) =>
      itemsIn((await fileOf(path)).text).find(({ id }) => id === 'office-002')?.text
    expect(await textOf('office.ja.md')).toContain('`控え`')
    expect(await textOf('office.en.md')).toContain('`dormant`')
    expect((await post(token, '/staff/exams/clerk/items/office-999/rest', {})).status).toBe(404)
    const worker = (await w.launch('w-1')).token
    expect((await post(worker, `${at}/rest`, {})).status).toBe(403)
    for (const file of deskFiles)
      await put(token, { path: file.path, was: (await fileOf(file.path)).hash, text: file.content })
  })
})

describe('the steps of a file', () => {
  it('keeps of what one person saves within two minutes the last, and forty steps at most', async () => {
    const path = 'notes.ja.md'
    const token = () => w.launch('aut-1', { role: 'author', name: '青木' }).then((made) => made.token)
    let mine = await token()
    let was: string | null = null
    const versions = async () =>
      (await w.call('GET', `${DESK}/versions?path=${path}`, { token: mine })).json.versions.map(
        ({ version }: { version: number }) => version,
      )
    w.clock.advance(seconds(120))
    for (const text of ['一', '二', '三']) was = (await put(mine, { path, was, text })).json.hash
    expect(await versions()).toEqual([3])
    for (let n = 0; n < 45; n += 1) {
      w.clock.advance(seconds(120))
      if (n % 10 === 0) mine = await token()
      was = (await put(mine, { path, was, text: `${n}` })).json.hash
    }
    expect(await versions()).toHaveLength(40)
    expect((await put(mine, { path, was, text: null })).status).toBe(200)
  })
})

describe('a draft whose file was published otherwise meanwhile', () => {
  it('is named before it is handed in, until somebody keeps it', async () => {
    const path = 'exam.en.md'
    const { token } = await w.launch('aut-1', { role: 'author', name: '青木' })
    const was = ((await source(token)).files as { path: string; hash: string }[]).find((file) => file.path === path)
    const mine = await put(token, { path, was: was?.hash, text: '# Clerk\n\nRead with care.\n' })
    expect(mine.status).toBe(200)
    const isNamed = async () =>
      (await w.call('GET', `${DESK}/hand-in`, { token })).text.includes(`history?path=${path}`)
    expect(await isNamed()).toBe(false)

    await publishDeskExam(
      w,
      deskFiles.map((file) => ({
        ...file,
        content: file.content.replace('Read carefully.', 'Read twice.').replace('version: 1', 'version: 2'),
      })),
    )
    expect(await isNamed()).toBe(true)
    const keep = (hash: string) =>
      post(token, `${DESK}/history`, { path, version: '0', act: 'keep', was: hash }).then(({ status }) => status)
    expect(await keep('another')).toBe(409)
    expect(await keep(mine.json.hash)).toBe(303)
    expect(await isNamed()).toBe(false)
  })
})

describe('what is written of a place that was taken away meanwhile', () => {
  it('is kept, and put at the end of its file when it is sent again', async () => {
    const { token } = await w.launch('aut-1', { role: 'author', name: '青木' })
    const fields = {
      path: 'office.ja.md',
      item: 'office-777',
      was: 'x',
      act: 'save',
      text: '## office-777 消さない問題',
    }
    const textNow = async () =>
      (await source(token)).files.find(({ path }: { path: string }) => path === fields.path)?.text as string
    const before = await textNow()
    const late = await post(token, DESK, fields)
    expect([late.status, await textNow()]).toEqual([409, before])
    expect(late.text).toContain('ほかの人がこの場所を消したか')
    expect(late.text).toContain(fields.text)
    const editor = fieldsOf(late.text.split('id="desk-editor"')[1] ?? '')
    expect((await post(token, DESK, { ...editor, text: fields.text, act: 'save' })).status).toBe(303)
    expect(await textNow()).toBe(`${before.trimEnd()}\n\n${fields.text}\n`)
    const gone = await post(token, DESK, { ...fields, path: 'gone.ja.md' })
    expect([gone.status, gone.text.includes(fields.text)]).toEqual([409, true])
  })
})

describe('a question of each type that is begun', () => {
  it('compiles as it stands, once it is no draft any more', async () => {
    const { token } = await w.launch('aut-1', { role: 'author', name: '青木' })
    for (const type of itemTypes) await post(token, `${DESK}/new`, { path: 'office.ja.md', type })
    const { files: written } = await source(token)
    const now = written.find(({ path }: { path: string }) => path === 'office.ja.md').text
    const begun = itemsIn(now).slice(-itemTypes.length)
    const text = begun.map((item) => item.text.replace('`下書き`', '`試験導入` `難易度2`')).join('\n\n')
    const files = deskFiles.map(({ path, content }) => ({
      path,
      content: path === 'office.ja.md' ? `${content}\n\n${text}\n` : content,
    }))
    const { bank, findings } = compileFiles(files, { bank: true })
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect((bank as Bank).items.slice(-itemTypes.length).map(({ type }) => type)).toEqual(itemTypes)
  })
})
