import type { ItemReport, Loss } from '../authoring/formats/exchange.ts'
import { type Language, sentenceOf } from '../authoring/said.ts'
import { printable } from './format-diagnostics.ts'
import { textsOf } from './texts.ts'

/** What an exchange did, for a person or for a program. */
export interface ExchangeReport {
  readonly format: string
  /** Files written, or that would be. */
  readonly files: readonly string[]
  readonly losses: readonly Loss[]
  readonly items: readonly ItemReport[]
}

const OUTCOMES = ['whole', 'changed', 'left-out'] as const satisfies readonly ItemReport['outcome'][]

/** A line for each thing that was lost; items that came through whole are only counted. */
export function lossLines({ losses, items }: ExchangeReport, language: Language): string[] {
  const t = textsOf(language)
  const lineOf = (who: string, outcome: string, { code, message }: Loss) =>
    printable(`${who} ${outcome} ${code} ${sentenceOf(message, language)}`)
  return [
    ...losses.map((one) => lineOf(t('cli.losses.file'), t('cli.losses.changed'), one)),
    ...items.flatMap((item) => item.losses.map((one) => lineOf(nameOf(item), t(`cli.losses.${item.outcome}`), one))),
  ]
}

const nameOf = ({ id, source }: ItemReport): string =>
  id === undefined ? (source ?? '') : source === undefined || source === id ? id : `${id} (${source})`

export const countOutcomes = ({ items }: ExchangeReport): Readonly<Record<ItemReport['outcome'], number>> => ({
  whole: items.filter(({ outcome }) => outcome === 'whole').length,
  changed: items.filter(({ outcome }) => outcome === 'changed').length,
  'left-out': items.filter(({ outcome }) => outcome === 'left-out').length,
})

/** `12 items: 9 whole, 2 changed, 1 left out`. */
export function lossSummary(report: ExchangeReport, language: Language): string {
  const counts = countOutcomes(report)
  const t = textsOf(language)
  const words = OUTCOMES.map((outcome) => t(`cli.losses.count.${outcome}`, { count: counts[outcome] }))
  return t('cli.losses.summary', { items: report.items.length, words: words.join(t('between.comma')) })
}

/** The report for programs: messages in one language, everything else stable. */
export const lossJson = (report: ExchangeReport, language: Language): string => {
  const told = (losses: readonly Loss[]) =>
    losses.map(({ code, message, fields }) => ({
      code,
      message: sentenceOf(message, language),
      ...(fields ? { fields } : {}),
    }))
  return JSON.stringify(
    {
      format: report.format,
      files: report.files,
      counts: countOutcomes(report),
      losses: told(report.losses),
      items: report.items.map((item) => ({ ...item, losses: told(item.losses) })),
    },
    null,
    2,
  )
}
