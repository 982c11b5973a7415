import { awardedAt } from '../../credential/lineage.ts'
import { currentEdition, findCredential, relativesOf } from '../../credential/store.ts'
import type { CredentialRow } from '../../credential/tables.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { World } from '../../world/world.ts'

/** What came before a credential, and what came after it. */
export interface Lineage {
  /** When what it certifies was passed: a correction is issued later. */
  readonly passedAt: Instant
  /** When the first of its line was awarded. */
  readonly awardedAt: Instant
  readonly before?: CredentialRow
  /** The last correction, which stands in its place. */
  readonly replacedBy?: CredentialRow
  /** Its renewal, unless that was taken away. */
  readonly renewedBy?: CredentialRow
}

/** Reads the line that a credential belongs to. */
export async function readLineage({ db }: World, record: CredentialRow): Promise<Lineage> {
  const relatives = await relativesOf(db, record)
  const editions = relatives
    .filter(({ attemptId }) => attemptId === record.attemptId)
    .sort((a, b) => a.edition - b.edition)
  const last = editions.at(-1)
  const renewal = relatives.find(({ predecessor, relation }) => predecessor === record.id && relation === 'renews')
  // a renewal may have been corrected in its turn
  const renewedBy =
    renewal?.status === 'revoked' ? await findCredential(db, await currentEdition(db, renewal.id)) : renewal
  const before = relatives.find(({ id }) => id === record.predecessor)
  return {
    passedAt: editions[0]?.issuedAt ?? record.issuedAt,
    awardedAt: awardedAt(record),
    ...(before ? { before } : {}),
    ...(last && last.edition > record.edition ? { replacedBy: last } : {}),
    ...(renewedBy && renewedBy.status !== 'revoked' ? { renewedBy } : {}),
  }
}
