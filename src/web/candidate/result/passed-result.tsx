import { badgeSvg } from '../../../credential/badge-artwork.ts'
import { partResultsOf } from '../../../credential/part-results.ts'
import { REMINDERS } from '../../../credential/reminder.ts'
import type { HeldCertificate } from '../../../flows/read-holder-story.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { dayText, timeAttribute } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { weightAfter } from '../../../ranking/ranking-signal.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { JobsCard } from './jobs-card.tsx'
import type { ResultProps } from './result-props.ts'
import { ShareCard } from './share-card.tsx'

interface PassedProps extends ResultProps {
  readonly held: HeldCertificate
}

/** Reviews after which the share of the certificate is shown. */
const REVIEWS = [0, 1, 3, 5, 10, 20]

/** How the certificate's share of what the order rests on falls as reviews come. */
const Share = ({ context: { t }, equivalentReviews }: { context: PageContext; equivalentReviews: number }) => {
  const bars = REVIEWS.map((reviews) => ({
    reviews,
    percent: Math.round(weightAfter(equivalentReviews, reviews) * 100),
  }))
  return (
    <section class="card" aria-labelledby="share">
      <h2 id="share">{t('helps.title')}</h2>
      <p class="small">{t('helps.text', { reviews: Math.round(equivalentReviews) })}</p>
      <ol class="bars" aria-label={t('helps.bars')}>
        {bars.map(({ reviews, percent }) => (
          <li>
            <span>{t('helps.reviews', { reviews })}</span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect width="100" height="10" class="rest" />
              <rect width={percent} height="10" class="part" />
            </svg>
            <b>{`${percent}%`}</b>
          </li>
        ))}
      </ol>
      <p class="tiny">
        {t('helps.first')} <a href="/about/ranking">{t('helps.how')}</a>
      </p>
    </section>
  )
}

const Dates = ({ context: { t, locale }, held: { credential }, now }: PassedProps) => {
  const { validUntil } = credential
  const reminder = (validUntil - Math.max(...REMINDERS)) as Instant
  const days = Math.round(Math.max(...REMINDERS) / 86_400_000)
  const dates = [
    ...(reminder > now ? [{ at: reminder, text: t('dates.reminder', { days }) }] : []),
    { at: validUntil, text: t('dates.end') },
  ]
  return (
    <section class="card" aria-labelledby="dates">
      <h2 id="dates">{t('dates.title')}</h2>
      <ol class="dates">
        {dates.map(({ at, text }) => (
          <li>
            <b>
              <time datetime={timeAttribute(at)}>{dayText(locale, at)}</time>
            </b>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

const Seen = ({ context: { t }, is }: { context: PageContext; is: boolean }) =>
  is ? (
    <>
      <Icon name="check" small />
      <span class="unseen">{t('sees.yes')}</span>
    </>
  ) : (
    <>
      <span aria-hidden="true">—</span>
      <span class="unseen">{t('sees.no')}</span>
    </>
  )

/** Who sees what of a pass: the one story about scores. */
const WhoSees = ({ context, held: { band } }: Pick<PassedProps, 'context' | 'held'>) => {
  const { t } = context
  const heads = [t('sees.you'), t('sees.marketplace'), t('sees.readers')]
  const rows = [
    { what: t('sees.facts'), by: [true, true, true] },
    {
      what: band ? t('sees.band', { band: t('list.range', rangeOf(band)) }) : t('sees.anyBand'),
      by: [true, true, true],
    },
    { what: t('sees.score'), by: [true, false, false] },
    { what: t('sees.rest'), by: [true, false, false] },
  ]
  return (
    <section class="card" aria-labelledby="sees">
      <h2 id="sees">{t('sees.title')}</h2>
      <table class="see" role="table" aria-labelledby="sees">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              <span class="unseen">{t('sees.what')}</span>
            </th>
            {heads.map((head) => (
              <th scope="col" role="columnheader">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map(({ what, by }) => (
            <tr role="row">
              <th scope="row" role="rowheader">
                {what}
              </th>
              {by.map((is, i) => (
                <td role="cell" data-label={heads[i]}>
                  <Seen context={context} is={is} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="tiny">
        {t('scores.story')} <a href="/about/privacy">{t('sees.more')}</a>
      </p>
    </section>
  )
}

/** Both ends of a band as a credential writes it, `70-80`. */
export function rangeOf(band: string): { readonly low: string; readonly high: string } {
  const [low = '', high = ''] = band.split('-')
  return { low, high }
}

/** Right below the card of a pass, while the certificate is valid: where to begin, and how to show it. */
export const NextSteps = (props: PassedProps) => {
  const { context, result, issuer, places, jobs, exam, held } = props
  const { credential, story } = held
  if (!story.isValid) return null
  const art = badgeSvg({
    id: credential.id,
    exam: result.exam,
    title: result.title,
    level: credential.level,
    issuedAt: credential.issuedAt,
    state: story.status,
    parts: partResultsOf(credential.jwt),
    locale: context.locale,
    placement: 'decoration',
  })
  const share = <ShareCard context={context} result={result} issuer={issuer} held={held} art={art} />
  // whoever is restricted there cannot apply
  if (!jobs || story.state === 'restricted') return share
  const areas = new Map((exam?.sections ?? []).map(({ id, title }) => [id, title]))
  return (
    <div class="cols">
      <JobsCard context={context} feed={jobs} now={props.now} all={jobs.url ?? places.jobs} areas={areas} />
      {share}
    </div>
  )
}

/** The end of the page of a pass: what the certificate does, until when, and who sees what. */
export const AfterPass = (props: PassedProps) => (
  <>
    {props.held.story.isValid && (
      <div class="halves">
        <Share context={props.context} equivalentReviews={props.result.credential?.equivalentReviews ?? 0} />
        <Dates {...props} />
      </div>
    )}
    <WhoSees context={props.context} held={props.held} />
  </>
)
