import { Hono } from 'hono'
import * as z from 'zod'
import type { Instant } from '../../../kernel/instant.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { readCursor, writeCursor } from '../../escrow/paid-work.ts'
import { appealDecision } from '../../flows/appeal-decision.ts'
import { introduceWorker, type OwnIntroduction, showOwnIntroduction } from '../../flows/introduce-worker.ts'
import { declineInvitation } from '../../flows/invite-worker.ts'
import { listOwnJobs } from '../../flows/post-job.ts'
import { registerPayoutAccount, showPayout } from '../../flows/register-account.ts'
import { removeOwnSample, sendOwnSample, showOwnSamples } from '../../flows/send-sample.ts'
import { sendText } from '../../flows/send-text.ts'
import { showWorker } from '../../flows/show-worker.ts'
import { readHistories } from '../../job/client-history/store.ts'
import { isOpen } from '../../job/job.ts'
import { unknownClient } from '../../job/quality.ts'
import { decisionsConcerning } from '../../moderation/decision/store.ts'
import { markRead } from '../../notification/store.ts'
import { type Introduction, textsIn } from '../../people/introduction/introduction.ts'
import type { Offer } from '../../people/introduction/store.ts'
import { holdsAddress, LONGEST_SAMPLE, LONGEST_TITLE } from '../../people/sample/sample.ts'
import { findClient } from '../../people/store.ts'
import { categories } from '../../people/worker.ts'
import type { Outcome } from '../../problem.ts'
import { statusOf } from '../../problem-response.ts'
import { meansOfClient, reviewsOfClient } from '../../review/of-client/store.ts'
import type { SandboxEnv } from '../../sandbox-world.ts'
import {
  choice,
  digits,
  type Fields,
  line,
  prose,
  type Rejected,
  readFields,
  sendsAnyway,
  visible,
} from '../form-fields.ts'
import { link } from '../links.ts'
import { type PageContext, personOf, readerOf, refuse, show, signedInAs } from '../page-door.tsx'
import { formsOf } from '../parts/form-parts.tsx'
import { pageOf } from '../parts/pager.tsx'
import { ClientPage } from './client-page.tsx'
import { DecisionPage, loadDecision } from './decision-page.tsx'
import { HiringPage, WorkPage } from './desk-pages.tsx'
import { introductionForm } from './introduction-part.tsx'
import { loadApplications, loadDesk, loadInvitations, loadJobs, loadNotices } from './load-desk.ts'
import { MePage } from './me-page.tsx'

const NOTICES_PER_PAGE = 20
const DECISIONS_PER_PAGE = 20
const REVIEWS_PER_PAGE = 20
const JOBS_READ = 50
const JOB_NUMBER = /^\d{1,9}$/

async function workPage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const reader = readerOf(c)
  const { contracts, invitations: invited, after } = c.req.query()
  const [desk, applications, invitations] = await Promise.all([
    loadDesk(world, personOf(c), { locale: reader.locale, after: contracts }),
    loadApplications(world, personOf(c).id, after),
    loadInvitations(world, personOf(c).id, invited),
  ])
  const forms = formsOf(reader, { rejected: undefined, once: world.newId('jti') })
  const places = { contracts, invitations: invited, after }
  return show(c, <WorkPage reader={reader} {...{ desk, places, applications, invitations, forms }} />)
}

/** Declines an invitation; one that was answered or closed meanwhile is shown as it is. */
async function answerInvitation(c: PageContext): Promise<Response> {
  const { invitation = '' } = await readFields(c)
  const declined = await declineInvitation(c.get('world'), { worker: personOf(c).id, id: invitation })
  return declined.ok || declined.problem.code === 'wrong-state'
    ? c.redirect(`${link(readerOf(c).locale, '/work')}#invitations`, 303)
    : refuse(c, declined.problem)
}

async function hiringPage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const reader = readerOf(c)
  const { contracts } = c.req.query()
  const before = JOB_NUMBER.exec(c.req.query('before') ?? '')?.[0]
  const [desk, jobs] = await Promise.all([
    loadDesk(world, personOf(c), { locale: reader.locale, after: contracts }),
    loadJobs(world, personOf(c).id, before === undefined ? undefined : Number(before)),
  ])
  return show(c, <HiringPage reader={reader} desk={desk} places={{ contracts, before }} jobs={jobs} />)
}

