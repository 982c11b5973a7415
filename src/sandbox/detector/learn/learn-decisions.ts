import type { Seed } from '../../../kernel/random.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { compareModels } from '../candidate/comparison.ts'
import { type DecidedPost, isHeldOut, LEARNING_STEPS, type LearningOrder, type Learnt } from '../candidate/learning.ts'
import { createDetector } from '../judge/detector.ts'
import { type Model, parseModel, printModel } from '../judge/model.ts'
import { type LabelledPost, languageOf } from './labelled-posts.ts'
import { type TrainingProblem, trainDetector } from './train.ts'

/** As an authored post is: of those that operators decided nobody has said in which register they are. */
export const labelledBy = (post: DecidedPost): LabelledPost => ({
  ...post,
  lang: languageOf(post),
  style: 'formal',
})

/** As it will serve, with weights as coarse as its file has them. */
function asItServes(file: string): Model {
  const model = parseModel(file)
  if (!model.ok) throw new Error(model.problem.detail)
  return model.value
}

/**
 * Trains a candidate on the authored set and on what operators decided, and compares it with the model that decides now: on
 * decisions that are held out, and on the posts of the last weeks. The whole set is trained on again, so that what was known
 * stays known. The same order and seed give the same candidate.
 */
export function learnDecisions(
  authored: readonly LabelledPost[],
  { decided, recent, serving }: LearningOrder,
  { seed, onStep }: { readonly seed: Seed; readonly onStep: (step: number, of: number) => void },
): Result<Learnt, TrainingProblem> {
  let step = 0
  const advance = () => {
    step += 1
    onStep(Math.min(LEARNING_STEPS, step), LEARNING_STEPS)
  }
  onStep(step, LEARNING_STEPS)
  const learnt = decided.filter((post) => !isHeldOut(post))
  const trained = trainDetector([...authored, ...learnt.map(labelledBy)], {
    seed,
    prevalence: serving.prevalence,
    onFit: advance,
  })
  if (!trained.ok) return trained
  const file = printModel(trained.value)
  const compared = compareModels(
    { serving: createDetector(serving), candidate: createDetector(asItServes(file)) },
    { heldOut: decided.filter(isHeldOut), recent },
  )
  return ok({ version: trained.value.version, file, ...compared })
}
