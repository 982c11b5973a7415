import { packWork } from '../attempt/archive/archived-work.ts'
import { archiveStatements, attemptsToArchive, erasedAmong } from '../attempt/archive/store.ts'
import { findAttempt } from '../attempt/store.ts'
import { signingKey } from '../credential/keys.ts'
import { latestBanks } from '../item/store.ts'
import { minusPeriod } from '../kernel/instant.ts'
import type { World } from '../world/world.ts'
import { keyRingOf } from './key-ring.ts'
import { readWork } from './read-work.ts'

/** Attempts of an exam that one round archives; what is left comes with the next. */
const PAGE = 100

/**
 * Puts the work of attempts into the archive that their exam has kept in the database for long enough: a signed file of each,
 * which is read back before anything is deleted. Without an archive, nothing. Several at once do some of it twice, which does
 * no harm. @returns how many attempts were archived.
 */
export async function archiveAttempts(world: World): Promise<number> {
  const key = world.archive && signingKey(await keyRingOf(world), 'service')
  if (!key) return 0
  let archived = 0
  for (const { exam } of await latestBanks(world.db)) {
    if (!exam.archiveAfter) continue
    const before = minusPeriod(world.now(), exam.archiveAfter)
    for (const id of await attemptsToArchive(world.db, { exam: exam.id, before, limit: PAGE }))
      if (await archiveAttempt(world, id, { thumbprint: key.thumbprint, alg: key.alg, key: key.privateKey }))
        archived += 1
  }
  return archived
}

async function archiveAttempt(world: World, id: string, key: Parameters<typeof packWork>[2]): Promise<boolean> {
  const attempt = await findAttempt(world.db, id)
  if (attempt?.status !== 'graded' || attempt.archived || !world.archive) return false
  const work = await readWork(world, attempt)
  const { file, sha256 } = await packWork(id, work, key)
  // equal work has an equal name: whoever archives second writes over the first one's file what is as good, and whoever reads
  // when the first has deleted it already writes into another
  const name = `${id}.${sha256.slice(0, 16)}`
  const saved = work.responses.map(({ savedAt }) => savedAt)
  const archived = {
    name,
    sha256,
    answered: work.responses.filter(({ response }) => response !== null).length,
    savedAt: saved.length > 0 ? Math.max(...saved) : null,
  }
  await world.archive.put(name, file)
  await readWork(world, { ...attempt, archived })
  const [taken] = (await world.db.batch(archiveStatements(world.db, attempt.id, archived))) as [{ id: string }[]]
  if (taken.length === 1) return true
  // the person was erased meanwhile, or somebody else came first, whose file may be this one
  const now = await findAttempt(world.db, id)
  if (now?.status !== 'graded' || now.archived?.name !== name) await world.archive.remove(name)
  return false
}

/** Ids that one statement takes. */
const IDS = 500

/** Removes what lies in the archive of people who are erased: where a process ended between the file and what tells of it. */
export async function removeErasedWork({ db, archive }: Pick<World, 'db' | 'archive'>): Promise<void> {
  if (!archive) return
  for await (const there of archive.attempts())
    for (let at = 0; at < there.length; at += IDS)
      for (const id of await erasedAmong(db, there.slice(at, at + IDS))) await archive.removeOf(id)
}
