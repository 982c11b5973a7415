import { type Context, Hono } from 'hono'
import { fail, ok } from '../../kernel/result.ts'
import type { Contract } from '../escrow/contract.ts'
import { proposeContract } from '../flows/propose-contract.ts'
import {
  readBalanceSheet,
  readContract,
  readContractEvents,
  readContracts,
  readLedger,
} from '../flows/read-contracts.ts'
import { sendText } from '../flows/send-text.ts'
import { roleIn, type StepRequest, sayStep } from '../flows/take-contract-step.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { requestOf } from './answer-once.ts'
import { describeBooks, describeContract, describeContractInFull, describeEvent } from './describe-contract.ts'
import * as calls from './escrow-calls.ts'
import { personOf, type Serve, serving, told } from './serve.ts'

type Told = ReturnType<typeof describeContract>

/** The contract that an act left, as the person sees it who did it. */
function seenAfter(c: Context<SandboxEnv>, contract: Outcome<Contract>): Outcome<Told> {
  if (!contract.ok) return contract
  const role = roleIn(contract.value, personOf(c))
  return role ? ok(describeContract({ contract: contract.value, role })) : fail({ code: 'not-found' })
}

async function takeStep(
  c: Context<SandboxEnv>,
  step: Pick<StepRequest, 'contract' | 'act' | 'reason'>,
  anyway = false,
): Promise<Outcome<Told>> {
  const request = { ...step, person: personOf(c), request: await requestOf(c) }
  return seenAfter(c, await sayStep(c.get('world'), request, anyway))
}

function serveReading(serve: Serve): void {
  serve(calls.listContracts, async ({ query }, c) =>
    told(await readContracts(c.get('world'), personOf(c), query), ({ contracts, next }) => ({
      contracts: contracts.map(describeContract),
      next,
    })),
  )

  serve(calls.readContract, async ({ path }, c) =>
    told(await readContract(c.get('world'), personOf(c), path.id), describeContractInFull),
  )

  serve(calls.readContractEvents, async ({ path }, c) =>
    told(await readContractEvents(c.get('world'), personOf(c), path.id), (view) => ({
      events: view.events.map((event) => describeEvent(event, view)),
    })),
  )

  serve(calls.readLedger, async ({ path }, c) =>
    told(await readLedger(c.get('world'), personOf(c), path.id), describeBooks),
  )
  serve(calls.readBalances, async (_, c) => ok(await readBalanceSheet(c.get('world'))))
}

function serveSteps(serve: Serve): void {
  serve(calls.fund, ({ path, body: { paymentMethod: method, reason, sendAnyway: anyway } }, c) => {
    const act = { type: 'fund', transfer: c.get('world').newId('trf'), method } as const
    return takeStep(c, { contract: path.id, act, reason }, anyway)
  })
  serve(calls.start, ({ path, body: { reason, sendAnyway: anyway } }, c) =>
    takeStep(c, { contract: path.id, act: { type: 'start' }, reason }, anyway),
  )
  serve(calls.deliver, ({ path, body: { reason, sendAnyway: anyway, ...rest } }, c) =>
    takeStep(c, { contract: path.id, act: { type: 'deliver', ...rest }, reason }, anyway),
  )
  serve(calls.requestChanges, ({ path, body: { reason, sendAnyway: anyway, ...rest } }, c) =>
    takeStep(c, { contract: path.id, act: { type: 'request-changes', ...rest }, reason }, anyway),
  )
  serve(calls.accept, ({ path, body: { reason, sendAnyway: anyway, ...rest } }, c) =>
    takeStep(c, { contract: path.id, act: { type: 'accept', ...rest }, reason }, anyway),
  )
  serve(calls.release, ({ path, body: { reason, sendAnyway: anyway, ...rest } }, c) =>
    takeStep(c, { contract: path.id, act: { type: 'release', ...rest }, reason }, anyway),
  )
  serve(calls.cancel, ({ path, body: { reason, sendAnyway: anyway } }, c) =>
    takeStep(c, { contract: path.id, act: { type: 'cancel' }, reason }, anyway),
  )
  serve(calls.dispute, ({ path, body: { reason, sendAnyway: anyway, ...rest } }, c) =>
    takeStep(c, { contract: path.id, act: { type: 'dispute', ...rest }, reason }, anyway),
  )
  serve(calls.decide, ({ path, body: { reason, ...rest } }, c) =>
    takeStep(c, { contract: path.id, act: { type: 'decide', ...rest }, reason }),
  )
  serve(calls.correct, ({ path, body: { reason, ...rest } }, c) =>
    takeStep(c, { contract: path.id, act: { type: 'correct', ...rest }, reason }),
  )
}

/** Contracts and their money. */
export function escrowApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const serve = serving(api)

  serve(calls.proposeContract, async ({ body: { sendAnyway: anyway, ...body } }, c) => {
    const person = personOf(c)
    const request = await requestOf(c)
    const texts = [body.title, ...(body.milestones ?? []).map(({ title }) => title)]
    const writing = { surface: 'contract', person, texts, anyway } as const
    return seenAfter(
      c,
      await sendText(c.get('world'), writing, () => proposeContract(c.get('world'), { person, request }, body)),
    )
  })
  serveReading(serve)
  serveSteps(serve)
  return api
}
