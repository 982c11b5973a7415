import type { Context } from 'hono'
import { Hono } from 'hono'
import { moderationCase, moderationReceipt } from '../../contract/marketplace.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { parseBody, parseInput } from '../../platform/http/parse-input.ts'
import { appealDecision } from '../flows/appeal-decision.ts'
import { describeDecision } from '../flows/decide-subject.ts'
import { alleged, type Opened } from '../flows/open-case.ts'
import { reportJob } from '../flows/report-job.ts'
import { showCaseToPlugin } from '../flows/show-case.ts'
import { decisionsConcerning, findDecision } from '../moderation/decision/store.ts'
import { noticeText } from '../moderation/notice/notices.ts'
import { findNotification, markRead, type Notification, notificationsOf } from '../moderation/notice/store.ts'
import type { Person } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import { problemResponse, respond } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { requestOf } from './answer-once.ts'
import { appealBody, caseBody, notificationsQuery, pageQuery, reportBody } from './moderation-bodies.ts'
import type { Operation } from './operation.ts'
import { operatorsApi, operatorsOperations } from './operators-api.ts'
import { requirePerson } from './person-door.ts'
import { requireScope } from './service-door.ts'

const once = ['malformed', 'idempotency-mismatch', 'idempotency-in-flight'] as const

export const moderationOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/jobs/{id}/reports',
    tag: 'Moderation',
    summary: 'Reports a job. One report of each person counts: a further one answers 200 with the first. At most 20 in 24 hours',
    security: 'session',
    body: reportBody,
    success: [201, '{report, job, reason, receivedAt}'],
    already: [200, 'The first report of this person'],
    refusals: ['unauthenticated', 'forbidden', 'not-found', 'rate-limited', 'conflict', ...once],
  },
  {
    method: 'get',
    path: '/v1/decisions',
    tag: 'Moderation',
    summary: 'Decisions that concern the person, with their statements of reasons',
    security: 'session',
    query: pageQuery,
    success: [200, '{decisions, next}'],
    refusals: ['unauthenticated', 'malformed'],
  },
  {
    method: 'get',
    path: '/v1/decisions/{id}',
    tag: 'Moderation',
    summary: 'A decision, for the person concerned and for operators',
    security: 'session',
    success: [200, '{decision, case, action, decidedAt, statement}'],
    refusals: ['unauthenticated', 'not-found'],
  },
  {
    method: 'post',
    path: '/v1/decisions/{id}/appeal',
    tag: 'Moderation',
    summary: 'Appeals against a decision: the person concerned, within six months, once, free',
    security: 'session',
    body: appealBody,
    success: [201, '{appeal, decision, receivedAt, status}'],
    refusals: ['unauthenticated', 'forbidden', 'not-found', 'wrong-state', 'already-done', 'window-closed', 'conflict', ...once],
  },
  {
    method: 'get',
    path: '/v1/notifications',
    tag: 'Moderation',
    summary: 'What the person was told, the newest first',
    security: 'session',
    query: notificationsQuery,
    success: [200, '{notifications, next}'],
    refusals: ['unauthenticated', 'malformed'],
  },
  {
    method: 'post',
    path: '/v1/notifications/{id}/read',
    tag: 'Moderation',
    summary: 'Marks one as read',
    security: 'session',
    success: [200, 'The notification'],
    refusals: ['unauthenticated', 'not-found'],
  },
  {
    method: 'post',
    path: '/v1/moderation/cases',
    tag: 'Moderation',
    summary: 'Suspected cheating: an operator decides; scope moderation:write. One case about a subject is open at a time: it takes in what comes meanwhile',
    security: 'service',
    body: caseBody,
    success: [201, '{case, status, version}'],
    answer: moderationReceipt,
    refusals: ['unauthenticated', 'token-refused', 'forbidden', 'not-found', 'worker-erased', 'conflict', ...once],
  },
  {
    method: 'get',
    path: '/v1/moderation/cases/{id}',
    tag: 'Moderation',
    summary: 'What became of a case that the plugin brought up; scope moderation:write',
    security: 'service',
    success: [200, '{case, subject, policy, automated, status, decision, appeal, final, version}'],
    answer: moderationCase,
    refusals: ['unauthenticated', 'token-refused', 'forbidden', 'not-found'],
  },
  ...operatorsOperations,
]

