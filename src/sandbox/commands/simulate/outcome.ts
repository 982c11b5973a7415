import { csv } from '../../simulation/figures.ts'
import { groupOf, type Newcomer, type YearSummary } from '../../simulation/summarise-year.ts'
import type { DetectorFigures } from '../../simulation/write-report.ts'
import type { WorkerStory, Year } from './year.ts'

const toNewcomer = ({ id, quality, joinsOn, certifiedOn, examOn, firstHire }: WorkerStory, days: number): Newcomer[] =>
  joinsOn === null ? [] : [{ id, quality, joinsOn, certifiedOn, sat: examOn !== null && examOn < days, firstHire }]

/** Those who joined during the year. */
export const newcomersOf = (year: Year): Newcomer[] =>
  [...year.workers.values()].flatMap((worker) => toNewcomer(worker, year.options.days))

/** How the posts of the year were judged on arrival. */
export function detectorFigures(year: Year, model: string): DetectorFigures {
  const rows = (['unlawful', 'lawful'] as const).map((truth) => {
    const jobs = [...year.jobs.values()].filter(({ kinds }) => kinds.length > 0 === (truth === 'unlawful'))
    const inBand = (band: 'publish' | 'queue' | 'hold') => jobs.filter((job) => job.band === band).length
    return { truth, publish: inBand('publish'), queue: inBand('queue'), hold: inBand('hold') }
  })
  return { model, rows }
}

/** The data behind the plot, by file name. */
export function dataFiles(year: Year, summary: YearSummary): ReadonlyMap<string, string> {
  const newcomers = newcomersOf(year).map(
    (one) =>
      [
        one.id,
        groupOf(one),
        one.quality.toFixed(4),
        one.joinsOn,
        one.certifiedOn,
        one.firstHire?.on,
        one.firstHire?.certified,
      ] as const,
  )
  return new Map([
    [
      'rank-by-week.csv',
      csv([
        ['week', 'group', 'n', 'quartile1', 'median', 'quartile3'],
        ...summary.rank.map(({ week, group, n, low, median, high }) => [
          week,
          group,
          n,
          low.toFixed(2),
          median.toFixed(2),
          high.toFixed(2),
        ]),
      ]),
    ],
    [
      'newcomers.csv',
      csv([
        ['worker', 'group', 'quality', 'joined_on', 'certified_on', 'first_hired_on', 'certified_when_hired'],
        ...newcomers,
      ]),
    ],
    [
      'first-contract.csv',
      csv([
        ['day', 'group', 'share'],
        ...summary.waits.flatMap(({ group, shares }) => shares.map((value, day) => [day, group, value.toFixed(4)])),
      ]),
    ],
  ])
}
