import type { AttemptView } from '../../../flows/read-attempt.ts'
import { clockText } from '../../../platform/page/dates.ts'
import { SkipLink } from '../../../platform/page/document.tsx'
import { Form } from '../../../platform/page/form.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { reviewStyles } from '../../assets.ts'
import { ExamDocument } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { Sitter } from '../runner/navigator.tsx'
import { PaperBar } from '../runner/paper-bar.tsx'
import { Withdraw } from '../runner/withdraw.tsx'
import { entriesOf } from './save-task.ts'
import { taskControlOf } from './task-controls.ts'

interface ReviewProps {
  readonly context: PageContext
  readonly attempt: AttemptView
  readonly notice?: string | undefined
}

/** What was changed in each task, in counts. */
const Tasks = ({ context, attempt }: ReviewProps) => {
  const { t } = context
  return (
    <div class="card">
      {attempt.tasks.map((item, i) => {
        const entries = entriesOf(attempt, item.ref)
        const { Summary } = taskControlOf(item.task.kind)
        const count = Object.keys(entries).length
        return (
          <section class="sect">
            <h2>
              <span class="sn" aria-hidden="true">
                {i + 1}
              </span>
              <span lang={attempt.locale}>{item.task.title}</span>
            </h2>
            <div class="worked">
              {count === 0 ? (
                <p class="small quiet">{t('practical.untouched')}</p>
              ) : Summary ? (
                <Summary context={context} item={item} entries={entries} problems={{}} />
              ) : (
                <p class="small">{t('practical.changes', { count })}</p>
              )}
              <p class="tiny">
                <a href={`/attempts/${attempt.id}?task=${i + 1}`}>{t('practical.backTo', { number: i + 1 })}</a>
              </p>
            </div>
          </section>
        )
      })}
    </div>
  )
}

/** One filled button per decision: while a task is untouched it leads back, and handing in is outlined. */
const HandIn = ({ context: { t, locale }, attempt }: ReviewProps) => {
  const untouched = attempt.tasks.filter(({ ref }) => Object.keys(entriesOf(attempt, ref)).length === 0)
  const first = untouched[0] && attempt.tasks.indexOf(untouched[0]) + 1
  return (
    <section class="card" aria-labelledby="hand">
      <h2 id="hand">{t('review.submitTitle')}</h2>
      {first ? (
        <>
          <Note tone="wait" icon="alert" title={t('practical.untouchedTitle', { count: untouched.length })}>
            <p>{t('practical.untouchedText')}</p>
          </Note>
          <a class="btn primary full" href={`/attempts/${attempt.id}?task=${first}`}>
            {t('practical.backTo', { number: first })}
          </a>
        </>
      ) : (
        <p class="small">{t('practical.complete')}</p>
      )}
      <Form method="post" action={`/attempts/${attempt.id}/submit`} id="submit">
        <input type="hidden" name="lease" value={attempt.lease ?? ''} />
        <button class={first ? 'btn outline full' : 'btn primary full'}>
          {t(first ? 'practical.submitOpen' : 'review.submit')}
        </button>
      </Form>
      <p class="tiny">{t('review.final', { time: clockText(locale, attempt.deadline) })}</p>
    </section>
  )
}

/** The last look before a practical part is handed in. */
export const ReviewTasks = (props: ReviewProps) => {
  const { context, attempt, notice } = props
  const { t } = context
  return (
    <ExamDocument context={context} title={`${t('practical.reviewTitle')}｜${attempt.title}`} styles={reviewStyles}>
      <SkipLink>{t('nav.skip')}</SkipLink>
      <PaperBar context={context} attempt={attempt} page="review" sub={t('practical.reviewTitle')} />
      <main id="main" class="wrap tight">
        <div class="head">
          <div>
            <h1>{t('practical.reviewTitle')}</h1>
            <p class="lead">{t('practical.reviewLead')}</p>
          </div>
        </div>
        <div class="cols">
          <div class="stack">
            {notice && (
              <Note tone="bad" icon="alert">
                <p>{notice}</p>
              </Note>
            )}
            <Tasks {...props} />
          </div>
          <div class="stack">
            <HandIn {...props} />
            <Withdraw context={context} attempt={attempt} />
            <Sitter context={context} />
          </div>
        </div>
      </main>
    </ExamDocument>
  )
}
