import * as z from 'zod'
import { type FilledRequest, requestOf } from '../../../contract/call.ts'
import { signIn } from '../../api/demo-calls.ts'
import type { Pair, WireCall } from '../../pair.ts'
import type { Say } from '../texts.ts'

/** Stands in every confidential note of the year; nobody but operators may ever be sent it. */
export const MARK = 'mark-7f3a9c'

/** Sessions last 30 days; a new one is made well before. */
const SESSION_DAYS = 25
const OPERATOR = /^opr_/
const HIDDEN_COUNT = /"hidden":\{"n":(\d+)/g
/** Fewer answers than this never leave together. */
const LEAST_ANSWERS = 5

export interface Answer {
  readonly status: number
  readonly ok: boolean
  /** The parsed body of a JSON answer. */
  readonly body: unknown
  readonly text: string
}

const signedIn = z.object({ session: z.string() })
const problem = z.object({ code: z.string() })

/** What went over all wires in the year, looked at as it passed. */
export interface Watched {
  requests: number
  wireCalls: number
  /** Events that were made to vanish on the way. */
  eventsLost: number
  /** Answers with a confidential note in them that were given to somebody who is no operator. */
  readonly leaks: Say[]
  /** Answers given to operators that had one: the search for notes does find them. */
  notesSeenByOperators: number
  /** Aggregates of too few answers. */
  readonly thinAggregates: Say[]
  aggregates: number
  /** Jobs that somebody was shown while they were held or taken down. */
  readonly hiddenJobsShown: Say[]
  readonly refusals: Map<string, number>
}

/** A job that nobody but its client and operators may see. */
export interface HiddenJob {
  readonly client: string
}

/** Everybody who calls the two services, each with a session of their own, and what they are given. */
export class Visitors {
  readonly watched: Watched = {
    requests: 0,
    wireCalls: 0,
    eventsLost: 0,
    leaks: [],
    notesSeenByOperators: 0,
    thinAggregates: [],
    aggregates: 0,
    hiddenJobsShown: [],
    refusals: new Map(),
  }
  /** By id. */
  readonly hiddenJobs = new Map<string, HiddenJob>()
  day = 0
  private readonly sessions = new Map<string, { readonly token: string; readonly until: number }>()
  private readonly pair: () => Pair

  constructor(pair: () => Pair) {
    this.pair = pair
  }

  /** Sees a call between plugin and marketplace. */
  watch({ to, method, path, sent, received }: WireCall): void {
    this.watched.wireCalls += 1
    const call = `${method} ${path}`
    if (sent.includes(MARK) || received.includes(MARK))
      this.watched.leaks.push((t) => t('sandbox.check.notes.wire', { call, service: to }))
    this.countAggregates(call, received)
  }

  private countAggregates(where: string, text: string): void {
    for (const [, n] of text.matchAll(HIDDEN_COUNT)) {
      this.watched.aggregates += 1
      if (Number(n) < LEAST_ANSWERS)
        this.watched.thinAggregates.push((t) => t('sandbox.check.aggregates.thin', { call: where, answers: Number(n) }))
    }
  }

  private look(who: string | null, call: string, text: string): void {
    this.watched.requests += 1
    if (text.includes(MARK)) {
      if (who !== null && OPERATOR.test(who)) this.watched.notesSeenByOperators += 1
      else
        this.watched.leaks.push((t) =>
          who === null ? t('sandbox.check.notes.givenToAny', { call }) : t('sandbox.check.notes.given', { call, who }),
        )
    }
    this.countAggregates(call, text)
    // contracts and notices of the two concerned may name a job; lists and pages of jobs may not
    if (!/ \/(v1\/)?jobs/.test(call) || (who !== null && OPERATOR.test(who))) return
    for (const [id] of text.matchAll(/job_[0-9a-f-]{36}/g)) {
      const hidden = this.hiddenJobs.get(id)
      if (!hidden || hidden.client === who) continue
      const shown = { job: id, call, day: this.day }
      this.watched.hiddenJobsShown.push((t) =>
        who === null ? t('sandbox.check.jobs.shownToAny', shown) : t('sandbox.check.jobs.shown', { ...shown, who }),
      )
    }
  }

  private async sessionOf(who: string): Promise<string> {
    const known = this.sessions.get(who)
    if (known && known.until > this.day) return known.token
    const { body } = await this.market(null, requestOf(signIn, { path: {}, body: { user: who } }))
    const token = signedIn.parse(body).session
    this.sessions.set(who, { token, until: this.day + SESSION_DAYS })
    return token
  }

  private async read(who: string | null, call: string, response: Response): Promise<Answer> {
    const text = await response.text()
    this.look(who, call, text)
    const body: unknown = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined
    if (response.status >= 500)
      throw new Error(`${call} as ${who ?? 'anybody'} answered ${response.status}: ${text.slice(0, 300)}`)
    if (!response.ok) {
      const code = problem.safeParse(body)
      const key = `${call.replaceAll(/[a-z]{3}_[A-Za-z0-9_-]+/g, '…').replace(/\?.*/, '')} ${response.status} ${code.success ? code.data.code : ''}`
      this.watched.refusals.set(key, (this.watched.refusals.get(key) ?? 0) + 1)
    }
    return { status: response.status, ok: response.ok, body, text }
  }

  /** Calls the marketplace as somebody, or as nobody in particular. */
  async market(who: string | null, { method, path, body }: FilledRequest): Promise<Answer> {
    const authorization: Record<string, string> =
      who === null ? {} : { authorization: `Bearer ${await this.sessionOf(who)}` }
    const init = {
      method,
      headers: { 'content-type': 'application/json', ...authorization },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }
    return this.read(who, `${method} ${path}`, await this.pair().callMarket(path, init))
  }

  /** Calls the plugin under a token of its own. */
  async plugin(token: string, { method, path, body }: FilledRequest): Promise<Answer> {
    const init = {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }
    return this.read(null, `${method} ${path}`, await this.pair().callPlugin(path, init))
  }
}

/** The body of an answer that has to be good. */
export function expect<T>(schema: z.ZodType<T>, { ok, status, body, text }: Answer): T {
  if (!ok) throw new Error(`a call was refused with ${status}: ${text.slice(0, 300)}`)
  return schema.parse(body)
}
