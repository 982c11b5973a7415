import type { Figures } from '../detector/judge/figures.ts'
import { kinds } from '../detector/judge/kinds.ts'
import type { Report } from '../detector/learn/report.ts'
import type { Translate } from './texts.ts'

/** Characters that a terminal shows twice as wide as a letter: kana, kanji and what stands among them. */
const WIDE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}\u3000-\u303f\uff01-\uff60]/gu
const widthOf = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0)
const left = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)))
const right = (text: string, width: number): string => ' '.repeat(Math.max(0, width - widthOf(text))) + text

const percent = (share: number): string => right(`${(share * 100).toFixed(1)} %`, 8)
const ece = (error: number): string => right(error.toFixed(3), 7)
const number = (count: number): string => right(String(count), 7)

const WIDTH = 24

const bandLine = (name: string, { precision, recall, holdPrecision, holdRecall, ece: error }: Figures): string =>
  `${left(name, WIDTH)}${percent(precision)}${percent(recall)}${percent(holdPrecision)}${percent(holdRecall)}${ece(error)}`

function bandLines({ figures, estranged, byLanguage }: Report, t: Translate): string[] {
  const heads = [t('sandbox.report.queue'), 'R', t('sandbox.report.hold'), 'R'].map((head) => right(head, 8))
  return [
    `${left(t('sandbox.report.flagged'), WIDTH)}${heads.join('')}${right('ECE', 7)}`,
    bandLine(t('sandbox.report.every'), figures),
    ...Object.entries(byLanguage).map(([lang, each]) => bandLine(lang, each)),
    ...(estranged ? [bandLine(t('sandbox.report.estranged'), estranged)] : []),
  ]
}

function kindLines({ figures }: Report, t: Translate): string[] {
  const counts = [t('sandbox.report.posts'), t('sandbox.report.told')].map((head) => right(head, 7))
  return [
    `${left(t('sandbox.report.kind'), WIDTH)}${counts.join('')}${right('P', 8)}${right('R', 8)}${right('ECE', 7)}`,
    ...kinds.map((kind) => {
      const { posts, told, precision, recall, ece: error } = figures.kinds[kind]
      return `${left(kind, WIDTH)}${number(posts)}${number(told)}${percent(precision)}${percent(recall)}${ece(error)}`
    }),
  ]
}

function confusionLines({ confusion }: Report, t: Translate): string[] {
  const names = [...kinds, 'none'] as const
  const cells = (texts: readonly (string | number)[]) => texts.map((text) => right(String(text), 5)).join('')
  return [
    `${left(t('sandbox.report.confusion'), WIDTH)}${cells(names.map((_, at) => at + 1))}`,
    ...names.map((row, at) => {
      const name = row === 'none' ? t('sandbox.report.none') : row
      return `${left(`${at + 1} ${name}`, WIDTH)}${cells(names.map((column) => confusion[row][column]))}`
    }),
  ]
}

/** A report as a table for a terminal. */
export function printReport(report: Report, t: Translate): string {
  const { split, posts, unlawful } = report
  const head = t('sandbox.report.head', { split: t(`sandbox.report.split.${split}`), posts, unlawful })
  const first = [head, t('sandbox.report.note')]
  const parts = [first, bandLines(report, t), kindLines(report, t), confusionLines(report, t)]
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`
}
