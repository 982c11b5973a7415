/** What a database has that a release may need, or that may refuse what a release writes. */
export interface SchemaPart {
  /** The table that it belongs to. */
  readonly of: string
  /** What it is, and its name. */
  readonly part: string
  /** What it asks of what is written. */
  readonly asks: string
  /** Whether a release that does not know it cannot write past it: a column without a default, a unique index, a check, a reference, a trigger that refuses. */
  readonly binds: number
}

/** Asks for every column, unique index, check, reference and trigger of a database's tables. */
export const SCHEMA_PARTS = `
with tables as (select name, lower(sql) as sql from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\')
select m.name as "of", 'column ' || c.name || ' ' || lower(c.type) as part,
  iif(c."notnull" = 1, 'a value', '') || iif(c.dflt_value is null, '', ' or nothing') as asks,
  c."notnull" = 1 and c.dflt_value is null and c.pk = 0 as binds
  from tables m join pragma_table_xinfo(m.name) c
union all select m.name, 'unique index ' || i.name,
  coalesce((select sql from sqlite_master where type = 'index' and name = i.name), (select group_concat(name) from pragma_index_info(i.name))), 1
  from tables m join pragma_index_list(m.name) i where i."unique" = 1 and i.origin <> 'pk'
union all select m.name, 'reference from ' || r."from", r."table", 1 from tables m join pragma_foreign_key_list(m.name) r
union all select name, 'checks', cast((length(sql) - length(replace(replace(sql, 'check (', ''), 'check(', ''))) / 6 as text), 1
  from tables where sql like '%check%(%'
union all select tbl_name, 'trigger ' || name, sql, instr(lower(sql), 'raise(') > 0 from sqlite_master where type = 'trigger'`

/**
 * Why a release cannot use a database that a later one has brought further; undefined where it can: all that its own migrations
 * make is there as they make it, and nothing that was added to its tables refuses what it writes.
 */
export function misfit(own: readonly SchemaPart[], later: readonly SchemaPart[]): string | undefined {
  const keyOf = ({ of, part }: SchemaPart) => `${part} of ${of}`
  const [there, known] = [new Map(later.map((one) => [keyOf(one), one])), new Set(own.map(keyOf))]
  const tables = new Set(own.map(({ of }) => of))
  const gone = own.find((one) => !there.has(keyOf(one)))
  if (gone) return `it has no ${keyOf(gone)}`
  const changed = own.find((one) => there.get(keyOf(one))?.asks !== one.asks)
  if (changed) return `its ${keyOf(changed)} asks for something else`
  const binding = later.find((one) => tables.has(one.of) && one.binds === 1 && !known.has(keyOf(one)))
  return binding && `it has the ${keyOf(binding)}`
}
