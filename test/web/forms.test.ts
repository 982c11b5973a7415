import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MOST_FIELDS } from '../../src/platform/http/refuse-unreadable.ts'
import { brokenForms, formRoutes } from '../support/broken-forms.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeAll(async () => {
  w = await fixedWorld()
})
afterAll(() => w.close())

describe('a form that cannot be read', () => {
  it('is refused with 400 on every route, whoever sends it, and is no failure of ours', async () => {
    const sessions = [
      undefined,
      ...(await Promise.all(
        (['worker', 'author', 'operator'] as const).map(async (role) => (await w.launch(`${role}-1`, { role })).token),
      )),
    ]
    const answers = []
    for (const path of formRoutes(w.app))
      for (const token of sessions)
        for (const [name, headers, body] of brokenForms) {
          const response = await w.app.request(`${PLUGIN}${path}`, {
            method: 'POST',
            headers: { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
            body,
          })
          answers.push([path, name, response.status])
        }
    expect(answers.length).toBeGreaterThan(500)
    // some need another session first
    expect(answers.filter(([, , status]) => status !== 400)).toEqual([])
    expect(w.failures).toEqual([])
  })

  it('is told to programs as a problem, and to people in a page', async () => {
    const [, headers, body] = brokenForms[0] as (typeof brokenForms)[number]
    const [program, person] = await Promise.all(
      ['/launch', '/exams/tiny/start'].map(async (path) =>
        w.app.request(`${PLUGIN}${path}`, { method: 'POST', headers, body }),
      ),
    )
    expect([program?.headers.get('content-type'), await program?.json()]).toMatchObject([
      'application/problem+json',
      { code: 'unreadable', status: 400 },
    ])
    expect(await person?.text()).toContain('送られた内容を読み取れませんでした')
  })
})

describe('an address with a control character in it', () => {
  it('leads nowhere, on every route, and is no failure of ours', async () => {
    const operator = await w.launch('op-1', { role: 'operator' })
    for (const path of formRoutes(w.app).filter((path) => /\/x(\/|$)/.test(path)))
      for (const sign of ['%00', 'a%0d%0aset-cookie:%20a=b', '%7f']) {
        const { status, headers } = await w.call('POST', path.replaceAll(/\/x(?=\/|$)/g, `/${sign}`), {
          token: operator.token,
          body: '',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        })
        expect([path, sign, status, headers.get('set-cookie')]).toEqual([path, sign, 404, null])
      }
    expect(w.failures).toEqual([])
  })
})

describe('an address with several slashes in front', () => {
  it.each(['//evil.example/x', '///evil.example', '/\\evil.example/x', '/.//evil.example/', '/x/..//evil.example/x'])(
    'leads to the one with a single slash, in whatever form it is sent: %s',
    async (path) => {
      for (const method of ['GET', 'POST'] as const) {
        const { status, headers } = await w.app.request(`http://kentei.test${path}?a=b`, { method })
        expect([method, status, headers.get('location')]).toMatchObject([
          method,
          308,
          expect.stringMatching(/^\/evil\.example(\/x?)?\?a=b$/),
        ])
      }
    },
  )
})

describe('a form of many fields', () => {
  it('is refused before it is read, and one with fewer is read', async () => {
    const { token } = await w.launch('w-1')
    const send = (fields: number) =>
      w.call('POST', '/attempts/att_1', {
        token,
        body: 'a=&'.repeat(fields),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    expect((await send(MOST_FIELDS + 1)).status).toBe(400)
    expect((await send(MOST_FIELDS)).status).toBe(404)
    const parts = Array.from(
      { length: MOST_FIELDS + 2 },
      () => '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n',
    ).join('')
    const operator = await w.launch('op-1', { role: 'operator' })
    expect(
      (
        await w.call('POST', '/staff/desk/tiny/import', {
          token: operator.token,
          body: `${parts}--b--\r\n`,
          headers: { 'content-type': 'multipart/form-data; boundary=b' },
        })
      ).status,
    ).toBe(400)
  })
})
