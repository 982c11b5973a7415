import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { packFile, sizeOf } from '../../src/item/source/pack-file.ts'
import { NEVER } from '../../src/platform/outbox/store.ts'
import { readMigrations } from '../support/migration-statements.ts'

/** Each migration with its SHA-256. Databases out there began with these very words: a line here is added, and none is changed. */
const STANDING: Readonly<Record<string, string>> = {
  'migrations/0000_exams_attempts_credentials.sql': 'c9fe25d85074dc29275b3b70b61f44b97fd04ac642c6ee2e53e74b90083501a1',
  'migrations/0001_parts_and_tasks.sql': 'c49663ef8bdfca179e9ecd1e8aacbde8ca22bbda160b9b0b6e0fe41e2a6c68cf',
  'migrations/0002_process_data.sql': '2f47e747cae0ab10a32c7282f04a8f8eb63ef8460961fa667384c482839dbd37',
  'migrations/0003_practical_papers.sql': '205045e4b08872e9f36123dff64d1870ff7cdb1c6de5fa9421eb5e0c85584fa3',
  'migrations/0004_counted_events.sql': 'ad96e6bb355a35c02d0c7d8172493f5ed9d2ca57b53c3611215332c24e3362f2',
  'migrations/0005_first_results.sql': '61301a15b9da621f00c8c511ff9a9843ed17251a143d4595c7bfe03572ec1167',
  'migrations/0006_names_and_identity.sql': '70d970b5099160ef41230b0f13feca0434561a37b31fc188fa7b8a61218e37eb',
  'migrations/0007_day_counts.sql': '747e5114d885329df71eac5eeb840c5c100496d9d239fa3005b1f19048582d8b',
  'migrations/0008_exam_sources_and_drafts.sql': '37a3b625750c86a517245c70d47df9e584fd65926fe1b4ff7f1679b44e41938b',
  'migrations/0009_draft_sizes.sql': 'aed7ba71a2c6b9c46a8283753912c90277a69cb4c1da86bb69a3e602e414cd4a',
  'migrations/0010_names_and_open_cases.sql': 'd912cf422444665c70762f95c7c85d514eb45e4c5e7853409dc931ff24238fa5',
  'migrations/0011_given_up_messages.sql': '792130a9c7502e888b9cb7cc89337aea592ca7e4e3d22745e829df3d8e2348ef',
  'migrations/0012_draft_hand_ins.sql': 'ef25dbe715d5178f6e6f345d63920590de87f6c82941e7bb792fc1e746de10a8',
  'migrations/0013_archived_attempts.sql': '856e13062bffc6c9239b67e74113521870d0fa1c3a9dace3aa4b52f6ad302d8b',
  'migrations/0014_draft_writers.sql': '3179cc1fc85c52d2c8976a6142d4d30214b98103076a1b1f68125df47b160ec2',
  'migrations/0015_unarchived_papers_in_order.sql': '80ab39c8bca3d8e42bb3aa49b8190d0808912ddb9ec68afbdf43bb8f3d330fa7',
  'migrations/0016_practical_papers_in_order.sql': '399c237e0702194d99c7179ce530f46d994f950bcb1732c457dbf9742bb5a1f6',
  'migrations/0017_drafts_and_proposals_in_order.sql':
    '46ddf04b0233c61781a4b5c4e2751fa7c2942e4ee558c1a3cb943940e66204a8',
  'migrations/0018_text_that_nobody_wrote.sql': '34f1929c1b29283534119943c2303c0a1504405525f6c9a93325bd7b850e6c82',
  'migrations/0019_published_wordings.sql': 'cc56530db6be6e5550223b38c038e9c28d6b8f6e47d9db518599a961f248a3d2',
  'migrations/sandbox/0000_people_jobs_contracts.sql':
    '4e40e9514537aadb3a00c35d8c2207ff738462b096bbfc503d104d650f810936',
  'migrations/sandbox/0001_beliefs.sql': '6ed0906de1446831f3ae2cf41b6d354d71ce43248824da40136d096e7dcbd759',
  'migrations/sandbox/0002_review_weights.sql': 'f878a172412d076ff5de8612712fac3258e5dfaa85f712d4fd2a93cc03c17cd2',
  'migrations/sandbox/0003_searches_and_newcomers.sql':
    '42cb7bca6dc3fbfb7affd4e9e62c737628ac8965f6cc9927280498efe8dc334f',
  'migrations/sandbox/0004_noticed_indexes.sql': '9fccc56623a12d27978eb21394678d888ed8fad6f84bef37eaa655efb9922c5a',
  'migrations/sandbox/0005_invitations_and_notices.sql':
    '159999ded11f59e7783715fde80f34e8f0580951417b843f27bc70655a48f9e3',
  'migrations/sandbox/0006_blocks_and_seen.sql': '3f0c2762f9732d57e17a2cfb103b53e4e9d436a6d17217dc307fdea27797d726',
  'migrations/sandbox/0007_noticed_figures.sql': '0600b74cba64120ffe08a0a9c6ebe4aaf804bd5316406ca452c0bb6470ee9401',
  'migrations/sandbox/0008_full_text_memory.sql': '130b7cb51b6d4da6b1475ced6e709cbf38a19f3e5ccf9ad9dc0b1527304cbedd',
  'migrations/sandbox/0009_badge_parts.sql': '0ef5f9d9289227318a8952cdb99ffc3d0742bff435505bc139b77c416cb8b0e7',
  'migrations/sandbox/0010_payout_accounts.sql': 'a2cea132ee9b3bc4f6167fbb3128dd87900c58d52f9595b710633531d50d5fba',
  'migrations/sandbox/0011_cheaper_account_marks.sql':
    '9190df34bda66aefd0a15478a38f06be6dd3984b325e8ba3922e4a7ba26ca944',
  'migrations/sandbox/0012_exam_settings.sql': '1297a18baef04dc7b33a0558e7b401f99c2ada3a980eaf22ed8e403a74296258',
  'migrations/sandbox/0013_jobs_posted.sql': 'acfaaf80d82c2fa93fde8117e0c5e2957f5f051cce18a8f2bc830ecbeeed599b',
  'migrations/sandbox/0014_work_samples.sql': '0b686788a3eea7bd0a352b0a8a76ab5b70785395bb85376060bd35cf3d47275a',
  'migrations/sandbox/0015_introductions.sql': 'a200415a28e771b1200b8cb68e77da9c0ff214d3fae03add8302c18123bc0b95',
  'migrations/sandbox/0016_decision_memory.sql': '9c66255d30057c87e068e76fd1ecbaac479a885d1893171e70fb3ca3fed57686',
  'migrations/sandbox/0017_second_judgements.sql': '51a495a42ea30dc84de06147064ef369feaedfd19a9499908773137addcaf804',
  'migrations/sandbox/0018_candidate_models.sql': 'a0d69546644eb4f6848bad782cff6f30961e532d0468f2925c8f84e51f48fad9',
  'migrations/sandbox/0019_memory_kept.sql': '648abe9037c1fe5efe6e85cccc2bedbba2d11beccb757f36ab59a66b4aaf8088',
  'migrations/sandbox/0020_text_outlines.sql': 'f1ff83db03378c81692cca45eb1603588e1b579812e3740811e3eade772326af',
  'migrations/sandbox/0021_given_up_messages.sql': '792130a9c7502e888b9cb7cc89337aea592ca7e4e3d22745e829df3d8e2348ef',
  'migrations/sandbox/0022_texts_judged_twice.sql': '165f63d4590f74a09884928a297692f39345b72550ccd9ca0926028eba76a0a0',
  'migrations/sandbox/0023_readers_days_and_agreed_contracts.sql':
    '0be5bb11e01f22bf9d504ed97c5791aab586fc0e6009e779d0fb40171e66ba48',
  'migrations/sandbox/0024_taken_on_by_application.sql':
    'b5e3a25517f60e582e5de251ee104bbb4d6e4566b3e8ee7ad9e7f684eda59dcc',
}

