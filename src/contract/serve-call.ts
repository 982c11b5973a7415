import type { Context, Env, Hono, MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type * as z from 'zod'
import { ok, type Result } from '../kernel/result.ts'
import { type Malformed, parseBody, parseInput, parseTyped } from '../platform/http/parse-input.ts'
import { type AnswerOf, type Asked, type Call, patternOf } from './call.ts'

/** How a service lets callers in, and how it refuses them. */
export interface AccessPolicy<E extends Env, P> {
  /** What stands before a call, first to last. @throws for a call that it has no door for: none is ever served without. */
  readonly doors: (call: Call) => readonly MiddlewareHandler<E>[]
  readonly refuse: (problem: P | Malformed) => Response
}

/** An answer that tells that nothing came into being: what is asked for was there. */
export const already = <T>(value: T): { readonly ok: true; readonly value: T; readonly already: true } => ({
  ok: true,
  value,
  already: true,
})

type Outcome<C extends Call, P> = Result<AnswerOf<C>, P> & { readonly already?: true }

/** Answers one call. */
export type Answer<E extends Env, C extends Call, P> = (
  asked: Asked<C>,
  c: Context<E>,
) => Outcome<C, P> | Promise<Outcome<C, P>>

/** Reads what a call asks: its parameters as they stand, query and body as the contract has them. */
async function readAsked<C extends Call>(call: C, c: Context): Promise<Result<Asked<C>, Malformed>> {
  const query = call.query ? parseInput(call.query as z.ZodType, c.req.query()) : ok(undefined)
  if (!query.ok) return query
  const body = call.body
    ? parseBody(call.body, await c.req.text(), call.keepsAsTyped ? parseTyped : parseInput)
    : ok(undefined)
  return body.ok ? ok({ path: c.req.param(), query: query.value, body: body.value } as Asked<C>) : body
}

/** Gives the function that puts calls of the contract on the routes of an app. */
export const servingCalls =
  <E extends Env, P>(app: Hono<E>, policy: AccessPolicy<E, P>) =>
  /** `doors` stand behind those of the service. */
  <const C extends Call>(call: C, answer: Answer<E, C, P>, ...doors: readonly MiddlewareHandler<E>[]): void => {
    app.on(call.method.toUpperCase(), [patternOf(call)], ...policy.doors(call), ...doors, async (c) => {
      const asked = await readAsked(call, c)
      const outcome = asked.ok ? await answer(asked.value, c) : asked
      if (!outcome.ok) return policy.refuse(outcome.problem)
      const [status] = 'already' in outcome && call.already ? call.already : call.success
      return c.json(outcome.value as object, status as ContentfulStatusCode)
    })
  }
