import type { Instant } from '../../../kernel/instant.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import { headBadges } from '../../evidence/evidence.ts'
import { type Axis, axes, meanScore, type ReviewTotals } from '../../review/totals.ts'
import type { Place } from '../../search/market.ts'
import { link } from '../links.ts'
import type { Locale, Translate } from '../texts.ts'
import { AxisList, type AxisScores } from './axes.tsx'
import { BadgeChip } from './badge-chip.tsx'
import type { Reader } from './layout.tsx'
import { Gauges, ReasonList, summarise } from './reasons.tsx'
import { Avatar } from './seal.tsx'

export const axisMeans = (totals: ReviewTotals | undefined): AxisScores =>
  totals && totals.count > 0
    ? (Object.fromEntries(axes.map((axis) => [axis, totals[axis] / totals.count])) as Record<Axis, number>)
    : undefined

export function Rate({ t, yen }: { t: Translate; yen: number }) {
  return (
    <span class="unbroken">
      {t.parts('market.person.rate', { amount: <b>{t('market.person.amount', { yen })}</b> })}
    </span>
  )
}

/** A name; readers of English also get it in Latin letters. */
export const PersonName = ({ worker, locale }: { worker: Place['candidate']['worker']; locale: Locale }) => (
  <>
    <bdi lang="ja">{worker.name}</bdi>
    {locale === 'en' && <bdi class="reading">{worker.reading}</bdi>}
  </>
)

/** The mean of all reviews, with what it is the mean of. */
export function Score({ t, totals, of }: { t: Translate; totals: ReviewTotals | undefined; of?: string }) {
  const mean = meanScore(totals)
  if (!totals || mean === undefined) return <p class="score">{t('market.person.noReviews')}</p>
  return (
    <p class="score">
      <b>{mean.toFixed(1)}</b>
      <span>{of ?? t('market.person.reviews', { n: totals.count })}</span>
    </p>
  )
}

function About({
  reader,
  place,
  now,
  draw,
}: {
  reader: Reader
  place: Place
  now: Instant
  draw?: string | undefined
}) {
  const { t, locale } = reader
  const { worker, badges, totals, reviewCount, restricted } = place.candidate
  const drawnCertified = place.reasons.some(({ code }) => code === 'row-certified')
  return (
    <div class="about">
      <h2>
        <a href={link(locale, `/workers/${worker.id}`, { draw })}>
          <PersonName worker={worker} locale={locale} />
        </a>
      </h2>
      <p class="skills">{locale === 'en' ? worker.skillsEn : worker.skillsJa}</p>
      {(badges.length > 0 || reviewCount === 0 || restricted) && (
        <div class="chips">
          {headBadges(badges, now).map((badge) => (
            <BadgeChip t={t} badge={badge} now={now} />
          ))}
          {reviewCount === 0 && (
            <span class={place.draw ? 'chip hollow' : 'chip'}>
              <Icon name="sprout" small />
              {t(drawnCertified ? 'market.person.certifiedNewcomer' : 'market.person.newcomer')}
            </span>
          )}
          {restricted && (
            <Chip tone="wait" icon="info">
              {t(`market.standing.${worker.standing}`)}
            </Chip>
          )}
        </div>
      )}
      <p class="figures">
        {totals && <span>{t('market.person.clients', { n: totals.clients })}</span>}
        <Rate t={t} yen={worker.hourlyRate} />
      </p>
    </div>
  )
}

/** One person in the search: who, what clients say, and why they are at this place. */
export function PersonCard({
  reader,
  place,
  now,
  draw: drawId,
}: {
  reader: Reader
  place: Place
  now: Instant
  /** The draw that a card of the row comes from. */
  draw?: string | undefined
}) {
  const { t, locale } = reader
  const { candidate, position, draw, reasons } = place
  return (
    <li class={draw ? 'card person drawn' : 'card person'} id={candidate.id}>
      <span class="rank">
        <span class="unseen">{t('market.person.rank')}</span>
        {position}
      </span>
      <Avatar id={candidate.id} name={candidate.worker.name} />
      <About reader={reader} place={place} now={now} draw={drawId} />
      <div class="given">
        <Score t={t} totals={candidate.totals} />
        {candidate.totals && <AxisList t={t} scores={axisMeans(candidate.totals)} compact />}
      </div>
      <details class="why">
        <summary>
          <Icon name="question" small />
          <span>
            {draw ? t('market.person.whyDrawn') : t('market.person.why')}
            <bdi class="unseen"> {candidate.worker.name}</bdi>
          </span>
          <Icon name="right" small turning />
          <small>{summarise(t, place)}</small>
        </summary>
        <div class="why-body">
          <ReasonList reasons={reasons} locale={locale} />
          <Gauges t={t} listing={candidate} />
        </div>
      </details>
    </li>
  )
}
