import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { closeOverdueAttempts } from '../../src/flows/close-overdue-attempts.ts'
import { noteKeyChanges } from '../../src/flows/note-key-changes.ts'
import { reconcile } from '../../src/flows/reconcile.ts'
import { sealLog } from '../../src/flows/seal-log.ts'
import { hours, minutes } from '../../src/kernel/instant.ts'
import { logLine } from '../../src/platform/log-line.ts'
import { rows } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

const MARK = 'mArKeD'
const WORKER = `wrk-${MARK}`
const WHY = `because of ${MARK}`

let w: FixedWorld
const lines: unknown[] = []
beforeEach(async () => {
  w = await fixedWorld()
  lines.length = 0
  for (const method of ['error', 'warn', 'log', 'info'] as const)
    vi.spyOn(console, method).mockImplementation((...said) => void lines.push(said))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await w.close()
})

const sweep = async () => {
  for (const act of [closeOverdueAttempts, noteKeyChanges, sealLog, reconcile, () => w.drain()]) {
    await act(w.world)
      .then((done) => {
        for (const { attempt, error } of (done as { failed?: { attempt: string; error: unknown }[] })?.failed ?? [])
          lines.push(logLine('attempt-not-settled', error, { about: attempt }))
      })
      .catch((error) => lines.push(logLine('work-failed', error)))
  }
}

