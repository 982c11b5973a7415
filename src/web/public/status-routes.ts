import { Hono } from 'hono'
import { hasStatusList } from '../../credential/lists/store.ts'
import { LIST_TTL } from '../../credential/status-list.ts'
import { openResponse, type PublicEnv, refuse } from './public-response.ts'
import { createSignedLists } from './signed-lists.ts'

/** Whether the reader has this very document: `*`, or one of the validators, weak or not. Source: RFC 9110, 13.1.2. */
const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean => ifNoneMatch?.split(',').some((known) => known.trim() === '*' || known.trim().replace(/^W\//, '') === etag) === true

/**
 * The signed status lists. As its bits are read for every answer, an answer may be kept for the whole `ttl` that the list
 * states, however old its signature is.
 */
export function statusRoutes(): Hono<PublicEnv> {
  const signedList = createSignedLists()
  return new Hono<PublicEnv>().get('/status/:list{[1-9][0-9]{0,8}}', async (c) => {
    const { world, trust } = c.var
    const list = Number(c.req.param('list'))
    if (!(await hasStatusList(world.db, list))) return refuse(c, { code: 'not-found' })
    const { token, etag } = await signedList(world, trust.ring, list)
    const response = openResponse(c, token, 'application/vc+jwt', `public, max-age=${LIST_TTL / 1_000}`)
    response.headers.set('etag', etag)
    if (!isKnown(c.req.header('if-none-match'), etag)) return response
    response.headers.delete('content-type')
    return new Response(null, { status: 304, headers: response.headers })
  })
}
