import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readLog } from '../../../src/contract/kentei/staff.ts'
import { eraseWorker } from '../../../src/flows/erase-worker.ts'
import { noteAct } from '../../../src/flows/note-act.ts'
import { days, minutes } from '../../../src/kernel/instant.ts'
import { rows, sit } from '../../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../../support/fixed-world.ts'

let w: FixedWorld
let operator: string
beforeEach(async () => {
  w = await fixedWorld()
  operator = (await w.launch('op-1', { role: 'operator' })).token
})
afterEach(() => w.close())

const log = async (query = '') => {
  const reply = await w.call('GET', `/api/staff/log${query}`, { token: operator })
  expect(reply.status).toBe(200)
  return readLog.answer.parse(reply.json)
}
const extend = (id: string, why: string) =>
  w.call('POST', `/api/staff/attempts/${id}/deadline`, { token: operator, body: { minutes: 5, why } })

describe('the log of acts', () => {
  it('tells an operator who did what, about whom, why and when', async () => {
    const { id } = await sit(w, 'w-1')
    await extend(id, 'fire drill')
    const { entries } = await log('?act=attempt.extended')
    expect(entries).toMatchObject([
      {
        act: 'attempt.extended',
        actor: { person: 'op-1' },
        subject: { person: 'w-1' },
        object: id,
        why: 'fire drill',
        at: new Date(w.clock.now).toISOString(),
      },
    ])
  })

  it('is found by who, about whom, what and when, newest first', async () => {
    const { id } = await sit(w, 'w-1')
    await extend(id, 'first')
    w.clock.advance(minutes(2))
    await extend(id, 'second')
    expect((await log('?about=w-1&act=attempt.extended')).entries.map(({ why }) => why)).toEqual(['second', 'first'])
    expect(
      (await log(`?who=op-1&act=attempt.extended&from=${new Date(w.clock.now).toISOString()}`)).entries.map(
        ({ why }) => why,
      ),
    ).toEqual(['second'])
    expect(
      (await log(`?act=attempt.extended&until=${new Date(w.clock.now).toISOString()}`)).entries.map(({ why }) => why),
    ).toEqual(['first'])
    expect((await log('?who=w-1')).entries.map(({ act }) => act)).toEqual(['launch.taken'])
    expect((await log('?who=nobody')).entries).toEqual([])
    expect((await log('?about=nobody')).entries).toEqual([])
  })

  it('comes a hundred at a time, none twice and none left out, though many are of one instant', async () => {
    for (let n = 0; n < 230; n++)
      await w.db.batch(await noteAct(w.world, { act: 'item.leaked', actor: 'kentei', object: `i-${n}` }))
    const seen: string[] = []
    let next: string | undefined
    do {
      const page = await log(`?act=item.leaked${next ? `&before=${next}` : ''}`)
      expect(page.entries.length).toBeLessThanOrEqual(100)
      seen.push(...page.entries.map(({ object }) => object as string))
      next = page.next
    } while (next)
    expect(seen).toEqual(Array.from({ length: 230 }, (_, n) => `i-${229 - n}`))
  })

  it('says of an erased person that they were erased, and nothing else', async () => {
    const { id } = await sit(w, 'w-1')
    await extend(id, 'fire drill')
    await eraseWorker(w.world, 'w-1')
    expect((await log('?about=w-1')).entries).toEqual([])
    const [entry] = (await log('?act=attempt.extended')).entries
    expect(entry).toEqual({
      seq: entry?.seq,
      at: entry?.at,
      act: 'attempt.extended',
      actor: { person: 'op-1' },
      subject: { erased: true },
    })
  })

  it('holds once a day that somebody reads it', async () => {
    await log()
    await log()
    expect(await rows(w, "select count(*) as n from audit_entries where act = 'log.read'")).toEqual([{ n: 1 }])
    w.clock.advance(days(1))
    operator = (await w.launch('op-1', { role: 'operator' })).token
    await log()
    expect(await rows(w, "select count(*) as n from audit_entries where act = 'log.read'")).toEqual([{ n: 2 }])
  })

  it.each(['?act=nothing', '?from=yesterday', '?before=x', '?who=%20', `?about=${'w'.repeat(129)}`])(
    'refuses %s and names what is wrong',
    async (query) => {
      const reply = await w.call('GET', `/api/staff/log${query}`, { token: operator })
      expect(reply.status).toBe(422)
      expect(reply.json.issues[0].path).toBe(/\?(\w+)/.exec(query)?.[1])
      expect((await w.call('GET', `/staff/log${query}`, { token: operator })).status).toBe(422)
    },
  )

  it('is for operators alone', async () => {
    const worker = (await w.launch('w-1')).token
    const author = (await w.launch('a-1', { role: 'author' })).token
    for (const token of [worker, author]) {
      expect((await w.call('GET', '/api/staff/log', { token })).status).toBe(403)
      expect((await w.call('GET', '/staff/log', { token })).status).toBe(403)
    }
    expect((await w.call('GET', '/api/staff/log')).status).toBe(401)
  })

  it.each([
    ['ja', '時間を延ばした', '理由'],
    ['en', 'Time extended', 'Why'],
  ])('stands on a page in %s, filtered as the form says', async (lang, act, why) => {
    const { id } = await sit(w, 'w-1')
    await extend(id, 'fire <b>drill</b>')
    const page = await w.call('GET', `/staff/log?who=&about=w-1&act=attempt.extended&from=&until=&lang=${lang}`, {
      token: operator,
    })
    expect(page.status).toBe(200)
    expect(page.text).toContain(act)
    expect(page.text).toContain(`data-label="${why}"><bdi>fire &lt;b&gt;drill&lt;/b&gt;</bdi>`)
  })
})
