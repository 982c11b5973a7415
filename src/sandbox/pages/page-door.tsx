import type { Context, MiddlewareHandler } from 'hono'
import type { Child } from 'hono/jsx'
import { contentPolicy } from '../../platform/http/reply-headers.ts'
import { formActionOf, renderPage } from '../../platform/page/form.tsx'
import { readerLanguage } from '../../platform/page/language.ts'
import type { Person, PersonRole } from '../people/person.ts'
import type { SandboxProblem } from '../problem.ts'
import { statusOf } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { link } from './links.ts'
import { Page, type Reader } from './parts/layout.tsx'
import { textsOf } from './texts.ts'

function wordsOf({ t }: Reader, { code }: SandboxProblem): readonly [title: string, text: string] {
  if (code === 'not-found') return [t('market.notice.notFound'), t('market.notice.notFoundText')]
  if (code === 'worker-erased') return [t('market.notice.erased'), t('market.notice.erasedText')]
  return [t('market.notice.refused'), t.find(`market.notice.why.${code}`) ?? t('market.notice.refusedText')]
}

/** Where in a form something is wrong, and what to do. */
const issuesOf = (problem: SandboxProblem) => (problem.code === 'malformed' ? problem.issues : [])

/** A refusal, for people. */
function NoticePage({ reader, problem }: { reader: Reader; problem: SandboxProblem }) {
  const [title, text] = wordsOf(reader, problem)
  return (
    <Page reader={reader} title={title}>
      <main id="main" class="wrap narrow">
        <div class="card flow">
          <h1>{title}</h1>
          <p>{text}</p>
          {issuesOf(problem).length > 0 && (
            <ul class="issues">
              {issuesOf(problem).map((issue) => (
                <li>
                  <code>{issue.path}</code> {issue.message}
                </li>
              ))}
            </ul>
          )}
          {'detail' in problem && <p class="tiny">{problem.detail}</p>}
          <div class="btns">
            <a class="btn s primary" href={link(reader.locale, '/workers')}>
              {reader.t('market.notice.back')}
            </a>
          </div>
        </div>
      </main>
    </Page>
  )
}

export type PageContext = Context<SandboxEnv>

/** Addresses that take forms and show no page, and the page that each of their forms stands on. */
const formPages: readonly (readonly [form: RegExp, page: string])[] = [
  [/^\/(?:clock|launch|sign-out|watch)$/, '/'],
  [/^\/tour\/play$/, '/tour'],
  [/^\/workers\/([^/]+)\/standing$/, '/workers/$1'],
]

/** Where a link can lead from what answers at an address. */
function pageAt({ method, path }: PageContext['req']): string {
  for (const [form, page] of method === 'POST' ? formPages : []) if (form.test(path)) return path.replace(form, page)
  return path
}

/** Who reads, in which language; the person only where `readPerson` went before. */
export function readerOf(c: PageContext): Reader {
  const locale = readerLanguage(c, { isKept: true })
  const { lang: _lang, ...rest } = c.req.queries()
  const here = link(locale, pageAt(c.req), rest)
  return {
    locale,
    t: textsOf(locale, c.get('world').settings.brand),
    brand: c.get('world').settings.brand,
    here,
    person: c.get('person'),
    now: c.get('world').now(),
  }
}

/** A page, which runs no script but our own where it has one, and posts to the addresses of its own forms alone. */
export async function show(
  c: PageContext,
  page: Child,
  status: number = 200,
  { scripts = false }: { readonly scripts?: boolean } = {},
): Promise<Response> {
  const { html, actions } = await renderPage(page)
  const { origin, pluginOrigin } = c.get('world').settings
  const origins = [origin, new URL(c.req.url).origin]
  // a launch leaves for the plugin by a redirected form
  const leadsOn = actions.some((action) => action.startsWith('/launch')) ? [pluginOrigin] : []
  const own = {
    'script-src': scripts ? "'self'" : "'none'",
    'connect-src': scripts ? "'self'" : "'none'",
    'img-src': `'self' ${pluginOrigin}`,
    'frame-src': pluginOrigin,
    'form-action': formActionOf(actions, origins, leadsOn),
  }
  c.header('Content-Security-Policy', contentPolicy(own))
  return c.html(html, status as 200)
}

/** Tells a person what a program would be told as a problem document. */
export function refuse(c: PageContext, problem: SandboxProblem): Response | Promise<Response> {
  // the rest of the body is not read, so nothing can follow on this connection
  if (problem.code === 'payload-too-large') c.header('Connection', 'close')
  return show(c, <NoticePage reader={readerOf(c)} problem={problem} />, statusOf(problem))
}

/** Lets only signed-in people in, and of them only these roles; sends others to sign in, and back afterwards. */
export function signedInAs(...roles: readonly PersonRole[]): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    const person = c.get('person')
    if (!person && c.req.method === 'GET')
      return c.redirect(link(readerOf(c).locale, '/sign-in', { next: readerOf(c).here }), 303)
    if (!person) return refuse(c, { code: 'unauthenticated' })
    if (roles.length > 0 && !roles.includes(person.role)) return refuse(c, { code: 'forbidden' })
    await next()
  }
}

/** Who is signed in. @throws where `signedInAs` did not go before. */
export function personOf(c: PageContext): Person {
  const person = c.get('person')
  if (!person) throw new Error('a page for signed-in people was opened without a door')
  return person
}
