import type { ExamPage as ExamPageView, PartCard } from '../../../flows/read-catalogue.ts'
import { clockText, dayText, timeAttribute, weekdayText } from '../../../platform/page/dates.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import { nameOfLanguage } from '../../../platform/page/words.ts'
import { againHref } from '../../ui/notice-page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { nextPartOf, periodText, secondsFrom, secondsLong, untilText, workingSeconds } from './exam-facts.tsx'
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

/** Whether there is anything that may be tried before it counts. */
export const canPractise = ({ practice }: ExamPageView): boolean =>
  practice !== undefined && practice.questions + practice.families.length > 0

export const practiceListHref = (exam: string): string => `/exams/${encodeURIComponent(exam)}/practice`

/** Something to do before it counts. */
const Trial = ({
  context: { t },
  exam,
  isWaiting = false,
}: Pick<StartProps, 'context' | 'exam'> & { readonly isWaiting?: boolean }) =>
  canPractise(exam) ? (
    <div class="trial">
      <h3>{t(isWaiting ? 'start.meanwhile' : 'start.trial')}</h3>
      <p>
        {exam.practice?.questions
          ? t('start.trialText', { count: exam.practice.questions })
          : t('start.trialTasks', { count: exam.practice?.families.length ?? 0 })}
      </p>
      <a class="btn outline full s" href={practiceListHref(exam.id)}>
        {t(isWaiting ? 'start.practiseNow' : 'start.practise')}
      </a>
    </div>
  ) : null

const Facts = ({ context: { t, locale }, exam, now }: StartProps) => {
  const { mayStart, attemptsThisYear, attemptsLeft } = exam.eligibility
  const last = exam.lastAttempt?.closedAt ?? exam.lastAttempt?.startedAt
  const whole = workingSeconds(exam)
  const seconds = secondsFrom(exam, whole, now)
  return (
    <dl class="kv">
      {mayStart && (
        <>
          <div>
            <dt>{t('start.limit')}</dt>
            <dd>
              <b>{secondsLong(t, seconds)}</b>
              {exam.timeMultiplier !== 1 && seconds === whole && (
                <span class="sub">
                  {t('start.multiplied', {
                    limit: secondsLong(t, (nextPartOf(exam) ?? exam).timeLimitSeconds),
                    multiplier: exam.timeMultiplier,
                  })}
                </span>
              )}
              {seconds < whole && <span class="sub">{t('start.cutOff', { limit: secondsLong(t, whole) })}</span>}
            </dd>
          </div>
          <div>
            <dt>{t('start.now')}</dt>
            <dd>{t('start.endsAt', { time: clockText(locale, now + seconds * 1_000) })}</dd>
          </div>
        </>
      )}
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
        <dt>{t('start.cost')}</dt>
        <dd>{t('start.free')}</dd>
      </div>
    </dl>
  )
}

/** The part that comes next, or whichever of those that may be sat again. */
const PartPick = ({
  context: { t },
  exam,
  now,
  next,
}: Pick<StartProps, 'context' | 'exam' | 'now'> & { readonly next: PartCard | undefined }) => {
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
                time: secondsLong(t, secondsFrom(exam, timeLimitSeconds * exam.timeMultiplier, now)),
              })}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** The form that starts. The work of the practical part is Japanese, whatever language its brief and rules come in. */
const StartForm = (props: StartProps) => {
  const { context, exam, problem, picked } = props
  const { t, locale } = context
  const part = nextPartOf(exam)
  const isPractical = part !== undefined && part.taskCount > 0
  const chosen = exam.locales.find((l) => l === picked) ?? exam.locales.find((l) => l === locale) ?? exam.locales[0]
  const hasTasks = exam.parts?.some(({ taskCount }) => taskCount > 0)
  return (
    <>
      <Facts {...props} />
      {hasTasks && (isPractical || locale !== 'ja') && <MaterialsNote context={context} />}
      {isPractical && <RecordedNote context={context} isShort />}
      <Form method="post" action={`/exams/${exam.id}/start#start`} class="stack s">
        {problem && (
          <p class="wrong" role="alert" id="start-problem">
            <Icon name="alert" />
            {t(`problem.${problem}`)}
          </p>
        )}
        <PartPick context={context} exam={exam} now={props.now} next={part} />
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
        <button class={`btn full ${exam.certificate ? 'outline' : 'primary'}`}>
          {part ? t('start.partTitle', { part: t(`part.${part.id}`) }) : t('start.button')}
          <Icon name="right" />
        </button>
      </Form>
      {isPractical && <p class="tiny">{t('parts.computer')}</p>}
    </>
  )
}

