import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { openKeyRing, signingKey } from '../../src/credential/keys.ts'
import { signStatusList } from '../../src/credential/sign-credential.ts'
import { encodeStatusList, statusListCredential } from '../../src/credential/status-list.ts'
import { createVerifier } from '../../src/verify/index.ts'
import type { Reason } from '../../src/verify/reasons.ts'
import { b64, body, head, kid, ring, signature, signed, token } from '../support/forge.ts'
import { dayAfter, document, origin, ringOf } from '../support/sample-credential.ts'

// One row per attack: what a forger sends, and the code with which it is refused.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

type Attack = readonly [name: string, code: Reason, forge: () => string | Promise<string>]

const headed = (members: object | string, content = body, signed = signature) =>
  `${b64(typeof members === 'string' ? members : JSON.stringify(members))}.${content}.${signed}`
const usual = { alg: 'ES256', kid, typ: 'vc+jwt' }
const withHeader = (members: object) => headed({ ...usual, ...members })
const changed = (change: object) => signed({ ...document, ...change })
const withStatus = (change: object) =>
  changed({ credentialStatus: { ...(document.credentialStatus as object), ...change } })
const withSignature = (bytes: Uint8Array) => `${head}.${body}.${b64(bytes)}`
const number = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
const [r, s] = [Buffer.from(signature, 'base64url').subarray(0, 32), Buffer.from(signature, 'base64url').subarray(32)]
const pair = (one: Uint8Array, other: Uint8Array) => withSignature(Buffer.concat([one, other]))
const text = JSON.stringify(document)

/** Signs bytes as they are, which no library that makes JSON of them would. */
async function withText(content: string | Uint8Array): Promise<string> {
  const input = `${head}.${b64(content)}`
  const made = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    signingKey(ring, 'credential')?.privateKey as CryptoKey,
    new TextEncoder().encode(input),
  )
  return `${input}.${b64(new Uint8Array(made))}`
}

function der(one: Buffer, other: Buffer): Buffer {
  const integer = (bytes: Buffer) => Buffer.concat([Buffer.from([2, bytes.length + 1, 0]), bytes])
  const both = Buffer.concat([integer(one), integer(other)])
  return Buffer.concat([Buffer.from([0x30, both.length]), both])
}

const hmac = async (secret: Uint8Array, header: object = {}) =>
  new SignJWT(document as never).setProtectedHeader({ ...usual, alg: 'HS256', ...header }).sign(secret)
const publicKey = ring.keys[0]?.publicKey as CryptoKey
const bytes = (value: string) => new TextEncoder().encode(value)

const algorithms: Attack[] = [
  ...['none', 'None', 'NONE', 'nOnE', 'none ', ''].map(
    (alg): Attack => [`alg ${JSON.stringify(alg)}`, 'algorithm-refused', () => withHeader({ alg })],
  ),
  ['alg none without a signature', 'not-compact', () => `${b64(JSON.stringify({ ...usual, alg: 'none' }))}.${body}.`],
  ['no alg', 'algorithm-refused', () => withHeader({ alg: undefined })],
  ['alg as an array', 'algorithm-refused', () => withHeader({ alg: ['ES256'] })],
  ['alg in small letters', 'algorithm-refused', () => withHeader({ alg: 'es256' })],
  ['HS256 by the public key as PEM', 'algorithm-refused', async () => hmac(bytes(await exportSPKI(publicKey)))],
  [
    'HS256 by the public key as JWK',
    'algorithm-refused',
    async () => hmac(bytes(JSON.stringify(await exportJWK(publicKey)))),
  ],
  [
    'HS256 by the public key as a point',
    'algorithm-refused',
    async () => hmac(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))),
  ],
  ['HS256 of RFC 7515 A.1', 'header-not-json', () => headed('{"typ":"JWT",\r\n "alg":"HS256"')],
  [
    'the JWS of RFC 7515 A.1',
    'algorithm-refused',
    () =>
      'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  ],
  [
    'the JWS of RFC 7515 A.3',
    'type-refused',
    () =>
      'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q',
  ],
  [
    'the unsecured JWS of RFC 7515 A.5',
    'not-compact',
    () =>
      'eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.',
  ],
  [
    'the critical header of RFC 7515 E',
    'header-critical',
    () =>
      'eyJhbGciOiJub25lIiwNCiAiY3JpdCI6WyJodHRwOi8vZXhhbXBsZS5jb20vVU5ERUZJTkVEIl0sDQogImh0dHA6Ly9leGFtcGxlLmNvbS9VTkRFRklORUQiOnRydWUNCn0.RkFJTA.AAAA',
  ],
  [
    'the EdDSA JWS of RFC 8037 A.4',
    'type-refused',
    () =>
      'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
  ],
  [
    'a header as RFC 7520 4.1 has it',
    'type-refused',
    () => headed({ alg: 'RS256', kid: 'bilbo.baggins@hobbiton.example' }),
  ],
  [
    'EdDSA',
    'algorithm-refused',
    async () => signed(document, { alg: 'EdDSA' }, (await generateKeyPair('Ed25519')).privateKey),
  ],
  [
    'PS256',
    'algorithm-refused',
    async () => signed(document, { alg: 'PS256' }, (await generateKeyPair('PS256')).privateKey),
  ],
  [
    'RS256 over the name of a P-256 key',
    'algorithm-mismatch',
    async () => signed(document, { alg: 'RS256' }, (await generateKeyPair('RS256')).privateKey),
  ],
]

