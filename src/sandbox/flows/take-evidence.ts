import { type Instant, parseRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Badge, RankingSignalBody } from '../../marketplace/contract.ts'
import { applyBadge, applySignal } from '../evidence/store.ts'
import { malformed, type Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { verifyBadgeToken } from '../trust/badge-token.ts'
import type { PluginKeys } from '../trust/plugin-keys.ts'

/** Whether an item of evidence took effect; an older or equal version does not, and that is no error. */
export interface Taken {
  readonly version: number
  readonly applied: boolean
}

const isWebAddress = (url: string): boolean => /^https?:\/\//.test(url)

/** Verifies a badge and shows it. What does not verify is never stored. */
export async function takeBadge(world: SandboxWorld, keys: PluginKeys, at: { readonly worker: string; readonly credential: string }, body: Badge): Promise<Outcome<Taken>> {
  if (!isWebAddress(body.url) || !isWebAddress(body.image)) return malformed([{ path: 'url', message: 'Must be an http or https address' }])
  const verified = await verifyBadgeToken(world, keys, body.credential)
  if (!verified.ok) return fail({ code: 'badge-refused', reason: verified.problem })
  const { credential: jwt, issuedAt, validUntil, ...described } = body
  if (Math.floor(Date.parse(validUntil) / 1_000) !== Math.floor(verified.value.validUntil / 1_000)) return fail({ code: 'badge-refused', reason: 'claims' })
  const applied = await applyBadge(world.db, {
    ...at,
    ...described,
    jwt,
    issuedAt: Date.parse(issuedAt) as Instant,
    validUntil: verified.value.validUntil,
    verifiedAt: world.now(),
  })
  return ok({ version: body.version, applied })
}

/** Takes what a certificate is worth. */
export async function takeSignal(world: SandboxWorld, at: { readonly worker: string; readonly exam: string }, body: RankingSignalBody): Promise<Outcome<Taken>> {
  const { explanation, validUntil, ...figures } = body
  const until = parseRfc3339(validUntil)
  if (until === undefined) return malformed([{ path: 'validUntil', message: 'Must be an RFC 3339 time' }])
  const applied = await applySignal(world.db, { ...at, ...figures, withdrawn: false, validUntil: until, explanationJa: explanation.ja, explanationEn: explanation.en })
  return ok({ version: body.version, applied })
}

/** Takes a signal back; the tombstone keeps a late, older one from returning. */
export async function withdrawSignal(world: SandboxWorld, at: { readonly worker: string; readonly exam: string }, version: number): Promise<Outcome<Taken>> {
  const tombstone = { withdrawn: true, priorMean: 0, equivalentReviews: 1, validUntil: world.now(), explanationJa: '', explanationEn: '' }
  return ok({ version, applied: await applySignal(world.db, { ...at, version, ...tombstone }) })
}
