import { achievementTexts } from '../../../credential/achievement.ts'
import { badgeSvg } from '../../../credential/badge-artwork.ts'
import { type CredentialStatus, statusAt } from '../../../credential/credential-status.ts'
import type { Relation } from '../../../credential/lineage.ts'
import { partResultsOf } from '../../../credential/part-results.ts'
import { REMINDERS } from '../../../credential/reminder.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { dayText } from '../../../platform/page/dates.ts'
import { ShortLabel } from '../../../platform/page/short-label.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { copyScript, recordsStyles } from '../../assets.ts'
import { CredentialChip } from '../../ui/credential-chip.tsx'
import { Drawing } from '../../ui/drawing.tsx'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { Sharing } from '../../ui/share/share-card.tsx'
import { AddressCard, type AddressView, NameCard } from './holder-cards.tsx'

/** Who issued the certificates, for those who write them into a form elsewhere. */
interface Issuer {
  readonly name: string
  readonly origin: string
  /** Whether there is a key for documents with an embedded proof. */
  readonly signsForWallets: boolean
}

/** What of a credential is shown here. */
interface CertificateView {
  readonly id: string
  readonly exam: string
  readonly title: string
  readonly level: number
  readonly status: CredentialStatus
  readonly issuedAt: Instant
  readonly validUntil: Instant
  readonly predecessor: string | null
  readonly relation: Relation | null
  readonly jwt: string
  readonly walletExport: string | null
}

/** The certificate that follows another one: its correction, or its renewal. */
const followerOf = (all: readonly CertificateView[], id: string, relation: Relation): CertificateView | undefined =>
  all.find((one) => one.predecessor === id && one.relation === relation)

const REMINDED_FROM = Math.max(...REMINDERS)
const DAY = 86_400_000

/** What came after a certificate: its correction, or its renewal. */
const Follower = ({ context: { t, locale, tag }, certificate, all }: CertificateProps) => {
  const correction = followerOf(all, certificate.id, 'replaces')
  const renewal = followerOf(all, certificate.id, 'renews')
  const follower = correction ?? (renewal?.status === 'revoked' ? undefined : renewal)
  if (!follower) return null
  return (
    <p class="small">
      <a href={`/credentials/${follower.id}?lang=${tag}`}>
        {t(correction ? 'certificate.corrected' : 'certificate.renewed', { day: dayText(locale, follower.issuedAt) })}
      </a>
    </p>
  )
}

/** Reminds of an end that is near, where nothing later of the exam stands. */
const Ending = ({ context: { t }, certificate, all, now }: CertificateProps) => {
  const { exam, status, validUntil, title } = certificate
  const isRenewed = all.some(
    (other) => other.exam === exam && other.status === 'active' && other.validUntil > validUntil,
  )
  if (isRenewed || status !== 'active' || validUntil <= now || validUntil - now > REMINDED_FROM) return null
  return (
    <Note tone="wait" icon="clock" title={t('certificate.ending', { days: Math.ceil((validUntil - now) / DAY) })}>
      <p>
        {t('certificate.endingText')}{' '}
        <a href={`/exams/${exam}`}>
          <ShortLabel heard={t('certificate.renewOf', { title })}>{t('certificate.renew')}</ShortLabel>
        </a>
      </p>
    </Note>
  )
}

interface CertificateProps {
  readonly context: PageContext
  readonly certificate: CertificateView
  readonly all: readonly CertificateView[]
  readonly issuer: Issuer
  readonly now: number
}

/** What is shown elsewhere of a certificate. */
const heldOf = ({
  context,
  certificate: { id, title, level, issuedAt, validUntil, walletExport },
  issuer,
}: CertificateProps) => ({
  id,
  name: achievementTexts(context.locale)('achievement.name', { title, level }),
  organisation: issuer.name,
  issuedAt,
  validUntil,
  url: `${issuer.origin}/credentials/${id}`,
  t: context.t,
  context,
  forWallets: walletExport !== null || issuer.signsForWallets,
})

const Certificate = (props: CertificateProps) => {
  const { context, certificate, now } = props
  const { t, locale, tag } = context
  const status = statusAt(certificate, now)
  const { id, exam, title, issuedAt } = certificate
  const art = badgeSvg({
    id,
    exam,
    title,
    issuedAt,
    level: certificate.level as 1 | 2 | 3,
    state: status,
    parts: partResultsOf(certificate.jwt),
    locale,
    placement: 'decoration',
  })
  return (
    <li class="card">
      <Drawing svg={art} />
      <div class="stack s">
        <h2>
          {certificate.title} <span class="lv">{t('exam.level', { level: certificate.level })}</span>
        </h2>
        <p>
          <CredentialChip context={context} status={status} />
        </p>
        <p class="tiny num">
          <span class="unbroken">{t('certificate.from', { day: dayText(locale, certificate.issuedAt) })}</span>{' '}
          {/* one that was revoked is valid until no day */}
          {status !== 'revoked' && (
            <span class="unbroken">{t('certificate.until', { day: dayText(locale, certificate.validUntil) })}</span>
          )}
        </p>
        <Follower {...props} />
        <a class="btn outline s" href={`/credentials/${certificate.id}?lang=${tag}`}>
          <ShortLabel heard={t('certificate.open', { title: certificate.title })}>{t('result.certificate')}</ShortLabel>
        </a>
      </div>
      <Ending {...props} />
      {status === 'active' && (
        <section class="showing" aria-labelledby={`share-${id}`}>
          <h3 id={`share-${id}`}>{t('verify.share')}</h3>
          <p class="tiny">{t('verify.shareNote')}</p>
          <Sharing context={context} certificate={heldOf(props)} />
        </section>
      )}
    </li>
  )
}

interface CertificatesProps extends Pick<CertificateProps, 'context' | 'issuer' | 'now'> {
  readonly certificates: readonly CertificateView[]
  /** Undefined for whoever gets no certificates. */
  readonly address?: AddressView | undefined
  readonly name?: 'shown' | 'none' | undefined
}

export const CertificatesPage = ({ context, certificates, issuer, now, address, name }: CertificatesProps) => {
  const { t } = context
  return (
    <Page styles={recordsStyles} context={context} title={t('nav.certificates')} tab="/certificates">
      <main id="main" class="wrap narrow">
        <div class="head">
          <div>
            <h1>{t('nav.certificates')}</h1>
            <p class="lead">{t('certificate.lead')}</p>
          </div>
        </div>
        <div class="stack">
          {certificates.length === 0 ? (
            <Note title={t('certificate.noneTitle')}>
              <p>{t('certificate.noneText')}</p>
            </Note>
          ) : (
            <ul class="certs">
              {certificates.map((certificate) => (
                <Certificate context={context} certificate={certificate} all={certificates} issuer={issuer} now={now} />
              ))}
            </ul>
          )}
          {name && <NameCard context={context} name={name} hasCertificates={certificates.length > 0} />}
          {address && <AddressCard context={context} address={address} hasCertificates={certificates.length > 0} />}
        </div>
      </main>
      <script type="module" src={copyScript.href} />
    </Page>
  )
}
