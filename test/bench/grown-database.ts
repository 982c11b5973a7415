import { join } from 'node:path'
import Database from 'libsql'
import { measureExam } from '../../src/flows/measure-exam.ts'
import { publishIfNew } from '../../src/flows/publish-exam.ts'
import { sealLog } from '../../src/flows/seal-log.ts'
import { assembleForm, NO_EXPOSURE, RECENT_PAPERS } from '../../src/form/assemble-form.ts'
import type { Form } from '../../src/form/form.ts'
import { presentForm } from '../../src/form/present-form.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { Locale } from '../../src/item/item.ts'
import { instant } from '../../src/kernel/instant.ts'
import { type Random, randomFrom, type Seed } from '../../src/kernel/random.ts'
import { reportScore, scoreForm } from '../../src/scoring/raw-score.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { outside } from '../../src/world/outside.ts'
import { modelSaves } from '../support/model-answer.ts'

/** Papers that all attempts are copies of, half of them passed: what matters is how many rows there are, not what they say. */
const PAPERS = 4 * RECENT_PAPERS
/** Papers of an exam that are drawn before those: by then every item has been shown as often as it always will be. */
const PAPERS_BEFORE = 1_000
/** Attempts of one statement. */
const AT_ONCE = 5_000
/** A year of `per`: the history is as long as it takes. */
const BETWEEN_STARTS_MS = 150_000
const DAY_MS = 86_400_000
/** Entries of a status list that are given away before the next one opens. */
const LIST_FULL = 98_304
const LIST_ENTRIES = 131_072

export interface Grown {
  /** Folder of the database, as `DATA_DIR` names it; it must have none yet. */
  readonly folder: string
  readonly attempts: number
  readonly banks: readonly Bank[]
  readonly seed: string
  readonly now: number
  /** Told how many attempts are there. */
  readonly report?: (attempts: number) => void
}

/** Draws the papers of an exam as the service does, each with those before it in mind. */
class Drawing {
  readonly timesShown: Record<string, number> = {}
  readonly #recent: Set<string>[] = []
  readonly #bank: Bank
  readonly #random: Random

  constructor(bank: Bank, random: Random) {
    this.#bank = bank
    this.#random = random
    for (let n = 0; n < PAPERS_BEFORE; n += 1) this.next()
  }

