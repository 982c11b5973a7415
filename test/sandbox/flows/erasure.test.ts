import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signWebhook } from '../../../src/platform/outbox/webhook.ts'
import { findWorker } from '../../../src/sandbox/people/store.ts'
import { indexWorkers } from '../../../src/sandbox/search/store.ts'
import { type ModerationRoom, openModerationRoom } from '../../support/sandbox/moderation-room.ts'
import { WEBHOOK_SECRET } from '../../support/sandbox/open-market.ts'
import { clientReview, type ReviewRoom, reviewRoom, workerReview } from '../../support/sandbox/review-room.ts'

/** Who leaves: somebody whose past reviews are in the seed. */
const WORKER = 'wrk_120'
const OTHER = 'wrk_121'
const NAME = 'きえるのぞみ'
const READING = 'ぬぐえぬよみ'
const SKILL = 'わすれられる技'
/** What is written by the leaver or about them; each place gets words of its own. */
const said = (place: string) => `のぞみのことば：${place}`

let market: ModerationRoom
let people: ReviewRoom
beforeEach(async () => {
  market = await openModerationRoom()
  people = reviewRoom(market)
})
afterEach(() => market.close())

// biome-ignore lint/suspicious/noExplicitAny: rows of any table
const rows = async (text: ReturnType<typeof sql>): Promise<any[]> => market.world.db.all(text)
const done = async (call: ReturnType<ModerationRoom['call']>) => {
  const reply = await call
  expect([reply.status < 300, reply.status < 300 ? '' : reply.text]).toEqual([true, ''])
  return reply.json
}

