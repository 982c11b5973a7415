import * as z from 'zod'
import type { Media } from '../call.ts'
import {
  achievement,
  badge,
  didDocument,
  evidence,
  holderProfile,
  jwk,
  liveState,
  oembed,
  openApiDocument,
  refused,
  statusList,
  verdict,
} from './answers/credentials.ts'
import { call, lookedAt, page } from './shapes.ts'

const open = { tag: 'Credentials', security: 'none' } as const

/** A public document that changes seldom. */
const document = { ...open, method: 'get', headers: ['Cache-Control', 'ETag'], refusals: ['not-found'] } as const

const readDid = call({
  ...document,
  path: '/.well-known/did.json',
  summary: 'The issuer as did:web',
  success: [200, 'DID document'],
  answer: z.lazy(() => didDocument()),
})

const readKeys = call({
  ...document,
  path: '/.well-known/jwks.json',
  summary: 'Public keys',
  success: [200, 'JWKS'],
  answer: z.lazy(() => z.object({ keys: z.array(jwk()) })),
})

const readKey = call({
  ...document,
  path: '/keys/{thumbprint}',
  summary: 'One public key',
  success: [200, 'JWK'],
  answer: z.lazy(() => jwk()),
})

const readSecurityTxt = call({
  ...open,
  method: 'get',
  path: '/.well-known/security.txt',
  summary: 'Where flaws of the service are reported (RFC 9116)',
  success: [200, 'Plain text'],
  media: { 'text/plain': 'Contact: mailto:security@kentei.example\nExpires: 2027-05-24T00:00:00.000Z\n' },
  headers: ['Cache-Control'],
  refusals: [],
})

const readAchievement = call({
  ...document,
  path: '/achievements/{exam}',
  summary: 'Open Badges achievement, JSON or page',
  success: [200, 'The achievement'],
  answer: z.lazy(() => achievement()),
  jsonTypes: ['application/json', 'application/ld+json'],
  media: page,
  further: { 404: { description: 'not-found', media: page } },
})

const readAchievementPicture = call({
  ...document,
  path: '/achievements/{exam}/badge.png',
  summary: 'The badge of an exam as a specimen: the picture that its achievement names',
  success: [200, 'PNG'],
  query: lookedAt(),
  media: { 'image/png': 'picture' },
})

const readEvidence = call({
  ...open,
  method: 'get',
  path: '/exams/{exam}/evidence',
  summary: 'What a pass changes in the marketplace, JSON or page',
  success: [200, '{exam, state, noticed}'],
  answer: z.lazy(() => evidence()),
  media: page,
  headers: ['Cache-Control'],
  further: {
    404: { description: 'not-found', media: page },
    503: { description: 'The page, while the marketplace cannot be asked', media: page },
  },
  refusals: ['not-found'],
})

const readEvidenceDocument = call({
  ...open,
  method: 'get',
  path: '/exams/{exam}/evidence.json',
  summary: 'The same, always as JSON',
  success: [200, '{exam, state, noticed}'],
  answer: z.lazy(() => evidence()),
  headers: ['Cache-Control'],
  refusals: ['not-found'],
})

const TOKEN = 'eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJqdGkiOiJjcmRfOVgifQ.c2lnbmF0dXJl'

/** A file of a credential; what cannot be the id of one is told to be missing in a page. */
const noId = { 404: { description: 'not-found', media: page } } as const
const file = { ...document, refusals: ['not-found', 'gone'], further: noId } as const
const download = () =>
  z.object({ download: z.string().optional().describe('There: the answer is a file with a name, to be kept.') })
const gone = (media: Media) => ({ 410: { description: 'gone', media } })

/** Pictures of an erased certificate say that it was erased. */
const picture = <const Path extends string>(path: Path, summary: string, media: Media) =>
  call({
    ...file,
    path,
    summary,
    query: z.lazy(() => download().extend(lookedAt().shape)),
    success: [200, 'The picture'],
    media,
    headers: ['Cache-Control', 'ETag', 'Content-Disposition'],
    further: { ...noId, ...gone(media) },
  })

