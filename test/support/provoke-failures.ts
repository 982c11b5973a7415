/** Stands in every text that anybody writes here: what is printed must hold none of it. */
export const MARK = 'mArKeD'

/** A request of the story; replies and refusals are of no interest but for the tokens in them. */
export type Call = (
  method: string,
  path: string,
  options?: { token?: string; body?: unknown; type?: string },
) => Promise<{ readonly status: number; readonly text: string }>

/** A running service, from outside. */
export interface Provoked {
  readonly call: Call
  /** Runs a statement on the service's own database, past the service. */
  readonly change: (statement: string) => Promise<void>
  readonly worker: string
  readonly operator: string
  readonly exam: string
}

/** Tables whose loss fails something on nearly every way through the service. */
const TABLES = [
  'sessions',
  'attempts',
  'responses',
  'attempt_events',
  'workers',
  'audit_entries',
  'audit_people',
  'exam_versions',
  'idempotency_keys',
  'used_tokens',
  'outbox',
  'credentials',
]
const TYPES = ['application/json', 'application/x-www-form-urlencoded', `multipart/form-data; boundary=${MARK}`, MARK]
const BODIES = [MARK, `{"${MARK}":`, JSON.stringify({ token: MARK, lease: MARK, saves: MARK, why: { [MARK]: MARK } })]
const PLACES = [
  '/api/session',
  '/launch',
  '/webhooks/marketplace',
  '/admin/exams',
  '/admin/sessions/end',
  `/api/attempts/att_${MARK}/responses`,
  '/api/credentials/verify',
  '/staff/desk/tiny/import',
]

async function day(
  { call, worker, operator, exam }: Provoked,
  attempt: { readonly id: string; readonly lease: string },
): Promise<number> {
  const why = `because of ${MARK}`
  const replies = [
    await call('POST', `/api/exams/${exam}/attempts`, { token: worker, body: { locale: 'ja' } }),
    await call('PUT', `/api/attempts/${attempt.id}/responses`, {
      token: worker,
      body: { lease: attempt.lease, saves: [{ item: 'q1', revision: 1, response: { text: MARK } }] },
    }),
    await call('GET', `/api/attempts/${attempt.id}?q=${MARK}`, { token: worker }),
    await call('PUT', '/api/identity', { token: worker, body: { email: `${MARK}@example.org` } }),
    await call('POST', `/api/attempts/${attempt.id}/events`, {
      token: worker,
      body: { events: [{ kind: 'paste', at: '2026-11-25T03:00:00Z', item: MARK }] },
    }),
    await call('POST', `/api/staff/attempts/${attempt.id}/deadline`, { token: operator, body: { minutes: 5, why } }),
    await call('POST', `/api/staff/credentials/crd_${MARK}/status`, {
      token: operator,
      body: { status: 'revoked', why },
    }),
    await call('GET', `/staff/log?about=${MARK}`, { token: operator }),
    await call('GET', `/credentials/crd_${MARK}`),
    await call('GET', `/launch?token=${MARK}`),
  ]
  return replies.filter(({ status }) => status >= 500).length
}

/** Lets everything fail that can be brought about from outside. @returns what was secret, and how many requests failed. */
export async function provokeFailures(
  service: Provoked,
): Promise<{ readonly secrets: readonly string[]; readonly failed: number }> {
  const { call, change, worker, operator, exam } = service
  const { id, lease } = JSON.parse(
    (await call('POST', `/api/exams/${exam}/attempts`, { token: worker, body: { locale: 'ja' } })).text,
  ) as { id: string; lease: string }
  let failed = await day(service, { id, lease })
  for (const table of TABLES) {
    await change(`alter table ${table} rename to ${table}_away`)
    failed += await day(service, { id, lease })
    await change(`alter table ${table}_away rename to ${table}`)
  }
  for (const place of PLACES)
    for (const body of BODIES) for (const type of TYPES) await call('POST', place, { token: operator, body, type })
  return { secrets: [MARK, worker, operator, lease], failed }
}
