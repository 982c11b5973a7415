import { NETWORK_SLACK } from '../../src/attempt/attempt.ts'
import { entryDigest } from '../../src/audit/seal.ts'
import { findLostEdits } from './drafts.ts'
import { differing, heldIn } from './held-in.ts'
import type { Instances } from './instances.ts'
import { findChangedWork, findWrongPublications, type KeptAnswer, keptAnswers } from './kept-work.ts'
import type { Market } from './market.ts'
import type { Known, Sat } from './people.ts'
import { TIME_LIMIT_SECONDS } from './prepared.ts'
import { findDisagreements } from './two-sides.ts'

/** What is looked at when a seed is over and everything has come to rest. */
export interface Rest {
  readonly instances: Instances
  readonly market: Market
  readonly known: Known
}

/** Tells what does not hold, in words. */
type Breach = (what: string) => void

interface AttemptRow {
  readonly id: string
  readonly worker: string
  readonly form: string
  readonly status: string
  readonly reason: string
  readonly started_at: number
  readonly deadline: number
  readonly closed_at: number
  readonly time_multiplier: number
  readonly report: string
  readonly credential: string | null
  readonly version: number
}

interface EventRow {
  readonly attempt_id: string
  readonly seq: number
  readonly type: string
  readonly at: number
  readonly data: string
}

/** Every acknowledged answer stands, or a later one that was sent, and earned what it was worth. */
function findLostAnswers({ instances, known }: Rest, kept: readonly KeptAnswer[], breach: Breach): void {
  const credits = instances.rows<{ attempt_id: string; item: string; credit: number }>(
    'select attempt_id, item, credit from scored_responses',
  )
  for (const { id, sent, acknowledged } of known.sat) {
    const stored = new Map(kept.filter(({ attempt }) => attempt === id).map((one) => [one.item, one]))
    const creditOf = new Map(credits.filter((one) => one.attempt_id === id).map(({ item, credit }) => [item, credit]))
    for (const [item, revision] of acknowledged) {
      const latest = stored.get(item)?.revision ?? 0
      if (latest < revision) breach(`${id}: ${item} was acknowledged as revision ${revision}, and ${latest} is kept`)
    }
    for (const [item, { revision, response }] of stored) {
      const own = sent.get(item)?.get(revision)
      if (own?.response !== response)
        breach(`${id}: ${item} holds under revision ${revision} what was never sent under it`)
      else if (creditOf.has(item) && (creditOf.get(item) === 1) !== own.right)
        breach(`${id}: ${item} earned ${creditOf.get(item)}, and was ${own.right ? 'right' : 'wrong'}`)
    }
    for (const [item, credit] of creditOf)
      if (credit > 0 && !stored.has(item)) breach(`${id}: ${item} earned ${credit} without an answer`)
  }
}

const resultOf = (text: string): string => {
  const { passed, score, band, sections, closedAt, reason, credential } = JSON.parse(text)
  return JSON.stringify({ passed, score, band, sections, closedAt, reason, credential: credential?.id ?? credential })
}

/** One result of an attempt, whoever asks whenever; one certificate where it was passed, and none where it was not. */
function findSecondResults({ instances, known }: Rest, attempts: readonly AttemptRow[], breach: Breach): void {
  const credentials = instances.rows<{ id: string; attempt_id: string }>('select id, attempt_id from credentials')
  for (const { id, results } of known.sat) {
    const attempt = attempts.find((one) => one.id === id)
    if (!attempt) breach(`${id} was started and is gone`)
    const told = new Set(results.map(resultOf))
    if (told.size > 1) breach(`${id} has ${told.size} results: ${[...told].join(' ')}`)
    for (const text of results) {
      const { passed } = JSON.parse(text)
      if (attempt && passed !== JSON.parse(attempt.report).passed) breach(`${id} was told another result than it has`)
    }
  }
  for (const { id, status, report, credential } of attempts) {
    if (status !== 'graded') breach(`${id} is ${status} after all`)
    const own = credentials.filter(({ attempt_id }) => attempt_id === id)
    const isPassed = status === 'graded' && JSON.parse(report).passed
    if (own.length !== (isPassed ? 1 : 0))
      breach(`${id} has ${own.length} certificates and ${isPassed ? 'passed' : 'failed'}`)
    if (isPassed && own[0]?.id !== credential) breach(`${id} names another certificate than it earned`)
  }
  const open = Map.groupBy(attempts, ({ worker }) => worker)
  for (const [worker, own] of open) if (own.length > 1) breach(`${worker} sat ${own.length} times where one may`)
}

/** How far two machines' clocks may differ: one may end what the other has only just begun. */
const CLOCKS_DIFFER_MS = 3_500

const ONCE = ['started', 'closed', 'graded']

