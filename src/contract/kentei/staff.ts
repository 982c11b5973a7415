import * as z from 'zod'
import { ACTS } from '../../audit/entry.ts'
import { type Instant, instant, parseRfc3339 } from '../../kernel/instant.ts'
import { credentialStatus } from '../marketplace.ts'
import { roles, workerId } from '../tokens.ts'
import { deliveries, history, log } from './answers/staff.ts'
import { call, machine, mayAct, mayRead, reasoned, time, why } from './shapes.ts'

const staff = { tag: 'Operators', security: 'session', roles: ['operator'] } as const

/** A certificate is put under review. The note stays here; the policy is told. */
const suspicion = () =>
  z.object({
    policy: z
      .string()
      .min(1)
      .max(64)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens'),
    note: z.string().trim().min(1).max(2_000),
  })
const opened = () => z.object({ case: z.string(), credential: z.string(), status: credentialStatus, version: z.int() })
const state = () => z.object({ id: z.string(), status: credentialStatus, version: z.int() })

export const extendDeadline = call({
  ...staff,
  method: 'post',
  path: '/api/staff/attempts/{id}/deadline',
  summary:
    'Extends the deadline of an open attempt. A repeated request extends again, unless it names the deadline that it goes on from; takes Idempotency-Key besides',
  body: z.lazy(() =>
    z.object({
      minutes: z.int().min(1).max(600),
      why,
      from: time.optional().describe('The deadline that was seen: where it has moved since, nothing happens (409).'),
    }),
  ),
  success: [200, '{deadline}'],
  answer: z.lazy(() => z.object({ deadline: time })),
  refusals: [...mayAct, 'attempt-closed', 'idempotency-mismatch', 'idempotency-in-flight'],
})

export const voidAttempt = call({
  ...staff,
  method: 'post',
  path: '/api/staff/attempts/{id}/void',
  summary: 'Voids an open attempt',
  body: reasoned,
  success: [200, '{closedAt}'],
  answer: z.lazy(() => z.object({ closedAt: time })),
  refusals: [...mayAct, 'attempt-closed'],
})

export const setAccommodation = call({
  ...staff,
  method: 'put',
  path: '/api/staff/workers/{worker}/accommodation',
  summary: "Sets a worker's time multiplier",
  body: z.lazy(() => z.object({ timeMultiplier: z.number().min(1).max(3), why })),
  success: [200, '{timeMultiplier}'],
  answer: z.lazy(() => z.object({ timeMultiplier: z.number() })),
  refusals: mayAct,
})

export const changeStatus = call({
  ...staff,
  method: 'post',
  path: '/api/staff/credentials/{id}/status',
  summary:
    'Suspends, reinstates or revokes a credential. It stays suspended while its holder is suspended or a case is open',
  body: z.lazy(() => z.object({ status: z.enum(['active', 'suspended', 'revoked']), why })),
  success: [200, '{id, status, version}'],
  answer: z.lazy(() => state()),
  refusals: mayAct,
})

export const reissueCredential = call({
  ...staff,
  method: 'post',
  path: '/api/staff/credentials/{id}/reissue',
  summary:
    'Corrects a credential: revokes it and issues another in its place, with the name, words, report and hashed address that are on record now',
  body: reasoned,
  success: [201, '{id, status, version, replaces}'],
  already: [200, 'What was issued in its place before'],
  answer: z.lazy(() => state().extend({ replaces: z.string() })),
  refusals: mayAct,
})

export const readHistory = call({
  ...staff,
  method: 'get',
  path: '/api/staff/credentials/{id}/history',
  summary: 'Every change of a credential: when, by whom, why, from which state to which',
  success: [
    200,
    '{credential, status, version, awardedAt, history: [{version, at, change, from, to, cause, actor, why, other?}]}',
  ],
  answer: z.lazy(() => history()),
  refusals: mayRead,
})

export const suspectAttempt = call({
  ...staff,
  method: 'post',
  path: '/api/staff/attempts/{id}/case',
  summary:
    "Puts an attempt's certificate under review and reports the case to the marketplace; 200 with the open case if there is one",
  body: z.lazy(() => suspicion()),
  success: [201, '{case, credential, status, version}'],
  already: [200, 'The case that is open'],
  answer: z.lazy(() => opened()),
  refusals: mayAct,
})

export const suspectCredential = call({
  ...staff,
  method: 'post',
  path: '/api/staff/credentials/{id}/case',
  summary:
    'Puts a certificate under review and reports the case to the marketplace; 200 with the open case if there is one',
  body: z.lazy(() => suspicion()),
  success: [201, '{case, credential, status, version}'],
  already: [200, 'The case that is open'],
  answer: z.lazy(() => opened()),
  refusals: mayAct,
})

