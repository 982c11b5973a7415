import { kinds } from '../judge/kinds.ts'
import type { Figures } from '../judge/model.ts'
import type { Report } from './evaluate.ts'

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(8)
const ece = (error: number): string => error.toFixed(3).padStart(7)
const number = (count: number): string => String(count).padStart(7)

const WIDTH = 24

const bandLine = (name: string, { precision, recall, holdPrecision, holdRecall, ece: error }: Figures): string =>
  `${name.padEnd(WIDTH)}${percent(precision)}${percent(recall)}${percent(holdPrecision)}${percent(holdRecall)}${ece(error)}`

function bandLines({ figures, estranged, byLanguage }: Report): string[] {
  return [
    `${'flagged posts'.padEnd(WIDTH)}${'queue P'.padStart(8)}${'R'.padStart(8)}${'hold P'.padStart(8)}${'R'.padStart(8)}${'ECE'.padStart(7)}`,
    bandLine('all', figures),
    ...Object.entries(byLanguage).map(([lang, each]) => bandLine(lang, each)),
    ...(estranged ? [bandLine('in other surroundings', estranged)] : []),
  ]
}

function kindLines({ figures }: Report): string[] {
  return [
    `${'kind'.padEnd(WIDTH)}${'posts'.padStart(7)}${'told'.padStart(7)}${'P'.padStart(8)}${'R'.padStart(8)}${'ECE'.padStart(7)}`,
    ...kinds.map((kind) => {
      const { posts, told, precision, recall, ece: error } = figures.kinds[kind]
      return `${kind.padEnd(WIDTH)}${number(posts)}${number(told)}${percent(precision)}${percent(recall)}${ece(error)}`
    }),
  ]
}

function confusionLines({ confusion }: Report): string[] {
  const names = [...kinds, 'none'] as const
  return [
    `${'true ↓ told →'.padEnd(WIDTH)}${names.map((_, at) => String(at + 1).padStart(5)).join('')}`,
    ...names.map((row, at) => `${`${at + 1} ${row}`.padEnd(WIDTH)}${names.map((column) => String(confusion[row][column]).padStart(5)).join('')}`),
  ]
}

/** A report as a table for a terminal. */
export function printReport(report: Report): string {
  const { split, posts, unlawful } = report
  const head = `${split}: ${posts} posts tested, ${unlawful} of them against a rule`
  const note = 'P precision, R recall; ECE over ten bins of equal size. Flagged is queued or held.'
  return `${[[head, note], bandLines(report), kindLines(report), confusionLines(report)].map((lines) => lines.join('\n')).join('\n\n')}\n`
}
