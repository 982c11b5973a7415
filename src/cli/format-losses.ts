import type { Language } from '../authoring/diagnostic.ts'
import type { ItemReport, Loss } from '../authoring/formats/exchange.ts'
import { printable } from './format-diagnostics.ts'

/** What an exchange did, for a person or for a program. */
export interface ExchangeReport {
  readonly format: string
  /** Files written, or that would be. */
  readonly files: readonly string[]
  readonly losses: readonly Loss[]
  readonly items: readonly ItemReport[]
}

const OUTCOMES: Readonly<Record<ItemReport['outcome'], Readonly<Record<Language, string>>>> = {
  whole: { ja: 'そのまま', en: 'whole' },
  changed: { ja: '変更', en: 'changed' },
  'left-out': { ja: '除外', en: 'left out' },
}

/** A line for each thing that was lost; items that came through whole are only counted. */
export function lossLines({ losses, items }: ExchangeReport, language: Language): string[] {
  const lineOf = (who: string, outcome: string, { code, message }: Loss) => printable(`${who} ${outcome} ${code} ${message[language]}`)
  return [
    ...losses.map((one) => lineOf(language === 'ja' ? 'ファイル全体' : 'file', OUTCOMES.changed[language], one)),
    ...items.flatMap((item) => item.losses.map((one) => lineOf(nameOf(item), OUTCOMES[item.outcome][language], one))),
  ]
}

const nameOf = ({ id, source }: ItemReport): string => (id === undefined ? (source ?? '') : source === undefined || source === id ? id : `${id} (${source})`)

export const countOutcomes = ({ items }: ExchangeReport): Readonly<Record<ItemReport['outcome'], number>> => ({
  whole: items.filter(({ outcome }) => outcome === 'whole').length,
  changed: items.filter(({ outcome }) => outcome === 'changed').length,
  'left-out': items.filter(({ outcome }) => outcome === 'left-out').length,
})

/** `12 items: 9 whole, 2 changed, 1 left out`. */
export function lossSummary(report: ExchangeReport, language: Language): string {
  const counts = countOutcomes(report)
  const words = (Object.keys(OUTCOMES) as ItemReport['outcome'][]).map((outcome) => (language === 'ja' ? `${OUTCOMES[outcome].ja} ${counts[outcome]}` : `${counts[outcome]} ${OUTCOMES[outcome].en}`))
  return language === 'ja' ? `${report.items.length}問：${words.join('、')}` : `${report.items.length} items: ${words.join(', ')}`
}

/** The report for programs: messages in one language, everything else stable. */
export const lossJson = (report: ExchangeReport, language: Language): string => {
  const told = (losses: readonly Loss[]) => losses.map(({ code, message, fields }) => ({ code, message: message[language], ...(fields ? { fields } : {}) }))
  return JSON.stringify(
    { format: report.format, files: report.files, counts: countOutcomes(report), losses: told(report.losses), items: report.items.map((item) => ({ ...item, losses: told(item.losses) })) },
    null,
    2,
  )
}