/** Whose sessions an operator ends: one person's, or those of everybody in a role. */
export const sessionEnding = z.lazy(() =>
  z.union(
    [z.strictObject({ worker: workerId, why }), z.strictObject({ role: z.enum(roles), why })],
    'name a worker or a role, not both, and a reason: {worker, why} or {role, why}',
  ),
)
const ended = () => z.object({ ended: z.int() })

export const endSessions = call({
  ...staff,
  method: 'post',
  path: '/api/staff/sessions/end',
  summary: "Ends all sessions of a worker or of a role, one's own among them: {worker, why} or {role, why}",
  body: sessionEnding,
  success: [200, '{ended}'],
  answer: z.lazy(() => ended()),
  refusals: ['unauthenticated', 'forbidden', 'malformed', 'launch-too-old'],
})

export const endSessionsByMachine = call({
  ...machine,
  method: 'post',
  path: '/admin/sessions/end',
  summary: 'The same for whoever holds the service key: `kentei sessions end --to`',
  scope: 'sessions:end',
  body: sessionEnding,
  success: [200, '{ended}'],
  answer: z.lazy(() => ended()),
  refusals: ['unauthenticated', 'malformed', 'token-refused'],
})

/** A field of a form that was left empty was not filled in. */
const unlessEmpty = <T>(schema: z.ZodType<T>) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
const cursor = () =>
  z
    .string()
    .regex(/^\d{1,15}\.\d{1,15}$/, 'take it as the page before gave it')
    .transform((text) => {
      const [at = 0, seq = 0] = text.split('.').map(Number)
      return { at, seq }
    })
const DAY_OF_JAPAN = /^\d{4}-\d{2}-\d{2}$/
/** A time of RFC 3339, or a day, which begins at midnight of the marketplace's clocks. */
const since = () =>
  z.string().transform((text, context): Instant => {
    const at = parseRfc3339(DAY_OF_JAPAN.test(text) ? `${text}T00:00:00+09:00` : text)
    if (at === undefined)
      context.addIssue({ code: 'custom', message: 'expected a day (2026-11-27) or a time (2026-11-27T09:00:00Z)' })
    return at ?? instant(0)
  })
export const readLog = call({
  ...staff,
  method: 'get',
  path: '/api/staff/log',
  summary:
    'The log of acts, newest first, a hundred a page: who, what, about whom, why, when. `next` is the `before` of the next page',
  query: z.lazy(() =>
    z.object({
      who: unlessEmpty(workerId),
      about: unlessEmpty(workerId),
      act: unlessEmpty(z.enum(ACTS)),
      from: unlessEmpty(since()),
      until: unlessEmpty(since()),
      before: unlessEmpty(cursor()),
    }),
  ),
  success: [200, 'Entries'],
  answer: z.lazy(() => log()),
  refusals: ['unauthenticated', 'forbidden', 'malformed'],
})

export const reconcile = call({
  ...staff,
  method: 'post',
  path: '/api/staff/reconcile',
  summary: 'Begins a reconciliation with the marketplace, or does the next page of the one under way',
  success: [200, '{workers, finished, startedAt}'],
  answer: z.lazy(() => z.object({ workers: z.int(), finished: z.boolean(), startedAt: time })),
  refusals: mayAct,
})

export const reconcileRestored = call({
  ...staff,
  method: 'post',
  path: '/api/staff/restored',
  summary:
    'After the database was restored from an older copy: tells the marketplace anew how every certificate stands, or does the next page of it',
  success: [200, '{workers, finished, startedAt}'],
  answer: z.lazy(() => reconcile.answer),
  refusals: mayAct,
})

export const listDeliveries = call({
  ...staff,
  method: 'get',
  path: '/api/staff/deliveries',
  summary: 'The outbox and its dead letters',
  success: [200, 'Deliveries'],
  answer: z.lazy(() => deliveries()),
  refusals: mayRead,
})

export const replayMessage = call({
  ...staff,
  method: 'post',
  path: '/api/staff/deliveries/{id}/replay',
  summary: 'Sends a message again',
  success: [200, '{id}'],
  answer: z.lazy(() => z.object({ id: z.string() })),
  refusals: mayAct,
})

export const replayDead = call({
  ...staff,
  method: 'post',
  path: '/api/staff/deliveries/replay-dead',
  summary: 'Sends all dead letters again',
  success: [200, '{replayed}'],
  answer: z.lazy(() => z.object({ replayed: z.int() })),
  refusals: mayAct,
})

/** What operators do with tools of their own, and those tools by themselves. */
export const staffCalls = [
  extendDeadline,
  voidAttempt,
  setAccommodation,
  changeStatus,
  reissueCredential,
  readHistory,
  suspectAttempt,
  suspectCredential,
  endSessions,
  endSessionsByMachine,
  readLog,
  reconcile,
  reconcileRestored,
  listDeliveries,
  replayMessage,
  replayDead,
] as const
