import { createHash, createHmac, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { createAdaptorServer } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import {
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose'
import { instant } from '../../../src/kernel/instant.ts'
import { signWebhook } from '../../../src/platform/outbox/webhook.ts'

/** What a marketplace can get wrong; named after the check that must see it. */
export type Defect = string

// biome-ignore lint/suspicious/noExplicitAny: bodies and tokens of all shapes
type Any = any

interface Stored {
  readonly version: number
  readonly [member: string]: unknown
}

const SECRET = 'whsec_ZmFrZS1tYXJrZXRwbGFjZS1zZWNyZXQtMQ=='
const pathOf = (c: Context, name: string): string => c.req.param(name) ?? ''

const RETRY_MS = 40
const SLOW_MS = 1_050

/** What is believed of an exam. */
const belief = { state: 'predicts', ratio: 2.4, d: 0.24, sigma: 0.15, certified: null, others: null }

/** A whole marketplace in memory that keeps the contract, but for the defects it is told to have. */
export async function openFakeMarketplace(trusted: string, defects: ReadonlySet<Defect>) {
  const has = (defect: Defect) => defects.has(defect)
  const own = await generateKeyPair('ES256', { extractable: true })
  const other = await generateKeyPair('ES256', { extractable: true })
  const publicJwk = { ...(await exportJWK(own.publicKey)), kid: 'market-1', alg: 'ES256' }
  const ctx = { origin: '' }
  let pluginOrigin = trusted

  // ---- trust
  let pluginKeys: JWK[] | undefined
  const fetchKeys = async () =>
    (pluginKeys = ((await (await fetch(`${pluginOrigin}/.well-known/jwks.json`)).json()) as { keys: JWK[] }).keys)
  const findKey = async (kid: string): Promise<JWK | undefined> => {
    const known = () => pluginKeys?.find((key) => key.kid === kid)
    if (!pluginKeys || has('rotation.cached') || (!known() && !has('rotation.new'))) await fetchKeys()
    if (has('rotation.announced') && pluginKeys?.findIndex((key) => key.kid === kid) === 1) return undefined
    return known() ?? (has('token.key-unknown') ? pluginKeys?.[0] : undefined)
  }
  const used = new Set<string>()
  const unsigned = (token: string): Any => decodeJwt(token)
  const verifiedClaims = async (token: string): Promise<Any> => {
    const { alg, kid = '', typ } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
    if (alg === 'none')
      return has('token.none') ? JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) : undefined
    const jwk = await findKey(kid)
    if (!jwk || (typ !== 'service+jwt' && !has('token.type'))) return undefined
    if (alg === 'HS256') {
      const pem = `${await exportSPKI((await importJWK({ ...jwk, alg: 'ES256' })) as Any)}`
      const signed = token.slice(0, token.lastIndexOf('.'))
      const fits = [pem, `${pem}\n`].some(
        (secret) => createHmac('sha256', secret).update(signed).digest('base64url') === token.split('.')[2],
      )
      return has('token.hs256') && fits ? unsigned(token) : undefined
    }
    if (alg !== 'ES256') return undefined
    try {
      return (
        await jwtVerify(token, (await importJWK(jwk, 'ES256')) as Any, {
          currentDate: new Date(unsigned(token).iat * 1_000),
        })
      ).payload
    } catch {
      return has('token.signature') ? unsigned(token) : undefined
    }
  }
  const judge = async (token: string, scope: string): Promise<number> => {
    const claims = await verifiedClaims(token)
    const now = Date.now() / 1_000
    if (!claims || has('token.accepted')) return 401
    if (claims.aud !== ctx.origin && !has('token.audience')) return 401
    if (claims.iss !== pluginOrigin && !has('token.issuer')) return 401
    if (claims.exp < now && !has('token.expired')) return 401
    if (claims.exp - claims.iat > 300 && !has('token.lifetime')) return 401
    if (claims.iat > now && has('token.skew')) return 401
    if (claims.iat > now + 60 && !has('token.future')) return 401
    if (used.has(claims.jti) && !has('token.replayed')) return 401
    used.add(claims.jti)
    return claims.scope.split(' ').includes(scope) || has('token.scope') ? 200 : 403
  }

  const app = new Hono()
  const problem = (c: Context, status: number, code: string, headers: Record<string, string> = {}) =>
    c.body(JSON.stringify({ type: 'about:blank', title: code, status, code }), status as 400, {
      'content-type': has('answer.problems') ? 'application/json' : 'application/problem+json',
      ...headers,
    })
  const scoped = (scope: string) => async (c: Context, next: () => Promise<void>) => {
    const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    const status = token ? await judge(token, scope) : has('token.missing') ? 200 : 401
    if (status !== 200) return problem(c, status, status === 401 ? 'token-refused' : 'forbidden')
    await next()
    return undefined
  }
  const answers = new Map<string, { print: string; status: number; body: unknown }>()
  const once = async (
    c: Context,
    area: string,
    act: (
      body: Any,
    ) => { status: number; body: unknown } | Response | Promise<Response | { status: number; body: unknown }>,
  ): Promise<Response> => {
    const [key, text] = [c.req.header('idempotency-key') ?? '', await c.req.text()]
    const known = answers.get(key)
    const print = `${c.req.method} ${c.req.path} ${text}`
    if (known && known.print !== print && !has(`${area}.other-payload`)) return problem(c, 422, 'idempotency-mismatch')
    if (known && !(known.print === print && has(`${area}.replayed`)))
      return c.json(known.body as Any, known.status as 200)
    const answer = await act(JSON.parse(text === '' ? '{}' : text))
    if (answer instanceof Response) return answer
    answers.set(key, { print, ...answer })
    return c.json(answer.body as Any, answer.status as 200)
  }
  const spoiled = new Set<Defect>()
  /** Whether this is the first time that a defect is asked about: it spoils one call and no more. */
  const spoilsFirst = (defect: Defect): boolean => {
    const first = has(defect) && !spoiled.has(defect)
    spoiled.add(defect)
    return first
  }

  // ---- webhooks
  const send = async (event: { id: string; body: string }, tries = 0): Promise<void> => {
    const secret = has('webhook.signature') ? 'whsec_d3Jvbmc=' : SECRET
    const signature = await signWebhook({
      id: event.id,
      at: instant(Date.now()),
      body: event.body,
      signers: [{ secret }],
    })
    const response = await fetch(`${pluginOrigin}/webhooks/marketplace`, {
      method: 'POST',
      headers: { ...signature },
      body: event.body,
    }).catch(() => undefined)
    if (!response || response.ok || tries > 2) return
    if (has('webhook.retried') && response.status === 500) return
    const after = has('webhook.retry-after') ? 0 : Number(response.headers.get('retry-after') ?? 0)
    await sleep(Math.max(RETRY_MS, after * 1_000 + 20))
    const id = has('webhook.same-id') && response.status === 500 ? `evt_${randomUUID()}` : event.id
    await send({ id, body: event.body.replace(event.id, id) }, tries + 1)
  }
  const queues = new Map<string, Promise<void>>()
  const announce = (type: string, worker: string, data: Record<string, unknown>): void => {
    if (has('webhook.arrives') && worker === 'wrk_006') return
    const id = `evt_${randomUUID()}`
    const envelope = {
      id,
      type,
      timestamp: new Date().toISOString(),
      data: { worker, ...data, ...(has('webhook.envelope') ? { person: { name: 'つどい' } } : {}) },
    }
    queues.set(
      worker,
      (queues.get(worker) ?? Promise.resolve()).then(() => send({ id, body: JSON.stringify(envelope) })),
    )
  }

  // ---- workers, badges, signals
  const workers = new Map(
    ['wrk_003', 'wrk_004', 'wrk_005', 'wrk_006', 'wrk_flaky', 'wrk_slow', 'wrk_suspended'].map((id) => [
      id,
      { status: id === 'wrk_suspended' && !has('worker.suspended') ? 'suspended' : 'good', version: 1 },
    ]),
  )
  const badges = new Map<string, Stored>()
  const signals = new Map<string, Stored>()
  let flaky = 0
  app.get('/v1/workers/:worker/standing', scoped('standing:read'), async (c) => {
    const id = pathOf(c, 'worker')
    const worker = workers.get(id) ?? (has('standing.unknown-worker') ? { status: 'good', version: 1 } : undefined)
    if (!worker) return problem(c, 404, 'not-found')
    if (id === 'wrk_flaky' && !has('worker.flaky') && ++flaky % 3 !== 0) return problem(c, 503, 'internal')
    if (id === 'wrk_slow' && has('answer.rate-limits')) return problem(c, 429, 'rate-limited', { 'retry-after': '1' })
    if (id === 'wrk_slow' && !has('worker.slow')) await sleep(SLOW_MS)
    return c.json(has('standing.shape') && id === 'wrk_003' ? { ...worker, version: 0 } : worker)
  })
  const isListed = async (jwt: string): Promise<boolean> => {
    const { credentialStatus } = decodeJwt(jwt) as Any
    const list = decodeJwt(await (await fetch(credentialStatus.statusListCredential)).text()) as Any
    const bits = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), 'base64url'))
    const at = Number(credentialStatus.statusListIndex)
    return ((bits[at >> 3] ?? 0) & (0x80 >> (at & 7))) !== 0
  }
  const verifyBadge = async (jwt: string): Promise<boolean> => {
    const { kid = '', alg } = decodeProtectedHeader(jwt)
    if (alg === 'none') return has('badge.algorithm')
    if (!has('badge.listed') && (await isListed(jwt).catch(() => false))) return false
    // its exp is over, and all else is well
    if ((decodeJwt(jwt).exp ?? 0) < Date.now() / 1_000) return has('badge.expired')
    const did = `did:web:${encodeURIComponent(new URL(pluginOrigin).host)}`
    if (!kid.startsWith(`${did}#`)) return has('badge.foreign')
    const jwk = await findKey(kid)
    if (!jwk) return false
    return jwtVerify(jwt, (await importJWK(jwk, 'ES256')) as Any).then(
      () => true,
      () => has('badge.tampered'),
    )
  }
  const isNewer = (known: Stored | undefined, version: number, area: string) =>
    !known ||
    (has(`${area}.older`) && version < known.version) ||
    (has(`${area}.equal`) && version === known.version) ||
    version > known.version
  const ignoresChange = (from: unknown, to: string) =>
    (has('badge.suspended') && to === 'suspended') ||
    (has('badge.resumed') && from === 'suspended' && to === 'active') ||
    (has('badge.revoked') && to === 'revoked')
  app.put('/v1/workers/:worker/badges/:credential', scoped('badges:write'), (c) =>
    once(c, 'badge', async (body) => {
      if (!workers.has(pathOf(c, 'worker')) && !has('badge.unknown-worker')) return problem(c, 404, 'not-found')
      if (typeof body.status !== 'string' && !has('badge.malformed')) return problem(c, 422, 'malformed')
      if (spoilsFirst('badge.accepted') || !(await verifyBadge(body.credential)))
        return problem(c, 422, 'badge-refused')
      if (body.parts && has('badge.parts')) return problem(c, 422, 'malformed')
      const known = badges.get(pathOf(c, 'credential'))
      const applied = isNewer(known, body.version, 'badge')
      if (applied && workers.has(pathOf(c, 'worker')))
        badges.set(
          pathOf(c, 'credential'),
          known && ignoresChange(known.status, body.status)
            ? { ...known, version: body.version }
            : { ...body, credential: pathOf(c, 'credential') },
        )
      if (applied && body.status === 'expired' && has('badge.renewed'))
        for (const [id, badge] of badges) badges.set(id, { ...badge, status: 'expired' })
      if (applied && body.status === 'expired' && has('signal.renewed')) signals.clear()
      return { status: 200, body: { version: body.version, applied } }
    }),
  )
  const inBounds = (body: Any) =>
    body.priorMean >= 0 && body.priorMean <= 0.5 && body.equivalentReviews > 0 && body.equivalentReviews <= 100
  app.put('/v1/workers/:worker/ranking-signals/:exam', scoped('signals:write'), (c) =>
    once(c, 'signal', (body) => {
      if (spoilsFirst('signal.accepted') || (!inBounds(body) && !has('signal.bounds')))
        return problem(c, 422, 'malformed')
      const applied = isNewer(signals.get(pathOf(c, 'exam')), body.version, 'signal')
      if (applied) signals.set(pathOf(c, 'exam'), { ...body, withdrawn: false })
      return { status: 200, body: { version: body.version, applied } }
    }),
  )
  app.delete('/v1/workers/:worker/ranking-signals/:exam', scoped('signals:write'), (c) =>
    once(c, 'signal', ({ version }) => {
      const applied = isNewer(signals.get(pathOf(c, 'exam')), version, 'signal') || has('signal.old-withdrawal')
      if (applied) signals.set(pathOf(c, 'exam'), { version: has('signal.not-revived') ? 0 : version, withdrawn: true })
      return applied && has('signal.withdrawn')
        ? problem(c, 409, 'conflict')
        : { status: 200, body: { version, applied } }
    }),
  )
  app.get('/api/workers/:worker', (c) =>
    c.json({
      badges: [...badges.values()].map(({ credential, status, version }) => ({
        credential,
        version,
        status: has('badge.shown') && status === 'active' ? 'pending' : status,
      })),
      signals: [...signals].map(([exam, { version, withdrawn, validUntil }]) => ({
        exam,
        version,
        withdrawn,
        counted:
          withdrawn !== true &&
          (has('signal.suspended') || [...badges.values()].some((badge) => badge.status === 'active')) &&
          !has('signal.counted') &&
          (has('signal.past') || Date.parse(String(validUntil)) > Date.now()),
      })),
    }),
  )

  // ---- contracts and paid work
  interface Work {
    readonly id: string
    readonly client: string
    readonly worker: string
    readonly amount: number
    state: string
    readonly formedAt: number
    frozen?: { credential: string; frozenAt: string }
  }
  const contracts = new Map<string, Work>()
  const who = (c: Context) => c.req.header('authorization')?.slice('Bearer session-'.length) ?? ''
  app.post('/v1/contracts', async (c) => {
    const { worker, amount } = await c.req.json()
    const id = `ctr_${randomUUID()}`
    contracts.set(id, { id, client: who(c), worker, amount, state: 'proposed', formedAt: Date.now() })
    return c.json({ id }, 201)
  })
  app.post('/v1/contracts/:id/:verb', (c) => {
    const contract = contracts.get(pathOf(c, 'id'))
    if (!contract) return problem(c, 404, 'not-found')
    contract.state = pathOf(c, 'verb') === 'accept' ? 'released' : pathOf(c, 'verb')
    return c.json({ id: contract.id })
  })
  app.put('/v1/contracts/:id/skill-context', scoped('contracts:write'), async (c) => {
    const contract = contracts.get(pathOf(c, 'id'))
    const { credential } = await c.req.json()
    if (!contract) return has('contract.unknown') ? c.json({}) : problem(c, 404, 'not-found')
    const issuedAt = Date.parse(String(badges.get(credential)?.issuedAt ?? ''))
    if (issuedAt > contract.formedAt && !has('contract.later')) return problem(c, 422, 'malformed')
    if (spoilsFirst('contract.frozen')) return problem(c, 409, 'already-done')
    const same = contract.frozen?.credential === credential
    if (contract.frozen && (same ? has('contract.same-again') : !has('contract.first-wins')))
      return problem(c, 409, 'already-done')
    if (!same) contract.frozen = { credential, frozenAt: new Date().toISOString() }
    return c.json({ contract: contract.id, ...contract.frozen })
  })
  const alias = (client: string) =>
    has('escrow.clients')
      ? client
      : has('escrow.pairwise')
        ? createHash('sha256').update(client).digest('hex').slice(0, 16)
        : createHmac('sha256', 'alias').update(client).digest('hex').slice(0, 12)
  app.get('/v1/escrow/contracts', scoped('escrow:read'), (c) => {
    const { worker, after = '0', limit = '50' } = c.req.query()
    const mine = [...contracts.values()].filter(
      (one) => one.state === 'released' && (one.worker === worker || has('escrow.worker')),
    )
    const [from, count] = [Number(after), Number(limit)]
    const page = mine.slice(has('escrow.cursor') ? Math.max(from - 1, 0) : from, from + count)
    const described = page.map((one) => ({
      contract: one.id,
      client: alias(one.client),
      worker: one.worker,
      exam: 'business-admin',
      ...(has('escrow.shape') ? {} : { releasedAt: new Date().toISOString() }),
      amountBucket: has('escrow.buckets') ? `${one.amount}-${one.amount}` : '10000-49999',
      status: 'released',
      refunded: false,
      version: 5,
    }))
    return c.json({ contracts: described, next: from + count < mine.length ? String(from + count) : null })
  })
  if (!has('noticed.none'))
    app.get('/v1/exams/:exam/noticed', scoped('statistics:read'), (c) =>
      c.json({
        exam: c.req.param('exam'),
        asOf: new Date().toISOString(),
        belief: { ...belief, certified: has('noticed.shape') ? 9 : 10, since: '2026-06-01T00:00:00.000Z' },
        history: [{ month: '2026-11', ...belief }],
        firstPage: { share: null, people: null },
        displays: { certified: null, others: null },
        waits: { certified: null, others: null },
        lot: null,
        market: { certified: null, anybody: null, endsWell: null },
        heldOut: 0.05,
      }),
    )
  if (!has('noticed.none'))
    app.get('/v1/workers/:worker/noticed', scoped('standing:read'), (c) =>
      c.json({
        state: 'priority',
        shown: 3,
        limit: 20,
        ...(has('noticed.worker') ? {} : { until: '2026-12-02T00:00:00.000Z' }),
      }),
    )
  if (!has('noticed.none'))
    app.get('/v1/exams/:exam/jobs', scoped('jobs:read'), (c) => {
      const { origin } = new URL(c.req.url)
      const url = `${has('noticed.jobs') ? 'https://elsewhere.example' : origin}/jobs/job_1`
      return c.json({ jobs: [{ id: 'job_1', title: 'A list', url, pay: { type: 'fixed', amount: 9_000 } }] })
    })
  app.get('/v1/reviews/aggregates', scoped('reviews:read'), (c) =>
    c.json({
      worker: c.req.query('worker'),
      revealed: {
        count: has('review.shape') ? '7' : 7,
        clients: 6,
        axes: { skill: 4.1, quality: 4.4, schedule: 4.9, communication: 4.2, partnership: 4 },
      },
      hidden: { n: has('review.hidden') ? 4 : 5, againMean: 8.2, safeShare: 1, batches: 1, asOf: '2026-11' },
      version: 3,
    }),
  )

  // ---- cases
  const cases = new Map<string, Any>()
  app.post('/v1/moderation/cases', scoped('moderation:write'), (c) =>
    once(c, 'case', (body) => {
      const id = `cas_${randomUUID()}`
      cases.set(id, {
        case: id,
        ...body,
        status: 'open',
        ...(has('case.read') ? {} : { decision: null }),
        appeal: null,
        final: false,
        version: 1,
      })
      return { status: has('case.opened') ? 200 : 201, body: { case: id, status: 'open', version: 1 } }
    }),
  )
  app.get('/v1/moderation/cases/:id', scoped('moderation:write'), (c) => {
    const found = cases.get(pathOf(c, 'id'))
    return found ? c.json(found) : has('case.unknown') ? c.json({}) : problem(c, 404, 'not-found')
  })
  app.post('/v1/operators/subjects/:id/:verb', (c) => {
    const [id, verb] = [pathOf(c, 'id'), pathOf(c, 'verb')]
    if (verb !== 'decide') return c.json({})
    cases.set(id, {
      ...cases.get(id),
      status: 'closed',
      decision: { action: 'no-action', decidedAt: new Date().toISOString() },
      version: 2,
    })
    if (!has('case.decided')) announce('moderation.case_decided', 'wrk_003', { case: id, version: 2 })
    return c.json({ case: id })
  })
  app.get('/v1/operators/queue', (c) => c.json({ subjects: [...cases.values()], next: null }))

  // ---- what the sandbox offers besides
  app.get('/.well-known/jwks.json', async (c) =>
    c.json({
      keys: [
        publicJwk,
        ...(has('keys.published') ? [await exportJWK(other.publicKey)] : []),
        ...(has('keys.no-private') ? [{ ...(await exportJWK(other.privateKey)), kid: 'market-2' }] : []),
      ],
    }),
  )
  app.get('/.well-known/kentei-marketplace.json', (c) =>
    has('offers.none') ? c.json({ offers: [] }) : problem(c, 404, 'not-found'),
  )
  app.get('/.well-known/webhook-keys.json', (c) => c.json({ keys: [SECRET] }))
  app.use('/demo/*', async (c, next) => (has('no-demo') ? c.text('no such page', 404) : next()))
  app.get('/demo/clock', (c) => c.json({ now: new Date().toISOString() }))
  app.post('/demo/session', async (c) => c.json({ session: `session-${(await c.req.json()).user}` }, 201))
  app.post('/demo/workers/:worker/standing', (c) => {
    const id = pathOf(c, 'worker')
    const version = (workers.get(id)?.version ?? 0) + 1
    workers.set(id, { status: 'good', version })
    announce('worker.standing_changed', id, { version: has('webhook.order') ? 100 - version : version })
    return c.json({ status: 'good', version })
  })
  app.post('/demo/launch', async (c) => {
    const { worker, exam } = await c.req.json()
    announce('exam.opened', 'wrk_opened', {
      version: 1,
      ...(has('webhook.counted') ? {} : { exam: exam ?? 'web-writer' }),
    })
    const iat = Math.floor(Date.now() / 1_000)
    const claims = {
      iss: ctx.origin,
      aud: has('launch.claims') ? 'https://elsewhere.example' : pluginOrigin,
      sub: has('launch.pairwise') ? `wrk_${randomUUID()}` : worker,
      role: 'worker',
      name: 'つどい',
      locale: 'ja',
      exam,
      iat,
      exp: iat + (has('launch.lifetime') ? 3_600 : 300),
    }
    const jti = has('launch.single-use') ? 'always-the-same' : randomUUID()
    const token = await new SignJWT({ ...claims, jti })
      .setProtectedHeader({ alg: 'ES256', kid: 'market-1', typ: 'launch+jwt' })
      .sign(has('launch.signature') ? other.privateKey : own.privateKey)
    return c.json({ token, url: `${pluginOrigin}/launch` })
  })

  const server = createAdaptorServer({ fetch: app.fetch })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ctx.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin: ctx.origin,
    formContract: (worker: string): string => {
      const id = `ctr_${randomUUID()}`
      contracts.set(id, { id, client: 'cli_01', worker, amount: 10_000, state: 'fund', formedAt: Date.now() })
      return id
    },
    trust: (origin: string): void => {
      pluginOrigin = origin
    },
    /** Announces a standing, as when a person changed it. */
    announceStanding: (worker: string, version: number) => announce('worker.standing_changed', worker, { version }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
