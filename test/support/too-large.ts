import type { Hono } from 'hono'
import { endless } from './endless.ts'

/** A request whose body is larger than its route takes, in one of the ways in which that can be. */
export interface TooLarge {
  readonly method: string
  readonly path: string
  readonly way: 'declared' | 'in pieces' | 'declared smaller'
  readonly init: RequestInit
  /** How much of the body was asked for, where it comes in pieces. */
  readonly asked?: { readonly bytes: number }
}

const PARAMETERS = /:\w+(\{[^}]*\})?/g

/** A value for each parameter of a route; one that names a few takes the first of them. */
const filled = (path: string): string =>
  path.replaceAll(PARAMETERS, (_, pattern?: string) =>
    pattern?.includes('|') ? (pattern.slice(1, -1).split('|')[0] ?? '') : pattern?.includes('crd_') ? 'crd_1' : 'x',
  )

/** Every route of an app that may have a body, asked with one of `bytes` or more in every way. */
export function tooLarge(app: Pick<Hono, 'routes'>, bytes: number): TooLarge[] {
  const routes = new Set(
    app.routes.flatMap(({ method, path }) =>
      /^(POST|PUT|PATCH|DELETE)$/.test(method) && !path.includes('*') ? [`${method} ${filled(path)}`] : [],
    ),
  )
  return [...routes].flatMap((route) => {
    const [method = '', path = ''] = route.split(' ')
    const [pieces, liar] = [endless(), endless()]
    const streamed = (body: ReadableStream, headers: Record<string, string>) =>
      ({ method, body, duplex: 'half', headers: { 'content-type': 'application/json', ...headers } }) as RequestInit
    return [
      {
        method,
        path,
        way: 'declared',
        init: {
          method,
          body: 'x'.repeat(bytes),
          headers: { 'content-type': 'application/json', 'content-length': String(bytes) },
        },
      },
      { method, path, way: 'in pieces', init: streamed(pieces.body, {}), asked: pieces.asked },
      {
        method,
        path,
        way: 'declared smaller',
        init: streamed(liar.body, { 'content-length': '2' }),
        asked: liar.asked,
      },
    ] satisfies TooLarge[]
  })
}
