import { deadlineOf } from '../attempt/attempt.ts'
import { readExposure } from '../attempt/exposure/store.ts'
import { type Candidacy, type Eligibility, maySit, waitWindowStart, yearlyWindowStart } from '../attempt/may-sit.ts'
import { sightingsOf } from '../attempt/seen-keys/store.ts'
import { findOpenAttempt, insertAttempt, startsSince } from '../attempt/store.ts'
import { crowdedFamilies, type PaperTask, packTasks } from '../attempt/tasks/store.ts'
import { assembleForm, assembleTasks } from '../form/assemble-form.ts'
import type { Form } from '../form/form.ts'
import type { Bank, ExamPart, PartId } from '../item/bank.ts'
import type { Locale } from '../item/item.ts'
import { latestBank } from '../item/store.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Seed } from '../kernel/random.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import { sessionLives } from '../marketplace/sessions/store.ts'
import { findWorker } from '../marketplace/store.ts'
import { isPartOpen } from '../scoring/decide-parts.ts'
import { drawInstance } from '../task/draw-task.ts'
import type { World } from '../world/world.ts'
import { settleAttempt } from './close-attempt.ts'
import { standingOfBank } from './judge-bank.ts'
import { type AttemptView, viewAttempt } from './read-attempt.ts'
import { readPartScores } from './read-part-scores.ts'

export interface StartRequest {
  readonly session: Session
  readonly exam: string
  /** Of an exam in parts; without it, the next part that may be sat. */
  readonly part?: PartId
  /** Without it, the session's language where the exam has it, else the exam's first. */
  readonly locale?: Locale
}

export interface StartedAttempt {
  readonly attempt: AttemptView
  /** False when the worker already had an open attempt, which is the one given. */
  readonly created: boolean
}

const notEligible = ({ mayStart: _, ...why }: Extract<Eligibility, { readonly mayStart: false }>) =>
  fail({ code: 'not-eligible' as const, ...why })

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
  const part = await partToSit(world, bank, request, now)
  if (!part.ok) return part
  const sat = { ...request, locale, part: part.value }
  const eligibility = maySit(bank, await candidacyOf(world, worker, bank, now, part.value), now)
  if (!eligibility.mayStart && (eligibility.reason === 'exam-closed' || eligibility.reason === 'public-bank'))
    return notEligible(eligibility)
  const created =
    eligibility.mayStart && (await insertAttempt(world.db, await newAttempt(world, bank, sat, known.timeMultiplier)))
  // whoever won the race, the open attempt is the one that was started
  const started = await findOpenAttempt(world.db, worker, request.exam)
  if (started) return ok({ attempt: await viewAttempt(world, started, { withLease: true }), created })
  if (!(await sessionLives(world.db, request.session.id, now))) return fail({ code: 'unauthenticated' })
  const refusal = maySit(bank, await candidacyOf(world, worker, bank, now, part.value), now)
  return refusal.mayStart
    ? fail({ code: 'conflict', detail: 'the attempt ended while it was being started' })
    : notEligible(refusal)
}

/** The part that is asked for, or the one that comes next; none of an exam that is one paper. */
async function partToSit(
  world: World,
  { exam }: Bank,
  { session: { worker }, part }: StartRequest,
  now: Instant,
): Promise<Result<PartId | undefined>> {
  if (!exam.parts) return part === undefined ? ok(undefined) : fail({ code: 'not-found' })
  if (part !== undefined && !exam.parts.some(({ id }) => id === part)) return fail({ code: 'not-found' })
  const latest = await readPartScores(world, worker, exam, now)
  const open = exam.parts.filter(({ id }) => isPartOpen(exam, id, latest, now)).map(({ id }) => id)
  if (part === undefined) return ok(open.at(-1))
  return open.includes(part) ? ok(part) : fail({ code: 'not-eligible', reason: 'part-order' })
}

async function candidacyOf(
  world: World,
  worker: string,
  bank: Bank,
  now: Instant,
  part: PartId | undefined,
): Promise<Candidacy> {
  const exam = bank.exam.id
  const [starts, sightings, standing] = await Promise.all([
    startsSince(world.db, { worker, exam, part }, yearlyWindowStart(now)),
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

/** A paper that cannot be drawn from one seed is drawn from others: of so many, none fits only where the bank has a fault. */
const MOST_PAPERS = 5

function drawAgain(world: World, assemble: (seed: Seed) => Form): Form {
  for (let paper = 1; paper < MOST_PAPERS; paper += 1)
    try {
      return assemble(world.newSeed())
    } catch {
      // the last one tells why
    }
  return assemble(world.newSeed())
}

/** The paper of an exam, or of one of its parts. */
async function drawPaper(
  world: World,
  bank: Bank,
  { session: { worker }, locale }: StartRequest & { readonly locale: Locale },
  part: ExamPart | undefined,
): Promise<Form> {
  const exam = bank.exam.id
  const exposure = await readExposure(world.db, worker, exam)
  if (!part || part.tasks.length === 0)
    return drawAgain(world, (seed) => assembleForm(bank, { locale, seed, exposure }))
  const families = (bank.tasks ?? []).map(({ id }) => id)
  const crowded = await crowdedFamilies(world.db, { exam, families, now: world.now() })
  return drawAgain(world, (seed) => assembleTasks(bank, part.tasks, { locale, seed, exposure, crowded }))
}

/** The instances of the tasks that a paper places. */
const drawTasks = (bank: Bank, { locale, tasks = [] }: Form): Promise<PaperTask[]> =>
  Promise.all(
    tasks.map(async ({ ref, family: id, seed }) => {
      const family = bank.tasks?.find((one) => one.id === id)
      if (!family) throw new Error(`family ${id} is not in the bank`)
      return { ref, instance: await drawInstance(family, { locale, seed }) }
    }),
  )

async function newAttempt(
  world: World,
  bank: Bank,
  request: StartRequest & { readonly locale: Locale; readonly part: PartId | undefined },
  timeMultiplier: number,
) {
  const { worker } = request.session
  const part = bank.exam.parts?.find(({ id }) => id === request.part)
  const form = await drawPaper(world, bank, request, part)
  const startedAt = world.now()
  const id = world.newId('att')
  return {
    id,
    ...(part ? { part: part.id } : {}),
    tasks: await packTasks({ attempt: id, exam: bank.exam.id, drawnAt: startedAt }, await drawTasks(bank, form)),
    worker,
    session: request.session.id,
    exam: bank.exam.id,
    bankHash: bank.hash,
    locale: request.locale,
    form,
    startedAt,
    deadline: deadlineOf(bank.exam, { ...(part ? { part: part.id } : {}), startedAt, timeMultiplier }),
    timeMultiplier,
    lease: world.newId('lse'),
    yearlyWindowStart: yearlyWindowStart(startedAt),
    perYear: bank.exam.retake.perYear,
    waitWindowStart: waitWindowStart(bank.exam, startedAt),
  }
}
