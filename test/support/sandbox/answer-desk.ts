import { fingerprintOf } from '../../../src/platform/http/replay/request-key.ts'
import { claimIdempotencyKey } from '../../../src/platform/http/replay/store.ts'
import { calls } from '../../../src/sandbox/api/calls.ts'
import { callNamed, documentedBy } from './documented.ts'
import { assessed } from './job-board.ts'
import { openMarket } from './open-market.ts'

const MOST_TRIES = 60

/** A request of a call. */
export interface Request {
  /** Who is signed in, where a person asks. */
  readonly user?: string
  readonly ids?: Readonly<Record<string, string>>
  readonly query?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Sent in the place of a good token. */
  readonly token?: string
}

/** A market whose every answer is held against its OpenAPI document, and which knows what was answered to which call. */
export async function openAnswerDesk() {
  const market = await openMarket()
  // suspects what the text says of itself
  Object.assign(market.world, {
    detect: ({ body }: { body: string }) => assessed(Number(/\[(0\.\d+)\]/.exec(body)?.[1] ?? 0)),
  })
  const expectDocumented = documentedBy((await market.call('GET', '/openapi.json')).json)
  let keys = 0
  const sessions = new Map<string, string>()
  /** By call: the codes of its refusals, and `success`. */
  const seen = new Map<string, Set<string>>(calls.map(({ method, path }) => [`${method} ${path}`, new Set()]))
  /** The first request of each call that went well. */
  const good = new Map<string, Request>()

  const signIn = async (user: string): Promise<string> => {
    const known = sessions.get(user)
    if (known) return known
    const { session } = (await market.call('POST', '/demo/session', { body: { user } })).json
    sessions.set(user, session)
    return session
  }
  const tokenFor = async ({ security, scope }: ReturnType<typeof callNamed>, user: string | undefined) =>
    security === 'service'
      ? market.plugin.serviceToken({ claims: { scope } })
      : security === 'session'
        ? signIn(user ?? 'nobody')
        : ''
  const pathOf = (name: string, { ids }: Request) =>
    callNamed(name).path.replaceAll(/\{(\w+)\}/g, (_, id: string) => ids?.[id] ?? 'nobody')
  /** Makes a call, `method /path/{id}`, and expects its answer to be documented. */
  const ask = async (name: string, request: Request = {}) => {
    const call = callNamed(name)
    const path = pathOf(name, request)
    const answer = await market.call(call.method.toUpperCase(), `${path}${request.query ? `?${request.query}` : ''}`, {
      token: request.token ?? (await tokenFor(call, request.user)),
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(request.headers ? { headers: { ...request.headers } } : {}),
    })
    expectDocumented(call, answer)
    seen.get(name)?.add(answer.status < 400 ? 'success' : answer.json.code)
    return answer
  }
  /** The same, which has to go well: under a key by which it can be repeated. */
  const well = async (name: string, request: Request = {}) => {
    keys += 1
    const asked = { ...request, headers: { ...request.headers, 'Idempotency-Key': `"key-${keys}"` } }
    const answer = await ask(name, asked)
    if (answer.status >= 400) throw new Error(`${name}: ${answer.status} ${answer.text}`)
    if (!good.has(name)) good.set(name, asked)
    return answer.json
  }
  /** The same, which has to be refused with this code. */
  const refused = async (code: string, name: string, request: Request = {}) => {
    const answer = await ask(name, request)
    if (answer.json?.code !== code)
      throw new Error(`${name} was to be refused with ${code}: ${answer.status} ${answer.text}`)
  }
  /** Asks until it is refused with this code: where so many are allowed. */
  const untilRefused = async (code: string, name: string, request: (nth: number) => Request) => {
    for (let nth = 0; nth < MOST_TRIES; nth += 1) if ((await ask(name, request(nth))).json?.code === code) return
    throw new Error(`${name} was never refused with ${code}`)
  }
  /** A key under which this request is being answered, as far as the market knows. */
  const keyInFlight = async (name: string, request: Request): Promise<Request> => {
    const { method, security } = callNamed(name)
    const key = `in flight ${name}`
    const text = request.body === undefined ? '' : JSON.stringify(request.body)
    await claimIdempotencyKey(market.world.db, {
      caller: security === 'session' ? (request.user ?? '') : '',
      key,
      payloadHash: await fingerprintOf([method.toUpperCase(), pathOf(name, request), text]),
      now: market.clock.now,
    })
    return { ...request, headers: { 'Idempotency-Key': `"${key}"` } }
  }
  const forgetSessions = () => sessions.clear()
  return { market, ask, well, refused, untilRefused, keyInFlight, seen, good, forgetSessions, close: market.close }
}

export type AnswerDesk = Awaited<ReturnType<typeof openAnswerDesk>>
