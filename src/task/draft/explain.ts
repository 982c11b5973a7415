import type { Explanations } from '../explain.ts'
import type { Entries, TaskField } from '../present.ts'
import { isDamaged, openWork, sentenceOf, standsFor } from './grade-1.ts'
import type { DraftKey, Span } from './key.ts'

/** What each checkpoint of a manuscript looked at: its sentence, what was wrong in it, and what stands there now. */
export function explainDraft(key: DraftKey, fields: readonly TaskField[], entries: Entries): Explanations {
  const work = openWork(fields[0] as TaskField, entries, key.places)
  const shown = ({ from, to }: Span): string => work.initial.slice(from, to)
  return new Map(
    key.places.map((place) => [
      `${place.skill}:${place.number}`,
      {
        place: shown(sentenceOf(work, place)),
        values: [{ label: shown(place), entered: standsFor(work, place), right: place.accepted }],
      },
    ]),
  )
}

/** What had to stay and was changed, in the order of the losses. */
export function damagedInDraft(key: DraftKey, fields: readonly TaskField[], entries: Entries): string[] {
  const work = openWork(fields[0] as TaskField, entries, key.places)
  return key.kept
    .filter((kept) => isDamaged(work, kept))
    .map(({ spans }) => spans.map(({ from, to }) => work.initial.slice(from, to)).join(' … '))
}
