import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { assetResponse } from '../platform/page/asset.ts'
import * as assets from './assets.ts'
import type { WebEnv } from './web-env.ts'

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="15" fill="#1f3f82"/><circle cx="16" cy="16" r="10" fill="#fff"/><path d="M11 16.500l3.500 3.500 7-7.500" fill="none" stroke="#1f3f82" stroke-width="3"/></svg>'

/** Modules load across origins only with CORS. The address is for good, so that a new version is taken within the hour. */
const BADGE_HEADERS = {
  'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
}

const { badgeScript, ...files } = assets

/** Files that pages load, and the badge's script, which other sites name. */
export function assetRoutes(): Hono<WebEnv> {
  const app = new Hono<WebEnv>()
  for (const file of Object.values(files)) app.get(file.path, () => assetResponse(file))
  app.get(badgeScript.path, etag(), () => assetResponse(badgeScript, BADGE_HEADERS))
  app.get('/favicon.ico', (c) =>
    c.body(ICON, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }),
  )
  return app
}
