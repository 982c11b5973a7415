import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bankHash } from '../../../src/authoring/content-hash.ts'
import { openItems } from '../../../src/flows/practise.ts'
import { publishExam } from '../../../src/flows/publish-exam.ts'
import { assembleForm, NO_EXPOSURE } from '../../../src/form/assemble-form.ts'
import { presentItem } from '../../../src/form/present-form.ts'
import { definitionOf } from '../../../src/item/definition-of.ts'
import { settleWording } from '../../../src/item/draw-values.ts'
import type { Item, SettledKey, Wording } from '../../../src/item/item.ts'
import { readReasons } from '../../../src/item/read-reasons.ts'
import { shippedShare } from '../../../src/item/shipped/shipped-share.ts'
import { rows } from '../../support/exam-hall.ts'
import { PLUGIN } from '../../support/fake-market.ts'
import { type FixedWorld, fixedWorld, type Reply } from '../../support/fixed-world.ts'
import { MOST_STYLE_BYTES, styleWeight } from '../../support/page-weight.ts'
import { shippedExam } from '../../support/shipped-bank.ts'
import { bankWithQuestions, tinyBank } from '../../support/tiny-bank.ts'

const bank = bankWithQuestions()
const questions = openItems(bank)
const numbered = questions.map(({ type }, i) => [type, i + 1] as const)
let w: FixedWorld
beforeAll(async () => {
  w = await fixedWorld()
  await publishExam(w.world, bank)
})
afterAll(() => w.close())

const path = (number: number | string, marks = '') => `/exams/tiny/practice?q=${number}${marks && `&marks=${marks}`}`
const get = (of: string, lang = 'ja'): Promise<Reply> =>
  w.call('GET', of, { headers: { accept: 'text/html', cookie: `lang=${lang}` } })
const post = (of: string, fields: readonly (readonly [string, string])[], lang = 'ja'): Promise<Reply> =>
  w.call('POST', of, {
    body: new URLSearchParams(fields as [string, string][]).toString(),
    headers: { accept: 'text/html', cookie: `lang=${lang}`, 'content-type': 'application/x-www-form-urlencoded' },
  })

/** What a plain form posts for an answer: a field for each part, or the field of the question. */
function formOf(number: number, answer: unknown): [string, string][] {
  const ref = `q${number}`
  const { type } = questions[number - 1] as Item
  if (type === 'order') return (answer as string[]).map((option, place) => [`${ref}.${option}`, String(place + 1)])
  if (Array.isArray(answer)) return answer.map((option) => [ref, option as string])
  if (typeof answer === 'object' && answer !== null)
    return Object.entries(answer).map(([part, value]) => [`${ref}.${part}`, value as string])
  return [[ref, String(answer)]]
}

function rightForm(number: number): [string, string][] {
  const item = questions[number - 1] as Item
  const { stem, key } = settleWording(item.wordings.ja as Wording, {})
  const definition = definitionOf(item.type)
  const placed = { ref: `q${number}`, itemId: item.id, itemHash: item.hash, ...definition.layOutAsWritten(stem) }
  return formOf(number, definition.rightAnswer(key, stem, presentItem(placed, stem, 1)))
}

const WRONG: Readonly<Record<string, unknown>> = {
  single: 'c',
  multiple: ['b'],
  'true-false': 'b',
  numeric: '１２，０００',
  short: '様',
  cloze: { 1: 'y', 2: 'a' },
  order: ['a', 'b', 'c', 'd'],
  match: { 1: 'a', 2: 'b' },
}

