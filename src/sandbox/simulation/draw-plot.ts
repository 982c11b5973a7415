import { scaleLinear } from 'd3-scale'
import { area, curveStepAfter, line, symbol, symbolCircle, symbolSquare } from 'd3-shape'
import {
  type Group,
  groups,
  type RankRow,
  SOON_DAYS,
  type WaitRow,
  WEEKS_SHOWN,
  type YearSummary,
} from './summarise-year.ts'

/** What every picture of a simulation is drawn with. */

/** Where a panel is. */
export interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
type Scale = (value: number) => number

export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const n1 = (value: number): string => (Math.round(value * 10) / 10).toString()
interface Label {
  readonly x: number
  readonly y: number
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly look?: string
  readonly colour?: string
}
export const label = (text: string, { x, y, anchor = 'start', look = 'small', colour }: Label): string =>
  `<text x="${n1(x)}" y="${n1(y)}" text-anchor="${anchor}" class="${look}"${colour ? ` style="fill:${colour}"` : ''}>${escaped(text)}</text>`

export const heading = ({ x, y }: Frame, title: string, note: string): string =>
  label(title, { x, y: y - 34, look: 'head' }) + label(note, { x, y: y - 15, look: 'note' })

export function axes(
  frame: Frame,
  x: { readonly scale: Scale; readonly ticks: readonly number[]; readonly name: string },
  y: { readonly scale: Scale; readonly ticks: readonly number[]; readonly show: (value: number) => string },
): string {
  const { x: left, y: top, width, height } = frame
  const rows = y.ticks.map(
    (tick) =>
      `<line x1="${left}" x2="${left + width}" y1="${n1(y.scale(tick))}" y2="${n1(y.scale(tick))}" class="grid"/>${label(y.show(tick), { x: left - 8, y: y.scale(tick) + 4, anchor: 'end' })}`,
  )
  const columns = x.ticks.map((tick) =>
    label(String(tick), { x: x.scale(tick), y: top + height + 20, anchor: 'middle' }),
  )
  return `${rows.join('')}${columns.join('')}${label(x.name, { x: left + width / 2, y: top + height + 42, anchor: 'middle', look: 'note' })}`
}

export const plotStyle = `<style>text{font-family:'Noto Sans JP','Hiragino Sans','Yu Gothic',system-ui,sans-serif;fill:#22302e}.title{font-size:21px;font-weight:700}.head{font-size:16px;font-weight:700}.note{font-size:12.5px;fill:#50605d}.small{font-size:12.5px}.grid{stroke:#d8d2c4;stroke-width:1}.axis{stroke:#8b9390;stroke-width:1}</style>`

const WIDTH = 1_120
const HEIGHT = 660
/** Groups differ in colour, in the form of their marks and in their line. */
export const looks: Readonly<
  Record<Group, { readonly name: string; readonly colour: string; readonly dash: string; readonly mark: string }>
> = {
  certified: { name: 'certified', colour: '#0b5f57', dash: 'none', mark: symbol(symbolCircle, 52)() ?? '' },
  uncertified: { name: 'not certified', colour: '#9a3f14', dash: '7 4', mark: symbol(symbolSquare, 46)() ?? '' },
}
const DAYS_A_WEEK = 7

/** A number with a true minus sign, and none before a zero. */
export const signed = (value: number, digits = 2): string =>
  value
    .toFixed(digits)
    .replace(/^-0(\.0*)?$/, (zero) => zero.slice(1))
    .replace('-', '−')

const mark = (group: Group, x: number, y: number): string => {
  const { colour, mark: form } = looks[group]
  return `<path d="${form}" transform="translate(${n1(x)} ${n1(y)})" fill="${group === 'certified' ? colour : '#fffdf9'}" stroke="${colour}" stroke-width="2"/>`
}

function keyOf(frame: Frame, y: number): string {
  return groups
    .map((group, nth) => {
      const x = frame.x + nth * 130
      const { colour, dash, name } = looks[group]
      return `<line x1="${x}" x2="${x + 34}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="2.5" stroke-dasharray="${dash}"/>${mark(group, x + 17, y)}${label(name, { x: x + 42, y: y + 4, colour })}`
    })
    .join('')
}