/** The history of an attempt is whole, each step stands in it once, and its deadline is exact. */
function findLateAttempts({ instances, known }: Rest, attempts: readonly AttemptRow[], breach: Breach): void {
  const all = Map.groupBy(
    instances.rows<EventRow>('select attempt_id, seq, type, at, data from attempt_events order by attempt_id, seq'),
    ({ attempt_id }) => attempt_id,
  )
  const satBy = new Map<string, Sat>(known.sat.map((sat) => [sat.id, sat]))
  for (const attempt of attempts) {
    const { id, started_at, deadline, closed_at, reason, version } = attempt
    const events = all.get(id) ?? []
    if (events.some(({ seq }, nth) => seq !== nth + 1) || events.length !== version)
      breach(
        `the history of ${id} has gaps: ${events.map(({ seq, type }) => `${seq} ${type}`).join(', ')} of ${version}`,
      )
    for (const type of ONCE) {
      const times = events.filter((event) => event.type === type).length
      if (times !== 1) breach(`${id} was ${type} ${times} times`)
    }
    const extended = events
      .filter(({ type }) => type === 'deadline-extended')
      .map(({ data }) => JSON.parse(data).deadline)
    const right = Math.max(started_at + TIME_LIMIT_SECONDS * 1_000, ...extended)
    if (deadline !== right && extended.length > 0) breach(`${id} ends at ${deadline}, and was extended to ${right}`)
    if (extended.length === 0 && deadline !== started_at + TIME_LIMIT_SECONDS * 1_000 * attempt.time_multiplier)
      breach(`${id} lasts ${deadline - started_at} ms`)
    const closing = events.find(({ type }) => type === 'closed')
    if (closed_at > deadline || closed_at < started_at - CLOCKS_DIFFER_MS)
      breach(`${id} was closed at ${closed_at - started_at} ms`)
    if (reason === 'deadline' && closed_at !== deadline) breach(`${id} ran out at another time than its deadline`)
    if (reason === 'deadline' && closing && closing.at <= deadline + NETWORK_SLACK)
      breach(`${id} ran out before its time was over`)
    if (reason !== 'deadline' && closing && closing.at > deadline + NETWORK_SLACK)
      breach(`${id} was ${reason} when its time was over`)
    const sat = satBy.get(id)
    if (!sat) continue
    if (sat.deadline > deadline) breach(`${id} was promised ${sat.deadline - deadline} ms more than it had`)
    for (const at of sat.acknowledgedAt)
      if (at > deadline + NETWORK_SLACK) breach(`an answer of ${id} was acknowledged ${at - deadline} ms after its end`)
  }
}

/** Who was in an attempt while writes waited for a move has that time back, all the same, and once. */
function findLostTime({ instances }: Rest, attempts: readonly AttemptRow[], breach: Breach): void {
  const given = instances.rows<{ attempt_id: string; at: number; n: number }>(
    "select attempt_id, at, count(*) as n from attempt_events where type = 'deadline-extended' and actor = 'service' group by attempt_id, at",
  )
  for (const { attempt_id, at, n } of given)
    if (n > 1) breach(`${attempt_id} was given the time since ${at} ${n} times`)
  for (const since of instances.waits)
    for (const { id, started_at, closed_at } of attempts) {
      const wasIn = started_at < since - CLOCKS_DIFFER_MS && closed_at > since + CLOCKS_DIFFER_MS
      if (wasIn && !given.some(({ attempt_id, at }) => attempt_id === id && at === since))
        breach(`${id} was not given the time that writes waited since ${since}`)
    }
}

/** What is only added to the new database, where a move takes time. */
const GIVEN_BACK = ['attempts', 'attempt_events']

/** Nothing is written to a database any more that was moved, and the one in its place had all of it. */
function findLeftWrites({ instances }: Rest, breach: Breach): void {
  for (const { file, held, follower } of instances.left) {
    if (held.size === 0) breach('a database was moved and never sealed')
    for (const what of differing(held, heldIn(file))) breach(`${what} changed in a database that was moved away`)
    for (const what of differing(held, follower))
      if (!GIVEN_BACK.includes(what)) breach(`${what} came out of a move otherwise than it was`)
  }
}

