import type { Context, Hono, MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { type Call, isRepeatable } from '../../contract/call.ts'
import { already, servingCalls } from '../../contract/serve-call.ts'
import { ok } from '../../kernel/result.ts'
import type { Person, PersonRole } from '../people/person.ts'
import type { Outcome, SandboxProblem } from '../problem.ts'
import { problemResponse } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { answerOnce } from './answer-once.ts'
import { requirePerson, requireScope } from './doors.ts'

type SandboxCall = Call<SandboxProblem['code']> & { readonly roles?: readonly PersonRole[] }

/** A call of the marketplace, its types as they are written. */
export const call = <const C extends SandboxCall>(one: C): C => one

/** In a body: sends a text although it was answered with `text-warned`. An operator looks at it then. */
export const sendAnyway = z.boolean().default(false)

/** What a call that may be repeated can be answered with. */
export const once = ['malformed', 'idempotency-mismatch', 'idempotency-in-flight'] as const

/** Whom the door of persons refuses. */
export const signedIn = ['unauthenticated', 'forbidden'] as const

/** Who comes from the plugin with a token, and what it may ask. */
export const admitted = ['unauthenticated', 'token-refused', 'forbidden', 'not-found'] as const

/** What stands before a call. The doors of persons and of tokens answer repeated requests by themselves. */
function doorsOf(one: Call): readonly MiddlewareHandler<SandboxEnv>[] {
  const { security, roles = [], scope, path } = one
  if (security === 'session') return [requirePerson(...(roles as readonly PersonRole[]))]
  // who signs a webhook is asked by its route, over the bytes
  if (security === 'none' || security === 'webhook') return isRepeatable(one) ? [answerOnce] : []
  if (security !== 'service' || !scope)
    throw new Error(`nobody would be refused at ${path}: it needs a door of its own`)
  return [requireScope(scope)]
}

/** Gives the function that puts calls of the marketplace on the routes of an app. */
export const serving = (app: Hono<SandboxEnv>) =>
  servingCalls<SandboxEnv, SandboxProblem>(app, { doors: doorsOf, refuse: problemResponse })

export type Serve = ReturnType<typeof serving>

/** The person signed in; a door has seen to it that there is one. */
export function personOf(c: Context<SandboxEnv>): Person {
  const person = c.get('person')
  if (!person) throw new Error('no door before this route')
  return person
}

/** The value of an outcome as it is answered. */
export const told = <T, U>(outcome: Outcome<T>, describe: (value: T) => U): Outcome<U> =>
  outcome.ok ? ok(describe(outcome.value)) : outcome

/** Answers what came into being, or what was there. */
export function createdOrThere<T extends { readonly created: boolean }>(outcome: Outcome<T>) {
  if (!outcome.ok) return outcome
  const { created, ...answer } = outcome.value
  return created ? ok(answer) : already(answer)
}
