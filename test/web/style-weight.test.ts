import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bundleAsset } from '../../src/node/assets.ts'
import { assetRoutes } from '../../src/web/asset-routes.ts'
import * as scripts from '../../src/web/assets.ts'
import { fixedWorld } from '../support/fixed-world.ts'
import { MOST_PAGE_BYTES, MOST_STYLE_BYTES, pageWeight, styleWeight } from '../support/page-weight.ts'
import { publicWorld } from '../support/public-world.ts'
import { fixtureState } from '../support/ui-fixture/flows.ts'
import { fixtureApp } from '../support/ui-fixture/server.ts'

const isLight = (bytes: number) => bytes <= MOST_PAGE_BYTES
const NOW = Date.parse('2026-11-24T06:11:00Z')
const candidate = fixtureApp({ current: fixtureState(() => NOW) })
const candidateIn = (lang: string) => (path: string) => candidate.request(path, { headers: { cookie: `lang=${lang}` } })

describe.each(['ja', 'en', 'ja-simple'])('the styles of a page in %s', (lang) => {
  it.each([
    '/',
    '/exams/business-admin',
    '/attempts/att_1',
    '/attempts/att_1/review',
    '/attempts/att_pass/result',
    '/attempts/att_fail/result',
    '/attempts/att_none/result',
    '/records',
    '/certificates',
    '/about/pass-score',
  ])('for candidates, %s, are one sheet of at most 6 KB', async (path) => {
    const { sheets, bytes } = await styleWeight(candidateIn(lang), path)
    expect(sheets).toHaveLength(1)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(MOST_STYLE_BYTES)
    expect(await pageWeight(candidateIn(lang), path)).toBeLessThanOrEqual(MOST_PAGE_BYTES)
  })

  it('at the front door are one sheet of at most 6 KB, and all of it is at most 40 KB on the wire', async () => {
    const asStranger = (path: string) =>
      candidate.request(path, { headers: { cookie: `lang=${lang}`, 'x-nobody': '1' } })
    const { sheets, bytes } = await styleWeight(asStranger, '/')
    expect([sheets.length, bytes <= MOST_STYLE_BYTES]).toEqual([1, true])
    expect(await pageWeight(asStranger, '/')).toBeLessThanOrEqual(MOST_PAGE_BYTES)
  })

  it('for everybody are one sheet of at most 6 KB', async () => {
    const { app, id } = await publicWorld()
    app.route('/', assetRoutes() as never)
    const get = async (path: string) =>
      app.request(`https://kentei.example${path}`, { headers: { accept: 'text/html', 'accept-language': lang } })
    for (const path of [
      `/credentials/${id}`,
      '/credentials/crd_none',
      `/credentials/${id}/print`,
      `/credentials/${id}/concern`,
      `/embed/${id}`,
      '/exams/business-admin/evidence',
      '/check',
    ]) {
      const { sheets, bytes } = await styleWeight(get, path)
      expect([path, sheets.length, bytes > 0, bytes <= MOST_STYLE_BYTES]).toEqual([path, 1, true, true])
      expect([path, await pageWeight(get, path)]).toEqual([path, expect.toSatisfy(isLight)])
    }
  })

  it('for integrators are one sheet of at most 6 KB', async () => {
    const w = await fixedWorld()
    const get = async (path: string) =>
      w.app.request(`https://kentei.example${path}`, { headers: { cookie: `lang=${lang}` } })
    for (const path of ['/docs', '/docs/integrate', '/docs/verify']) {
      const { sheets, bytes } = await styleWeight(get, path)
      expect([path, sheets.length, bytes > 0, bytes <= MOST_STYLE_BYTES]).toEqual([path, 1, true, true])
      expect([path, await pageWeight(get, path)]).toEqual([path, expect.toSatisfy(isLight)])
    }
    await w.close()
  })
})

describe('a page of a practical task', () => {
  const source = (path: string) => new URL(`../../src/web/candidate/${path}`, import.meta.url).pathname
  it.each(['table', 'sheet', 'draft', 'claims', 'inbox'])(
    'of kind %s has styles of at most 5 KB beside those of every page',
    async (kind) => {
      const bundled = await Promise.all(
        ['tasks', `${kind}/${kind}`].map((path) => bundleAsset(source(`tasks/${path}.css`))),
      )
      expect(gzipSync(bundled.map(({ text }) => text).join('')).length).toBeLessThanOrEqual(5_000)
    },
  )

  it.each([
    ['runner', scripts.runnerScript, 6_000],
    ['table', scripts.gridScript, 3_000],
    ['draft', scripts.draftScript, 3_500],
    ['inbox', scripts.inboxScript, 2_000],
    ['sheet', scripts.sheetScript, 3_000],
    ['sheet, to evaluate formulas', scripts.evaluatorScript, 12_500],
  ])('loads the script %s of no more bytes than its budget', (_, { body }, most) => {
    expect(gzipSync(body).length).toBeLessThanOrEqual(most)
  })
})

it('what only staff see stands in a sheet that no other page loads', async () => {
  const of = async (path: string) => (await styleWeight(candidateIn('ja'), path)).sheets
  const [own] = await of('/staff/deliveries')
  expect(await of('/staff/attempts?worker=wkr_1')).toEqual([own])
  for (const path of ['/', '/attempts/att_1', '/records', '/about/security']) expect(await of(path)).not.toContain(own)
})
