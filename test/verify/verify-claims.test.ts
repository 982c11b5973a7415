import { describe, expect, it } from 'vitest'
import { ownKeySource } from '../../src/credential/keys.ts'
import { signCredential } from '../../src/credential/sign-credential.ts'
import { instant } from '../../src/kernel/instant.ts'
import { encodeBase64url } from '../../src/verify/strict-parsing.ts'
import { assembleVerifier, createTokenMemory } from '../../src/verify/verify-credential.ts'
import { refused, ring, signed, token } from '../support/forge.ts'
import { dayAfter, document, input, issuedAt, ringOf, validUntil } from '../support/sample-credential.ts'

describe('verification refuses claims', () => {
  const changed = (change: object) => signed({ ...document, ...change })
  it.each([
    ['jti', { jti: 'https://kentei.example/credentials/crd_other' }, 'id-differs'],
    ['no jti', { jti: undefined }, 'id-differs'],
    ['sub', { sub: 'urn:uuid:00000000-0000-4000-8000-000000000000' }, 'subject-differs'],
    ['no sub', { sub: undefined }, 'subject-differs'],
    ['nbf', { nbf: document.nbf - 1 }, 'start-differs'],
    ['no nbf', { nbf: undefined }, 'start-differs'],
    ['nbf as text', { nbf: String(document.nbf) }, 'start-differs'],
    ['validFrom without offset', { validFrom: '2026-11-24T06:11:42' }, 'start-differs'],
    ['exp', { exp: document.exp + 1 }, 'end-differs'],
    ['no exp', { exp: undefined }, 'end-differs'],
    ['no validUntil', { validUntil: undefined }, 'end-differs'],
    ['a vc claim', { vc: {} }, 'old-envelope'],
    ['a vp claim', { vp: {} }, 'old-envelope'],
    ['another type', { type: ['VerifiableCredential'] }, 'not-a-badge'],
    ['a status list as badge', { type: ['VerifiableCredential', 'BitstringStatusListCredential'] }, 'not-a-badge'],
    ['another first context', { '@context': ['https://www.w3.org/2018/credentials/v1'] }, 'not-a-badge'],
    ['several subjects', { credentialSubject: [document.credentialSubject] }, 'not-a-badge'],
    ['several status entries', { credentialStatus: [document.credentialStatus] }, 'status-malformed'],
    [
      'a negative index',
      { credentialStatus: { ...(document.credentialStatus as object), statusListIndex: '-1' } },
      'status-malformed',
    ],
    [
      'an index with zeroes',
      { credentialStatus: { ...(document.credentialStatus as object), statusListIndex: '007' } },
      'status-malformed',
    ],
    [
      'an index as number',
      { credentialStatus: { ...(document.credentialStatus as object), statusListIndex: 7 } },
      'status-malformed',
    ],
    ['iss of another host', { iss: 'did:web:other.example' }, 'issuer-differs'],
    ['no iss', { iss: undefined }, 'issuer-differs'],
    ['issuer.id of another host', { issuer: { id: 'did:web:other.example' } }, 'issuer-differs'],
    [
      'iss and issuer.id of another host than the key',
      { iss: 'did:web:other.example', issuer: { id: 'did:web:other.example' } },
      'issuer-differs',
    ],
  ] as const)('%s', async (_, change, code) => refused(await changed(change), code))
})

describe('verification judges the time', () => {
  const [from, until] = [document.nbf * 1_000, document.exp * 1_000]
  it.each([
    [from - 60_001, 'invalid'],
    [from - 60_000, 'valid'],
    [until + 60_000, 'valid'],
    [until + 60_001, 'expired'],
  ])('at %d: %s', async (now, verdict) => {
    const by = assembleVerifier({ keys: ownKeySource(ring), status: { read: () => 'good' } })
    expect((await by.verify(token, instant(now))).verdict).toBe(verdict)
  })
  it('of a remembered token anew', async () => {
    const by = assembleVerifier({ keys: ownKeySource(ring), status: { read: () => 'good' } })
    const verdicts = []
    for (const now of [issuedAt, validUntil + 60_001, dayAfter, issuedAt - 61_000])
      verdicts.push((await by.verify(token, instant(now))).verdict)
    expect(verdicts).toEqual(['valid', 'expired', 'valid', 'invalid'])
  })
})

describe('what is remembered', () => {
  it('is a token of 16 KB too, and of all of them no more than 8 KB on average', async () => {
    let known = ring
    const by = assembleVerifier({
      keys: { find: (kid) => ownKeySource(known).find(kid, dayAfter) },
      status: { read: () => 'good' },
      memory: createTokenMemory(4),
    })
    const tokens = await Promise.all(
      ['a', 'b', 'c'].map((letter) => signed({ ...document, note: letter.repeat(9_300) })),
    )
    for (const text of tokens) expect((await by.verify(text, dayAfter)).verdict).toBe('valid')
    // another key under the same name: only what is remembered is still taken for genuine
    const other = (await ringOf()).keys[0] as (typeof ring.keys)[number]
    known = { ...ring, keys: [{ ...other, kid: ring.keys[0]?.kid as string }] }
    expect(tokens.map(({ length }) => Math.round(length / 1_024))).toEqual([16, 16, 16])
    expect(await Promise.all(tokens.map(async (text) => (await by.verify(text, dayAfter)).verdict))).toEqual([
      'invalid',
      'valid',
      'valid',
    ])
  })
})

describe('what was remembered of a token', () => {
  it('says nothing of another text that ends in its signature', async () => {
    const by = assembleVerifier({ keys: ownKeySource(ring), status: { read: () => 'good' } })
    const [header, , signature] = token.split('.')
    const changed = `${header}.${encodeBase64url(new TextEncoder().encode(JSON.stringify({ ...document, sub: 'urn:uuid:00000000-0000-4000-8000-000000000000' })))}.${signature}`
    const verdicts = []
    for (const text of [token, changed, `${token}=`, ` ${token}`, signature as string, `.${signature}`, token])
      verdicts.push((await by.verify(text, dayAfter)).verdict)
    expect(verdicts).toEqual(['valid', 'invalid', 'invalid', 'invalid', 'invalid', 'invalid', 'valid'])
    expect(new Set((await by.verifyAll([changed, token, changed], dayAfter)).map(({ verdict }) => verdict))).toEqual(
      new Set(['valid', 'invalid']),
    )
  })
})

describe('verification goes by jti', () => {
  it('so that another signature of the same credential is just as revoked', async () => {
    const denied = new Set([document.id])
    const by = assembleVerifier({
      keys: ownKeySource(ring),
      status: { read: ({ claims: { id } }) => (denied.has(id) ? 'revoked' : 'good') },
    })
    for (const text of [token, await signCredential(input, ring)])
      expect((await by.verify(text, dayAfter)).verdict).toBe('revoked')
  })
})
