import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { extendDeadline } from '../../../src/flows/extend-deadline.ts'
import { measureExam } from '../../../src/flows/measure-exam.ts'
import { openCase } from '../../../src/flows/open-case.ts'
import { ALARMS, readAlarms } from '../../../src/flows/read-alarms.ts'
import { readItemStatistics } from '../../../src/flows/read-item-statistics.ts'
import { readToday, type Scope, type Today } from '../../../src/flows/read-today.ts'
import { setAccommodation } from '../../../src/flows/set-accommodation.ts'
import type { Form } from '../../../src/form/form.ts'
import { minus, minutes, seconds, toRfc3339 } from '../../../src/kernel/instant.ts'
import type { Session } from '../../../src/marketplace/session-token.ts'
import type { Share } from '../../../src/measurement/exam-figures.ts'
import { momentText } from '../../../src/platform/page/dates.ts'
import { pass, rows, type Sitting, sendWebhook, sit } from '../../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, must } from '../../support/fixed-world.ts'

const DAY = 86_400_000
/** Simulated attempts: one every five hours, over some hundred days before now. */
const SIMULATED = 500
const BETWEEN = 5 * 3_600_000

let w: FixedWorld
let session: Session
let token: string
let open: Sitting

/** Copies a graded attempt, so that both exams, both languages and every way to end appear, in parts and not. */
const simulate = `insert into attempts (id, worker, exam, bank_hash, locale, form, status, reason, started_at, deadline, time_multiplier, lease, closed_at, graded_at, report, credential, version, part)
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${SIMULATED})
  select 'att_simulated' || i, 'wrk_' || i, case when i % 3 then 'tiny' else 'other' end, bank_hash, case when i % 4 then 'ja' else 'en' end, form, 'graded',
    case i % 11 when 0 then 'deadline' when 1 then 'withdrawn' when 2 then 'voided' else 'submitted' end,
    started_at - i * ${BETWEEN}, deadline - i * ${BETWEEN}, 1, lease || i, started_at - i * ${BETWEEN} + (5 + i % 40) * 60000, started_at - i * ${BETWEEN} + (5 + i % 40) * 60000,
    case when i % 11 in (1, 2) or i % 2 then json_set(report, '$.passed', json('false')) else report end, null, 3,
    case when i % 6 = 0 then 'practical' when i % 6 = 3 then 'knowledge' end
  from attempts, n where id = ?`

/** What each simulated paper that ran its course earned: of one item those who know less get more. */
const simulateScores = `insert into scored_responses (attempt_id, item, item_hash, credit, response_ms)
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${SIMULATED})
  select 'att_simulated' || i, item, item_hash, (item = (select max(item) from scored_responses where attempt_id = ?1)) <> ((i * 7 + unicode(substr(item, -1)) * 13) % 17 < i % 17), 1000
  from scored_responses, n where attempt_id = ?1 and i % 11 not in (1, 2)`

/** What each of them picked where one of four is picked; every ninth left it empty. */
const simulateAnswers = `insert into responses
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${SIMULATED})
  select 'att_simulated' || i, item, 1, json_object('choice', char(97 + (i * i + unicode(substr(item, -1))) % 4)), ?2, ?2
  from scored_responses, n where attempt_id = ?1 and i % 11 not in (1, 2) and i % 9`

beforeAll(async () => {
  w = await fixedWorld()
  const launched = await w.launch('op-1', { role: 'operator' })
  ;({ session, token } = launched)
  const first = await pass(w, 'w-1')
  await w.drain()
  await rows(w, simulate, [first.id])
  await rows(w, simulateScores, [first.id])
  await rows(w, simulateAnswers, [first.id, w.clock.now])
  await measureExam(w.world)
  // a message that was taken weeks ago is sent once more, as after a loss on the other side
  await rows(
    w,
    "insert into delivery_attempts select message_id, at - 3000000000, 'earlier', 'delivered', detail, elapsed_ms from delivery_attempts where outcome = 'delivered' limit 1",
  )
  await rows(
    w,
    "update outbox set created_at = created_at - 3000000000 where id in (select message_id from delivery_attempts where lease = 'earlier')",
  )
  open = await sit(w, 'w-2')
  for (const [n, exam] of ['tiny', 'tiny', 'other'].entries())
    await sendWebhook(w, { id: `evt-opened-${n}`, type: 'exam.opened', data: { version: 1, worker: `w-${n}`, exam } })
  await sendWebhook(w, {
    id: 'evt-hired',
    type: 'worker.first_hired',
    data: { version: 1, worker: 'w-1', exam: 'tiny', contract: 'ctr-1' },
    timestamp: new Date(w.clock.now).toISOString(),
  })
})
afterAll(() => w.close())

