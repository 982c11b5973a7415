import type { Child } from 'hono/jsx'
import { dayText } from '../../../platform/page/dates.ts'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import type { Tone } from '../../../platform/page/state.tsx'
import { kindTexts } from '../../detector/judge/kind-texts.ts'
import { stateAt } from '../../job/job.ts'
import type { Decision } from '../../moderation/decision/store.ts'
import { link } from '../links.ts'
import type { Reader } from '../parts/layout.tsx'
import type { JobView } from './job-parts.tsx'

const Banner = ({ tone, icon, title, children }: { tone: Tone; icon: IconName; title: string; children: Child }) => (
  <section class={`card headline ${tone}`} aria-labelledby="state">
    <Icon name={icon} />
    <div>
      <h2 id="state">{title}</h2>
      {children}
    </div>
  </section>
)

/** Whether its words were seen before; who writes anew is told what they resemble. */
const isRepeated = ({ job: { assessment } }: JobView): boolean =>
  assessment.precedent !== undefined && assessment.precedent.how !== 'writer'

/** What the detector thought of, for the poster: kinds in plain words, and that a person decides. */
function Resembles({ reader, view }: { reader: Reader; view: JobView }) {
  const { t } = reader
  return (
    <>
      {view.job.assessment.reasons.length > 0 && (
        <>
          <p>{t(isRepeated(view) ? 'job.banner.repeats' : 'job.banner.resembles')}</p>
          <ul class="rules">
            {view.job.assessment.reasons.map(({ kind }) => (
              <li>
                <b>{kindTexts[kind].title[reader.locale]}</b>
                <span>{kindTexts[kind].rule[reader.locale]}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <b>{t('job.banner.noPunishment')}</b>
      </p>
    </>
  )
}

/** What everybody may know of why a job is gone: that a person decided, until when, and the rule. */
export function TakenDown({
  reader,
  decision,
  until,
  own,
  job,
}: {
  reader: Reader
  decision: Decision | undefined
  until: number | null
  own: boolean
  job: string
}) {
  const { locale, t } = reader
  const rule = decision?.statement.rule?.text[locale]
  return (
    <Banner tone="bad" icon="stop" title={t('job.banner.takenDown')}>
      <p>
        {[
          t('job.banner.takenDownText'),
          ...(until === null
            ? []
            : [t('job.banner.takenDownUntil', { day: dayText(locale, until as typeof reader.now) })]),
        ].join(t('list.sentences'))}
      </p>
      {rule && (
        <>
          <p class="tiny">{t('job.banner.takenDownRule')}</p>
          <blockquote class="typed">{rule}</blockquote>
        </>
      )}
      {own && decision?.action === 'correct' && (
        <>
          <p>{t('job.banner.correct')}</p>
          <blockquote class="typed">{decision.statement.facts}</blockquote>
          <p>
            <a class="btn s primary" href={link(locale, `/jobs/${job}/edit`)}>
              {t('job.banner.toCorrect')}
            </a>
          </p>
        </>
      )}
      {own && decision && (
        <p>
          {t('job.banner.takenDownYours')}{' '}
          <a href={link(locale, `/decisions/${decision.id}`)}>{t('job.banner.toDecision')}</a>
        </p>
      )}
    </Banner>
  )
}

/** The state of a job where it is not simply open to everybody. */
export function JobBanner({ reader, view }: { reader: Reader; view: JobView }) {
  const { t } = reader
  const { job, insider } = view
  const own = reader.person?.id === job.client
  switch (stateAt(job, reader.now)) {
    case 'published':
      return own ? (
        <Banner tone="ok" icon="check" title={t('job.banner.published')}>
          <p>{t('job.banner.publishedText')}</p>
        </Banner>
      ) : null
    case 'queued':
      return (
        <Banner tone="wait" icon="clock" title={insider ? t('job.banner.queued') : t('job.banner.queuedForWorkers')}>
          <p>{insider ? t('job.banner.queuedText') : t('job.banner.queuedForWorkersText')}</p>
          {insider && <Resembles reader={reader} view={view} />}
        </Banner>
      )
    case 'held':
      return (
        <Banner tone="wait" icon="pause" title={t('job.banner.held')}>
          <p>{t('job.banner.heldText')}</p>
          <Resembles reader={reader} view={view} />
        </Banner>
      )
    case 'taken-down':
      return <TakenDown reader={reader} decision={view.decision} until={job.takenDownUntil} own={own} job={job.id} />
    case 'closed':
      return (
        <Banner tone="off" icon="stop" title={t('job.banner.closed')}>
          <p>{t('job.banner.closedText')}</p>
        </Banner>
      )
    case 'filled':
      return (
        <Banner tone="off" icon="check" title={t('job.banner.filled')}>
          <p>{t('job.banner.filledText')}</p>
        </Banner>
      )
  }
}
