import type { Instant } from '../../../kernel/instant.ts'
import { dayText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import { headBadges, type ShownBadge, statusAt } from '../../evidence/evidence.ts'
import type { Profile } from '../../flows/show-worker.ts'
import type { Sample } from '../../people/sample/sample.ts'
import { isCategory } from '../../people/worker.ts'
import { link } from '../links.ts'
import { badgeTitle, frameOf, restsOn } from './certificates.tsx'
import type { Reader } from './layout.tsx'

/** Certificates that hold now, of exams of which is known what they ask. */
export const showingBadges = ({ listing }: Profile, now: Instant): ShownBadge[] =>
  headBadges(listing.badges, now).filter((badge) => isCategory(badge.exam) && statusAt(badge, now) === 'active')

function ShownBy({ reader, badge }: { reader: Reader; badge: ShownBadge }) {
  const { t, locale } = reader
  if (!isCategory(badge.exam)) return null
  const title = badgeTitle(t, badge)
  const evidence = `${new URL(badge.url).origin}/exams/${badge.exam}/evidence?lang=${locale}`
  const texts = t.list(`market.showed.${badge.exam}.texts`)
  return (
    <>
      <ul class="showed-list">
        {t.list(`market.showed.${badge.exam}.titles`).map((line, nth) => (
          <li>
            <Icon name="check" small />
            <div>
              <b>{line}</b>
              <span>{texts[nth]}</span>
            </div>
          </li>
        ))}
        {badge.parts?.includes('practical') && (
          <li>
            <Icon name="check" small />
            <div>
              <b>{t('market.showed.practical')}</b>
              <span>{t(`market.showed.${badge.exam}.practical`)}</span>
            </div>
          </li>
        )}
      </ul>
      <div class="showed">
        <iframe
          class="badge-frame"
          src={frameOf(badge, reader)}
          title={t('market.profile.badgeAlt', { title })}
          width="320"
          height="112"
          loading="lazy"
        />
        <div class="flow">
          {badge.parts && (
            <p>
              <span class="rests">{restsOn(t, badge)}</span>
            </p>
          )}
          <p class="tiny">
            {t('market.showed.dates', {
              from: dayText(locale, badge.issuedAt),
              until: dayText(locale, badge.validUntil),
            })}{' '}
            {t('market.showed.limits')}
          </p>
          <p class="btns">
            <a class="btn s outline" href={badge.url}>
              <Icon name="shield" small />
              {t('market.profile.verify')}
            </a>
            <a class="small" href={evidence}>
              {t('market.showed.evidence')}
            </a>
          </p>
        </div>
      </div>
    </>
  )
}

/** What the exams asked that somebody passed, without a point; nothing where no certificate holds. */
export function Showed({ reader, profile, now }: { reader: Reader; profile: Profile; now: Instant }) {
  const badges = showingBadges(profile, now)
  if (badges.length === 0) return null
  const { t } = reader
  return (
    <section class="card flow" aria-labelledby="showed">
      <div class="card-head">
        <h2 id="showed">{t('market.showed.title')}</h2>
        <small>{t('market.showed.verified', { at: dayText(reader.locale, badges[0]?.verifiedAt ?? now) })}</small>
      </div>
      {badges.map((badge) => (
        <ShownBy reader={reader} badge={badge} />
      ))}
    </section>
  )
}

/** How much of a sample is read before it is opened. */
const LEAD = 70

const leadOf = (text: string): string => {
  const words = text.replaceAll(/\s+/g, ' ')
  return [...words].length > LEAD ? `${[...words].slice(0, LEAD).join('')}…` : words
}

/** A piece of somebody's own work, folded. Operators have the way to take it away. */
const OwnWork = ({ reader, sample }: { reader: Reader; sample: Sample }) => {
  const { t, locale, person } = reader
  return (
    <li>
      <details class="own-work">
        <summary>
          <h3>
            <bdi>{sample.title}</bdi>
          </h3>
          <span class="tiny">
            <bdi>{leadOf(sample.text)}</bdi>
          </span>
          <span class="more">{t('market.sample.open')}</span>
        </summary>
        <p class="written small">{sample.text}</p>
        {person?.role === 'operator' && (
          <a class="small" href={link(locale, `/operators/samples/${sample.id}`)}>
            {t('market.sample.judge')}
          </a>
        )}
      </details>
    </li>
  )
}

/** Somebody's own samples, marked as theirs and as nothing that an exam has checked. */
export function OwnWorks({ reader, profile }: { reader: Reader; profile: Profile }) {
  const { t } = reader
  if (profile.samples.length === 0) return null
  return (
    <section class="card flow" aria-labelledby="works">
      <div class="card-head">
        <h2 id="works">{t('market.sample.works')}</h2>
        <Chip icon="page">{t('market.sample.title')}</Chip>
      </div>
      <ul class="own-works">
        {profile.samples.map((sample) => (
          <OwnWork reader={reader} sample={sample} />
        ))}
      </ul>
      <p class="tiny">{t('market.sample.limits')}</p>
    </section>
  )
}
