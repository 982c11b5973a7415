import * as z from 'zod'
import { auditSealedEvent, credentialEventData, credentialEventTypes, marketplaceEvent } from '../events.ts'
import { credentialStatus } from '../marketplace.ts'
import { call, lineage, time } from './shapes.ts'

const trust = { tag: 'Marketplace', security: 'service' } as const
const endorsed = () => z.object({ exam: z.string(), endorsed: z.boolean() })

export const receiveEvent = call({
  tag: 'Marketplace',
  method: 'post',
  path: '/webhooks/marketplace',
  summary: 'Events of the marketplace, Standard Webhooks v1 or v1a over the raw body',
  security: 'webhook',
  body: z.lazy(() => marketplaceEvent),
  success: [200, '{applied}'],
  answer: z.lazy(() => z.object({ applied: z.boolean() })),
  refusals: ['signature-invalid', 'malformed', 'payload-too-large'],
})

export const listCredentials = call({
  ...trust,
  method: 'get',
  path: '/api/workers/{worker}/credentials',
  summary: "A worker's credentials; scope credentials:read",
  scope: 'credentials:read',
  success: [
    200,
    '{worker, credentials: [{id, exam, level, title, status, issuedAt, validUntil, version, url, credential, evidence: {contracts, clients}}]}',
  ],
  answer: z.lazy(() =>
    z.object({
      worker: z.string(),
      credentials: z.array(
        z.object({
          id: z.string(),
          exam: z.string(),
          level: z.int(),
          title: z.record(z.string(), z.string()),
          status: credentialStatus,
          issuedAt: time,
          validUntil: time,
          version: z.int(),
          ...lineage,
          url: z.url(),
          credential: z.string(),
          evidence: z.object({ contracts: z.int(), clients: z.int() }),
        }),
      ),
    }),
  ),
  refusals: ['unauthenticated', 'token-refused', 'forbidden', 'not-found', 'gone'],
})

export const eraseWorker = call({
  ...trust,
  method: 'delete',
  path: '/api/workers/{worker}',
  summary: 'Erases a worker for good, again with the same answer; scope workers:erase',
  scope: 'workers:erase',
  success: [200, '{worker, erased}'],
  answer: z.lazy(() => z.object({ worker: z.string(), erased: z.boolean() })),
  refusals: ['unauthenticated', 'token-refused', 'forbidden', 'not-found'],
})

export const endorseAchievement = call({
  ...trust,
  method: 'put',
  path: '/api/achievements/{exam}/endorsement',
  summary: "Endorses an exam's achievement with an EndorsementCredential as compact JWS; scope achievements:endorse",
  scope: 'achievements:endorse',
  // an Open Badges EndorsementCredential, `typ: JWT` or `vc+jwt`
  body: z.lazy(() => z.object({ endorsement: z.string().min(1).max(8_192) })),
  success: [200, '{exam, endorsed}'],
  answer: z.lazy(() => endorsed()),
  refusals: ['unauthenticated', 'token-refused', 'forbidden', 'not-found'],
})

export const withdrawEndorsement = call({
  ...trust,
  method: 'delete',
  path: '/api/achievements/{exam}/endorsement',
  summary: 'Takes the endorsement back; scope achievements:endorse',
  scope: 'achievements:endorse',
  success: [200, '{exam, endorsed}'],
  answer: z.lazy(() => endorsed()),
  refusals: ['unauthenticated', 'token-refused', 'forbidden', 'not-found'],
})

export const listEvents = call({
  ...trust,
  method: 'get',
  path: '/api/events',
  summary: 'Our own events after a cursor (?after=); scope events:read',
  scope: 'events:read',
  query: z.lazy(() => z.object({ after: z.string().default('0') })),
  success: [200, '{events, next}'],
  answer: z.lazy(() =>
    z.object({
      events: z.array(
        z.object({
          cursor: z.string(),
          id: z.string(),
          type: z.enum([...credentialEventTypes, 'audit.sealed']),
          timestamp: time,
          data: z.union([credentialEventData, auditSealedEvent.shape.data]),
        }),
      ),
      next: z.string(),
    }),
  ),
  refusals: ['unauthenticated', 'token-refused', 'forbidden', 'not-found', 'malformed'],
})

/** What the marketplace tells, asks and demands. */
export const trustCalls = [
  receiveEvent,
  listCredentials,
  eraseWorker,
  endorseAchievement,
  withdrawEndorsement,
  listEvents,
] as const
