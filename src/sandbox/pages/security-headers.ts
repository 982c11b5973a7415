import type { Context, MiddlewareHandler } from 'hono'
import { formActionOf } from '../../platform/page/form.tsx'
import { problemResponse } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'

/** Where its pages are read: at the origin that is set, or by another name of this machine. */
const ownOrigins = (c: Context<SandboxEnv>): string[] => [c.get('world').settings.origin, new URL(c.req.url).origin]

/**
 * Headers of every answer. Pages run no script, take styles from one file and post to their own forms' addresses. A launch
 * leaves for the plugin by a redirected form, which `form-action` must allow; `no-referrer` would blank the Origin that forms are checked by.
 */
export const securityHeaders: MiddlewareHandler<SandboxEnv> = async (c, next) => {
  await next()
  const { pluginOrigin } = c.get('world').settings
  const actions = c.get('formActions') ?? []
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    `img-src 'self' ${pluginOrigin}`,
    `frame-src ${pluginOrigin}`,
    formActionOf(actions, ownOrigins(c), actions.some((action) => action.startsWith('/launch')) ? [pluginOrigin] : []),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]
  c.header('Content-Security-Policy', policy.join('; '))
  c.header('X-Frame-Options', 'DENY')
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'same-origin')
  c.header('Permissions-Policy', 'camera=(), microphone=(), geolocation=()')
  c.header('Cross-Origin-Opener-Policy', 'same-origin')
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
}

/** Whether a browser says that a request comes from one of the sandbox's own pages. */
function isOwnPage(headers: { readonly origin: string | undefined; readonly site: string | undefined }, own: readonly string[]): boolean {
  return headers.origin === undefined ? headers.site === 'same-origin' : own.includes(headers.origin)
}

/** Refuses forms that another site makes a browser send. */
export const requireOwnPage: MiddlewareHandler<SandboxEnv> = async (c, next) => {
  if (!isOwnPage({ origin: c.req.header('Origin'), site: c.req.header('Sec-Fetch-Site') }, ownOrigins(c))) return problemResponse({ code: 'forbidden' })
  await next()
}

/** The same for JSON calls: programs, which send neither header, may call. */
export const refuseForeignPages: MiddlewareHandler<SandboxEnv> = async (c, next) => {
  const fromBrowser = c.req.header('Origin') !== undefined || c.req.header('Sec-Fetch-Site') !== undefined
  return fromBrowser && c.req.method !== 'GET' ? requireOwnPage(c, next) : next()
}