const signatures: Attack[] = [
  ['r = 0', 'signature-wrong', () => pair(number(0n), s)],
  ['s = 0', 'signature-wrong', () => pair(r, number(0n))],
  ['r = s = 0 (CVE-2022-21449)', 'signature-wrong', () => pair(number(0n), number(0n))],
  ['r = n', 'signature-wrong', () => pair(number(P256_ORDER), s)],
  ['s = n', 'signature-wrong', () => pair(r, number(P256_ORDER))],
  ['r = s = n', 'signature-wrong', () => pair(number(P256_ORDER), number(P256_ORDER))],
  ['r = n, s = 0', 'signature-wrong', () => pair(number(P256_ORDER), number(0n))],
  ['r = s = 1', 'signature-wrong', () => pair(number(1n), number(1n))],
  ['r and s exchanged', 'signature-wrong', () => pair(s, r)],
  ['DER instead of r‖s', 'signature-wrong', () => withSignature(der(r, s))],
  ['one byte short', 'signature-wrong', () => withSignature(Buffer.concat([r, s]).subarray(0, 63))],
  ['only r', 'signature-wrong', () => withSignature(r)],
  ['one byte more', 'signature-wrong', () => withSignature(Buffer.concat([r, s, Buffer.from([0])]))],
  ['a zero before r', 'signature-wrong', () => withSignature(Buffer.concat([Buffer.from([0]), r, s]))],
  ['96 bytes, as of P-384', 'signature-wrong', () => withSignature(new Uint8Array(96).fill(7))],
  ['of another key', 'signature-wrong', async () => signed(document, {}, (await generateKeyPair('ES256')).privateKey)],
  [
    'over another content',
    'signature-wrong',
    () => `${head}.${b64(JSON.stringify({ ...document, name: 'x' }))}.${signature}`,
  ],
]

