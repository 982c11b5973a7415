import { notedSecrets, noteSecret } from '../marketplace/store.ts'
import { tombstonesOf } from '../marketplace/tombstone.ts'
import type { Database } from '../world/database.ts'

/** An id that nobody has. */
const NOBODY = ''

/**
 * Whether the people who were erased from a database are recognised by one of these secrets. The first time, and after a new
 * one came before it, the first is noted, as an HMAC of what everybody knows.
 */
export async function recogniseSecrets(db: Database, secrets: readonly string[]): Promise<boolean> {
  const made = await tombstonesOf(NOBODY, secrets)
  const noted = await notedSecrets(db)
  if (noted.length > 0 && !made.some((one) => noted.includes(one))) return false
  const [first] = made
  if (first !== undefined && !noted.includes(first)) await noteSecret(db, first)
  return true
}
