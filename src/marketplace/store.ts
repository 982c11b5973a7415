import { and, asc, eq, gt, gte, inArray, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Standing } from '../contract/marketplace.ts'
import type { VerifiedIdentity } from '../contract/tokens.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import { forgetRepliesStatement } from '../platform/http/replay/store.ts'
import type { Database, Statement } from '../world/database.ts'
import type { Session } from './session-token.ts'
import { rounds, tombstones, workers } from './tables.ts'

/** As a credential carries it: the algorithm with the digest, and the salt. */
export interface HashedAddress {
  readonly hash: string
  readonly salt: string
}

export interface Worker {
  readonly worker: string
  /** `urn:uuid:…`, the subject of the worker's credentials. */
  readonly subject: string
  readonly name: string
  readonly locale: Session['locale']
  readonly timeMultiplier: number
  readonly standing?: Standing['status']
  readonly standingVersion: number
  readonly erasedAt?: Instant
  /** Salted hash of an e-mail address for new credentials. */
  readonly identity?: HashedAddress
  readonly verified?: VerifiedIdentity
  /** Whether new credentials have no name. */
  readonly isUnnamed: boolean
}

const fromRow = (row: typeof workers.$inferSelect): Worker => ({
  worker: row.worker,
  subject: row.subject,
  name: row.name,
  locale: row.locale as Session['locale'],
  timeMultiplier: row.timeMultiplier,
  standingVersion: row.standingVersion,
  isUnnamed: row.isUnnamed,
  ...(row.standing === null ? {} : { standing: row.standing as Standing['status'] }),
  ...(row.erasedAt === null ? {} : { erasedAt: instant(row.erasedAt) }),
  ...(row.identity === null ? {} : { identity: row.identity }),
  ...(row.verified === null ? {} : { verified: row.verified }),
})

/** That a person was erased, by the tombstones that they may have: for statements that must write nothing about them. */
export const isErased = (mayHave: readonly string[]): SQL =>
  sql`exists (select 1 from tombstones where tombstone in (select value from json_each(${JSON.stringify(mayHave)})))`

/** What a launch tells of a worker. Without a multiplier the one on record stays; a verified identity holds while launches tell it. @returns undefined, and keeps nothing, where the worker was erased. */
export async function recordWorker(
  db: Database,
  seen: {
    worker: string
    tombstones: readonly string[]
    subject: string
    name: string
    locale: Session['locale']
    timeMultiplier?: number
    verified?: VerifiedIdentity | undefined
    now: Instant
  },
): Promise<Worker | undefined> {
  const { worker, subject, name, locale, timeMultiplier, verified = null, now } = seen
  const rows = await db
    .insert(workers)
    .select(
      sql`select ${worker}, ${subject}, ${name}, ${locale}, ${timeMultiplier ?? 1}, null, 0, null, null, ${now},
        ${verified && JSON.stringify(verified)}, 0
        where not ${isErased(seen.tombstones)}`,
    )
    .onConflictDoUpdate({
      target: workers.worker,
      set: { name, locale, seenAt: now, verified, ...(timeMultiplier === undefined ? {} : { timeMultiplier }) },
      setWhere: isNull(workers.erasedAt),
    })
    .returning()
  return rows[0] && fromRow(rows[0])
}

/** Whether a person was erased, by the tombstones that they may have. */
export async function wasErased(db: Database, mayHave: readonly string[]): Promise<boolean> {
  const rows = await db
    .select({ tombstone: tombstones.tombstone })
    .from(tombstones)
    .where(inArray(tombstones.tombstone, [...mayHave]))
  return rows.length > 0
}

/** For statements that must write nothing about somebody who is erased in the meantime. */
export const isKept = (worker: string): SQL => sql`exists (select 1 from workers where worker = ${worker})`

/** The same of a list: whom each message or event is about, if anybody, whose JSON is `value`. */
export const isOnRecord: SQL = sql`(value ->> 'about' is null or exists (select 1 from workers w where w.worker = value ->> 'about'))`

