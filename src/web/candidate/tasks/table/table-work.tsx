import { writeCsv } from '../../../../platform/page/csv.ts'
import { Icon } from '../../../../platform/page/icon.tsx'
import { type Entries, type PresentedTask, type TaskField, valueIn } from '../../../../task/present.ts'
import { cellName, type ShownColumn } from '../../../../task/table/present.ts'
import { gridScript, tableStyles } from '../../../assets.ts'
import type { PageContext } from '../../../ui/page-context.ts'
import { Below, FieldNote, Was } from '../field-note.tsx'
import { controlId, controlName, type TaskControl, type TaskProps } from '../task-control.ts'
import type { GridTexts } from './grid-texts.ts'

type Table = PresentedTask<'table'>

interface Layout {
  /** The column that names rows, and all others. */
  readonly head: ShownColumn | undefined
  readonly columns: readonly ShownColumn[]
  /** Names of columns that were empty: whoever works fills them. */
  readonly own: ReadonlySet<string>
  readonly fields: ReadonlyMap<string, { readonly field: TaskField; readonly index: number }>
}

function layoutOf({ materials, fields }: Table): Layout {
  const byName = new Map(fields.map((field, index) => [field.name, { field, index }]))
  const head = materials.columns.find(({ input }) => input === 'fixed')
  const isOwn = ({ name, input }: ShownColumn) =>
    input !== 'fixed' && materials.rows.every(({ id }) => byName.get(cellName(id, name))?.field.initial === '')
  return {
    head,
    columns: materials.columns.filter((column) => column !== head),
    own: new Set(materials.columns.filter(isOwn).map(({ name }) => name)),
    fields: byName,
  }
}

/** How much was done, by what a table asks for: cells changed, and cells filled in each empty column. */
export function countChanges(task: Table, entries: Entries) {
  const { own } = layoutOf(task)
  const columnOf = new Map(
    task.materials.rows.flatMap(({ id }) => task.materials.columns.map(({ name }) => [cellName(id, name), name])),
  )
  const changed = Object.keys(entries).map((name) => columnOf.get(name) ?? '')
  return {
    changed: changed.filter((column) => !own.has(column)).length,
    filled: [...own].map((column) => ({ column, count: changed.filter((one) => one === column).length })),
  }
}

const Counts = ({ context: { t }, item: { task }, entries }: TaskProps<'table'>) => {
  const { changed, filled } = countChanges(task, entries)
  return (
    <p class="counts">
      <span>{t('table.rows', { count: task.materials.rows.length })}</span>
      <span data-count="">
        <i class="swatch" aria-hidden="true" />
        {t('table.changed', { count: changed })}
      </span>
      {filled.map(({ column, count }) => (
        <span data-count={column} lang="ja">
          {t('table.filled', { column, count })}
        </span>
      ))}
    </p>
  )
}

/** What cannot be seen or heard in a cell; filled in by the page's script. */
const Here = ({ context: { t } }: Pick<TaskProps, 'context'>) => (
  <div class="here js-only" id="here" role="group" aria-label={t('table.here')}>
    <span class="at" id="here-at" lang="ja" />
    <span class="was" id="here-was" hidden>
      <Was context={{ t }} initial="" />
    </span>
    <span class="width" id="here-width" hidden>
      {t('table.now')} <span />
    </span>
    <button type="button" class="btn ghost xs" id="here-undo" hidden>
      <Icon name="redo" />
      {t('practical.undo')}
    </button>
  </div>
)

