import { decodeJwt } from 'jose'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { publicExams, tellBarredExams } from '../../src/flows/judge-bank.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import type { Bank } from '../../src/item/bank.ts'
import { isLoopback } from '../../src/platform/http/own-host.ts'
import type { Settings } from '../../src/world/settings.ts'
import { renumbered } from '../support/changed-bank.ts'
import { answerAll, pass, rows, sit, startCall, submit } from '../support/exam-hall.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { shippedBank } from '../support/shipped-bank.ts'
import { tinyBank } from '../support/tiny-bank.ts'

const HERE = 'http://localhost:8787'

let bank: Bank
let w: FixedWorld
beforeAll(async () => {
  // under an id of one's own, as somebody would who means to hide it
  bank = await shippedBank('business-admin', 'tiny')
})
beforeEach(async () => {
  w = await fixedWorld({ bank })
})
afterEach(() => w.close())

const set = (change: Partial<Settings>) => Object.assign(w.world, { settings: { ...w.world.settings, ...change } })
const refuse = () => set({ demoBank: 'refused' })
const page = async (path: string, token?: string) =>
  (await w.call('GET', path, { headers: { accept: 'text/html' }, ...(token ? { token } : {}) })).text
const start = async (worker = 'w-1') => startCall(w, (await w.launch(worker)).token)

describe('an exam whose questions and keys are public', () => {
  it('cannot be started, by API or page, and uses up no attempt', async () => {
    refuse()
    expect(await start()).toMatchObject({
      status: 409,
      json: { code: 'not-eligible', reason: 'public-bank', attemptsLeft: 4 },
    })
    const { token } = await w.launch('w-1')
    expect((await w.call('GET', '/api/exams/tiny', { token })).json.eligibility).toEqual({
      mayStart: false,
      reason: 'public-bank',
      attemptsLeft: 4,
    })
    const form = {
      token,
      body: 'agree=1&locale=ja',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', origin: PLUGIN },
    }
    const posted = await w.call('POST', '/exams/tiny/start', form)
    expect(posted.status).toBe(409)
    expect(posted.text).toContain('問題と正答が公開されている見本だからです')
    expect(await page('/exams/tiny?lang=en', token)).toContain('a sample whose questions and answers are public')
    expect(await rows(w, 'select id from attempts')).toEqual([])
  })

  it('can be started again once another bank is in its place', async () => {
    refuse()
    expect((await start()).status).toBe(409)
    await publishExam(w.world, tinyBank())
    expect((await start()).status).toBe(201)
  })

  it('is graded where it was begun before, and gives no certificate, which its candidate is told plainly', async () => {
    const sitting = await sit(w, 'w-1')
    await answerAll(w, sitting)
    refuse()
    // the attempt under way goes on
    expect((await startCall(w, sitting.token)).json.id).toBe(sitting.id)
    const result = await submit(w, sitting)
    expect(result.json).toMatchObject({ status: 'graded', passed: true, score: 100, withheld: 'public-bank' })
    expect(result.json).not.toHaveProperty('credential')
    expect(await rows(w, 'select id from credentials')).toEqual([])
    expect(await rows(w, 'select id from outbox')).toEqual([])
    expect(await page(`/attempts/${sitting.id}/result`, sitting.token)).toContain('証明書は発行されません')
    expect(await page(`/attempts/${sitting.id}/result?lang=en`, sitting.token)).toContain(
      'there is no certificate, and none will follow',
    )
    // what was decided then holds
    set({ demoBank: 'allowed' })
    expect((await w.call('GET', `/api/attempts/${sitting.id}/result`, { token: sitting.token })).json).toEqual(
      result.json,
    )
  })

  it('has no certificate of before corrected', async () => {
    const { credential } = await pass(w, 'w-1')
    refuse()
    const { token } = await w.launch('op-1', { role: 'operator' })
    const reissued = await w.call('POST', `/api/staff/credentials/${credential}/reissue`, {
      token,
      body: { why: 'the name' },
    })
    expect(reissued).toMatchObject({ status: 409, json: { code: 'conflict' } })
    expect(reissued.json.detail).toContain('public')
  })

  it('is told to whoever hands it in, to authors and operators, and to the log of a start, with numbers', async () => {
    refuse()
    const live = bank.items.filter(({ status }) => status === 'live').length
    expect(await publicExams(w.world)).toEqual([{ exam: 'tiny', live, shipped: live, standing: 'public' }])
    const { token } = await w.launch('aut-1', { role: 'author' })
    expect(await page('/staff/exams?lang=en', token)).toContain(`${live} of ${live} live questions come with Kentei`)
    expect(await page('/staff/exams', token)).toContain('KENTEI_DEMO_BANK=allowed')
    const watcher = await w.launch('op-2', { role: 'operator' })
    for (const path of ['/staff', '/staff/attempts', '/staff/items'])
      expect(await page(path, watcher.token)).toContain('例：見本の問題による数字です')
    const changed = renumbered(await shippedBank('web-writer', 'tiny'))
    const handedIn = await w.call('POST', '/admin/exams', { token, body: { bank: changed } })
    const count = changed.items.filter(({ status }) => status === 'live').length
    expect(handedIn).toMatchObject({
      status: 201,
      json: { warning: { code: 'public-bank', live: count, shipped: count, standing: 'public' } },
    })
    const approver = await w.launch('op-1', { role: 'operator' })
    expect(await page(`/staff/proposals/${handedIn.json.proposal}?lang=en`, approver.token)).toContain(
      `${count} of ${count} live questions come with Kentei`,
    )
    const own = await w.call('POST', '/admin/exams', { token, body: { bank: tinyBank() } })
    expect(own.json).not.toHaveProperty('warning')
  })

  it('is written down once by a process, and not where it can be started', async () => {
    const lines: string[] = []
    const tell = (exam: string, why: string) => lines.push(`${exam}: ${why}`)
    await tellBarredExams(w.world, tell)
    expect(lines).toEqual([])
    refuse()
    await tellBarredExams(w.world, tell)
    await tellBarredExams(w.world, tell)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^tiny: \d+ of \d+ live items .*KENTEI_DEMO_BANK=allowed/)
  })

  it('is sat and certified as ever on this machine alone, and nothing is said of it', async () => {
    refuse()
    set({ origin: HERE })
    const { credential, token } = await pass(w, 'w-1', { aud: HERE })
    for (const path of ['/exams/tiny', `/credentials/${credential}`])
      expect(await page(path, token)).not.toContain('デモ')
    expect((await publicExams(w.world)).map(({ standing }) => standing)).toEqual(['certifying'])
    // whoever asks for the mark gets it here too
    set({ demoBank: 'allowed' })
    expect(await page('/exams/tiny', token)).toContain('デモ')
  })
})

