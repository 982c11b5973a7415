import { html } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Brand } from '../../world/brand.ts'
import type { Asset } from './asset.ts'
import { brandFiles } from './brand-files.ts'
import { Icon } from './icon.tsx'
import { hrefInLanguage } from './language.ts'
import { frameWords, languages, nameOfLanguage, type PageTag } from './words.ts'

interface DocumentProps {
  readonly language: PageTag
  readonly title: string
  readonly styles: Asset
  /** Whose colour and logo the page wears. */
  readonly brand: Brand
  /** Address of the drawing for the browser's tab, where the marketplace has no logo. */
  readonly icon?: string
  /** Whether search engines are asked to leave the page out. */
  readonly unlisted?: boolean
  /** More for the document's head. */
  readonly head?: Child
  readonly rootClass?: string | undefined
  readonly bodyClass?: string | undefined
  /** Whether the page has very many screens, of which the first are painted before the last are there. Its body must hold one `<main id="main">`. */
  readonly isLong?: boolean
}

/**
 * Nothing is painted before this part of the page is there: what a slow processor showed of a row would move as the rest comes.
 * Written out, since the renderer takes `blocking` for a word of its own.
 */
const paintedFrom = (id: 'main' | 'whole-page') => html`<link rel="expect" href="#${id}" blocking="render">`

/** The HTML document around a page's body, in standards mode. */
export const Document = ({
  language,
  title,
  styles,
  brand,
  icon,
  unlisted,
  head,
  rootClass,
  bodyClass,
  isLong = false,
  children,
}: PropsWithChildren<DocumentProps>) => {
  const { sheet, logo } = brandFiles(brand)
  return html`<!doctype html>${(
    <html lang={language} class={rootClass}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {unlisted && <meta name="robots" content="noindex" />}
        <title>{title}</title>
        {icon && <link rel="icon" href={logo?.href ?? icon} type={logo?.type ?? 'image/svg+xml'} />}
        <link rel="stylesheet" href={styles.href} />
        {sheet && <link rel="stylesheet" href={sheet.href} />}
        {paintedFrom(isLong ? 'main' : 'whole-page')}
        {head}
      </head>
      <body class={bodyClass}>
        {children}
        {!isLong && <template id="whole-page" />}
      </body>
    </html>
  )}`
}

/** For the head of a page that looks otherwise once its script ran: until then nothing is painted that would move. */
export const ShapingScript = ({ script }: { script: Asset }) => (
  <script type="module" src={script.href} blocking="render" />
)

/** Leads past the header, to `<main id="main">`. */
export const SkipLink = ({ children }: { children: Child }) => (
  <a class="skip" href="#main">
    {children}
  </a>
)

interface FramedDocumentProps extends DocumentProps {
  readonly header: Child
  readonly footer: Child
}

/** A page with the header and the footer of its service. Its body must hold one `<main id="main">`. */
export const FramedDocument = ({ header, footer, children, ...document }: PropsWithChildren<FramedDocumentProps>) => (
  <Document {...document}>
    <SkipLink>{frameWords(document.language)('nav.skip')}</SkipLink>
    {header}
    {children}
    {footer}
  </Document>
)

interface Tab {
  readonly href: string
  readonly name: string
  readonly current: boolean
}

/** The parts of a service that its header leads to. */
export const Tabs = ({ language, tabs }: { language: PageTag; tabs: readonly Tab[] }) => (
  <nav class="tabs" aria-label={frameWords(language)('nav.label')}>
    <ul>
      {tabs.map(({ href, name, current }) => (
        <li>
          <a href={href} aria-current={current ? 'page' : undefined}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

/** Back to the page that this one belongs to. */
export const Crumb = ({ href, children }: PropsWithChildren<{ href: string }>) => (
  <p class="crumb">
    <a href={href}>
      <Icon name="left" small />
      {children}
    </a>
  </p>
)

interface LanguageLinksProps {
  readonly language: PageTag
  /** The page's address. */
  readonly here: string
  /** What the page can be read in. */
  readonly offered?: readonly PageTag[]
}

/** The same page in the other languages. */
export const LanguageLinks = ({ language, here, offered = languages }: LanguageLinksProps) => (
  <>
    {offered
      .filter((other) => other !== language)
      .map((other) => (
        <a href={hrefInLanguage(here, other)} lang={other} hreflang={other} rel="nofollow">
          <Icon name="globe" small />
          {nameOfLanguage(other)}
        </a>
      ))}
  </>
)
