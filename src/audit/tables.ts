import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What was done, by whom, about whom, when. Triggers of the database refuse to change, delete or replace a row, or to put one before the last. */
export const auditEntries = sqliteTable(
  'audit_entries',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    at: integer('at').notNull(),
    act: text('act').notNull(),
    /** A word for what is no person, else a pseudonym of `audit_people`. */
    actor: text('actor').notNull(),
    subject: text('subject'),
    details: text('details').notNull(),
  },
  (t) => [
    index('audit_entries_at').on(t.at),
    index('audit_entries_of_act').on(t.act, t.at),
    index('audit_entries_of_actor').on(t.actor, t.at),
    index('audit_entries_of_actor_act').on(t.actor, t.act, t.at),
    index('audit_entries_of_subject').on(t.subject, t.at),
  ],
)

/** The chain over the entries: each seal names those since the seal before, with their hashes. Triggers refuse to change, delete or replace one. */
export const auditSeals = sqliteTable('audit_seals', {
  number: integer('number').primaryKey(),
  at: integer('at').notNull(),
  /** Hash of the seal before; empty for the first. */
  previous: text('previous').notNull(),
  /** `seq` of the last entry that it covers. */
  last: integer('last').notNull(),
  /** JSON of `[seq, hash]` of each entry, in order. */
  entries: text('entries').notNull(),
  hash: text('hash').notNull(),
})

/** Seals that were signed and sent out. Triggers refuse to change, delete or replace one. */
export const auditSignatures = sqliteTable('audit_signatures', {
  seal: integer('seal').primaryKey(),
  at: integer('at').notNull(),
  /** Compact JWS of the service key. */
  token: text('token').notNull(),
})

/** The secret of each person whom entries name. An erasure deletes the row: what is left of the person in the log can be read and joined by nobody. */
export const auditPeople = sqliteTable('audit_people', {
  person: text('person').primaryKey(),
  pseudonym: text('pseudonym').notNull().unique(),
  key: text('key').notNull(),
})

/** Refused launches of the minutes that are not over yet, counted, so that a flood of them makes no flood of entries. */
export const refusedLaunches = sqliteTable(
  'refused_launches',
  {
    /** Whole minutes since 1970. */
    minute: integer('minute').notNull(),
    reason: text('reason').notNull(),
    /** Of the entry that this becomes. */
    id: text('id').notNull(),
    count: integer('count').notNull(),
    /** JSON of at most ten. */
    samples: text('samples').notNull(),
  },
  (t) => [primaryKey({ columns: [t.minute, t.reason] })],
)

/** The service's own keys as they were seen last, so that a change of them is noticed. */
export const knownKeys = sqliteTable('known_keys', {
  thumbprint: text('thumbprint').primaryKey(),
  use: text('use').notNull(),
  state: text('state').notNull(),
})
