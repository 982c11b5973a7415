import type { PracticeList, PracticeTask } from '../../../flows/practise.ts'
import type { PresentedTaskItem } from '../../../form/form.ts'
import { Crumb, Document, ShapingScript, SkipLink } from '../../../platform/page/document.tsx'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import type { Entries, FieldProblem } from '../../../task/present.ts'
import { examStyles, practiceScript } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { Brief } from '../tasks/brief.tsx'
import type { TaskProps } from '../tasks/task-control.ts'
import { taskControlOf } from '../tasks/task-controls.ts'
import type { Ticks } from '../tasks/ticks.ts'

/** Where a task is tried; without a seed another one is drawn. */
export const practiceHref = ({ exam, family, seed }: { exam: string; family: string; seed?: string }): string =>
  `/exams/${encodeURIComponent(exam)}/practice/${encodeURIComponent(family)}${seed === undefined ? '' : `?seed=${seed}`}`

/** Tasks to try, as links. */
export const TaskLinks = ({
  context: { t },
  exam,
  families,
}: Pick<PracticeList, 'exam' | 'families'> & { context: PageContext }) => (
  <ul class="ticks">
    {families.map(({ id, title, locale, minutes }) => (
      <li>
        <Icon name="right" />
        <span>
          <a href={practiceHref({ exam, family: id })} lang={locale}>
            {title}
          </a>
          {t('practice.minutes', { minutes })}
        </span>
      </li>
    ))}
  </ul>
)

/** What anybody may try of an exam, without a session. */
export const PracticeListPage = ({ context, list }: { context: PageContext; list: PracticeList }) => {
  const { t } = context
  return (
    <Page context={context} styles={examStyles} title={t('practice.title', { exam: list.title })}>
      <main id="main" class="wrap tight">
        <Crumb href={`/exams/${encodeURIComponent(list.exam)}`}>{list.title}</Crumb>
        <div class="head">
          <h1>{t('practice.title', { exam: list.title })}</h1>
        </div>
        <section class="card">
          <TaskLinks context={context} exam={list.exam} families={list.families} />
          <p class="small">{t('practice.about')}</p>
          <p class="small">{t('practice.materials')}</p>
        </section>
      </main>
    </Page>
  )
}

interface PracticePageProps {
  readonly context: PageContext
  readonly practice: PracticeTask
  readonly entries: Entries
  readonly problems?: Readonly<Record<string, FieldProblem>>
  readonly notice?: 'refused' | 'tooMuch' | undefined
  readonly ticks: Ticks
  readonly view?: string | undefined
}

/** One task to try, with the controls of a paper. It is one plain form, and what is in it is kept nowhere else. */
export const PracticePage = (props: PracticePageProps) => {
  const { context, practice, entries, problems = {}, notice, ticks, view } = props
  const { t } = context
  const { task } = practice
  const item: PresentedTaskItem = { ref: 't1', points: 0, task }
  const { Work, Tools, Sheet, Papers, Tip, script, styles } = taskControlOf(task.kind)
  const own: TaskProps = { context, item, entries, problems, view, isPractice: true }
  return (
    <Document
      language={context.tag}
      title={`${task.title}｜${practice.title}`}
      styles={styles}
      brand={context.brand}
      icon="/favicon.ico"
      unlisted
      head={[practiceScript, ...(script ? [script] : [])].map((each) => <ShapingScript script={each} />)}
    >
      <SkipLink>{t('practical.skip')}</SkipLink>
      <p class="unseen" id="say" role="status" />
      <aside class="notices" aria-label={t('practice.open')}>
        {notice && (
          <div class="note bad" role="alert">
            <Icon name="alert" />
            <p>{t(`practice.${notice}`)}</p>
          </div>
        )}
        <Note icon="info">
          <p>
            {t('practice.unsaved')} {t('practice.materials')}{' '}
            <a href={`/exams/${encodeURIComponent(practice.exam)}/practice`}>{t('practice.leave')}</a>
          </p>
        </Note>
      </aside>
      <Form id="paper" class="work" method="post" action={practiceHref(practice)} novalidate autocomplete="off">
        {/* Enter in a field presses a form's first button: it must be one that hands nothing in */}
        <button class="unseen" name="go" value="stay" tabindex={-1} aria-hidden="true" />
        {view && <input type="hidden" name="view" value={view} />}
        <main id="main">
          <div class="task-head">
            <h1 lang={practice.locale}>{task.title}</h1>
            <div class="tools">{Tools && <Tools {...own} />}</div>
          </div>
          <Work {...own} />
          <div class="turns">
            <button type="button" class="btn ghost only-narrow" popovertarget="brief">
              <Icon name="page" />
              {t('practical.brief')}
            </button>
            {Sheet && <Sheet {...own} />}
            <button class="btn primary" name="go" value="grade">
              {t('practice.grade')}
              <Icon name="right" />
            </button>
          </div>
        </main>
        <Brief
          context={context}
          locale={practice.locale}
          item={item}
          ticks={ticks}
          papers={Papers && <Papers {...own} />}
          tip={Tip && <Tip {...own} />}
        />
      </Form>
    </Document>
  )
}
