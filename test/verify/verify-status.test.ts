import { CompactSign } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { type KeyRing, openKeyRing, ownKeySource, signingKey } from '../../src/credential/keys.ts'
import { signCredential, signStatusList } from '../../src/credential/sign-credential.ts'
import { encodeStatusList, statusListCredential } from '../../src/credential/status-list.ts'
import { instant } from '../../src/kernel/instant.ts'
import { createListMemory, LIST_ENTRIES, listStatusSource } from '../../src/verify/status-list.ts'
import type { Genuine, StatusAnswer } from '../../src/verify/verification.ts'
import { assembleVerifier } from '../../src/verify/verify-credential.ts'
import {
  dayAfter,
  document,
  input,
  issuedAt,
  origin,
  ringOf,
  validUntil,
  verifierOf,
} from '../support/sample-credential.ts'

let ring: KeyRing
let token: string
beforeAll(async () => {
  ring = await ringOf()
  token = await signCredential(input, ring)
})

type Document = Record<string, unknown> & { credentialSubject: Record<string, unknown> }

/** A list that is changed before it is signed. */
async function signedList(change: (list: Document) => object, header: object = {}, by = ring): Promise<string> {
  const list = (await statusListCredential(
    { origin, issuer: ring.issuer, list: 3, revoked: [] },
    dayAfter,
  )) as unknown as Document
  const key = signingKey(by, 'credential')
  return new CompactSign(new TextEncoder().encode(JSON.stringify(change(list))))
    .setProtectedHeader({ alg: 'ES256', kid: key?.kid, typ: 'vc+jwt', ...header })
    .sign(key?.privateKey as CryptoKey)
}

async function judged(load: (url: string) => Promise<string | undefined>, at = dayAfter, text = token) {
  const keys = ownKeySource(ring)
  const { verdict, checks, credential } = await assembleVerifier({
    keys,
    status: listStatusSource({ keys, load }),
  }).verify(text, at)
  return { verdict, code: checks.at(-1)?.code, hasCredential: credential !== undefined }
}

const unknown = (code: string) => ({ verdict: 'unknown', code, hasCredential: true })
const withSubject = (change: object) =>
  signedList((list) => ({ ...list, credentialSubject: { ...list.credentialSubject, ...change } }))

describe('a badge on a status list', () => {
  it('is revoked by its own bit alone', async () => {
    expect((await verifierOf(ring, [48_213], dayAfter).verify(token, dayAfter)).verdict).toBe('revoked')
    expect(
      (await verifierOf(ring, [48_212, 48_214, 0, LIST_ENTRIES - 1], dayAfter).verify(token, dayAfter)).verdict,
    ).toBe('valid')
  })

  it('stays revoked after its end', async () => {
    const end = instant(validUntil + 86_400_000)
    expect((await verifierOf(ring, [48_213], end).verify(token, end)).verdict).toBe('revoked')
  })

  it('is seen as revoked once the list is older than its ttl, although token and list are remembered', async () => {
    let revoked: number[] = []
    let loads = 0
    const keys = ownKeySource(ring)
    const verifier = assembleVerifier({
      keys,
      status: listStatusSource({
        keys,
        load: () => (loads++, signStatusList({ list: 3, revoked }, ring, dayAfter)),
        memory: createListMemory(),
      }),
    })
    const at = (ms: number) => verifier.verify(token, instant(dayAfter + ms)).then((result) => result.verdict)
    expect(await at(0)).toBe('valid')
    revoked = [48_213]
    expect([await at(299_999), loads]).toEqual(['valid', 1])
    expect([await at(300_000), loads]).toEqual(['revoked', 2])
  })
})

describe('the list of an issuer who is vouched for', () => {
  it('is not taken for unreadable since a stranger’s badge named it', async () => {
    const keys = ownKeySource(ring)
    const load = async (_: string, issuer: string) =>
      issuer === ring.issuer ? signStatusList({ list: 3, revoked: [] }, ring, dayAfter) : undefined
    const source = listStatusSource({ keys, load })
    const status = { listUrl: `${origin}/status/3`, index: 1, purpose: 'revocation' }
    const read = (issuer: string) => source.read({ claims: { issuer, status } } as unknown as Genuine, dayAfter)
    const stranger = 'did:web:stranger.example'
    expect(await Promise.all([read(stranger), read(ring.issuer)])).toEqual(['list-unreadable', 'good'])
    expect(await read(ring.issuer)).toBe('good')
    expect(await read(stranger)).toBe('list-unreadable')
  })
})

