import { examShape, passRule, tellPractice, textIn } from '../../credential/achievement.ts'
import { badgeTitle } from '../../credential/badge-artwork.ts'
import { SHARE_SIZE } from '../../credential/share-image.ts'
import { Icon } from '../../platform/page/icon.tsx'
import { Note } from '../../platform/page/state.tsx'
import { copyScript, verifyStyles } from '../assets.ts'
import { textsOf } from '../ui/message.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { CertificateCard } from './certificate-card.tsx'
import { artworkOf, type CertificateView } from './certificate-view.ts'
import { oembedAddress } from './embed/oembed.ts'
import { EndorsementCard } from './endorsement-card.tsx'
import { ExpertChecks } from './expert-checks.tsx'
import { ShareCard } from './share-card.tsx'

/** What was done in practice, and what nobody checked. */
const Practice = ({ view: { exam, parts, isUntried, t, context } }: { view: CertificateView }) => {
  const practice = parts.length > 0 && exam && tellPractice(exam, context.locale)
  if (!practice) return null
  return (
    <>
      <p class="small">{practice}</p>
      {isUntried && <p class="small">{t('verify.untried')}</p>}
    </>
  )
}

/** In place of the skills: passing shows none. */
const DemonstrationCard = ({ view, view: { t } }: { view: CertificateView }) => (
  <section class="card" aria-labelledby="demonstration">
    <h2 id="demonstration">{t('verify.demonstration.title')}</h2>
    <Note tone="wait" icon="alert">
      <p>{t('verify.demonstration.text')}</p>
    </Note>
    <Practice view={view} />
  </section>
)

const SkillsCard = ({ view }: { view: CertificateView }) => {
  const { exam, t, context } = view
  if (!exam) return null
  return (
    <section class="card" aria-labelledby="skills">
      <h2 id="skills">{t('verify.skills')}</h2>
      {exam.claim && <p class="small">{textIn(exam.claim, context.locale)}</p>}
      <ul class="ticks ok">
        {exam.sections.map((section) => (
          <li>
            <Icon name="check" />
            <span>{textIn(section.title, context.locale)}</span>
          </li>
        ))}
      </ul>
      <Practice view={view} />
      {exam.limits && <p class="tiny">{textIn(exam.limits, context.locale)}</p>}
      <p class="tiny">
        {[examShape(exam, context.locale), passRule(exam, context.locale)].join(t('list.sentences'))}{' '}
        <a href={`/achievements/${encodeURIComponent(exam.id)}?lang=${context.locale}`}>{t('verify.aboutExam')}</a>{' '}
        <a href={`/exams/${encodeURIComponent(exam.id)}/evidence?lang=${context.locale}`}>{t('evidence.open')}</a>
      </p>
    </section>
  )
}

const GenuineCard = ({ view }: { view: CertificateView }) => {
  const { t, host, record, context } = view
  return (
    <section class="card" aria-labelledby="genuine">
      <h2 id="genuine">{t('verify.genuine')}</h2>
      <p class="small">{t.parts('verify.genuineText', { address: <b class="unbroken">{host}</b> })}</p>
      <p class="btns">
        <a class="btn outline s" href={`/credentials/${record.id}/concern?lang=${context.locale}`}>
          <Icon name="flag" small />
          {t('concern.open')}
        </a>
      </p>
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
              {view.isDemonstration ? <DemonstrationCard view={view} /> : <SkillsCard view={view} />}
              <GenuineCard view={view} />
            </div>
          )}
          {isValid && <EndorsementCard endorsement={view.endorsement} context={context} />}
          <ExpertChecks view={view} revoked={revoked} />
          {isValid && <ShareCard view={view} />}
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
  other,
  text,
  retry,
}: {
  context: PageContext
  heading: string
  other: string
  text: readonly string[]
  retry?: string
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
            <p lang={context.locale === 'ja' ? 'en' : 'ja'}>{other}</p>
          </div>
        </div>
        <div class="blank">
          {text.filter(Boolean).map((sentence) => (
            <p>{sentence}</p>
          ))}
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

const otherOf = (locale: PageContext['locale']) => textsOf(locale === 'ja' ? 'en' : 'ja')

/** There is no certificate of the number. */
export const MissingPage = ({ context }: { context: PageContext }) => {
  const { t } = context
  return (
    <EmptyVerdict
      context={context}
      heading={t('verify.missingTitle')}
      other={otherOf(context.locale)('verify.missingTitle')}
      text={[t('verify.missingMeaning'), t('verify.missingNext')]}
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
      other={otherOf(context.locale)('verify.erasedTitle')}
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
      other={otherOf(context.locale)('verify.verdicts.unknown.heading')}
      text={[t('verify.verdicts.unknown.meaning'), t('verify.verdicts.unknown.next')]}
      retry={t('verify.retry')}
    />
  )
}
