import { eq, sql } from 'drizzle-orm'
import type { PresentedResponse } from '../../form/form.ts'
import type { AttemptId } from '../../kernel/id.ts'
import { type Instant, instant, minus } from '../../kernel/instant.ts'
import type { Database, Statement } from '../../world/database.ts'
import { NETWORK_SLACK, type SaveTimes } from '../attempt.ts'
import { sessionLives } from '../store.ts'
import { responses } from '../tables.ts'

export interface Save {
  readonly item: string
  readonly revision: number
  readonly response: PresentedResponse
}

/** A save with what is to be noted of it, in the same batch, if it has effect. */
export type NotedSave = Save & { readonly note?: Statement }

/** What of a save call took effect: the saved items, and the deadline as it stood then. */
export interface SaveEffect {
  readonly saved: ReadonlySet<string>
  readonly deadline?: Instant
}

type SaveValues = Readonly<
  Record<'id' | 'worker' | 'session' | 'lease' | 'item' | 'revision' | 'response' | 'now' | 'limit', unknown>
>

/** One save. It holds only while its session lives, while the attempt is open, in time and under this lease, and only for a revision higher than the stored one. */
const saveStatement = (db: Database, v: SaveValues) =>
  db
    .insert(responses)
    .select(
      sql`select id, ${v.item}, ${v.revision}, ${v.response}, ${v.now}, ${v.now} from attempts
        where id = ${v.id} and worker = ${v.worker} and status = 'open' and lease = ${v.lease} and deadline >= ${v.limit}
          and ${sessionLives(v.session, v.now)}`,
    )
    .onConflictDoUpdate({
      target: [responses.attempt, responses.item],
      set: { revision: sql`excluded.revision`, response: sql`excluded.response`, savedAt: sql`excluded.saved_at` },
      setWhere: sql`excluded.revision > ${responses.revision}`,
    })
    .returning({ item: responses.item, deadline: sql<number>`(select deadline from attempts where id = ${v.id})` })

const named = sql.placeholder
const placeholders: SaveValues = {
  id: named('id'),
  worker: named('worker'),
  session: named('session'),
  lease: named('lease'),
  item: named('item'),
  revision: named('revision'),
  response: named('response'),
  now: named('now'),
  limit: named('limit'),
}

const prepareSave = (db: Database) => saveStatement(db, placeholders).prepare()

// Building the statement takes as long as running it, so it is built once for each handle.
const prepared = new WeakMap<Database, ReturnType<typeof prepareSave>>()

function preparedSave(db: Database): ReturnType<typeof prepareSave> {
  const save = prepared.get(db) ?? prepareSave(db)
  prepared.set(db, save)
  return save
}

interface SavedRow {
  readonly item: string
  readonly deadline: number
}

const effectOf = (rows: readonly SavedRow[]): SaveEffect => ({
  saved: new Set(rows.map((row) => row.item)),
  ...(rows[0] ? { deadline: instant(rows[0].deadline) } : {}),
})

/** Saves responses. @returns what took effect; the caller asks why the rest did not. */
export async function upsertResponses(
  db: Database,
  call: { id: AttemptId; worker: string; session: string; lease: string; now: Instant; saves: readonly NotedSave[] },
): Promise<SaveEffect> {
  const { id, worker, session, lease, now } = call
  const limit = minus(now, NETWORK_SLACK)
  const saves = call.saves.map(({ item, revision, response, note }) => ({
    note,
    values: { id, worker, session, lease, item, revision, response: JSON.stringify(response), now, limit },
  }))
  const [first, ...rest] = saves
  if (!first) return { saved: new Set() }
  // a lone statement needs no transaction of its own
  if (rest.length === 0 && !first.note) return effectOf(await preparedSave(db).all(first.values))
  const statements = saves.flatMap(({ note, values }) => [saveStatement(db, values), ...(note ? [note] : [])])
  const results = (await db.batch(statements as unknown as [Statement])) as SavedRow[][]
  const places = saves.map((_, i) => i + saves.slice(0, i).filter(({ note }) => note).length)
  return effectOf(places.flatMap((place) => results[place] ?? []))
}

export type StoredResponse = Save & SaveTimes

/** The acknowledged responses of an attempt. */
export async function responsesOf(db: Database, id: AttemptId): Promise<StoredResponse[]> {
  const rows = await db.select().from(responses).where(eq(responses.attempt, id))
  return rows.map((row) => ({
    item: row.item,
    revision: row.revision,
    response: JSON.parse(row.response) as PresentedResponse,
    firstSavedAt: instant(row.firstSavedAt),
    savedAt: instant(row.savedAt),
  }))
}
