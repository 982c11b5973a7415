import { randomUUID } from 'node:crypto'
import {
  type ModerationReport,
  moderationCase,
  moderationReceipt,
  readCase,
  reportCase,
} from '../../contract/marketplace.ts'
import type { Say } from '../texts.ts'
import type { Bench } from './bench.ts'
import { inShort, ofContract, type Reply } from './call-market.ts'
import { checksOf, type Finding, fails, holds, notTried } from './check.ts'
import type { DemoMarket } from './demo-market.ts'
import { TRACES } from './traces.data.ts'
import { awaitDelivery } from './webhook-checks.ts'

const OPERATOR = 'opr_demo'

/** Decides a case of the plugin as an operator of the sandbox: nothing was found. */
async function decideCase(demo: DemoMarket, id: string): Promise<Reply> {
  return demo.as(OPERATOR, {
    method: 'POST',
    path: `/v1/operators/subjects/${id}/decide`,
    body: { action: 'no-action', facts: 'Conformance run', rule: 'none' },
  })
}

const LEAVES_TRACES: Say = (t) => t('conformance.came.caseStays')

const open = (bench: Bench, idempotencyKey: string, policy = 'suspected-cheating'): Promise<Reply> => {
  const body: ModerationReport = {
    subject: { type: 'credential', id: 'crd_conformance-case', worker: bench.worker },
    policy,
    automated: false,
    evidence: { note: TRACES.suspicion },
  }
  return bench.call({ ...ofContract(reportCase, { path: {}, body }), idempotencyKey })
}

const read = (bench: Bench, id: string): Promise<Reply> => bench.call(ofContract(readCase, { path: { case: id } }))

async function withCase(
  bench: Bench,
  act: (opened: { readonly id: string; readonly key: string; readonly reply: Reply }) => Promise<Finding>,
): Promise<Finding> {
  if (!bench.mayLeaveTraces) return notTried(LEAVES_TRACES)
  const key = randomUUID()
  const reply = await open(bench, key)
  const id = moderationReceipt.safeParse(reply.json).data?.case
  return id === undefined ? fails(inShort(reply)) : act({ id, key, reply })
}

export const caseChecks = checksOf(
  'calls',
  [
    {
      id: 'case.opened',
      run: (bench) =>
        withCase(bench, async ({ reply }) => (reply.status === 201 ? holds(inShort(reply)) : fails(inShort(reply)))),
    },
    {
      id: 'case.replayed',
      run: (bench) =>
        withCase(bench, async ({ id, key }) => {
          const again = await open(bench, key)
          return moderationReceipt.safeParse(again.json).data?.case === id
            ? holds(inShort(again))
            : fails((t) => t('conformance.came.firstThen', { first: id, next: inShort(again)(t) }))
        }),
    },
    {
      id: 'case.other-payload',
      run: (bench) =>
        withCase(bench, async ({ key }) => {
          const other = await open(bench, key, 'impersonation')
          return other.status === 422 ? holds(inShort(other)) : fails(inShort(other))
        }),
    },
    {
      id: 'case.read',
      run: (bench) =>
        withCase(bench, async ({ id }) => {
          const reply = await read(bench, id)
          const found = moderationCase.safeParse(reply.json)
          return found.success && found.data.case === id && found.data.decision === null && !found.data.final
            ? holds(inShort(reply))
            : fails(inShort(reply))
        }),
    },
    {
      id: 'case.unknown',
      run: async (bench) => {
        const reply = await read(bench, 'cas_nobody-has-this-id')
        return reply.status === 404 ? holds(inShort(reply)) : fails(inShort(reply))
      },
    },
    {
      id: 'case.decided',
      run: (bench) =>
        withCase(bench, async ({ id }) => {
          const { demo, door } = bench
          if (!demo || !door)
            return notTried((t) => t(demo ? 'conformance.came.otherDoor' : 'conformance.came.noOperator'))
          await decideCase(demo, id)
          const told = await awaitDelivery(
            bench,
            door,
            ({ body }) => body.includes('"moderation.case_decided"') && body.includes(JSON.stringify(id)),
          )
          const decision = moderationCase.safeParse((await read(bench, id)).json).data?.decision
          if (!told) return fails((t) => t('conformance.came.noEvent', { seconds: bench.webhookPatience / 1_000 }))
          return decision ? holds(() => decision.action) : fails((t) => t('conformance.came.noDecision'))
        }),
    },
  ],
  'cases',
)
