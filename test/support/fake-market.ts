import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose'
import type { Standing } from '../../src/contract/marketplace.ts'
import { type Instant, toRfc3339 } from '../../src/kernel/instant.ts'
import { signWebhook } from '../../src/platform/outbox/webhook.ts'
import { FakeTrade } from './fake-trade.ts'

export const PLUGIN = 'https://kentei.example'
export const MARKET = 'https://market.example'
export const SUBSCRIBER = `${MARKET}/webhooks/kentei`
export const WEBHOOK_SECRET = 'whsec_dGVzdC1iZWQtd2ViaG9vay1zZWNyZXQtMDE='

/** A call that reached the marketplace, or tried to while it was down. */
export interface MarketCall {
  readonly at: Instant
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Headers
  readonly body: Record<string, unknown> | undefined
  /** What it was answered with; 0 for a lost connection. */
  status: number
}

type Answer = Response | 'lost' | undefined

export interface TokenChange {
  readonly claims?: Record<string, unknown>
  readonly header?: Partial<JWTHeaderParameters>
  readonly key?: CryptoKey | Uint8Array
}

/** What the marketplace shows of a worker, versions respected. */
interface Shown {
  readonly version: number
  readonly body: Record<string, unknown>
}

const idOf = (path: string, position: number) => decodeURIComponent(path.split('/')[position] ?? '')

/**
 * The other side of the contract, in memory: publishes its key, keeps standings, takes badges and signals by version,
 * receives events, trades, and spoils answers on demand. Every call is written down.
 */
export class FakeMarket {
  readonly calls: MarketCall[] = []
  readonly standings = new Map<string, Standing>()
  readonly badges = new Map<string, Shown>()
  readonly signals = new Map<string, Shown>()
  readonly events: Record<string, unknown>[] = []
  /** Contracts, reviews and cases. */
  readonly trade: FakeTrade
  /** Called first for every call but those for keys; what it gives is the answer. */
  spoil: (call: MarketCall) => Answer | Promise<Answer> = () => undefined
  readonly #now: () => Instant
  readonly #privateKey: CryptoKey
  readonly #jwk: JWK
  #tokens = 0

  constructor(now: () => Instant, privateKey: CryptoKey, jwk: JWK) {
    this.#now = now
    this.trade = new FakeTrade(now)
    this.#privateKey = privateKey
    this.#jwk = jwk
  }

  static async open(now: () => Instant): Promise<FakeMarket> {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    return new FakeMarket(now, privateKey, {
      ...(await exportJWK(publicKey)),
      kid: 'market-1',
      alg: 'ES256',
      use: 'sig',
    })
  }

