import type { Child } from 'hono/jsx'
import { link } from '../links.ts'
import { en } from '../texts/en.ts'
import { ja } from '../texts/ja.ts'
import type { Locale, Texts } from '../texts/texts.ts'
import { Icon } from './icon.tsx'
import { MarketSeal } from './seal.tsx'

/** Who reads, and where they are. */
export interface Reader {
  readonly locale: Locale
  readonly t: Texts
  /** Address of this page in the other language. */
  readonly otherLanguage: string
}

export const textsOf = (locale: Locale): Texts => (locale === 'en' ? en : ja)

type Tab = 'search' | 'guide' | 'ranking'

const tabPaths: readonly (readonly [Tab, string])[] = [
  ['search', '/workers'],
  ['guide', '/'],
  ['ranking', '/ranking'],
]

function Top({ reader, current }: { reader: Reader; current: Tab | undefined }) {
  const { locale, t } = reader
  return (
    <header class="top">
      <div class="top-inner">
        <a class="logo" href={link(locale, '/')}>
          <MarketSeal size={36} />
          <span>
            <b>{t.market}</b>
            <small>{t.tagline}</small>
          </span>
        </a>
        <nav class="tabs" aria-label={t.menu}>
          <ul>
            {tabPaths.map(([tab, path]) => (
              <li>
                <a href={link(locale, path)} aria-current={tab === current ? 'page' : undefined}>
                  {t.tabs[tab]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="tools">
          <a href={reader.otherLanguage} lang={locale === 'ja' ? 'en' : 'ja'} hreflang={locale === 'ja' ? 'en' : 'ja'}>
            <Icon name="globe" className="small" />
            {locale === 'ja' ? 'English' : '日本語'}
          </a>
        </div>
      </div>
    </header>
  )
}

export function Page({ reader, title, current, children }: { reader: Reader; title: string; current?: Tab; children: Child }) {
  const { locale, t } = reader
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{title === t.market ? title : `${title}｜${t.market}`}</title>
        <link rel="icon" href="/assets/market.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/sandbox.css" />
      </head>
      <body>
        <a class="skip" href="#main">
          {t.skip}
        </a>
        <Top reader={reader} current={current} />
        {children}
        <footer class="foot">
          <div class="foot-inner">
            <p>{t.footer}</p>
            <a href={link(locale, '/ranking')}>{t.tabs.ranking}</a>
            <a href={link(locale, '/')}>{t.tabs.guide}</a>
          </div>
        </footer>
      </body>
    </html>
  )
}
