import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { operator, pass, rows } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
let id: string
beforeEach(async () => {
  w = await fixedWorld()
  id = (await pass(w, 'w-1')).credential
})
afterEach(() => w.close())

const accept = 'text/html'
const page = async (path: string, token?: string) =>
  (await w.call('GET', path, { headers: { accept }, ...(token ? { token } : {}) })).text
const raise = (fields: Record<string, string>, of = id) =>
  w.call('POST', `/credentials/${of}/concern`, {
    body: new URLSearchParams(fields).toString(),
    headers: { accept, 'content-type': 'application/x-www-form-urlencoded' },
  })
const kept = () => rows(w, 'select kind, note, worker, settled_by as by from concerns order by raised_at, id')

describe('a concern about a certificate', () => {
  it('is raised by anybody from its page, changes nothing, and waits for operators until one has looked into it', async () => {
    expect(await page(`/credentials/${id}?lang=ja`)).toContain(`href="/credentials/${id}/concern?lang=ja"`)
    expect(await page(`/credentials/${id}/concern?lang=en`)).toContain('Somebody else seems to use it')
    const sent = await raise({ kind: 'person', note: ' <b>別人</b>でした ' })
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `/credentials/${id}/concern?sent&lang=ja`])
    expect(await page(`/credentials/${id}/concern?sent&lang=ja`)).toContain('お知らせを受け取りました')
    expect(await kept()).toEqual([{ kind: 'person', note: '<b>別人</b>でした', worker: 'w-1', by: null }])
    expect(await rows(w, 'select status, version from credentials')).toEqual([{ status: 'active', version: 1 }])

    const token = await operator(w)
    expect(await page('/staff/credentials', token)).toContain(`href="/staff/credentials/${id}#concerns"`)
    const [one] = await rows(w, 'select id from concerns')
    expect(await page(`/staff/credentials/${id}`, token)).toContain('&lt;b&gt;別人&lt;/b&gt;でした')
    const settle = (as: string, of = id) =>
      w.call('POST', `/staff/credentials/${of}/concerns/${one.id}`, { token: as, headers: { accept } })
    expect((await settle((await w.launch('w-2')).token)).status).toBe(403)
    const other = (await pass(w, 'w-2')).credential
    for (const of of [other, 'crd_other', id.toUpperCase(), `${id}%20`])
      expect([of, (await settle(token, of)).status]).toEqual([of, 404])
    expect((await kept())[0].by).toBeNull()
    for (const _ of [1, 2])
      expect((await settle(token)).headers.get('location')).toBe(`/staff/credentials/${id}#concerns`)
    expect((await kept())[0].by).toMatch(/./)
    expect(await page('/staff/credentials', token)).not.toContain('#concerns')
    expect(await page(`/staff/credentials/${id}`, token)).toContain('確認済み')
  })

  it('is asked for again, with what was entered, where something is missing or too long', async () => {
    for (const fields of [
      { note: '「こまった" <x>' },
      { kind: 'none', note: '「こまった" <x>' },
      { kind: 'other', note: `「こまった" <x>${'あ'.repeat(1_000)}` },
    ]) {
      const reply = await raise(fields as Record<string, string>)
      expect([
        reply.status,
        /role="alert"/.test(reply.text),
        reply.text.includes('「こまった&quot; &lt;x&gt;'),
      ]).toEqual([422, true, true])
    }
    expect(await kept()).toEqual([])
  })

  it('may be one of twenty that wait, and one of six in a minute', async () => {
    for (let sent = 0; sent < 20; sent += 1) {
      if (sent % 6 === 0) w.clock.now = (w.clock.now + 60_000) as typeof w.clock.now
      expect((await raise({ kind: 'other', note: String(sent) })).status).toBe(303)
    }
    w.clock.now = (w.clock.now + 60_000) as typeof w.clock.now
    const full = await raise({ kind: 'other', note: 'one more' })
    expect([full.status, full.text.includes('すでに多くのお知らせが届いています')]).toEqual([409, true])
    for (let sent = 0; sent < 5; sent += 1) await raise({ kind: 'other', note: '' })
    const busy = await raise({ kind: 'unfair', note: '残るはずの文' })
    expect([
      busy.status,
      Number(busy.headers.get('retry-after')) > 0,
      busy.text.includes('残るはずの文'),
      /value="unfair"[^>]*checked|checked[^>]*value="unfair"/.test(busy.text),
    ]).toEqual([429, true, true, true])
    expect(await kept()).toHaveLength(20)
  })

  it('has to be about a certificate, and is destroyed with its holder', async () => {
    await raise({ kind: 'other', note: 'みなとさんのこと' })
    expect((await raise({ kind: 'other', note: '' }, 'crd_none')).status).toBe(404)
    await w.call('DELETE', '/api/workers/w-1', { token: await w.market.serviceToken('workers:erase') })
    expect(await kept()).toEqual([])
    expect((await raise({ kind: 'other', note: '' })).status).toBe(410)
    expect((await w.call('GET', `/credentials/${id}/concern`, { headers: { accept } })).status).toBe(410)
    expect(await kept()).toEqual([])
  })
})
