import { Hono } from 'hono'
import * as z from 'zod'
import { fail, ok } from '../../../kernel/result.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import type { Contract } from '../../escrow/contract.ts'
import { findTransfer } from '../../escrow/store.ts'
import { requireWorker } from '../../flows/change-standing.ts'
import { type Proposal, proposeContract } from '../../flows/propose-contract.ts'
import { resolveTransfer } from '../../flows/resolve-transfer.ts'
import { sendText } from '../../flows/send-text.ts'
import { sayStep } from '../../flows/take-contract-step.ts'
import { replyToReview, writeReview } from '../../flows/write-review.ts'
import { applicationOf } from '../../job/application/store.ts'
import { findJob } from '../../job/store.ts'
import type { Outcome, SandboxProblem } from '../../problem.ts'
import { statusOf } from '../../problem-response.ts'
import type { SandboxEnv } from '../../sandbox-world.ts'
import { choice, type Fields, type Rejected, readFields, requestOf, sendsAnyway } from '../form-fields.ts'
import { link } from '../links.ts'
import { type PageContext, personOf, readerOf, refuse, show, signedInAs } from '../page-door.tsx'
import { formsOf } from '../parts/form-parts.tsx'
import type { ContractDetails } from './contract-details.ts'
import { ContractPage, loadContract } from './contract-page.tsx'
import { HirePage, type HireView, readTerms, roomForParts } from './hire-page.tsx'
import { readReview, readStep, replyForm } from './read-step.ts'

const pathOf = (id: string): string => `/contracts/${encodeURIComponent(id)}`

async function showContract(c: PageContext, id: string, rejected?: Rejected): Promise<Response> {
  const world = c.get('world')
  const details = await loadContract(world, personOf(c), id)
  if (!details.ok) return refuse(c, details.problem)
  const reader = readerOf(c)
  const forms = formsOf(reader, { rejected, once: world.newId('jti') })
  return show(
    c,
    <ContractPage reader={reader} details={details.value} forms={forms} rejected={rejected} />,
    rejected ? statusOf(rejected.problem) : 200,
  )
}

async function takeStep(c: PageContext, details: ContractDetails, fields: Fields): Promise<Outcome<unknown>> {
  const world = c.get('world')
  const step = readStep(world, details.contract, { fields, byOperator: details.role === 'operator' })
  if (!step) return fail({ code: 'not-found' })
  if (!step.ok) return step
  const person = personOf(c)
  const request = await requestOf(c, fields)
  const asked = { contract: details.contract.id, person, request, ...step.value }
  return sayStep(world, asked, sendsAnyway(fields))
}

async function review(c: PageContext, { contract, role }: ContractDetails, fields: Fields): Promise<Outcome<unknown>> {
  if (role === 'operator') return fail({ code: 'forbidden' })
  const draft = readReview(role, fields)
  const requestKey = (await requestOf(c, fields))?.key ?? null
  if (!draft.ok) return draft
  const person = personOf(c)
  const writing = { surface: 'review', person, texts: [draft.value.comment], anyway: sendsAnyway(fields) } as const
  return sendText(c.get('world'), writing, () =>
    writeReview(c.get('world'), { contract: contract.id, person, draft: draft.value, requestKey }),
  )
}

async function reply(c: PageContext, fields: Fields): Promise<Outcome<unknown>> {
  const form = parseInput(replyForm, fields)
  const requestKey = (await requestOf(c, fields))?.key ?? null
  if (!form.ok) return form
  const person = personOf(c)
  const writing = { surface: 'review', person, texts: [form.value.text], anyway: sendsAnyway(fields) } as const
  return sendText(c.get('world'), writing, () => replyToReview(c.get('world'), { ...form.value, person, requestKey }))
}

const providerForm = z.object({ transfer: z.string().max(128), outcome: choice(['succeeded', 'failed']) })

async function answerForProvider(
  c: PageContext,
  { contract }: ContractDetails,
  fields: Fields,
): Promise<Outcome<unknown>> {
  const world = c.get('world')
  const form = parseInput(providerForm, fields)
  if (!form.ok) return form
  const transfer = await findTransfer(world.db, form.value.transfer)
  return transfer?.contract === contract.id
    ? resolveTransfer(world, transfer.id, form.value.outcome)
    : fail({ code: 'not-found' })
}

