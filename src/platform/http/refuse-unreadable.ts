import type { Context, Env, Hono, MiddlewareHandler } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { type BodyLimits, limitBodies } from './limit-bodies.ts'

/** A paper's largest section has some 2,000 fields. A form of many small ones takes far longer to read than its bytes tell. */
export const MOST_FIELDS = 5_000

const latin1 = new TextDecoder('latin1')

function countOf(text: string, mark: string): number {
  let count = 0
  for (let at = text.indexOf(mark); at !== -1 && count <= MOST_FIELDS; at = text.indexOf(mark, at + mark.length))
    count += 1
  return count
}

/** What separates the fields of a form; undefined where a body is none. */
function separatorOf(contentType: string): string | undefined {
  const [kind = ''] = contentType.split(';', 1)
  if (kind.trim().toLowerCase() === 'application/x-www-form-urlencoded') return '&'
  if (kind.trim().toLowerCase() !== 'multipart/form-data') return undefined
  return `--${/;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)?.slice(1).find(Boolean) ?? ''}`
}

/**
 * Reads the form of a request, if it is one, before anybody asks for it, so that one which cannot be read is refused in one
 * place and `parseBody` fails nowhere. `refuse` is told why.
 */
export function checkForms<E extends Env>(
  refuse: (c: Context<E>, detail: string) => Response | Promise<Response>,
): MiddlewareHandler<E> {
  return async (c, next) => {
    const separator =
      c.req.method === 'GET' || c.req.method === 'HEAD' ? undefined : separatorOf(c.req.header('content-type') ?? '')
    if (separator === undefined) return next()
    try {
      const bytes = await c.req.arrayBuffer()
      if (countOf(latin1.decode(bytes), separator) > MOST_FIELDS)
        return refuse(c, `The form has more than ${MOST_FIELDS} fields`)
      await c.req.parseBody()
    } catch {
      return refuse(c, 'The form cannot be read as what its Content-Type says')
    }
    return next()
  }
}

/** Nothing of ours is called so; and what is read from a path is written into headers, which hold no such sign. */
const CONTROL = /\p{Cc}/u

/** Says of an address with a control character in it that nothing is there, before anybody reads its parts. */
export function plainPaths<E extends Env>(
  refuse: (c: Context<E>) => Response | Promise<Response>,
): MiddlewareHandler<E> {
  return (c, next) => (CONTROL.test(c.req.path) ? Promise.resolve(refuse(c)) : next())
}

/**
 * Leads an address with several slashes in front to the one with a single one, before any page is made: as a link within a
 * page it would be the address of another host. Source: RFC 3986, §4.2 (network-path reference).
 */
export const oneSlash: MiddlewareHandler = (c, next) => {
  const { pathname, search } = new URL(c.req.url)
  return pathname.startsWith('//')
    ? Promise.resolve(c.redirect(`${pathname.replace(/^\/+/, '/')}${search}`, 308))
    : next()
}

/** What of a request no route has to look at. */
export type Unreadable =
  | { readonly code: 'not-found' }
  | { readonly code: 'payload-too-large'; readonly limitBytes: number }
  | { readonly code: 'unreadable'; readonly detail: string }

/** Refuses addresses, bodies and forms that nobody should have to read. */
export const refuseUnreadable = <E extends Env>({
  refuse,
  ...limits
}: Pick<BodyLimits<E>, 'usualBytes' | 'raised'> & {
  readonly refuse: (c: Context<E>, problem: Unreadable) => Response | Promise<Response>
}): readonly MiddlewareHandler<E>[] => [
  plainPaths<E>((c) => refuse(c, { code: 'not-found' })),
  limitBodies<E>({ ...limits, refuse: (c, limitBytes) => refuse(c, { code: 'payload-too-large', limitBytes }) }),
  checkForms<E>((c, detail) => refuse(c, { code: 'unreadable', detail })),
]

/** Says which methods an address takes: programs in a problem document, people in the page that says that nothing is there. */
export const refuseOtherMethods = <E extends Env>(
  app: Hono<E>,
  isForPrograms: (path: string) => boolean,
  problemResponse: (problem: { readonly code: 'method-not-allowed'; readonly allow: readonly string[] }) => Response,
): MiddlewareHandler<E> =>
  methodNotAllowed({
    app,
    onMethodNotAllowed: (c, allow) =>
      isForPrograms(c.req.path)
        ? problemResponse({ code: 'method-not-allowed', allow })
        : new Response(c.res.body, { status: 405, headers: [...c.res.headers, ['allow', allow.join(', ')]] }),
  })
