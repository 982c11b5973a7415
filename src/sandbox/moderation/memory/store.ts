import { and, asc, desc, eq, lt, sql } from 'drizzle-orm'
import type { Instant, Period } from '../../../kernel/instant.ts'
import { type Database, isAmong, type Statement } from '../../../world/database.ts'
import { type Fingerprint, keysOf, MOST_KEPT_KEYS, parseFingerprint, printFingerprint } from './fingerprint.ts'
import { type Outline, outlineKeys } from './motif.ts'
import { mostShared, NEWEST_OF_KEY, NEWEST_OF_PERSON } from './recall.ts'
import { rememberedKeys, rememberedTexts } from './tables.ts'

export type Remembered = Omit<typeof rememberedTexts.$inferSelect, 'fingerprint' | 'outline'> & {
  readonly fingerprint: Fingerprint
  readonly outline: Outline | null
}

/** All keys by which a text is found. */
const allKeys = ({ fingerprint, outline }: Pick<Remembered, 'fingerprint' | 'outline'>): number[] => [
  ...keysOf(fingerprint, MOST_KEPT_KEYS),
  ...(outline ? outlineKeys(outline) : []),
]

/** Statements that remember a text; they go behind its decision in the same batch. A text without letters leaves nothing. */
export function remembering(db: Database, { fingerprint, outline, ...row }: Omit<Remembered, 'id'>): Statement[] {
  if (fingerprint.length === 0) return []
  const keys = JSON.stringify(allKeys({ fingerprint, outline }))
  return [
    db.insert(rememberedTexts).values({
      ...row,
      fingerprint: printFingerprint(fingerprint),
      outline: outline && printFingerprint(outline),
    }),
    db
      .insert(rememberedKeys)
      .select(
        sql`SELECT value, ${Number(row.good)}, remembered_texts.id FROM remembered_texts, json_each(${keys}) WHERE remembered_texts.decision = ${row.decision}`,
      ),
  ]
}

const textOf = (row: typeof rememberedTexts.$inferSelect): Remembered => ({
  ...row,
  fingerprint: parseFingerprint(row.fingerprint),
  outline: row.outline === null ? null : parseFingerprint(row.outline),
})

/** Statements that forget one text with its keys. */
function deletion(db: Database, row: typeof rememberedTexts.$inferSelect): Statement[] {
  const text = textOf(row)
  const { id, good } = text
  const keys = allKeys(text)
  return [
    db
      .delete(rememberedKeys)
      .where(and(isAmong(rememberedKeys.key, keys), eq(rememberedKeys.good, good), eq(rememberedKeys.text, id))),
    db.delete(rememberedTexts).where(eq(rememberedTexts.id, id)),
  ]
}

/** Statements that forget what was remembered of a decision; none where nothing was. */
export async function forgetting(db: Database, decision: string): Promise<Statement[]> {
  const [row] = await db.select().from(rememberedTexts).where(eq(rememberedTexts.decision, decision))
  return row ? deletion(db, row) : []
}

/** Statements for whoever is erased: what was found good of them is forgotten; what was found bad stays known, as nobody's. */
export async function forgetWriter(db: Database, person: string): Promise<Statement[]> {
  const good = await db
    .select()
    .from(rememberedTexts)
    .where(and(eq(rememberedTexts.person, person), eq(rememberedTexts.good, true)))
  return [
    ...good.flatMap((row) => deletion(db, row)),
    db.update(rememberedTexts).set({ person: null }).where(eq(rememberedTexts.person, person)),
  ]
}

/** For how long a decided text is known again: as long as somebody is likely to try it once more. */
export const MEMORY_KEPT: Period = { years: 2, months: 0, days: 0 }
const SWEPT_AT_ONCE = 200

/** Forgets texts that were decided about before `until`, the oldest first and so many at a time. @returns how many. */
export async function sweepMemory(db: Database, until: Instant): Promise<number> {
  const old = await db
    .select()
    .from(rememberedTexts)
    .where(lt(rememberedTexts.at, until))
    .orderBy(asc(rememberedTexts.at), asc(rememberedTexts.id))
    .limit(SWEPT_AT_ONCE)
  const [first, ...rest] = old.flatMap((row) => deletion(db, row))
  if (first) await db.batch([first, ...rest])
  return old.length
}

/** Statement by which another decision stands for what was remembered. */
export const rememberedFor = (db: Database, decision: string, instead: string) =>
  db.update(rememberedTexts).set({ decision: instead }).where(eq(rememberedTexts.decision, decision))

/** Which remembered texts share keys, those first that share most that others do not. */
async function sharing(db: Database, keys: readonly number[], good: boolean): Promise<number[]> {
  const found = sql`SELECT text FROM ${rememberedKeys} WHERE key = sought.value AND good = ${Number(good)} ORDER BY text DESC LIMIT ${NEWEST_OF_KEY}`
  const rows = await db.all<{ texts: string }>(
    sql`SELECT (SELECT json_group_array(text) FROM (${found})) AS texts FROM json_each(${JSON.stringify(keys)}) AS sought WHERE EXISTS (SELECT 1 FROM ${rememberedKeys} WHERE key = sought.value AND good = ${Number(good)})`,
  )
  return mostShared(rows.map(({ texts }) => JSON.parse(texts) as number[]))
}

/** Remembered texts that a new one may repeat, the likeliest first. The cost is the same however many are remembered. */
export async function rememberedLike(
  db: Database,
  like: { readonly keys: readonly number[]; readonly person: string; readonly good: boolean },
): Promise<Remembered[]> {
  const { keys, person, good } = like
  const [shared, own] = await Promise.all([
    sharing(db, keys, good),
    db
      .select({ id: rememberedTexts.id })
      .from(rememberedTexts)
      .where(and(eq(rememberedTexts.person, person), eq(rememberedTexts.good, good)))
      .orderBy(desc(rememberedTexts.id))
      .limit(NEWEST_OF_PERSON),
  ])
  return readTexts(db, [...new Set([...shared, ...own.map(({ id }) => id)])])
}

/** Texts by their ids, in that order. */
async function readTexts(db: Database, ids: readonly number[]): Promise<Remembered[]> {
  if (ids.length === 0) return []
  const rows = await db.select().from(rememberedTexts).where(isAmong(rememberedTexts.id, ids))
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)).map(textOf)
}

/** Remembered texts of what was found bad that may be about the same as a new one; as many are read whatever is remembered. */
export const rememberedAbout = async (db: Database, keys: readonly number[]): Promise<Remembered[]> =>
  keys.length === 0 ? [] : readTexts(db, await sharing(db, keys, false))
