import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import type { Listing } from '../../search/market.ts'
import { certificateBoost, ERROR_VARIANCE } from '../../search/quality.ts'
import type { Reason, ReasonCode } from '../../search/reasons.ts'
import type { Locale, Translate } from '../texts.ts'

const icons: Readonly<Record<ReasonCode, IconName>> = {
  reviews: 'star',
  'reviews-weighted': 'info',
  'no-evidence': 'info',
  'certified-newcomer': 'shield',
  'certificate-fading': 'shield',
  'certificate-not-counted': 'info',
  'certificate-expired': 'clock',
  'certificate-suspended': 'pause',
  'certificate-revoked': 'stop',
  'standing-restricted': 'stop',
  'certificate-not-shown-to-predict': 'info',
  'row-certified': 'sprout',
  'row-first-days': 'sprout',
  'row-newcomer': 'sprout',
  invited: 'check',
}

/** Every reason as a sentence; its code is in the mark-up, for those who build on it. */
export const ReasonList = ({ reasons, locale }: { reasons: readonly Reason[]; locale: Locale }) => (
  <ul class="reasons">
    {reasons.map((reason) => (
      <li data-code={reason.code}>
        <Icon name={icons[reason.code]} />
        <span>{reason.text[locale]}</span>
      </li>
    ))}
  </ul>
)

const STEPS = [0, 1, 2, 3] as const

/** How many of four steps a weight fills: none at 0, then by the given bounds. */
const stepsOf = (weight: number, bounds: readonly number[]): number =>
  weight <= 0 ? 0 : 1 + bounds.filter((bound) => weight >= bound).length

const Gauge = ({ filled }: { filled: number }) => (
  <svg aria-hidden="true">
    {STEPS.map((step) => (
      <rect x={`${step * 25}%`} width="23%" height="10" rx="5" class={step < filled ? 'on' : 'off'} />
    ))}
  </svg>
)

/** How much reviews and the certificate weigh in a place: the reliability of the reviews, and the boost. */
export function Gauges({ t, listing }: { t: Translate; listing: Listing }) {
  const { n } = listing.reviews
  const gauge = t.list('market.person.gauge')
  const reviews = stepsOf(n / (ERROR_VARIANCE + n), [0.4, 0.65, 0.8])
  const certificate = stepsOf(listing.prior ? certificateBoost(listing.prior, n) : 0, [0.05, 0.15, 0.35])
  return (
    <dl class="gauges">
      <div>
        <dt>{t('market.person.fromReviews')}</dt>
        <dd>
          <Gauge filled={reviews} />
        </dd>
        <dd>{gauge[reviews]}</dd>
      </div>
      <div class="certificate">
        <dt>{t('market.person.fromCertificate')}</dt>
        <dd>
          <Gauge filled={certificate} />
        </dd>
        <dd>{gauge[certificate]}</dd>
      </div>
    </dl>
  )
}
