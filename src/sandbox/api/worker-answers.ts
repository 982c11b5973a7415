import * as z from 'zod'
import { credentialStatus } from '../../contract/marketplace.ts'
import { partId } from '../../contract/tokens.ts'
import { categories, standings } from '../people/worker.ts'
import { because, id, inLanguages, time, timeOrNone, version } from './shapes.ts'

const category = z.enum(categories)
const stars = z.number().min(1).max(5)
const axes = z.object({ skill: stars, quality: stars, schedule: stars, communication: stars, partnership: stars })

const badge = z
  .object({
    credential: id,
    exam: z.string(),
    level: z.int(),
    title: z.string(),
    parts: z.array(partId).readonly().optional(),
    status: credentialStatus,
    issuedAt: time,
    validUntil: time,
    version,
    url: z.string(),
    image: z.string(),
  })
  .meta({ title: 'ShownBadge' })

/** How a place by lot was drawn. */
const draw = z.object({
  group: z.string(),
  propensity: z.number(),
  poolSize: z.int(),
  ratio: z.number().optional(),
})

const entry = z.object({
  id,
  name: z.string(),
  position: z.int(),
  quality: z.number(),
  reasons: because,
  badges: z.array(badge),
  draw: draw.optional(),
})

export const foundWorker = entry.meta({ title: 'FoundWorker' })
export const suggestedWorker = entry.extend({ invitation: z.string().nullable() })

const reply = z.object({ text: z.string(), at: time }).nullable()

const introduction = z.object({
  headline: inLanguages,
  about: inLanguages,
  times: z
    .array(z.string())
    .meta({ description: 'Parts of days at which they work.', examples: [['mon-morning', 'sat-evening']] }),
  hoursPerWeek: z.int().nullable(),
  startsAt: timeOrNone,
  replyHours: z.int().nullable(),
  fixedPrice: z.boolean(),
  smallest: inLanguages,
  declines: inLanguages,
})

const signal = z.object({
  exam: z.string(),
  version,
  withdrawn: z.boolean(),
  counted: z.boolean(),
  priorMean: z.number().optional(),
  equivalentReviews: z.number().optional(),
  validUntil: time.optional(),
  explanation: inLanguages.optional(),
})

export const worker = entry
  .extend({
    position: z.int().nullable(),
    category: category.optional(),
    categories: z.array(category),
    skills: inLanguages,
    hourlyRate: z.int(),
    introduction: introduction.nullable(),
    standing: z.object({ status: z.enum(standings), version: z.int().min(0) }),
    reviews: z.object({
      count: z.int(),
      weight: z.number(),
      clients: z.int(),
      mean: z.number().nullable(),
      standardisedMean: z.number().nullable(),
      axes: axes.nullable(),
      latest: z.array(axes.extend({ id, at: time, comment: inLanguages, reply })),
    }),
    samples: z.array(z.object({ category, title: z.string(), text: z.string() })),
    boost: z.number(),
    signals: z.array(signal),
  })
  .meta({ title: 'Worker' })
