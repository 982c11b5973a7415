import { and, asc, desc, eq, gt, inArray, isNotNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import { type Database, inParts, isAmong, rowsFor, type Statement } from '../../../world/database.ts'
import type { Cursor } from '../../escrow/paid-work.ts'
import { countsAsEvidence } from '../../escrow/work/store.ts'
import { clientWorkers, reviewPairs, reviews, reviewWeights } from '../tables.ts'
import {
  type BlockVerdict,
  type Decided,
  type Link,
  type Membership,
  MOST_COMPARED,
  MOST_LINKS,
  MOST_WORKERS,
  type Overlap,
} from './block.ts'
import { blockTurns, clientBlocks, clientLinks, decidedClients, reviewBlocks, weightsDue } from './tables.ts'

/** A client and a worker between whom a review began or ceased to count, and how often that was until now. */
export interface DueReview {
  readonly client: string
  readonly worker: string
  readonly due: number
}

export const dueReviews = (db: Database, limit: number): Promise<DueReview[]> =>
  db
    .select({ client: clientWorkers.client, worker: clientWorkers.worker, due: clientWorkers.due })
    .from(clientWorkers)
    // as the index has it
    .where(sql`${clientWorkers.due} > 0`)
    .orderBy(asc(clientWorkers.client), asc(clientWorkers.worker))
    .limit(limit)

/** A statement that is done with a change, and not with one that came meanwhile. */
export const clearDueReview = (db: Database, { client, worker, due }: DueReview): Statement =>
  db
    .update(clientWorkers)
    .set({ due: sql`${clientWorkers.due} - ${due}` })
    .where(and(eq(clientWorkers.client, client), eq(clientWorkers.worker, worker)))

/** The number of the last change of any block. */
export async function readTurn(db: Database): Promise<number> {
  const [row] = await db.select({ turn: blockTurns.turn }).from(blockTurns).where(eq(blockTurns.id, 1))
  return row?.turn ?? 0
}

/** Clients with whom a client is compared after a review of the worker: those who reviewed the worker last, and the linked. */
export async function clientsToCompare(db: Database, { client, worker }: DueReview): Promise<string[]> {
  const [beside, linked] = await Promise.all([
    db
      .select({ client: clientWorkers.client })
      .from(clientWorkers)
      .where(
        and(eq(clientWorkers.worker, worker), isNotNull(clientWorkers.reviewedAt), ne(clientWorkers.client, client)),
      )
      .orderBy(desc(clientWorkers.reviewedAt))
      .limit(MOST_COMPARED),
    linksOf(db, client),
  ])
  return [...new Set([...beside.map((row) => row.client), ...linked])]
}

export const linksOf = async (db: Database, client: string): Promise<string[]> =>
  (
    await db
      .select({ other: clientLinks.other })
      .from(clientLinks)
      .where(eq(clientLinks.client, client))
      .limit(2 * MOST_LINKS)
  ).map(({ other }) => other)

const reviewed = (client: ReturnType<typeof sql>) =>
  sql`SELECT worker FROM ${clientWorkers} WHERE client = ${client} AND reviewed_at IS NOT NULL LIMIT ${MOST_WORKERS + 1}`

/** How many workers a client and each of some others reviewed: with more than 300 a count stops at 301. */
export async function overlapsOf(
  db: Database,
  client: string,
  others: readonly string[],
): Promise<(Overlap & { readonly other: string })[]> {
  const own = sql`SELECT count(*) FROM (${reviewed(sql`${client}`)})`
  const theirs = sql`SELECT count(*) FROM (${reviewed(sql`value`)})`
  const shared = sql`SELECT count(*) FROM (${reviewed(sql`${client}`)}) AS own JOIN ${clientWorkers} AS both ON both.client = value AND both.worker = own.worker AND both.reviewed_at IS NOT NULL`
  return db.all(
    sql`SELECT value AS other, (${own}) AS own, (${theirs}) AS theirs, (${shared}) AS shared FROM json_each(${JSON.stringify(others)})`,
  )
}

/** In which blocks these clients are. */
export async function blocksOfClients(db: Database, clients: readonly string[]): Promise<Membership> {
  const rows = await db.select().from(clientBlocks).where(isAmong(clientBlocks.client, clients))
  return new Map(rows.map(({ client, block }) => [client, block]))
}

/** Who is in these blocks. */
export async function membersOf(db: Database, blocks: readonly string[]): Promise<Membership> {
  const rows = await db.select().from(clientBlocks).where(isAmong(clientBlocks.block, blocks))
  return new Map(rows.map(({ client, block }) => [client, block]))
}

/** Links of which both ends are among these clients, each once. */
export async function linksAmong(db: Database, clients: readonly string[]): Promise<Link[]> {
  const rows = await db
    .select()
    .from(clientLinks)
    .where(
      and(
        isAmong(clientLinks.client, clients),
        isAmong(clientLinks.other, clients),
        lt(clientLinks.client, clientLinks.other),
      ),
    )
  return rows.map(({ client, other }) => [client, other])
}

/** A block of clients, and what was decided about it. */
export type Block = typeof reviewBlocks.$inferSelect

export const blocksAmong = (db: Database, ids: readonly string[]): Promise<Block[]> =>
  db.select().from(reviewBlocks).where(isAmong(reviewBlocks.id, ids))

/** Decisions that were about any of these clients, the newest first. */
export async function decisionsAbout(db: Database, clients: readonly string[]): Promise<Decided[]> {
  const about = db
    .select({ block: decidedClients.block })
    .from(decidedClients)
    .where(isAmong(decidedClients.client, clients))
  const rows = await db
    .select({ block: decidedClients.block, client: decidedClients.client, apart: decidedClients.apart })
    .from(decidedClients)
    .innerJoin(reviewBlocks, eq(reviewBlocks.id, decidedClients.block))
    .where(inArray(decidedClients.block, about))
    .orderBy(desc(reviewBlocks.decidedAt), desc(reviewBlocks.id))
  return [...Map.groupBy(rows, ({ block }) => block)].map(([block, own]) => ({
    block,
    clients: new Set(own.map(({ client }) => client)),
    apart: new Set(own.flatMap(({ client, apart }) => (apart ? [client] : []))),
  }))
}

/** A statement after which nothing of its batch is written when the turn is another one by now. */
const takeTurn = (db: Database, turn: number): Statement =>
  db
    .update(blockTurns)
    // null is no turn: the whole batch fails
    .set({ turn: sql`CASE WHEN ${blockTurns.turn} = ${turn} THEN ${turn + 1} END` })
    .where(eq(blockTurns.id, 1))

/** Whether a batch failed because somebody else had changed a block, and changed nothing. */
export function isLostTurn(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (/NOT NULL constraint failed: block_turns/.test(e.message)) return true
  return false
}

/** A statement that has the workers of some clients counted anew. */
const markWorkersOf = (db: Database, clients: readonly string[]): Statement =>
  db
    .insert(weightsDue)
    .select(
      sql`SELECT DISTINCT worker, 1 FROM ${clientWorkers} WHERE ${isAmong(clientWorkers.client, clients)} AND reviewed_at IS NOT NULL`,
    )
    .onConflictDoUpdate({ target: weightsDue.worker, set: { marks: sql`${weightsDue.marks} + 1` } })

/** What a look at one client changes. */
export interface BlockChange {
  /** The number that was read before everything else. */
  readonly turn: number
  readonly client: string
  readonly linked: readonly string[]
  readonly unlinked: readonly string[]
  readonly before: Membership
  readonly after: Membership
  readonly now: Instant
}

/** Statements that change links and blocks; they fail together when the turn is another one by now. */
export function changeBlocks(db: Database, change: BlockChange): [Statement, ...Statement[]] {
  const { client, linked, unlinked, before, after, now } = change
  const moved = [...new Set([...before.keys(), ...after.keys()])].filter((one) => before.get(one) !== after.get(one))
  const touched = [...new Set(moved.flatMap((one) => [before.get(one) ?? [], after.get(one) ?? []].flat()))]
  const sizeOf = (block: string) => [...after.values()].filter((one) => one === block).length
  const placed = moved.flatMap((one) => {
    const block = after.get(one)
    return block === undefined ? [] : [{ client: one, block }]
  })
  return [
    takeTurn(db, change.turn),
    ...inParts(
      linked.flatMap((other) => [
        { client, other },
        { client: other, other: client },
      ]),
    ).map((rows) => db.insert(clientLinks).select(rowsFor(clientLinks, rows)).onConflictDoNothing()),
    db
      .delete(clientLinks)
      .where(
        or(
          and(eq(clientLinks.client, client), isAmong(clientLinks.other, unlinked)),
          and(isAmong(clientLinks.client, unlinked), eq(clientLinks.other, client)),
        ),
      ),
    db.delete(clientBlocks).where(isAmong(clientBlocks.client, moved)),
    ...inParts(placed).map((rows) => db.insert(clientBlocks).select(rowsFor(clientBlocks, rows))),
    ...touched.map((id) =>
      db
        .insert(reviewBlocks)
        .values({ id, state: 'open', size: sizeOf(id), version: 1, openedAt: now })
        .onConflictDoUpdate({
          target: reviewBlocks.id,
          set: { size: sizeOf(id), version: sql`${reviewBlocks.version} + 1` },
        }),
    ),
    markWorkersOf(db, moved),
  ]
}

/** An operator's decision about a block as they have read it. */
export interface BlockDecision {
  readonly block: string
  readonly version: number
  readonly verdict: BlockVerdict
  /** Clients who do not belong to the others: they leave the block. */
  readonly apart: readonly string[]
  readonly operator: string
  readonly note: string
  readonly now: Instant
}

/**
 * Decides about a block and those who are in it; false when it has been decided or has changed meanwhile. Its workers
 * are counted anew, and whoever is changing a block at this moment has to look again.
 */
export async function decideBlock(db: Database, decision: BlockDecision): Promise<boolean> {
  const { block, version, verdict, apart, operator, note, now } = decision
  const decided = db
    .update(reviewBlocks)
    .set({
      ...{ state: verdict, decidedAt: now, decidedBy: operator, note, version: version + 1 },
      size: sql`${reviewBlocks.size} - ${apart.length}`,
    })
    .where(
      and(
        eq(reviewBlocks.id, block),
        eq(reviewBlocks.state, 'open'),
        eq(reviewBlocks.version, version),
        gt(reviewBlocks.size, 0),
      ),
    )
    .returning({ id: reviewBlocks.id })
  // nobody else gives a block that is not open this version
  const taken = sql`EXISTS (SELECT 1 FROM ${reviewBlocks} WHERE ${reviewBlocks.id} = ${block} AND ${reviewBlocks.state} <> 'open' AND ${reviewBlocks.version} = ${version + 1})`
  const [rows] = (await db.batch([
    decided,
    db
      .update(blockTurns)
      .set({ turn: sql`${blockTurns.turn} + 1` })
      .where(eq(blockTurns.id, 1)),
    db
      .insert(decidedClients)
      .select(
        sql`SELECT client, block, ${isAmong(clientBlocks.client, apart)} FROM ${clientBlocks} WHERE block = ${block} AND ${taken}`,
      )
      .onConflictDoNothing(),
    db
      .insert(weightsDue)
      .select(
        sql`SELECT DISTINCT worker, 1 FROM ${clientBlocks} JOIN ${clientWorkers} ON ${clientWorkers.client} = ${clientBlocks.client} AND reviewed_at IS NOT NULL WHERE block = ${block} AND ${taken}`,
      )
      .onConflictDoUpdate({ target: weightsDue.worker, set: { marks: sql`${weightsDue.marks} + 1` } }),
    db.delete(clientBlocks).where(and(eq(clientBlocks.block, block), isAmong(clientBlocks.client, apart), taken)),
  ])) as [unknown[], ...unknown[]]
  return rows.length === 1
}

/** Whether a client is in a block that no person has found independent: their reviews count for nothing then. */
export const isInBlock = (client: SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM ${clientBlocks} JOIN ${reviewBlocks} ON ${reviewBlocks.id} = ${clientBlocks.block} AND ${reviewBlocks.state} <> 'independent' WHERE ${clientBlocks.client} = ${client})`

/** Workers to count anew, and how often they were marked until now. */
export const workersToWeigh = (db: Database, limit: number): Promise<{ worker: string; marks: number }[]> =>
  db.select().from(weightsDue).limit(limit)

/** A statement that forgets a mark, unless another one came meanwhile. */
export const clearWeightsDue = (db: Database, { worker, marks }: { readonly worker: string; readonly marks: number }) =>
  db.delete(weightsDue).where(and(eq(weightsDue.worker, worker), eq(weightsDue.marks, marks)))

/** Blocks that wait for a person, the oldest first, or those that one has decided about, the newest first. */
export function listBlocks(
  db: Database,
  {
    which,
    after,
    limit,
  }: { readonly which: 'open' | 'decided'; readonly after?: Cursor | undefined; readonly limit: number },
): Promise<Block[]> {
  const all = db.select().from(reviewBlocks)
  const { openedAt, decidedAt, id } = reviewBlocks
  return which === 'open'
    ? all
        .where(
          and(
            sql`${reviewBlocks.state} = 'open' AND ${reviewBlocks.size} > 0`,
            after && sql`(${openedAt}, ${id}) > (${after.at}, ${after.id})`,
          ),
        )
        .orderBy(asc(openedAt), asc(id))
        .limit(limit)
    : all
        .where(and(isNotNull(decidedAt), after && sql`(${decidedAt}, ${id}) < (${after.at}, ${after.id})`))
        .orderBy(desc(decidedAt), desc(id))
        .limit(limit)
}

export async function findBlock(db: Database, id: string): Promise<Block | undefined> {
  const [row] = await db.select().from(reviewBlocks).where(eq(reviewBlocks.id, id))
  return row
}

/** A client's review of a worker that counts, as evidence for a block. */
export interface BlockReview {
  readonly client: string
  readonly worker: string
  readonly contract: string
  readonly yen: number
  /** Mean of the stars, 1..5. */
  readonly score: number
  /** Before age and blocks, 0..1. */
  readonly weight: number
  readonly others: number
  readonly at: Instant
}

/** The newest review that counts of each client in a block about each worker, the newest first; of those revealed at one instant all. */
export function reviewsOfBlock(db: Database, block: string, limit: number): Promise<BlockReview[]> {
  const { skill, quality, schedule, communication, partnership } = reviews
  return db
    .select({
      client: clientWorkers.client,
      worker: clientWorkers.worker,
      contract: reviews.contract,
      yen: reviewWeights.yen,
      score: sql<number>`(${skill} + ${quality} + ${schedule} + ${communication} + ${partnership}) / 5.0`,
      weight: reviewWeights.weight,
      others: reviewWeights.others,
      at: sql<Instant>`${clientWorkers.reviewedAt}`,
    })
    .from(clientBlocks)
    .innerJoin(clientWorkers, and(eq(clientWorkers.client, clientBlocks.client), isNotNull(clientWorkers.reviewedAt)))
    .innerJoin(
      reviews,
      and(
        eq(reviews.author, clientWorkers.client),
        eq(reviews.subject, clientWorkers.worker),
        eq(reviews.side, 'client'),
      ),
    )
    .innerJoin(
      reviewPairs,
      and(eq(reviewPairs.contract, reviews.contract), eq(reviewPairs.revealedAt, clientWorkers.reviewedAt)),
    )
    .innerJoin(reviewWeights, eq(reviewWeights.review, reviews.id))
    .where(and(eq(clientBlocks.block, block), countsAsEvidence(sql`${reviews.contract}`)))
    .orderBy(desc(clientWorkers.reviewedAt), desc(reviews.id))
    .limit(limit)
}

/** A statement that takes what operators noted about blocks whose clients reviewed an erased worker. */
export const forgetBlockNotes = (db: Database, worker: string): Statement =>
  db
    .update(reviewBlocks)
    .set({ note: '' })
    .where(
      and(
        isNotNull(reviewBlocks.note),
        sql`${reviewBlocks.id} IN (SELECT ${decidedClients.block} FROM ${reviews} JOIN ${decidedClients} ON ${decidedClients.client} = ${reviews.author} WHERE ${reviews.subject} = ${worker})`,
      ),
    )
