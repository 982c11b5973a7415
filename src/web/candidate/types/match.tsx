import { Compiled } from '../../ui/compiled.tsx'
import { markOf, Options } from './control-parts.tsx'
import { type ControlType, holdsUnknown, partsOf } from './control-type.ts'

/** The right column once, in full, then a select per left row: on a phone a closed select shows only its beginning. */
export const match: ControlType<'match'> = {
  Control: ({ item, given = {}, locale, t }) => (
    <>
      <ul class="pool" aria-label={t('question.pool')}>
        {item.right.map((choice, i) => (
          <li>
            <span class="k">{markOf(locale, i)}</span>
            <span>
              <Compiled html={choice.html} />
            </span>
          </li>
        ))}
      </ul>
      <ul class="pairs">
        {item.left.map((left) => (
          <li>
            <label for={`${item.ref}-${left.ref}`}>
              <Compiled html={left.html} />
            </label>
            <select class="input" id={`${item.ref}-${left.ref}`} name={`${item.ref}.${left.ref}`}>
              <Options choices={item.right} value={given[left.ref] ?? ''} marked locale={locale} t={t} />
            </select>
          </li>
        ))}
      </ul>
    </>
  ),
  readForm(item, fields) {
    const pairs = partsOf(fields, item.ref, item.left)
    return Object.keys(pairs).length === 0 ? null : pairs
  },
  problemOf: ({ right }, answer) => (holdsUnknown(right, Object.values(answer)) ? 'unreadable' : undefined),
}
