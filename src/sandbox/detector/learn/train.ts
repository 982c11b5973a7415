import { type Seed, stableHash } from '../../../kernel/random.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { type Curves, judge } from '../judge/calibration.ts'
import { type Figures, type Tested, testedOn } from '../judge/figures.ts'
import type { Weights } from '../judge/linear-scores.ts'
import type { Model } from '../judge/model.ts'
import { byAuthor, crossJudge, crossScore, fitOn, type Prepared, preparePosts, scoreHeld } from './cross-validate.ts'
import { fitCurves } from './fit-calibration.ts'
import { pruneWeights } from './fit-weights.ts'
import { hashLabelledPosts, type LabelledPost } from './labelled-posts.ts'
import { measureJudgements } from './report.ts'

export interface TrainOptions {
  readonly seed: Seed
}

export type TrainingProblem =
  | { readonly code: 'too-few-authors'; readonly authors: number }
  | { readonly code: 'only-one-side'; readonly unlawful: number; readonly posts: number }

/** Features kept in a model, so that its file stays below a megabyte. 2,000 posts have 48,000; a large set loses its weakest. */
const MOST_ROWS = 60_000
/** A larger set is not cross-validated: one author in five is held out. */
const MOST_CROSS_VALIDATED = 20_000
const HELD_SHARE = 5

interface Fitted {
  readonly weights: Weights
  readonly curves: Curves
  readonly figures: Figures
  readonly tested: Tested
}

/** Curves and figures from scores by models that had not seen the author; the weights from all posts. */
function fitCrossValidated(prepared: Prepared): Fitted {
  const crossed = crossScore(prepared, byAuthor(prepared.posts))
  const judged = crossJudge(crossed)
  return {
    weights: fitOn(prepared, [...prepared.posts.keys()]),
    curves: fitCurves(crossed),
    figures: measureJudgements(prepared.posts, judged),
    tested: testedOn(prepared.posts, judged),
  }
}

/** The same with one part of the authors held out: weights from the others, curves from one half of them, figures from the other. */
function fitHeldOut(prepared: Prepared): Fitted {
  const places = [...prepared.posts.keys()]
  const partOf = (at: number) => stableHash(prepared.posts[at]?.author ?? '') % (2 * HELD_SHARE)
  const weights = fitOn(
    prepared,
    places.filter((at) => partOf(at) > 1),
  )
  const tested = places.filter((at) => partOf(at) === 1)
  const curves = fitCurves(
    scoreHeld(
      prepared,
      weights,
      places.filter((at) => partOf(at) === 0),
    ),
  )
  const judged = scoreHeld(prepared, weights, tested).map(({ plain }) => judge(curves, plain))
  const posts = tested.map((at) => prepared.posts[at] as LabelledPost)
  return { weights, curves, figures: measureJudgements(posts, judged), tested: testedOn(posts, judged) }
}

/** Trains a detector. The same posts in the same order and the same seed give the same model. */
export function trainDetector(posts: readonly LabelledPost[], { seed }: TrainOptions): Result<Model, TrainingProblem> {
  const authors = new Set(posts.map(({ author }) => author)).size
  const unlawful = posts.filter(({ kinds }) => kinds.length > 0).length
  if (authors < 2) return fail({ code: 'too-few-authors', authors })
  if (unlawful === 0 || unlawful === posts.length) return fail({ code: 'only-one-side', unlawful, posts: posts.length })
  const prepared = preparePosts(posts, seed)
  const { weights, curves, figures, tested } =
    posts.length <= MOST_CROSS_VALIDATED ? fitCrossValidated(prepared) : fitHeldOut(prepared)
  const hash = hashLabelledPosts(posts)
  const decided = posts.flatMap(({ decidedAt }) => decidedAt ?? []).sort((a, b) => Date.parse(a) - Date.parse(b))
  return ok({
    version: `detector-2-${hash.slice(0, 12)}`,
    trainedOn: {
      hash,
      posts: posts.length,
      authors,
      unlawful,
      seed,
      ...(decided.length > 0 ? { decidedUntil: decided.at(-1) } : {}),
    },
    figures,
    tested,
    ...curves,
    weights: pruneWeights(weights, MOST_ROWS),
  })
}
