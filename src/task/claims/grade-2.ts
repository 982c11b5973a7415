import { type Entries, type TaskField, valueIn } from '../present.ts'
import type { TaskGrade } from '../task.ts'
import { gradeClaims1 } from './grade-1.ts'
import type { ClaimsKey } from './key.ts'
import { oneSpelling } from './one-spelling.ts'
import { claimField } from './present.ts'

/**
 * The second grader of claims: as the first, but that corrections are compared with their numbers in digits (「1.15億円」 is
 * 「115,000,000円」), hours from 0 to 24 and one spelling of 「か月」.
 */
export function gradeClaims2(key: ClaimsKey, fields: readonly TaskField[], entries: Entries): TaskGrade {
  const claims = key.claims.map(({ corrections, ...claim }) => ({
    ...claim,
    ...(corrections ? { corrections: corrections.map(oneSpelling), shown: oneSpelling(claim.shown) } : {}),
  }))
  const names = new Set(key.claims.map(({ claim }) => claimField(claim, 'correction')))
  const corrected = fields
    .filter(({ name }) => names.has(name))
    .map((field) => [field.name, oneSpelling(valueIn(field, entries))])
  return gradeClaims1({ ...key, claims }, fields, { ...entries, ...Object.fromEntries(corrected) })
}
