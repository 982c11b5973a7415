import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waitingScript } from '../../src/web/assets.ts'
import { textsOf } from '../../src/web/ui/message.ts'
import { WaitingPage } from '../../src/web/ui/waiting/waiting-page.tsx'
import { noBrand } from '../../src/world/brand.ts'
import { openBrowser } from '../support/chromium.ts'

const browser: Browser | undefined = await openBrowser()
const context = {
  locale: 'en',
  tag: 'en',
  offered: [],
  t: textsOf('en'),
  brand: noBrand,
  issuer: 'Kentei',
  visitor: undefined,
  path: '/attempts/att_1/submit',
} as const
const page = async () =>
  String(
    await WaitingPage({
      context,
      seconds: 2,
      sent: {
        action: context.path,
        fields: [
          ['lease', 'lse_1'],
          ['q1', 'a & "b"'],
        ],
      },
    }),
  )

describe.skipIf(!browser)('the page for those who wait', () => {
  let server: Server
  let url: string
  const sent: string[] = []
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      if (request.method === 'POST') {
        sent.push(await text(request))
        return response.end('taken')
      }
      const isScript = request.url?.startsWith('/assets/waiting.js')
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
      response.end(isScript ? waitingScript.body : await page())
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })
  afterAll(async () => {
    server?.close()
    await browser?.close()
  })
  const expected = new URLSearchParams([
    ['lease', 'lse_1'],
    ['q1', 'a & "b"'],
  ]).toString()

  it('counts down, and sends again by itself what was sent', async () => {
    const tab = await (browser as Browser).newPage()
    await tab.goto(url)
    expect(await tab.getByRole('timer').textContent()).toMatch(/^In \d s it goes on by itself\.$/)
    await tab.getByText('taken').waitFor()
    expect(sent.splice(0)).toEqual([expected])
    await tab.close()
  })

  it('has a button without JavaScript', async () => {
    const still = await (browser as Browser).newContext({ javaScriptEnabled: false })
    const tab = await still.newPage()
    await tab.goto(url)
    expect(await tab.getByRole('timer').textContent()).toBe('In about 2 s, press the button.')
    await tab.getByRole('button', { name: 'Send again' }).click()
    await tab.getByText('taken').waitFor()
    expect(sent.splice(0)).toEqual([expected])
    await still.close()
  })
})
