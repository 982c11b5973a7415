import { dayText } from '../../../platform/page/dates.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import type { FoundJobs } from '../../flows/search-jobs.ts'
import type { ShownJob } from '../../flows/show-job.ts'
import { type PayType, payTypes } from '../../job/job.ts'
import { type Category, categories } from '../../people/worker.ts'
import { link } from '../links.ts'
import { Page, type Reader } from '../parts/layout.tsx'
import { Avatar } from '../parts/seal.tsx'
import { jobsStyles } from '../styles.ts'
import { excerptOf, historyIn, JobReasons, JobStateChip, payIn, WelcomeChip } from './job-parts.tsx'

/** One job in a list: what, for how much, by whom, and why it is at this place. */
function JobCard({ reader, shown }: { reader: Reader; shown: ShownJob }) {
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
        <WelcomeChip reader={reader} job={job} />
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

export const JOBS_PER_PAGE = 10

/** What a reader narrows the jobs by. */
export interface JobFilter {
  readonly q: string
  readonly category?: Category | undefined
  readonly payType?: PayType | undefined
  /** Yen. */
  readonly payMin?: number | undefined
  readonly payMax?: number | undefined
  readonly welcomes?: 'newcomers' | undefined
}

export interface JobListView {
  readonly reader: Reader
  readonly filter: JobFilter
  readonly found: FoundJobs
  /** Where the next page begins. */
  readonly next: string | undefined
  /** Whether this is not the first page. */
  readonly further: boolean
}

const parametersOf = ({ q, category, payType, payMin, payMax, welcomes }: JobFilter) => ({
  q,
  category,
  payType,
  payMin: payMin?.toString(),
  payMax: payMax?.toString(),
  welcomes,
})

/** What a form must carry along of a search that it does not ask for. */
const Kept = ({ reader, fields }: { reader: Reader; fields: Readonly<Record<string, string | undefined>> }) => (
  <>
    {Object.entries({ ...fields, lang: reader.locale === 'en' ? 'en' : '' }).flatMap(([name, value]) =>
      value ? [<input type="hidden" name={name} value={value} />] : [],
    )}
  </>
)

function WordSearch({ reader, filter }: JobListView) {
  const { q: _, ...rest } = parametersOf(filter)
  return (
    <search class="finder">
      <Form class="find" action="/jobs">
        <Kept reader={reader} fields={rest} />
        <label class="unseen" for="q">
          {reader.t('job.words')}
        </label>
        <input class="input" id="q" name="q" type="search" maxlength={100} value={filter.q} />
        <button class="btn s primary" type="submit">
          <Icon name="search" small />
          {reader.t('market.search.go')}
        </button>
      </Form>
    </search>
  )
}

function Filters({ reader, filter }: JobListView) {
  const { t } = reader
  return (
    <details class="card filters">
      <summary>
        <Icon name="narrow" small />
        <span>{t('market.search.narrow', { n: 0 })}</span>
        <Icon name="right" small />
      </summary>
      <Form action="/jobs">
        <Kept reader={reader} fields={{ category: filter.category, q: filter.q }} />
        <fieldset>
          <legend>{t('job.payType')}</legend>
          {(['', ...payTypes] as const).map((type) => (
            <label class="check">
              <input type="radio" name="payType" value={type} checked={type === (filter.payType ?? '')} />
              <span>{type === '' ? t('job.anyPayType') : t(`job.payTypes.${type}`)}</span>
            </label>
          ))}
        </fieldset>
        <fieldset class="range">
          <legend>{t('job.payRange')}</legend>
          <label>
            <span>{t('job.payFrom')}</span>
            <input
              class="input"
              type="text"
              inputmode="numeric"
              name="payMin"
              value={filter.payMin?.toString() ?? ''}
            />
          </label>
          <label>
            <span>{t('job.payTo')}</span>
            <input
              class="input"
              type="text"
              inputmode="numeric"
              name="payMax"
              value={filter.payMax?.toString() ?? ''}
            />
          </label>
        </fieldset>
        <fieldset>
          <legend>{t('job.draft.welcomes')}</legend>
          <label class="check">
            <input type="checkbox" name="welcomes" value="newcomers" checked={filter.welcomes === 'newcomers'} />
            <span>{t('job.welcomesNewcomers')}</span>
          </label>
        </fieldset>
        <button class="btn s outline full" type="submit">
          {t('market.search.apply')}
        </button>
      </Form>
    </details>
  )
}

const Switch = ({ reader, filter }: JobListView) => (
  <nav class="switch" aria-label={reader.t('market.search.categories')}>
    {[undefined, ...categories].map((one) => (
      <a
        href={link(reader.locale, '/jobs', { ...parametersOf(filter), category: one })}
        aria-current={one === filter.category ? 'page' : undefined}
      >
        {one ? reader.t(`market.category.${one}`) : reader.t('market.allCategories')}
      </a>
    ))}
  </nav>
)

function Results(view: JobListView) {
  const { reader, filter, found, next, further } = view
  const { locale, t } = reader
  if (found.jobs.length === 0) {
    return (
      <div class="card flow">
        <p>{t('job.nobody')}</p>
        <a class="btn s outline" href={link(locale, '/jobs')}>
          {t('job.clear')}
        </a>
      </div>
    )
  }
  return (
    <div class="stack">
      <ol class="results">
        {found.jobs.map((shown) => (
          <JobCard reader={reader} shown={shown} />
        ))}
      </ol>
      <nav class="btns" aria-label={reader.t('market.search.pages')}>
        {further && (
          <a class="btn s ghost" href={link(locale, '/jobs', parametersOf(filter))}>
            <Icon name="left" small />
            {t('job.toStart')}
          </a>
        )}
        {next !== undefined && (
          <a class="btn s ghost" href={link(locale, '/jobs', { ...parametersOf(filter), after: next })} rel="next">
            {t('job.next')}
            <Icon name="right" small />
          </a>
        )}
      </nav>
    </div>
  )
}

/** Jobs that are open, the better ones first. */
export function JobListPage(view: JobListView) {
  const { reader, filter, found } = view
  const { t } = reader
  return (
    <Page styles={jobsStyles} reader={reader} title={t('job.title')} current="jobs">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{filter.category ? reader.t(`market.category.${filter.category}`) : t('job.title')}</h1>
            <p class="lead">{t('job.found', { count: found.found.count, more: String(found.found.more) })}</p>
          </div>
          <WordSearch {...view} />
        </div>
        <Switch {...view} />
        <div class="market">
          <div class="stack s">
            {reader.person?.role === 'client' && (
              <a class="btn s outline full" href={link(reader.locale, '/jobs/new')}>
                {t('job.post')}
              </a>
            )}
            <Filters {...view} />
          </div>
          <Results {...view} />
        </div>
      </main>
    </Page>
  )
}
