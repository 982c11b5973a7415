import { type Context, Hono } from 'hono'
import type { Documents } from '../../docs/documents.ts'
import { guideStyles } from '../assets.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { noticeResponse, pageResponse } from '../ui/page-response.tsx'
import { pageContext } from '../ui/request-context.ts'
import type { WebEnv } from '../web-env.ts'
import { DocumentList, DocumentPage, findDocument } from './guide/document-page.tsx'
import { openApi } from './openapi.ts'
import { type Operation, operations } from './operations.ts'

const anchor = ({ method, path }: Operation) => `${method}${path.replaceAll(/[^a-z]+/gi, '-')}`

const OperationCard = ({ operation }: { operation: Operation }) => (
  <section class="card" id={anchor(operation)}>
    <h3>
      <code>
        {operation.method.toUpperCase()} {operation.path}
      </code>
    </h3>
    <p>{operation.summary}</p>
    <dl class="kv">
      <div>
        <dt>{operation.success[0]}</dt>
        <dd>{operation.success[1]}</dd>
      </div>
      <div>
        <dt>Refusals</dt>
        <dd>
          <code>{operation.refusals.join(', ') || '–'}</code>
        </dd>
      </div>
    </dl>
  </section>
)

const DocsPage = ({ context, documents }: { context: PageContext; documents: Documents }) => (
  <Page styles={guideStyles} context={context} title="HTTP API">
    <main id="main" class="wrap narrow">
      <DocumentList context={context} documents={documents} current="" />
      <div class="head">
        <div>
          <h1>HTTP API</h1>
          <p class="lead">
            JSON in and out; refusals are <code>application/problem+json</code> with a stable <code>code</code>. <a href="/openapi.json">OpenAPI 3.1</a>
          </p>
        </div>
      </div>
      <div class="stack" lang="en">
        {[...Map.groupBy(operations, (operation) => operation.tag)].map(([tag, list]) => (
          <div class="stack s">
            <h2>{tag}</h2>
            {list.map((operation) => (
              <OperationCard operation={operation} />
            ))}
          </div>
        ))}
      </div>
    </main>
  </Page>
)

/** Many pages of text, which a service that nobody asks for them does without. */
const openDocuments = async (): Promise<Documents> => (await import('../../docs?docs')).default

async function documentResponse(c: Context<WebEnv>, name: string): Promise<Response> {
  const [context, documents] = [pageContext(c), await openDocuments()]
  const found = findDocument(documents, name, context.locale)
  return found ? pageResponse(c, <DocumentPage context={context} documents={documents} name={name} {...found} />) : noticeResponse(c, context, 'not-found')
}

/** The contract, for programs and for people, and what else is written about the service. */
export function docsRoutes(): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get('/openapi.json', (c) => c.json(openApi(c.var.world.settings.origin), 200, { 'access-control-allow-origin': '*' }))
    .get('/docs', async (c) => pageResponse(c, <DocsPage context={pageContext(c)} documents={await openDocuments()} />))
    .get('/docs/img/:name', async (c) => {
      const { pictures } = await openDocuments()
      const name = c.req.param('name')
      if (!Object.hasOwn(pictures, name)) return noticeResponse(c, pageContext(c), 'not-found')
      return c.body(pictures[name] as string, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=3600' })
    })
    .get('/docs/decisions/:name', (c) => documentResponse(c, `decisions/${c.req.param('name')}`))
    .get('/docs/:name', (c) => documentResponse(c, c.req.param('name')))
}
