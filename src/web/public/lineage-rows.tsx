import type { CredentialRow } from '../../credential/tables.ts'
import { dayText, timeAttribute } from '../../platform/page/dates.ts'
import { Icon } from '../../platform/page/icon.tsx'
import type { CertificateView } from './certificate-view.ts'

const hrefOf = (id: string, { context }: CertificateView): string =>
  `/credentials/${encodeURIComponent(id)}?lang=${context.tag}`

/** Leads to another certificate by the day on which it was issued. */
const Other = ({ view, other }: { view: CertificateView; other: CredentialRow }) => {
  const day = dayText(view.context.locale, other.issuedAt)
  return (
    <a class="unbroken" href={hrefOf(other.id, view)} aria-label={view.t('verify.certificateOf', { day })}>
      <time datetime={timeAttribute(other.issuedAt)}>{day}</time>
    </a>
  )
}

/** The certificates before and after this one, and when the first of them was awarded. */
export const LineageRows = ({ view }: { view: CertificateView }) => {
  const { t, lineage, record, context } = view
  const { before, renewedBy, awardedAt, passedAt } = lineage
  return (
    <>
      {awardedAt < passedAt && (
        <div>
          <dt>{t('verify.lineage.firstAward')}</dt>
          <dd>
            <time class="unbroken" datetime={timeAttribute(awardedAt)}>
              {dayText(context.locale, awardedAt)}
            </time>
          </dd>
        </div>
      )}
      {before && record.relation && (
        <div>
          <dt>{t(`verify.lineage.${record.relation}`)}</dt>
          <dd>
            <Other view={view} other={before} />
          </dd>
        </div>
      )}
      {renewedBy && !successorOf(view) && (
        <div>
          <dt>{t('verify.lineage.renewedBy')}</dt>
          <dd>
            <Other view={view} other={renewedBy} />
          </dd>
        </div>
      )}
    </>
  )
}

/** The certificate that a reader of one that has fallen should look at instead: its correction, or its renewal. */
export function successorOf({ lineage, verification }: CertificateView) {
  if (lineage.replacedBy && verification.verdict === 'revoked')
    return { id: lineage.replacedBy.id, is: 'corrected' as const }
  return lineage.renewedBy && verification.verdict === 'expired'
    ? { id: lineage.renewedBy.id, is: 'renewed' as const }
    : undefined
}

/** Leads from a certificate that has fallen to its successor. */
export const Successor = ({ view, id, is }: { view: CertificateView; id: string; is: 'corrected' | 'renewed' }) => (
  <>
    <p>{view.t(`verify.${is}.meaning`)}</p>
    <p class="btns">
      <a class="btn outline s" href={hrefOf(id, view)}>
        {view.t(`verify.${is}.open`)}
        <Icon name="right" small />
      </a>
    </p>
  </>
)
