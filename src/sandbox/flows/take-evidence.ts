import type { Verdict } from '@kentei/verify'
import type { Reason } from '@kentei/verify/parts'
import { decodeJwt } from 'jose'
import type { Badge, RankingSignalBody } from '../../contract/marketplace.ts'
import { type Instant, parseRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { noteVersion } from '../evidence/belief/store.ts'
import { applyBadge, applySignal } from '../evidence/store.ts'
import { malformed, type Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { verifyBadge } from '../trust/plugin-trust.ts'

/** Whether an item of evidence took effect; an older or equal version does not, and that is no error. */
export interface Taken {
  readonly version: number
  readonly applied: boolean
}

const isWebAddress = (url: string): boolean => /^https?:\/\//.test(url)

const inSeconds = (at: number | undefined): number | undefined =>
  at === undefined ? undefined : Math.floor(at / 1_000)

/** Whether a badge is shown: one that has expired is, as expired; and one that was revoked, once the plugin says so too. */
const isShown = (verdict: Verdict, { status }: Badge): boolean =>
  verdict === 'valid' || verdict === 'expired' || (verdict === 'revoked' && status === 'revoked')

/** The version of the exam that a verified badge certifies, as its achievement says; undefined where it says none. */
function examVersionOf(jwt: string): string | undefined {
  const { credentialSubject } = decodeJwt<{ credentialSubject?: { achievement?: { version?: unknown } } }>(jwt)
  const version = credentialSubject?.achievement?.version
  return typeof version === 'string' && version !== '' ? version.slice(0, LONGEST_VERSION) : undefined
}
const LONGEST_VERSION = 64

/** Verifies a badge and shows it. What does not verify is never stored. */
export async function takeBadge(
  world: SandboxWorld,
  at: { readonly worker: string; readonly credential: string },
  body: Badge,
): Promise<Outcome<Taken>> {
  if (!isWebAddress(body.url) || !isWebAddress(body.image))
    return malformed([{ path: 'url', message: 'Must be an http or https address' }])
  const { verdict, checks, claims } = await verifyBadge(world, body.credential)
  if (!isShown(verdict, body))
    return fail({ code: 'badge-refused', reason: checks.findLast(({ code }) => code)?.code as Reason })
  if (inSeconds(claims?.validUntil) !== inSeconds(parseRfc3339(body.validUntil)))
    return fail({ code: 'badge-refused', reason: 'end-differs' })
  if (inSeconds(claims?.validFrom) !== inSeconds(parseRfc3339(body.issuedAt)))
    return fail({ code: 'badge-refused', reason: 'start-differs' })
  const { credential: jwt, issuedAt, validUntil, parts, ...described } = body
  const examVersion = examVersionOf(jwt)
  if (examVersion !== undefined)
    await noteVersion(world.db, { exam: body.exam, version: examVersion, since: Date.parse(issuedAt) as Instant })
  const applied = await applyBadge(world.db, {
    ...at,
    ...described,
    jwt,
    parts: parts ?? null,
    examVersion: examVersion ?? null,
    issuedAt: Date.parse(issuedAt) as Instant,
    validUntil: parseRfc3339(validUntil) as Instant,
    verifiedAt: world.now(),
  })
  return ok({ version: body.version, applied })
}

/** Takes what a certificate is worth. */
export async function takeSignal(
  world: SandboxWorld,
  at: { readonly worker: string; readonly exam: string },
  body: RankingSignalBody,
): Promise<Outcome<Taken>> {
  const { explanation, validUntil, ...figures } = body
  const until = parseRfc3339(validUntil)
  if (until === undefined) return malformed([{ path: 'validUntil', message: 'Must be an RFC 3339 time' }])
  const applied = await applySignal(world.db, {
    ...at,
    ...figures,
    withdrawn: false,
    validUntil: until,
    explanationJa: explanation.ja,
    explanationEn: explanation.en,
  })
  return ok({ version: body.version, applied })
}

/** Takes a signal back; the tombstone keeps a late, older one from returning. */
export async function withdrawSignal(
  world: SandboxWorld,
  at: { readonly worker: string; readonly exam: string },
  version: number,
): Promise<Outcome<Taken>> {
  const tombstone = {
    withdrawn: true,
    priorMean: 0,
    equivalentReviews: 1,
    validUntil: world.now(),
    explanationJa: '',
    explanationEn: '',
  }
  return ok({ version, applied: await applySignal(world.db, { ...at, version, ...tombstone }) })
}
