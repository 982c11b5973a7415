import type { PropsWithChildren } from 'hono/jsx'
import { badgeDesign, badgeSvg } from '../../../credential/badge-artwork.ts'
import type { ResultView } from '../../../flows/read-result.ts'
import { dayText, dayTimeText, timeAttribute, weekdayTimeText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { copyScript, failStyles, passStyles, progressScript, resultStyles } from '../../assets.ts'
import { Drawing } from '../../ui/drawing.tsx'
import { Page } from '../../ui/page.tsx'
import { FailedResult } from './failed-result.tsx'
import { Moment } from './moment.tsx'
import { PartsCard } from './parts-card.tsx'
import { AfterPass, NextSteps } from './passed-result.tsx'
import { ReportCard } from './report-card.tsx'
import { cutOf, nextPartOf, type ResultProps } from './result-props.ts'

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

const Badge = ({ context, result, held }: ResultProps) => {
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
        state: held?.story.status ?? 'active',
        parts,
        locale: context.locale,
        placement: 'page',
      })}
    />
  )
}

/** What a score is measured by: the floor of its part, both parts together, or the pass score. */
function outcomeText({ context: { t }, result }: ResultProps): string {
  const { report, passScore, minimums, part } = result
  if (part) {
    const floor = cutOf(result)
    if ((report?.score ?? 0) < floor)
      return t('missing.points', { points: Math.ceil(floor - (report?.score ?? 0)), cut: floor })
    return part.decision.score === undefined
      ? t('result.floor', { floor })
      : t('result.together', { score: Math.floor(part.decision.score), cut: passScore })
  }
  const titles = minimums.map((title) => t('result.quoted', { title })).join(t('list.comma'))
  return minimums.length === 0
    ? t('result.cut', { score: passScore })
    : t('result.minimumMet', { score: passScore, titles })
}

const ScoreLine = (props: ResultProps & { readonly until?: string | undefined }) => {
  const { context, result } = props
  if (!result.report) return null
  return (
    <p class="scoreline">
      <span>
        <b>{result.report.score}</b> {context.t('unit.points')}
      </span>
      <span>{outcomeText(props)}</span>
      {props.until && <span>{context.t('held.until', { day: props.until })}</span>}
    </p>
  )
}

const Outcome = (props: PropsWithChildren<ResultProps & { title: string; scored?: boolean }>) => (
  <section class="card outcome" aria-labelledby="outcome">
    <Badge {...props} />
    <div>
      <Kicker {...props} />
      <h1 id="outcome">{props.title}</h1>
      {props.scored && <ScoreLine {...props} />}
      {props.children}
    </div>
  </section>
)

/** Ended without a result to show for it: given up, or declared void. */
const Unscored = (props: ResultProps) => {
  const { context, result, now } = props
  const { t } = context
  const kind = result.reason === 'voided' ? 'voided' : 'withdrawn'
  return (
    <Outcome {...props} title={t(`result.${kind}`)}>
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
  const { context, result, priority, held } = props
  const { t, locale } = context
  const day = held && dayText(locale, held.credential.validUntil)
  return (
    <>
      {held ? (
        <Moment {...props} held={held} badge={<Badge {...props} />} kicker={<Kicker {...props} />}>
          {held.story.isValid && <ScoreLine {...props} until={day} />}
          {priority && held.story.isOnProfile && held.story.state !== 'renewed' && (
            <p class="small">{t('result.priority', { shown: priority.shown, limit: priority.limit })}</p>
          )}
        </Moment>
      ) : (
        <Outcome {...props} title={t('held.shown.title')} scored>
          <p class="lead">{t('result.withheld')}</p>
        </Outcome>
      )}
      {held && <NextSteps {...props} held={held} />}
      {result.report && (
        <ReportCard
          context={context}
          report={result.report}
          passScore={cutOf(result)}
          paper={result.locale}
          part={result.part?.id}
        />
      )}
      {result.part && <PartsCard context={context} result={result} part={result.part} />}
      {held && <AfterPass {...props} held={held} />}
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
      {result.report && (
        <ReportCard
          context={context}
          report={result.report}
          passScore={cutOf(result)}
          paper={result.locale}
          part={result.part?.id}
        />
      )}
      <PartsCard context={context} result={result} part={part} />
    </>
  )
}

/** The verdict first, then what happens next, then what it is made of and who will know. */
export const ResultPage = (props: ResultProps) => {
  const { context, result, held } = props
  const scored = result.reason === 'submitted' || result.reason === 'deadline'
  const next = scored && result.part && nextPartOf(result.part)
  const isOpen = !scored || next !== undefined
  const verdict = context.t(isOpen ? 'result.title' : result.passed ? 'result.titlePassed' : 'result.titleFailed')
  return (
    <Page
      styles={isOpen ? resultStyles : result.passed ? passStyles : failStyles}
      context={context}
      title={`${verdict}｜${result.title}`}
      tab="/records"
    >
      <main id="main" class="wrap tight narrow">
        <div class="stack">
          {!scored ? (
            <Unscored {...props} />
          ) : next ? (
            <PartDone {...props} next={next} />
          ) : result.passed ? (
            <Passed {...props} />
          ) : (
            <FailedResult {...props} kicker={<Kicker {...props} />} />
          )}
        </div>
      </main>
      {held?.story.isValid && <script type="module" src={copyScript.href} />}
      {held && !held.story.isSettled && <script type="module" src={progressScript.href} />}
    </Page>
  )
}
