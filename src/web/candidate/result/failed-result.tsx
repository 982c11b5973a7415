import type { Child } from 'hono/jsx'
import type { Eligibility } from '../../../attempt/may-sit.ts'
import type { ResultView, TaskResult } from '../../../flows/read-result.ts'
import { clockText, timeAttribute, weekdayText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { taskNote } from '../../task-notes.ts'
import { periodText } from '../exam/exam-facts.tsx'
import { studyHref } from '../study/study-page.tsx'
import { authorities } from './authorities.data.ts'
import { PartsCard } from './parts-card.tsx'
import { ReportCard } from './report-card.tsx'
import { cutOf, type ResultProps } from './result-props.ts'

/** Longest wait, in days, that is drawn day by day. */
const DRAWN_DAYS = 31
const DAY = 86_400_000

const practiceOf = ({ exam }: ResultView): string => `/exams/${exam}/practice`

/** Whether the part that was failed, or the exam, may be sat again, and from when. */
function retakeOf({ result, exam, now }: ResultProps): Eligibility | undefined {
  if (exam) {
    const part = exam.parts?.find(({ id }) => id === result.part?.id)
    return part?.eligibility ?? exam.eligibility
  }
  const { retryAt } = result
  return retryAt !== undefined && retryAt > now
    ? { mayStart: false, reason: 'retake-wait', retryAt, attemptsLeft: 0 }
    : undefined
}

/** A day a square, from today to the day of the next attempt. */
const Days = ({ context: { t }, now, until }: Pick<ResultProps, 'context' | 'now'> & { until: number }) => {
  const days = Math.ceil((until - now) / DAY)
  if (days < 2 || days > DRAWN_DAYS) return null
  return (
    <>
      <ol class="days" aria-hidden="true">
        {Array.from({ length: days + 1 }, (_, day) => (
          <li class={day === 0 ? 'today' : day === days ? 'go' : undefined} />
        ))}
      </ol>
      <p class="ends" aria-hidden="true">
        <span>{t('plan.today')}</span>
        <span>{t('plan.days', { days })}</span>
      </p>
    </>
  )
}

/** When it may be sat again, how often, and what to do until then. */
const Plan = (props: ResultProps) => {
  const { context, result, exam, now } = props
  const { t, locale } = context
  const may = retakeOf(props)
  const retryAt = may && !may.mayStart ? may.retryAt : undefined
  return (
    <div class="plan">
      <h2>{t('plan.title')}</h2>
      {retryAt !== undefined ? (
        <>
          <p class="day">
            <time class="unbroken" datetime={timeAttribute(retryAt)}>
              {weekdayText(locale, retryAt)}
            </time>
          </p>
          <p class="small">
            {t('plan.from', { time: clockText(locale, retryAt) })}
            {t('list.sentences')}
            {may && !may.mayStart && may.reason === 'yearly-limit'
              ? t('plan.limit', { count: exam?.retake.perYear ?? 0 })
              : exam && may && t('plan.left', { count: may.attemptsLeft })}
          </p>
          <Days context={context} now={now} until={retryAt} />
        </>
      ) : (
        <p class="small">
          {may && !may.mayStart
            ? t(`refusal.${may.reason}`, { wait: exam ? periodText(t, exam.retake.wait) : '' })
            : t('result.nextNow')}
          {t('list.sentences')}
          {may?.mayStart && t('plan.left', { count: may.attemptsLeft })}
        </p>
      )}
      <p class="btns">
        <a class="btn primary s full" href={may?.mayStart ? `/exams/${result.exam}#start` : practiceOf(result)}>
          {t(may?.mayStart ? 'plan.again' : 'plan.practise')}
        </a>
        {may?.mayStart ? (
          <a class="btn ghost s full" href={practiceOf(result)}>
            {t('plan.practise')}
          </a>
        ) : (
          exam &&
          !exam.eligibility.mayStart &&
          exam.eligibility.retryAt !== undefined && (
            <a class="btn ghost s full" href={`/exams/${result.exam}/retake.ics`} download={`${result.exam}.ics`}>
              <Icon name="calendar" small />
              {t('wait.calendar')}
            </a>
          )
        )}
      </p>
    </div>
  )
}

/** What of a fail is missing: points, and about as many questions where each is worth the same. */
function missingText({ context: { t }, result }: ResultProps): string {
  const { report, part, passScore, minimums } = result
  const score = report?.score ?? 0
  const cut = cutOf(result)
  const short = (points: number, to: number, count?: number) => {
    const questions = count === undefined ? 0 : Math.max(1, Math.ceil((points / 100) * count))
    const words = { points, cut: to }
    return questions > 0 ? t('missing.questions', { ...words, questions }) : t('missing.points', words)
  }
  const count = report && !report.tasks ? report.sections.reduce((sum, { itemCount }) => sum + itemCount, 0) : undefined
  if (score < cut) return short(Math.ceil(cut - score), cut, count)
  const together = part?.decision.score
  if (together !== undefined)
    return t('missing.together', {
      points: Math.ceil(passScore - together),
      cut: passScore,
      score: Math.floor(together),
    })
  const titles = minimums.map((title) => t('result.quoted', { title })).join(t('list.comma'))
  return t('result.minimumMissed', { score: passScore, titles })
}

/** The report in one sentence, about this paper alone: how much of it reached the mark, and what is nearest to it. */
export function personalText({ context: { t }, result: { report } }: Pick<ResultProps, 'context' | 'result'>): string {
  if (!report) return t('result.fewText')
  const entries = report.tasks ?? report.sections
  const told = entries.filter(({ standing }) => standing !== undefined)
  const reached = told.filter(({ standing }) => standing !== 'below').length
  // a task that nothing was changed in is one to begin with; of a section hardly answered nothing is told
  const below = entries.filter(({ standing }) => standing === 'below' || (report.tasks && standing === undefined))
  const [first = '', second] = below.slice(0, 2).map(({ title }) => t('result.quoted', { title }))
  const named = second === undefined ? first : t('personal.and', { first, second })
  const kind = report.tasks ? 'tasks' : 'sections'
  return [
    t('personal.thanks'),
    reached > 0 && t(`personal.${kind}`, { all: entries.length, reached }),
    below.length > 0 && (below.length > 2 ? t('personal.first', { named }) : t('personal.next', { named })),
  ]
    .filter(Boolean)
    .join(t('list.sentences'))
}

/** Everything of a task that went well, or that did not, in counts: a loss never went well. */
const notesOf = (tasks: readonly TaskResult[], good: boolean) =>
  tasks.map((task) => ({
    task,
    notes: task.notes.filter(({ done, of }) => (of !== undefined && done === of) === good),
  }))

const Good = ({ context: { t, tag }, result: { report } }: ResultProps) => {
  const good = report?.tasks
    ? notesOf(report.tasks, true).flatMap(({ task, notes }) => notes.map((note) => taskNote(tag, task, note)))
    : (report?.sections ?? [])
        .filter(({ standing }) => standing !== undefined && standing !== 'below')
        .map(({ title }) => title)
  if (good.length === 0) return null
  return (
    <section class="card" aria-labelledby="good">
      <h2 id="good">{t('topics.good')}</h2>
      <ul class="ticks ok">
        {good.map((words) => (
          <li>
            <Icon name="check" />
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** All sheets of the areas of an entry: a single one would tell which item went wrong. */
const sheetsOf = (exam: ResultProps['exam'], id: string) =>
  (exam?.study ?? []).flatMap((topic) => (id.split('+').includes(topic.id) ? topic.sheets : []))

const Private = ({ context: { t } }: Pick<ResultProps, 'context'>) => (
  <section class="card private" aria-labelledby="private">
    <h2 id="private">
      <Icon name="lock" />
      {t('private.title')}
    </h2>
    <p class="small">{t('private.text')}</p>
  </section>
)

/** An area to work on: what it asks for, all its study sheets, an open question, and who says what the law is. In the paper's order: a ranking would tell one section's score from another's. */
const Areas = ({ context: { t }, result, exam }: ResultProps) => {
  const areas = (result.report?.sections ?? []).filter(({ standing }) => standing === 'below')
  return areas.map(({ id, title, skills }) => (
    <li>
      <h3>{title}</h3>
      {sheetsOf(exam, id).length > 0 ? (
        <ul class="sheets" aria-label={t('topics.sheets', { title })}>
          {sheetsOf(exam, id).map((sheet) => (
            <li>
              <a href={studyHref(result.exam, sheet.skill)}>{sheet.title}</a>
            </li>
          ))}
        </ul>
      ) : (
        skills.length > 0 && <p>{t('topics.asks', { skills: skills.join(t('list.comma')) })}</p>
      )}
      <p class="study">
        <a class="btn xs outline" href={practiceOf(result)}>
          {t('topics.practise')}
          <span class="unseen"> {title}</span>
        </a>
        {id.split('+').flatMap((topic) => {
          const authority = authorities[topic]
          return authority ? (
            <a href={authority.url} target="_blank" rel="noopener noreferrer" lang="ja">
              {authority.name}
              <Icon name="out" small />
            </a>
          ) : (
            []
          )
        })}
      </p>
    </li>
  ))
}

/** A task to work on, by competency with counts: never which places. */
const Tasks = ({ context: { t, tag }, result }: ResultProps) =>
  notesOf(result.report?.tasks ?? [], false)
    .filter(({ task, notes }) => notes.length > 0 || task.standing === undefined)
    .map(({ task, notes }) => (
      <li>
        <h3 lang={result.locale}>{task.title}</h3>
        {notes.length > 0 ? (
          <ul class="notes">
            {notes.map((note) => (
              <li>{taskNote(tag, task, note)}</li>
            ))}
          </ul>
        ) : (
          <p>{t('topics.untouched')}</p>
        )}
        <p class="study">
          <a class="btn xs outline" href={practiceOf(result)}>
            {t('topics.practiseTask')}
            <span class="unseen" lang={result.locale}>
              {' '}
              {task.title}
            </span>
          </a>
        </p>
      </li>
    ))

const Advice = (props: ResultProps) => {
  const { context, result } = props
  const { t } = context
  const rows = result.report?.tasks ? Tasks(props) : Areas(props)
  if (rows.length === 0) return null
  return (
    <section class="card" aria-labelledby="advice">
      <h2 id="advice">{t('topics.title')}</h2>
      <ol class="advice">{rows}</ol>
      <p class="tiny">{t(result.report?.tasks ? 'tasks.explained' : 'topics.keys')}</p>
    </section>
  )
}

/** A fail: first what is missing and when it may be sat again, then what went well, what to work on, and the score. */
export const FailedResult = (props: ResultProps & { readonly kicker: Child }) => {
  const { context, result, kicker } = props
  const { t } = context
  const { report, part } = result
  return (
    <>
      <section class="card failed" aria-labelledby="outcome">
        <div>
          {kicker}
          <h1 id="outcome">{t('result.failed')}</h1>
          {report && (
            <p class="scoreline">
              <span>
                <b>{report.score}</b> {t('unit.points')}
              </span>
              <span>{missingText(props)}</span>
            </p>
          )}
          <p>{personalText(props)}</p>
        </div>
        <Plan {...props} />
      </section>
      <div class="halves">
        <Good {...props} />
        <Private context={context} />
      </div>
      {!report && (
        <Note icon="info" title={t('result.fewTitle')}>
          <p>{t('result.fewWhy')}</p>
        </Note>
      )}
      <Advice {...props} />
      {report && (
        <ReportCard
          context={context}
          report={report}
          passScore={cutOf(result)}
          paper={result.locale}
          part={part?.id}
          isBrief
        />
      )}
      {part && <PartsCard context={context} result={result} part={part} />}
    </>
  )
}