describe('a status list that cannot be used gives unknown, not valid', () => {
  it('unreachable', async () => expect(await judged(async () => undefined)).toEqual(unknown('list-unreadable')))
  it('failing', async () =>
    expect(await judged(async () => Promise.reject(new Error('down')))).toEqual(unknown('list-unreadable')))
  it('not a token', async () => expect(await judged(async () => '<html>')).toEqual(unknown('list-refused')))
  it('a badge', async () => expect(await judged(async () => token)).toEqual(unknown('list-refused')))
  it('signed by somebody else', async () => {
    const thief = await openKeyRing('https://thief.example', [
      await (await import('../../src/credential/keys.ts')).generateKey('credential'),
    ])
    expect(await judged(() => signedList((list) => list, { kid: ring.keys[0]?.kid }, thief))).toEqual(
      unknown('list-refused'),
    )
  })
  it('of another issuer', async () => {
    expect(
      await judged(() =>
        signedList((list) => ({ ...list, iss: 'did:web:other.example', issuer: 'did:web:other.example' })),
      ),
    ).toEqual(unknown('list-issuer-differs'))
    expect(await judged(() => signedList((list) => ({ ...list, issuer: 'did:web:other.example' })))).toEqual(
      unknown('list-issuer-differs'),
    )
  })
  it('of another address', async () =>
    expect(await judged(() => signStatusList({ list: 4, revoked: [] }, ring, dayAfter))).toEqual(
      unknown('list-refused'),
    ))
  it('of another purpose', async () =>
    expect(await judged(() => withSubject({ statusPurpose: 'suspension' }))).toEqual(unknown('list-purpose-differs')))
  it('of another type', async () =>
    expect(await judged(() => signedList((list) => ({ ...list, type: ['VerifiableCredential'] })))).toEqual(
      unknown('list-refused'),
    ))
  it('past its end', async () =>
    expect(
      await judged(() => signStatusList({ list: 3, revoked: [] }, ring, issuedAt), instant(issuedAt + 2 * 86_400_000)),
    ).toEqual(unknown('list-expired')))
  it('from the future', async () =>
    expect(await judged(() => signStatusList({ list: 3, revoked: [] }, ring, instant(dayAfter + 120_000)))).toEqual(
      unknown('list-not-yet-valid'),
    ))
  it('with fewer than 131,072 entries', async () =>
    expect(
      await judged(async () => withSubject({ encodedList: await encodeStatusList(new Uint8Array(8_192)) })),
    ).toEqual(unknown('list-too-short')))
  it('inflating past 1 MB', async () =>
    expect(
      await judged(async () => withSubject({ encodedList: await encodeStatusList(new Uint8Array(8_388_608)) })),
    ).toEqual(unknown('list-too-large')))
  it('without the entry of the badge', async () => {
    const beyond = await signCredential({ ...input, status: { list: 3, index: LIST_ENTRIES } }, ring)
    expect(await judged(() => signStatusList({ list: 3, revoked: [] }, ring, dayAfter), dayAfter, beyond)).toEqual(
      unknown('index-out-of-range'),
    )
  })
})

describe('the verdict of time and status together', () => {
  const late = instant(validUntil + 61_000)
  it.each([
    ['good', dayAfter, 'valid', undefined],
    ['suspended', dayAfter, 'suspended', 'is-suspended'],
    ['suspended', late, 'expired', 'is-suspended'],
    ['revoked', late, 'revoked', 'is-revoked'],
    ['expired', dayAfter, 'expired', undefined],
    ['list-unreadable', dayAfter, 'unknown', 'list-unreadable'],
    ['list-unreadable', late, 'expired', 'list-unreadable'],
    ['revoked', instant(document.nbf * 1_000 - 61_000), 'invalid', 'is-revoked'],
  ] as const)('%s at %d is %s', async (answer: StatusAnswer, now, verdict, code) => {
    const result = await assembleVerifier({ keys: ownKeySource(ring), status: { read: () => answer } }).verify(
      token,
      instant(now),
    )
    expect([result.verdict, result.checks.at(-1)?.code]).toEqual([verdict, code])
  })
})
