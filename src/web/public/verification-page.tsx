import { examShape, passRule, tellPractice, textIn } from '../../credential/achievement.ts'
import { badgeTitle } from '../../credential/badge-artwork.ts'
import { SHARE_SIZE } from '../../credential/share-image.ts'
import { Icon } from '../../platform/page/icon.tsx'
import { Note } from '../../platform/page/state.tsx'
import { copyScript, verifyStyles } from '../assets.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { CertificateCard } from './certificate-card.tsx'
import { artworkOf, bandText, type CertificateView } from './certificate-view.ts'
import { oembedAddress } from './embed/oembed.ts'
import { ExpertChecks } from './expert-checks.tsx'

/** In place of the skills: passing shows none. */
const DemonstrationCard = ({ view: { t, exam, parts, context } }: { view: CertificateView }) => (
  <section class="card" aria-labelledby="shows">
    <h2 id="shows">{t('verify.demonstration.title')}</h2>
    <Note tone="wait" icon="alert">
      <p>{t('verify.demonstration.text')}</p>
    </Note>
    {parts.length > 0 && exam && <p class="small">{tellPractice(exam, context.locale)}</p>}
  </section>
)

/** What it says of its holder: the claim, what was asked, and within which ten points. */
const ShowsCard = ({ view }: { view: CertificateView }) => {
  const { exam, t, context, parts, band } = view
  const { locale } = context
  if (!exam) return null
  const bands = parts.map(
    (part) => `${t(`part.${part.part}`)} ${t('verify.bandText', { band: bandText(t, part.band) })}`,
  )
  return (
    <section class="card" aria-labelledby="shows">
      <h2 id="shows">{t('verify.shows')}</h2>
      {exam.claim && <p class="small">{textIn(exam.claim, locale)}</p>}
      <ul class="ticks ok">
        {exam.sections.map((section) => (
          <li>
            <Icon name="check" />
            <span>{textIn(section.title, locale)}</span>
          </li>
        ))}
      </ul>
      {parts.length > 0 && <p class="small">{tellPractice(exam, locale)}</p>}
      <dl class="kv">
        <div>
          <dt>{t('verify.exam')}</dt>
          <dd>
            {[examShape(exam, locale), passRule(exam, locale)].join(t('list.sentences'))}{' '}
            <a href={`/achievements/${encodeURIComponent(exam.id)}?lang=${locale}`}>{t('verify.aboutExam')}</a>
          </dd>
        </div>
        {band && (
          <div>
            <dt>{t('verify.band')}</dt>
            <dd>
              <b class="unbroken">{bandText(t, band)}</b>
              {t('verify.outOf')}
              {bands.map((part) => (
                <span class="tiny">{part}</span>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}

/** How many people pass, as a share with its interval; before there are enough of them, from how many on it is told. */
const passRateText = ({ t, passRate }: CertificateView): string =>
  passRate.rate ? t('verify.backing.rate', passRate.rate) : t('verify.backing.tooFew', { least: passRate.least })

/** What it does not say, and what stands behind the exam. */
const LimitsCard = ({ view }: { view: CertificateView }) => {
  const { exam, t, context, isUntried, endorsement } = view
  const { locale } = context
  const limits = [
    t('verify.limit.unwatched'),
    exam?.limits && textIn(exam.limits, locale),
    isUntried && t('verify.untried'),
    t('verify.limit.work'),
  ]
  return (
    <section class="card" aria-labelledby="limits">
      <h2 id="limits">{t('verify.limits')}</h2>
      <ul class="ticks">
        {limits.filter(Boolean).map((limit) => (
          <li>
            <Icon name="info" />
            <span>{limit}</span>
          </li>
        ))}
      </ul>
      <h3 class="apart">{t('verify.backing.title')}</h3>
      <ul class="ticks">
        <li>
          <Icon name="bars" />
          <span>{passRateText(view)}</span>
        </li>
        <li>
          <Icon name="shield" />
          <span>
            {t('verify.backing.cut')} <a href={`/about/pass-score?lang=${context.tag}`}>{t('verify.backing.how')}</a>
          </span>
        </li>
        {endorsement?.state === 'holds' && (
          <li>
            <Icon name="check" tone="ok" />
            <span>{t('verify.backing.endorsed', { issuer: endorsement.issuerName })}</span>
          </li>
        )}
        {exam && (
          <li>
            <Icon name="search" />
            <span>
              <a href={`/exams/${encodeURIComponent(exam.id)}/evidence?lang=${locale}`}>{t('evidence.open')}</a>
            </span>
          </li>
        )}
      </ul>
    </section>
  )
}

const GenuineCard = ({ view }: { view: CertificateView }) => {
  const { t, host, record, context } = view
  return (
    <section class="card genuine" aria-labelledby="genuine">
      <Icon name="lock" />
      <div>
        <h2 id="genuine">{t('verify.genuine')}</h2>
        <p class="small">{t.parts('verify.genuineText', { address: <b class="unbroken">{host}</b> })}</p>
      </div>
      <a class="btn ghost s" href={`/credentials/${record.id}/concern?lang=${context.tag}`}>
        <Icon name="flag" small />
        {t('concern.open')}
      </a>
    </section>
  )
}

/** What other sites show beside a link to this page, and that search engines pass it over. The holder is not named. Source: The Open Graph protocol. */
const ShareTags = ({ view }: { view: CertificateView }) => {
  const { t, verification, name, url, issuerName, context } = view
  const image = `${url}/share.png?lang=${context.locale}`
  const alt = badgeTitle(artworkOf(view, 'file'))
  const properties = {
    'og:type': 'website',
    'og:site_name': issuerName,
    'og:title': name,
    'og:description': t(`verify.verdicts.${verification.verdict}.heading`),
    'og:url': `${url}?lang=${context.locale}`,
    'og:locale': context.locale === 'ja' ? 'ja_JP' : 'en_GB',
    'og:image': image,
    'og:image:type': 'image/png',
    'og:image:width': String(SHARE_SIZE.width),
    'og:image:height': String(SHARE_SIZE.height),
    'og:image:alt': alt,
  }
  return (
    <>
      {Object.entries(properties).map(([property, content]) => (
        <meta property={property} content={content} />
      ))}
      <meta name="twitter:card" content="summary_large_image" />
      {/* holders give its address to whom they choose: no search for their names finds it */}
      <meta name="robots" content="noindex" />
    </>
  )
}

/** The page that answers whether a certificate stands. `revoked`: the revoked indices of its status list. */
export const VerificationPage = ({ view, revoked }: { view: CertificateView; revoked: readonly number[] }) => {
  const { context, t, verification, name } = view
  const isValid = verification.verdict === 'valid'
  return (
    <Page
      context={context}
      title={t('verify.titleOf', { heading: t(`verify.verdicts.${verification.verdict}.heading`), name })}
      styles={verifyStyles}
      head={<ShareTags view={view} />}
    >
      <link rel="alternate" type="application/json+oembed" href={oembedAddress(view)} title={name} />
      <main id="main" class="wrap tight narrow">
        <div class="stack">
          <CertificateCard view={view} />
          {isValid && (
            <div class="halves">
              {view.isDemonstration ? <DemonstrationCard view={view} /> : <ShowsCard view={view} />}
              <LimitsCard view={view} />
            </div>
          )}
          <GenuineCard view={view} />
          <ExpertChecks view={view} revoked={revoked} />
          <p class="tiny">
            {t.parts('verify.forHolder', { page: <a href="/certificates">{t('verify.holdersPage')}</a> })}
          </p>
        </div>
      </main>
      <script type="module" src={copyScript.href} />
    </Page>
  )
}

/** A verdict without a certificate: it must look like nothing that could be valid. */
const EmptyVerdict = ({
  context,
  heading,
  lead,
  text,
  retry,
  check,
}: {
  context: PageContext
  heading: string
  lead?: string
  text: readonly string[]
  retry?: string
  check?: string
}) => (
  <Page context={context} title={heading} styles={verifyStyles}>
    <main id="main" class="wrap tight narrow">
      <article class="card cert" aria-labelledby="verdict">
        <div class="verdict off">
          <span class="mk">
            <Icon name="question" />
          </span>
          <div>
            <h1 id="verdict">{heading}</h1>
            {lead && <p>{lead}</p>}
          </div>
        </div>
        <div class="blank">
          {text.filter(Boolean).map((sentence) => (
            <p>{sentence}</p>
          ))}
          {check && (
            <p>
              <a class="btn outline s" href={`/check?lang=${context.tag}`}>
                <Icon name="shield" small />
                {check}
              </a>
            </p>
          )}
          {retry && (
            <p>
              <a class="btn outline s" href={context.path}>
                <Icon name="redo" small />
                {retry}
              </a>
            </p>
          )}
        </div>
      </article>
    </main>
  </Page>
)

/** There is no certificate of the number. */
export const MissingPage = ({ context }: { context: PageContext }) => {
  const { t } = context
  return (
    <EmptyVerdict
      context={context}
      heading={t('verify.missingTitle')}
      lead={t('verify.missingMeaning')}
      text={[t('verify.missingNext')]}
      check={t('check.another')}
    />
  )
}

/** Everything about the holder was erased: what is left tells that a copy of it proves nothing, and no more. */
export const ErasedPage = ({ id, context }: { id: string; context: PageContext }) => {
  const { t } = context
  return (
    <EmptyVerdict
      context={context}
      heading={t('verify.erasedTitle')}
      text={[t('verify.erasedText'), `${t('verify.keyField.number')}: ${id}`]}
    />
  )
}

/** The record cannot be read now, so that nothing may be said. */
export const UnreadablePage = ({ context }: { context: PageContext }) => {
  const { t } = context
  return (
    <EmptyVerdict
      context={context}
      heading={t('verify.verdicts.unknown.heading')}
      lead={t('verify.verdicts.unknown.lead')}
      text={[t('verify.verdicts.unknown.next')]}
      retry={t('verify.retry')}
    />
  )
}
