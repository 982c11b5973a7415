import { eq } from 'drizzle-orm'
import { decodeJwt, decodeProtectedHeader, importJWK, type JWK, jwtVerify } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CredentialStatus } from '../../../src/credential/credential-status.ts'
import { signAnew, signContent } from '../../../src/credential/sign-credential.ts'
import { LIST_TTL, statusBits } from '../../../src/credential/status-list.ts'
import { changeStatusStatement, eraseHolderStatement } from '../../../src/credential/store.ts'
import { credentials } from '../../../src/credential/tables.ts'
import { instant } from '../../../src/kernel/instant.ts'
import { decodeStatusList } from '../../../src/verify/status-list.ts'
import { publicWorld } from '../../support/public-world.ts'
import { dayAfter, origin, predecessor, ringOf } from '../../support/sample-credential.ts'

let open: Awaited<ReturnType<typeof publicWorld>>
beforeEach(async () => {
  open = await publicWorld()
})

const get = async (path: string, headers: Record<string, string> = {}) =>
  open.app.request(`https://kentei.example${path}`, { headers })
const json = async (path: string) => (await (await get(path)).json()) as Record<string, unknown>
const page = async (path: string, headers: Record<string, string> = {}) =>
  (await get(path, { accept: 'text/html', ...headers })).text()
const become = async (to: CredentialStatus) =>
  changeStatusStatement(open.world.db, { id: open.id, to, cause: 'operator', at: dayAfter })
const verdict = async (token = open.jwt) => ((await (await open.verify(token)).json()) as { verdict: string }).verdict

describe('keys', () => {
  it('verify a badge by following its kid through the DID document', async () => {
    const { kid } = decodeProtectedHeader(open.jwt)
    const did = await json('/.well-known/did.json')
    expect(did.assertionMethod).toContain(kid)
    const method = (did.verificationMethod as { id: string; publicKeyJwk: JWK }[]).find((entry) => entry.id === kid)
    await expect(
      jwtVerify(open.jwt, await importJWK(method?.publicKeyJwk as JWK, 'ES256'), { currentDate: new Date(dayAfter) }),
    ).resolves.toBeDefined()
  })

  it('are published without their private members, one by one and together', async () => {
    const { keys } = (await json('/.well-known/jwks.json')) as { keys: JWK[] }
    for (const key of keys) expect(key).not.toHaveProperty('d')
    const { thumbprint } = open.ring.keys[0] as { thumbprint: string }
    expect(await json(`/keys/${thumbprint}`)).toEqual(open.ring.keys[0]?.publicJwk)
    expect((await get('/keys/nobody')).status).toBe(404)
  })

  it('may be read from any web page', async () =>
    expect((await get('/.well-known/did.json')).headers.get('access-control-allow-origin')).toBe('*'))
})

