import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { compressing } from '../../src/node/listen.ts'

const LONG = '検定の証明書。'.repeat(400)
const ask = (response: () => Response, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  compressing(() => response())(
    new Request('https://kentei.example/', { method, headers: { 'accept-encoding': 'gzip, br', ...headers } }),
    {},
  )
const page =
  (headers: Readonly<Record<string, string>> = {}) =>
  () =>
    new Response(LONG, {
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', ...headers },
    })
const encodingOf = async (answer: Response | Promise<Response>) => (await answer).headers.get('content-encoding')

describe('a page that anybody may read', () => {
  it('is compressed for who can read that, and says that it varies', async () => {
    const answer = await ask(page({ vary: 'accept-language', etag: '"abc"' }))
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-encoding': 'gzip',
      vary: 'accept-language, Accept-Encoding',
      etag: 'W/"abc"',
    })
    expect(gunzipSync(await answer.arrayBuffer()).toString()).toBe(LONG)
  })

  it('comes as it is to who cannot, and varies all the same', async () => {
    const answer = await ask(page({ etag: '"abc"' }), { 'accept-encoding': 'identity' })
    expect([answer.headers.get('content-encoding'), answer.headers.get('vary'), answer.headers.get('etag')]).toEqual([
      null,
      'Accept-Encoding',
      '"abc"',
    ])
    expect(await answer.text()).toBe(LONG)
  })
})

describe('a page of one person', () => {
  const mine = page({ 'cache-control': 'no-store' })
  it.each(['same-origin', 'none'])('is compressed when the browser says %s', async (site) => {
    expect(await encodingOf(ask(mine, { 'sec-fetch-site': site }))).toBe('gzip')
  })
  const foreign: readonly Readonly<Record<string, string>>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    {},
  ]
  it.each(foreign)('is not compressed where another site could have made the browser ask: %o', async (headers) => {
    expect(await encodingOf(ask(mine, headers))).toBeNull()
  })
})

it.each([
  ['an answer to a program', () => Response.json({ text: LONG }, { headers: { 'cache-control': 'no-cache' } })],
  ['an event stream', page({ 'content-type': 'text/event-stream' })],
  ['a picture that is compressed already', page({ 'content-type': 'image/png' })],
  ['an answer that is encoded already', page({ 'content-encoding': 'br' })],
  ['a short file', page({ 'content-length': '136' })],
])('%s stays as it is', async (_, response) => {
  expect(await encodingOf(ask(response))).toBe(response().headers.get('content-encoding'))
})

it('an answer to a form is handed on', async () => {
  expect(await encodingOf(ask(page(), {}, 'POST'))).toBeNull()
})