it('a migration that stands is never changed, and each is on the list', async () => {
  const files = (await readdir('migrations', { recursive: true }))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => `migrations/${name}`)
    .sort()
  expect(files, 'a migration that is gone: put it back. A new one: add its line to STANDING').toEqual(
    Object.keys(STANDING).sort(),
  )
  for (const file of files) {
    const hash = createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
    expect(
      hash,
      `${file} was changed, and databases may have it as it was: put it back, and write what is new into a migration of its own`,
    ).toBe(STANDING[file])
  }
})

/** What would lose rows: drizzle-kit's way of changing a table drops it, and D1 then deletes the children. */
const LOSES_ROWS = /\bdrop\s+table\b|\bon\s+delete\s+cascade\b|\bdelete\s+from\b|\btruncate\b|\bdrop\s+column\b/i

/** What a trigger does, it does later, when a row that it follows changes. */
const DEFINES_TRIGGER = /^create\s+trigger\b/i

type Db = InstanceType<typeof Database>
const query = (db: Db, sql: string): Record<string, unknown>[] => db.prepare(sql).all() as Record<string, unknown>[]
/** Tables that hold rows of their own: what a virtual table keeps, and the tables behind it, follow from others. */
const tablesOf = (db: Db) =>
  query(
    db,
    "select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite_%'",
  ).map(({ name }) => String(name))

