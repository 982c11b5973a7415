import type { ExamPage as ExamPageView } from '../../../flows/read-catalogue.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { examStyles } from '../../assets.ts'
import { Compiled } from '../../ui/compiled.tsx'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { studyListHref } from '../study/study-page.tsx'
import { contentOf, ExamFacts, periodText, Specimen, secondsFrom, secondsLong } from './exam-facts.tsx'
import { PartsCard, RecordedNote } from './parts-card.tsx'
import { canPractise, practiceListHref, StartCard, StartLink } from './start-card.tsx'

interface ExamProps {
  readonly context: PageContext
  readonly exam: ExamPageView
}

type TimedProps = ExamProps & { readonly now: number }

/** How long the work may take of whoever starts now; of a closed exam, how long it took. */
function timeIn({ context: { t }, exam, now }: TimedProps, timeLimitSeconds: number): string {
  const seconds = timeLimitSeconds * exam.timeMultiplier
  return secondsLong(t, secondsFrom(exam, seconds, now) || seconds)
}

/** The way through an exam, from practice to the badge. */
const Flow = (props: TimedProps) => {
  const { context, exam } = props
  const { t } = context
  const sittings = exam.parts
    ? exam.parts.map(({ id, itemCount, taskCount, timeLimitSeconds, floor }, i, { length }) => ({
        title: t(`part.${id}`),
        text: `${t(taskCount > 0 ? 'flow.tasks' : 'flow.questions', { count: taskCount || itemCount, time: timeIn(props, timeLimitSeconds) })}${
          i < length - 1 ? t('flow.opens', { floor }) : t('flow.anotherDay')
        }`,
      }))
    : [
        { title: t('flow.start'), text: t('flow.startText', { time: timeIn(props, exam.timeLimitSeconds) }) },
        { title: t('flow.submit'), text: t('flow.submitText') },
      ]
  const { questions = 0 } = exam.practice ?? {}
  const steps = [
    ...(canPractise(exam)
      ? [
          {
            title: t('flow.practice'),
            note: t('flow.optional'),
            text: questions > 0 ? t('flow.practiceText', { count: questions }) : t('flow.practiceTasks'),
          },
        ]
      : []),
    ...sittings,
    { title: t('flow.result'), text: t('flow.resultText') },
    { title: t('flow.passed'), text: t('flow.passedText') },
  ]
  return (
    <section class="card" aria-labelledby="flow">
      <h2 id="flow">{t('flow.title')}</h2>
      <ol class="flow">
        {steps.map((step, i) => (
          <li>
            <span class="n" aria-hidden="true">
              {i + 1}
            </span>
            <h3>
              {step.title}
              {'note' in step && <small>{step.note}</small>}
            </h3>
            <p>{step.text}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Five rules that say all that matters. What else an exam's authors wrote is folded below them. */
const Rules = (props: TimedProps) => {
  const { context, exam } = props
  const { t } = context
  const { parts, retake, tools } = exam
  const times = (parts ?? []).map(({ id, timeLimitSeconds }) =>
    t('rules.timeOf', { part: t(`part.${id}`), time: timeIn(props, timeLimitSeconds) }),
  )
  const rules: readonly (readonly [name: string, icon: IconName, short: string, more: string])[] = [
    [
      t('rules.time'),
      'clock',
      t('rules.timeShort'),
      parts
        ? t('rules.timeParts', { times: times.join(t('list.comma')) })
        : t('rules.timeText', { time: timeIn(props, exam.timeLimitSeconds) }),
    ],
    [t('rules.save'), 'laptop', t('rules.saveShort'), t('rules.saveText')],
    [
      t('rules.tools'),
      'book',
      tools ? t(parts ? 'rules.toolsParts' : 'rules.toolsShort', { tools }) : t('rules.toolsBelow'),
      t(parts ? 'rules.toolsPartsText' : 'rules.toolsText'),
    ],
    [
      t('rules.retake'),
      'redo',
      t('rules.retakeShort', { wait: periodText(t, retake.wait), count: retake.perYear }),
      t(parts ? 'rules.retakeParts' : 'rules.retakeText'),
    ],
    [t('rules.result'), 'eye', t('rules.resultShort'), t(parts ? 'rules.resultParts' : 'rules.resultText')],
  ]
  return (
    <section class="card" aria-labelledby="rules">
      <h2 id="rules">{t('rules.title')}</h2>
      <ul class="rules">
        {rules.map(([name, icon, short, more]) => (
          <li>
            <Icon name={icon} />
            <h3>{name}</h3>
            <p>
              <b>{short}</b> {more}
            </p>
          </li>
        ))}
      </ul>
      {(exam.rulesHtml || parts) && (
        <details class="more">
          <summary>
            <Icon name="unfold" small />
            {t('rules.more')}
          </summary>
          <div class="prose" lang={context.locale}>
            {exam.rulesHtml && <Compiled html={exam.rulesHtml} />}
          </div>
          {parts?.some(({ taskCount }) => taskCount > 0) && <RecordedNote context={context} />}
        </details>
      )}
    </section>
  )
}

/** How many questions come from each area, and what they ask for. */
const Areas = ({ context, exam }: ExamProps) => {
  const { t } = context
  const most = Math.max(1, ...exam.sections.map(({ itemCount }) => itemCount))
  const total = exam.sections.reduce((sum, { itemCount }) => sum + itemCount, 0)
  const minimums = exam.sections.flatMap(({ title, passScore }) =>
    passScore === undefined ? [] : [t('areas.minimumOf', { title, score: passScore })],
  )
  const sheets = exam.study.reduce((sum, topic) => sum + topic.sheets.length, 0)
  const skills = exam.sections.reduce((sum, section) => sum + section.skills.length, 0)
  return (
    <section class="card" aria-labelledby="areas">
      <div class="card-head">
        <h2 id="areas">{t('areas.title')}</h2>
        <small class="tiny">{t('areas.numbers', { total })}</small>
      </div>
      <ul class="areas">
        {exam.sections.map(({ title, itemCount }) => (
          <li>
            <span>{title}</span>
            <svg viewBox="0 0 60 8" preserveAspectRatio="none" aria-hidden="true">
              <rect width="60" height="8" />
              <rect width={(60 * itemCount) / most} height="8" />
            </svg>
            <b>{t('unit.questionCount', { count: itemCount })}</b>
          </li>
        ))}
      </ul>
      {minimums.length > 0 && (
        <p class="small">{t('areas.passBoth', { score: exam.passScore, sections: minimums.join(t('list.comma')) })}</p>
      )}
      {sheets > 0 && (
        <p class="small">
          <a href={studyListHref(exam.id)}>{t('study.open', { count: sheets })}</a>
        </p>
      )}
      <details class="more">
        <summary>
          <Icon name="unfold" small />
          {t(exam.limits ? 'areas.more' : 'areas.skills', { count: skills })}
        </summary>
        <dl class="kv">
          {exam.sections.map((section) => (
            <div>
              <dt>{section.title}</dt>
              <dd>{section.skills.join(t('list.comma'))}</dd>
            </div>
          ))}
        </dl>
        {exam.limits && <p class="small">{exam.limits}</p>}
        <p class="small">
          <a href={`/exams/${encodeURIComponent(exam.id)}/evidence?lang=${context.tag}`}>{t('evidence.open')}</a>
        </p>
      </details>
    </section>
  )
}

const Access = ({ context: { t, brand }, exam }: ExamProps) => {
  const { timeMultiplier: multiplier } = exam
  const { support } = brand.links
  return (
    <section class="card" aria-labelledby="access">
      <h2 id="access">{t('access.title')}</h2>
      <div class="halves">
        <ul class="ticks">
          {(['keyboard', 'reader', 'timer', 'script'] as const).map((key) => (
            <li>
              <Icon name="check" />
              <span>{t(`access.${key}`)}</span>
            </li>
          ))}
        </ul>
        <div class="small">
          {multiplier !== 1 && (
            <p>
              <b>{t('access.extended', { multiplier })}</b>
            </p>
          )}
          <p>
            {t('access.ask')} {support && <a href={support}>{t('access.support')}</a>}
          </p>
        </div>
      </div>
    </section>
  )
}

interface ExamPageProps extends ExamProps {
  readonly now: number
  readonly problem?: 'consent-missing' | 'locale-missing'
  readonly picked?: string
}

/** What an exam is and how it goes, for everybody; for a candidate also the one thing to do now. */
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
          <div class="stack">
            <div class="hero">
              <Specimen context={context} exam={exam} />
              <div>
                <h1>
                  {exam.title} <span class="lv">{t('exam.level', { level: exam.level })}</span>
                </h1>
                <p class="lead">
                  {exam.parts ? t('exam.leadParts', contentOf(exam)) : t('exam.lead', { count: exam.itemCount })}
                </p>
                <ExamFacts context={context} exam={exam} />
              </div>
            </div>
            {context.tag !== context.locale && (
              <Note>
                <p>{t('exam.asWritten')}</p>
              </Note>
            )}
            {exam.standing === 'demonstration' && (
              <Note tone="wait" icon="alert" title={t('demo.title')}>
                <p>{t('demo.text')}</p>
              </Note>
            )}
            <Flow {...props} />
            {exam.parts && <PartsCard context={context} exam={exam} />}
            <Rules {...props} />
            <Areas context={context} exam={exam} />
            <Access context={context} exam={exam} />
            <p class="mini">
              {canPractise(exam) && (
                <a class="btn outline s" href={practiceListHref(exam.id)}>
                  {t('start.practise')}
                </a>
              )}
              <StartLink {...props} />
            </p>
          </div>
          <StartCard {...props} />
        </div>
      </main>
    </Page>
  )
}
