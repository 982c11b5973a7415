import type { Context, Env, MiddlewareHandler } from 'hono'

/** Nothing of ours is called so; and what is read from a path is written into headers, which hold no such sign. */
const CONTROL = /\p{Cc}/u

/** Says of an address with a control character in it that nothing is there, before anybody reads its parts. */
export function plainPaths<E extends Env>(
  refuse: (c: Context<E>) => Response | Promise<Response>,
): MiddlewareHandler<E> {
  return (c, next) => (CONTROL.test(c.req.path) ? Promise.resolve(refuse(c)) : next())
}