const thief = await generateKeyPair('ES256', { extractable: true })
const stranger = (did: string) => `${did}#${kid.slice(kid.indexOf('#') + 1)}`
const headers: Attack[] = [
  ...['jku', 'x5u'].map(
    (member): Attack => [
      member,
      'header-brings-key',
      () => signed(document, { [member]: 'https://thief.example/keys' }, thief.privateKey),
    ],
  ),
  [
    'jwk',
    'header-brings-key',
    async () => signed(document, { jwk: await exportJWK(thief.publicKey) }, thief.privateKey),
  ],
  ['x5c', 'header-brings-key', () => signed(document, { x5c: ['MIIB'] }, thief.privateKey)],
  ['crit', 'header-critical', () => withHeader({ crit: ['exp'], exp: 1 })],
  ['b64: false', 'header-critical', () => withHeader({ b64: false, crit: ['b64'] })],
  ['another member', 'header-members', () => withHeader({ zip: 'DEF' })],
  [
    'a member twice',
    'header-repeats',
    () => headed(`{"alg":"none","alg":"ES256","kid":${JSON.stringify(kid)},"typ":"vc+jwt"}`),
  ],
  [
    'a member twice, once escaped',
    'header-repeats',
    () => headed(`{"\\u0061lg":"none","alg":"ES256","kid":${JSON.stringify(kid)},"typ":"vc+jwt"}`),
  ],
  [
    'a member too deep',
    'header-members',
    () =>
      headed(`{"alg":"ES256","kid":${JSON.stringify(kid)},"typ":"vc+jwt","x":${'['.repeat(500)}${']'.repeat(500)}}`),
  ],
  ...[
    'jwt',
    'launch+jwt',
    'service+jwt',
    'session+jwt',
    'vp+jwt',
    'vc+sd-jwt',
    'VC+JWT',
    'vc+jwt ',
    'application/vc+jwt',
  ].map((typ): Attack => [`typ ${typ}`, 'type-refused', () => signed(document, { typ })]),
  ...[undefined, '', 7, null, ['x'], { x: 1 }, 'x'.repeat(513)].map(
    (value): Attack => [`kid ${JSON.stringify(value)?.slice(0, 20)}`, 'key-missing', () => withHeader({ kid: value })],
  ),
  ...[`${kid.slice(0, -1)}_`, `${kid} `, `${kid}\0`, `${kid}/../x`, `${kid}' OR 1=1 --`, kid.replace('#', '#%2e')].map(
    (value): Attack => [
      `kid ${JSON.stringify(value).slice(0, 90)}`,
      'key-unknown',
      () => signed(document, { kid: value }),
    ],
  ),
  ...[
    ...[
      kid.slice(kid.indexOf('#') + 1),
      kid.replace('#', '%23'),
      `${kid}#${kid}`,
      `${kid}#`,
      `#${kid}`,
      kid.slice(0, kid.indexOf('#') + 1),
    ],
    ...[
      '../../../../dev/null',
      "' OR 1=1 --",
      'x"; DROP TABLE credentials; --',
      '| cat /etc/passwd',
      '__proto__',
      'constructor',
    ],
    ...['https://thief.example/key', 'http://169.254.169.254/latest/meta-data'],
  ].map(
    (value): Attack => [
      `kid ${JSON.stringify(value).slice(0, 90)}`,
      'issuer-refused',
      () => signed(document, { kid: value }),
    ],
  ),
  ...[
    kid.toUpperCase(),
    kid.replace('k', 'к'),
    kid.replace('.', '．'),
    kid.replace('example', 'example.'),
    `https://thief.example/#${kid.slice(kid.indexOf('#') + 1)}`,
  ].map(
    (value): Attack => [
      `kid ${JSON.stringify(value).slice(0, 90)}`,
      'issuer-untrusted',
      () => signed(document, { kid: value }),
    ],
  ),
  ['kid of another host', 'issuer-untrusted', () => signed(document, { kid: stranger('did:web:thief.example') })],
]

const claims: Attack[] = [
  ['jti', 'id-differs', () => changed({ jti: 'urn:x' })],
  ['sub', 'subject-differs', () => changed({ sub: 'urn:x' })],
  ['nbf', 'start-differs', () => changed({ nbf: document.nbf - 86_400 })],
  ['exp', 'end-differs', () => changed({ exp: document.exp + 86_400 })],
  ['exp taken away', 'end-differs', () => changed({ exp: undefined })],
  ['exp as 1e99', 'end-differs', () => changed({ exp: 1e99 })],
  ['vc', 'old-envelope', () => changed({ vc: document })],
  ['vp', 'old-envelope', () => changed({ vp: {} })],
  ['iss', 'issuer-differs', () => changed({ iss: 'did:web:thief.example' })],
  ['issuer.id', 'issuer-differs', () => changed({ issuer: { id: 'did:web:thief.example' } })],
  [
    'iss and issuer.id, the key being ours',
    'issuer-differs',
    () => changed({ iss: 'did:web:thief.example', issuer: 'did:web:thief.example' }),
  ],
  [
    'another type of credential',
    'not-a-badge',
    () => changed({ type: ['VerifiableCredential', 'BitstringStatusListCredential'] }),
  ],
  ...['-1', '1e3', '1.5', '007', ' 7', '0x10', '', '99999999999'].map(
    (statusListIndex): Attack => [
      `status index ${JSON.stringify(statusListIndex)}`,
      'status-malformed',
      () => withStatus({ statusListIndex }),
    ],
  ),
  ['status index as a number', 'status-malformed', () => withStatus({ statusListIndex: 7 })],
  [
    'two status entries',
    'status-malformed',
    () => changed({ credentialStatus: [document.credentialStatus, document.credentialStatus] }),
  ],
]

