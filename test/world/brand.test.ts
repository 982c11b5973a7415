import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBrand } from '../../src/node/read-brand.ts'
import { brandLink, inLanguage, marketplaceWords } from '../../src/platform/page/words.ts'
import { textsOf } from '../../src/web/ui/message.ts'
import { noBrand } from '../../src/world/brand.ts'
import { brandTones, hexOf, leastContrast, oklchOfHex } from '../../src/world/brand-colours.ts'
import { readBrandSetting } from '../../src/world/settings.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const read = (brand: unknown) => readBrandSetting(JSON.stringify(brand))
const base64 = (text: string) => Buffer.from(text).toString('base64')
const svg = (inside: string) =>
  `data:image/svg+xml;base64,${base64(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4">${inside}</svg>`)}`
const png = (width: number, height: number) => {
  const bytes = Buffer.alloc(40)
  bytes.writeUInt32BE(0x89504e47, 0)
  bytes.writeUInt32BE(0x49484452, 12)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return `data:image/png;base64,${bytes.toString('base64')}`
}

describe('the brand of a marketplace', () => {
  it('is a name, a logo, a colour, words and addresses, each of which may be left out', () => {
    const brand = read({
      name: { ja: 'シゴトテラス', en: 'Shigoto Terrace' },
      shortName: 'テラス',
      logo: svg('<rect width="4" height="4" fill="#8a2a6b"/>'),
      hue: 340,
      chroma: 0.13,
      words: { worker: { ja: 'テラスさん', en: 'freelancer' } },
      links: {
        profile: 'https://terrace.example/w/{worker}?l={language}',
        jobs: 'https://terrace.example/jobs?exam={exam}',
        hiring: 'https://terrace.example/w/{worker}/hire',
        support: 'mailto:help@terrace.example',
      },
    })
    expect(marketplaceWords('ja', brand)).toEqual({
      marketplace: 'シゴトテラス',
      Marketplace: 'シゴトテラス',
      shortMarketplace: 'テラス',
      workerWord: 'テラスさん',
      clientWord: 'クライアント',
    })
    expect(brand).toMatchObject({ hue: 340, chroma: 0.13, logo: { type: 'image/svg+xml' } })
    expect(read({ logo: png(64, 64) }).logo?.type).toBe('image/png')
    expect(read({})).toEqual(noBrand)
  })

  it('says one text in every language, or the first of several in those that it was not given in', () => {
    expect(inLanguage(read({ name: 'Terrace' }).name, 'ja')).toBe('Terrace')
    expect(inLanguage(read({ name: { ja: 'テラス' } }).name, 'en')).toBe('テラス')
  })

  it('fills in its addresses, escaped', () => {
    const { links } = read({ links: { profile: 'https://terrace.example/w/{worker}?l={language}' } })
    expect(brandLink(links.profile ?? '', { worker: 'a/b&c', language: 'ja' })).toBe(
      'https://terrace.example/w/a%2Fb%26c?l=ja',
    )
  })

  it.each([
    [{ nmae: 'Terrace' }, 'MARKETPLACE_BRAND: Unrecognized key: "nmae"'],
    [{ name: '' }, 'MARKETPLACE_BRAND.name: a text, or one for each language'],
    [{ name: 'a'.repeat(41) }, 'MARKETPLACE_BRAND.name: a text, or one for each language'],
    [{ name: 'two\nlines' }, 'MARKETPLACE_BRAND.name: '],
    [{ shortName: 7 }, 'MARKETPLACE_BRAND.shortName: '],
    [
      { name: 'たいへんながいなまえのしごとのマーケット' },
      'MARKETPLACE_BRAND.shortName: the name is too long for the header of a phone',
    ],
    [{ words: { worker: { japanese: 'x' } } }, 'MARKETPLACE_BRAND.words.worker: '],
    [{ hue: 361 }, 'MARKETPLACE_BRAND.hue: degrees from 0 to 360'],
    [{ hue: 'red' }, 'MARKETPLACE_BRAND.hue: degrees from 0 to 360'],
    [{ chroma: -0.1 }, 'MARKETPLACE_BRAND.chroma: from 0 to 0.14'],
    [
      { hue: 340, chroma: 0.2 },
      'MARKETPLACE_BRAND.chroma: at most 0.14; the nearest that holds is hue 340 with chroma 0.14',
    ],
    [{ colour: 'red' }, 'MARKETPLACE_BRAND.colour: a colour such as #8a2a6b'],
    [{ colour: '#8a2a6b', hue: 3 }, 'MARKETPLACE_BRAND.colour: write either colour, or hue and chroma'],
    [
      { colour: '#ffcc00' },
      'MARKETPLACE_BRAND.colour: #ffcc00 has a contrast of 1.5 with white, and text needs 4.5; the nearest that holds is hue ',
    ],
    [{ logo: 'logo.svg' }, 'MARKETPLACE_BRAND.logo: an SVG or PNG as data:image/svg+xml;base64'],
    [{ logo: `data:image/gif;base64,${base64('GIF89a')}` }, 'MARKETPLACE_BRAND.logo: an SVG or PNG'],
    [{ logo: `data:image/svg+xml;base64,${base64('hello')}` }, 'MARKETPLACE_BRAND.logo: the SVG must begin with <svg'],
    [{ logo: svg('<script>alert(1)</script>') }, 'MARKETPLACE_BRAND.logo: the SVG must not contain <script>'],
    [{ logo: svg('<foreignObject/>') }, 'MARKETPLACE_BRAND.logo: the SVG must not contain <foreignObject>'],
    [
      { logo: svg('<rect fill="u&#114;l(https://elsewhere.example/a)"/>') },
      'MARKETPLACE_BRAND.logo: the SVG must not write',
    ],
    [{ logo: svg('<g onload="x()"/>') }, 'MARKETPLACE_BRAND.logo: the SVG must not contain onload='],
    [
      { logo: svg('<use href="https://elsewhere.example/a.svg#b"/>') },
      'MARKETPLACE_BRAND.logo: the SVG may refer to nothing but',
    ],
    [
      { logo: svg('<rect fill="url(https://elsewhere.example/a)"/>') },
      'MARKETPLACE_BRAND.logo: the SVG may refer to nothing but',
    ],
    [{ logo: svg(`<path d="${'M0 0'.repeat(9_000)}"/>`) }, 'MARKETPLACE_BRAND.logo: at most 16 KB'],
    [{ logo: png(4_096, 64) }, 'MARKETPLACE_BRAND.logo: the PNG is 4096×64; at most 1024×1024'],
    [{ logo: `data:image/png;base64,${base64('no png')}` }, 'MARKETPLACE_BRAND.logo: it is no PNG'],
    [
      { links: { profile: 'https://terrace.example/w' } },
      'MARKETPLACE_BRAND.links.profile: write {worker} where it belongs',
    ],
    [
      { links: { jobs: 'https://terrace.example/{worker}' } },
      'MARKETPLACE_BRAND.links.jobs: {worker} is not filled in here',
    ],
    [
      { links: { hiring: 'https://{worker}.example/' } },
      'MARKETPLACE_BRAND.links.hiring: what is filled in belongs behind the host',
    ],
    [
      { links: { profile: 'javascript:alert({worker})' } },
      'MARKETPLACE_BRAND.links.profile: write an address that begins with https://',
    ],
    [
      { links: { profile: 'http://terrace.example/{worker}' } },
      'MARKETPLACE_BRAND.links.profile: write an address that begins',
    ],
    [
      { links: { support: 'help' } },
      'MARKETPLACE_BRAND.links.support: write an address that begins with https:// or mailto:',
    ],
  ])('%j is refused in one line that names the field and what to do', (brand, said) => {
    const refuse = () => read(brand)
    expect(refuse).toThrow(said)
    expect(refuse).not.toThrow(/\n/)
  })

  it('that is no JSON is refused by name', () => {
    expect(() => readBrandSetting('{')).toThrow('MARKETPLACE_BRAND: not JSON')
  })
})

describe('the colour of a marketplace', () => {
  const colour = fc.record({
    hue: fc.double({ min: 0, max: 360, noNaN: true }),
    chroma: fc.double({ min: 0, max: 0.14, noNaN: true }),
  })

  it('keeps the contrast that text needs, in every hue and chroma that a setting may have, light and dark', () => {
    fc.assert(fc.property(colour, (one) => leastContrast(one) >= 4.5))
    for (let hue = 0; hue < 360; hue++) expect(leastContrast({ hue, chroma: 0.14 })).toBeGreaterThan(4.5)
  })

  it('is one that every screen shows: as sRGB it comes back as it is', () => {
    fc.assert(
      fc.property(colour, (one) =>
        brandTones(one).every(([, { light, dark }]) =>
          [light, dark].every((tone) => Math.abs(oklchOfHex(hexOf(tone)).lightness - tone.lightness) < 0.01),
        ),
      ),
    )
  })

  it('comes from a colour as people write it: its hue, and its chroma as far as there may be', () => {
    expect(read({ colour: '#8a2a6b' })).toMatchObject({ hue: expect.closeTo(343, 0), chroma: 0.14 })
  })
})

describe('the brand of a machine', () => {
  const folder = temporaryFolder('all tests')
  const origin = 'http://localhost:8788'

  it('is the reference marketplace’s where none is set', async () => {
    const { read: brand } = await readBrand(undefined, origin)
    expect(inLanguage(brand.name, 'ja')).toBe('サンプルワークス')
    expect(brand.links.profile).toContain(`${origin}/workers/{worker}`)
  })

  it('may be a file, with the logo in a file beside it', async () => {
    await folder.write('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"><circle r="3"/></svg>')
    await folder.write('brand.json', JSON.stringify({ name: 'Terrace', logo: 'logo.svg' }))
    const { json, read: brand } = await readBrand(folder.path('brand.json'), origin)
    expect(brand.logo?.type).toBe('image/svg+xml')
    expect(readBrandSetting(json)).toEqual(brand)
  })

  it.each([
    ['missing.json', 'MARKETPLACE_BRAND: '],
    ['{"logo": "missing.svg"}', 'MARKETPLACE_BRAND.logo: '],
    ['{"logo": "logo.exe"}', 'MARKETPLACE_BRAND.logo: name a file that ends with .svg or .png'],
    ['{"logo"', 'MARKETPLACE_BRAND: it is not JSON'],
    ['{"hue": 900}', 'MARKETPLACE_BRAND.hue: degrees from 0 to 360'],
  ])('%s keeps the service from starting, in one line', async (value, said) => {
    await expect(readBrand(value, origin)).rejects.toThrow(said)
  })
})

describe('sentences about the marketplace', () => {
  it('say its name without being told, and a common word where it has none', () => {
    expect(textsOf('ja', read({ name: 'シゴトテラス' }))('nav.back')).toBe('シゴトテラスへ戻る')
    expect(textsOf('ja')('nav.back')).toBe('マッチングサービスへ戻る')
    expect(textsOf('en')('nav.back')).toBe('Back to the marketplace')
  })
})
