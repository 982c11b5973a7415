import { deadlineOf } from '../attempt/attempt.ts'
import { type Candidacy, maySit, waitWindowStart, yearlyWindowStart } from '../attempt/may-sit.ts'
import { sightingsOf } from '../attempt/seen-keys/store.ts'
import { findOpenAttempt, insertAttempt, readExposure, startsSince } from '../attempt/store.ts'
import { assembleForm } from '../form/assemble-form.ts'
import type { Bank } from '../item/bank.ts'
import type { Locale } from '../item/item.ts'
import { latestBank } from '../item/store.ts'
import { type Instant, instant, seconds } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import { sessionLives } from '../marketplace/sessions/store.ts'
import { findWorker } from '../marketplace/store.ts'
import type { World } from '../world/world.ts'
import { settleAttempt } from './close-attempt.ts'
import { standingOfBank } from './judge-bank.ts'
import { type AttemptView, viewAttempt } from './read-attempt.ts'

export interface StartRequest {
  readonly session: Session
  readonly exam: string
  /** Without it, the session's language where the exam has it, else the exam's first. */
  readonly locale?: Locale
}

export interface StartedAttempt {
  readonly attempt: AttemptView
  /** False when the worker already had an open attempt, which is the one given. */
  readonly created: boolean
}

/** Starts an attempt, or gives the open one back. The reply carries the paper: from here on the attempt counts. */
export async function startAttempt(world: World, request: StartRequest): Promise<Result<StartedAttempt>> {
  if (request.session.role !== 'worker') return fail({ code: 'forbidden' })
  const bank = await latestBank(world.db, request.exam)
  if (!bank) return fail({ code: 'not-found' })
  const locale =
    request.locale ?? bank.exam.locales.find((offered) => offered === request.session.locale) ?? bank.exam.locales[0]
  if (!locale || !bank.exam.locales.includes(locale))
    return fail({ code: 'not-eligible', reason: 'locale-unavailable' })
  const open = await openAttemptNow(world, request)
  if (open) return ok({ attempt: await viewAttempt(world, open, { withLease: true }), created: false })
  const { worker } = request.session
  const known = await findWorker(world.db, worker)
  if (!known || known.erasedAt !== undefined) return fail({ code: 'not-eligible', reason: 'worker-erased' })
  const now = world.now()
  const eligibility = maySit(bank, await candidacyOf(world, worker, bank, now), now)
  if (!eligibility.mayStart && (eligibility.reason === 'exam-closed' || eligibility.reason === 'public-bank'))
    return fail({ code: 'not-eligible', ...eligibility })
  const created =
    eligibility.mayStart &&
    (await insertAttempt(world.db, await newAttempt(world, bank, { ...request, locale }, known.timeMultiplier)))
  // whoever won the race, the open attempt is the one that was started
  const started = await findOpenAttempt(world.db, worker, request.exam)
  if (started) return ok({ attempt: await viewAttempt(world, started, { withLease: true }), created })
  if (!(await sessionLives(world.db, request.session.id, now))) return fail({ code: 'unauthenticated' })
  const refusal = maySit(bank, await candidacyOf(world, worker, bank, now), now)
  return refusal.mayStart
    ? fail({ code: 'conflict', detail: 'the attempt ended while it was being started' })
    : fail({ code: 'not-eligible', ...refusal })
}

async function candidacyOf(world: World, worker: string, bank: Bank, now: Instant): Promise<Candidacy> {
  const exam = bank.exam.id
  const [starts, sightings, standing] = await Promise.all([
    startsSince(world.db, worker, exam, yearlyWindowStart(now)),
    sightingsOf(world.db, worker, exam),
    standingOfBank(world, bank),
  ])
  return { starts, sightings, isPublic: standing === 'public' }
}

async function openAttemptNow(world: World, request: StartRequest) {
  const open = await findOpenAttempt(world.db, request.session.worker, request.exam)
  if (!open) return undefined
  const settled = await settleAttempt(world, open)
  return settled?.status === 'open' ? settled : undefined
}

async function newAttempt(
  world: World,
  bank: Bank,
  request: StartRequest & { readonly locale: Locale },
  timeMultiplier: number,
) {
  const { worker } = request.session
  const form = assembleForm(bank, {
    locale: request.locale,
    seed: world.newSeed(),
    exposure: await readExposure(world.db, worker, bank.exam.id),
  })
  const startedAt = world.now()
  const terms = { startedAt, limit: seconds(bank.exam.timeLimitSeconds), timeMultiplier }
  return {
    id: world.newId('att'),
    worker,
    session: request.session.id,
    exam: bank.exam.id,
    bankHash: bank.hash,
    locale: request.locale,
    form,
    startedAt,
    deadline: deadlineOf(
      bank.exam.closesAt === undefined ? terms : { ...terms, windowEnd: instant(Date.parse(bank.exam.closesAt)) },
    ),
    timeMultiplier,
    lease: world.newId('lse'),
    yearlyWindowStart: yearlyWindowStart(startedAt),
    perYear: bank.exam.retake.perYear,
    waitWindowStart: waitWindowStart(bank.exam, startedAt),
  }
}
