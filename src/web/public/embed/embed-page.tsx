import type { PropsWithChildren } from 'hono/jsx'
import { Document } from '../../../platform/page/document.tsx'
import { embedStyles } from '../../assets.ts'

/** The document of a frame in somebody else's page: no script, no header, the colours of its surroundings. */
export const EmbedPage = ({
  locale,
  title,
  heading,
  children,
}: PropsWithChildren<{ locale: 'ja' | 'en'; title: string; heading: string }>) => (
  <Document language={locale} title={title} styles={embedStyles} rootClass="framed" unlisted>
    <main>
      <h1 class="unseen">{heading}</h1>
      {children}
    </main>
  </Document>
)
