import { createHash, randomUUID } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, importJWK, type JWK, SignJWT } from 'jose'
import type { allChecks } from '../../../src/cli/conformance/all-checks.ts'
import { openKeyRing } from '../../../src/credential/keys.ts'
import { signContent, signStatusList } from '../../../src/credential/sign-credential.ts'
import { instant } from '../../../src/kernel/instant.ts'
import type { SandboxWorld } from '../../../src/sandbox/sandbox-world.ts'
import type { StoredKey } from '../../../src/world/settings.ts'

// biome-ignore lint/suspicious/noExplicitAny: bodies and tokens of all shapes
type Any = any
type Ask = (request: Request) => Promise<Response>

/** The sound marketplace that a fault is planted in, and what it takes to forge whatever it should have refused. */
export interface Ground {
  readonly origin: string
  readonly pluginOrigin: string
  /** Keys of the plugin that it trusts. */
  readonly keys: readonly StoredKey[]
  /** Its own key of tokens. */
  readonly own: JWK
}

/** A fault: what stands between its callers and the sound marketplace, or between that and its network. */
export interface Fault {
  readonly is: string
  /** The checks that name it. */
  readonly seenBy: readonly (typeof allChecks)[number]['id'][]
  /** An area whose calls show it. */
  readonly shownBy?: string
  readonly answer?: (ground: Ground) => (request: Request, sound: Ask) => Promise<Response>
  readonly fetch?: (ground: Ground, sound: SandboxWorld['fetch']) => SandboxWorld['fetch']
}

// ---- tokens

const part = (text: string | undefined): Any => {
  try {
    return JSON.parse(Buffer.from(text ?? '', 'base64url').toString('utf8'))
  } catch {
    return {}
  }
}

const tokenOf = (request: Request) => {
  const [header, claims] = (request.headers.get('authorization') ?? '').replace(/^Bearer /, '').split('.')
  return { header: part(header), claims: part(claims) }
}

const keyOf = (keys: readonly StoredKey[], use: StoredKey['use']) =>
  (keys.find((key) => key.use === use && key.state === 'active') as StoredKey).jwk

