import type { PracticeReport } from '../../../flows/practise.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { editsOf, piecesOf } from '../../../task/draft/present.ts'
import { valueIn } from '../../../task/present.ts'
import { examStyles } from '../../assets.ts'
import { pointsText, taskNote } from '../../task-notes.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { practiceHref } from './practice-page.tsx'

interface ReportProps {
  readonly context: PageContext
  readonly report: PracticeReport
}

type Marked = PracticeReport['groups'][number]['checkpoints'][number]

/** So many wordings of one answer are listed. */
const MOST_WORDINGS = 6

function rightText({ t }: PageContext, { right, least }: Marked['values'][number]): string {
  if (least !== undefined) return t('practice.names', { least })
  if (!right) return ''
  if (right.length === 0) return t('practice.anyText')
  return right
    .slice(0, MOST_WORDINGS)
    .map((text) => (text === '' ? t('practice.empty') : text))
    .join(' / ')
}

const COLUMNS = ['place', 'entered', 'right', 'points'] as const

const Head = ({ context: { t }, last }: { context: PageContext; last: 'right' | 'was' }) => (
  <thead role="rowgroup">
    <tr role="row">
      {COLUMNS.map((column) => (
        <th scope="col" role="columnheader" class={column === 'points' ? 'r' : undefined}>
          {t(`practice.${column === 'right' ? last : column}`)}
        </th>
      ))}
    </tr>
  </thead>
)

/** One checkpoint; where it looks at several fields, a row each. */
const Rows = ({ context, marked }: { context: PageContext; marked: Marked }) => {
  const { t } = context
  return (
    <>
      {marked.values.map((value, i) => (
        <tr role="row">
          <th scope="row" role="rowheader" class="all" lang="ja">
            {i === 0 && marked.place && <q>{marked.place}</q>} <b>{value.label}</b>
            {i === 0 && marked.why && <p class="small">{marked.why}</p>}
          </th>
          <td role="cell" class="all small" data-label={t('practice.entered')} lang="ja">
            {value.entered || (value.right || value.least ? t('practice.empty') : '')}
          </td>
          <td role="cell" class="all small" data-label={t('practice.right')} lang="ja">
            {rightText(context, value)}
          </td>
          <td role="cell" class="r unbroken" data-label={t('practice.points')}>
            {i === 0 && `${pointsText(marked.credit * marked.weight)}/${pointsText(marked.weight)}`}
          </td>
        </tr>
      ))}
    </>
  )
}

const Groups = ({ context, report }: ReportProps) => (
  <>
    {report.groups.map(({ note, checkpoints }, i) => (
      <section class="card" aria-labelledby={`group-${i}`}>
        <h2 id={`group-${i}`}>{taskNote(context.tag, report.task, note)}</h2>
        <table class="table" role="table">
          <Head context={context} last="right" />
          <tbody role="rowgroup">
            {checkpoints.map((marked) => (
              <Rows context={context} marked={marked} />
            ))}
          </tbody>
        </table>
      </section>
    ))}
  </>
)

type Loss = PracticeReport['losses'][number]['losses'][number]

/** Rewritten stretches of a manuscript are seen in the manuscript itself. */
const isPlaced = ({ label, was }: Loss): boolean => label !== undefined || was !== undefined
const sumOf = (losses: readonly Loss[]): number => losses.reduce((sum, { weight }) => sum + weight, 0)

const Losses = ({ context, report }: ReportProps) => (
  <>
    {report.losses.map(({ note, losses }, i) => (
      <section class="card" aria-labelledby={`loss-${i}`}>
        <h2 id={`loss-${i}`}>{taskNote(context.tag, report.task, note)}</h2>
        <p class="small">{context.t('practice.lost', { points: pointsText(sumOf(losses)) })}</p>
        <table class="table" role="table" hidden={!losses.some(isPlaced)}>
          <Head context={context} last="was" />
          <tbody role="rowgroup">
            {losses.filter(isPlaced).map(({ label, was, entered, weight }) => (
              <tr role="row">
                <th scope="row" role="rowheader" class="all" lang="ja">
                  {label ?? was}
                </th>
                <td role="cell" class="all small" data-label={context.t('practice.entered')} lang="ja">
                  {entered}
                </td>
                <td role="cell" class="all small" data-label={context.t('practice.was')} lang="ja">
                  {label === undefined ? '' : was}
                </td>
                <td role="cell" class="r unbroken" data-label={context.t('practice.points')}>
                  −{pointsText(weight)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    ))}
  </>
)

/** The manuscript with everything that was taken out and put in. */
const Manuscript = ({ context, report: { task, entries } }: ReportProps) => {
  const [field] = task.fields
  if (task.kind !== 'draft' || !field) return null
  const text = valueIn(field, entries)
  return (
    <section class="card" aria-labelledby="manuscript">
      <h2 id="manuscript">{context.t('practice.manuscript')}</h2>
      <p lang="ja">
        {piecesOf(editsOf(field.initial, text), text).map(({ as, text: piece }) =>
          as === 'del' ? <del>{piece}</del> : as === 'ins' ? <ins>{piece}</ins> : piece,
        )}
      </p>
    </section>
  )
}

/** Everything there is to say of a task that was tried: what was right, what was entered, and what each earned or cost. */
export const PracticeReportPage = ({ context, report }: ReportProps) => {
  const { t } = context
  const { task, critical, score } = report
  return (
    <Page context={context} styles={examStyles} title={`${t('practice.report')} ${task.title}`}>
      <main id="main" class="wrap tight">
        <Crumb href={`/exams/${encodeURIComponent(report.exam)}/practice`}>{t('practice.leave')}</Crumb>
        <div class="head">
          <div>
            <h1 lang={report.locale}>{task.title}</h1>
            <p class="lead">{t('practice.score', { score })}</p>
          </div>
        </div>
        <div class="stack">
          {critical && (
            <Note tone="bad" icon="alert" title={t('practice.critical')}>
              <p>{taskNote(context.tag, task, critical)}</p>
            </Note>
          )}
          <p class="btns">
            <a class="btn primary" href={practiceHref({ exam: report.exam, family: report.family })}>
              {t('practice.another')}
            </a>
            <a class="btn ghost" href={practiceHref(report)}>
              {t('practice.again')}
            </a>
          </p>
          {report.rationale !== '' && (
            <section class="card" aria-labelledby="rationale">
              <h2 id="rationale">{t('practice.rationale')}</h2>
              {report.rationale.split(/\n{2,}/).map((paragraph) => (
                <p lang="ja">{paragraph}</p>
              ))}
            </section>
          )}
          <Losses context={context} report={report} />
          <Groups context={context} report={report} />
          <Manuscript context={context} report={report} />
          <p class="small">{t('practice.nothingKept')}</p>
        </div>
      </main>
    </Page>
  )
}
