import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type BadgeArtwork,
  type BadgeState,
  badgeDesign,
  badgeSvg,
  guillocheBand,
  oklchHex,
} from '../../src/credential/badge-artwork.ts'
import { issuedAt } from '../support/sample-credential.ts'

const art: BadgeArtwork = {
  id: 'crd_01KAVQ7M2X4T9N',
  exam: 'business-admin',
  title: 'ビジネス事務検定',
  level: 3,
  issuedAt,
  state: 'active',
  parts: [],
  locale: 'ja',
  placement: 'page',
}
const states: BadgeState[] = ['active', 'suspended', 'revoked', 'expired', 'unknown']
const textsIn = (svg: string) => [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
const colours = (svg: string) => [...svg.matchAll(/#[0-9a-f]{6}\b/g)].map(([hex]) => hex)

describe('colour', () => {
  // CSS Color 4 conversions of white, black, and the sRGB red, green and blue
  it.each([
    [1, 0, 0, '#ffffff'],
    [0, 0, 0, '#000000'],
    [0.62796, 0.25768, 29.234, '#ff0000'],
    [0.86644, 0.29483, 142.495, '#00ff00'],
    [0.45201, 0.31321, 264.052, '#0000ff'],
  ])('%d %d %d is %s', (l, c, h, hex) => expect(oklchHex(l, c, h)).toBe(hex))
})

describe('badge artwork', () => {
  it('is drawn the same for the same badge and differently for another', () => {
    expect(badgeSvg(art)).toBe(badgeSvg(art))
    expect(badgeSvg({ ...art, id: 'crd_01KAVQ7M2X4T9P' })).not.toBe(badgeSvg(art))
  })

  it('has a pattern of its own: no two of thousands are alike', () => {
    const pattern = (n: number) =>
      badgeSvg({ ...art, id: `crd_01KAVQ7M2X${n}` })
        .match(/<path d="M[^"]*" fill="none" stroke="[^"]*" stroke-width="[.]7"/g)
        ?.join('') as string
    expect(pattern(1)).toBe(pattern(1))
    expect(new Set(Array.from({ length: 2_000 }, (_, n) => pattern(n))).size).toBe(2_000)
  })

  it('has the hue and sign of its exam, or derived ones', () => {
    expect([badgeDesign('business-admin', ''), badgeDesign('web-writer', '')]).toEqual([
      { hue: 262, kanji: '務' },
      { hue: 160, kanji: '筆' },
    ])
    expect(badgeDesign('book-keeping', 'みんなの簿記検定').kanji).toBe('簿')
    expect(badgeDesign('book-keeping', 'Book-keeping').kanji).toBe('検')
  })

  it.each([
    [1, 3],
    [2, 2],
    [3, 1],
  ] as const)('has grade %d with %d stars', (level, count) =>
    expect(badgeSvg({ ...art, level }).match(/l1\.9 4\.4/g)).toHaveLength(count),
  )

  it('is grey with a rotated stamp in every state but active', () => {
    for (const state of states) {
      const svg = badgeSvg({ ...art, state })
      const isGrey = colours(svg)
        .filter((hex) => hex !== '#c83314' && hex !== '#fdfcfb')
        .every(
          (hex) =>
            Math.max(...[1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16))) -
              Math.min(...[1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16))) <
            24,
        )
      expect([isGrey, svg.includes('rotate(-14')]).toEqual([state !== 'active', state !== 'active'])
    }
  })

  it('names itself, in both languages, with its state', () => {
    expect(badgeSvg({ ...art, state: 'revoked' })).toContain(
      'ビジネス事務検定 3級 認定バッジ（知識のみ）、2026-11-24 発行、取消</title>',
    )
    expect(badgeSvg({ ...art, title: 'Business Administration', locale: 'en' })).toContain(
      'Business Administration, Grade 3 badge (Knowledge only), issued 2026-11-24</title>',
    )
  })

  it('has a ribbon that says what was examined, and of both parts their bands', () => {
    const parts = [
      { part: 'knowledge', band: '70-80' },
      { part: 'practical', band: '80-90' },
    ] as const
    expect(textsIn(badgeSvg(art))).toContain('知識のみ')
    expect(textsIn(badgeSvg({ ...art, parts }))).toEqual(
      expect.arrayContaining(['知識＋実技', '知識', '70–80', '実技', '80–90']),
    )
    expect(textsIn(badgeSvg({ ...art, parts, locale: 'en' }))).toContain('Knowledge + practice')
    expect(badgeSvg({ ...art, parts })).toContain(
      '認定バッジ（知識＋実技）、知識 70–80点、実技 80–90点、2026-11-24 発行',
    )
  })

  it('has no band as a specimen', () => {
    const parts = [{ part: 'knowledge' }, { part: 'practical' }] as const
    const texts = textsIn(badgeSvg({ ...art, isSpecimen: true, parts }))
    expect(texts).toContain('知識＋実技')
    expect(texts.join()).not.toMatch(/\d–\d/)
  })

  it('uses sRGB hex alone and nothing that a strict content policy forbids', () => {
    for (const state of states)
      expect(badgeSvg({ ...art, state, placement: 'file', jwt: 'a.b.c' })).not.toMatch(
        /style|script|oklch|rgb\(|url\(|<image|foreignObject|on[a-z]+=/i,
      )
  })

  it('carries the signed credential in a file', () => {
    const svg = badgeSvg({ ...art, placement: 'file', jwt: 'aa.bb.cc' })
    expect(svg).toContain('xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"')
    expect(svg).toContain('<openbadges:credential verify="aa.bb.cc"/>')
  })

  it('lets no text break out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (title, id) => {
        const tags = (svg: string) => svg.replace(/"[^"]*"/g, '').match(/<\/?[a-z:A-Z]+/g)
        const hostile = badgeSvg({
          ...art,
          placement: 'file',
          title: `"'<script>${title}</text>`,
          id,
          jwt: `"/><x y="${title}`,
        })
        expect(tags(hostile)).toEqual(tags(badgeSvg({ ...art, placement: 'file', jwt: 'x', title: 'x' })))
      }),
    )
  })

  it('has a band in the same ink', () =>
    expect(guillocheBand('business-admin', '', 'active')).toContain(colours(badgeSvg(art))[2] as string))
})
