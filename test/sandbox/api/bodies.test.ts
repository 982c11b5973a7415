import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brokenForms, formRoutes } from '../../support/broken-forms.ts'
import { MARKET } from '../../support/sandbox/fake-plugin.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { tooLarge } from '../../support/too-large.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

const LIMIT = 65_536

describe('a body that is larger than the marketplace takes', () => {
  it('is refused with 413 on every route, however its length is declared, and no more of it is read', async () => {
    const answers = []
    for (const { method, path, way, init, asked } of tooLarge(market.app, LIMIT + 1)) {
      const response = await market.app.request(`${MARKET}${path}`, init)
      answers.push([
        method,
        path,
        way,
        response.status,
        (asked?.bytes ?? 0) < 4 * LIMIT,
        response.headers.get('connection'),
      ])
    }
    expect(answers.length).toBeGreaterThan(150)
    expect(answers.filter(([, , , ...rest]) => JSON.stringify(rest) !== '[413,true,"close"]')).toEqual([])
  })

  it('is told to programs as a problem, and to people in a page', async () => {
    const body = 'x'.repeat(LIMIT + 1)
    const [program, person] = await Promise.all(
      ['/v1/jobs', '/sign-in'].map((path) => market.app.request(`${MARKET}${path}`, { method: 'POST', body })),
    )
    expect([program?.headers.get('content-type'), await program?.json()]).toMatchObject([
      'application/problem+json',
      { code: 'payload-too-large', limitBytes: LIMIT },
    ])
    expect(await person?.text()).toContain('送られた内容が大きすぎます')
  })
})

describe('a form that cannot be read', () => {
  it('is refused with 400 on every route', async () => {
    const answers = []
    for (const path of formRoutes(market.app))
      for (const [name, headers, body] of brokenForms) {
        const response = await market.app.request(`${MARKET}${path}`, {
          method: 'POST',
          headers: { ...headers, 'sec-fetch-site': 'same-origin' },
          body,
        })
        answers.push([path, name, response.status])
      }
    expect(answers.length).toBeGreaterThan(200)
    expect(answers.filter(([, , status]) => status !== 400)).toEqual([])
  })
})