async function mePage(c: PageContext, rejected?: Rejected): Promise<Response> {
  const world = c.get('world')
  const person = personOf(c)
  const reader = readerOf(c)
  const { before, decided } = c.req.query()
  const [profile, client, payout, samples, introduction, notices, decisions] = await Promise.all([
    person.role === 'worker' ? showWorker(world, person.id, undefined) : undefined,
    person.role === 'client' ? findClient(world.db, person.id) : undefined,
    person.role === 'worker' ? showPayout(world, person.id) : undefined,
    person.role === 'worker' ? showOwnSamples(world, person.id) : undefined,
    person.role === 'worker' ? showOwnIntroduction(world, person.id) : undefined,
    loadNotices(world, person, { before, limit: NOTICES_PER_PAGE + 1 }),
    decisionsConcerning(world.db, person.id, { before: decided, limit: DECISIONS_PER_PAGE + 1 }),
  ])
  const view = {
    ...{ reader, person, client, payout, rejected },
    places: { before, decided },
    notices: pageOf(notices, NOTICES_PER_PAGE, ({ id }) => id),
    decisions: pageOf(decisions, DECISIONS_PER_PAGE, ({ id }) => id),
    samples: samples?.ok ? samples.value : [],
    introduction: introduction?.ok ? introduction.value : undefined,
    profile: profile?.ok ? profile.value : undefined,
    forms: formsOf(reader, { rejected, once: world.newId('jti') }),
  }
  return show(c, <MePage {...view} />, rejected ? statusOf(rejected.problem) : 200)
}

const payoutForm = z.object({ bank: digits(4, 4), branch: digits(3, 3), number: digits(1, 7) })

async function takeAccount(c: PageContext, fields: Fields): Promise<Response> {
  if (personOf(c).role !== 'worker') return refuse(c, { code: 'forbidden' })
  const form = parseInput(payoutForm, fields)
  const done = form.ok ? await registerPayoutAccount(c.get('world'), personOf(c).id, form.value) : form
  return done.ok
    ? c.redirect(`${link(readerOf(c).locale, '/me')}#payout-account`, 303)
    : mePage(c, { fields, problem: done.problem })
}

const plain = (text: z.ZodType<string>) => text.refine((typed) => !holdsAddress(typed), 'address')
const sampleForm = z.object({
  category: choice(categories),
  title: plain(line(LONGEST_TITLE)),
  sample: plain(visible(prose(LONGEST_SAMPLE), 1)),
})

async function takeSample(c: PageContext, fields: Fields): Promise<Response> {
  const person = personOf(c)
  if (person.role !== 'worker') return refuse(c, { code: 'forbidden' })
  const form = parseInput(sampleForm, fields)
  const done = form.ok
    ? await sendOwnSample(c.get('world'), person.id, {
        category: form.value.category,
        title: form.value.title,
        text: form.value.sample,
      })
    : form
  return done.ok
    ? c.redirect(`${link(readerOf(c).locale, '/me')}#samples`, 303)
    : mePage(c, { fields, problem: done.problem })
}

const introduce = (
  c: PageContext,
  { introduction, offer }: { readonly introduction: Introduction; readonly offer: Offer },
  anyway: boolean,
): Promise<Outcome<OwnIntroduction>> =>
  sendText(c.get('world'), { surface: 'introduction', person: personOf(c), texts: textsIn(introduction), anyway }, () =>
    introduceWorker(c.get('world'), introduction, offer),
  )

async function takeIntroduction(c: PageContext, fields: Fields): Promise<Response> {
  const person = personOf(c)
  if (person.role !== 'worker') return refuse(c, { code: 'forbidden' })
  const form = parseInput(introductionForm(person.id, fields), fields)
  const done = form.ok ? await introduce(c, form.value, sendsAnyway(fields)) : form
  return done.ok
    ? c.redirect(link(readerOf(c).locale, `/workers/${person.id}`), 303)
    : mePage(c, { fields, problem: done.problem })
}

