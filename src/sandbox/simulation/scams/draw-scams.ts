import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import { axes, escaped, type Frame, heading, label, plotStyle } from '../draw-plot.ts'
import type { Mean } from '../figures.ts'
import type { ScamYear } from './scam-market.ts'
import { type Tactic, tactics } from './scammers.ts'
import { type FigureName, type Market, markets, type ScamStudy, seenShare } from './study-scams.ts'

const WIDTH = 1_120
const HEIGHT = 860
const looks: Readonly<Record<Market, { readonly colour: string; readonly dash: string }>> = {
  before: { colour: '#9a3f14', dash: '7 4' },
  now: { colour: '#0b5f57', dash: 'none' },
}

/** What the picture calls things. */
export interface ScamWords {
  readonly market: (market: Market) => string
  readonly tactic: (tactic: Tactic) => string
}

const millions = (yen: number): string => `¥${(yen / 1_000_000).toFixed(2)} m`
const percent = (share: number): string => `${Math.round(100 * share)} %`

/** Of every seed, money lost by each day for every 1,000 contracts of the whole year. */
const lossesOf = (years: readonly ScamYear[]): readonly (readonly number[])[] =>
  years.map(({ byDay }) => byDay.map(({ lost }) => (1_000 * lost) / Math.max(1, byDay.at(-1)?.contracts ?? 1)))

/** Money lost by day: the mean of the seeds, and from the least to the most of them. */
function lossPanel(frame: Frame, { years }: ScamStudy, words: ScamWords): string {
  const losses = { before: lossesOf(years.before), now: lossesOf(years.now) }
  const days = losses.before[0]?.length ?? 1
  const most = Math.max(1, ...markets.flatMap((market) => losses[market].map((one) => one.at(-1) ?? 0)))
  const x = scaleLinear([0, days], [frame.x, frame.x + frame.width])
  const y = scaleLinear([0, most], [frame.y + frame.height, frame.y]).nice(5)
  const drawn = markets.map((market) => {
    const { colour, dash } = looks[market]
    const onDay = (day: number) => losses[market].map((one) => one[day] ?? 0)
    const all = Array.from({ length: days }, (_, day) => day)
    const mean = (day: number) => onDay(day).reduce((sum, one) => sum + one, 0) / Math.max(1, losses[market].length)
    const band = area<number>()
      .x((day) => x(day))
      .y0((day) => y(Math.min(...onDay(day))))
      .y1((day) => y(Math.max(...onDay(day))))
    const middle = line<number>()
      .x((day) => x(day))
      .y((day) => y(mean(day)))
    const end = y(mean(days - 1))
    return `<path d="${band(all) ?? ''}" fill="${colour}" opacity="0.14"/><path d="${middle(all) ?? ''}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-dasharray="${dash}"/>${label(words.market(market), { x: frame.x + frame.width - 6, y: end - 8, anchor: 'end', colour })}`
  })
  const grid = axes(
    frame,
    { scale: x, ticks: x.ticks(6), name: 'days' },
    { scale: y, ticks: y.ticks(5), show: (value) => `¥${(value / 1_000_000).toFixed(1)} m` },
  )
  return `${heading(frame, 'Money lost to scams', 'per 1,000 contracts; mean of the seeds, and their range')}${grid}${drawn.join('')}`
}

