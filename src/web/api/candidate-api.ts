import { type Context, Hono } from 'hono'
import { insertSignals } from '../../attempt/store.ts'
import { findOwnAttempt } from '../../flows/find-own-attempt.ts'
import { forgetOwnAddress, hashOwnAddress } from '../../flows/hash-own-address.ts'
import { readAttempt } from '../../flows/read-attempt.ts'
import { type ExamCard, readCatalogue, readExam } from '../../flows/read-catalogue.ts'
import { readResult } from '../../flows/read-result.ts'
import { recordResponses } from '../../flows/record-responses.ts'
import { startAttempt } from '../../flows/start-attempt.ts'
import { submitAttempt, withdrawAttempt } from '../../flows/submit-attempt.ts'
import { takeLease } from '../../flows/take-lease.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import type { Problem } from '../../kernel/problem.ts'
import type { Session, SessionClaim } from '../../marketplace/session-token.ts'
import { parseBody, parseTyped } from '../../platform/http/parse-input.ts'
import type { KeptReply } from '../../platform/http/replay/store.ts'
import { problemResponse } from '../problem-response.ts'
import { eventsRequest, identityRequest, saveRequest, startRequest, submitRequest } from '../requests.ts'
import { requireSession } from '../session-cookie.ts'
import type { WebEnv } from '../web-env.ts'
import { answerOnce } from './answer-once.ts'
import { attemptBody, resultBody, saveBody } from './bodies.ts'

type CandidateEnv = WebEnv & { Variables: { session: Session; claim: SessionClaim } }

const cardBody = (card: ExamCard) => ({
  id: card.id,
  version: card.version,
  title: card.title,
  level: card.level,
  timeLimitSeconds: card.timeLimitSeconds,
  itemCount: card.itemCount,
  passScore: card.passScore,
  locales: card.locales,
})

/** The reply to a start holds the paper. It is given again while the attempt is open, and never after it closed. */
async function paperIsClosed({ var: { world, session } }: Context<WebEnv>, { body }: KeptReply): Promise<Problem | undefined> {
  const own = await findOwnAttempt(world, { session: session as Session, id: (JSON.parse(body) as { id: string }).id })
  if (!own.ok) return own.problem
  return own.value.status === 'open' ? undefined : { code: 'attempt-closed', closedAt: own.value.closedAt, deadline: own.value.deadline }
}

/** What a candidate's page, or an integrator on a candidate's behalf, may do. */
export function candidateApi(): Hono<CandidateEnv> {
  const app = new Hono<CandidateEnv>()
  for (const path of ['/api/exams/*', '/api/exams', '/api/attempts/*', '/api/identity']) app.use(path, requireSession)
  const call = (c: { var: { claim: SessionClaim }; req: { param(name: 'id'): string } }) => ({ session: c.var.claim, id: c.req.param('id') })

  app.put('/api/identity', async (c) => {
    const body = parseBody(identityRequest, await c.req.text())
    const hashed = body.ok ? await hashOwnAddress(c.var.world, c.var.session, body.value.email) : body
    return hashed.ok ? c.json(hashed.value) : problemResponse(hashed.problem)
  })

  app.delete('/api/identity', async (c) => c.json(await forgetOwnAddress(c.var.world, c.var.session.worker)))

  app.get('/api/exams', async (c) => c.json({ exams: (await readCatalogue(c.var.world, c.var.session, c.var.session.locale)).map(cardBody) }))

  app.get('/api/exams/:exam', async (c) => {
    const exam = await readExam(c.var.world, c.var.session, c.req.param('exam'), c.var.session.locale)
    if (!exam.ok) return problemResponse(exam.problem)
    const { mayStart, attemptsLeft, ...rest } = exam.value.eligibility
    const refusal = 'reason' in rest ? { reason: rest.reason, ...(rest.retryAt === undefined ? {} : { retryAt: toRfc3339(rest.retryAt) }) } : {}
    return c.json({
      ...cardBody(exam.value),
      rulesHtml: exam.value.rulesHtml ?? '',
      timeMultiplier: exam.value.timeMultiplier,
      ...(exam.value.openAttempt ? { openAttempt: exam.value.openAttempt } : {}),
      eligibility: { mayStart, attemptsLeft, ...refusal },
    })
  })

  app.post('/api/exams/:exam/attempts', answerOnce(paperIsClosed), async (c) => {
    const body = parseBody(startRequest, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    const started = await startAttempt(c.var.world, { session: c.var.session, exam: c.req.param('exam'), ...body.value })
    return started.ok ? c.json(attemptBody(started.value.attempt), started.value.created ? 201 : 200) : problemResponse(started.problem)
  })

  app.get('/api/attempts/:id', async (c) => {
    const attempt = await readAttempt(c.var.world, call(c))
    return attempt.ok ? c.json(attemptBody(attempt.value), 200, { 'cache-control': 'no-store' }) : problemResponse(attempt.problem)
  })

  app.post('/api/attempts/:id/lease', async (c) => {
    const taken = await takeLease(c.var.world, call(c))
    if (!taken.ok) return problemResponse(taken.problem)
    return c.json({ lease: taken.value.lease, now: toRfc3339(taken.value.now), deadline: toRfc3339(taken.value.deadline) })
  })

  app.put('/api/attempts/:id/responses', async (c) => {
    const body = parseBody(saveRequest, await c.req.text(), parseTyped)
    if (!body.ok) return problemResponse(body.problem)
    const saved = await recordResponses(c.var.world, { ...call(c), ...body.value })
    return saved.ok ? c.json(saveBody(saved.value)) : problemResponse(saved.problem)
  })

  app.post('/api/attempts/:id/submit', answerOnce(), async (c) => {
    const body = parseBody(submitRequest, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    const result = await submitAttempt(c.var.world, { ...call(c), ...body.value })
    return result.ok ? c.json(resultBody(result.value)) : problemResponse(result.problem)
  })

  app.post('/api/attempts/:id/withdraw', answerOnce(), async (c) => {
    const result = await withdrawAttempt(c.var.world, call(c))
    return result.ok ? c.json(resultBody(result.value)) : problemResponse(result.problem)
  })

  app.get('/api/attempts/:id/result', async (c) => {
    const result = await readResult(c.var.world, call(c))
    return result.ok ? c.json(resultBody(result.value)) : problemResponse(result.problem)
  })

  app.post('/api/attempts/:id/events', async (c) => {
    const body = parseBody(eventsRequest, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    const own = await findOwnAttempt(c.var.world, call(c))
    if (!own.ok) return problemResponse(own.problem)
    const now = c.var.world.now()
    await insertSignals(c.var.world.db, { id: own.value.id, worker: own.value.worker, now, signals: body.value.events })
    return c.json({ accepted: body.value.events.length, now: toRfc3339(now), deadline: toRfc3339(own.value.deadline) }, 202)
  })
  return app
}
