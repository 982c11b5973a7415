import type { Documents, DocumentText } from '../../docs/documents.ts'
import { documentStyles } from '../assets.ts'
import { Compiled } from '../ui/compiled.tsx'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'

/** The documents that are listed on each page, in the order in which one reads them; the decisions have a list of their own. */
const LISTED = ['integrate', 'operate', 'author', 'items', 'architecture', 'decisions']

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
export const DocumentList = ({
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
export const DocumentPage = ({
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
  <Page styles={documentStyles} context={context} title={text.title}>
    <main id="main" class="wrap narrow">
      <DocumentList context={context} documents={documents} current={name.split('/')[0] ?? name} />
      <div class="head" lang={language}>
        <div>
          <h1>{text.title}</h1>
          <div class="lead">
            <Compiled html={text.lead} />
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
              <Compiled html={html} />
            </section>
          ))}
        </div>
      </div>
    </main>
  </Page>
)