describe('credential files', () => {
  it('are the signed text, its content, and the baked badge', async () => {
    const text = await get(`/credentials/${open.id}.jwt`)
    expect([text.headers.get('content-type'), await text.text()]).toEqual(['text/plain; charset=utf-8', open.jwt])
    expect(await json(`/credentials/${open.id}.json`)).toMatchObject({
      jti: `https://kentei.example/credentials/${open.id}`,
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
    })
    const svg = await get(`/credentials/${open.id}.svg`)
    expect(svg.headers.get('content-type')).toContain('image/svg+xml')
    expect(await svg.text()).toContain(`<openbadges:credential verify="${open.jwt}"/>`)
  })

  it('are chosen by Accept at the bare address', async () => {
    for (const accept of [
      'application/json',
      'application/ld+json',
      'application/vc+jwt',
      'application/jwt',
      'application/vc',
    ])
      expect((await get(`/credentials/${open.id}`, { accept })).headers.get('content-type')).toBe(accept)
    expect((await get(`/credentials/${open.id}.jwt`, { accept: 'application/jwt' })).headers.get('content-type')).toBe(
      'text/plain; charset=utf-8',
    )
    for (const id of ['crd_none', 'x'])
      expect((await get(`/credentials/${id}`, { accept: 'application/json' })).headers.get('content-type')).toBe(
        'application/problem+json',
      )
  })

  it('are signed tokens of the type that is asked for, with one content: `JWT` as issued, `vc+jwt` beside it', async () => {
    const token = async (accept: string) => (await get(`/credentials/${open.id}`, { accept })).text()
    expect(await token('application/jwt')).toBe(open.jwt)
    const other = await token('application/vc+jwt')
    expect(decodeProtectedHeader(open.jwt)).toEqual({ ...decodeProtectedHeader(other), typ: 'JWT' })
    expect(decodeProtectedHeader(other).typ).toBe('vc+jwt')
    expect(other.split('.')[1]).toBe(open.jwt.split('.')[1])
    expect(await verdict(other)).toBe('valid')
  })

  it('are chosen among by what a browser prefers', async () => {
    expect(
      (await get(`/credentials/${open.id}`, { accept: 'text/html,application/json;q=0.9,*/*;q=0.8' })).headers.get(
        'content-type',
      ),
    ).toContain('text/html')
  })

  it.each([
    '/credentials/crd_none.jwt',
    '/credentials/crd_none',
    '/credentials/..%2f..%2fetc',
    `/credentials/'%20OR%201=1`,
    '/credentials/crd_none.svg',
    '/credentials/crd_none.png',
    '/credentials/crd_none/share.png',
    '/credentials/crd_none/print',
    '/embed/crd_none',
  ])('%s is not found', async (path) => expect((await get(path)).status).toBe(404))

  it('are gone once the holder is erased, in every form, and each form says so in its own way', async () => {
    await open.world.db.batch([eraseHolderStatement(open.world.db, 'w1')])
    const oembed = `/oembed?url=https://kentei.example/credentials/${open.id}`
    for (const form of ['.jwt', '.json', '.vc.json'])
      expect(await json(`/credentials/${open.id}${form}`), form).toMatchObject({ status: 410, code: 'gone' })
    for (const path of [oembed, `${oembed}.vc.json`, `/api/credentials/${open.id}`])
      expect(await json(path), path).toMatchObject({ status: 410, code: 'gone' })
    for (const [lang, words] of Object.entries({ ja: 'この証明書は削除されました', en: 'This certificate was erased' }))
      for (const path of [
        `/credentials/${open.id}`,
        `/credentials/${open.id}/print`,
        `/credentials/${open.id}.svg`,
        `/embed/${open.id}`,
      ]) {
        const response = await get(`${path}?lang=${lang}`)
        const text = await response.text()
        expect(
          [response.status, text.includes(words), /ビジネス|Business|みなと/.test(text)],
          `${path} ${lang}`,
        ).toEqual([410, true, false])
      }
    for (const path of ['.png', '/share.png']) {
      const response = await get(`/credentials/${open.id}${path}`)
      expect([response.status, response.headers.get('content-type')], path).toEqual([410, 'image/png'])
    }
    expect((await get(`/embed/${open.id}`)).headers.get('content-security-policy')).toContain('frame-ancestors *')
    // a copy that somebody kept is known as revoked, also to who asks the list
    expect(await verdict()).toBe('revoked')
  })
})

