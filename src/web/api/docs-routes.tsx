import { type Context, Hono } from 'hono'
import type { Call } from '../../contract/call.ts'
import { calls } from '../../contract/kentei/calls.ts'
import { type Documents, type DocumentText, withPrograms } from '../../docs/documents.ts'
import { fromBase64 } from '../../item/pack-bank.ts'
import { documentStyles } from '../assets.ts'
import { Compiled } from '../ui/compiled.tsx'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { noticeResponse, pageResponse } from '../ui/page-response.tsx'
import { pageContext } from '../ui/request-context.ts'
import type { WebEnv } from '../web-env.ts'
import { apiDocument } from './api-document.ts'

/** The documents that are listed on each page, in the order in which one reads them; the decisions have a list of their own. */
const LISTED = [
  'integrate',
  'errors',
  'verify',
  'operate',
  'watch',
  'records',
  'tenants',
  'author',
  'items',
  'architecture',
  'decisions',
]

/** A document in the reader's language, or in English where there is no other. */
export function findDocument(
  { texts }: Documents,
  name: string,
  locale: string,
): { readonly text: DocumentText; readonly language: string } | undefined {
  const language = [locale, 'en'].find((one) => texts[one] && Object.hasOwn(texts[one], name))
  const text = language && texts[language]?.[name]
  return text ? { text, language } : undefined
}

/** The way to the other documents. */
const DocumentList = ({
  context: { t, locale },
  documents,
  current,
}: {
  context: PageContext
  documents: Documents
  current: string
}) => (
  <nav class="shelf" aria-label={t('docs.list')}>
    <ul>
      {[
        ['', t('docs.api')],
        ...LISTED.map((name) => [name, findDocument(documents, name, locale)?.text.title ?? name]),
      ].map(([name, title]) => (
        <li>
          <a href={name ? `/docs/${name}` : '/docs'} aria-current={name === current ? 'page' : undefined}>
            {title}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

/** A Markdown file as a page: a card for each chapter. */
const DocumentPage = ({
  context,
  documents,
  name,
  text,
  language,
}: {
  context: PageContext
  documents: Documents
  name: string
  text: DocumentText
  language: string
}) => (
  <Page styles={documentStyles} context={context} title={text.title} tab="/docs" isLong>
    <main id="main" class="wrap narrow">
      <DocumentList context={context} documents={documents} current={name.split('/')[0] ?? name} />
      <div class="head" lang={language}>
        <div>
          <h1>{text.title}</h1>
          <div class="lead">
            <Compiled html={withPrograms(documents, text.lead)} />
          </div>
        </div>
      </div>
      <div class="stack">
        {text.chapters.length > 2 && (
          <nav class="card contents" aria-label={context.t('docs.contents')} lang={language}>
            <ol>
              {text.chapters.map(({ id, title }) => (
                <li>
                  <a href={`#${id}`}>
                    <Compiled html={title} />
                  </a>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div class="stack" lang={language}>
          {text.chapters.map(({ id, title, html }) => (
            <section class="card guide" id={id}>
              <h2>
                <Compiled html={title} />
              </h2>
              <Compiled html={withPrograms(documents, html)} />
            </section>
          ))}
        </div>
      </div>
    </main>
  </Page>
)

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
  <Page styles={documentStyles} context={context} title="HTTP API" tab="/docs" isLong>
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

/** Many pages of text, which a service that nobody asks for them does without. */
const openDocuments = async (): Promise<Documents> => (await import('../../docs?docs')).default

async function documentResponse(c: Context<WebEnv>, name: string): Promise<Response> {
  const [context, documents] = [pageContext(c, { variants: false }), await openDocuments()]
  const found = findDocument(documents, name, context.locale)
  return found
    ? pageResponse(c, <DocumentPage context={context} documents={documents} name={name} {...found} />)
    : noticeResponse(c, context, 'not-found')
}

/** The contract, for programs and for people, and what else is written about the service. */
export function docsRoutes(): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get('/openapi.json', (c) =>
      c.json(apiDocument(c.var.world.settings.origin), 200, { 'access-control-allow-origin': '*' }),
    )
    .get('/docs', async (c) =>
      pageResponse(c, <DocsPage context={pageContext(c, { variants: false })} documents={await openDocuments()} />),
    )
    .get('/docs/img/:name', async (c) => {
      const { pictures } = await openDocuments()
      const name = c.req.param('name')
      if (!Object.hasOwn(pictures, name)) return noticeResponse(c, pageContext(c, { variants: false }), 'not-found')
      const picture = pictures[name] as string
      const isDrawn = name.endsWith('.svg')
      return c.body(isDrawn ? picture : fromBase64(picture), 200, {
        'content-type': isDrawn ? 'image/svg+xml' : 'image/webp',
        'cache-control': 'public, max-age=3600',
      })
    })
    .get('/docs/decisions/:name', (c) => documentResponse(c, `decisions/${c.req.param('name')}`))
    .get('/docs/:name', (c) => documentResponse(c, c.req.param('name')))
}
