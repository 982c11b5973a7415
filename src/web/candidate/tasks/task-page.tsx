import type { Child } from 'hono/jsx'
import type { AttemptView } from '../../../flows/read-attempt.ts'
import type { PresentedTaskItem } from '../../../form/form.ts'
import { clockText } from '../../../platform/page/dates.ts'
import { SkipLink } from '../../../platform/page/document.tsx'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import type { FieldProblem } from '../../../task/present.ts'
import { ExamDocument } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { Sitter } from '../runner/navigator.tsx'
import { PaperBar } from '../runner/paper-bar.tsx'
import { revisionField } from '../runner/section-form.ts'
import { TakenOver } from '../runner/taken-over.tsx'
import { Brief } from './brief.tsx'
import { entriesOf } from './save-task.ts'
import type { TaskProps } from './task-control.ts'
import { taskControlOf } from './task-controls.ts'
import { isTickedOff, type Ticks } from './ticks.ts'

export interface TaskPageProps {
  readonly context: PageContext
  readonly attempt: AttemptView
  /** The shown one of the attempt's tasks. */
  readonly item: PresentedTaskItem
  readonly problems?: Readonly<Record<string, FieldProblem>>
  readonly notice?: 'refused' | 'tooMuch' | 'stale' | 'lost'
  readonly ticks: Ticks
  /** One of the kind's own views. */
  readonly view?: string | undefined
}

/** How far one task is, as far as its candidate says: worked on, or also checked against every rule. */
const standingOf = ({ attempt, ticks }: TaskPageProps, item: PresentedTaskItem): 'untouched' | 'begun' | 'checked' => {
  if (Object.keys(entriesOf(attempt, item.ref)).length === 0) return 'untouched'
  return isTickedOff(item, ticks) ? 'checked' : 'begun'
}

const Steps = (props: TaskPageProps) => {
  const { context, attempt, item } = props
  const { t, locale } = context
  return (
    <nav class="steps3" aria-label={t('practical.steps')}>
      <ol lang={attempt.locale}>
        {attempt.tasks.map((step, i) => {
          const isCurrent = step === item
          const standing = isCurrent ? 'untouched' : standingOf(props, step)
          return (
            <li>
              <button
                class="step"
                form="paper"
                name="go"
                value={`task.${i + 1}`}
                data-turn={`?task=${i + 1}`}
                data-standing={standing}
                aria-current={isCurrent ? 'step' : undefined}
              >
                <span class="n">{standing === 'checked' ? <Icon name="check" /> : i + 1}</span>
                <b>{step.task.title}</b>
                <small lang={locale}>
                  {standing === 'untouched'
                    ? t('practical.minutes', { minutes: step.task.minutes })
                    : t(`practical.${standing}`)}
                </small>
              </button>
            </li>
          )
        })}
        <li>
          <button class="btn outline xs" form="paper" name="go" value="review" data-turn="/review" lang={locale}>
            {t('practical.toReview')}
          </button>
        </li>
      </ol>
    </nav>
  )
}

/** Saving, and the way on; on a phone it stays in sight, with the brief beside it. */
const Turns = ({ context: { t }, attempt, item, sheet }: TaskPageProps & { readonly sheet?: Child }) => {
  const number = attempt.tasks.indexOf(item) + 1
  const isLast = number === attempt.tasks.length
  return (
    <div class="turns">
      <button type="button" class="btn ghost only-narrow" popovertarget="brief">
        <Icon name="page" />
        {t('practical.brief')}
      </button>
      {sheet}
      <button class="btn ghost nojs-only" name="go" value={`task.${number}`}>
        {t('practical.save')}
      </button>
      <button
        class="btn primary"
        name="go"
        value={isLast ? 'review' : `task.${number + 1}`}
        data-turn={isLast ? '/review' : `?task=${number + 1}`}
      >
        {t(isLast ? 'practical.last' : 'practical.next')}
        <Icon name="right" />
      </button>
    </div>
  )
}

const PROBLEM_TONES = { refused: 'bad', tooMuch: 'bad', stale: 'wait' } as const

/** One task a page: the work, and what is asked for beside it. It is a plain form; turning the page saves first. */
export const TaskPage = (props: TaskPageProps) => {
  const { context, attempt, item, problems = {}, notice, ticks, view } = props
  const { t, locale } = context
  const { ref, task } = item
  const number = attempt.tasks.indexOf(item) + 1
  const { Work, Tools, Sheet, Papers, Tip, File, script, styles } = taskControlOf(task.kind)
  const entries = entriesOf(attempt, ref)
  const own: TaskProps = { context, item, entries, problems, view }
  return (
    <ExamDocument
      context={context}
      title={`${t('practical.title', { number, title: task.title })}｜${attempt.title}`}
      styles={styles}
      scripts={script ? [script] : []}
    >
      <SkipLink>{t('practical.skip')}</SkipLink>
      <PaperBar
        context={context}
        attempt={attempt}
        page="task"
        sub={t('practical.place', { number, total: attempt.tasks.length })}
      />
      <Steps {...props} />
      <noscript>
        <p class="nojs">{t('practical.plain', { time: clockText(locale, attempt.deadline) })}</p>
      </noscript>
      <div class="notices">
        {notice && notice !== 'lost' && (
          <div class={`note ${PROBLEM_TONES[notice]}`} role="alert">
            <Icon name="alert" />
            <p>{t(`practical.${notice}`)}</p>
          </div>
        )}
        <TakenOver context={context} attempt={attempt} go={`task.${number}`} hidden={notice !== 'lost'} />
      </div>
      <Form
        id="paper"
        class="work"
        method="post"
        action={`/attempts/${attempt.id}`}
        also={[`/attempts/${attempt.id}/takeover`]}
        novalidate
        autocomplete="off"
        data-task={ref}
        data-rev={String(attempt.responses[ref]?.revision ?? 0)}
      >
        {/* Enter in a field presses a form's first button: it must be one that only saves */}
        <button class="unseen" name="go" value={`task.${number}`} tabindex={-1} aria-hidden="true" />
        <input type="hidden" name="lease" value={attempt.lease ?? ''} />
        <input type="hidden" name="task" value={String(number)} />
        {view && <input type="hidden" name="view" value={view} />}
        <input type="hidden" name={revisionField(ref)} value={String(attempt.responses[ref]?.revision ?? 0)} />
        <main id="main">
          <div class="task-head">
            <h1 lang={attempt.locale}>{task.title}</h1>
            <div class="tools">
              {Tools && <Tools {...own} />}
              {File && (
                <a class="btn ghost xs" href={`/attempts/${attempt.id}/file?task=${number}`} data-file="">
                  <Icon name="download" />
                  {t(`practical.file.${File(task, entries).extension}`)}
                </a>
              )}
            </div>
          </div>
          <Work {...own} />
          <Turns {...props} sheet={Sheet && <Sheet {...own} />} />
        </main>
        <Brief
          context={context}
          locale={attempt.locale}
          item={item}
          ticks={ticks}
          papers={Papers && <Papers {...own} />}
          tip={Tip && <Tip {...own} />}
        />
      </Form>
      {/* signing out is a form of its own, which no other may hold */}
      <footer class="under">
        <Sitter context={context} />
      </footer>
    </ExamDocument>
  )
}
