import type { Child } from 'hono/jsx'
import type { Instant } from '../../../kernel/instant.ts'
import type { Asset } from '../../../platform/page/asset.ts'
import { dayTimeText } from '../../../platform/page/dates.ts'
import { FramedDocument, LanguageLinks, Tabs } from '../../../platform/page/document.tsx'
import { Form } from '../../../platform/page/form.tsx'
import type { Brand } from '../../../world/brand.ts'
import type { Person, PersonRole } from '../../people/person.ts'
import { link } from '../links.ts'
import { sandboxStyles } from '../styles.ts'
import type { Locale, Translate } from '../texts.ts'
import { Avatar, MarketSeal } from './seal.tsx'

/** Who reads, and where they are. */
export interface Reader {
  readonly locale: Locale
  /** Says this marketplace's name and words where a sentence has `{marketplace}`, `{workerWord}` or `{clientWord}`. */
  readonly t: Translate
  readonly brand: Brand
  /** Address of this page, in the reader's language; what its forms post to. */
  readonly here: string
  /** Who is signed in. */
  readonly person: Person | undefined
  /** What the marketplace's clock shows. */
  readonly now: Instant
}

export type Tab =
  | 'search'
  | 'jobs'
  | 'guide'
  | 'ranking'
  | 'work'
  | 'hiring'
  | 'queue'
  | 'appeals'
  | 'worklist'
  | 'money'
  | 'detector'
  | 'noticed'
  | 'deliveries'

const open: readonly (readonly [Tab, string])[] = [
  ['guide', '/'],
  ['search', '/workers'],
  ['jobs', '/jobs'],
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
    ['noticed', '/operators/noticed'],
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
      <Form method="post" action={link(locale, '/sign-out')} class="out">
        <button type="submit">{t('market.account.signOut')}</button>
      </Form>
    </>
  )
}

function Top({ reader, current, bar }: Pick<PageProps, 'reader' | 'current' | 'bar'>) {
  const { locale, t } = reader
  return (
    <header class="top">
      <div class="top-inner">
        <a class="logo" href={link(locale, '/')}>
          <MarketSeal size={36} />
          <span>
            <b>{t('market.shortMarket')}</b>
            <small>{t('market.tagline')}</small>
          </span>
        </a>
        <Tabs
          language={locale}
          tabs={tabPaths[reader.person?.role ?? 'nobody'].map(([tab, path]) => ({
            href: link(locale, path),
            name: t(`market.tabs.${tab}`),
            current: tab === current,
          }))}
        />
        <div class="who">
          {bar}
          <Account reader={reader} />
          <span class="wide">
            <LanguageLinks language={locale} here={reader.here} />
          </span>
        </div>
      </div>
    </header>
  )
}

function Foot({ reader: { locale, t, now, here } }: { reader: Reader }) {
  return (
    <footer class="foot">
      <div>
        <p>
          {t('market.footer')}{' '}
          <span class="unbroken">{t('market.account.clock', { date: dayTimeText(locale, now) })}</span>
        </p>
        <a href={link(locale, '/ranking')}>{t('market.tabs.ranking')}</a>
        <a href={link(locale, '/docs')}>{t('market.api')}</a>
        <span class="slim">
          <LanguageLinks language={locale} here={here} />
        </span>
      </div>
    </footer>
  )
}

interface PageProps {
  readonly reader: Reader
  readonly title: string
  readonly current?: Tab
  /** The page's sheet, where it has one of its own. */
  readonly styles?: Asset
  /** And its script. */
  readonly script?: Asset
  /** More for the document's head. */
  readonly head?: Child
  /** What stands in the bar before who is signed in. */
  readonly bar?: Child
  readonly children: Child
}

export const Page = ({ reader, title, current, styles = sandboxStyles, script, head, bar, children }: PageProps) => (
  <FramedDocument
    language={reader.locale}
    title={title === reader.t('market.market') ? title : `${title}｜${reader.t('market.market')}`}
    styles={styles}
    brand={reader.brand}
    icon="/assets/market.svg"
    unlisted
    head={
      <>
        {script && <script type="module" src={script.href} />}
        {head}
      </>
    }
    header={<Top reader={reader} current={current} bar={bar} />}
    footer={<Foot reader={reader} />}
  >
    {children}
  </FramedDocument>
)
