import { signed } from '../draw-plot.ts'
import type { Gate, Study, VariantName } from './judge-gates.ts'
import { mean, medianOf, type YearFigures } from './measure-year.ts'

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const days = (value: number): string => (Number.isFinite(value) ? value.toFixed(0) : '–')
/** Mean over seeds and its spread. */
function spread(values: readonly number[], digits: number): string {
  const centre = mean(values)
  const sd = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)))
  return `${signed(centre, digits)} (± ${sd.toFixed(digits)})`
}

const rows: readonly (readonly [string, (figures: YearFigures) => number, number])[] = [
  ['median days to the first contract, certified', ({ medianDays }) => medianDays.certified, 0],
  ['median days to the first contract, others', ({ medianDays }) => medianDays.uncertified, 0],
  ['certified on a first page within 7 days', ({ shown }) => shown, 2],
  ['… looked at', ({ lookedAt }) => lookedAt, 2],
  ['hired within 30 days of the pass', ({ hired }) => hired, 2],
  ['newcomers with a first contract', ({ firstContracts }) => firstContracts, 0],
  ['quality of the first-time hired, SD', ({ firstQuality }) => firstQuality, 3],
  ['quality of all contracts, SD', ({ quality }) => quality, 3],
  ['… of the last quarter', ({ lateQuality }) => lateQuality, 3],
  ['jobs that end well', ({ endsWell }) => endsWell, 3],
  ['jobs filled', ({ filled }) => filled, 3],
  ['contracts of incumbents', ({ incumbentContracts }) => incumbentContracts, 0],
  ['shows a waiting day in the last half-year, certified over others', ({ displayRatio }) => displayRatio, 2],
]

const comparison = ({ before, noticed }: Study): string =>
  table(
    ['mean of the seeds (± SD)', 'before', 'noticed'],
    rows.map(([name, value, digits]) => [name, spread(before.map(value), digits), spread(noticed.map(value), digits)]),
  )

const waits = ({ medianDays }: YearFigures): string => `${days(medianDays.certified)} / ${days(medianDays.uncertified)}`

const others = ({ variants }: Study, nameOf: StudyWords['nameOf']): string =>
  table(
    [
      'seed 1',
      'days before, certified / others',
      'noticed',
      'hired within 30 days',
      'quality of the first-time hired',
      'filled',
    ],
    variants.map(({ name, before, noticed }) => [
      nameOf(name),
      waits(before),
      waits(noticed),
      `${before.hired.toFixed(2)} → ${noticed.hired.toFixed(2)}`,
      `${signed(before.firstQuality, 3)} → ${signed(noticed.firstQuality, 3)}`,
      `${before.filled.toFixed(3)} → ${noticed.filled.toFixed(3)}`,
    ]),
  )

function proofs({ proofs }: Study): string {
  const market = proofs.flatMap(({ market }) => market ?? [])
  const noticed = proofs.flatMap(({ noticed }) => noticed ?? [])
  const shown = (all: readonly { readonly difference: { readonly low: number } }[]) =>
    all.filter(({ difference }) => difference.low > 0).length
  return table(
    ['in a year', 'estimate', 'standard error', 'truth', 'shown (95 %)'],
    [
      [
        'being drawn: hired by this client, drawn less not drawn',
        medianOf(noticed.map(({ difference }) => difference.value)).toFixed(4),
        medianOf(noticed.map(({ difference }) => difference.standardError)).toFixed(4),
        '',
        `${shown(noticed)} of ${proofs.length}`,
      ],
      [
        'the scheme: reader-days on which somebody certified is hired',
        medianOf(market.map(({ difference }) => difference.value)).toFixed(3),
        medianOf(market.map(({ difference }) => difference.standardError)).toFixed(3),
        mean(proofs.map(({ truth }) => truth)).toFixed(3),
        `${shown(market)} of ${proofs.length}`,
      ],
    ],
  )
}

/** What the report calls what the terminal names as well. */
export interface StudyWords {
  /** What a gate asks and found. */
  readonly sayGate: (gate: Gate) => string
  readonly nameOf: (variant: VariantName) => string
}

/** The report of the study, as Markdown. */
export function writeStudy(
  study: Study,
  of: { readonly seconds: number; readonly years: number; readonly words: StudyWords },
): string {
  const { sayGate, nameOf } = of.words
  const gates = study.gates.map((gate, nth) => `${nth + 1}. ${sayGate(gate)}`).join('\n')
  return `# Being noticed: ${of.years} simulated years

The people, the ranking, the lot, the beliefs and the weights of reviews are the marketplace's own code; clients, their patience
and their taste are assumptions. In memory, without HTTP, in ${of.seconds.toFixed(0)} seconds. Seeds 1 to 5, ρ = .3.

![Waits, shows, beliefs and proofs](noticed.svg)

## Gates

${gates}

## Before and now

Before: trial slots for those of whom nothing is known, and nothing else.

${comparison(study)}

## Other markets

${others(study, nameOf)}

## Proof

What the marketplace would find in its own logs in each of ${study.proofs.length} years, against what is true: both arms of every search were played with the same draws.

${proofs(study)}

## A ring

Twenty clients pay ten newcomers 500 yen each for five stars. Median place of the ten when it is recognised: ${medianOf(study.ring.recognised).toFixed(0)}; when it is not: ${medianOf(study.ring.not).toFixed(0)}. Honest clients taken for one: ${study.ring.honestInBlocks}.
`
}
