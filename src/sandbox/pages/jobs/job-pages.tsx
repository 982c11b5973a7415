import { Hono } from 'hono'
import * as z from 'zod'
import { fail, ok } from '../../../kernel/result.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { readPlace, writePlace } from '../../api/job-calls.ts'
import { applyToJob, withdrawApplication } from '../../flows/apply-to-job.ts'
import { closeJob, editJob } from '../../flows/edit-job.ts'
import { declineInvitation, inviteWorker } from '../../flows/invite-worker.ts'
import { postJob } from '../../flows/post-job.ts'
import { reportJob } from '../../flows/report-job.ts'
import { searchJobs } from '../../flows/search-jobs.ts'
import { sendText } from '../../flows/send-text.ts'
import { applicationOf } from '../../job/application/store.ts'
import { invitationOf } from '../../job/invitation/store.ts'
import { type Job, payTypes } from '../../job/job.ts'
import { findJob } from '../../job/store.ts'
import { categories } from '../../people/worker.ts'
import type { Outcome } from '../../problem.ts'
import { statusOf } from '../../problem-response.ts'
import type { SandboxEnv } from '../../sandbox-world.ts'
import { anyYen, type Fields, type Rejected, readFields, requestOf, searchWords, sendsAnyway } from '../form-fields.ts'
import { link } from '../links.ts'
import { type PageContext, personOf, readerOf, refuse, show, signedInAs } from '../page-door.tsx'
import { formsOf } from '../parts/form-parts.tsx'
import { ApplicantsPage, loadApplicants } from './applicants-page.tsx'
import { applicationForm, DraftPage, inFormWords, readDraft, reportForm } from './draft-page.tsx'
import { JOBS_PER_PAGE, JobListPage } from './job-list-page.tsx'
import { JobPage, loadJob, TakenDownPage, takeDownOf } from './job-page.tsx'

/** A query parameter that cannot be read counts as not given: a page never fails for its address. */
const listQuery = z.object({
  q: searchWords,
  category: z.enum(categories).optional().catch(undefined),
  payType: z.enum(payTypes).optional().catch(undefined),
  payMin: anyYen,
  payMax: anyYen,
  welcomes: z.literal('newcomers').optional().catch(undefined),
  after: z.string().transform(readPlace).optional().catch(undefined),
})

async function listPage(c: PageContext): Promise<Response> {
  const { after, ...query } = listQuery.parse(c.req.query())
  const found = await searchJobs(c.get('world'), { ...query, after, limit: JOBS_PER_PAGE })
  const view = {
    reader: readerOf(c),
    filter: query,
    found,
    next: found.next && writePlace(found.next),
    further: after !== undefined,
  }
  return show(c, <JobListPage {...view} />)
}

async function showJob(c: PageContext, id: string, rejected?: Rejected): Promise<Response> {
  const world = c.get('world')
  const reader = readerOf(c)
  const view = await loadJob(world, id, reader.person)
  if (!view.ok && view.problem.code === 'taken-down') {
    const [decision, job] = await Promise.all([takeDownOf(world, id), findJob(world.db, id)])
    return show(
      c,
      <TakenDownPage reader={reader} decision={decision} until={job?.takenDownUntil ?? null} />,
      statusOf(view.problem),
    )
  }
  if (!view.ok) return refuse(c, view.problem)
  const forms = formsOf(reader, { rejected, once: world.newId('jti') })
  return show(
    c,
    <JobPage reader={reader} view={view.value} forms={forms} rejected={rejected} />,
    rejected ? statusOf(rejected.problem) : 200,
  )
}

async function apply(c: PageContext, id: string, fields: Fields): Promise<Outcome<unknown>> {
  const form = parseInput(applicationForm, fields)
  if (personOf(c).role !== 'worker') return fail({ code: 'forbidden' })
  if (!form.ok) return form
  const { message, amount = null } = form.value
  const world = c.get('world')
  const writing = { surface: 'application', person: personOf(c), texts: [message] } as const
  const applied = await sendText(world, { ...writing, anyway: sendsAnyway(fields) }, () =>
    applyToJob(world, { worker: personOf(c), job: id, message, amount }),
  )
  // sent twice, it is one application all the same
  const before = applied.ok ? undefined : await applicationOf(c.get('world').db, id, personOf(c).id)
  return before?.message === message ? ok(before) : applied
}

async function close(c: PageContext, id: string): Promise<Outcome<unknown>> {
  const closed = await closeJob(c.get('world'), { client: personOf(c).id, job: id })
  return !closed.ok && closed.problem.code === 'wrong-state' && closed.problem.state === 'closed'
    ? ok(undefined)
    : closed
}

async function withdraw(c: PageContext, id: string): Promise<Outcome<unknown>> {
  const application = await applicationOf(c.get('world').db, id, personOf(c).id)
  return application ? withdrawApplication(c.get('world'), personOf(c), application.id) : fail({ code: 'not-found' })
}

