import { days, type Instant, minus, seconds, toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { DetectorInUse } from '../detector/candidate/detector-in-use.ts'
import {
  type DecidedPost,
  isHeldOut,
  LEARNING_STEPS,
  type Learner,
  type LearningFault,
  type Learnt,
} from '../detector/candidate/learning.ts'
import {
  beatTraining,
  endSilentTraining,
  failTraining,
  insertTraining,
  keepTried,
  latestTraining,
  type Training,
} from '../detector/candidate/store.ts'
import type { Post } from '../detector/judge/detector.ts'
import { jobHeads, jobsWrittenSince } from '../job/store.ts'
import { latestLabels } from '../moderation/label/store.ts'
import type { Person } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { followDetector } from './follow-detector.ts'

/** Decisions that are learnt from at most: the latest. */
const MOST_DECIDED = 2_000
/** Posts of the last weeks that both models judge at most: the latest. */
const MOST_RECENT = 3_000
const WEEKS = days(28)
/** How often the process that trains says that it is there, and after how long a silence it counts as gone. */
const BEAT_MS = 10_000
const SILENCE = seconds(90)

/** What operators decided last, as the detector learns it, the earliest first; what was taken back is not among it. */
export async function decidedPosts(
  world: Pick<SandboxWorld, 'db'>,
  most: number = MOST_DECIDED,
): Promise<DecidedPost[]> {
  const labels = await latestLabels(world.db, most)
  const heads = await jobHeads(
    world.db,
    labels.map(({ job }) => job),
  )
  return labels.map(({ job, title, body, category, pay, accountAgeDays, kinds, at }) => ({
    id: job,
    author: heads.get(job)?.client ?? job,
    ...{ title, body, category, pay, accountAgeDays, kinds },
    decidedAt: toRfc3339(at),
  }))
}

interface RecentPost extends Post {
  readonly id: string
  readonly at: Instant
}

/** Posts of the last weeks. How old their clients' accounts were then is not looked up: neither model is told. */
async function recentPosts({ db }: SandboxWorld, now: Instant): Promise<RecentPost[]> {
  const jobs = await jobsWrittenSince(db, { after: minus(now, WEEKS), limit: MOST_RECENT })
  return jobs.map(({ id, title, body, category, payType, payAmount, createdAt }) => ({
    ...{ id, title, body, category },
    pay: { type: payType, amount: payAmount },
    at: createdAt,
  }))
}

/** What a training needs of the world. */
interface Trainer {
  readonly world: SandboxWorld
  readonly detector: DetectorInUse
  readonly learner: Learner
}

/** Keeps the candidate; from then on it is tried beside the model that decides. */
async function keep({ world }: Trainer, training: Training, learnt: Learnt, recent: readonly RecentPost[]) {
  const written = new Map(recent.map(({ id, at }) => [id, at]))
  const now = world.now()
  const kept = await keepTried(world.db, training.id, {
    id: world.newId('mdl'),
    version: learnt.version,
    file: learnt.file,
    comparison: learnt.comparison,
    learnt: training.learnt,
    trainedAt: now,
    differences: learnt.differences.map((one) => ({ ...one, surface: 'job', at: written.get(one.ref) ?? now })),
  })
  if (kept) await followDetector(world)
}

/** Trains to the end, and says every few seconds that it is alive. */
async function run(
  trainer: Trainer,
  training: Training,
  { decided, controller }: { readonly decided: readonly DecidedPost[]; readonly controller: AbortController },
): Promise<void> {
  const { world, detector, learner } = trainer
  const progress = { step: training.step, steps: training.steps }
  const beat = () =>
    beatTraining(world.db, training.id, { ...progress, now: world.now() }).then(
      (isRunning) => (isRunning ? undefined : controller.abort()),
      // the next beat says the same; without any, somebody else ends it
      () => undefined,
    )
  const beats = setInterval(beat, BEAT_MS)
  try {
    const recent = await recentPosts(world, training.startedAt)
    const done = await learner.learn(
      { decided, recent: recent.map(({ at: _, ...post }) => post), serving: detector.serving.model },
      {
        signal: controller.signal,
        onStep: (step, steps) => {
          Object.assign(progress, { step, steps })
          void beat()
        },
      },
    )
    if (!done.ok) await failTraining(world.db, training.id, done.problem.code, world.now())
    else if (await beatTraining(world.db, training.id, { ...progress, now: world.now() }))
      await keep(trainer, training, done.value, recent)
  } catch {
    await failTraining(world.db, training.id, 'broke-down', world.now()).catch(() => undefined)
  } finally {
    clearInterval(beats)
  }
}

/**
 * An operator has a candidate trained on what was decided. It returns at once: the training goes on beside the service, and
 * the model that decides stays as it is, whatever comes of it. One training at a time.
 */
export async function startTraining(world: SandboxWorld, operator: Person): Promise<Outcome<Training>> {
  const { detector, learner, db } = world
  if (!detector || !learner)
    return fail({ code: 'wrong-state', state: 'no-learner', detail: 'Trained by the command here' })
  const now = world.now()
  const decided = await decidedPosts(world)
  const heldOut = decided.filter(isHeldOut).length
  if (decided.length === heldOut)
    return fail({ code: 'wrong-state', state: 'no-decisions', detail: 'There are no decisions to learn from' })
  const training: Training = {
    id: world.newId('trn'),
    state: 'running',
    fault: null,
    ...{ step: 0, steps: LEARNING_STEPS, heldOut, learnt: decided.length - heldOut },
    operator: operator.id,
    ...{ startedAt: now, beatAt: now, endedAt: null },
  }
  await endSilentTraining(db, minus(now, SILENCE), now)
  if (detector.training || !(await insertTraining(db, training)))
    return fail({ code: 'conflict', detail: 'A training is running already' })
  const controller = new AbortController()
  const ended = run({ world, detector, learner }, training, { decided, controller }).finally(() => {
    detector.training = undefined
  })
  detector.training = { id: training.id, abort: () => controller.abort(), ended }
  return ok(training)
}

/** Ends the training that runs, in whichever process. */
export async function cancelTraining(world: SandboxWorld): Promise<Outcome<undefined>> {
  const latest = await latestTraining(world.db)
  if (latest?.state !== 'running')
    return fail({ code: 'wrong-state', state: latest?.state ?? 'none', detail: 'No training is running' })
  await failTraining(world.db, latest.id, 'cancelled', world.now())
  if (world.detector?.training?.id === latest.id) world.detector.training.abort()
  return ok(undefined)
}

/** The latest training as it stands: one of which nothing is heard any more is interrupted, whoever writes that down. */
export async function showTraining(world: SandboxWorld): Promise<Training | undefined> {
  const latest = await latestTraining(world.db)
  const isSilent = latest?.state === 'running' && latest.beatAt < minus(world.now(), SILENCE)
  return latest && isSilent ? { ...latest, state: 'failed', fault: 'interrupted' satisfies LearningFault } : latest
}
