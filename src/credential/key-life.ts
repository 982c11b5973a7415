import type { JWK } from 'jose'
import { type Instant, milliseconds, parseRfc3339, plus, toRfc3339 } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { SigningUse, StoredKey, ToolUse } from '../world/settings.ts'
import { generateKey, isSigningUse, type SigningAlgorithm } from './keys.ts'

/** What may sign what. The first is made where nobody says which. */
export const ALGORITHMS = {
  credential: ['ES256', 'RS256'],
  service: ['ES256'],
  webhook: ['Ed25519'],
  proof: ['Ed25519'],
} as const satisfies Record<SigningUse, readonly SigningAlgorithm[]>

/** What the service signs with. */
export const USES = Object.keys(ALGORITHMS) as readonly SigningUse[]

/** What others hold the private halves for. */
export const TOOL_USES = ['author', 'statistics'] as const satisfies readonly ToolUse[]

/**
 * How long a key must have been published before it signs, in milliseconds. Key documents may be cached for five minutes,
 * by their own headers; careful verifiers, ours among them, keep the keys of an issuer for an hour.
 */
export const PUBLISHED_AHEAD = milliseconds(3_600_000)

/**
 * How long an old key stays after the last that needs it, in milliseconds: a service may sign with it for a moment after
 * it was retired, and a webhook on its way is tried again for 28 hours.
 */
export const STAYS_AFTER = milliseconds(2 * 86_400_000)

/** A stored key that remembers when (RFC 3339) it came into each state. A key of an older release remembers nothing. */
export interface DatedKey extends StoredKey {
  readonly since?: { readonly [State in StoredKey['state']]?: string | undefined }
}

const thumbprintOf = (key: StoredKey): string => String(key.jwk.kid)

export const sinceOf = (key: DatedKey, state: StoredKey['state']): Instant | undefined =>
  parseRfc3339(key.since?.[state] ?? '')

const turned = <K extends DatedKey>(key: K, state: StoredKey['state'], now: Instant): DatedKey => ({
  ...key,
  state,
  since: { ...key.since, [state]: toRfc3339(now) },
})

/** A key without its private half. */
function publicHalf(key: DatedKey): DatedKey {
  const { d, p, q, dp, dq, qi, oth, k, ...members } = key.jwk
  return { ...key, jwk: members as JWK }
}

/** A key that signs no more: its private half is thrown away. */
const disarmed = (key: DatedKey, state: 'retired' | 'blocked', now: Instant): DatedKey =>
  turned(publicHalf(key), state, now)

const fresh = async (
  use: StoredKey['use'],
  state: 'active' | 'next',
  now: Instant,
  alg?: SigningAlgorithm,
): Promise<DatedKey> => turned(await generateKey(use, alg, state), state, now)

/** A key to sign with, and one to publish before its use, so that verifiers know it when it comes. */
export const freshPair = (use: SigningUse, now: Instant, alg?: SigningAlgorithm): Promise<DatedKey[]> =>
  Promise.all([fresh(use, 'active', now, alg), fresh(use, 'next', now, alg)])

/** A key for a tool, whose private half the tool alone keeps, and its public half, by which the service knows it. */
export async function freshToolKey(
  use: ToolUse,
  now: Instant,
  person?: string,
): Promise<{ readonly own: DatedKey; readonly known: DatedKey }> {
  const own = { ...(await fresh(use, 'active', now)), ...(person === undefined ? {} : { person }) }
  return { own, known: publicHalf(own) }
}

const algorithmOf = ({ jwk }: StoredKey) => jwk.alg as SigningAlgorithm | undefined

const successorOf = (keys: readonly DatedKey[], use: StoredKey['use']): DatedKey | undefined =>
  keys.find((key) => key.use === use && key.state === 'next')

/** Makes the key that signs next one of another algorithm. The one that waited has signed nothing and goes. */
export async function announceKey(
  keys: readonly DatedKey[],
  use: SigningUse,
  alg: SigningAlgorithm,
  now: Instant,
): Promise<DatedKey[]> {
  return [...keys.filter((key) => key !== successorOf(keys, use)), await fresh(use, 'next', now, alg)]
}

/** Why a key does not sign yet. */
export type TooEarly =
  | { readonly code: 'no-next-key' }
  | { readonly code: 'not-known-since-when' }
  | { readonly code: 'published-too-lately'; readonly since: Instant; readonly until: Instant }

