import type { CredentialVerifier } from '@kentei/verify'
import { unknowable } from '@kentei/verify/parts'
import {
  type Badge,
  type MarketplaceOffers,
  type ModerationReport,
  type Offer,
  type RankingSignalBody,
  readOffers,
} from '../contract/marketplace.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { parseBody, parseInput } from '../platform/http/parse-input.ts'
import { type ProblemKind, problemDocument, sharedProblems } from '../platform/http/problem-document.ts'
import { readBounded } from '../platform/http/read-bounded.ts'
import { fingerprintOf, keyInQuotes } from '../platform/http/replay/request-key.ts'
import type { TokenIssuer } from '../platform/http/trusted-token.ts'
import { amountRange, clientName, type Matched, matchCall, schemasOf } from './answer-calls.ts'
import { freezeContext, takeBadge, takeSignal, withdrawSignal } from './evidence.ts'
import { takeEvent } from './incoming-events.ts'
import { type MarketplaceKeys, publicHalf, webhookPublicKey } from './keys.ts'
import type { Answers, Heard, PaidWork } from './marketplace.ts'
import { keyOf, type Store } from './storage.ts'
import { admit } from './tokens.ts'

/** The most of a body that is read, in bytes. */
const MOST_BODY_BYTES = 131_072
const IDEMPOTENCY_LASTS = 86_400_000
/** A request that has not answered after this long, in milliseconds, has died; its key may be used again. */
const IN_FLIGHT_LASTS = 10_000
const KEYS_KEPT_SECONDS = 300

const paths = {
  keys: '/.well-known/jwks.json',
  webhookKeys: '/.well-known/webhook-keys.json',
  events: '/webhooks/kentei',
  offers: readOffers.path,
} as const

/** What requests are answered with. */
export interface Desk {
  readonly keys: MarketplaceKeys
  readonly retired: readonly MarketplaceKeys['tokens'][]
  readonly issuer: TokenIssuer
  readonly verifier: CredentialVerifier
  readonly store: Store
  readonly answers: Answers
  readonly heard: Heard
  readonly webhookSecrets: readonly string[]
  readonly profile: string | undefined
  now(): number
}

const kinds = {
  ...sharedProblems,
  'badge-refused': { status: 422, title: 'The credential does not verify and is not shown' },
} as const satisfies Readonly<Record<string, ProblemKind>>

interface Refusal {
  readonly code: keyof typeof kinds
  readonly reason?: string
  readonly [help: string]: unknown
}

/** The caller did nothing wrong while keys or a status list cannot be read: a 5xx makes it try again. */
const isForLater = ({ code, reason }: Refusal): boolean =>
  reason === 'keys-unavailable' || (code === 'badge-refused' && (unknowable as ReadonlySet<unknown>).has(reason))

/** The answer of a refusal, as `application/problem+json`. */
export const refuse = (problem: Refusal): Response =>
  problemDocument(problem, { ...kinds[problem.code], ...(isForLater(problem) ? { status: 503 } : {}) })

const malformed = (path: string, message: string): Refusal => ({ code: 'malformed', issues: [{ path, message }] })
const refused = (problem: object) => fail(problem as Refusal)
/** There is no such thing here, or the marketplace does not offer it. */
const found = (value: object | undefined): Result<object, Refusal> => (value ? ok(value) : fail({ code: 'not-found' }))

const asTold = async ({ keys, issuer }: Desk, { amount, client, ...work }: PaidWork) => ({
  ...work,
  client: await clientName(keys.names, { client, kentei: issuer.issuer }),
  amountBucket: amountRange(amount),
})

