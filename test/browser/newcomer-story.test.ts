import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { built } from '../support/built.ts'
import { cases } from '../support/cases.ts'
import { openBrowser } from '../support/chromium.ts'
import { EXAM, type Look, playStory } from '../support/newcomer-story.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { ServiceProcess } from '../support/service-process.ts'
import { shippedBank } from '../support/shipped-bank.ts'
import { solutionsIn } from '../support/solutions.ts'

const browser: Browser | undefined = await openBrowser()

const all: readonly Look[] = [
  { locale: 'en', width: 390, javaScript: false },
  { locale: 'ja', width: 1280, javaScript: true },
]
const looks = all.slice(0, cases(all.length, 2))

describe.skipIf(!browser)('a newcomer of the demonstration', () => {
  let folder: string
  beforeAll(async () => {
    await built()
    folder = await mkdtemp(join(quickFolder, 'kentei-newcomer-'))
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it.each(looks)(
    'passes, stands in the row of page 1, is invited, hired and reviewed, and leaves the row ($locale, $width px, JavaScript: $javaScript)',
    async (look) => {
      // whoever passed before would be shown first: each has a marketplace of their own
      const dataFolder = join(folder, look.locale)
      const service = await ServiceProcess.open({ entry: 'dist/node.mjs', dataFolder, examsFolder: 'exams' })
      try {
        await service.ask('GET', `${service.sandbox}/`)
        const stage = {
          browser: browser as Browser,
          plugin: service.plugin,
          market: service.sandbox,
          bank: await shippedBank(EXAM, EXAM),
          solve: (attempt: string) => solutionsIn(dataFolder, attempt),
        }
        const seen: string[] = []
        const see = async (name: string, page: Page) => {
          seen.push(name)
          const shown = await page.evaluate(() => ({
            lang: document.documentElement.lang,
            wide: document.documentElement.scrollWidth,
            title: document.querySelector('h1')?.textContent,
          }))
          expect([name, shown]).toEqual([name, { lang: look.locale, wide: look.width, title: expect.any(String) }])
        }
        const { worker, contract } = await playStory(stage, look, see)
        expect(seen.at(-1)).toBe('guide-after')
        const { json } = await service.ask('GET', `${service.sandbox}/api/workers/${worker}`)
        expect(json.reviews).toMatchObject({ count: 1, clients: 1 })
        expect(contract).toMatch(/^ctr_/)
      } finally {
        await service.stop()
      }
    },
  )
})
