import type { PropsWithChildren } from 'hono/jsx'
import { embedStyles } from '../../assets.ts'
import { withDoctype } from '../../ui/page.tsx'

/** The document of a frame in somebody else's page: no script, no header, the colours of its surroundings. */
export const EmbedPage = ({ locale, title, heading, children }: PropsWithChildren<{ locale: 'ja' | 'en'; title: string; heading: string }>) =>
  withDoctype(
    <html lang={locale} class="framed">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <link rel="stylesheet" href={embedStyles.href} />
      </head>
      <body>
        <main>
          <h1 class="unseen">{heading}</h1>
          {children}
        </main>
      </body>
    </html>,
  )
