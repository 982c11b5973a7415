import type { Verdict } from '@kentei/verify/parts'
import { dayText } from '../../../platform/page/dates.ts'
import { Drawing } from '../../ui/drawing.tsx'
import { tones, VerdictIcon } from '../certificate-card.tsx'
import { badgeOf, type CertificateView } from '../certificate-view.ts'

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
export const EmbedCard = ({ view, isFramed }: { view: CertificateView; isFramed?: boolean }) => {
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
export const EmptyEmbed = ({ word, href }: { word: string; href: string }) => (
  <a class="embed bare" href={href} target="_blank" rel="noopener">
    <StateWord verdict="unknown" word={word} />
  </a>
)
