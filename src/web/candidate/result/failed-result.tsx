import type { PropsWithChildren } from 'hono/jsx'
import type { SectionResult } from '../../../flows/read-result.ts'
import { Icon } from '../../ui/icon.tsx'
import { Note } from '../../ui/page.tsx'
import { timeAttribute, weekdayTimeText } from '../../ui/time-text.ts'
import type { ResultProps } from './result-page.tsx'

const MOST_TOPICS = 3
const GOOD_SCORE = 75

/** Sections below their own or the paper's cut first, then the lowest; never items, and never keys. */
function topicsToWorkOn(sections: readonly SectionResult[], passScore: number): SectionResult[] {
  const shortfall = (s: SectionResult) => s.score - Math.max(s.passScore ?? 0, passScore)
  return sections
    .filter((s) => shortfall(s) < 0)
    .sort((a, b) => shortfall(a) - shortfall(b))
    .slice(0, MOST_TOPICS)
}

const Topics = ({ context: { t }, result }: ResultProps) => {
  const topics = topicsToWorkOn(result.sections, result.passScore)
  if (topics.length === 0) return null
  return (
    <section class="card" aria-labelledby="topics">
      <h2 id="topics">{t('topics.title')}</h2>
      <ol class="topics">
        {topics.map((topic) => (
          <li>
            <h3>
              <span class="sn" aria-hidden="true">
                {result.sections.indexOf(topic) + 1}
              </span>
              {topic.title}
            </h3>
            <p>{topic.skills.length ? topic.skills.join(t('list.comma')) : t('topics.score', { score: Math.round(topic.score) })}</p>
          </li>
        ))}
      </ol>
      <p class="tiny">{t('topics.keys')}</p>
    </section>
  )
}

const Strengths = ({ context: { t }, result }: ResultProps) => {
  const good = result.sections.filter((s) => s.score >= Math.max(GOOD_SCORE, s.passScore ?? 0, result.passScore))
  if (good.length === 0) return null
  return (
    <section class="card" aria-labelledby="good">
      <h2 id="good">{t('topics.good')}</h2>
      <ul class="ticks good">
        {good.map((s) => (
          <li>
            <Icon name="check" />
            <span>{s.title}</span>
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
            <time class="nb" datetime={timeAttribute(result.retryAt)}>
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

/** Below the score of a fail: what to work on, when to come back, and that nobody else will know. */
export const FailedResult = (props: PropsWithChildren<ResultProps>) => {
  const { t } = props.context
  return (
    <div class="cols">
      <div class="stack">
        {props.children}
        <Topics {...props} />
        <Strengths {...props} />
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
