import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { milliseconds } from '../../src/kernel/instant.ts'
import { answerAll, resultOf, type Sitting, save, startCall, submit } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

const key = { 'idempotency-key': '"start-1"' }

let w: FixedWorld
let sitting: Sitting
beforeEach(async () => {
  w = await fixedWorld()
  const { token } = await w.launch('w-1')
  const reply = await startCall(w, token, key)
  const { id, lease, sections, startedAt, deadline } = reply.json
  sitting = {
    id,
    token,
    lease,
    sections,
    items: sections.flatMap(({ items }: { items: unknown[] }) => items),
    startedAt,
    deadline,
    reply,
  }
  await answerAll(w, sitting)
})
afterEach(() => w.close())

/** Words of the paper that no reply after its end may hold: the stems, and what was answered in words. */
const wordsOf = ({ items }: Sitting) => items.map(({ stemHtml }) => JSON.stringify(stemHtml).slice(1, -1))

const ends = {
  'was submitted': () => submit(w, sitting, { 'idempotency-key': '"submit-1"' }),
  'was withdrawn': () =>
    w.call('POST', `/api/attempts/${sitting.id}/withdraw`, {
      token: sitting.token,
      headers: { 'idempotency-key': '"end-1"' },
    }),
  'ran out of time, before any sweep': () =>
    w.clock.advance(milliseconds(Date.parse(sitting.deadline as unknown as string) + 3_001 - w.clock.now)),
}

describe.each(Object.entries(ends))('the paper of an attempt that %s', (_, end) => {
  it('is not given again for the key of its start, which is told what is so', async () => {
    await end()
    const again = await startCall(w, sitting.token, key)
    expect([again.status, again.json.code]).toEqual([409, 'attempt-closed'])
    expect(again.json).toMatchObject({ closedAt: expect.any(String), deadline: sitting.deadline })
  })

  it('stands in no reply and on no page of the candidate', async () => {
    await end()
    const { id, token } = sitting
    const replies = [
      await startCall(w, token, key),
      await startCall(w, token, { 'idempotency-key': '"start-2"' }),
      await startCall(w, token),
      await w.call('GET', `/api/attempts/${id}`, { token }),
      await w.call('GET', `/api/attempts/${id}`, { token, headers: { 'if-none-match': '*', range: 'bytes=0-' } }),
      await w.call('POST', `/api/attempts/${id}/lease`, { token }),
      await save(w, sitting, [{ item: 'q1', revision: 1, response: null }]),
      await submit(w, sitting, { 'idempotency-key': '"submit-1"' }),
      await resultOf(w, sitting),
    ]
    for (const path of ['', '?section=1', '?section=2&lang=en', '/review', '/review?flags=q1', '/clock', '/result'])
      replies.push(await w.call('GET', `/attempts/${id}${path}`, { token }))
    const form = { lease: sitting.lease, section: '1' }
    for (const path of ['', '/takeover', '/submit'])
      replies.push(
        await w.call('POST', `/attempts/${id}${path}`, {
          token,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams(form).toString(),
        }),
      )
    const words = wordsOf(sitting)
    for (const { text } of replies) for (const word of words) expect(text).not.toContain(word)
    expect(replies.map(({ status }) => status).filter((status) => status >= 500)).toEqual([])
  })
})

describe('the paper of an open attempt', () => {
  it('is given again for the key of its start, to the byte', async () => {
    const again = await startCall(w, sitting.token, key)
    expect([again.status, again.text]).toEqual([201, sitting.reply.text])
  })

  it('is kept by no cache, wherever it is shown', async () => {
    const { id, token } = sitting
    const shown = [
      sitting.reply,
      await startCall(w, token, key),
      await startCall(w, token),
      await w.call('GET', `/api/attempts/${id}`, { token }),
      await save(w, sitting, [{ item: 'q1', revision: 1, response: null }]),
      await w.call('GET', `/attempts/${id}`, { token }),
      await w.call('GET', `/attempts/${id}/review`, { token }),
    ]
    for (const { headers } of shown) {
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('etag')).toBeNull()
    }
  })
})
