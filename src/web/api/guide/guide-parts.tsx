import type { Child, PropsWithChildren } from 'hono/jsx'
import { type ExampleName, examples } from './examples.ts'

/** A chapter of the guide; its id is the anchor of the list of contents. */
export const Chapter = ({ id, title, children }: PropsWithChildren<{ id: string; title: string }>) => (
  <section class="card guide" id={id}>
    <h2>{title}</h2>
    {children}
  </section>
)

/** Text of a program, as it is. It scrolls by itself, by keyboard too. */
export const Code = ({ label, children }: { label: string; children: string }) => (
  <pre class="code" tabindex={0} role="region" aria-label={label}>
    <code>{children.trimEnd()}</code>
  </pre>
)

/** A program of the guide behind its name. */
export const Example = ({ name, title, open = false }: { name: ExampleName; title: string; open?: boolean }) => (
  <details class="example" open={open}>
    <summary>
      {title} <code>{name}</code>
    </summary>
    <Code label={name}>{examples[name]}</Code>
  </details>
)

/** A table that becomes cards on a narrow screen; every cell then says which column it is of. */
export const GuideTable = ({ caption, columns, rows }: { caption: string; columns: readonly string[]; rows: readonly (readonly Child[])[] }) => (
  <table class="tb" role="table">
    <caption class="unseen">{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {columns.map((column) => (
          <th scope="col" role="columnheader">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map(([first, ...others]) => (
        <tr role="row">
          <th scope="row" role="rowheader" class="all">
            {first}
          </th>
          {others.map((cell, at) => (
            <td role="cell" class="all" data-l={columns[at + 1]}>
              {cell}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)
