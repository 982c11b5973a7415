import { type Context, Hono } from 'hono'
import type { Eligibility } from '../../attempt/may-sit.ts'
import { insertSignals } from '../../attempt/process-data/store.ts'
import * as contract from '../../contract/kentei/candidate.ts'
import { already } from '../../contract/serve-call.ts'
import { forgetOwnAddress, hashOwnAddress } from '../../flows/hash-own-address.ts'
import { nameHolder } from '../../flows/name-holder.ts'
import { findOwnAttempt, readAttempt } from '../../flows/read-attempt.ts'
import { type ExamCard, readCatalogue, readExam } from '../../flows/read-catalogue.ts'
import { readResult } from '../../flows/read-result.ts'
import { recordResponses } from '../../flows/record-responses.ts'
import { startAttempt } from '../../flows/start-attempt.ts'
import { submitAttempt, withdrawAttempt } from '../../flows/submit-attempt.ts'
import { takeLease } from '../../flows/take-lease.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import type { Problem } from '../../kernel/problem.ts'
import { ok } from '../../kernel/result.ts'
import type { Session } from '../../marketplace/session-token.ts'
import type { KeptReply } from '../../platform/http/replay/store.ts'
import type { WebEnv } from '../web-env.ts'
import { describeAttempt, describeResult, describeSave } from './describe.ts'
import { type PersonEnv, serving } from './serve.ts'

const describeCard = (card: ExamCard) => ({
  id: card.id,
  version: card.version,
  title: card.title,
  level: card.level,
  timeLimitSeconds: card.timeLimitSeconds,
  itemCount: card.itemCount,
  passScore: card.passScore,
  locales: card.locales,
  ...(card.parts ? { parts: card.parts.map(({ eligibility: _, certificate: __, ...part }) => part) } : {}),
})

const describeEligibility = ({ mayStart, attemptsLeft, ...rest }: Eligibility) => ({
  mayStart,
  attemptsLeft,
  ...('reason' in rest
    ? { reason: rest.reason, ...(rest.retryAt === undefined ? {} : { retryAt: toRfc3339(rest.retryAt) }) }
    : {}),
})

/** The reply to a start holds the paper. It is given again while the attempt is open, and never after it closed. */
async function paperIsClosed(
  { var: { world, session } }: Context<WebEnv>,
  { body }: KeptReply,
): Promise<Problem | undefined> {
  const own = await findOwnAttempt(world, { session: session as Session, id: (JSON.parse(body) as { id: string }).id })
  if (!own.ok) return own.problem
  return own.value.status === 'open'
    ? undefined
    : { code: 'attempt-closed', closedAt: own.value.closedAt, deadline: own.value.deadline }
}

/** What a candidate's page, or an integrator on a candidate's behalf, may do. */
export function candidateApi(): Hono<PersonEnv> {
  const app = new Hono<PersonEnv>()
  const serve = serving(app)
  const own = (c: Context<PersonEnv>, id: string) => ({ session: c.var.claim, id })

  serve(contract.hashAddress, ({ body }, c) => hashOwnAddress(c.var.world, c.var.session, body.email))
  serve(contract.forgetAddress, async (_, c) => ok(await forgetOwnAddress(c.var.world, c.var.session.worker)))
  serve(contract.showName, (_, c) => nameHolder(c.var.world, c.var.session, 'shown'))
  serve(contract.hideName, (_, c) => nameHolder(c.var.world, c.var.session, 'none'))
  serve(contract.listExams, async (_, c) =>
    ok({ exams: (await readCatalogue(c.var.world, c.var.session, c.var.session.locale)).map(describeCard) }),
  )

  serve(contract.readExam, async ({ path }, c) => {
    const exam = await readExam(c.var.world, c.var.session, path.exam, c.var.session.locale)
    if (!exam.ok) return exam
    const { parts } = exam.value
    const byPart = parts?.map(({ id, eligibility, certificate }) => ({
      part: id,
      ...describeEligibility(eligibility),
      ...(certificate ? { certificate: certificate.id } : {}),
    }))
    return ok({
      ...describeCard(exam.value),
      rulesHtml: exam.value.rulesHtml ?? '',
      timeMultiplier: exam.value.timeMultiplier,
      ...(exam.value.openAttempt ? { openAttempt: exam.value.openAttempt } : {}),
      eligibility: { ...describeEligibility(exam.value.eligibility), ...(byPart ? { parts: byPart } : {}) },
    })
  })

  serving(app, { withdrawn: paperIsClosed })(contract.startAttempt, async ({ path, body }, c) => {
    const started = await startAttempt(c.var.world, { session: c.var.session, exam: path.exam, ...body })
    if (!started.ok) return started
    const attempt = describeAttempt(started.value.attempt)
    return started.value.created ? ok(attempt) : already(attempt)
  })

  serve(contract.readAttempt, async ({ path }, c) => {
    const attempt = await readAttempt(c.var.world, own(c, path.id))
    if (!attempt.ok) return attempt
    c.header('cache-control', 'no-store')
    return ok(describeAttempt(attempt.value))
  })

  serve(contract.takeLease, async ({ path }, c) => {
    const taken = await takeLease(c.var.world, own(c, path.id))
    return taken.ok
      ? ok({ lease: taken.value.lease, now: toRfc3339(taken.value.now), deadline: toRfc3339(taken.value.deadline) })
      : taken
  })

  serve(contract.saveResponses, async ({ path, body }, c) => {
    const saved = await recordResponses(c.var.world, { ...own(c, path.id), ...body })
    return saved.ok ? ok(describeSave(saved.value)) : saved
  })

  serve(contract.submitAttempt, async ({ path, body }, c) => {
    const result = await submitAttempt(c.var.world, { ...own(c, path.id), ...body })
    return result.ok ? ok(describeResult(result.value)) : result
  })

  serve(contract.withdrawAttempt, async ({ path }, c) => {
    const result = await withdrawAttempt(c.var.world, own(c, path.id))
    return result.ok ? ok(describeResult(result.value)) : result
  })

  serve(contract.readResult, async ({ path }, c) => {
    const result = await readResult(c.var.world, own(c, path.id))
    return result.ok ? ok(describeResult(result.value)) : result
  })

  serve(contract.tellSignals, async ({ path, body: { events } }, c) => {
    const found = await findOwnAttempt(c.var.world, own(c, path.id))
    if (!found.ok) return found
    const now = c.var.world.now()
    await insertSignals(c.var.world.db, { id: found.value.id, worker: found.value.worker, now, signals: events })
    return ok({ accepted: events.length, now: toRfc3339(now), deadline: toRfc3339(found.value.deadline) })
  })
  return app
}
