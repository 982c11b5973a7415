import type { Instant } from '../../kernel/instant.ts'
import { Crumb } from '../../platform/page/document.tsx'
import { Form } from '../../platform/page/form.tsx'
import type { IconName } from '../../platform/page/icon.tsx'
import { Chip, type Tone } from '../../platform/page/state.tsx'
import { headBadges } from '../evidence/evidence.ts'
import type { Profile, WorkRecord } from '../flows/show-worker.ts'
import { type StandingStatus, standings } from '../people/worker.ts'
import { link } from './links.ts'
import { BadgeChip } from './parts/badge-chip.tsx'
import { Certificates, CertificateWeight } from './parts/certificates.tsx'
import { LaunchForm } from './parts/launch-form.tsx'
import { Page, type Reader } from './parts/layout.tsx'
import { PersonName, Rate } from './parts/person-card.tsx'
import { Gauges, ReasonList } from './parts/reasons.tsx'
import { Avatar } from './parts/seal.tsx'
import { Concluded, EscrowFlow } from './parts/work-record.tsx'
import { WorkerReviews } from './parts/worker-reviews.tsx'
import { profileStyles } from './styles.ts'

export interface ProfileView {
  readonly reader: Reader
  readonly profile: Profile
  readonly work: WorkRecord
  readonly now: Instant
}

const standingLooks: Readonly<Record<StandingStatus, { tone: Tone; icon: IconName }>> = {
  good: { tone: 'ok', icon: 'check' },
  restricted: { tone: 'wait', icon: 'info' },
  suspended: { tone: 'bad', icon: 'stop' },
}

/** The ways to the exams of what somebody offers. */
function Exams({ reader, profile }: ProfileView) {
  const { t, locale } = reader
  const { worker } = profile.listing
  const several = worker.categories.length > 1
  return (
    <>
      {worker.categories.map((category, at) => (
        <LaunchForm
          person={{ id: worker.id, role: 'worker', exam: category }}
          locale={locale}
          kind={at === 0 ? 'primary' : 'outline'}
        >
          {several ? t('market.profile.takeOf', { exam: t(`market.exam.${category}`) }) : t('market.profile.take')}
        </LaunchForm>
      ))}
    </>
  )
}

function Identity(view: ProfileView) {
  const { reader, profile, now } = view
  const { t, locale } = reader
  const { worker, badges } = profile.listing
  const look = standingLooks[worker.standing]
  return (
    <section class="card identity" aria-labelledby="name">
      <Avatar id={worker.id} name={worker.name} />
      <div>
        <h1 id="name">
          <PersonName worker={worker} locale={locale} />
        </h1>
        <p class="quiet small offer">
          <span>{locale === 'en' ? worker.skillsEn : worker.skillsJa}</span>
          <Rate t={t} yen={worker.hourlyRate} />
        </p>
        <div class="chips">
          {headBadges(badges, now).map((badge) => (
            <BadgeChip t={t} badge={badge} now={now} />
          ))}
          <Chip tone={look.tone} icon={look.icon}>
            {t(`market.standing.${worker.standing}`)}
          </Chip>
        </div>
      </div>
      <div class="btns">
        {reader.person?.role === 'client' && worker.standing !== 'suspended' && (
          <a class="btn s primary" href={link(locale, '/contracts/new', { worker: worker.id })}>
            {reader.t('job.hire.button')}
          </a>
        )}
        {/* whoever is signed in takes exams as themselves; a visitor of the demonstration may play anybody */}
        {(!reader.person || reader.person.id === worker.id) && <Exams {...view} />}
      </div>
    </section>
  )
}

function Why({ reader, profile }: ProfileView) {
  const { t, locale } = reader
  const { place, listing, category, reasons } = profile
  return (
    <section class="card flow" aria-labelledby="why">
      <div class="card-head">
        <h2 id="why">{t('market.profile.why')}</h2>
        <small>
          {place
            ? t('market.profile.place', { category: t(`market.category.${category}`), position: place.position })
            : t('market.profile.absent')}
        </small>
      </div>
      <div class="why-body">
        <ReasonList reasons={reasons} locale={locale} />
        <Gauges t={t} listing={listing} />
      </div>
    </section>
  )
}

function Demo({ reader, profile }: ProfileView) {
  const { t, locale } = reader
  const { worker } = profile.listing
  return (
    <section class="card flow" aria-labelledby="demo">
      <h2 id="demo">{t('market.profile.demo')}</h2>
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
    </section>
  )
}

export function ProfilePage(view: ProfileView) {
  const { reader, profile, work } = view
  const { t, locale } = reader
  return (
    <Page styles={profileStyles} reader={reader} title={profile.listing.worker.name} current="search">
      <main id="main" class="wrap">
        <Crumb href={link(locale, '/workers', { category: profile.category })}>
          {t(`market.category.${profile.category}`)}
        </Crumb>
        <div class="stack">
          <Identity {...view} />
          <div class="cols">
            <div class="stack">
              <Why {...view} />
              <EscrowFlow reader={reader} figures={work.figures} hasReviews={profile.listing.reviewCount > 0} />
              <WorkerReviews {...view} />
              <Concluded reader={reader} concluded={work.concluded} worker={profile.listing.worker} />
            </div>
            <div class="stack plain-words">
              <Certificates {...view} />
              <CertificateWeight {...view} />
              <Demo {...view} />
            </div>
          </div>
        </div>
      </main>
    </Page>
  )
}
