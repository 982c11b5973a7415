import type { Instant } from '../../kernel/instant.ts'
import { Crumb } from '../../platform/page/document.tsx'
import { Form } from '../../platform/page/form.tsx'
import { Icon, type IconName } from '../../platform/page/icon.tsx'
import { Chip, type Tone } from '../../platform/page/state.tsx'
import { headBadges } from '../evidence/evidence.ts'
import type { OwnPost } from '../flows/invite-worker.ts'
import type { Profile, WorkRecord } from '../flows/show-worker.ts'
import { type StandingStatus, standings } from '../people/worker.ts'
import type { ShownReview } from '../review/review.ts'
import { InvitationChip } from './jobs/invitations.tsx'
import { link } from './links.ts'
import { BadgeChip, Certificates, CertificateWeight } from './parts/certificates.tsx'
import { About, Declared, Facts, OwnGaps, Told, Week, WorkTerms } from './parts/introduced.tsx'
import { LaunchForm } from './parts/launch-form.tsx'
import { Page, type Reader } from './parts/layout.tsx'
import type { Paged } from './parts/pager.tsx'
import { PersonName, Rate } from './parts/person-card.tsx'
import { Gauges, ReasonList } from './parts/reasons.tsx'
import { Avatar } from './parts/seal.tsx'
import { OwnWorks, Showed, showingBadges } from './parts/showed.tsx'
import { Concluded, EscrowFlow, WorkerReviews } from './parts/work-record.tsx'
import { profileStyles } from './styles.ts'

export interface ProfileView {
  readonly reader: Reader
  readonly profile: Profile
  readonly work: WorkRecord
  /** Reviews that do not stand beside their contract, and the place in the address from which they are shown. */
  readonly said: Paged<ShownReview> & { readonly place: string | undefined }
  /** Of their own profile: how often they were on a page 1 in seven days, and by how many opened. */
  readonly week: { readonly shown: number; readonly openedBy: number } | undefined
  /** For a client: their open jobs to which they can invite this worker, or have. */
  readonly posts: readonly OwnPost[] | undefined
  readonly now: Instant
}

const standingLooks: Readonly<Record<Exclude<StandingStatus, 'good'>, { tone: Tone; icon: IconName }>> = {
  restricted: { tone: 'wait', icon: 'info' },
  suspended: { tone: 'bad', icon: 'stop' },
}

/** The ways to the exams of what somebody offers. */
function Exams({ reader, profile, kind }: ProfileView & { readonly kind: 'primary' | 'outline' }) {
  const { t, locale } = reader
  const { worker } = profile.listing
  const several = worker.categories.length > 1
  return (
    <>
      {worker.categories.map((category, at) => (
        <LaunchForm
          person={{ id: worker.id, role: 'worker', exam: category }}
          locale={locale}
          look={at === 0 ? `btn s ${kind}` : 'btn s outline'}
        >
          {several ? t('market.profile.takeOf', { exam: t(`market.exam.${category}`) }) : t('market.profile.take')}
        </LaunchForm>
      ))}
    </>
  )
}

/** What a reader can do with this person: hire them, or with themselves: take an exam and write their profile. */
function Acts(view: ProfileView) {
  const { reader, profile } = view
  const { t, locale, person } = reader
  const { worker, badges } = profile.listing
  if (person?.id === worker.id)
    return (
      <div class="btns">
        <Exams {...view} kind={badges.length === 0 ? 'primary' : 'outline'} />
        <a class="btn s outline" href={`${link(locale, '/me')}#introduction`}>
          {t('market.profile.edit')}
        </a>
      </div>
    )
  if (worker.standing === 'suspended' || (person && person.role !== 'client')) return null
  return (
    <div class="btns">
      <a class="btn s primary" href={link(locale, '/contracts/new', { worker: worker.id })}>
        {t('job.hire.button')}
      </a>
    </div>
  )
}

function Identity(view: ProfileView) {
  const { reader, profile, week, now } = view
  const { t, locale } = reader
  const { worker, badges, reviewCount, introduction } = profile.listing
  const look = worker.standing === 'good' ? undefined : standingLooks[worker.standing]
  return (
    <section class="card idcard" aria-labelledby="name">
      <Avatar id={worker.id} name={worker.name} />
      <div>
        <h1 id="name">
          <PersonName worker={worker} locale={locale} />
        </h1>
        {introduction && introduction.headlineJa !== '' && (
          <p class="id-line">
            <Told reader={reader} told={introduction} of="headline" />
          </p>
        )}
        <p class="quiet small">
          {worker.categories.map((category) => t(`market.category.${category}`)).join(t('market.person.listComma'))}
        </p>
        <div class="chips">
          {headBadges(badges, now).map((badge) => (
            <BadgeChip t={t} badge={badge} now={now} />
          ))}
          {reviewCount === 0 && <Chip icon="sprout">{t('market.person.newcomer')}</Chip>}
          {look && (
            <Chip tone={look.tone} icon={look.icon}>
              {t(`market.standing.${worker.standing}`)}
            </Chip>
          )}
        </div>
        {week && (reviewCount === 0 || week.shown > 0) && (
          <p class="small week">
            <Icon name="eye" small />
            {t('market.profile.week', { shown: week.shown, opened: week.openedBy })}
          </p>
        )}
      </div>
      <div class="id-act">
        {worker.standing !== 'suspended' && (
          <p class="pay">
            <Rate t={t} yen={worker.hourlyRate} />
          </p>
        )}
        <Acts {...view} />
      </div>
      <Facts {...view} />
    </section>
  )
}

