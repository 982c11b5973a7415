import { html } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Asset } from '../../platform/page/asset.ts'
import { Form } from '../../platform/page/form.tsx'
import { pageStyles, runnerScript } from '../assets.ts'
import { Icon } from '../../platform/page/icon.tsx'
import { languages, nameOfLanguage } from '../../platform/page/words.ts'
import type { TextKey } from './message.ts'
import type { PageContext } from './page-context.ts'
import { Avatar, Seal } from './seal.tsx'

export interface Tab {
  readonly href: string
  readonly text: TextKey
}

const candidateTabs: readonly Tab[] = [
  { href: '/', text: 'nav.exams' },
  { href: '/records', text: 'nav.records' },
  { href: '/certificates', text: 'nav.certificates' },
]
const authorTabs: readonly Tab[] = [{ href: '/staff/exams', text: 'nav.bank' }]
const operatorTabs: readonly Tab[] = [
  { href: '/staff/deliveries', text: 'nav.deliveries' },
  { href: '/staff/attempts', text: 'nav.attempts' },
  { href: '/staff/credentials', text: 'nav.certificates' },
  { href: '/staff/leaks', text: 'nav.leaks' },
  { href: '/staff/sessions', text: 'nav.sessions' },
  { href: '/staff/log', text: 'nav.log' },
  ...authorTabs,
]

interface FrameProps {
  readonly context: PageContext
  readonly title: string
  /** Address of the tab that is shown as current. */
  readonly tab?: string
  readonly room?: 'candidate' | 'staff'
  /** The page's sheet, where it has one of its own. */
  readonly styles?: Asset
  /** More for the document's head. */
  readonly head?: Child
}

/** A page's document, in standards mode. */
export const withDoctype = (document: Child) => html`<!doctype html>${document}`

interface DocumentProps {
  readonly context: PageContext
  readonly title: string
  readonly styles: Asset
  /** Whether the exam's island is loaded. */
  readonly runs?: boolean
  readonly dense?: boolean
  readonly head?: Child
}

/** The html document around a page's body. */
export const Document = ({ context, title, styles, runs, dense, head, children }: PropsWithChildren<DocumentProps>) =>
  withDoctype(
    <html lang={context.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <link rel="icon" href="/favicon.ico" type="image/svg+xml" />
        <link rel="stylesheet" href={styles.href} />
        {head}
        {runs && <script type="module" src={runnerScript.href} />}
      </head>
      <body class={dense ? 'dense' : undefined}>{children}</body>
    </html>,
  )

/** The other languages. Each comes back to the same page; the choice is kept in a cookie. */
const LanguageLinks = ({ context }: { context: PageContext }) => {
  const [path = '/', query = ''] = context.path.split('?')
  return languages
    .filter((locale) => locale !== context.locale)
    .map((locale) => {
      const parameters = new URLSearchParams(query)
      parameters.set('lang', locale)
      return (
        <a href={`${path}?${parameters}`} lang={locale} hreflang={locale} rel="nofollow">
          <Icon name="globe" small />
          {nameOfLanguage(locale)}
        </a>
      )
    })
}

const ReturnLink = ({ context }: { context: PageContext }) =>
  context.visitor?.returnUrl ? (
    <a href={context.visitor.returnUrl}>
      {context.t('nav.back')}
      <Icon name="out" small />
    </a>
  ) : null

/** Ends the session of this browser. A plain form: it works without JavaScript, and no link of another site can press it. */
export const SignOut = ({ context }: { context: PageContext }) =>
  context.visitor ? (
    <Form method="post" action="/sign-out" class="out">
      <button>
        {context.t('nav.signOut')}
        <Icon name="lock" small />
      </button>
    </Form>
  ) : null

const Head = ({ context, tab, room }: { context: PageContext; tab?: string; room: 'candidate' | 'staff' }) => {
  const { t, visitor } = context
  const tabs = room === 'staff' ? (visitor?.role === 'author' ? authorTabs : operatorTabs) : visitor ? candidateTabs : []
  return (
    <header class="top">
      <div class="topin">
        <a class="logo" href={room === 'staff' ? '/staff' : '/'}>
          <Seal sign="検" />
          <span>
            <b>Kentei</b>
            <small>{t(room === 'staff' ? 'site.staff' : 'site.name')}</small>
          </span>
        </a>
        {tabs.length > 0 && (
          <nav class="tabs" aria-label={t('nav.label')}>
            <ul>
              {tabs.map(({ href, text }) => (
                <li>
                  <a href={href} aria-current={href === tab ? 'page' : undefined}>
                    {t(text)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <div class="who">
          <span class="wide">
            <LanguageLinks context={context} />
          </span>
          {visitor && (
            <span class="me">
              <Avatar name={visitor.name} />
              <bdi>{visitor.name}</bdi>
            </span>
          )}
          <span class="wide">
            <ReturnLink context={context} />
          </span>
          <span class="wide">
            <SignOut context={context} />
          </span>
        </div>
      </div>
    </header>
  )
}

const Foot = ({ context, room }: { context: PageContext; room: 'candidate' | 'staff' }) => {
  const { t } = context
  return (
    <footer class="foot">
      <div>
        <p>Kentei {t(room === 'staff' ? 'site.staff' : 'site.name')}</p>
        <a href="/about/pass-score">{t('foot.passScore')}</a>
        <a href="/about/ranking">{t('foot.ranking')}</a>
        <a href="/about/accessibility">{t('foot.accessibility')}</a>
        <a href="/about/security">{t('foot.security')}</a>
        <span class="slim">
          <ReturnLink context={context} />
        </span>
        <span class="slim">
          <LanguageLinks context={context} />
        </span>
        <span class="slim">
          <SignOut context={context} />
        </span>
      </div>
    </footer>
  )
}

/** A page with the house's header and footer. The body must hold one `<main id="main">`. */
export const Page = ({ context, title, tab, room = 'candidate', styles = pageStyles, head, children }: PropsWithChildren<FrameProps>) => (
  <Document context={context} title={`${title}｜Kentei`} styles={styles} dense={room === 'staff'} head={head}>
    <a class="skip" href="#main">
      {context.t('nav.skip')}
    </a>
    <Head context={context} tab={tab} room={room} />
    {children}
    <Foot context={context} room={room} />
  </Document>
)

type Tone = 'ok' | 'wait' | 'bad' | 'act' | 'hollow'

/** A state: an icon, a word and a tint, never a colour alone. */
export const Chip = ({ tone, icon, children }: PropsWithChildren<{ tone?: Tone; icon: Parameters<typeof Icon>[0]['name'] }>) => (
  <span class={tone ? `chip ${tone}` : 'chip'}>
    <Icon name={icon} />
    {children}
  </span>
)

/** Something to know before going on. */
export const Note = ({ tone, icon = 'info', title, children }: PropsWithChildren<{ tone?: 'wait' | 'bad' | 'ok'; icon?: Parameters<typeof Icon>[0]['name']; title?: Child }>) => (
  <div class={tone ? `note ${tone}` : 'note'}>
    <Icon name={icon} />
    <div>
      {title && <p class="nt">{title}</p>}
      {children}
    </div>
  </div>
)
