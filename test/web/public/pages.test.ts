import { beforeEach, describe, expect, it } from 'vitest'
import type { CredentialStatus } from '../../../src/credential/credential-status.ts'
import { changeStatusStatement } from '../../../src/credential/store.ts'
import { assetRoutes } from '../../../src/web/asset-routes.ts'
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

  it('gives away no score', async () => {
    const html = (await page(`/credentials/${open.id}`)).replace(/<svg[^]*?<\/svg>/g, '')
    expect(html).not.toContain('78.3')
    expect(html).not.toContain('70-80')
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