async function removeSample(c: PageContext, fields: Fields): Promise<Response> {
  const person = personOf(c)
  if (person.role !== 'worker') return refuse(c, { code: 'forbidden' })
  const form = parseInput(sampleForm.pick({ category: true }), fields)
  const done = form.ok ? await removeOwnSample(c.get('world'), person.id, form.value.category) : form
  return done.ok
    ? c.redirect(`${link(readerOf(c).locale, '/me')}#samples`, 303)
    : mePage(c, { fields, problem: done.problem })
}

async function markNotices(c: PageContext, fields: Fields): Promise<Response> {
  const world = c.get('world')
  const asked = Object.entries(fields).flatMap(([name, id]) =>
    name === 'notice' || name.startsWith('notice-') ? [id] : [],
  )
  for (const id of asked.slice(0, NOTICES_PER_PAGE)) await markRead(world.db, id, personOf(c).id, world.now())
  return c.redirect(`${readerOf(c).here}#notices`, 303)
}

async function decisionPage(c: PageContext, id: string, rejected?: Rejected): Promise<Response> {
  const world = c.get('world')
  const view = await loadDecision(world, personOf(c), id)
  if (!view.ok) return refuse(c, view.problem)
  const reader = readerOf(c)
  const forms = formsOf(reader, { rejected, once: world.newId('jti') })
  return show(
    c,
    <DecisionPage reader={reader} view={view.value} forms={forms} rejected={rejected} />,
    rejected ? statusOf(rejected.problem) : 200,
  )
}

const appealForm = z.object({ text: visible(prose(5_000), 1) })

async function takeAppeal(c: PageContext, id: string): Promise<Response> {
  const fields = await readFields(c)
  const form = parseInput(appealForm, fields)
  const done = form.ok ? await appealDecision(c.get('world'), personOf(c), id, form.value.text) : form
  return done.ok
    ? c.redirect(link(readerOf(c).locale, `/decisions/${encodeURIComponent(id)}`), 303)
    : decisionPage(c, id, { fields, problem: done.problem })
}

async function clientPage(c: PageContext, id: string): Promise<Response> {
  const world = c.get('world')
  const client = await findClient(world.db, id)
  if (!client) return refuse(c, { code: 'not-found' })
  const said = c.req.query('reviews')
  const posted = JOB_NUMBER.exec(c.req.query('jobs') ?? '')?.[0]
  const [histories, reviews, means, own] = await Promise.all([
    readHistories(world.db, [id]),
    reviewsOfClient(world.db, id, { before: readCursor(said ?? ''), limit: REVIEWS_PER_PAGE + 1 }),
    meansOfClient(world.db, id),
    listOwnJobs(world, { client: id, before: posted === undefined ? undefined : Number(posted), limit: JOBS_READ }),
  ])
  const jobs = own.jobs.filter((job) => isOpen(job, world.now())).map((job) => ({ job }))
  return show(
    c,
    <ClientPage
      reader={readerOf(c)}
      client={client}
      history={histories.get(id) ?? unknownClient}
      reviews={pageOf(reviews, REVIEWS_PER_PAGE, ({ revealedAt, review }) =>
        writeCursor({ at: revealedAt as Instant, id: review.id }),
      )}
      means={means}
      jobs={{ entries: jobs, next: own.next === undefined ? undefined : String(own.next) }}
      places={{ reviews: said, jobs: posted }}
    />,
  )
}

/** The pages of one's own, and clients. */
export function accountPages(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()
  app.get('/work', signedInAs('worker'), workPage)
  app.post('/work', signedInAs('worker'), answerInvitation)
  app.get('/hiring', signedInAs('client'), hiringPage)
  app.get('/me', signedInAs(), (c) => mePage(c))
  app.post('/me', signedInAs(), async (c) => {
    const fields = await readFields(c)
    if (fields.act === 'payout') return takeAccount(c, fields)
    if (fields.act === 'introduce') return takeIntroduction(c, fields)
    if (fields.act === 'sample') return takeSample(c, fields)
    return fields.act === 'unsample' ? removeSample(c, fields) : markNotices(c, fields)
  })
  app.get('/decisions/:id', signedInAs(), (c) => decisionPage(c, c.req.param('id')))
  app.post('/decisions/:id', signedInAs(), (c) => takeAppeal(c, c.req.param('id')))
  app.get('/clients/:id', (c) => clientPage(c, c.req.param('id')))
  return app
}
