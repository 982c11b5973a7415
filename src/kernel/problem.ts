import type { Instant } from './instant.ts'

/** One thing wrong with an input: where (a JSON path or a form field) and what to do about it. */
export interface Issue {
  readonly path: string
  readonly message: string
}

/** Why a worker may not start an attempt now. */
export const ineligibleReasons = [
  'retake-wait',
  'yearly-limit',
  'exam-closed',
  'locale-unavailable',
  'worker-erased',
  'saw-keys',
  'public-bank',
  /** A part that opens only when the one before it reached its floor. */
  'part-order',
] as const
export type IneligibleReason = (typeof ineligibleReasons)[number]

/** Why a token was refused; stable, safe to show to the caller. */
export const tokenRefusals = [
  'malformed',
  'too-large',
  'algorithm',
  'type',
  'key-unknown',
  'signature',
  'issuer',
  'audience',
  'not-yet-valid',
  'expired',
  'lifetime',
  'replayed',
  'claims',
  'keys-unavailable',
] as const
export type TokenRefusal = (typeof tokenRefusals)[number]

/** Why a webhook was refused before its body was looked at. */
export const webhookRefusals = [
  'missing-headers',
  'malformed-headers',
  'malformed-timestamp',
  'timestamp-out-of-tolerance',
  'no-matching-signature',
] as const
export type WebhookRefusal = (typeof webhookRefusals)[number]

/** An item whose version number was published with other content. */
export interface UsedItemVersion {
  readonly item: string
  readonly version: number
  /** The lowest number that is free. */
  readonly next: number
  /** `office.ja.md:20:3`, where the files are here. */
  readonly where?: string
}

/** Every refusal the product can give. The HTTP status of each is in `web/problem-response.ts`. */
export type Problem =
  | { readonly code: 'malformed'; readonly issues: readonly Issue[] }
  | { readonly code: 'unauthenticated' }
  | { readonly code: 'forbidden' }
  | { readonly code: 'not-found' }
  /** It is there, for other methods. */
  | { readonly code: 'method-not-allowed'; readonly allow: readonly string[] }
  /** It was there, and was erased for good. */
  | { readonly code: 'gone' }
  | { readonly code: 'token-refused'; readonly reason: TokenRefusal }
  | { readonly code: 'signature-invalid'; readonly reason: WebhookRefusal }
  | {
      readonly code: 'not-eligible'
      readonly reason: IneligibleReason
      readonly retryAt?: Instant
      readonly attemptsLeft?: number
    }
  | { readonly code: 'attempt-closed'; readonly closedAt: Instant; readonly deadline: Instant }
  | { readonly code: 'attempt-open'; readonly deadline: Instant }
  | { readonly code: 'lease-lost' }
  | { readonly code: 'deadline-not-later'; readonly deadline: Instant }
  | { readonly code: 'idempotency-mismatch' }
  | { readonly code: 'idempotency-in-flight' }
  /** The marketplace says that somebody is staff; the list of this service does not. */
  | {
      readonly code: 'not-listed'
      readonly role: 'author' | 'operator'
      readonly worker: string
      readonly detail: string
    }
  /** What changes the rights of others is done shortly after coming from the marketplace. */
  | { readonly code: 'launch-too-old'; readonly launchedAt: Instant; readonly withinSeconds: number }
  /** Nobody decides about their own attempt, certificate or case. */
  | { readonly code: 'own-case' }
  /** Nobody decides alone about their own work. */
  | { readonly code: 'own-proposal' }
  /** Another content was published under the version number of an item: one number, one content, for good. */
  | { readonly code: 'item-version-used'; readonly items: readonly UsedItemVersion[] }
  | { readonly code: 'conflict'; readonly detail: string }
  /** The body is not what its `Content-Type` says, so that nothing in it can be pointed at. */
  | { readonly code: 'unreadable'; readonly detail: string }
  | { readonly code: 'payload-too-large'; readonly limitBytes: number }
  | { readonly code: 'rate-limited'; readonly retryAfterSeconds: number }
  /** Nothing of it happened, and it may well a little later. */
  | { readonly code: 'busy'; readonly retryAfterSeconds: number }
  | { readonly code: 'internal' }