/** One chain of messages for each certificate, in its order, and nothing before its cause. */
function findWrongMessages({ instances, market }: Rest, breach: Breach): void {
  const credentials = instances.rows<{ id: string; worker: string; attempt_id: string }>(
    'select id, worker, attempt_id from credentials',
  )
  const written = new Set(instances.rows<{ id: string }>('select id from event_log').map(({ id }) => id))
  for (const { id, type } of market.heard) if (!written.has(id)) breach(`${type} was told, and never happened`)
  for (const credential of credentials) {
    const first = new Map<string, { readonly type: string; readonly version: number }>()
    for (const { id, type, data } of market.heard)
      if (data.credential === credential.id && !first.has(id)) first.set(id, { type, version: Number(data.version) })
    const heard = [...first.values()]
    const all = market.pulled.filter(({ data }) => data.credential === credential.id)
    const issued = all.filter(({ type }) => type === 'credential.issued').length
    if (issued !== 1) breach(`${credential.id} was issued ${issued} times for who asks`)
    for (const { id, type } of all)
      if (!first.has(id) && !market.lied.has(id)) breach(`${type} of ${credential.id} was never told`)
    if (heard.some(({ version }, nth) => version <= (heard[nth - 1]?.version ?? 0)))
      breach(
        `${credential.id} was told out of order: ${heard.map(({ type, version }) => `${version} ${type}`).join(', ')}`,
      )
  }
  const calls = market.reached
  const shown = new Map<string, number>()
  for (const [nth, { method, path, body }] of calls.entries()) {
    const [, , , worker = '', what] = path.split('/')
    const isAsked = () =>
      calls.slice(0, nth).some((call) => call.method === 'GET' && call.path === `/v1/workers/${worker}/standing`)
    if (what === 'badges' && body?.status === 'active' && !isAsked()) breach(`${path} was shown before anybody asked`)
    if (what === 'badges') shown.set(worker, nth)
    if (what === 'ranking-signals' && method === 'PUT' && !shown.has(worker)) breach(`${path} counted before its badge`)
  }
}

/** Where what was done to somebody or something stands, by the act: once for each time that it was told. */
const STANDS: Readonly<Record<string, (subject: string) => string>> = {
  'attempt.extended': (id) =>
    `attempt_events where attempt_id = '${id}' and type = 'deadline-extended' and actor <> 'service'`,
  'accommodation.set': () => "audit_entries where act = 'accommodation.set'",
  'exam.handed-in': (id) => `exam_proposals where id = '${id}'`,
  'exam.approved': (id) => `exam_proposals where id = '${id}' and status = 'approved'`,
  'exam.returned': (id) => `exam_proposals where id = '${id}' and status = 'returned'`,
  'exam.withdrawn': (id) => `exam_proposals where id = '${id}' and status = 'withdrawn'`,
  'exam.rolled-back': () => "exam_publications where act = 'rolled-back'",
}
/** The same of what is done once, however often it is told. */
const STANDS_ONCE: typeof STANDS = {
  'attempt.voided': (id) => `attempts where id = '${id}' and reason = 'voided'`,
  'case.opened': (id) => `integrity_cases where credential_id = '${id}'`,
  'credential suspended': (id) => `credential_events where credential_id = '${id}' and to_status = 'suspended'`,
  'credential revoked': (id) => `credential_events where credential_id = '${id}' and to_status = 'revoked'`,
  'item.leaked': (item) => `leaks where item = '${item}'`,
}

/** Every act that was told as done is done still. */
function findLostActs({ instances, known }: Rest, breach: Breach): void {
  const told = new Map<string, number>()
  for (const { act, subject } of known.done) {
    const [each, once] = [STANDS[act]?.(subject), STANDS_ONCE[act]?.(subject)]
    if (each) told.set(each, (told.get(each) ?? 0) + 1)
    if (once) told.set(once, 1)
  }
  for (const [what, times] of told) {
    const [row] = instances.rows<{ n: number }>(`select count(*) as n from ${what}`)
    if ((row?.n ?? 0) < times) breach(`${times} of these were told as done, and ${row?.n} stand there: ${what}`)
  }
}

/** Every act stands in the log of acts, each once, and the chain over the log holds. */
async function findMissingActs({ instances }: Rest, breach: Breach): Promise<void> {
  const entries = instances.rows('select seq, id, at, act, actor, subject, details from audit_entries order by seq')
  const seals = instances.rows<{ number: number; entries: string; last: number }>(
    'select number, entries, last from audit_seals order by number',
  )
  const sealed = new Map<number, string>(seals.flatMap((seal) => JSON.parse(seal.entries) as [number, string][]))
  for (const entry of entries) {
    const digest = sealed.get(entry.seq)
    if (digest !== undefined && digest !== (await entryDigest(entry)))
      breach(`entry ${entry.seq} is not as it was sealed`)
  }
  if (seals.some(({ number }, nth) => number !== nth + 1)) breach('the seals of the log have gaps')
  const numberOf = (act: (name: string) => boolean) => entries.filter(({ act: name }) => act(name)).length
  const happened = (sql: string) => instances.rows<{ n: number }>(sql)[0]?.n ?? 0
  const pairs = [
    ['attempt.voided', "select count(*) as n from attempts where reason = 'voided'"],
    ['case.opened', "select count(*) as n from integrity_cases where actor <> ''"],
    ['exam.handed-in', 'select count(*) as n from exam_proposals'],
    ['exam.approved', "select count(*) as n from exam_publications where act = 'approved'"],
    ['exam.rolled-back', "select count(*) as n from exam_publications where act = 'rolled-back'"],
    ['exam.returned', "select count(*) as n from exam_proposals where status = 'returned'"],
    ['exam.withdrawn', "select count(*) as n from exam_proposals where status = 'withdrawn'"],
    ['item.leaked', 'select count(*) as n from leaks'],
    ['launch.taken', 'select count(*) as n from sessions'],
  ] as const
  for (const [act, sql] of pairs) {
    const [noted, done] = [numberOf((name) => name === act), happened(sql)]
    if (act === 'launch.taken' ? noted < done : noted !== done)
      breach(`${act} stands in the log ${noted} times, and was done ${done} times`)
  }
  const [changes, noted] = [
    happened("select count(*) as n from credential_events where change <> 'issued'"),
    numberOf((name) => name.startsWith('credential.')),
  ]
  if (changes !== noted) breach(`certificates changed ${changes} times, and ${noted} of it stand in the log`)
  const extended = happened(
    "select count(*) as n from attempt_events where type = 'deadline-extended' and actor <> 'service' and data not like '%timeMultiplier%'",
  )
  const extensions = numberOf((name) => name === 'attempt.extended')
  if (extended !== extensions)
    breach(`attempts were extended ${extended} times, and ${extensions} of it stand in the log`)
}

