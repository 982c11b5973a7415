import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { days } from '../../../src/kernel/instant.ts'
import { operator, pass } from '../../support/exam-hall.ts'
import { PLUGIN } from '../../support/fake-market.ts'
import { type FixedWorld, fixedWorld, NOON } from '../../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const BASE = '/ims/ob/v3p0'
const get = (path: string, token?: string) => w.call('GET', `${BASE}${path}`, token ? { token } : {})

describe('the Open Badges 3.0 API', () => {
  it('describes in OpenAPI 3.0 what there is, and nothing more', async () => {
    const { json, headers } = await get('/discovery')
    expect(json).toMatchObject({
      openapi: '3.0.1',
      servers: [{ url: `${PLUGIN}${BASE}` }],
      components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
    })
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(JSON.stringify(json)).not.toMatch(/oauth2|registrationUrl|upsertCredential|putProfile/i)
    const { token } = await w.launch('w-1')
    for (const [path, methods] of Object.entries(json.paths))
      for (const method of Object.keys(methods as object))
        expect((await w.call(method.toUpperCase(), `${BASE}${path}`, { token })).status).toBe(200)
  })

  it('gives holders their badges as they were signed, and nobody else’s', async () => {
    const mine = await pass(w, 'w-1')
    await pass(w, 'w-2')
    const { json, headers } = await get('/credentials', mine.token)
    expect(json).toEqual({
      credential: [],
      compactJwsString: [(await w.call('GET', `/credentials/${mine.credential}.jwt`)).text],
    })
    expect(headers.get('x-total-count')).toBe('1')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(
      (await w.call('POST', '/api/credentials/verify', { body: { credential: json.compactJwsString[0] } })).json
        .verdict,
    ).toBe('valid')
    expect((await get('/credentials', (await w.launch('w-3')).token)).json.compactJwsString).toEqual([])
  })

  it('gives them page by page, with links', async () => {
    const first = await pass(w, 'w-1')
    w.clock.advance(days(800))
    const { token } = await pass(w, 'w-1')
    const newest = await get('/credentials?limit=1', token)
    expect(newest.headers.get('x-total-count')).toBe('2')
    expect(newest.headers.get('link')).toBe(
      [
        `<${PLUGIN}${BASE}/credentials?limit=1&offset=0>; rel="first"`,
        `<${PLUGIN}${BASE}/credentials?limit=1&offset=1>; rel="next"`,
        `<${PLUGIN}${BASE}/credentials?limit=1&offset=1>; rel="last"`,
      ].join(', '),
    )
    const oldest = await get('/credentials?limit=1&offset=1', token)
    expect(oldest.json.compactJwsString).toEqual([(await w.call('GET', `/credentials/${first.credential}.jwt`)).text])
    expect(oldest.headers.get('link')).toContain('offset=0>; rel="prev"')
    expect((await get('/credentials?offset=9', token)).json.compactJwsString).toEqual([])
    expect(
      (await get(`/credentials?since=${new Date(NOON + 1_000).toISOString()}`, token)).json.compactJwsString,
    ).toEqual(newest.json.compactJwsString)
  })

  it('leaves out what was revoked', async () => {
    const { credential, token } = await pass(w, 'w-1')
    await w.call('POST', `/api/staff/credentials/${credential}/status`, {
      token: await operator(w),
      body: { status: 'revoked', why: 'decided' },
    })
    expect((await get('/credentials', token)).json.compactJwsString).toEqual([])
  })

  it('names the holder as the badges do', async () => {
    const { token } = await pass(w, 'w-1')
    const [jwt] = (await get('/credentials', token)).json.compactJwsString
    const { sub } = JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString())
    expect((await get('/profile', token)).json).toEqual({
      '@context': ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
      id: sub,
      type: ['Profile'],
      name: 'みなと',
    })
  })

  it.each([
    ['GET', '/credentials', 401, 'unauthorisedrequest', false],
    ['GET', '/profile', 401, 'unauthorisedrequest', false],
    ['GET', '/credentials?limit=0', 400, 'invaliddata', true],
    ['GET', '/credentials?limit=many', 400, 'invaliddata', true],
    ['GET', '/credentials?offset=-1', 400, 'invaliddata', true],
    ['GET', '/credentials?since=yesterday', 400, 'invaliddata', true],
    ['POST', '/credentials', 405, 'invaliddata', true],
    ['PUT', '/profile', 405, 'invaliddata', true],
  ] as const)('refuses %s %s with %i in its own form', async (method, path, status, code, signedIn) => {
    const token = (await w.launch('w-1')).token
    const reply = await w.call(method, `${BASE}${path}`, signedIn ? { token } : {})
    expect(reply.status).toBe(status)
    expect(reply.headers.get('allow')).toBe(status === 405 ? 'GET, HEAD' : null)
    expect(reply.json).toMatchObject({
      imsx_codeMajor: 'failure',
      imsx_severity: 'error',
      imsx_codeMinor: { imsx_codeMinorField: [{ imsx_codeMinorFieldValue: code }] },
    })
  })

  it('knows a bearer by any spelling of the scheme', async () => {
    const { token } = await w.launch('w-1')
    expect((await w.call('GET', `${BASE}/profile`, { headers: { authorization: `bearer ${token}` } })).status).toBe(200)
  })

  it('refuses tokens of other kinds', async () => {
    for (const token of [
      'x',
      await w.market.launchToken({ sub: 'w-1' }),
      await w.market.serviceToken('credentials:read'),
    ])
      expect((await get('/credentials', token)).status).toBe(401)
  })
})
