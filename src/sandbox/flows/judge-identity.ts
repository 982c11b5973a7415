import { ok } from '../../kernel/result.ts'
import type { IdentityState } from '../people/payout/account.ts'
import {
  decideIdentity,
  findShared,
  type Identity,
  listShared,
  type SharedAccount,
  type Sharer,
} from '../people/payout/store.ts'
import type { Person } from '../people/person.ts'
import { readWorkers } from '../people/store.ts'
import type { Worker } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { requireWorker } from './change-standing.ts'

/** Of the people of an account so many are shown at once, those who came first. */
export const MOST_SHOWN = 25

/** An account of several people, with who they are. */
export interface ShownAccount extends SharedAccount {
  readonly sharers: readonly (Sharer & { readonly who: Worker | undefined })[]
}

async function withNames(db: SandboxWorld['db'], accounts: readonly SharedAccount[]): Promise<ShownAccount[]> {
  const ids = accounts.flatMap(({ sharers }) => sharers.map(({ worker }) => worker))
  const people = new Map((await readWorkers(db, ids)).map((worker) => [worker.id, worker]))
  return accounts.map((account) => ({
    ...account,
    sharers: account.sharers.map((sharer) => ({ ...sharer, who: people.get(sharer.worker) })),
  }))
}

/** Accounts of two people or more, the latest first. */
export async function showSharedAccounts(
  { db }: SandboxWorld,
  page: Omit<Parameters<typeof listShared>[1], 'sharers'>,
): Promise<ShownAccount[]> {
  return withNames(db, await listShared(db, { ...page, sharers: MOST_SHOWN }))
}

/** One of them, with its people from behind one of them on; undefined where nobody shares it. */
export async function showSharedAccount(
  { db }: SandboxWorld,
  account: string,
  after: Parameters<typeof findShared>[2]['after'],
): Promise<ShownAccount | undefined> {
  const found = await findShared(db, account, { after, limit: MOST_SHOWN + 1 })
  return found && (await withNames(db, [found]))[0]
}

/** An operator writes down whether they have seen who a worker is, and why; the worker reads it. The last word counts. */
export async function judgeIdentity(
  world: SandboxWorld,
  operator: Person,
  found: { readonly worker: string; readonly state: IdentityState; readonly note: string },
): Promise<Outcome<Identity>> {
  const known = await requireWorker(world, found.worker)
  if (!known.ok) return known
  const identity = { ...found, operator: operator.id, decidedAt: world.now() }
  await decideIdentity(world.db, identity)
  return ok(identity)
}
