import { raw } from 'hono/html'
import { badgeSvg } from '../../../credential/badge-artwork.ts'
import type { CredentialStatus } from '../../../credential/credential-status.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { Chip, Note, Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { dayText } from '../../ui/time-text.ts'

/** What of a credential is shown here. */
interface CertificateView {
  readonly id: string
  readonly exam: string
  readonly title: string
  readonly level: number
  readonly status: CredentialStatus
  readonly issuedAt: Instant
  readonly validUntil: Instant
}

const State = ({ context: { t }, status }: { context: PageContext; status: CertificateView['status'] }) => {
  switch (status) {
    case 'active':
      return (
        <Chip tone="ok" icon="check">
          {t('certificate.active')}
        </Chip>
      )
    case 'suspended':
      return (
        <Chip tone="wait" icon="pause">
          {t('certificate.suspended')}
        </Chip>
      )
    case 'revoked':
      return (
        <Chip tone="bad" icon="cross">
          {t('certificate.revoked')}
        </Chip>
      )
    case 'expired':
      return <Chip icon="clock">{t('certificate.expired')}</Chip>
    default:
      return status satisfies never
  }
}

const Certificate = ({ context, certificate, now }: { context: PageContext; certificate: CertificateView; now: number }) => {
  const { t, locale } = context
  // the sweeper marks expired ones in its own time; the date decides
  const status = certificate.status === 'active' && certificate.validUntil <= now ? 'expired' : certificate.status
  const { id, exam, title, issuedAt } = certificate
  const art = badgeSvg({ id, exam, title, issuedAt, level: certificate.level as 1 | 2 | 3, state: status, locale, placement: 'decoration' })
  return (
    <li class="card">
      {raw(art)}
      <div class="stack s">
        <h2>
          {certificate.title} <span class="lv">{t('exam.level', { level: certificate.level })}</span>
        </h2>
        <p>
          <State context={context} status={status} />
        </p>
        <p class="tiny num">
          <span class="nb">{t('certificate.from', { day: dayText(locale, certificate.issuedAt) })}</span>{' '}
          <span class="nb">{t('certificate.until', { day: dayText(locale, certificate.validUntil) })}</span>
        </p>
        <a class="btn outline s" href={`/credentials/${certificate.id}?lang=${locale}`} aria-label={t('certificate.open', { title: certificate.title })}>
          {t('result.certificate')}
        </a>
      </div>
    </li>
  )
}

export const CertificatesPage = ({ context, certificates, now }: { context: PageContext; certificates: readonly CertificateView[]; now: number }) => {
  const { t } = context
  return (
    <Page context={context} title={t('nav.certificates')} tab="/certificates">
      <main id="main" class="wrap narrow">
        <div class="head">
          <div>
            <h1>{t('nav.certificates')}</h1>
            <p class="lead">{t('certificate.lead')}</p>
          </div>
        </div>
        {certificates.length === 0 ? (
          <Note title={t('certificate.noneTitle')}>
            <p>{t('certificate.noneText')}</p>
          </Note>
        ) : (
          <ul class="certs">
            {certificates.map((certificate) => (
              <Certificate context={context} certificate={certificate} now={now} />
            ))}
          </ul>
        )}
      </main>
    </Page>
  )
}
