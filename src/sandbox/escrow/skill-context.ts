import type { Instant } from '../../kernel/instant.ts'
import type { ShownBadge } from '../evidence/evidence.ts'
import type { Contract } from './contract.ts'

/** Which certificate stood when a contract was made. */
export interface SkillContext {
  readonly contract: string
  readonly credential: string
  readonly frozenAt: Instant
}

/**
 * Why a badge cannot have stood when a contract was formed; undefined when it can. Of a badge that is suspended or revoked
 * now, only the last change is known: it stood if that change was told after the contract was formed.
 */
export function whyItDidNotStand(
  badge: ShownBadge | undefined,
  contract: Pick<Contract, 'category'> & { readonly formedAt: Instant },
): string | undefined {
  if (!badge) return 'The worker shows no such badge'
  if (badge.exam !== contract.category) return `The badge is of ${badge.exam}, the contract of ${contract.category}`
  if (badge.issuedAt > contract.formedAt) return 'It was issued after the contract was formed'
  if (badge.validUntil <= contract.formedAt) return 'It had expired when the contract was formed'
  const withdrawn = badge.status === 'suspended' || badge.status === 'revoked'
  return withdrawn && badge.verifiedAt <= contract.formedAt
    ? `It was ${badge.status} when the contract was formed`
    : undefined
}