const describeNotification = ({ id, at, notice, readAt }: Notification) => ({ id, at: toRfc3339(at), readAt: readAt === null ? null : toRfc3339(readAt), ...notice, text: noticeText(notice) })

/** The plugin is answered alike whether its case is new or joins the one that is open. */
const told = ({ created: _created, ...opened }: Opened): Omit<Opened, 'created'> => opened

/** Answers with 201 what came into being, with 200 what was there. */
function respondCreated<T extends { readonly created: boolean }>(c: Context, outcome: Outcome<T>): Response {
  if (!outcome.ok) return problemResponse(outcome.problem)
  const { created, ...body } = outcome.value
  return c.json(body, created ? 201 : 200)
}

const personOf = (c: Context<SandboxEnv>): Person => c.get('person') as Person

function noticesApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()

  api.get('/notifications', requirePerson(), async (c) => {
    const query = parseInput(notificationsQuery, c.req.query())
    if (!query.ok) return problemResponse(query.problem)
    const { after: before, unread, limit } = query.value
    const rows = await notificationsOf(c.get('world').db, personOf(c).id, { before, unread: unread === 'true', limit })
    return c.json({ notifications: rows.map(describeNotification), next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null })
  })

  api.post('/notifications/:id/read', requirePerson(), async (c) => {
    const { db, now } = c.get('world')
    await markRead(db, c.req.param('id'), personOf(c).id, now())
    const notification = await findNotification(db, c.req.param('id'), personOf(c).id)
    return respond(c, notification ? ok(describeNotification(notification)) : fail({ code: 'not-found' }))
  })

  return api
}

function decisionsApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()

  api.get('/decisions', requirePerson(), async (c) => {
    const query = parseInput(pageQuery, c.req.query())
    if (!query.ok) return problemResponse(query.problem)
    const { after: before, limit } = query.value
    const rows = await decisionsConcerning(c.get('world').db, personOf(c).id, { before, limit })
    return c.json({ decisions: rows.map(describeDecision), next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null })
  })

  api.get('/decisions/:id', requirePerson(), async (c) => {
    const decision = await findDecision(c.get('world').db, c.req.param('id'))
    const mine = decision && (decision.person === personOf(c).id || personOf(c).role === 'operator')
    return respond(c, mine ? ok(describeDecision(decision)) : fail({ code: 'not-found' }))
  })

  api.post('/decisions/:id/appeal', requirePerson('worker', 'client'), async (c) => {
    const body = parseBody(appealBody, await c.req.text())
    const outcome = body.ok ? await appealDecision(c.get('world'), personOf(c), c.req.param('id'), body.value.text) : body
    return outcome.ok ? c.json(outcome.value, 201) : problemResponse(outcome.problem)
  })

  return api
}

/** Mounted at `/v1`. */
export function moderationApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()

  api.post('/jobs/:id/reports', requirePerson('worker', 'client'), async (c) => {
    const body = parseBody(reportBody, await c.req.text())
    return respondCreated(c, body.ok ? await reportJob(c.get('world'), personOf(c), c.req.param('id'), body.value) : body)
  })

  api.post('/moderation/cases', requireScope('moderation:write'), async (c) => {
    const body = parseBody(caseBody, await c.req.text())
    const request = await requestOf(c)
    // the same for the same request only
    const key = request && `${request.key}/${request.fingerprint}`
    const outcome = body.ok ? await alleged(c.get('world'), { ...body.value, request: key }) : body
    return outcome.ok ? c.json(told(outcome.value), 201) : problemResponse(outcome.problem)
  })

  api.get('/moderation/cases/:id', requireScope('moderation:write'), async (c) => respond(c, await showCaseToPlugin(c.get('world'), c.req.param('id'))))

  api.route('/', noticesApi())
  api.route('/', decisionsApi())
  api.route('/', operatorsApi())
  return api
}
