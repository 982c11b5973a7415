import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { firstResultsOf } from '../../src/attempt/graded-papers/store.ts'
import { days } from '../../src/kernel/instant.ts'
import { flunk, pass } from '../support/exam-hall.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const page = async (path: string, token?: string) =>
  w.call('GET', path, { headers: { accept: 'text/html' }, ...(token ? { token } : {}) })

describe('the front door', () => {
  it('is open to everybody, tells of the exams, and holds no answer of one', async () => {
    const { status, text, headers } = await page('/')
    expect([headers.get('cache-control'), headers.get('vary')]).toEqual([
      'private, no-cache',
      expect.stringContaining('Cookie'),
    ])
    expect([status, text.includes('action="/check?lang=ja"'), text.includes('href="/exams/tiny"')]).toEqual([
      200,
      true,
      true,
    ])
    expect(text).toContain('合格率：100人から公開します')
    // the bank of tests has no open question, and so nothing stands in its place
    expect(text).not.toMatch(/id="sample"|data-key|例題/)
  })

  it('shows who is signed in their exams at the same address, and which of them they have passed', async () => {
    const { token } = await pass(w, 'w-1')
    const { text: own, headers } = await page('/', token)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(own).toContain('合格済み')
    expect(own).not.toMatch(/再受験は|action="\/check/)
    const { token: other } = await w.launch('w-2')
    expect((await page('/', other)).text).not.toContain('合格済み')
  })

  it('leads nobody further than to their own certificates', async () => {
    const { credential, token } = await pass(w, 'w-1')
    const own = (await page('/certificates', token)).text
    expect(own).toContain(`id="copy-embed-${credential}"`)
    expect(own).toContain(`${PLUGIN}/credentials/${credential}.png?download`)
    expect((await page('/certificates')).status).toBe(401)
    const { token: other } = await w.launch('w-2')
    expect((await page('/certificates', other)).text).not.toContain(credential)
  })
})

describe('the count of who passes', () => {
  it('has each person once, by their first result', async () => {
    const count = () => firstResultsOf(w.db, 'tiny')
    expect(await count()).toEqual({ takers: 0, passed: 0 })
    await flunk(w, 'w-1')
    await pass(w, 'w-2')
    expect(await count()).toEqual({ takers: 2, passed: 1 })
    w.clock.advance(days(15))
    await pass(w, 'w-1')
    expect(await count()).toEqual({ takers: 2, passed: 1 })
  })
})
