import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as styles from '../../../src/sandbox/pages/styles.ts'
import { MOST_STYLE_BYTES, styleWeight } from '../../support/page-weight.ts'
import { MARKET } from '../../support/sandbox/fake-plugin.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'

let market: Market
let job: string
beforeAll(async () => {
  market = await openMarket()
  const { json } = await market.call('GET', '/v1/jobs?limit=1')
  job = json.jobs[0].id
})
afterAll(() => market.close())

/** Signs a person in and gets pages as they see them. */
async function signedIn(user: string | undefined) {
  const body = new URLSearchParams({ user: user ?? '', next: '' })
  const answer =
    user && (await market.app.request(`${MARKET}/sign-in`, { method: 'POST', body, headers: { origin: MARKET } }))
  const cookie = answer
    ? answer.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; ')
    : ''
  return async (path: string) => market.app.request(`${MARKET}${path}`, { headers: { cookie } })
}

const pages: readonly (readonly [user: string | undefined, paths: readonly string[]])[] = [
  [
    undefined,
    ['/', '/sign-in', '/workers', '/workers/wrk_001', '/ranking', '/jobs', '/jobs/:job', '/docs', '/nothing'],
  ],
  ['wrk_001', ['/work', '/me', '/jobs', '/clients/cli_04']],
  ['cli_04', ['/hiring', '/me', '/jobs/new', '/contracts/new?worker=wrk_001']],
]

it.each(['ja', 'en'])(
  'the styles of each page of the marketplace in %s are one sheet of at most 6 KB',
  async (lang) => {
    for (const [user, paths] of pages) {
      const get = await signedIn(user)
      for (const path of paths.map((one) => one.replace(':job', job))) {
        const { sheets, bytes } = await styleWeight(get, `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
        expect([user, path, sheets.length, bytes > 0, bytes <= MOST_STYLE_BYTES]).toEqual([user, path, 1, true, true])
      }
    }
  },
)

it.each(Object.entries(styles).filter(([name]) => name !== 'operatorsStyles'))(
  '%s weigh at most 6 KB',
  (_, { body }) => {
    expect(gzipSync(body).length).toBeLessThanOrEqual(MOST_STYLE_BYTES)
  },
)
