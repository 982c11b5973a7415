import { type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import { isShort, matchAll, termsOf } from '../../../platform/words/full-text.ts'
import type { Database } from '../../../world/database.ts'
import type { PayType } from '../../job/job.ts'
import type { Category } from '../../people/worker.ts'

/** Texts of jobs in which the terms of a short word may occur before it is cheaper to look into the texts in their order. */
const DENSE = 20_000
/** The same of workers, for each text that there is: all of them are looked into. */
const DENSE_A_TEXT = 2

/** How words are found in an index: by its terms, or by reading the texts. */
interface WordPlan {
  /** A full-text query. */
  readonly match: string | undefined
  /** Short words: found by the terms that begin with them. */
  readonly short: readonly string[]
  /** Short words that so many texts contain that every term of them would take too long. */
  readonly dense: readonly string[]
}

/** Plans how words are found in an index; `dense`: in so many texts the terms of a short word may occur. */
async function planWords(
  db: Database,
  words: readonly string[],
  { terms, dense }: { readonly terms: 'job_terms' | 'worker_terms'; readonly dense: number },
): Promise<WordPlan> {
  const long = words.filter((word) => !isShort(word))
  const plan = { short: [] as string[], dense: [] as string[] }
  for (const word of words.filter(isShort)) {
    const { from, below } = termsOf(word)
    const [row] = await db.all<{ n: number }>(
      sql`SELECT coalesce(sum(doc), 0) AS n FROM ${sql.raw(terms)} WHERE term >= ${from} AND term < ${below}`,
    )
    plan[(row?.n ?? 0) > dense ? 'dense' : 'short'].push(word)
  }
  return { match: long.length > 0 ? matchAll(long) : undefined, ...plan }
}

export interface JobQuery {
  readonly words: readonly string[]
  readonly category?: Category | undefined
  readonly payType?: PayType | undefined
  /** Yen, in the unit of the job's own pay. */
  readonly payMin?: number | undefined
  readonly payMax?: number | undefined
  readonly welcomes?: 'newcomers' | undefined
}

/** The place of a job in the order; nothing in it depends on the time. */
export interface JobPlace {
  readonly rank: number
  readonly doc: number
}

/** Documents of a short word. */
const docsOf = (word: string): SQL => {
  const { from, below } = termsOf(word)
  return sql`SELECT DISTINCT doc FROM job_instances WHERE term >= ${from} AND term < ${below}`
}

/** Joins and conditions of a search; CROSS JOIN keeps what is found by words in front, and the order of places where there are none. */
function clauses(plan: WordPlan, query: JobQuery, now: Instant): { readonly from: SQL; readonly where: SQL } {
  const [leading, ...others] = plan.match === undefined ? plan.short : [undefined, ...plan.short]
  const listing = sql`job_listings AS l`
  const driven =
    plan.match !== undefined
      ? sql`job_index CROSS JOIN ${listing} ON l.doc = job_index.rowid`
      : leading !== undefined
        ? sql`(${docsOf(leading)}) AS w CROSS JOIN ${listing} ON l.doc = w.doc`
        : listing
  const from = plan.dense.length > 0 ? sql`${driven} CROSS JOIN jobs AS j ON j.doc = l.doc` : driven
  const conditions = [
    sql`(l.closes_at IS NULL OR l.closes_at > ${now})`,
    ...(plan.match === undefined ? [] : [sql`job_index MATCH ${plan.match}`]),
    ...others.flatMap((word) => (word === undefined ? [] : [sql`l.doc IN (${docsOf(word)})`])),
    ...(query.category === undefined ? [] : [sql`l.category = ${query.category}`]),
    ...(query.payType === undefined ? [] : [sql`l.pay_type = ${query.payType}`]),
    ...(query.payMin === undefined ? [] : [sql`l.pay_amount >= ${query.payMin}`]),
    ...(query.payMax === undefined ? [] : [sql`l.pay_amount <= ${query.payMax}`]),
    ...(query.welcomes === undefined ? [] : [sql`l.welcomes_newcomers = 1`]),
    ...plan.dense.map((word) => sql`instr(j.search_text, ${word}) > 0`),
  ]
  return { from, where: sql.join(conditions, sql` AND `) }
}

/** How many jobs are counted at most. */
export const MOST_COUNTED = 1_000

/** The next places of a search, and how many there are in all, up to one more than `MOST_COUNTED`. */
export async function findPlaces(
  db: Database,
  query: JobQuery,
  at: { readonly now: Instant; readonly after: JobPlace | undefined; readonly limit: number },
): Promise<{ places: JobPlace[]; found: number }> {
  const plan = await planWords(db, query.words, { terms: 'job_terms', dense: DENSE })
  const { from, where } = clauses(plan, query, at.now)
  const behind = at.after === undefined ? sql`` : sql` AND (l.rank, l.doc) < (${at.after.rank}, ${at.after.doc})`
  const [places, [count]] = await Promise.all([
    db.all<JobPlace>(
      sql`SELECT l.doc AS doc, l.rank AS rank FROM ${from} WHERE ${where}${behind} ORDER BY l.rank DESC, l.doc DESC LIMIT ${at.limit}`,
    ),
    db.all<{ n: number }>(
      sql`SELECT count(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ${MOST_COUNTED + 1})`,
    ),
  ])
  return { places, found: count?.n ?? 0 }
}

const COMMA = 44
const ZERO = 48

/** The whole numbers of `12,7,300`; a tenth of what it takes to split the text and read every part. */
function readNumbers(text: string): Uint32Array {
  if (text === '') return new Uint32Array()
  const numbers = new Uint32Array((text.length + 1) >> 1)
  let count = 0
  let number = 0
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : COMMA
    if (code !== COMMA) number = number * 10 + code - ZERO
    else {
      numbers[count] = number
      count += 1
      number = 0
    }
  }
  return numbers.subarray(0, count)
}