async function report(c: PageContext, id: string, fields: Fields): Promise<Outcome<unknown>> {
  const form = parseInput(reportForm, fields)
  if (personOf(c).role === 'operator') return fail({ code: 'forbidden' })
  return form.ok ? reportJob(c.get('world'), personOf(c), id, form.value) : form
}

async function invite(c: PageContext, id: string, worker: string): Promise<Outcome<unknown>> {
  const client = personOf(c).id
  const invited = await inviteWorker(c.get('world'), { client, job: id, worker })
  // sent twice, it is one invitation all the same
  return !invited.ok && (await invitationOf(c.get('world').db, id, worker))?.client === client ? ok(undefined) : invited
}

async function decline(c: PageContext, id: string): Promise<Outcome<unknown>> {
  const worker = personOf(c).id
  const invitation = await invitationOf(c.get('world').db, id, worker)
  return invitation ? declineInvitation(c.get('world'), { worker, id: invitation.id }) : fail({ code: 'not-found' })
}

/** What the forms of a job's page do. */
function act(c: PageContext, id: string, fields: Fields): Promise<Outcome<unknown>> {
  switch (fields.act) {
    case 'apply':
      return apply(c, id, fields)
    case 'withdraw':
      return withdraw(c, id)
    case 'report':
      return report(c, id, fields)
    case 'close':
      return close(c, id)
    case 'invite':
      return invite(c, id, fields.worker ?? '')
    case 'decline':
      return decline(c, id)
    default:
      return Promise.resolve(fail({ code: 'not-found' }))
  }
}

const showDraft = (c: PageContext, job: Job | undefined, rejected?: Rejected) => {
  const reader = readerOf(c)
  const forms = formsOf(reader, { rejected, once: c.get('world').newId('jti') })
  return show(
    c,
    <DraftPage reader={reader} forms={forms} rejected={rejected} job={job} />,
    rejected ? statusOf(rejected.problem) : 200,
  )
}

/** Posts what was written, or edits the job. */
async function saveDraft(c: PageContext, fields: Fields, job: Job | undefined): Promise<Outcome<Job>> {
  const world = c.get('world')
  const draft = readDraft(fields, world.now())
  if (!draft.ok) return draft
  const client = personOf(c).id
  const saved = job
    ? await editJob(world, { client, job: job.id }, draft.value, sendsAnyway(fields))
    : await postJob(world, {
        client,
        draft: draft.value,
        requestKey: (await requestOf(c, fields))?.key,
        anyway: sendsAnyway(fields),
      })
  return saved.ok ? saved : fail(inFormWords(saved.problem))
}

async function takeDraft(c: PageContext, job: Job | undefined): Promise<Response> {
  const fields = await readFields(c)
  const saved = await saveDraft(c, fields, job)
  return saved.ok
    ? c.redirect(link(readerOf(c).locale, `/jobs/${saved.value.id}`), 303)
    : showDraft(c, job, { fields, problem: saved.problem })
}

/** The client's own job that a page is about. */
async function ownJob(c: PageContext): Promise<Job | undefined> {
  const job = await findJob(c.get('world').db, c.req.param('id') ?? '')
  return job?.client === personOf(c).id ? job : undefined
}

/** Jobs: the search, single ones, and writing them. */
export function jobPages(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()
  app.get('/jobs', listPage)

  app.get('/jobs/new', signedInAs('client'), (c) => showDraft(c, undefined))
  app.post('/jobs/new', signedInAs('client'), (c) => takeDraft(c, undefined))

  app.get('/jobs/:id/edit', signedInAs('client'), async (c) => {
    const job = await ownJob(c)
    return job ? showDraft(c, job) : refuse(c, { code: 'not-found' })
  })
  app.post('/jobs/:id/edit', signedInAs('client'), async (c) => {
    const job = await ownJob(c)
    return job ? takeDraft(c, job) : refuse(c, { code: 'not-found' })
  })

  app.get('/jobs/:id', (c) => showJob(c, c.req.param('id')))
  app.post('/jobs/:id', signedInAs(), async (c) => {
    const id = c.req.param('id')
    const fields = await readFields(c)
    const done = await act(c, id, fields)
    return done.ok
      ? c.redirect(link(readerOf(c).locale, `/jobs/${encodeURIComponent(id)}`), 303)
      : showJob(c, id, { fields, problem: done.problem })
  })

  app.get('/hiring/jobs/:id', signedInAs('client', 'operator'), async (c) => {
    const of = await loadApplicants(c.get('world'), personOf(c), c.req.param('id'))
    return of.ok ? show(c, <ApplicantsPage reader={readerOf(c)} of={of.value} />) : refuse(c, of.problem)
  })

  return app
}
