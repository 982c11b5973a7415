import { calculateJwkThumbprint, compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { describe, expect, it } from 'vitest'
import { didDocument, jwks } from '../../src/credential/key-documents.ts'
import { generateKey, openKeyRing, signingKey } from '../../src/credential/keys.ts'
import { signCredential } from '../../src/credential/sign-credential.ts'
import { didDocumentUrl, didOfKid, didOfOrigin } from '../../src/verify/issuer-keys.ts'
import type { StoredKey } from '../../src/world/settings.ts'
import { dayAfter, input, origin, verifierOf } from '../support/sample-credential.ts'

const thumbprint = (text: string) => text.slice(text.indexOf('#') + 1)

/** The example of RFC 7638 §3.1. */
const rfc7638 = {
  kty: 'RSA',
  n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  e: 'AQAB',
  alg: 'RS256',
  kid: '2011-04-29',
}

describe('key ring', () => {
  it('names a key by its RFC 7638 thumbprint, whatever kid it was stored with', async () => {
    const ring = await openKeyRing(origin, [{ jwk: rfc7638, use: 'credential', state: 'retired' }])
    expect(ring.keys[0]).toMatchObject({
      thumbprint: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
      kid: 'did:web:kentei.example#NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
    })
  })

  it.each([
    ['credential', undefined, 'ES256'],
    ['credential', 'RS256', 'RS256'],
    ['service', undefined, 'ES256'],
    ['webhook', undefined, 'Ed25519'],
  ] as const)('makes %s keys (%s → %s)', async (use, alg, made) => {
    const key = await generateKey(use, alg)
    expect(key.jwk).toMatchObject({ alg: made, kid: await calculateJwkThumbprint(key.jwk) })
    const ring = await openKeyRing(origin, [key])
    expect(ring.keys[0]?.alg).toBe(made)
  })

  it('holds private keys that cannot be exported, and only those that may sign', async () => {
    const keys = await Promise.all(
      (['active', 'next', 'retired', 'blocked'] as const).map((state) => generateKey('credential', 'ES256', state)),
    )
    const ring = await openKeyRing(origin, keys)
    expect(ring.keys.map((key) => key.privateKey !== undefined)).toEqual([true, false, false, false])
    expect(signingKey(ring, 'credential')?.privateKey.extractable).toBe(false)
    await expect(
      crypto.subtle.exportKey('jwk', signingKey(ring, 'credential')?.privateKey as CryptoKey),
    ).rejects.toThrow()
  })

  it('does not start with a key it cannot use', async () => {
    await expect(
      openKeyRing(origin, [{ jwk: { kty: 'oct', k: 'AA' }, use: 'credential', state: 'active' }]),
    ).rejects.toThrow()
  })
})

describe('published documents', () => {
  const states = ['active', 'next', 'retired', 'blocked'] as const
  const openStates = async () =>
    openKeyRing(origin, await Promise.all(states.map((state) => generateKey('credential', 'ES256', state))))

  it('publish keys in use, to come and retired, and no blocked one', async () => {
    const ring = await openStates()
    const expected = ring.keys.slice(0, 3).map((key) => key.thumbprint)
    expect(new Set(jwks(ring).keys.map((key) => thumbprint(key.kid as string)))).toEqual(new Set(expected))
    expect(didDocument(origin, ring).assertionMethod).toEqual(ring.keys.slice(0, 3).map((key) => key.kid))
  })

  it('never hold a private member', async () => {
    const ring = await openKeyRing(
      origin,
      await Promise.all([
        generateKey('credential'),
        generateKey('credential', 'RS256', 'next'),
        generateKey('service'),
        generateKey('webhook'),
      ]),
    )
    const members = JSON.stringify([jwks(ring), didDocument(origin, ring)], (key, value) => {
      expect(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']).not.toContain(key)
      return value
    })
    expect(members).toContain('"x"')
  })

  it('let only credential keys assert', async () => {
    const ring = await openKeyRing(
      origin,
      await Promise.all([generateKey('credential'), generateKey('service'), generateKey('webhook')]),
    )
    expect(didDocument(origin, ring).verificationMethod).toHaveLength(1)
    expect(jwks(ring).keys).toHaveLength(4)
  })

  it('let a JOSE library verify a badge with nothing but the key set', async () => {
    const ring = await openKeyRing(origin, [await generateKey('credential')])
    const token = await signCredential(input, ring)
    const { protectedHeader } = await compactVerify(token, createLocalJWKSet(jwks(ring) as JSONWebKeySet))
    expect(Object.keys(protectedHeader).sort()).toEqual(['alg', 'kid', 'typ'])
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'JWT', kid: ring.keys[0]?.kid })
  })
})

describe('rotation', () => {
  const withStates = async (old: StoredKey['state']) => {
    const [first, second] = [await generateKey('credential'), await generateKey('credential')]
    const token = await signCredential(input, await openKeyRing(origin, [first]))
    return { token, ring: await openKeyRing(origin, [{ ...first, state: old }, second]) }
  }

  it('keeps verifying what a retired key signed', async () => {
    const { token, ring } = await withStates('retired')
    expect((await verifierOf(ring).verify(token, dayAfter)).verdict).toBe('valid')
  })

  it('verifies nothing by a blocked key', async () => {
    const { token, ring } = await withStates('blocked')
    expect(await verifierOf(ring).verify(token, dayAfter)).toMatchObject({
      verdict: 'invalid',
      checks: [{}, {}, { code: 'key-blocked' }],
    })
  })
})

describe('did:web', () => {
  it.each([
    ['https://kentei.example', 'did:web:kentei.example'],
    ['http://localhost:8787', 'did:web:localhost%3A8787'],
    ['https://kentei.example:8443', 'did:web:kentei.example%3A8443'],
  ])('names %s %s', (at, did) => expect(didOfOrigin(at)).toBe(did))

  it.each([
    ['did:web:issuer.example.org', 'https://issuer.example.org/.well-known/did.json'],
    ['did:web:issuer.example.org:badges:one', 'https://issuer.example.org/badges/one/did.json'],
  ])('resolves %s', (did, url) => expect(didDocumentUrl(did)).toBe(url))

  it.each([
    'did:web:localhost',
    'did:web:localhost%3A8787',
    'did:web:issuer.example.org%3A8443',
    'did:web:127.0.0.1',
    'did:web:10.0.0.8',
    'did:web:0x7f.1',
    'did:web:2130706433',
    'did:web:[::1]',
    'did:web:printer',
    'did:web:db.internal',
    'did:web:nas.local',
    'did:web:a.localhost',
    'did:web:x.home.arpa',
    'did:web:user@issuer.example.org',
    'did:web:issuer.example.org:..:etc',
    'did:web:issuer.example.org/x',
    'did:web:',
    'did:key:z6Mk',
    'did:web:127.0.0.1.',
    'did:web:a..b.example.org?x',
  ])('calls nobody for %s', (did) => expect(didDocumentUrl(did)).toBeUndefined())

  it.each(['', '#', 'did:web:a.example', 'did:web:a.example#', '#x', 'did:web:a.example#x#y'])(
    'finds no owner in the key id %j',
    (kid) => expect(didOfKid(kid)).toBeUndefined(),
  )
})
