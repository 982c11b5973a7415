import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { type Answered, type Observed, observe } from '../../src/platform/http/observe.ts'
import { readTraceparent, traceOf, traceparent } from '../../src/platform/http/trace.ts'

const ID = '4bf92f3577b34da6a3ce929d0e0e4736'

describe('a trace', () => {
  it('is read from the header of the caller, and handed on under another parent', () => {
    const trace = readTraceparent(`00-${ID}-00f067aa0ba902b7-01`)
    expect(trace).toEqual({ id: ID, flags: '01' })
    expect(traceparent({ id: ID, flags: '01' }, 'jti_019ab3c45d6e7f8091a2b3c4d5e6f708')).toBe(
      `00-${ID}-91a2b3c4d5e6f708-01`,
    )
  })

  it.each([
    undefined,
    '',
    'garbage',
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${ID}-${'0'.repeat(16)}-01`,
    `ff-${ID}-00f067aa0ba902b7-01`,
    `00-${ID}-00f067aa0ba902b7-01-more`,
    `00-${ID.toUpperCase()}-00f067aa0ba902b7-01`,
  ])('is none in %o', (header) => expect(readTraceparent(header)).toBeUndefined())

  it('of a later version is read as far as it is known', () => {
    expect(readTraceparent(`01-${ID}-00f067aa0ba902b7-01-more`)).toEqual({ id: ID, flags: '01' })
  })

  it('of a message is the same at each try, and well-formed', () => {
    const message = 'msg_019ab3c45d6e7f8091a2b3c4d5e6f708'
    expect(traceOf(message)).toEqual({ id: '019ab3c45d6e7f8091a2b3c4d5e6f708', flags: '01' })
    expect(readTraceparent(traceparent(traceOf(message), 'jti_1'))).toEqual(traceOf(message))
  })
})

describe('a request', () => {
  const told: Answered[] = []
  const app = new Hono<Observed>()
  app.use(
    observe(() => '00000000-0000-4000-8000-000000000001', {
      clock: () => told.length,
      answered: (one) => told.push(one),
    }),
  )
  app.get('/things/:id', (c) => c.text(c.var.request))
  app.get('/broken', () => {
    throw new Error('broken')
  })
  app.onError((_, c) => c.text('', 500))
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    app.request(path, { headers, method })

  it('is told of by the template of its route, never by its path', async () => {
    await ask('/things/secret?q=secret', { traceparent: `00-${ID}-00f067aa0ba902b7-01` })
    await ask('/broken')
    await ask('/nowhere/secret', {}, 'PURGE')
    expect(told.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['GET', '/things/:id', 200],
      ['GET', '/broken', 500],
      ['other', '/*', 404],
    ])
    expect(told[0]?.trace).toEqual({ id: ID, flags: '01' })
    expect(JSON.stringify(told)).not.toContain('secret')
  })

  it('keeps the id that it came with where that is well-formed, and is given one where it is not', async () => {
    const idOf = async (given?: string) =>
      (await ask('/things/1', given === undefined ? {} : { 'x-request-id': given })).headers.get('x-request-id')
    expect(await idOf('0af7651916cd43dd8448eb211c80319c')).toBe('0af7651916cd43dd8448eb211c80319c')
    for (const given of [undefined, 'short', 'a name of somebody', 'f'.repeat(65), '<script>alert(1)</script>'])
      expect(await idOf(given)).toBe('00000000-0000-4000-8000-000000000001')
  })
})
