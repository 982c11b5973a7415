import { ways } from './choose.ts'
import { describePlot, signed } from './draw-plot.ts'
import type { Mean } from './figures.ts'
import type { Group, YearSummary } from './summarise-year.ts'

export interface ReportFacts {
  readonly options: {
    readonly seed: number
    readonly workers: number
    readonly clients: number
    readonly days: number
    readonly rho: number
  }
  readonly summary: YearSummary
  readonly checks: readonly { readonly name: string; readonly holds: boolean; readonly detail: string }[]
  /** Counts of what happened, in order. */
  readonly happened: readonly (readonly [what: string, times: number])[]
  /** Contracts by the state in which they ended. */
  readonly contracts: readonly (readonly [status: string, n: number])[]
  readonly paidYen: number
  readonly detector: DetectorFigures
  readonly requests: number
  readonly wireCalls: number
  readonly refusals: readonly (readonly [what: string, times: number])[]
  readonly seconds: number
}

/** Posts by what they truly are and by band. */
export interface DetectorFigures {
  readonly model: string
  readonly rows: readonly {
    readonly truth: 'unlawful' | 'lawful'
    readonly publish: number
    readonly queue: number
    readonly hold: number
  }[]
}

const names: Readonly<Record<Group, string>> = { certified: 'certified', uncertified: 'not certified' }
const interval = (mean: Mean | Omit<Mean, 'n'> | undefined): string =>
  mean ? `${signed(mean.mean)} [${signed(mean.low)}, ${signed(mean.high)}]` : 'too few'
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const atWeek = ({ rank }: YearSummary, group: Group, week: number): string => {
  const row = rank.find((one) => one.group === group && one.week === week)
  return row ? `${row.median.toFixed(0)} (${row.low.toFixed(0)}–${row.high.toFixed(0)}), n = ${row.n}` : '–'
}

function rankTable(summary: YearSummary): string {
  const weeks = [...new Set(summary.rank.map(({ week }) => week))]
  return table(
    ['week since joining', 'certified', 'not certified'],
    weeks.map((week) => [week, atWeek(summary, 'certified', week), atWeek(summary, 'uncertified', week)]),
  )
}

function qualityTable({ hires, everybody }: YearSummary): string {
  return table(
    ['true quality, SD', 'hired for the first time', 'everybody who joined'],
    hires.map(({ certified, quality }, at) => {
      const all = everybody[at]?.quality
      return [
        certified ? 'certified' : 'not certified',
        `${interval(quality)}, n = ${quality?.n ?? 0}`,
        `${interval(all)}, n = ${all?.n ?? 0}`,
      ]
    }),
  )
}

const share = (shares: readonly number[], day: number): string =>
  shares[day] === undefined ? '–' : `${(100 * shares[day]).toFixed(0)} %`

function waitTable({ waits }: YearSummary): string {
  return table(
    ['first contract', 'people', 'hired', 'within 30 days', 'within 90 days', 'within 180 days', 'half of them by day'],
    waits.map(({ group, people, hired, shares, medianDays }) => [
      names[group],
      people,
      hired,
      share(shares, 30),
      share(shares, 90),
      share(shares, 180),
      medianDays ?? '–',
    ]),
  )
}

function wayTable({ waits }: YearSummary): string {
  return table(
    ['first contract by', ...ways],
    waits.map(({ group, people, byWay }) => [
      names[group],
      ...ways.map((way) => `${byWay[way]} (${people === 0 ? 0 : Math.round((100 * byWay[way]) / people)} %)`),
    ]),
  )
}

function detectorTable({ rows }: DetectorFigures): string {
  return table(
    ['posts', 'published', 'queued for a person', 'held for a person'],
    rows.map(({ truth, publish, queue, hold }) => [truth, publish, queue, hold]),
  )
}

function head({ options, summary, requests, wireCalls, seconds }: ReportFacts): string {
  const { seed, workers, clients, days, rho } = options
  return `# A simulated year

${workers} workers, ${clients} clients, ${days} days, true correlation of exam ability with quality ρ = ${rho}, seed ${seed}.
Everything went through the HTTP APIs of both services on one test clock: ${requests.toLocaleString('en')} calls by people and programs,
${wireCalls.toLocaleString('en')} between plugin and marketplace, in ${seconds.toFixed(0)} seconds.

![Where certified and uncertified newcomers stood, how well they worked, and how soon they were hired](plot.svg)

${describePlot(summary)}`
}

function aboutNewcomers(summary: YearSummary): string {
  const { newcomers, sat, certified, certifiedLater, difference } = summary
  return `## Newcomers

${newcomers} newcomers joined during the year; ${sat} sat an exam and ${certified} got a certificate (${certifiedLater} of them later than four weeks after joining).
${difference ? `True quality of those hired for the first time with a certificate, less that of those without: ${interval(difference)} SD (95 % interval).` : 'Too few were hired to compare their quality.'}

${qualityTable(summary)}

${waitTable(summary)}

How they came to it, and the share of the group. The row stands beside page 1; behind page 1 one place in twenty is given by the same lot.

${wayTable(summary)}

Rank percentile in the search of their category (100 is the first place): median and middle half.

${rankTable(summary)}`
}

const aboutTrade = ({ happened, contracts, paidYen, detector, refusals }: ReportFacts): string => `## Trade

${table(['what', 'times'], happened)}

${table(['contracts at the end', 'n'], contracts)}

Paid out to workers: ¥${paidYen.toLocaleString('en')}.

## Detector

${detector.model}. Posts as they were judged on arrival; a person decided about every queued and every held one.

${detectorTable(detector)}

## Refusals that people met

${refusals.length === 0 ? 'None.' : table(['call, status, code', 'times'], refusals)}`

const method = `## How it was played

Qualities, exam abilities and choices are drawn; the papers, the ranking, the detector, the money and the rules are the product's own.
Half of the clients who search read page by page from the top and take whom they like (a cascade; 55 % open the next page), half go down the list with a patience that falls as 1/(place + 5) and take the first who is free; two in five with applicants take one of those.
Two in five who post look at whom the marketplace suggests and invite half of them; seven in ten of the invited apply, if they have time. A weekly notice leads 25 % of the certified newcomers and 12 % of the others to apply for one of its jobs.
A review is a noisy look at true quality (ICC₁ = 0.25). Operators err in one of twenty-five cases, and another one hears the appeals.
The scams are those of one author of the labelled set.`

/** The report of a year, as Markdown. */
export function writeReport(facts: ReportFacts): string {
  const holds = `## What holds\n\n${facts.checks.map(({ name, holds, detail }) => `- ${holds ? '✓' : '✗'} ${name}: ${detail}`).join('\n')}`
  return `${[head(facts), holds, aboutNewcomers(facts.summary), aboutTrade(facts), method].join('\n\n')}\n`
}