const forms: Attack[] = [
  ['33 KB', 'too-large', () => `${token}${'A'.repeat(33_000)}`],
  ['a newline at the end', 'not-canonical', () => `${token}\n`],
  ['a newline within', 'not-canonical', () => `${head}.${body.slice(0, 40)}\r\n${body.slice(40)}.${signature}`],
  ['padding', 'not-canonical', () => `${token}==`],
  ['the other alphabet', 'not-canonical', () => `${head}.${body}.${signature.slice(0, -2)}+/`],
  ['trailing bits', 'not-canonical', () => token.slice(0, -1) + ALPHABET[ALPHABET.indexOf(token.at(-1) as string) + 1]],
  ['a length that no bytes have', 'not-canonical', () => `${token}AAA`],
  ['a letter outside ASCII', 'not-canonical', () => `${head}.${body.slice(0, 8)}é${body.slice(9)}.${signature}`],
  ['a full stop too many', 'not-compact', () => `${token}.`],
  ...[undefined, null, 7, {}, [token]].map(
    (value): Attack => [`${JSON.stringify(value)?.slice(0, 9)} instead of a text`, 'not-compact', () => value as never],
  ),
  ['JSON serialization', 'not-compact', () => JSON.stringify({ payload: body, protected: head, signature })],
  [
    'a content that is not UTF-8',
    'payload-not-json',
    () => withText(new Uint8Array([...bytes('{"a":"'), 0xc3, 0x28, ...bytes('"}')])),
  ],
  ['a byte order mark', 'payload-not-json', () => withText(`\uFEFF${text}`)],
  ['an array', 'payload-not-json', () => withText('[]')],
  ['a member twice', 'payload-repeats', () => withText(text.replace('{', '{"iss":"did:web:thief.example",'))],
  [
    'a member twice, deep inside',
    'payload-repeats',
    () => withText(text.replace('"statusListIndex"', '"statusListIndex":"1","statusListIndex"')),
  ],
  [
    'a member twice, once escaped',
    'payload-repeats',
    () => withText(text.replace('{', '{"\\u0069ss" : "did:web:thief.example",')),
  ],
  ['65 levels', 'payload-too-deep', () => changed({ x: JSON.parse(`${'['.repeat(64)}${']'.repeat(64)}`) })],
  [
    '10,000 levels',
    'payload-too-deep',
    () => withText(text.replace('{', `{"x":${'['.repeat(10_000)}${']'.repeat(10_000)},`)),
  ],
]

/** A marketplace's verifier, for which this one issuer has published a list. */
function verifierWith(list: () => string | undefined | Promise<string | undefined>) {
  const verificationMethod = ring.keys.map((key) => ({
    id: key.kid,
    type: 'JsonWebKey2020',
    controller: ring.issuer,
    publicKeyJwk: key.publicJwk,
  }))
  const did = { id: ring.issuer, verificationMethod, assertionMethod: [kid] }
  const fetch = async (url: string) => {
    const text = url.endsWith('/did.json') ? JSON.stringify(did) : await list()
    return text === undefined ? new Response('', { status: 503 }) : new Response(text)
  }
  return createVerifier({ issuers: [origin], fetch, now: () => dayAfter })
}

const good = () => signStatusList({ list: 3, revoked: [] }, ring, dayAfter)
const verifier = verifierWith(good)