/** The request under a good token with these claims: as if nobody had looked at what is wrong about it. */
async function admit(request: Request, { keys }: Ground, claims: object): Promise<Request> {
  const { kid = '', alg: _, key_ops, ext, use, ...jwk } = keyOf(keys, 'service')
  const token = await new SignJWT({ ...claims, jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES256', kid, typ: 'service+jwt' })
    .sign(await importJWK(jwk, 'ES256'))
  const headers = new Headers(request.headers)
  headers.set('authorization', `Bearer ${token}`)
  return new Request(request, { headers })
}

/** Lets tokens in that `when` is true of, with other claims. */
const admits =
  (when: (token: ReturnType<typeof tokenOf>, now: number) => boolean, claims: (of: Any, ground: Ground) => object) =>
  (ground: Ground) =>
  async (request: Request, sound: Ask): Promise<Response> => {
    const token = tokenOf(request)
    const isService = token.header.typ === 'service+jwt'
    return sound(
      isService && when(token, Date.now() / 1_000)
        ? await admit(request, ground, claims(token.claims, ground))
        : request,
    )
  }

const seconds = () => Math.floor(Date.now() / 1_000)

// ---- requests and answers

const isAt = (request: Request, method: string, path: RegExp): boolean =>
  request.method === method && path.test(new URL(request.url).pathname)

const json = (status: number, body: unknown): Response => Response.json(body, { status })

/** Changes bodies on their way in. */
const sends =
  (method: string, path: RegExp, change: (body: Any, ground: Ground, request: Request) => Any) =>
  (ground: Ground) =>
  async (request: Request, sound: Ask): Promise<Response> => {
    if (!isAt(request, method, path)) return sound(request)
    const body = await change(await request.clone().json(), ground, request)
    return sound(new Request(request, { body: JSON.stringify(body) }))
  }

/** Changes answers that have come out well. */
const tells =
  (method: string, path: RegExp, change: (answer: Any, request: Request, ground: Ground) => Any) =>
  (ground: Ground) =>
  async (request: Request, sound: Ask): Promise<Response> => {
    const response = await sound(request)
    if (!isAt(request, method, path) || !response.ok) return response
    return json(response.status, change(await response.json(), request, ground))
  }

/** Says that all is well where it was refused. */
const lets =
  (method: string, path: RegExp, of: { readonly refused: string; readonly as: number }, answer: unknown) =>
  () =>
  async (request: Request, sound: Ask): Promise<Response> => {
    const response = await sound(request)
    if (!isAt(request, method, path) || response.status < 400) return response
    const { code } = (await response.clone().json()) as Any
    return code === of.refused ? json(of.as, answer) : response
  }

const PROFILE = /^\/api\/workers\/[^/]+$/
const BADGE = /^\/v1\/workers\/[^/]+\/badges\/[^/]+$/
const SIGNAL = /^\/v1\/workers\/[^/]+\/ranking-signals\/[^/]+$/
const CONTRACT = /^\/v1\/contracts\/[^/]+$/
const AGGREGATES = /^\/v1\/reviews\/aggregates$/
const REVIEWS = /^\/v1\/contracts\/[^/]+\/reviews$/
const LIST = /^\/v1\/escrow\/contracts$/

/** Takes a change of a badge that is known as if it stayed as it is. */
const forgets = (status: string) => () => {
  const known = new Set<string>()
  return async (request: Request, sound: Ask): Promise<Response> => {
    if (!isAt(request, 'PUT', BADGE)) return sound(request)
    const body = (await request.clone().json()) as Any
    const { pathname } = new URL(request.url)
    const isForgotten = known.has(pathname) && body.status === status
    known.add(pathname)
    const kept = JSON.stringify({ ...body, status: 'active' })
    return sound(isForgotten ? new Request(request, { body: kept }) : request)
  }
}

/** The badges of an exam that were there when the plugin said that one of it has ended. */
const ends = (change: (worker: Any, ended: ReadonlySet<string>) => Any) => () => {
  const [known, ended] = [new Set<string>(), new Set<string>()]
  const changed = tells('GET', PROFILE, (worker) => change(worker, ended))({} as Ground)
  return async (request: Request, sound: Ask): Promise<Response> => {
    if (isAt(request, 'PUT', SIGNAL)) ended.clear()
    if (isAt(request, 'PUT', BADGE)) {
      known.add(new URL(request.url).pathname.split('/').at(-1) as string)
      const { status } = (await request.clone().json()) as Any
      if (status === 'expired') for (const one of known) ended.add(one)
    }
    return changed(request, sound)
  }
}

/** Sends people over under another name. */
const launches =
  (name: (claims: Any) => string) =>
  ({ own }: Ground) =>
  async (request: Request, sound: Ask): Promise<Response> => {
    const response = await sound(request)
    if (!isAt(request, 'POST', /^\/demo\/launch$/) || !response.ok) return response
    const { token, ...rest } = (await response.json()) as Any
    const claims = decodeJwt(token)
    const renamed = await new SignJWT({ ...claims, sub: name(claims) })
      .setProtectedHeader(decodeProtectedHeader(token) as { alg: string })
      .sign(await importJWK(own, 'ES256'))
    return json(200, { ...rest, token: renamed })
  }

const hiddenAs = (change: (hidden: Any, reviews: number) => Any) => () => {
  let reviews = 0
  const changed = tells('GET', AGGREGATES, (told) => ({ ...told, hidden: change(told.hidden, reviews) }))({} as Ground)
  return async (request: Request, sound: Ask): Promise<Response> => {
    if (isAt(request, 'POST', REVIEWS)) reviews += 1
    return changed(request, sound)
  }
}

const review = { id: 'rev_planted', axes: {}, comment: '' }

export const faults: readonly Fault[] = [
  {
    is: 'takes a token without a signature',
    seenBy: ['token.none'],
    answer: admits(
      ({ header }) => header.alg === 'none',
      (claims) => claims,
    ),
  },
  {
    is: 'takes a token that is for another marketplace',
    seenBy: ['token.audience'],
    answer: admits(
      ({ claims }) => String(claims.aud).includes('elsewhere'),
      (claims, { origin }) => ({ ...claims, aud: origin }),
    ),
  },
  {
    is: 'takes a token from the far future',
    seenBy: ['token.future'],
    answer: admits(
      ({ claims }, now) => claims.iat > now + 60,
      (claims) => ({ ...claims, iat: seconds(), exp: seconds() + 60 }),
    ),
  },
  {
    is: 'refuses a token whose clock is three seconds ahead',
    seenBy: ['token.skew'],
    answer: () => async (request, sound) =>
      tokenOf(request).claims.iat > Date.now() / 1_000
        ? new Response(JSON.stringify({ title: 'early', status: 401, code: 'token-refused' }), {
            status: 401,
            headers: { 'content-type': 'application/problem+json' },
          })
        : sound(request),
  },
  {
    is: 'takes a token twice',
    seenBy: ['token.replayed'],
    answer: (ground) => {
      const used = new Set<string>()
      return admits(
        ({ claims }) => {
          const again = used.has(claims.jti)
          used.add(claims.jti)
          return again
        },
        (claims) => claims,
      )(ground)
    },
  },
  {
    is: 'never fetches the keys again',
    seenBy: ['rotation.new'],
    fetch: (_, sound) => {
      let kept: string | undefined
      return async (url, init, timeout) => {
        if (!url.endsWith('/jwks.json')) return sound(url, init, timeout)
        kept ??= await new Response((await sound(url, init, timeout)).body).text()
        return new Response(kept)
      }
    },
  },
  {
    is: 'fetches the keys at each call',
    seenBy: ['rotation.cached'],
    answer:
      ({ pluginOrigin }) =>
      async (request, sound) => {
        if (new URL(request.url).pathname.startsWith('/v1/')) await fetch(`${pluginOrigin}/.well-known/jwks.json`)
        return sound(request)
      },
  },
  {
    is: 'lets an older version of a badge override a newer one',
    seenBy: ['badge.older'],
    answer: (ground) => {
      const newest = new Map<string, number>()
      return async (request, sound) => {
        if (!isAt(request, 'PUT', BADGE)) return sound(request)
        const { pathname } = new URL(request.url)
        const { version } = (await request.clone().json()) as Any
        const known = newest.get(pathname) ?? 0
        const applied = version < known ? known + 1 : version
        newest.set(pathname, applied)
        return sends('PUT', BADGE, (body) => ({ ...body, version: applied }))(ground)(request, sound)
      }
    },
  },
  {
    is: 'ignores a revocation',
    // what is not taken away still stands behind a signal
    seenBy: ['badge.revoked', 'signal.suspended'],
    answer: forgets('revoked'),
  },
  {
    is: 'ignores a suspension',
    seenBy: ['badge.suspended', 'signal.suspended'],
    answer: forgets('suspended'),
  },
  {
    is: 'shows a badge as active whose time is over',
    seenBy: ['badge.expired'],
    answer: tells('GET', PROFILE, (worker) => ({
      ...worker,
      badges: worker.badges.map((badge: Any) => ({
        ...badge,
        status: badge.status === 'expired' ? 'active' : badge.status,
      })),
    })),
  },
  {
    is: 'ends a renewal with the certificate before it',
    seenBy: ['badge.renewed'],
    answer: ends((worker, ended) => ({
      ...worker,
      badges: worker.badges.map((badge: Any) => ({
        ...badge,
        status: ended.has(badge.credential) ? 'expired' : badge.status,
      })),
    })),
  },
  {
    is: 'takes the signal back with the former certificate',
    seenBy: ['signal.renewed'],
    answer: ends((worker, ended) => ({
      ...worker,
      signals: worker.signals.map((signal: Any) => ({ ...signal, counted: ended.size === 0 && signal.counted })),
    })),
  },
  {
    is: 'takes a badge without a signature',
    seenBy: ['badge.algorithm'],
    answer: sends('PUT', BADGE, async (body, { keys, pluginOrigin }) => {
      const [header, payload] = String(body.credential).split('.')
      if (part(header).alg !== 'none') return body
      return { ...body, credential: await signContent(part(payload), await openKeyRing(pluginOrigin, keys)) }
    }),
  },
  {
    is: 'looks at no status list',
    seenBy: ['badge.listed'],
    fetch:
      ({ keys, pluginOrigin }, sound) =>
      async (url, init, timeout) =>
        url.includes('/status/')
          ? new Response(
              await signStatusList(
                { list: 1, revoked: [] },
                await openKeyRing(pluginOrigin, keys),
                instant(Date.now()),
              ),
            )
          : sound(url, init, timeout),
  },
  {
    is: 'takes another body under a used idempotency key',
    seenBy: ['badge.other-payload'],
    answer: () => {
      const used = new Map<string, string>()
      return async (request, sound) => {
        const key = request.headers.get('idempotency-key') ?? ''
        if (!isAt(request, 'PUT', BADGE)) return sound(request)
        const print = createHash('sha256')
          .update(await request.clone().text())
          .digest('hex')
        const known = used.get(key) ?? print
        used.set(key, known)
        if (known === print) return sound(request)
        const headers = new Headers(request.headers)
        headers.delete('idempotency-key')
        return sound(new Request(request, { headers }))
      }
    },
  },
  {
    is: 'takes a signal that is out of bounds',
    seenBy: ['signal.bounds'],
    answer: sends('PUT', SIGNAL, (body) => ({
      ...body,
      priorMean: Math.min(0.5, Math.max(0, body.priorMean)),
      equivalentReviews: Math.min(100, Math.max(1, body.equivalentReviews)),
    })),
  },
  {
    is: 'counts a signal while its badge is suspended',
    seenBy: ['signal.suspended'],
    answer: tells('GET', PROFILE, (worker) => ({
      ...worker,
      signals: worker.signals.map((signal: Any) => ({
        ...signal,
        counted: !signal.withdrawn && Date.parse(signal.validUntil) > Date.now(),
      })),
    })),
  },
  {
    is: 'counts a certificate that is later than the contract',
    seenBy: ['contract.later'],
    answer: lets('PUT', /\/skill-context$/, { refused: 'malformed', as: 200 }, { applied: true }),
  },
  {
    is: 'lets work begin before the money is in',
    seenBy: ['escrow.funded'],
    answer: lets('POST', /^\/v1\/contracts\/[^/]+\/start$/, { refused: 'wrong-state', as: 200 }, { status: 'started' }),
  },
  {
    is: 'releases money at delivery',
    seenBy: ['escrow.accepted'],
    answer: tells('GET', CONTRACT, (contract) =>
      contract.firstDeliveredAt && contract.held > 0
        ? { ...contract, released: contract.held - contract.fee, held: 0 }
        : contract,
    ),
  },
  {
    is: 'keeps its fee of a refund',
    seenBy: ['escrow.refunded'],
    answer: tells('GET', CONTRACT, (contract) =>
      contract.refunded > 0
        ? { ...contract, refunded: contract.refunded * 0.9, fee: contract.fee + contract.refunded * 0.1 }
        : contract,
    ),
  },
  {
    is: 'moves a refund twice',
    seenBy: ['escrow.refunded'],
    answer: tells('GET', /\/ledger$/, (books) => ({
      ...books,
      transfers: [...books.transfers, ...books.transfers.filter(({ kind }: Any) => kind === 'refund')],
    })),
  },
  {
    is: 'names clients as everybody knows them',
    seenBy: ['escrow.clients'],
    answer: (ground) => {
      const clients = new Map<string, string>()
      const learns = tells('POST', /^\/v1\/contracts$/, (contract) => {
        clients.set(contract.id, contract.client)
        return contract
      })(ground)
      const named = tells('GET', LIST, (list) => ({
        ...list,
        contracts: list.contracts.map((one: Any) => ({ ...one, client: clients.get(one.contract) ?? one.client })),
      }))(ground)
      return (request, sound) => named(request, (asked) => learns(asked, sound))
    },
  },
  {
    is: 'names clients by a hash without a secret',
    seenBy: ['escrow.pairwise'],
    answer: (ground) => {
      const names = new Map<string, string>()
      const learns = tells('POST', /^\/v1\/contracts$/, (contract) => {
        names.set(contract.id, createHash('sha256').update(contract.client).digest('hex').slice(0, 32))
        return contract
      })(ground)
      const named = tells('GET', LIST, (list) => ({
        ...list,
        contracts: list.contracts.map((one: Any) => ({ ...one, client: names.get(one.contract) ?? one.client })),
      }))(ground)
      return (request, sound) => named(request, (asked) => learns(asked, sound))
    },
  },
  {
    is: 'repeats the last contract of a page on the next',
    seenBy: ['escrow.cursor'],
    answer: (ground) => {
      let last: Any
      return tells('GET', LIST, (list, request) => {
        const again = new URL(request.url).searchParams.has('after') && last ? [last] : []
        last = list.contracts.at(-1)
        return { ...list, contracts: [...again, ...list.contracts] }
      })(ground)
    },
  },
  {
    is: 'shows a review before both sides have written',
    seenBy: ['review.one-sided'],
    answer: tells('GET', REVIEWS, (pair) => ({
      ...pair,
      reviews: {
        ...pair.reviews,
        client: { ...pair.reviews.client, review: pair.reviews.client.written ? review : null },
      },
    })),
  },
  {
    is: 'takes two reviews of one contract from one side',
    seenBy: ['review.once'],
    answer: lets('POST', REVIEWS, { refused: 'already-done', as: 201 }, review),
  },
  {
    is: 'tells hidden answers one by one',
    seenBy: ['review.batches'],
    answer: hiddenAs((hidden, reviews) => ({
      ...(hidden ?? { againMean: 9.5, safeShare: 0.9, batches: 1, asOf: '2026-11' }),
      n: 5 + (hidden?.n ?? 0) + reviews,
    })),
  },
  {
    is: 'tells hidden answers of fewer than five',
    seenBy: ['review.hidden', 'review.batches'],
    answer: hiddenAs(() => ({ n: 4, againMean: 8.5, safeShare: 0.75, batches: 1, asOf: '2026-11' })),
  },
  {
    is: 'tells unanimous answers as they are',
    seenBy: ['review.blurred'],
    answer: hiddenAs((hidden) => hidden && { ...hidden, againMean: 10, safeShare: 1 }),
  },
  {
    is: 'loses a report',
    seenBy: ['case.read', 'case.decided'],
    answer: () => async (request, sound) =>
      sound(
        isAt(request, 'GET', /^\/v1\/moderation\/cases\/[^/]+$/)
          ? new Request(new URL('/v1/moderation/cases/cas_lost', request.url), request)
          : request,
      ),
  },
  {
    is: 'refuses without a code',
    seenBy: ['answer.problems'],
    shownBy: 'token',
    answer: () => async (request, sound) => {
      const response = await sound(request)
      if (response.status < 400 || !new URL(request.url).pathname.startsWith('/v1/')) return response
      const { code: _, ...rest } = (await response.json()) as Any
      return new Response(JSON.stringify(rest), { status: response.status, headers: response.headers })
    },
  },
  {
    is: 'takes an event whose signature does not fit',
    seenBy: ['event.signature'],
    answer: lets('POST', /^\/webhooks\/kentei$/, { refused: 'signature-invalid', as: 200 }, { received: true }),
  },
  {
    is: 'refuses to hear of a renewal',
    seenBy: ['event.types'],
    answer: () => async (request, sound) =>
      isAt(request, 'POST', /^\/webhooks\/kentei$/) &&
      ((await request.clone().json()) as Any).type === 'credential.renewed'
        ? new Response(JSON.stringify({ title: 'no such event', status: 422, code: 'malformed' }), {
            status: 422,
            headers: { 'content-type': 'application/problem+json' },
          })
        : sound(request),
  },
  {
    is: 'sends a person over under another id each time',
    seenBy: ['launch.pairwise'],
    answer: launches(() => `wrk_${randomUUID()}`),
  },
  {
    is: 'sends everybody over under one id',
    seenBy: ['launch.pairwise'],
    answer: launches(() => 'wrk_003'),
  },
  {
    is: 'sends people over under their names',
    seenBy: ['launch.claims', 'launch.pairwise'],
    answer: launches(({ name }) => name),
  },
  {
    is: 'signs its webhooks with another key than it publishes',
    seenBy: ['webhook.signature'],
    answer: tells('GET', /webhook-keys\.json$/, () => ({
      keys: [`whpk_${Buffer.alloc(32, 7).toString('base64')}`],
    })),
  },
  {
    is: 'takes a review after the time for it',
    // moves the clock of the marketplace: nothing is tried after it
    seenBy: ['review.late'],
    answer: lets('POST', REVIEWS, { refused: 'window-closed', as: 201 }, review),
  },
]
