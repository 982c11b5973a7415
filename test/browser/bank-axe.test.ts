import { serve } from '@hono/node-server'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { faultsOf, standIn, unfold, type View, walksIn } from '../support/axe.ts'
import { reworded } from '../support/changed-bank.ts'
import { openBrowser } from '../support/chromium.ts'
import { decideStanding, operator, pass, rows, sit } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { shippedExam } from '../support/shipped-bank.ts'
import { tinyBank } from '../support/tiny-bank.ts'

const browser: Browser | undefined = await openBrowser()
let w: FixedWorld
let url: string
let stop: () => void
let paths: string[]

/** A bank with every type in it, twice live and once proposed. */
async function prepare(): Promise<void> {
  const bank = await shippedExam('web-writer')
  w = await fixedWorld({ bank })
  await publishExam(w.world, reworded(bank, '言い換えた問い'))
  const author = (await w.launch('aut-1', { role: 'author', name: '青木' })).token
  const lint = [
    {
      rule: 'stem/verbose',
      severity: 'warning',
      where: 'office.ja.md:3:1',
      message: '問題文が長すぎます',
      item: bank.items[0]?.id,
    },
  ]
  const { json } = await w.call('POST', '/admin/exams?note=%E7%9B%B4%E3%81%97%E3%81%9F', {
    token: author,
    body: { bank: { ...reworded(bank, '別の問い') }, lint },
  })
  const parametric = bank.items.find((item) => item.wordings.ja?.variables)
  const exam = '/staff/exams/web-writer'
  const types = [...new Set(bank.items.map(({ type }) => type))].map(
    (type) => bank.items.find((item) => item.type === type)?.id,
  )
  paths = [
    '/staff',
    '/staff/items',
    '/staff/exams',
    exam,
    `${exam}?q=SEO&difficulty=3`,
    ...[...types, parametric?.id].map((id) => `${exam}/items/${id}`),
    `${exam}/versions`,
    `/staff/proposals/${json.proposal}`,
  ]
  paths.push(`${exam}/compare?${new URLSearchParams({ from: bank.hash, to: reworded(bank, '言い換えた問い').hash })}`)
  paths.push(...(await credentialPaths()))
  const { id } = await sit({ ...w, bank: tinyBank() }, 'w-4')
  await sit({ ...w, bank: tinyBank() }, 'w-5')
  await operatorWork()
  paths.push(
    '/staff/attempts',
    `/staff/attempts?open=${id}`,
    '/staff/attempts?q=w',
    '/staff/attempts?hinted=1&q=nobody',
    '/staff/deliveries',
    '/staff/leaks',
    '/staff/leaks?q=SEO&outcome=done',
    '/staff/log',
    '/staff/sessions?ended=refused',
  )
}

/** A delivery that is no longer tried, a certificate under review, and an item that leaked. */
async function operatorWork(): Promise<void> {
  await rows(w, "update workers set name = 'W ' || worker")
  await rows(w, "update outbox set status = 'dead', settled_at = created_at where seq = (select min(seq) from outbox)")
  const { credential } = await pass({ ...w, bank: tinyBank() }, 'w-6')
  const token = await operator(w)
  await w.call('POST', `/api/staff/credentials/${credential}/case`, { token, body: { policy: 'own', note: 'odd' } })
  const leak = new URLSearchParams({ exam: 'web-writer', item: 'web-basics-031', why: '掲示板で見つかった' })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  await w.call('POST', '/staff/leaks', { token, body: leak.toString(), headers })
}

/** Certificates that stand, are held by two and were corrected. */
async function credentialPaths(): Promise<string[]> {
  const tiny = tinyBank()
  await publishExam(w.world, tiny)
  const token = await operator(w)
  const earn = async (worker: string) => (await pass({ ...w, bank: tiny }, worker)).credential
  const [active, held, corrected] = [await earn('w-1'), await earn('w-2'), await earn('w-3')]
  await w.call('POST', `/api/staff/credentials/${held}/status`, {
    token,
    body: { status: 'suspended', why: '答案が似ている' },
  })
  await decideStanding(w, 'w-2', 'suspended')
  await w.drain()
  await w.call('POST', `/api/staff/credentials/${corrected}/reissue`, { token, body: { why: '名前の誤り' } })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const kind of ['person', 'unfair'])
    await w.call('POST', `/credentials/${active}/concern`, { body: `kind=${kind}&note=odd`, headers: form })
  return ['', `/${active}?done=reinstate`, `/${held}`, `/${corrected}`, `/${active}/revoke`].map(
    (page) => `/staff/credentials${page}`,
  )
}

describe.skipIf(!browser)('the pages of those who keep banks and certificates', () => {
  beforeAll(async () => {
    await prepare()
    const { token } = await w.launch('op-1', { role: 'operator', name: '運営者' })
    const fetch = (request: Request) => {
      const headers = new Headers(request.headers)
      headers.set('authorization', `Bearer ${token}`)
      return w.app.fetch(new Request(request, { headers }))
    }
    await new Promise<void>((ready) => {
      const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (info) => {
        url = `http://127.0.0.1:${info.port}`
        ready()
      })
      stop = () => server.close()
    })
  })
  afterAll(async () => {
    await browser?.close()
    stop?.()
    await w?.close()
  })

  const views = (['ja', 'en'] as const).flatMap((locale) =>
    (['light', 'dark'] as const).flatMap((scheme) =>
      ([1280, 390] as const).map((width): View => ({ locale, scheme, width })),
    ),
  )
  it.each(walksIn(views))(
    'have no axe violation, no sideways scroll and no broken policy: $named',
    async ({ next }) => {
      const context = await (browser as Browser).newContext()
      const tab = await context.newPage()
      const wrong: string[] = []
      tab.on('pageerror', (error) => wrong.push(error.message))
      tab.on('console', (message) => message.text().includes('Content Security Policy') && wrong.push(message.text()))
      for (const path of paths) {
        const view = next()
        await context.addCookies([{ name: 'lang', value: view.locale, url }])
        await standIn(tab, view)
        const reply = await tab.goto(url + path)
        if (reply?.status() !== 200) wrong.push(`${path} ${reply?.status()}`)
        await unfold(tab)
        wrong.push(...(await faultsOf(tab)).map((fault) => `${path} in ${Object.values(view).join(' ')} ${fault}`))
      }
      await context.close()
      expect(wrong).toEqual([])
    },
  )
})
