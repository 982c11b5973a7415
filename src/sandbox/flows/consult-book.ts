import { readHolding } from '../evidence/belief/store.ts'
import { readNorms } from '../review/store.ts'
import type { ReviewNorms } from '../review/totals.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { allPriorityShows } from '../search/newcomers/store.ts'
import { believedFirst, termsOf } from '../search/newcomers/terms.ts'
import { changesSince, lastChange, readMemories } from '../search/store.ts'
import type { WorkerBook } from '../search/worker-book.ts'

/** Before the seeding there is nobody to standardise. */
const NO_NORMS: ReviewNorms = { mean: 0, sd: 1 }

export const marketNorms = async (world: Pick<SandboxWorld, 'db'>): Promise<ReviewNorms> =>
  (await readNorms(world.db)) ?? NO_NORMS

/** The order of the workers, with everything that was written before the call. */
export const consultBook = ({ db, workerBook: book }: Pick<SandboxWorld, 'db' | 'workerBook'>): Promise<WorkerBook> =>
  book.inTurn(async () => {
    const [norms, { beliefs, settings }] = await Promise.all([marketNorms({ db }), readHolding(db)])
    book.believe((exam) => termsOf(beliefs.get(exam) ?? believedFirst, settings.get(exam)))
    const { state } = book
    if (state?.norms.mean !== norms.mean || state.norms.sd !== norms.sd) {
      // the number first: what changes while all are read is read again
      const seq = await lastChange(db)
      book.fill(await readMemories(db, norms), { seq, norms }, await allPriorityShows(db))
      return book
    }
    const changes = await changesSince(db, state.seq)
    if (changes.workers.length > 0)
      book.learn(await readMemories(db, norms, changes.workers), { seq: changes.seq, norms })
    return book
  })
