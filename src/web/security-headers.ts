import { createMiddleware } from 'hono/factory'
import type { WebEnv } from './web-env.ts'

/** Nothing inline, nothing from elsewhere, forms only to the page's own. */
export const pagePolicy = (formAction: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; ${formAction}; base-uri 'none'; frame-ancestors 'none'`

/** Of what is no page; a page has set its own. */
const POLICY = pagePolicy("form-action 'none'")

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
