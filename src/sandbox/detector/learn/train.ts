import { type Seed, stableHash } from '../../../kernel/random.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { judge } from '../judge/calibration.ts'
import { type Figures, type Tested, testedOn } from '../judge/figures.ts'
import type { Weights } from '../judge/linear-scores.ts'
import type { Model } from '../judge/model.ts'
import { USUAL_PREVALENCE } from '../judge/prevalence.ts'
import {
  byAuthor,
  type CrossValidated,
  crossJudge,
  crossScore,
  fitOn,
  type Prepared,
  preparePosts,
  scoreHeld,
  scorePosts,
} from './cross-validate.ts'
import { type FittedCurves, fitCurves } from './fit-calibration.ts'
import { hashLabelledPosts, type LabelledPost } from './labelled-posts.ts'
import { measureJudgements } from './report.ts'

export interface TrainOptions {
  readonly seed: Seed
  /** Share of posts that break a rule where the model will be used, 0..1; that which is usual without it. */
  readonly prevalence?: number
  /** The posts cross-validated by author with the same seed, where that was done before. */
  readonly validated?: CrossValidated
  /** Called after each fit that a cross-validation needs: four times as a rule. */
  readonly onFit?: () => void
}

export type TrainingProblem =
  | { readonly code: 'too-few-authors'; readonly authors: number }
  | { readonly code: 'only-one-side'; readonly unlawful: number; readonly posts: number }

/** Seed of every training that names no other: with it, the same posts give the same model. */
export const USUAL_SEED: Seed = '6b656e7465692d6465746563746f7231'

/** A larger set is not cross-validated: one author in five is held out. */
const MOST_CROSS_VALIDATED = 20_000
const HELD_SHARE = 5

interface Fitted {
  readonly weights: Weights
  readonly curves: FittedCurves
  readonly figures: Figures
  readonly tested: Tested
}

/** Curves and figures from scores by models that had not seen the author; the weights from all posts. */
function fitCrossValidated({ prepared, crossed }: CrossValidated, prevalence: number): Fitted {
  const judged = crossJudge(crossed, prevalence)
  return {
    weights: fitOn(prepared, [...prepared.posts.keys()]),
    curves: fitCurves(crossed, prevalence),
    figures: measureJudgements(prepared.posts, judged, prevalence),
    tested: testedOn(prepared.posts, judged, prevalence),
  }
}

/** The same with one part of the authors held out: weights from the others, curves from one half of them, figures from the other. */
function fitHeldOut(prepared: Prepared, prevalence: number): Fitted {
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
    prevalence,
  )
  const posts = tested.map((at) => prepared.posts[at] as LabelledPost)
  const judged = scorePosts(posts, weights).map((held) => judge(curves, held))
  return {
    weights,
    curves,
    figures: measureJudgements(posts, judged, prevalence),
    tested: testedOn(posts, judged, prevalence),
  }
}

/**
 * Writers whom no set knows use yet other words than its held-out authors do. The more posts, the fewer of the n-grams of
 * any one are among those that keep their weights, so a model of all posts is not held to more.
 */
const OF_STRANGERS = 0.85
const ofAllPosts = ({ japanese, latin }: FittedCurves['leastKnown']): FittedCurves['leastKnown'] => ({
  japanese: japanese * OF_STRANGERS,
  latin: latin * OF_STRANGERS,
})

/** Trains a detector. The same posts in the same order and the same seed give the same model. */
export function trainDetector(
  posts: readonly LabelledPost[],
  { seed, prevalence = USUAL_PREVALENCE, validated, onFit }: TrainOptions,
): Result<Model, TrainingProblem> {
  const authors = new Set(posts.map(({ author }) => author)).size
  const unlawful = posts.filter(({ kinds }) => kinds.length > 0).length
  if (authors < 2) return fail({ code: 'too-few-authors', authors })
  if (unlawful === 0 || unlawful === posts.length) return fail({ code: 'only-one-side', unlawful, posts: posts.length })
  const prepared = validated?.prepared ?? preparePosts(posts, seed)
  const crossed = () => validated?.crossed ?? crossScore(prepared, byAuthor(posts), onFit)
  const { weights, curves, figures, tested } =
    posts.length <= MOST_CROSS_VALIDATED
      ? fitCrossValidated({ prepared, crossed: crossed() }, prevalence)
      : fitHeldOut(prepared, prevalence)
  const hash = hashLabelledPosts(posts)
  const decided = posts.flatMap(({ decidedAt }) => decidedAt ?? []).sort((a, b) => Date.parse(a) - Date.parse(b))
  return ok({
    version: `detector-5-${hash.slice(0, 12)}`,
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
    leastKnown: ofAllPosts(curves.leastKnown),
    weights,
  })
}