/** The same, and something else. */
export const isOnRecordAnd = (holds: SQL): SQL => sql`${isOnRecord} and ${holds}`

export async function findWorker(db: Database, worker: string): Promise<Worker | undefined> {
  const [row] = await db.select().from(workers).where(eq(workers.worker, worker))
  return row && fromRow(row)
}

/** The names of these workers, by their ids. */
export async function namesOf(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .select({ worker: workers.worker, name: workers.name })
    .from(workers)
    .where(sql`${workers.worker} in (select value from json_each(${JSON.stringify(ids)}))`)
  return new Map(rows.map(({ worker, name }) => [worker, name]))
}

/** Somebody whom a marketplace has sent here. */
export interface NamedPerson {
  readonly worker: string
  readonly name: string
}

/** People whose names begin like this, capital letters or not, by name. */
export const peopleNamed = async (db: Database, beginning: string, limit: number): Promise<NamedPerson[]> =>
  db
    .select({ worker: workers.worker, name: workers.name })
    .from(workers)
    .where(
      sql`name collate nocase >= ${beginning} and name collate nocase < ${`${beginning}\u{10ffff}`} and name <> ''`,
    )
    .orderBy(sql`name collate nocase`, asc(workers.worker))
    .limit(limit)

/** Says what new credentials have of a hashed address, and whether they have no name. @returns whether there is such a worker, and none that was erased. */
export async function updateNewCredentials(
  db: Database,
  worker: string,
  have: { readonly identity: HashedAddress | null } | { readonly isUnnamed: boolean },
): Promise<boolean> {
  const rows = await db
    .update(workers)
    .set(have)
    .where(and(eq(workers.worker, worker), isNull(workers.erasedAt)))
    .returning({ worker: workers.worker })
  return rows.length === 1
}

/** Sets an accommodation. `noted` stands right after it in the batch. @returns whether the worker is known. */
export async function updateTimeMultiplier(
  db: Database,
  worker: string,
  timeMultiplier: number,
  noted: readonly Statement[],
): Promise<boolean> {
  const set = db
    .update(workers)
    .set({ timeMultiplier })
    .where(eq(workers.worker, worker))
    .returning({ worker: workers.worker })
  const [rows] = (await db.batch([set, ...noted])) as [{ worker: string }[]]
  return rows.length === 1
}

/** Whether this is the version of a worker's standing that is on record: a condition. */
export const hasStandingVersion = (worker: string, version: number): SQL =>
  sql`exists (select 1 from workers where worker = ${worker} and standing_version = ${version})`

/** Records a standing if it is newer than the one on record; the row that comes back tells that it was. */
export const standingStatement = (db: Database, worker: string, standing: Standing) =>
  db
    .update(workers)
    .set({ standing: standing.status, standingVersion: standing.version })
    .where(and(eq(workers.worker, worker), lt(workers.standingVersion, standing.version)))
    .returning({ worker: workers.worker })

/**
 * Leaves a tombstone, for the batch of an erasure. It changes a row where the person was not erased before. It keeps no time:
 * whoever has the secret and the id would find by it everything else that was written in the same moment.
 */
export const tombstoneStatement = (db: Database, tombstone: string): Statement =>
  db.insert(tombstones).values({ tombstone, erasedAt: 0 }).onConflictDoNothing()

/** Begins the rows that tell under which secrets tombstones were made: no tombstone has a colon. */
const SECRET = 'secret:'
const MOST_SECRETS = 1_000

/** What is noted of the secrets of tombstones. */
export async function notedSecrets(db: Database): Promise<string[]> {
  const rows = await db
    .select({ noted: tombstones.tombstone })
    .from(tombstones)
    .where(sql`tombstone >= ${SECRET} and tombstone < ${`${SECRET}~`}`)
    .limit(MOST_SECRETS)
  return rows.map(({ noted }) => noted.slice(SECRET.length))
}

/** Notes a secret of tombstones by what it makes of nobody. */
export const noteSecret = async (db: Database, ofNobody: string): Promise<void> => {
  await tombstoneStatement(db, `${SECRET}${ofNobody}`)
}

