import type { Child } from 'hono/jsx'
import { contentPolicy } from '../../platform/http/reply-headers.ts'
import { formActionOf, renderPage } from '../../platform/page/form.tsx'
import type { PublicContext } from './public-response.ts'

/** A page whose state must be asked for anew each time. */
export async function htmlResponse(
  c: PublicContext,
  body: Child | Promise<Child>,
  status: 200 | 404 | 409 | 410 | 422 | 429 | 503 = 200,
  frameAncestors: "'none'" | '*' = "'none'",
): Promise<Response> {
  const { html, actions } = await renderPage(body)
  return c.html(html, status, {
    'content-security-policy': contentPolicy({
      'connect-src': "'none'",
      'form-action': formActionOf(actions, [c.var.world.settings.origin]),
      'frame-ancestors': frameAncestors,
    }),
    'cache-control': 'no-cache',
    vary: 'accept, accept-language',
  })
}
