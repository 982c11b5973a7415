import type { SectionResult } from '../../../flows/read-result.ts'
import { timeAttribute, weekdayTimeText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { cutOf, PartsCard } from './parts-card.tsx'
import type { ResultProps } from './report-card.tsx'
import { ReportCard } from './report-card.tsx'

type SectionsProps = Pick<ResultProps, 'context'> & { readonly sections: readonly SectionResult[] }

/** In the paper's order: a ranking would tell one section's score from another's. */
const Topics = ({ context: { t }, sections }: SectionsProps) => {
  const topics = sections.filter(({ standing }) => standing === 'below')
  if (topics.length === 0) return null
  return (
    <section class="card" aria-labelledby="topics">
      <h2 id="topics">{t('topics.title')}</h2>
      <ol class="topics">
        {topics.map((topic) => (
          <li>
            <h3>
              <span class="sn" aria-hidden="true">
                {sections.indexOf(topic) + 1}
              </span>
              {topic.title}
            </h3>
            {topic.skills.length > 0 && <p>{topic.skills.join(t('list.comma'))}</p>}
          </li>
        ))}
      </ol>
      <p class="tiny">{t('topics.keys')}</p>
    </section>
  )
}

const Strengths = ({ context: { t }, sections }: SectionsProps) => {
  const good = sections.filter(({ standing }) => standing === 'above' || standing === 'at')
  if (good.length === 0) return null
  return (
    <section class="card" aria-labelledby="good">
      <h2 id="good">{t('topics.good')}</h2>
      <ul class="ticks ok">
        {good.map(({ title }) => (
          <li>
            <Icon name="check" />
            <span>{title}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Retake = ({ context: { t, locale }, result, now }: ResultProps) => (
  <section class="card retake" aria-labelledby="retake">
    <h2 id="retake">{t('retake.title')}</h2>
    {result.retryAt !== undefined && result.retryAt > now ? (
      <>
        <div>
          <p class="tiny">{t('retake.from')}</p>
          <p class="day">
            <time class="unbroken" datetime={timeAttribute(result.retryAt)}>
              {weekdayTimeText(locale, result.retryAt)}
            </time>
          </p>
        </div>
        <a class="btn outline full" href={`/exams/${result.exam}/retake.ics`} download={`${result.exam}.ics`}>
          <Icon name="calendar" />
          {t('wait.calendar')}
        </a>
      </>
    ) : (
      <p class="small">{t('result.nextNow')}</p>
    )}
    <a class="btn ghost s full" href={`/exams/${result.exam}#areas`}>
      {t('retake.areas')}
    </a>
  </section>
)

/** Below the outcome of a fail: what to work on, when to come back, and that nobody else will know. */
export const FailedResult = (props: ResultProps) => {
  const { context, result } = props
  const { t } = context
  return (
    <div class="cols">
      <div class="stack">
        {result.report ? (
          <>
            <ReportCard context={context} report={result.report} passScore={cutOf(result)} />
            {result.part && <PartsCard context={context} result={result} part={result.part} />}
            <Topics context={context} sections={result.report.sections} />
            <Strengths context={context} sections={result.report.sections} />
          </>
        ) : (
          <Note icon="info" title={t('result.fewTitle')}>
            <p>{t('result.fewWhy')}</p>
          </Note>
        )}
      </div>
      <aside class="stack" aria-label={t('retake.title')}>
        <Retake {...props} />
        <Note icon="lock" title={t('private.title')}>
          <p>{t('private.text')}</p>
        </Note>
        <p class="tiny">{t('result.appeal')}</p>
      </aside>
    </div>
  )
}
