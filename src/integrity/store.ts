import { and, asc, desc, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Instant } from '../kernel/instant.ts'
import type { Database, Statement } from '../world/database.ts'
import { type Concern, concerns, type IntegrityCase, integrityCases } from './tables.ts'

/** A case as it begins. */
export type NewCase = Pick<
  IntegrityCase,
  'id' | 'credential' | 'worker' | 'policy' | 'note' | 'actor' | 'openedAt' | 'message' | 'marketplaceCase'
>

/** Records a case, for the batch that puts the credential under review. A case that the marketplace named already is a unique violation. */
export const insertCaseStatement = (db: Database, opened: NewCase): Statement =>
  db.insert(integrityCases).values({ ...opened, status: 'open', final: false, version: 0 })

/** What the marketplace says of a case now. */
export type CaseProgress = Pick<
  IntegrityCase,
  'status' | 'action' | 'decidedAt' | 'appealOutcome' | 'appealDecidedAt' | 'final' | 'version'
>

/** Takes a newer state of a case over. */
export const caseProgressStatement = (db: Database, id: IntegrityCase['id'], progress: CaseProgress): Statement =>
  db
    .update(integrityCases)
    .set(progress)
    .where(and(eq(integrityCases.id, id), lt(integrityCases.version, progress.version)))

/** Notes under which name the marketplace has taken the case that a message reported. */
export const nameCaseStatement = (db: Database, message: string, marketplaceCase: string) =>
  db.update(integrityCases).set({ marketplaceCase }).where(eq(integrityCases.message, message)).returning()

/** Does that. @returns the case, if there is one. */
export const nameCase = async (
  db: Database,
  message: string,
  marketplaceCase: string,
): Promise<IntegrityCase | undefined> => (await nameCaseStatement(db, message, marketplaceCase))[0]

export async function findCaseByName(db: Database, marketplaceCase: string): Promise<IntegrityCase | undefined> {
  const [row] = await db.select().from(integrityCases).where(eq(integrityCases.marketplaceCase, marketplaceCase))
  return row
}

/** The case that a message reported. */
export async function findCaseByMessage(db: Database, message: string): Promise<IntegrityCase | undefined> {
  const [row] = await db.select().from(integrityCases).where(eq(integrityCases.message, message))
  return row
}

/** Ends a case that the marketplace does not take, for the batch that lets its credential go. One that it has named stays. */
export const notTakenStatement = (db: Database, id: IntegrityCase['id']): Statement =>
  db
    .update(integrityCases)
    .set({ status: 'not-taken', final: true })
    .where(and(eq(integrityCases.id, id), isNull(integrityCases.marketplaceCase)))

/** The message that reported a case of a credential which the marketplace has neither named nor declined. */
export async function unnamedReport(db: Database, credential: string): Promise<string | undefined> {
  const [row] = await db
    .select({ message: integrityCases.message })
    .from(integrityCases)
    .where(
      and(
        eq(integrityCases.credential, credential as IntegrityCase['credential']),
        isNull(integrityCases.marketplaceCase),
        eq(integrityCases.final, false),
      ),
    )
    .limit(1)
  return row?.message ?? undefined
}

/** Cases of a credential, the newest first. */
export const casesOfCredential = async (db: Database, credential: string): Promise<IntegrityCase[]> =>
  db
    .select()
    .from(integrityCases)
    .where(eq(integrityCases.credential, credential as IntegrityCase['credential']))
    .orderBy(desc(integrityCases.openedAt), desc(integrityCases.id))

/** Named cases of these workers that may still change. */
export const unfinishedCases = async (
  db: Database,
  workers: readonly string[],
): Promise<{ worker: string; marketplaceCase: string | null }[]> =>
  db
    .select({ worker: integrityCases.worker, marketplaceCase: integrityCases.marketplaceCase })
    .from(integrityCases)
    .where(
      and(
        sql`${integrityCases.worker} in (select value from json_each(${JSON.stringify(workers)}))`,
        isNotNull(integrityCases.marketplaceCase),
        eq(integrityCases.final, false),
      ),
    )

/** Cases that nobody has decided for good, of all certificates, the oldest first. */
export const openCases = async (db: Database, limit: number): Promise<IntegrityCase[]> =>
  db
    .select()
    .from(integrityCases)
    // written out: SQLite takes a partial index only where the statement itself says so
    .where(sql`final = 0`)
    .orderBy(asc(integrityCases.openedAt), asc(integrityCases.id))
    .limit(limit)

/** Concerns of one certificate that may wait at once: many of the same do not tell more, and no flood of them fills the store. */
const MOST_OPEN_CONCERNS = 20

/** Records a concern, unless the certificate was erased meanwhile. @returns whether there was room for it. */
export async function insertConcern(
  db: Database,
  { id, credential, kind, note, raisedAt }: Pick<Concern, 'id' | 'credential' | 'kind' | 'note' | 'raisedAt'>,
): Promise<boolean> {
  const waiting = sql`(select count(*) from concerns where credential_id = ${credential} and settled_at is null)`
  const rows = await db
    .insert(concerns)
    .select(
      sql`select ${id}, id, worker, ${kind}, ${note}, ${raisedAt}, null, null from credentials where id = ${credential} and worker <> '' and ${waiting} < ${MOST_OPEN_CONCERNS}`,
    )
    .returning({ id: concerns.id })
  return rows.length === 1
}

/** Concerns of a certificate, open ones first, the newest before older ones. */
export const concernsOf = async (db: Database, credential: string): Promise<Concern[]> =>
  db
    .select()
    .from(concerns)
    .where(eq(concerns.credential, credential as Concern['credential']))
    .orderBy(isNotNull(concerns.settledAt), desc(concerns.raisedAt), desc(concerns.id))

/** The concerns that have waited longest, of all certificates. */
export const openConcerns = async (db: Database, limit: number): Promise<Concern[]> =>
  db
    .select()
    .from(concerns)
    .where(isNull(concerns.settledAt))
    .orderBy(asc(concerns.raisedAt), asc(concerns.id))
    .limit(limit)

const isOne = ({ id, credential }: { readonly id: string; readonly credential: string }) =>
  and(eq(concerns.id, id as Concern['id']), eq(concerns.credential, credential as Concern['credential']))

/** A concern about this certificate, open or settled. */
export async function findConcern(
  db: Database,
  one: { readonly id: string; readonly credential: string },
): Promise<Concern | undefined> {
  const [row] = await db.select().from(concerns).where(isOne(one))
  return row
}

/** Notes that an operator has looked into a concern of a certificate, if it is open. `noted` stands right after it in the batch. */
export async function markSettled(
  db: Database,
  {
    id,
    credential,
    settledBy,
    settledAt,
  }: { readonly id: string; readonly credential: string; readonly settledBy: string; readonly settledAt: Instant },
  noted: readonly Statement[],
): Promise<void> {
  const isOpen = and(isOne({ id, credential }), isNull(concerns.settledAt))
  await db.batch([db.update(concerns).set({ settledAt, settledBy }).where(isOpen), ...noted])
}

/** Destroys the cases of a holder and what was found odd about their certificates, and takes the person out of what they did as staff, for the batch of an erasure. */
export const eraseIntegrityStatements = (db: Database, worker: string): Statement[] => [
  db.delete(concerns).where(eq(concerns.worker, worker)),
  db.delete(integrityCases).where(eq(integrityCases.worker, worker)),
  db.update(concerns).set({ settledBy: '' }).where(eq(concerns.settledBy, worker)),
  db.update(integrityCases).set({ actor: '' }).where(eq(integrityCases.actor, worker)),
]
