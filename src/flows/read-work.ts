import { type AttemptWork, type SignatureStanding, unpackWork } from '../attempt/archive/archived-work.ts'
import { responsesOf } from '../attempt/responses/store.ts'
import type { StoredAttempt } from '../attempt/store.ts'
import { taskGradesOf, tasksOf } from '../attempt/tasks/store.ts'
import { ToldError } from '../platform/log-line.ts'
import type { Settings } from '../world/settings.ts'
import type { World } from '../world/world.ts'
import { keyRingOf } from './key-ring.ts'

const MANUAL = 'src/docs/en/records.md#archive'

/** A file of the archive is not what was put there. */
export class SpoiltWork extends ToldError {}

/** What reading the work of an attempt needs of a world. */
export type WorkPlace = Pick<World, 'db' | 'archive'> & { readonly settings: Pick<Settings, 'origin' | 'keys'> }

/** Work of an attempt; of a file of the archive, what its signature says. */
export interface ReadWork extends AttemptWork {
  readonly signature?: SignatureStanding
}

/** The work of an attempt, wherever it is. @throws a `SpoiltWork` where its file of the archive is not what was put there. */
export async function readWork(world: WorkPlace, attempt: StoredAttempt): Promise<ReadWork> {
  if (attempt.status === 'graded' && attempt.archived) return readArchived(world, attempt.id, attempt.archived)
  const [responses, tasks, grades] = await Promise.all([
    responsesOf(world.db, attempt.id),
    attempt.form.tasks ? tasksOf(world.db, attempt.id) : [],
    attempt.form.tasks ? taskGradesOf(world.db, attempt.id) : {},
  ])
  return { responses, tasks, grades }
}

async function readArchived(
  world: WorkPlace,
  attempt: string,
  { name, sha256 }: { readonly name: string; readonly sha256: string },
): Promise<ReadWork> {
  const refuse = (why: string) =>
    new SpoiltWork(`the archive does not have ${attempt} as it was put there: ${why} (${MANUAL})`)
  const file = await world.archive?.get(name)
  if (!file) throw refuse('missing')
  const { keys } = await keyRingOf(world)
  const unpacked = await unpackWork(file, { attempt, sha256 }, (thumbprint) => {
    const key = keys.find((one) => one.thumbprint === thumbprint)
    if (!key) return 'unknown'
    return key.state === 'blocked' ? 'blocked' : key.publicKey
  })
  if (typeof unpacked === 'string') throw refuse(unpacked)
  return { ...unpacked.work, signature: unpacked.signature }
}
