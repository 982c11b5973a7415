import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { type Call as ContractCall, type Filled, requestOf } from '../../contract/call.ts'
import { NOT_OFFERED } from '../../contract/marketplace.ts'
import type { Scope } from '../../contract/tokens.ts'
import { readAnswer } from '../../platform/http/read-bounded.ts'
import { UsageError } from '../terminal.ts'
import { type Say, textsOf } from '../texts.ts'
import { serviceToken, type TokenFacts } from './service-tokens.ts'

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  /** Of the service token; a call without one carries none. */
  readonly scope?: Scope
  /** Sent instead of a service token: another one, or a person's session. */
  readonly bearer?: string
  readonly body?: unknown
  /** Sent as it is, instead of a body of JSON. */
  readonly raw?: string
  /** Sent besides the usual ones. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sent quoted; a fresh one for every write without it. */
  readonly idempotencyKey?: string
  /** A marketplace need not serve it: who does not refuses nothing of the contract. */
  readonly optional?: true
}

export interface Reply {
  readonly call: Pick<Call, 'method' | 'path' | 'body' | 'raw'>
  /** What it was sent under. */
  readonly bearer?: string | undefined
  /** 0: there was no answer. */
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Why there is no answer. */
  readonly lacking?: Say
  /** Undefined when the body is no JSON. */
  readonly json: unknown
}

/** Calls a marketplace and remembers how it refused calls of the contract. */
export interface MarketCaller {
  readonly refusals: readonly Reply[]
  /** The last calls since it was asked before, the newest last. */
  takeLast(): readonly Reply[]
  call(call: Call): Promise<Reply>
  /** What a good token for this scope would say now. */
  tokenFacts(scope: Scope | ''): TokenFacts
}

/** A call of the contract, filled in as its types ask, under a token of its scope. What a check sends wrong on purpose is written by hand instead. */
export const ofContract = <const C extends ContractCall & { readonly scope: Scope }>(
  call: C,
  filled: Filled<C>,
): Call & { readonly scope: Scope } => ({ ...requestOf(call, filled), scope: call.scope })

const TIMEOUT_MS = 15_000
/** So many calls show what a check has done. */
const MOST_KEPT = 3
const MAX_ANSWER_BYTES = 4_194_304

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const noReply = (call: Call, lacking: Say): Reply => ({
  call,
  status: 0,
  headers: new Headers(),
  text: '',
  lacking,
  json: undefined,
})

async function ask(url: string, init: RequestInit, call: Call): Promise<Reply> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
    const text = await readAnswer(response, MAX_ANSWER_BYTES)
    if (text === undefined) return noReply(call, (t) => t('conformance.came.tooLong', { bytes: MAX_ANSWER_BYTES }))
    return { call, status: response.status, headers: response.headers, text, json: readJson(text) }
  } catch (problem) {
    return noReply(call, () => (problem instanceof Error ? problem.message : String(problem)))
  }
}

/** `now`: milliseconds, the time that tokens are made at. */
export function createCaller(of: {
  readonly market: string
  readonly plugin: TokenFacts['plugin']
  readonly now: () => number
}): MarketCaller {
  const refusals: Reply[] = []
  let last: Reply[] = []
  const tokenFacts = (scope: Scope | ''): TokenFacts => ({
    plugin: of.plugin,
    audience: of.market,
    nowSeconds: Math.floor(of.now() / 1_000),
    scope,
  })
  return {
    refusals,
    tokenFacts,
    takeLast: () => {
      const taken = last
      last = []
      return taken
    },
    async call(call) {
      const bearer = call.bearer ?? (call.scope === undefined ? undefined : await serviceToken(tokenFacts(call.scope)))
      const headers = {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(call.method === 'GET'
          ? {}
          : { 'idempotency-key': `"${call.idempotencyKey ?? randomUUID()}"`, 'content-type': 'application/json' }),
        ...call.headers,
      }
      const body = call.raw ?? (call.body === undefined ? undefined : JSON.stringify(call.body))
      const init = { method: call.method, headers, ...(body === undefined ? {} : { body }) }
      const answer = await ask(`${of.market}${call.path}`, init, call)
      const reply = { ...answer, bearer }
      last = [...last.slice(1 - MOST_KEPT), reply]
      const isServed = !(call.optional && NOT_OFFERED.has(reply.status))
      if (reply.status >= 400 && call.path.startsWith('/v1/') && isServed) refusals.push(reply)
      return reply
    },
  }
}

