import { historyOf } from '../credential/history/store.ts'
import { findCredential } from '../credential/store.ts'
import type { CredentialEventRow, CredentialRow } from '../credential/tables.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import type { World } from '../world/world.ts'

export interface CredentialHistory {
  readonly credential: CredentialRow
  readonly history: readonly CredentialEventRow[]
}

/** Everything that happened to a credential: when, by whom, why, from which state to which; for operators. */
export async function readHistory(
  world: World,
  { session, id }: { readonly session: Session; readonly id: string },
): Promise<Result<CredentialHistory>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const credential = await findCredential(world.db, id)
  return credential ? ok({ credential, history: await historyOf(world.db, id) }) : fail({ code: 'not-found' })
}
