import * as z from 'zod'
import type { Explanations } from '../explain.ts'
import type { Entries, TaskField } from '../present.ts'
import type { TaskKindDefinition } from '../task-kind.ts'
import { type DraftShapes, generateDraft } from './generate.ts'
import { gradeDraft1, isDamaged, openWork, sentenceOf, standsFor } from './grade-1.ts'
import type { DraftKey, Span } from './key.ts'

const text = z.string().min(1).max(2_000)
const form = z.string().min(1).max(200)

const piece = z.discriminatedUnion('as', [
  z.strictObject({ as: z.enum(['text', 'slot', 'look']), text }),
  z.strictObject({
    as: z.literal('place'),
    wrong: form,
    right: z.array(form).min(1).max(20),
    skill: z.string().min(1).max(40),
  }),
])

/** A manuscript to correct by the rules of an editor, and by nothing else. */
export const draft: TaskKindDefinition<DraftShapes> = {
  bodySchema: () =>
    z.strictObject({
      faults: z.int().min(1).max(60),
      parts: z
        .array(
          z.strictObject({
            alternatives: z
              .array(z.array(z.array(piece).max(200)).min(1).max(30))
              .min(1)
              .max(20),
          }),
        )
        .min(1)
        .max(40),
    }),
  materialsSchema: () => z.object({}),
  generator: 1,
  generate: generateDraft,
  graders: { 1: gradeDraft1 },
  explain: explainDraft,
  damaged: damagedInDraft,
}

/** What each checkpoint of a manuscript looked at: its sentence, what was wrong in it, and what stands there now. */
function explainDraft(key: DraftKey, fields: readonly TaskField[], entries: Entries): Explanations {
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
function damagedInDraft(key: DraftKey, fields: readonly TaskField[], entries: Entries): string[] {
  const work = openWork(fields[0] as TaskField, entries, key.places)
  return key.kept
    .filter((kept) => isDamaged(work, kept))
    .map(({ spans }) => spans.map(({ from, to }) => work.initial.slice(from, to)).join(' … '))
}
