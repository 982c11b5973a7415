import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resultOf, rows, type Sitting, save, sit, startCall, submit } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { modelAnswer, modelSaves } from '../support/model-answer.ts'

let w: FixedWorld
let sitting: Sitting
beforeEach(async () => {
  w = await fixedWorld()
  sitting = await sit(w, 'w-1')
})
afterEach(() => w.close())

const right = (n: number, of = sitting) => modelAnswer(w.bank, of.items[n] as Sitting['items'][number], { right: true })
const wrong = (n: number) => modelAnswer(w.bank, sitting.items[n] as Sitting['items'][number], { right: false })
const stored = async (of = sitting) =>
  (await w.call('GET', `/api/attempts/${of.id}`, { token: of.token })).json.responses

describe('a save', () => {
  it('of a rising revision replaces the one before', async () => {
    for (const revision of [1, 2, 7]) {
      const reply = await save(w, sitting, [{ item: 'q1', revision, response: revision === 7 ? right(0) : wrong(0) }])
      expect(reply.json.results).toEqual([{ item: 'q1', status: 'saved', revision }])
    }
    expect(await stored()).toEqual({ q1: { response: right(0), revision: 7 } })
  })

  it.each([3, 2, 1])(
    'of revision %d with another body is stale when 3 is stored, and is told what is',
    async (revision) => {
      await save(w, sitting, [{ item: 'q1', revision: 3, response: right(0) }])
      const reply = await save(w, sitting, [{ item: 'q1', revision, response: wrong(0) }])
      expect(reply.status).toBe(200)
      expect(reply.json.results).toEqual([{ item: 'q1', status: 'stale-revision', revision: 3, response: right(0) }])
      expect(await stored()).toEqual({ q1: { response: right(0), revision: 3 } })
    },
  )

  it('of the same revision and body is a success, as often as it is sent', async () => {
    for (let n = 0; n < 3; n++) {
      expect((await save(w, sitting, [{ item: 'q1', revision: 3, response: right(0) }])).json.results).toEqual([
        { item: 'q1', status: 'saved', revision: 3 },
      ])
    }
  })

  it('is the same body whatever the order of its members', async () => {
    const item = sitting.items.findIndex(({ type }) => type === 'match')
    const index = item < 0 ? sitting.items.findIndex(({ type }) => type === 'cloze') : item
    expect(index).toBeGreaterThanOrEqual(0)
    const ref = `q${index + 1}`
    const [[member, inner]] = Object.entries(right(index) as unknown as Record<string, Record<string, string>>) as [
      [string, Record<string, string>],
    ]
    const reversed = { [member]: Object.fromEntries(Object.entries(inner).reverse()) }
    await save(w, sitting, [{ item: ref, revision: 1, response: right(index) }])
    expect((await save(w, sitting, [{ item: ref, revision: 1, response: reversed }])).json.results[0].status).toBe(
      'saved',
    )
  })

  it('of several items tells what became of each', async () => {
    await save(w, sitting, [
      { item: 'q1', revision: 2, response: right(0) },
      { item: 'q2', revision: 2, response: right(1) },
    ])
    const reply = await save(w, sitting, [
      { item: 'q1', revision: 1, response: wrong(0) },
      { item: 'q2', revision: 3, response: wrong(1) },
      { item: 'q3', revision: 1, response: right(2) },
    ])
    expect(reply.json.results).toEqual([
      { item: 'q1', status: 'stale-revision', revision: 2, response: right(0) },
      { item: 'q2', status: 'saved', revision: 3 },
      { item: 'q3', status: 'saved', revision: 1 },
    ])
    expect(await stored()).toEqual({
      q1: { response: right(0), revision: 2 },
      q2: { response: wrong(1), revision: 3 },
      q3: { response: right(2), revision: 1 },
    })
  })

  it('of null clears, and a cleared item earns nothing', async () => {
    await save(w, sitting, modelSaves(w.bank, sitting.sections))
    await save(w, sitting, [{ item: 'q1', revision: 2, response: null }])
    expect((await stored()).q1).toEqual({ response: null, revision: 2 })
    expect((await submit(w, sitting)).json.score).toBe(87)
  })

  it('that was acknowledged is the one that is graded', async () => {
    await save(
      w,
      sitting,
      modelSaves(w.bank, sitting.sections, () => true),
    )
    await save(
      w,
      sitting,
      modelSaves(w.bank, sitting.sections, () => false, 2),
    )
    await save(
      w,
      sitting,
      modelSaves(w.bank, sitting.sections, () => true, 1),
    )
    expect((await submit(w, sitting)).json).toMatchObject({ score: 100, passed: true })
  })
})

