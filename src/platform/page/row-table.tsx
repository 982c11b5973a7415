import type { Child, PropsWithChildren } from 'hono/jsx'

export interface Column {
  readonly title: string
  /** Figures stand at the end of their cell. */
  readonly figures?: boolean
}

interface RowTableProps {
  readonly caption: string
  readonly columns: readonly (Column | string)[]
  /** Head of a last column, which holds what can be done; it is read, not seen. */
  readonly action?: string
  readonly foot?: Child
}

const figuresClass = ({ figures }: Column): string | undefined => (figures ? 'figures' : undefined)

/** A table whose rows become cards on a narrow screen; roles are given, because a card is no table to a browser. */
export const RowTable = ({ caption, columns, action, foot, children }: PropsWithChildren<RowTableProps>) => (
  <table class="table" role="table">
    <caption class="unseen">{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {columns
          .map((one) => (typeof one === 'string' ? { title: one } : one))
          .map((column) => (
            <th scope="col" role="columnheader" class={figuresClass(column)}>
              {column.title}
            </th>
          ))}
        {action && (
          <td role="cell">
            <span class="unseen">{action}</span>
          </td>
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">{children}</tbody>
    {foot && <tfoot role="rowgroup">{foot}</tfoot>}
  </table>
)

/** A cell that names its column where the head of the table is not seen. An empty one is left out of a card. */
export const Cell = ({ column, empty, children }: PropsWithChildren<{ column: Column; empty?: boolean }>) => (
  <td
    role="cell"
    data-label={column.title}
    class={[figuresClass(column), empty && 'void'].filter(Boolean).join(' ') || undefined}
  >
    {children}
  </td>
)
