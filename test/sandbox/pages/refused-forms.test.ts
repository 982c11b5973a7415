import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pages } from '../../../src/sandbox/pages/routes.tsx'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { visitor } from '../../support/sandbox/visitor.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

const forms = [...new Set(pages().routes.flatMap(({ method, path }) => (method === 'POST' ? [path] : [])))]

describe('what answers a form that was refused', () => {
  it.each(['', 'wrk_003', 'cli_05', 'opr_demo'])(
    'leads %s in the other language to a page that is there',
    async (user) => {
      expect(forms.length).toBeGreaterThan(15)
      const broken: string[] = []
      for (const form of forms) {
        const someone = visitor(market)
        if (user !== '') await someone.signIn(user)
        const refused = await someone.post(form.replaceAll(/:\w+/g, 'wrk_003'), { x: 'y' })
        expect(refused.status, form).toBeLessThan(500)
        const [, href] = /<a href="([^"]*)"[^>]*hreflang="en"/.exec(refused.html) ?? []
        if (href === undefined) continue
        const { status } = await someone.open(href.replaceAll('&amp;', '&'))
        if (status === 405) broken.push(`${form} (${refused.status}) -> ${href}`)
      }
      expect(broken).toEqual([])
    },
  )
})