/** What a call comes to. */
async function act(
  desk: Desk,
  { call, path }: Matched,
  { query, body }: { readonly query: Readonly<Record<string, string>>; readonly body: unknown },
): Promise<Result<object, Refusal>> {
  const { answers, store, verifier, now } = desk
  const { worker = '', exam = '', contract = '', credential = '' } = path
  switch (`${call.method} ${call.path}` as const) {
    case 'get /v1/workers/{worker}/standing':
      return found(await answers.standing(worker))
    case 'put /v1/workers/{worker}/badges/{credential}': {
      const taken = await takeBadge({ store, verifier, now }, { worker, credential }, body as Badge)
      return taken.ok ? taken : refused(taken.problem)
    }
    case 'put /v1/workers/{worker}/ranking-signals/{exam}':
      return ok(await takeSignal(store, { worker, exam }, body as RankingSignalBody))
    case 'delete /v1/workers/{worker}/ranking-signals/{exam}':
      return ok(await withdrawSignal(store, { worker, exam }, (body as { readonly version: number }).version))
    case 'put /v1/contracts/{contract}/skill-context': {
      const formed = await answers.formedContract?.(contract)
      if (!formed) return found(undefined)
      const asked = (body as { readonly credential: string }).credential
      const frozen = await freezeContext({ store, now }, { ...formed, contract }, asked)
      if (frozen.ok) return frozen
      const { code, detail } = frozen.problem
      return fail(code === 'malformed' ? malformed('credential', detail) : { code, detail })
    }
    case 'get /v1/escrow/contracts': {
      const page = await answers.paidWork?.({ worker: query.worker ?? '', after: query.after })
      return found(
        page && { contracts: await Promise.all(page.contracts.map((work) => asTold(desk, work))), next: page.next },
      )
    }
    case 'get /v1/reviews/aggregates':
      return found(await answers.reviews?.(query.worker ?? ''))
    case 'post /v1/moderation/cases':
      return found(await answers.openCase?.(body as ModerationReport))
    case 'get /v1/moderation/cases/{case}':
      return found(await answers.findCase?.(path.case ?? ''))
    case 'get /v1/exams/{exam}/noticed':
      return found(await answers.noticed?.(exam))
    case 'get /v1/workers/{worker}/noticed':
      return found(await answers.workerNoticed?.({ worker, exam: query.exam ?? '' }))
    case 'get /v1/exams/{exam}/jobs':
      return found(await answers.jobs?.(exam))
    default:
      return found(undefined)
  }
}

/** Answers a call of the contract whose caller was let in. @throws what an answer throws, and a TypeError for one that the contract does not have. */
async function answerCall(desk: Desk, matched: Matched, url: URL, text: string): Promise<Response> {
  const schemas = schemasOf(matched.call)
  const query = schemas.query ? parseInput(schemas.query, Object.fromEntries(url.searchParams)) : ok({})
  if (!query.ok) return refuse({ ...query.problem })
  const body = schemas.body ? parseBody(schemas.body, text) : ok(undefined)
  if (!body.ok) return refuse({ ...body.problem })
  // whoever writes about a worker who is not there learns that before anything else
  const { worker } = matched.path
  const isWrite = matched.call.method !== 'get'
  if (isWrite && worker !== undefined && !(await desk.answers.standing(worker))) return refuse({ code: 'not-found' })
  const outcome = await act(desk, matched, { query: query.value as Record<string, string>, body: body.value })
  if (!outcome.ok) return refuse(outcome.problem)
  // what the contract does not have never leaves: of hidden reviews fewer than five, of people fewer than ten
  const wrong = schemas.answer?.safeParse(outcome.value).error
  if (wrong) throw new TypeError(`${matched.call.method} ${matched.call.path}: ${wrong.message}`)
  return Response.json(outcome.value, { status: matched.call.success[0] })
}

interface Claim {
  readonly print: string
  readonly at: number
  readonly reply?: readonly [status: number, body: string]
}

/** Does what a request asks at most once per `Idempotency-Key`. Only what took place is kept: a refusal changed nothing. */
async function answerOnce(
  { store, now }: Desk,
  { request, url, text }: { readonly request: Request; readonly url: URL; readonly text: string },
  make: () => Promise<Response>,
): Promise<Response> {
  const header = request.method === 'GET' ? null : request.headers.get('idempotency-key')
  if (header === null) return make()
  const name = keyInQuotes(header)
  if (name === undefined) return refuse(malformed('Idempotency-Key', 'expected a quoted string of 1 to 255 characters'))
  const key = `reply/${keyOf(name)}`
  const claim: Claim = { print: await fingerprintOf([request.method, url.pathname, text]), at: now() }
  const until = now() + IDEMPOTENCY_LASTS
  if (!(await store.insert(key, JSON.stringify(claim), { now: now(), until }))) {
    const { print, at, reply } = JSON.parse((await store.read(key)) ?? JSON.stringify(claim)) as Claim
    if (print !== claim.print) return refuse({ code: 'idempotency-mismatch' })
    if (reply) return new Response(reply[1], { status: reply[0], headers: { 'content-type': 'application/json' } })
    if (now() - at < IN_FLIGHT_LASTS) return refuse({ code: 'idempotency-in-flight', retryAfterSeconds: 1 })
  }
  let isDone = false
  try {
    const response = await make()
    isDone = response.ok
    if (!isDone) return response
    const reply = [response.status, await response.clone().text()] as const
    await store.write(key, JSON.stringify({ ...claim, reply } satisfies Claim), { until })
    return response
  } finally {
    if (!isDone) await store.remove(key)
  }
}

