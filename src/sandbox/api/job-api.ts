import type { Context } from 'hono'
import { Hono } from 'hono'
import type * as z from 'zod'
import { ok } from '../../kernel/result.ts'
import { parseBody, parseInput } from '../../platform/http/parse-input.ts'
import { readCursor, writeCursor } from '../escrow/paid-work.ts'
import { applyToJob, listApplications, showApplicants, withdrawApplication } from '../flows/apply-to-job.ts'
import { closeJob, editJob } from '../flows/edit-job.ts'
import { listOwnJobs, postJob } from '../flows/post-job.ts'
import { searchJobs } from '../flows/search-jobs.ts'
import { showJob } from '../flows/show-job.ts'
import type { Person } from '../people/person.ts'
import { malformed, type Outcome } from '../problem.ts'
import { problemResponse, respond } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { requestOf } from './answer-once.ts'
import { describeApplication, describeJobDetails, describeOwnJob, describeShownJob } from './describe-job.ts'
import { applicationBody, emptyBody, jobBody, jobChangeBody, jobsQuery, ownApplicationsQuery, ownJobsQuery, writePlace } from './job-bodies.ts'
import { readPerson, requirePerson } from './person-door.ts'

type C = Context<SandboxEnv>

const personOf = (c: C): Person => c.get('person') as Person

/** An act of the person signed in. */
async function actOn<Body, T extends object>(c: C, schema: z.ZodType<Body>, act: (body: Body, requestKey: string | undefined) => Promise<Outcome<T>>, status: 200 | 201 = 200): Promise<Response> {
  const body = parseBody(schema, await c.req.text())
  const outcome = body.ok ? await act(body.value, (await requestOf(c))?.key) : body
  return outcome.ok ? c.json(outcome.value, status) : problemResponse(outcome.problem)
}

/** The value of an outcome as it is answered. */
const told = <T, U>(outcome: Outcome<T>, describe: (value: T) => U): Outcome<U> => (outcome.ok ? ok(describe(outcome.value)) : outcome)

function clientRoutes(api: Hono<SandboxEnv>): void {
  api.post('/jobs', requirePerson('client'), (c) => {
    const world = c.get('world')
    return actOn(c, jobBody, async (draft, requestKey) => told(await postJob(world, { client: personOf(c).id, draft, requestKey }), (job) => describeOwnJob(job, world.now())), 201)
  })

  api.get('/jobs/mine', requirePerson('client'), async (c) => {
    const query = parseInput(ownJobsQuery, c.req.query())
    if (!query.ok) return problemResponse(query.problem)
    const world = c.get('world')
    const { jobs, next } = await listOwnJobs(world, { client: personOf(c).id, before: query.value.after, limit: query.value.limit })
    return c.json({ jobs: jobs.map((job) => describeOwnJob(job, world.now())), next: next === undefined ? null : String(next) })
  })

  api.post('/jobs/:id/edit', requirePerson('client'), (c) => {
    const world = c.get('world')
    return actOn(c, jobChangeBody, async (change) => told(await editJob(world, { client: personOf(c).id, job: c.req.param('id') }, change), (job) => describeOwnJob(job, world.now())))
  })

  api.post('/jobs/:id/close', requirePerson('client'), (c) => {
    const world = c.get('world')
    return actOn(c, emptyBody, async () => told(await closeJob(world, { client: personOf(c).id, job: c.req.param('id') }), (job) => describeOwnJob(job, world.now())))
  })

  api.get('/jobs/:id/applications', requirePerson('client', 'operator'), async (c) =>
    respond(
      c,
      told(await showApplicants(c.get('world'), personOf(c), c.req.param('id')), (applications) => ({ applications: applications.map(describeApplication) })),
    ),
  )
}

function workerRoutes(api: Hono<SandboxEnv>): void {
  api.post('/jobs/:id/applications', requirePerson('worker'), (c) =>
    actOn(c, applicationBody, async (body) => told(await applyToJob(c.get('world'), { worker: personOf(c), job: c.req.param('id'), ...body }), describeApplication), 201),
  )

  api.get('/applications', requirePerson('worker'), async (c) => {
    const query = parseInput(ownApplicationsQuery, c.req.query())
    if (!query.ok) return problemResponse(query.problem)
    const { after, limit } = query.value
    const from = after ? readCursor(after) : undefined
    if (after && !from) return respond(c, malformed([{ path: 'after', message: 'Must be the `next` of an earlier answer' }]))
    const read = await listApplications(c.get('world'), { worker: personOf(c).id, after: from && { createdAt: from.at, id: from.id }, limit: limit + 1 })
    const page = read.slice(0, limit)
    const last = read.length > limit ? page.at(-1)?.application : undefined
    const applications = page.map(({ application, job, jobIsOpen, jobIsWithheld }) => ({ ...describeApplication(application), title: jobIsWithheld ? null : job.title, jobIsOpen }))
    return c.json({ applications, next: last ? writeCursor({ at: last.createdAt, id: last.id }) : null })
  })

  api.post('/applications/:id/withdraw', requirePerson('worker'), (c) =>
    actOn(c, emptyBody, async () => told(await withdrawApplication(c.get('world'), personOf(c).id, c.req.param('id')), describeApplication)),
  )
}

function publicRoutes(api: Hono<SandboxEnv>): void {
  api.get('/jobs', async (c) => {
    const query = parseInput(jobsQuery, c.req.query())
    if (!query.ok) return problemResponse(query.problem)
    const world = c.get('world')
    const { jobs, found, next } = await searchJobs(world, query.value)
    return c.json({ jobs: jobs.map((job) => describeShownJob(job, world.now())), found, next: next ? writePlace(next) : null })
  })

  api.get('/jobs/:id', readPerson, async (c) => {
    const world = c.get('world')
    const viewer = c.get('person')
    const details = await showJob(world, c.req.param('id'), viewer)
    return respond(
      c,
      told(details, (job) => describeJobDetails(job, viewer?.role === 'operator' ? 'operator' : 'other', world.now())),
    )
  })
}

/** Jobs: posting, search, applications. Mounted at `/v1`. */
export function jobApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  clientRoutes(api)
  workerRoutes(api)
  publicRoutes(api)
  return api
}
