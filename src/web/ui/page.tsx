import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Asset } from '../../platform/page/asset.ts'
import { brandFiles } from '../../platform/page/brand-files.ts'
import { Document, FramedDocument, LanguageLinks, ShapingScript, Tabs } from '../../platform/page/document.tsx'
import { Form } from '../../platform/page/form.tsx'
import { Icon } from '../../platform/page/icon.tsx'
import { pageStyles, runnerScript } from '../assets.ts'
import type { TextKey } from './message.ts'
import type { PageContext } from './page-context.ts'
import { HOUSE_SIGN } from './signs.data.ts'

const petals = (radius: number, depth: number, count: number, phase: number): string => {
  const points = Array.from({ length: 181 }, (_, i) => {
    const angle = (i / 180) * Math.PI * 2
    const r = radius * (1 + depth * Math.cos(count * angle + phase))
    return `${(50 + r * Math.cos(angle)).toFixed(1)} ${(50 + r * Math.sin(angle)).toFixed(1)}`
  })
  return `M${points.join('L')}Z`
}
const rim = petals(44, 0.05, 20, 0)
const line = petals(37, 0.04, 20, 1.6)

/** The small rosette of the house: one sign, drawn like the badges but never mistaken for one (no ribbon, no number). */
export const Seal = ({ sign, size = 36 }: { sign: string; size?: number }) => (
  <svg class="seal" viewBox="0 0 100 100" width={size} height={size} aria-hidden="true">
    <path d={rim} fill="#264a8e" />
    <path d={line} fill="none" stroke="#a2bef2" stroke-width="1.6" />
    <circle cx="50" cy="50" r="31" fill="#f7faff" />
    <text x="50" y="50" dy=".36em" text-anchor="middle" font-size="36" font-weight="700" fill="#17397b">
      {sign}
    </text>
  </svg>
)

/** A person without a picture: the first letter of the name on a pale disc. */
export const Avatar = ({ name }: { name: string }) => (
  <svg class="avatar" viewBox="0 0 40 40" aria-hidden="true">
    <circle cx="20" cy="20" r="20" />
    <circle cx="20" cy="20" r="17.5" fill="none" />
    <text x="20" y="20" dy=".36em" text-anchor="middle" font-size="17">
      {[...name][0] ?? '?'}
    </text>
  </svg>
)

export interface Tab {
  readonly href: string
  readonly text: TextKey
  /** Whether its page is of a period, an exam and a language, which go along from tab to tab. */
  readonly isScoped?: boolean
}

const candidateTabs: readonly Tab[] = [
  { href: '/', text: 'nav.exams' },
  { href: '/records', text: 'nav.records' },
  { href: '/certificates', text: 'nav.certificates' },
]
/** Of pages that anybody may read, where one of these is at hand. */
const strangersTabs: readonly Tab[] = [
  { href: '/', text: 'nav.exams' },
  { href: '/check', text: 'nav.check' },
  { href: '/docs', text: 'nav.integrate' },
]
const authorTabs: readonly Tab[] = [
  { href: '/staff/items', text: 'nav.items', isScoped: true },
  { href: '/staff/desk', text: 'nav.desk' },
  { href: '/staff/exams', text: 'nav.bank' },
]
const operatorTabs: readonly Tab[] = [
  { href: '/staff', text: 'nav.today', isScoped: true },
  { href: '/staff/attempts', text: 'nav.attempts', isScoped: true },
  ...authorTabs,
  { href: '/staff/credentials', text: 'nav.certificates' },
  { href: '/staff/deliveries', text: 'nav.deliveries' },
  { href: '/staff/leaks', text: 'nav.leaks', isScoped: true },
]
/** On pages of candidates, too, staff find their own. */
const wayToStaff: Tab = { href: '/staff', text: 'site.staff' }
/** What operators seldom need stands at the foot. */
const operatorFoot: readonly Tab[] = [
  { href: '/staff/sessions', text: 'nav.sessions' },
  { href: '/staff/log', text: 'nav.log' },
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
  /** Whether it has very many screens. */
  readonly isLong?: boolean
  /** Whether it fills the screen, and its parts scroll in themselves: a footer would lie below all of them. */
  readonly fills?: boolean
}

interface DocumentProps {
  readonly context: PageContext
  readonly title: string
  readonly styles: Asset
  /** What else runs on the page. */
  readonly scripts?: readonly Asset[]
}

