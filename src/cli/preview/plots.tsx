import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'

const HEIGHT = 220
/** Names of marks stand above the bars, one line each. */
const MARK_LINE = 16

/** A line across a plot with its name: a mean, a percentile, a cap. */
export interface Mark {
  readonly at: number
  readonly label: string
  readonly isCap?: boolean
}

export interface Bin {
  /** Where the bin lies on the axis. */
  readonly from: number
  readonly to: number
  /** The least and the greatest value in it. */
  readonly low: number
  readonly high: number
  readonly count: number
}

/**
 * Values in at most `most` bins of equal width. Means and shares over a fixed number of items lie on a grid, so a bin
 * holds the same number of its points everywhere: any other width would comb the picture.
 */
export function binsOf(values: readonly number[], most = 24): Bin[] {
  const sorted = [...values].sort((a, b) => a - b)
  const first = sorted[0] ?? 0
  const range = (sorted.at(-1) ?? 0) - first
  const gaps = sorted.map((value, i) => value - (sorted[i - 1] ?? value)).filter((gap) => gap > 1e-6)
  const grid = gaps.length === 0 ? 1 : Math.min(...gaps)
  const step = grid * Math.max(1, Math.ceil((range / grid + 1) / most))
  const bins: Bin[] = []
  for (const value of sorted) {
    const i = Math.floor((value - first) / step + 1e-3)
    const from = first - grid / 2 + i * step
    const known = bins[i] ?? { from, to: from + step, low: value, high: value, count: 0 }
    bins[i] = { ...known, high: value, count: known.count + 1 }
  }
  return bins.filter(Boolean)
}

interface PlotProps {
  /** Its own on the page. */
  readonly id: string
  readonly title: string
  readonly description: string
  readonly axis: string
  readonly format: (value: number) => string
}

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`

const YTicks = ({
  ticks,
  y,
  format,
}: {
  ticks: readonly number[]
  y: (value: number) => number
  format: (value: number) => string
}) => (
  <>
    {ticks.map((tick) => (
      <>
        <line class="grid" x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
        <text x="0" dx="-8" y={y(tick)} dy=".35em" text-anchor="end">
          {format(tick)}
        </text>
      </>
    ))}
  </>
)

const Frame = ({ id, title, description, axis, children }: Omit<PlotProps, 'format'> & { children: unknown }) => (
  <div class="plot-frame">
    <svg class="plot" height={HEIGHT} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      {children}
      <text class="label" x="50%" y={HEIGHT} dy="38" text-anchor="middle">
        {axis}
      </text>
    </svg>
  </div>
)

/** How often values fall where. */
export function Histogram({
  bins,
  marks,
  ...plot
}: PlotProps & { readonly bins: readonly Bin[]; readonly marks: readonly Mark[] }) {
  const ends = [...bins.flatMap(({ from, to }) => [from, to]), ...marks.map(({ at }) => at)]
  const x = scaleLinear([Math.min(...ends), Math.max(...ends)], [0, 1])
  const y = scaleLinear([0, Math.max(...bins.map(({ count }) => count))], [HEIGHT, marks.length * MARK_LINE + 8]).nice(
    4,
  )
  return (
    <Frame {...plot}>
      <YTicks ticks={y.ticks(4)} y={y} format={(count) => count.toLocaleString('en')} />
      {bins.map(({ from, to, count }) => (
        <rect
          class="okb"
          x={percent(x(from) + (x(to) - x(from)) * 0.06)}
          width={percent((x(to) - x(from)) * 0.88)}
          y={y(count)}
          height={HEIGHT - y(count)}
        />
      ))}
      {x.ticks(5).map((tick) => (
        <text x={percent(x(tick))} y={HEIGHT} dy="17" text-anchor="middle">
          {plot.format(tick)}
        </text>
      ))}
      {marks.map(({ at, label, isCap }, i) => (
        <>
          <line class={isCap ? 'cap' : 'mark'} x1={percent(x(at))} x2={percent(x(at))} y1={i * MARK_LINE} y2={HEIGHT} />
          <text
            class="halo"
            x={percent(x(at))}
            y={i * MARK_LINE}
            dx={x(at) > 0.6 ? -6 : 6}
            dy="11"
            text-anchor={x(at) > 0.6 ? 'end' : 'start'}
          >
            {label}
          </text>
        </>
      ))}
    </Frame>
  )
}

/** Values from the largest to the smallest, as a curve over their rank. */
export function RankCurve({ values, ...plot }: PlotProps & { readonly values: readonly number[] }) {
  const y = scaleLinear([0, Math.max(...values, 0.01)], [HEIGHT, 0]).nice(4)
  const last = Math.max(1, values.length - 1)
  const x = scaleLinear([1, last + 1], [0, 1])
  const place = (_: number, i: number) => (1000 * i) / last
  return (
    <Frame {...plot}>
      <YTicks ticks={y.ticks(4)} y={y} format={plot.format} />
      <svg x="0" y="0" width="100%" height={HEIGHT} viewBox={`0 0 1000 ${HEIGHT}`} preserveAspectRatio="none">
        <path class="area" d={area<number>(place, HEIGHT, (value) => y(value))(values) ?? ''} />
        <path class="curve" d={line<number>(place, (value) => y(value))(values) ?? ''} />
      </svg>
      {[1, ...x.ticks(4).filter((tick) => tick > 1 && Number.isInteger(tick))].map((tick) => (
        <text x={percent(x(tick))} y={HEIGHT} dy="17" text-anchor="middle">
          {String(tick)}
        </text>
      ))}
    </Frame>
  )
}

/** One bar per row, each under its name; made of a list, so that long names break as text does. */
export const ShareBars = ({
  rows,
  id,
  title,
  description,
}: Pick<PlotProps, 'id' | 'title' | 'description'> & {
  readonly rows: readonly { readonly name: string; readonly share: number }[]
}) => (
  <figure aria-labelledby={`${id}-title`} aria-describedby={`${id}-desc`}>
    <p class="unseen" id={`${id}-desc`}>
      {description}
    </p>
    <ul class="rows">
      {rows.map(({ name, share }, i) => (
        <li>
          <p>
            {name} <b class="num">{`${(100 * share).toFixed(1)}%`}</b>
          </p>
          <svg class="meter" role="img" aria-labelledby={`${id}-${i}`}>
            <title id={`${id}-${i}`}>{`${title}：${name}`}</title>
            <desc>{`${(100 * share).toFixed(1)}%`}</desc>
            <rect width={percent(share)} height="100%" />
          </svg>
        </li>
      ))}
    </ul>
  </figure>
)
