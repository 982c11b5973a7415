import { packWork } from '../attempt/archive/archived-work.ts'
import { archiveStatements, attemptsToArchive, erasedAmong } from '../attempt/archive/store.ts'
import { findAttempt } from '../attempt/store.ts'
import { signingKey } from '../credential/keys.ts'
import { latestBanks } from '../item/store.ts'
import { days, type Instant, minus, minusPeriod } from '../kernel/instant.ts'
import type { LogEvent } from '../platform/log-line.ts'
import { type Budget, noLimit, type World } from '../world/world.ts'
import { keyRingOf } from './key-ring.ts'
import { readDatabaseShare } from './read-database-share.ts'
import { readWork, SpoiltWork } from './read-work.ts'

/** Attempts of an exam that are looked for at once. */
const PAGE = 100

/** From this share of its limit on, the database gives up the oldest work, whatever time its exam sets. */
const FULL_FROM = 0.8
/** What was graded since is still looked at every day, and stays however full the database is. */
const ALWAYS_KEPT = days(7)

/** Statements that archiving one attempt asks, and some to spare. */
const MOST_STATEMENTS = 16
/** What cannot be archived though the archive answers is passed over; where it is this much, something else is wrong. */
const MOST_PASSED_OVER = 10

/** How much of it is done at once, and who is told. */
export interface Archiving {
  readonly budget?: Budget
  /** Attempts that are archived at most. */
  readonly most?: number
  /** Told which attempt could not be archived; it is tried again with the next round. */
  readonly report?: (event: LogEvent, about: string, error?: unknown) => void
}

/**
 * Puts the work of attempts into the archive that their exam has kept in the database for long enough, and, where the database
 * comes near its limit, the oldest before that: a signed file of each, which is read back before anything is deleted. Without
 * an archive, nothing. Several at once do some of it twice, which does no harm. @returns how many attempts were archived.
 */
export async function archiveAttempts(world: World, archiving: Archiving = {}): Promise<number> {
  const key = world.archive && signingKey(await keyRingOf(world), 'service')
  if (!key) return 0
  const round = new Round(world, { thumbprint: key.thumbprint, alg: key.alg, key: key.privateKey }, archiving)
  const banks = await latestBanks(world.db)
  const before = (exam: string, time: Instant, limit: number) =>
    attemptsToArchive(world.db, { exam, before: time, limit })
  for (const { exam } of banks) {
    if (!exam.archiveAfter || round.isOver) continue
    await round.archive(await before(exam.id, minusPeriod(world.now(), exam.archiveAfter), PAGE))
  }
  while (!round.isOver && ((await readDatabaseShare(world)) ?? 0) > FULL_FROM) {
    const pages = await Promise.all(banks.map(({ exam }) => before(exam.id, minus(world.now(), ALWAYS_KEPT), PAGE)))
    const oldest = pages.flat().sort((a, b) => a.gradedAt - b.gradedAt)
    if ((await round.archive(oldest.slice(0, PAGE))) === 0) break
  }
  return round.archived
}

/** A round of archiving, which ends when it has done its share. */
class Round {
  archived = 0
  readonly #world: World
  readonly #key: Parameters<typeof packWork>[2]
  readonly #of: Required<Archiving>
  readonly #passedOver = new Set<string>()

  constructor(world: World, key: Parameters<typeof packWork>[2], of: Archiving) {
    this.#world = world
    this.#key = key
    this.#of = { budget: noLimit, most: Number.POSITIVE_INFINITY, report: () => {}, ...of }
  }

  get isOver(): boolean {
    const { budget, most } = this.#of
    return this.archived >= most || budget.left() < MOST_STATEMENTS || this.#passedOver.size >= MOST_PASSED_OVER
  }

  /** @returns how many of them are archived now. */
  async archive(attempts: readonly { readonly id: string }[]): Promise<number> {
    const before = this.archived
    for (const { id } of attempts) {
      if (this.isOver) break
      if (!this.#passedOver.has(id) && (await this.#archiveOne(id))) this.archived += 1
    }
    return this.archived - before
  }

  async #archiveOne(id: string): Promise<boolean> {
    try {
      return await archiveAttempt(this.#world, id, this.#key)
    } catch (error) {
      // of anything else the next would suffer too
      if (!(error instanceof SpoiltWork)) throw error
      this.#passedOver.add(id)
      this.#of.report('attempt-not-archived', id, error)
      return false
    }
  }
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

/**
 * Removes what lies in the archive of people who are erased: where a process ended between the file and what tells of it.
 * `ending`: of attempts alone whose ids end so.
 */
export async function removeErasedWork(
  { db, archive }: Pick<World, 'db' | 'archive'>,
  { ending }: { readonly ending?: string } = {},
): Promise<void> {
  if (!archive) return
  for await (const there of archive.attempts(ending))
    for (let at = 0; at < there.length; at += IDS)
      for (const id of await erasedAmong(db, there.slice(at, at + IDS))) await archive.removeOf(id)
}