describe.each([
  ['algorithm', algorithms],
  ['signature', signatures],
  ['header', headers],
  ['claim', claims],
  ['form', forms],
] as const)('a forged %s is refused', (_, attacks) => {
  it.each(attacks)('%s: %s', async (_name, code, forge) => {
    const { verdict, checks, credential } = await verifier.verify(await forge())
    expect({ verdict, code: checks.at(-1)?.code, outcome: checks.at(-1)?.outcome, credential }).toEqual({
      verdict: 'invalid',
      code,
      outcome: 'failed',
      credential: undefined,
    })
  })
})

describe('what is no attack', () => {
  it('is the genuine token', async () => expect((await verifier.verify(token)).verdict).toBe('valid'))
  it('is the twin (r, n − s) of a signature: it names the same credential, and is as revoked', async () => {
    const twin = pair(r, number(P256_ORDER - BigInt(`0x${s.toString('hex')}`)))
    expect(twin).not.toBe(token)
    const [known, again] = [await verifier.verify(token), await verifier.verify(twin)]
    expect([again.verdict, again.claims?.id]).toEqual(['valid', known.claims?.id])
    const revoking = verifierWith(() => signStatusList({ list: 3, revoked: [48_213] }, ring, dayAfter))
    expect((await revoking.verifyAll([token, twin])).map(({ verdict }) => verdict)).toEqual(['revoked', 'revoked'])
  })
  it('is 63 levels, and a colon within a text', async () => {
    expect(
      (
        await verifier.verify(
          await changed({ x: JSON.parse(`${'['.repeat(62)}${']'.repeat(62)}`), note: 'a: "b": \\ c' }),
        )
      ).verdict,
    ).toBe('valid')
  })
})

describe('an issuer who is asked', () => {
  it.each([
    ['invalid', 'invalid', 'differs-from-record'],
    ['unknown', 'unknown', 'suspension-unknown'],
  ])('and says that it is %s is believed', async (said, verdict, code) => {
    const did = {
      id: ring.issuer,
      verificationMethod: [{ id: kid, controller: ring.issuer, publicKeyJwk: ring.keys[0]?.publicJwk }],
      assertionMethod: [kid],
    }
    const fetch = async (url: string, { method }: RequestInit) =>
      method === 'POST'
        ? Response.json({ verdict: said })
        : url.endsWith('did.json')
          ? Response.json(did)
          : new Response(await good())
    const found = await createVerifier({ issuers: [origin], asksIssuers: true, fetch, now: () => dayAfter }).verify(
      token,
    )
    expect([found.verdict, found.checks.at(-1)?.code, found.credential === undefined]).toEqual([
      verdict,
      code,
      said === 'invalid',
    ])
  })
})

type ListDocument = Record<string, unknown> & { credentialSubject: Record<string, unknown> }
async function signedList(change: (list: ListDocument) => object, by = ring, header: object = {}): Promise<string> {
  const list = (await statusListCredential(
    { origin, issuer: ring.issuer, list: 3, revoked: [] },
    dayAfter,
  )) as unknown as ListDocument
  return signed(change(list), { ...header }, signingKey(by, 'credential')?.privateKey as CryptoKey)
}
const withList = (change: object) =>
  signedList((list) => ({ ...list, credentialSubject: { ...list.credentialSubject, ...change } }))
const other = 'did:web:other.example'
const [ended, begun] = [dayAfter - 61_000, dayAfter + 61_000].map((at) => new Date(at).toISOString())
const bomb = async (size: number) => withList({ encodedList: await encodeStatusList(new Uint8Array(size)) })

