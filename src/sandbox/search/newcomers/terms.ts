import { type Belief, nextBelief, noReviews } from '@kentei/marketplace/estimator'
import { unitHash } from '../../../kernel/random.ts'
import { FIRST_SETTING, type Setting } from '../../evidence/belief/setting.ts'
import { type Category, categories } from '../../people/worker.ts'

/** What a certificate of an exam counts in the search. */
export interface ExamTerms {
  /** r: how many times as often certified newcomers are drawn as others, 1..4. */
  readonly ratio: number
  /** By what the boost in the order is multiplied, 0..1.5. */
  readonly boostFactor: number
  /** `not-shown`: the exam was not shown to predict. `held-out`: nothing counts, for comparison. */
  readonly standing: 'counted' | 'not-shown' | 'held-out'
  /** What newcomers of the category get in the search, whoever of them is certified. */
  readonly setting: Setting
}

/** What the certificates of each exam count. */
export type Terms = (exam: string) => ExamTerms

/** Searches in which certificates count, and those in which they do not, so that the difference can be seen. */
export const arms = ['treated', 'held-out'] as const
export type Arm = (typeof arms)[number]

/** What counts while an exam is believed this, in a setting. */
export const termsOf = (
  { state, ratio, boostFactor }: Pick<Belief, 'state' | 'ratio' | 'boostFactor'>,
  setting: Setting = FIRST_SETTING,
): ExamTerms => ({
  ratio,
  boostFactor,
  standing: state === 'predicts' ? 'counted' : 'not-shown',
  setting,
})

/** What is believed before any newcomer of an exam was reviewed. */
export const believedFirst: Belief = nextBelief(undefined, {
  reviews: { certified: noReviews, other: noReviews },
  version: null,
})

/** What counts then. */
export const beforeAnyData: ExamTerms = termsOf(believedFirst)

/** The terms of a search that is held out: nothing counts, and newcomers get as many places as in the others. */
export const heldOutTerms =
  (treated: Terms): Terms =>
  (exam) => ({ ratio: 1, boostFactor: 0, standing: 'held-out', setting: treated(exam).setting })

/** r of a category's exam; with all categories that of the exam of which the least is believed. */
export const ratioIn = (terms: Terms, category: Category | undefined): number =>
  Math.min(...(category ? [category] : categories).map((exam) => terms(exam).ratio))

/** The setting of a category; with all categories it is cautious where one of them is. */
export const settingIn = (terms: Terms, category: Category | undefined): Setting =>
  (category ? [category] : categories).some((exam) => terms(exam).setting === 'cautious') ? 'cautious' : 'bold'

/** Held-out days of readers until which the larger share is held out. */
const MANY_HELD_OUT = 1_000
const FIRST_SHARE = 0.1
const LATER_SHARE = 0.05

/** Share of the reader-days that are held out, by how many have been. */
export const heldOutShare = (heldOutDays: number): number => (heldOutDays < MANY_HELD_OUT ? FIRST_SHARE : LATER_SHARE)

/** The arm of a reader on a day, with the probability of that arm: the same all day. */
export function armOf(
  reader: string,
  of: { readonly day: string; readonly share: number },
): {
  readonly arm: Arm
  readonly propensity: number
} {
  return unitHash(`${of.day}/${reader}/arm`) < of.share
    ? { arm: 'held-out', propensity: of.share }
    : { arm: 'treated', propensity: 1 - of.share }
}
