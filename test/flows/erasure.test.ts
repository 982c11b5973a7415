import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { closeOpenAttempt, findAttempt, type StoredAttempt } from '../../src/attempt/store.ts'
import { gradeAttempt } from '../../src/flows/close-attempt.ts'
import { approveExam, rollBackExam } from '../../src/flows/decide-proposal.ts'
import { closeNamedTombstones, eraseWorker } from '../../src/flows/erase-worker.ts'
import { markLeaked } from '../../src/flows/mark-leaked.ts'
import { noteAct } from '../../src/flows/note-act.ts'
import { openSession } from '../../src/flows/open-session.ts'
import { proposeExam } from '../../src/flows/propose-exam.ts'
import { raiseConcern } from '../../src/flows/raise-concern.ts'
import { settleConcern } from '../../src/flows/settle-concern.ts'
import { keepHandIn } from '../../src/item/source/store.ts'
import type { AttemptId } from '../../src/kernel/id.ts'
import { days, milliseconds } from '../../src/kernel/instant.ts'
import type { World } from '../../src/world/world.ts'
import {
  answerAll,
  operator,
  pass,
  rows,
  type Sitting,
  save,
  sendWebhook,
  sit,
  startCall,
  submit,
} from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, must } from '../support/fixed-world.ts'
import { modelSaves } from '../support/model-answer.ts'
import { tinyBank } from '../support/tiny-bank.ts'

const WORKER = 'wrk_leaver_7f3a'
const NAME = 'きえる・のぞみ'
const STAFF = 'stf_leaver_2b9c'
const STAFF_NAME = 'やめる・いさむ'
const EMAIL = 'nozomi.kieru@mail.example'
const ANSWER = 'わすれてほしい答え'
const WHY = 'のぞみさんから電話があった'
const NOTE = 'のぞみさんの声が二人分きこえた'

let w: FixedWorld
let events = 0
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const staff = async (method: string, path: string, body: unknown) => {
  const reply = await w.call(method, `/api/staff${path}`, { token: await operator(w), body })
  expect([path, reply.status < 300, reply.text]).toEqual([path, true, reply.text])
  return reply
}
const tell = (type: string, data: Record<string, unknown>) =>
  sendWebhook(w, { id: `evt-${++events}`, type, data: { worker: WORKER, version: events, ...data } })
const later = (time: number) => w.clock.advance(milliseconds(time))
const erase = async (person = WORKER) =>
  w.call('DELETE', `/api/workers/${person}`, { token: await w.market.serviceToken('workers:erase') })