/** Kentei's Ed25519 keys, and the secrets that are shared. */
async function webhookKeys({ issuer: { keys }, webhookSecrets }: Desk, anew: boolean): Promise<string[]> {
  if (anew ? !keys.coolingDown : !keys.fresh) await keys.reload().catch(() => undefined)
  const published = (keys.jwks()?.keys ?? []).filter(({ kty, crv, x }) => kty === 'OKP' && crv === 'Ed25519' && x)
  return [...webhookSecrets, ...published.map(webhookPublicKey)]
}

async function answerEvent(desk: Desk, { headers }: Request, text: string): Promise<Response> {
  const take = async (anew: boolean) => takeEvent({ ...desk, keys: await webhookKeys(desk, anew) }, headers, text)
  const first = await take(false)
  const fitsNone = !first.ok && 'reason' in first.problem && first.problem.reason === 'no-matching-signature'
  // it may be of a key that was published since
  const taken = fitsNone && !desk.issuer.keys.coolingDown ? await take(true) : first
  return taken.ok ? Response.json(taken.value) : refuse({ ...taken.problem })
}

const published = (value: object) =>
  Response.json(value, { headers: { 'cache-control': `public, max-age=${KEYS_KEPT_SECONDS}` } })

/** What of the contract is offered beyond what every marketplace does: whatever there is an answer for. Events always are. */
function offersOf({ answers, profile }: Desk): MarketplaceOffers {
  const offered = {
    contracts: answers.formedContract,
    'paid-work': answers.paidWork,
    reviews: answers.reviews,
    cases: answers.openCase && answers.findCase,
    events: true,
  } satisfies Record<Offer, unknown>
  const offers = Object.entries(offered).flatMap(([name, has]) => (has ? [name] : []))
  return { offers, ...(profile === undefined ? {} : { profile }) }
}

const isServed = ({ method, url }: Request): boolean => {
  const { pathname } = new URL(url)
  return Object.values<string>(paths).includes(pathname) || matchCall(method, pathname) !== undefined
}

/** Answers what Kentei asks and tells, and publishes the marketplace's keys. @throws what the answers and the store throw. */
export function openDesk(desk: Desk) {
  const { tokens, next, events } = desk.keys
  const jwks = { keys: [tokens, ...(next ? [next] : []), ...desk.retired].map(publicHalf) }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const { pathname } = url
    if (pathname === paths.keys) return published(jwks)
    if (pathname === paths.webhookKeys) return published({ keys: [webhookPublicKey(events)] })
    if (pathname === paths.offers) return published(offersOf(desk))
    const isEvent = pathname === paths.events
    if (isEvent && request.method !== 'POST') return refuse({ code: 'method-not-allowed', allow: ['POST'] })
    const matched = isEvent ? undefined : matchCall(request.method, pathname)
    if (matched && 'methods' in matched) return refuse({ code: 'method-not-allowed', allow: matched.methods })
    if (!isEvent && !matched) return refuse({ code: 'not-found' })
    const bytes = request.body ? await readBounded(request.body, MOST_BODY_BYTES) : new Uint8Array()
    if (bytes === 'too-long') return refuse({ code: 'payload-too-large', limitBytes: MOST_BODY_BYTES })
    const text = new TextDecoder().decode(bytes)
    if (!matched) return answerEvent(desk, request, text)
    const admitted = await admit(desk, request.headers.get('authorization'), matched.call.scope)
    if (!admitted.ok) return refuse({ ...admitted.problem })
    return answerOnce(desk, { request, url, text }, () => answerCall(desk, matched, url, text))
  }
  return { answer, serves: isServed }
}
