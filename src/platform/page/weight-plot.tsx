import type { PropsWithChildren } from 'hono/jsx'

/** Reviews at the right edge. */
const MOST = 20
const samples = Array.from({ length: MOST * 4 + 1 }, (_, i) => i / 4)
const round = (length: number): number => Math.round(length * 1_000) / 1_000
const x = (reviews: number): number => (reviews / MOST) * 100

interface WeightPlotProps {
  /** Before the ids of its parts. */
  readonly id: string
  /** In pixels. */
  readonly height: number
  /** What is left of a certificate's weight after so many reviews, as a share of its weight without any. */
  readonly shareAfter: (reviews: number) => number
  readonly words: {
    readonly title: string
    readonly description: string
    readonly axis: string
    readonly count: (reviews: number) => string
  }
  /** A worker on the curve, and what is written there. */
  readonly here?: { readonly reviews: number; readonly label: string } | undefined
}

/** Where a worker is; the label keeps inside the plot. */
function Here({
  height,
  shareAfter,
  here: { reviews, label },
}: WeightPlotProps & { here: NonNullable<WeightPlotProps['here']> }) {
  const at = Math.min(reviews, MOST)
  const left = `${x(at)}%`
  const top = height * (1 - shareAfter(at))
  const toTheLeft = at > MOST / 2
  return (
    <>
      <line class="drop" x1={left} x2={left} y1={top} y2={height} />
      <circle class="here" cx={left} cy={top} r="6" />
      <text
        class="label halo"
        x={left}
        y={top}
        dx={toTheLeft ? -4 : 14}
        dy={toTheLeft ? -14 : '.35em'}
        text-anchor={toTheLeft ? 'end' : 'start'}
      >
        {label}
      </text>
    </>
  )
}

/** How the weight of a certificate fades with the number of reviews. Children stand under it. */
export function WeightPlot({ children, ...plot }: PropsWithChildren<WeightPlotProps>) {
  const { id, height, shareAfter, words, here } = plot
  const y = (share: number): number => height * (1 - share)
  // so many points that straight lines between them look round
  const curve = `M${samples.map((n) => `${round(x(n))} ${round(y(shareAfter(n)))}`).join('L')}`
  const under = `${curve}V${height}H0Z`
  return (
    <div class="plot-frame">
      <svg class="plot" height={height} role="img" aria-labelledby={`${id}-title ${id}-text`}>
        <title id={`${id}-title`}>{words.title}</title>
        <desc id={`${id}-text`}>{words.description}</desc>
        <svg
          width="100%"
          height={height}
          viewBox={`0 0 100 ${height}`}
          preserveAspectRatio="none"
          overflow="visible"
          aria-hidden="true"
        >
          <path class="area" d={under} />
        </svg>
        {[0, 0.5, 1].map((share) => (
          <>
            <line class="grid" x1="0" x2="100%" y1={y(share)} y2={y(share)} />
            <text x="0" dx="-8" y={y(share)} dy=".35em" text-anchor="end">{`${share * 100}%`}</text>
          </>
        ))}
        {[0, 5, 10, 15, 20].map((reviews) => (
          <text x={`${x(reviews)}%`} y={height} dy="18" text-anchor="middle">
            {words.count(reviews)}
          </text>
        ))}
        <text class="label" x="50%" y={height} dy="39" text-anchor="middle">
          {words.axis}
        </text>
        <svg
          width="100%"
          height={height}
          viewBox={`0 0 100 ${height}`}
          preserveAspectRatio="none"
          overflow="visible"
          aria-hidden="true"
        >
          <path class="curve" d={curve} />
        </svg>
        {here && <Here {...plot} here={here} />}
      </svg>
      {children}
    </div>
  )
}
