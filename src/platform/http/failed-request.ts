import type { Context } from 'hono'
import { routePath } from 'hono/route'
import type { LogLine } from '../log-line.ts'

/** What may be told of a request that failed. */
export const failedRequest = (c: Context, status: number): Pick<LogLine, 'method' | 'route' | 'status'> => ({
  method: c.req.method,
  route: routePath(c, -1),
  status,
})