/** A figure of both markets with its 95 % intervals. */
function meansPanel(
  frame: Frame,
  of: {
    readonly study: ScamStudy
    readonly name: FigureName
    readonly title: string
    readonly note: string
    readonly show: (value: number) => string
    readonly words: ScamWords
  },
): string {
  const means = markets.map((market) => of.study.figures[of.name][market])
  const x = scaleLinear(
    [0, Math.max(0.01, ...means.map((one) => one?.high ?? 0))],
    [frame.x, frame.x + frame.width],
  ).nice(4)
  const rows = markets.map((market, nth) => {
    const { colour } = looks[market]
    const y = frame.y + 30 + nth * 52
    const found: Mean | undefined = means[nth]
    if (!found) return label(of.words.market(market), { x: frame.x, y, colour })
    const told = `${of.show(found.mean)}  [${of.show(Math.max(0, found.low))}, ${of.show(found.high)}]`
    return `${label(of.words.market(market), { x: frame.x, y: y - 10, colour })}${label(told, { x: frame.x + frame.width, y: y - 10, anchor: 'end' })}<line x1="${x(Math.max(0, found.low)).toFixed(1)}" x2="${x(found.high).toFixed(1)}" y1="${y + 6}" y2="${y + 6}" stroke="${colour}" stroke-width="3"/><circle cx="${x(found.mean).toFixed(1)}" cy="${y + 6}" r="5.5" fill="${market === 'now' ? colour : '#fffdf9'}" stroke="${colour}" stroke-width="2"/>`
  })
  const axis = `<line x1="${frame.x}" x2="${frame.x}" y1="${frame.y + 10}" y2="${frame.y + 104}" class="axis"/>`
  const ticks = x
    .ticks(4)
    .map((tick) => label(of.show(tick), { x: x(tick), y: frame.y + frame.height + 12, anchor: 'middle' }))
  return `${heading(frame, of.title, of.note)}${axis}${rows.join('')}${ticks.join('')}`
}
/** Of the posts of each tactic, how many anybody could see. */
function tacticsPanel(frame: Frame, { years }: ScamStudy, of: ScamWords): string {
  const x = scaleLinear([0, 1], [frame.x, frame.x + frame.width])
  const height = frame.height / tactics.length
  const rows = tactics.flatMap((tactic, nth) => {
    const top = frame.y + nth * height
    return [
      label(of.tactic(tactic), { x: frame.x - 10, y: top + height / 2 + 3, anchor: 'end' }),
      ...markets.map((market, at) => {
        const { share, posts } = seenShare(years[market], tactic)
        const y = top + 3 + at * (height / 2 - 3)
        return `<rect x="${frame.x}" y="${y.toFixed(1)}" width="${(x(share) - frame.x).toFixed(1)}" height="${(height / 2 - 6).toFixed(1)}" fill="${looks[market].colour}"/>${label(`${percent(share)} of ${posts}`, { x: x(share) + 6, y: y + height / 4 + 1 })}`
      }),
    ]
  })
  return `${heading(frame, 'What could be seen of each way to write', 'share of the scams of a kind that anybody could see; brown before, green now')}${rows.join('')}`
}

/** One sentence that says what the picture shows, for those who do not see it. */
export function describeScams({ figures }: ScamStudy): string {
  const both = (name: FigureName, show: (value: number) => string) =>
    markets.map((market) => show(figures[name][market]?.mean ?? 0)).join(' before and ')
  return `Money lost per 1,000 contracts: ${both('lost', millions)} now. Scams that nobody could see: ${both('unseen', percent)} now. Days in sight of the others: ${both('daysSeen', (value) => value.toFixed(1))} now. Lawful posts held or taken down, of 1,000: ${both('hurt', (value) => value.toFixed(1))} now.`
}

/** The picture of the study, as an SVG document. */
export function drawScams(study: ScamStudy, of: ScamWords): string {
  const right = (nth: number): Frame => ({ x: 730, y: 140 + nth * 232, width: 340, height: 106 })
  const means = (nth: number, name: FigureName, show: (value: number) => string, title: string, note: string) =>
    meansPanel(right(nth), { study, name, title, note, show, words: of })
  const title = 'Scammers who learn, in simulated years'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="plot-title plot-desc">
<title id="plot-title">${title}</title>
<desc id="plot-desc">${escaped(describeScams(study))}</desc>
${plotStyle}<rect width="${WIDTH}" height="${HEIGHT}" fill="#fffdf9"/>
${label(title, { x: 34, y: 44, look: 'title' })}
${label(`${study.seeds} seeds; brown, dashed: ${of.market('before')}; green, solid: ${of.market('now')}; intervals of 95 %`, { x: 34, y: 68, look: 'note' })}
${lossPanel({ x: 100, y: 140, width: 530, height: 270 }, study, of)}
${tacticsPanel({ x: 190, y: 540, width: 330, height: 270 }, study, of)}
${means(0, 'daysSeen', (value) => value.toFixed(1), 'Time until caught', 'days for which a scam that was seen could be seen')}
${means(1, 'unseen', percent, 'Stopped before anybody saw it', 'share of all scams')}
${means(2, 'hurt', (value) => value.toFixed(0), 'Honest people hurt', 'lawful posts held or taken down, of 1,000')}
</svg>
`
}