/** Everything that a worker of the marketplace can do, and that is done about them. @returns what names them or is their own. */
async function liveThrough(): Promise<Record<string, string>> {
  const { db } = market.world
  await rows(
    sql`update workers set name = ${NAME}, reading = ${READING}, skills_ja = ${SKILL}, skills_en = ${SKILL} where id = ${WORKER}`,
  )
  await db.batch(
    indexWorkers(db, [{ id: WORKER, name: NAME, reading: READING, skillsJa: SKILL, skillsEn: SKILL }]) as never,
  )
  await rows(sql`update introductions set headline_ja = ${said('headline')}, headline_en = ${said('headline en')}, about_ja = ${said('about')},
    about_en = ${said('about en')}, smallest_ja = ${said('smallest')}, declines_en = ${said('declines')} where worker = ${WORKER}`)
  await rows(sql`insert into past_reviews (id, worker, client, at, skill, quality, schedule, communication, partnership, comment_ja, comment_en)
    values ('past_x', ${WORKER}, 'cli_01', 1, 4, 4, 4, 4, 4, ${said('seed ja')}, ${said('seed en')})`)
  const job = await market.job()
  await done(
    market.as(
      WORKER,
      'POST',
      `/v1/jobs/${job}/applications`,
      { message: said('application'), amount: 1_000 },
      { 'Idempotency-Key': '"apply"' },
    ),
  )
  await done(market.as(WORKER, 'POST', `/v1/jobs/${job}/reports`, { reason: 'other', detail: said('report') }))
  await done(market.as('opr_demo', 'POST', `/v1/operators/reporters/${WORKER}/mute`, { note: said('muted') }))
  const { id: contract } = await done(
    market.as('cli_01', 'POST', '/v1/contracts', {
      worker: WORKER,
      title: '名簿の整理',
      category: 'business-admin',
      amount: 10_000,
    }),
  )
  const step = (user: string, name: string, body: unknown = {}) =>
    done(market.as(user, 'POST', `/v1/contracts/${contract}/${name}`, body))
  await step('cli_01', 'fund')
  await step(WORKER, 'start')
  await step(WORKER, 'deliver', { note: said('delivery') })
  await step('cli_01', 'request-changes', { note: said('changes') })
  await step(WORKER, 'deliver', { note: said('again') })
  await step('cli_01', 'accept')
  await done(market.as(WORKER, 'PUT', '/v1/payout-account', { bank: '0001', branch: '123', number: '7654321' }))
  await done(
    market.as('opr_demo', 'POST', `/v1/operators/workers/${WORKER}/identity`, {
      state: 'refused',
      note: said('identity'),
    }),
  )
  const { category } = (await done(market.as(WORKER, 'GET', '/v1/samples'))).samples[0]
  const sample = await done(
    market.as(WORKER, 'PUT', `/v1/samples/${category}`, { title: said('title'), text: said('sample') }),
  )
  await done(market.as('opr_demo', 'POST', `/v1/operators/samples/${sample.sent.id}`, { verdict: 'shown' }))
  const second = await done(
    market.as(WORKER, 'PUT', `/v1/samples/${category}`, { title: said('second title'), text: said('second') }),
  )
  await done(
    market.as('opr_demo', 'POST', `/v1/operators/samples/${second.sent.id}`, {
      verdict: 'refused',
      reason: said('refused sample'),
    }),
  )
  await market.certify(WORKER, 'crd_leaver')
  const settled = await people.settle({ worker: WORKER })
  await done(
    people.review(
      'cli_01',
      settled.id,
      clientReview({ comment: said('by client'), again: 0, safe: 'no', note: said('hidden client') }),
      'client-review',
    ),
  )
  await done(
    people.review(
      WORKER,
      settled.id,
      workerReview({ comment: said('by worker'), note: said('hidden worker') }),
      'worker-review',
    ),
  )
  const written = await rows(sql`select id, side from reviews where contract = ${settled.id}`)
  for (const { id, side } of written)
    await done(
      people.as(side === 'client' ? WORKER : 'cli_01', 'POST', `/v1/reviews/${id}/reply`, {
        text: said(`reply to ${side}`),
      }),
    )
  await rows(sql`update review_contradictions set note = ${said('worklist')} where contract = ${settled.id}`)
  await rows(sql`insert into review_blocks (id, state, size, version, opened_at, decided_at, decided_by, note)
    values ('blk_x', 'confirmed', 0, 2, 1, 2, 'opr_demo', ${said('block')})`)
  await rows(sql`insert into decided_clients (client, block) values ('cli_01', 'blk_x')`)
  const body = JSON.stringify({
    id: 'evt_told',
    type: 'credential.issued',
    timestamp: '2026-11-25T03:00:00.000Z',
    data: { credential: 'crd_leaver', worker: WORKER, exam: 'business-admin', version: 1 },
  })
  await done(
    market.call('POST', '/webhooks/kentei', {
      body,
      headers: {
        ...(await signWebhook({ id: 'evt_told', at: market.clock.now, body, signers: [{ secret: WEBHOOK_SECRET }] })),
      },
    }),
  )
  const alleged = await done(
    market.plugin_('POST', '/v1/moderation/cases', {
      subject: { type: 'credential', id: 'crd_leaver', worker: WORKER },
      policy: 'x',
      automated: false,
      evidence: { seen: said('evidence') },
    }),
  )
  const { decision } = await done(
    market.decide(alleged.case, {
      action: 'restrict',
      duration: null,
      kinds: [],
      rule: said('rule'),
      facts: said('facts'),
    }),
  )
  const { appeal } = await done(market.appeal(WORKER, decision, said('appeal')))
  await done(market.judge(appeal, { outcome: 'reverse', reasons: said('judgement') }))
  const looked = await done(
    market.as('opr_demo', 'POST', '/v1/operators/subjects', {
      subject: { type: 'worker', id: WORKER },
      note: said('looked into'),
    }),
  )
  await done(
    market.as('opr_demo', 'POST', `/v1/operators/subjects/${looked.case}/escalate`, { note: said('escalated') }),
  )
  const [{ jwt }] = await rows(sql`select jwt from badges where worker = ${WORKER}`)
  const [{ token_hash: session }] = await rows(sql`select token_hash from sessions where person = ${WORKER}`)
  const [{ account }] = await rows(sql`select account from payout_accounts where worker = ${WORKER}`)
  return { name: NAME, reading: READING, skill: SKILL, words: 'のぞみのことば', jwt, session, account }
}

const hex = (text: string) => Buffer.from(text).toString('hex').toUpperCase()

const tables = async (): Promise<string[]> =>
  (await rows(sql`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`)).map(
    ({ name }) => name,
  )

/** Where in any column of any table a text stands; what an index keeps of words counts as well. */
async function placesOf(texts: Readonly<Record<string, string>>): Promise<string[]> {
  const found = new Set<string>()
  for (const table of await tables()) {
    const columns = await rows(sql`select name from pragma_table_info(${table})`)
    // as bytes: an index keeps words in blobs
    const asBytes = columns.map(({ name }) => `hex("${name}") as "${name}"`).join(', ')
    for (const row of await rows(sql.raw(`select ${asBytes} from "${table}"`)))
      for (const [column, held] of Object.entries(row))
        for (const [what, text] of Object.entries(texts))
          if (String(held).includes(hex(text))) found.add(`${what} in ${table}.${column}`)
  }
  return [...found].sort()
}