function act(c: PageContext, details: ContractDetails, fields: Fields): Promise<Outcome<unknown>> {
  if (fields.act === 'review') return review(c, details, fields)
  if (fields.act === 'reply') return reply(c, fields)
  return fields.act === 'provider' ? answerForProvider(c, details, fields) : takeStep(c, details, fields)
}

/** Whom a new contract is with, and for which job of the client. */
async function partnerOf(c: PageContext): Promise<Outcome<Pick<HireView, 'worker' | 'job' | 'application'>>> {
  const world = c.get('world')
  const { worker: wanted = '', job: offered = '' } = c.req.query()
  const [worker, job] = [
    await requireWorker(world, wanted),
    offered === '' ? undefined : await findJob(world.db, offered),
  ]
  if (!worker.ok) return worker
  if (offered !== '' && job?.client !== personOf(c).id) return fail({ code: 'not-found' })
  return ok({ worker: worker.value, job, application: job && (await applicationOf(world.db, job.id, wanted)) })
}

async function showTerms(
  c: PageContext,
  sent: { readonly fields: Fields; readonly problem?: SandboxProblem },
): Promise<Response> {
  const partner = await partnerOf(c)
  if (!partner.ok) return refuse(c, partner.problem)
  const { fields, problem } = sent
  const reader = readerOf(c)
  const rejected = problem && { fields, problem }
  // more room was asked for: what was typed stays, and nothing is wrong with it
  const kept =
    rejected ??
    (Object.keys(fields).length > 0 ? { fields, problem: { code: 'malformed', issues: [] } as const } : undefined)
  const forms = formsOf(reader, { rejected: kept, once: c.get('world').newId('jti') })
  return show(
    c,
    <HirePage reader={reader} {...partner.value} forms={forms} rejected={rejected} parts={roomForParts(fields)} />,
    problem ? statusOf(problem) : 200,
  )
}

async function sendTerms(
  c: PageContext,
  { fields, proposal }: { readonly fields: Fields; readonly proposal: Proposal },
): Promise<Outcome<Contract>> {
  const person = personOf(c)
  const request = await requestOf(c, fields)
  const texts = [proposal.title, ...(proposal.milestones ?? []).map(({ title }) => title)]
  return sendText(c.get('world'), { surface: 'contract', person, texts, anyway: sendsAnyway(fields) }, () =>
    proposeContract(c.get('world'), { person, request }, proposal),
  )
}

async function propose(c: PageContext): Promise<Response> {
  const fields = await readFields(c)
  if (fields.parts !== undefined) return showTerms(c, { fields })
  const partner = await partnerOf(c)
  if (!partner.ok) return refuse(c, partner.problem)
  const terms = readTerms(fields)
  const { worker, job } = partner.value
  const made = terms.ok
    ? await sendTerms(c, { fields, proposal: { ...terms.value, worker: worker.id, job: job?.id } })
    : terms
  return made.ok
    ? c.redirect(link(readerOf(c).locale, pathOf(made.value.id)), 303)
    : showTerms(c, { fields, problem: made.problem })
}

/** Contracts, for their two sides and operators. */
export function contractPages(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()

  app.get('/contracts/new', signedInAs('client'), (c) => showTerms(c, { fields: {} }))
  app.post('/contracts/new', signedInAs('client'), propose)

  app.get('/contracts/:id', signedInAs(), (c) => showContract(c, c.req.param('id')))

  app.post('/contracts/:id', signedInAs(), async (c) => {
    const id = c.req.param('id')
    const fields = await readFields(c)
    const details = await loadContract(c.get('world'), personOf(c), id)
    if (!details.ok) return refuse(c, details.problem)
    const done = await act(c, details.value, fields)
    return done.ok
      ? c.redirect(link(readerOf(c).locale, pathOf(id)), 303)
      : showContract(c, id, { fields, problem: done.problem })
  })

  return app
}
