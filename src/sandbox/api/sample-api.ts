import { Hono } from 'hono'
import * as z from 'zod'
import { toRfc3339 } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import { isShownTitle } from '../../platform/words/shown-name.ts'
import { kinds } from '../detector/judge/kinds.ts'
import { readCursor, writeCursor } from '../escrow/paid-work.ts'
import { judgeSample, type ReadSample, sampleVerdicts, showWaitingSamples } from '../flows/judge-sample.ts'
import { type OwnSample, removeOwnSample, sendOwnSample, showOwnSamples } from '../flows/send-sample.ts'
import { holdsAddress, LONGEST_SAMPLE, LONGEST_TITLE, type Sample } from '../people/sample/sample.ts'
import { categories } from '../people/worker.ts'
import { malformed } from '../problem.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { limit, words } from './moderation-calls.ts'
import { call, once, personOf, serving, signedIn, told } from './serve.ts'
import { next, time } from './shapes.ts'

const own = { tag: 'Workers', security: 'session', roles: ['worker'] } as const
const operators = { tag: 'Operators', security: 'session', roles: ['operator'] } as const

const SAMPLE = '{id, title, text, state, since, reason}'
const OWN = `{category, shown: ${SAMPLE} or null, sent: ${SAMPLE} or null}`
const ADDRESS = 'Must hold no web address, mail address or telephone number'
const visible = (most: number) =>
  words(most)
    .refine((text) => /[^\s\p{C}]/u.test(text), 'Must have visible characters')
    .refine((text) => !holdsAddress(text), ADDRESS)
const onlyOne = z.enum(categories)
const sample = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  state: z.enum(['waiting', 'shown', 'refused']),
  since: time,
  reason: z.string(),
})
const ownSamples = z
  .object({ category: onlyOne, shown: sample.nullable(), sent: sample.nullable() })
  .meta({ title: 'OwnSamples' })

const readSamples = call({
  ...own,
  method: 'get',
  path: '/v1/samples',
  summary:
    "The worker's own samples of their work, one entry for each category they offer: `shown` is what everybody reads, `sent` waits for an operator or was refused, with the reason",
  success: [200, `{samples: [${OWN}]}`],
  answer: z.object({ samples: z.array(ownSamples) }),
  refusals: [...signedIn, 'not-found', 'worker-erased'],
})

const putSample = call({
  ...own,
  method: 'put',
  path: '/v1/samples/{category}',
  summary:
    "Sends a sample of the worker's own work, in plain text, without anything of a client's. Nobody else reads it before an operator has; the one that is shown stays until then",
  body: z.strictObject({
    title: visible(LONGEST_TITLE).refine(isShownTitle, 'Must hold no signs that turn the direction of text'),
    text: visible(LONGEST_SAMPLE),
  }),
  success: [200, OWN],
  answer: ownSamples,
  refusals: [...signedIn, 'malformed', 'not-found', 'worker-erased', 'standing'],
})

const deleteSample = call({
  ...own,
  method: 'delete',
  path: '/v1/samples/{category}',
  summary: 'Removes the samples of a category, the one that is shown too',
  success: [200, OWN],
  answer: ownSamples,
  refusals: [...signedIn, 'malformed', 'not-found', 'worker-erased', 'idempotency-mismatch', 'idempotency-in-flight'],
})

const listWaiting = call({
  ...operators,
  method: 'get',
  path: '/v1/operators/samples',
  summary:
    'Samples that wait for an operator, those that have waited longest first. `suspected` is what the detector of posts thinks of the words; it decides nothing',
  query: z.object({ after: z.string().max(200).optional(), limit }),
  success: [200, '{samples: [{id, worker, name, category, title, text, state, since, suspected: [kind]}], next}'],
  answer: z.object({
    samples: z.array(
      z.object({
        id: z.string(),
        worker: z.string(),
        name: z.string().nullable(),
        category: onlyOne,
        title: z.string(),
        text: z.string(),
        state: z.string(),
        since: time,
        suspected: z.array(z.enum(kinds)),
      }),
    ),
    next,
  }),
  refusals: [...signedIn, 'malformed'],
})

const decideSample = call({
  ...operators,
  method: 'post',
  path: '/v1/operators/samples/{id}',
  summary:
    'Shows a sample to everybody, or refuses it with a reason that its writer reads; one that is shown can be refused later',
  body: z
    .object({ verdict: z.enum(sampleVerdicts), reason: z.string().trim().max(1_000).default('') })
    .refine(({ verdict, reason }) => verdict === 'shown' || reason !== '', {
      path: ['reason'],
      message: 'Must say why',
    }),
  success: [200, SAMPLE],
  answer: sample,
  refusals: [...signedIn, 'not-found', 'wrong-state', ...once],
})

/** Samples of workers' own work. */
export const sampleCalls = [readSamples, putSample, deleteSample, listWaiting, decideSample] as const

const describe = ({ id, title, text, state }: Sample) => ({
  ...{ id, title, text },
  state: state.name,
  since: toRfc3339(state.since),
  reason: state.name === 'refused' ? state.reason : '',
})

const describeOwn = ({ category, shown, sent }: OwnSample) => ({
  category,
  shown: shown ? describe(shown) : null,
  sent: sent ? describe(sent) : null,
})

const describeRead = ({ id, worker, who, category, title, text, state, suspected }: ReadSample) => ({
  ...{ id, worker, category, title, text },
  name: who?.name ?? null,
  state: state.name,
  since: toRfc3339(state.since),
  suspected: suspected.map(({ kind }) => kind),
})

/** Samples that workers write of their own work, and what operators say of them. */
export function sampleApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const serve = serving(api)
  serve(readSamples, async (_, c) =>
    told(await showOwnSamples(c.get('world'), personOf(c).id), (samples) => ({ samples: samples.map(describeOwn) })),
  )
  serve(putSample, async ({ path, body }, c) => {
    const category = onlyOne.safeParse(path.category)
    if (!category.success) return malformed([{ path: 'category', message: 'Must be one that the worker offers' }])
    const words = { ...body, category: category.data }
    return told(await sendOwnSample(c.get('world'), personOf(c).id, words), describeOwn)
  })
  serve(deleteSample, async ({ path }, c) => {
    const category = onlyOne.safeParse(path.category)
    if (!category.success) return malformed([{ path: 'category', message: 'Must be one that the worker offers' }])
    return told(await removeOwnSample(c.get('world'), personOf(c).id, category.data), describeOwn)
  })
  serve(listWaiting, async ({ query }, c) => {
    const after = query.after ? readCursor(query.after) : undefined
    if (query.after && !after) return malformed([{ path: 'after', message: 'Must be the `next` of an earlier answer' }])
    const samples = await showWaitingSamples(c.get('world'), { after, limit: query.limit })
    const last = samples.at(-1)
    return ok({
      samples: samples.map(describeRead),
      next: last && samples.length === query.limit ? writeCursor({ at: last.state.since, id: last.id }) : null,
    })
  })
  serve(decideSample, async ({ path, body }, c) =>
    told(await judgeSample(c.get('world'), personOf(c), { id: path.id, ...body }), describe),
  )
  return api
}