/** A value that a column takes, whatever it is for. */
function sample(type: string, row: number): string | number {
  return /int/i.test(type) ? row : /real/i.test(type) ? row + 0.5 : `row ${row}`
}

/** Puts rows into every table, the same values everywhere, so that references hold, past the rules that rows of sense keep; returns how many each has. */
function seed(db: Db): Map<string, number> {
  const triggers = query(db, "select name, sql from sqlite_master where type = 'trigger'")
  for (const { name } of triggers) db.exec(`drop trigger "${name}"`)
  db.pragma('ignore_check_constraints = on')
  db.pragma('foreign_keys = off')
  for (const table of tablesOf(db)) {
    const columns = query(db, `pragma table_info("${table}")`)
    for (const row of [1, 2, 3]) {
      const names = columns.map(({ name }) => `"${name}"`)
      const values = columns.map(({ type }) => sample(String(type), row))
      db.prepare(`insert or ignore into "${table}" (${names}) values (${names.map(() => '?')})`).run(values)
    }
  }
  db.pragma('foreign_keys = on')
  db.pragma('ignore_check_constraints = off')
  for (const { sql } of triggers) db.exec(String(sql))
  return new Map(tablesOf(db).map((table) => [table, Number(query(db, `select count(*) as n from "${table}"`)[0]?.n)]))
}

describe.each(['migrations', 'migrations/sandbox'])('%s', (folder) => {
  it('only ever add', async () => {
    const atOnce = (statement: string) => !DEFINES_TRIGGER.test(statement)
    for (const { tag, statements } of await readMigrations(folder))
      for (const statement of statements.filter(atOnce)) expect(statement, tag).not.toMatch(LOSES_ROWS)
  })

  it('keep every row that was there before, each of them', async () => {
    const db = new Database(':memory:')
    for (const { tag, statements } of await readMigrations(folder)) {
      const before = seed(db)
      for (const statement of statements) db.exec(statement)
      for (const [table, rows] of before)
        expect(Number(query(db, `select count(*) as n from "${table}"`)[0]?.n), `${tag}: ${table}`).toBe(rows)
    }
    const last = seed(db)
    expect(last.size).toBeGreaterThan(5)
    expect([...last.values()].every((rows) => rows > 0)).toBe(true)
  })
})

it('workers of before sightings were noted count as seen when they are migrated, by the clock of the marketplace', async () => {
  const db = new Database(':memory:')
  const DAY = 86_400_000
  for (const { tag, statements } of await readMigrations('migrations/sandbox')) {
    if (tag.endsWith('_blocks_and_seen')) {
      db.exec(`insert into test_clock (id, moved_by) values ('clock', ${30 * DAY})`)
      for (const [id, seen] of [
        ['wrk_before', 0],
        ['wrk_seen', 5],
      ])
        db.exec(`insert into workers (id, name, reading, categories, skills_ja, skills_en, hourly_rate, joined_at, last_seen_at, standing, standing_version)
          values ('${id}', '', '', '[]', '', '', 1, 1, ${seen}, 'good', 1)`)
    }
    for (const statement of statements) db.exec(statement)
  }
  const seen = Object.fromEntries(
    query(db, 'select id, last_seen_at from workers').map((row) => [row.id, row.last_seen_at]),
  )
  expect(seen.wrk_seen).toBe(5)
  expect(Math.abs(Number(seen.wrk_before) - (Date.now() + 30 * DAY))).toBeLessThan(DAY)
})

