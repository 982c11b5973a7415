import type { Assessment, KindReason } from '../detector/judge/detector.ts'
import { type Precedent, repetitions } from '../detector/judge/precedent.ts'
import { compare } from '../moderation/memory/compare.ts'
import { keysOf, MOST_KEYS, type Read, readText } from '../moderation/memory/fingerprint.ts'
import { isFoundGood, type Repeated, repeats, repeatsWriter } from '../moderation/memory/precedent.ts'
import { type Remembered, rememberedLike } from '../moderation/memory/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** A text that somebody hands in, with what the detector makes of it. */
export interface HandedIn {
  readonly person: string
  readonly text: string
  readonly assessment: Assessment
}

/** What is said of a text, and whether a person has found nothing wrong with it before. */
export interface Recalled {
  readonly assessment: Assessment
  readonly cleared: boolean
}

const LIKELY_KINDS = 3

interface Found extends Repeated {
  readonly remembered: Remembered
}

const isPlainer = (one: Found, other: Found): boolean =>
  one.how === other.how ? one.similar > other.similar : repetitions.indexOf(one.how) < repetitions.indexOf(other.how)

/** Whether a decided text was of one of the kinds that the detector finds likeliest. */
function isOfLikelyKind({ probability }: Assessment, { kinds }: Remembered): boolean {
  const least = Object.values(probability).sort((a, b) => b - a)[LIKELY_KINDS - 1] ?? 0
  return kinds.some((kind) => probability[kind] > 0 && probability[kind] >= least)
}

/** The decided text that this one repeats most plainly. */
async function findRepeated(
  world: SandboxWorld,
  { person, text, assessment }: HandedIn,
  read: Read,
  keys: readonly number[],
): Promise<Found | undefined> {
  let plainest: Found | undefined
  let own: Remembered | undefined
  for (const remembered of await rememberedLike(world.db, { keys, person, good: false })) {
    const repeated = repeats({
      likeness: compare(read, remembered.fingerprint),
      lengths: { known: remembered.fingerprint.length, text: read.hashes.length },
      isSamePerson: remembered.person === person,
      suspicionIn: ({ start, end }) =>
        Math.max(assessment.any, world.detect({ title: '', body: text.slice(start, end) }).any),
    })
    const found = repeated && { ...repeated, remembered }
    if (found && (!plainest || isPlainer(found, plainest))) plainest = found
    own ??= remembered.person === person && isOfLikelyKind(assessment, remembered) ? remembered : undefined
  }
  const band = plainest || !own ? undefined : repeatsWriter(assessment.any)
  if (!own || !band) return plainest
  return { how: 'writer', similar: 0, stretch: { start: 0, end: text.length }, band, remembered: own }
}

const precedentOf = ({ remembered, how, similar, stretch }: Found): Precedent => ({
  case: remembered.subject,
  decision: remembered.decision,
  kinds: remembered.kinds,
  how,
  similar,
  ...stretch,
})

/** The kinds of the earlier decision first: they are the reason. */
function reasonsWith({ probability, reasons }: Assessment, { kinds }: Precedent): KindReason[] {
  const known = kinds.map(
    (kind) => reasons.find((reason) => reason.kind === kind) ?? { kind, probability: probability[kind], words: [] },
  )
  return [...known, ...reasons.filter(({ kind }) => !kinds.includes(kind))]
}

/** Whether a person found nothing wrong with this very text, when it was taken for the same. */
async function wasFoundGood(
  world: SandboxWorld,
  { person, assessment }: HandedIn,
  read: Read,
  keys: readonly number[],
): Promise<boolean> {
  const suspected = assessment.reasons[0]?.kind
  for (const { fingerprint, kinds, suspicion } of await rememberedLike(world.db, { keys, person, good: true })) {
    const lengths = { known: fingerprint.length, text: read.hashes.length }
    const compared = { likeness: compare(read, fingerprint), lengths }
    const isSameReason = suspected === undefined || kinds.includes(suspected)
    if (isSameReason && isFoundGood(compared, { before: suspicion, now: assessment.any })) return true
  }
  return false
}

/**
 * What is to be done about a text by what people have decided before: one that repeats what was taken down, whoever
 * wrote it, is held as that case; one that was found good is not looked at again for the same reason. What was found bad
 * goes before what was found good, unless it is the same text.
 */
export async function recallDecisions(world: SandboxWorld, handedIn: HandedIn): Promise<Recalled> {
  const { assessment } = handedIn
  const read = readText(handedIn.text)
  const keys = keysOf(read.hashes, MOST_KEYS)
  const found = await findRepeated(world, handedIn, read, keys)
  // whoever dilutes a scam takes the sentences of others: those stay good, once somebody has found them so
  const mayBeGood = found ? found.how !== 'copy' : assessment.band !== 'publish'
  const cleared = mayBeGood && (await wasFoundGood(world, handedIn, read, keys))
  if (cleared) return { assessment: { ...assessment, band: 'publish' }, cleared }
  if (!found) return { assessment, cleared }
  const precedent = precedentOf(found)
  const band = assessment.band === 'hold' ? 'hold' : found.band
  return { assessment: { ...assessment, band, reasons: reasonsWith(assessment, precedent), precedent }, cleared }
}
