import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publishExam } from '../../src/flows/publish-exam.ts'
import type { Item } from '../../src/item/item.ts'
import { operator, pass, rows, sit } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const drawn = async (id: string): Promise<string[]> => {
  const [{ form }] = (await rows(w, 'select form from attempts where id = ?', [id])) as [{ form: string }]
  return JSON.parse(form).sections.flatMap(({ items }: { items: { itemId: string }[] }) =>
    items.map(({ itemId }) => itemId),
  )
}

async function page(token: string, method: 'GET' | 'POST' = 'GET', fields: Record<string, string> = {}) {
  const reply = await w.call(method, '/staff/leaks', {
    token,
    ...(method === 'POST'
      ? {
          body: new URLSearchParams(fields).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }
      : {}),
  })
  return reply
}

const mark = (token: string, item: string, exam = 'tiny') =>
  page(token, 'POST', { exam, item, why: '掲示板で見つかった' })

describe('an item that leaked', () => {
  it('is not drawn any more while others fit, and stays on the papers that hold it', async () => {
    const first = await sit(w, 'w-1')
    const [leaked] = await drawn(first.id)
    const token = await operator(w)
    expect((await mark(token, leaked as string)).headers.get('location')).toBe('/staff/leaks?outcome=done')
    for (const worker of ['w-2', 'w-3', 'w-4']) expect(await drawn((await sit(w, worker)).id)).not.toContain(leaked)
    expect(await drawn(first.id)).toContain(leaked)
  })

  it('still fills a paper that nothing else can fill', async () => {
    const token = await operator(w)
    for (const { id } of w.bank.items) await mark(token, id)
    const asked = w.bank.exam.sections.reduce((sum, { draw }) => sum + draw, 0)
    expect(await drawn((await sit(w, 'w-1')).id)).toHaveLength(asked)
  })

  it('is told with what it cost: papers, grades and passes', async () => {
    const { id } = await pass(w, 'w-1')
    const [leaked = ''] = await drawn(id)
    const token = await operator(w)
    await mark(token, leaked)
    // a second report changes nothing, and loses nothing
    const second = await mark(token, leaked)
    expect([second.status, second.text.includes('書いた理由：掲示板で見つかった')]).toEqual([409, true])
    expect(await rows(w, 'select item, by, why from leaks')).toEqual([
      { item: leaked, by: 'op-1', why: '掲示板で見つかった' },
    ])
    const { text } = await page(token)
    expect(text).toContain('掲示板で見つかった')
    expect(text).toMatch(new RegExp(`${leaked}[\\s\\S]{0,600}>1<[\\s\\S]{0,200}1件・1件`))
  })

  it('is looked for by what candidates see of it, and never by its key', async () => {
    const token = await operator(w)
    const found = async (q: string) =>
      [...(await w.call('GET', `/staff/leaks?q=${encodeURIComponent(q)}`, { token })).text.matchAll(/items\/([\w-]+)/g)]
        .map(([, id]) => id)
        .sort()
    const [stem, choice] = ['office-003', 'office-001 choice 2']
    expect([await found(stem), await found(choice)]).toEqual([['office-003'], ['office-001']])
    expect(await rows(w, 'select * from seen_keys')).toEqual([])
    for (const secret of ['御中', 'onchu', '13200', 'why office-003', 'partial credit'])
      expect(await found(secret)).toEqual([])
  })

  it('is for operators to tell, of items that exist, with a reason', async () => {
    const worker = (await w.launch('w-1')).token
    expect((await mark(worker, w.bank.items[0]?.id ?? '')).status).toBe(403)
    expect((await page(worker)).status).toBe(403)
    const token = await operator(w)
    for (const fields of [
      { exam: 'tiny', item: 'office-999', why: 'x' },
      { exam: 'none', item: 'office-001', why: 'x' },
      { exam: 'tiny', item: 'office-001', why: '' },
      { exam: 'tiny', item: 'office-001', why: 'x'.repeat(401) },
    ]) {
      const refused = await page(token, 'POST', fields)
      expect([refused.status, refused.text.includes(`書いた理由：${fields.why}`)]).toEqual([422, fields.why !== ''])
    }
    expect(await rows(w, 'select * from leaks')).toEqual([])
  })

  it('raises the alarm for the bank when it is one that nobody was shown', async () => {
    const decoy = { ...(w.bank.items[0] as Item), id: 'office-900', status: 'honeypot' as const }
    const items = [...w.bank.items, decoy]
    await publishExam(w.world, { ...w.bank, items, hash: 'd'.repeat(64) })
    for (const worker of ['w-1', 'w-2', 'w-3', 'w-4', 'w-5'])
      expect(await drawn((await sit(w, worker)).id)).not.toContain('office-900')
    const token = await operator(w)
    const before = (await page(token)).text
    expect(before).toMatch(/office-900<\/span>[\s\S]{0,300}おとり/)
    expect(before).not.toContain('問題集そのものが漏れています')
    await mark(token, 'office-001')
    expect((await page(token)).text).not.toContain('問題集そのものが漏れています')
    await mark(token, 'office-900')
    // by what it asks
    expect((await page(token)).text).toMatch(/問題集そのものが漏れています[\s\S]{0,200}office-000/)
  })
})