it('steps of authors who were erased before writers were kept hide nobody who wrote before them', async () => {
  const db = new Database(':memory:')
  const step = (path: string, version: number, hash: string, by: string) =>
    db.exec(`insert into draft_files (exam, path, version, hash, base, by, by_name, saved_at, content)
      values ('e', '${path}', ${version}, '${hash}', 'base', '${by}', '', 0, '')`)
  for (const { tag, statements } of await readMigrations('migrations')) {
    if (tag.endsWith('_draft_sizes')) {
      step('written', 1, 'one', 'aut-1')
      step('written', 2, 'two', '')
      step('back', 1, 'one', 'aut-1')
      step('back', 2, 'base', 'aut-2')
      step('back', 3, 'three', '')
    }
    for (const statement of statements) db.exec(statement)
  }
  expect(query(db, 'select path, by, version from draft_writers order by path, by')).toEqual([
    { path: 'back', by: '', version: 2 },
    { path: 'back', by: 'aut-1', version: 1 },
    { path: 'written', by: '', version: 0 },
    { path: 'written', by: 'aut-1', version: 1 },
  ])
})

it('contracts of before applications were asked count as taken on by whoever had applied, and first reviews after them', async () => {
  const db = new Database(':memory:')
  const contract = (id: string, worker: string, { category = 'c', funded = 15, taken = 'null' as number | string }) =>
    db.exec(`insert into contracts (id, job, client, worker, category, title, status, version, amount, fee_basis_points, funded, released, fee, refunded, milestones, created_at, funded_at, taken_on_at)
      values ('${id}', 'job', 'cli', '${worker}', '${category}', '', 'released', 1, 1, 0, 1, 1, 0, 0, '[]', 10, ${funded}, ${taken})`)
  for (const { tag, statements } of await readMigrations('migrations/sandbox')) {
    if (tag.endsWith('_taken_on_by_application')) {
      db.exec(`insert into jobs (id, client, post_number, category, pay_type, pay_amount, headcount, hired, state, restored_to, created_at, published_at, client_standing, version, clarity_score, suspicion_score, client_score, title, body, search_text, assessment)
        values ('job', 'cli', 1, 'c', 'fixed', 1, 1, 0, 'closed', 'closed', 1, 1, 'good', 1, 0, 0, 0, '', '', '', '{}')`)
      for (const [worker, state, at] of [
        ['wrk_applied', 'hired', 5],
        ['wrk_withdrew', 'withdrawn', 5],
        ['wrk_late', 'open', 11],
      ] as const) {
        db.exec(`insert into workers (id, name, reading, categories, skills_ja, skills_en, hourly_rate, joined_at, last_seen_at, standing, standing_version)
          values ('${worker}', '', '', '[]', '', '', 1, 1, 1, 'good', 1)`)
        db.exec(
          `insert into applications (id, job, worker, message, state, created_at) values ('app_${worker}', 'job', '${worker}', '', '${state}', ${at})`,
        )
        contract(`ctr_${worker}`, worker, {})
      }
      // paid in before, and taken on only afterwards
      contract('ctr_other', 'wrk_applied', { category: 'other', funded: 12, taken: 20 })
      db.exec(`update contracts set job = null where id = 'ctr_other'`)
      for (const id of ['ctr_wrk_applied', 'ctr_other']) {
        db.exec(
          `insert into review_pairs (contract, worker, client, category, closes_at, revealed_at) select id, worker, client, category, 30, 30 from contracts where id = '${id}'`,
        )
        db.exec(`insert into reviews (id, contract, side, author, subject, skill, quality, schedule, communication, partnership, comment, written_at)
          values ('rev_${id}', '${id}', 'client', 'cli', 'wrk_applied', 1, 2, 3, 4, 5, '', 25)`)
      }
      db.exec(`insert into first_reviews values ('wrk_applied', 'other', '', 'other', 1, 15)`)
    }
    for (const statement of statements) db.exec(statement)
  }
  expect(query(db, 'select id, taken_on_at from contracts order by id')).toEqual([
    { id: 'ctr_other', taken_on_at: 20 },
    { id: 'ctr_wrk_applied', taken_on_at: 10 },
    { id: 'ctr_wrk_late', taken_on_at: null },
    { id: 'ctr_wrk_withdrew', taken_on_at: null },
  ])
  expect(query(db, 'select * from first_reviews')).toEqual([
    { worker: 'wrk_applied', exam: 'c', version: '', cohort: 'other', n: 1, stars: 15 },
  ])
  expect(query(db, 'select exam, people, stars from first_review_counts where people > 0')).toEqual([
    { exam: 'c', people: 1, stars: 15 },
  ])
})

