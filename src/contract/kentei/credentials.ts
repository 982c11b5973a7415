import * as z from 'zod'
import { call, time } from './shapes.ts'

const open = { tag: 'Credentials', security: 'none' } as const

const verdict = () =>
  z.object({
    verdict: z.enum(['valid', 'expired', 'suspended', 'revoked', 'unknown', 'invalid']),
    checks: z.array(
      z.object({
        check: z.string(),
        outcome: z.enum(['passed', 'failed', 'unknown']),
        code: z.string().optional(),
        detail: z.string(),
      }),
    ),
    credential: z.looseObject({}).optional(),
  })

/** Documents and pages that whoever has their address may read. */
const read = <const Path extends string>(path: Path, summary: string, answers: string) =>
  call({ ...open, method: 'get', path, summary, success: [200, answers], refusals: ['not-found'] })

export const verifyCredential = call({
  ...open,
  method: 'post',
  path: '/api/credentials/verify',
  summary: 'Verifies a credential of ours or of another issuer',
  body: z.lazy(() => z.object({ credential: z.string().min(1) })),
  success: [200, '{verdict, checks, credential?}'],
  answer: z.lazy(() => verdict()),
  refusals: ['not-found'],
})

export const verifyCredentials = call({
  ...open,
  method: 'post',
  path: '/api/credentials/verify/batch',
  summary:
    'Verifies 1 to 1,000 credentials in one body of at most 1 MB, or 20 MB under a service token with scope credentials:read. Each counts as one verification of 60,000 per minute; 24 calls to foreign issuers and lists are made, what would take more is unknown',
  // one empty text is no badge, and no reason to refuse the others an answer
  body: z.lazy(() => z.object({ credentials: z.array(z.string()).min(1).max(1_000) })),
  success: [200, '{results: [{verdict, checks, credential?}]} in the order of the credentials'],
  answer: z.lazy(() => z.object({ results: z.array(verdict()) })),
  refusals: ['not-found'],
})

export const readLiveState = call({
  ...open,
  method: 'get',
  path: '/api/credentials/{id}',
  summary: 'What a badge shows of a credential at this moment; no holder, no score',
  query: z.lazy(() => z.object({ lang: z.string().optional() })),
  success: [200, '{verdict, name, exam, level, issuedAt, validUntil, …}'],
  answer: z.lazy(() =>
    z.object({
      id: z.string(),
      verdict: verdict().shape.verdict,
      name: z.string(),
      exam: z.string(),
      level: z.int(),
      issuedAt: time,
      validUntil: time,
      statusChangedAt: time.optional(),
      url: z.string(),
      image: z.string(),
      checkedAt: time,
    }),
  ),
  refusals: ['not-found', 'gone'],
})

/** What everybody may ask about badges. */
export const credentialCalls = [
  read('/.well-known/did.json', 'The issuer as did:web', 'DID document'),
  read('/.well-known/jwks.json', 'Public keys', 'JWKS'),
  read('/.well-known/security.txt', 'Where flaws of the service are reported (RFC 9116)', 'Plain text'),
  read('/keys/{thumbprint}', 'One public key', 'JWK'),
  read('/achievements/{exam}', 'Open Badges achievement, JSON or page', 'The achievement'),
  read('/exams/{exam}/evidence', 'What a pass changes in the marketplace, JSON or page', '{exam, state, noticed}'),
  call({
    ...open,
    method: 'get',
    path: '/credentials/{id}',
    summary:
      'Verification page; .jwt, .json, .vc.json (embedded proof), .svg and .png give the document and the badge with it baked in, /share.png the image for links, /print the certificate for paper. Pictures and pages of an erased one are tombstones',
    success: [200, 'The credential'],
    refusals: ['not-found', 'gone'],
  }),
  read('/status/{list}', 'Bitstring status list as vc+jwt', 'Signed status list'),
  verifyCredential,
  verifyCredentials,
  call({
    ...open,
    method: 'get',
    path: '/embed/{id}',
    summary: 'Live badge for an iframe',
    success: [200, 'HTML'],
    refusals: ['not-found', 'gone'],
  }),
  call({
    ...open,
    method: 'get',
    path: '/oembed',
    summary: 'oEmbed 1.0 in JSON of any address of a credential',
    query: z.object({
      url: z.string().optional(),
      maxwidth: z.string().optional(),
      maxheight: z.string().optional(),
      format: z.string().optional(),
    }),
    success: [200, 'oEmbed document'],
    refusals: ['not-found', 'gone'],
  }),
  readLiveState,
  read('/kentei-badge.js', 'The custom element <kentei-badge>, an ES module', 'JavaScript'),
] as const
