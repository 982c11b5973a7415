import type { Child } from 'hono/jsx'
import type { Instant } from '../../../kernel/instant.ts'
import type { Asset } from '../../../platform/page/asset.ts'
import { Form } from '../../../platform/page/form.tsx'
import type { Person, PersonRole } from '../../people/person.ts'
import { dayTimeText } from '../../../platform/page/dates.ts'
import { link } from '../links.ts'
import { sandboxStyles } from '../styles.ts'
import type { Locale, Translate } from '../texts.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Avatar, MarketSeal } from './seal.tsx'

/** Who reads, and where they are. */
export interface Reader {
  readonly locale: Locale
  readonly t: Translate
  /** Address of this page, in the reader's language; what its forms post to. */
  readonly here: string
  /** Address of this page in the other language. */
  readonly otherLanguage: string
  /** Who is signed in. */
  readonly person: Person | undefined
  /** What the marketplace's clock shows. */
  readonly now: Instant
}

export type Tab = 'search' | 'jobs' | 'guide' | 'ranking' | 'work' | 'hiring' | 'queue' | 'appeals' | 'worklist' | 'money' | 'detector' | 'deliveries'

const open: readonly (readonly [Tab, string])[] = [
  ['guide', '/'],
  ['jobs', '/jobs'],
  ['search', '/workers'],
]

/** Which pages the bar leads to, by who reads. */
const tabPaths: Readonly<Record<PersonRole | 'nobody', readonly (readonly [Tab, string])[]>> = {
  nobody: [...open, ['ranking', '/ranking']],
  worker: [...open, ['work', '/work']],
  client: [...open, ['hiring', '/hiring']],
  operator: [
    ['queue', '/operators/queue'],
    ['appeals', '/operators/appeals'],
    ['worklist', '/operators/reviews'],
    ['money', '/operators/contracts'],
    ['detector', '/operators/detector'],
    ['deliveries', '/operators/deliveries'],
  ],
}

/** Who is signed in, and the way in or out. */
function Account({ reader: { locale, t, person } }: { reader: Reader }) {
  if (!person) return <a href={link(locale, '/sign-in')}>{t('market.account.signIn')}</a>
  return (
    <>
      <a class="me" href={link(locale, '/me')}>
        <Avatar id={person.id} name={person.name} />
        <bdi lang="ja">{person.name}</bdi>
      </a>
      <Form method="post" action={link(locale, '/sign-out')}>
        <button class="plain" type="submit">
          {t('market.account.signOut')}
        </button>
      </Form>
    </>
  )
}

function Top({ reader, current }: { reader: Reader; current: Tab | undefined }) {
  const { locale, t } = reader
  return (
    <header class="top">
      <div class="top-inner">
        <a class="logo" href={link(locale, '/')}>
          <MarketSeal size={36} />
          <span>
            <b>{t('market.market')}</b>
            <small>{t('market.tagline')}</small>
          </span>
        </a>
        <nav class="tabs" aria-label={t('nav.label')}>
          <ul>
            {tabPaths[reader.person?.role ?? 'nobody'].map(([tab, path]) => (
              <li>
                <a href={link(locale, path)} aria-current={tab === current ? 'page' : undefined}>
                  {t(`market.tabs.${tab}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="tools">
          <Account reader={reader} />
          <a href={reader.otherLanguage} lang={locale === 'ja' ? 'en' : 'ja'} hreflang={locale === 'ja' ? 'en' : 'ja'}>
            <Icon name="globe" small />
            {locale === 'ja' ? 'English' : '日本語'}
          </a>
        </div>
      </div>
    </header>
  )
}

interface PageProps {
  readonly reader: Reader
  readonly title: string
  readonly current?: Tab
  /** The page's sheet, where it has one of its own. */
  readonly styles?: Asset
  readonly children: Child
}

export function Page({ reader, title, current, styles = sandboxStyles, children }: PageProps) {
  const { locale, t } = reader
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{title === t('market.market') ? title : `${title}｜${t('market.market')}`}</title>
        <link rel="icon" href="/assets/market.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={styles.href} />
      </head>
      <body>
        <a class="skip" href="#main">
          {t('nav.skip')}
        </a>
        <Top reader={reader} current={current} />
        {children}
        <footer class="foot">
          <div class="foot-inner">
            <p>
              {t('market.footer')} <span class="unbroken">{t('market.account.clock', { date: dayTimeText(locale, reader.now) })}</span>
            </p>
            <a href={link(locale, '/ranking')}>{t('market.tabs.ranking')}</a>
            <a href={link(locale, '/')}>{t('market.tabs.guide')}</a>
            <a href={link(locale, '/docs')}>HTTP API</a>
          </div>
        </footer>
      </body>
    </html>
  )
}
