/** What a database has that a release may need, or that may refuse what a release writes. */
export interface SchemaPart {
  /** The table that it belongs to. */
  readonly of: string
  /** What it is, and its name. */
  readonly part: string
  /** Whether a release that does not know it cannot write past it: a column without a default, a unique index, a trigger that refuses. */
  readonly binds: number
}

/** Asks for every column, unique index and trigger of a database's tables. */
export const SCHEMA_PARTS = `
select m.name as "of", 'column ' || c.name || ' ' || lower(c.type) as part, c."notnull" = 1 and c.dflt_value is null and c.pk = 0 as binds
  from sqlite_master m join pragma_table_xinfo(m.name) c where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\'
union all select m.name, 'unique index ' || i.name, 1
  from sqlite_master m join pragma_index_list(m.name) i where m.type = 'table' and i."unique" = 1 and i.origin <> 'pk'
union all select tbl_name, 'trigger ' || name, instr(lower(sql), 'raise(') > 0 from sqlite_master where type = 'trigger'`

/**
 * Why a release cannot use a database that a later one has brought further; undefined where it can: all that its own migrations
 * make is there, and nothing that was added to its tables refuses what it writes.
 */
export function misfit(own: readonly SchemaPart[], later: readonly SchemaPart[]): string | undefined {
  const keyOf = ({ of, part }: SchemaPart) => `${part} of ${of}`
  const [there, known] = [new Set(later.map(keyOf)), new Set(own.map(keyOf))]
  const tables = new Set(own.map(({ of }) => of))
  const gone = own.find((one) => !there.has(keyOf(one)))
  if (gone) return `it has no ${keyOf(gone)}`
  const binding = later.find((one) => tables.has(one.of) && one.binds === 1 && !known.has(keyOf(one)))
  return binding && `it has the ${keyOf(binding)}`
}
