import type { Child } from 'hono/jsx'
import { FEWEST_FOR_SHARE, type Share } from '../../measurement/exam-figures.ts'
import type { Estimate } from '../../measurement/item-flags.ts'
import { Chip } from '../../platform/page/state.tsx'
import type { PageContext } from '../ui/page-context.ts'

export interface Tile {
  readonly name: string
  readonly value: Child
  readonly unit?: string
  readonly note?: Child
  /** What is behind it. */
  readonly href?: string
  readonly isFlagged?: boolean
}

/** Says of figures that they come from sample items. */
export const SampleNote = ({ context: { t }, isSample }: { context: PageContext; isSample: boolean }) =>
  isSample ? (
    <Chip tone="hollow" icon="info">
      {t('figure.sample')}
    </Chip>
  ) : null

/** A few figures in a row, each a link to what is behind it where it has one. */
export const FigureTiles = ({ tiles, label }: { tiles: readonly Tile[]; label: string }) => (
  <ul class="tiles" aria-label={label}>
    {tiles.map(({ name, value, unit, note, href, isFlagged }) => {
      const figure = (
        <>
          <span class="tile-name">{name}</span>
          <span class="tile-value">
            <b>{value}</b>
            {unit && <small>{unit}</small>}
          </span>
          {note && <span class="tile-note">{note}</span>}
        </>
      )
      return <li class={isFlagged ? 'bad' : undefined}>{href ? <a href={href}>{figure}</a> : <div>{figure}</div>}</li>
    })}
  </ul>
)

export const percent = (share: number): number => Math.round(share * 100)

export const rangeText = ({ t }: PageContext, { low, high }: Estimate): string =>
  t('figure.range', { low: percent(low), high: percent(high) })

/** A share as a figure, with its interval or with how many are still missing. */
export const shareTile = (context: PageContext, { of, estimate }: Share): Pick<Tile, 'value' | 'unit' | 'note'> =>
  estimate
    ? { value: percent(estimate.value), unit: '%', note: rangeText(context, estimate) }
    : { value: '–', note: fewText(context, of) }

/** Whether so many say something. */
export const isEnough = (n: number): boolean => n >= FEWEST_FOR_SHARE

/** That there are too few for a figure. */
export const fewText = ({ t }: PageContext, n: number): string => t('figure.few', { n, fewest: FEWEST_FOR_SHARE })
