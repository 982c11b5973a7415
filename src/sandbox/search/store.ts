import { asc, desc, gt, sql } from 'drizzle-orm'
import { indexedText } from '../../platform/words/full-text.ts'
import {
  type Database,
  gathered,
  gatheredRows,
  inParts,
  isAmong,
  rowsFor,
  type Statement,
} from '../../world/database.ts'
import { workersUnderContract } from '../escrow/work/store.ts'
import { readBadgeClaims, readBadges, readSignals } from '../evidence/store.ts'
import { readIntroductions, readWeeks } from '../people/introduction/store.ts'
import { payeesAmong } from '../people/payout/store.ts'
import { skillBits } from '../people/skill.ts'
import { presentWorkers, readClaimants, readWorkers } from '../people/store.ts'
import type { Worker } from '../people/worker.ts'
import { readTotalClaims, readTotals } from '../review/store.ts'
import { meanScore, type ReviewNorms } from '../review/totals.ts'
import type { Remembered } from './category-order.ts'
import { groupByWorker, type MarketFacts } from './market.ts'
import { standardise } from './quality.ts'
import { workerChanges, workerTexts } from './tables.ts'

type Named = Pick<Worker, 'id' | 'name' | 'reading' | 'skillsJa' | 'skillsEn'>

/** Statements that index the words of workers; those that are indexed already get their new words. */
export function indexWorkers(db: Database, named: readonly Named[]): Statement[] {
  const rows = named.map(({ id, name, reading, skillsJa, skillsEn }) => ({
    worker: id,
    text: indexedText([name, reading, skillsJa, skillsEn]),
  }))
  return inParts(rows).map((part) =>
    db
      .insert(workerTexts)
      .select(rowsFor(workerTexts, part))
      .onConflictDoUpdate({ target: workerTexts.worker, set: { text: sql`excluded.text` } }),
  )
}

/** Workers whose words are not indexed, such as those of a database that is older than the index. */
export const unindexedWorkers = (db: Database): Promise<Named[]> =>
  presentWorkers(db, (id) => sql`${id} NOT IN (SELECT ${workerTexts.worker} FROM ${workerTexts})`)

/** Number of the last change of any worker. */
export async function lastChange(db: Database): Promise<number> {
  const [row] = await db
    .select({ seq: workerChanges.seq })
    .from(workerChanges)
    .orderBy(desc(workerChanges.seq))
    .limit(1)
  return row?.seq ?? 0
}

/** Workers who changed after a change, and the number of the last of these changes. */
export async function changesSince(
  db: Database,
  seq: number,
): Promise<{ readonly workers: readonly string[]; readonly seq: number }> {
  const rows = await db.select().from(workerChanges).where(gt(workerChanges.seq, seq)).orderBy(asc(workerChanges.seq))
  return { workers: rows.map(({ worker }) => worker), seq: rows.at(-1)?.seq ?? seq }
}

/** All that is known of some workers, or of all. */
export async function readFactsOf(db: Database, norms: ReviewNorms, ids?: readonly string[]): Promise<MarketFacts> {
  const [workers, introductions, totals, badges, signals, underContract, payees] = await Promise.all([
    readWorkers(db, ids),
    readIntroductions(db, ids),
    readTotals(db, ids),
    readBadges(db, ids),
    readSignals(db, ids),
    workersUnderContract(db, ids),
    payeesAmong(db, ids),
  ])
  return { workers, introductions, totals, norms, badges, signals, underContract, payees }
}

/** Numbers of the indexed texts of some workers, or of all. */
async function readDocs(db: Database, ids: readonly string[] | undefined) {
  const columns = { worker: workerTexts.worker, doc: workerTexts.doc }
  const texts = await db
    .select(gathered(columns))
    .from(workerTexts)
    .where(ids && isAmong(workerTexts.worker, ids))
  return gatheredRows(columns, texts)
}

/** What is remembered of some workers, or of all. */
export async function readMemories(db: Database, norms: ReviewNorms, ids?: readonly string[]): Promise<Remembered[]> {
  const [people, weeks, docs, totals, held, signals, underContract, payees] = await Promise.all([
    readClaimants(db, ids),
    readWeeks(db, ids),
    readDocs(db, ids),
    readTotalClaims(db, ids),
    readBadgeClaims(db, ids),
    readSignals(db, ids),
    workersUnderContract(db, ids),
    payeesAmong(db, ids),
  ])
  const weekOf = new Map(weeks.map(({ worker, week }) => [worker, week]))
  const docOf = new Map(docs.map(({ worker, doc }) => [worker, doc]))
  const totalsOf = new Map(totals.map((row) => [row.worker, row]))
  const badgesOf = groupByWorker(held)
  const signalsOf = groupByWorker(signals.map(({ explanationJa: _ja, explanationEn: _en, ...signal }) => signal))
  return people.map(({ hourlyRate, skillsJa, skillsEn, ...worker }) => ({
    worker,
    reviewCount: totalsOf.get(worker.id)?.count ?? 0,
    meanScore: meanScore(totalsOf.get(worker.id)) ?? 0,
    reviews: standardise(totalsOf.get(worker.id), norms),
    underContract: underContract.has(worker.id),
    payeeSince: payees.get(worker.id),
    badges: badgesOf.get(worker.id) ?? [],
    signals: signalsOf.get(worker.id) ?? [],
    hourlyRate,
    week: weekOf.get(worker.id) ?? 0,
    skills: skillBits({ skillsJa, skillsEn }),
    doc: docOf.get(worker.id),
  }))
}

/** Statement that takes the words of workers who left the index out of its pages: until then they stand there, marked as deleted. */
export const forgetIndexedWords = (db: Database) =>
  db.run(sql`INSERT INTO worker_index (worker_index) VALUES ('optimize')`)
