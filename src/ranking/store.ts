import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Instant } from '../kernel/instant.ts'
import type { Database, Statement } from '../world/database.ts'
import { type ContractEvidence, contractEvidence, type ReviewEvidence, reviewEvidence } from './tables.ts'

/** What an event or a page of the marketplace tells of a contract. */
export interface ContractNews {
  readonly contract: string
  readonly exam: string | null
  readonly formedAt: Instant | null
  readonly client: string | null
  readonly amountBucket: unknown
  readonly releasedAt: Instant | null
  readonly refunded: boolean
  readonly status: string | null
  readonly reviewed: boolean
  /** 0 where only that it was formed or reviewed is known. */
  readonly version: number
}

/** News that only say that a contract exists. */
export const bareNews = (contract: string, exam: string | undefined): ContractNews => ({
  contract,
  exam: exam ?? null,
  formedAt: null,
  client: null,
  amountBucket: null,
  releasedAt: null,
  refunded: false,
  status: null,
  reviewed: false,
  version: 0,
})

/**
 * Merges news of a worker's contracts into what is known, in any order and any number of times with the same end. An erased
 * or unknown worker has none.
 */
export const mergeContractsStatement = (db: Database, worker: string, news: readonly ContractNews[]): Statement => {
  const newer = (column: string) =>
    sql.raw(
      `case when excluded.version > contract_evidence.version then excluded.${column} else contract_evidence.${column} end`,
    )
  return db
    .insert(contractEvidence)
    .select(
      sql`select w.worker, j.value ->> 'contract', j.value ->> 'exam', j.value ->> 'formedAt', null, null, j.value ->> 'client', j.value -> 'amountBucket',
        j.value ->> 'releasedAt', j.value ->> 'refunded', j.value ->> 'status', j.value ->> 'reviewed', j.value ->> 'version'
        from json_each(${JSON.stringify(news)}) j, workers w where w.worker = ${worker} and w.erased_at is null`,
    )
    .onConflictDoUpdate({
      target: [contractEvidence.worker, contractEvidence.contract],
      set: {
        exam: sql`coalesce(contract_evidence.exam, excluded.exam)`,
        formedAt: sql`coalesce(contract_evidence.formed_at, excluded.formed_at)`,
        client: newer('client'),
        amountBucket: newer('amount_bucket'),
        releasedAt: newer('released_at'),
        refunded: newer('refunded'),
        status: newer('status'),
        reviewed: sql`max(contract_evidence.reviewed, excluded.reviewed)`,
        version: sql`max(contract_evidence.version, excluded.version)`,
      },
    })
}

/** Records which certificate stood when a contract was made, once. */
export const freezeStatement = (
  db: Database,
  frozen: { worker: string; contract: string; credential: string },
): Statement =>
  db
    .update(contractEvidence)
    .set({ credential: frozen.credential })
    .where(
      and(
        eq(contractEvidence.worker, frozen.worker),
        eq(contractEvidence.contract, frozen.contract),
        isNull(contractEvidence.credential),
      ),
    )

/** Notes that the marketplace took a skill context. */
export async function noteFrozen(
  db: Database,
  taken: { worker: string; contract: string; at: Instant },
): Promise<void> {
  await db
    .update(contractEvidence)
    .set({ frozenAt: taken.at })
    .where(
      and(
        eq(contractEvidence.worker, taken.worker),
        eq(contractEvidence.contract, taken.contract),
        isNull(contractEvidence.frozenAt),
      ),
    )
}

/** Contracts of these workers of which is known when they were made, but not which certificate stood. */
export async function undecidedContracts(db: Database, workers: readonly string[]): Promise<ContractEvidence[]> {
  return db
    .select()
    .from(contractEvidence)
    .where(
      sql`${contractEvidence.worker} in (select value from json_each(${JSON.stringify(workers)})) and formed_at is not null and exam is not null and credential_id is null`,
    )
    .orderBy(asc(contractEvidence.worker), asc(contractEvidence.contract))
}

/** All that is known of a worker's contracts. */
export const contractsOf = async (db: Database, worker: string): Promise<ContractEvidence[]> =>
  db.select().from(contractEvidence).where(eq(contractEvidence.worker, worker)).orderBy(asc(contractEvidence.contract))

/** Keeps a worker's aggregates if they are newer than the ones on record; of an erased worker, none. */
export const reviewsStatement = (db: Database, { worker, revealed, hidden, version }: ReviewEvidence): Statement =>
  db
    .insert(reviewEvidence)
    .select(
      sql`select w.worker, ${JSON.stringify(revealed)}, ${hidden === null ? null : JSON.stringify(hidden)}, ${version} from workers w where w.worker = ${worker} and w.erased_at is null`,
    )
    .onConflictDoUpdate({
      target: reviewEvidence.worker,
      set: { revealed: sql`excluded.revealed`, hidden: sql`excluded.hidden`, version: sql`excluded.version` },
      setWhere: sql`excluded.version > ${reviewEvidence.version}`,
    })

/** Deletes everything about a worker, for the batch of an erasure. */
export const eraseEvidenceStatements = (db: Database, worker: string): Statement[] => [
  db.delete(contractEvidence).where(eq(contractEvidence.worker, worker)),
  db.delete(reviewEvidence).where(eq(reviewEvidence.worker, worker)),
]
