import { fail, ok } from '../../../src/kernel/result.ts'
import { compareModels } from '../../../src/sandbox/detector/candidate/comparison.ts'
import {
  isHeldOut,
  type Learner,
  type LearningFault,
  type LearningOrder,
} from '../../../src/sandbox/detector/candidate/learning.ts'
import { createDetector } from '../../../src/sandbox/detector/judge/detector.ts'
import { type Model, printModel } from '../../../src/sandbox/detector/judge/model.ts'

/** A model that finds every text more suspicious, by so much. */
export const moreAlarmed = (model: Model, by: number): Model => ({
  ...model,
  version: `${model.version}-${by}`,
  weights: { ...model.weights, biases: model.weights.biases.map((bias) => bias + by) },
})

/** A learner whose trainings end when the test says so; each gives a model that is more alarmed than the one that decides. */
export function fakeLearner(by: () => number) {
  const orders: LearningOrder[] = []
  let finish: (fault?: LearningFault) => void = () => {}
  let step: (step: number, of: number) => void = () => {}
  const learner: Learner = {
    learn: (order, { onStep, signal }) =>
      new Promise((resolve, reject) => {
        orders.push(order)
        step = onStep
        signal.addEventListener('abort', () => resolve(fail({ code: 'cancelled' })))
        finish = (fault) => {
          if (fault === 'broke-down') return reject(new Error('the thread is gone'))
          if (fault) return resolve(fail({ code: fault }))
          const model = moreAlarmed(order.serving, by())
          const compared = compareModels(
            { serving: createDetector(order.serving), candidate: createDetector(model) },
            { heldOut: order.decided.filter(isHeldOut), recent: order.recent },
          )
          resolve(ok({ version: model.version, file: printModel(model), ...compared }))
        }
      }),
  }
  return {
    learner,
    orders,
    finish: (fault?: LearningFault) => finish(fault),
    step: (at: number, of: number) => step(at, of),
  }
}
