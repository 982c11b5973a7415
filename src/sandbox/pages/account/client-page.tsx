import { dayText } from '../../../platform/page/dates.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import type { ShownJob } from '../../flows/show-job.ts'
import type { ClientFigures } from '../../job/quality.ts'
import type { Client } from '../../people/person.ts'
import type { ClientReview } from '../../review/of-client/store.ts'
import { axesOf, meanStars, type Stars } from '../../review/review.ts'
import { calledIn } from '../contracts/contract-details.ts'
import { Said } from '../contracts/reviews.tsx'
import { historyIn, payIn } from '../jobs/job-parts.tsx'
import { link } from '../links.ts'
import { ScoreList } from '../parts/axes.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { type Paged, Pager } from '../parts/pager.tsx'
import { Avatar } from '../parts/seal.tsx'
import { accountStyles } from '../styles.ts'

export interface ClientView {
  readonly reader: Reader
  readonly client: Client
  readonly history: ClientFigures
  readonly reviews: Paged<ClientReview>
  readonly means: { readonly n: number; readonly means: Stars }
  readonly jobs: Paged<Pick<ShownJob, 'job'>>
  /** The places of both lists, as the address has them. */
  readonly places: { readonly reviews?: string | undefined; readonly jobs?: string | undefined }
}

const looks = { good: ['ok', 'check'], restricted: ['wait', 'info'], suspended: ['bad', 'stop'] } as const

function Identity({ reader, client }: ClientView) {
  const { locale, t } = reader
  const [tone, icon] = looks[client.standing]
  return (
    <section class="card identity" aria-labelledby="name">
      <Avatar id={client.id} name={client.name} />
      <div>
        <h1 id="name">
          <bdi lang="ja">{client.name}</bdi>
          {locale === 'en' && <span class="reading">{client.reading}</span>}
        </h1>
        <p class="quiet small">{locale === 'en' ? client.aboutEn : client.aboutJa}</p>
        <div class="chips">
          <Chip tone={tone} icon={icon}>
            {t(`job.clientPage.standing.${client.standing}`)}
          </Chip>
          <span class="chip">{t('job.clientSince', { day: dayText(locale, client.joinedAt) })}</span>
        </div>
      </div>
    </section>
  )
}

function Reviews({ reader, client, reviews, means, places }: ClientView) {
  const { locale, t } = reader
  return (
    <section class="card flow" aria-labelledby="reviews">
      <div class="card-head">
        <h2 id="reviews">{t('job.clientPage.reviews')}</h2>
        <small>{t('job.clientPage.reviewsCount', { n: means.n })}</small>
      </div>
      {means.n === 0 ? (
        <p class="small quiet">{t('job.clientPage.noReviews')}</p>
      ) : (
        <>
          <p class="score">
            <b>{meanStars(means.means).toFixed(1)}</b>
            <span>{t('job.clientPage.mean')}</span>
          </p>
          <ScoreList
            scores={axesOf.worker.map((axis) => ({ name: t(`reviews.axis.${axis}`), score: means.means[axis] }))}
          />
          <div class="review-grid">
            {reviews.entries.map((entry) => (
              <Said
                reader={reader}
                entry={entry}
                names={{ client: calledIn(locale, client), worker: calledIn(locale, entry.workerName ?? undefined) }}
              />
            ))}
          </div>
          <Pager
            reader={reader}
            path={`/clients/${client.id}`}
            query={places}
            place="reviews"
            next={reviews.next}
            list="reviews"
          />
        </>
      )}
    </section>
  )
}

function OpenJobs({ reader, client, jobs, places }: ClientView) {
  const { locale, t } = reader
  return (
    <section class="card flow" aria-labelledby="jobs">
      <h2 id="jobs">{t('job.clientPage.openJobs')}</h2>
      {jobs.entries.length === 0 && <p class="small quiet">{t('job.clientPage.noJobs')}</p>}
      <ul class="entries">
        {jobs.entries.map(({ job }) => (
          <li>
            <div>
              <a href={link(locale, `/jobs/${job.id}`)}>
                <b>
                  <bdi>{job.title}</bdi>
                </b>
              </a>
              <p class="tiny">
                <span class="unbroken">{payIn(reader, job)}</span>
                <span class="unbroken">
                  {job.closesAt === null ? t('job.noClosing') : t('job.closes', { day: dayText(locale, job.closesAt) })}
                </span>
              </p>
            </div>
          </li>
        ))}
      </ul>
      <Pager reader={reader} path={`/clients/${client.id}`} query={places} place="jobs" next={jobs.next} list="jobs" />
    </section>
  )
}

/** A client, as workers see them. */
export function ClientPage(view: ClientView) {
  const { reader, client, history } = view
  const { t } = reader
  return (
    <Page styles={accountStyles} reader={reader} title={client.name} current="jobs">
      <main id="main" class="wrap">
        <Crumb href={link(reader.locale, '/jobs')}>{t('job.title')}</Crumb>
        <div class="stack">
          <Identity {...view} />
          <div class="cols">
            <div class="stack">
              <Reviews {...view} />
              <OpenJobs {...view} />
            </div>
            <section class="card flow plain-words" aria-labelledby="history">
              <h2 id="history">{t('job.historyTitle')}</h2>
              <ul class="small points">
                {historyIn(reader, history).map((text) => (
                  <li>{text}</li>
                ))}
              </ul>
            </section>
          </div>
        </div>
      </main>
    </Page>
  )
}
