import * as z from 'zod'
import type { TaskKindDefinition } from '../task-kind.ts'
import { damagedInDraft, explainDraft } from './explain.ts'
import { type DraftShapes, generateDraft } from './generate.ts'
import { gradeDraft1 } from './grade-1.ts'

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
