import * as z from 'zod'
import { hash, locale, time } from '../shapes.ts'

/** What authors are answered: for the compiler and the document. The Worker carries none of it. */

/** With the ends of its interval. */
const estimate = () => z.object({ value: z.number(), low: z.number(), high: z.number() })

/** What became of a version that was handed in. */
export const handedIn = () =>
  z.object({
    exam: z.string(),
    version: z.int(),
    hash,
    state: z.enum(['waiting', 'live']),
    proposal: z.string().optional(),
    url: z.url().optional(),
    warning: z
      .object({
        code: z.literal('public-bank'),
        live: z.int(),
        shipped: z.int(),
        tasks: z.object({ live: z.int(), shipped: z.int() }).optional(),
        standing: z.enum(['certifying', 'demonstration', 'public']),
      })
      .optional(),
  })

/** How items and tasks did. */
export const statistics = () =>
  z.object({
    exam: z.string(),
    papers: z.int(),
    isTruncated: z.boolean().describe('Older papers may have been left out.'),
    newest: time.optional(),
    oldest: time.optional(),
    items: z.array(
      z.object({
        item: z.string(),
        version: z.int(),
        hash: z.string(),
        locale,
        n: z.int().describe('Papers that held it.'),
        facility: estimate(),
        discrimination: estimate().optional(),
        options: z.array(
          z.object({
            id: z.string(),
            picks: z.int(),
            share: z.number(),
            upper: z.number().optional().describe('Share among those with the best rest of the paper.'),
            lower: z.number().optional(),
            fifths: z
              .array(z.number())
              .length(5)
              .optional()
              .describe('Share in five groups by the rest of the paper, the weakest first.'),
          }),
        ),
        unanswered: z.number().describe('Share, 0 to 1.'),
        medianSeconds: z.number().optional(),
        flags: z.array(z.string()),
      }),
    ),
    tasks: z
      .array(
        z.object({
          family: z.string(),
          hash: z.string(),
          kind: z.string(),
          form: z.string().optional(),
          n: z.int(),
          mean: z.number().describe('Of 100 points.'),
          sd: z.number().optional(),
          above: z.number().optional(),
          shouldRest: z.boolean(),
          checkpoints: z.array(
            z.object({ group: z.string(), n: z.int(), mean: z.number(), discrimination: estimate().optional() }),
          ),
        }),
      )
      .optional(),
  })

/** Versions that were handed in. */
export const proposals = () =>
  z.object({
    proposals: z.array(
      z.object({
        id: z.string(),
        exam: z.string(),
        version: z.int(),
        hash,
        by: z.string(),
        note: z.string(),
        lint: z.int().nullable().describe('How many findings there were; null where the service could not look.'),
        proposedAt: time,
        status: z.enum(['waiting', 'approved', 'returned', 'withdrawn']),
        decidedBy: z.string().optional(),
        decidedAt: time.optional(),
        why: z.string().optional(),
      }),
    ),
  })

/** Versions of an exam, and when which went live. */
export const versions = () =>
  z.object({
    live: hash.nullable(),
    versions: z.array(z.object({ hash, version: z.int(), publishedAt: time })),
    publications: z.array(
      z.object({
        id: z.string(),
        exam: z.string(),
        version: z.int(),
        hash,
        act: z.enum(['deployed', 'approved', 'rolled-back']),
        by: z.string(),
        why: z.string(),
        at: time,
      }),
    ),
  })
