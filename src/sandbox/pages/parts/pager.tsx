import { Icon } from '../../../platform/page/icon.tsx'
import { link } from '../links.ts'
import type { Reader } from './layout.tsx'

/** A page of a list, and the place from which it goes on; undefined at the end. */
export interface Paged<Entry> {
  readonly entries: readonly Entry[]
  readonly next: string | undefined
}

/** A page of what was read, which is one more than `size` where the list goes on. `placeOf` names the place behind an entry. */
export function pageOf<Entry>(read: readonly Entry[], size: number, placeOf: (last: Entry) => string): Paged<Entry> {
  const entries = read.slice(0, size)
  const last = read.length > size ? entries.at(-1) : undefined
  return { entries, next: last && placeOf(last) }
}

interface PagerProps {
  readonly reader: Reader
  readonly path: string
  /** What the address says, the places of other lists of the page among it. */
  readonly query?: Readonly<Record<string, string | undefined>>
  /** The parameter in which the place of this list stands. */
  readonly place?: string
  readonly next: string | undefined
  /** The id of the heading of a list that shares its page with others: the links lead back to it. */
  readonly list?: string
}

/** The ways on and back to the start of a list; nothing where all of it is shown. */
export function Pager({ reader, path, query = {}, place = 'after', next, list }: PagerProps) {
  const { locale, t } = reader
  const further = (query[place] ?? '') !== ''
  if (!further && next === undefined) return null
  const at = (value: string | undefined) =>
    `${link(locale, path, { ...query, [place]: value })}${list === undefined ? '' : `#${list}`}`
  return (
    <nav
      class="btns pager"
      {...(list === undefined ? { 'aria-label': t('market.search.pages') } : { 'aria-labelledby': list })}
    >
      {further && (
        <a class="btn s ghost" href={at(undefined)}>
          <Icon name="left" small />
          {t('market.pager.start')}
        </a>
      )}
      {next !== undefined && (
        <a class="btn s outline" href={at(next)} rel="next">
          {t('market.pager.next')}
          <Icon name="right" small />
        </a>
      )}
    </nav>
  )
}
