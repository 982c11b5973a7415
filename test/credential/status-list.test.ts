import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeStatusList, LIST_TTL, statusBits, statusListCredential } from '../../src/credential/status-list.ts'
import { bitAt, decodeStatusList, LIST_ENTRIES } from '../../src/verify/status-list.ts'
import { encodeBase64url } from '../../src/verify/strict-parsing.ts'
import { issuedAt, origin } from '../support/sample-credential.ts'

const index = fc.integer({ min: 0, max: LIST_ENTRIES - 1 })
const ones = (bits: Uint8Array) => bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)

describe('status list', () => {
  it('has bit 0 leftmost', () => {
    expect([...statusBits([0, 9, 15]).slice(0, 2)]).toEqual([0b1000_0000, 0b0100_0001])
  })

  it('flips exactly one bit when one credential is revoked', () => {
    fc.assert(
      fc.property(fc.uniqueArray(index, { maxLength: 50 }), index, (revoked, one) => {
        fc.pre(!revoked.includes(one))
        const [before, after] = [statusBits(revoked), statusBits([...revoked, one])]
        expect(ones(before.map((byte, i) => byte ^ (after[i] as number)))).toBe(1)
        expect([bitAt(before, one), bitAt(after, one)]).toEqual([0, 1])
      }),
      { numRuns: 30 },
    )
  })

  it('comes back from its encoding as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(index, { maxLength: 200 }), async (revoked) => {
        const encoded = await encodeStatusList(statusBits(revoked))
        expect(encoded).toMatch(/^u[\w-]+$/)
        expect(await decodeStatusList(encoded)).toEqual(statusBits(revoked))
      }),
      { numRuns: 20 },
    )
  })

  it('reads the encoded list of the W3C recommendation', async () => {
    const bits = await decodeStatusList('uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA')
    expect(bits.length).toBe(16_384)
    expect(ones(bits as Uint8Array)).toBe(0)
  })

  it.each([-1, LIST_ENTRIES, 1.5])('has no entry %d', (at) => {
    expect(() => statusBits([at])).toThrow(RangeError)
    expect(bitAt(statusBits([]), at === 1.5 ? at : at === -1 ? -1 : LIST_ENTRIES)).toBeUndefined()
  })

  it('refuses a list that inflates past 1 MB', async () => {
    expect(await decodeStatusList(await encodeStatusList(new Uint8Array(1_048_577)))).toBe('list-too-large')
    expect((await decodeStatusList(await encodeStatusList(new Uint8Array(1_048_576)))).length).toBe(1_048_576)
  })

  it('refuses a list of fewer than 131,072 entries', async () => {
    expect(await decodeStatusList(await encodeStatusList(new Uint8Array(16_383)))).toBe('list-too-short')
  })

  it.each(['', 'u', 'u====', 'zH4sI', `u${encodeBase64url(new Uint8Array([1, 2, 3]))}`])(
    'refuses %j',
    async (encoded) => expect(await decodeStatusList(encoded)).toBe('list-refused'),
  )

  it('is a credential whose ttl is the time it may be cached', async () => {
    const list = await statusListCredential(
      { origin, issuer: 'did:web:kentei.example', list: 3, revoked: [] },
      issuedAt,
    )
    expect(list).toMatchObject({
      id: 'https://kentei.example/status/3',
      jti: list.id,
      sub: 'https://kentei.example/status/3#list',
      credentialSubject: { statusPurpose: 'revocation', ttl: LIST_TTL },
    })
  })
})
