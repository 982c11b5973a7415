import { raw } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import { badgeDesign, badgeSvg } from '../../../credential/badge-artwork.ts'
import type { ResultView } from '../../../flows/read-result.ts'
import { Icon } from '../../ui/icon.tsx'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { type Lane, SectionChart } from '../../ui/section-chart.tsx'
import { dayText, dayTimeText, timeAttribute, weekdayTimeText } from '../../ui/time-text.ts'
import { FailedResult } from './failed-result.tsx'
import { PassedResult } from './passed-result.tsx'

export interface ResultProps {
  readonly context: PageContext
  readonly result: ResultView
  readonly now: number
}

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
  <svg class="badge quiet" viewBox="0 0 240 280" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5">
    <path d="M72 200v66l24-14 24 14v-58M168 200v66l-24-14-24 14" stroke-dasharray="5 5" />
    <circle cx="120" cy="120" r="100" stroke-dasharray="7 5" />
    <circle cx="120" cy="120" r="76" stroke-dasharray="5 5" />
    <circle cx="120" cy="120" r="62" stroke-width="1" />
    <text x="120" y="126" dy=".34em" text-anchor="middle" font-size="54" font-weight="700" fill="currentColor" stroke="none">
      {badgeDesign(result.exam, result.title).kanji}
    </text>
  </svg>
)

const Badge = ({ context, result }: ResultProps) => {
  if (!result.credential) return <Outline result={result} />
  const { id, issuedAt } = result.credential
  return raw(badgeSvg({ id, exam: result.exam, title: result.title, level: result.level as 1 | 2 | 3, issuedAt, state: 'active', locale: context.locale, placement: 'page' }))
}

const short = (score: number) => Math.round(score * 10) / 10

/** Score, distance to the cut, and what became of the sections' own minimums. */
const ScoreLine = ({ context: { t }, result }: ResultProps) => {
  const missed = result.sections.filter((s) => s.passScore !== undefined && s.score < s.passScore)
  const met = result.sections.filter((s) => s.passScore !== undefined && s.score >= s.passScore)
  return (
    <p class="scoreline">
      <span>
        <b>{short(result.score)}</b> {t('unit.points')}
      </span>
      <span>{result.score >= result.passScore ? t('result.cut', { score: result.passScore }) : t('result.short', { points: short(result.passScore - result.score), score: result.passScore })}</span>
      {missed.map((s) => (
        <span>{t('result.minimumShort', { title: s.title, points: short((s.passScore ?? 0) - s.score) })}</span>
      ))}
      {missed.length === 0 && met.map((s) => <span>{t('result.minimumMet', { title: s.title })}</span>)}
    </p>
  )
}

const Outcome = ({ context, result, now, title, scored, children }: PropsWithChildren<ResultProps & { title: string; scored?: boolean }>) => (
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

const lanesOf = ({ context: { t }, result }: ResultProps): Lane[] => [
  { title: t('chart.whole'), score: result.score, band: result.scoreBand, passScore: result.passScore, itemCount: result.sections.reduce((sum, s) => sum + s.itemCount, 0) },
  ...result.sections,
]

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
  const { context, result } = props
  const { t, locale } = context
  const credential = result.credential
  return (
    <>
      <Outcome {...props} title={t('result.passed')} scored>
        <p class="lead">{credential ? t('result.issued', { day: dayText(locale, credential.validUntil) }) : t('result.issuing')}</p>
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
      <SectionChart context={context} lanes={lanesOf(props)} />
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
        <p class="lead">{t('result.failedText')}</p>
        {result.retryAt !== undefined && (
          <p class="nextday">
            <Icon name="calendar" />
            <span>{result.retryAt > now ? t('result.nextDay', { time: weekdayTimeText(locale, result.retryAt) }) : t('result.nextNow')}</span>
          </p>
        )}
      </Outcome>
      <FailedResult {...props}>
        <SectionChart context={context} lanes={lanesOf(props)} />
      </FailedResult>
    </>
  )
}

/** The verdict first, then what it is made of, then what happens next and who will know. */
export const ResultPage = (props: ResultProps) => {
  const { context, result } = props
  const scored = result.reason === 'submitted' || result.reason === 'deadline'
  const verdict = context.t(!scored ? 'result.title' : result.passed ? 'result.titlePassed' : 'result.titleFailed')
  return (
    <Page context={context} title={`${verdict}｜${result.title}`} tab="/records">
      <main id="main" class="wrap tight narrow">
        <div class="stack">{!scored ? <Unscored {...props} /> : result.passed ? <Passed {...props} /> : <Failed {...props} />}</div>
      </main>
    </Page>
  )
}
