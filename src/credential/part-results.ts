import { decodeJwt } from 'jose'
import type { PartId } from '../item/bank.ts'

/** What a certificate tells of one part of its exam. */
export interface PartResult {
  readonly part: PartId
  /** The ten-point band of the score, `70-80`. */
  readonly band: string
}

/** Fragment of a part's result under the address of its achievement. */
const fragments: Readonly<Record<PartId, string>> = { knowledge: '#knowledge', practical: '#practical' }

/** Address of the description of a part's result, under that of the achievement. */
export const partResultUrl = (achievement: string, part: PartId): string => `${achievement}${fragments[part]}`

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/**
 * The parts whose results a recorded credential tells, as it was signed; none where one paper was the whole exam. What a
 * certificate rests on is what it says itself: the exam may have other parts since. None of a text that is no credential.
 */
export function partResultsOf(jwt: string): readonly PartResult[] {
  let subject: unknown
  try {
    subject = decodeJwt(jwt).credentialSubject
  } catch {
    return []
  }
  const results: unknown = isRecord(subject) ? subject.result : undefined
  if (!Array.isArray(results)) return []
  return (Object.keys(fragments) as PartId[]).flatMap((part) => {
    const found = results.find(
      (one) =>
        isRecord(one) && typeof one.resultDescription === 'string' && one.resultDescription.endsWith(fragments[part]),
    )
    return typeof found?.value === 'string' ? [{ part, band: found.value }] : []
  })
}

/** The parts that a certificate rests on: one paper that is a whole exam asks for knowledge. */
export const certifiedParts = (results: readonly PartResult[]): readonly PartId[] =>
  results.length === 0 ? ['knowledge'] : results.map(({ part }) => part)
