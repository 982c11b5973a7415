import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUSE_COLOUR, noBrand } from '../../src/world/brand.ts'
import { brandTones } from '../../src/world/brand-colours.ts'
import { readBrandSetting } from '../../src/world/settings.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { MARKET } from '../support/sandbox/fake-plugin.ts'
import { type Market, openMarket } from '../support/sandbox/open-market.ts'

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4" fill="#8a2a6b"/></svg>'
const logo = `data:image/svg+xml;base64,${Buffer.from(LOGO).toString('base64')}`
const terrace = { name: { ja: 'シゴトテラス', en: 'Shigoto Terrace' }, logo, hue: 340, chroma: 0.13 }

let w: FixedWorld
let cookie: string
const wear = (brand: object | undefined) =>
  Object.assign(w.world.settings, {
    marketplace: {
      ...w.world.settings.marketplace,
      brand: brand ? readBrandSetting(JSON.stringify(brand)) : noBrand,
    },
  })
beforeAll(async () => {
  w = await fixedWorld()
  const launch = await w.call('GET', `/launch?token=${await w.market.launchToken({ sub: 'w-1' })}`)
  cookie = (launch.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
})
afterAll(() => w.close())

/** A page as the person sees it. */
const page = (path: string, headers: Record<string, string> = {}) =>
  w.call('GET', path, { headers: { cookie, accept: 'text/html', ...headers } })
const hrefOf = (html: string, file: string) => new RegExp(`="(/assets/${file}\\?v=[a-z0-9]+)"`).exec(html)?.[1]

describe('a page in the colours of a marketplace', () => {
  it('has its name and logo above, the issuer below, and its sheet and logo at addresses for ever', async () => {
    wear(terrace)
    const { text } = await page('/records')
    expect(text).toMatch(/<title>[^<]*｜シゴトテラス<\/title>/)
    expect(text).toMatch(
      /<a class="logo" href="\/"><img src="\/assets\/brand-logo\?v=\w+" alt="" height="36"\/><span><b>シゴトテラス<\/b>/,
    )
    expect(text).toContain('検定の発行者：Kentei 検定センター')
    expect(text).toContain('rel="icon" href="/assets/brand-logo?v=')
    for (const [file, type] of [
      ['brand.css', 'text/css; charset=utf-8'],
      ['brand-logo', 'image/svg+xml'],
    ] as const) {
      const { status, headers } = await w.call('GET', hrefOf(text, file) ?? 'none')
      expect([
        file,
        status,
        headers.get('content-type'),
        headers.get('cache-control'),
        headers.get('x-content-type-options'),
      ]).toEqual([file, 200, type, 'public, max-age=31536000, immutable', 'nosniff'])
    }
  })

  it('has nothing inline, and loads nothing from elsewhere', async () => {
    wear(terrace)
    const { text, headers } = await page('/records')
    expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+=|(src|href)="https?:\/\/(?!market\.example)/)
    expect(headers.get('content-security-policy')).toContain("style-src 'self'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
  })

  it('has a logo that runs nothing where it is opened by itself', async () => {
    wear(terrace)
    const { headers } = await w.call('GET', '/assets/brand-logo')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  })

  it('has other addresses for another colour and another logo', async () => {
    wear(terrace)
    const one = (await page('/records')).text
    wear({ ...terrace, hue: 150, logo: logo.replace('ZmlsbD', 'ZmlsbT') })
    const other = (await page('/records')).text
    expect(hrefOf(other, 'brand.css')).not.toBe(hrefOf(one, 'brand.css'))
  })

  it('is the issuer’s in indigo where the marketplace has set a name alone: it has neither sheet nor logo', async () => {
    wear({ name: 'サンプルワークス' })
    const { text } = await page('/records')
    expect(text).toContain('<b>Kentei</b>')
    expect(text).not.toContain('/assets/brand')
    for (const path of ['/assets/brand.css', '/assets/brand-logo']) expect((await w.call('GET', path)).status).toBe(404)
  })

  it.each([
    ['ja', /シゴトテラス/, /市場|マッチングサービス/],
    ['en', /Shigoto Terrace/, /the marketplace/i],
  ])('says its name in every sentence of %s about it', async (lang, name, common) => {
    wear(terrace)
    const paths = [
      '/',
      '/records',
      '/certificates',
      '/about/privacy',
      '/about/ranking',
      '/about/accessibility',
      '/about/security',
      '/about/pass-score',
    ]
    const pages = await Promise.all(paths.map((path) => page(path, { cookie: `${cookie}; lang=${lang}` })))
    for (const [at, { text }] of pages.entries())
      expect([paths[at], common.exec(text)?.[0]]).toEqual([paths[at], undefined])
    for (const path of ['/about/privacy', '/about/accessibility'])
      expect(pages[paths.indexOf(path)]?.text).toMatch(name)
  })

  it('leads to its help desk where it has told the address, and names it otherwise', async () => {
    wear({ ...terrace, links: { support: 'https://terrace.example/help?l={language}' } })
    expect((await page('/about/accessibility')).text).toContain(
      '<a href="https://terrace.example/help?l=ja">シゴトテラスの窓口</a>から申し込めます',
    )
    wear(terrace)
    expect((await page('/about/accessibility')).text).toContain('時間延長を、シゴトテラスの窓口から申し込めます')
  })

  it('speaks of a marketplace in common words where it has no name', async () => {
    wear(undefined)
    expect((await page('/about/accessibility')).text).toContain('マッチングサービスの窓口')
  })
})

describe('the tones of a marketplace', () => {
  it('are those of the style sheet in its own hue', async () => {
    const sheet = await readFile('src/platform/page/styles/tokens.css', 'utf8')
    for (const [token, { light, dark }] of brandTones(HOUSE_COLOUR)) {
      const written = new RegExp(`--${token}: light-dark\\((.*)\\);`).exec(sheet)?.[1]
      const [day, night] = [...(written ?? '').matchAll(/oklch\((\S+) (\S+) \S+\)|#fff/g)].map(
        ([all, lightness, chroma]) => (all === '#fff' ? [1, 0] : [Number(lightness), Number(chroma)]),
      )
      expect([token, day, night]).toEqual([
        token,
        [light.lightness, expect.closeTo(light.chroma, 2)],
        [dark.lightness, expect.closeTo(dark.chroma, 2)],
      ])
    }
  })
})

describe('the language of a page', () => {
  let market: Market
  beforeAll(async () => {
    market = await openMarket()
  })
  afterAll(() => market.close())
  const services = {
    'the plugin': (path: string, headers: Record<string, string>) =>
      w.app.request(`https://kentei.example${path}`, { headers }),
    'the marketplace': (path: string, headers: Record<string, string>) =>
      market.app.request(`${MARKET}${path}`, { headers }),
  } as const
  const shared = { 'the plugin': '/about/ranking?a=1&a=2', 'the marketplace': '/workers?category=web-writer&q=SEO' }

  it.each(['the plugin', 'the marketplace'] as const)(
    'of %s is the address’s, then the one picked before, then the browser’s, then Japanese',
    async (service) => {
      const read = async (query: string, headers: Record<string, string> = {}) => {
        const reply = await services[service](`${shared[service].split('?')[0]}${query}`, headers)
        return /<html lang="(\w+)"/.exec(await reply.text())?.[1]
      }
      expect(await read('?lang=ja', { cookie: 'lang=en', 'accept-language': 'en' })).toBe('ja')
      expect(await read('', { cookie: 'lang=en', 'accept-language': 'ja' })).toBe('en')
      expect(await read('?lang=xx', { cookie: 'lang=xx', 'accept-language': 'fr, en;q=0.2, ja;q=0.9' })).toBe('ja')
      expect(await read('', { 'accept-language': 'fr-CA' })).toBe('en')
      expect(await read('')).toBe('ja')
    },
  )

  it.each(['the plugin', 'the marketplace'] as const)(
    'of %s is changed at the same address, and kept',
    async (service) => {
      const path = shared[service]
      const text = await (await services[service](path, {})).text()
      const href = /<a href="([^"]+)" lang="en"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
      expect(href).toBe(`${path}&lang=en`)
      const english = await services[service](href, {})
      expect(english.headers.get('set-cookie')).toMatch(/^lang=en;.*HttpOnly/)
      expect(await english.text()).toContain(`href="${path.replaceAll('&', '&amp;')}&amp;lang=ja" lang="ja"`)
    },
  )
})
