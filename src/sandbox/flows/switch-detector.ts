import { fail, ok, type Result } from '../../kernel/result.ts'
import type { DetectorInUse } from '../detector/candidate/detector-in-use.ts'
import { type DetectorChange, dropTried, insertChange, latestChanges } from '../detector/candidate/store.ts'
import { LEAST_PREVALENCE, MOST_PREVALENCE } from '../detector/judge/prevalence.ts'
import type { Person } from '../people/person.ts'
import { malformed, type Outcome, type SandboxProblem } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { followDetector } from './follow-detector.ts'

/** Changes that are shown, the newest; one that is not among them cannot be gone back behind. */
const CHANGES_SHOWN = 12

/** What decides, and what it was changed from. */
export interface Standing {
  /** How often it was changed: whoever changes it names this, so that nobody changes what they have not read. */
  readonly version: number
  /** Null for the model that the service came with. */
  readonly model: string | null
  /** Null for that which the model was trained for. */
  readonly prevalence: number | null
  /** Which model decided before; undefined where none did. */
  readonly previous: string | null | undefined
  /** The newest first. */
  readonly changes: readonly DetectorChange[]
}

/** The model before the one that decides now. Before the first change it was that which the service came with. */
function previousOf(changes: readonly DetectorChange[]): string | null | undefined {
  const [now] = changes
  if (!now) return undefined
  const other = changes.find(({ model }) => model !== now.model)
  if (other) return other.model
  return now.model !== null && changes.length < CHANGES_SHOWN ? null : undefined
}

/** What decides now. */
export async function standingOf({ db }: Pick<SandboxWorld, 'db'>): Promise<Standing> {
  const changes = await latestChanges(db, CHANGES_SHOWN)
  const { version = 0, model = null, prevalence = null } = changes[0] ?? {}
  return { version, model, prevalence, previous: previousOf(changes), changes }
}

/** What an operator names with every change: the version that they have read, and why. */
export interface Reasoned {
  readonly version: number
  readonly note: string
}

type Wanted = Pick<DetectorChange, 'act' | 'model' | 'prevalence'>

/** Makes a change of what decides: who, when and why is kept, and it has effect for the next text. Of two at once one is refused. */
async function change(
  world: SandboxWorld,
  operator: Person,
  { version, note }: Reasoned,
  want: (standing: Standing, detector: DetectorInUse) => Result<Wanted, SandboxProblem>,
): Promise<Outcome<Standing>> {
  const { db, detector } = world
  if (!detector) return fail({ code: 'not-found' })
  const stale = { code: 'conflict', detail: 'The detector was changed; read it again' } as const
  const standing = await standingOf(world)
  if (standing.version !== version) return fail(stale)
  const wanted = want(standing, detector)
  if (!wanted.ok) return wanted
  const row = { ...wanted.value, version: version + 1, note, operator: operator.id, at: world.now() }
  if (!(await insertChange(db, row))) return fail(stale)
  await followDetector(world)
  return ok(await standingOf(world))
}

/** The model that was tried decides from now on. `model`: the one that was read about. */
export const switchDetector = (
  world: SandboxWorld,
  operator: Person,
  wanted: Reasoned & { readonly model: string },
): Promise<Outcome<Standing>> =>
  change(world, operator, wanted, ({ prevalence }, { tried }) =>
    tried?.id === wanted.model
      ? ok({ act: 'switch', model: wanted.model, prevalence })
      : fail({ code: 'wrong-state', state: 'not-tried', detail: 'Another model is tried by now, or none' }),
  )

/** The model that decided before decides again. */
export const switchBack = (world: SandboxWorld, operator: Person, wanted: Reasoned): Promise<Outcome<Standing>> =>
  change(world, operator, wanted, ({ previous, prevalence }) =>
    previous === undefined
      ? fail({ code: 'wrong-state', state: 'no-previous', detail: 'No other model decided before' })
      : ok({ act: 'back', model: previous, prevalence }),
  )

/** Sets the share of posts that are taken to break a rule, 0..1: probabilities and thresholds follow from it. */
export const setPrevalence = (
  world: SandboxWorld,
  operator: Person,
  wanted: Reasoned & { readonly prevalence: number },
): Promise<Outcome<Standing>> =>
  change(world, operator, wanted, ({ model }, { serving }) => {
    const { prevalence } = wanted
    if (!(prevalence >= LEAST_PREVALENCE && prevalence <= MOST_PREVALENCE))
      return malformed([{ path: 'prevalence', message: `Must be from ${LEAST_PREVALENCE} to ${MOST_PREVALENCE}` }])
    return prevalence === serving.model.prevalence
      ? fail({ code: 'already-done', detail: `It is ${prevalence} already` })
      : ok({ act: 'prevalence', model, prevalence })
  })

/** Throws away the model that is tried. */
export async function dropCandidate(world: SandboxWorld, model: string): Promise<Outcome<undefined>> {
  const dropped = await dropTried(world.db, model)
  await followDetector(world)
  return dropped
    ? ok(undefined)
    : fail({ code: 'wrong-state', state: 'not-tried', detail: 'Another model is tried by now, or none' })
}
