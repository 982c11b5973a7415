import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { assembleForm, NO_EXPOSURE } from '../../src/form/assemble-form.ts'
import { presentForm } from '../../src/form/present-form.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { Key, SettledKey } from '../../src/item/item.ts'
import { answerAll, rows, type Sitting, save, sit } from '../support/exam-hall.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { modelAnswer } from '../support/model-answer.ts'
import { tinyBank } from '../support/tiny-bank.ts'

/** Another key for the same stem. */
function otherKey(key: Key): Key {
  switch (key.type) {
    case 'single':
    case 'true-false':
      return { ...key, choice: key.choice === 0 ? 1 : 0 }
    case 'multiple':
      return { ...key, choices: [...key.choices].slice(1), partial: !key.partial }
    case 'numeric':
      return { ...key, value: 4_711, tolerance: 9, unit: 'x' }
    case 'short':
      return { ...key, accepted: ['another answer of quite another length'] }
    case 'cloze':
      return {
        ...key,
        blanks: Object.fromEntries(
          Object.entries(key.blanks).map(([ref, blank]) => [
            ref,
            'choice' in blank ? { choice: blank.choice === 0 ? 1 : 0 } : { accepted: ['another'] },
          ]),
        ),
      }
    case 'order':
      return { ...key, order: [...key.order].reverse() }
    case 'match':
      return { ...key, pairs: [...key.pairs].reverse() }
    case 'essay':
      return key
    default:
      return key satisfies never
  }
}

const withOtherKeys = (bank: Bank): Bank => ({
  ...bank,
  items: bank.items.map((item) => ({
    ...item,
    wordings: Object.fromEntries(
      Object.entries(item.wordings).map(([locale, wording]) => [
        locale,
        { ...wording, secret: { ...wording.secret, key: otherKey(wording.secret.key), rationale: 'another reason' } },
      ]),
    ),
  })),
})

describe('a paper', () => {
  it('is the same to the byte whatever its keys are', () => {
    const bank = tinyBank({ pool: 6 })
    const other = withOtherKeys(bank)
    for (let n = 0; n < 200; n++) {
      const request = { locale: 'ja', seed: n.toString(16).padStart(32, '9'), exposure: NO_EXPOSURE } as const
      expect(JSON.stringify(presentForm(assembleForm(other, request), other))).toBe(
        JSON.stringify(presentForm(assembleForm(bank, request), bank)),
      )
    }
  })

  it('puts the right option on each place equally often', () => {
    const bank = tinyBank({ pool: 6 })
    const items = new Map(bank.items.map((item) => [item.id, item]))
    const counts = new Map<string, number[]>()
    for (let n = 0; n < 3_000; n++) {
      const form = assembleForm(bank, {
        locale: 'ja',
        seed: (n * 2_654_435_761).toString(16).padStart(32, '3'),
        exposure: NO_EXPOSURE,
      })
      for (const placed of form.sections.flatMap((section) => section.items)) {
        const wording = items.get(placed.itemId)?.wordings.ja
        const key = wording?.secret.key as SettledKey
        if (wording?.stem.type !== 'single' || key.type !== 'single' || wording.stem.fixedOrder) continue
        const size = wording.stem.choices.length
        const places = counts.get(String(size)) ?? Array<number>(size).fill(0)
        const place = placed.choices?.indexOf(key.choice) ?? -1
        places[place] = (places[place] ?? 0) + 1
        counts.set(String(size), places)
      }
    }
    expect(counts.size).toBeGreaterThan(0)
    for (const places of counts.values()) {
      const expected = places.reduce((sum, count) => sum + count, 0) / places.length
      const chiSquare = places.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
      // one in a thousand: 16.3 with three degrees of freedom; the seeds are fixed, so it holds or does not
      expect(chiSquare).toBeLessThan(16.3)
    }
  })
})