const Row = ({
  props: { context, item, entries, problems },
  layout: { head, columns, own, fields },
  row,
  index,
}: {
  readonly props: TaskProps<'table'>
  readonly layout: Layout
  readonly row: Table['materials']['rows'][number]
  readonly index: number
}) => {
  const { t } = context
  const changed = columns.filter(({ name }) => entries[cellName(row.id, name)] !== undefined).length
  const rowName = (head && row.fixed[head.name]) || row.id
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <label>
          <input type="checkbox" class="opens" aria-label={t('table.open', { row: rowName })} />
          <span id={`r-${index}`} lang="ja">
            {rowName}
          </span>
        </label>
        <b class="row-changed" hidden={changed === 0}>
          {t('table.changedRow', { count: changed })}
        </b>
      </th>
      {columns.map((column, c) => {
        const name = cellName(row.id, column.name)
        const cell = fields.get(name)
        if (!cell)
          return (
            <td role="cell" data-label={column.name}>
              {row.fixed[column.name]}
            </td>
          )
        const { field, index: at } = cell
        const value = valueIn(field, entries)
        const id = controlId(item.ref, at)
        const isChanged = value !== field.initial
        return (
          <td
            role="cell"
            data-label={column.name}
            data-changed={isChanged ? '' : undefined}
            data-own={own.has(column.name) ? '' : undefined}
          >
            <input
              id={id}
              name={controlName(item.ref, name)}
              value={value}
              data-was={isChanged ? field.initial : undefined}
              maxlength={field.max}
              size={Math.max(4, column.width * 2)}
              inputmode={column.input === 'row-number' ? 'numeric' : undefined}
              aria-labelledby={`r-${index} c-${c}`}
              aria-describedby={problems[name] ? `${id}-problem` : undefined}
              aria-invalid={problems[name] ? 'true' : undefined}
              autocomplete="off"
              spellcheck={false}
            />
            <FieldNote context={context} id={id} field={field} value={value} problem={problems[name]} />
          </td>
        )
      })}
    </tr>
  )
}

/** The sentences of the page's script. */
const gridTexts = ({ t }: PageContext): GridTexts => ({
  changed: t('table.changed', { count: '{count}' }),
  changedRow: t('table.changedRow', { count: '{count}' }),
  filled: t('table.filled', { column: '{column}', count: '{count}' }),
  half: t('table.half', { count: '{count}' }),
  full: t('table.full', { count: '{count}' }),
  before: t('table.before', { count: '{count}' }),
  after: t('table.after', { count: '{count}' }),
  empty: t('table.empty'),
  comma: t('list.comma'),
  copied: t('table.copied'),
  pasted: t('table.pasted', { count: '{count}' }),
})

/** A table to put in order: every cell is a plain field. On a phone each row is a card that opens. */
export const tableWork: TaskControl<'table'> = {
  script: gridScript,
  styles: tableStyles,
  Work(props) {
    const { context, item } = props
    const layout = layoutOf(item.task)
    // what is written oneself is short; the room is for what has to be read
    const widths = layout.columns.map(({ name, width }) =>
      Math.max(4, layout.own.has(name) ? Math.min(width, 7) : width),
    )
    const all = widths.reduce((sum, width) => sum + width, 4)
    const share = (width: number) => `${((100 * width) / all).toFixed(1)}%`
    return (
      <div class="card flush gridcard" id="gridcard" data-texts={JSON.stringify(gridTexts(context))}>
        <Counts {...props} />
        <Here context={context} />
        <template id="below">
          <Below context={context} name="" initial="" label="" />
        </template>
        <table class="grid" role="table" lang="ja" aria-label={context.t('table.name')}>
          <colgroup>
            <col width={share(4)} />
            {widths.map((width) => (
              <col width={share(width)} />
            ))}
          </colgroup>
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">
                {layout.head?.name}
              </th>
              {layout.columns.map(({ name }, c) => (
                <th scope="col" role="columnheader" id={`c-${c}`} class={layout.own.has(name) ? 'own' : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {item.task.materials.rows.map((row, index) => (
              <Row props={props} layout={layout} row={row} index={index} />
            ))}
          </tbody>
        </table>
      </div>
    )
  },
  Summary: (props) => <Counts {...props} />,
  File: (task, entries) => {
    const { columns, rows } = task.materials
    const byName = new Map(task.fields.map((field) => [field.name, valueIn(field, entries)]))
    const lines = rows.map(({ id, fixed }) =>
      columns.map(({ name }) => byName.get(cellName(id, name)) ?? fixed[name] ?? ''),
    )
    return { extension: 'csv', type: 'text/csv', text: writeCsv([columns.map(({ name }) => name), ...lines]) }
  },
  Tools: ({ context: { t }, item, isPractice }) => (
    <>
      <button type="button" class="btn ghost xs js-only" id="copy-table">
        <Icon name="copy" />
        {t('table.copy')}
      </button>
      {!isPractice && (
        <button class="btn ghost xs" name="go" value="import" data-turn={`/import?task=${item.ref.slice(1)}`}>
          <Icon name="up" />
          {t('csv.read')}
        </button>
      )}
    </>
  ),
  Tip: ({ context: { t }, isPractice }) => (
    <>
      {!isPractice && <p class="js-only">{t('table.tip')}</p>}
      <p class="js-only">{t('table.keys')}</p>
      {!isPractice && <p class="nojs-only">{t('table.tipPlain')}</p>}
    </>
  ),
}
