import type * as z from 'zod'
import { balancesAnswer, contextAnswer, contractAnswer, contractInFullAnswer, contractsAnswer, eventsAnswer, ledgerAnswer, paidWorkAnswer } from './contract-answers.ts'
import {
  acceptBody,
  cancelBody,
  contractsQuery,
  correctBody,
  decideBody,
  deliverBody,
  disputeBody,
  fundBody,
  paidWorkQuery,
  proposalBody,
  releaseBody,
  requestChangesBody,
  skillContextBody,
  startBody,
} from './contract-bodies.ts'
import type { Operation } from './operation.ts'

/** Steps of both sides are for whoever may read the contract. */
const step = (name: string, summary: string, body: z.ZodType, more: Operation['refusals'] = ['forbidden']): Operation => ({
  method: 'post',
  path: `/v1/contracts/{id}/${name}`,
  tag: 'Escrow',
  summary,
  security: 'session',
  body,
  success: [200, 'The contract after it'],
  answer: contractAnswer,
  refusals: ['unauthenticated', 'not-found', 'malformed', 'wrong-state', 'conflict', 'idempotency-mismatch', 'idempotency-in-flight', ...more],
})

const read = (path: string, summary: string, description: string, answer: z.ZodType): Operation => ({
  method: 'get',
  path,
  tag: 'Escrow',
  summary,
  security: 'session',
  success: [200, description],
  answer,
  refusals: ['unauthenticated', 'not-found'],
})

/** What parties and operators do with contracts. */
export const contractOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/contracts',
    tag: 'Escrow',
    summary: 'Proposes a contract to a worker; it expires unless it is paid within 15 minutes. Clients only',
    security: 'session',
    body: proposalBody,
    success: [201, 'The contract'],
    answer: contractAnswer,
    refusals: ['unauthenticated', 'forbidden', 'not-found', 'worker-erased', 'malformed', 'standing', 'wrong-state', 'conflict', 'idempotency-mismatch', 'idempotency-in-flight'],
  },
  {
    method: 'get',
    path: '/v1/contracts',
    tag: 'Escrow',
    summary: "The person's own contracts, the newest first; everybody's for an operator",
    security: 'session',
    query: contractsQuery,
    success: [200, '{contracts, next}'],
    answer: contractsAnswer,
    refusals: ['unauthenticated', 'malformed'],
  },
  read('/v1/contracts/{id}', 'A contract, for its parties and operators', 'The contract, and as skillContext the certificate that is frozen for it', contractInFullAnswer),
  read('/v1/contracts/{id}/events', 'What happened to a contract, in order', '{events}', eventsAnswer),
  read('/v1/contracts/{id}/ledger', "A contract's lines in the double-entry books, and its transfers", '{funded, released, fee, refunded, held, debits, credits, entries, transfers}', ledgerAnswer),
  {
    method: 'get',
    path: '/v1/escrow/balances',
    tag: 'Escrow',
    summary: 'All books together, by kind of account. Operators only',
    security: 'session',
    success: [200, '{debits, credits, accounts: [{kind, debit, credit, balance, entries}]}'],
    answer: balancesAnswer,
    refusals: ['unauthenticated', 'forbidden'],
  },
  step('fund', 'Pays the whole amount into escrow. Client', fundBody, ['forbidden', 'standing', 'worker-erased']),
  step('start', 'Begins the work. Worker', startBody),
  step('deliver', 'Delivers a milestone, again as well; it counts as accepted 7 days after the last delivery. Worker', deliverBody),
  step('request-changes', 'Asks for changes; the last day of payment, the 60th from the first delivery, stays. Client', requestChangesBody),
  step('accept', 'Accepts a milestone and releases what is held of it. Client', acceptBody),
  step('release', 'Releases a part of what is held of a milestone, or all of it. Client', releaseBody),
  step('cancel', 'Ends the contract, or asks the other side to agree to it; what is held goes back. Either side', cancelBody, ['already-done']),
  step('dispute', 'Stops all money until an operator, or the last day, decides. Either side', disputeBody, []),
  step('decide', 'Decides a dispute: the two amounts add up to what is held. Operators only', decideBody),
  step('correct', 'Gives a part of the fee to one of the parties, by new entries. Operators only', correctBody),
]

/** What the plugin asks and tells. */
export const evidenceOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/escrow/contracts',
    tag: 'Evidence',
    summary: 'Paid work of a worker, in the order in which it settled: clients under pairwise names, amounts in buckets; scope escrow:read',
    security: 'service',
    query: paidWorkQuery,
    success: [200, '{contracts: [{contract, client, worker, exam, formedAt, releasedAt, amountBucket, status, refunded, reviewed, version, skillContext?}], next}'],
    answer: paidWorkAnswer,
    refusals: ['unauthenticated', 'token-refused', 'forbidden', 'not-found', 'worker-erased', 'malformed'],
  },
  {
    method: 'put',
    path: '/v1/contracts/{contract}/skill-context',
    tag: 'Evidence',
    summary: 'Freezes for good which certificate stood when the contract was made; scope contracts:write',
    security: 'service',
    body: skillContextBody,
    success: [200, '{contract, credential, frozenAt, applied}'],
    answer: contextAnswer,
    refusals: ['unauthenticated', 'token-refused', 'forbidden', 'not-found', 'malformed', 'wrong-state', 'already-done', 'idempotency-mismatch', 'idempotency-in-flight'],
  },
]