it('steps of drafts of before their sizes were kept get the size of what they hold, however they are packed', async () => {
  const db = new Database(':memory:')
  const contents = [
    '',
    'あa',
    ...[2_000, 2_001, 2_002, 70_000].map((length) => 'あb'.repeat(length)),
    new Uint8Array(4),
  ]
  for (const { tag, statements } of await readMigrations('migrations')) {
    if (tag.endsWith('_draft_sizes')) {
      const insert = db.prepare("insert into draft_files values ('e', 'p', ?, '', '', '', '', 0, ?)")
      for (const [version, content] of contents.entries()) insert.run(version, await packFile(content))
    }
    for (const statement of statements) db.exec(statement)
  }
  expect(query(db, 'select bytes from draft_files order by version')).toEqual(
    contents.map((content) => ({ bytes: sizeOf(content) })),
  )
})

it.each(['migrations', 'migrations/sandbox'])(
  '%s tell messages that were given up before from those that were refused, and when they come back',
  async (folder) => {
    const db = new Database(':memory:')
    const DAY = 86_400_000
    for (const { tag, statements } of await readMigrations(folder)) {
      if (tag.endsWith('_given_up_messages')) {
        const insert = db.prepare(`insert into outbox
        (id, destination, stream, chain, kind, request, status, attempts, next_at, not_before, lease_until, last_error, created_at, settled_at)
        values (?, 'marketplace', ?, ?, 'badge', '{}', ?, 8, 1, 1, 0, ?, ?, ?)`)
        for (const [id, status, error, createdAt, settledAt] of [
          ['given', 'dead', 'no connection; given up at 2026-11-25T00:00:00.000Z', 0, 2 * DAY],
          ['long', 'dead', '503; given up at 2026-11-25T00:00:00.000Z', 0, 29 * DAY],
          ['refused', 'dead', '422', 0, 5],
          ['unsaid', 'dead', null, 0, 5],
          ['taken', 'delivered', null, 0, 5],
        ] as const)
          insert.run(id, id, id, status, error, createdAt, settledAt)
      }
      for (const statement of statements) db.exec(statement)
    }
    expect(query(db, 'select id, dead_as, next_at from outbox order by seq')).toEqual([
      { id: 'given', dead_as: 'given-up', next_at: (2 + 2 / 24) * DAY },
      { id: 'long', dead_as: 'given-up', next_at: NEVER },
      { id: 'refused', dead_as: 'refused', next_at: 1 },
      { id: 'unsaid', dead_as: 'refused', next_at: 1 },
      { id: 'taken', dead_as: null, next_at: 1 },
    ])
  },
)

it.each([
  'DROP TABLE `attempts`;',
  'drop  table x',
  'FOREIGN KEY (a) REFERENCES b(id) ON UPDATE no action ON DELETE cascade',
  'ALTER TABLE a DROP COLUMN b',
])('refuses %s', (statement) => {
  expect(statement).toMatch(LOSES_ROWS)
})