/** Deletes what is kept of a person and of their requests, and takes rounds back to whoever comes before them, for the batch of an erasure. */
export const forgetWorkerStatements = (db: Database, worker: string): Statement[] => [
  db
    .update(rounds)
    .set({ after: sql`coalesce((select max(w.worker) from workers w where w.worker < ${worker}), '')` })
    .where(eq(rounds.after, worker)),
  forgetRepliesStatement(db, worker),
  db.delete(workers).where(eq(workers.worker, worker)),
]

/** Ids of people who were erased when a tombstone still was their id. */
export async function namedTombstones(db: Database, limit: number): Promise<string[]> {
  const rows = await db.select({ worker: workers.worker }).from(workers).where(sql`erased_at is not null`).limit(limit)
  return rows.map(({ worker }) => worker)
}

export interface Round {
  readonly startedAt: Instant
  /** The worker after whom it goes on; undefined when it is over. */
  readonly after?: string
}

/**
 * Begins a round that is due: none is under way, and the last one began at `due` or before, or by a clock that was ahead. The
 * first time, nothing is due yet and its clock starts. @returns the round under way, if there is one.
 */
export async function beginRound(
  db: Database,
  round: { name: string; due: Instant; now: Instant },
): Promise<Round | undefined> {
  await db
    .insert(rounds)
    .values({ name: round.name, startedAt: round.now, after: null, finishedAt: round.now })
    .onConflictDoNothing()
  await db
    .update(rounds)
    .set({ startedAt: round.now, after: '', finishedAt: null })
    .where(
      and(
        eq(rounds.name, round.name),
        isNull(rounds.after),
        or(lte(rounds.startedAt, round.due), gt(rounds.startedAt, round.now)),
      ),
    )
  return roundUnderWay(db, round.name)
}

/** Rounds of parts of the archive, by the ending of ids of attempts. */
const EMPTYING = 'erased-work '

/** Notes in which parts of the archive something may be left of somebody who is erased at a time. */
export async function noteErasedWork(db: Database, endings: readonly string[], now: Instant): Promise<void> {
  const due = [...new Set(endings)].map((ending) => ({ name: `${EMPTYING}${ending}`, startedAt: now, after: '' }))
  if (due.length > 0)
    await db
      .insert(rounds)
      .values(due)
      .onConflictDoUpdate({ target: rounds.name, set: { startedAt: now } })
}

/** A part of the archive that is to be looked through, of which nothing was noted since a time; undefined where there is none. */
export async function erasedWorkNoted(
  db: Database,
  before: Instant,
): Promise<{ readonly ending: string; readonly at: number } | undefined> {
  const [row] = await db
    .select({ name: rounds.name, at: rounds.startedAt })
    .from(rounds)
    .where(and(gte(rounds.name, EMPTYING), lt(rounds.name, `${EMPTYING}~`), lt(rounds.startedAt, before)))
    .limit(1)
  return row && { ending: row.name.slice(EMPTYING.length), at: row.at }
}

/** Notes that it was, unless somebody was erased meanwhile. */
export async function forgetErasedWork(db: Database, { ending, at }: { ending: string; at: number }): Promise<void> {
  await db.delete(rounds).where(and(eq(rounds.name, `${EMPTYING}${ending}`), eq(rounds.startedAt, at)))
}

/** The round of this name that is under way. */
export async function roundUnderWay(db: Database, name: string): Promise<Round | undefined> {
  const [row] = await db.select().from(rounds).where(eq(rounds.name, name))
  return row && row.after !== null ? { startedAt: instant(row.startedAt), after: row.after } : undefined
}

/** Moves a round on, or ends it, if it still is where it was. */
export const advanceRound = (
  db: Database,
  step: { name: string; from: string; to: string | undefined; now: Instant },
): Statement =>
  db
    .update(rounds)
    .set(step.to === undefined ? { after: null, finishedAt: step.now } : { after: step.to })
    .where(and(eq(rounds.name, step.name), eq(rounds.after, step.from)))