describe('of a key', () => {
  let w: FixedWorld
  let sitting: Sitting
  beforeEach(async () => {
    w = await fixedWorld()
    sitting = await sit(w, 'w-1')
  })
  afterEach(() => w.close())

  /** The statements that a save prepares for a database that it has not met before, and what it is answered. */
  async function traceOf(saves: Parameters<typeof save>[2]) {
    const statements: string[] = []
    const app = createApp({ openWorld: () => ({ ...w.world, db: new Proxy(w.db, {}) }) })
    const { session } = w.db as unknown as {
      session: { prepareQuery(query: { sql: string }, ...rest: unknown[]): unknown }
    }
    const { prepareQuery } = session
    session.prepareQuery = (query, ...rest) => {
      statements.push(query.sql)
      return prepareQuery.call(session, query, ...rest)
    }
    const headers = { authorization: `Bearer ${sitting.token}`, 'content-type': 'application/json' }
    const reply = await app.request(`${PLUGIN}/api/attempts/${sitting.id}/responses`, {
      method: 'PUT',
      headers,
      body: JSON.stringify({ lease: sitting.lease, saves }),
    })
    session.prepareQuery = prepareQuery
    return { statements, text: await reply.text() }
  }

  it('a save tells nothing: a right answer and a wrong one take the same path and get the same reply', async () => {
    for (const item of sitting.items) {
      const of = (right: boolean, revision: number) => [
        { item: item.ref, revision, response: modelAnswer(w.bank, item, { right }) },
      ]
      // the first save of an item reads what later ones remember
      await save(w, sitting, of(false, 1))
      const [right, wrong] = [await traceOf(of(true, 2)), await traceOf(of(false, 3))]
      expect(right.statements.length).toBeGreaterThan(0)
      expect(wrong.statements).toEqual(right.statements)
      expect(wrong.text.replace('"revision":3', '"revision":2')).toBe(right.text)
    }
  })

  it('a refusal tells nothing: what fits no question is refused in the same words, right or wrong', async () => {
    for (const item of sitting.items) {
      const [right, wrong] = [modelAnswer(w.bank, item, { right: true }), modelAnswer(w.bank, item, { right: false })]
      const refused = await Promise.all(
        [right, wrong].map((response) =>
          save(w, sitting, [{ item: item.ref, revision: 1, response: { ...response, more: 1 } }]),
        ),
      )
      expect(refused.map(({ status }) => status)).toEqual([422, 422])
      expect(refused[1]?.text).toBe(refused[0]?.text)
    }
  })

  it('no seed, content hash or id of an item of the bank is in what a candidate gets', async () => {
    const [{ form }] = await rows(w, 'select form from attempts')
    const { seed, sections } = JSON.parse(form)
    const secrets = [
      seed,
      w.bank.hash,
      ...sections.flatMap(({ items }: { items: { itemId: string; itemHash: string }[] }) =>
        items.flatMap(({ itemId, itemHash }) => [`"${itemId}"`, itemHash]),
      ),
    ].filter(Boolean)
    const { id, token } = sitting
    await answerAll(w, sitting)
    const got = [
      sitting.reply,
      await w.call('GET', `/api/attempts/${id}`, { token }),
      await w.call('GET', '/api/exams/tiny', { token }),
    ]
    for (const path of ['', '/review', '/clock']) got.push(await w.call('GET', `/attempts/${id}${path}`, { token }))
    for (const { text } of got) for (const secret of secrets) expect(text).not.toContain(secret)
    expect(id).not.toContain(seed.slice(0, 8))
    for (const { headers } of got)
      for (const name of ['server-timing', 'etag', 'last-modified', 'x-response-time'])
        expect(headers.get(name)).toBeNull()
  })

  it('an attempt of somebody else is as unknown as one that never was, to the byte', async () => {
    const other = await sit(w, 'w-2')
    await answerAll(w, other)
    const unknown = `${other.id.slice(0, -3)}zzz`
    const { token } = sitting
    const calls: [string, string, unknown?][] = [
      ['GET', ''],
      ['POST', '/lease'],
      ['PUT', '/responses', { lease: other.lease, saves: [{ item: 'q1', revision: 1, response: null }] }],
      ['POST', '/submit', { lease: other.lease }],
      ['POST', '/withdraw'],
      ['GET', '/result'],
      ['POST', '/events', { events: [{ kind: 'hidden', at: '2026-11-25T03:00:00Z' }] }],
    ]
    for (const [method, path, body] of calls) {
      const [theirs, none] = [
        await w.call(method, `/api/attempts/${other.id}${path}`, { token, body }),
        await w.call(method, `/api/attempts/${unknown}${path}`, { token, body }),
      ]
      expect([path, theirs.status, theirs.text]).toEqual([path, 404, none.text])
    }
    for (const path of ['', '/review', '/result', '/clock']) {
      const [theirs, none] = [
        await w.call('GET', `/attempts/${other.id}${path}`, { token }),
        await w.call('GET', `/attempts/${unknown}${path}`, { token }),
      ]
      expect([path, theirs.status]).toEqual([path, 404])
      expect(theirs.text.replaceAll(other.id, unknown)).toBe(none.text)
    }
  })
})
