import type { ClaimsForm, MessageFact, RedlinePoints, SourcesPoints, Verdict } from './family.ts'

/** What is right of one claim. */
export interface ClaimKey {
  /** Its number. */
  readonly claim: string
  readonly skill: string
  readonly verdict: Verdict
  /** What stands there. */
  readonly shown: string
  /** Of a wrong claim: what should stand there, the author's own wording first. */
  readonly corrections?: readonly string[]
  /** Values of the field of sources or reasons, each of which is right; absent where none is asked for. */
  readonly picks?: readonly string[]
  /** Of a sentence to fix: what its replacement must hold one of and none of, and a sentence that would do. */
  readonly holds?: readonly string[]
  readonly avoids?: readonly string[]
  readonly model?: string
  /** Of a sentence that is not to be kept: words that are found in it alone. */
  readonly names?: readonly string[]
}

export interface MessageKey {
  readonly least: number
  readonly most: number
  readonly facts: readonly MessageFact[]
  readonly banned: readonly string[]
}

/** What is right in claims to check. */
export type ClaimsKey = { readonly claims: readonly ClaimKey[] } & (
  | { readonly form: 'sources'; readonly points: SourcesPoints }
  | { readonly form: 'redline'; readonly points: RedlinePoints; readonly message: MessageKey }
)

/** The verdicts of each form by what they say: that nothing is to be done, that something is wrong, and the third one. */
export const VERDICTS = {
  sources: { sound: 'right', rejects: 'wrong', doubts: 'unknown' },
  redline: { sound: 'keep', rejects: 'fix', doubts: 'check' },
} as const satisfies Readonly<Record<ClaimsForm, Readonly<Record<'sound' | 'rejects' | 'doubts', Verdict>>>>

/** Verdicts that a source or a reason goes with. */
export const PICKED_WITH: Readonly<Record<ClaimsForm, readonly Verdict[]>> = {
  sources: ['right', 'wrong'],
  redline: ['fix', 'check'],
}
