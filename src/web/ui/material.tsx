import type { Child } from 'hono/jsx'
import type { CompiledHtml } from '../../item/markup/compiled-html.ts'
import { Compiled } from './compiled.tsx'

/** Materials of a practical task of any kind, by the names that they have in the paper: texts, lists, and what is compiled. */
export const Material = ({ name = '', value }: { name?: string; value: unknown }): Child => {
  if (Array.isArray(value))
    return (
      <ol>
        {value.map((one) => (
          <li>
            <Material value={one} />
          </li>
        ))}
      </ol>
    )
  if (typeof value === 'object' && value !== null)
    return (
      <dl class="kv">
        {Object.entries(value).map(([key, one]) => (
          <div>
            <dt>{key}</dt>
            <dd>
              <Material name={key} value={one} />
            </dd>
          </div>
        ))}
      </dl>
    )
  if (/html$/i.test(name)) return <Compiled html={String(value) as CompiledHtml} />
  return <span class="asis">{String(value)}</span>
}
