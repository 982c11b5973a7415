import { eq, like } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideSubject } from '../../../src/sandbox/flows/decide-subject.ts'
import { findJob } from '../../../src/sandbox/job/store.ts'
import { readLabels } from '../../../src/sandbox/moderation/label/store.ts'
import { moderationEvents, moderationSubjects, reporters, reports } from '../../../src/sandbox/moderation/tables.ts'
import { notifications } from '../../../src/sandbox/notification/tables.ts'
import { findClient, findWorker } from '../../../src/sandbox/people/store.ts'
import { interrupted } from '../../support/sandbox/interrupted.ts'
import { DAY, MINUTE, type ModerationRoom, openModerationRoom } from '../../support/sandbox/moderation-room.ts'
import { visitor } from '../../support/sandbox/visitor.ts'

let room: ModerationRoom
beforeAll(async () => {
  room = await openModerationRoom()
})
afterAll(() => room.close())

const reported = async (client = 'cli_01', reporter = 'wrk_001') => {
  const job = await room.job('published', client)
  await room.report(reporter, job)
  return { job, id: await room.caseAbout(job) }
}
const claim = (id: string, operator: string) => room.as(operator, 'POST', `/v1/operators/subjects/${id}/claim`)
const standing = async (id: string) =>
  (id.startsWith('cli_') ? await findClient(room.world.db, id) : await findWorker(room.world.db, id))?.standing

describe('the queue', () => {
  it('is in order of priority, in pages that neither skip nor repeat', async () => {
    for (let n = 0; n < 7; n++) {
      const job = await room.job(n % 2 === 0 ? 'queued' : 'published', 'cli_02')
      for (let person = 0; person <= n % 3; person++)
        await room.report(`wrk_${String(40 + person)}`.replace('wrk_', 'wrk_0'), job)
    }
    const whole = await room.queue('?limit=100')
    const priorities = whole.map(({ priority }) => priority)
    expect(priorities).toEqual(priorities.toSorted((a, b) => b - a))
    const paged: string[] = []
    let after = ''
    do {
      const page = (await room.as('opr_demo', 'GET', `/v1/operators/queue?limit=2${after}`)).json
      paged.push(...page.subjects.map((subject: { case: string }) => subject.case))
      after = page.next ? `&after=${page.next}` : ''
    } while (after !== '')
    expect(paged).toEqual(whole.map((subject) => subject.case))
  })

  it.each(['?status=lost', '?kind=cat', '?limit=0', '?after=xyz', '?after=W10'])('refuses %s', async (query) => {
    expect((await room.as('opr_demo', 'GET', `/v1/operators/queue${query}`)).status).toBe(422)
  })
})

