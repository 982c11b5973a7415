import { type AttemptWork, type SignatureStanding, unpackWork } from '../attempt/archive/archived-work.ts'
import { responsesOf } from '../attempt/responses/store.ts'
import { findAttempt, type StoredAttempt } from '../attempt/store.ts'
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
  if (attempt.status !== 'graded') return readKept(world, attempt)
  if (attempt.archived) return readArchived(world, attempt.id, attempt.archived)
  const [kept] = await Promise.allSettled([readKept(world, attempt)])
  const isWhole = kept.status === 'fulfilled' && kept.value.responses.length > 0 && !attempt.form.tasks
  // what is not there may have left since the attempt was read; with it, at once, where it lies now was noted
  const now = isWhole ? undefined : await findAttempt(world.db, attempt.id)
  if (now?.status === 'graded' && now.archived) return readArchived(world, attempt.id, now.archived)
  if (kept.status === 'rejected') throw kept.reason
  return kept.value
}

/** What the database has of it. */
async function readKept({ db }: WorkPlace, { id, form }: StoredAttempt): Promise<AttemptWork> {
  const [responses, tasks, grades] = await Promise.all([
    responsesOf(db, id),
    form.tasks ? tasksOf(db, id) : [],
    form.tasks ? taskGradesOf(db, id) : {},
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
