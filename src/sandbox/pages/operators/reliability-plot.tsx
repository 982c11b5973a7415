import { Cell, type Column, RowTable } from '../../../platform/page/row-table.tsx'
import type { Bin } from '../../detector/judge/figures.ts'
import type { Reader } from '../parts/layout.tsx'

const HEIGHT = 220
const MARKS = [0, 0.5, 1] as const
/** Where the diagonal may be named, the best place first: left of it, because points lie to the right of it more often. */
const NAME_PLACES = ([-1, 1] as const).flatMap((side) => [0.36, 0.5, 0.64, 0.3, 0.7].map((at) => ({ at, side })))
/** The name of the diagonal, in shares of the plot: with the longest of the languages in it, and how far from the line it stands. */
const NAME = { wide: 0.24, high: 0.08, gap: 0.04 } as const
/** The room that the largest point takes. */
const POINT = 0.06
const RADIUS = { least: 5, most: 11 } as const

const percent = (share: number): string => `${Math.round(100 * share)}%`
const x = (share: number): string => `${(100 * share).toFixed(1)}%`
const y = (share: number): number => HEIGHT * (1 - share)

/** Area in step with the number of posts. */
const radiusOf = (n: number, most: number): number =>
  RADIUS.least + (RADIUS.most - RADIUS.least) * Math.sqrt(n / Math.max(1, most))

/** How far the nearest point is from the name of the diagonal at a place, in shares of the plot. */
function clearance(points: readonly Pick<Bin, 'said' | 'was'>[], { at, side }: (typeof NAME_PLACES)[number]): number {
  const middle = { said: at + side * (NAME.gap + NAME.wide / 2), was: at - side * (NAME.gap + NAME.high / 2) }
  return Math.min(
    ...points.map(({ said, was }) =>
      Math.hypot(
        Math.max(0, Math.abs(said - middle.said) - NAME.wide / 2),
        Math.max(0, Math.abs(was - middle.was) - NAME.high / 2),
      ),
    ),
  )
}

/** Where the diagonal is named: the first place that no point touches, else the one that is farthest from all. */
export function nameDiagonal(points: readonly Pick<Bin, 'said' | 'was'>[]): (typeof NAME_PLACES)[number] {
  const places = NAME_PLACES.map((place) => ({ place, clear: clearance(points, place) }))
  const free = places.find(({ clear }) => clear > POINT)
  return (free ?? places.reduce((best, one) => (one.clear > best.clear ? one : best))).place
}

interface ReliabilityView {
  readonly reader: Reader
  readonly bins: readonly Bin[]
  /** Its own on the page. */
  readonly id: string
}

function Plot({ reader, bins, id }: ReliabilityView) {
  const { t } = reader
  const most = Math.max(...bins.map(({ n }) => n))
  const name = nameDiagonal(bins)
  return (
    <div class="plot-frame square">
      <svg class="plot" height={HEIGHT} role="img" aria-labelledby={`${id}-title ${id}-text`}>
        <title id={`${id}-title`}>{t('detector.plotTitle')}</title>
        <desc id={`${id}-text`}>
          {bins
            .map(({ said, was, n }) =>
              t('detector.plotPoint', { n, said: Math.round(100 * said), was: Math.round(100 * was) }),
            )
            .join(t('detector.plotJoin'))}
        </desc>
        {MARKS.map((mark) => (
          <>
            <line class="grid" x1="0" x2="100%" y1={y(mark)} y2={y(mark)} />
            <text x="0" dx="-8" y={y(mark)} dy=".35em" text-anchor="end">
              {percent(mark)}
            </text>
            <text x={x(mark)} y={HEIGHT} dy="18" text-anchor="middle">
              {percent(mark)}
            </text>
          </>
        ))}
        <line class="drop" x1="0" x2="100%" y1={HEIGHT} y2="0" />
        <text
          x={x(name.at)}
          y={y(name.at)}
          dx={10 * name.side}
          dy={name.side < 0 ? -8 : 18}
          text-anchor={name.side < 0 ? 'end' : 'start'}
        >
          {t('detector.perfect')}
        </text>
        <text class="label" x="50%" y={HEIGHT} dy="39" text-anchor="middle">
          {t('detector.said')}
        </text>
        {bins.map(({ said, was, n }) => (
          <circle class="here" cx={x(said)} cy={y(was)} r={radiusOf(n, most).toFixed(1)} />
        ))}
      </svg>
    </div>
  )
}

function Figures({ reader, bins }: ReliabilityView) {
  const { t } = reader
  const [range, n, said, was] = [
    { title: t('detector.range') },
    { title: t('detector.count'), figures: true },
    { title: t('detector.said'), figures: true },
    { title: t('detector.was'), figures: true },
  ] as const satisfies readonly Column[]
  return (
    <RowTable caption={t('detector.reliability')} columns={[range, n, said, was]}>
      {bins.map((bin) => (
        <tr role="row">
          <Cell column={range}>{t('list.range', { low: percent(bin.from), high: percent(bin.to) })}</Cell>
          <Cell column={n}>{String(bin.n)}</Cell>
          <Cell column={said}>{percent(bin.said)}</Cell>
          <Cell column={was}>{percent(bin.was)}</Cell>
        </tr>
      ))}
    </RowTable>
  )
}

/** Whether what the detector said came true: a plot, and the same as a table. */
export function Reliability(view: ReliabilityView) {
  const { t } = view.reader
  return (
    <div class="flow">
      <h3>{t('detector.reliability')}</h3>
      <p class="tiny">{t('detector.reliabilityText')}</p>
      <div class="halves plain">
        <div>
          <p class="tiny">{t('detector.was')}</p>
          <Plot {...view} />
        </div>
        <Figures {...view} />
      </div>
    </div>
  )
}