interface Row {
  readonly exam: string
  readonly locale: string
  readonly part: string | null
  readonly status: string
  readonly reason: string | null
  readonly started_at: number
  readonly closed_at: number | null
  readonly report: string | null
  readonly given_at: number | null
}

/** Midnight in Japan, so many days before today. */
const midnight = (before: number): number =>
  Math.floor((w.clock.now + 9 * 3_600_000) / DAY) * DAY - 9 * 3_600_000 - before * DAY

/** Every figure, counted from the attempts themselves. */
async function recount({ days, exam, locale }: Scope) {
  const all = (await rows(
    w,
    'select a.*, c.given_at from attempts a left join credentials c on c.id = a.credential',
  )) as Row[]
  const asked = all.filter((row) => (!exam || row.exam === exam) && (!locale || row.locale === locale))
  const between = (from: number, until: number) =>
    asked.filter((row) => row.started_at >= from && row.started_at < until)
  const verdict = ({ status, reason, report }: Row) => {
    if (status !== 'graded' || (reason !== 'submitted' && reason !== 'deadline') || report === null) return 'none'
    const { passed, part } = JSON.parse(report)
    return passed ? 'passed' : part?.decision.state === 'open' ? 'none' : 'failed'
  }
  const rate = (of: readonly Row[]) => ({
    part: of.filter((row) => verdict(row) === 'passed').length,
    of: of.filter((row) => verdict(row) !== 'none').length,
  })
  const now = between(midnight(days - 1), Number.POSITIVE_INFINITY)
  const before = between(midnight(2 * days - 1), midnight(days - 1))
  const ran = (of: readonly Row[]) => of.filter(({ reason }) => reason === 'submitted' || reason === 'deadline')
  const first = (of: readonly Row[]) => of.filter(({ part }) => part !== 'practical')
  const counted = (count: (of: readonly Row[]) => number) => ({ n: count(now), before: count(before) })
  const took = ran(now)
    .map(({ started_at, closed_at }) => Math.floor(((closed_at ?? 0) - started_at) / 60_000))
    .sort((a, b) => a - b)
  return {
    openCount: asked.filter(({ status }) => status === 'open').length,
    startedToday: between(midnight(0), Number.POSITIVE_INFINITY).length,
    startedYesterday: between(midnight(1), w.clock.now - DAY).length,
    passRate: rate(now),
    medianMinutes: { n: took.length, minutes: took[Math.ceil(took.length / 2) - 1] },
    expired: { part: now.filter(({ reason }) => reason === 'deadline').length, of: took.length },
    finished: { part: took.length, of: now.length },
    funnel: {
      started: counted((of) => first(of).length),
      submitted: counted((of) => ran(first(of)).length),
      practical: counted((of) => ran(of).length - ran(first(of)).length),
      passed: counted((of) => rate(of).part),
      shown: counted((of) => of.filter(({ given_at }) => given_at !== null).length),
    },
    weeks: Array.from({ length: 12 }, (_, n) => rate(between(midnight(7 * (12 - n) - 1), midnight(7 * (11 - n) - 1)))),
  }
}

const shared = ({ part, of }: { readonly part: number; readonly of: number }) => ({ part, of })

