import { Icon } from '../../../platform/page/icon.tsx'
import type { Climb, ClimbRow } from '../../flows/show-front.ts'
import type { Worker } from '../../people/worker.ts'
import { meanScore } from '../../review/totals.ts'
import { pageOf } from '../guide/story-buttons.tsx'
import type { Reader } from '../parts/layout.tsx'
import { Avatar, ExamSeal } from '../parts/seal.tsx'

/** A name as the reader reads it. */
export const calledBy = ({ locale }: Reader, { name, reading }: Pick<Worker, 'name' | 'reading'>): string =>
  locale === 'en' ? reading : name

const skillsOf = ({ locale }: Reader, { skillsJa, skillsEn }: Worker): string => (locale === 'en' ? skillsEn : skillsJa)

export interface ClimbView {
  readonly reader: Reader
  readonly climb: Climb
  /** What it shows: an example of what may come, somebody who sits the exam, or who stood it, or where they came to. */
  readonly state: 'still' | 'sitting' | 'before' | 'row' | 'order'
  /** Their place after the pass. */
  readonly now?: number | undefined
  /** Picture of the badge, once there is one. */
  readonly image?: string | undefined
}

function Who({ reader, row, about }: { reader: Reader; row: ClimbRow; about: string }) {
  const { worker } = row.listing
  const name = calledBy(reader, worker)
  return (
    <>
      <Avatar id={worker.id} name={name} />
      <span class="climb-who">
        <b>{name}</b>
        <small>{about}</small>
      </span>
    </>
  )
}

function Mean({ reader, row }: { reader: Reader; row: ClimbRow }) {
  const { totals } = row.listing
  const mean = meanScore(totals)
  if (!totals || mean === undefined) return <small>{reader.t('front.climb.noReviews')}</small>
  return (
    <>
      <span class="stars">
        <Icon name="star" small />
        <b>{mean.toFixed(1)}</b>
      </span>
      <small>{reader.t('front.climb.reviews', { n: totals.count })}</small>
    </>
  )
}

const Other = ({ reader, row }: { reader: Reader; row: ClimbRow | undefined }) =>
  row && (
    <li class="climb-row">
      <span class="climb-rank">{row.position}</span>
      <Who reader={reader} row={row} about={skillsOf(reader, row.listing.worker)} />
      <span class="climb-mean">
        <Mean reader={reader} row={row} />
      </span>
    </li>
  )

/** The certificate, and from where it has lifted its holder. */
function Lifted({ reader, climb, image }: ClimbView) {
  const { t } = reader
  return (
    <span class="climb-mean">
      <span class="climb-badge">
        {image === undefined ? (
          <ExamSeal exam={climb.category} active size={44} />
        ) : (
          <img src={image} alt="" width="44" height="51" />
        )}
        <span>
          <b>{t(`market.exam.${climb.category}`)}</b>
          <span class="climb-ok">
            <Icon name="check" small />
            {t('market.badgeStatus.active')}
          </span>
        </span>
      </span>
      <small class="climb-from">
        <Icon name="up" small />
        {t('front.climb.from', { position: climb.hero.position })}
      </small>
    </span>
  )
}

/** The newcomers' row of page 1, with the person where they stand in it. */
function NewcomersRow(view: ClimbView) {
  const { reader, climb, state } = view
  const stands = state === 'still' || state === 'row'
  return (
    <div class={stands ? 'climb-shelf' : 'climb-shelf waiting'}>
      <p>
        <Icon name="sprout" small />
        {reader.t('front.climb.row')}
      </p>
      {stands ? (
        <div class="climb-row climb-hero">
          <Who reader={reader} row={climb.hero} about={skillsOf(reader, climb.hero.listing.worker)} />
          <Lifted {...view} />
        </div>
      ) : (
        <div class="climb-row empty" />
      )}
    </div>
  )
}

/** Their own place further down: where they are, or where they were. */
function OwnPlace({ reader, climb: { hero }, state }: ClimbView) {
  const { t } = reader
  const isHere = state === 'sitting' || state === 'before'
  const about = isHere ? skillsOf(reader, hero.listing.worker) : t('front.climb.before')
  return (
    <li class={isHere ? 'climb-row here' : 'climb-row ghost'}>
      <span class="climb-rank">{hero.position}</span>
      <Who reader={reader} row={hero} about={about} />
      <span class="climb-mean">
        {state === 'sitting' && (
          <span class="chip act">
            <Icon name="pen" small />
            {t('front.climb.sitting')}
          </span>
        )}
        <small>{t('front.climb.noReviews')}</small>
      </span>
    </li>
  )
}

function Told({ reader, climb: { hero }, state, now = 0 }: ClimbView) {
  const { t } = reader
  const said = { name: calledBy(reader, hero.listing.worker), position: hero.position }
  const page = pageOf(hero.position)
  if (state === 'row') return <p class="unseen">{t('front.climb.toldRow', { ...said, page })}</p>
  if (state === 'order') return <p class="unseen">{t('front.climb.toldOrder', { ...said, now })}</p>
  return <p class="unseen">{t('front.climb.told', { ...said, page })}</p>
}

/** The search result in which a newcomer comes from a back page to page 1. */
export function ClimbPicture(view: ClimbView) {
  const { reader, climb, state, now } = view
  const { t } = reader
  const [top, ...rest] = climb.first
  const page = (n: number) => t('front.climb.page', { n })
  return (
    <figure class="climb card" data-state={state} data-live="climb">
      <figcaption class="climb-head">
        <span>{t('front.climb.title', { category: t(`market.category.${climb.category}`) })}</span>
        <span class="example-mark">{t('front.example')}</span>
      </figcaption>
      <Told {...view} />
      <div class="climb-list" aria-hidden="true">
        <p class="climb-page">{page(1)}</p>
        <ul>
          <Other reader={reader} row={top} />
        </ul>
        <ul class="climb-gap">
          <Other reader={reader} row={rest[0]} />
        </ul>
        <NewcomersRow {...view} />
        <ul>
          <Other reader={reader} row={rest[1]} />
        </ul>
        {state === 'order' && now !== undefined && (
          <>
            <p class="climb-page far">{page(pageOf(now))}</p>
            <ul>
              <li class="climb-row here">
                <span class="climb-rank">{now}</span>
                <Who reader={reader} row={climb.hero} about={skillsOf(reader, climb.hero.listing.worker)} />
                <Lifted {...view} />
              </li>
            </ul>
          </>
        )}
        <p class="climb-page far">{page(pageOf(climb.hero.position))}</p>
        <ul>
          <Other reader={reader} row={climb.above} />
          <OwnPlace {...view} />
          <Other reader={reader} row={climb.below} />
        </ul>
        {(state === 'still' || state === 'row') && (
          <>
            <svg class="climb-path" viewBox="0 0 40 240" preserveAspectRatio="none" aria-hidden="true">
              <path d="M2 236C30 236 34 220 34 190V50C34 20 30 6 0 6" vector-effect="non-scaling-stroke" />
            </svg>
            <svg class="climb-tip" viewBox="0 0 12 12" aria-hidden="true">
              <path d="M9 1 3 6l6 5" fill="none" />
            </svg>
          </>
        )}
      </div>
    </figure>
  )
}
