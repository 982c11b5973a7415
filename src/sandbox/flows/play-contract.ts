import { stableHash } from '../../kernel/random.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Contract } from '../escrow/contract.ts'
import type { Act } from '../escrow/steps.ts'
import { findContract, listContracts } from '../escrow/store.ts'
import type { Person } from '../people/person.ts'
import { clientsAmong, findPerson } from '../people/store.ts'
import type { Category } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import { type ReviewSide, reviewSides, type Stars } from '../review/review.ts'
import { reviewBy } from '../review/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { inventedClients } from '../seed/clients.data.ts'
import { deliveryNote, reviewComments, smallJobs } from './played.data.ts'
import { proposeContract } from './propose-contract.ts'
import { takeContractStep } from './take-contract-step.ts'
import { type ReviewDraft, writeReview } from './write-review.ts'

/** How many steps a contract can need until its money has moved: four a milestone, and some at both ends. */
const MOST_STEPS = 100
const MOST_READ = 200

async function personWith(world: SandboxWorld, id: string): Promise<Outcome<Person>> {
  const person = await findPerson(world.db, id)
  return person ? ok(person) : fail({ code: 'not-found' })
}

/** A client of the seed for whom the worker has not worked: evidence counts by distinct clients. */
export async function newClientFor(world: SandboxWorld, worker: string): Promise<Outcome<Person>> {
  const [contracts, clients] = await Promise.all([
    listContracts(world.db, { person: worker, limit: MOST_READ }),
    clientsAmong(
      world.db,
      inventedClients.map(({ id }) => id),
    ),
  ])
  const known = new Set(contracts.map(({ client }) => client))
  const willing = inventedClients.filter(({ id }) =>
    clients.some((client) => client.id === id && client.standing === 'good'),
  )
  const chosen = willing.find(({ id }) => !known.has(id)) ?? willing[0]
  return chosen
    ? ok({ id: chosen.id, role: 'client', name: chosen.name })
    : fail({ code: 'standing', standing: 'suspended' })
}

/** A client proposes something small to a worker and pays it into escrow. */
export async function hireForSomething(
  world: SandboxWorld,
  worker: string,
  category: Category,
): Promise<Outcome<Contract>> {
  const person = await personWith(world, worker)
  if (!person.ok) return person
  if (person.value.role !== 'worker') return fail({ code: 'not-found' })
  const client = await newClientFor(world, worker)
  if (!client.ok) return client
  const nth = (await listContracts(world.db, { person: worker, limit: MOST_READ })).length
  const proposed = await proposeContract(
    world,
    { person: client.value },
    { worker, category, ...(smallJobs[nth % smallJobs.length] ?? smallJobs[0]) },
  )
  return proposed.ok
    ? takeContractStep(world, {
        contract: proposed.value.id,
        person: client.value,
        act: { type: 'fund', transfer: world.newId('trf'), method: 'card' },
      })
    : proposed
}

type Turn = { readonly by: ReviewSide; readonly act: Act }

/** What has to be done next until the work is paid, and by whom; undefined when nothing is left to do. */
function nextTurn(world: SandboxWorld, { status, milestones, payment }: Contract): Turn | undefined {
  if (status === 'proposed')
    return payment?.state === 'pending'
      ? undefined
      : { by: 'client', act: { type: 'fund', transfer: world.newId('trf'), method: 'card' } }
  if (status === 'funded') return { by: 'worker', act: { type: 'start' } }
  if (status === 'accepted') return { by: 'client', act: { type: 'release' } }
  if (status !== 'in-progress' && status !== 'delivered' && status !== 'changes-requested') return undefined
  const delivered = milestones.find((part) => part.status === 'delivered')
  if (delivered) return { by: 'client', act: { type: 'accept', milestone: delivered.id } }
  const open = milestones.find((part) => part.status === 'open' || part.status === 'changes-requested')
  return open && { by: 'worker', act: { type: 'deliver', milestone: open.id, note: deliveryNote(open.title) } }
}

/** Both sides do what is left until the worker is paid. */
export async function finishWork(world: SandboxWorld, id: string): Promise<Outcome<Contract>> {
  let contract = await findContract(world.db, id)
  for (let steps = 0; contract && steps < MOST_STEPS; steps += 1) {
    const turn = nextTurn(world, contract)
    if (!turn) break
    const person = await personWith(world, contract[turn.by])
    const done: Outcome<Contract> = person.ok
      ? await takeContractStep(world, { contract: id, person: person.value, act: turn.act })
      : person
    if (!done.ok) return done
    contract = done.value
  }
  if (!contract) return fail({ code: 'not-found' })
  return contract.released > 0
    ? ok(contract)
    : fail({ code: 'wrong-state', state: contract.status, detail: 'This contract cannot be worked on' })
}

function draftOf(side: ReviewSide, contract: string): ReviewDraft {
  const shared = { quality: 5, schedule: 5, communication: 4, partnership: 4 }
  const stars: Stars = side === 'client' ? { skill: 4, ...shared } : { request: 4, ...shared }
  const said = reviewComments[side]
  return { stars, comment: said[stableHash(contract) % said.length] ?? '', hidden: { again: 8, safe: 'yes', note: '' } }
}

/** Both sides review each other, unless they have. Answers the ids of the reviews. */
export async function reviewEachOther(
  world: SandboxWorld,
  contract: Pick<Contract, 'id' | ReviewSide>,
): Promise<Outcome<readonly string[]>> {
  const ids: string[] = []
  for (const side of reviewSides) {
    const before = await reviewBy(world.db, contract.id, side)
    const person = await personWith(world, contract[side])
    if (!person.ok) return person
    const written = before
      ? ok(before)
      : await writeReview(world, {
          contract: contract.id,
          person: person.value,
          draft: draftOf(side, contract.id),
          requestKey: null,
        })
    if (!written.ok) return written
    ids.push(written.value.review.id)
  }
  return ok(ids)
}
