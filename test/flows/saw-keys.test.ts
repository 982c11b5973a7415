import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { days, instant } from '../../src/kernel/instant.ts'
import { reworded } from '../support/changed-bank.ts'
import { answerAll, rows, save, sit, startCall, submit } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const BOTH = 'both-1'
const as = async (role: string, worker = BOTH) => (await w.launch(worker, { role })).token
const page = (path: string, token: string) => w.call('GET', path, { token, headers: { accept: 'text/html' } })
const seen = () => rows(w, 'select worker, exam, bank_hash from seen_keys')
const start = async (worker = BOTH) => startCall(w, (await w.launch(worker)).token)
const handIn = async (token: string, words = '新しい問い') =>
  (await w.call('POST', '/admin/exams', { token, body: { bank: reworded(w.bank, words), lint: [] } })).json

/** Every page and call that shows keys of the tiny exam. */
const doors: Record<string, (token: string) => Promise<unknown>> = {
  'the list of items': (token) => page('/staff/exams/tiny', token),
  'an item': (token) => page(`/staff/exams/tiny/items/${w.bank.items[0]?.id}`, token),
  'an item with its statistics': (token) => page(`/staff/exams/tiny/items/${w.bank.items[0]?.id}`, token),
  'a comparison': (token) => page(`/staff/exams/tiny/compare?from=${w.bank.hash}&to=${w.bank.hash}`, token),
  'a proposal': async (token) =>
    page(`/staff/proposals/${(await handIn(await as('author', 'aut-9'))).proposal}`, token),
  'a hand-in': (token) => handIn(token),
}

describe('who has seen keys of an exam', () => {
  it.each(Object.keys(doors).flatMap((door) => ['author', 'operator'].map((role) => [door, role] as const)))(
    'by %s as %s cannot sit it',
    async (door, role) => {
      await doors[door]?.(await as(role))
      const refused = await start()
      expect(refused).toMatchObject({ status: 409, json: { code: 'not-eligible', reason: 'saw-keys' } })
      const { token } = await w.launch(BOTH)
      expect((await w.call('GET', '/api/exams/tiny', { token })).json.eligibility).toMatchObject({
        mayStart: false,
        reason: 'saw-keys',
      })
      expect((await page('/exams/tiny', token)).text).toContain('正答を作問者・運営者として見たため')
      expect((await page('/exams/tiny?lang=en', token)).text).toContain('You have seen the right answers')
      // others may
      expect((await start('w-1')).status).toBe(201)
    },
  )

  it('by approving through the API, without a look, cannot either', async () => {
    const { proposal } = await handIn(await as('author', 'aut-9'))
    await w.call('POST', `/api/staff/proposals/${proposal}/approve`, {
      token: await as('operator'),
      body: { against: w.bank.hash },
    })
    expect((await start()).json.reason).toBe('saw-keys')
  })

  it('is written down once a day for each version, not with every look', async () => {
    const token = await as('operator')
    for (let i = 0; i < 3; i++)
      for (const path of ['/staff/exams/tiny', `/staff/exams/tiny/items/${w.bank.items[0]?.id}`])
        expect((await page(path, token)).status).toBe(200)
    expect(await seen()).toEqual([{ worker: BOTH, exam: 'tiny', bank_hash: w.bank.hash }])
  })

  it('is not whoever saw no key', async () => {
    const token = await as('operator')
    for (const path of [
      '/staff/exams',
      '/staff/leaks',
      '/staff/deliveries',
      '/staff/attempts?worker=w-1',
      '/staff/exams/tiny/versions',
    ])
      expect((await page(path, token)).status).toBe(200)
    expect(await seen()).toEqual([])
    expect((await start()).status).toBe(201)
  })

  it('may sit when certificates of that version are no longer valid and another version is sat', async () => {
    const { proposal } = await handIn(await as('author', 'aut-9'))
    await page('/staff/exams/tiny', await as('author'))
    const until = (await rows(w, `select until from seen_keys where worker = '${BOTH}'`))[0].until
    // the version that was seen is the one that is sat: nobody can say from when
    expect((await start()).json.retryAt).toBeUndefined()
    await w.call('POST', `/api/staff/proposals/${proposal}/approve`, {
      token: await as('operator', 'op-9'),
      body: { against: w.bank.hash },
    })
    const refused = await start()
    expect([refused.json.reason, refused.json.retryAt]).toEqual(['saw-keys', new Date(until).toISOString()])
    w.clock.now = until
    expect((await start()).status).toBe(201)
  })

  it('may not sit another version as long after the last look as after the first', async () => {
    const { proposal } = await handIn(await as('author', 'aut-9'))
    const look = async () => page('/staff/exams/tiny', await as('author'))
    const until = async () => (await rows(w, `select until from seen_keys where worker = '${BOTH}'`))[0].until
    await look()
    const first = await until()
    w.clock.advance(days(0.9))
    await look()
    expect(await until()).toBe(first)
    w.clock.now = instant(first - 1_000)
    await look()
    await w.call('POST', `/api/staff/proposals/${proposal}/approve`, {
      token: await as('operator', 'op-9'),
      body: { against: w.bank.hash },
    })
    w.clock.advance(days(1))
    expect((await start()).json).toMatchObject({ reason: 'saw-keys', retryAt: new Date(await until()).toISOString() })
    // sat at last, keys of versions that were seen are shown no more
    w.clock.now = await until()
    expect((await start()).status).toBe(201)
    const old = `/staff/exams/tiny/compare?from=${w.bank.hash}&to=${w.bank.hash}`
    expect((await page(old, await as('operator'))).status).toBe(409)
  })

  it('may not sit it after the validity either while that very version is live', async () => {
    await page('/staff/exams/tiny', await as('author'))
    w.clock.advance(days(4_000))
    expect((await start()).json.reason).toBe('saw-keys')
  })
})

describe('who is sitting an exam', () => {
  it.each(Object.keys(doors))('is shown no keys by %s until the attempt is over', async (door) => {
    const sitting = await sit(w, BOTH)
    const reply = (await doors[door]?.(await as('operator'))) as { status?: number; code?: string }
    expect([409, 'attempt-open']).toContain(
      reply.status === undefined || typeof reply.code === 'string' ? reply.code : reply.status,
    )
    expect((await seen()).filter(({ worker }) => worker === BOTH)).toEqual([])
    // the paper is as it was, and is graded as any other
    expect((await answerAll(w, sitting)).status).toBe(200)
    expect((await submit(w, sitting)).json.passed).toBe(true)
    await doors[door]?.(await as('operator'))
    expect((await seen()).some(({ worker }) => worker === BOTH)).toBe(true)
  })

  it('and let the time run out is sitting no more', async () => {
    const sitting = await sit(w, BOTH)
    w.clock.now = sitting.deadline
    w.clock.advance(days(0.01))
    expect((await page('/staff/exams/tiny', await as('operator'))).status).toBe(200)
    expect((await save(w, sitting, [{ item: 'q1', revision: 1, response: null }])).json.code).toBe('attempt-closed')
  })
})