const StartNow = (props: StartProps) => {
  const { context, exam } = props
  const { t } = context
  const part = nextPartOf(exam)
  return (
    <section class="card start" id="start" aria-labelledby="start-title">
      <div class="card-head">
        <h2 id="start-title">{part ? t(`part.${part.id}`) : t('start.title')}</h2>
        <Chip tone="ok" icon="check">
          {t('eligible.yes')}
        </Chip>
      </div>
      <StartForm {...props} />
      <Trial context={context} exam={exam} />
    </section>
  )
}

/** Passed: the certificate is what matters now. Whoever wants to may still sit the exam again. */
const PassedCard = (props: StartProps) => {
  const { context, exam } = props
  const { t, locale, tag } = context
  const { certificate, eligibility } = exam
  if (!certificate) return null
  return (
    <section class="card start" id="start" aria-labelledby="start-title">
      <div class="card-head">
        <h2 id="start-title">{t('passed.title')}</h2>
        <Chip tone="ok" icon="check">
          {t('eligible.passed')}
        </Chip>
      </div>
      <p class="small">{t('passed.until', { day: dayText(locale, certificate.validUntil) })}</p>
      <a class="btn primary full" href={`/credentials/${certificate.id}?lang=${tag}`}>
        {t('passed.certificate')}
        <Icon name="right" />
      </a>
      {eligibility.mayStart && (
        <details class="more" open={props.problem !== undefined}>
          <summary>
            <Icon name="unfold" small />
            {t('passed.again')}
          </summary>
          <p class="small">{t('passed.againText')}</p>
          <StartForm {...props} />
        </details>
      )}
    </section>
  )
}

/** Nobody is signed in: who may sit the exam, and the way to it that comes back here. */
const SignInCard = ({ context, exam }: StartProps) => {
  const { t } = context
  return (
    <section class="card start" id="start" aria-labelledby="start-title">
      <h2 id="start-title">{t('start.title')}</h2>
      <p class="small">{t('signIn.text')}</p>
      <dl class="kv">
        <div>
          <dt>{t('start.limit')}</dt>
          <dd>
            <b>{secondsLong(t, exam.timeLimitSeconds)}</b>
          </dd>
        </div>
        <div>
          <dt>{t('start.locale')}</dt>
          <dd>{exam.locales.map((l) => nameOfLanguage(l)).join(t('list.comma'))}</dd>
        </div>
        <div>
          <dt>{t('start.cost')}</dt>
          <dd>{t('start.free')}</dd>
        </div>
      </dl>
      {context.locale !== 'ja' && exam.parts?.some(({ taskCount }) => taskCount > 0) && (
        <MaterialsNote context={context} />
      )}
      <a class="btn primary full" href={againHref(`/exams/${exam.id}`)}>
        {t('signIn.go')}
        <Icon name="out" />
      </a>
      <Trial context={context} exam={exam} />
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
      <div class="card-head">
        <h2 id="start-title">{t(retryAt ? 'wait.title' : 'start.aside')}</h2>
        <Chip tone={retryAt ? 'wait' : undefined} icon={retryAt ? 'clock' : 'lock'}>
          {t(retryAt ? 'wait.notYet' : 'eligible.no')}
        </Chip>
      </div>
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
      <Facts context={context} exam={exam} now={now} />
      {retryAt && (
        <a class="btn outline full" href={`/exams/${exam.id}/retake.ics`} download={`${exam.id}.ics`}>
          <Icon name="calendar" />
          {t('wait.calendar')}
        </a>
      )}
      {exam.lastAttempt && (
        <p class="small">
          <a href={`/attempts/${exam.lastAttempt.id}/result`}>{t('wait.study')}</a>
        </p>
      )}
      <Trial context={context} exam={exam} isWaiting />
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

/** The one task of the exam's page: come in, start, go on, wait, or use what was passed. */
export const StartCard = (props: StartProps) => {
  const { context, exam } = props
  return (
    <aside class="stack stick" aria-label={context.t('start.aside')}>
      {!context.visitor ? (
        <SignInCard {...props} />
      ) : exam.openAttempt ? (
        <ContinueCard {...props} />
      ) : exam.certificate ? (
        <PassedCard {...props} />
      ) : exam.eligibility.mayStart ? (
        <StartNow {...props} />
      ) : (
        <WaitCard {...props} />
      )}
    </aside>
  )
}

/** The same task in the bar of a phone: one link, which tells where it leads. */
export const StartLink = ({ context: { t, tag, visitor }, exam }: StartProps) => {
  const [href, text] =
    visitor && exam.openAttempt
      ? [`/attempts/${exam.openAttempt}`, t('exam.continue')]
      : visitor && exam.certificate
        ? [`/credentials/${exam.certificate.id}?lang=${tag}`, t('passed.certificate')]
        : ['#start', t(visitor && !exam.eligibility.mayStart ? 'mini.about' : 'mini.go')]
  return (
    <a class="btn primary s" href={href}>
      {text}
    </a>
  )
}
