import { beforeEach, describe, expect, it } from 'vitest'
import { examPapers } from '../../../src/attempt/tables.ts'
import type { CredentialStatus } from '../../../src/credential/credential-status.ts'
import { changeStatusStatement } from '../../../src/credential/store.ts'
import { credentials } from '../../../src/credential/tables.ts'
import { assetRoutes } from '../../../src/web/asset-routes.ts'
import { brandSetting } from '../../../src/world/brand-setting.ts'
import { publicWorld } from '../../support/public-world.ts'
import { dayAfter } from '../../support/sample-credential.ts'

let open: Awaited<ReturnType<typeof publicWorld>>
beforeEach(async () => {
  open = await publicWorld()
})

const get = async (path: string, headers: Record<string, string> = {}) =>
  open.app.request(`https://kentei.example${path}`, { headers })
const page = async (path: string, headers: Record<string, string> = {}) =>
  (await get(path, { accept: 'text/html', ...headers })).text()
const become = async (to: CredentialStatus) =>
  changeStatusStatement(open.world.db, { id: open.id, to, cause: 'operator', at: dayAfter })

describe('the verification page', () => {
  const headings = {
    active: '有効な証明書です',
    suspended: '確認のため一時停止中です',
    revoked: '取り消されています',
    expired: '有効期限が切れています',
  } as const

  it.each(['suspended', 'revoked', 'expired'] as const)(
    'says that a certificate is %s, and shows nothing to copy',
    async (status) => {
      expect(await page(`/credentials/${open.id}`)).toContain(headings.active)
      await become(status)
      const html = await page(`/credentials/${open.id}`)
      expect(html).toContain(`<h1 id="verdict">${headings[status]}</h1>`)
      expect(html).not.toContain(headings.active)
      expect(html).not.toContain('id="copy-embed"')
    },
  )

  it.each(['ja', 'en'])(
    'calls nobody guilty while a certificate is under review, wherever it is shown (%s)',
    async (lang) => {
      await become('suspended')
      const notGuilty = {
        ja: '不正や誤りがあったという意味でもありません',
        en: 'does not mean that anything was wrong',
      }[lang] as string
      for (const path of [`/credentials/${open.id}`, `/credentials/${open.id}/print`])
        expect(await page(`${path}?lang=${lang}`), path).toContain(notGuilty)
      expect(await page(`/embed/${open.id}?lang=${lang}`)).toMatch(
        { ja: /一時停止中.*から確認中/s, en: /Suspended.*In review since/s }[lang] as RegExp,
      )
    },
  )

  it('cannot say anything when the record cannot be read', async () => {
    const { select } = open.world.db
    open.world.db.select = (() => {
      throw new Error('down')
    }) as never
    const response = await get(`/credentials/${open.id}`, { accept: 'text/html' })
    open.world.db.select = select
    expect([response.status, (await response.text()).includes('いまは確かめられません')]).toEqual([503, true])
  })

  it('speaks the language asked for, else that of the browser', async () => {
    const english = 'This certificate is valid'
    expect(await page(`/credentials/${open.id}?lang=en`)).toContain(english)
    expect(await page(`/credentials/${open.id}`, { 'accept-language': 'en-GB,en;q=0.9,ja;q=0.8' })).toContain(english)
    expect(await page(`/credentials/${open.id}`, { 'accept-language': 'fr, ja;q=0.5, en;q=0.1' })).toContain(
      headings.active,
    )
    for (const others of ['fr-FR, de;q=0.5', 'zh-TW,zh;q=0.9,*;q=0.1'])
      expect(await page(`/credentials/${open.id}`, { 'accept-language': others })).toContain(english)
    for (const none of ['', '*'])
      expect(await page(`/credentials/${open.id}`, { 'accept-language': none })).toContain(headings.active)
    expect(await page(`/credentials/${open.id}?lang=ja`, { 'accept-language': 'en' })).toContain(headings.active)
    expect(await page(`/credentials/${open.id}`, { 'accept-language': 'ja', cookie: 'lang=en' })).toContain(english)
  })

  it('escapes what people named themselves', async () => {
    expect(await page(`/credentials/${open.id}`)).toContain('みなと &lt;b&gt;')
  })

  it('has nothing inline, and forbids it', async () => {
    for (const path of [
      `/credentials/${open.id}`,
      `/embed/${open.id}`,
      '/achievements/business-admin',
      '/credentials/crd_none',
    ]) {
      const response = await get(path, { accept: 'text/html' })
      // but for the texts that are there to be copied into other pages
      const html = (await response.text()).replace(/<pre[^]*?<\/pre>/g, '')
      expect(response.headers.get('content-security-policy') ?? 'json').toMatch(/script-src 'self'|json/)
      expect(html).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:/i)
    }
  })

  it('tells the ten points within which the score is, and not the score', async () => {
    const html = (await page(`/credentials/${open.id}`)).replace(/<svg[^]*?<\/svg>/g, '')
    expect(html).toContain('70〜80')
    expect(html).not.toContain('78.3')
  })

  it('leads to the holder’s pages at the marketplace where it has named them, while the certificate is valid', async () => {
    expect(await page(`/credentials/${open.id}`)).not.toContain('この人に仕事を頼む')
    const { marketplace } = open.world.settings
    Object.assign(marketplace, {
      brand: brandSetting.parse({
        name: 'サンプルワークス',
        links: {
          hiring: 'https://works.example/hire/{worker}?l={language}',
          profile: 'https://works.example/w/{worker}',
        },
      }),
    })
    const html = await page(`/credentials/${open.id}`)
    expect(html).toContain('href="https://works.example/hire/w1?l=ja"')
    expect(html).toContain('href="https://works.example/w/w1"')
    expect(html).toContain('サンプルワークスでの表示名。本人確認はしていません')
    for (const state of ['suspended', 'expired', 'revoked'] as const) {
      await become(state)
      expect(await page(`/credentials/${open.id}`), state).not.toContain('works.example')
      await open.world.db.update(credentials).set({ status: 'active' })
    }
  })

  it('shows strangers nothing to embed, and sends holders to their own page', async () => {
    const html = await page(`/credentials/${open.id}`)
    expect(html).not.toMatch(/&lt;iframe|copy-embed|&lt;kentei-badge/)
    expect(html).toContain('href="/certificates"')
  })

  it('tells how many people pass from 100 on, with the 95 % interval', async () => {
    const say = async (takers: number, firstPasses: number) => {
      await open.world.db.delete(examPapers)
      await open.world.db.insert(examPapers).values({ exam: 'business-admin', papers: takers, takers, firstPasses })
      return (await page(`/credentials/${open.id}`)).replaceAll(/<[^>]+>/g, '')
    }
    expect(await say(99, 58)).toContain('合格率は、100人が受けてから公開します')
    expect(await say(99, 58)).not.toContain('58%')
    // 58 of 100: Wilson 1927, 0.4821 to 0.6720
    expect(await say(100, 58)).toContain('合格は58%です（100人、95%区間 48〜67%）')
    expect(await say(1_284, 745)).toContain('合格は58%です（1,284人、95%区間 55〜61%）')
  })

  it('loads only files that exist', async () => {
    const files = assetRoutes()
    const paths = [
      ...(await page(`/credentials/${open.id}`)).matchAll(/(?:src|href)="(\/credentials\/assets\/[^"]+)"/g),
    ].map(([, path = '']) => path)
    expect(paths).toHaveLength(2)
    for (const path of paths) expect((await files.request(path)).status).toBe(200)
  })
})

describe('the badge on other sites', () => {
  it('may be framed by anybody and shows the state of the moment', async () => {
    const before = await get(`/embed/${open.id}`)
    expect(before.headers.get('content-security-policy')).toContain('frame-ancestors *')
    expect(before.headers.get('x-frame-options')).toBeNull()
    expect(await before.text()).toContain('有効')
    await become('revoked')
    expect(await (await get(`/embed/${open.id}`)).text()).toContain('取消し')
  })
})
