import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import { axes, escaped, type Frame, heading, label, looks, plotStyle, signed } from '../draw-plot.ts'
import type { Group } from '../summarise-year.ts'
import type { Study } from './judge-gates.ts'
import { mean, medianOf } from './measure-year.ts'

const WIDTH = 1_120
const HEIGHT = 900
const WAIT_DAYS = 182
const percent = (value: number): string => `${Math.round(value * 100)} %`
const groupsShown: readonly Group[] = ['certified', 'uncertified']

/** Share with a first contract by day: the first seed, before pale and now strong. */
function waitsPanel(frame: Frame, { before, noticed }: Study): string {
  const x = scaleLinear([0, WAIT_DAYS], [frame.x, frame.x + frame.width])
  const y = scaleLinear([0, 1], [frame.y + frame.height, frame.y])
  const curves = groupsShown.flatMap((group) =>
    [before[0], noticed[0]].map((figures, nth) => {
      const { colour, dash } = looks[group]
      const shares = (figures?.shares[group] ?? []).slice(0, WAIT_DAYS + 1)
      const at = (value: number) => String(Number(value.toFixed(1)))
      // a day on which nobody was hired needs no point of its own, but the last ends the line
      const steps = shares.map((share, day) => {
        if (day === 0) return `M${at(x(0))} ${at(y(share))}`
        const isStep = share !== shares[day - 1]
        return isStep ? `H${at(x(day))}V${at(y(share))}` : day === shares.length - 1 ? `H${at(x(day))}` : ''
      })
      return `<path d="${steps.join('')}" fill="none" stroke="${colour}" stroke-width="${nth === 0 ? 1.5 : 3}" stroke-dasharray="${dash}" opacity="${nth === 0 ? 0.5 : 1}"/>`
    }),
  )
  const grid = axes(
    frame,
    { scale: x, ticks: [0, 30, 60, 90, 120, 150, 180], name: 'days since joining' },
    { scale: y, ticks: [0, 0.25, 0.5, 0.75, 1], show: percent },
  )
  return `${heading(frame, 'How soon newcomers were hired', 'share with a first contract (Kaplan–Meier); thin: before')}${grid}${curves.join('')}`
}

/** Shows on first pages a waiting day, month by month. */
function showsPanel(frame: Frame, { months: { exposure } }: Study): string {
  const rates = { certified: 'certified', uncertified: 'other' } as const
  const rateOf = (group: Group) =>
    exposure.map(({ shows, days }) => (days[rates[group]] === 0 ? 0 : shows[rates[group]] / days[rates[group]]))
  const top = Math.max(0.1, ...groupsShown.flatMap(rateOf))
  const x = scaleLinear([1, Math.max(2, exposure.length)], [frame.x, frame.x + frame.width])
  const y = scaleLinear([0, top], [frame.y + frame.height, frame.y]).nice(4)
  const path = line<number>()
    .x((_, month) => x(month + 1))
    .y((rate) => y(rate))
  const curves = groupsShown.map((group) => {
    const { colour, dash } = looks[group]
    return `<path d="${path(rateOf(group)) ?? ''}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-dasharray="${dash}"/>`
  })
  const grid = axes(
    frame,
    { scale: x, ticks: x.ticks(12).filter(Number.isInteger), name: 'month' },
    { scale: y, ticks: y.ticks(4), show: (value) => value.toFixed(1) },
  )
  return `${heading(frame, 'How often they were shown', 'times on a first page for each day of waiting')}${grid}${curves.join('')}`
}

/** What is believed of one exam: d with its error, and r. */
function beliefPanel(frame: Frame, { months: { beliefs } }: Study): string {
  const own = beliefs.filter(({ category }) => category === beliefs[0]?.category).map(({ belief }) => belief)
  const x = scaleLinear([0, Math.max(1, own.length - 1)], [frame.x, frame.x + frame.width])
  const y = scaleLinear([-0.3, 0.7], [frame.y + frame.height, frame.y])
  const band = area<(typeof own)[number]>()
    .x((_, month) => x(month))
    .y0(({ d, sigma }) => y(d - sigma))
    .y1(({ d, sigma }) => y(d + sigma))
  const middle = line<(typeof own)[number]>()
    .x((_, month) => x(month))
    .y(({ d }) => y(d))
  const ratios = own.map(({ ratio }, month) =>
    label(ratio.toFixed(1), { x: x(month), y: frame.y + 8, anchor: 'middle' }),
  )
  const { colour } = looks.certified
  const grid = axes(
    frame,
    { scale: x, ticks: x.ticks(12).filter(Number.isInteger), name: 'month; above: r' },
    { scale: y, ticks: [-0.2, 0, 0.2, 0.4, 0.6], show: (value) => signed(value, 1) },
  )
  return `${heading(frame, 'What was believed of an exam', 'd, how much better its newcomers work, in SD, ± one standard error')}${grid}<path d="${band(own) ?? ''}" fill="${colour}" opacity="0.15"/><path d="${middle(own) ?? ''}" fill="none" stroke="${colour}" stroke-width="2.5"/>${ratios.join('')}`
}

