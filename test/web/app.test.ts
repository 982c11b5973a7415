import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { calls } from '../../src/contract/kentei/calls.ts'
import { seconds } from '../../src/kernel/instant.ts'
import { memoryRates } from '../../src/platform/http/rate-limit.ts'
import { problemKinds } from '../../src/web/problem-response.ts'
import { limitPerCaller } from '../../src/web/rate-limit.ts'
import type { WebEnv } from '../../src/web/web-env.ts'
import type { World } from '../../src/world/world.ts'
import { MARKET, PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const html = { accept: 'text/html,application/xhtml+xml' }
const launchLink = async (claims: Record<string, unknown> = {}) =>
  `/launch?token=${await w.market.launchToken({ sub: 'w-1', ...claims })}`
/** The session cookie of a launch, as a browser sends it back. */
const cookieOf = async (claims: Record<string, unknown> = {}) =>
  ((await w.call('GET', await launchLink(claims))).headers.get('set-cookie') ?? '').split(';')[0] ?? ''

describe('the contract', () => {
  const documented = new Set(
    calls.map(({ method, path }) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  // other doors of a browser's own are /launch/confirm and /launch/again; anything else of a certificate is no call
  const ours = (path: string) =>
    /^\/(api|admin|webhooks|\.well-known|ims|keys|status|achievements|credentials|embed|oembed|openapi\.json|launch$)(\/|$)/.test(
      path,
    ) && !/^\/credentials\/(assets|:other)/.test(path)
  /** The forms of a file that a pattern of the router takes: `:file{crd_[A-Za-z0-9_-]+\\.(?:jwt|json)}`. */
  const formsOf = (path: string): readonly string[] => {
    const [whole, endings] = /:file\{.*?\\\.(.*)\}$/.exec(path) ?? []
    if (!whole || !endings) return [path.replaceAll(/(:\w+)\{.*?\}/g, '$1')]
    return endings
      .replace(/^\(\?:(.*)\)$/, '$1')
      .split('|')
      .map((ending) => path.replace(whole, `:id.${ending.replaceAll('\\', '')}`))
  }
  const registered = () =>
    new Set(
      w.app.routes
        .filter(({ method, path }) => method !== 'ALL' && !(method === 'POST' && path.endsWith('/concern')))
        .flatMap(({ method, path }) => formsOf(path).map((form) => `${method} ${form}`)),
    )

  it('documents every route for programs', () => {
    const undocumented = [...registered()].filter((route) => ours(route.split(' ')[1] ?? '') && !documented.has(route))
    expect(undocumented).toEqual([])
  })

  it('documents no route that there is not', () => {
    const routes = registered()
    const missing = [...documented].filter((route) => ours(route.split(' ')[1] ?? '') && !routes.has(route))
    expect(missing).toEqual([])
    expect(documented.size).toBe(calls.length)
  })

  it('answers each documented path: none falls through to "there is no such thing" without a handler', async () => {
    for (const { method, path, security, refusals } of calls) {
      const { status, headers, json } = await w.call(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'none'))
      // the Open Badges API refuses in a form of its own
      const code = refusals.includes('unauthenticated') ? 'unauthenticated' : undefined
      if (security === 'session' || security === 'service')
        expect([path, status, json?.code]).toEqual([path, 401, code])
      if (security === 'webhook') expect([path, status]).toEqual([path, 401])
      if (status >= 400)
        expect([path, headers.get('content-type')]).toEqual([
          path,
          expect.stringMatching(path.startsWith('/ims') ? /json/ : /problem\+json|text\/html/),
        ])
    }
  })

  it('is served as OpenAPI 3.1 with every operation and every code', async () => {
    const { json, status, headers } = await w.call('GET', '/openapi.json')
    expect([status, json.openapi, headers.get('access-control-allow-origin')]).toEqual([200, '3.1.0', '*'])
    for (const { method, path, success } of calls) expect(json.paths[path][method].responses[success[0]]).toBeDefined()
    expect(json.components.schemas.Problem.properties.code.enum).toEqual(Object.keys(problemKinds))
    expect(json.servers).toEqual([{ url: PLUGIN }])
  })

  it('is a page for people, with nothing from elsewhere', async () => {
    const { text, status } = await w.call('GET', '/docs')
    expect(status).toBe(200)
    for (const { path } of calls) expect(text).toContain(path)
    expect(text).not.toMatch(/(src|href)="https?:\/\/(?!kentei\.example|market\.example)/)
  })
})

describe('security headers', () => {
  it.each([
    '/',
    '/exams/tiny',
    '/docs',
    '/nothing',
    '/api/exams',
    '/api/nothing',
    '/openapi.json',
    '/.well-known/jwks.json',
    '/credentials/none',
    '/favicon.ico',
  ])('are on %s', async (path) => {
    const { headers } = await w.call('GET', path, { headers: html })
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/default-src 'none'/)
    expect(policy).not.toContain('unsafe')
    expect(policy).not.toMatch(/\*|https?:(?!\/\/)/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBeTruthy()
    expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
  })

  it('forbid to frame a page, and pages have no inline script or style', async () => {
    const cookie = await cookieOf()
    for (const path of ['/', '/exams/tiny', '/docs']) {
      const { headers, text } = await w.call('GET', path, { headers: { ...html, cookie } })
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(text).not.toMatch(/<script(?![^>]*\ssrc=)(?![^>]*type="application\/(ld\+)?json")[^>]*>/)
      expect(text).not.toMatch(/<style|\sstyle="|\son\w+="/)
    }
  })

  it('that speak of documents alone are on pages, not on what pages load', async () => {
    const { text, headers } = await w.call('GET', '/docs', { headers: html })
    const sheet = /rel="stylesheet" href="([^"]+)"/.exec(text)?.[1] ?? ''
    const ofSheet = (await w.call('GET', sheet)).headers
    expect(
      [headers, ofSheet].map((of) => ['permissions-policy', 'cross-origin-opener-policy'].map((name) => of.has(name))),
    ).toEqual([
      [true, true],
      [false, false],
    ])
    expect(ofSheet.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('are on refusals of every kind', async () => {
    const { headers } = await w.call('POST', '/webhooks/marketplace', { body: {} })
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('promise no https to a connection that is none', async () => {
    expect((await w.app.request('http://localhost/api/exams')).headers.get('strict-transport-security')).toBeNull()
  })
})

describe('a launch link', () => {
  it('leads to the exam that it names, with a cookie that no script reads and no other host gets', async () => {
    const { status, headers } = await w.call('GET', await launchLink({ exam: 'tiny', locale: 'en' }))
    expect([status, headers.get('location')]).toEqual([303, '/exams/tiny?lang=en'])
    const cookie = headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Host-kentei=/)
    const flags = cookie
      .split('; ')
      .slice(1)
      .map((flag) => flag.toLowerCase())
    expect(flags).toEqual(expect.arrayContaining(['httponly', 'secure', 'samesite=lax', 'path=/', 'max-age=28800']))
    expect(cookie).not.toMatch(/domain=/i)
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('leads to the catalogue or the staff pages where it names no exam', async () => {
    expect((await w.call('GET', await launchLink())).headers.get('location')).toBe('/?lang=ja')
    expect((await w.call('GET', await launchLink({ role: 'operator' }))).headers.get('location')).toBe('/staff?lang=ja')
  })

  it('leads nowhere else, whatever its exam is called', async () => {
    for (const exam of ['//evil.example', '../../evil', 'https://evil.example', '\r\nset-cookie: a=b']) {
      const location = (await w.call('GET', await launchLink({ exam }))).headers.get('location') ?? ''
      expect(new URL(location, PLUGIN).origin).toBe(PLUGIN)
      expect(location.startsWith('/exams/')).toBe(true)
    }
  })

  it('may be posted as a form', async () => {
    const body = new URLSearchParams({ token: await w.market.launchToken({ sub: 'w-1', exam: 'tiny' }) }).toString()
    const { status, headers } = await w.call('POST', '/launch', {
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: MARKET },
    })
    expect([status, headers.get('location')]).toEqual([303, '/exams/tiny?lang=ja'])
  })

  it('may be posted from the marketplace while another session is kept', async () => {
    const cookie = await cookieOf()
    const posted = async (sub: string) => {
      const body = new URLSearchParams({ token: await w.market.launchToken({ sub }) }).toString()
      return (
        await w.call('POST', '/launch', {
          body,
          headers: { 'content-type': 'application/x-www-form-urlencoded', origin: MARKET, cookie },
        })
      ).status
    }
    // somebody else is asked first
    expect([await posted('w-2'), await posted('w-1')]).toEqual([200, 303])
  })

  it('that is used up is explained in a page to a person, and in a problem document to a program', async () => {
    const link = await launchLink()
    await w.call('GET', link)
    const page = await w.call('GET', link, { headers: html })
    expect([page.status, page.headers.get('content-type')]).toEqual([401, expect.stringContaining('text/html')])
    expect(page.text).toContain(MARKET)
    expect(page.headers.get('set-cookie') ?? '').not.toContain('__Host-kentei')
    const problem = await w.call('GET', link)
    expect([problem.status, problem.headers.get('content-type'), problem.json.reason]).toEqual([
      401,
      'application/problem+json',
      'replayed',
    ])
    expect((await w.call('GET', '/launch')).json.code).toBe('malformed')
  })
})

describe('a session in a cookie', () => {
  const start = (headers: Record<string, string>) => w.call('POST', '/api/exams/tiny/attempts', { body: {}, headers })

  it('works from our own pages', async () => {
    expect((await start({ cookie: await cookieOf(), origin: PLUGIN })).status).toBe(201)
  })

  it.each(['https://evil.example', MARKET, 'null', `${PLUGIN}.evil.example`, 'http://kentei.example', ''])(
    'does not work for a change from the origin %j',
    async (origin) => {
      const refused = await start({ cookie: await cookieOf(), origin })
      expect([refused.status, refused.json.code]).toEqual([403, 'forbidden'])
    },
  )

  it.each(['cross-site', 'same-site', 'none'])(
    'does not work for a change without an origin whose fetch site is %s',
    async (site) => {
      expect((await start({ cookie: await cookieOf(), 'sec-fetch-site': site })).status).toBe(403)
    },
  )

  it('works for a change without an origin from the same one', async () => {
    expect((await start({ cookie: await cookieOf(), 'sec-fetch-site': 'same-origin' })).status).toBe(201)
  })

  it('works for reading from anywhere: browsers keep the reply from foreign scripts', async () => {
    const { status, headers } = await w.call('GET', '/api/exams', {
      headers: { cookie: await cookieOf(), origin: 'https://evil.example' },
    })
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, null])
  })

  it('is not asked where a bearer is shown, which no browser sends by itself', async () => {
    const { token } = await w.launch('w-2')
    const started = await w.call('POST', '/api/exams/tiny/attempts', {
      token,
      body: {},
      headers: { origin: 'https://evil.example', cookie: await cookieOf() },
    })
    expect(started.status).toBe(201)
  })

  it('is not made good by another kind of authorization', async () => {
    expect(
      (
        await w.call('POST', '/api/exams/tiny/attempts', {
          body: {},
          headers: { authorization: 'Basic eDp5', origin: 'https://evil.example', cookie: await cookieOf() },
        })
      ).status,
    ).toBe(403)
  })
})

describe('what is not there', () => {
  it.each(['/nothing', '/exams/none', '/credentials/none', '/attempts/none'])(
    'is a page for a person: %s',
    async (path) => {
      const { status, headers, text } = await w.call('GET', path, { headers: { ...html, cookie: await cookieOf() } })
      expect([status, headers.get('content-type')]).toEqual([404, expect.stringContaining('text/html')])
      expect(text).toContain('<main')
    },
  )

  it.each(['/api/nothing', '/webhooks/other', '/.well-known/other', '/admin/nothing', '/keys/none', '/assets/none.js'])(
    'is a problem document for a program: %s',
    async (path) => {
      const { status, headers, json } = await w.call('GET', path, { headers: html })
      expect([status, headers.get('content-type'), json?.code]).toEqual([404, 'application/problem+json', 'not-found'])
    },
  )
})

describe('another method than an address has', () => {
  it.each([
    ['PUT', '/api/credentials/verify/batch', 'POST'],
    ['POST', '/status/1', 'GET, HEAD'],
    ['GET', '/api/session', 'POST, DELETE'],
    ['PATCH', '/.well-known/did.json', 'GET, HEAD'],
  ])('is refused to a program with those it has: %s %s', async (method, path, allow) => {
    const { status, headers, json } = await w.call(method, path)
    expect([status, headers.get('allow'), json?.code, json?.allow]).toEqual([
      405,
      allow,
      'method-not-allowed',
      allow.split(', '),
    ])
  })

  it('is a page for a person', async () => {
    const { status, headers, text } = await w.call('POST', '/credentials/none', { headers: html })
    expect([status, headers.get('allow'), text.includes('<main')]).toEqual([405, 'GET, HEAD', true])
  })
})

describe('a failure of ours', () => {
  const broken = () => {
    const failures: object[] = []
    const db = new Proxy(w.db, {
      get: () => () => {
        throw new Error('disk on fire at /var/lib/kentei with token=xyz')
      },
    })
    return {
      failures,
      app: createApp({
        openWorld: () => ({ ...w.world, db }) as World,
        logFailure: (failure) => failures.push(failure),
      }),
    }
  }

  it('is a problem document without details, and is logged with its method and route, and nothing that it says', async () => {
    const { token } = await w.launch('w-1')
    const { app, failures } = broken()
    const response = await app.request(`${PLUGIN}/api/exams?secret=1`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(JSON.parse(text)).toEqual({
      type: 'urn:kentei:problem:internal',
      title: expect.any(String),
      status: 500,
      code: 'internal',
    })
    const line = {
      time: expect.any(String),
      level: 'error',
      event: 'request-failed',
      method: 'GET',
      route: '/api/exams',
      status: 500,
      request: expect.any(String),
      error: 'Error',
      at: expect.any(Array),
    }
    expect(failures).toEqual([line])
    for (const said of [token, 'disk', 'xyz', 'secret']) expect(JSON.stringify(failures)).not.toContain(said)
  })

  it('is a page for a person', async () => {
    const cookie = await cookieOf()
    const { app, failures } = broken()
    const response = await app.request(`${PLUGIN}/exams/tiny`, { headers: { ...html, cookie } })
    expect([response.status, response.headers.get('content-type')]).toEqual([500, expect.stringContaining('text/html')])
    const text = await response.text()
    expect(text).not.toMatch(/disk|fire|Error|\.ts/)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(failures).toHaveLength(1)
  })

  it('to open the world is one too', async () => {
    const failures: object[] = []
    const app = createApp({
      openWorld: () => Promise.reject(new Error('no database')),
      logFailure: (failure) => failures.push(failure),
    })
    for (const path of ['/', '/api/exams']) {
      const response = await app.request(`${PLUGIN}${path}`)
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([500, 'internal'])
    }
    expect(failures).toHaveLength(2)
  })
})

describe('a rate limit', () => {
  const limited = () => {
    const rates = memoryRates()
    const app = new Hono<WebEnv & { Bindings: { clientAddress?: string } }>()
    app.use(async (c, next) => {
      c.set('world', w.world)
      c.set('rates', rates)
      const worker = c.req.header('x-worker')
      c.set('claim', worker ? { id: 'ses_1', worker, expiresAt: w.clock.now } : undefined)
      await next()
    })
    app.use(limitPerCaller({ name: 'few', perMinute: 3 }))
    app.get('/', (c) => c.text('here'))
    return (clientAddress = '192.0.2.1', headers: Record<string, string> = {}) =>
      app.request('/', { headers }, { clientAddress })
  }

  it('tells what is left, refuses the one too many with the time to wait, and forgets after a minute', async () => {
    const ask = limited()
    for (const [left, resets] of [
      [2, 60],
      [1, 55],
      [0, 50],
    ]) {
      const { status, headers } = await ask()
      expect([status, headers.get('ratelimit-policy'), headers.get('ratelimit')]).toEqual([
        200,
        '"few";q=3;w=60',
        `"few";r=${left};t=${resets}`,
      ])
      w.clock.advance(seconds(5))
    }
    const refused = await ask()
    expect([refused.status, refused.headers.get('content-type'), refused.headers.get('retry-after')]).toEqual([
      429,
      'application/problem+json',
      '45',
    ])
    expect([refused.headers.get('ratelimit-policy'), refused.headers.get('ratelimit')]).toEqual([
      '"few";q=3;w=60',
      '"few";r=0;t=45',
    ])
    expect(await refused.json()).toMatchObject({ code: 'rate-limited', retryAfterSeconds: 45 })
    w.clock.advance(seconds(45))
    expect((await ask()).status).toBe(200)
  })

  it('is each caller’s own: the worker of a session, else the connection; headers are not believed', async () => {
    const ask = limited()
    for (let n = 0; n < 3; n++) await ask()
    expect((await ask('192.0.2.1', { 'x-forwarded-for': '198.51.100.7', forwarded: 'for=198.51.100.7' })).status).toBe(
      429,
    )
    expect((await ask('192.0.2.2')).status).toBe(200)
    expect((await ask('192.0.2.1', { 'x-worker': 'w-1' })).status).toBe(200)
  })

  it('stands on every reply of the service', async () => {
    const { headers } = await w.call('GET', '/api/exams')
    expect(headers.get('ratelimit-policy')).toMatch(/^"requests";q=\d+;w=60$/)
    expect(headers.get('ratelimit')).toMatch(/^"requests";r=\d+;t=\d+$/)
  })

  it('tells both where verifications have one of their own, readable from any web page', async () => {
    const { headers } = await w.call('POST', '/api/credentials/verify', {
      body: { credential: 'x' },
      headers: { origin: 'https://anywhere.example' },
    })
    expect(headers.get('ratelimit')).toMatch(/^"verifications";r=\d+;t=\d+, "requests";r=\d+;t=\d+$/)
    expect(headers.get('access-control-expose-headers')).toContain('RateLimit')
  })
})

describe('a service of this machine alone', () => {
  const ask = async (origin: string, address: string) => {
    const app = createApp({ openWorld: () => ({ ...w.world, settings: { ...w.world.settings, origin } }) })
    const reply = await app.request(`${address}/docs`)
    return [address, reply.status, reply.status === 200 || (await reply.text())] as const
  }
  const own = 'http://localhost:8787'

  it('answers to no name that is pointed at it', async () => {
    const told = 'This service runs for its own machine alone and answers to http://localhost:8787 only.\n'
    for (const address of [
      'http://evil.example:8787',
      'http://localhost.evil.example:8787',
      'http://0.0.0.0:8787',
      'http://mylocalhost:8787',
    ])
      expect(await ask(own, address)).toEqual([address, 421, told])
  })

  it('answers to the names of this machine, and one that others reach to whatever leads to it', async () => {
    for (const address of [own, 'http://127.0.0.1:8787', 'http://[::1]:8787'])
      expect(await ask(own, address)).toEqual([address, 200, true])
    expect(await ask(PLUGIN, 'https://kentei.workers.example')).toEqual(['https://kentei.workers.example', 200, true])
  })
})