describe('a demonstration', () => {
  it('is called one wherever it is named, in both languages', async () => {
    const { token, credential } = await pass(w, 'w-1')
    for (const path of [
      '/',
      '/exams/tiny',
      '/records',
      '/certificates',
      `/credentials/${credential}`,
      `/credentials/${credential}/print`,
      `/embed/${credential}`,
      '/achievements/tiny',
      '/staff/exams',
    ]) {
      const visitor = path.startsWith('/staff') ? (await w.launch('op-9', { role: 'operator' })).token : token
      expect(await page(`${path}?lang=ja`, visitor), path).toContain('デモ')
      expect(await page(`${path}?lang=en`, visitor), path).toContain('Demonstration')
    }
  })

  it('says so in what verifiers read, in both languages whatever the certificate’s own', async () => {
    const { credential } = await pass(w, 'w-1')
    const jwt = decodeJwt((await w.call('GET', `/credentials/${credential}.jwt`)).text) as {
      name: string
      credentialSubject: { achievement: { name: string; description: string } }
    }
    const { name, description } = jwt.credentialSubject.achievement
    expect([jwt.name, name]).toEqual(['【デモ】ビジネス事務検定 3級', '【デモ】ビジネス事務検定 3級'])
    expect(description).toMatch(/デモです.*A demonstration/)
    // and people read it in place of the skills, also after the setting is gone
    refuse()
    for (const path of [`/credentials/${credential}`, `/credentials/${credential}/print`]) {
      const html = await page(`${path}?lang=en`)
      expect(html).toContain('This is a demonstration')
      expect(html).not.toContain('Carries out routine office work')
    }
    for (const [lang, word] of [
      ['ja', 'デモ'],
      ['en', 'Demonstration'],
    ])
      expect((await w.call('GET', `/credentials/${credential}.svg?lang=${lang}`)).text).toContain(word)
  })

  it('stays one in a correction, and is none with a bank of one’s own', async () => {
    const { credential } = await pass(w, 'w-1')
    const { token } = await w.launch('op-1', { role: 'operator' })
    const reissued = await w.call('POST', `/api/staff/credentials/${credential}/reissue`, {
      token,
      body: { why: 'the name' },
    })
    expect(
      (decodeJwt((await w.call('GET', `/credentials/${reissued.json.id}.jwt`)).text) as { name: string }).name,
    ).toBe('【デモ】ビジネス事務検定 3級')
    await publishExam(w.world, tinyBank())
    const own = await pass({ ...w, bank: tinyBank() }, 'w-2')
    expect((decodeJwt((await w.call('GET', `/credentials/${own.credential}.jwt`)).text) as { name: string }).name).toBe(
      '小さな検定 3級',
    )
  })
})

describe('this machine alone', () => {
  it.each(['http://localhost:8787', 'http://127.0.0.1', 'http://[::1]:8787', 'https://kentei.localhost'])(
    'is %s',
    (origin) => {
      expect(isLoopback(origin)).toBe(true)
    },
  )
  it.each([
    'https://kentei.example',
    'https://localhost.example',
    'http://127.0.0.1.example',
    'https://mylocalhost',
    'http://192.168.0.2:8787',
    'http://0.0.0.0',
  ])('is not %s', (origin) => {
    expect(isLoopback(origin)).toBe(false)
  })
})
