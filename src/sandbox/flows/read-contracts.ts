import type { Instant } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Contract, ContractStatus } from '../escrow/contract.ts'
import type { StoredEvent } from '../escrow/evolve.ts'
import type { Entry, Transfer } from '../escrow/ledger.ts'
import { type Cursor, readCursor, writeCursor } from '../escrow/paid-work.ts'
import type { SkillContext } from '../escrow/skill-context.ts'
import type { ActorRole } from '../escrow/steps.ts'
import {
  entriesOf,
  eventsOf,
  findContext,
  findContract,
  listContracts,
  readAccountKinds,
  transfersOf,
} from '../escrow/store.ts'
import type { Person } from '../people/person.ts'
import { malformed, type Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { catchUp } from './fire-contract-timers.ts'
import { roleIn } from './take-contract-step.ts'

export interface ContractView {
  readonly contract: Contract
  /** In what quality the reader sees it. */
  readonly role: Exclude<ActorRole, 'system'>
}

/** A single contract, and which certificate stood when it was formed. */
export interface ContractInFull extends ContractView {
  readonly context: SkillContext | null
}

/** A contract as it stands now, for its parties and operators; for anybody else there is none. */
export async function readContract(world: SandboxWorld, person: Person, id: string): Promise<Outcome<ContractInFull>> {
  const found = await findContract(world.db, id)
  const role = found && roleIn(found, person)
  const contract = role && (await catchUp(world, id, found))?.contract
  return contract && role
    ? ok({ contract, role, context: (await findContext(world.db, id)) ?? null })
    : fail({ code: 'not-found' })
}

/** A contract's history, with who may read it judged as for the contract. */
export async function readContractEvents(
  world: SandboxWorld,
  person: Person,
  id: string,
): Promise<Outcome<ContractView & { readonly events: readonly StoredEvent[] }>> {
  const view = await readContract(world, person, id)
  return view.ok ? ok({ ...view.value, events: await eventsOf(world.db, id) }) : view
}

export interface Books extends ContractView {
  readonly entries: readonly Entry[]
  readonly transfers: readonly Transfer[]
}

/** A contract's lines in the books, and its transfers. */
export async function readLedger(world: SandboxWorld, person: Person, id: string): Promise<Outcome<Books>> {
  const view = await readContract(world, person, id)
  return view.ok
    ? ok({ ...view.value, entries: await entriesOf(world.db, id), transfers: await transfersOf(world.db, id) })
    : view
}

/** All books together, by kind of account, in yen: what the provider has is what is in escrow, owed, or earned. */
export async function readBalanceSheet(world: SandboxWorld) {
  const accounts = await readAccountKinds(world.db)
  const sum = (side: 'debit' | 'credit') => accounts.reduce((total, account) => total + account[side], 0)
  return {
    debits: sum('debit'),
    credits: sum('credit'),
    accounts: accounts.map((account) => ({ ...account, balance: account.debit - account.credit })),
  }
}

export interface ContractQuery {
  readonly status?: ContractStatus | undefined
  readonly job?: string | undefined
  /** Only those on which something happens by itself until then. */
  readonly dueBy?: Instant | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Reads the place from which a list goes on; undefined from the start. */
export function cursorOf(after: string | undefined): Outcome<Cursor | undefined> {
  const cursor = after === undefined ? undefined : readCursor(after)
  return after !== undefined && cursor === undefined
    ? malformed([{ path: 'after', message: 'Must be the `next` of an earlier page' }])
    : ok(cursor)
}

/** A person's own contracts, the newest first; everybody's for an operator. */
export async function readContracts(
  world: SandboxWorld,
  person: Person,
  query: ContractQuery,
): Promise<Outcome<{ readonly contracts: readonly ContractView[]; readonly next: string | null }>> {
  const after = cursorOf(query.after)
  if (!after.ok) return after
  const own = person.role === 'operator' ? undefined : person.id
  const found = await listContracts(world.db, { ...query, person: own, after: after.value, limit: query.limit + 1 })
  const page = found.slice(0, query.limit)
  const last = found.length > query.limit ? page.at(-1) : undefined
  const contracts = page.flatMap((contract) => {
    const role = roleIn(contract, person)
    return role ? [{ contract, role }] : []
  })
  return ok({ contracts, next: last ? writeCursor({ at: last.createdAt, id: last.id }) : null })
}
