import { ok } from '../../../kernel/result.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import { listContracts } from '../../escrow/store.ts'
import { headBadges } from '../../evidence/evidence.ts'
import { type Applicant, showApplicants } from '../../flows/apply-to-job.ts'
import type { Job } from '../../job/job.ts'
import type { Person } from '../../people/person.ts'
import type { Outcome } from '../../problem.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'
import { yenText } from '../figures.ts'
import { link } from '../links.ts'
import { AxisList } from '../parts/axes.tsx'
import { BadgeChip } from '../parts/certificates.tsx'
import { Told } from '../parts/introduced.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { axisMeans, PersonName, Score, timesText } from '../parts/person-card.tsx'
import { ReasonList } from '../parts/reasons.tsx'
import { Avatar } from '../parts/seal.tsx'
import { applicantsStyles } from '../styles.ts'
import { JobStateChip, payIn } from './job-parts.tsx'

interface ApplicantView {
  readonly reader: Reader
  readonly of: ApplicantsOf
  readonly applicant: ApplicantsOf['applicants'][number]
}

function Answer({ reader, of, applicant }: ApplicantView) {
  const { locale, t } = reader
  const { application, contract } = applicant
  if (contract !== undefined) {
    return (
      <a class="btn s outline" href={link(locale, `/contracts/${contract}`)}>
        {t('job.applicantsPage.contract')}
      </a>
    )
  }
  if (application.state === 'withdrawn') return <span class="chip">{t('job.applicantsPage.withdrawn')}</span>
  return (
    <a class="btn s outline" href={link(locale, '/contracts/new', { worker: application.worker, job: of.job.id })}>
      {t('job.applicantsPage.hire')}
      <bdi class="unseen"> {applicant.listing?.worker.name}</bdi>
    </a>
  )
}

function ApplicantCard(view: ApplicantView) {
  const { reader, of, applicant } = view
  const { locale, t } = reader
  const { application, listing } = applicant
  if (!listing) return null
  const { introduction } = listing
  return (
    <li class="card applicant">
      <div class="about">
        <Avatar id={listing.id} name={listing.worker.name} />
        <div>
          <h2>
            <a href={link(locale, `/workers/${listing.id}`)}>
              <PersonName worker={listing.worker} locale={locale} />
            </a>
          </h2>
          {introduction && introduction.headlineJa !== '' && (
            <p class="small">
              <Told reader={reader} told={introduction} of="headline" />
            </p>
          )}
          <p class="tiny">
            <span>{locale === 'en' ? listing.worker.skillsEn : listing.worker.skillsJa}</span>{' '}
            {introduction && introduction.week !== 0 && (
              <span>{t('job.applicantsPage.works', { times: timesText(t, introduction.week) })}</span>
            )}
          </p>
          <div class="chips">
            {headBadges(listing.badges, reader.now).map((badge) => (
              <BadgeChip t={t} badge={badge} now={reader.now} />
            ))}
            {listing.reviewCount === 0 && <Chip icon="sprout">{t('market.person.newcomer')}</Chip>}
            {applicant.invited && <Chip icon="check">{t('job.invite.invited')}</Chip>}
          </div>
        </div>
      </div>
      <div class="given">
        <Score t={t} totals={listing.totals} />
        {listing.totals && <AxisList t={t} scores={axisMeans(listing.totals)} compact />}
      </div>
      <div class="letter">
        <blockquote class="typed">{application.message}</blockquote>
        <div class="btns">
          <Answer {...view} />
          <span class="small quiet">
            {t('job.applicantsPage.asks')}{' '}
            <b class="unbroken">
              {application.amount === null
                ? t('job.applicantsPage.asOffered')
                : t(`job.pay.${of.job.payType}`, { amount: yenText(locale, application.amount) })}
            </b>
          </span>
        </div>
      </div>
      <details class="why">
        <summary>
          <Icon name="question" small />
          <span>
            {t('market.person.why')}
            <bdi class="unseen"> {listing.worker.name}</bdi>
          </span>
          <Icon name="right" small turning />
        </summary>
        <ReasonList reasons={applicant.reasons} locale={locale} />
      </details>
    </li>
  )
}

/** Who applied for a job, for its poster. */
export function ApplicantsPage({ reader, of }: { reader: Reader; of: ApplicantsOf }) {
  const { locale, t } = reader
  const { job, applicants } = of
  return (
    <Page
      styles={applicantsStyles}
      reader={reader}
      title={t('job.applicantsPage.title', { job: job.title })}
      current="hiring"
    >
      <main id="main" class="wrap">
        <Crumb href={link(locale, '/hiring')}>{reader.t('market.tabs.hiring')}</Crumb>
        <div class="head">
          <div>
            <h1>{t('job.applicantsPage.title', { job: job.title })}</h1>
            {applicants.length > 1 && <p class="lead">{t('job.applicantsPage.order')}</p>}
            <p class="chips job-chips">
              <JobStateChip reader={reader} job={job} />
              <span class="chip">{payIn(reader, job)}</span>
              <span class="chip">{t('job.heads', { n: job.headcount, hired: job.hired })}</span>
              <a href={link(locale, `/jobs/${job.id}`)}>{t('job.own')}</a>
            </p>
          </div>
        </div>
        {applicants.length === 0 ? (
          <p class="card">{t('job.applicantsPage.none')}</p>
        ) : (
          <ol class="results">
            {applicants.map((applicant) => (
              <ApplicantCard reader={reader} of={of} applicant={applicant} />
            ))}
          </ol>
        )}
      </main>
    </Page>
  )
}

export interface ApplicantsOf {
  readonly job: Job
  readonly applicants: readonly (Applicant & {
    /** The contract that came of it. */
    readonly contract: string | undefined
  })[]
}

const MOST_CONTRACTS = 100

/** Who applied for a job, for its poster and operators, with the contracts that came of it. */
export async function loadApplicants(world: SandboxWorld, person: Person, id: string): Promise<Outcome<ApplicantsOf>> {
  const found = await showApplicants(world, person, id)
  if (!found.ok) return found
  const contracts = await listContracts(world.db, { job: id, limit: MOST_CONTRACTS })
  const applicants = found.value.applicants.map((applicant) => ({
    ...applicant,
    contract: contracts.find(
      ({ worker, status }) => worker === applicant.application.worker && status !== 'expired' && status !== 'cancelled',
    )?.id,
  }))
  return ok({ job: found.value.job, applicants })
}