/** A client's way from a profile to an invitation: the worker reads the post and decides. */
function Invite({ reader, profile, posts }: ProfileView) {
  const { t, locale } = reader
  if (!posts) return null
  return (
    <section class="card flow" aria-labelledby="invite">
      <h2 id="invite">{t('job.invite.toOwn')}</h2>
      <p class="small">{t('job.invite.text')}</p>
      {posts.length === 0 && (
        <a class="btn s outline" href={link(locale, '/jobs/new')}>
          {t('job.post')}
        </a>
      )}
      <ul class="posts">
        {posts.map(({ job, invitation }) => (
          <li>
            <a href={link(locale, `/jobs/${job.id}`)}>
              <bdi>{job.title}</bdi>
            </a>
            {invitation ? (
              <InvitationChip reader={reader} state={invitation.state} />
            ) : (
              <Form method="post" action={`${link(locale, `/jobs/${job.id}`)}#invite`}>
                <input type="hidden" name="act" value="invite" />
                <input type="hidden" name="worker" value={profile.listing.worker.id} />
                <button class="btn s outline" type="submit">
                  {t('job.invite.button')}
                  <bdi class="unseen"> {job.title}</bdi>
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Why({ reader, profile }: ProfileView) {
  const { t, locale } = reader
  const { place, listing, category, reasons } = profile
  return (
    <details class="card folded">
      <summary>
        <Icon name="question" small />
        <h2>{place ? t('market.profile.why') : t('market.profile.whyNot')}</h2>
        <Icon name="right" small turning />
      </summary>
      <p class="small">
        {place
          ? t('market.profile.place', { category: t(`market.category.${category}`), position: place.position })
          : t('market.profile.absent')}
      </p>
      <ReasonList reasons={reasons} locale={locale} />
      <Gauges t={t} listing={listing} />
      <CertificateWeight reader={reader} profile={profile} />
    </details>
  )
}

const safety = [
  { icon: 'lock', key: 'held' },
  { icon: 'page', key: 'parts' },
  { icon: 'redo', key: 'back' },
] as const

/** Why a first order of somebody without reviews is safe. */
function NoReviewsYet({ reader: { t } }: ProfileView) {
  return (
    <section class="card flow" aria-labelledby="reviews">
      <h2 id="reviews">{t('market.person.noReviews')}</h2>
      <ul class="showed-list safe">
        {safety.map(({ icon, key }) => (
          <li>
            <Icon name={icon} small />
            <div>
              <b>{t(`market.profile.safe.${key}`)}</b>
              <span>{t(`market.profile.safe.${key}Text`)}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Demo(view: ProfileView) {
  const { reader, profile } = view
  const { t, locale } = reader
  const { worker } = profile.listing
  return (
    <details class="card folded">
      <summary>
        <Icon name="info" small />
        <h2>{t('market.profile.demo')}</h2>
        <Icon name="right" small turning />
      </summary>
      {!reader.person && (
        <>
          <p class="tiny">{t('market.profile.playText')}</p>
          <div class="btns">
            <Exams {...view} kind="outline" />
          </div>
        </>
      )}
      <p class="tiny">{t('market.profile.demoText')}</p>
      <Form method="post" action={link(locale, `/workers/${worker.id}/standing`)}>
        <fieldset>
          <legend>{t('market.profile.standingTitle')}</legend>
          <div class="segments">
            {standings.map((status) => (
              <button
                class="btn s ghost"
                type="submit"
                name="status"
                value={status}
                aria-pressed={status === worker.standing ? 'true' : 'false'}
              >
                {t(`market.profile.standingButtons.${status}`)}
              </button>
            ))}
          </div>
        </fieldset>
      </Form>
    </details>
  )
}

export function ProfilePage(view: ProfileView) {
  const { reader, profile, work } = view
  const { t, locale } = reader
  const hasReviews = profile.listing.reviewCount > 0
  return (
    <Page styles={profileStyles} reader={reader} title={profile.listing.worker.name} current="search">
      <main id="main" class="wrap">
        <Crumb href={link(locale, '/workers', { category: profile.category })}>
          {t(`market.category.${profile.category}`)}
        </Crumb>
        <div class="stack">
          <Identity {...view} />
          {reader.person?.id === profile.listing.worker.id && <OwnGaps {...view} />}
          <div class="cols">
            <div class="stack">
              <About {...view} />
              <Showed {...view} />
              <OwnWorks reader={reader} profile={profile} />
              {work.figures.agreed > 0 && <EscrowFlow reader={reader} figures={work.figures} />}
              {hasReviews ? <WorkerReviews {...view} /> : <NoReviewsYet {...view} />}
              <Concluded reader={reader} concluded={work.concluded} worker={profile.listing.worker} />
            </div>
            <div class="stack plain-words">
              <Invite {...view} />
              <Week {...view} />
              <WorkTerms {...view} />
              <Declared {...view} />
              <Certificates {...view} shown={showingBadges(profile, view.now)} />
              <Why {...view} />
              <Demo {...view} />
            </div>
          </div>
        </div>
      </main>
    </Page>
  )
}
