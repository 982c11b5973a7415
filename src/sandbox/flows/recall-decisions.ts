import type { Assessment, KindReason } from '../detector/judge/detector.ts'
import type { Precedent } from '../detector/judge/precedent.ts'
import { keysOf, MOST_KEYS, readText } from '../moderation/memory/fingerprint.ts'
import { outlineKeys, outlineOf } from '../moderation/memory/motif.ts'
import { conclude, type Found, findAlike, findRepeated, mayBeGood, type NewText } from '../moderation/memory/recall.ts'
import { type Remembered, rememberedAbout, rememberedLike } from '../moderation/memory/store.ts'
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

const precedentOf = ({ known, how, similar, stretch }: Found<Remembered>): Precedent => ({
  case: known.subject,
  decision: known.decision,
  kinds: known.kinds,
  how,
  similar,
  ...stretch,
})

/** The kinds of the earlier decision first: they are the reason, unless the texts are only about the same. */
function reasonsWith({ probability, reasons }: Assessment, { how, kinds }: Precedent): KindReason[] {
  if (how === 'alike') return [...reasons]
  const known = kinds.map(
    (kind) => reasons.find((reason) => reason.kind === kind) ?? { kind, probability: probability[kind], words: [] },
  )
  return [...known, ...reasons.filter(({ kind }) => !kinds.includes(kind))]
}

/** The decided text that this one repeats, or else is about the same as. */
async function findKnown(world: SandboxWorld, handedIn: NewText, keys: readonly number[]) {
  const { person, text } = handedIn
  const repeated = findRepeated(handedIn, await rememberedLike(world.db, { keys, person, good: false }))
  if (repeated) return repeated
  const outline = outlineOf(text)
  return findAlike(handedIn, outline, await rememberedAbout(world.db, outlineKeys(outline)))
}

/** What is said of a text by what people have decided before; see `conclude`. */
export async function recallDecisions(world: SandboxWorld, { person, text, assessment }: HandedIn): Promise<Recalled> {
  const read = readText(text)
  const keys = keysOf(read.hashes, MOST_KEYS)
  const suspicionOf = (stretch: string) => world.detect({ title: '', body: stretch }).any
  const handedIn = { person, text, read, assessment, suspicionOf }
  const found = await findKnown(world, handedIn, keys)
  const good = mayBeGood(handedIn, found) ? await rememberedLike(world.db, { keys, person, good: true }) : []
  const { band, cleared } = conclude(handedIn, found, good)
  if (cleared || !found) return { assessment: { ...assessment, band }, cleared }
  const precedent = precedentOf(found)
  return { assessment: { ...assessment, band, reasons: reasonsWith(assessment, precedent), precedent }, cleared }
}
