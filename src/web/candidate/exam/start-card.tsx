import type { ExamPage as ExamPageView, PartCard } from '../../../flows/read-catalogue.ts'
import { clockText, dayText, timeAttribute, weekdayText } from '../../../platform/page/dates.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Chip, Note } from '../../../platform/page/state.tsx'
import { nameOfLanguage } from '../../../platform/page/words.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { nextPartOf, periodText, secondsLong, untilText, workingSeconds } from './exam-facts.tsx'
import { MaterialsNote, RecordedNote } from './parts-card.tsx'

interface StartProps {
  readonly context: PageContext
  readonly exam: ExamPageView
  readonly now: number
  /** What was wrong with the form, if it was posted. */
  readonly problem?: 'consent-missing' | 'locale-missing'
  /** The language that was picked, so that a refused form keeps it. */
  readonly picked?: string
}

const Facts = ({ context: { t, locale }, exam }: { context: PageContext; exam: ExamPageView }) => {
  const { attemptsThisYear, attemptsLeft } = exam.eligibility
  const last = exam.lastAttempt?.closedAt ?? exam.lastAttempt?.startedAt
  return (
    <dl class="kv">
      {last && (
        <div>
          <dt>{t('start.last')}</dt>
          <dd>
            <a href={`/attempts/${exam.lastAttempt?.id}/result`}>
              <time datetime={timeAttribute(last)}>{dayText(locale, last)}</time>
            </a>
          </dd>
        </div>
      )}
      <div>
        <dt>{t('start.year')}</dt>
        <dd>{t('start.count', { count: attemptsThisYear, left: attemptsLeft })}</dd>
      </div>
      <div>
        <dt>{t('start.retake')}</dt>
        <dd>{t('start.retakeText', { wait: periodText(t, exam.retake.wait), count: exam.retake.perYear })}</dd>
      </div>
      <div>
        <dt>{t('start.cost')}</dt>
        <dd>{t('start.free')}</dd>
      </div>
    </dl>
  )
}

/** The working time of this candidate and when it would end, before anything is started (WCAG 2.2.1, 2.2.6). */
const WorkingTime = ({ context: { t, locale }, exam, now }: StartProps) => {
  const seconds = workingSeconds(exam)
  return (
    <>
      <p class="big">{secondsLong(t, seconds)}</p>
      <p class="tiny">
        {exam.timeMultiplier !== 1 &&
          `${t('start.multiplied', { limit: secondsLong(t, (nextPartOf(exam) ?? exam).timeLimitSeconds), multiplier: exam.timeMultiplier })} `}
        {t('start.endsAt', { time: clockText(locale, now + seconds * 1_000) })}
      </p>
    </>
  )
}