const lists: Attack[] = [
  ['that cannot be read', 'list-unreadable', () => Promise.reject(new Error('down'))],
  ['that inflates to 8 MB', 'list-too-large', () => bomb(8_388_608)],
  ['of a byte more than 1 MB', 'list-too-large', () => bomb(1_048_577)],
  ['of 131,064 entries', 'list-too-short', () => bomb(16_383)],
  ['that is no gzip', 'list-refused', () => withList({ encodedList: `u${b64('plain')}` })],
  ['without its prefix', 'list-refused', () => withList({ encodedList: 'H4sIAAAA' })],
  ['of another issuer', 'list-issuer-differs', () => signedList((list) => ({ ...list, iss: other, issuer: other }))],
  ['of two issuers', 'list-issuer-differs', () => signedList((list) => ({ ...list, issuer: other }))],
  ['for another purpose', 'list-purpose-differs', () => withList({ statusPurpose: 'suspension' })],
  ['of another address', 'list-refused', () => signStatusList({ list: 4, revoked: [] }, ring, dayAfter)],
  [
    'that ended',
    'list-expired',
    () => signStatusList({ list: 3, revoked: [] }, ring, (dayAfter - 2 * 86_400_000) as never),
  ],
  [
    'that ended by its field alone',
    'list-expired',
    () => signedList((list) => ({ ...list, exp: undefined, validUntil: ended })),
  ],
  [
    'that ended by its field, and not by its claim',
    'list-expired',
    () => signedList((list) => ({ ...list, validUntil: ended })),
  ],
  [
    'that begins by its field alone',
    'list-not-yet-valid',
    () => signedList((list) => ({ ...list, nbf: undefined, validFrom: begun })),
  ],
  ['whose end is no number', 'list-refused', () => signedList((list) => ({ ...list, exp: '1' }))],
  [
    'whose end is no time',
    'list-refused',
    () => signedList((list) => ({ ...list, exp: undefined, validUntil: 'never' })),
  ],
  ['in an old envelope', 'list-refused', () => signedList((list) => ({ ...list, vc: list }))],
  [
    'from tomorrow',
    'list-not-yet-valid',
    () => signStatusList({ list: 3, revoked: [] }, ring, (dayAfter + 86_400_000) as never),
  ],
  ['by another key', 'list-refused', async () => signedList((list) => list, await ringOf())],
  ['that is a badge', 'list-refused', () => token],
  [
    'that names a member twice',
    'list-refused',
    async () =>
      withText(
        JSON.stringify(
          await statusListCredential({ origin, issuer: ring.issuer, list: 3, revoked: [] }, dayAfter),
        ).replace('{', '{"jti":"x",'),
      ),
  ],
]

describe('a status list gives unknown, and never valid', () => {
  it.each(lists)('%s: %s', async (_name, code, list) => {
    const { verdict, checks } = await verifierWith(list).verify(token)
    expect([verdict, checks.at(-1)?.code, checks.at(-1)?.outcome]).toEqual(['unknown', code, 'unknown'])
  })
  it('without the entry', async () => {
    const { verdict, checks } = await verifier.verify(await withStatus({ statusListIndex: '131072' }))
    expect([verdict, checks.at(-1)?.code]).toEqual(['unknown', 'index-out-of-range'])
  })
})

const hosts = [
  ...[
    '127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '2130706433',
    '0177.0.0.1',
    '0x7f.0.0.1',
    '0x7f000001',
    '127.1',
    '1.1.1.1',
    '1.1.1.1.',
    '%31%30.0.0.1',
  ],
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'printer.local',
    'db.internal',
    'metadata.google.internal',
    'router.lan',
    'x.home.arpa',
    'intranet',
    'x.corp',
    'x.test',
    'x.onion',
  ],
  ...[
    'example.com%3A8443',
    'example.com%3A443',
    'example.com%2Fx',
    'user%40example.com',
    'user@example.com',
    'example.com%00',
    'example.com%23',
    'example.com%3Fx',
  ],
  ...[
    '[::1]',
    '%5B%3A%3A1%5D',
    '::ffff:127.0.0.1',
    '0:0:0:0:0:ffff:7f00:1',
    'example.com:..',
    'example.com:..:x',
    'example.com:a/b',
    'example.com:%2e%2e',
    'example.com:.',
    '',
  ],
  ...[
    '１２７.0.0.1',
    'ⓛocalhost',
    'exämple.com',
    'example。com',
    'exa mple.com',
    'example.com\n',
    'xn--\u0430.com',
    'a..b',
    '.example.com',
    '-',
    'example.com:a:b:c:d:e',
  ],
]

