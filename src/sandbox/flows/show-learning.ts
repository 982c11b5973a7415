import { parseRfc3339 } from '../../kernel/instant.ts'
import type { OpenModel } from '../detector/candidate/detector-in-use.ts'
import {
  findModel,
  findTried,
  type KeptModel,
  type KnownDifference,
  listDifferences,
  type Training,
} from '../detector/candidate/store.ts'
import { jobHeads } from '../job/store.ts'
import { countLabelsSince } from '../moderation/label/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { type Standing, standingOf } from './switch-detector.ts'
import { showTraining } from './train-candidate.ts'

const DIFFERENCES_SHOWN = 20

/** A text on which two models differ, with the title of its post where it is one. */
export interface ShownDifference extends KnownDifference {
  readonly title: string | undefined
}

export interface Tried {
  readonly model: KeptModel
  /** The newest first, and from which on the rest is. */
  readonly differences: readonly ShownDifference[]
  readonly next: number | undefined
  /** Whether it can be switched to: its file is of this release. */
  readonly isOpen: boolean
}

/** Where learning stands, for operators. */
export interface Learning {
  readonly serving: OpenModel
  /** What is known of the model that decides, where it was trained here. */
  readonly chosen: KeptModel | undefined
  /** Whether the chosen one's file is of another release, so that the one of the service decides. */
  readonly isReplaced: boolean
  readonly standing: Standing
  readonly tried: Tried | undefined
  readonly training: Training | undefined
  /** Decisions since the newest of the models was trained. */
  readonly unlearnt: number
  readonly canTrain: boolean
}

async function showTried({ db, detector }: SandboxWorld, before: number | undefined): Promise<Tried | undefined> {
  const model = await findTried(db)
  if (!model) return undefined
  const read = await listDifferences(db, { model: model.id, before, limit: DIFFERENCES_SHOWN + 1 })
  const page = read.slice(0, DIFFERENCES_SHOWN)
  const heads = await jobHeads(
    db,
    page.flatMap(({ surface, ref }) => (surface === 'job' ? [ref] : [])),
  )
  return {
    model,
    differences: page.map((one) => ({ ...one, title: heads.get(one.ref)?.title })),
    next: read.length > page.length ? page.at(-1)?.nth : undefined,
    isOpen: detector?.tried?.id === model.id,
  }
}

/** Where learning stands; undefined where no detector of this kind judges. `before`: from which difference on the list goes. */
export async function showLearning(world: SandboxWorld, before: number | undefined): Promise<Learning | undefined> {
  const { db, detector, learner } = world
  if (!detector) return undefined
  const [standing, tried, training] = await Promise.all([
    standingOf(world),
    showTried(world, before),
    showTraining(world),
  ])
  const chosen = standing.model === null ? undefined : await findModel(db, standing.model)
  const learntUntil =
    tried?.model.trainedAt ?? chosen?.trainedAt ?? parseRfc3339(detector.base.trainedOn.decidedUntil ?? '')
  return {
    ...{ serving: detector.serving, isReplaced: detector.isReplaced, chosen, standing, tried, training },
    unlearnt: await countLabelsSince(db, learntUntil),
    canTrain: learner !== undefined,
  }
}
