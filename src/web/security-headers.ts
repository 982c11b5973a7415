import { createMiddleware } from 'hono/factory'
import type { WebEnv } from './web-env.ts'

/** Nothing inline, nothing from elsewhere; a page that needs another policy has set its own. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** Headers that every reply carries unless it has set them itself. */
export const securityHeaders = createMiddleware<WebEnv>(async (c, next) => {
  await next()
  const set = (name: string, value: string) => {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value)
  }
  set('Content-Security-Policy', POLICY)
  // a paper must not be read again out of a cache: what may be kept says so itself
  set('Cache-Control', 'no-store')
  set('X-Content-Type-Options', 'nosniff')
  set('Referrer-Policy', 'strict-origin-when-cross-origin')
  set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()')
  if (c.req.url.startsWith('https:')) set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
})
