import type { Context, MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/** What a reply may load and where it may send, where it says nothing else: nothing inline, nothing from elsewhere. */
const directives = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'form-action': "'none'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
}

/** A `Content-Security-Policy` with directives of its own. */
export const contentPolicy = (own: Readonly<Record<string, string>> = {}): string =>
  Object.entries({ ...directives, ...own })
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')

const options = {
  xContentTypeOptions: 'nosniff',
  // `no-referrer` would blank the Origin that forms are checked by
  referrerPolicy: 'strict-origin-when-cross-origin',
  permissionsPolicy: { camera: false, microphone: false, geolocation: false, payment: false },
  crossOriginOpenerPolicy: 'same-origin',
  // frame-ancestors says who may show a page in a frame, and public documents say who may read them
  xFrameOptions: false,
  crossOriginResourcePolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  overwrite: false,
} as const
const onTls = secureHeaders({ ...options, strictTransportSecurity: 'max-age=31536000; includeSubDomains' })
const onOwnMachine = secureHeaders({ ...options, strictTransportSecurity: false })

/** What a script or a sheet does not need: a browser reads these of documents alone, and a page loads several of the others. */
const OF_DOCUMENTS = ['Permissions-Policy', 'Cross-Origin-Opener-Policy']
const PARTS = /^text\/(css|javascript)(;|$)/

/** Whether a reply is a script or a sheet: a part of pages that browsers keep. */
export const isPart = (headers: Headers): boolean => PARTS.test(headers.get('Content-Type') ?? '')

/** Headers that every reply carries unless it has set them itself. */
export const replyHeaders: MiddlewareHandler = async (c, next) => {
  await (c.req.url.startsWith('https:') ? onTls : onOwnMachine)(c, next)
  const { headers } = c.res
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', contentPolicy())
  if (isPart(headers)) for (const name of OF_DOCUMENTS) headers.delete(name)
  // a paper must not be read again out of a cache: what may be kept says so itself
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
}

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request changes something and comes from a page of somebody else, as its browser says. Programs say nothing of
 * the kind, and no page can make a browser say nothing. `own`: the origins at which our pages are read.
 */
export function isFromForeignPage(c: Context, own: readonly string[]): boolean {
  if (SAFE.has(c.req.method)) return false
  const [origin, site] = [c.req.header('origin'), c.req.header('sec-fetch-site')]
  return origin === undefined ? site !== undefined && site !== 'same-origin' : !own.includes(origin)
}
