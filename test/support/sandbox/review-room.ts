import { type Instant, instant } from '../../../src/kernel/instant.ts'
import type { Contract } from '../../../src/sandbox/escrow/contract.ts'
import { insertContract, updateContract } from '../../../src/sandbox/escrow/store.ts'
import { afterMoney } from '../../../src/sandbox/flows/commit-contract.ts'
import { revealing } from '../../../src/sandbox/review/reveal/store.ts'
import { insertReview, openPair } from '../../../src/sandbox/review/store.ts'
import type { Statement } from '../../../src/world/database.ts'
import type { Market } from './open-market.ts'

export const DAY = 86_400_000

/** A contract of 10,000 yen that was delivered, paid and settled at `at`. */
export const paidContract = (id: string, at: Instant, change: Partial<Contract> = {}): Contract => ({
  id,
  job: null,
  jobTitle: null,
  client: 'cli_01',
  worker: 'wrk_001',
  category: 'business-admin',
  title: '請求書の入力',
  status: 'released',
  version: 6,
  amount: 10_000,
  feeBasisPoints: 1_000,
  funded: 10_000,
  released: 9_000,
  fee: 1_000,
  refunded: 0,
  milestones: [
    {
      id: 'mst_1',
      title: '入力',
      amount: 10_000,
      status: 'released',
      released: 10_000,
      refunded: 0,
      firstDeliveredAt: at,
      lastDeliveredAt: at,
    },
  ],
  payment: null,
  cancelProposedBy: null,
  createdAt: instant(at - 3 * DAY),
  fundedAt: instant(at - 2 * DAY),
  takenOnAt: change.fundedAt ?? instant(at - 2 * DAY),
  firstDeliveredAt: at,
  lastDeliveredAt: at,
  disputedAt: null,
  moneyMovedAt: at,
  settledAt: at,
  timer: null,
  timerAt: null,
  ...change,
})

export const clientReview = (
  change: { skill?: number; rest?: number; comment?: string; again?: number; safe?: string; note?: string } = {},
) => {
  const rest = change.rest ?? 4
  return {
    axes: { skill: change.skill ?? rest, quality: rest, schedule: rest, communication: rest, partnership: rest },
    comment: change.comment ?? '丁寧なお仕事でした。',
    hidden: { again: change.again ?? 8, safe: change.safe ?? 'yes', note: change.note ?? '' },
  }
}

export const workerReview = (change: Parameters<typeof clientReview>[0] = {}) => {
  const { axes, ...rest } = clientReview(change)
  const { skill, ...shared } = axes
  return { ...rest, axes: { request: skill, ...shared } }
}

/** A client's paid contract with a worker and a review of it, revealed at once: past the doors, so that thousands take seconds. */
export async function revealReview(
  { world, clock }: Pick<Market, 'world' | 'clock'>,
  id: string,
  of: { readonly client: string; readonly worker: string; readonly yen: number; readonly stars: number },
): Promise<void> {
  const { db } = world
  const now = clock.now
  const money = { amount: of.yen, funded: of.yen, released: of.yen, fee: 0 }
  const contract = paidContract(id, now, { client: of.client, worker: of.worker, ...money })
  const stars = { quality: of.stars, schedule: of.stars, communication: of.stars, partnership: of.stars }
  await db.batch([
    insertContract(db, contract, null),
    openPair(db, { contract: id, worker: of.worker, client: of.client, category: contract.category, closesAt: now }),
    insertReview(db, {
      ...{ id: `rev_${id}`, contract: id, side: 'client', author: of.client, subject: of.worker, comment: '' },
      ...{ ...stars, skill: of.stars, request: null, writtenAt: now, requestKey: null },
    }),
    ...revealing(db, { contract: id, worker: of.worker, event: `evt_${id}`, now }),
  ] as [Statement, ...Statement[]])
}

/** Settled contracts on a market, and people who review them over HTTP. */
export function reviewRoom(market: Market) {
  const sessions = new Map<string, string>()
  let contracts = 0
  const signIn = async (user: string): Promise<string> => {
    const known = sessions.get(user)
    if (known) return known
    const { session } = (await market.call('POST', '/demo/session', { body: { user } })).json
    sessions.set(user, session)
    return session
  }
  const as = async (user: string, method: string, path: string, body?: unknown, key?: string) =>
    market.call(method, path, {
      token: await signIn(user),
      ...(body === undefined ? {} : { body }),
      headers: key === undefined ? {} : { 'Idempotency-Key': `"${key}"` },
    })
  const settle = async (change: Partial<Contract> = {}): Promise<Contract> => {
    contracts += 1
    const contract = paidContract(`ctr_test_${String(contracts).padStart(5, '0')}`, market.clock.now, change)
    await market.world.db.batch([
      insertContract(market.world.db, contract, null),
      ...afterMoney(market.world, { contract: contract.id, worker: contract.worker }),
    ] as [Statement, ...Statement[]])
    return contract
  }
  /** Gives the money of a contract back, as a correction does. */
  const refund = async (contract: Contract): Promise<void> => {
    const change = updateContract(market.world.db, {
      ...contract,
      released: 0,
      fee: 0,
      refunded: contract.funded,
      version: contract.version + 1,
    })
    await market.world.db.batch([
      change,
      ...afterMoney(market.world, { contract: contract.id, worker: contract.worker }),
    ] as [Statement, ...Statement[]])
  }
  const review = (user: string, contract: string, body: unknown, key?: string) =>
    as(user, 'POST', `/v1/contracts/${contract}/reviews`, body, key)
  /** Both sides review a settled contract, so that it is revealed at once. */
  const reviewBoth = async (contract: Contract, client = clientReview(), worker = workerReview()) => {
    await review(contract.client, contract.id, client)
    return review(contract.worker, contract.id, worker)
  }
  const aggregates = async (query: string) =>
    market.call('GET', `/v1/reviews/aggregates${query}`, {
      token: await market.plugin.serviceToken({ claims: { scope: 'reviews:read' } }),
    })
  return { as, signIn, settle, refund, review, reviewBoth, aggregates, forgetSessions: () => sessions.clear() }
}

export type ReviewRoom = ReturnType<typeof reviewRoom>
