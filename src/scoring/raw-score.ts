import type { Form, PlacedItem, PresentedResponse } from '../form/form.ts'
import { resolveResponse } from '../form/read-response.ts'
import type { Bank, PartId } from '../item/bank.ts'
import { scoreResponse } from '../item/definition-of.ts'
import { settleKey } from '../item/draw-values.ts'
import type { Item } from '../item/item.ts'
import { type PartsDecision, reaches, toOneDecimal } from './decide-parts.ts'

/** What is written when an attempt is graded. A candidate is shown less of it: `candidateReport`. */
export interface ScoreReport {
  readonly passed: boolean
  /** 0–100, cut to one decimal. */
  readonly score: number
  readonly passScore: number
  /** Of an exam in parts: what was sat, and what the parts come to together. `score` is that of this part alone. */
  readonly part?: {
    readonly id: PartId
    /** 0–100, unrounded. */
    readonly raw: number
    readonly decision: PartsDecision
  }
}

/** The report that a certificate is issued by: of an exam in parts the score is that of all of them. */
export const certifiedReport = (report: ScoreReport): ScoreReport => ({
  ...report,
  score: report.part?.decision.score ?? report.score,
})

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
  return form.sections.map((section) =>
    section.items.map((placed) => scoreItem(placed, items.get(placed.itemId), form, sheet)),
  )
}

function scoreItem(placed: PlacedItem, item: Item | undefined, form: Form, sheet: ResponseSheet): ScoredItem {
  const secret = item?.wordings[form.locale]?.secret
  if (!item || !secret) throw new Error(`item ${placed.itemId} is not in the bank`)
  const credit = scoreResponse(
    settleKey(secret, placed.values ?? {}),
    resolveResponse(item.type, placed, sheet[placed.ref] ?? null),
  )
  return { ref: placed.ref, itemId: item.id, itemHash: item.hash, points: item.points, credit }
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

/** Percentage of the points earned, 0–100, unrounded. */
export const rawScore = (items: readonly Pick<ScoredItem, 'points' | 'credit'>[]): number =>
  (sum(items.map((i) => i.points * i.credit)) / sum(items.map((i) => i.points))) * 100

/** The report of a paper: the outcome, the score and the cut that it was held to. Every section with a cut of its own must reach it, too. */
export function reportScore(bank: Bank, sections: readonly ScoredItem[][]): ScoreReport {
  const score = rawScore(sections.flat())
  const sectionsPass = bank.exam.sections.every(
    (section, index) => section.passScore === undefined || reaches(rawScore(sections[index] ?? []), section.passScore),
  )
  return {
    passed: reaches(score, bank.exam.passScore) && sectionsPass,
    score: toOneDecimal(score),
    passScore: bank.exam.passScore,
  }
}
