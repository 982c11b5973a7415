/**
 * The parts that `createVerifier` is made of, for services that issue badges themselves: with keys, a record or memories of
 * their own.
 */
export type { GuardedFetch } from './guarded-fetch.ts'
export {
  createIssuerDirectory,
  didOfKid,
  didOfOrigin,
  issuerKeySource,
  publicMembers,
  verificationAlgorithm,
} from './issuer-keys.ts'
export { type CheckName, checkNames, type Reason, reasons, unknowable } from './reasons.ts'
export { type BoundedMemory, boundedMemory, mapConcurrently, takeTurns } from './shared-work.ts'
export { type KeyLookup, type KeySource, openToken } from './signed-token.ts'
export { createListMemory, guardedListLoader, LIST_ENTRIES, listStatusSource, type StatusBits } from './status-list.ts'
export { decodeBase64url, encodeBase64url, isObject } from './strict-parsing.ts'
export {
  type Check,
  CLOCK_SKEW,
  type Genuine,
  type StatusAnswer,
  type StatusSource,
  type Verdict,
  type Verification,
} from './verification.ts'
export { assembleVerifier, createTokenMemory, type Verifier } from './verify-credential.ts'
