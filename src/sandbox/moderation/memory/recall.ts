import type { Band } from '../../detector/judge/calibration.ts'
import type { Assessment } from '../../detector/judge/detector.ts'
import type { Kind } from '../../detector/judge/kinds.ts'
import { type Repetition, repetitions } from '../../detector/judge/precedent.ts'
import { compare, type Stretch } from './compare.ts'
import type { Fingerprint, Read } from './fingerprint.ts'
import { alikeness, type Outline } from './motif.ts'
import { isAlike, isFoundGood, type Repeated, repeats, repeatsWriter } from './precedent.ts'

/** A decided text, as far as another one is compared with it. */
export interface KnownText {
  readonly person: string | null
  readonly fingerprint: Fingerprint
  /** What it was found to be; of a good one, what the detector had taken it for. */
  readonly kinds: readonly Kind[]
  /** What the detector said of it, 0..1. */
  readonly suspicion: number
  /** What it is about, where that was kept. */
  readonly outline: Outline | null
}

/** A text that somebody hands in, with what the detector makes of it. */
export interface NewText {
  readonly person: string
  readonly text: string
  readonly read: Read
  readonly assessment: Pick<Assessment, 'any' | 'band'> & Partial<Pick<Assessment, 'probability' | 'reasons'>>
  /** What the detector thinks of a stretch alone: probability of any breach, 0..1. */
  readonly suspicionOf: (stretch: string) => number
}

/** The decided text that a new one repeats, and how. */
export interface Found<K extends KnownText> extends Repeated {
  readonly known: K
}

/** What is done about a new text by what was decided before. */
export interface Conclusion {
  readonly band: Band
  /** Whether a person has found nothing wrong with this very text. */
  readonly cleared: boolean
}

const LIKELY_KINDS = 3

const isPlainer = (one: { readonly how: Repetition; readonly similar: number }, other: typeof one): boolean =>
  one.how === other.how ? one.similar > other.similar : repetitions.indexOf(one.how) < repetitions.indexOf(other.how)

/** Whether a decided text was of one of the kinds that the detector finds likeliest. */
function isOfLikelyKind(probability: Assessment['probability'] | undefined, { kinds }: KnownText): boolean {
  if (!probability) return false
  const least = Object.values(probability).sort((a, b) => b - a)[LIKELY_KINDS - 1] ?? 0
  return kinds.some((kind) => probability[kind] > 0 && probability[kind] >= least)
}

const lengthsOf = ({ read }: NewText, { fingerprint }: KnownText) => ({
  known: fingerprint.length,
  text: read.hashes.length,
})

/** Of the decided texts, the likeliest first, that one which this text repeats most plainly. */
export function findRepeated<K extends KnownText>(handedIn: NewText, known: readonly K[]): Found<K> | undefined {
  const { person, text, read, assessment, suspicionOf } = handedIn
  const suspicionIn = ({ start, end }: Stretch) => Math.max(assessment.any, suspicionOf(text.slice(start, end)))
  let plainest: Found<K> | undefined
  let own: K | undefined
  for (const one of known) {
    const isSamePerson = one.person === person
    const likeness = compare(read, one.fingerprint)
    const repeated = repeats({ likeness, lengths: lengthsOf(handedIn, one), isSamePerson, suspicionIn })
    if (repeated && (!plainest || isPlainer(repeated, plainest))) plainest = { ...repeated, known: one }
    own ??= isSamePerson && isOfLikelyKind(assessment.probability, one) ? one : undefined
  }
  const band = plainest || !own ? undefined : repeatsWriter(assessment.any)
  if (!own || !band) return plainest
  return { how: 'writer', similar: 0, stretch: { start: 0, end: text.length }, band, known: own }
}

/** The decided text that is about the same as this one, told in other words; `outline`: of this one. Kinds that the detector does not find likely are others. */
export function findAlike<K extends KnownText>(
  handedIn: NewText,
  outline: Outline,
  known: readonly K[],
): Found<K> | undefined {
  const { text, assessment } = handedIn
  let nearest: { readonly one: K; readonly similar: number } | undefined
  for (const one of known) {
    if (!one.outline || !isOfLikelyKind(assessment.probability, one)) continue
    const similar = alikeness(outline, one.outline)
    if (similar > (nearest?.similar ?? 0)) nearest = { one, similar }
  }
  if (!nearest || !isAlike(nearest.similar, assessment.band)) return undefined
  const { one, similar } = nearest
  return { how: 'alike', similar, stretch: { start: 0, end: text.length }, band: 'queue', known: one }
}

/** Whether it matters that somebody may have found this text good. Whoever dilutes a scam takes the sentences of others: those stay good. */
export const mayBeGood = ({ assessment }: NewText, found: Repeated | undefined): boolean =>
  found ? found.how !== 'copy' : assessment.band !== 'publish'

/** Whether a person found nothing wrong with this very text, when it was taken for the same. */
function wasFoundGood(handedIn: NewText, good: readonly KnownText[]): boolean {
  const { read, assessment } = handedIn
  const suspected = assessment.reasons?.[0]?.kind
  return good.some((one) => {
    const isSameReason = suspected === undefined || one.kinds.includes(suspected)
    const compared = { likeness: compare(read, one.fingerprint), lengths: lengthsOf(handedIn, one) }
    return isSameReason && isFoundGood(compared, { before: one.suspicion, now: assessment.any })
  })
}

/**
 * What is to be done about a text by what people have decided before: one that repeats what was taken down, whoever
 * wrote it, waits as that case; one that was found good is not looked at again for the same reason. What was found bad
 * goes before what was found good, unless it is the same text.
 */
export function conclude(handedIn: NewText, found: Repeated | undefined, good: readonly KnownText[]): Conclusion {
  const { band } = handedIn.assessment
  if (wasFoundGood(handedIn, good)) return { band: 'publish', cleared: true }
  return { band: !found || band === 'hold' ? band : found.band, cleared: false }
}

/** Texts that are compared: those that share most, and the newest of the same person. */
export const MOST_COMPARED = 12
export const NEWEST_OF_PERSON = 4
/** Of a key the newest so many are read: a phrase that many share says little, and costs no more for that. */
export const NEWEST_OF_KEY = 8

/** Which texts share keys, those first that share most that others do not; `found`: for each key who has it. Of equal ones the later one. */
export function mostShared<T extends number>(found: Iterable<readonly T[]>): T[] {
  const shares = new Map<T, number>()
  for (const of of found) for (const text of of) shares.set(text, (shares.get(text) ?? 0) + 1 / of.length)
  return [...shares]
    .sort(([a, most], [b, other]) => other - most || b - a)
    .slice(0, MOST_COMPARED)
    .map(([text]) => text)
}