describe('open questions', () => {
  it('are one of every type that is scored, and every reader without a session sees each, with nothing of its key', async () => {
    expect(new Set(questions.map(({ type }) => type)).size).toBe(8)
    for (const [, number] of numbered) {
      const { status, text, headers } = await get(path(number))
      expect([status, headers.get('cache-control'), headers.get('set-cookie')]).toEqual([200, 'no-store', null])
      expect(text).toContain(`id="q${number}"`)
      expect(text).not.toMatch(/理由|まとめの文|誤り一|確かめる力/)
    }
    expect((await get('/exams/tiny/practice')).text).toContain('id="q1"')
  })

  it.each(numbered)(
    'of type %s tell a right answer, why every option is right or wrong, and what they measure',
    async (type, number) => {
      const { status, text } = await post(path(number), rightForm(number))
      expect(status).toBe(200)
      expect(text).toMatch(/<b>正解です。<\/b>/)
      expect(text).not.toContain('もう一歩です')
      expect(text).toContain('測っている力：確かめる力')
      expect(text).toContain('まとめの文です。')
      const reasons = new Set([...text.matchAll(/理由([A-E1-5])/g)].map(([, label]) => label))
      const parts = { single: 4, multiple: 5, 'true-false': 2, numeric: 0, short: 0, cloze: 2, order: 4, match: 4 }[
        type as string
      ]
      expect(reasons.size).toBe(parts)
    },
  )

  it.each(numbered)(
    'of type %s say of a wrong answer that it is nearly there, what is right, and what was answered',
    async (type, number) => {
      const { status, text } = await post(path(number), formOf(number, WRONG[type]))
      expect(status).toBe(200)
      expect(text).toMatch(/<b>もう一歩です。<\/b>/)
      expect(text).toContain('あなたの回答')
      if (type === 'numeric') expect(text).toMatch(/13,200円[\s\S]*誤り一/)
      if (type === 'short') expect(text).toMatch(/御中[\s\S]*誤り二/)
    },
  )

  it.each(numbered)('of type %s ask again for an answer that is not there, and tell nothing', async (type, number) => {
    const nothing: [string, string][][] = [
      [],
      [['other', 'x']],
      ...(type === 'multiple' ? [] : [[[`q${number}`, ''] as [string, string]]]),
    ]
    for (const fields of nothing) {
      const { status, text } = await post(path(number), fields)
      expect(status).toBe(422)
      expect(text).toContain('答えてから「答え合わせ」を押してください。')
      expect(text).not.toMatch(/理由[A-E1-5]/)
    }
  })

  it.each(numbered)('of type %s refuse what is no answer, and write none of it as markup', async (type, number) => {
    const evil = '"><script>alert(1)</script>'
    const fields: [string, string][] = [
      [`q${number}`, evil],
      ...['1', '2', 'a', 'b', 'c', 'd', '__proto__', 'constructor'].map((part): [string, string] => [
        `q${number}.${part}`,
        evil,
      ]),
    ]
    const { status, text } = await post(path(number), fields)
    expect(text).not.toContain('<script>alert')
    // where words are typed, these are a wrong answer like any other
    expect(status).toBe(type === 'numeric' || type === 'short' ? 200 : 422)
    const long = await post(path(number), [
      [`q${number}`, 'あ'.repeat(2_001)],
      [`q${number}.1`, 'あ'.repeat(2_001)],
    ])
    expect(long.status).toBe(422)
    expect((await post(path(number), [[`q${number}`, 'x'.repeat(70_000)]])).status).toBe(413)
  })

  it('keep in the address alone how far somebody has come', async () => {
    const { text } = await post(path(1, '-1------'), formOf(1, WRONG.single))
    expect(text).toContain('href="/exams/tiny/practice?q=2&amp;marks=01------"')
    for (const marks of ['1', '2-------', "'-------", '-'.repeat(9)])
      expect((await get(path(1, encodeURIComponent(marks)))).text).not.toContain('marks=')
  })

  it('are not found by a number that there is not', async () => {
    for (const number of ['0', '9', '-1', '1.5', '1e1', 'x', '999999', '%00'])
      expect([(await get(path(number))).status, (await post(path(number), [['q1', 'b']])).status]).toEqual([404, 404])
    expect((await get('/exams/none/practice?q=1')).status).toBe(404)
  })

  it('are for readers of English too, in the language in which they are written', async () => {
    const { text } = await post(path(1), formOf(1, WRONG.single), 'en')
    expect(text).toContain('Nearly there.')
    expect(text).toContain('The answer is B.')
    expect(text).toMatch(/lang="ja"/)
  })

  it('write nothing down', async () => {
    const tables = await rows(w, "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    const all = async () =>
      Promise.all(tables.map(async ({ name }) => [name, await rows(w, `select * from "${name}"`)]))
    const before = await all()
    for (const [, number] of numbered) {
      await get(path(number))
      await post(path(number), rightForm(number))
    }
    expect(await all()).toEqual(before)
  })

  it('load one sheet of at most 6 KB', async () => {
    const fetch = async (of: string) => w.app.request(`${PLUGIN}${of}`)
    const { sheets, bytes } = await styleWeight(fetch, path(1))
    expect(sheets).toHaveLength(1)
    expect(bytes).toBeLessThanOrEqual(MOST_STYLE_BYTES)
  })

  it('share the allowance of practice', async () => {
    expect((await get(path(1))).headers.get('ratelimit-policy')).toContain('"practice";q=600;w=60')
  })
})

describe('live items and practice', () => {
  it('never meet: no number and no name reaches an item of papers, and no paper draws a question for practice', async () => {
    const live = bank.items.filter(({ status }) => status === 'live')
    const pages = await Promise.all(
      Array.from(
        { length: 40 },
        async (_, i) => (await get(path(i + 1))).text + (await post(path(i + 1), [[`q${i + 1}`, 'a']])).text,
      ),
    )
    const names = await Promise.all(live.map(async ({ id }) => (await get(`/exams/tiny/practice/${id}`)).status))
    expect(new Set(names)).toEqual(new Set([404]))
    for (const { id } of live)
      expect(pages.some((text) => text.includes(`>${id}<`) || text.includes(`${id} choice`))).toBe(false)
    for (let i = 0; i < 40; i++) {
      const { sections } = assembleForm(bank, {
        locale: 'ja',
        seed: i.toString(16).padStart(32, '0'),
        exposure: NO_EXPOSURE,
      })
      for (const { itemId } of sections.flatMap(({ items }) => items)) expect(itemId).not.toContain('practice')
    }
  })

  it.each(['live', 'dormant', 'pilot', 'draft', 'retired', 'honeypot'] as const)(
    'do not meet for an item with the status %s, nor for one that is used so under another id',
    (status) => {
      const [first] = questions as [Item, ...Item[]]
      expect(openItems({ items: [{ ...first, status }] })).toEqual([])
      expect(openItems({ items: [first, { ...first, id: 'office-099', status }] })).toEqual([])
      expect(openItems({ items: [first] })).toEqual([first])
    },
  )

  it('are counted apart: the share of public items is of live ones', async () => {
    const { exam, items } = tinyBank()
    const content = { exam, items: items.slice(0, 8) }
    const share = await shippedShare({ ...content, hash: bankHash(content) })
    const withPractice = { exam, items: [...items.slice(0, 8), ...questions] }
    expect(await shippedShare({ ...withPractice, hash: bankHash(withPractice) })).toEqual(share)
  })
})

describe.each(['business-admin', 'web-writer'])('the bank of %s that is published', (folder) => {
  it('holds an open question of every type that is scored, in both languages, each with a reason for every part', async () => {
    const open = openItems(await shippedExam(folder))
    expect(new Set(open.map(({ type }) => type)).size).toBe(8)
    expect(open).toHaveLength(8)
    for (const { wordings } of open)
      for (const locale of ['ja', 'en'] as const) {
        const { stem, secret } = wordings[locale] as Wording
        const { of, mistakes } = readReasons(secret.rationale)
        const { parts } = definitionOf(stem.type).explain(secret.key as SettledKey, stem, undefined)
        if (parts.length > 0) expect(parts.filter(({ label }) => of[label] === undefined)).toEqual([])
        else expect(mistakes.length).toBeGreaterThanOrEqual(2)
      }
  })
})
