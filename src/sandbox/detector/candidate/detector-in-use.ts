import { createDetector, type Detector } from '../judge/detector.ts'
import type { Model } from '../judge/model.ts'
import { thresholdsAt } from '../judge/prevalence.ts'

/** A model that can be asked. */
export interface OpenModel {
  /** Null for the one that the service came with. */
  readonly id: string | null
  readonly model: Model
  readonly detector: Detector
}

/** The same model where another share of posts breaks a rule. */
const setTo = (model: Model, prevalence: number | null): Model =>
  prevalence === null || prevalence === model.prevalence
    ? model
    : { ...model, prevalence, thresholds: thresholdsAt(model.operating, prevalence) }

/** Opens a model, set to a share of posts that break a rule; that which it was trained for without one. */
export function openModel(id: string | null, trained: Model, prevalence: number | null): OpenModel {
  const model = setTo(trained, prevalence)
  return { id, model, detector: createDetector(model) }
}

/** A training that runs in this process. */
export interface RunningTraining {
  readonly id: string
  /** Ends it with a fault. */
  abort(): void
  /** When it has left its last trace. */
  readonly ended: Promise<void>
}

/**
 * The detector of a running service. Which model decides and which is tried beside it is said by the database; what is here
 * follows it, so that a switch has effect for the next text without a new start.
 */
export class DetectorInUse {
  /** The model that the service came with. */
  readonly base: Model
  serving: OpenModel
  tried: OpenModel | undefined
  /** Of the change of what decides that is followed, 0 for none; and the model that is to be tried, whether it could be opened or not. */
  version = 0
  triedId: string | undefined
  /** Whether the chosen model's file is of another release, so that the one of the service decides instead. */
  isReplaced = false
  training: RunningTraining | undefined

  constructor(base: Model) {
    this.base = base
    this.serving = openModel(null, base, null)
  }

  readonly score: Detector['score'] = (post) => this.serving.detector.score(post)
}
