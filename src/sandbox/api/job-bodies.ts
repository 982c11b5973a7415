import * as z from 'zod'
import { type Instant, parseRfc3339 } from '../../kernel/instant.ts'
import { isShownTitle } from '../../platform/words/shown-name.ts'
import { payTypes } from '../job/job.ts'
import { categories } from '../people/worker.ts'
import type { JobPlace } from '../search/listing/store.ts'

const yen = z.int().min(1).max(10_000_000)

const time = z
  .string()
  .max(40)
  .transform((text, ctx): Instant => {
    const at = parseRfc3339(text)
    if (at !== undefined) return at
    ctx.addIssue({ code: 'custom', message: 'Must be an RFC 3339 time' })
    return z.NEVER
  })

/** Text without what a reader cannot see: it is not empty for looking so. */
const words = (least: number, most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => [...text.replace(/[\s\p{C}]/gu, '')].length >= least, `Must have at least ${least} visible characters`)

const parts = {
  title: words(3, 100).refine(isShownTitle, 'Must hold no signs that turn the direction of text'),
  body: words(10, 5_000),
  category: z.enum(categories),
  pay: z.strictObject({ type: z.enum(payTypes), amount: yen }),
  /** When nobody can apply any more; null for no such time. */
  closesAt: time.nullable(),
  headcount: z.int().min(1).max(100),
}

export const jobBody = z.strictObject({ ...parts, closesAt: parts.closesAt.default(null), headcount: parts.headcount.default(1) })

export const jobChangeBody = z.strictObject(parts).partial()

export const applicationBody = z.strictObject({ message: words(1, 2_000), amount: yen.nullable().default(null) })

export const emptyBody = z.strictObject({})

const blank = (value: unknown) => (value === '' ? undefined : value)
const yenQuery = z.preprocess(blank, z.coerce.number().int().min(0).max(10_000_000).optional())

/** An opaque text from which `readPlace` reads the place again. */
export const writePlace = ({ rank, doc }: JobPlace): string => btoa(`${rank}/${doc}`).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

/** Undefined when the text is no place. */
export function readPlace(text: string): JobPlace | undefined {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(text)) return undefined
  try {
    const [, rank, doc] = /^(-?\d+(?:\.\d+)?)\/(\d{1,15})$/.exec(atob(text.replaceAll('-', '+').replaceAll('_', '/'))) ?? []
    return rank === undefined || doc === undefined ? undefined : { rank: Number(rank), doc: Number(doc) }
  } catch {
    return undefined
  }
}

const place = z.string().transform((text, ctx): JobPlace => {
  const at = readPlace(text)
  if (at) return at
  ctx.addIssue({ code: 'custom', message: 'Must be the `next` of an earlier answer' })
  return z.NEVER
})

export const jobsQuery = z.object({
  q: z.string().max(100).default(''),
  category: z.preprocess(blank, z.enum(categories).optional()),
  payType: z.preprocess(blank, z.enum(payTypes).optional()),
  payMin: yenQuery,
  payMax: yenQuery,
  after: z.preprocess(blank, place.optional()),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

export const ownJobsQuery = z.object({ after: z.coerce.number().int().min(1).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) })

export const ownApplicationsQuery = z.object({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) })
