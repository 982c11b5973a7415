import * as fc from 'fast-check'
import { decode, encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { bakePng, unbakePng } from '../../src/credential/baked-badge.ts'

const pixels = Uint8Array.from({ length: 4 * 4 * 4 }, (_, i) => i)
const png = new Uint8Array(encode({ width: 4, height: 4, data: pixels, channels: 4, depth: 8 }))
const count = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1').split('iTXtopenbadgecredential\0').length - 1

describe('a baked PNG', () => {
  it('gives back what was baked, and the same pixels to a reader that checks every sum', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 3_000 }).filter((text) => text.isWellFormed()),
        (jwt) => {
          const baked = bakePng(png, jwt)
          expect(unbakePng(baked)).toBe(jwt)
          expect(decode(baked, { checkCrc: true }).data).toEqual(pixels)
        },
      ),
    )
  })

  it('carries one credential, however often it is baked', () => {
    const twice = bakePng(bakePng(png, 'a.b.c'), 'd.e.f')
    expect([unbakePng(twice), count(twice)]).toEqual(['d.e.f', 1])
  })

  it('has the credential uncompressed and before the image data', () => {
    const text = Buffer.from(bakePng(png, 'a.b.c')).toString('latin1')
    expect(text.indexOf('iTXtopenbadgecredential\0\0\0\0\0a.b.c')).toBe(8 + 25 + 4)
    expect(text.indexOf('IDAT')).toBeGreaterThan(text.indexOf('a.b.c'))
  })

  it('has none until it is baked', () => expect(unbakePng(png)).toBeUndefined())

  it.each([
    ['nothing', new Uint8Array()],
    ['no PNG', new TextEncoder().encode('<svg/>')],
    ['a PNG that is cut off', png.subarray(0, png.length - 5)],
    ['a chunk that is longer than the file', Uint8Array.from(png, (byte, i) => (i === 8 ? 0xff : byte))],
  ])('is not made of %s', (_, bytes) => {
    expect(() => bakePng(bytes, 'a.b.c')).toThrow()
    expect(() => unbakePng(bytes)).toThrow()
  })
})
