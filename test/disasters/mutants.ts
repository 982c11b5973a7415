/** A mistake that somebody might make in the service, as exact words of a file and what stands there instead. */
export interface Mutant {
  readonly name: string
  readonly changes: readonly { readonly file: string; readonly from: string; readonly to: string }[]
  /** Run in the database that every seed begins with. */
  readonly sql?: string
}

/** Each of these is to be found within so many seeds. */
export const MOST_SEEDS = 300

const SAVES = 'src/attempt/responses/store.ts'
const STORE = 'src/attempt/store.ts'
const GRADED = 'src/attempt/graded-papers/store.ts'
const CLOSING = 'src/flows/close-attempt.ts'
const DRAINING = 'src/flows/drain-outbox.ts'
const OUTBOX = 'src/platform/outbox/store.ts'
const WORK = 'src/flows/read-work.ts'
const VERSIONS = 'src/item/publishing/store.ts'
const DRAFTS = 'src/item/source/store.ts'
const MOVE = 'src/world/move-database.ts'
const TRUST = 'src/web/public/trust.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'whether an attempt is open is asked before the save, not with it',
    changes: [{ file: SAVES, from: "status = 'open' and lease", to: 'lease' }],
  },
  {
    name: 'a save of several answers leaves the last out of its batch, and acknowledges it',
    changes: [
      {
        file: SAVES,
        from: '  const statements = saves.flatMap(',
        to: '  const statements = saves.slice(0, -1).flatMap(',
      },
      {
        file: 'src/flows/record-responses.ts',
        from: 'effect.deadline !== undefined && effect.saved.size === checked.value.length',
        to: 'effect.deadline !== undefined',
      },
    ],
  },
  {
    name: 'a save without the fence of its lease',
    changes: [{ file: SAVES, from: 'and lease = ${v.lease} and', to: 'and' }],
  },
  {
    name: 'an older revision overwrites a newer one',
    changes: [{ file: SAVES, from: 'excluded.revision > ${responses.revision}', to: 'true' }],
  },
  {
    name: 'no unique key keeps two attempts from being open',
    changes: [
      {
        file: STORE,
        from: '\n          and (${counted} and started_at > ${a.waitWindowStart}) = 0',
        to: '',
      },
    ],
    sql: 'DROP INDEX attempts_one_open',
  },
  {
    name: 'the deadline is looked at without what the network may take',
    changes: [
      { file: STORE, from: 'const limit = minus(closing.now, NETWORK_SLACK)', to: 'const limit = closing.now' },
      {
        file: 'src/attempt/attempt.ts',
        from: 'now > plus(attempt.deadline, NETWORK_SLACK)',
        to: 'now > attempt.deadline',
      },
    ],
  },
  {
    name: 'a sweep grades what somebody else has graded meanwhile',
    changes: [
      {
        file: GRADED,
        from: '      data: JSON.stringify({ passed: grade.report.passed, credential: grade.credential }),\n    }),',
        to: '      data: JSON.stringify({ passed: grade.report.passed, credential: grade.credential }),\n    }).onConflictDoNothing(),',
      },
      {
        file: GRADED,
        from: ".where(and(eq(attempts.id, grade.id), eq(attempts.status, 'closed'))),",
        to: '.where(eq(attempts.id, grade.id)),',
      },
      {
        file: GRADED,
        from: 'from json_each(${scored}) where true`,\n      ),',
        to: 'from json_each(${scored}) where true`,\n      ).onConflictDoNothing(),',
      },
    ],
    sql: 'DROP INDEX credentials_one_per_edition',
  },
  {
    name: 'messages are written after what causes them was committed',
    changes: [
      {
        file: CLOSING,
        from: 'await world.db.batch(await gradeBatch(world, attempt))',
        to: `const all = await gradeBatch(world, attempt)
      const later = all.slice(-2) as [Statement, ...Statement[]]
      if (all.length < 8) await world.db.batch(all)
      else {
        await world.db.batch(all.slice(0, -2) as unknown as [Statement, ...Statement[]])
        await world.db.batch(later)
      }`,
      },
    ],
  },
  {
    name: 'a message is sent again under another idempotency key',
    changes: [{ file: DRAINING, from: 'idempotencyKey: message.id }', to: "idempotencyKey: world.newId('msg') }" }],
  },
  {
    name: 'versions run back',
    changes: [{ file: DRAINING, from: '{ version: message.seq }', to: '{ version: 1_000_000 - message.seq }' }],
  },
  {
    name: 'what was read of a standing is written over a newer one',
    changes: [
      {
        file: 'src/flows/apply-standing.ts',
        from: 'if (!known || known.standingVersion > standing.version) return',
        to: 'if (!known) return',
      },
      {
        file: 'src/flows/apply-standing.ts',
        from: 'standing, known.standingVersion < standing.version)',
        to: 'standing, known.standingVersion !== standing.version)',
      },
      {
        file: 'src/marketplace/store.ts',
        from: '.where(and(eq(workers.worker, worker), lt(workers.standingVersion, standing.version)))\n    .returning',
        to: '.where(eq(workers.worker, worker))\n    .returning',
      },
    ],
  },
  {
    name: 'a message may overtake the one that it hangs on',
    changes: [
      {
        file: OUTBOX,
        from: "\n      and not exists (select 1 from outbox p where p.chain = o.chain and p.seq < o.seq and p.stream = o.stream and p.status <> 'delivered')",
        to: '',
      },
      {
        file: OUTBOX,
        from: "where not exists (select 1 from outbox p where p.stream = o.stream and p.seq < o.seq and p.status = 'pending' and not ${stuck})",
        to: 'where true',
      },
    ],
  },
  // of versions that are published meanwhile, and work that is archived meanwhile
  {
    name: 'a paper is graded by the version that is live',
    changes: [
      {
        file: CLOSING,
        from: 'const bank = await findBank(world.db, attempt.bankHash)',
        to: 'const bank = await latestBank(world.db, attempt.exam)',
      },
      { file: CLOSING, from: 'import { findBank }', to: 'import { latestBank }' },
    ],
  },
  {
    name: 'a version takes the place of one that nobody compared it with',
    changes: [
      {
        file: VERSIONS,
        from: 'where ${waits} and ${liveHash(exam)} = ${against} and ${lastPublishedAt(exam)} = ${liveSince ?? 0}`',
        to: 'where ${waits}`',
      },
    ],
  },
  {
    name: 'work that leaves the database while it is read is taken for none',
    changes: [
      {
        file: WORK,
        from: 'const now = isWhole ? undefined : await findAttempt(world.db, attempt.id)',
        to: 'const now = isWhole ? undefined : attempt',
      },
      { file: WORK, from: 'import { findAttempt, type StoredAttempt }', to: 'import type { StoredAttempt }' },
    ],
  },
  {
    name: 'work is deleted before anybody looked whether its file is there',
    changes: [
      {
        file: 'src/flows/archive-attempts.ts',
        from: '  await world.archive.put(name, file)\n',
        to: '  void world.archive.put(name, file).catch(() => {})\n',
      },
      { file: 'src/flows/archive-attempts.ts', from: '  await readWork(world, { ...attempt, archived })\n', to: '' },
    ],
  },
  {
    name: 'a draft is saved over what somebody else saved meanwhile',
    changes: [
      {
        file: DRAFTS,
        from: 'where ${now} = ${was} and ${hasRoom(save, bytes)}`',
        to: 'where ${hasRoom(save, bytes)}`',
      },
    ],
  },
  // of a database that is moved
  {
    name: 'a move gives no time back',
    changes: [
      {
        file: 'src/flows/give-back-time.ts',
        from: 'const [first, ...rest] = timeBackStatements(db, time)',
        to: 'const [first, ...rest] = timeBackStatements(db, { ...time, until: time.since })',
      },
    ],
  },
  {
    name: 'the seal of a moved database refuses deletes only',
    changes: [{ file: MOVE, from: "['insert', 'update', 'delete'].map((event) =>", to: "['delete'].map((event) =>" }],
  },
  {
    name: 'triggers stay behind in a move',
    changes: [{ file: MOVE, from: '    ...triggers.map((sql) => step(sql)),\n', to: '' }],
  },
  // of clocks that differ
  {
    name: 'messages are numbered by the clock of whoever writes them, and not behind the last one',
    changes: [
      {
        file: OUTBOX,
        from: 'max(coalesce((select seq from sqlite_sequence where name = ${getTableName(table)}), 0) + 1, ${now}) - 1 + row_number()',
        to: '${now} - 1 + row_number()',
      },
    ],
  },
  {
    name: 'a token from a clock that is a little ahead is refused',
    changes: [
      {
        file: 'src/platform/http/trusted-token.ts',
        from: 'iat > now / 1_000 + SKEW_SECONDS',
        to: 'iat > now / 1_000',
      },
    ],
  },
  // of a copy of the database that is behind
  {
    name: 'a certificate that a copy does not know yet is called another than was issued',
    changes: [
      { file: TRUST, from: "if (!record) return 'not-on-record'", to: "if (!record) return 'differs-from-record'" },
    ],
  },
  {
    name: 'what was read once of a certificate is remembered',
    changes: [
      {
        file: TRUST,
        from: 'const LISTS_AT_ONCE = 8\n',
        to: 'const LISTS_AT_ONCE = 8\nconst seen = new Map<string, StatusAnswer>()\n',
      },
      {
        file: TRUST,
        from: 'return answerOf(await findCredential(world.db, idOf(genuine)), genuine)',
        to: `const known = seen.get(idOf(genuine)) ?? answerOf(await findCredential(world.db, idOf(genuine)), genuine)
        seen.set(idOf(genuine), known)
        return known`,
      },
    ],
  },
  {
    name: 'an act is done and not written down',
    changes: [{ file: STORE, from: 'await db.batch([move, ...noted, log])', to: 'await db.batch([move, log])' }],
  },
  {
    name: 'a failure is logged with what it says',
    changes: [
      {
        file: 'src/platform/log-line.ts',
        from: '    error: classOf(thrown),\n',
        to: '    error: thrown.message,\n',
      },
    ],
  },
]
