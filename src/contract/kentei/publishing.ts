import * as z from 'zod'
import { workerId } from '../tokens.ts'
import { call, explained, locale, machine, mayAct, mayRead, reasoned, time, why } from './shapes.ts'

const authors = { tag: 'Operators', security: 'session', roles: ['author', 'operator'] } as const

const hash = z.string().regex(/^[0-9a-f]{64}$/)
/** With the ends of its interval. */
const estimate = () => z.object({ value: z.number(), low: z.number(), high: z.number() })

/** What a hand-in says besides the bundle: whose work it is, where the key is nobody's own. */
export const handIn = z.lazy(() =>
  z.object({ author: workerId.optional(), note: z.string().trim().max(2_000).default('') }),
)

export const proposeExam = call({
  ...authors,
  method: 'post',
  path: '/admin/exams',
  summary:
    'Hands an exam version in: what `kentei publish --out` writes, {bank, files}. A service with a compiler compiles the files again and refuses a bank that differs; one without takes the bank alone, too. A session of an author or operator, or an author key (or the service key) with ?author=. `warning` comes where more than a tenth of the live items or of the live practical tasks are public with their keys: how many, and what the bank is good for here',
  security: 'either',
  query: handIn,
  success: [
    201,
    '{exam, version, hash, state: waiting, proposal, url, warning?: {code: public-bank, live, shipped, tasks?: {live, shipped}, standing: certifying | demonstration | public}}',
  ],
  already: [200, 'The same content waits already, or is live: {exam, version, hash, state: waiting | live, …}'],
  answer: z.lazy(() =>
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
    }),
  ),
  refusals: [
    'unauthenticated',
    'token-refused',
    'forbidden',
    'malformed',
    'payload-too-large',
    'attempt-open',
    'conflict',
  ],
})

export const readStatistics = call({
  ...machine,
  method: 'get',
  path: '/admin/exams/{exam}/statistics',
  summary:
    'How the items of an exam did, by item version, and its practical tasks, by family, for whoever holds a key for statistics: `kentei statistics --from`. No text, no key, nothing of a person',
  scope: 'statistics:read',
  success: [200, 'Counts and coefficients'],
  answer: z.lazy(() =>
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
    }),
  ),
  refusals: ['unauthenticated', 'token-refused', 'not-found'],
})

export const listProposals = call({
  ...authors,
  method: 'get',
  path: '/api/staff/proposals',
  summary: 'Exam versions that were handed in, newest first; for authors and operators',
  success: [200, '{proposals: [{id, exam, version, hash, by, note, lint, proposedAt, status, …}]}'],
  answer: z.lazy(() =>
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
    }),
  ),
  refusals: mayRead,
})

const proposal = () => z.object({ proposal: z.string() })

export const approveExam = call({
  ...authors,
  method: 'post',
  path: '/api/staff/proposals/{id}/approve',
  summary: 'Publishes what another person handed in, if `against` is still the live version',
  // hash of the version that was live when the approver compared; empty for the exam's first
  body: z.lazy(() => explained.extend({ against: hash.or(z.literal('')) })),
  success: [200, '{exam, version, hash}'],
  answer: z.lazy(() => z.object({ exam: z.string(), version: z.int(), hash })),
  refusals: ['unauthenticated', 'forbidden', 'launch-too-old', 'not-found', 'own-proposal', 'conflict'],
})

export const returnProposal = call({
  ...authors,
  method: 'post',
  path: '/api/staff/proposals/{id}/return',
  summary: "Gives another person's proposal back, with the reason",
  body: reasoned,
  success: [200, '{proposal}'],
  answer: z.lazy(() => proposal()),
  refusals: ['unauthenticated', 'forbidden', 'not-found', 'own-proposal', 'conflict'],
})

export const withdrawProposal = call({
  ...authors,
  method: 'post',
  path: '/api/staff/proposals/{id}/withdraw',
  summary: "Takes one's own proposal back",
  body: explained,
  success: [200, '{proposal}'],
  answer: z.lazy(() => proposal()),
  refusals: mayAct,
})

export const listVersions = call({
  ...authors,
  method: 'get',
  path: '/api/staff/exams/{exam}/versions',
  summary:
    'The live version, those that were, and when which went live by whom and why, newest first; for authors and operators',
  success: [
    200,
    '{live, versions: [{hash, version, publishedAt}], publications: [{id, exam, version, hash, act: deployed | approved | rolled-back, by, why, at}]}',
  ],
  answer: z.lazy(() =>
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
    }),
  ),
  refusals: mayRead,
})

export const rollBackExam = call({
  ...authors,
  method: 'post',
  path: '/api/staff/exams/{exam}/roll-back',
  summary: 'Makes an earlier version live again; for operators',
  body: z.lazy(() => z.object({ hash, why })),
  success: [200, '{exam, hash}'],
  answer: z.lazy(() => z.object({ exam: z.string(), hash })),
  refusals: mayAct,
})

/** How exam versions are handed in, measured and decided about. */
export const publishingCalls = [
  proposeExam,
  readStatistics,
  listProposals,
  approveExam,
  returnProposal,
  withdrawProposal,
  listVersions,
  rollBackExam,
] as const
