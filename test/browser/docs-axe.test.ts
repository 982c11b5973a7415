import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf, standIn, unfold, type View, walksIn } from '../support/axe.ts'
import { openBrowser } from '../support/chromium.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

const browser = await openBrowser()
let hall: FixedWorld
let origin: string
let close: () => void

describe.skipIf(!browser)('the documents in a browser', () => {
  beforeAll(async () => {
    hall = await fixedWorld()
    const server = createAdaptorServer({ fetch: (request: Request) => hall.app.fetch(request) })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    close = () => void server.close()
  })
  afterAll(async () => {
    await close()
    await browser?.close()
    await hall.close()
  })

  const views: readonly View[] = [
    { locale: 'en', scheme: 'light', width: 1280 },
    { locale: 'ja', scheme: 'dark', width: 1280 },
    { locale: 'en', scheme: 'dark', width: 390 },
    { locale: 'ja', scheme: 'light', width: 390 },
  ]
  it.each(walksIn(views))(
    'have no axe violation and no sideways scroll, with every program open: $named',
    async ({ next }) => {
      const page = await (browser as Browser).newPage()
      for (const name of [
        'integrate',
        'errors',
        'verify',
        'operate',
        'author',
        'items',
        'architecture',
        'decisions',
        'decisions/0001-no-oauth-server',
      ]) {
        const view = next()
        await standIn(page, view)
        await page.goto(`${origin}/docs/${name}?lang=${view.locale}`)
        await unfold(page)
        expect(await faultsOf(page), `${name} in ${Object.values(view).join(' ')}`).toEqual([])
      }
      await page.close()
    },
  )
})
