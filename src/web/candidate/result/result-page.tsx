import type { PropsWithChildren } from 'hono/jsx'
import { badgeDesign, badgeSvg } from '../../../credential/badge-artwork.ts'
import type { ResultView } from '../../../flows/read-result.ts'
import { dayText, dayTimeText, timeAttribute, weekdayTimeText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { resultStyles } from '../../assets.ts'
import { Drawing } from '../../ui/drawing.tsx'
import { Page } from '../../ui/page.tsx'
import { FailedResult } from './failed-result.tsx'
import { cutOf, nextPartOf, PartsCard } from './parts-card.tsx'
import { PassedResult } from './passed-result.tsx'
import { ReportCard, type ResultProps } from './report-card.tsx'

const Kicker = ({ context: { t, locale }, result }: ResultProps) => (
  <p class="kicker">
    <span>
      {result.title} {t('exam.level', { level: result.level })}
    </span>
    <time class="num" datetime={timeAttribute(result.closedAt)}>
      {t(`closed.${result.reason}`, { time: dayTimeText(locale, result.closedAt) })}
    </time>
  </p>
)

/** The rosette that is not yet filled in. */
const Outline = ({ result }: { result: ResultView }) => (
  <svg
    class="badge quiet"
    viewBox="0 0 240 280"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
  >
    <path d="M72 200v66l24-14 24 14v-58M168 200v66l-24-14-24 14" stroke-dasharray="5 5" />
    <circle cx="120" cy="120" r="100" stroke-dasharray="7 5" />
    <circle cx="120" cy="120" r="76" stroke-dasharray="5 5" />
    <circle cx="120" cy="120" r="62" stroke-width="1" />
    <text
      x="120"
      y="126"
      dy=".34em"
      text-anchor="middle"
      font-size="54"
      font-weight="700"
      fill="currentColor"
      stroke="none"
    >
      {badgeDesign(result.exam, result.title).kanji}
    </text>
  </svg>
)

const Badge = ({ context, result }: ResultProps) => {
  if (!result.credential) return <Outline result={result} />
  const { id, issuedAt, parts } = result.credential
  return (
    <Drawing
      svg={badgeSvg({
        id,
        exam: result.exam,
        title: result.title,
        level: result.level as 1 | 2 | 3,
        issuedAt,
        state: 'active',
        parts,
        locale: context.locale,
        placement: 'page',
      })}
    />
  )
}

/** What of a pass was missed or reached, as far as it can be told without a section's score. */
function outcomeText({ context: { t }, result }: ResultProps): string {
  const { report, passScore, passed, minimums } = result
  const score = report?.score ?? 0
  const { part } = result
  if (part) {
    const floor = cutOf(result)
    if (score < floor) return t('result.floorMissed', { points: Math.ceil(floor - score), floor })
    return part.decision.score === undefined
      ? t('result.floor', { floor })
      : t('result.together', { score: part.decision.score, cut: passScore })
  }
  if (score < passScore) return t('result.short', { points: Math.ceil(passScore - score), score: passScore })
  const titles = minimums.map((title) => t('result.quoted', { title })).join(t('list.comma'))
  if (!passed) return t('result.minimumMissed', { score: passScore, titles })
  return minimums.length === 0
    ? t('result.cut', { score: passScore })
    : t('result.minimumMet', { score: passScore, titles })
}

const ScoreLine = (props: ResultProps) => {
  const { context, result } = props
  if (!result.report) return null
  return (
    <p class="scoreline">
      <span>
        <b>{result.report.score}</b> {context.t('unit.points')}
      </span>
      <span>{outcomeText(props)}</span>
    </p>
  )
}

const Outcome = ({
  context,
  result,
  now,
  title,
  scored,
  children,
}: PropsWithChildren<ResultProps & { title: string; scored?: boolean }>) => (
  <section class="card outcome" aria-labelledby="outcome">
    <Badge context={context} result={result} now={now} />
    <div>
      <Kicker context={context} result={result} now={now} />
      <h1 id="outcome">{title}</h1>
      {scored && <ScoreLine context={context} result={result} now={now} />}
      {children}
    </div>
  </section>
)

/** Ended without a result to show for it: given up, or declared void. */
const Unscored = ({ context, result, now }: ResultProps) => {
  const { t } = context
  const kind = result.reason === 'voided' ? 'voided' : 'withdrawn'
  return (
    <Outcome context={context} result={result} now={now} title={t(`result.${kind}`)}>
      <p class="lead">{t(`result.${kind}Text`)}</p>
      {result.retryAt !== undefined && result.retryAt > now && (
        <p class="nextday">
          <Icon name="calendar" />
          <span>{t('result.nextDay', { time: weekdayTimeText(context.locale, result.retryAt) })}</span>
        </p>
      )}
      <div class="btns">
        <a class="btn primary" href={`/exams/${result.exam}`}>
          {t('result.toExam')}
        </a>
        <a class="btn ghost" href="/records">
          {t('nav.records')}
        </a>
      </div>
    </Outcome>
  )
}

const Passed = (props: ResultProps) => {
  const { context, result, priority } = props
  const { t, locale } = context
  const credential = result.credential
  return (
    <>
      <Outcome {...props} title={t('result.passed')} scored>
        <p class="lead">
          {credential ? t('result.issued', { day: dayText(locale, credential.validUntil) }) : t('result.withheld')}
        </p>
        {priority && (
          <p class="nextday">
            <Icon name="search" />
            <span>{t('result.priority', { shown: priority.shown, limit: priority.limit })}</span>
          </p>
        )}
        {credential && (
          <div class="btns">
            <a class="btn primary" href={`/credentials/${credential.id}?lang=${locale}`}>
              {t('result.certificate')}
              <Icon name="right" />
            </a>
            <a class="btn ghost" href={`/credentials/${credential.id}.svg`} download={`${result.exam}.svg`}>
              <Icon name="download" />
              {t('result.image')}
            </a>
          </div>
        )}
      </Outcome>
      {result.report && <ReportCard context={context} report={result.report} passScore={cutOf(result)} />}
      {result.part && <PartsCard context={context} result={result} part={result.part} />}
      {credential && <PassedResult {...props} credential={credential} />}
    </>
  )
}

const Failed = (props: ResultProps) => {
  const { context, result, now } = props
  const { t, locale } = context
  return (
    <>
      <Outcome {...props} title={t('result.failed')} scored>
        <p class="lead">
          {t(!result.report ? 'result.fewText' : result.report.tasks ? 'result.failedTasks' : 'result.failedText')}
        </p>
        {result.retryAt !== undefined && (
          <p class="nextday">
            <Icon name="calendar" />
            <span>
              {result.retryAt > now
                ? t('result.nextDay', { time: weekdayTimeText(locale, result.retryAt) })
                : t('result.nextNow')}
            </span>
          </p>
        )}
      </Outcome>
      <FailedResult {...props} />
    </>
  )
}

/** A part is done, and another one decides with it. */
const PartDone = (props: ResultProps & { readonly next: NonNullable<ResultView['part']>['id'] }) => {
  const { context, result, next } = props
  const { t, locale } = context
  const { part } = result
  if (!part) return null
  const names = { part: t(`part.${part.id}`), next: t(`part.${next}`) }
  const kept = part.decision.parts.find((one) => one.part === part.id)?.keptUntil
  return (
    <>
      <Outcome {...props} title={t('result.partOpen', names)} scored>
        <p class="lead">{kept !== undefined && t('result.partOpenText', { ...names, day: dayText(locale, kept) })}</p>
        <div class="btns">
          <a class="btn primary" href={`/exams/${result.exam}#start`}>
            {t('result.toNext', names)}
            <Icon name="right" />
          </a>
        </div>
      </Outcome>
      {result.report && <ReportCard context={context} report={result.report} passScore={cutOf(result)} />}
      <PartsCard context={context} result={result} part={part} />
      <p class="tiny">{t('result.appeal')}</p>
    </>
  )
}

/** The verdict first, then what it is made of, then what happens next and who will know. */
export const ResultPage = (props: ResultProps) => {
  const { context, result } = props
  const scored = result.reason === 'submitted' || result.reason === 'deadline'
  const next = scored && result.part && nextPartOf(result.part)
  const verdict = context.t(
    !scored || next ? 'result.title' : result.passed ? 'result.titlePassed' : 'result.titleFailed',
  )
  return (
    <Page styles={resultStyles} context={context} title={`${verdict}｜${result.title}`} tab="/records">
      <main id="main" class="wrap tight narrow">
        <div class="stack">
          {!scored ? (
            <Unscored {...props} />
          ) : next ? (
            <PartDone {...props} next={next} />
          ) : result.passed ? (
            <Passed {...props} />
          ) : (
            <Failed {...props} />
          )}
        </div>
      </main>
    </Page>
  )
}
