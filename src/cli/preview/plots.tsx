import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'

const HEIGHT = 200

/** A line across a plot with its name: a mean, a percentile, a cap. */
export interface Mark {
  readonly at: number
  readonly label: string
  readonly isCap?: boolean
}

export interface Bin {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Values in bins of equal and round width, about `wanted` of them. */
export function binsOf(values: readonly number[], wanted = 16): Bin[] {
  const scale = scaleLinear([Math.min(...values), Math.max(...values)], [0, 1]).nice(wanted)
  const edges = scale.ticks(wanted)
  const step = (edges[1] ?? Number.NaN) - (edges[0] ?? 0)
  // one value over and over has no width to divide
  if (!(step > 0)) return [{ from: values[0] ?? 0, to: values[0] ?? 0, count: values.length }]
  const first = edges[0] as number
  const counts = new Array<number>(edges.length).fill(0)
  for (const value of values) {
    const i = Math.min(counts.length - 1, Math.floor((value - first) / step + 1e-9))
    counts[i] = (counts[i] ?? 0) + 1
  }
  return counts.map((count, i) => ({ from: first + i * step, to: first + (i + 1) * step, count })).filter(({ count }, i) => count > 0 || i < counts.length - 1)
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

const YTicks = ({ ticks, y, format }: { ticks: readonly number[]; y: (value: number) => number; format: (value: number) => string }) => (
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
  <div class="fig">
    <svg class="plot" height={HEIGHT} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      {children}
      <text class="ax" x="50%" y={HEIGHT} dy="38" text-anchor="middle">
        {axis}
      </text>
    </svg>
  </div>
)

/** How often values fall where. */
export function Histogram({ bins, marks, ...plot }: PlotProps & { readonly bins: readonly Bin[]; readonly marks: readonly Mark[] }) {
  const from = bins[0]?.from ?? 0
  const to = Math.max(bins.at(-1)?.to ?? 1, ...marks.map(({ at }) => at)) || 1
  // a single value stands in the middle of an axis of its own
  const x = scaleLinear(to > from ? [from, to] : [from - 0.5, from + 0.5], [0, 1])
  const y = scaleLinear([0, Math.max(...bins.map(({ count }) => count))], [HEIGHT, 0]).nice(4)
  const width = Math.max(0.004, bins[0] && bins[0].to > bins[0].from ? x(bins[0].to) - x(bins[0].from) : 0.02)
  return (
    <Frame {...plot}>
      <YTicks ticks={y.ticks(4)} y={y} format={(count) => count.toLocaleString('en')} />
      {bins.map((bin) => (
        <rect class="okb" x={percent(x(bin.from) + width * 0.06)} width={percent(width * 0.88)} y={y(bin.count)} height={HEIGHT - y(bin.count)} />
      ))}
      {x.ticks(5).map((tick) => (
        <text x={percent(x(tick))} y={HEIGHT} dy="17" text-anchor="middle">
          {plot.format(tick)}
        </text>
      ))}
      {marks.map(({ at, label, isCap }, i) => (
        <>
          <line class={isCap ? 'cap' : 'mark'} x1={percent(x(at))} x2={percent(x(at))} y1={i * 16} y2={HEIGHT} />
          <text class="halo" x={percent(x(at))} y={i * 16} dx={x(at) > 0.6 ? -6 : 6} dy="11" text-anchor={x(at) > 0.6 ? 'end' : 'start'}>
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
        <path class="fill" d={area<number>(place, HEIGHT, (value) => y(value))(values) ?? ''} />
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
export const ShareBars = ({ rows, id, title, description }: Pick<PlotProps, 'id' | 'title' | 'description'> & { readonly rows: readonly { readonly name: string; readonly share: number }[] }) => (
  <figure aria-labelledby={`${id}-title`} aria-describedby={`${id}-desc`}>
    <p class="vh" id={`${id}-desc`}>
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
