import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { days } from '../../../src/kernel/instant.ts'
import { decideStanding, operator, pass, rows } from '../../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../../support/fixed-world.ts'

let w: FixedWorld
let token: string
let id: string
beforeEach(async () => {
  w = await fixedWorld()
  token = await operator(w)
  id = (await pass(w, 'w-1', { name: 'みなと' })).credential
})
afterEach(() => w.close())

const get = (path: string, as = token) => w.call('GET', path, { token: as })
const post = (path: string, fields: Record<string, string>, as = token) =>
  w.call('POST', path, {
    token: as,
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
const act = (name: string, fields: Record<string, string> = { why: '本人の申し出' }, of = id) =>
  post(`/staff/credentials/${of}/${name}`, fields)
const statusOf = async (of = id) => (await rows(w, 'select status from credentials where id = ?', [of]))[0].status
const where = (reply: { headers: Headers }) => reply.headers.get('location')
const formsOn = (html: string) =>
  [...html.matchAll(/<section id="(correct|suspend|reinstate|revoke)"/g)].map(([, name]) => name)

describe('finding a credential', () => {
  it.each([
    ['its number', (of: string) => of],
    ['its address', (of: string) => `https://kentei.example/credentials/${of}?lang=en`],
    ['the address of one of its files', (of: string) => ` https://kentei.example/credentials/${of}.vc.json `],
  ])('takes %s', async (_, entered) => {
    const reply = await get(`/staff/credentials?${new URLSearchParams({ q: entered(id) })}`)
    expect([reply.status, where(reply)]).toEqual([303, `/staff/credentials/${id}`])
  })

  it('lists the newest first, and those of one holder', async () => {
    const other = (await pass(w, 'w-2')).credential
    const listed = async (query = '') =>
      [...(await get(`/staff/credentials${query}`)).text.matchAll(/href="\/staff\/credentials\/(crd_\w+)"/g)].map(
        ([, one]) => one,
      )
    expect(await listed()).toEqual([other, id])
    expect(await listed('?q=w-1')).toEqual([id])
    expect(await listed(`?before=${other}`)).toEqual([id])
    for (const query of ['crd_none', 'w-3', '<b>'])
      expect((await get(`/staff/credentials?${new URLSearchParams({ q: query })}`)).text).toContain(
        '当てはまる証明書はありません。',
      )
    expect((await get('/staff/credentials/crd_none')).status).toBe(404)
  })

  it('is for operators alone, as is deciding', async () => {
    const author = (await w.launch('aut-1', { role: 'author' })).token
    const worker = (await w.launch('w-1')).token
    for (const stranger of [author, worker]) {
      for (const path of ['', `/${id}`, `/${id}/revoke`])
        expect((await get(`/staff/credentials${path}`, stranger)).status).toBe(403)
      for (const name of ['correct', 'suspend', 'reinstate', 'revoke'])
        expect((await post(`/staff/credentials/${id}/${name}`, { why: 'x', sure: '1' }, stranger)).status).toBe(403)
    }
    expect(await statusOf()).toBe('active')
    expect((await get('/staff/exams', author)).text).not.toContain('href="/staff/credentials"')
  })
})

describe('deciding about a credential', () => {
  it('suspends and reinstates with a reason, which its page tells and escapes', async () => {
    expect(formsOn((await get(`/staff/credentials/${id}`)).text)).toEqual(['correct', 'suspend', 'revoke'])
    expect(where(await act('suspend', { why: '<script>alert(1)</script> & "調査"' }))).toBe(
      `/staff/credentials/${id}?done=suspend#main`,
    )
    expect(await statusOf()).toBe('suspended')
    const html = (await get(`/staff/credentials/${id}`)).text
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;調査&quot;')
    expect(html).not.toContain('<script>alert')
    expect(html).toMatch(/有効 → 停止中[^<]*運営の判断[^<]*· \S+<[\s\S]*調査/)
    expect(formsOn(html)).toEqual(['reinstate', 'revoke'])
    await act('reinstate')
    expect(await statusOf()).toBe('active')
  })

  it('corrects, and leads to the certificate that stands in its place', async () => {
    await w.launch('w-1', { name: 'みなと 改' })
    const [path = ''] = where(await act('correct'))?.split('?') ?? []
    const html = (await get(path)).text
    expect(html).toContain('みなと 改')
    expect(html).toContain(`href="/staff/credentials/${id}"`)
    const old = (await get(`/staff/credentials/${id}`)).text
    expect(formsOn(old)).toEqual([])
    expect(old).toContain(`href="${path}"`)
    expect(await statusOf()).toBe('revoked')
  })

  it('revokes only after a page that says what it means, with a reason and a tick', async () => {
    expect((await get(`/staff/credentials/${id}/revoke`)).text).toContain('取消しは元に戻せません')
    const unsure = await act('revoke', { why: '答案の "写し"' })
    expect([unsure.status, await statusOf()]).toEqual([422, 'active'])
    expect(unsure.text).toContain('value="答案の &quot;写し&quot;"')
    expect((await act('revoke', { why: ' ', sure: '1' })).status).toBe(422)
    expect(where(await act('revoke', { why: '答案の写し', sure: '1' }))).toBe(
      `/staff/credentials/${id}?done=revoke#main`,
    )
    expect(await statusOf()).toBe('revoked')
    expect(formsOn((await get(`/staff/credentials/${id}`)).text)).toEqual([])
    expect(where(await get(`/staff/credentials/${id}/revoke`))).toBe(`/staff/credentials/${id}`)
  })

  it('says at the form why it could not be, and keeps what was written', async () => {
    const long = 'あ'.repeat(401)
    const tooLong = await act('suspend', { why: long })
    expect([tooLong.status, tooLong.text.includes(long), await statusOf()]).toEqual([422, true, 'active'])
    // only an operator's suspension can be lifted here
    await decideStanding(w, 'w-1', 'suspended')
    await w.drain()
    const held = await act('reinstate', { why: '市場に確かめた' })
    expect([held.status, await statusOf()]).toEqual([409, 'suspended'])
    expect(held.text).toMatch(/id="reinstate-problem"[\s\S]*運営による停止ではない[\s\S]*value="市場に確かめた"/)
    await act('revoke', { why: '決定', sure: '1' })
    const gone = await act('suspend', { why: '続けて調べる' })
    expect([gone.status, formsOn(gone.text)]).toEqual([409, ['suspend']])
    expect(gone.text).toContain('value="続けて調べる"')
    expect((await act('suspend', { why: 'x' }, 'crd_none')).status).toBe(404)
  })

  it('offers to correct or suspend nothing that has ended', async () => {
    w.clock.advance(days(800))
    token = await operator(w)
    expect(formsOn((await get(`/staff/credentials/${id}`)).text)).toEqual(['revoke'])
    expect((await act('correct')).status).toBe(409)
  })

  it('shows an erased holder by no name', async () => {
    await w.call('DELETE', '/api/workers/w-1', { token: await w.market.serviceToken('workers:erase') })
    const html = (await get(`/staff/credentials/${id}`)).text
    expect(html).toContain('消去済み')
    expect(html).not.toMatch(/w-1|みなと/)
    expect(formsOn(html)).toEqual([])
  })
})
