import type { CredentialStatus } from '../../../contract/marketplace.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { dayText } from '../../../platform/page/dates.ts'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import type { Tone } from '../../../platform/page/state.tsx'
import { headBadges, type ShownBadge, statusAt } from '../../evidence/evidence.ts'
import type { Profile } from '../../flows/show-worker.ts'
import { certificateBoost } from '../../search/quality.ts'
import { aboutReviews, remainingPercent } from '../../search/reasons.ts'
import { link } from '../links.ts'
import type { Translate } from '../texts.ts'
import { FadingWeight } from './fading-weight.tsx'
import type { Reader } from './layout.tsx'
import { ExamSeal } from './seal.tsx'
import { GRADE } from './signs.data.ts'

const statusIcons: Readonly<Record<CredentialStatus, IconName>> = {
  active: 'check',
  expired: 'clock',
  suspended: 'pause',
  revoked: 'stop',
}

/** The title as the plugin gave it or as readers know the exam, with the grade if it does not say so itself. */
export function badgeTitle(t: Translate, { title, exam, level }: ShownBadge): string {
  // cases of a message have no hyphens in their names
  const called = t('market.certificateTitle', { title, exam: exam.replaceAll('-', '_') })
  return GRADE.test(called) ? called : `${called} ${t('market.level', { level })}`
}

/** What a certificate rests on; undefined where the plugin did not say. */
export function restsOn(t: Translate, { parts }: ShownBadge): string | undefined {
  if (!parts) return undefined
  const kind = parts.includes('practical') ? 'both' : 'knowledge'
  return t(`market.rests.${kind}`)
}

/** A certificate in one line; it leads to the plugin's verification page. */
export function BadgeChip({ t, badge, now }: { t: Translate; badge: ShownBadge; now: Instant }) {
  const status = statusAt(badge, now)
  return (
    <a class={status === 'active' ? 'badge-chip' : 'badge-chip inactive'} href={badge.url}>
      <ExamSeal exam={badge.exam} active={status === 'active'} />
      <span>{badgeTitle(t, badge)}</span>
      {status === 'active' && badge.parts?.includes('practical') && <span class="rests">{restsOn(t, badge)}</span>}
      <Icon name={statusIcons[status]} small />
      <span class={status === 'active' ? 'unseen' : undefined}>{t(`market.badgeStatus.${status}`)}</span>
    </a>
  )
}

const tones: Readonly<Record<CredentialStatus, Tone>> = {
  active: 'ok',
  expired: 'off',
  suspended: 'wait',
  revoked: 'bad',
}

/** The badge as its issuer shows it at this moment, beside what this marketplace has on record. */
export const frameOf = ({ url }: ShownBadge, { locale }: Reader): string =>
  `${url.replace('/credentials/', '/embed/')}?lang=${locale}`

function Certificate({ reader, badge, now }: { reader: Reader; badge: ShownBadge; now: Instant }) {
  const { t } = reader
  const status = statusAt(badge, now)
  const title = badgeTitle(t, badge)
  return (
    <div class="certificate">
      <p class="small">
        <b>{title}</b>
        {badge.parts && <span class="rests">{restsOn(t, badge)}</span>}
      </p>
      <p class={`state ${tones[status]}`}>
        <Icon name={statusIcons[status]} small />
        {t(`market.badgeStatus.${status}`)}
      </p>
      <iframe
        class="badge-frame"
        src={frameOf(badge, reader)}
        title={t('market.profile.badgeAlt', { title })}
        width="320"
        height="112"
        loading="lazy"
      />
      <p class="tiny">
        <span class="unbroken">{t('market.profile.passed', { date: dayText(reader.locale, badge.issuedAt) })}</span>{' '}
        {/* one that was revoked is valid until no day */}
        {status !== 'revoked' && (
          <span class="unbroken">{t('market.profile.until', { date: dayText(reader.locale, badge.validUntil) })}</span>
        )}
      </p>
      <a class="btn s outline full" href={badge.url}>
        <Icon name="shield" small />
        {t('market.profile.verify')}
      </a>
    </div>
  )
}

/** The certificates of a worker that are not `shown` with what they stand for, those that stand first; only those whose signature was checked ever get here. */
export function Certificates({
  reader,
  profile,
  shown,
  now,
}: {
  reader: Reader
  profile: Profile
  shown?: readonly ShownBadge[]
  now: Instant
}) {
  const { t } = reader
  const standing = headBadges(profile.listing.badges, now)
  const badges = [...standing, ...profile.listing.badges.filter((badge) => !standing.includes(badge))].filter(
    (badge) => !shown?.includes(badge),
  )
  if (badges.length === 0 && shown) return null
  return (
    <section class="card flow" aria-labelledby="certificates">
      <h2 id="certificates">{t('market.profile.certificates')}</h2>
      {badges.map((badge) => (
        <Certificate reader={reader} badge={badge} now={now} />
      ))}
      {badges.length === 0 && (
        <>
          <p class="small">{t('market.profile.noCertificate')}</p>
          <p class="tiny">{t('market.profile.noCertificateNext')}</p>
        </>
      )}
    </section>
  )
}

/** What the certificate counts for in the order, now and later. */
export function CertificateWeight({ reader, profile }: { reader: Reader; profile: Profile }) {
  const { t, locale } = reader
  const { prior, reviews, reviewCount } = profile.listing
  if (!prior || certificateBoost(prior, reviews.n) === 0)
    return profile.listing.badges.length > 0 ? <NoWeight reader={reader} /> : null
  const about = aboutReviews(prior.equivalentReviews)
  const percent = remainingPercent(prior.equivalentReviews, reviews.n)
  return (
    <section class="flow" aria-labelledby="weight">
      <h3 id="weight">{t('market.profile.weight')}</h3>
      <p class="small">
        {reviewCount === 0
          ? t('market.profile.weightFirst', { about })
          : t.parts('market.profile.weightText', {
              about,
              n: reviewCount,
              share: <b>{t('market.profile.weightShare', { percent })}</b>,
            })}
      </p>
      <FadingWeight t={t} equivalentReviews={prior.equivalentReviews} reviews={reviews.n} id="weight-plot" />
      <p class="tiny">
        {t('market.profile.weightNote')} <a href={link(locale, '/ranking')}>{t('market.profile.weightLink')}</a>
      </p>
    </section>
  )
}

const NoWeight = ({ reader }: { reader: Reader }) => (
  <section class="flow" aria-labelledby="weight">
    <h3 id="weight">{reader.t('market.profile.weight')}</h3>
    <p class="small">{reader.t('market.profile.weightFallback')}</p>
    <p class="tiny">
      <a href={link(reader.locale, '/ranking')}>{reader.t('market.profile.weightLink')}</a>
    </p>
  </section>
)
