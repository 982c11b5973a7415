import type { Instant } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import { type BankAccount, type IdentityState, markAccount } from '../people/payout/account.ts'
import { findAccount, findIdentity, registerAccount } from '../people/payout/store.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { requireWorker } from './change-standing.ts'

/** Where a worker is paid and whether an operator has seen who they are, as they may read it themselves. */
export interface OwnPayout {
  /** Undefined where none is registered. */
  readonly account: { readonly ending: string; readonly registeredAt: Instant } | undefined
  readonly identity: IdentityState
  /** Why the operator decided so; empty where nobody looked. */
  readonly note: string
}

/**
 * What a worker reads of their own account. Whether somebody else has the same one is not said: that would tell whoever
 * tries an account whether its owner is here.
 */
export async function showPayout({ db }: SandboxWorld, worker: string): Promise<OwnPayout> {
  const [account, identity] = await Promise.all([findAccount(db, worker), findIdentity(db, worker)])
  return { account, identity: identity?.state ?? 'unverified', note: identity?.note ?? '' }
}

/** Registers where a worker is paid from now on. */
export async function registerPayoutAccount(
  world: SandboxWorld,
  worker: string,
  typed: BankAccount,
): Promise<Outcome<OwnPayout>> {
  const known = await requireWorker(world, worker)
  if (!known.ok) return known
  // a secret of the marketplace that lasts as long as its keys, as that of aliases
  const mark = await markAccount(String(world.settings.keys.service.d), typed)
  await registerAccount(world.db, { ...mark, worker, now: world.now() })
  return ok(await showPayout(world, worker))
}
