import Database from 'libsql'
import { aFewRows, narrow, ofOne, ofOnePerson, underWay } from './what-grows.ts'

/** A row of `EXPLAIN QUERY PLAN`. Rows of one `parent` are the loops and sorts of one SELECT. */
interface Step {
  readonly id: number
  readonly parent: number
  readonly detail: string
}

/** A database with the schema that migrations make, to ask for plans. Like the service's own it was never analysed. */
export interface Planner {
  /** The plan of a statement; undefined for one that this schema cannot prepare. */
  plan(statement: string): readonly Step[] | undefined
  /** Statements that the schema itself runs: those of its triggers, each under its trigger's name. */
  readonly triggers: readonly { readonly trigger: string; readonly statement: string }[]
  /** How many columns each unique index has: a search that fixes all of them finds one row. */
  readonly uniqueWidths: ReadonlyMap<string, number>
  /** Whether a table is one of SQLite's own index structures or a virtual table, that answers by itself. */
  isVirtual(table: string): boolean
}

/** The statements of a trigger's body, with the row's values as parameters. */
function bodyOf(trigger: string): string[] {
  const body = /\bBEGIN\b(.*)\bEND\b;?\s*$/is.exec(trigger)?.[1] ?? ''
  return body
    .replace(/\b(new|old)\.(`\w+`|"\w+"|\w+)/gi, '?')
    .split(';')
    .map((statement) => statement.trim())
    .filter(
      (statement) => /^(insert|update|delete|select|replace)\b/i.test(statement) && !/\braise\s*\(/i.test(statement),
    )
}

export function openPlanner(migrations: readonly string[]): Planner {
  const database = new Database(':memory:')
  for (const statement of migrations) database.exec(statement)
  const masters = database.prepare('SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL').all() as {
    type: string
    name: string
    sql: string
  }[]
  const uniqueWidths = new Map<string, number>()
  for (const { type, name } of masters) {
    if (type !== 'table') continue
    const indexes = database.prepare(`PRAGMA index_list("${name}")`).all() as { name: string; unique: number }[]
    for (const index of indexes.filter(({ unique }) => unique === 1))
      uniqueWidths.set(index.name, database.prepare(`PRAGMA index_info("${index.name}")`).all().length)
  }
  const virtual = new Set(masters.flatMap(({ name, sql }) => (/^CREATE VIRTUAL TABLE/i.test(sql) ? [name] : [])))
  const planned = new Map<string, readonly Step[] | undefined>()
  const explain = (statement: string): readonly Step[] | undefined => {
    try {
      return database.prepare(`EXPLAIN QUERY PLAN ${statement}`).all() as Step[]
    } catch {
      return undefined
    }
  }
  return {
    // suites of one process ask much the same
    plan(statement) {
      if (!planned.has(statement)) planned.set(statement, explain(statement))
      return planned.get(statement)
    },
    uniqueWidths,
    triggers: masters
      .filter(({ type }) => type === 'trigger')
      .flatMap(({ name, sql }) => bodyOf(sql).map((statement) => ({ trigger: name, statement }))),
    isVirtual: (table) => [...virtual].some((name) => table === name || table.startsWith(`${name}_`)),
  }
}

/** The table behind a name of a plan: an alias is looked up in the statement. */
function tableOf(name: string, statement: string): string {
  const as = new RegExp(
    `(?:from|join|update|into|,)\\s+["\`]?(\\w+)["\`]?\\s+(?:as\\s+)?["\`]?${name}["\`]?(?!\\w)`,
    'i',
  ).exec(statement)
  return as?.[1] && !/^(select|values|where|set|on)$/i.test(as[1]) ? as[1] : name
}

/** Columns that a search fixes to one value: `(worker=? AND exam=? AND started_at>?)`. */
const fixed = (detail: string): string[] => [...detail.matchAll(/(\w+)=\?/g)].map(([, column]) => column as string)

const isNarrow = (table: string, detail: string): boolean =>
  fixed(detail).some((column) => column === 'rowid' || ofOne.has(column) || narrow[table]?.includes(column))

/**
 * What is wrong with a plan: it walks through a table that grows, gathers what grows in order to sort or to tell apart, or
 * takes all of a part that grows, such as everything that has one status, without a limit.
 */
export function complaintsAbout(statement: string, planner: Planner): string[] {
  const steps = planner.plan(statement) ?? []
  const isLimited = /\blimit\b/i.test(statement)
  const isFirstOfAll = isLimited && !/\bwhere\b/i.test(statement)
  const broad = new Set<number>()
  const complaints: string[] = []
  for (const { parent, detail } of steps) {
    const [, act, name] = /^(SCAN|SEARCH) (\S+)/.exec(detail) ?? []
    if (!act || !name || detail.includes('VIRTUAL TABLE') || name === 'CONSTANT' || name.startsWith('(')) continue
    const table = tableOf(name, statement)
    if (planner.isVirtual(table) || table in aFewRows || planner.plan(`SELECT 1 FROM "${table}"`) === undefined)
      continue
    // the least or greatest of an index is its first or last entry
    if (act === 'SEARCH' && !detail.includes('(')) continue
    const index = /USING (?:COVERING )?INDEX (\w+)/.exec(detail)?.[1] ?? ''
    if (underWay.has(index) || (ofOnePerson.has(index) && detail.includes('<expr>=?'))) continue
    if (isFirstOfAll) broad.add(parent)
    else if (act === 'SCAN' || detail.includes('AUTOMATIC')) complaints.push(detail)
    else if (!isNarrow(table, detail) && planner.uniqueWidths.get(index) !== fixed(detail).length) {
      broad.add(parent)
      if (!isLimited) complaints.push(`${detail} WITHOUT LIMIT`)
    }
  }
  for (const { parent, detail } of steps)
    if (detail.startsWith('USE TEMP B-TREE') && broad.has(parent)) complaints.push(detail)
  return complaints
}
