import type { Seed } from '../../../kernel/random.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { judge } from '../judge/calibration.ts'
import type { Model } from '../judge/model.ts'
import { USUAL_PREVALENCE } from '../judge/prevalence.ts'
import {
  byAuthor,
  type CrossValidated,
  crossJudge,
  crossScore,
  crossValidate,
  fitOn,
  type Grouping,
  type Prepared,
  preparePosts,
  scoreHeld,
  scorePosts,
} from './cross-validate.ts'
import { fitCurves } from './fit-calibration.ts'
import { type LabelledPost, styles } from './labelled-posts.ts'
import { type Report, reportOn, type Split } from './report.ts'
import { hiding } from './vary-posts.ts'

export type EvaluationProblem =
  | { readonly code: 'too-few-groups'; readonly groups: number }
  | { readonly code: 'no-decided-posts' }

/** Tests a model on posts it was not trained on. */
export function evaluateModel(model: Model, posts: readonly LabelledPost[]): Report {
  const judged = scorePosts(posts, model.weights).map((held) => judge(model, held))
  return reportOn({ split: 'model', prevalence: model.prevalence }, posts, judged)
}

/** One fold a style, moved by one from author to author: a Latin square. */
export function byAuthorAndStyle(posts: readonly LabelledPost[]): Grouping {
  const authors = [...new Set(posts.map(({ author }) => author))].sort()
  return ({ author, style }) => `fold ${(styles.indexOf(style) + authors.indexOf(author)) % styles.length}`
}

/** Share of the posts, by time, that is trained on. */
const EARLIER = 0.8

/** Weights from the earlier posts; curves from a cross-validation among them. */
function evaluateInTime(prepared: Prepared): Result<Report, EvaluationProblem> {
  const decided = [...prepared.posts.keys()].filter((at) => prepared.posts[at]?.decidedAt)
  const times = decided.map((at) => Date.parse(prepared.posts[at]?.decidedAt ?? ''))
  const cut = times.toSorted((a, b) => a - b)[Math.floor(times.length * EARLIER)]
  if (cut === undefined) return fail({ code: 'no-decided-posts' })
  const early = decided.filter((_, at) => (times[at] as number) < cut)
  const late = decided.filter((_, at) => (times[at] as number) >= cut)
  const past = subsetOf(prepared, early)
  const grouping = byAuthor(past.posts)
  const groups = new Set(past.posts.map(grouping)).size
  if (groups < 2) return fail({ code: 'too-few-groups', groups })
  const curves = fitCurves(crossScore(past, grouping), USUAL_PREVALENCE)
  const scored = scoreHeld(prepared, fitOn(prepared, early), late)
  return ok(
    reportOn(
      { split: 'time', prevalence: USUAL_PREVALENCE },
      late.map((at) => prepared.posts[at] as LabelledPost),
      scored.map(({ plain }) => judge(curves, plain)),
      scored.map(({ estranged }) => judge(curves, estranged)),
    ),
  )
}

function subsetOf({ posts, rows, augmented, estranged, seed }: Prepared, places: readonly number[]): Prepared {
  const choose = <T>(all: readonly T[]): T[] => places.flatMap((at) => (at < all.length ? [all[at] as T] : []))
  const chosen = choose(posts)
  return {
    posts: chosen,
    rows: choose(rows),
    augmented: choose(augmented),
    estranged: choose(estranged),
    hide: hiding(chosen, seed),
    seed,
  }
}

export interface EvaluateOptions {
  readonly split: Split
  readonly seed: Seed
}

/** What a cross-validation says of the posts. */
export const reportOnCrossed = (
  { prepared: { posts }, crossed }: CrossValidated,
  split: Exclude<Split, 'time'>,
): Report =>
  reportOn(
    { split, prevalence: USUAL_PREVALENCE },
    posts,
    crossJudge(crossed, USUAL_PREVALENCE),
    crossJudge(crossed, USUAL_PREVALENCE, 'estranged'),
  )

/** Trains and tests over the split. Every post is judged by weights, curves and thresholds made without its group. */
export function evaluateDetector(
  posts: readonly LabelledPost[],
  { split, seed }: EvaluateOptions,
): Result<Report, EvaluationProblem> {
  if (split === 'time') return evaluateInTime(preparePosts(posts, seed))
  const validated = crossValidate(posts, seed, split === 'author' ? byAuthor(posts) : byAuthorAndStyle(posts))
  return validated.ok ? ok(reportOnCrossed(validated.value, split)) : validated
}
