import type { ExamJob } from '../../../contract/marketplace.ts'
import type { JobFeed } from '../../../flows/read-job-feed.ts'
import { weekdayText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import type { PageContext } from '../../ui/page-context.ts'

/** Jobs that are shown of a feed. */
const SHOWN = 4

interface JobsProps {
  readonly context: PageContext
  readonly feed: JobFeed
  readonly now: number
  /** Where all jobs are listed. */
  readonly all?: string | undefined
  /** Titles of the exam's areas, by id. */
  readonly areas: ReadonlyMap<string, string>
}

/** A last day that is further away than this says nothing. */
const NEAR = 90 * 86_400_000

const Facts = ({ context: { t, locale }, now, job: { client, closesAt, applicants } }: JobProps) => (
  <p class="tiny">
    {client && (
      <>
        <bdi>{client.name}</bdi>{' '}
      </>
    )}
    {client?.rating != null && (
      <>
        <span class="unbroken">
          {t('jobs.rating', { rating: client.rating.toFixed(1), reviews: client.reviews ?? 0 })}
        </span>{' '}
      </>
    )}
    {closesAt != null && Date.parse(closesAt) - now < NEAR && (
      <>
        <span class="unbroken">{t('jobs.closes', { day: weekdayText(locale, Date.parse(closesAt)) })}</span>{' '}
      </>
    )}
    {applicants != null && <span class="unbroken">{t('jobs.applicants', { count: applicants })}</span>}
  </p>
)

interface JobProps extends Pick<JobsProps, 'context' | 'areas' | 'now'> {
  readonly job: ExamJob
}

/** Why the job fits, in one sentence: what it asks for of the exam, and whether newcomers are welcome. */
function reasonOf({ context: { t }, areas, job }: JobProps): string | undefined {
  const titles = [...new Set(job.areas ?? [])].flatMap((id) => areas.get(id) ?? []).slice(0, 2)
  const sentences = [
    titles.length > 0 &&
      t('jobs.fits', { areas: titles.map((title) => t('result.quoted', { title })).join(t('list.comma')) }),
    job.welcomesNewcomers && t('jobs.welcome'),
  ].filter(Boolean)
  return sentences.length > 0 ? sentences.join(t('list.sentences')) : undefined
}

const Job = (props: JobProps) => {
  const { context, job } = props
  const { t, locale } = context
  const reason = reasonOf(props)
  return (
    <li>
      <div>
        <h3>
          <a href={job.url} dir="auto">
            {job.title}
          </a>
        </h3>
        <Facts {...props} />
        {reason && (
          <p class="why">
            <Icon name="check" small />
            {reason}
          </p>
        )}
      </div>
      <p class="pay">
        <b>{t('jobs.yen', { amount: new Intl.NumberFormat(locale).format(job.pay.amount) })}</b>
        <small>{t(`jobs.pay.${job.pay.type}`)}</small>
      </p>
      <a class="btn outline s" href={job.url}>
        {t('jobs.apply')}
        <span class="unseen"> {job.title}</span>
      </a>
    </li>
  )
}

/** The first work: open jobs that the marketplace names, and what of the exam each asks for. */
export const JobsCard = ({ context, feed, now, all, areas }: JobsProps) => {
  const { t } = context
  return (
    <section class="card" aria-labelledby="jobs">
      <div class="card-head">
        <h2 id="jobs">{t('jobs.title')}</h2>
        <small>{t('jobs.from')}</small>
      </div>
      <ul class="jobs">
        {feed.jobs.slice(0, SHOWN).map((job) => (
          <Job context={context} now={now} job={job} areas={areas} />
        ))}
      </ul>
      <p class="tiny">
        {all && (
          <>
            <a href={all}>
              {feed.total !== undefined && feed.total > SHOWN ? t('jobs.allOf', { count: feed.total }) : t('jobs.all')}
            </a>{' '}
          </>
        )}
        {t('jobs.free')}
      </p>
    </section>
  )
}