const SHOWN_CHARACTERS = 160

const refusal = z.looseObject({ code: z.string(), reason: z.string().optional(), detail: z.string().optional() })

const cut = (text: string): string => (text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text)

/** A reply in one line: what came. */
export const inShort =
  ({ status, text, json, lacking }: Reply): Say =>
  (t) => {
    if (lacking) return t('conformance.came.noAnswer', { why: cut(lacking(t)) })
    const said = refusal.safeParse(json).data
    const body = said
      ? [said.code, said.reason && `(${said.reason})`, said.detail && `(${said.detail})`].filter(Boolean).join(' ')
      : text.replace(/\s+/g, ' ').trim()
    return `${status} ${cut(body)}`.trim()
  }

/** Two replies that had to be the same. */
export const firstThen =
  (first: Reply, next: Reply): Say =>
  (t) =>
    t('conformance.came.firstThen', { first: inShort(first)(t), next: inShort(next)(t) })

export const succeeded = ({ status }: Reply): boolean => status >= 200 && status < 300

/** Something that a check needs could not be done, with what came. */
export class CheckStopped extends Error {
  readonly say: Say

  constructor(say: Say) {
    super(say(textsOf('en')))
    this.say = say
  }
}

/** A reply without which a check cannot go on. @throws a `CheckStopped` that says what came instead. */
export function must(reply: Reply): Reply {
  if (succeeded(reply)) return reply
  const { method, path } = reply.call
  throw new CheckStopped((t) => t('conformance.came.answered', { call: `${method} ${path}`, reply: inShort(reply)(t) }))
}

const PATIENCE_MS = 15_000

/** What stands between us and a host, by the code that Node gives it, and what to do. */
const obstacles: readonly (readonly [codes: RegExp, says: Say])[] = [
  [/^ECONNREFUSED$/, (t) => t('usage.conformance.obstacle.refused')],
  [/^(ENOTFOUND|EAI_AGAIN)$/, (t) => t('usage.conformance.obstacle.noHost')],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?)$/,
    (t) => t('usage.conformance.obstacle.untrusted'),
  ],
  [/^CERT_/, (t) => t('usage.conformance.obstacle.invalid')],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, (t) => t('usage.conformance.obstacle.otherName')],
  [/^(ERR_SSL_|EPROTO)/, (t) => t('usage.conformance.obstacle.noTls')],
  [/^(HPE_|UND_ERR_SOCKET|ECONNRESET)/, (t) => t('usage.conformance.obstacle.noHttp')],
]

/** What went wrong, and the code of it if it has one; several addresses of one name fail with several. */
function causeOf(problem: unknown): { readonly code: string; readonly says: string } {
  const cause = problem instanceof Error ? problem.cause : undefined
  const first: unknown = (cause instanceof AggregateError ? cause.errors[0] : cause) ?? problem
  const code = first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : ''
  return { code, says: first instanceof Error ? first.message : String(first) }
}

/**
 * Makes sure that something answers at an origin, whatever it says.
 * @throws a `UsageError` that says what is in the way: no check could say anything about such a marketplace.
 */
export async function reachMarket(origin: string): Promise<void> {
  try {
    const response = await fetch(`${origin}/.well-known/jwks.json`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await response.body?.cancel()
  } catch (problem) {
    if (problem instanceof Error && problem.name === 'TimeoutError')
      throw new UsageError((t) => t('usage.conformance.slow', { origin, seconds: PATIENCE_MS / 1_000 }))
    const { code, says } = causeOf(problem)
    const obstacle = obstacles.find(([codes]) => codes.test(code))?.[1]
    throw new UsageError((t) => {
      const why = obstacle?.(t) ?? says
      return code === ''
        ? t('usage.conformance.unreached', { origin, why })
        : t('usage.conformance.unreachedBy', { origin, code, why })
    })
  }
}
