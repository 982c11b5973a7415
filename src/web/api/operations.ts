import type * as z from 'zod'
import { endorsementRequest, marketplaceEvent } from '../../marketplace/contract.ts'
import {
  attemptAnswer,
  credentialsAnswer,
  endedAnswer,
  endorsedAnswer,
  erasedAnswer,
  eventsAnswer,
  examAnswer,
  examsAnswer,
  historyAnswer,
  identityAnswer,
  leaseAnswer,
  liveStateAnswer,
  logAnswer,
  ownSessionAnswer,
  reissueAnswer,
  resultAnswer,
  saveAnswer,
  sessionAnswer,
  signalsAnswer,
  signedOutAnswer,
  verdictAnswer,
  verdictsAnswer,
  webhookAnswer,
} from '../answers.ts'
import type { problemKinds } from '../problem-response.ts'
import {
  accommodation,
  approval,
  eventsRequest,
  explained,
  extension,
  identityRequest,
  launchRequest,
  reasoned,
  rollBackRequest,
  saveRequest,
  sessionEnding,
  startRequest,
  statusChange,
  submitRequest,
  suspicion,
  verifyBatchRequest,
  verifyRequest,
} from '../requests.ts'

type Security = 'session' | 'service' | 'webhook' | 'none'

/** One call of the public contract. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  readonly path: string
  readonly tag: 'Launch' | 'Candidate' | 'Credentials' | 'Marketplace' | 'Operators'
  readonly summary: string
  readonly security: Security
  /** Parameters after the question mark. */
  readonly query?: readonly string[]
  readonly body?: z.ZodType
  readonly success: readonly [status: number, description: string]
  /** Where what is asked for was there already. */
  readonly already?: readonly [status: number, description: string]
  /** The body of a success, where it is JSON of a fixed form. */
  readonly answer?: z.ZodType
  readonly refusals: readonly (keyof typeof problemKinds)[]
}

type More = Partial<Pick<Operation, 'query' | 'body' | 'answer' | 'already' | 'refusals'>>

const candidate = (method: Operation['method'], path: string, summary: string, success: Operation['success'], refusals: Operation['refusals'], more: More = {}): Operation => ({
  method,
  path,
  tag: 'Candidate',
  summary,
  security: 'session',
  success,
  refusals: ['unauthenticated', ...refusals],
  ...more,
})
const open = (method: Operation['method'], path: string, summary: string, success: Operation['success'], more: More = {}): Operation => ({
  method,
  path,
  tag: 'Credentials',
  summary,
  security: 'none',
  success,
  refusals: ['not-found'],
  ...more,
})
const staff = (method: Operation['method'], path: string, summary: string, success: Operation['success'], body?: z.ZodType): Operation => ({
  method,
  path,
  tag: 'Operators',
  summary,
  security: 'session',
  success,
  refusals: ['unauthenticated', 'forbidden', ...(method === 'get' ? [] : (['own-case', 'launch-too-old'] as const)), 'not-found', 'conflict'],
  ...(body ? { body } : {}),
})
const service = (method: Operation['method'], path: string, summary: string, success: Operation['success'], more: More = {}): Operation => ({
  method,
  path,
  tag: 'Marketplace',
  summary,
  security: 'service',
  success,
  refusals: ['unauthenticated', 'token-refused', 'forbidden', 'not-found'],
  ...more,
})