function kept(today: Today) {
  const stage = (name: string) => {
    const { n = 0, before = 0 } = today.funnel.find((one) => one.stage === name) ?? {}
    return { n, before }
  }
  return {
    openCount: today.openCount,
    startedToday: today.startedToday,
    startedYesterday: today.startedYesterday,
    passRate: shared(today.passRate),
    medianMinutes: today.medianMinutes,
    expired: shared(today.expired),
    finished: shared(today.finished),
    funnel: {
      started: stage('started'),
      submitted: stage('submitted'),
      practical: stage('practical'),
      passed: stage('passed'),
      shown: stage('shown'),
    },
    weeks: today.weeks.map(shared),
  }
}

const read = async (scope: Scope): Promise<Today> => must(await readToday(w.world, session, scope))
const page = (path: string) => w.call('GET', path, { token })

describe("the operators' first page", () => {
  it.each<Scope>([
    { days: 30 },
    { days: 1 },
    { days: 7, exam: 'tiny' },
    { days: 90, locale: 'en' },
    { days: 90, exam: 'other', locale: 'ja' },
  ])('every figure of %o is what counting the attempts says', async (scope) => {
    expect(kept(await read(scope))).toEqual(await recount(scope))
  })

  it('what is said of deliveries is what counting the outbox and its tries says', async () => {
    const { deliveries, hours, quiet, alerts } = await read({ days: 30 })
    const messages = await rows(w, 'select destination, status from outbox')
    const tries = await rows(
      w,
      "select o.destination, t.outcome, t.at - o.created_at took, (select count(*) from delivery_attempts e where e.message_id = o.id and e.outcome = 'delivered' and e.at < t.at) before from delivery_attempts t join outbox o on o.id = t.message_id where t.at >= ?",
      [w.clock.now - DAY],
    )
    const statuses = (of: typeof messages, ...wanted: string[]) =>
      of.filter(({ status }) => wanted.includes(status as string)).length
    const took = (of: typeof tries) =>
      of
        .flatMap(({ outcome, before, took }) => (outcome === 'delivered' && before === 0 ? [Number(took)] : []))
        .sort((a, b) => a - b)
    const middle = (of: readonly number[]) => of[Math.floor(of.length / 2)]
    expect(deliveries.waiting).toBe(statuses(messages, 'pending', 'held'))
    expect(deliveries.median).toBe(middle(took(tries)))
    expect(alerts.dead).toBe(statuses(messages, 'dead'))
    for (const { destination, waiting, dead, median, slow } of deliveries.destinations) {
      const [own, tried] = [messages, tries].map((of) => of.filter((one) => one.destination === destination))
      const sorted = took(tried as typeof tries)
      expect({ waiting, dead, median, slow }).toEqual({
        waiting: statuses(own as typeof messages, 'pending', 'held'),
        dead: statuses(own as typeof messages, 'dead'),
        median: middle(sorted),
        slow: sorted[Math.floor(sorted.length * 0.95)],
      })
    }
    expect(hours.reduce((sum, { sent }) => sum + sent, 0)).toBe(tries.length)
    expect(hours.reduce((sum, { failed }) => sum + failed, 0)).toBe(
      tries.filter(({ outcome }) => outcome === 'retry' || outcome === 'dead').length,
    )
    const still = await rows(
      w,
      "select a.id from attempts a where status = 'open' and coalesce((select max(saved_at) from responses where attempt_id = a.id), started_at) <= ?",
      [w.clock.now - minutes(5)],
    )
    expect(quiet).toBe(still.length)
  })

  it('every interval is the one of Wilson, and there is none of fewer than thirty', async () => {
    const { passRate, expired, finished, funnel, weeks } = await read({ days: 90 })
    const shares = [passRate, expired, finished, ...weeks, ...funnel.flatMap(({ share }) => share ?? [])] as Share[]
    expect(shares.filter(({ estimate }) => estimate).length).toBeGreaterThan(5)
    for (const { part, of, estimate } of shares) {
      expect(estimate !== undefined).toBe(of >= 30)
      if (!estimate) continue
      expect(estimate.value).toBe(part / of)
      // at both ends the share lies 1.96 standard errors away
      for (const end of [estimate.low, estimate.high])
        expect(of * (part / of - end) ** 2).toBeCloseTo(1.959964 ** 2 * end * (1 - end), 4)
    }
  })

  it('the map of items, and what is flagged in it, are what counting the scored answers says', async () => {
    const { map, flagged, flaggedCount, alerts } = await read({ days: 30, exam: 'tiny', locale: 'ja' })
    const scored = await rows(
      w,
      `select r.item, r.item_hash hash, r.attempt_id attempt, r.credit from scored_responses r join attempts a on a.id = r.attempt_id
        where a.exam = 'tiny' and a.locale = 'ja' and a.status = 'graded' and a.reason in ('submitted', 'deadline') and coalesce(a.part, '') <> 'practical'`,
    )
    const papers = Map.groupBy(scored, ({ attempt }) => attempt)
    const counted = Map.groupBy(scored, ({ hash }) => hash as string)
    expect(map?.points.length).toBe(counted.size)
    for (const { hash, n, facility, discrimination } of map?.points ?? []) {
      const own = counted.get(hash) ?? []
      const pairs = own.map(({ attempt, credit }) => {
        const all = papers.get(attempt) ?? []
        return [Number(credit), all.reduce((sum, one) => sum + Number(one.credit), 0) - Number(credit)] as const
      })
      const mean = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0) / of.length
      const [x, y] = [mean(pairs.map(([credit]) => credit)), mean(pairs.map(([, rest]) => rest))]
      const sum = (of: (pair: readonly [number, number]) => number) => pairs.reduce((all, pair) => all + of(pair), 0)
      const r =
        sum(([a, b]) => (a - x) * (b - y)) / Math.sqrt(sum(([a]) => (a - x) ** 2) * sum(([, b]) => (b - y) ** 2))
      expect([n, facility.value]).toEqual([own.length, expect.closeTo(x, 9)])
      expect(discrimination?.value).toBeCloseTo(r, 9)
    }
    const upside = (map?.points ?? []).filter(({ discrimination }) => (discrimination?.high ?? 0) < 0)
    expect(upside.length).toBeGreaterThan(0)
    expect(alerts.suspects.map(({ hash }) => hash).sort()).toEqual(upside.map(({ hash }) => hash).sort())
    const marked = (map?.points ?? []).filter(({ flags }) => flags.length > 0)
    expect([flaggedCount, flagged]).toEqual([marked.length, marked.slice(0, flagged.length)])
  })

  it('what is said of an item, its picks among the weaker and the stronger too, is what counting the answers says', async () => {
    const papers = (
      await rows(
        w,
        `select a.form, json_group_object(s.item, s.credit) credits, (select json_group_object(r.item, r.response) from responses r where r.attempt_id = a.id) answers
          from attempts a join scored_responses s on s.attempt_id = a.id
          where a.exam = 'tiny' and a.locale = 'ja' and a.reason in ('submitted', 'deadline') and coalesce(a.part, '') <> 'practical' group by a.id`,
      )
    ).map(({ form, credits, answers }) => ({
      placed: (JSON.parse(form as string) as Form).sections.flatMap(({ items }) => items),
      credits: JSON.parse(credits as string) as Record<string, number>,
      answers: JSON.parse(answers as string) as Record<string, string>,
    }))
    const share = (part: number, of: number) => expect.closeTo(part / of, 9)
    let checked = 0
    for (const item of w.bank.items.filter(({ type }) => type === 'single')) {
      const sat = papers.flatMap(({ placed, credits, answers }) => {
        const here = placed.find(({ itemId }) => itemId === item.id)
        if (!here) return []
        const others = placed.filter(({ ref }) => ref !== here.ref)
        const rest = others.reduce((sum, { ref }) => sum + (credits[ref] ?? 0), 0) / others.length
        const { choice } = JSON.parse(answers[here.ref] ?? '{}') as { choice?: string }
        return [{ rest, picked: choice === undefined ? undefined : here.choices?.[choice.charCodeAt(0) - 97] }]
      })
      const report = must(await readItemStatistics(w.world, session, { exam: 'tiny', item }))
      const measured = report?.items.find(({ locale }) => locale === 'ja')
      if (sat.length < 60 || !measured) continue
      checked += 1
      const ranked = sat.map(({ rest }) => rest).sort((a, b) => a - b)
      const size = Math.ceil(0.27 * ranked.length)
      const [low = 0, high = 0] = [ranked[size - 1], ranked[ranked.length - size]]
      const [upper, lower] = [
        sat.filter(({ rest }) => rest >= high - 1e-9),
        sat.filter(({ rest }) => rest <= low + 1e-9),
      ]
      const picking = (of: typeof sat, option: number) => of.filter(({ picked }) => picked === option).length
      expect(
        measured.options.map(({ id, picks, share, upper, lower }) => ({ id, picks, share, upper, lower })),
      ).toEqual(
        [0, 1, 2, 3].map((option) => ({
          id: `${option + 1}`,
          picks: picking(sat, option),
          share: share(picking(sat, option), sat.length),
          upper: share(picking(upper, option), upper.length),
          lower: share(picking(lower, option), lower.length),
        })),
      )
      expect([measured.n, measured.unanswered, measured.medianSeconds]).toEqual([
        sat.length,
        share(sat.filter(({ picked }) => picked === undefined).length, sat.length),
        1,
      ])
    }
    expect(checked).toBeGreaterThan(0)
  })

  it('what waits, and who is sitting, is what counting the rows says', async () => {
    const [credential] = await rows(w, 'select id from credentials limit 1')
    await w.call('POST', `/credentials/${credential?.id}/concern`, {
      body: 'kind=altered&note=odd',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    const { alerts, open: sitting } = await read({ days: 30 })
    const ids = async (query: string) => (await rows(w, query)).map(({ id }) => id)
    expect(alerts.concerns.map(({ id }) => id)).toEqual(await ids('select id from concerns where settled_at is null'))
    expect(alerts.cases.map(({ id }) => id)).toEqual(await ids('select id from integrity_cases where final = 0'))
    expect(alerts.concerns).toHaveLength(1)
    const due = w.bank.items.filter(
      ({ status, reviewBy }) =>
        status === 'live' && (reviewBy ?? '9') <= new Date(w.clock.now).toISOString().slice(0, 10),
    )
    expect(alerts.overdue.reduce((sum, { items }) => sum + items, 0)).toBe(due.length)
    const counted = await rows(
      w,
      `select id, deadline, (select count(*) from responses r where r.attempt_id = a.id and response <> 'null') answered,
        (select sum(json_array_length(s.value, '$.items')) from json_each(a.form, '$.sections') s) items
        from attempts a where status = 'open' order by deadline`,
    )
    expect(sitting.map(({ id, deadline, answered, items }) => ({ id, deadline, answered, items }))).toEqual(counted)
  })

  it('the ends of the funnel come from the events of the marketplace, of one exam or of all', async () => {
    const ends = async (scope: Scope) => {
      const { funnel } = await read(scope)
      return [funnel.at(0)?.n, funnel.at(-1)?.n]
    }
    expect(await ends({ days: 1 })).toEqual([2, 1])
    expect(await ends({ days: 7, exam: 'other' })).toEqual([0, 0])
  })

  it('says what it has in both languages, and of fewer than thirty that they are too few', async () => {
    const { text } = await page('/staff?days=30&lang=ja')
    expect(text).toContain('開いてから、はじめての仕事まで')
    expect(text).toContain('95%区間')
    expect((await page('/staff?days=1&lang=ja')).text).toMatch(/まだ少ない（\d+ \/ 30）/)
    expect((await page('/staff?days=1&lang=en')).text).toMatch(/Too few yet \(\d+ \/ 30\)/)
  })

  it('period, exam and language go along from tab to tab, and to the page of an item', async () => {
    const { text } = await page('/staff?days=7&exam=tiny&language=ja')
    for (const tab of ['', '/attempts', '/items', '/leaks'])
      expect(text).toContain(`href="/staff${tab}?days=7&amp;exam=tiny&amp;language=ja"`)
    expect(text).toContain('href="/staff/deliveries"')
    expect((await page('/staff/items?language=ja')).text).toMatch(/items\/[\w-]+\?language=ja"/)
  })

  it('an address that says nonsense shows the page of thirty days', async () => {
    const { status, text } = await page('/staff?days=oops&exam=nothing&language=xx')
    expect(status).toBe(200)
    expect(text).toMatch(/days=30[^>]*aria-current="true"/)
  })

  it('messages that are no longer tried stand first, with the act that sends them again', async () => {
    w.market.spoil = () => new Response(null, { status: 410 })
    await pass(w, 'w-3')
    await w.drain()
    w.market.spoil = () => undefined
    const { alerts } = await read({ days: 30 })
    expect(alerts.dead).toBeGreaterThan(0)
    expect((await page('/staff')).text).toContain('action="/staff/deliveries/replay-dead"')
  })

  it('what has been silent for days says since which day', async () => {
    w.market.spoil = () => new Response(null, { status: 503 })
    await pass(w, 'w-31')
    await w.drain()
    w.market.spoil = () => undefined
    const { alerts, now } = await read({ days: 30 })
    const since = alerts.silent[0]?.silentSince ?? 0
    expect((await page('/staff?lang=ja')).text).toContain(`が${momentText('ja', since, now)}から応答なし`)
    await rows(w, "update outbox set next_at = ? where status = 'pending'", [w.clock.now])
    await w.drain()
  })

  it('what of the service itself asks for somebody stands first, each with its chapter of the manual', async () => {
    expect(await readAlarms(w.world)).toEqual([])
    const machine = async () => ({
      sweepAgeSeconds: 301,
      diskTaken: 0.91,
      clockAheadSeconds: -5,
      notBackedUpSeconds: 2 * 86_400 + 1,
    })
    expect(await readAlarms({ ...w.world, machine })).toEqual(['sweep', 'disk', 'clock', 'backup'])
    expect(await readAlarms({ ...w.world, settings: { ...w.world.settings, databaseLimit: 1 } })).toEqual(['database'])
    const since = { active: toRfc3339(minus(w.clock.now, seconds(ALARMS.key.over + 1))) }
    const keys = w.world.settings.keys.map((key) => ({ ...key, since }))
    expect(await readAlarms({ ...w.world, settings: { ...w.world.settings, keys } })).toEqual(['key'])
    const asked = Object.assign(w.world, { machine })
    for (const lang of ['ja', 'en'])
      for (const alarm of ['sweep', 'disk', 'clock', 'backup'] as const)
        expect((await page(`/staff?lang=${lang}`)).text).toContain(`href="/docs/${ALARMS[alarm].chapter}"`)
    Reflect.deleteProperty(asked, 'machine')
  })

  it('certificates under review stand among what waits', async () => {
    const { credential } = await pass(w, 'w-5')
    must(await openCase(w.world, { session, credential: credential as string, policy: 'own', note: '' }))
    const { alerts } = await read({ days: 30 })
    expect(alerts.cases.map((one) => one.credential)).toEqual([credential])
    expect((await page('/staff')).text).toContain(`href="/staff/credentials/${credential}"`)
  })

  it('is for operators alone', async () => {
    const worker = await w.launch('w-9')
    expect((await w.call('GET', '/staff', { token: worker.token })).status).toBe(403)
    expect(await readToday(w.world, worker.session, { days: 30 })).toMatchObject({ problem: { code: 'forbidden' } })
  })
})

describe('the list of attempts', () => {
  const listed = ({ text }: { readonly text: string }) =>
    [...text.matchAll(/<tr role="row" id="(att_\w+)"/g)].map(([, id]) => id)

  it('shows all attempts newest first, page by page, none twice and none left out', async () => {
    const seen: unknown[] = []
    let path: string | undefined = '/staff/attempts?days=30&exam=other'
    for (let pages = 0; path && pages < 9; pages++) {
      const reply = await page(path)
      seen.push(...listed(reply))
      path = /rel="next" href="([^"]*)"/.exec(reply.text)?.[1]?.replaceAll('&amp;', '&')
    }
    const expected = await rows(
      w,
      "select id from attempts where exam = 'other' and started_at >= ? order by started_at desc, id desc",
      [midnight(29)],
    )
    expect(seen).toEqual(expected.map(({ id }) => id))
  })

  it.each(['open', 'passed', 'failed', 'withdrawn', 'expired', 'voided'])(
    'the filter %s counts what it lists',
    async (state) => {
      const reply = await page(`/staff/attempts?days=7&state=${state}`)
      const [, count] = new RegExp(`state=${state}"[^>]*>[^<]*<b>(\\d+)</b>`).exec(reply.text) ?? []
      expect(Number(count)).toBe(listed(reply).length)
      expect(Number(count)).toBeGreaterThan(0)
    },
  )

  it('lists what is under way whenever it began', async () => {
    await rows(w, 'update attempts set started_at = started_at - ? where id = ?', [2 * DAY, open.id])
    expect(listed(await page('/staff/attempts?days=1&state=open'))).toEqual([open.id])
    expect(listed(await page('/staff/attempts?days=1'))).not.toContain(open.id)
    await rows(w, 'update attempts set started_at = started_at + ? where id = ?', [2 * DAY, open.id])
  })

  it('a row opens in its place: its course, what happens by itself, and why time was given', async () => {
    must(await extendDeadline(w.world, { session, id: open.id, by: minutes(10), why: '火災報知器' }))
    const { text } = await page(`/staff/attempts?q=${open.id}&open=${open.id}&lang=ja`)
    expect(text).toContain('火災報知器')
    expect(text).toContain('自動で提出します')
    expect(text).toContain(`/staff/attempts/${open.id}/extend`)
    const paper = await w.call('GET', `/attempts/${open.id}?lang=ja`, { token: open.token })
    expect(paper.text).toContain('理由：火災報知器')
  })

  it('an accommodation gives time without its reason on the paper', async () => {
    const sitting = await sit(w, 'w-8')
    must(await setAccommodation(w.world, { session, worker: 'w-8', timeMultiplier: 1.5, why: '診断書' }))
    const paper = await w.call('GET', `/attempts/${sitting.id}?lang=ja`, { token: sitting.token })
    expect(paper.status).toBe(200)
    expect(paper.text).not.toContain('診断書')
    const asked = await page('/staff/attempts?q=w-8')
    expect(asked.text).toContain('<option value="1.5" selected')
    must(await setAccommodation(w.world, { session, worker: 'w-8', timeMultiplier: 1.75, why: '診断書' }))
    expect((await page('/staff/attempts?q=w-8')).text).toContain('<option value="1.75" selected')
  })

  it('finds the attempts of a person, and says where there are none', async () => {
    expect(listed(await page('/staff/attempts?q=w-2'))).toEqual([open.id])
    expect((await page('/staff/attempts?q=nobody&lang=ja')).text).toContain('この受験者の受験はありません')
  })

  it('finds people by how their names begin, and asks whom where there are several', async () => {
    await sit(w, 'w-41', { name: 'かなえ' })
    const { id } = await sit(w, 'w-42', { name: 'かなた' })
    const { text } = await page('/staff/attempts?q=かな')
    expect([...text.matchAll(/href="[^"]*q=(w-\d+)/g)].map(([, worker]) => worker)).toEqual(['w-41', 'w-42'])
    expect(listed(await page('/staff/attempts?q=かなた'))).toEqual([id])
  })

  it('shows only attempts with something to notice, page by page, none twice and none left out', async () => {
    const seen: unknown[] = []
    let path: string | undefined = '/staff/attempts?days=90&hinted=1'
    for (let pages = 0; path && pages < 30; pages++) {
      const reply = await page(path)
      seen.push(...listed(reply))
      path = /rel="next" href="([^"]*)"/.exec(reply.text)?.[1]?.replaceAll('&amp;', '&')
    }
    const unanswered = await rows(
      w,
      `select id from attempts a where started_at >= ? and reason in ('submitted', 'deadline') and
        (select count(*) from responses r where r.attempt_id = a.id and response <> 'null')
          < (select sum(json_array_length(s.value, '$.items')) from json_each(a.form, '$.sections') s)
        order by started_at desc, id desc`,
      [midnight(89)],
    )
    expect(seen).toEqual(unanswered.map(({ id }) => id))
    expect(seen.length).toBeGreaterThan(25)
  })

  it('is taken as a table of the same attempts, and that is written down', async () => {
    await rows(w, "update workers set name = '=1+1' where worker = 'w-2'")
    await rows(w, "update workers set name = '＝1+1' where worker = 'w-3'")
    const reply = await page('/staff/attempts.csv?days=7&lang=ja')
    expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const lines = reply.text.trimEnd().split('\r\n').slice(1)
    const expected = await rows(w, 'select id from attempts where started_at >= ? order by started_at desc, id desc', [
      midnight(6),
    ])
    expect(lines.map((line) => line.split(',')[0])).toEqual(expected.map(({ id }) => id))
    expect(reply.text).toContain(",'=1+1,")
    expect(reply.text).toContain(",'＝1+1,")
    await page('/staff/attempts.csv?days=7&lang=ja')
    expect(await rows(w, "select count(*) n from audit_entries where act = 'attempts.exported'")).toEqual([{ n: 2 }])
    const author = await w.launch('aut-2', { role: 'author' })
    expect((await w.call('GET', '/staff/attempts.csv', { token: author.token })).status).toBe(403)
  })

  it.each(['', '&hinted=1'])('a table that ends before the attempts do says so: %s', async (more) => {
    const path = `/staff/attempts.csv?days=1&lang=en${more}`
    expect((await page(path)).text).not.toContain('left out')
    await rows(
      w,
      `insert into attempts (id, worker, exam, bank_hash, locale, form, status, started_at, deadline, time_multiplier, lease, version)
        with recursive n(i) as (select 1 union all select i + 1 from n where i < 1001)
        select 'att_many' || i, 'wrk_many' || i, exam, bank_hash, locale, form, 'open', started_at, deadline, 1, 'many' || i, 1 from attempts, n where id = ?`,
      [open.id],
    )
    const reply = await page(path)
    await rows(w, "delete from attempts where id like 'att_many%'")
    expect(reply.text.trimEnd().split('\r\n').at(-1)).toContain('left out')
  })

  it('an act on a list of yesterday changes nothing, says why, and keeps what was typed', async () => {
    const sitting = await sit(w, 'w-43')
    const act = (path: string, body: Record<string, string>) =>
      w.call('POST', path, {
        token,
        body: new URLSearchParams(body).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    const first = await act(`/staff/attempts/${sitting.id}/void`, { why: '重複' })
    expect([first.status, first.headers.get('location')]).toEqual([
      303,
      `/staff/attempts?q=${sitting.id}&open=${sitting.id}&outcome=done`,
    ])
    for (const [path, body] of [
      ['void', { why: 'あとから書いた理由' }],
      ['extend', { why: 'あとから書いた理由', minutes: '10' }],
    ] as const) {
      const late = await act(`/staff/attempts/${sitting.id}/${path}?lang=ja`, body)
      expect(late.status).toBe(409)
      expect(late.text).toContain('もう終わっています')
      expect(late.text).toContain('あとから書いた理由')
      expect(listed(late)).toEqual([sitting.id])
    }
    expect((await act(`/staff/attempts/${sitting.id}/void`, { why: '' })).status).toBe(422)
  })

  it.each([
    '/staff/attempts?state=odd&before=odd&open=odd&days=0&hinted=odd&nth=-1',
    '/staff/attempts?before=999999999999999.att_x&nth=1e9&exam=%00&language=tlh',
    `/staff/attempts?q=${'%25'.repeat(100)}`,
    '/staff/attempts?q=att_nothing&open=att_nothing',
    '/staff/attempts.csv?days=oops&exam=nothing',
    '/staff/items?page=-3&only=odd&exam=nothing',
    '/staff/items?page=1000',
    '/staff/deliveries?status=odd&before=-1',
    '/staff/credentials?q=%E0%A4&before=crd_nothing',
    '/staff/leaks?exam=nothing&q=%00',
    '/staff/sessions?before=odd&ended=odd&worker=%22%3E',
    '/staff/exams/tiny?page=99999&difficulty=9&type=odd',
  ])('an address that says nonsense shows the page: %s', async (path) => {
    expect((await page(path)).status).toBe(200)
  })
})
