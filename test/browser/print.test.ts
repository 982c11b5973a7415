import { createAdaptorServer } from '@hono/node-server'
import { decode } from 'fast-png'
import jsqr from 'jsqr'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeStatusStatement } from '../../src/credential/store.ts'
import { assetRoutes } from '../../src/web/asset-routes.ts'
import { openBrowser } from '../support/chromium.ts'
import { publicWorld } from '../support/public-world.ts'
import { dayAfter } from '../support/sample-credential.ts'

const browser = (await openBrowser()) as Browser
let open: Awaited<ReturnType<typeof publicWorld>>
let origin: string
const server = createAdaptorServer({ fetch: (request) => open.app.fetch(request) })

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://localhost:${(server.address() as { port: number }).port}`
  open = await publicWorld({ at: origin })
  open.app.route('/', assetRoutes() as never)
})
afterAll(async () => {
  await browser?.close()
  server.close()
})

// a module of the old kind, whose types say otherwise
const readQrCode = jsqr as unknown as typeof jsqr.default

/** What a QR reader finds on a page as it is printed. */
async function scan(png: Uint8Array): Promise<string | undefined> {
  const { data, width, height, channels } = decode(png)
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = data[channels * i + c] as number
  return readQrCode(rgba, width, height)?.data
}

describe.runIf(browser)('the certificate on paper', () => {
  it.each([
    ['ja', 'active'],
    ...(process.env.CASES === 'all'
      ? ([
          ['en', 'active'],
          ['ja', 'revoked'],
        ] as const)
      : []),
    ['en', 'revoked'],
  ] as const)('is one sheet of A4 whose code leads to the present state (%s, %s)', async (lang, status) => {
    if (status !== 'active')
      await changeStatusStatement(open.world.db, { id: open.id, to: status, cause: 'operator', at: dayAfter })
    const page = await browser.newPage({ viewport: { width: 794, height: 1_123 }, colorScheme: 'dark' })
    await page.goto(`${origin}/credentials/${open.id}/print?lang=${lang}`)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf) as RegExpExecArray
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842])

    await page.emulateMedia({ media: 'print' })
    const whole = async () => {
      expect(await scan(await page.screenshot())).toBe(`${origin}/credentials/${open.id}`)
      // nothing is cut off, not even the lower edge
      const isWhole = await page.evaluate(() => [
        document.documentElement.scrollHeight <= 1_123,
        [...document.querySelectorAll('.paper, .inner, .bounds, .proof')].every(
          (box) => box.scrollHeight <= box.clientHeight + 1,
        ),
      ])
      expect(isWhole).toEqual([true, true])
    }
    await whole()
    // the longest name that a marketplace may send, and an exam as full as those that are shipped
    await page.evaluate((name) => {
      const [holder, sections] = [
        document.querySelector('.holder') as HTMLElement,
        document.querySelector('.bounds ul') as HTMLElement,
      ]
      holder.className = 'holder long'
      holder.textContent = name
      for (const text of document.querySelectorAll('.bounds p')) text.textContent += name
      sections.innerHTML = `<li>${name.slice(0, 12)}</li>`.repeat(7)
    }, '龍'.repeat(80))
    await whole()
    const words = (await page.textContent('main')) ?? ''
    const stands = { ja: '合格したことを証明します', en: 'has passed the exam' }[lang]
    const fell = { ja: '取り消されています', en: 'has been revoked' }[lang]
    expect([words.includes(stands), words.includes(fell)]).toEqual([status === 'active', status === 'revoked'])
    await page.close()
  })
})
