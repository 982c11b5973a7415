import type { ExamCard } from '../../../flows/read-catalogue.ts'
import { dayText, timeAttribute, weekdayText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { ShortLabel } from '../../../platform/page/short-label.tsx'
import { Chip, Note } from '../../../platform/page/state.tsx'
import { nameOfLanguage } from '../../../platform/page/words.ts'
import { examStyles } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { ExamFacts, Specimen } from './exam-facts.tsx'

/** Whether the visitor has passed or may start, as one chip. */
const EligibilityChip = ({
  context: { t, locale },
  exam,
}: {
  context: PageContext
  exam: Pick<ExamCard, 'eligibility' | 'openAttempt' | 'certificate'>
}) => {
  if (exam.openAttempt)
    return (
      <Chip tone="act" icon="clock">
        {t('eligible.open')}
      </Chip>
    )
  if (exam.certificate)
    return (
      <Chip tone="ok" icon="check">
        {t('eligible.passed')}
      </Chip>
    )
  const { eligibility } = exam
  if (eligibility.mayStart)
    return (
      <Chip tone="ok" icon="check">
        {t('eligible.yes')}
      </Chip>
    )
  if (eligibility.retryAt)
    return (
      <Chip tone="wait" icon="clock">
        {t('eligible.from', { day: weekdayText(locale, eligibility.retryAt) })}
      </Chip>
    )
  return <Chip icon="lock">{t('eligible.no')}</Chip>
}

const ExamTile = ({ context, exam }: { context: PageContext; exam: ExamCard }) => {
  const { t } = context
  return (
    <article class="card exam" aria-labelledby={`exam-${exam.id}`}>
      <div class="art">
        <Specimen context={context} exam={exam} />
      </div>
      <div class="txt">
        <div class="line1">
          <h2 id={`exam-${exam.id}`}>
            <a href={`/exams/${exam.id}`}>
              {exam.title} <span class="lv">{t('exam.level', { level: exam.level })}</span>
            </a>
          </h2>
          <EligibilityChip context={context} exam={exam} />
        </div>
        <ExamFacts context={context} exam={exam} />
        <div class="line3">
          <span class="tiny">{exam.locales.map((locale) => nameOfLanguage(locale)).join(t('list.comma'))}</span>
          <span class="go" aria-hidden="true">
            {t('catalogue.more')}
            <Icon name="right" small />
          </span>
        </div>
      </div>
    </article>
  )
}

/** What passing leads to, in three steps. */
const AfterPassing = ({ context: { t } }: { context: PageContext }) => (
  <section class="card" aria-labelledby="after">
    <h2 id="after">{t('pass.title')}</h2>
    <ol class="steps">
      {(['badge', 'weight', 'check'] as const).map((step, i) => (
        <li>
          <span class="n" aria-hidden="true">
            {i + 1}
          </span>
          <div>
            <h3>{t(`pass.${step}`)}</h3>
            <p>{t(`pass.${step}Text`)}</p>
          </div>
        </li>
      ))}
    </ol>
  </section>
)

const LastAttempts = ({ context: { t, locale }, exams }: { context: PageContext; exams: readonly ExamCard[] }) => {
  const last = exams.flatMap((exam) =>
    exam.lastAttempt && !exam.openAttempt ? [{ exam, attempt: exam.lastAttempt }] : [],
  )
  return (
    <section class="card" aria-labelledby="mine">
      <h2 id="mine">{t('catalogue.records')}</h2>
      {last.length === 0 ? (
        <p class="small quiet">{t('catalogue.noRecords')}</p>
      ) : (
        <ul class="log">
          {last.map(({ exam, attempt }) => {
            const at = attempt.closedAt ?? attempt.startedAt
            return (
              <li>
                {at && <time datetime={timeAttribute(at)}>{dayText(locale, at)}</time>}
                <p>
                  <span>
                    {exam.title} {t('exam.level', { level: exam.level })}
                  </span>
                  <a href={`/attempts/${attempt.id}/result`}>
                    <ShortLabel heard={t('catalogue.resultOf', { title: exam.title })}>
                      {t('catalogue.result')}
                    </ShortLabel>
                  </a>
                </p>
              </li>
            )
          })}
        </ul>
      )}
      <p class="tiny">{t('catalogue.private')}</p>
    </section>
  )
}

export const CataloguePage = ({ context, exams }: { context: PageContext; exams: readonly ExamCard[] }) => {
  const { t } = context
  const open = exams.filter((exam) => exam.openAttempt)
  return (
    <Page styles={examStyles} context={context} title={t('catalogue.title')} tab="/">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('catalogue.title')}</h1>
            <p class="lead">{t('catalogue.lead')}</p>
          </div>
        </div>
        <div class="cols">
          <div class="stack">
            {open.map((exam) => (
              <Note tone="wait" icon="clock" title={t('catalogue.openTitle', { title: exam.title })}>
                <p>{t('catalogue.openText')}</p>
                <p class="btns">
                  <a class="btn primary s" href={`/attempts/${exam.openAttempt}`}>
                    {t('exam.continue')}
                  </a>
                </p>
              </Note>
            ))}
            {exams.length === 0 && (
              <Note title={t('catalogue.noneTitle')}>
                <p>{t('catalogue.noneText')}</p>
              </Note>
            )}
            {exams.map((exam) => (
              <ExamTile context={context} exam={exam} />
            ))}
          </div>
          <aside class="stack" aria-label={t('catalogue.aside')}>
            <AfterPassing context={context} />
            {context.visitor && <LastAttempts context={context} exams={exams} />}
          </aside>
        </div>
      </main>
    </Page>
  )
}
