import { type BankComparison, isGradedOtherwise } from '../../../item/publishing/compare-banks.ts'
import type { SourceChange } from '../../../item/source/compare-sources.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import type { PageContext } from '../../ui/page-context.ts'

/** Ids of items whose key is another one, and `tasks/<id>` of tasks whose material or key is. */
export const keyChanges = (comparison: Pick<BankComparison, 'changed' | 'tasks'> | undefined): ReadonlySet<string> =>
  new Set([
    ...(comparison?.changed ?? [])
      .filter(({ facts }) => facts.some(({ field }) => field === 'key'))
      .map(({ id }) => id),
    ...(comparison?.tasks ?? []).filter(isGradedOtherwise).map(({ name }) => `tasks/${name}`),
  ])

const hasKey = (keys: ReadonlySet<string>, { item, path }: SourceChange): boolean =>
  keys.has(item ?? path.replace(/\.(?:ja|en)\.md$/, ''))

/** Changes of keys stand first: they touch who is right. */
export const inOrderOfWeight = (changes: readonly SourceChange[], keys: ReadonlySet<string>): readonly SourceChange[] =>
  [...changes].sort((a, b) => Number(hasKey(keys, b)) - Number(hasKey(keys, a)))

const signs = { same: '', minus: '-', plus: '+' } as const

const Lines = ({ context: { t }, change: { lines, isCut, path } }: { context: PageContext; change: SourceChange }) => (
  <div class="diff" lang={/\.en\.md$/.test(path) ? 'en' : 'ja'}>
    {lines.map(({ kind, number, parts }) => (
      <div class={`d ${kind}`}>
        <span class="dn">{number}</span>
        <span class="ds">
          {signs[kind]}
          {kind !== 'same' && <span class="unseen">{t(kind === 'minus' ? 'desk.removedLine' : 'desk.addedLine')}</span>}
        </span>
        <span>
          {parts.map(({ text, differs }) =>
            !differs ? text : kind === 'minus' ? <del>{text}</del> : <ins>{text}</ins>,
          )}
        </span>
      </div>
    ))}
    {isCut && <p class="tiny">{t('desk.cut')}</p>}
  </div>
)

/** Changes that one page shows; the others are on the pages after it. */
export const CHANGES_A_PAGE = 100

/** So many changes stand open; more would bury the rest. */
const OPEN_AT_ONCE = 12

/** Item by item what was written otherwise, word by word. */
export const SourceDifference = ({
  context,
  changes,
  keys,
  page,
}: {
  context: PageContext
  changes: readonly SourceChange[]
  keys: ReadonlySet<string>
  /** Absent where all of them are shown. */
  page?: number
}) => {
  const { t } = context
  const from = ((page ?? 1) - 1) * CHANGES_A_PAGE
  const to = page === undefined ? undefined : from + CHANGES_A_PAGE
  return (
    <>
      {inOrderOfWeight(changes, keys)
        .slice(from, to)
        .map((change, nth) => (
          <details class="card handcard" open={nth < OPEN_AT_ONCE}>
            <summary>
              <Icon name="right" small />
              <span class="hand-t">
                <b>{change.title || change.item || change.path}</b>{' '}
                {change.title && <small>{change.item ?? change.path}</small>}
              </span>
              {hasKey(keys, change) ? (
                <Chip tone="bad" icon="flag">
                  {t('bank.keyChanged')}
                </Chip>
              ) : (
                <Chip
                  tone={change.kind === 'removed' ? 'wait' : 'act'}
                  icon={change.kind === 'removed' ? 'cross' : 'pen'}
                >
                  {t(`desk.kind.${change.kind}`)}
                </Chip>
              )}
            </summary>
            <Lines context={context} change={change} />
          </details>
        ))}
    </>
  )
}
