import { html } from 'hono/html'
import { hrefOf, styleSheet } from '../ui/assets.ts'
import type { CertificateView } from './certificate-view.ts'
import { pageStyles } from './page-files.ts'
import { EmbedCard } from './share-card.tsx'

/** The badge as a frame in somebody else's page. */
export const EmbedPage = ({ view }: { view: CertificateView }) =>
  html`<!doctype html>${(
    <html lang={view.context.locale} class="framed">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{view.texts.titleOf(view.verification.verdict, view.name)}</title>
        <link rel="stylesheet" href={hrefOf(styleSheet)} />
        <link rel="stylesheet" href={pageStyles.href} />
      </head>
      <body>
        <main>
          <h1 class="vh">{view.name}</h1>
          <EmbedCard view={view} isFramed />
        </main>
      </body>
    </html>
  )}`