/** Where the bare id stays: books, histories of contracts and cases and what is counted go on under a number that names nobody. */
const NUMBERED = [
  'aggregates_due.worker',
  'client_workers.worker',
  'weights_due.worker',
  'applications.worker',
  'contract_events.actor',
  'contract_events.data',
  'contracts.worker',
  'ledger_entries.account',
  'measures.target',
  'moderation_decisions.person',
  'moderation_decisions.statement',
  'moderation_events.actor',
  'moderation_events.data',
  'moderation_subjects.open_key',
  'moderation_subjects.person',
  'moderation_subjects.ref',
  'appeals.person',
  'outbox.about',
  'outbox.request',
  'outbox.stream',
  'past_reviews.worker',
  'reporters.id',
  'reports.reporter',
  'review_pairs.worker',
  'review_totals.worker',
  'review_versions.worker',
  'reviews.author',
  'reviews.request_key',
  'reviews.subject',
  'transfers.party',
  'hidden_batches.worker',
  'worker_changes.worker',
  'workers.id',
]

describe('an erasure in the marketplace', () => {
  it('leaves nothing that names the person and nothing they wrote or that was written about them, in any column of any table or in the files', async () => {
    const secrets = await liveThrough()
    for (const [what, text] of Object.entries(secrets))
      expect((await placesOf({ [what]: text })).length, what).toBeGreaterThan(0)
    const books = await rows(sql`select * from ledger_entries order by id`)
    const others = await rows(sql`select * from workers where id = ${OTHER}`)

    expect((await market.call('POST', `/demo/workers/${WORKER}/erase`)).status).toBe(200)
    expect(await placesOf(secrets)).toEqual([])
    expect(
      (await placesOf({ id: WORKER }))
        .map((place) => place.replace('id in ', ''))
        .filter((place) => !NUMBERED.includes(place)),
    ).toEqual([])
    expect(await rows(sql`select * from ledger_entries order by id`)).toEqual(books)
    expect(await rows(sql`select * from workers where id = ${OTHER}`)).toEqual(others)

    await market.world.forgetDeleted()
    const held: string[] = []
    for (const file of await readdir(market.directory, { recursive: true })) {
      const bytes = await readFile(join(market.directory, file)).catch(() => Buffer.alloc(0))
      for (const [what, text] of Object.entries(secrets)) if (bytes.includes(text)) held.push(`${what} in ${file}`)
    }
    expect(held).toEqual([])
  })

  it('ends the sessions at once, and is the only thing that takes words out of histories', async () => {
    await liveThrough()
    const token = await market.session(WORKER)
    expect((await market.call('GET', '/v1/notifications', { token })).status).toBe(200)
    for (const change of [
      sql`update reviews set comment = '' where author = ${WORKER}`,
      sql`update review_replies set text = ''`,
      sql`update hidden_answers set note = ''`,
      sql`update contract_events set data = json_replace(data, '$.note', '') where type = 'delivered'`,
      sql`update moderation_events set data = json_replace(data, '$.note', '', '$.evidence', json('null')) where type = 'alleged'`,
      sql`update moderation_decisions set statement = json_replace(statement, '$.facts', '')`,
    ])
      await expect(rows(change)).rejects.toMatchObject({ cause: { message: expect.stringContaining('immutable') } })
    await market.call('POST', `/demo/workers/${WORKER}/erase`)
    expect((await market.call('GET', '/v1/notifications', { token })).status).toBe(401)
    expect(await rows(sql`select * from sessions where person = ${WORKER}`)).toEqual([])
    for (const change of [
      sql`update reviews set comment = 'other' where author = ${WORKER}`,
      sql`update reviews set quality = 1 where author = ${WORKER}`,
      sql`update contract_events set data = '{}' where type = 'delivered'`,
      sql`update moderation_decisions set action = 'no-action'`,
    ])
      await expect(rows(change)).rejects.toMatchObject({ cause: { message: expect.stringContaining('immutable') } })
    expect((await findWorker(market.world.db, WORKER))?.name).toBe('')
  })

  it('leaves pages of the others that can still be read', async () => {
    await liveThrough()
    await market.call('POST', `/demo/workers/${WORKER}/erase`)
    const [{ id }] = await rows(sql`select id from contracts where worker = ${WORKER} limit 1`)
    const cases = await rows(sql`select id from moderation_subjects where person = ${WORKER}`)
    expect((await market.as('cli_01', 'GET', `/v1/contracts/${id}`)).status).toBe(200)
    expect((await market.as('cli_01', 'GET', `/v1/contracts/${id}/reviews`)).status).toBe(200)
    for (const one of cases)
      expect((await market.as('opr_demo', 'GET', `/v1/operators/subjects/${one.id}`)).status).toBe(200)
  })
})
