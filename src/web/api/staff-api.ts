import { type Context, Hono } from 'hono'
import { reinstateCredential, revokeCredential, suspendCredential } from '../../flows/change-credential-status.ts'
import { endSessions } from '../../flows/end-sessions.ts'
import { extendDeadline, voidAttempt } from '../../flows/extend-deadline.ts'
import { type OpenedCase, openCase, openCaseOnAttempt } from '../../flows/open-case.ts'
import { type DeliveryView, readDeliveries, replayDeadLetters, replayMessage } from '../../flows/read-deliveries.ts'
import { readHistory } from '../../flows/read-history.ts'
import { readLog } from '../../flows/read-log.ts'
import { reconcileNow } from '../../flows/reconcile.ts'
import { reissueCredential } from '../../flows/reissue-credential.ts'
import { setAccommodation } from '../../flows/set-accommodation.ts'
import { minutes, toRfc3339 } from '../../kernel/instant.ts'
import type { Result } from '../../kernel/result.ts'
import type { Session } from '../../marketplace/session-token.ts'
import { parseBody, parseInput } from '../../platform/http/parse-input.ts'
import { problemResponse } from '../problem-response.ts'
import { accommodation, extension, logQuery, reasoned, sessionEnding, statusChange, suspicion } from '../requests.ts'
import { requireSession } from '../session-cookie.ts'
import type { WebEnv } from '../web-env.ts'
import { historyBody, logBody } from './bodies.ts'

const changes = { active: reinstateCredential, suspended: suspendCredential, revoked: revokeCredential } as const

type StaffEnv = WebEnv & { Variables: { session: Session } }

/** What operators may do, for their own tools. Every act carries a reason. */
export function staffApi(): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>()
  app.use('/api/staff/*', requireSession, async (c, next) => (c.var.session.role === 'operator' ? next() : problemResponse({ code: 'forbidden' })))

  app.post('/api/staff/attempts/:id/deadline', async (c) => {
    const body = parseBody(extension, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    const done = await extendDeadline(c.var.world, { session: c.var.session, id: c.req.param('id'), why: body.value.why, by: minutes(body.value.minutes) })
    return done.ok ? c.json({ deadline: toRfc3339(done.value.deadline) }) : problemResponse(done.problem)
  })

  app.post('/api/staff/attempts/:id/void', async (c) => {
    const body = parseBody(reasoned, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    const done = await voidAttempt(c.var.world, { session: c.var.session, id: c.req.param('id'), why: body.value.why })
    return done.ok ? c.json({ closedAt: toRfc3339(done.value.closedAt) }) : problemResponse(done.problem)
  })

  app.put('/api/staff/workers/:worker/accommodation', async (c) => {
    const body = parseBody(accommodation, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    const done = await setAccommodation(c.var.world, { session: c.var.session, worker: c.req.param('worker'), ...body.value })
    return done.ok ? c.json(done.value) : problemResponse(done.problem)
  })

  app.post('/api/staff/credentials/:id/status', async (c) => {
    const body = parseBody(statusChange, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    const done = await changes[body.value.status](c.var.world, { session: c.var.session, id: c.req.param('id'), why: body.value.why })
    return done.ok ? c.json({ id: done.value.id, status: done.value.status, version: done.value.version }) : problemResponse(done.problem)
  })

  app.post('/api/staff/credentials/:id/reissue', async (c) => {
    const body = parseBody(reasoned, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    const done = await reissueCredential(c.var.world, { session: c.var.session, id: c.req.param('id'), why: body.value.why })
    if (!done.ok) return problemResponse(done.problem)
    const { credential, replaces, created } = done.value
    return c.json({ id: credential.id, status: credential.status, version: credential.version, replaces }, created ? 201 : 200)
  })

  app.get('/api/staff/credentials/:id/history', async (c) => {
    const read = await readHistory(c.var.world, { session: c.var.session, id: c.req.param('id') })
    return read.ok ? c.json(historyBody(read.value)) : problemResponse(read.problem)
  })

  app.post('/api/staff/attempts/:id/case', async (c) => {
    const body = parseBody(suspicion, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    return caseResponse(c, await openCaseOnAttempt(c.var.world, { session: c.var.session, attempt: c.req.param('id'), ...body.value }))
  })

  app.post('/api/staff/credentials/:id/case', async (c) => {
    const body = parseBody(suspicion, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    return caseResponse(c, await openCase(c.var.world, { session: c.var.session, credential: c.req.param('id'), ...body.value }))
  })

  app.post('/api/staff/sessions/end', async (c) => {
    const body = parseBody(sessionEnding, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    const { why, ...owners } = body.value
    const done = await endSessions(c.var.world, { session: c.var.session, owners, why })
    return done.ok ? c.json(done.value) : problemResponse(done.problem)
  })

  app.get('/api/staff/log', async (c) => {
    const query = parseInput(logQuery, c.req.query())
    if (!query.ok) return problemResponse(query.problem)
    const read = await readLog(c.var.world, { session: c.var.session, ...query.value })
    return read.ok ? c.json(logBody(read.value)) : problemResponse(read.problem)
  })

  app.post('/api/staff/reconcile', async (c) => {
    const done = await reconcileNow(c.var.world, c.var.session)
    return done.ok ? c.json({ ...done.value, startedAt: toRfc3339(done.value.startedAt) }) : problemResponse(done.problem)
  })

  app.get('/api/staff/deliveries', async (c) => {
    const { deliveries, dead, ...view } = await readDeliveries(c.var.world)
    return c.json({ ...view, deliveries: deliveries.map(deliveryAnswer), dead: dead.map(deliveryAnswer) })
  })

  app.post('/api/staff/deliveries/:id/replay', async (c) => {
    const done = await replayMessage(c.var.world, { session: c.var.session, id: c.req.param('id') })
    return done.ok ? c.json(done.value) : problemResponse(done.problem)
  })

  app.post('/api/staff/deliveries/replay-dead', async (c) => {
    const done = await replayDeadLetters(c.var.world, c.var.session)
    return done.ok ? c.json(done.value) : problemResponse(done.problem)
  })
  return app
}

/** A delivery as callers know it: there, what is sent is the letter of its message. */
const deliveryAnswer = ({ message: { request: letter, about: _, ...message }, ...view }: DeliveryView) => ({ ...view, message: { ...message, letter } })

function caseResponse(c: Context, opened: Result<OpenedCase>): Response {
  if (!opened.ok) return problemResponse(opened.problem)
  const { existing, ...body } = opened.value
  return c.json(body, existing ? 200 : 201)
}