  /** An EndorsementCredential about an exam of the plugin, as the marketplace signs it. */
  endorsement(exam: string, change: TokenChange = {}): Promise<string> {
    const [did, nbf] = ['did:web:market.example', Math.floor(this.#now() / 1_000) - 60]
    const [id, achievement] = [`urn:uuid:endorsement-of-${exam}`, `${PLUGIN}/achievements/${exam}`]
    const credential = {
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      id,
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: 'An endorsement',
      issuer: { id: did, type: ['Profile'], name: 'Market', url: MARKET },
      validFrom: new Date(nbf * 1_000).toISOString(),
      credentialSubject: {
        id: achievement,
        type: ['EndorsementSubject'],
        endorsementComment: 'Good <evidence> of skill.',
      },
    }
    const claims = { ...credential, iss: did, jti: id, sub: achievement, nbf, ...change.claims }
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: `${did}#${this.#jwk.kid}`, typ: 'vc+jwt', ...change.header })
      .sign(change.key ?? this.#privateKey)
  }

  get jwks(): { readonly keys: readonly JWK[] } {
    return { keys: [this.#jwk] }
  }

  /** Calls of the contract, without those for keys and without events. */
  get contractCalls(): MarketCall[] {
    return this.calls.filter((call) => call.path.startsWith('/v1/'))
  }

  /** Decides on a standing: the version rises with every decision. */
  decide(worker: string, status: Standing['status']): Standing {
    const standing = { status, version: (this.standings.get(worker)?.version ?? 1) + 1 }
    this.standings.set(worker, standing)
    return standing
  }

  readonly fetch = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    const { pathname, origin, searchParams } = new URL(url)
    if (origin !== MARKET) throw new TypeError(`nobody is at ${origin}`)
    if (pathname === '/.well-known/jwks.json') return Response.json(this.jwks)
    const text = typeof init.body === 'string' ? init.body : undefined
    const call: MarketCall = {
      at: this.#now(),
      method: init.method ?? 'GET',
      path: pathname,
      query: searchParams,
      headers: new Headers(init.headers as Record<string, string>),
      body: text ? JSON.parse(text) : undefined,
      status: 0,
    }
    this.calls.push(call)
    const answer = (await this.spoil(call)) ?? this.#answer(call)
    if (answer === 'lost') throw new TypeError('fetch failed')
    call.status = answer.status
    return answer
  }

  #answer(call: MarketCall): Response {
    const { method, path, body } = call
    if (method === 'GET' && /^\/v1\/workers\/[^/]+\/standing$/.test(path))
      return Response.json(this.standings.get(idOf(path, 3)) ?? { status: 'good', version: 1 })
    if (method === 'PUT' && path.includes('/badges/'))
      return this.#take(this.badges, `${idOf(path, 3)} ${idOf(path, 5)}`, body)
    if (method === 'PUT' && path.includes('/ranking-signals/'))
      return this.#take(this.signals, `${idOf(path, 3)} ${idOf(path, 5)}`, body)
    if (method === 'DELETE' && path.includes('/ranking-signals/'))
      return this.#take(this.signals, `${idOf(path, 3)} ${idOf(path, 5)}`, { ...body, withdrawn: true })
    if (method === 'POST' && path === '/webhooks/kentei') {
      this.events.push(body ?? {})
      return new Response(null, { status: 204 })
    }
    const traded = this.trade.answer(call)
    if (traded) return traded
    return Response.json({ title: 'no such thing', status: 404, code: 'not-found' }, { status: 404 })
  }

  #take(shelf: Map<string, Shown>, id: string, body: Record<string, unknown> = {}): Response {
    const version = Number(body.version)
    const applied = version > (shelf.get(id)?.version ?? 0)
    if (applied) shelf.set(id, { version, body })
    return Response.json({ version, applied })
  }

  async #token(typ: string, claims: Record<string, unknown>, change: TokenChange): Promise<string> {
    const iat = Math.floor(this.#now() / 1_000)
    this.#tokens += 1
    return new SignJWT({
      iss: MARKET,
      aud: PLUGIN,
      iat,
      exp: iat + 300,
      jti: `market-token-${this.#tokens}`,
      ...claims,
      ...change.claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'market-1', typ, ...change.header })
      .sign(change.key ?? this.#privateKey)
  }

  launchToken(claims: Record<string, unknown>, change: TokenChange = {}): Promise<string> {
    return this.#token('launch+jwt', { role: 'worker', name: 'みなと', locale: 'ja', ...claims }, change)
  }

  serviceToken(scope: string, change: TokenChange = {}): Promise<string> {
    return this.#token('service+jwt', { scope }, change)
  }

  /** A signed event, as it travels. */
  async webhook(
    event: { id: string; type: string; data: Record<string, unknown>; timestamp?: string },
    at: Instant = this.#now(),
  ): Promise<{ headers: Record<string, string>; body: string }> {
    const body = JSON.stringify({
      id: event.id,
      type: event.type,
      timestamp: event.timestamp ?? toRfc3339(at),
      data: event.data,
    })
    return {
      headers: {
        ...(await signWebhook({ id: event.id, at, body, signers: [{ secret: WEBHOOK_SECRET }] })),
        'content-type': 'application/json',
      },
      body,
    }
  }
}