/** Whether the next key may sign: verifiers must have had time to learn of it. */
export function judgeSuccession(keys: readonly DatedKey[], use: SigningUse, now: Instant): Result<DatedKey, TooEarly> {
  const next = successorOf(keys, use)
  if (!next) return fail({ code: 'no-next-key' })
  const since = sinceOf(next, 'next')
  if (since === undefined) return fail({ code: 'not-known-since-when' })
  const until = plus(since, PUBLISHED_AHEAD)
  return now < until ? fail({ code: 'published-too-lately', since, until }) : ok(next)
}

/** The next key begins to sign, the old one stays published for what it signed, and another next key is published. */
export async function rotateKeys(keys: readonly DatedKey[], use: SigningUse, now: Instant): Promise<DatedKey[]> {
  const active = keys.find((key) => key.use === use && key.state === 'active')
  const next = successorOf(keys, use) ?? (await fresh(use, 'next', now, active && algorithmOf(active)))
  const others = keys
    .filter((key) => key !== next)
    .map((key) => (key.use === use && key.state === 'active' ? disarmed(key, 'retired', now) : key))
  return [...others, turned(next, 'active', now), await fresh(use, 'next', now, algorithmOf(next))]
}

/** Takes a key out of trust. The next key takes the place of one that signs; one that waited is replaced; a tool's is not. */
export async function blockKey(keys: readonly DatedKey[], stolen: DatedKey, now: Instant): Promise<DatedKey[]> {
  const kid = thumbprintOf(stolen)
  const blocked = (all: readonly DatedKey[]) =>
    all.map((key) => (thumbprintOf(key) === kid ? disarmed(key, 'blocked', now) : key))
  if (!isSigningUse(stolen.use)) return blocked(keys)
  if (stolen.state === 'active') return blocked(await rotateKeys(keys, stolen.use, now))
  return stolen.state === 'next'
    ? [...blocked(keys), await fresh(stolen.use, 'next', now, algorithmOf(stolen))]
    : blocked(keys)
}

/** Takes every key out of trust that has a private half, and puts fresh ones in their places. Those of tools have theirs elsewhere. */
export async function blockAllKeys(keys: readonly DatedKey[], now: Instant): Promise<DatedKey[]> {
  const armed = keys.filter(
    (key): key is DatedKey & { readonly use: SigningUse } =>
      isSigningUse(key.use) && (key.state === 'active' || key.state === 'next'),
  )
  const others = keys.map((key) => (armed.some((one) => one === key) ? disarmed(key, 'blocked', now) : key))
  const made = armed.map((key) => fresh(key.use, key.state as 'active' | 'next', now, algorithmOf(key)))
  return [...others, ...(await Promise.all(made))]
}

/** What is known of what a key signed. */
export interface Signed {
  readonly badges: number
  /** End of the last of them. */
  readonly lastEnd: Instant
}

/** How long an old key stays published: for ever, until a time, or nobody knows. */
export type Stay = { readonly until: Instant } | 'while-in-use' | 'for-ever' | 'not-known'

/**
 * Until when a key must stay. `signed` says what the records know of a credential key: undefined where there are no
 * records at hand. A blocked key of credentials stays, so that what it signed is refused for the right reason and signed
 * anew; of other uses a blocked key is refused like an unknown one, and would only fill a Worker's secret.
 */
export function stayOf(key: DatedKey, signed: ((thumbprint: string) => Signed | undefined) | undefined): Stay {
  if (key.state === 'active' || key.state === 'next') return 'while-in-use'
  if (key.state === 'blocked') {
    const blockedAt = sinceOf(key, 'blocked')
    return key.use === 'credential' || blockedAt === undefined ? 'for-ever' : { until: blockedAt }
  }
  const retiredAt = sinceOf(key, 'retired')
  if (retiredAt === undefined) return 'not-known'
  switch (key.use) {
    case 'service':
    case 'webhook':
    case 'author':
    case 'statistics':
      return { until: plus(retiredAt, STAYS_AFTER) }
    case 'credential':
      return signed
        ? { until: plus(Math.max(retiredAt, signed(thumbprintOf(key))?.lastEnd ?? 0) as Instant, STAYS_AFTER) }
        : 'not-known'
    // which proofs it made stands in the exports that wallets have, not in our records
    case 'proof':
      return 'not-known'
    default:
      return key.use satisfies never
  }
}