describe('an operator', () => {
  it('takes a case for thirty minutes, and nobody else decides it meanwhile', async () => {
    const { id } = await reported()
    expect((await claim(id, 'opr_demo')).json).toMatchObject({
      claimedBy: 'opr_demo',
      claimedUntil: new Date(room.clock.now + 30 * MINUTE).toISOString(),
    })
    expect((await claim(id, 'opr_second')).json.code).toBe('conflict')
    expect((await room.takeDown(id, {}, 'opr_second')).json.code).toBe('conflict')
    room.advance(30 * MINUTE - 1)
    expect((await claim(id, 'opr_second')).status).toBe(409)
    room.advance(1)
    expect((await claim(id, 'opr_second')).json.claimedBy).toBe('opr_second')
    expect((await room.takeDown(id)).json.code).toBe('conflict')
    expect((await room.as('opr_second', 'POST', `/v1/operators/subjects/${id}/release`)).json.claimedBy).toBeNull()
    expect((await room.takeDown(id)).status).toBe(201)
  })

  it('is one of two who take a case at once: one gets it', async () => {
    const { id } = await reported()
    const answers = await Promise.all([claim(id, 'opr_demo'), claim(id, 'opr_second')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('is one of two who decide at once: one decision stands, and nothing of the other happened', async () => {
    for (let n = 0; n < 5; n++) {
      const { id, job } = await reported('cli_03')
      const answers = await Promise.all([room.takeDown(id), room.decide(id, { action: 'no-action' }, 'opr_second')])
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
      expect(answers.find(({ status }) => status === 409)?.json).toMatchObject({ code: 'wrong-state', state: 'closed' })
      const shown = await room.shown(id)
      expect(shown.decisions).toHaveLength(1)
      expect(await room.state(job)).toBe(shown.decision.action === 'take-down' ? 'taken-down' : 'published')
      expect((await readLabels(room.world.db)).filter((label) => label.job === job)).toHaveLength(1)
    }
  })

  it('decides while reports come in: every report is in that case or in the next', async () => {
    const { id, job } = await reported('cli_03')
    const people = Array.from({ length: 20 }, (_, n) => `wrk_1${String(n).padStart(2, '0')}`)
    for (const person of people) await room.session(person)
    const [decided, ...reports] = await Promise.all([
      room.decide(id, { action: 'no-action' }),
      ...people.map((person) => room.report(person, job)),
    ])
    expect(decided.status).toBe(201)
    expect(reports.every(({ status }) => status === 201)).toBe(true)
    const cases = (await room.queue('?status=all&limit=100')).filter(({ subject }) => subject.id === job)
    const counted = await Promise.all(
      cases.map(async (known) => (await room.shown(known.case)).reports.length as number),
    )
    expect(counted.reduce((sum, n) => sum + n, 0)).toBe(21)
    expect(cases.length).toBeLessThanOrEqual(2)
  })

  it('may insist on the case as it was read', async () => {
    const { id, job } = await reported()
    const { version } = await room.shown(id)
    await room.report('wrk_002', job)
    expect((await room.takeDown(id, { version })).json.code).toBe('conflict')
    expect((await room.takeDown(id, { version: version + 1 })).status).toBe(201)
  })

  it('does not decide about words that came after the case was read, before or while the decision is written', async () => {
    const [before, between] = [await room.job('held', 'cli_05'), await room.job('held', 'cli_05')]
    const rewrite = (job: string) =>
      room.as('cli_05', 'POST', `/v1/jobs/${job}/edit`, {
        title: '名簿の入力',
        body: '会員名簿を表に入力してください。',
      })
    for (const job of [before, between]) {
      const id = await room.caseAbout(job)
      const { version } = await room.shown(id)
      if (job === before) expect((await rewrite(job)).status).toBe(200)
      const { db } = room.world
      const world = { ...room.world, db: job === between ? interrupted(db, () => rewrite(job)) : db }
      const operator = { id: 'opr_demo', role: 'operator', name: '' } as const
      const verdict = { kinds: [], duration: null, facts: '問題ありません。', ground: 'terms', version } as const
      const decided = await decideSubject(world, operator, id, { action: 'no-action', ...verdict })
      expect(decided).toMatchObject({ ok: false, problem: { code: 'conflict' } })
      expect(await findJob(db, job)).toMatchObject({ title: '名簿の入力', state: 'held', cleared: false })
      expect((await readLabels(db)).filter((label) => label.job === job)).toEqual([])
      const now = await room.shown(id)
      expect(now.events.map(({ type }: { type: string }) => type)).toEqual(['detected', 'edited'])
      expect(now.priority).toBe((await room.shown(await room.caseAbout(await room.job('held')))).priority)
      expect((await room.decide(id, { action: 'no-action', version: now.version })).status).toBe(201)
    }
  })

  it('is not put off by a client who rewrites the post again and again, or sends it unchanged', async () => {
    const job = await room.job('held', 'cli_14')
    const id = await room.caseAbout(job)
    const edit = (body: string) => room.as('cli_14', 'POST', `/v1/jobs/${job}/edit`, { title: '名簿の入力', body })
    const bodies = ['一', '二', '三', '四', '四'].map((part) => `会員名簿の第${part}部を表に入力してください。`)
    for (const body of bodies) expect((await edit(body)).status).toBe(200)
    // what changes nothing is no reason to read again
    expect((await room.shown(id)).events.filter(({ type }: { type: string }) => type === 'edited')).toHaveLength(4)
    const { version } = await room.shown(id)
    const fifth = await edit('会員名簿の第五部を表に入力してください。')
    expect([fifth.status, fifth.json.code]).toEqual([429, 'rate-limited'])
    expect((await room.decide(id, { action: 'no-action', version })).status).toBe(201)
    expect((await edit('会員名簿の第五部を表に入力してください。')).status).toBe(200)
  })

  it('gets the same answer to the same decision, and decides a closed case not again', async () => {
    const { id } = await reported()
    const first = await room.takeDown(id)
    expect((await room.takeDown(id)).json).toEqual(first.json)
    expect((await room.takeDown(id, { facts: 'ほかの理由' })).json.code).toBe('wrong-state')
    expect((await room.takeDown(id, {}, 'opr_second')).json.code).toBe('wrong-state')
  })

  it('escalates once, closes what nobody waits for, and not what waits', async () => {
    const { id } = await reported()
    const escalate = () =>
      room.as('opr_demo', 'POST', `/v1/operators/subjects/${id}/escalate`, { note: '法令の確認が要ります' })
    expect((await escalate()).json.status).toBe('escalated')
    expect((await escalate()).json.code).toBe('already-done')
    const close = (subject: string) =>
      room.as('opr_demo', 'POST', `/v1/operators/subjects/${subject}/close`, { note: '募集がなくなりました' })
    expect((await close(id)).json).toMatchObject({ status: 'closed' })
    expect((await close(await room.caseAbout(await room.job('held')))).json.code).toBe('wrong-state')
  })

  it('tells whoever reported a case that it was closed without a decision, and says no word of it to the poster', async () => {
    const id = await room.job('published', 'cli_23')
    await room.report('wrk_071', id)
    const poster = await room.notices('cli_23')
    expect(
      (
        await room.as('opr_demo', 'POST', `/v1/operators/subjects/${await room.caseAbout(id)}/close`, {
          note: '内部の覚え書き',
        })
      ).status,
    ).toBe(200)
    const [told] = await room.notices('wrk_071')
    expect(told?.kind).toBe('report-closed')
    expect(JSON.stringify(told)).not.toContain('内部の覚え書き')
    expect(await room.notices('cli_23')).toEqual(poster)
  })

  it('tells each of hundreds who reported', async () => {
    const job = await room.job()
    await room.report('wrk_070', job)
    const id = await room.caseAbout(job)
    const { db } = room.world
    const many = Array.from({ length: 450 }, (_, n) => `wrk_many_${n}`)
    await db.insert(reporters).values(many.map((one) => ({ id: one })))
    for (let from = 0; from < many.length; from += 50)
      await db.insert(reports).values(
        many.slice(from, from + 50).map((reporter) => ({
          ...{
            id: `rep_${reporter}`,
            about: `job:${job}`,
            subject: id,
            reporter,
            ordinal: 1,
            reason: 'other' as const,
          },
          ...{ detail: '', at: room.world.now(), muted: false },
        })),
      )
    expect((await room.takeDown(id)).status).toBe(201)
    const told = await db.select().from(notifications).where(like(notifications.person, 'wrk_many_%'))
    expect(new Set(told.map(({ person }) => person)).size).toBe(450)
    expect(told[0]?.notice).toEqual({ kind: 'report-judged', outcome: 'measure', report: `rep_${told[0]?.person}` })
    expect((await room.notices('wrk_070'))[0]?.id).toMatch(/^ntf_[0-9a-f-]{36}$/)
  })

  it('reads the newest of a long history, and what was alleged before that', async () => {
    const about = { subject: { type: 'worker', id: 'wrk_071' }, policy: 'outside-help', automated: false }
    const { json } = await room.plugin_('POST', '/v1/moderation/cases', { ...about, evidence: { seen: 'twice' } })
    const { db } = room.world
    const edited = Array.from({ length: 299 }, (_, n) => ({ seq: n + 2, type: 'edited' as const, data: {} }))
    await db
      .insert(moderationEvents)
      .values(edited.map((event) => ({ subject: json.case, actor: 'wrk_071', at: room.world.now(), ...event })))
    await db.update(moderationSubjects).set({ version: 300 }).where(eq(moderationSubjects.id, json.case))
    const { events, evidence, version } = await room.shown(json.case)
    expect([events.length, events[0].seq, events[1].seq, events.at(-1).seq, version]).toEqual([201, 1, 101, 300, 300])
    expect(evidence).toMatchObject([{ evidence: { seen: 'twice' } }])
    const somebody = visitor(room)
    await somebody.signIn('opr_demo')
    expect((await somebody.open(`/operators/subjects/${json.case}`)).text).toContain('新しいほうの200件です。')
  })

  it('looks into a client or a worker on their own initiative', async () => {
    const look = (type: string, id: string) =>
      room.as('opr_demo', 'POST', '/v1/operators/subjects', { subject: { type, id }, note: '評価の不自然な動き' })
    const opened = await look('worker', 'wrk_050')
    expect(opened).toMatchObject({ status: 201, json: { status: 'open', version: 1 } })
    expect(await look('worker', 'wrk_050')).toMatchObject({ status: 200, json: { case: opened.json.case, version: 2 } })
    const flagged = {
      subject: { type: 'client', id: 'cli_24' },
      note: '隠れた回答と星が合いません',
      source: 'review-worklist',
    }
    const { json } = await room.as('opr_demo', 'POST', '/v1/operators/subjects', flagged)
    expect((await room.shown(json.case)).openedBy).toBe('review-worklist')
    expect((await look('worker', 'wrk_999')).status).toBe(404)
    expect((await look('client', 'cli_99')).status).toBe(404)
  })

  it('are answered the same once more when they ask for a case under the same Idempotency-Key', async () => {
    const look = () =>
      room.as(
        'opr_demo',
        'POST',
        '/v1/operators/subjects',
        { subject: { type: 'worker', id: 'wrk_051' }, note: '調査' },
        { 'Idempotency-Key': '"look"' },
      )
    const opened = await look()
    expect(opened).toMatchObject({ status: 201, json: { status: 'open', version: 1 } })
    expect(await look()).toMatchObject({ status: 201, json: opened.json })
  })
})

describe('a decision', () => {
  it('to take a job down hides it, with a statement of reasons, notices to both sides and a label', async () => {
    const { id, job } = await reported('cli_04', 'wrk_060')
    const { json, status } = await room.takeDown(id, { duration: 'P10D' })
    expect(status).toBe(201)
    expect(json).toMatchObject({
      case: id,
      action: 'take-down',
      status: 'closed',
      statement: {
        scope: [{ kind: 'job', target: job, effect: 'take-down' }],
        source: 'reports',
        detectedAutomatically: false,
        decidedAutomatically: false,
      },
    })
    expect(json.statement.duration.until).toBe(new Date(room.clock.now + 10 * DAY).toISOString())
    expect(json.statement.rule.kinds).toEqual(['off-platform-contact'])
    expect(await room.state(job)).toBe('taken-down')
    const [toPoster] = await room.notices('cli_04')
    expect(toPoster).toMatchObject({ kind: 'decision', decision: json.decision, readAt: null })
    const [toReporter] = await room.notices('wrk_060')
    expect(toReporter).toMatchObject({ kind: 'report-judged', outcome: 'measure' })
    expect(JSON.stringify(toReporter)).not.toMatch(/cli_04|dec_/)
    expect(JSON.stringify([toPoster, await room.as('cli_04', 'GET', `/v1/decisions/${json.decision}`)])).not.toMatch(
      /wrk_060|rep_/,
    )
    const label = (await readLabels(room.world.db)).find((known) => known.job === job)
    expect(label).toMatchObject({
      kinds: ['off-platform-contact'],
      operator: 'opr_demo',
      title: expect.stringContaining('名簿'),
      pay: { type: 'fixed', amount: 5_000 },
    })
    expect(label?.accountAgeDays).toBeGreaterThan(700)
  })

  it('of no action publishes a post that waited, tells the poster, and labels it as none', async () => {
    const job = await room.job('held', 'cli_05')
    expect((await room.notices('cli_05'))[0]).toMatchObject({ kind: 'post-held', job })
    expect((await room.decide(await room.caseAbout(job), { action: 'no-action' })).json.statement).toMatchObject({
      rule: null,
      redress: null,
      duration: null,
      detectedAutomatically: true,
      source: 'own-initiative',
    })
    expect(await room.state(job)).toBe('published')
    expect((await room.notices('cli_05'))[0]).toMatchObject({ kind: 'post-cleared', job })
    expect((await readLabels(room.world.db)).find((label) => label.job === job)?.kinds).toEqual([])
  })

  it('of no action about a post that was shown says nothing to the poster', async () => {
    const { id } = await reported('cli_06', 'wrk_061')
    await room.decide(id, { action: 'no-action' })
    expect(await room.notices('cli_06')).toEqual([])
    expect((await room.notices('wrk_061'))[0]).toMatchObject({ kind: 'report-judged', outcome: 'no-measure' })
  })

  it('to suspend whoever posted takes the job down as well, for as long', async () => {
    const { id, job } = await reported('cli_07')
    const { json } = await room.decide(id, { action: 'suspend', duration: 'P1M', kinds: ['upfront-fee'] })
    expect(json.statement.scope.map(({ effect }: { effect: string }) => effect)).toEqual(['take-down', 'suspend'])
    expect([await standing('cli_07'), await room.state(job)]).toEqual(['suspended', 'taken-down'])
    room.advance(31 * DAY)
    await room.timers()
    expect([await standing('cli_07'), await room.state(job)]).toEqual(['good', 'published'])
    expect((await room.notices('cli_07'))[0]).toMatchObject({ kind: 'measures-ended', decision: json.decision })
  })

  it('about a worker is announced to the plugin with the standing, and lifted early by a reinstatement', async () => {
    const { case: id } = (
      await room.as('opr_demo', 'POST', '/v1/operators/subjects', {
        subject: { type: 'worker', id: 'wrk_070' },
        note: '調査',
      })
    ).json
    await room.decide(id, { action: 'restrict', duration: null, rule: '規約 7 条' })
    expect(await standing('wrk_070')).toBe('restricted')
    expect(await room.announced('wrk_070', 'worker.standing_changed')).toMatchObject([{ version: 2 }])
    expect((await room.decide(id, { action: 'reinstate', facts: '解消されました' })).status).toBe(201)
    expect(await standing('wrk_070')).toBe('good')
    expect((await room.announced('wrk_070', 'worker.standing_changed')).at(-1)?.version).toBe(3)
    expect(await room.shown(id)).toMatchObject({ decision: { action: 'reinstate' }, final: true })
  })

  it('cannot be undone by the demonstration’s button, only made worse', async () => {
    const set = async (status: string) =>
      (await room.call('POST', '/demo/workers/wrk_072/standing', { body: { status } })).json
    const { case: id } = (
      await room.as('opr_demo', 'POST', '/v1/operators/subjects', {
        subject: { type: 'worker', id: 'wrk_072' },
        note: '調査',
      })
    ).json
    await room.decide(id, { action: 'restrict', duration: null, rule: '規約 7 条' })
    expect(await set('good')).toMatchObject({ code: 'wrong-state', state: 'restricted' })
    expect(await standing('wrk_072')).toBe('restricted')
    expect(await set('suspended')).toMatchObject({ status: 'suspended' })
    expect(await set('restricted')).toMatchObject({ status: 'restricted' })
    await room.decide(id, { action: 'reinstate', facts: '解消されました' })
    expect([await standing('wrk_072'), (await set('good')).status]).toEqual(['good', 'good'])
  })

  it.each([
    ['without a duration', { action: 'take-down', kinds: ['upfront-fee'], duration: undefined }, 'duration'],
    ['with a duration that it cannot have', { action: 'no-action', duration: 'P1D' }, 'duration'],
    ['of no length', { action: 'take-down', kinds: ['upfront-fee'], duration: 'P0D' }, 'duration'],
    ['without a rule', { action: 'take-down', duration: null }, 'rule'],
    ['with kinds, of no action', { action: 'no-action', kinds: ['upfront-fee'] }, 'kinds'],
    ['that is for certificates', { action: 'revoke-credential', rule: 'x' }, 'action'],
    ['without facts', { action: 'no-action', facts: ' ' }, 'facts'],
    ['of an unknown kind', { action: 'take-down', duration: null, kinds: ['odd'] }, 'kinds.0'],
  ])('%s is refused and says where', async (_, body, path) => {
    const { id } = await reported('cli_08', 'wrk_080')
    const answer = await room.decide(id, body)
    expect(answer.json).toMatchObject({ code: 'malformed', issues: [{ path }] })
    expect(answer.status).toBe(422)
  })
})

describe('measures of several decisions', () => {
  it('end one by one: a standing returns when the last one has ended', async () => {
    const first = await reported('cli_09', 'wrk_090')
    const second = await reported('cli_09', 'wrk_090')
    const third = await reported('cli_09', 'wrk_090')
    await room.decide(first.id, { action: 'restrict', duration: 'P20D', rule: 'a' })
    await room.decide(second.id, { action: 'suspend', duration: 'P10D', rule: 'a' })
    await room.decide(third.id, { action: 'restrict', duration: 'P5D', rule: 'a' })
    expect(await standing('cli_09')).toBe('suspended')
    const begin = room.clock.now
    const seen: unknown[] = []
    for (const day of [5, 10, 20]) {
      room.at(begin + day * DAY - 1)
      await room.timers()
      const before = await standing('cli_09')
      room.at(begin + day * DAY)
      await Promise.all([room.timers(), room.timers()])
      seen.push([day, before, await standing('cli_09')])
    }
    expect(seen).toEqual([
      [5, 'suspended', 'suspended'],
      [10, 'suspended', 'restricted'],
      [20, 'restricted', 'good'],
    ])
    expect(await room.timers()).toEqual({ fired: 0 })
  })

  it('on one job keep it down until the last one has ended', async () => {
    const { id, job } = await reported('cli_10', 'wrk_091')
    await room.takeDown(id, { duration: 'P3D' })
    const { case: other } = (
      await room.as('opr_demo', 'POST', '/v1/operators/subjects', { subject: { type: 'job', id: job }, note: '再確認' })
    ).json
    await room.takeDown(other, { duration: 'P1D' })
    room.advance(DAY)
    await room.timers()
    expect(await room.state(job)).toBe('taken-down')
    room.advance(2 * DAY)
    await room.timers()
    expect(await room.state(job)).toBe('published')
  })

  it('never make a standing better that somebody else has made worse', async () => {
    const { case: id } = (
      await room.as('opr_demo', 'POST', '/v1/operators/subjects', {
        subject: { type: 'worker', id: 'wrk_suspended' },
        note: '調査',
      })
    ).json
    await room.decide(id, { action: 'restrict', duration: 'P1D', rule: 'a' })
    expect(await standing('wrk_suspended')).toBe('suspended')
    room.advance(DAY)
    await room.timers()
    expect(await standing('wrk_suspended')).toBe('suspended')
  })
})

describe('notifications', () => {
  it('are read by the person they are for, one by one, for good', async () => {
    const { id } = await reported('cli_11', 'wrk_092')
    await room.takeDown(id)
    const [notice] = await room.notices('cli_11')
    const read = (user: string) => room.as(user, 'POST', `/v1/notifications/${notice?.id}/read`)
    expect((await read('cli_12')).status).toBe(404)
    const first = (await read('cli_11')).json.readAt
    room.advance(MINUTE)
    expect((await read('cli_11')).json.readAt).toBe(first)
    expect((await room.as('cli_11', 'GET', '/v1/notifications?unread=true')).json).toEqual({
      notifications: [],
      next: null,
    })
    expect((await room.as('cli_11', 'GET', '/v1/notifications?unread=perhaps')).status).toBe(422)
  })

  it('come in pages', async () => {
    for (let n = 0; n < 3; n++) await room.takeDown((await reported('cli_13', 'wrk_093')).id)
    const first = (await room.as('cli_13', 'GET', '/v1/notifications?limit=2')).json
    const rest = (await room.as('cli_13', 'GET', `/v1/notifications?limit=2&after=${first.next}`)).json
    expect(new Set([...first.notifications, ...rest.notifications].map(({ id }) => id)).size).toBe(3)
    expect(rest.next).toBeNull()
    expect((await room.as('cli_13', 'GET', '/v1/decisions')).json.decisions).toHaveLength(3)
  })
})
