import { beforeAll, describe, expect, it } from 'vitest'
import { didDocument } from '../../src/credential/key-documents.ts'
import { generateKey, type KeyRing, keySourceOf, openKeyRing } from '../../src/credential/keys.ts'
import { signCredential, signStatusList } from '../../src/credential/sign-credential.ts'
import { type Instant, instant } from '../../src/kernel/instant.ts'
import { fetchGuarded, MAX_FETCHED_BYTES } from '../../src/verify/guarded-fetch.ts'
import { createIssuerDirectory, issuerKeySource, KEY_FETCH_COOLDOWN } from '../../src/verify/issuer-keys.ts'
import { guardedListLoader, listStatusSource } from '../../src/verify/status-list.ts'
import { assembleVerifier } from '../../src/verify/verify-credential.ts'
import { dayAfter, input, ringOf } from '../support/sample-credential.ts'

const abroad = 'https://badges.school.org'
let home: KeyRing
let school: KeyRing
let token: string
beforeAll(async () => {
  home = await ringOf()
  school = await ringOf('ES256', abroad)
  token = await signCredential({ ...input, issuer: { origin: abroad, name: 'School' } }, school)
})

type Answers = Record<string, (init: RequestInit) => Response | Promise<Response>>

/** A verifier at home, whose network gives these answers; `calls` lists what was asked. */
function abroadVerifier(change: Answers = {}) {
  const calls: string[] = []
  const answers: Answers = {
    [`${abroad}/.well-known/did.json`]: () => Response.json(didDocument(abroad, school)),
    [`${abroad}/status/3`]: async () => new Response(await signStatusList({ list: 3, revoked: [] }, school, dayAfter)),
    ...change,
  }
  const fetch = async (url: string, init: RequestInit) => {
    calls.push(url)
    return answers[url]?.(init) ?? new Response('', { status: 404 })
  }
  const keys = keySourceOf(home, issuerKeySource({ directory: createIssuerDirectory(), fetch }))
  const verifier = assembleVerifier({ keys, status: listStatusSource({ keys, load: guardedListLoader(fetch) }) })
  const verify = async (text = token, now: Instant = dayAfter) => {
    const { verdict, checks } = await verifier.verify(text, now)
    return { verdict, code: checks.at(-1)?.code }
  }
  return { calls, verify, verifier }
}

const did = `${abroad}/.well-known/did.json`

describe('a badge of a foreign issuer', () => {
  it('is valid by the keys and the list that the issuer publishes, fetched once', async () => {
    const { verify, calls } = abroadVerifier()
    expect([await verify(), await verify(), await verify()]).toEqual(
      Array(3).fill({ verdict: 'valid', code: undefined }),
    )
    expect(calls).toEqual([did, `${abroad}/status/3`])
  })

  it('is revoked by that list', async () => {
    const { verify } = abroadVerifier({
      [`${abroad}/status/3`]: async () =>
        new Response(await signStatusList({ list: 3, revoked: [48_213] }, school, dayAfter)),
    })
    expect(await verify()).toEqual({ verdict: 'revoked', code: 'is-revoked' })
  })

  it('is unknown when its keys or its list cannot be read', async () => {
    expect(await abroadVerifier({ [did]: () => new Response('', { status: 503 }) }).verify()).toEqual({
      verdict: 'unknown',
      code: 'issuer-unreachable',
    })
    expect(await abroadVerifier({ [`${abroad}/status/3`]: () => new Response('', { status: 503 }) }).verify()).toEqual({
      verdict: 'unknown',
      code: 'list-unreadable',
    })
  })

  it('is judged without the network when it is our own', async () => {
    const { calls, verifier } = abroadVerifier()
    const own = await verifier.verify(await signCredential({ ...input, status: { list: 3, index: 1 } }, home), dayAfter)
    expect(own.checks[3]).toMatchObject({ check: 'signature', outcome: 'passed' })
    expect(calls).not.toContain('https://kentei.example/.well-known/did.json')
  })
})