/** Numbers of the workers' texts in which a word is found, some of them several times. */
function workerDocs({ match, short, dense }: WordPlan): SQL[] {
  const matching =
    match === undefined ? [] : [sql`SELECT rowid AS doc FROM worker_index WHERE worker_index MATCH ${match}`]
  // term by term, which reads no places in the texts
  const ofShort = short.map((word) => {
    const { from, below } = termsOf(word)
    return sql`SELECT i.rowid AS doc FROM worker_terms AS t CROSS JOIN worker_index AS i
      WHERE t.term >= ${from} AND t.term < ${below} AND i.worker_index MATCH '"' || replace(t.term, '"', '""') || '"'`
  })
  const ofDense = dense.map((word) => sql`SELECT doc FROM worker_texts WHERE instr(text, ${word}) > 0`)
  return [...matching, ...ofShort, ...ofDense]
}

/** Marks what is in all of several lists of numbers. */
function markCommon([first, ...others]: readonly Uint32Array[]): Uint8Array {
  let most = 0
  for (const doc of first ?? []) most = Math.max(most, doc)
  const marks = new Uint8Array(most + 1)
  for (const doc of first ?? []) marks[doc] = 1
  return others.reduce((common, list) => {
    const marked = new Uint8Array(common.length)
    for (const doc of list) if (common[doc]) marked[doc] = 1
    return marked
  }, marks)
}

/** Finds the workers in whose texts all words stand, at least one of which is asked for: 1 at the numbers of their texts. */
export async function findWorkerDocs(db: Database, words: readonly string[]): Promise<Uint8Array> {
  const [last] = await db.all<{ doc: number | null }>(sql`SELECT max(doc) AS doc FROM worker_texts`)
  const plan = await planWords(db, words, { terms: 'worker_terms', dense: DENSE_A_TEXT * (last?.doc ?? 0) })
  // one text of numbers: a row for each would cost more than the search itself
  const found = await Promise.all(
    workerDocs(plan).map((docs) =>
      db.all<{ docs: string | null }>(sql`SELECT group_concat(doc) AS docs FROM (${docs})`),
    ),
  )
  return markCommon(found.map(([row]) => readNumbers(row?.docs ?? '')))
}
