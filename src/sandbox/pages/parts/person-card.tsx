import type { Instant } from '../../../kernel/instant.ts'
import { dayText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import { headBadges, statusAt } from '../../evidence/evidence.ts'
import { timesOf } from '../../people/introduction/introduction.ts'
import { type Axis, axes, meanScore, type ReviewTotals } from '../../review/totals.ts'
import type { Place } from '../../search/market.ts'
import { link } from '../links.ts'
import type { Locale, Translate } from '../texts.ts'
import type { AxisScores } from './axes.tsx'
import { BadgeChip } from './certificates.tsx'
import type { Reader } from './layout.tsx'
import { Gauges, ReasonList } from './reasons.tsx'
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

/** Five axes, 1..5 each, as bars that begin at 3, with their numbers for who does not see them; and which is the best. */
function AxisFigure({ t, totals }: { t: Translate; totals: ReviewTotals }) {
  const scores = axes.map((axis) => ({ name: t(`market.axis.${axis}`), score: totals[axis] / totals.count }))
  const best = scores.reduce((high, one) => (one.score > high.score ? one : high))
  const said = (one: (typeof scores)[number]) => `${one.name} ${one.score.toFixed(1)}`
  return (
    <p class="spark">
      <svg viewBox="0 0 48 20" role="img" aria-label={scores.map(said).join(t('market.person.listComma'))}>
        {scores.map(({ score }, nth) => {
          const height = Math.max(1, (score - 3) * 10)
          return (
            <>
              <rect x={nth * 10} width="7" height="20" rx="1.5" class="off" />
              <rect
                x={nth * 10}
                y={(20 - height).toFixed(1)}
                width="7"
                height={height.toFixed(1)}
                rx="1.5"
                class="on"
              />
            </>
          )
        })}
      </svg>
      <small>{t('market.person.best', { axis: said(best) })}</small>
    </p>
  )
}

/** What clients say, in two lines. */
function Given({ t, totals }: { t: Translate; totals: ReviewTotals | undefined }) {
  const mean = meanScore(totals)
  if (!totals || mean === undefined) return <p class="given tiny">{t('market.person.noReviews')}</p>
  return (
    <div class="given">
      <p class="mean">
        <Icon name="star" small />
        <b>{mean.toFixed(1)}</b>
        <span>{t('market.person.reviewsBy', { n: totals.count, clients: totals.clients })}</span>
      </p>
      <AxisFigure t={t} totals={totals} />
    </div>
  )
}

/** Certificates, that somebody is new, and limits: as few as there are. */
function Signs({ reader, place, now }: CardView) {
  const { t } = reader
  const { worker, badges, reviewCount, restricted } = place.candidate
  const shownCertified = place.reasons.some(({ code }) => code === 'row-certified' || code === 'row-first-days')
  return (
    <>
      {headBadges(badges, now).map((badge) => (
        <BadgeChip t={t} badge={badge} now={now} />
      ))}
      {reviewCount === 0 && (
        <Chip icon="sprout">{t(shownCertified ? 'market.person.certifiedNewcomer' : 'market.person.newcomer')}</Chip>
      )}
      {restricted && (
        <Chip tone="wait" icon="info">
          {t(`market.standing.${worker.standing}`)}
        </Chip>
      )}
    </>
  )
}

/** When somebody works, in words; nothing where they do not say. */
export function timesText(t: Translate, week: number): string {
  const times = timesOf(week)
  const whole = times.includes('weekday-days') && times.includes('weekday-evenings')
  const said = times.filter((time) => !whole || time === 'weekends').map((time) => t(`market.search.options.${time}`))
  return [...(whole ? [t('market.search.allWeekdays')] : []), ...said].join(t('market.person.listComma'))
}

/** The day of the pass, for the card of somebody who is new: it says how fresh it is. */
function passedOn({ reader, place, now }: CardView): string | undefined {
  const [badge] = headBadges(place.candidate.badges, now).filter((one) => statusAt(one, now) === 'active')
  return badge && reader.t('market.profile.passed', { date: dayText(reader.locale, badge.issuedAt) })
}

function When(view: CardView & { readonly drawn?: boolean }) {
  const times = timesText(view.reader.t, view.place.candidate.introduction?.week ?? 0)
  const passed = view.drawn ? passedOn(view) : undefined
  return (
    <>
      {passed && <span class="when">{passed}</span>}
      {times !== '' && <span class="when">{times}</span>}
    </>
  )
}

interface CardView {
  readonly reader: Reader
  readonly place: Place
  readonly now: Instant
  /** The draw that a card of the row comes from. */
  readonly draw?: string | undefined
  /** Sorted otherwise than by the order, nothing of the order is explained. */
  readonly unexplained?: boolean
}

function Why({ reader, place }: CardView) {
  const { t, locale } = reader
  const { candidate, draw, reasons } = place
  return (
    <details class="why">
      <summary>
        <span>
          {draw ? t('market.person.whyDrawn') : t('market.person.why')}
          <bdi class="unseen"> {candidate.worker.name}</bdi>
        </span>
        <Icon name="right" small turning />
      </summary>
      <div class="why-body">
        <ReasonList reasons={reasons} locale={locale} />
        <Gauges t={t} listing={candidate} />
      </div>
    </details>
  )
}

/** One person in the search, in a row: who, what clients say, what they ask, and folded why they are at this place. */
export function PersonCard(view: CardView) {
  const { reader, place, draw: drawId } = view
  const { t, locale } = reader
  const { candidate, position } = place
  const { worker } = candidate
  const inRow = drawId !== undefined
  return (
    <li class={inRow ? 'card person drawn' : 'card person'} id={candidate.id}>
      {!inRow && (
        <span class="rank">
          <span class="unseen">{t('market.person.rank')}</span>
          {position}
        </span>
      )}
      <Avatar id={candidate.id} name={worker.name} />
      <div class="about">
        <h2>
          <a href={link(locale, `/workers/${worker.id}`, { draw: drawId })}>
            <PersonName worker={worker} locale={locale} />
          </a>
        </h2>
        {!inRow && <Signs {...view} />}
        <p class="skills">
          <span>{locale === 'en' ? worker.skillsEn || worker.skillsJa : worker.skillsJa}</span>
          {!inRow && <When {...view} />}
        </p>
      </div>
      {inRow ? (
        <>
          <div class="chips">
            <Signs {...view} />
          </div>
          <p class="fresh">
            <When {...view} drawn />
          </p>
        </>
      ) : (
        <Given t={t} totals={candidate.totals} />
      )}
      <p class="pay">
        <b>{t('market.person.amount', { yen: worker.hourlyRate })}</b>
        <span>{t('market.person.perHour')}</span>
      </p>
      {!view.unexplained && <Why {...view} />}
    </li>
  )
}