describe('the verifier', () => {
  it.each(['suspended', 'revoked', 'expired'] as const)('knows at once that a badge is %s', async (status) => {
    expect(await verdict()).toBe('valid')
    await become(status)
    expect(await verdict()).toBe(status)
  })

  it('sees a reinstatement, and the end of validity', async () => {
    await become('suspended')
    await become('active')
    expect(await verdict()).toBe('valid')
    open.clock.now = instant(open.validUntil + 61_000)
    expect(await verdict()).toBe('expired')
  })

  it('answers with checks and the credential', async () => {
    const answer = (await (await open.verify(open.jwt)).json()) as { checks: unknown[] }
    expect(Object.keys(answer).sort()).toEqual(['checks', 'credential', 'verdict'])
    expect(answer.checks[0]).toEqual({ check: 'format', outcome: 'passed', detail: expect.any(String) })
  })

  it('does not know a badge that is signed but not on record', async () => {
    const other = await publicWorld()
    expect(((await (await open.verify(other.jwt)).json()) as { verdict: string }).verdict).toBe('invalid')
    const { signCredential } = await import('../../../src/credential/sign-credential.ts')
    const { input } = await import('../../support/sample-credential.ts')
    expect(await verdict(await signCredential({ ...input, id: 'crd_forgotten' }, open.ring))).toBe('unknown')
  })

  it.each([
    ['a higher band', (text: string) => text.replace('"70-80"', '"90-100"')],
    [
      'a longer validity',
      (text: string) =>
        text
          .replace('"2028-11-24T', '"2038-11-24T')
          .replace(/"exp":\d+/, `"exp":${Date.UTC(2038, 10, 24, 6, 11, 42) / 1_000}`),
    ],
    ['another exam', (text: string) => text.replaceAll('business-admin', 'web-writing')],
    ['another subject', (text: string) => text.replaceAll('3f1c7b0e', '3f1c7b0f')],
    ['another place in the status list', (text: string) => text.replaceAll('48213', '48214')],
    ['one more member', (text: string) => text.replace('{', '{"x":1,')],
    ['a resource beside it', (text: string) => text.replace('{', '{"relatedResource":[{"digestSRI":"sha384-A"}],')],
  ])('refuses what a stolen key made of a number on record: %s', async (_, change) => {
    const content = Buffer.from(open.jwt.split('.')[1] as string, 'base64url').toString()
    expect(change(content)).not.toBe(content)
    const forged = await signAnew(`.${Buffer.from(change(content)).toString('base64url')}.`, open.ring)
    const refused = {
      verdict: 'invalid',
      checks: [
        ...Array(6).fill(expect.objectContaining({ outcome: 'passed' })),
        expect.objectContaining({ check: 'record', outcome: 'failed', code: 'differs-from-record' }),
      ],
    }
    const batch = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ credentials: [forged, open.jwt] }),
    }
    // what is remembered is only that the signature fits
    for (let n = 0; n < 2; n++) {
      expect(await (await open.verify(forged)).json()).toEqual(refused)
      expect(await (await open.app.request('/api/credentials/verify/batch', batch)).json()).toEqual({
        results: [refused, expect.objectContaining({ verdict: 'valid' })],
      })
    }
    await open.world.db.batch([eraseHolderStatement(open.world.db, 'w1')])
    expect(await verdict(forged)).toBe('revoked')
  })

  it('takes any signature of what was issued, and a renewal whose predecessor was signed anew', async () => {
    expect(await verdict(await signAnew(open.jwt, open.ring))).toBe('valid')
    const old = await open.issue({ id: 'crd_renewal', status: { list: 3, index: 9 }, predecessor })
    const anew = await open.issue({
      id: 'crd_anew',
      status: { list: 3, index: 10 },
      predecessor: { ...predecessor, digest: 'sha384-BBBB' },
    })
    await open.world.db
      .update(credentials)
      .set({
        jwt: await signContent({ ...decodeJwt(old), relatedResource: decodeJwt(anew).relatedResource }, open.ring),
      })
      .where(eq(credentials.id, 'crd_renewal'))
    const [resource] = decodeJwt(old).relatedResource as { id: string }[]
    const forged = [
      { name: 'x' },
      { relatedResource: [{ ...resource, id: 'https://thief.example' }] },
      { relatedResource: [{ ...resource, digestSRI: ['x'] }] },
      { relatedResource: [resource, resource] },
    ]
    const tokens = [
      old,
      ...(await Promise.all(forged.map(async (change) => signContent({ ...decodeJwt(old), ...change }, open.ring)))),
    ]
    expect(await Promise.all(tokens.map(verdict))).toEqual(['valid', 'invalid', 'invalid', 'invalid', 'invalid'])
  })

  it('goes by the number as it is written, and one that none could read spoils no other', async () => {
    const url = `${origin}/credentials/${open.id}`
    const named = async (id: string) => signContent({ ...decodeJwt(open.jwt), id, jti: id }, open.ring)
    const ids = [`${url}%`, url.replace('crd_', 'crd%5F'), `${url}?x`, url.replace('https:', 'HTTPS:')]
    const tokens = await Promise.all(ids.map(named))
    const body = JSON.stringify({ credentials: [...tokens, open.jwt] })
    const { results } = (await (
      await open.app.request('/api/credentials/verify/batch', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
    ).json()) as {
      results: { verdict: string }[]
    }
    expect(results.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'valid'])
  })

  it('does not know the status when the database fails', async () => {
    const select = open.world.db.select
    open.world.db.select = (() => {
      throw new Error('down')
    }) as never
    expect(await verdict()).toBe('unknown')
    open.world.db.select = select
  })

  it.each([[undefined], [''], [7], [null], [['x']], [{}]])('refuses %j as malformed', async (credential) => {
    const response = await open.verify(credential)
    expect([
      response.status,
      response.headers.get('content-type'),
      ((await response.json()) as { code: string }).code,
    ]).toEqual([422, 'application/problem+json', 'malformed'])
  })

  it.each(['', '{', '[]', 'null', '"x"'])('refuses the body %j as malformed', async (body) =>
    expect((await open.verify('', { body })).status).toBe(422),
  )

  it('judges what is no token, and what is too large for one', async () => {
    expect([
      await verdict('x'),
      await verdict('a.b.c'),
      await verdict('A'.repeat(33_000)),
      await verdict(`${open.jwt}\n`),
    ]).toEqual(['invalid', 'invalid', 'invalid', 'invalid'])
  })

  it('never calls a private host on behalf of a token', async () => {
    let calls = 0
    open = await publicWorld({ fetch: async () => (calls++, new Response('')) })
    const { signCredential } = await import('../../../src/credential/sign-credential.ts')
    const { input } = await import('../../support/sample-credential.ts')
    const ring = await ringOf('ES256', 'https://169.254.169.254')
    expect(
      await verdict(await signCredential({ ...input, issuer: { origin: 'https://169.254.169.254', name: 'x' } }, ring)),
    ).toBe('invalid')
    expect(calls).toBe(0)
  })

  it('may be asked from any web page', async () => {
    const preflight = await open.app.request('/api/credentials/verify', {
      method: 'OPTIONS',
      headers: { origin: 'https://x.example', 'access-control-request-method': 'POST' },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect((await open.verify(open.jwt)).headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('status lists', () => {
  it('hold the revoked entries, signed, and may be cached for their ttl', async () => {
    await become('revoked')
    const response = await get('/status/3')
    expect(response.headers.get('content-type')).toBe('application/vc+jwt')
    expect(response.headers.get('cache-control')).toBe(`public, max-age=${LIST_TTL / 1_000}`)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const { payload, protectedHeader } = await jwtVerify(
      await response.text(),
      open.ring.keys[0]?.publicKey as CryptoKey,
      { currentDate: new Date(dayAfter) },
    )
    expect(protectedHeader.typ).toBe('vc+jwt')
    const { encodedList, ttl } = payload.credentialSubject as { encodedList: string; ttl: number }
    expect([ttl, await decodeStatusList(encodedList)]).toEqual([LIST_TTL, statusBits([48_213])])
  })

  it('do not show a suspension', async () => {
    await become('suspended')
    const { payload } = await jwtVerify(
      await (await get('/status/3')).text(),
      open.ring.keys[0]?.publicKey as CryptoKey,
      { currentDate: new Date(dayAfter) },
    )
    expect(await decodeStatusList((payload.credentialSubject as { encodedList: string }).encodedList)).toEqual(
      statusBits([]),
    )
  })

  it('exist from the first on', async () =>
    expect(
      await Promise.all(
        ['1', '4', '0', '01', 'x', '9999999999'].map(async (list) => [
          (await get(`/status/${list}`)).status,
          (await get(`/status/${list}`)).headers.get('access-control-allow-origin'),
        ]),
      ),
    ).toEqual([[200, '*'], ...Array.from({ length: 5 }, () => [404, '*'])]))
})

describe('documents that change seldom', () => {
  it.each([
    '/.well-known/did.json',
    '/.well-known/jwks.json',
    '/keys/{thumbprint}',
    '/status/1',
    '/achievements/business-admin',
  ])('are not sent again to who has them: %s', async (path) => {
    const at = path.replace('{thumbprint}', open.ring.keys[0]?.thumbprint as string)
    const headers = { accept: 'application/json, application/vc+jwt;q=1' }
    const first = await get(at, headers)
    const tag = first.headers.get('etag') as string
    const answers = await Promise.all(
      [tag, `"other", W/${tag}`, '*', '"other"'].map((known) => get(at, { ...headers, 'if-none-match': known })),
    )
    expect([first.status, tag.startsWith('"'), answers.map(({ status }) => status)]).toEqual([
      200,
      true,
      [304, 304, 304, 200],
    ])
    expect(
      ['cache-control', 'access-control-allow-origin', 'etag', 'vary'].map((name) => answers[0]?.headers.get(name)),
    ).toEqual(['cache-control', 'access-control-allow-origin', 'etag', 'vary'].map((name) => first.headers.get(name)))
    expect(await answers[0]?.text()).toBe('')
  })
})

describe('achievements', () => {
  it('are an Open Badges achievement for programs and a page for people', async () => {
    expect(await json('/achievements/business-admin')).toMatchObject({
      id: 'https://kentei.example/achievements/business-admin',
      type: ['Achievement'],
      version: '2',
    })
    expect(await page('/achievements/business-admin')).toContain('<h1>ビジネス事務検定 3級</h1>')
    expect(
      (await get('/achievements/business-admin', { accept: 'application/ld+json' })).headers.get('content-type'),
    ).toBe('application/ld+json')
    const missing = await Promise.all(
      ['text/html', 'application/json'].map((accept) => get('/achievements/none', { accept })),
    )
    expect(
      missing.map(({ status, headers }) => [status, headers.get('content-type') === 'application/problem+json']),
    ).toEqual([
      [404, false],
      [404, true],
    ])
  })
})
