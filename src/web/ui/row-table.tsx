import type { PropsWithChildren } from 'hono/jsx'

/** A table that becomes cards on a narrow screen and keeps its roles. The last column holds what can be done; its head is read, not seen. */
export const RowTable = ({ caption, columns, action, children }: PropsWithChildren<{ caption: string; columns: readonly string[]; action: string }>) => (
  <table class="tb" role="table">
    <caption class="unseen">{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {columns.map((column) => (
          <th scope="col" role="columnheader">
            {column}
          </th>
        ))}
        <td role="cell">
          <span class="unseen">{action}</span>
        </td>
      </tr>
    </thead>
    <tbody role="rowgroup">{children}</tbody>
  </table>
)
