import { requestOf } from '../contract/call.ts'
import { freezeSkillContext } from '../contract/marketplace.ts'
import { type Hold, stoodAt } from '../credential/credential-status.ts'
import { credentialsOfWorkers, holdsOf } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import type { Instant } from '../kernel/instant.ts'
import { freezeStatement, undecidedContracts } from '../ranking/store.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { addressTo, enqueueUnlessWaiting } from './address-messages.ts'

/** A contract at the moment it was made. */
export interface FormedContract {
  readonly worker: string
  readonly contract: string
  readonly exam: string
  readonly formedAt: Instant
}

type Teller = Pick<World, 'db' | 'now' | 'newId'>

type HoldsOf = ReadonlyMap<string, readonly Hold[]>

/** The certificate that stood when a contract was made: of several, the one issued last. */
const standing = (
  credentials: readonly CredentialRow[],
  holds: HoldsOf,
  { worker, exam, formedAt }: FormedContract,
): CredentialRow | undefined =>
  credentials
    .filter(
      (credential) =>
        credential.worker === worker &&
        credential.exam === exam &&
        stoodAt(credential, holds.get(credential.id) ?? [], formedAt),
    )
    .sort((a, b) => b.issuedAt - a.issuedAt || (a.id < b.id ? 1 : -1))[0]

/** The statements that tell the marketplace which certificate stood; none where none did. */
function tell(world: Teller, { worker, contract }: FormedContract, credential: string): Statement[] {
  const messages = addressTo(world, worker, [
    { kind: 'skill-context', request: requestOf(freezeSkillContext, { path: { contract }, body: { credential } }) },
  ])
  return [
    freezeStatement(world.db, { worker, contract, credential }),
    enqueueUnlessWaiting(world, messages, world.now()),
  ]
}

/** The statements for a contract that was formed just now, for the batch that notes it. */
export async function freezeStatements(world: Teller, formed: FormedContract): Promise<Statement[]> {
  const credentials = await credentialsOfWorkers(world.db, [formed.worker])
  const holds = await holdsOf(
    world.db,
    credentials.map(({ id }) => id),
  )
  const credential = standing(credentials, holds, formed)
  return credential ? tell(world, formed, credential.id) : []
}

/**
 * The statements for contracts of these workers of which no certificate is known to have stood: the end of a case may show
 * that one did, and so may a contract that was not heard of before.
 */
export async function freezeMissingStatements(world: Teller, workers: readonly string[]): Promise<Statement[]> {
  const rows = await undecidedContracts(world.db, workers)
  if (rows.length === 0) return []
  const credentials = await credentialsOfWorkers(world.db, [...new Set(rows.map(({ worker }) => worker))])
  const holds = await holdsOf(
    world.db,
    credentials.map(({ id }) => id),
  )
  return rows.flatMap(({ worker, contract, exam, formedAt }) => {
    if (exam === null || formedAt === null) return []
    const formed = { worker, contract, exam, formedAt }
    const credential = standing(credentials, holds, formed)
    return credential ? tell(world, formed, credential.id) : []
  })
}

/** Tells the marketplace of certificates that turned out to have stood when a worker's contracts were made. */
export async function freezeMissing(world: Teller, worker: string): Promise<void> {
  const [first, ...rest] = await freezeMissingStatements(world, [worker])
  if (first) await world.db.batch([first, ...rest])
}