describe('a call that is malformed', () => {
  const good = () => ({ item: 'q1', revision: 1, response: right(0) })
  const cases: Record<string, { body: () => unknown; path: string }> = {
    'no JSON': { body: () => '{"lease":', path: '' },
    'no saves': { body: () => ({ lease: sitting.lease, saves: [] }), path: 'saves' },
    'more than 100 saves': {
      body: () => ({
        lease: sitting.lease,
        saves: Array.from({ length: 101 }, (_, n) => ({ ...good(), item: `q${n + 1}` })),
      }),
      path: 'saves',
    },
    'no lease': { body: () => ({ saves: [good()] }), path: 'lease' },
    'revision 0': {
      body: () => ({ lease: sitting.lease, saves: [{ ...good(), revision: 0 }] }),
      path: 'saves.0.revision',
    },
    'a revision that is no whole number': {
      body: () => ({ lease: sitting.lease, saves: [{ ...good(), revision: 1.5 }] }),
      path: 'saves.0.revision',
    },
    'an item that is not on the paper': {
      body: () => ({ lease: sitting.lease, saves: [good(), { ...good(), item: 'q9' }] }),
      path: 'saves[1].item',
    },
    'an item id of the bank': {
      body: () => ({ lease: sitting.lease, saves: [good(), { ...good(), item: 'office-001' }] }),
      path: 'saves[1].item',
    },
    'an item twice': { body: () => ({ lease: sitting.lease, saves: [good(), good()] }), path: 'saves[1].item' },
    'a response of another type': {
      body: () => ({
        lease: sitting.lease,
        saves: [
          { item: 'q2', revision: 1, response: right(1) },
          { ...good(), response: { essay: 'x' } },
        ],
      }),
      path: 'saves[1].response',
    },
    'an option that is not there': {
      body: () => ({
        lease: sitting.lease,
        saves: [
          {
            item: `q${sitting.items.findIndex(({ options }) => options) + 1}`,
            revision: 1,
            response: { choice: 'zz' },
          },
        ],
      }),
      path: 'saves[0].response',
    },
  }
  it.each(Object.entries(cases))(
    'by %s is refused as a whole with the place of the fault, and nothing is saved',
    async (_, { body, path }) => {
      const reply = await w.call('PUT', `/api/attempts/${sitting.id}/responses`, { token: sitting.token, body: body() })
      expect(reply.status).toBe(422)
      expect(reply.json.code).toBe('malformed')
      expect(reply.json.issues.map((issue: { path: string }) => issue.path)).toContain(path)
      expect(await stored()).toEqual({})
    },
  )
})

describe('the lease', () => {
  it('goes to whoever takes it; the old tab can neither save nor submit, and nothing is overwritten', async () => {
    await save(w, sitting, [{ item: 'q1', revision: 1, response: right(0) }])
    const taken = await w.call('POST', `/api/attempts/${sitting.id}/lease`, { token: sitting.token })
    expect(taken.json.lease).not.toBe(sitting.lease)

    const old = await save(w, sitting, [
      { item: 'q1', revision: 2, response: wrong(0) },
      { item: 'q2', revision: 1, response: right(1) },
    ])
    expect(old.status).toBe(409)
    expect(old.json.code).toBe('lease-lost')
    expect((await submit(w, sitting)).json.code).toBe('lease-lost')
    expect(await stored()).toEqual({ q1: { response: right(0), revision: 1 } })

    const saved = await save(w, sitting, [{ item: 'q1', revision: 2, response: wrong(0) }], { lease: taken.json.lease })
    expect(saved.json.results[0].status).toBe('saved')
    expect((await submit(w, { ...sitting, lease: taken.json.lease })).status).toBe(200)
  })

  it('that is lost is lost even for a save of what is stored', async () => {
    await save(w, sitting, [{ item: 'q1', revision: 1, response: right(0) }])
    await w.call('POST', `/api/attempts/${sitting.id}/lease`, { token: sitting.token })
    expect((await save(w, sitting, [{ item: 'q1', revision: 1, response: right(0) }])).json.code).toBe('lease-lost')
  })

  it('is never shown by a mere reading', async () => {
    const read = await w.call('GET', `/api/attempts/${sitting.id}`, { token: sitting.token })
    expect(read.json.lease).toBeUndefined()
    expect(read.text).not.toContain(sitting.lease)
  })

  it('belongs to one of many tabs that take it at once, and only that one writes', async () => {
    const taken = await Promise.all(
      Array.from({ length: 8 }, () => w.call('POST', `/api/attempts/${sitting.id}/lease`, { token: sitting.token })),
    )
    const replies = await Promise.all(
      taken.map(({ json }, n) =>
        save(w, sitting, [{ item: 'q1', revision: n + 1, response: right(0) }], { lease: json.lease }),
      ),
    )
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ status, json }) => status === 409 && json.code === 'lease-lost')).toHaveLength(7)
  })

  it('of a closed attempt cannot be taken', async () => {
    await submit(w, sitting)
    expect((await w.call('POST', `/api/attempts/${sitting.id}/lease`, { token: sitting.token })).json.code).toBe(
      'attempt-closed',
    )
  })
})

