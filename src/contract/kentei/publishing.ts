import * as z from 'zod'
import { workerId } from '../tokens.ts'
import { handedIn, proposals, statistics, versions } from './answers/publishing.ts'
import { call, explained, hash, machine, mayAct, mayRead, reasoned, why } from './shapes.ts'

const authors = { tag: 'Operators', security: 'session', roles: ['author', 'operator'] } as const

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
  answer: z.lazy(() => handedIn()),
  refusals: [
    'unauthenticated',
    'token-refused',
    'forbidden',
    'malformed',
    'payload-too-large',
    'attempt-open',
    'item-version-used',
    'conflict',
    'busy',
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
  answer: z.lazy(() => statistics()),
  refusals: ['unauthenticated', 'token-refused', 'not-found'],
})

export const listProposals = call({
  ...authors,
  method: 'get',
  path: '/api/staff/proposals',
  summary: 'Exam versions that were handed in, newest first; for authors and operators',
  success: [200, '{proposals: [{id, exam, version, hash, by, note, lint, proposedAt, status, …}]}'],
  answer: z.lazy(() => proposals()),
  refusals: mayRead,
})

const proposal = () => z.object({ proposal: z.string() })

export const approveExam = call({
  ...authors,
  method: 'post',
  path: '/api/staff/proposals/{id}/approve',
  summary: 'Publishes what another person handed in, if `against` is still the live version',
  body: z.lazy(() =>
    explained.extend({
      against: hash
        .or(z.literal(''))
        .describe("Hash of the version that was live when the approver compared; empty for the exam's first."),
    }),
  ),
  success: [200, '{exam, version, hash}'],
  answer: z.lazy(() => z.object({ exam: z.string(), version: z.int(), hash })),
  refusals: [
    'unauthenticated',
    'forbidden',
    'launch-too-old',
    'not-found',
    'own-proposal',
    'item-version-used',
    'conflict',
    'busy',
  ],
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
  answer: z.lazy(() => versions()),
  refusals: mayRead,
})

export const rollBackExam = call({
  ...authors,
  method: 'post',
  path: '/api/staff/exams/{exam}/roll-back',
  summary:
    'Makes an earlier version live again, if the one it was compared with (against) still is live; for operators',
  body: z.lazy(() => z.object({ hash, why, against: hash.optional() })),
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
