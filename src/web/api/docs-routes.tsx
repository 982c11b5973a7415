import { type Context, Hono } from 'hono'
import type { Call } from '../../contract/call.ts'
import { calls } from '../../contract/kentei/calls.ts'
import { openApi } from '../../contract/openapi.ts'
import type { Documents } from '../../docs/documents.ts'
import type { Problem } from '../../kernel/problem.ts'
import { documentStyles } from '../assets.ts'
import { problemKinds } from '../problem-response.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { noticeResponse, pageResponse } from '../ui/page-response.tsx'
import { pageContext } from '../ui/request-context.ts'
import type { WebEnv } from '../web-env.ts'
import { DocumentList, DocumentPage, findDocument } from './document-page.tsx'

const anchor = ({ method, path }: Call) => `${method}${path.replaceAll(/[^a-z]+/gi, '-')}`

const CallCard = ({ call }: { call: Call }) => (
  <section class="card" id={anchor(call)}>
    <h3>
      <code>
        {call.method.toUpperCase()} {call.path}
      </code>
    </h3>
    <p>{call.summary}</p>
    <dl class="kv">
      <div>
        <dt>{call.success[0]}</dt>
        <dd>{call.success[1]}</dd>
      </div>
      <div>
        <dt>Refusals</dt>
        <dd>
          <code>{call.refusals.join(', ') || '–'}</code>
        </dd>
      </div>
    </dl>
  </section>
)

const DocsPage = ({ context, documents }: { context: PageContext; documents: Documents }) => (
  <Page styles={documentStyles} context={context} title="HTTP API">
    <main id="main" class="wrap narrow">
      <DocumentList context={context} documents={documents} current="" />
      <div class="head">
        <div>
          <h1>HTTP API</h1>
          <p class="lead">
            JSON in and out; refusals are <code>application/problem+json</code> with a stable <code>code</code>.{' '}
            <a href="/openapi.json">OpenAPI 3.1</a>
          </p>
        </div>
      </div>
      <div class="stack" lang="en">
        {[...Map.groupBy(calls, (call) => call.tag)].map(([tag, list]) => (
          <div class="stack s">
            <h2>{tag}</h2>
            {list.map((call) => (
              <CallCard call={call} />
            ))}
          </div>
        ))}
      </div>
    </main>
  </Page>
)

/** What any call can be answered with besides what is its own. */
const furtherRefusals = ({ body }: Call): readonly Problem['code'][] => [
  ...(body ? (['malformed', 'payload-too-large'] as const) : []),
  'rate-limited',
  'busy',
  'internal',
]

const documentOf = (origin: string) =>
  openApi({
    title: 'Kentei',
    summary: 'Skill certification that plugs into a freelance marketplace',
    origin,
    calls,
    statusOf: (code) => problemKinds[code].status,
    furtherRefusals,
    session: 'The session of POST /api/session, or the cookie of /launch',
    codes: Object.keys(problemKinds) as Problem['code'][],
  })

/** Many pages of text, which a service that nobody asks for them does without. */
const openDocuments = async (): Promise<Documents> => (await import('../../docs?docs')).default

async function documentResponse(c: Context<WebEnv>, name: string): Promise<Response> {
  const [context, documents] = [pageContext(c), await openDocuments()]
  const found = findDocument(documents, name, context.locale)
  return found
    ? pageResponse(c, <DocumentPage context={context} documents={documents} name={name} {...found} />)
    : noticeResponse(c, context, 'not-found')
}

/** The contract, for programs and for people, and what else is written about the service. */
export function docsRoutes(): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get('/openapi.json', (c) =>
      c.json(documentOf(c.var.world.settings.origin), 200, { 'access-control-allow-origin': '*' }),
    )
    .get('/docs', async (c) => pageResponse(c, <DocsPage context={pageContext(c)} documents={await openDocuments()} />))
    .get('/docs/img/:name', async (c) => {
      const { pictures } = await openDocuments()
      const name = c.req.param('name')
      if (!Object.hasOwn(pictures, name)) return noticeResponse(c, pageContext(c), 'not-found')
      return c.body(pictures[name] as string, 200, {
        'content-type': 'image/svg+xml',
        'cache-control': 'public, max-age=3600',
      })
    })
    .get('/docs/decisions/:name', (c) => documentResponse(c, `decisions/${c.req.param('name')}`))
    .get('/docs/:name', (c) => documentResponse(c, c.req.param('name')))
}