describe('somebody else’s attempt', () => {
  it('is not found by any call', async () => {
    const { token } = await w.launch('w-2')
    const path = `/api/attempts/${sitting.id}`
    const replies = [
      await w.call('GET', path, { token }),
      await w.call('POST', `${path}/lease`, { token }),
      await save(w, sitting, [{ item: 'q1', revision: 1, response: right(0) }], { token }),
      await w.call('POST', `${path}/submit`, { token, body: { lease: sitting.lease } }),
      await w.call('POST', `${path}/withdraw`, { token }),
      await w.call('GET', `${path}/result`, { token }),
      await w.call('POST', `${path}/events`, {
        token,
        body: { events: [{ kind: 'hidden', at: '2026-11-25T03:00:00Z' }] },
      }),
    ]
    for (const { status, json } of replies) expect([status, json.code]).toEqual([404, 'not-found'])
    expect(await stored()).toEqual({})
    expect((await rows(w, 'select status from attempts'))[0].status).toBe('open')
  })

  it('is not even told from one that is not there', async () => {
    const { token } = await w.launch('w-2')
    const theirs = await w.call('GET', `/api/attempts/${sitting.id}`, { token })
    const none = await w.call('GET', '/api/attempts/att_none', { token })
    expect(theirs.text).toBe(none.text)
  })

  it('needs a session at all', async () => {
    expect((await w.call('GET', `/api/attempts/${sitting.id}`)).json.code).toBe('unauthenticated')
  })
})

describe('concurrent saves', () => {
  it('of one item end with the highest revision, whatever order they arrive in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 2 }),
        fc.constantFrom(...sitting.items.map(({ ref }) => ref)),
        async (revisions, item) => {
          await rows(w, 'delete from responses')
          const index = Number(item.slice(1)) - 1
          const replies = await Promise.all(
            revisions.map((revision) =>
              save(w, sitting, [{ item, revision, response: revision % 2 ? right(index) : wrong(index) }]),
            ),
          )
          const highest = Math.max(...revisions)
          expect((await stored())[item]).toEqual({
            revision: highest,
            response: highest % 2 ? right(index) : wrong(index),
          })
          expect(replies.every(({ status }) => status === 200)).toBe(true)
          // the highest is never told that it was stale
          expect(replies[revisions.indexOf(highest)]?.json.results[0].status).toBe('saved')
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('a second start', () => {
  it('gives the open attempt back with 200, with its paper, its responses and its lease', async () => {
    await save(w, sitting, [{ item: 'q1', revision: 4, response: right(0) }])
    const again = await startCall(w, sitting.token)
    expect(again.status).toBe(200)
    expect(again.json).toMatchObject({
      id: sitting.id,
      status: 'open',
      lease: sitting.lease,
      sections: sitting.sections,
      responses: { q1: { revision: 4, response: right(0) } },
    })
    expect(await rows(w, 'select id from attempts')).toHaveLength(1)
  })

  it('of ten at once makes one attempt, created once', async () => {
    const { token } = await w.launch('w-2')
    const replies = await Promise.all(Array.from({ length: 10 }, () => startCall(w, token)))
    expect(new Set(replies.map(({ json }) => json.id)).size).toBe(1)
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(9)
  })

  it('in another language is the attempt that is open, in its own', async () => {
    const again = await w.call('POST', '/api/exams/tiny/attempts', { token: sitting.token, body: { locale: 'en' } })
    expect(again.json).toMatchObject({ code: 'not-eligible', reason: 'locale-unavailable' })
  })
})

describe('the paper', () => {
  it('has what an item shows and nothing of its key', async () => {
    for (const text of [
      sitting.reply.text,
      (await w.call('GET', `/api/attempts/${sitting.id}`, { token: sitting.token })).text,
    ]) {
      for (const word of [
        'rationale',
        'why ',
        'accepted',
        '御中',
        'onchu',
        '13200',
        '13_200',
        'tolerance',
        'secret',
        'key',
        'itemId',
        'itemHash',
        'seed',
        'difficulty',
        w.bank.hash,
      ])
        expect(text).not.toContain(word)
      for (const item of w.bank.items) expect(text).not.toContain(item.hash)
    }
    for (const item of sitting.items)
      expect(
        Object.keys(item).filter(
          (key) =>
            ![
              'ref',
              'type',
              'points',
              'stemHtml',
              'options',
              'blanks',
              'left',
              'right',
              'minChars',
              'maxChars',
            ].includes(key),
        ),
      ).toEqual([])
    expect(sitting.items.map(({ ref }) => ref)).toEqual(['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8'])
  })

  it('is not shown any more once the attempt is over', async () => {
    await submit(w, sitting)
    const read = await w.call('GET', `/api/attempts/${sitting.id}`, { token: sitting.token })
    expect(read.json).toMatchObject({ status: 'graded', sections: [], responses: {} })
    const result = await resultOf(w, sitting)
    for (const item of sitting.items) expect(result.text).not.toContain(item.stemHtml)
    expect(result.text).not.toMatch(/"q\d"/)
  })
})
