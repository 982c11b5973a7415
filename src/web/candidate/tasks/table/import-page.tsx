import type { AttemptView } from '../../../../flows/read-attempt.ts'
import type { PresentedTaskItem } from '../../../../form/form.ts'
import { Form } from '../../../../platform/page/form.tsx'
import { Note } from '../../../../platform/page/state.tsx'
import { tableStyles } from '../../../assets.ts'
import { ExamDocument } from '../../../ui/page.tsx'
import type { PageContext } from '../../../ui/page-context.ts'
import { PaperBar } from '../../runner/paper-bar.tsx'
import { revisionField } from '../../runner/section-form.ts'
import type { FileProblem, ImportedColumn, TableImport } from './read-import.ts'

interface ImportProps {
  readonly context: PageContext
  readonly attempt: AttemptView
  readonly item: PresentedTaskItem
  readonly problem?: FileProblem
  /** What was read of a file, and the file as it comes back to be read once more. */
  readonly found?: { readonly name: string; readonly csv: string; readonly table: TableImport }
}

const Column = ({ context: { t }, column }: { context: PageContext; column: ImportedColumn }) => {
  const { name, changes, lostZeros } = column
  // of a column that lost zeros, a cell that shows it
  const shown =
    changes.find(({ was, now }) => lostZeros > 0 && was.startsWith('0') && !now.startsWith('0')) ?? changes[0]
  return (
    <tr role="row">
      <th scope="row" role="rowheader" lang="ja">
        {name}
      </th>
      <td role="cell" data-label={t('csv.count')}>
        {t('csv.places', { count: changes.length })}
      </td>
      <td role="cell" data-label={t('csv.was')} class="cell-text" lang="ja">
        {shown?.was}
      </td>
      <td role="cell" data-label={t('csv.now')} class="cell-text now" lang="ja">
        {shown?.now}
      </td>
      <td role="cell" data-label={t('csv.take')}>
        <label class="check">
          <input type="checkbox" name="column" value={name} checked={lostZeros === 0} />
          <span>
            <span class="unseen">{name}: </span>
            {t('csv.take')}
          </span>
        </label>
      </td>
    </tr>
  )
}

const Preview = ({ context, attempt, item, found }: ImportProps & { found: NonNullable<ImportProps['found']> }) => {
  const { t } = context
  const { columns, unknownRows, unknownColumns } = found.table
  const heads = ['csv.column', 'csv.count', 'csv.was', 'csv.now', 'csv.take'] as const
  return (
    <>
      {columns
        .filter(({ lostZeros }) => lostZeros > 0)
        .map(({ name, lostZeros }) => (
          <Note tone="wait" icon="alert" title={t('csv.zeros', { column: name, count: lostZeros })}>
            <p>{t('csv.zerosText')}</p>
          </Note>
        ))}
      <Form class="card" method="post" action={`/attempts/${attempt.id}/import`}>
        <input type="hidden" name="lease" value={attempt.lease ?? ''} />
        <input type="hidden" name="task" value={item.ref.slice(1)} />
        <input
          type="hidden"
          name={revisionField(item.ref)}
          value={String(attempt.responses[item.ref]?.revision ?? 0)}
        />
        <input type="hidden" name="csv" value={found.csv} />
        <input type="hidden" name="name" value={found.name} />
        <table class="taken" role="table" aria-label={t('csv.preview')}>
          <thead role="rowgroup">
            <tr role="row">
              {heads.map((head) => (
                <th scope="col" role="columnheader">
                  {t(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {columns.map((column) => (
              <Column context={context} column={column} />
            ))}
          </tbody>
        </table>
        {unknownRows + unknownColumns > 0 && (
          <p class="small">{t('csv.unknown', { columns: unknownColumns, rows: unknownRows })}</p>
        )}
        <p class="btns">
          <button class="btn primary">{t('csv.apply')}</button>
          <Back context={context} attempt={attempt} item={item} />
        </p>
      </Form>
    </>
  )
}

const Back = ({ context: { t }, attempt, item }: Pick<ImportProps, 'context' | 'attempt' | 'item'>) => (
  <a class="btn ghost" href={`/attempts/${attempt.id}?task=${item.ref.slice(1)}`}>
    {t('csv.back')}
  </a>
)

/** Picking a file, and what it would change: nothing is changed before that was seen. */
export const ImportPage = (props: ImportProps) => {
  const { context, attempt, item, problem, found } = props
  const { t } = context
  const count = found?.table.columns.reduce((sum, { changes }) => sum + changes.length, 0) ?? 0
  const title = found ? (count > 0 ? t('csv.changes', { count }) : t('csv.same')) : t('csv.title')
  return (
    <ExamDocument context={context} title={`${title}｜${attempt.title}`} styles={tableStyles}>
      <PaperBar
        context={context}
        attempt={attempt}
        page="import"
        sub={<span lang={attempt.locale}>{item.task.title}</span>}
      />
      <main id="main" class="import">
        <h1>{title}</h1>
        <p class="lead">{found ? t('csv.found', { name: found.name, rows: found.table.rows }) : t('csv.lead')}</p>
        {problem && (
          <div role="alert">
            <Note tone="bad" icon="alert">
              <p id="file-problem">{t(`csv.problem.${problem}`)}</p>
            </Note>
          </div>
        )}
        {found && count > 0 ? (
          <Preview {...props} found={found} />
        ) : (
          <Form class="card" method="post" enctype="multipart/form-data" action={`/attempts/${attempt.id}/import`}>
            <input type="hidden" name="lease" value={attempt.lease ?? ''} />
            <input type="hidden" name="task" value={item.ref.slice(1)} />
            <label for="file">{t('csv.file')}</label>
            <input
              type="file"
              id="file"
              name="file"
              accept=".csv,.txt,text/csv"
              aria-describedby={problem ? 'file-problem' : undefined}
            />
            <p class="btns">
              <button class="btn primary">{t('csv.look')}</button>
              <Back context={context} attempt={attempt} item={item} />
            </p>
          </Form>
        )}
      </main>
    </ExamDocument>
  )
}
