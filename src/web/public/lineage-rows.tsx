import type { CredentialRow } from '../../credential/tables.ts'
import { Icon } from '../ui/icon.tsx'
import { dayText, timeAttribute } from '../ui/time-text.ts'
import type { CertificateView } from './certificate-view.ts'

const hrefOf = (id: string, { context }: CertificateView): string => `/credentials/${encodeURIComponent(id)}?lang=${context.locale}`

/** Leads to another certificate by the day on which it was issued. */
const Other = ({ view, other }: { view: CertificateView; other: CredentialRow }) => {
  const day = dayText(view.context.locale, other.issuedAt)
  return (
    <a class="nb" href={hrefOf(other.id, view)} aria-label={view.texts.certificateOf(day)}>
      <time datetime={timeAttribute(other.issuedAt)}>{day}</time>
    </a>
  )
}

/** The certificates before and after this one, and when the first of them was awarded. */
export const LineageRows = ({ view }: { view: CertificateView }) => {
  const { texts, lineage, record, context } = view
  const { before, renewedBy, awardedAt, passedAt } = lineage
  return (
    <>
      {awardedAt < passedAt && (
        <div>
          <dt>{texts.lineage.firstAward}</dt>
          <dd>
            <time class="nb" datetime={timeAttribute(awardedAt)}>
              {dayText(context.locale, awardedAt)}
            </time>
          </dd>
        </div>
      )}
      {before && record.relation && (
        <div>
          <dt>{texts.lineage[record.relation]}</dt>
          <dd>
            <Other view={view} other={before} />
          </dd>
        </div>
      )}
      {renewedBy && (
        <div>
          <dt>{texts.lineage.renewedBy}</dt>
          <dd>
            <Other view={view} other={renewedBy} />
          </dd>
        </div>
      )}
    </>
  )
}

/** Leads from a certificate that was corrected to the one that stands in its place. */
export const CorrectionMeaning = ({ view, id }: { view: CertificateView; id: string }) => {
  const { corrected } = view.texts
  return (
    <div class="what">
      <p>{corrected.meaning}</p>
      <p class="btns">
        <a class="btn outline s" href={hrefOf(id, view)}>
          {corrected.open}
          <Icon name="right" small />
        </a>
      </p>
    </div>
  )
}