const pages = [
  call({
    ...file,
    path: '/credentials/{id}',
    summary: 'Verification page; by Accept the signed document in any of its forms',
    query: lookedAt(),
    success: [200, 'The page, or the document'],
    answer: z.lazy(() => badge()),
    jsonTypes: ['application/json', 'application/ld+json', 'application/vc'],
    media: { ...page, 'application/vc+jwt': TOKEN, 'application/jwt': TOKEN },
    headers: ['Cache-Control', 'ETag', 'Link'],
    further: {
      404: { description: 'not-found', media: page },
      ...gone(page),
      503: { description: 'The page, while the record cannot be read', media: page },
    },
  }),
  call({
    ...file,
    path: '/credentials/{id}.jwt',
    summary: 'The credential as it was signed: one compact JWS',
    query: z.lazy(() => download()),
    success: [200, 'Compact JWS'],
    media: { 'text/plain': TOKEN },
    headers: ['Cache-Control', 'ETag', 'Content-Disposition'],
  }),
  call({
    ...file,
    path: '/credentials/{id}.json',
    summary: 'The signed content as JSON; the signature is in the other forms',
    query: z.lazy(() => download()),
    success: [200, 'The content'],
    answer: z.lazy(() => badge()),
    headers: ['Cache-Control', 'ETag', 'Content-Disposition'],
  }),
  call({
    ...file,
    path: '/credentials/{id}.vc.json',
    summary: 'The credential with an embedded proof (Data Integrity), for wallets',
    query: z.lazy(() => download()),
    success: [200, 'The credential'],
    answer: z.lazy(() => badge()),
    jsonTypes: ['application/vc'],
    headers: ['Cache-Control', 'ETag', 'Content-Disposition'],
  }),
  picture('/credentials/{id}.svg', 'The badge with the credential baked in, as SVG', {
    'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  }),
  picture('/credentials/{id}.png', 'The badge with the credential baked in, as PNG', { 'image/png': 'picture' }),
  picture('/credentials/{id}/share.png', 'What other sites show beside a link', { 'image/png': 'picture' }),
  call({
    ...open,
    method: 'get',
    path: '/credentials/{id}/print',
    summary: 'The certificate for paper',
    query: lookedAt(),
    success: [200, 'The page'],
    media: page,
    headers: ['Cache-Control', 'ETag'],
    further: { 404: { description: 'There is none', media: page }, ...gone(page) },
    refusals: [],
  }),
  call({
    ...open,
    method: 'get',
    path: '/credentials/{id}/concern',
    summary: 'Where anybody says that something is odd about a certificate',
    query: lookedAt(),
    success: [200, 'The form'],
    media: page,
    headers: ['Cache-Control', 'ETag'],
    further: { 404: { description: 'There is none', media: page }, ...gone(page) },
    refusals: [],
  }),
] as const

const readStatusList = call({
  ...document,
  path: '/status/{list}',
  summary: 'Bitstring status list as vc+jwt, or by Accept with an embedded proof',
  success: [200, 'Signed status list'],
  answer: z.lazy(() => statusList()),
  jsonTypes: ['application/vc', 'application/ld+json', 'application/json'],
  media: { 'application/vc+jwt': TOKEN },
})

export const verifyCredential = call({
  ...open,
  method: 'post',
  path: '/api/credentials/verify',
  summary: 'Verifies a credential of ours or of another issuer',
  body: z.lazy(() => z.object({ credential: z.string().min(1) })),
  success: [200, '{verdict, checks, credential?}'],
  answer: z.lazy(() => verdict()),
  refusals: [],
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
  refusals: ['token-refused', 'forbidden'],
})

export const readLiveState = call({
  ...open,
  method: 'get',
  path: '/api/credentials/{id}',
  summary: 'What a badge shows of a credential at this moment; no holder, no score',
  query: z.lazy(() => z.object({ lang: z.string().optional() })),
  headers: ['Cache-Control'],
  success: [200, '{verdict, name, exam, level, issuedAt, validUntil, …}'],
  answer: z.lazy(() => liveState()),
  refusals: ['not-found', 'gone'],
})

const statusInfo = (description: string) => ({ description, answer: z.lazy(() => refused()) })
const holder = { ...open, method: 'get', security: 'session', headers: ['Cache-Control'], refusals: [] } as const

/** The read side of the Open Badges API, which refuses in a form of its own. */
const openBadges = [
  call({
    ...open,
    method: 'get',
    path: '/ims/ob/v3p0/discovery',
    summary: 'Open Badges API: its service description document, OpenAPI 3.0',
    success: [200, 'OpenAPI 3.0'],
    answer: z.lazy(() => openApiDocument()),
    headers: ['Cache-Control'],
    refusals: [],
  }),
  call({
    ...holder,
    path: '/ims/ob/v3p0/credentials',
    summary: 'Open Badges API: the badges of the holder of the session but revoked ones, the newest first',
    query: z.lazy(() =>
      z.object({
        limit: z.coerce.number().int().min(1).max(1_000).default(100),
        offset: z.coerce.number().int().min(0).default(0),
        since: z.iso.datetime({ offset: true }).optional().describe('Only badges that were issued later.'),
      }),
    ),
    success: [200, 'Badges in the VC-JWT proof format'],
    answer: z.lazy(() => z.object({ credential: z.array(z.looseObject({})), compactJwsString: z.array(z.string()) })),
    headers: ['Cache-Control', 'X-Total-Count', 'Link'],
    further: { 400: statusInfo('A parameter is none'), 401: statusInfo('No session') },
  }),
  call({
    ...holder,
    path: '/ims/ob/v3p0/profile',
    summary: 'Open Badges API: who the holder of the session is in their badges',
    success: [200, 'The profile'],
    answer: z.lazy(() => holderProfile()),
    further: { 401: statusInfo('No session'), 404: statusInfo('There is no profile of this person') },
  }),
] as const

const readDocument = call({
  ...open,
  method: 'get',
  path: '/openapi.json',
  summary: 'This document',
  success: [200, 'OpenAPI 3.1'],
  answer: z.lazy(() => openApiDocument()),
  refusals: [],
})

/** What everybody may ask about badges. */
export const credentialCalls = [
  readDid,
  readKeys,
  readSecurityTxt,
  readKey,
  readAchievement,
  readAchievementPicture,
  readEvidence,
  readEvidenceDocument,
  ...pages,
  readStatusList,
  verifyCredential,
  verifyCredentials,
  call({
    ...open,
    method: 'get',
    path: '/embed/{id}',
    summary: 'Live badge for an iframe',
    query: lookedAt(),
    success: [200, 'HTML'],
    media: page,
    headers: ['Cache-Control'],
    further: {
      404: { description: 'There is none', media: page },
      ...gone(page),
      503: { description: 'The record cannot be read', media: page },
    },
    refusals: [],
  }),
  call({
    ...open,
    method: 'get',
    path: '/oembed',
    summary: 'oEmbed 1.0 in JSON of any address of a credential',
    query: z.lazy(() =>
      z.object({
        url: z.string().optional().describe('An address of a certificate of this service.'),
        maxwidth: z.string().optional(),
        maxheight: z.string().optional(),
        format: z.string().optional().describe('json, which is what there is.'),
      }),
    ),
    success: [200, 'oEmbed document'],
    answer: z.lazy(() => oembed()),
    headers: ['Cache-Control'],
    further: { 501: { description: 'Another format', media: { 'text/plain': 'This provider answers in json only.' } } },
    refusals: ['not-found', 'gone'],
  }),
  readLiveState,
  ...openBadges,
  readDocument,
  call({
    ...open,
    method: 'get',
    path: '/kentei-badge.js',
    summary: 'The custom element <kentei-badge>, an ES module',
    success: [200, 'JavaScript'],
    media: { 'text/javascript': "customElements.define('kentei-badge', class extends HTMLElement {})" },
    headers: ['Cache-Control', 'ETag'],
    refusals: [],
  }),
] as const