/** The part that comes next, or whichever of those that may be sat again. */
const PartPick = ({
  context: { t },
  exam,
  next,
}: Pick<StartProps, 'context' | 'exam'> & { readonly next: PartCard | undefined }) => {
  const open = (exam.parts ?? []).filter(({ eligibility }) => eligibility.mayStart)
  if (open.length < 2) return next ? <input type="hidden" name="part" value={next.id} /> : null
  return (
    <fieldset class="field">
      <legend>{t('start.part')}</legend>
      <div class="picks">
        {open.map(({ id, timeLimitSeconds }) => (
          <label class="check">
            <input type="radio" name="part" value={id} checked={id === next?.id} />
            <span>
              {t('start.partTime', {
                part: t(`part.${id}`),
                time: secondsLong(t, timeLimitSeconds * exam.timeMultiplier),
              })}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const StartForm = (props: StartProps) => {
  const { context, exam, problem, picked } = props
  const { t, locale } = context
  const part = nextPartOf(exam)
  const isPractical = part !== undefined && part.taskCount > 0
  const chosen = exam.locales.find((l) => l === picked) ?? exam.locales.find((l) => l === locale) ?? exam.locales[0]
  return (
    <section class="card start" id="start" aria-labelledby="start-title">
      <h2 id="start-title">{part ? t('start.partTitle', { part: t(`part.${part.id}`) }) : t('start.title')}</h2>
      <p>
        <Chip tone="ok" icon="check">
          {t('eligible.yes')}
        </Chip>
      </p>
      <WorkingTime {...props} />
      <Facts context={context} exam={exam} />
      {isPractical && (
        <>
          <MaterialsNote context={context} />
          <RecordedNote context={context} isShort />
        </>
      )}
      <Form method="post" action={`/exams/${exam.id}/start#start`} class="stack s">
        {problem && (
          <p class="wrong" role="alert" id="start-problem">
            <Icon name="alert" />
            {t(`problem.${problem}`)}
          </p>
        )}
        <PartPick context={context} exam={exam} next={part} />
        {exam.locales.length > 1 ? (
          <fieldset class="field">
            <legend>{t('start.locale')}</legend>
            <div class="picks">
              {exam.locales.map((l) => (
                <label class="check">
                  <input type="radio" name="locale" value={l} checked={l === chosen} />
                  <span lang={l}>{nameOfLanguage(l)}</span>
                </label>
              ))}
            </div>
          </fieldset>
        ) : (
          <input type="hidden" name="locale" value={chosen ?? locale} />
        )}
        <label class="check">
          <input
            type="checkbox"
            name="agree"
            value="1"
            required
            aria-describedby={problem ? 'start-problem' : undefined}
            aria-invalid={problem === 'consent-missing' ? 'true' : undefined}
          />
          <span>{t(isPractical ? 'start.agreeTasks' : 'start.agree')}</span>
        </label>
        <button class="btn primary full">
          {part ? t('start.partTitle', { part: t(`part.${part.id}`) }) : t('start.button')}
          <Icon name="right" />
        </button>
      </Form>
    </section>
  )
}

/** Not now: why, from when, and something to do meanwhile. */
const WaitCard = ({ context, exam, now }: StartProps) => {
  const { t, locale } = context
  const { eligibility } = exam
  if (eligibility.mayStart) return null
  const { reason, retryAt } = eligibility
  return (
    <section class="card start" id="start" aria-labelledby="start-title">
      <h2 id="start-title">{t(retryAt ? 'wait.title' : 'start.aside')}</h2>
      <p>
        <Chip tone={retryAt ? 'wait' : undefined} icon={retryAt ? 'clock' : 'lock'}>
          {t(retryAt ? 'wait.notYet' : 'eligible.no')}
        </Chip>
      </p>
      {retryAt ? (
        <>
          <p class="big day">
            <time datetime={timeAttribute(retryAt)}>
              <span class="unbroken">{weekdayText(locale, retryAt)}</span>{' '}
              <span class="unbroken">{clockText(locale, retryAt)}</span>
            </time>
          </p>
          <p class="tiny">{t('wait.until', { left: untilText(t, retryAt - now) })}</p>
        </>
      ) : null}
      <p class="small">{t(`refusal.${reason}`, { wait: periodText(t, exam.retake.wait) })}</p>
      <Facts context={context} exam={exam} />
      {retryAt && (
        <a class="btn outline full" href={`/exams/${exam.id}/retake.ics`} download={`${exam.id}.ics`}>
          <Icon name="calendar" />
          {t('wait.calendar')}
        </a>
      )}
    </section>
  )
}

const ContinueCard = ({ context: { t }, exam }: StartProps) => (
  <section class="card start" id="start" aria-labelledby="start-title">
    <h2 id="start-title">{t('open.title')}</h2>
    <p>
      <Chip tone="act" icon="clock">
        {t('eligible.open')}
      </Chip>
    </p>
    <p class="small">{t('open.text')}</p>
    <a class="btn primary full" href={`/attempts/${exam.openAttempt}`}>
      {t('exam.continue')}
      <Icon name="right" />
    </a>
  </section>
)

/** The one task of the exam's page: start, go on, or wait. */
export const StartCard = (props: StartProps) => {
  const { context, exam } = props
  const { t } = context
  return (
    <aside class="stack stick" aria-label={t('start.aside')}>
      {exam.openAttempt ? (
        <ContinueCard {...props} />
      ) : exam.eligibility.mayStart ? (
        <StartForm {...props} />
      ) : (
        <WaitCard {...props} />
      )}
      {!exam.openAttempt && !exam.eligibility.mayStart && exam.lastAttempt ? (
        <Note>
          <p>
            <a href={`/attempts/${exam.lastAttempt.id}/result`}>{t('wait.study')}</a>
          </p>
        </Note>
      ) : (
        <Note>
          <p>{t((nextPartOf(exam)?.taskCount ?? 0) > 0 ? 'parts.computer' : 'start.prepare')}</p>
        </Note>
      )}
    </aside>
  )
}