describe('a did:web host that must not be called', () => {
  it.each(hosts)('%j', async (host) => {
    const calls: string[] = []
    const open = createVerifier({
      anyIssuer: true,
      fetch: async (url) => {
        calls.push(url)
        return new Response('')
      },
      now: () => dayAfter,
    })
    const { verdict, checks } = await open.verify(await signed(document, { kid: `did:web:${host}#key` }))
    expect({ verdict, code: checks.at(-1)?.code, calls }).toEqual({
      verdict: 'invalid',
      code: 'issuer-refused',
      calls: [],
    })
  })
  it.each([
    'did:key:z6Mk',
    'did:web',
    'web:example.com',
    'DID:WEB:example.com',
    'did:web:http://example.com',
    'http://example.com',
  ])('%s', async (did) => {
    const open = createVerifier({
      anyIssuer: true,
      fetch: () => Promise.reject(new Error('called')),
      now: () => dayAfter,
    })
    expect((await open.verify(await signed(document, { kid: `${did}#key` }))).checks.at(-1)?.code).toBe(
      'issuer-refused',
    )
  })
  it('is called when it is public, by its one address', async () => {
    const calls: string[] = []
    const fetch = async (url: string) => (calls.push(url), new Response('{}'))
    for (const host of ['example.com', 'xn--exmple-cua.com', 'example.com:team:a'])
      await createVerifier({ anyIssuer: true, fetch, now: () => dayAfter }).verify(
        await signed(document, { kid: `did:web:${host}#key` }),
      )
    expect(calls).toEqual([
      'https://example.com/.well-known/did.json',
      'https://xn--exmple-cua.com/.well-known/did.json',
      'https://example.com/team/a/did.json',
    ])
  })
})

describe('a foreign server', () => {
  const answers: [string, () => Response][] = [
    ['redirects', () => new Response('', { status: 302, headers: { location: 'http://10.0.0.1/' } })],
    [
      'sends without end',
      () => new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) })),
    ],
    ['sends no JSON', () => new Response('<html>')],
    [
      'sends the document of another',
      () => Response.json({ id: 'did:web:other.example', assertionMethod: [], verificationMethod: [] }),
    ],
    ['fails', () => new Response('', { status: 500 })],
  ]
  it.each(answers)('that %s makes its badges unknown', async (_, answer) => {
    const { verdict, checks } = await createVerifier({
      anyIssuer: true,
      fetch: async () => answer(),
      now: () => dayAfter,
    }).verify(await signed(document, { kid: 'did:web:example.com#key' }))
    expect([verdict, checks.at(-1)?.code]).toEqual(['unknown', 'issuer-unreachable'])
  })
  it('that trickles without end is left', async () => {
    const trickle = () =>
      new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) }))
    const { checks } = await createVerifier({
      anyIssuer: true,
      fetch: async () => trickle(),
      now: () => dayAfter,
    }).verify(await signed(document, { kid: 'did:web:example.com#key' }))
    expect(checks.at(-1)?.code).toBe('issuer-unreachable')
  })
  it('cannot speak for another: its key in the document of ours is nobody’s', async () => {
    const abroad = await openKeyRing('https://thief.example', [])
    expect((await verifier.verify(await signed(document, { kid: `${abroad.issuer}#x` }))).checks.at(-1)?.code).toBe(
      'issuer-untrusted',
    )
  })
})

describe('a clock', () => {
  const at = async (now: number) => {
    const list = () => signStatusList({ list: 3, revoked: [] }, ring, now as never)
    const { verdict, checks } = await verifierOn(list, now).verify(token)
    return [verdict, checks.find(({ outcome }) => outcome !== 'passed')?.code]
  }
  const verifierOn = (list: () => Promise<string>, now: number) => {
    const did = {
      id: ring.issuer,
      verificationMethod: [{ id: kid, controller: ring.issuer, publicKeyJwk: ring.keys[0]?.publicJwk }],
      assertionMethod: [kid],
    }
    return createVerifier({
      issuers: [origin],
      now: () => now,
      fetch: async (url) => (url.endsWith('did.json') ? Response.json(did) : new Response(await list())),
    })
  }
  const [from, until] = [document.nbf * 1_000, document.exp * 1_000]
  it.each([
    [from - 60_001, 'invalid', 'not-yet-valid'],
    [from - 60_000, 'valid', undefined],
    [until + 60_000, 'valid', undefined],
    [until + 60_001, 'expired', 'past-its-end'],
  ])('at %d', async (now, verdict, code) => expect(await at(now)).toEqual([verdict, code]))
})