/** What the person does as a candidate, and what is done about them. @returns what names them or joins them. */
async function asCandidate(): Promise<{
  secrets: Record<string, string>
  passed: Sitting & { readonly credential: string }
  open: Sitting
}> {
  const { token } = await w.launch(WORKER, { name: NAME, timeMultiplier: 1.5 })
  await w.call('PUT', '/api/identity', { token, body: { email: EMAIL } })
  await startCall(w, token, { 'idempotency-key': '"start-1"' })
  const [{ id: first }] = await rows(w, 'select id from attempts')
  await w.call('POST', `/api/attempts/${first}/withdraw`, { token, headers: { 'idempotency-key': '"end-1"' } })
  await staff('PUT', `/workers/${WORKER}/accommodation`, { timeMultiplier: 2, why: WHY })
  later(days(100))
  const passed = await pass(w, WORKER, { name: NAME })
  await w.drain()
  w.market.trade.form('c-1', { worker: WORKER, exam: 'tiny', client: 'client-1' })
  for (const event of [w.market.trade.release('c-1'), w.market.trade.reveal('c-1')])
    await sendWebhook(w, { ...event, id: `evt-${++events}` })
  await tell('contract.formed', { contract: 'c-2', exam: 'tiny' })
  await w.drain()
  w.market.decide(WORKER, 'suspended')
  await tell('worker.standing_changed', {})
  await w.drain()
  w.market.decide(WORKER, 'good')
  await tell('worker.standing_changed', {})
  await w.drain()
  for (const [status, why] of [
    ['suspended', WHY],
    ['active', NOTE],
  ])
    await staff('POST', `/credentials/${passed.credential}/status`, { status, why })
  const corrected = (await staff('POST', `/credentials/${passed.credential}/reissue`, { why: WHY })).json.id
  must(await raiseConcern(w.world, { credential: corrected, kind: 'other', note: NOTE }))
  await staff('POST', `/credentials/${corrected}/case`, { policy: 'outside-help', note: NOTE })
  w.market.spoil = ({ path }) => (path.includes('/ranking-signals/') ? new Response(NAME, { status: 500 }) : undefined)
  await w.drain()
  later(days(100))
  const voided = await sit(w, WORKER, { name: NAME })
  await staff('POST', `/attempts/${voided.id}/deadline`, { minutes: 5, why: WHY })
  await staff('POST', `/attempts/${voided.id}/void`, { why: WHY })
  later(days(100))
  const ungraded = await sit(w, WORKER, { name: NAME })
  await answerAll(w, ungraded)
  await closeOpenAttempt(w.db, {
    id: ungraded.id as AttemptId,
    reason: 'submitted',
    now: w.clock.now,
    actor: WORKER,
    overdue: false,
  })
  later(days(100))
  const open = await sit(w, WORKER, { name: NAME })
  const saves = modelSaves(w.bank, open.sections)
  const words = saves.find(({ response }) => response !== null && 'text' in response)
  await save(w, open, [
    ...saves.filter((one) => one !== words),
    { item: words?.item as string, revision: 1, response: { text: ANSWER } },
  ])
  await w.call('POST', `/api/attempts/${open.id}/events`, {
    token: open.token,
    body: { events: [{ kind: 'paste', at: '2026-11-25T03:00:00Z' }] },
  })
  const [{ subject, jwt, identity }] = await rows(
    w,
    'select c.subject, c.jwt, k.identity from credentials c, workers k limit 1',
  )
  return {
    secrets: {
      id: WORKER,
      name: NAME,
      address: EMAIL,
      answer: ANSWER,
      why: WHY,
      note: NOTE,
      subject,
      jwt,
      salt: JSON.parse(identity).salt,
    },
    passed,
    open,
  }
}

/** What another person does as staff: everything that keeps an actor. */
async function asStaff(): Promise<void> {
  const other = await pass(w, 'wrk_other')
  const { session, token } = await w.launch(STAFF, { role: 'operator', name: STAFF_NAME })
  const by = (method: string, path: string, body: unknown) => w.call(method, `/api/staff${path}`, { token, body })
  await by('POST', `/credentials/${other.credential}/status`, { status: 'suspended', why: 'x' })
  await by('POST', `/credentials/${other.credential}/status`, { status: 'active', why: 'x' })
  must(await raiseConcern(w.world, { credential: other.credential, kind: 'other', note: 'odd' }))
  const [{ id: concern }] = await rows(w, 'select id from concerns where credential_id = ?', [other.credential])
  must(await settleConcern(w.world, { session, credential: other.credential, concern }))
  await by('POST', `/credentials/${other.credential}/case`, { policy: 'outside-help', note: 'odd' })
  const racing = await sit(w, 'wrk_third')
  await by('POST', `/attempts/${racing.id}/deadline`, { minutes: 5, why: 'x' })
  const item = w.bank.items[0]?.id as string
  must(await markLeaked(w.world, { session, exam: 'tiny', item, why: 'seen' }))
  const bank = tinyBank({ words: 'new ', exam: { version: 2 } })
  must(await proposeExam(w.world, { by: 'aut-1', bank, lint: [], note: '' }))
  const [{ id }] = await rows(w, 'select id from exam_proposals')
  must(await approveExam(w.world, { session, proposal: id, why: 'x', against: w.bank.hash }))
  later(1)
  must(await rollBackExam(w.world, { session, exam: 'tiny', hash: w.bank.hash, why: 'x' }))
  must(
    await proposeExam(w.world, {
      by: STAFF,
      bank: tinyBank({ words: 'newer ', exam: { version: 3 } }),
      lint: [],
      note: '',
    }),
  )
  const file = { path: 'office.ja.md', hash: 'now' }
  const draft = { ...file, version: 1, base: '', by: STAFF, byName: STAFF_NAME, savedAt: w.clock.now }
  await keepHandIn(w.db, { exam: 'tiny', bank: 'drafted', entries: [{ ...file, published: '', draft }] })
}