/** Median places by weeks since joining, with the band of the middle half. */
function rankPanel(frame: Frame, rows: readonly RankRow[]): string {
  const last = Math.max(1, ...rows.map(({ week }) => week))
  const x = scaleLinear([0, last], [frame.x, frame.x + frame.width])
  const y = scaleLinear([0, 100], [frame.y + frame.height, frame.y])
  const drawn = groups.toReversed().map((group) => {
    const own = rows.filter((row) => row.group === group)
    const { colour, dash } = looks[group]
    const band = area<RankRow>()
      .x(({ week }) => x(week))
      .y0(({ low }) => y(low))
      .y1(({ high }) => y(high))
    const median = line<RankRow>()
      .x(({ week }) => x(week))
      .y((row) => y(row.median))
    return `<path d="${band(own) ?? ''}" fill="${colour}" opacity="0.13"/><path d="${median(own) ?? ''}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-dasharray="${dash}"/>${own.map((row) => mark(group, x(row.week), y(row.median))).join('')}`
  })
  const ticks = x.ticks(Math.min(last, 13)).filter(Number.isInteger)
  const grid = axes(
    frame,
    { scale: x, ticks, name: 'weeks since joining' },
    {
      scale: y,
      ticks: [0, 25, 50, 75, 100],
      show: (value) => (value === 100 ? 'first' : value === 0 ? 'last' : String(value)),
    },
  )
  return `${heading(frame, 'Where newcomers stood in the search', 'rank percentile, median and middle half; all workers of a category')}${grid}${drawn.join('')}${keyOf(frame, frame.y + frame.height - 14)}`
}

/** True quality of those hired for the first time, with 95 % intervals. */
function qualityPanel(frame: Frame, { hires, everybody, difference }: YearSummary): string {
  const shown = [...hires, ...everybody].flatMap(({ quality }) => (quality ? [quality.low, quality.high] : []))
  const x = scaleLinear([Math.min(-0.2, ...shown), Math.max(0.4, ...shown)], [frame.x, frame.x + frame.width]).nice()
  const rows = hires.map(({ certified, quality }, nth) => {
    const group: Group = certified ? 'certified' : 'uncertified'
    const y = frame.y + 34 + nth * 62
    const all = everybody.find((one) => one.certified === certified)?.quality
    const { colour, name } = looks[group]
    if (!quality) return label(`${name}: too few were hired`, { x: frame.x, y, colour })
    return [
      label(`${name}, n = ${quality.n}`, { x: frame.x, y: y - 14, colour }),
      label(`${signed(quality.mean)} SD  [${signed(quality.low)}, ${signed(quality.high)}]`, {
        x: frame.x + frame.width,
        y: y - 14,
        anchor: 'end',
      }),
      all
        ? `<line x1="${n1(x(all.mean))}" x2="${n1(x(all.mean))}" y1="${y - 6}" y2="${y + 16}" stroke="${colour}" stroke-width="1.5" stroke-dasharray="2 2"/>`
        : '',
      `<line x1="${n1(x(quality.low))}" x2="${n1(x(quality.high))}" y1="${y + 5}" y2="${y + 5}" stroke="${colour}" stroke-width="3"/>${mark(group, x(quality.mean), y + 5)}`,
    ].join('')
  })
  const zeros = hires.map(
    (_, nth) =>
      `<line x1="${n1(x(0))}" x2="${n1(x(0))}" y1="${frame.y + 28 + nth * 62}" y2="${frame.y + 52 + nth * 62}" class="axis"/>`,
  )
  const ticks = x
    .ticks(6)
    .map((tick) => label(signed(tick, 1), { x: x(tick), y: frame.y + frame.height + 18, anchor: 'middle' }))
  const said = difference
    ? label(`difference ${signed(difference.mean)} SD  [${signed(difference.low)}, ${signed(difference.high)}]`, {
        x: frame.x + frame.width,
        y: frame.y + frame.height + 40,
        anchor: 'end',
      })
    : ''
  return `${heading(frame, 'How well the first-time hired worked', 'true quality in SD, 95 % interval; ┊ all who joined')}${zeros.join('')}${rows.join('')}${ticks.join('')}${said}`
}

