import type { AttemptView } from '../../../flows/read-attempt.ts'
import type { PresentedTaskItem } from '../../../form/form.ts'
import { clockText } from '../../../platform/page/dates.ts'
import { SkipLink } from '../../../platform/page/document.tsx'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import type { FieldProblem } from '../../../task/present.ts'
import { taskStyles } from '../../assets.ts'
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

export interface TaskPageProps {
  readonly context: PageContext
  readonly attempt: AttemptView
  /** The shown one of the attempt's tasks. */
  readonly item: PresentedTaskItem
  readonly problems?: Readonly<Record<string, FieldProblem>>
  readonly notice?: 'refused' | 'tooMuch' | 'stale' | 'lost'
}

const Steps = ({ context: { t, locale }, attempt, item }: TaskPageProps) => (
  <nav class="steps3" aria-label={t('practical.steps')}>
    <ol lang={attempt.locale}>
      {attempt.tasks.map(({ ref, task }, i) => (
        <li>
          <button
            class="step"
            form="paper"
            name="go"
            value={`task.${i + 1}`}
            data-turn=""
            aria-current={ref === item.ref ? 'step' : undefined}
          >
            <span class="n">{i + 1}</span>
            <b>{task.title}</b>
            <small lang={locale}>{t('practical.minutes', { minutes: task.minutes })}</small>
          </button>
        </li>
      ))}
      <li>
        <button class="btn outline xs" form="paper" name="go" value="review" data-turn="" lang={locale}>
          {t('practical.toReview')}
        </button>
      </li>
    </ol>
  </nav>
)

/** Saving, and the way on; on a phone it stays in sight, with the brief beside it. */
const Turns = ({ context: { t }, attempt, item }: TaskPageProps) => {
  const number = attempt.tasks.indexOf(item) + 1
  const isLast = number === attempt.tasks.length
  return (
    <div class="turns">
      <button type="button" class="btn ghost only-narrow" popovertarget="brief">
        <Icon name="page" />
        {t('practical.brief')}
      </button>
      <button class="btn ghost nojs-only" name="go" value={`task.${number}`}>
        {t('practical.save')}
      </button>
      <button class="btn primary" name="go" value={isLast ? 'review' : `task.${number + 1}`} data-turn="">
        {t(isLast ? 'practical.last' : 'practical.next')}
        <Icon name="right" />
      </button>
    </div>
  )
}

const PROBLEM_TONES = { refused: 'bad', tooMuch: 'bad', stale: 'wait' } as const

/** One task a page: the work, and what is asked for beside it. It is a plain form; turning the page saves first. */
export const TaskPage = (props: TaskPageProps) => {
  const { context, attempt, item, problems = {}, notice } = props
  const { t, locale } = context
  const { ref, task } = item
  const number = attempt.tasks.indexOf(item) + 1
  const { Work, Tools, Tip, script } = taskControlOf(task.kind)
  const entries = entriesOf(attempt, ref)
  const own: TaskProps = { context, item, entries, problems }
  return (
    <ExamDocument
      context={context}
      title={`${t('practical.title', { number, title: task.title })}｜${attempt.title}`}
      styles={taskStyles}
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
        <input type="hidden" name={revisionField(ref)} value={String(attempt.responses[ref]?.revision ?? 0)} />
        <main id="main">
          <div class="task-head">
            <h1 lang={attempt.locale}>{task.title}</h1>
            {Tools && (
              <div class="tools">
                <Tools {...own} />
              </div>
            )}
          </div>
          <Work {...own} />
          <Turns {...props} />
        </main>
        <aside class="beside" aria-label={t('practical.brief')}>
          <Brief context={context} locale={attempt.locale} task={task} tip={Tip && <Tip {...own} />} />
          <Sitter context={context} />
        </aside>
      </Form>
    </ExamDocument>
  )
}
