import { Hono } from 'hono'
import { guideStyles } from '../assets.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { pageResponse } from '../ui/page-response.tsx'
import { pageContext } from '../ui/request-context.ts'
import type { WebEnv } from '../web-env.ts'
import { GuidePage } from './guide/guide-page.tsx'
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

const DocsPage = ({ context }: { context: PageContext }) => (
  <Page styles={guideStyles} context={context} title="HTTP API">
    <main id="main" class="wrap narrow">
      <div class="head">
        <div>
          <h1>HTTP API</h1>
          <p class="lead">
            JSON in and out; refusals are <code>application/problem+json</code> with a stable <code>code</code>. <a href="/openapi.json">OpenAPI 3.1</a> ·{' '}
            <a href="/docs/integrate">Integrator’s guide</a>
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

/** The contract, for programs and for people. */
export function docsRoutes(): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get('/openapi.json', (c) => c.json(openApi(c.var.world.settings.origin), 200, { 'access-control-allow-origin': '*' }))
    .get('/docs', (c) => pageResponse(c, <DocsPage context={pageContext(c)} />))
    .get('/docs/integrate', (c) => pageResponse(c, <GuidePage context={pageContext(c)} />))
}
