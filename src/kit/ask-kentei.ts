import type * as z from 'zod'
import { type Call, type Filled, requestOf } from '../contract/call.ts'
import {
  endorseAchievement,
  eraseWorker,
  listCredentials,
  listEvents,
  withdrawEndorsement,
} from '../contract/kentei/trust.ts'
import type { Scope } from '../contract/tokens.ts'
import { readJsonAnswer } from '../platform/http/read-bounded.ts'
import type { KenteiClient } from './marketplace.ts'

/** The most of an answer that is read, in bytes. */
const MOST_BYTES = 4_194_304

/** Kentei refused a call, or what it answered is not what the contract has. `code` is stable: the guide lists them. */
export class KenteiError extends Error {
  override readonly name = 'KenteiError'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** How a request reaches Kentei. @throws when there is no answer in time. */
export type AskKentei = (
  path: string,
  init: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string },
) => Promise<Response>

type Asked = Call & { readonly scope: Scope; readonly answer: z.ZodType }

/** Makes a call of the contract under a fresh service token. @throws a `KenteiError`, or what the network throws. */
async function make<C extends Asked>(
  { ask, token }: { readonly ask: AskKentei; readonly token: (scope: Scope) => Promise<string> },
  call: C,
  filled: Filled<C>,
): Promise<z.output<C['answer']>> {
  const { method, path, body } = requestOf(call, filled)
  const headers = {
    authorization: `Bearer ${await token(call.scope)}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const response = await ask(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const json = await readJsonAnswer(response, MOST_BYTES)
  if (!response.ok) {
    const { code = 'unknown', title = '' } = (json ?? {}) as { readonly code?: string; readonly title?: string }
    throw new KenteiError(response.status, code, `${method} ${path}: ${response.status} ${code} ${title}`.trim())
  }
  const read = call.answer.safeParse(json)
  if (!read.success) throw new KenteiError(response.status, 'malformed', `${method} ${path}: ${read.error.message}`)
  return read.data as z.output<C['answer']>
}

/** What a marketplace asks of Kentei, each under a service token of its scope. */
export const kenteiClient = (how: {
  readonly ask: AskKentei
  readonly token: (scope: Scope) => Promise<string>
}): KenteiClient => ({
  /** Every certificate of a worker, whatever its state. */
  credentialsOf: (worker: string) => make(how, listCredentials, { path: { worker } }),
  /** Erases a worker for good: their certificates then answer 410. Again with the same answer. */
  erase: (worker: string) => make(how, eraseWorker, { path: { worker } }),
  /** Events after a cursor, from the oldest on; `'0'` for all. */
  eventsAfter: (after: string) => make(how, listEvents, { path: {}, query: { after } }),
  /** Stands by an exam, with an Open Badges EndorsementCredential. */
  endorse: (exam: string, endorsement: string) =>
    make(how, endorseAchievement, { path: { exam }, body: { endorsement } }),
  withdrawEndorsement: (exam: string) => make(how, withdrawEndorsement, { path: { exam } }),
})
