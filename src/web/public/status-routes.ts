import { Hono } from 'hono'
import { signStatusList } from '../../credential/sign-credential.ts'
import { LIST_TTL } from '../../credential/status-list.ts'
import { hasStatusList, revokedIndices } from '../../credential/store.ts'
import { openResponse, type PublicEnv, refuse } from './public-response.ts'

/** The signed status lists. A list may be cached for exactly the `ttl` it states. */
export function statusRoutes(): Hono<PublicEnv> {
  return new Hono<PublicEnv>().get('/status/:list{[1-9][0-9]{0,8}}', async (c) => {
    const { world, trust } = c.var
    const list = Number(c.req.param('list'))
    if (!(await hasStatusList(world.db, list))) return refuse(c, { code: 'not-found' })
    const token = await signStatusList({ list, revoked: await revokedIndices(world.db, list) }, trust.ring, world.now())
    return openResponse(c, token, 'application/vc+jwt', `public, max-age=${LIST_TTL / 1_000}`)
  })
}
