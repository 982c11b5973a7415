import { raw } from 'hono/html'
import { badgeSvg } from '../../../credential/badge-artwork.ts'
import { Chip, Note, Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { dayText } from '../../ui/time-text.ts'
import type { CertificateView } from '../views.ts'

const State = ({ context: { t }, status }: { context: PageContext; status: CertificateView['status'] }) => {
  switch (status) {
    case 'active':
      return <Chip tone="ok" icon="check">{t('certificate.active')}</Chip>
    case 'suspended':
      return <Chip tone="wait" icon="pause">{t('certificate.suspended')}</Chip>
    case 'revoked':
      return <Chip tone="bad" icon="cross">{t('certificate.revoked')}</Chip>
    case 'expired':
      return <Chip icon="clock">{t('certificate.expired')}</Chip>
    default:
      return status satisfies never
  }
}

const Certificate = ({ context, certificate }: { context: PageContext; certificate: CertificateView }) => {
  const { t, locale } = context
  const art = badgeSvg({ ...certificate, level: certificate.level as 1 | 2 | 3, state: certificate.status, locale, placement: 'decoration' })
  return (
    <li class="card">
      {raw(art)}
      <div class="stack s">
        <h2>
          {certificate.title} <span class="lv">{t('exam.level', { level: certificate.level })}</span>
        </h2>
        <p>
          <State context={context} status={certificate.status} />
        </p>
        <p class="tiny num">{t('certificate.dates', { from: dayText(locale, certificate.issuedAt), until: dayText(locale, certificate.validUntil) })}</p>
        <a class="btn outline s" href={`/credentials/${certificate.id}`} aria-label={t('certificate.open', { title: certificate.title })}>
          {t('result.certificate')}
        </a>
      </div>
    </li>
  )
}

export const CertificatesPage = ({ context, certificates }: { context: PageContext; certificates: readonly CertificateView[] }) => {
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
              <Certificate context={context} certificate={certificate} />
            ))}
          </ul>
        )}
      </main>
    </Page>
  )
}
