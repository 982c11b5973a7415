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

/** Fragment of the whole exam's result. */
const WHOLE = '#score'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** What a recorded credential tells of a result, by the fragment of its description; undefined of a text that is no credential. */
function toldBy(jwt: string): (fragment: string) => string | undefined {
  let subject: unknown
  try {
    subject = decodeJwt(jwt).credentialSubject
  } catch {
    return () => undefined
  }
  const results: unknown = isRecord(subject) ? subject.result : undefined
  return (fragment) => {
    const found: unknown = Array.isArray(results)
      ? results.find(
          (one) =>
            isRecord(one) && typeof one.resultDescription === 'string' && one.resultDescription.endsWith(fragment),
        )
      : undefined
    return isRecord(found) && typeof found.value === 'string' ? found.value : undefined
  }
}

/**
 * The parts whose results a recorded credential tells, as it was signed; none where one paper was the whole exam. What a
 * certificate rests on is what it says itself: the exam may have other parts since. None of a text that is no credential.
 */
export function partResultsOf(jwt: string): readonly PartResult[] {
  const told = toldBy(jwt)
  return (Object.keys(fragments) as PartId[]).flatMap((part) => {
    const band = told(fragments[part])
    return band === undefined ? [] : [{ part, band }]
  })
}

/** The ten-point band of the whole exam that a recorded credential tells, `70-80`. */
export const scoreBandOf = (jwt: string): string | undefined => toldBy(jwt)(WHOLE)

/** The parts that a certificate rests on: one paper that is a whole exam asks for knowledge. */
export const certifiedParts = (results: readonly PartResult[]): readonly PartId[] =>
  results.length === 0 ? ['knowledge'] : results.map(({ part }) => part)