/** What triggers count is what there is. */
function findWrongCounts({ instances }: Rest, breach: Breach): void {
  const differing = [
    `select destination || ' ' || status as what from message_counts c where n <> (select count(*) from outbox o
      where o.destination = c.destination and o.status = c.status)`,
    `select 'list ' || list as what from status_lists s where used <> (select count(*) from credentials c where c.status_list = s.list)`,
    `select 'day ' || day as what from exam_days d where started <> (select count(*) from attempts a
      where a.exam = d.exam and a.started_at / 86400000 = d.day)`,
  ]
  for (const sql of differing)
    for (const { what } of instances.rows<{ what: string }>(sql)) breach(`${what} is counted wrong`)
}

/** What a call that was made to fail looks like in the log. */
const INJECTED = /^(SQLITE_(BUSY|FULL|IOERR)|SERVER_ERROR|EIO)/

/** Events of a database that was busy, full or moved, whose lines may have no shape. */
const OF_THE_DATABASE = ['database-busy', 'disk-full', 'database-moving', 'database-moved-away']

interface Shape {
  readonly code?: string
  readonly cause?: Shape
}
const isInjected = ({ code, cause }: Shape): boolean =>
  (code !== undefined && INJECTED.test(code)) || (cause !== undefined && isInjected(cause))

/** The log has a line for what was made to fail and for nothing else, and no line has a secret in it. */
function findWrongLines({ instances, known }: Rest, breach: Breach): void {
  const lines = new Set(instances.log.map((line) => JSON.stringify({ ...line, time: undefined, request: undefined })))
  const secrets = [...known.secrets]
    .filter(({ length }) => length > 12)
    .map((secret) => JSON.stringify(secret).slice(1, -1))
  for (const line of lines) {
    const { event, ...shape } = JSON.parse(line) as Shape & { readonly event: string }
    if (!isInjected(shape) && !OF_THE_DATABASE.includes(event)) breach(`nobody made this fail: ${line}`)
    if (secrets.some((secret) => line.includes(secret))) breach(`a secret stands in the log: ${line}`)
  }
}

/** Nothing is said of a badge that was not so when it was asked. */
function findWrongVerdicts({ known }: Rest, breach: Breach): void {
  // what nobody could find out just then is no verdict
  for (const { credential, verdict, states } of known.verified)
    if (verdict !== 'unknown' && !states.includes(verdict))
      breach(`${credential} was called ${verdict} while it was ${states.join(' or ')}`)
}

/** Everything that does not hold after a seed. */
export async function findBreaches(rest: Rest): Promise<string[]> {
  const breaches: string[] = [...rest.known.seen]
  const breach = (what: string) => void breaches.push(what)
  const attempts = rest.instances.rows<AttemptRow>('select * from attempts order by id')
  findLostAnswers(rest, await keptAnswers(rest), breach)
  await findChangedWork(rest, breach)
  findWrongPublications(rest, breach)
  findSecondResults(rest, attempts, breach)
  findLateAttempts(rest, attempts, breach)
  findLostTime(rest, attempts, breach)
  findLeftWrites(rest, breach)
  findWrongMessages(rest, breach)
  findLostActs(rest, breach)
  await findLostEdits(rest, breach)
  await findMissingActs(rest, breach)
  findWrongCounts(rest, breach)
  findDisagreements(rest, breach)
  findWrongVerdicts(rest, breach)
  findWrongLines(rest, breach)
  return breaches.map((what) => what.replaceAll(rest.instances.mark, ''))
}