/** Every public call, in the order in which an integrator meets them. */
export const operations: readonly Operation[] = [
  {
    method: 'get',
    path: '/launch',
    tag: 'Launch',
    summary: 'Opens a session for a person whom the marketplace sends over (?token=), sets the session cookie and goes on to the exam or the catalogue',
    security: 'none',
    query: ['token'],
    success: [303, 'To the exam, the catalogue or the staff pages'],
    refusals: ['malformed', 'token-refused', 'not-listed'],
  },
  {
    method: 'post',
    path: '/api/session',
    tag: 'Launch',
    summary: 'Turns a launch token into a bearer session',
    security: 'none',
    body: launchRequest,
    success: [201, '{session, worker, role, expiresAt}'],
    answer: sessionAnswer,
    refusals: ['malformed', 'token-refused', 'not-listed'],
  },
  {
    method: 'get',
    path: '/api/me',
    tag: 'Launch',
    summary: 'Who is asking',
    security: 'session',
    success: [200, '{worker, role, name, launchedAt, expiresAt}'],
    answer: ownSessionAnswer,
    refusals: ['unauthenticated'],
  },
  {
    method: 'delete',
    path: '/api/session',
    tag: 'Launch',
    summary: 'Signs out: the session ends at once',
    security: 'session',
    success: [200, '{ended}'],
    answer: signedOutAnswer,
    refusals: ['unauthenticated'],
  },
  candidate('get', '/api/exams', 'Published exams', [200, '{exams: […]}'], [], { answer: examsAnswer }),
  candidate('get', '/api/exams/{exam}', 'One exam, its rules and whether the worker may start', [200, 'The exam with rulesHtml and eligibility'], ['not-found'], { answer: examAnswer }),
  candidate(
    'post',
    '/api/exams/{exam}/attempts',
    'Starts an attempt, or gives the open one back with 200. Takes Idempotency-Key; a repeated key gives the paper only while the attempt is open',
    [201, 'The attempt with its paper and lease'],
    ['malformed', 'not-found', 'not-eligible', 'forbidden', 'attempt-closed', 'conflict', 'idempotency-mismatch', 'idempotency-in-flight'],
    { body: startRequest, answer: attemptAnswer, already: [200, 'The attempt that is open already'] },
  ),
  candidate('get', '/api/attempts/{id}', 'An attempt; while it is open, with its paper and the stored responses', [200, 'The attempt'], ['not-found'], { answer: attemptAnswer }),
  candidate('post', '/api/attempts/{id}/lease', 'Takes the lease: the earlier one is dead', [200, '{lease, now, deadline}'], ['not-found', 'attempt-closed'], { answer: leaseAnswer }),
  candidate(
    'put',
    '/api/attempts/{id}/responses',
    'Saves 1 to 100 responses',
    [200, '{now, deadline, results: [{item, status: saved | stale-revision, revision, response?}]}'],
    ['malformed', 'not-found', 'attempt-closed', 'lease-lost', 'conflict'],
    { body: saveRequest, answer: saveAnswer },
  ),
  candidate(
    'post',
    '/api/attempts/{id}/submit',
    'Submits the paper; the same reply for ever after',
    [200, 'The result'],
    ['malformed', 'not-found', 'lease-lost', 'conflict', 'idempotency-mismatch', 'idempotency-in-flight'],
    {
      body: submitRequest,
      answer: resultAnswer,
    },
  ),
  candidate(
    'post',
    '/api/attempts/{id}/withdraw',
    'Ends the attempt without a pass; it counts all the same',
    [200, 'The result'],
    ['not-found', 'conflict', 'idempotency-mismatch', 'idempotency-in-flight'],
    { answer: resultAnswer },
  ),
  candidate(
    'get',
    '/api/attempts/{id}/result',
    'The result',
    [200, '{status, passed, score?, passScore, scoreBand?, sections?: [{id, title, standing?}], credential?, retryAt?}'],
    ['not-found', 'attempt-open'],
    {
      answer: resultAnswer,
    },
  ),
  candidate('post', '/api/attempts/{id}/events', 'What the browser saw: hidden, visible, paste, offline, online', [202, '{accepted, now, deadline}'], ['malformed', 'not-found'], {
    body: eventsRequest,
    answer: signalsAnswer,
  }),
  candidate(
    'put',
    '/api/identity',
    'Asks for a salted hash of an e-mail address in the certificates that follow, corrections too; the address itself is not kept',
    [200, '{identity: hashed}'],
    ['malformed', 'forbidden', 'gone'],
    {
      body: identityRequest,
      answer: identityAnswer,
    },
  ),
  candidate('delete', '/api/identity', 'Certificates that follow carry no hashed address', [200, '{identity: none}'], [], { answer: identityAnswer }),
  open('get', '/.well-known/did.json', 'The issuer as did:web', [200, 'DID document']),
  open('get', '/.well-known/jwks.json', 'Public keys', [200, 'JWKS']),
  open('get', '/.well-known/security.txt', 'Where flaws of the service are reported (RFC 9116)', [200, 'Plain text']),
  open('get', '/keys/{thumbprint}', 'One public key', [200, 'JWK']),
  open('get', '/achievements/{exam}', 'Open Badges achievement, JSON or page', [200, 'The achievement']),
  open(
    'get',
    '/credentials/{id}',
    'Verification page; .jwt, .json, .vc.json (embedded proof), .svg and .png give the document and the badge with it baked in, /share.png the image for links, /print the certificate for paper. Pictures and pages of an erased one are tombstones',
    [200, 'The credential'],
    { refusals: ['not-found', 'gone'] },
  ),
  open('get', '/status/{list}', 'Bitstring status list as vc+jwt', [200, 'Signed status list']),
  open('post', '/api/credentials/verify', 'Verifies a credential of ours or of another issuer', [200, '{verdict, checks, credential?}'], { body: verifyRequest, answer: verdictAnswer }),
  open(
    'post',
    '/api/credentials/verify/batch',
    'Verifies 1 to 1,000 credentials in one body of at most 1 MB, or 20 MB under a service token with scope credentials:read. Each counts as one verification of 60,000 per minute; 24 calls to foreign issuers and lists are made, what would take more is unknown',
    [200, '{results: [{verdict, checks, credential?}]} in the order of the credentials'],
    { body: verifyBatchRequest, answer: verdictsAnswer },
  ),
  open('get', '/embed/{id}', 'Live badge for an iframe', [200, 'HTML'], { refusals: ['not-found', 'gone'] }),
  open('get', '/oembed', 'oEmbed 1.0 in JSON of any address of a credential', [200, 'oEmbed document'], {
    query: ['url', 'maxwidth', 'maxheight', 'format'],
    refusals: ['not-found', 'gone'],
  }),
  open('get', '/api/credentials/{id}', 'What a badge shows of a credential at this moment; no holder, no score', [200, '{verdict, name, exam, level, issuedAt, validUntil, …}'], {
    query: ['lang'],
    answer: liveStateAnswer,
    refusals: ['not-found', 'gone'],
  }),
  open('get', '/kentei-badge.js', 'The custom element <kentei-badge>, an ES module', [200, 'JavaScript']),
  {
    method: 'post',
    path: '/webhooks/marketplace',
    tag: 'Marketplace',
    summary: 'Events of the marketplace, Standard Webhooks v1 or v1a over the raw body',
    security: 'webhook',
    body: marketplaceEvent,
    success: [200, '{applied}'],
    answer: webhookAnswer,
    refusals: ['signature-invalid', 'malformed', 'payload-too-large'],
  },
  service(
    'get',
    '/api/workers/{worker}/credentials',
    "A worker's credentials; scope credentials:read",
    [200, '{worker, credentials: [{id, exam, level, title, status, issuedAt, validUntil, version, url, credential, evidence: {contracts, clients}}]}'],
    { answer: credentialsAnswer, refusals: ['unauthenticated', 'token-refused', 'forbidden', 'not-found', 'gone'] },
  ),
  service('delete', '/api/workers/{worker}', 'Erases a worker for good, again with the same answer; scope workers:erase', [200, '{worker, erased}'], { answer: erasedAnswer }),
  service('put', '/api/achievements/{exam}/endorsement', "Endorses an exam's achievement with an EndorsementCredential as compact JWS; scope achievements:endorse", [200, '{exam, endorsed}'], {
    body: endorsementRequest,
    answer: endorsedAnswer,
  }),
  service('delete', '/api/achievements/{exam}/endorsement', 'Takes the endorsement back; scope achievements:endorse', [200, '{exam, endorsed}'], { answer: endorsedAnswer }),
  service('get', '/api/events', 'Our own events after a cursor (?after=); scope events:read', [200, '{events, next}'], { query: ['after'], answer: eventsAnswer }),
  staff('post', '/api/staff/attempts/{id}/deadline', 'Extends the deadline of an open attempt', [200, '{deadline}'], extension),
  staff('post', '/api/staff/attempts/{id}/void', 'Voids an open attempt', [200, '{closedAt}'], reasoned),
  staff('put', '/api/staff/workers/{worker}/accommodation', "Sets a worker's time multiplier", [200, '{timeMultiplier}'], accommodation),
  staff(
    'post',
    '/api/staff/credentials/{id}/status',
    'Suspends, reinstates or revokes a credential. It stays suspended while its holder is suspended or a case is open',
    [200, '{id, status, version}'],
    statusChange,
  ),
  {
    ...staff(
      'post',
      '/api/staff/credentials/{id}/reissue',
      'Corrects a credential: revokes it and issues another in its place, with the name, words, report and hashed address that are on record now',
      [201, '{id, status, version, replaces}'],
      reasoned,
    ),
    answer: reissueAnswer,
    already: [200, 'What was issued in its place before'],
  },
  {
    ...staff('get', '/api/staff/credentials/{id}/history', 'Every change of a credential: when, by whom, why, from which state to which', [
      200,
      '{credential, status, version, awardedAt, history: [{version, at, change, from, to, cause, actor, why, other?}]}',
    ]),
    answer: historyAnswer,
  },
  staff(
    'post',
    '/api/staff/attempts/{id}/case',
    "Puts an attempt's certificate under review and reports the case to the marketplace; 200 with the open case if there is one",
    [201, '{case, credential, status, version}'],
    suspicion,
  ),
  staff(
    'post',
    '/api/staff/credentials/{id}/case',
    'Puts a certificate under review and reports the case to the marketplace; 200 with the open case if there is one',
    [201, '{case, credential, status, version}'],
    suspicion,
  ),
  {
    ...staff('post', '/api/staff/sessions/end', "Ends all sessions of a worker or of a role, one's own among them: {worker, why} or {role, why}", [200, '{ended}'], sessionEnding),
    answer: endedAnswer,
    refusals: ['unauthenticated', 'forbidden', 'malformed', 'launch-too-old'],
  },
  {
    ...staff('post', '/admin/sessions/end', 'The same for whoever holds the service key: `kentei sessions end --to`', [200, '{ended}'], sessionEnding),
    answer: endedAnswer,
    refusals: ['unauthenticated', 'malformed', 'token-refused'],
  },
  {
    ...staff('get', '/api/staff/log', 'The log of acts, newest first, a hundred a page: who, what, about whom, why, when. `next` is the `before` of the next page', [200, 'Entries']),
    query: ['who', 'about', 'act', 'from', 'until', 'before'],
    answer: logAnswer,
    refusals: ['unauthenticated', 'forbidden', 'malformed'],
  },
  staff('post', '/api/staff/reconcile', 'Begins a reconciliation with the marketplace, or does the next page of the one under way', [200, '{workers, finished, startedAt}']),
  staff('get', '/api/staff/deliveries', 'The outbox and its dead letters', [200, 'Deliveries']),
  staff('post', '/api/staff/deliveries/{id}/replay', 'Sends a letter again', [200, '{id}']),
  staff('post', '/api/staff/deliveries/replay-dead', 'Sends all dead letters again', [200, '{replayed}']),
  {
    ...staff(
      'post',
      '/admin/exams',
      'Hands an exam version in: what `kentei publish --out` writes, {bank, files}. A service with a compiler compiles the files again and refuses a bank that differs; one without takes the bank alone, too. A session of an author or operator, or an author key (or the service key) with ?author=. `warning` comes where more than a tenth of the live items are public with their keys: how many, and what the bank is good for here',
      [201, '{exam, version, hash, state: waiting, proposal, url, warning?: {code: public-bank, live, shipped, standing: certifying | demonstration | public}}'],
    ),
    query: ['author', 'note'],
    already: [200, 'The same content waits already, or is live: {exam, version, hash, state: waiting | live, …}'],
    refusals: ['unauthenticated', 'forbidden', 'malformed', 'payload-too-large', 'conflict'],
  },
  staff('get', '/api/staff/proposals', 'Exam versions that were handed in, newest first; for authors and operators', [
    200,
    '{proposals: [{id, exam, version, hash, by, note, lint, proposedAt, status, …}]}',
  ]),
  {
    ...staff('post', '/api/staff/proposals/{id}/approve', 'Publishes what another person handed in, if `against` is still the live version', [200, '{exam, version, hash}'], approval),
    refusals: ['unauthenticated', 'forbidden', 'launch-too-old', 'not-found', 'own-proposal', 'conflict'],
  },
  {
    ...staff('post', '/api/staff/proposals/{id}/return', "Gives another person's proposal back, with the reason", [200, '{proposal}'], reasoned),
    refusals: ['unauthenticated', 'forbidden', 'not-found', 'own-proposal', 'conflict'],
  },
  staff('post', '/api/staff/proposals/{id}/withdraw', "Takes one's own proposal back", [200, '{proposal}'], explained),
  staff('get', '/api/staff/exams/{exam}/versions', 'The live version, those that were, and when which went live by whom and why, newest first; for authors and operators', [
    200,
    '{live, versions: [{hash, version, publishedAt}], publications: [{id, exam, version, hash, act: deployed | approved | rolled-back, by, why, at}]}',
  ]),
  staff('post', '/api/staff/exams/{exam}/roll-back', 'Makes an earlier version live again; for operators', [200, '{exam, hash}'], rollBackRequest),
]
