import type { Hono, MiddlewareHandler } from 'hono'
import type { Call } from '../../contract/call.ts'
import { servingCalls } from '../../contract/serve-call.ts'
import type { PersonRole } from '../people/person.ts'
import type { SandboxProblem } from '../problem.ts'
import { problemResponse } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { requirePerson } from './person-door.ts'
import { requireScope } from './service-door.ts'

/** A call of the marketplace, its types as they are written. */
export const call = <const C extends Call<SandboxProblem['code']>>(one: C): C => one

/** What a call that may be repeated can be answered with. */
export const once = ['malformed', 'idempotency-mismatch', 'idempotency-in-flight'] as const

/** Who comes from the plugin with a token, and what it may ask. */
export const admitted = ['unauthenticated', 'token-refused', 'forbidden', 'not-found'] as const

function doorsOf({ security, roles = [], scope, path }: Call): readonly MiddlewareHandler<SandboxEnv>[] {
  if (security === 'session') return [requirePerson(...(roles as readonly PersonRole[]))]
  if (security !== 'service') return []
  if (!scope) throw new Error(`${path} is for tokens of no scope`)
  return [requireScope(scope)]
}

/** Gives the function that puts calls of the marketplace on the routes of an app. */
export const serving = (app: Hono<SandboxEnv>) => servingCalls<SandboxEnv, SandboxProblem>(app, { doors: doorsOf, refuse: problemResponse })