/** A day of one worker and one operator, in which every text that anybody writes is marked. Refusals and failures are of no interest here. */
async function day(sessions: { worker: string; operator: string }): Promise<void> {
  const asWorker = (method: string, path: string, body?: unknown) =>
    w.call(method, path, { token: sessions.worker, body })
  const asStaff = (method: string, path: string, body?: unknown) =>
    w.call(method, `/api/staff${path}`, { token: sessions.operator, body })
  const { json: attempt } = await asWorker('POST', '/api/exams/tiny/attempts', { locale: 'ja' })
  const id = attempt?.id ?? 'att_none'
  await asWorker('GET', `/api/attempts/${id}?q=${MARK}`)
  await asWorker('PUT', `/api/attempts/${id}/responses`, {
    lease: attempt?.lease ?? MARK,
    saves: [{ item: 'q1', revision: 1, response: { text: MARK } }],
  })
  await asWorker('POST', `/api/attempts/${id}/events`, {
    events: [{ kind: 'paste', at: '2026-11-25T03:00:00Z', item: MARK }],
  })
  await asWorker('POST', `/api/attempts/${id}/lease`)
  await asStaff('POST', `/attempts/${id}/deadline`, { minutes: 5, why: WHY })
  await asStaff('PUT', `/workers/${WORKER}/accommodation`, { timeMultiplier: 1.5, why: WHY })
  await asWorker('PUT', '/api/identity', { email: `${MARK}@example.org` })
  await asWorker('POST', `/api/attempts/${id}/submit`, { lease: attempt?.lease ?? MARK })
  await asStaff('POST', `/credentials/crd_${MARK}/status`, { status: 'revoked', why: WHY })
  await asStaff('POST', `/attempts/${id}/case`, { policy: 'cheating', note: WHY })
  await asStaff('GET', '/deliveries')
  await asStaff('POST', '/reconcile')
  await w.call('POST', '/staff/leaks', {
    token: sessions.operator,
    body: `exam=tiny&item=${MARK}&why=${MARK}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  for (const path of ['/', `/exams/${MARK}`, `/credentials/crd_${MARK}`, `/embed/credentials/crd_${MARK}`, '/records'])
    await w.call('GET', path, { token: sessions.worker })
  await w.call('POST', '/api/session', { body: { token: await w.market.launchToken({ sub: WORKER, name: MARK }) } })
  const { headers, body } = await w.market.webhook({
    id: `evt-${MARK}-${lines.length}`,
    type: 'worker.standing_changed',
    data: { worker: WORKER, version: 1 },
  })
  await w.call('POST', '/webhooks/marketplace', { headers, body })
  await sweep()
}

const written = async (): Promise<string> =>
  JSON.stringify([
    lines,
    w.failures,
    await rows(w, 'select last_error from outbox').catch(() => []),
    await rows(w, 'select detail, outcome from delivery_attempts').catch(() => []),
  ])

const expectNoContent = async (secrets: readonly string[]) => {
  const text = await written()
  for (const secret of [MARK, ...secrets]) expect(text).not.toContain(secret)
}

async function sessions() {
  const worker = await w.launch(WORKER, { name: `名前 ${MARK}` })
  const operator = await w.launch(`opr-${MARK}`, { role: 'operator', name: MARK })
  return { worker: worker.token, operator: operator.token }
}

describe('what is written down of a failure', () => {
  it('holds no content, whichever table fails', async () => {
    const tables = (
      await rows(
        w,
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_\\_%' escape '\\'",
      )
    ).map(({ name }) => String(name))
    expect(tables.length).toBeGreaterThan(20)
    const tokens = await sessions()
    for (const table of tables) {
      await rows(w, `alter table ${table} rename to ${table}_away`)
      await day(tokens)
      w.clock.advance(minutes(2))
      await rows(w, `alter table ${table}_away rename to ${table}`)
    }
    expect(w.failures.length).toBeGreaterThan(tables.length)
    await expectNoContent([tokens.worker, tokens.operator])
    // it still tells what a maintainer needs
    expect(w.failures).toContainEqual(
      expect.objectContaining({
        event: 'request-failed',
        route: '/api/attempts/:id/responses',
        error: 'DrizzleQueryError',
        cause: expect.objectContaining({ code: 'SQLITE_ERROR' }),
      }),
    )
  }, 240_000)

  it('holds no content of what the marketplace answers, or of how a call fails', async () => {
    const tokens = await sessions()
    const answers: readonly (() => Response)[] = [
      () => new Response(MARK, { status: 200 }),
      () => new Response(`{"status":"${MARK}","version":1}`, { status: 200 }),
      () =>
        new Response(JSON.stringify({ code: MARK, detail: MARK }), {
          status: 409,
          headers: { 'content-type': 'application/problem+json' },
        }),
      () => new Response(MARK, { status: 503, headers: { 'retry-after': `${MARK} 2026` } }),
      () => new Response(MARK, { status: 404, headers: { 'retry-after': MARK } }),
      () => {
        throw new Error(`no route to ${MARK}`, { cause: Object.assign(new Error(MARK), { code: MARK }) })
      },
    ]
    for (const answer of answers) {
      w.market.spoil = answer as never
      await day(tokens)
      w.clock.advance(hours(13))
    }
    await expectNoContent([tokens.worker, tokens.operator])
  }, 120_000)

  it('holds nothing of what is malformed', async () => {
    const tokens = await sessions()
    const bodies = [
      '',
      MARK,
      `{"${MARK}":`,
      `["${MARK}"]`,
      JSON.stringify({ [MARK]: MARK, token: MARK, lease: MARK, saves: MARK, why: { [MARK]: MARK } }),
      `\u0000${MARK}`,
    ]
    const types = [
      'application/json',
      'application/x-www-form-urlencoded',
      `multipart/form-data; boundary=${MARK}`,
      MARK,
    ]
    const places = [
      '/api/session',
      '/launch',
      '/webhooks/marketplace',
      '/admin/exams',
      `/api/attempts/att_${MARK}/responses`,
      `/api/staff/credentials/${MARK}/status`,
      '/api/credentials/verify',
      '/staff/desk/tiny/import',
    ]
    for (const place of places)
      for (const body of bodies)
        for (const type of types)
          await w.call('POST', place, { token: tokens.operator, body, headers: { 'content-type': type } })
    await expectNoContent([tokens.worker, tokens.operator])
  })
})
