import * as z from 'zod'
import { readCompiledHtml } from '../../item/markup/compiled-html.ts'
import { type Explanation, type Explanations, openEntered } from '../explain.ts'
import type { Entries, TaskField } from '../present.ts'
import type { TaskKindDefinition } from '../task-kind.ts'
import { type ClaimsShapes, generateClaims } from './generate.ts'
import { gradeClaims1 } from './grade-1.ts'
import { gradeClaims2 } from './grade-2.ts'
import type { ClaimKey, ClaimsKey } from './key.ts'
import { type ClaimPart, claimField, MESSAGE_FIELD } from './present.ts'

const text = z.string().min(1).max(2_000)
const word = z.string().min(1).max(200)
const words = z.array(word).max(30)
const skill = z.string().max(40)
const id = z.string().regex(/^\d{1,2}$/)
const points = z.number().min(0).max(10)
const count = z.int().min(3).max(30)

const sources = z
  .array(
    z.strictObject({
      id,
      label: word,
      title: text,
      html: z
        .string()
        .max(200_000)
        .refine((html) => readCompiledHtml(html) !== undefined, 'holds what the compiler does not write'),
    }),
  )
  .max(10)

const place = z.strictObject({
  as: z.enum(['either', 'right', 'unknown']),
  wrong: words,
  right: word,
  wordings: words,
  skill,
  sources: z.array(id).max(10),
})

const message = z.strictObject({
  least: z.int().min(1).max(800),
  most: z.int().min(1).max(800),
  facts: z
    .array(
      z.discriminatedUnion('as', [
        z.strictObject({ as: z.literal('words'), words: words.min(1), skill }),
        z.strictObject({ as: z.literal('names'), least: z.int().min(1).max(10), skill }),
      ]),
    )
    .max(10),
  banned: words,
})

const shown = z.object({ id: z.string(), label: z.string(), title: z.string(), html: z.string() })

/** Claims to check: an article against its sources, or a text to red-line. */
export const claims: TaskKindDefinition<ClaimsShapes> = {
  forms: ['sources', 'redline'],
  bodySchema: () =>
    z.discriminatedUnion('form', [
      z.strictObject({
        form: z.literal('sources'),
        claims: count,
        sources: sources.min(1),
        article: z
          .array(z.array(z.union([z.strictObject({ text }), z.strictObject({ place })])).max(100))
          .min(1)
          .max(50),
        points: z.strictObject({ verdict: points, correction: points, source: points, calledWrong: points }),
      }),
      z.strictObject({
        form: z.literal('redline'),
        claims: count,
        sources,
        sentences: z
          .array(
            z.strictObject({
              text: word,
              section: z.int().min(0).max(100),
              verdict: z.enum(['keep', 'fix', 'check']),
              reasons: words,
              holds: words,
              avoids: words,
              model: word.optional(),
              skill,
            }),
          )
          .min(1)
          .max(100),
        message,
        points: z.strictObject({
          verdict: points,
          reason: points,
          replacement: points,
          message: points,
          calledWrong: points,
        }),
      }),
    ]),
  materialsSchema: () =>
    z.object({
      sources: z.array(shown),
      article: z.array(z.array(z.object({ text: z.string(), claim: z.string().optional() }))),
      message: z.object({ least: z.int(), most: z.int() }).optional(),
    }),
  generator: 1,
  generate: generateClaims,
  graders: { 1: gradeClaims1, 2: gradeClaims2 },
  explain: explainClaims,
}

/** What each checkpoint of claims looked at: the place in the text, and what would have been right of it. */
function explainClaims(key: ClaimsKey, fields: readonly TaskField[], entries: Entries): Explanations {
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