/** Every table of the database, from its own list, so that a new one is looked through by itself. */
const tables = async (): Promise<string[]> =>
  (await rows(w, "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")).map(
    ({ name }) => name,
  )

/** Where in any column of any table a text stands. */
async function placesOf(texts: Readonly<Record<string, string>>): Promise<string[]> {
  const found: string[] = []
  for (const table of await tables())
    for (const row of await rows(w, `select * from "${table}"`))
      for (const [column, value] of Object.entries(row))
        for (const [what, text] of Object.entries(texts))
          if (String(value).includes(text) || String(value).includes(JSON.stringify(text).slice(1, -1)))
            found.push(`${what} in ${table}.${column}`)
  return [...new Set(found)]
}

/** Where in the bytes of any file of the data folder a text stands. */
async function filesWith(texts: Readonly<Record<string, string>>): Promise<string[]> {
  const found: string[] = []
  for (const file of await readdir(w.folder, { recursive: true })) {
    const bytes = await readFile(join(w.folder, file)).catch(() => Buffer.alloc(0))
    for (const [what, text] of Object.entries(texts)) if (bytes.includes(text)) found.push(`${what} in ${file}`)
  }
  return found
}

/** Tables that hold nothing of a person, or nothing in this story. */
const NOT_TOUCHED = new Set([
  '__drizzle_migrations',
  'endorsements',
  'rounds',
  'tombstones',
  'audit_seals',
  'audit_signatures',
  'known_keys',
  'refused_launches',
])

