import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dayOf, days } from '../../src/kernel/instant.ts'
import { countedFrom } from '../../src/marketplace/events/store.ts'
import { pass, rows, sendWebhook } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, NOON } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

let sent = 0
const tell = (type: string, data: Record<string, unknown>, id = `evt-${type}-${++sent}`) =>
  sendWebhook(w, { id, type, data: { version: 1, ...data } })
const hired = (worker = 'w-1', exam = 'tiny') => tell('worker.first_hired', { worker, exam, contract: `ctr-${worker}` })
const counted = async () =>
  Object.fromEntries((await countedFrom(w.db, dayOf(NOON), 'tiny')).map(({ event, n }) => [event, n]))

describe('what is counted on the way to a first job', () => {
  it('an exam that is opened counts once for each event, also of who has not come here yet', async () => {
    for (const worker of ['w-1', 'w-2']) expect((await tell('exam.opened', { worker, exam: 'tiny' })).status).toBe(200)
    await tell('exam.opened', { worker: 'w-3', exam: 'tiny' }, 'evt-again')
    expect((await tell('exam.opened', { worker: 'w-3', exam: 'tiny' }, 'evt-again')).json).toEqual({ applied: false })
    expect(await counted()).toEqual({ 'exam.opened': 3 })
  })

  it('an exam that there is not is not counted, whatever it is called', async () => {
    for (const exam of ['none', 'x'.repeat(64), "'; drop table inbox; --"])
      await tell('exam.opened', { worker: 'w-1', exam })
    expect(await rows(w, 'select * from counted_events')).toEqual([])
  })

  it('a first job counts once a person and exam, however often it is told', async () => {
    await pass(w, 'w-1')
    await Promise.all([hired(), hired(), hired()])
    await hired()
    expect(await counted()).toEqual({ 'worker.first_hired': 1 })
  })

  it.each([
    ['who never passed', async () => {}],
    [
      'who passed more than thirty days before',
      async () => {
        await pass(w, 'w-1')
        w.clock.advance(days(31))
      },
    ],
  ])('a first job of somebody %s is not counted', async (_, before) => {
    await before()
    expect((await hired()).status).toBe(200)
    expect(await counted()).toEqual({})
  })

  it('an erasure takes what was noted of the person, and leaves the count', async () => {
    await pass(w, 'w-1')
    await hired()
    await tell('worker.deleted', { worker: 'w-1' })
    expect(await rows(w, "select id from inbox where id like '%w-1%'")).toEqual([])
    await hired()
    expect(await counted()).toEqual({ 'worker.first_hired': 1 })
  })
})