describe('nobody is called', () => {
  it.each([
    'http://localhost:8787',
    'https://127.0.0.1',
    'https://10.1.2.3',
    'https://192.168.0.1',
    'https://[::1]',
    'https://intranet',
    'https://vault.internal',
    'https://badges.school.org:8443',
  ])('at %s', async (at) => {
    const there = await openKeyRing(at, [await generateKey('credential')])
    const { verify, calls } = abroadVerifier()
    expect(await verify(await signCredential({ ...input, issuer: { origin: at, name: 'x' } }, there))).toEqual({
      verdict: 'invalid',
      code: 'issuer-refused',
    })
    expect(calls).toEqual([])
  })

  it.each([
    'http://badges.school.org/status/3',
    'https://localhost/status/3',
    'https://169.254.169.254/latest',
    'file:///etc/passwd',
    'https://user:pw@badges.school.org/status/3',
  ])('for a list at %s', async (url) => {
    const { calls, verifier } = abroadVerifier()
    const { openBadge } = await import('../../src/credential/open-badge.ts')
    const badge = openBadge({ ...input, issuer: { origin: abroad, name: 'x' } })
    const { CompactSign } = await import('jose')
    const text = await new CompactSign(
      new TextEncoder().encode(
        JSON.stringify({
          ...badge,
          credentialStatus: { ...(badge.credentialStatus as object), statusListCredential: url },
        }),
      ),
    )
      .setProtectedHeader({ alg: 'ES256', kid: school.keys[0]?.kid, typ: 'vc+jwt' })
      .sign(school.keys[0]?.privateKey as CryptoKey)
    expect((await verifier.verify(text, dayAfter)).verdict).toBe('unknown')
    expect(calls).toEqual([did])
  })
})

describe('the document of an issuer', () => {
  const changed = (change: object) =>
    abroadVerifier({ [did]: () => Response.json({ ...didDocument(abroad, school), ...change }) }).verify()
  it('must be of that issuer', async () =>
    expect(await changed({ id: 'did:web:other.example' })).toEqual({ verdict: 'unknown', code: 'issuer-unreachable' }))
  it('must let the key assert', async () =>
    expect(await changed({ assertionMethod: [] })).toEqual({ verdict: 'invalid', code: 'key-unknown' }))
  it('must control the key, and mean it for signatures', async () => {
    const [method] = didDocument(abroad, school).verificationMethod
    for (const change of [
      { controller: 'did:web:other.example' },
      { publicKeyJwk: { ...method?.publicKeyJwk, use: 'enc' } },
    ])
      expect(await changed({ verificationMethod: [{ ...method, ...change }] })).toEqual({
        verdict: 'invalid',
        code: 'key-unknown',
      })
  })
  it('may not redirect', async () => {
    const redirects: string[] = []
    const { verify } = abroadVerifier({
      [did]: (init) => {
        redirects.push(String(init.redirect))
        return new Response('', { status: 302, headers: { location: 'https://10.0.0.1/' } })
      },
    })
    expect(await verify()).toEqual({ verdict: 'unknown', code: 'issuer-unreachable' })
    expect(redirects).toEqual(['manual'])
  })
  it('may not be larger than the cap', async () => {
    const endless = () =>
      new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) }))
    expect(await abroadVerifier({ [did]: endless }).verify()).toEqual({
      verdict: 'unknown',
      code: 'issuer-unreachable',
    })
    expect(await fetchGuarded(async () => endless(), did, '*/*')).toBeUndefined()
    expect((await fetchGuarded(async () => new Response(new Uint8Array(MAX_FETCHED_BYTES)), did, '*/*'))?.length).toBe(
      MAX_FETCHED_BYTES,
    )
  })
})

it.each([
  ['keys', did],
  ['status list', `${abroad}/status/3`],
])('%s that could not be read by a clock weeks ahead are read once the clock is set right', async (_, failing) => {
  let isDown = true
  const { verify } = abroadVerifier({
    [failing]: async () => {
      if (isDown) return new Response('', { status: 503 })
      return failing === did
        ? Response.json(didDocument(abroad, school))
        : new Response(await signStatusList({ list: 3, revoked: [] }, school, dayAfter))
    },
  })
  expect((await verify(token, instant(dayAfter + 14 * 86_400_000))).verdict).toBe('unknown')
  isDown = false
  expect(await verify()).toEqual({ verdict: 'valid', code: undefined })
})

describe('made-up key ids', () => {
  const withKid = (kid: string) => {
    const [, payload, signature] = token.split('.')
    return `${Buffer.from(JSON.stringify({ alg: 'ES256', kid, typ: 'vc+jwt' })).toString('base64url')}.${payload}.${signature}`
  }
  it('cause one fetch per cooldown, however many there are', async () => {
    const { verify, calls } = abroadVerifier()
    const flood = (now: Instant) =>
      Promise.all(Array.from({ length: 50 }, (_, i) => verify(withKid(`did:web:badges.school.org#made-up-${i}`), now)))
    expect(new Set((await flood(dayAfter)).map((result) => result.code))).toEqual(new Set(['key-unknown']))
    await flood(instant(dayAfter + KEY_FETCH_COOLDOWN - 1))
    expect(calls).toEqual([did])
    await flood(instant(dayAfter + KEY_FETCH_COOLDOWN))
    expect(calls).toEqual([did, did])
    expect(await verify()).toEqual({ verdict: 'valid', code: undefined })
  })
})
