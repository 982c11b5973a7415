import * as fc from 'fast-check'
import { exportJWK, exportSPKI, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { generateKey, openKeyRing, ownKeySource } from '../../src/credential/keys.ts'
import { signCredential } from '../../src/credential/sign-credential.ts'
import { assembleVerifier } from '../../src/verify/verify-credential.ts'
import { b64, body, head, kid, refused, ring, signature, signed, token, verifier } from '../support/forge.ts'
import { dayAfter, document, input, origin, ringOf, verifierOf } from '../support/sample-credential.ts'

describe('verification accepts', () => {
  it('a badge it issued, in nine checks', async () => {
    const result = await verifier.verify(token, dayAfter)
    expect(result.verdict).toBe('valid')
    expect(result.checks.map((check) => `${check.check}:${check.outcome}`)).toEqual(
      [
        'format',
        'algorithm',
        'key',
        'signature',
        'claims',
        'issuer',
        'validity-period',
        'revocation',
        'suspension',
      ].map((name) => `${name}:passed`),
    )
    expect(result.credential).toEqual(JSON.parse(JSON.stringify(document)))
  })

  it('a badge signed RS256 by an RSA key', async () => {
    const rsa = await ringOf('RS256')
    expect((await verifierOf(rsa).verify(await signCredential(input, rsa), dayAfter)).verdict).toBe('valid')
  })

  it('a badge a little under 32 KB', async () => {
    const large = await signed({ ...document, padding: 'x'.repeat(20_000) })
    expect(large.length).toBeLessThan(32_768)
    expect((await verifier.verify(large, dayAfter)).verdict).toBe('valid')
  })

  it('the same badge again, from memory', async () => {
    await verifier.verify(token, dayAfter)
    expect((await verifier.verify(token, dayAfter)).verdict).toBe('valid')
  })
})

describe('verification refuses the algorithm', () => {
  it('none', () =>
    refused(`${b64(JSON.stringify({ alg: 'none', kid, typ: 'vc+jwt' }))}.${body}.${signature}`, 'algorithm-refused'))
  it('none without a signature', () =>
    refused(`${b64(JSON.stringify({ alg: 'none', kid, typ: 'vc+jwt' }))}.${body}.`, 'not-compact'))
  it('HS256 keyed with the public key', async () => {
    const spki = new TextEncoder().encode(await exportSPKI(ring.keys[0]?.publicKey as CryptoKey))
    await refused(await signed(document, { alg: 'HS256' }, spki), 'algorithm-refused')
    const jwk = new TextEncoder().encode(JSON.stringify(ring.keys[0]?.publicJwk))
    await refused(await signed(document, { alg: 'HS256' }, jwk), 'algorithm-refused')
  })
  it('ES384, and EdDSA, which Open Badges lacks', async () => {
    await refused(
      await signed(document, { alg: 'ES384' }, (await generateKeyPair('ES384')).privateKey),
      'algorithm-refused',
    )
    await refused(
      await signed(document, { alg: 'EdDSA' }, (await generateKeyPair('Ed25519')).privateKey),
      'algorithm-refused',
    )
  })
  it('RS256 in the header over the name of a P-256 key', async () =>
    refused(
      await signed(document, { alg: 'RS256' }, (await generateKeyPair('RS256')).privateKey),
      'algorithm-mismatch',
    ))
  it('ES256 in the header over the name of an RSA key', async () => {
    const rsa = await ringOf('RS256')
    await refused(await signed(document, { kid: rsa.keys[0]?.kid }), 'algorithm-mismatch', verifierOf(rsa))
  })
})

describe('verification trusts no key that a token brings', () => {
  it.each(['jwk', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256'])('%s', async (member) => {
    const thief = await generateKeyPair('ES256', { extractable: true })
    const value = { jwk: await exportJWK(thief.publicKey), x5c: ['MIIB'] }[member] ?? 'https://thief.example/keys'
    await refused(await signed(document, { [member]: value }, thief.privateKey), 'header-brings-key')
    await refused(await signed(document, { [member]: value }), 'header-brings-key')
  })
})

describe('verification refuses the key', () => {
  it.each([undefined, '', 7, ['x']])('named %j', async (name) => {
    const header = { alg: 'ES256', typ: 'vc+jwt', ...(name === undefined ? {} : { kid: name }) }
    await refused(`${b64(JSON.stringify(header))}.${body}.${signature}`, 'key-missing')
  })
  it.each([
    ['another thumbprint', (name: string) => `${name.slice(0, -1)}${name.endsWith('A') ? 'B' : 'A'}`],
    ['the bare thumbprint', (name: string) => name.slice(name.indexOf('#') + 1)],
    ['another case', (name: string) => name.toUpperCase()],
    ['a blank at the end', (name: string) => `${name} `],
    ['a path', (name: string) => `${name}/../x`],
    ['SQL', () => `' OR 1=1 --`],
    ['a member of Object', () => '__proto__'],
  ])('named by %s', async (_, change) => refused(await signed(document, { kid: change(kid) }), 'key-unknown'))
  it('of another use', async () => {
    const both = await openKeyRing(origin, [await generateKey('service'), await generateKey('credential')])
    const service = both.keys[0]
    await refused(await signed(document, { kid: service?.kid }, service?.privateKey), 'key-unknown', verifierOf(both))
  })
  it('as soon as it is blocked, although the token is remembered', async () => {
    const blocked = new Set<string>()
    const own = ownKeySource(ring)
    const fickle = assembleVerifier({
      keys: { find: (name, now) => (blocked.has(name) ? 'key-blocked' : own.find(name, now)) },
      status: { read: () => 'good' },
    })
    expect((await fickle.verify(token, dayAfter)).verdict).toBe('valid')
    blocked.add(kid)
    await refused(token, 'key-blocked', fickle)
  })
})

describe('verification refuses the signature', () => {
  it('of another key', async () =>
    refused(await signed(document, {}, (await generateKeyPair('ES256')).privateKey), 'signature-wrong'))
  it('in DER instead of r‖s', async () => {
    const raw = Buffer.from(signature, 'base64url')
    const integer = (bytes: Buffer) => Buffer.concat([Buffer.from([2, 33, 0]), bytes])
    await refused(
      `${head}.${body}.${b64(Buffer.concat([Buffer.from([0x30, 70]), integer(raw.subarray(0, 32)), integer(raw.subarray(32))]))}`,
      'signature-wrong',
    )
  })
  it('of all zeroes', () => refused(`${head}.${body}.${b64(new Uint8Array(64))}`, 'signature-wrong'))
  it('over a changed payload', () =>
    refused(`${head}.${b64(JSON.stringify({ ...document, exp: document.exp + 1 }))}.${signature}`, 'signature-wrong'))
  it('whenever a single byte of the token differs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: token.length - 1 }),
        fc.integer({ min: 0, max: 255 }),
        async (at, code) => {
          const mutated = token.slice(0, at) + String.fromCharCode(code) + token.slice(at + 1)
          fc.pre(mutated !== token)
          expect((await verifier.verify(mutated, dayAfter)).verdict).toBe('invalid')
        },
      ),
      { numRuns: 400 },
    )
  })
  it('whenever a byte is left out or added', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: token.length - 1 }),
        fc.constantFrom('', 'AA', 'A', '.', '=', '\n'),
        async (at, put) => {
          const mutated = token.slice(0, at) + put + token.slice(at + 1)
          fc.pre(mutated !== token)
          expect((await verifier.verify(mutated, dayAfter)).verdict).toBe('invalid')
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('verification refuses the format', () => {
  it('of more than 32 KB, before it parses anything', async () => {
    await refused(`${token}${'A'.repeat(32_768)}`, 'too-large')
    await refused('.'.repeat(32_769), 'too-large')
  })
  it.each(['', '.', '..', 'a.b', 'a.b.c.d', 'a..c', '.b.c', '{}', '{"payload":"","signatures":[]}'])('%j', (text) =>
    refused(text, 'not-compact'),
  )
  it('with a newline, padding or blank', async () => {
    for (const change of [
      `${token}\n`,
      ` ${token}`,
      `${token}=`,
      `${token}==`,
      token.replace('.', '\n.'),
      token.replaceAll('.', '=.'),
    ])
      await refused(change, 'not-canonical')
  })
  it('in the other base64 alphabet', async () => {
    const index = signature.search(/[-_]/)
    if (index >= 0)
      await refused(`${head}.${body}.${signature.replaceAll('-', '+').replaceAll('_', '/')}`, 'not-canonical')
  })
  it('with set trailing bits, which decode to the same signature', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    // 64 bytes leave two characters, the last of which carries four idle bits
    const twin = token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1) as string) + 1]
    expect(Buffer.from(twin.split('.')[2] as string, 'base64url')).toEqual(Buffer.from(signature, 'base64url'))
    await refused(twin, 'not-canonical')
  })
  it('with a header or payload that is not a JSON object in UTF-8', async () => {
    for (const head of ['[]', 'null', '"x"', '{', '7'])
      await refused(`${b64(head)}.${body}.${signature}`, 'header-not-json')
    await refused(`${b64(new Uint8Array([0x7b, 0xff, 0x7d]))}.${body}.${signature}`, 'header-not-json')
    for (const payload of ['[]', 'null', '7', '{']) await refused(await signed(payload), 'payload-not-json')
  })
  it('with an unknown crit, or unencoded payload', async () => {
    const header = (members: object) =>
      `${b64(JSON.stringify({ alg: 'ES256', kid, typ: 'vc+jwt', ...members }))}.${body}.${signature}`
    await refused(header({ crit: ['x'], x: 1 }), 'header-critical')
    await refused(header({ crit: [] }), 'header-critical')
    await refused(header({ b64: false }), 'header-critical')
  })
  it('with any other header member', async () => refused(await signed(document, { foo: 1 }), 'header-members'))
  it.each([
    'launch+jwt',
    'service+jwt',
    'session+jwt',
    'jwt',
    'at+jwt',
    'vc+sd-jwt',
    'VC+JWT',
    'application/vc+jwt',
    '',
  ])('of type %j', async (typ) => refused(await signed(document, { typ }), 'type-refused'))
  it('without a type', async () => refused(await signed(document, { typ: undefined }), 'type-refused'))
})
