import type { Verdict } from '@kentei/verify/parts'
import { Hono } from 'hono'
import type { PropsWithChildren } from 'hono/jsx'
import { toRfc3339 } from '../../../kernel/instant.ts'
import { dayText } from '../../../platform/page/dates.ts'
import { Document } from '../../../platform/page/document.tsx'
import { knownLanguage, readerLanguage } from '../../../platform/page/language.ts'
import { embedStyles } from '../../assets.ts'
import { Drawing } from '../../ui/drawing.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { tones, VerdictIcon } from '../certificate-card.tsx'
import { badgeOf, type CertificateView } from '../certificate-view.ts'
import { htmlResponse, publicPageContext, shownCredential, viewOf } from '../public-page.ts'
import { openJson, type PublicContext, type PublicEnv, refuse } from '../public-response.ts'
import { OEMBED_CACHE, oembedAnswer, readOembedUrl, roomOf } from './oembed.ts'

/** The state in a line under the badge's name. */
function stateDate({ t, verification, record, context }: CertificateView): string {
  const { locale } = context
  switch (verification.verdict) {
    case 'suspended':
      return t('verify.reviewedSince', { date: dayText(locale, record.statusChangedAt) })
    case 'revoked':
      return dayText(locale, record.statusChangedAt)
    case 'valid':
      return t('verify.until', { date: dayText(locale, record.validUntil) })
    case 'expired':
      return t('verify.endedOn', { date: dayText(locale, record.validUntil) })
    default:
      return ''
  }
}

const StateWord = ({ verdict, word }: { verdict: Verdict; word: string }) => (
  <span class={`st ${tones[verdict]}`}>
    <VerdictIcon verdict={verdict} small />
    {word}
  </span>
)

/** The small badge that other sites show; it leads to the verification page. */
const EmbedCard = ({ view, isFramed }: { view: CertificateView; isFramed?: boolean }) => {
  const { t, verification, name, url, context } = view
  const { verdict } = verification
  return (
    <a
      class="embed"
      href={`${url}?lang=${context.locale}`}
      {...(isFramed ? { target: '_blank', rel: 'noopener' } : {})}
    >
      <Drawing svg={badgeOf(view, 'decoration')} />
      <span>
        <b>{name}</b>
        <StateWord verdict={verdict} word={t(`verify.verdicts.${verdict}.word`)} />
        <span class="sub num">{stateDate(view)}</span>
      </span>
    </a>
  )
}

/** The frame of a certificate that cannot be shown, which `word` explains. */
const EmptyEmbed = ({ word, href }: { word: string; href: string }) => (
  <a class="embed bare" href={href} target="_blank" rel="noopener">
    <StateWord verdict="unknown" word={word} />
  </a>
)

/** The document of a frame in somebody else's page: no script, no header, the colours of its surroundings. */
const EmbedPage = ({
  context,
  title,
  heading,
  children,
}: PropsWithChildren<{ context: PageContext; title: string; heading: string }>) => (
  <Document
    language={context.locale}
    title={title}
    styles={embedStyles}
    brand={context.brand}
    rootClass="framed"
    unlisted
  >
    <main>
      <h1 class="unseen">{heading}</h1>
      {children}
    </main>
  </Document>
)

/** A frame that has nothing to show says so in a frame's form. */
async function emptyFrame(c: PublicContext, reason: 'not-found' | 'gone' | 'unreadable'): Promise<Response> {
  const context = publicPageContext(c, readerLanguage(c))
  const { t, locale } = context
  const reasons = {
    'not-found': { status: 404, title: t('verify.missingTitle'), word: t('verify.missingTitle') },
    gone: { status: 410, title: t('verify.erasedTitle'), word: t('verify.erasedTitle') },
    unreadable: { status: 503, title: t('verify.verdicts.unknown.heading'), word: t('verify.verdicts.unknown.word') },
  } as const
  const { status, title, word } = reasons[reason]
  const href = `${c.req.path.replace('/embed/', '/credentials/')}?lang=${locale}`
  const page = EmbedPage({ context, title, heading: title, children: <EmptyEmbed word={word} href={href} /> })
  return htmlResponse(c, page, status, '*')
}

async function frame(c: PublicContext, id: string): Promise<Response> {
  try {
    const record = await shownCredential(c, id)
    if (typeof record === 'string') return await emptyFrame(c, record)
    const view = await viewOf(c, record, readerLanguage(c))
    const title = view.t('verify.titleOf', {
      heading: view.t(`verify.verdicts.${view.verification.verdict}.heading`),
      name: view.name,
    })
    return await htmlResponse(
      c,
      EmbedPage({
        context: view.context,
        title,
        heading: view.name,
        children: <EmbedCard view={view} isFramed />,
      }),
      200,
      '*',
    )
  } catch (error) {
    // the frame tells the visitor, this tells the operator
    c.var.report(error)
    return emptyFrame(c, 'unreadable')
  }
}

async function oembed(c: PublicContext): Promise<Response> {
  if ((c.req.query('format') ?? 'json') !== 'json') return c.text('This provider answers in json only.', 501)
  const asked = readOembedUrl(c.req.query('url'), c.var.world.settings.origin)
  const record = asked ? await shownCredential(c, asked.id) : 'not-found'
  if (!asked || record === 'not-found') return refuse({ code: 'not-found' })
  if (record === 'gone') return refuse({ code: record })
  const view = await viewOf(c, record, knownLanguage(asked.lang))
  return openJson(
    c,
    oembedAnswer(view, roomOf(c.req.query('maxwidth'), c.req.query('maxheight'))),
    `public, max-age=${OEMBED_CACHE}`,
  )
}

/** The state of a credential in a few members, for whoever draws a badge: no holder, no score. */
async function liveState(c: PublicContext, id: string): Promise<Response> {
  const record = await shownCredential(c, id)
  if (typeof record === 'string') return refuse({ code: record })
  const { verification, name, url, checkedAt, context } = await viewOf(c, record, readerLanguage(c))
  const { verdict } = verification
  return openJson(
    c,
    {
      id: record.id,
      verdict,
      name,
      exam: record.exam,
      level: record.level,
      issuedAt: toRfc3339(record.issuedAt),
      validUntil: toRfc3339(record.validUntil),
      ...(verdict === 'suspended' || verdict === 'revoked'
        ? { statusChangedAt: toRfc3339(record.statusChangedAt) }
        : {}),
      url,
      image: `${url}.svg?lang=${context.locale}`,
      checkedAt: toRfc3339(checkedAt),
    },
    'no-store',
  )
}

/** What other sites show of a credential: a frame, its description, and the bare state. */
export function embedRoutes(): Hono<PublicEnv> {
  return new Hono<PublicEnv>()
    .get('/embed/:id{crd_[A-Za-z0-9_-]+}', (c) => frame(c, c.req.param('id')))
    .get('/oembed', oembed)
    .get('/api/credentials/:id', (c) => liveState(c, c.req.param('id')))
}
