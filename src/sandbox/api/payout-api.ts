import { Hono } from 'hono'
import * as z from 'zod'
import { toRfc3339 } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import { readCursor, writeCursor } from '../escrow/paid-work.ts'
import { judgeIdentity, type ShownAccount, showSharedAccounts } from '../flows/judge-identity.ts'
import { type OwnPayout, registerPayoutAccount, showPayout } from '../flows/register-account.ts'
import { bareDigits, identityStates } from '../people/payout/account.ts'
import { malformed } from '../problem.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { limit, words } from './moderation-calls.ts'
import { call, once, personOf, serving, signedIn, told } from './serve.ts'
import { next, time, timeOrNone } from './shapes.ts'

const own = { tag: 'Escrow', security: 'session', roles: ['worker'], path: '/v1/payout-account' } as const
const operators = { tag: 'Operators', security: 'session', roles: ['operator'] } as const

const LONGEST_TYPED = 60
const digits = (pattern: RegExp, message: string) =>
  z.string().max(LONGEST_TYPED).transform(bareDigits).pipe(z.string().regex(pattern, message))

const ownAccount = z.object({
  ending: z.string().nullable().describe('The last three digits of the account.'),
  registeredAt: timeOrNone,
  identity: z.object({ state: z.enum(identityStates), note: z.string().nullable() }),
})
const OWN = '{ending, registeredAt, identity: {state, note}}'

const readAccount = call({
  ...own,
  method: 'get',
  summary:
    "Where the worker is paid: the account's last three digits, both null where none is registered, and whether an operator has seen who they are. Nothing else of an account is kept but a keyed mark",
  success: [200, OWN],
  answer: ownAccount,
  refusals: signedIn,
})

const putAccount = call({
  ...own,
  method: 'put',
  summary:
    'Registers where the worker is paid. Of all people with one account one may be drawn in the lots for newcomers: whose identity is verified, or else who registered it first; without an account nobody is',
  body: z.strictObject({
    bank: digits(/^\d{4}$/, 'Must be four digits'),
    branch: digits(/^\d{3}$/, 'Must be three digits'),
    number: digits(/^\d{1,7}$/, 'Must be one to seven digits'),
  }),
  success: [200, OWN],
  answer: ownAccount,
  refusals: [...signedIn, 'malformed', 'not-found', 'worker-erased'],
})

const listShared = call({
  ...operators,
  method: 'get',
  path: '/v1/operators/shared-accounts',
  summary:
    'Payout accounts of two people or more, the latest first. `drawn` is who may be drawn in the lots for newcomers; of many people those are named who came first',
  query: z.object({ after: z.string().max(200).optional(), limit }),
  success: [200, '{accounts: [{sharedAt, count, people: [{worker, name, registeredAt, identity, drawn}]}], next}'],
  answer: z.object({
    accounts: z.array(
      z.object({
        sharedAt: time,
        count: z.int(),
        people: z.array(
          z.object({
            worker: z.string(),
            name: z.string().nullable(),
            registeredAt: time,
            identity: z.enum(identityStates),
            drawn: z.boolean(),
          }),
        ),
      }),
    ),
    next,
  }),
  refusals: [...signedIn, 'malformed'],
})

const decideIdentity = call({
  ...operators,
  method: 'post',
  path: '/v1/operators/workers/{id}/identity',
  summary:
    'Writes down whether an operator has seen who a worker is; the worker reads the note. Whose identity is refused is not drawn in the lots for newcomers, and nobody who registered the same account later without being verified',
  body: z.object({ state: z.enum(identityStates), note: words(1_000) }),
  success: [200, '{worker, state, note, decidedBy, decidedAt}'],
  answer: z.object({
    worker: z.string(),
    state: z.enum(identityStates),
    note: z.string(),
    decidedBy: z.string(),
    decidedAt: time,
  }),
  refusals: [...signedIn, 'not-found', 'worker-erased', ...once],
})

/** Payout accounts and identities. */
export const payoutCalls = [readAccount, putAccount, listShared, decideIdentity] as const

const describeOwn = ({ account, identity, note }: OwnPayout) => ({
  ending: account?.ending ?? null,
  registeredAt: account ? toRfc3339(account.registeredAt) : null,
  identity: { state: identity, note },
})

const describeShared = ({ sharedAt, people, sharers }: ShownAccount) => ({
  sharedAt: toRfc3339(sharedAt),
  count: people,
  people: sharers.map(({ worker, who, registeredAt, identity, isPayee }) => ({
    worker,
    name: who?.name ?? null,
    registeredAt: toRfc3339(registeredAt),
    identity,
    drawn: isPayee,
  })),
})

/** Where workers are paid, and what operators see and say of it. */
export function payoutApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const serve = serving(api)
  serve(readAccount, async (_, c) => ok(describeOwn(await showPayout(c.get('world'), personOf(c).id))))
  serve(putAccount, async ({ body }, c) =>
    told(await registerPayoutAccount(c.get('world'), personOf(c).id, body), describeOwn),
  )
  serve(listShared, async ({ query }, c) => {
    const from = query.after ? readCursor(query.after) : undefined
    if (query.after && !from) return malformed([{ path: 'after', message: 'Must be the `next` of an earlier answer' }])
    const after = from && { sharedAt: from.at, account: from.id }
    const accounts = await showSharedAccounts(c.get('world'), { after, limit: query.limit })
    const last = accounts.at(-1)
    return ok({
      accounts: accounts.map(describeShared),
      next: last && accounts.length === query.limit ? writeCursor({ at: last.sharedAt, id: last.account }) : null,
    })
  })
  serve(decideIdentity, async ({ path, body }, c) =>
    told(
      await judgeIdentity(c.get('world'), personOf(c), { worker: path.id, ...body }),
      ({ operator, decidedAt, ...found }) => ({ ...found, decidedBy: operator, decidedAt: toRfc3339(decidedAt) }),
    ),
  )
  return api
}