describe('an erasure', () => {
  it('leaves nothing that names or joins the person, in any column of any table or in any file', async () => {
    const { secrets: mine, passed } = await asCandidate()
    await asStaff()
    const secrets: Record<string, string> = { ...mine, 'id of staff': STAFF, 'name of staff': STAFF_NAME }
    await rows(w, "insert into rounds (name, started_at, after, finished_at) values ('reconcile', 1, ?, null)", [
      WORKER,
    ])
    const joins = Object.fromEntries(
      (await rows(w, 'select id from attempts where worker = ?', [WORKER])).map(({ id }, i) => [
        `attempt ${i}`,
        id as string,
      ]),
    )
    const before = await tables()
    const empty = []
    for (const table of before) if ((await rows(w, `select count(*) n from "${table}"`))[0].n === 0) empty.push(table)
    expect(empty.filter((table) => !NOT_TOUCHED.has(table) && KNOWN.has(table))).toEqual([])
    for (const what of Object.keys(secrets).filter((name) => name !== 'address'))
      expect((await placesOf({ [what]: secrets[what] as string })).length).toBeGreaterThan(0)

    for (const person of [WORKER, STAFF])
      expect(await erase(person)).toMatchObject({ status: 200, json: { worker: person, erased: true } })
    expect(await placesOf(secrets)).toEqual([])
    await w.forgetDeleted()
    expect(await filesWith(secrets)).toEqual([])
    // an attempt is known by a lock against late grades alone, and a number of a certificate stands by itself
    expect((await placesOf(joins)).filter((place) => !place.endsWith('in attempt_events.attempt_id'))).toEqual([])
    expect(
      await rows(w, 'select distinct type from attempt_events where attempt_id in (select value from json_each(?)) ', [
        JSON.stringify(Object.values(joins)),
      ]),
    ).toEqual([{ type: 'erased' }])
    // nor is the tombstone, which tells who knows the id, joined with anything by its time, or certificates with each other
    const moments = await rows(
      w,
      `select erased_at as at from tombstones union all select at from attempt_events where type = 'erased'
      union all select at % 86400000 from credential_events where change = 'erased' union all select status_changed_at % 86400000 from credentials where id in (select credential_id from credential_events where change = 'erased')`,
    )
    expect([moments.length >= 4, moments.filter(({ at }) => at !== 0)]).toEqual([true, []])
    expect((await placesOf({ number: passed.credential })).sort()).toEqual([
      'number in credential_events.credential_id',
      'number in credentials.attempt_id',
      'number in credentials.id',
    ])
    expect(
      await rows(
        w,
        "select distinct predecessor, relation, given_at, awarded_at, status from credentials where worker = ''",
      ),
    ).toEqual([{ predecessor: null, relation: null, given_at: null, awarded_at: null, status: 'revoked' }])
  })

  it('leaves the other people and what counts as statistics', async () => {
    await asCandidate()
    await asStaff()
    const others = async () => [
      await rows(w, "select id, worker, holder_name, jwt, attempt_id from credentials where worker = 'wrk_other'"),
      await rows(w, "select * from attempts where worker in ('wrk_other', 'wrk_third') order by id"),
      await rows(w, 'select * from item_exposures order by item'),
      await rows(
        w,
        "select * from scored_responses where attempt_id in (select id from attempts where worker = 'wrk_other') order by item",
      ),
    ]
    const before = await others()
    await erase()
    await erase(STAFF)
    expect(await others()).toEqual(before)
  })

  it('stays one whatever comes late: webhooks, launches, old sessions, a second call', async () => {
    const { secrets, open, passed } = await asCandidate()
    await erase()
    const calls = w.market.contractCalls.length
    for (const [type, data] of [
      ['worker.standing_changed', {}],
      ['contract.formed', { contract: 'c-9', exam: 'tiny' }],
      ['escrow.released', { contract: 'c-9' }],
      ['review.revealed', { contract: 'c-9', exam: 'tiny' }],
      ['moderation.case_decided', { case: 'case-1' }],
      ['worker.deleted', {}],
    ] as const)
      expect((await tell(type, data)).status).toBe(200)
    await w.drain()
    const relaunch = await w.call('POST', '/api/session', {
      body: { token: await w.market.launchToken({ sub: WORKER, name: NAME }) },
    })
    expect([relaunch.status, relaunch.json.reason]).toEqual([409, 'worker-erased'])
    expect((await save(w, open, [{ item: 'q1', revision: 9, response: null }])).status).toBe(401)
    expect((await submit(w, open, { 'idempotency-key': '"late"' })).status).toBe(401)
    expect((await startCall(w, open.token, { 'idempotency-key': '"start-1"' })).status).toBe(401)
    expect(
      (
        await w.call('POST', `/api/attempts/${open.id}/events`, {
          token: open.token,
          body: { events: [{ kind: 'hidden', at: '2026-11-25T03:00:00Z' }] },
        })
      ).status,
    ).toBe(401)
    expect(
      (
        await w.call('GET', `/api/workers/${WORKER}/credentials`, {
          token: await w.market.serviceToken('credentials:read'),
        })
      ).json.code,
    ).toBe('gone')
    expect((await w.call('GET', `/credentials/${passed.credential}`)).status).toBe(410)
    expect(await erase()).toMatchObject({ status: 200, json: { worker: WORKER, erased: true } })
    await w.drain()
    expect(w.market.contractCalls.length).toBe(calls)
    expect(await placesOf(secrets)).toEqual([])
  })

  it('of a person whose message is under way leaves no trace of it', async () => {
    const { secrets } = await asCandidate()
    let erased = false
    w.market.spoil = async () => {
      if (!erased) {
        erased = true
        await erase()
      }
      return undefined
    }
    await tell('worker.standing_changed', {})
    await w.drain()
    expect(erased).toBe(true)
    expect(await placesOf(secrets)).toEqual([])
    expect(await rows(w, 'select * from outbox')).toEqual([])
  })

  it('lets no grade be written that was prepared before it, though another one came first', async () => {
    const sitting = await sit(w, WORKER, { name: NAME })
    await answerAll(w, sitting)
    await closeOpenAttempt(w.world.db, {
      id: sitting.id as AttemptId,
      reason: 'submitted',
      now: w.world.now(),
      actor: WORKER,
      overdue: false,
    })
    const closed = (await findAttempt(w.world.db, sitting.id as AttemptId)) as StoredAttempt
    await gradeAttempt(w.world, closed.id)
    await erase()
    expect(await gradeAttempt(w.world, closed.id, closed)).toBeUndefined()
    expect(
      (await placesOf({ worker: WORKER, attempt: closed.id })).filter(
        (place) => !place.endsWith('in attempt_events.attempt_id'),
      ),
    ).toEqual([])
  })

  describe.each([
    [
      'an earlier release, under the session secret',
      { tombstoneSecrets: ['s'.repeat(43)], sessionSecret: 's'.repeat(43) },
    ],
    [
      'this one, whose session secret was changed since',
      { tombstoneSecrets: ['e'.repeat(43), 't'.repeat(43)], sessionSecret: 't'.repeat(43) },
    ],
    [
      'this one, whose own secret was followed by another',
      { tombstoneSecrets: ['d'.repeat(43), 't'.repeat(43)], sessionSecret: 't'.repeat(43) },
    ],
  ])('by %s', (_, then) => {
    const now = { tombstoneSecrets: ['e'.repeat(43), 'd'.repeat(43), 's'.repeat(43)], sessionSecret: 's'.repeat(43) }
    const under = (secrets: typeof now): World => ({ ...w.world, settings: { ...w.world.settings, ...secrets } })

    it('is still known: nobody is launched, nothing is kept, and a service is told that the person is gone', async () => {
      await w.launch(WORKER, { name: NAME })
      must(await eraseWorker(under(then), WORKER))
      expect((await openSession(under(now), await w.market.launchToken({ sub: WORKER }))).ok).toBe(false)
      expect(await rows(w, 'select * from workers')).toEqual([])
      const app = createApp({ openWorld: () => under(now) })
      const token = await w.market.serviceToken('credentials:read')
      expect(
        await (
          await app.request(`https://kentei.example/api/workers/${WORKER}/credentials`, {
            headers: { authorization: `Bearer ${token}` },
          })
        ).json(),
      ).toMatchObject({ code: 'gone' })
      // what staff do about them later makes no key for them
      await noteAct(under(now), { act: 'accommodation.set', actor: 'machine', subject: { person: WORKER } })
      expect(await rows(w, 'select * from audit_people')).toEqual([])
    })
  })

  it('takes over tombstones that still are the id of a person', async () => {
    await w.launch(WORKER, { name: NAME })
    await rows(w, "update workers set name = '', subject = '', erased_at = 1")
    await closeNamedTombstones(w.world)
    expect(await placesOf({ id: WORKER })).toEqual([])
    expect(
      (await w.call('POST', '/api/session', { body: { token: await w.market.launchToken({ sub: WORKER }) } })).json
        .reason,
    ).toBe('worker-erased')
  })
})

/** Tables that the story fills today. One that is added later is searched all the same. */
const KNOWN = new Set([
  'attempt_events',
  'attempt_signals',
  'attempts',
  'audit_entries',
  'audit_people',
  'concerns',
  'contract_evidence',
  'credential_events',
  'credential_holds',
  'credentials',
  'delivery_attempts',
  'draft_hand_ins',
  'event_log',
  'exam_proposals',
  'exam_publications',
  'exam_versions',
  'idempotency_keys',
  'inbox',
  'integrity_cases',
  'item_exposures',
  'leaks',
  'outbox',
  'responses',
  'review_evidence',
  'scored_responses',
  'shown_items',
  'used_tokens',
  'workers',
])
