import type { Form, PlacedItem, PresentedResponse } from '../form/form.ts'
import { resolveResponse } from '../form/read-response.ts'
import type { Bank } from '../item/bank.ts'
import { settleKey } from '../item/draw-values.ts'
import type { Item } from '../item/item.ts'
import { scoreResponse } from '../item/score-response.ts'
import { reaches, toOneDecimal } from './cut-score.ts'
import type { ScoreBand, ScoreReport, SectionReport } from './score-report.ts'

/** One item of a graded paper. */
export interface ScoredItem {
  readonly ref: string
  readonly itemId: string
  readonly itemHash: string
  readonly points: number
  /** Share of the points earned, 0..1. */
  readonly credit: number
}

/** A paper's responses by item ref; a missing one scores zero. */
export type ResponseSheet = Readonly<Record<string, PresentedResponse>>

/** Scores every item of the paper. @throws when the bank is not the one the form was drawn from. */
export function scoreForm(form: Form, bank: Bank, sheet: ResponseSheet): ScoredItem[][] {
  if (bank.hash !== form.bankHash) throw new Error('this form was drawn from another bank')
  const items = new Map(bank.items.map((item) => [item.id, item]))
  return form.sections.map((section) => section.items.map((placed) => scoreItem(placed, items.get(placed.itemId), form, sheet)))
}

function scoreItem(placed: PlacedItem, item: Item | undefined, form: Form, sheet: ResponseSheet): ScoredItem {
  const secret = item?.wordings[form.locale]?.secret
  if (!item || !secret) throw new Error(`item ${placed.itemId} is not in the bank`)
  const credit = scoreResponse(settleKey(secret, placed.values ?? {}), resolveResponse(placed, sheet[placed.ref] ?? null))
  return { ref: placed.ref, itemId: item.id, itemHash: item.hash, points: item.points, credit }
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

/** Percentage of the points earned, 0–100, unrounded. */
export const rawScore = (items: readonly ScoredItem[]): number => (sum(items.map((i) => i.points * i.credit)) / sum(items.map((i) => i.points))) * 100

/**
 * Score ± one standard error of measurement, in percent: the binomial error of Lord (1955),
 * SEM² = p(1 − p)/(n − 1), with p drawn towards one half (Agresti–Coull) so that a perfect short section still has a width.
 */
export function scoreBand(items: readonly ScoredItem[]): ScoreBand {
  const n = items.length
  const score = rawScore(items)
  const p = ((score / 100) * n + 1) / (n + 2)
  const sem = Math.sqrt((p * (1 - p)) / Math.max(1, n - 1)) * 100
  return { low: Math.round(Math.max(0, score - sem)), high: Math.round(Math.min(100, score + sem)) }
}

/** The candidate's report: pass or fail, score and cut per section, a band for uncertainty. */
export function reportScore(bank: Bank, sections: readonly ScoredItem[][]): ScoreReport {
  const all = sections.flat()
  const score = rawScore(all)
  const sectionReports = bank.exam.sections.map((section, index): SectionReport => {
    const items = sections[index] ?? []
    return {
      topic: section.topic,
      itemCount: items.length,
      score: toOneDecimal(rawScore(items)),
      band: scoreBand(items),
      ...(section.passScore === undefined ? {} : { passScore: section.passScore }),
    }
  })
  const sectionsPass = bank.exam.sections.every((section, index) => section.passScore === undefined || reaches(rawScore(sections[index] ?? []), section.passScore))
  return {
    passed: reaches(score, bank.exam.passScore) && sectionsPass,
    score: toOneDecimal(score),
    passScore: bank.exam.passScore,
    band: scoreBand(all),
    sections: sectionReports,
  }
}
