import type { Instant } from '../kernel/instant.ts'

/** How far the marketplace's people have come with a case of suspected cheating. */
export interface CaseState {
  readonly decision: { readonly action: string; readonly decidedAt: Instant; readonly automated?: boolean } | null
  readonly appeal: { readonly outcome: string; readonly decidedAt: Instant } | null
  /** Whether nothing can change it any more. */
  readonly final: boolean
}

/**
 * What a case does to its credential.
 * - `held`: under review, or suspended by a decision
 * - `free`: since a time nothing of this case holds it
 * - `revoked`: a person decided so, finally
 */
export type CaseMeasure =
  | { readonly measure: 'held' }
  | { readonly measure: 'free'; readonly since: Instant }
  | { readonly measure: 'revoked' }

const TAKES_AWAY: ReadonlySet<string> = new Set(['suspend-credential', 'revoke-credential'])

/**
 * What follows from the state of a case, whatever states went before. A credential is held while the case is undecided and
 * while a decision stands that takes it away; it is revoked only by a person's final decision. Decisions about the worker
 * (`suspend`, `restrict`) come as a standing and free the credential of the case. An appeal that modifies has put the
 * action that stands now in the decision's place. A decision that was reversed never held: what counts is when it was
 * made, so that it makes no difference whether one has heard of it before it was reversed.
 */
export function caseMeasure({ decision, appeal, final }: CaseState): CaseMeasure {
  if (decision === null) return { measure: 'held' }
  if (appeal?.outcome === 'reverse' || !TAKES_AWAY.has(decision.action))
    return { measure: 'free', since: decision.decidedAt }
  return decision.action === 'revoke-credential' && final && decision.automated !== true
    ? { measure: 'revoked' }
    : { measure: 'held' }
}
