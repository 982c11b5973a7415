import { decodeBase64url } from '@kentei/verify/parts'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Instant } from '../../kernel/instant.ts'
import type { Database, Statement } from '../../world/database.ts'
import type { Signed } from '../key-life.ts'
import { type CredentialRow, credentials } from '../tables.ts'

/** The first part of a token: the same for all that one key signed. The words of an index, which another spelling would not match. */
const header = sql<string>`substr(jwt, 1, instr(jwt, '.') - 1)`

function kidOf(text: string): string | undefined {
  const bytes = decodeBase64url(text)
  if (!bytes) return undefined
  try {
    return String(JSON.parse(new TextDecoder().decode(bytes)).kid)
  } catch {
    return undefined
  }
}

/** What each key signed of what is on record, by its `kid`. */
export async function signedByKey(db: Database): Promise<ReadonlyMap<string, Signed>> {
  const rows = await db
    .select({ header, badges: sql<number>`count(*)`, lastEnd: sql<Instant>`max(valid_until)` })
    .from(credentials)
    .groupBy(header)
  const signed = new Map<string, Signed>()
  for (const { header: text, badges, lastEnd } of rows) {
    const kid = kidOf(text)
    if (kid !== undefined)
      signed.set(kid, {
        badges: badges + (signed.get(kid)?.badges ?? 0),
        lastEnd: Math.max(lastEnd, signed.get(kid)?.lastEnd ?? 0) as Instant,
      })
  }
  return signed
}

/** Credentials on record whose token begins with this header, the first to end first, from beyond `after`, at most `limit`. */
export const credentialsSignedBy = async (
  db: Database,
  signer: string,
  page: { readonly after: Pick<CredentialRow, 'validUntil' | 'id'> | undefined; readonly limit: number },
): Promise<CredentialRow[]> =>
  db
    .select()
    .from(credentials)
    .where(
      and(
        eq(header, signer),
        page.after &&
          sql`(${credentials.validUntil}, ${credentials.id}) > (${page.after.validUntil}, ${page.after.id})`,
      ),
    )
    .orderBy(asc(credentials.validUntil), asc(credentials.id))
    .limit(page.limit)

/**
 * Puts a new signature in the place of the old one, on the version that was read, for somebody's batch. The wallet export goes:
 * it may hold the digest of a token that was signed anew too, and is made from the record when somebody asks.
 */
export const resignStatement = (
  db: Database,
  { id, version, jwt }: Pick<CredentialRow, 'id' | 'version' | 'jwt'>,
  signedAnew: string,
): Statement =>
  db
    .update(credentials)
    .set({ jwt: signedAnew, walletExport: null, version: sql`${credentials.version} + 1` })
    .where(and(eq(credentials.id, id), eq(credentials.version, version), eq(credentials.jwt, jwt)))