/** Share of newcomers with a first contract by weeks since joining. */
function waitPanel(frame: Frame, rows: readonly WaitRow[]): string {
  const last = Math.max(DAYS_A_WEEK, ...rows.map(({ shares }) => shares.length - 1))
  const top = Math.max(0.1, ...rows.flatMap(({ shares }) => shares))
  const x = scaleLinear([0, last / DAYS_A_WEEK], [frame.x, frame.x + frame.width])
  const y = scaleLinear([0, top], [frame.y + frame.height, frame.y]).nice(4)
  const drawn = rows.map(({ group, shares }) => {
    const { colour, dash } = looks[group]
    const path = line<number>()
      .x((_, day) => x(day / DAYS_A_WEEK))
      .y((share) => y(share))
      .curve(curveStepAfter)
    const marks = shares.flatMap((share, day) =>
      day % (4 * DAYS_A_WEEK) === 0 ? [mark(group, x(day / DAYS_A_WEEK), y(share))] : [],
    )
    return `<path d="${path([...shares]) ?? ''}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-dasharray="${dash}"/>${marks.join('')}`
  })
  const grid = axes(
    frame,
    { scale: x, ticks: x.ticks(7).filter(Number.isInteger), name: 'weeks since joining' },
    { scale: y, ticks: y.ticks(4), show: (value) => `${Math.round(value * 100)} %` },
  )
  return `${heading(frame, 'How soon they were hired', 'share with a first contract (Kaplan–Meier)')}${grid}${drawn.join('')}`
}

/** One sentence that says what the plot shows, for those who do not see it. */
export function describePlot({ rank, hires, waits }: YearSummary): string {
  const median = (group: Group, week: number) => rank.find((row) => row.group === group && row.week === week)?.median
  const places = [4, 12, WEEKS_SHOWN].flatMap((week) => {
    const [one, other] = [median('certified', week), median('uncertified', week)]
    return one === undefined || other === undefined
      ? []
      : [`week ${week}: ${one.toFixed(0)} against ${other.toFixed(0)}`]
  })
  const quality = hires.map(
    ({ certified, quality: mean }) =>
      `${certified ? 'certified' : 'not certified'} ${mean ? `${signed(mean.mean)} SD` : 'too few'}`,
  )
  const wait = waits.map(
    ({ group, medianDays }) =>
      `${looks[group].name} ${medianDays === undefined ? 'fewer than half' : `half by day ${medianDays}`}`,
  )
  return `Median rank percentile of certified against uncertified newcomers, ${places.join('; ')}. Mean true quality of those hired for the first time: ${quality.join(', ')}. First contract: ${wait.join(', ')}.`
}

/** The plot of a year, as an SVG document. */
export function drawPlot(summary: YearSummary, about: string): string {
  const left: Frame = { x: 70, y: 140, width: 560, height: 430 }
  const upper: Frame = { x: 740, y: 140, width: 330, height: 142 }
  const lower: Frame = { x: 740, y: 390, width: 330, height: 180 }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="plot-title plot-desc">
<title id="plot-title">Certified and uncertified newcomers in a simulated year</title>
<desc id="plot-desc">${escaped(describePlot(summary))}</desc>
${plotStyle}<rect width="${WIDTH}" height="${HEIGHT}" fill="#fffdf9"/>
${label('Certified and uncertified newcomers in a simulated year', { x: 34, y: 44, look: 'title' })}
${label(about, { x: 34, y: 68, look: 'note' })}
${rankPanel(left, summary.rank)}
${qualityPanel(upper, summary)}
${waitPanel(lower, summary.waits)}
${label(`Certified: certificate within ${SOON_DAYS} days of joining (left, below right) or in hand at the first hiring (above right). Not certified: no certificate all year, or none in hand then.`, { x: 34, y: HEIGHT - 18, look: 'note' })}
</svg>
`
}
