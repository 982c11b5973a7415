import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Asset } from '../../platform/page/asset.ts'
import { Document, FramedDocument, LanguageLinks, Tabs } from '../../platform/page/document.tsx'
import { Form } from '../../platform/page/form.tsx'
import { Icon } from '../../platform/page/icon.tsx'
import { pageStyles, runnerScript } from '../assets.ts'
import type { PageLocale, TextKey } from './message.ts'
import type { PageContext } from './page-context.ts'
import { Avatar, Seal } from './seal.tsx'
import { HOUSE_SIGN } from './signs.data.ts'

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

const ICON = '/favicon.ico'

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

interface DocumentProps {
  readonly context: PageContext
  readonly title: string
  readonly styles: Asset
}

/** The document of a page while an exam runs: no header, and its island. */
export const ExamDocument = ({ context, title, styles, children }: PropsWithChildren<DocumentProps>) => (
  <Document
    language={context.locale}
    title={title}
    styles={styles}
    icon={ICON}
    head={<script type="module" src={runnerScript.href} />}
  >
    {children}
  </Document>
)

/** Each comes back to the same page; the choice is kept in a cookie. */
function hrefIn({ path: current }: PageContext, language: PageLocale): string {
  const [path = '/', query = ''] = current.split('?')
  const parameters = new URLSearchParams(query)
  parameters.set('lang', language)
  return `${path}?${parameters}`
}

const Languages = ({ context }: { context: PageContext }) => (
  <LanguageLinks language={context.locale} hrefIn={(language) => hrefIn(context, language)} />
)

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
  const tabs =
    room === 'staff' ? (visitor?.role === 'author' ? authorTabs : operatorTabs) : visitor ? candidateTabs : []
  return (
    <header class="top">
      <div class="top-inner">
        <a class="logo" href={room === 'staff' ? '/staff' : '/'}>
          <Seal sign={HOUSE_SIGN} />
          <span>
            <b>Kentei</b>
            <small>{t(room === 'staff' ? 'site.staff' : 'site.name')}</small>
          </span>
        </a>
        {tabs.length > 0 && (
          <Tabs
            language={context.locale}
            tabs={tabs.map(({ href, text }) => ({ href, name: t(text), current: href === tab }))}
          />
        )}
        <div class="who">
          <span class="wide">
            <Languages context={context} />
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
          <Languages context={context} />
        </span>
        <span class="slim">
          <SignOut context={context} />
        </span>
      </div>
    </footer>
  )
}

/** A page with the house's header and footer. The body must hold one `<main id="main">`. */
export const Page = ({
  context,
  title,
  tab,
  room = 'candidate',
  styles = pageStyles,
  head,
  children,
}: PropsWithChildren<FrameProps>) => (
  <FramedDocument
    language={context.locale}
    title={`${title}｜Kentei`}
    styles={styles}
    icon={ICON}
    head={head}
    bodyClass={room === 'staff' ? 'dense' : undefined}
    header={<Head context={context} tab={tab} room={room} />}
    footer={<Foot context={context} room={room} />}
  >
    {children}
  </FramedDocument>
)
