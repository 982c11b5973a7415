import { CLOCK_SKEW, didOfKid, didOfOrigin, publicMembers, reasons } from '@kentei/verify/parts'
import { decodeProtectedHeader, type JWK } from 'jose'
import { achievementUrl } from '../credential/achievement.ts'
import { type StandingEndorsement, standingOf, verifyEndorsement } from '../credential/endorsement.ts'
import { deleteEndorsement, findEndorsement, keepEndorsement } from '../credential/store.ts'
import { latestBank } from '../item/store.ts'
import { seconds } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { readJsonAnswer } from '../platform/http/read-bounded.ts'
import type { World } from '../world/world.ts'

const FETCH_TIMEOUT = seconds(5)
const MAX_KEY_SET_BYTES = 65_536

const refuse = (message: string) => fail({ code: 'malformed' as const, issues: [{ path: 'endorsement', message }] })

/** The key that a token names, out of what the marketplace publishes: `did:web:<its host>#<kid>`. */
async function publishedKeyOf(world: World, jwt: string): Promise<JWK | undefined> {
  const { origin, jwksUrl } = world.settings.marketplace
  let kid: unknown
  try {
    kid = decodeProtectedHeader(jwt).kid
  } catch {
    return undefined
  }
  const did = didOfOrigin(origin)
  if (typeof kid !== 'string' || didOfKid(kid) !== did) return undefined
  const response = await world
    .fetch(jwksUrl, { headers: { accept: 'application/json' }, redirect: 'manual' }, FETCH_TIMEOUT)
    .catch(() => undefined)
  const published = response?.ok
    ? ((await readJsonAnswer(response, MAX_KEY_SET_BYTES).catch(() => undefined)) as { keys?: JWK[] } | undefined)
    : undefined
  const key = Array.isArray(published?.keys) ? published.keys.find((one) => `${did}#${one.kid}` === kid) : undefined
  return key && { ...publicMembers(key), kid }
}

/** Takes the marketplace's endorsement of an exam's achievement, in place of an earlier one, once its signature and content are right. */
export async function endorseAchievement(
  world: World,
  exam: string,
  jwt: string,
): Promise<Result<{ readonly exam: string; readonly endorsed: true }>> {
  if (!(await latestBank(world.db, exam))) return fail({ code: 'not-found' })
  const publicJwk = await publishedKeyOf(world, jwt)
  if (!publicJwk) return refuse('It names no key that the marketplace publishes.')
  const verified = await verifyEndorsement(
    { jwt, publicJwk, achievement: achievementUrl(world.settings.origin, exam) },
    world.now(),
  )
  if (!verified.ok) return refuse(verified.problem)
  const { validUntil } = verified.value
  if (validUntil !== undefined && validUntil + CLOCK_SKEW < world.now()) return refuse(reasons['past-its-end'][1])
  await keepEndorsement(world.db, { exam, jwt, publicJwk, receivedAt: world.now() })
  return ok({ exam, endorsed: true })
}

/** Takes an endorsement back: new badges do not carry it and the pages do not show it. Doing it again changes nothing. */
export async function withdrawEndorsement(
  world: World,
  exam: string,
): Promise<Result<{ readonly exam: string; readonly endorsed: false }>> {
  if (!(await latestBank(world.db, exam))) return fail({ code: 'not-found' })
  await deleteEndorsement(world.db, exam)
  return ok({ exam, endorsed: false })
}

/** The endorsement of an exam's achievement and how it stands now; undefined without one. */
export async function readEndorsementOf(
  world: World,
  exam: string,
): Promise<(StandingEndorsement & { readonly jwt: string }) | undefined> {
  const row = await findEndorsement(world.db, exam)
  return row && { ...(await standingOf(row, achievementUrl(world.settings.origin, exam), world.now())), jwt: row.jwt }
}