/** The effect that each proving year found, with its interval, against its truth. */
function proofPanel(frame: Frame, { proofs }: Study): string {
  const found = proofs
    .flatMap(({ market, truth }) => (market ? [{ ...market.difference, truth }] : []))
    .toSorted((a, b) => a.value - b.value)
  const ends = found.flatMap(({ low, high, truth }) => [low, high, truth])
  const x = scaleLinear([0, Math.max(1, found.length)], [frame.x, frame.x + frame.width])
  const y = scaleLinear([Math.min(0, ...ends), Math.max(0.1, ...ends)], [frame.y + frame.height, frame.y]).nice(5)
  const isTold = found.map(({ low, high, truth }) => truth >= low && truth <= high)
  /** One path of a mark for each year: it is a third of the size of an element for each. */
  const drawn = (years: readonly boolean[], mark: (year: (typeof found)[number]) => string) =>
    found.map((year, nth) => (years[nth] ? `M${x(nth + 0.5).toFixed(1)} ${mark(year)}` : '')).join('')
  const marks = [true, false].map((told) => {
    const { colour } = looks[told ? 'certified' : 'uncertified']
    const years = isTold.map((one) => one === told)
    const ranges = drawn(years, ({ low, high }) => `${y(low).toFixed(1)}V${y(high).toFixed(1)}`)
    const values = drawn(years, ({ value }) => `${y(value).toFixed(1)}h0`)
    return `<g fill="none" stroke="${colour}"><path d="${ranges}" stroke-width="2"/><path d="${values}" stroke-width="6" stroke-linecap="round"/></g>`
  })
  const truths = drawn(
    found.map(() => true),
    ({ truth }) => `${y(truth).toFixed(1)}m-4 0h8`,
  )
  const grid = axes(
    frame,
    { scale: x, ticks: [], name: 'years, by what they found; – is the truth of each' },
    { scale: y, ticks: y.ticks(5), show: (value) => signed(value, 2) },
  )
  return `${heading(frame, 'What the scheme does', 'share of reader-days on which somebody certified is hired; 95 % intervals')}${grid}${marks.join('')}<path d="${truths}" stroke="#22302e" stroke-width="2"/>`
}

/** One sentence that says what the plot shows, for those who do not see it. */
export function describeStudy({ before, noticed, proofs }: Study): string {
  const wait = (all: Study['before'], group: Group) =>
    medianOf(all.map(({ medianDays }) => medianDays[group])).toFixed(0)
  return `Median days to the first contract: certified ${wait(before, 'certified')} before and ${wait(noticed, 'certified')} now, others ${wait(before, 'uncertified')} and ${wait(noticed, 'uncertified')}. The scheme's true effect is ${mean(proofs.map(({ truth }) => truth)).toFixed(3)}, the median estimate ${medianOf(proofs.flatMap(({ market }) => market?.difference.value ?? [])).toFixed(3)}.`
}

/** The pictures of the study, as one SVG document. */
export function drawStudy(study: Study): string {
  const frame = (column: 0 | 1, row: 0 | 1): Frame => ({
    x: 70 + column * 550,
    y: 140 + row * 390,
    width: 450,
    height: 260,
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="plot-title plot-desc">
<title id="plot-title">Newcomers who are noticed, in simulated years</title>
<desc id="plot-desc">${escaped(describeStudy(study))}</desc>
${plotStyle}<rect width="${WIDTH}" height="${HEIGHT}" fill="#fffdf9"/>
${label('Newcomers who are noticed, in simulated years', { x: 34, y: 44, look: 'title' })}
${label('green, solid: certified; brown, dashed: others', { x: 34, y: 68, look: 'note' })}
${waitsPanel(frame(0, 0), study)}
${showsPanel(frame(1, 0), study)}
${beliefPanel(frame(0, 1), study)}
${proofPanel(frame(1, 1), study)}
</svg>
`
}
