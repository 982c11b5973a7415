import { Hono } from 'hono'
import { compress } from 'hono/compress'

/** Answers a request; `bindings` are handed on as they are. */
export type Answer<Bindings extends object> = (request: Request, bindings: Bindings) => Response | Promise<Response>

/**
 * What browsers load as a page or with one. Answers to programs are JSON: they stay as they are, since nearly all are shorter
 * than is worth it.
 */
const PAGE_TYPES = /^(text\/(html|css|javascript|markdown)|image\/svg\+xml)(;|$)/

/**
 * Whether somebody else could make this browser ask, and learn from the length of an answer how much of what they put into the
 * address stands on the page as well (BREACH). What may be kept by a cache holds nothing of one person.
 */
function couldTell(request: Request, response: Response): boolean {
  const isPersonal = response.headers.get('cache-control')?.includes('no-store') ?? true
  // a browser says where a request comes from; "none" is the address bar
  return isPersonal && !['same-origin', 'none'].includes(request.headers.get('sec-fetch-site') ?? '')
}

/**
 * Compresses pages and their files for who can read that; the edge does it by itself. Short ones and event streams are left
 * alone, and so are the pages of one person unless they are asked for from our own pages or by hand. A compressed answer has
 * a weak entity tag, since its bytes are others.
 */
export function compressing<Bindings extends object>(answer: Answer<Bindings>): Answer<Bindings> {
  const squeeze = compress({ contentTypeFilter: PAGE_TYPES })
  const door = new Hono<{ Bindings: Bindings }>().get('*', async (c) => {
    c.res = await answer(c.req.raw, c.env)
    if (!couldTell(c.req.raw, c.res)) await squeeze(c, async () => {})
    return c.res
  })
  return (request, bindings) => (request.method === 'GET' ? door.fetch(request, bindings) : answer(request, bindings))
}
