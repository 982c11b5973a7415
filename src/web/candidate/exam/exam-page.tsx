import type { ExamPage as ExamPageView } from '../../../flows/read-catalogue.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { examStyles } from '../../assets.ts'
import { Compiled } from '../../ui/compiled.tsx'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { TaskLinks } from '../practice/practice-page.tsx'
import { contentOf, ExamFacts, Specimen, secondsLong, workingSeconds } from './exam-facts.tsx'
import { PartsCard } from './parts-card.tsx'
import { StartCard } from './start-card.tsx'

const Areas = ({ context: { t }, exam }: { context: PageContext; exam: ExamPageView }) => {
  const withMinimum = exam.sections.filter((s) => s.passScore !== undefined)
  const columns = ['areas.area', 'areas.content', 'exam.items', 'areas.minimum'] as const
  return (
    <section class="card" aria-labelledby="areas">
      <h2 id="areas">{t('areas.title')}</h2>
      <table class="table" role="table">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((key, i) => (
              <th scope="col" role="columnheader" class={i > 1 ? 'r' : undefined}>
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {exam.sections.map((section, i) => (
            <tr role="row">
              <th scope="row" role="rowheader" class="all">
                <span class="sn" aria-hidden="true">
                  {i + 1}
                </span>
                <b>{section.title}</b>
              </th>
              <td role="cell" class="all small">
                {section.skills.join(t('list.comma'))}
              </td>
              <td role="cell" class="r unbroken" data-label={t('exam.items')}>
                {t('unit.questionCount', { count: section.itemCount })}
              </td>
              <td role="cell" class="r unbroken" data-label={t('areas.minimum')}>
                {section.passScore === undefined ? (
                  <span class="quiet">{t('areas.none')}</span>
                ) : (
                  `${section.passScore}%`
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="tiny" hidden={exam.parts !== undefined && withMinimum.length === 0}>
        {withMinimum.length > 0
          ? t('areas.passBoth', {
              score: exam.passScore,
              sections: withMinimum
                .map((s) => t('areas.minimumOf', { title: s.title, score: s.passScore ?? 0 }))
                .join(t('list.comma')),
            })
          : t('areas.pass', { score: exam.passScore })}
      </p>
    </section>
  )
}

const Access = ({ context: { t }, exam }: { context: PageContext; exam: ExamPageView }) => {
  const multiplier = exam.timeMultiplier
  return (
    <section class="card" aria-labelledby="access">
      <h2 id="access">{t('access.title')}</h2>
      <Note icon="clock" title={t('access.time', { time: secondsLong(t, workingSeconds(exam)) })}>
        <p>{multiplier === 1 ? t('access.none') : t('access.extended', { multiplier })}</p>
      </Note>
      <ul class="ticks">
        {(['keyboard', 'reader', 'timer', 'display', 'script'] as const).map((key) => (
          <li>
            <Icon name="check" />
            <span>{t(`access.${key}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface ExamPageProps {
  readonly context: PageContext
  readonly exam: ExamPageView
  readonly now: number
  readonly problem?: 'consent-missing' | 'locale-missing'
  readonly picked?: string
}

/** Everything that a candidate has a right to know before the clock starts. */
export const ExamPage = (props: ExamPageProps) => {
  const { context, exam } = props
  const { t } = context
  return (
    <Page
      styles={examStyles}
      context={context}
      title={`${exam.title} ${t('exam.level', { level: exam.level })}`}
      tab="/"
    >
      <main id="main" class="wrap tight">
        <Crumb href="/">{t('exam.all')}</Crumb>
        <div class="cols">
          <div>
            <div class="hero">
              <Specimen context={context} exam={exam} />
              <div>
                <h1>
                  {exam.title} <span class="lv">{t('exam.level', { level: exam.level })}</span>
                </h1>
                <p class="lead">
                  {exam.parts ? t('exam.leadParts', contentOf(exam)) : t('exam.lead', { count: exam.itemCount })}
                </p>
              </div>
            </div>
            <div class="stack">
              {exam.standing === 'demonstration' && (
                <Note tone="wait" icon="alert" title={t('demo.title')}>
                  <p>{t('demo.text')}</p>
                </Note>
              )}
              <section class="card" aria-labelledby="summary">
                <h2 class="unseen" id="summary">
                  {t('exam.summary')}
                </h2>
                <ExamFacts context={context} exam={exam} />
                <h3>{t('pass.title')}</h3>
                <ul class="ticks ok">
                  {(['badge', 'weight', 'check'] as const).map((key) => (
                    <li>
                      <Icon name="check" />
                      <span>
                        <b>{t(`pass.${key}`)}</b>
                        {t(`pass.${key}Text`)}
                      </span>
                    </li>
                  ))}
                </ul>
                <p class="tiny">
                  <a href={`/exams/${encodeURIComponent(exam.id)}/evidence?lang=${context.locale}`}>
                    {t('evidence.open')}
                  </a>
                </p>
              </section>
              {exam.parts && <PartsCard context={context} exam={exam} />}
              {exam.practice && exam.practice.length > 0 && (
                <section class="card" aria-labelledby="practice">
                  <h2 id="practice">{t('practice.open')}</h2>
                  <TaskLinks context={context} exam={exam.id} families={exam.practice} />
                </section>
              )}
              <Areas context={context} exam={exam} />
              <section class="card" aria-labelledby="rules">
                <h2 id="rules">{t('rules.title')}</h2>
                <div class="prose" lang={context.locale}>
                  {exam.rulesHtml && <Compiled html={exam.rulesHtml} />}
                </div>
              </section>
              <Access context={context} exam={exam} />
            </div>
            <p class="mini">
              <span>
                <b>
                  {t(
                    exam.openAttempt
                      ? 'eligible.open'
                      : exam.eligibility.mayStart
                        ? 'eligible.yes'
                        : exam.eligibility.retryAt
                          ? 'wait.notYet'
                          : 'eligible.no',
                  )}
                </b>
                {t('mini.time', { time: secondsLong(t, workingSeconds(exam)) })}
              </span>
              <a class="btn primary s" href="#start">
                {t('mini.go')}
                <Icon name="down" small />
              </a>
            </p>
          </div>
          <StartCard {...props} />
        </div>
      </main>
    </Page>
  )
}