/** The document of a page while an exam runs: no header, and its island. */
export const ExamDocument = ({ context, title, styles, scripts = [], children }: PropsWithChildren<DocumentProps>) => (
  <Document
    language={context.tag}
    title={title}
    styles={styles}
    brand={context.brand}
    icon={ICON}
    head={[runnerScript, ...scripts].map((script) => <ShapingScript script={script} />)}
  >
    {children}
  </Document>
)

/** Each comes back to the same page; the choice is kept in a cookie. */
const Languages = ({ context }: { context: PageContext }) => (
  <LanguageLinks language={context.tag} here={context.path} offered={context.offered} />
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

/** Who is signed in among staff, and the ways out, folded: the header has many tabs. */
const StaffAccount = ({ context, name }: { context: PageContext; name: string }) => (
  <details class="account">
    <summary class="me">
      <Avatar name={name} />
      <bdi>{name}</bdi>
      <Icon name="right" small />
    </summary>
    <div class="ways-out">
      <ReturnLink context={context} />
      <SignOut context={context} />
    </div>
  </details>
)

const SCOPE = ['days', 'exam', 'language'] as const

/** The address of a tab, of the same period, exam and language as the page at hand where both have them. */
function hrefOfTab({ href, isScoped }: Tab, path: string): string {
  const asked = new URLSearchParams(path.split('?')[1])
  const kept = new URLSearchParams(
    SCOPE.flatMap((name) => {
      const value = asked.get(name)
      return value ? [[name, value]] : []
    }),
  )
  return isScoped && kept.size > 0 ? `${href}?${kept}` : href
}

const Head = ({ context, tab, room }: { context: PageContext; tab?: string; room: 'candidate' | 'staff' }) => {
  const { t, visitor, brand } = context
  const mark = brandFiles(brand).logo
  const tabs =
    room === 'staff'
      ? visitor?.role === 'author'
        ? authorTabs
        : operatorTabs
      : visitor
        ? visitor.role === 'worker'
          ? candidateTabs
          : [...candidateTabs, wayToStaff]
        : tab
          ? strangersTabs
          : []
  return (
    <header class="top">
      <div class="top-inner">
        <a class="logo" href={room === 'staff' ? '/staff' : '/'}>
          {mark ? <img src={mark.href} alt="" height="36" /> : <Seal sign={HOUSE_SIGN} />}
          <span>
            <b>{mark ? t('site.shortMarket') : 'Kentei'}</b>
            <small>{t(room === 'staff' ? 'site.staff' : mark ? 'site.exams' : 'site.name')}</small>
          </span>
        </a>
        {tabs.length > 0 && (
          <Tabs
            language={context.tag}
            tabs={tabs.map((one) => ({
              href: hrefOfTab(one, context.path),
              name: t(one.text),
              current: one.href === tab,
            }))}
          />
        )}
        <div class="who">
          <span class="wide">
            <Languages context={context} />
          </span>
          {visitor && room === 'staff' ? (
            <StaffAccount context={context} name={visitor.name} />
          ) : (
            <>
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
            </>
          )}
        </div>
      </div>
    </header>
  )
}

const Foot = ({ context, room }: { context: PageContext; room: 'candidate' | 'staff' }) => {
  const { t, brand, issuer, visitor } = context
  return (
    <footer class="foot">
      <div>
        <p>{brand.logo ? t('foot.issuer', { issuer }) : issuer}</p>
        {room === 'staff' &&
          visitor?.role === 'operator' &&
          operatorFoot.map(({ href, text }) => <a href={href}>{t(text)}</a>)}
        <a href="/about/pass-score">{t('foot.passScore')}</a>
        <a href="/about/ranking">{t('foot.ranking')}</a>
        <a href="/about/accessibility">{t('foot.accessibility')}</a>
        <a href="/about/privacy">{t('foot.privacy')}</a>
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
  isLong = false,
  fills = false,
  children,
}: PropsWithChildren<FrameProps>) => (
  <FramedDocument
    language={context.tag}
    title={`${title}｜${context.brand.logo ? context.t('site.market') : 'Kentei'}`}
    styles={styles}
    brand={context.brand}
    icon={ICON}
    head={head}
    isLong={isLong || fills}
    bodyClass={fills ? 'dense fills' : room === 'staff' ? 'dense' : undefined}
    header={<Head context={context} tab={tab} room={room} />}
    footer={fills ? null : <Foot context={context} room={room} />}
  >
    {children}
  </FramedDocument>
)
