import { Hono } from 'hono'
import type { Language, Subjects } from '../../../dist/texts.d.ts'
import { type Instant, toRfc3339 } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import { catalogue } from '../../platform/words/catalogue.ts'
import place from '../../texts/place?texts'
import { kindTexts } from '../detector/judge/kind-texts.ts'
import { readCursor, writeCursor } from '../escrow/paid-work.ts'
import { applyToJob, listApplications, showApplicants, withdrawApplication } from '../flows/apply-to-job.ts'
import { closeJob, editJob } from '../flows/edit-job.ts'
import { declineInvitation, inviteWorker, listInvitations } from '../flows/invite-worker.ts'
import { listOwnJobs, postJob } from '../flows/post-job.ts'
import { searchJobs } from '../flows/search-jobs.ts'
import { sendText } from '../flows/send-text.ts'
import { type JobDetails, type ShownJob, showJob } from '../flows/show-job.ts'
import { suggestWorkers } from '../flows/suggest-workers.ts'
import type { Invitation } from '../job/invitation/invitation.ts'
import { type Application, isUnseen, isWithheld, type Job, stateAt } from '../job/job.ts'
import { type ClientFigures, viewClient } from '../job/quality.ts'
import { malformed } from '../problem.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { requestOf } from './answer-once.ts'
import { readPerson } from './doors.ts'
import * as calls from './job-calls.ts'
import { personOf, type Serve, serving, told } from './serve.ts'
import { describePlace } from './workers-api.ts'

function serveClients(serve: Serve): void {
  serve(calls.postJob, async ({ body: { sendAnyway: anyway, ...draft } }, c) => {
    const world = c.get('world')
    const posting = { client: personOf(c).id, draft, requestKey: (await requestOf(c))?.key, anyway }
    return told(await postJob(world, posting), (job) => describeOwnJob(job, world.now()))
  })

  serve(calls.listOwnJobs, async ({ query: { after: before, limit } }, c) => {
    const world = c.get('world')
    const { jobs, next } = await listOwnJobs(world, { client: personOf(c).id, before, limit })
    return ok({
      jobs: jobs.map((job) => describeOwnJob(job, world.now())),
      next: next === undefined ? null : String(next),
    })
  })

  serve(calls.editJob, async ({ path, body: { sendAnyway: anyway, ...change } }, c) => {
    const world = c.get('world')
    return told(await editJob(world, { client: personOf(c).id, job: path.id }, change, anyway), (job) =>
      describeOwnJob(job, world.now()),
    )
  })

  serve(calls.closeJob, async ({ path }, c) => {
    const world = c.get('world')
    return told(await closeJob(world, { client: personOf(c).id, job: path.id }), (job) =>
      describeOwnJob(job, world.now()),
    )
  })

  serve(calls.listApplicants, async ({ path }, c) =>
    told(await showApplicants(c.get('world'), personOf(c), path.id), ({ applicants }) => ({
      applications: applicants.map(({ application, invited, reasons }) => ({
        ...describeApplication(application),
        invited,
        reasons,
      })),
    })),
  )
}

function serveInvitations(serve: Serve): void {
  serve(calls.suggestWorkers, async ({ path }, c) => {
    const world = c.get('world')
    return told(await suggestWorkers(world, { client: personOf(c).id, job: path.id }), (found) => ({
      suggestions: found.suggestions.map(({ place, invitation }) => ({
        ...describePlace(place, world.now()),
        invitation: invitation?.state ?? null,
      })),
      drawId: found.drawId,
      left: found.left,
    }))
  })

  serve(calls.inviteWorker, async ({ path, body }, c) =>
    told(
      await inviteWorker(c.get('world'), { client: personOf(c).id, job: path.id, worker: body.worker }),
      describeInvitation,
    ),
  )

  serve(calls.listInvitations, async ({ query: { after, limit } }, c) => {
    const from = after ? readCursor(after) : undefined
    if (after && !from) return malformed([{ path: 'after', message: 'Must be the `next` of an earlier answer' }])
    const { id, role } = personOf(c)
    const read = await listInvitations(c.get('world'), {
      person: id,
      side: role === 'client' ? 'client' : 'worker',
      after: from && { createdAt: from.at, id: from.id },
      limit: limit + 1,
    })
    const page = read.slice(0, limit)
    const last = read.length > limit ? page.at(-1)?.invitation : undefined
    const invitations = page.map(({ invitation, job, clientName }) => ({
      ...describeInvitation(invitation),
      title: role === 'worker' && isWithheld(job) ? null : job.title,
      clientName,
    }))
    return ok({ invitations, next: last ? writeCursor({ at: last.createdAt, id: last.id }) : null })
  })

  serve(calls.declineInvitation, async ({ path }, c) =>
    told(await declineInvitation(c.get('world'), { worker: personOf(c).id, id: path.id }), describeInvitation),
  )
}