  next(): Form {
    const seed = Array.from({ length: 32 }, () => this.#random.below(16).toString(16)).join('') as Seed
    const form = assembleForm(this.#bank, {
      locale: this.#bank.exam.locales[0] as Locale,
      seed,
      exposure: { ...NO_EXPOSURE, timesShown: this.timesShown, recentPapers: this.#recent },
    })
    const paper = new Set(form.sections.flatMap(({ items }) => items.map(({ itemId }) => itemId)))
    for (const id of paper) this.timesShown[id] = (this.timesShown[id] ?? 0) + 1
    if (this.#recent.push(paper) > RECENT_PAPERS) this.#recent.shift()
    return form
  }
}

const paperRow = (bank: Bank, form: Form, index: number, random: Random) => {
  const wrongOfTen = index % 2 === 0 ? 1 : 7
  const responses = modelSaves(bank, presentForm(form, bank), () => random.below(10) < wrongOfTen).map(
    ({ item, response }) => ({ item, response: JSON.stringify(response) }),
  )
  const sections = scoreForm(
    form,
    bank,
    Object.fromEntries(responses.map(({ item, response }) => [item, JSON.parse(response)])),
  )
  const report = reportScore(bank, sections)
  const scored = sections
    .flat()
    .map((item) => ({ ref: item.ref, hash: item.itemHash, credit: item.credit, ms: 20_000 + random.below(60_000) }))
  return {
    form: JSON.stringify(form),
    report: JSON.stringify(report),
    responses: JSON.stringify(responses),
    scored: JSON.stringify(scored),
    passed: report.passed ? 1 : 0,
  }
}

/** Statements that add the attempts `n` of a range, and all that hangs on them. `a` is the range with everything that follows from `n`. */
const growth: readonly string[] = [
  `insert into workers (worker, subject, name, locale, time_multiplier, standing, standing_version, erased_at, identity, seen_at)
    select worker, 'urn:uuid:' || worker, '受験 ' || n, 'ja', 1, 'good', 1, null, null, started from a where first`,
  `insert into attempts (id, worker, exam, bank_hash, locale, form, status, reason, started_at, deadline, time_multiplier, lease, closed_at, graded_at, report, credential, version)
    select id, worker, exam, bank_hash, locale, form, case when open then 'open' else 'graded' end, case when open then null when n % 13 = 0 then 'deadline' when n % 97 = 0 then 'voided' else 'submitted' end,
      started, started + 2700000, 1, 'lse_' || n, case when not open then closed end, case when not open then closed end, case when not open then report end, credential, case when open then 1 else 3 end from a`,
  `insert into attempt_events select id, 1, 'started', started, worker, '{}' from a union all select id, 2, 'closed', closed, worker, '{"reason":"submitted"}' from a where not open
    union all select id, 3, 'graded', closed, 'kentei', '{"passed":true}' from a where not open`,
  `insert into responses select a.id, r.value ->> 'item', 1, r.value ->> 'response', a.started + r.key * 40000, a.started + r.key * 40000 from a, json_each(a.responses) r`,
  `insert into scored_responses (attempt_id, item, item_hash, credit, response_ms) select a.id, s.value ->> 'ref', s.value ->> 'hash', s.value ->> 'credit', s.value ->> 'ms' from a, json_each(a.scored) s where not open`,
  `insert into shown_items select a.worker, a.exam, i.value ->> 'itemId', a.id from a, json_each(a.form, '$.sections') s, json_each(s.value, '$.items') i`,
  `insert into attempt_signals (attempt_id, kind, item, claimed_at, received_at) select id, 'hidden', null, '2026-01-01T00:00:00.000Z', started + 1000 from a where n % 3 = 0`,
  `insert into credentials (id, attempt_id, worker, exam, level, exam_version, title, holder_name, subject, issued_at, valid_until, status, status_cause, status_changed_at, version, status_list, status_index, jwt, wallet_export, bank_hash, given_at, awarded_at, edition, predecessor, relation, remind_at)
    select credential, id, worker, exam, 3, 1, '{"ja":"検定","en":"Exam"}', '受験 ' || n, 'urn:uuid:' || worker, closed, valid_until, standing, case standing when 'revoked' then 'operator' end, closed, 1,
      1 + n / ${LIST_FULL}, (n % ${LIST_FULL} * 40503) % ${LIST_ENTRIES}, header || '.' || hex(randomblob(500)) || '.' || hex(randomblob(43)), null, bank_hash, closed, null, 1, null, null,
      case when standing = 'active' then valid_until - 60 * ${DAY_MS} end from a where credential is not null`,
  `insert into credential_events select credential, 1, closed, 'issued', null, 'active', 'pass', '', id, null from a where credential is not null
    union all select credential, 2, valid_until, 'expired', 'active', 'expired', 'time', '', '', null from a where standing = 'expired' and credential is not null`,
  `insert into outbox (id, destination, stream, chain, kind, request, about, status, attempts, next_at, not_before, lease, lease_until, last_error, created_at, settled_at)
    select 'msg_' || n || '_' || k.key, 'marketplace', 'worker:' || worker, 'msg_' || n, k.value, json_object('method', 'PUT', 'path', '/v1/workers/' || worker || '/' || k.value, 'body', json_object('credential', credential, 'note', hex(randomblob(300)))), worker,
      case when n % 1009 = 0 then 'dead' else 'delivered' end, 0, closed, closed, null, 0, null, closed, closed from a, json_each('["standing","badge","signal"]') k where credential is not null`,
  `insert into outbox (id, destination, stream, chain, kind, request, about, status, attempts, next_at, not_before, lease, lease_until, last_error, created_at, settled_at)
    select 'msg_' || n || '_e', 'subscriber:marketplace', 'subscriber:marketplace:' || worker, 'msg_' || n || '_e', 'event',
      json_object('method', 'POST', 'path', 'http://localhost/webhooks', 'body', json_object('id', 'evt_' || n, 'type', 'credential.issued', 'data', json_object('credential', credential, 'worker', worker, 'exam', exam, 'version', 1))), worker,
      'delivered', 0, closed, closed, null, 0, null, closed, closed from a where credential is not null`,
  `insert into delivery_attempts select 'msg_' || a.n || '_' || k.value, a.closed, 'lse_' || a.n, case when a.n % 1009 = 0 then 'dead' else 'delivered' end, '200', 12 from a, json_each('[0,1,2,"e"]') k where a.credential is not null`,
  `insert into event_log (id, type, at, data) select 'evt_' || n, 'credential.issued', closed, json_object('credential', credential, 'worker', worker, 'exam', exam, 'version', 1) from a where credential is not null`,
  `insert into inbox select 'in_' || n, 'contract.formed', '{}', started from a where n % 2 = 0`,
  `insert into contract_evidence (worker, contract, exam, formed_at, credential_id, frozen_at, client, amount_bucket, released_at, refunded, status, reviewed, version)
    select worker, 'con_' || n, exam, closed, credential, closed, 'cli_' || n % 500, null, closed, 0, 'released', 1, 3 from a where credential is not null and n % 2 = 0`,
  `insert into review_evidence (worker, revealed, hidden, version) select worker, '{"count":3,"clients":3,"axes":null}', null, 3 from a where first and n % 4 = 0`,
  `insert into integrity_cases (id, credential_id, worker, policy, note, actor, opened_at, message_id, marketplace_case, status, action, decided_at, appeal_outcome, appeal_decided_at, final, version)
    select 'cas_' || n, credential, worker, 'cheating', '', 'op-1', closed, null, 'case_' || n, case when n % 4000 then 'closed' else 'open' end, case when n % 4000 then 'none' end, case when n % 4000 then closed end, null, null, n % 4000 > 0, 3 from a where credential is not null and n % 200 = 0`,
  `insert into concerns (id, credential_id, worker, kind, note, raised_at, settled_at, settled_by) select 'cnc_' || n, credential, worker, 'other', 'odd', closed, case when n % 4000 then closed end, case when n % 4000 then 'op-1' end from a where credential is not null and n % 400 = 0`,
  `insert into idempotency_keys (caller, key, payload_hash, status, body, created_at) select worker, 'key_' || n, 'hash', 201, '{}', started from a where started > :day`,
  // a session is forgotten a week after it is over
  `insert into sessions (id, worker, role, name, locale, return_url, launched_at, seen_at, ends_at, ended_at, ended_why, listed_as)
    select 'ses_' || n, worker, 'worker', '受験 ' || n, 'ja', null, started - 60000, started - 60000, started + 28740000, null, null, null from a where started > :week
    union all select 'ses_' || n || '_op', 'op-' || n % 5, 'operator', '運営', 'ja', null, closed, closed, closed + 28800000, null, null, 'op-' || n % 5 from a where started > :week and n % 20 = 0`,
  `insert into audit_people (person, pseudonym, key) select worker, printf('psn_%022d', n / 2), printf('%042dA', n) from a where first`,
  `insert into audit_entries (seq, id, at, act, actor, subject, details)
    select null, id, at, act, actor, subject, hex(randomblob(56)) from (
      select 'aud_' || n || '_in' as id, started - 60000 as at, 'launch.taken' as act, printf('psn_%022d', n / 2) as actor, null as subject from a
      union all select 'aud_' || n || '_op', started - 50000, 'launch.taken', printf('psn_%022d', n % 5), null from a where n % 20 = 0
      union all select 'aud_' || n || '_key', started - 40000, 'key.read', printf('psn_%022d', n % 5), null from a where n % 20 = 0
      union all select 'aud_' || n || '_void', started - 30000, 'attempt.voided', printf('psn_%022d', n % 5), printf('psn_%022d', n / 2) from a where n % 97 = 0
      union all select 'aud_' || n || '_end', started - 20000, 'credential.expired', 'kentei', printf('psn_%022d', n / 2) from a where standing = 'expired' and credential is not null
    ) order by at`,
  `insert into used_tokens select 'jti_' || n, started + 300000 from a where started > :day`,
]

/** The range with all that follows from its numbers; a table of its own, since so many statements read it. */
const range = `insert into a select n, n % 2 = 0, printf('att_%012x%020x', :begin + n * ${BETWEEN_STARTS_MS}, n), printf('wrk_%012d', n / 2), p.exam, p.bank_hash, p.locale, p.form, p.report, p.responses, p.scored, p.header,
    :begin + n * ${BETWEEN_STARTS_MS}, :begin + n * ${BETWEEN_STARTS_MS} + 1800000, :begin + n * ${BETWEEN_STARTS_MS} + 1800000 + 730 * ${DAY_MS}, n >= :open,
    case when p.passed and n < :open and n % 13 and n % 97 then printf('crd_%012x%020x', :begin + n * ${BETWEEN_STARTS_MS}, n) end,
    case when n % 211 = 0 then 'revoked' when :begin + n * ${BETWEEN_STARTS_MS} + 1800000 + 730 * ${DAY_MS} < :now then 'expired' else 'active' end
  from (with recursive r(n) as (select :from union all select n + 1 from r where n + 1 < :to) select n from r), papers p
  where p.paper = n * 7 % ${PAPERS / 2} * 2 + (n / 2 % 5 > 2)`

const working = `create temp table papers (paper integer primary key, exam text, bank_hash text, locale text, form text, report text, responses text, scored text, passed integer, header text);
  create temp table a (n integer primary key, first integer, id text, worker text, exam text, bank_hash text, locale text, form text, report text, responses text, scored text, header text, started integer, closed integer, valid_until integer, open integer, credential text, standing text);`

/** What is kept beside the rows, as the service would have kept it; of the attempts, only the last are read. */
const kept = `insert into exam_papers (exam, papers, takers, first_passes) select exam, count(*), count(distinct worker), 0 from attempts group by exam;
  insert into recent_papers select l.exam, (p.papers - l.nth) % ${RECENT_PAPERS}, (select json_group_array(i.value ->> 'itemId') from json_each(l.form, '$.sections') s, json_each(s.value, '$.items') i)
    from (select exam, form, row_number() over (partition by exam order by rowid desc) as nth from attempts where rowid > (select max(rowid) from attempts) - ${10 * RECENT_PAPERS}) l
      join exam_papers p on p.exam = l.exam where l.nth <= ${RECENT_PAPERS};`

/** What sweeps would have done by now: seals over the log of acts, and statistics. */
async function settle(file: string, now: number): Promise<void> {
  const { db, forgetDeleted, close } = await openEmbeddedDatabase(file, 'migrations', 'process')
  const world = { db, now: () => instant(now) }
  for (let sealed = 1; sealed > 0; ) sealed = await sealLog(world)
  for (let exam: string | undefined = 'any'; exam !== undefined; ) exam = await measureExam(world)
  await forgetDeleted()
  await close()
}

/**
 * Makes a plugin's database as a long life would leave it: attempts of as many workers as half of them, in all states, with
 * everything that hangs on them. The same seed makes the same rows. It writes past the journal, for speed.
 */
export async function growDatabase({ folder, attempts, banks, seed, now, report }: Grown): Promise<void> {
  const file = join(folder, 'kentei.db')
  const { db, close } = await openEmbeddedDatabase(file, 'migrations')
  for (const bank of banks)
    await publishIfNew({ ...outside, db, now: () => instant(now), settings: { tombstoneSecrets: [seed] } }, bank)
  await close()
  const database = new Database(file)
  for (const pragma of ['synchronous = OFF', 'cache_size = -400000', 'temp_store = MEMORY'])
    database.exec(`PRAGMA ${pragma}`)
  database.exec(working)
  const random = randomFrom(seed as Seed)
  const drawings = banks.map((bank) => ({ bank, drawing: new Drawing(bank, random) }))
  const insertPaper = database.prepare('insert into papers values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  for (let index = 0; index < PAPERS; index += 1) {
    // both exams have papers that pass and papers that fail
    const { bank, drawing } = drawings[(index >> 1) % drawings.length] as (typeof drawings)[number]
    const { form, report: scored, responses, scored: items, passed } = paperRow(bank, drawing.next(), index, random)
    insertPaper.run(
      index,
      bank.exam.id,
      bank.hash,
      bank.exam.locales[0],
      form,
      scored,
      responses,
      items,
      passed,
      'eyJhbGciOiJFUzI1NiJ9',
    )
  }
  const begin = now - attempts * BETWEEN_STARTS_MS
  const named = { day: now - DAY_MS, week: now - 7 * DAY_MS }
  const open = attempts - Math.ceil(attempts / 1_000)
  const fill = database.prepare(range)
  for (let from = 0; from < attempts; from += AT_ONCE) {
    database.exec('begin')
    database.exec('delete from a')
    fill.run({ begin, open, now, from, to: Math.min(attempts, from + AT_ONCE) })
    for (const statement of growth) {
      const since = Object.entries(named).filter(([name]) => statement.includes(`:${name}`))
      if (since.length > 0) database.prepare(statement).run(Object.fromEntries(since))
      else database.exec(statement)
    }
    database.exec('commit')
    report?.(Math.min(attempts, from + AT_ONCE))
  }
  database.exec(kept)
  // as they were drawn: copies multiply what one item was shown more than another, which drawing levels out
  const exposures = database.prepare(
    'insert into item_exposures (exam, item, shown, graded, passed) values (?, ?, ?, ?, ?)',
  )
  for (const { bank, drawing } of drawings)
    for (const [item, shown] of Object.entries(drawing.timesShown))
      exposures.run(bank.exam.id, item, shown, shown, shown >> 1)
  database.close()
  await settle(file, now)
}
