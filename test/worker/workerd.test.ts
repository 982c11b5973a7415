import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { importJWK, type JWK, SignJWT } from 'jose'
import type { Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { squareBadgeSvg } from '../../src/credential/badge-artwork.ts'
import { bakePng } from '../../src/credential/baked-badge.ts'
import type { PresentedSection } from '../../src/form/form.ts'
import { type Instant, instant } from '../../src/kernel/instant.ts'
import { createPress } from '../../src/web/public/image-routes.ts'
import type { StoredKey } from '../../src/world/settings.ts'
import { brokenForms } from '../support/broken-forms.ts'
import { builtRenderingAssets } from '../support/built.ts'
import { openDeployedWorker } from '../support/deployed-worker.ts'
import { FakeMarket, PLUGIN } from '../support/fake-market.ts'
import type { TradeEvent } from '../support/fake-trade.ts'
import { fixedWorld } from '../support/fixed-world.ts'
import { modelSaves } from '../support/model-answer.ts'
import { readStatusListBit } from '../support/read-status-bit.ts'
import { testEnvironment } from '../support/test-settings.ts'
import { tinyBank } from '../support/tiny-bank.ts'

// the Worker has the real clock, so the marketplace has it too
const market = await FakeMarket.open(() => instant(Date.now()))
const bank = tinyBank()
let miniflare: Miniflare
let d1: D1Database
let keys: StoredKey[]

beforeAll(async () => {
  const environment = await testEnvironment({ KENTEI_SECURITY_CONTACT: 'mailto:security@kentei.example' })
  keys = JSON.parse(environment.KENTEI_KEYS as string)
  const opened = await openDeployedWorker(environment, async (request) =>
    market.fetch(request.url, {
      method: request.method,
      headers: Object.fromEntries(request.headers),
      body: (await request.text()) || undefined,
    }),
  )
  miniflare = opened.miniflare
  d1 = opened.d1
})
afterAll(() => miniflare?.dispose())

async function call(
  method: string,
  path: string,
  { token, body, headers = {} }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
) {
  const response = await miniflare.dispatchFetch(`${PLUGIN}${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
  const json: any = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined
  return { status: response.status, text, json, headers: response.headers }
}

/** A token of the product's own service key, as `kentei publish --to` signs it. */
async function publisherToken(change: Record<string, unknown> = {}): Promise<string> {
  const key = keys.find(({ use }) => use === 'service')?.jwk as JWK
  const iat = Math.floor(Date.now() / 1_000)
  return new SignJWT({
    iss: PLUGIN,
    aud: PLUGIN,
    iat,
    exp: iat + 300,
    jti: `publish-${crypto.randomUUID()}`,
    scope: 'exams:publish',
    ...change,
  })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid as string, typ: 'service+jwt' })
    .sign(await importJWK({ ...key, use: undefined } as JWK, 'ES256'))
}

/** Runs the cron trigger as at a time. */
async function cron(at: number): Promise<void> {
  const worker = (await miniflare.getWorker()) as unknown as {
    scheduled(options: { scheduledTime: Date; cron: string }): Promise<{ outcome: string }>
  }
  expect((await worker.scheduled({ scheduledTime: new Date(at), cron: '* * * * *' })).outcome).toBe('ok')
}

async function startAs(worker: string) {
  const opened = await call('POST', '/api/session', { body: { token: await market.launchToken({ sub: worker }) } })
  expect(opened.status).toBe(201)
  const token = opened.json.session as string
  const started = await call('POST', '/api/exams/tiny/attempts', { token, body: { locale: 'ja' } })
  expect(started.status).toBe(201)
  return {
    token,
    attempt: started.json as { id: string; lease: string; deadline: string; sections: PresentedSection[] },
  }
}

/** What a body of 2 MB comes to whose length is declared, or that comes in pieces. */
async function sendTooMuch(method: string, path: string, way: 'declared' | 'in pieces') {
  const text = 'x'.repeat(2_097_152)
  const large = way === 'declared' ? { body: text } : { body: new Blob([text]).stream(), duplex: 'half' }
  const response = await miniflare.dispatchFetch(`${PLUGIN}${path}`, { method, ...large } as never)
  await response.text()
  return response.status
}

/** Who is refused before all is sent may find the connection closed before the answer is read: then they ask again. */
async function untilAnswered(send: () => Promise<number>): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await send()
    } catch (error) {
      if (
        tries === 10 ||
        !/EPIPE|ECONNRESET|UND_ERR_SOCKET/.test(
          String((error as { cause?: { code?: string } }).cause?.code ?? (error as { code?: string }).code),
        )
      )
        throw error
    }
  }
}

describe('the Worker as it is deployed', () => {
  it.each([
    ['POST', '/api/session'],
    ['POST', '/launch'],
    ['PUT', '/api/attempts/att_1/responses'],
    ['POST', '/exams/tiny/start'],
    ['POST', '/attempts/att_1'],
    ['POST', '/admin/exams'],
    ['POST', '/api/credentials/verify/batch'],
    ['DELETE', '/api/workers/w-1'],
  ])('reads no body that is larger than its route takes: %s %s', async (method, path) => {
    for (const way of ['declared', 'in pieces'] as const)
      expect([way, await untilAnswered(() => sendTooMuch(method, path, way))]).toEqual([way, 413])
  })

  it('refuses a form that cannot be read, and fails on none', async () => {
    for (const path of ['/launch', '/exams/tiny/start', '/staff/desk/tiny/import', '/credentials/crd_1/concern'])
      for (const [name, headers, body] of brokenForms) {
        const { status } = await miniflare.dispatchFetch(`${PLUGIN}${path}`, { method: 'POST', headers, body })
        expect([path, name, status]).toEqual([path, name, 400])
      }
  })

  it('takes an exam from whoever holds its service key, and from nobody else, and publishes it when another person approves', async () => {
    expect((await call('POST', '/admin/exams', { body: bank })).status).toBe(401)
    expect(
      (await call('POST', '/admin/exams', { body: bank, token: await publisherToken({ scope: 'events:read' }) }))
        .status,
    ).toBe(401)
    expect(
      (await call('POST', '/admin/exams', { body: bank, token: await market.serviceToken('exams:publish') })).status,
    ).toBe(401)
    expect((await call('POST', '/admin/exams', { body: bank, token: await publisherToken() })).status).toBe(422)
    const handedIn = await call('POST', '/admin/exams?author=aut_1', { body: bank, token: await publisherToken() })
    expect(handedIn).toMatchObject({ status: 201, json: { exam: 'tiny', hash: bank.hash, state: 'waiting' } })
    const sessionOf = async (sub: string) =>
      (await call('POST', '/api/session', { body: { token: await market.launchToken({ sub, role: 'author' }) } })).json
        .session as string
    const approve = async (by: string) =>
      call('POST', `/api/staff/proposals/${handedIn.json.proposal}/approve`, {
        token: await sessionOf(by),
        body: { against: '' },
      })
    expect((await approve('aut_1')).json.code).toBe('own-proposal')
    expect((await call('GET', '/api/exams', { token: await sessionOf('aut_1') })).json.exams).toEqual([])
    expect((await approve('aut_2')).status).toBe(200)
  })

  it('carries a pass from the launch to the certificate and to the marketplace', async () => {
    // the nightly round begins before anybody has passed, and asks about nobody
    await cron(Date.now())
    const { token, attempt } = await startAs('wrk_edge')
    const saved = await call('PUT', `/api/attempts/${attempt.id}/responses`, {
      token,
      body: { lease: attempt.lease, saves: modelSaves(bank, attempt.sections) },
    })
    expect(saved.json.results.map(({ status }: { status: string }) => status)).toEqual(Array(8).fill('saved'))
    const result = await call('POST', `/api/attempts/${attempt.id}/submit`, { token, body: { lease: attempt.lease } })
    expect(result.json).toMatchObject({ status: 'graded', passed: true, score: 100 })
    const credential = result.json.credential as string

    // many crons at once deliver what is left, and nothing twice
    await Promise.all(Array.from({ length: 5 }, () => cron(Date.now())))
    // seals of the log of acts are sent by the clock
    const events = () => market.events.filter(({ type }) => type !== 'audit.sealed')
    const calls = () => market.contractCalls.map(({ method, path, status }) => `${method} ${path} ${status}`)
    // a call that a busy machine answers too late is repeated
    await expect
      .poll(() => [[...new Set(calls())], new Set(events().map(({ id }) => id)).size])
      .toEqual([
        [
          'GET /v1/workers/wrk_edge/standing 200',
          `PUT /v1/workers/wrk_edge/badges/${credential} 200`,
          'PUT /v1/workers/wrk_edge/ranking-signals/tiny 200',
        ],
        1,
      ])
    expect(events()[0]).toMatchObject({ type: 'credential.issued', data: { credential } })

    const jwt = (await call('GET', `/credentials/${credential}.jwt`)).text
    expect((await call('POST', '/api/credentials/verify', { body: { credential: jwt } })).json.verdict).toBe('valid')
    const list = await call('GET', '/status/1')
    expect(list.headers.get('content-type')).toContain('vc+jwt')
    expect(
      await readStatusListBit({
        list: list.text,
        credential: jwt,
        jwks: (await call('GET', '/.well-known/jwks.json')).json,
      }),
    ).toBe(0)
  })

  it('says where flaws are reported, as the operator has set it', async () => {
    const { headers, text } = await call('GET', '/.well-known/security.txt')
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(text).toMatch(
      new RegExp(
        `^Contact: mailto:security@kentei\\.example\nExpires: \\d{4}-\\d\\d-\\d\\dT00:00:00\\.000Z\n[^]*Policy: ${PLUGIN}/about/security\n$`,
      ),
    )
  })

  it('shows the documents, which lie beside its bundle', async () => {
    const { status, text } = await call('GET', '/docs/integrate?lang=en')
    expect(status).toBe(200)
    expect(text).toContain('id="verify"')
    expect((await call('GET', '/docs/img/rooms.svg')).text).toContain('<svg')
    const led = [...text.matchAll(/href="(\/docs[^"#?]*)/g)].map(([, path = '']) => path)
    expect(led).toEqual(expect.arrayContaining(['/docs/verify', '/docs/operate', '/docs/author', '/docs/architecture']))
    for (const path of new Set(led)) expect((await call('GET', path)).status, path).toBe(200)
  })

  it('has beside its bundle all sentences of its pages in every language', async () => {
    const pages = await readFile('src/web/ui/message.ts', 'utf8')
    const subjects = [...pages.matchAll(/texts\/([\w-]+)\?texts/g)].map(([, subject]) => subject)
    const [head = ''] = (await readFile('dist/worker/strings.data', 'utf8')).split('\n', 1)
    expect(subjects.length).toBeGreaterThan(10)
    const needed = subjects.flatMap((subject) => ['ja', 'en'].map((tag) => `texts src/texts/${subject} ${tag}`))
    expect(Object.keys(JSON.parse(head))).toEqual(expect.arrayContaining(needed))
  })

  it('describes its calls as Node does, though it cannot make the schemas', async () => {
    const onNode = await fixedWorld()
    expect((await call('GET', '/openapi.json')).json).toEqual((await onNode.call('GET', '/openapi.json')).json)
    await onNode.close()
  })

  it('draws the images of a certificate to the byte as Node does, for many at once', async () => {
    const row = (await d1
      .prepare('select id, exam, title, level, issued_at as issuedAt, jwt from credentials')
      .first()) as {
      id: string
      exam: string
      title: string
      level: 1
      issuedAt: Instant
      jwt: string
    }
    const image = async () => {
      const response = await miniflare.dispatchFetch(`${PLUGIN}/credentials/${row.id}.png?lang=ja`)
      return [response.status, Buffer.from(await response.arrayBuffer()).toString('base64')]
    }
    const images = await Promise.all(Array.from({ length: 20 }, image))
    const press = createPress()
    const badge = {
      id: row.id,
      exam: row.exam,
      title: JSON.parse(row.title).ja,
      level: row.level,
      issuedAt: row.issuedAt,
      state: 'active',
      parts: [],
      locale: 'ja',
      placement: 'file',
      glyphs: await press.glyphs(builtRenderingAssets),
    } as const
    const onNode = await press.print(builtRenderingAssets, 'x', {
      svg: squareBadgeSvg(badge),
      width: 600,
      finish: (png) => bakePng(png, row.jwt),
    })
    for (const one of images) expect(one).toEqual([200, Buffer.from(onNode).toString('base64')])
    expect((await call('GET', `/credentials/${row.id}/share.png`)).status).toBe(200)
  })

  it('gathers evidence, puts a certificate under review and reconciles', async () => {
    const { id } = (await d1.prepare('select id from credentials').first()) as { id: string }
    const tell = async (event: TradeEvent) => {
      const { headers, body } = await market.webhook(event)
      const response = await miniflare.dispatchFetch(`${PLUGIN}/webhooks/marketplace`, {
        method: 'POST',
        headers,
        body,
      })
      expect([response.status, await response.json()]).toEqual([200, { applied: true }])
    }
    await tell(market.trade.form('c-1', { worker: 'wrk_edge', exam: 'tiny', client: 'a' }))
    await tell(market.trade.release('c-1'))
    await tell(market.trade.reveal('c-1'))
    // what one request leaves behind, the next minute's cron sends
    const eventually = (look: () => unknown) =>
      expect.poll(async () => {
        await cron(Date.now())
        return look()
      })
    const evidence = async () =>
      (
        await call('GET', '/api/workers/wrk_edge/credentials', {
          headers: { authorization: `Bearer ${await market.serviceToken('credentials:read')}` },
        })
      ).json.credentials[0].evidence
    await eventually(evidence).toEqual({ contracts: 1, clients: 1 })
    await eventually(() => [...market.trade.contexts]).toEqual([['c-1', id]])
    await tell(market.trade.refund('c-1'))
    await eventually(evidence).toEqual({ contracts: 0, clients: 0 })
    expect(await d1.prepare('select version from review_evidence').first()).toEqual({ version: 1 })

    const operator = (
      await call('POST', '/api/session', {
        body: { token: await market.launchToken({ sub: 'opr_1', role: 'operator' }) },
      })
    ).json.session as string
    const shown = () => market.badges.get(`wrk_edge ${id}`)?.body.status
    expect(
      (
        await call('POST', `/api/staff/credentials/${id}/case`, {
          token: operator,
          body: { policy: 'outside-help', note: 'x' },
        })
      ).status,
    ).toBe(201)
    await eventually(() => [shown(), market.trade.cases.size]).toEqual(['suspended', 1])
    await tell(market.trade.decideCase('case-1', 'no-action'))
    await eventually(shown).toBe('active')
    // the marketplace has it before the Worker has noted that it was delivered: what is under way is not sent again
    await eventually(() => d1.prepare("select count(*) as n from outbox where status = 'pending'").first()).toEqual({
      n: 0,
    })

    market.badges.clear()
    market.signals.clear()
    expect((await call('POST', '/api/staff/reconcile', { token: operator })).json).toMatchObject({
      workers: 1,
      finished: true,
    })
    await eventually(shown).toBe('active')
  })

  it('publishes a revocation as one bit of the list', async () => {
    const operator = (
      await call('POST', '/api/session', {
        body: { token: await market.launchToken({ sub: 'opr_1', role: 'operator' }) },
      })
    ).json.session as string
    const { id } = (await d1.prepare('select id from credentials').first()) as { id: string }
    const jwt = (await call('GET', `/credentials/${id}.jwt`)).text
    expect(
      (
        await call('POST', `/api/staff/credentials/${id}/status`, {
          token: operator,
          body: { status: 'revoked', why: 'decided on appeal' },
        })
      ).json,
    ).toMatchObject({ status: 'revoked' })
    expect(
      await readStatusListBit({
        list: (await call('GET', '/status/1')).text,
        credential: jwt,
        jwks: (await call('GET', '/.well-known/jwks.json')).json,
      }),
    ).toBe(1)
    expect((await call('POST', '/api/credentials/verify', { body: { credential: jwt } })).json.verdict).toBe('revoked')
  })

  it('lets nobody act on their own attempt or certificate, in whatever role', async () => {
    const { attempt } = await startAs('wrk_edge_operator')
    const { id } = (await d1.prepare('select id from credentials').first()) as { id: string }
    const sessionOf = async (sub: string) =>
      (await call('POST', '/api/session', { body: { token: await market.launchToken({ sub, role: 'operator' }) } }))
        .json.session as string
    const state = async () =>
      (
        await d1.batch(
          ['attempts', 'credentials', 'workers', 'attempt_events'].map((table) => d1.prepare(`select * from ${table}`)),
        )
      ).map(({ results }) => results)
    const before = await state()
    const [sitter, holder] = [await sessionOf('wrk_edge_operator'), await sessionOf('wrk_edge')]
    const why = 'because'
    for (const [token, method, path, body] of [
      [sitter, 'POST', `/api/staff/attempts/${attempt.id}/deadline`, { minutes: 5, why }],
      [sitter, 'POST', `/api/staff/attempts/${attempt.id}/void`, { why }],
      [sitter, 'PUT', '/api/staff/workers/wrk_edge_operator/accommodation', { timeMultiplier: 2, why }],
      [holder, 'POST', `/api/staff/credentials/${id}/status`, { status: 'suspended', why }],
      [holder, 'POST', `/api/staff/credentials/${id}/reissue`, { why }],
      [holder, 'POST', `/api/staff/credentials/${id}/case`, { policy: 'own', note: why }],
    ] as const)
      expect([path, (await call(method, path, { token, body })).json]).toMatchObject([
        path,
        { status: 403, code: 'own-case' },
      ])
    expect(await state()).toEqual(before)
    // others may
    expect(
      (await call('POST', `/api/staff/attempts/${attempt.id}/void`, { token: holder, body: { why } })).status,
    ).toBe(200)
  })

  it('closes overdue attempts by cron, at their deadline', async () => {
    const { token, attempt } = await startAs('wrk_late')
    await call('PUT', `/api/attempts/${attempt.id}/responses`, {
      token,
      body: { lease: attempt.lease, saves: modelSaves(bank, attempt.sections) },
    })
    await cron(Date.parse(attempt.deadline) - 60_000)
    expect((await d1.prepare('select status from attempts where id = ?').bind(attempt.id).first())?.status).toBe('open')
    await cron(Date.parse(attempt.deadline) + 2 * 86_400_000)
    const result = await call('GET', `/api/attempts/${attempt.id}/result`, { token })
    expect(result.json).toMatchObject({
      status: 'graded',
      reason: 'deadline',
      closedAt: attempt.deadline,
      passed: true,
      score: 100,
    })
  })

  it('answers fifty concurrent launches', async () => {
    const tokens = await Promise.all(Array.from({ length: 50 }, (_, i) => market.launchToken({ sub: `wrk_many_${i}` })))
    const replies = await Promise.all(tokens.map((token) => call('POST', '/api/session', { body: { token } })))
    expect(replies.filter(({ status }) => status !== 201).map(({ status, text }) => `${status} ${text}`)).toEqual([])
  })

  it('refuses a launch from elsewhere', async () => {
    const other = 'https://other.example'
    const elsewhere = await market.launchToken({ sub: 'wrk_x' }, { claims: { iss: other } })
    expect((await call('POST', '/api/session', { body: { token: elsewhere } })).json).toMatchObject({
      status: 401,
      code: 'token-refused',
      reason: 'issuer',
    })
  })

  it('has a clock that goes on in a run of the cron trigger, however long it takes', async () => {
    market.spoil = () => 'lost'
    const { token, attempt } = await startAs('wrk_clock')
    await call('PUT', `/api/attempts/${attempt.id}/responses`, {
      token,
      body: { lease: attempt.lease, saves: modelSaves(bank, attempt.sections) },
    })
    await call('POST', `/api/attempts/${attempt.id}/submit`, { token, body: { lease: attempt.lease } })
    const tries = async () =>
      (
        await d1
          .prepare(
            `select t.outcome, t.elapsed_ms as elapsed from delivery_attempts t join outbox m on m.id = t.message_id
              where m.about = 'wrk_clock'`,
          )
          .all<{ outcome: string; elapsed: number }>()
      ).results
    await expect.poll(tries).not.toEqual([])
    market.spoil = async () => {
      await setTimeout(30)
      return undefined
    }
    await cron(Date.now() + 600_000)
    const delivered = (await tries()).filter(({ outcome }) => outcome === 'delivered')
    expect(delivered).not.toEqual([])
    expect(delivered.filter(({ elapsed }) => elapsed === 0)).toEqual([])
  })
})