function serveWorkers(serve: Serve): void {
  serve(calls.applyToJob, async ({ path, body: { sendAnyway: anyway, ...body } }, c) => {
    const worker = personOf(c)
    const writing = { surface: 'application', person: worker, texts: [body.message], anyway } as const
    const applied = await sendText(c.get('world'), writing, () =>
      applyToJob(c.get('world'), { worker, job: path.id, ...body }),
    )
    return told(applied, describeApplication)
  })

  serve(calls.listOwnApplications, async ({ query: { after, limit } }, c) => {
    const from = after ? readCursor(after) : undefined
    if (after && !from) return malformed([{ path: 'after', message: 'Must be the `next` of an earlier answer' }])
    const read = await listApplications(c.get('world'), {
      worker: personOf(c).id,
      after: from && { createdAt: from.at, id: from.id },
      limit: limit + 1,
    })
    const page = read.slice(0, limit)
    const last = read.length > limit ? page.at(-1)?.application : undefined
    const applications = page.map(({ application, job, jobIsOpen, jobIsWithheld }) => ({
      ...describeApplication(application),
      title: jobIsWithheld ? null : job.title,
      jobIsOpen,
    }))
    return ok({ applications, next: last ? writeCursor({ at: last.createdAt, id: last.id }) : null })
  })

  serve(calls.withdrawApplication, async ({ path }, c) =>
    told(await withdrawApplication(c.get('world'), personOf(c), path.id), describeApplication),
  )
}

function serveAnybody(serve: Serve): void {
  serve(calls.searchJobs, async ({ query }, c) => {
    const world = c.get('world')
    const { jobs, found, next } = await searchJobs(world, query)
    return ok({
      jobs: jobs.map((job) => describeShownJob(job, world.now())),
      found,
      next: next ? calls.writePlace(next) : null,
    })
  })

  serve(
    calls.readJob,
    async ({ path }, c) => {
      const world = c.get('world')
      const viewer = c.get('person')
      return told(await showJob(world, path.id, viewer), (job) =>
        describeJobDetails(job, viewer?.role === 'operator' ? 'operator' : 'other', world.now()),
      )
    },
    readPerson,
  )
}

/** Jobs: posting, search, applications, invitations. */
export function jobApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const serve = serving(api)
  // whoever asks for /v1/jobs/mine asks for no job of that name
  serveClients(serve)
  serveInvitations(serve)
  serveWorkers(serve)
  serveAnybody(serve)
  return api
}

const timeOrNull = (at: Instant | null): string | null => (at === null ? null : toRfc3339(at))

/** A job's facts, as anybody may read them who sees it. */
const describeFacts = (job: Job, now: Instant) => ({
  id: job.id,
  client: job.client,
  title: job.title,
  body: job.body,
  category: job.category,
  pay: { type: job.payType, amount: job.payAmount },
  headcount: job.headcount,
  welcomesNewcomers: job.welcomesNewcomers,
  hired: job.hired,
  state: stateAt(job, now),
  createdAt: toRfc3339(job.createdAt),
  publishedAt: isUnseen(job) ? null : toRfc3339(job.publishedAt),
  closesAt: timeOrNull(job.closesAt),
  version: job.version,
})

function describeHistory(figures: ClientFigures) {
  const { acceptanceDays, request } = viewClient(figures)
  return {
    concluded: figures.concluded,
    paidWithoutTrouble: figures.paid,
    acceptanceDays: figures.accepted === 0 ? null : Math.round(acceptanceDays * 10) / 10,
    clarity: figures.requests === 0 ? null : Math.round(request * 10) / 10,
    reviews: figures.requests,
  }
}

/** A job in the search, with why it is where it is. */
export const describeShownJob = ({ job, clientName, history, score, reasons }: ShownJob, now: Instant) => ({
  ...describeFacts(job, now),
  clientName,
  clientHistory: describeHistory(history),
  score: score ?? null,
  reasons,
})

const sentences = catalogue<Subjects['place'], Language>([place])

/** What the poster is told beyond the facts: what the detector thought of, and that a person decides. */
function describeChecking({ state, assessment, takenDownUntil }: Job) {
  if (state === 'taken-down') return { takenDownUntil: timeOrNull(takenDownUntil) }
  if (state !== 'queued' && state !== 'held') return {}
  return {
    checking: {
      notice: sentences.each((t) => t(`place.notice.${state}`)),
      resembles: assessment.reasons.map(({ kind }) => ({ kind, ...kindTexts[kind] })),
    },
  }
}

/** A job as its poster sees it. */
const describeOwnJob = (job: Job, now: Instant) => ({ ...describeFacts(job, now), ...describeChecking(job) })

/** A job by itself; posters and operators see more of it. */
const describeJobDetails = (details: JobDetails, viewer: 'operator' | 'other', now: Instant) => ({
  ...describeShownJob(details, now),
  applicants: details.applicants,
  ...(details.insider ? describeChecking(details.job) : {}),
  ...(viewer === 'operator' ? { assessment: details.job.assessment } : {}),
})

const describeInvitation = ({ id, job, client, worker, state, createdAt, answeredAt }: Invitation) => ({
  id,
  job,
  client,
  worker,
  state,
  createdAt: toRfc3339(createdAt),
  answeredAt: timeOrNull(answeredAt),
})

const describeApplication = ({ id, job, worker, message, amount, state, createdAt }: Application) => ({
  id,
  job,
  worker,
  message,
  amount,
  state,
  createdAt: toRfc3339(createdAt),
})
