import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, judgedByTurns, unfold } from '../support/axe.ts'
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

  it.each([
    [0, 1280, 'light', 'en'],
    [1, 1280, 'dark', 'ja'],
    [2, 390, 'dark', 'en'],
    [3, 390, 'light', 'ja'],
  ] as const)(
    'has no axe violation and no sideways scroll, with every program open: view %i, %i %s %s',
    async (view, width, colorScheme, locale) => {
      const isJudged = judgedByTurns(view, 4)
      const context = await browser?.newContext({ viewport: { width, height: 900 }, colorScheme })
      const page = await context?.newPage()
      for (const name of [
        'integrate',
        'verify',
        'operate',
        'author',
        'items',
        'architecture',
        'decisions',
        'decisions/0001-no-oauth-server',
      ]) {
        const judges = isJudged()
        // what does not scroll on a phone does not on a desk
        if (!judges && width > 390) continue
        await page?.goto(`${origin}/docs/${name}?lang=${locale}`)
        await unfold(page as Page)
        if (judges) expect(await axeViolations(page as Page), name).toEqual([])
        const overflow = await page?.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(overflow, name).toBe(0)
      }
      await context?.close()
    },
  )
})
