import type { Context } from 'hono'
import { Hono } from 'hono'
import type * as z from 'zod'
import { fail, ok } from '../../kernel/result.ts'
import { parseBody, parseInput } from '../../platform/http/parse-input.ts'
import type { Act } from '../escrow/command.ts'
import type { Contract } from '../escrow/contract.ts'
import { freezeSkillContext } from '../flows/freeze-skill-context.ts'
import { listPaidWork } from '../flows/list-paid-work.ts'
import { proposeContract } from '../flows/propose-contract.ts'
import { readBalanceSheet, readContract, readContractEvents, readContracts, readLedger } from '../flows/read-contracts.ts'
import { type ContractRequest, roleIn, takeContractStep } from '../flows/take-contract-step.ts'
import type { Person } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import { problemResponse, respond } from '../problem-response.ts'
import type { SandboxEnv, SandboxWorld } from '../sandbox-world.ts'
import { requestOf } from './answer-once.ts'
import {
  acceptBody,
  cancelBody,
  contractsQuery,
  correctBody,
  decideBody,
  deliverBody,
  disputeBody,
  fundBody,
  paidWorkQuery,
  proposalBody,
  releaseBody,
  requestChangesBody,
  skillContextBody,
  startBody,
} from './contract-bodies.ts'
import { describeBooks, describeContext, describeContract, describeContractInFull, describeEvent, describePaidWork } from './describe-contract.ts'
import { contractOperations, evidenceOperations } from './escrow-operations.ts'
import type { Operation } from './operation.ts'
import { requirePerson } from './person-door.ts'
import { requireScope } from './service-door.ts'
import { transferOperations } from './transfer-api.ts'

export const escrowOperations: readonly Operation[] = [...contractOperations, ...transferOperations, ...evidenceOperations]

type AnyContext = Context<SandboxEnv>

/** How the body of each step is read, and what it asks for. */
const stepReaders = {
  fund: reader(fundBody, ({ paymentMethod }, world) => ({ type: 'fund', transfer: world.newId('trf'), method: paymentMethod })),
  start: reader(startBody, () => ({ type: 'start' })),
  deliver: reader(deliverBody, ({ milestone, note }) => ({ type: 'deliver', milestone, note })),
  'request-changes': reader(requestChangesBody, ({ milestone, note }) => ({ type: 'request-changes', milestone, note })),
  accept: reader(acceptBody, ({ milestone }) => ({ type: 'accept', milestone })),
  release: reader(releaseBody, ({ milestone, amount }) => ({ type: 'release', milestone, amount })),
  cancel: reader(cancelBody, () => ({ type: 'cancel' })),
  dispute: reader(disputeBody, ({ note }) => ({ type: 'dispute', note })),
  decide: reader(decideBody, ({ releaseToWorker, refundToClient }) => ({ type: 'decide', releaseToWorker, refundToClient })),
  correct: reader(correctBody, ({ to, amount }) => ({ type: 'correct', to, amount })),
}

interface AskedStep {
  readonly act: Act
  readonly reason: string | undefined
}

function reader<Body extends { readonly reason?: string | undefined }>(schema: z.ZodType<Body>, act: (body: Body, world: SandboxWorld) => Act) {
  return (text: string, world: SandboxWorld): Outcome<AskedStep> => {
    const body = parseBody(schema, text)
    return body.ok ? ok({ act: act(body.value, world), reason: body.value.reason }) : body
  }
}

/** The signed-in person; a door has seen to it that there is one. */
function personOf(c: AnyContext): Person {
  const person = c.get('person')
  if (!person) throw new Error('no door before this route')
  return person
}

/** One act of a person on a contract. */
async function act(c: AnyContext, does: (request: ContractRequest | undefined, body: string) => Promise<Outcome<Contract>>): Promise<Outcome<object>> {
  const contract = await does(await requestOf(c), await c.req.text())
  if (!contract.ok) return contract
  const role = roleIn(contract.value, personOf(c))
  return role ? ok(describeContract({ contract: contract.value, role })) : fail({ code: 'not-found' })
}

async function propose(c: AnyContext): Promise<Response> {
  const outcome = await act(c, async (request, text) => {
    const proposal = parseBody(proposalBody, text)
    return proposal.ok ? proposeContract(c.get('world'), { person: personOf(c), request }, proposal.value) : proposal
  })
  return outcome.ok ? c.json(outcome.value, 201) : problemResponse(outcome.problem)
}

async function takeStep(c: AnyContext, contract: string, read: (text: string, world: SandboxWorld) => Outcome<AskedStep>): Promise<Response> {
  const world = c.get('world')
  const outcome = await act(c, async (request, text) => {
    const asked = read(text, world)
    return asked.ok ? takeContractStep(world, { contract, person: personOf(c), request, ...asked.value }) : asked
  })
  return respond(c, outcome)
}

function contractRoutes(api: Hono<SandboxEnv>): void {
  const anyone = requirePerson()
  api.post('/contracts', requirePerson('client'), propose)

  api.get('/contracts', anyone, async (c) => {
    const query = parseInput(contractsQuery, c.req.query())
    const page = query.ok ? await readContracts(c.get('world'), personOf(c), query.value) : query
    return respond(c, page.ok ? ok({ contracts: page.value.contracts.map(describeContract), next: page.value.next }) : page)
  })

  api.get('/contracts/:id', anyone, async (c) => {
    const view = await readContract(c.get('world'), personOf(c), c.req.param('id'))
    return respond(c, view.ok ? ok(describeContractInFull(view.value)) : view)
  })

  api.get('/contracts/:id/events', anyone, async (c) => {
    const view = await readContractEvents(c.get('world'), personOf(c), c.req.param('id'))
    return respond(c, view.ok ? ok({ events: view.value.events.map((event) => describeEvent(event, view.value)) }) : view)
  })

  api.get('/contracts/:id/ledger', anyone, async (c) => {
    const books = await readLedger(c.get('world'), personOf(c), c.req.param('id'))
    return respond(c, books.ok ? ok(describeBooks(books.value)) : books)
  })

  api.get('/escrow/balances', requirePerson('operator'), async (c) => c.json(await readBalanceSheet(c.get('world'))))

  for (const [name, read] of Object.entries(stepReaders)) api.post(`/contracts/:id/${name}`, anyone, (c) => takeStep(c, c.req.param('id'), read))
}

function evidenceRoutes(api: Hono<SandboxEnv>): void {
  api.get('/escrow/contracts', requireScope('escrow:read'), async (c) => {
    const query = parseInput(paidWorkQuery, c.req.query())
    const page = query.ok ? await listPaidWork(c.get('world'), query.value) : query
    return respond(c, page.ok ? ok({ contracts: page.value.work.map(describePaidWork), next: page.value.next }) : page)
  })

  api.put('/contracts/:contract/skill-context', requireScope('contracts:write'), async (c) => {
    const body = parseBody(skillContextBody, await c.req.text())
    const frozen = body.ok ? await freezeSkillContext(c.get('world'), c.req.param('contract'), body.value.credential) : body
    return respond(c, frozen.ok ? ok(describeContext(frozen.value)) : frozen)
  })
}

/** Contracts, their money, and what the plugin may know of them. Mounted at `/v1`. */
export function escrowApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  contractRoutes(api)
  evidenceRoutes(api)
  return api
}
