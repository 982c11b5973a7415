import type { MeasuredPoint } from '../../flows/read-today.ts'
import type { PageContext } from '../ui/page-context.ts'
import { excerpt } from './bank/comparison.tsx'

const HEIGHT = 300
/** Discriminations at the top and the bottom of the map; what lies beyond stands at its edge. */
const [TOP, BOTTOM] = [0.65, -0.25]
/** Where most items should lie: neither known by all nor by none, and told apart by those who know more. */
const GOOD = { from: 0.3, to: 0.9, least: 0.2 } as const
/** Points that are named on the map: more would cover each other. */
const NAMED = 5
const NAME_LENGTH = 14

const y = (discrimination: number): number =>
  ((TOP - Math.min(TOP, Math.max(BOTTOM, discrimination))) / (TOP - BOTTOM)) * HEIGHT
const x = (facility: number): string => `${(facility * 100).toFixed(2)}%`

/** Two decimals with a true minus sign, as figures of discrimination are written. */
export const signed = (value: number): string => `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(2)}`

const marks = {
  flagged: 'M0 -5.5 5.5 4.5H-5.5Z',
  suspect: 'M0 -6 6 0 0 6-6 0Z',
} as const

type Kind = 'fine' | keyof typeof marks

const kindOf = ({ flags }: MeasuredPoint): Kind =>
  flags.includes('negative-discrimination') ? 'suspect' : flags.length > 0 ? 'flagged' : 'fine'

const Mark = ({ kind }: { kind: Kind }) =>
  kind === 'fine' ? <circle r="3.6" class="pt" /> : <path d={marks[kind]} class="ptx" />

const Point = ({ point, name }: { point: MeasuredPoint; name: string | undefined }) => {
  const { facility, discrimination } = point
  const isRight = facility.value > 0.7
  return (
    <svg x={x(facility.value)} y={y(discrimination?.value ?? 0)} overflow="visible">
      <Mark kind={kindOf(point)} />
      {name && (
        <text x={isRight ? -11 : 11} dy=".35em" text-anchor={isRight ? 'end' : 'start'} class="ptl">
          {name}
        </text>
      )}
    </svg>
  )
}

/** The names of the most urgent points, where they do not lie over one another. */
function namesFor(
  points: readonly MeasuredPoint[],
  nameOf: (point: MeasuredPoint) => string,
): ReadonlyMap<MeasuredPoint, string> {
  const taken: number[] = []
  const named = new Map<MeasuredPoint, string>()
  for (const point of points.filter((one) => kindOf(one) !== 'fine')) {
    const at = y(point.discrimination?.value ?? 0)
    if (named.size === NAMED || taken.some((other) => Math.abs(other - at) < 16)) continue
    taken.push(at)
    named.set(point, nameOf(point))
  }
  return named
}

export const MapLegend = ({ context: { t } }: { context: PageContext }) => (
  <ul class="legend">
    {(['fine', 'flagged', 'suspect'] as const).map((kind) => (
      <li>
        <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
          <Mark kind={kind} />
        </svg>
        {t(`items.kind.${kind}`)}
      </li>
    ))}
  </ul>
)

/** Items by how easy they are and how well they tell people apart, and the flagged ones as a table. */
export const ItemMap = ({ context, points }: { context: PageContext; points: readonly MeasuredPoint[] }) => {
  const { t, locale } = context
  const shown = points.filter(({ discrimination }) => discrimination !== undefined)
  const nameOf = ({ of }: MeasuredPoint): string => {
    const text = excerpt(of, locale)
    return text.length > NAME_LENGTH ? `${text.slice(0, NAME_LENGTH)}…` : text
  }
  const names = namesFor(shown, nameOf)
  const flagged = shown.filter((point) => kindOf(point) !== 'fine')
  return (
    <div class="plot-frame map">
      <svg class="plot" height={HEIGHT} role="img" aria-labelledby="map-t map-d">
        <title id="map-t">{t('items.map')}</title>
        <desc id="map-d">{t('items.mapText', { items: shown.length, flagged: flagged.length })}</desc>
        <rect x={x(GOOD.from)} width={x(GOOD.to - GOOD.from)} y="0" height={y(GOOD.least)} class="zone" />
        <text x={x(GOOD.from)} dx="8" y="18" class="zonet">
          {t('items.good')}
        </text>
        {[0.6, 0.4, 0.2, 0, -0.2].map((at) => (
          <>
            <line x1="0" x2="100%" y1={y(at)} y2={y(at)} class={at === 0 ? 'zero' : 'grid'} />
            <text x="0" dx="-8" y={y(at)} dy=".35em" text-anchor="end">
              {at < 0 ? `−${Math.abs(at).toFixed(1)}` : at.toFixed(1)}
            </text>
          </>
        ))}
        {[0, 0.25, 0.5, 0.75, 1].map((at) => (
          <text x={x(at)} y={HEIGHT} dy="20" text-anchor={at === 1 ? 'end' : 'middle'}>
            {`${at * 100}%`}
          </text>
        ))}
        <text x="50%" y={HEIGHT} dy="40" text-anchor="middle" class="label">
          {t('items.facilityAxis')}
        </text>
        {[...shown].reverse().map((point) => (
          <Point point={point} name={names.get(point)} />
        ))}
      </svg>
      {flagged.length > 0 && (
        <div class="unseen">
          <table>
            <caption>{t('items.flagged', { count: flagged.length })}</caption>
            <thead>
              <tr>
                <th scope="col">{t('leaks.item')}</th>
                <th scope="col">{t('statistics.facility')}</th>
                <th scope="col">{t('statistics.discrimination')}</th>
              </tr>
            </thead>
            <tbody>
              {flagged.map((point) => (
                <tr>
                  <td>{nameOf(point)}</td>
                  <td>{`${Math.round(point.facility.value * 100)}%`}</td>
                  <td>{signed(point.discrimination?.value ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}
