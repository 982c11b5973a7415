import { type Explanation, type Explanations, openEntered } from '../explain.ts'
import type { Entries, TaskField } from '../present.ts'
import type { ClaimKey, ClaimsKey } from './key.ts'
import { type ClaimPart, claimField, MESSAGE_FIELD } from './present.ts'

/** What each checkpoint of claims looked at: the place in the text, and what would have been right of it. */
export function explainClaims(key: ClaimsKey, fields: readonly TaskField[], entries: Entries): Explanations {
  const entered = openEntered(fields, entries)
  const ofClaim = (claim: ClaimKey): [string, Explanation][] => {
    const about = (group: string, part: ClaimPart, right: readonly string[]): [string, Explanation] => [
      `${group}:${claim.claim}`,
      { place: claim.shown, values: [entered(claimField(claim.claim, part), right)] },
    ]
    const picks = claim.picks ?? []
    return [
      about(claim.verdict, 'verdict', [claim.verdict]),
      ...(key.form === 'sources'
        ? [about('correction', 'correction', claim.corrections ?? []), about('source', 'source', picks)]
        : [
            about('reason', 'reason', picks),
            about('replacement', 'replacement', claim.model === undefined ? (claim.holds ?? []) : [claim.model]),
          ]),
    ]
  }
  const message = key.form === 'redline' ? key.message.facts : []
  const ofMessage = message.map((fact, i): [string, Explanation] => {
    const value = entered(MESSAGE_FIELD)
    return [
      `message:${i + 1}`,
      { values: [fact.as === 'words' ? { ...value, right: fact.words } : { ...value, least: fact.least }] },
    ]
  })
  return new Map([...key.claims.flatMap(ofClaim), ...ofMessage])
}
