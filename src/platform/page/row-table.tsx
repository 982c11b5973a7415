import type { Child } from 'hono/jsx'

export interface Column {
  readonly title: string
  /** Figures stand at the end of their cell. */
  readonly figures?: boolean
}

/** A table whose rows become cards on a narrow screen; roles are given, because a card is no table to a browser. */
export const RowTable = ({ caption, columns, children, foot }: { caption: string; columns: readonly Column[]; children: Child; foot?: Child }) => (
  <table class="rows" role="table">
    <caption class="unseen">{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {columns.map(({ title, figures }) => (
          <th scope="col" role="columnheader" class={figures ? 'figures' : undefined}>
            {title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">{children}</tbody>
    {foot && <tfoot role="rowgroup">{foot}</tfoot>}
  </table>
)

/** A cell that names its column where the head of the table is not seen. An empty one is left out of a card. */
export const Cell = ({ column, children, empty }: { column: Column; children: Child; empty?: boolean }) => (
  <td role="cell" data-label={column.title} class={[column.figures ? 'figures' : '', empty ? 'void' : ''].filter(Boolean).join(' ') || undefined}>
    {children}
  </td>
)
