import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientAddress, networkOf } from '../../src/platform/http/client-address.ts'

const PROXY = '10.0.0.2'
const through = (hops: number, ...forwardedFor: string[]) => clientAddress({ remote: PROXY, forwardedFor, hops })

describe('the address of a client', () => {
  it('is the other end of the connection where no proxy is ours, whatever a header says', () => {
    expect(through(0, '203.0.113.9')).toBe(PROXY)
    expect(through(0, '203.0.113.9', 'unknown, 198.51.100.1')).toBe(PROXY)
  })

  it('is what our proxy appended, not what the client wrote before it', () => {
    expect(through(1, '203.0.113.9')).toBe('203.0.113.9')
    expect(through(1, '127.0.0.1, 192.0.2.66, 203.0.113.9')).toBe('203.0.113.9')
    expect(through(1, '192.0.2.66', '203.0.113.9')).toBe('203.0.113.9')
  })

  it('is what the outermost of several proxies of ours appended', () => {
    expect(through(2, '192.0.2.66, 203.0.113.9, 10.0.0.3')).toBe('203.0.113.9')
    expect(through(2, '203.0.113.9, 10.0.0.3')).toBe('203.0.113.9')
  })

  it('is whom the first proxy in reach was asked by, where a request came through fewer of them', () => {
    expect(through(3, '203.0.113.9')).toBe('203.0.113.9')
    expect(through(1)).toBe(PROXY)
  })

  it('is the proxy before it where an entry is no address', () => {
    expect(through(1, 'unknown')).toBe(PROXY)
    expect(through(1, '')).toBe(PROXY)
    expect(through(2, 'x'.repeat(9_000), '10.0.0.3')).toBe('10.0.0.3')
    expect(through(1, '203.0.113.9, <script>')).toBe(PROXY)
  })

  it('cannot be chosen by a client: whatever it writes, what the proxy saw counts', () => {
    const written = fc.array(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), { maxLength: 5 })
    fc.assert(
      fc.property(written, fc.ipV4(), (lines, seen) => {
        expect(through(1, ...lines, seen)).toBe(seen)
      }),
    )
  })
})

describe('whom an allowance is counted for', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:51234', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:cb00:7109', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('of %s is %s', (address, network) => expect(networkOf(address)).toBe(network))

  it.each([
    '',
    'unknown',
    '_hidden',
    '203.0.113',
    '203.0.113.256',
    '1.2.3.4.5',
    '203.0.113.9 ',
    ':::',
    '2001:db8::1::2',
    'x'.repeat(10_000),
  ])('is nobody where there is no address: %o', (text) => expect(networkOf(text)).toBeUndefined())

  it('is alike for every address of a /64', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        const network = networkOf(address)
        expect(network).toMatch(/^[\d.]+$|^([0-9a-f]{1,4}:){4}:\/64$/)
        if (network?.endsWith('::/64')) expect(networkOf(`${network.slice(0, -5)}:1:2:3:4`)).toBe(network)
      }),
    )
  })
})
