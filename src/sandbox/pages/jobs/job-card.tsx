import { dayText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import type { ShownJob } from '../../flows/show-job.ts'
import { link } from '../links.ts'
import type { Reader } from '../parts/layout.tsx'
import { Avatar } from '../parts/seal.tsx'
import { excerptOf, historyIn, JobReasons, JobStateChip, payIn } from './job-parts.tsx'

/** One job in a list: what, for how much, by whom, and why it is at this place. */
export function JobCard({ reader, shown }: { reader: Reader; shown: ShownJob }) {
  const { locale, t } = reader
  const { job, clientName, history, reasons } = shown
  return (
    <li class="card job">
      <div class="card-head">
        <h2>
          <a href={link(locale, `/jobs/${job.id}`)}>
            <bdi>{job.title}</bdi>
          </a>
        </h2>
        {job.state === 'queued' && <JobStateChip reader={reader} job={job} />}
      </div>
      <p class="job-pay">
        <b class="unbroken">{payIn(reader, job)}</b>
        <span class="unbroken">{reader.t(`market.category.${job.category}`)}</span>
        <span class="unbroken">{t('job.heads', { n: job.headcount, hired: job.hired })}</span>
        <span class="unbroken">
          {job.closesAt === null ? t('job.noClosing') : t('job.closes', { day: dayText(locale, job.closesAt) })}
        </span>
      </p>
      <p class="small written">{excerptOf(job.body)}</p>
      <p class="by">
        <Avatar id={job.client} name={clientName} />
        <span>
          <a href={link(locale, `/clients/${job.client}`)}>{clientName}</a>
          <small>{historyIn(reader, history).join(t('list.sentences'))}</small>
        </span>
      </p>
      <details class="why">
        <summary>
          <Icon name="question" small />
          <span>
            {t('job.why')}
            <span class="unseen"> {job.title}</span>
          </span>
          <Icon name="right" small turning />
        </summary>
        <JobReasons reader={reader} reasons={reasons} />
      </details>
    </li>
  )
}
